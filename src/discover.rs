//! Finds what a run reads: the configuration, the metric files and the documents.
//!
//! Enters: the paths of the command line. Leaves: [`Input`]s, each with its text and the path to show, in order of path.
//! Invariant: a file is read at most once and is one thing only, whatever names it; the order never depends on the file system.

mod candidate;
mod kind;
mod shown;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::{Config, DocumentSettings, SourceEntry};
use crate::document::Role;
use crate::error::{Failure, reason};
use crate::source::TableSettings;
use crate::span::{Place, Sheet};

pub(crate) use candidate::LARGEST_TEXT;
use candidate::{Asked, Candidate, missing, read};
pub(crate) use kind::Format;
use kind::Kind;
pub(crate) use shown::Directory;

/// A file that has been read.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path to show: relative to the working directory, with forward slashes.
    pub(crate) shown: String,
    /// Its whole text.
    pub(crate) text: String,
    /// How it is written.
    pub(crate) format: Format,
    /// What configuration, else its name, says of its part in the deck.
    pub(crate) role: Role,
    /// Of which sheet the text is a listing.
    pub(crate) sheet: Option<Sheet>,
    /// What is settled about its table.
    pub(crate) table: TableSettings,
}

/// What a run reads.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// Metric files: those that are named in the order of their names, then those that were found in order of path.
    pub(crate) sources: Vec<Input>,
    /// Documents, in order of path.
    pub(crate) documents: Vec<Input>,
}

/// What can be a source.
const METRIC_FILES: &str =
    "a metric file is a .yaml, .yml, .json or .csv file, or a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods)";

/// The names of a configuration file, best first.
pub(crate) const CONFIGURATION: [&str; 2] = ["tieout.yaml", "tieout.yml"];

/// The configuration in force: the one named, else the nearest above each path. `None` where there is none.
pub(crate) fn configuration(
    directory: &Directory,
    paths: &[PathBuf],
    named: Option<&Path>,
) -> Result<Option<(PathBuf, String, String)>, Failure> {
    let found = match named {
        Some(path) => Some(directory.absolute(path)),
        None => nearest(directory, paths)?,
    };
    let Some(path) = found else { return Ok(None) };
    let shown = directory.shown(&path);
    let text = read(&path, &shown)?;
    Ok(Some((path, shown, text)))
}

/// The one configuration that walking up from the paths leads to.
fn nearest(directory: &Directory, paths: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    let mut found: Option<PathBuf> = None;
    for path in paths {
        let path = directory.absolute(path);
        let here = path
            .ancestors()
            .flat_map(|folder| CONFIGURATION.iter().map(move |name| folder.join(name)))
            .find(|candidate| candidate.is_file());
        match (&found, here) {
            (Some(first), Some(other)) if *first != other => {
                let (first, other) = (directory.shown(first), directory.shown(&other));
                return Err(Failure::new(format!("the paths lead to two configurations: {first} and {other}"))
                    .with_help("check them one after the other, or choose one with --config"));
            }
            (None, Some(other)) => found = Some(other),
            _ => {}
        }
    }
    Ok(found)
}

/// Marks the waivers whose document is no longer there: they can never be used again, whatever paths are checked.
pub(crate) fn mark_gone(config: &mut Config, anchor: &Path) {
    for waiver in &mut config.waivers {
        waiver.gone = waiver.named().is_some_and(|path| !anchor.join(path).exists());
    }
}

/// Where to look, and what is settled about it.
pub(crate) struct Request<'a> {
    /// What relative paths start from.
    pub(crate) directory: &'a Directory,
    /// Files and folders of the command line.
    pub(crate) paths: &'a [PathBuf],
    /// Metric files of the command line.
    pub(crate) metrics: &'a [PathBuf],
    /// The settings.
    pub(crate) config: &'a Config,
    /// The folder of the configuration file, which its `sources` are relative to.
    pub(crate) anchor: &'a Path,
    /// A file, by its absolute path, whose text is not the one on the disk.
    pub(crate) unsaved: Option<(PathBuf, &'a [u8])>,
}

impl Request<'_> {
    /// The text of a file that is not saved.
    fn unsaved(&self, path: &Path) -> Option<&[u8]> {
        let (unsaved, bytes) = self.unsaved.as_ref()?;
        let same =
            unsaved == path || fs::canonicalize(unsaved).is_ok_and(|a| fs::canonicalize(path).is_ok_and(|b| a == b));
        same.then_some(*bytes)
    }
}

/// Finds and reads everything. Every failure is collected, so that each is told once.
pub(crate) fn inputs(request: &Request<'_>) -> Result<Inputs, Vec<Failure>> {
    let mut search = Search { request, seen: BTreeSet::new(), candidates: Vec::new(), failures: Vec::new() };
    search.settings_without_a_file();
    search.sources();
    if let Some((path, _)) = &request.unsaved {
        search.path(path);
    }
    for path in request.paths {
        search.path(path);
    }
    // After all paths: a file that another path names is more than a neighbour.
    for path in request.paths {
        search.beside(&request.directory.absolute(path));
    }
    let Search { mut candidates, mut failures, .. } = search;
    // Sources that are named come first, as they were named: where one is preferred to another, it is by this order.
    let order = |candidate: &Candidate| (candidate.asked != Asked::Source).then(|| PathBuf::from(&candidate.shown));
    candidates.sort_by_cached_key(order);
    let read: Vec<Result<Option<(Kind, Input)>, Failure>> =
        candidates.into_par_iter().map(|candidate| candidate.read()).collect();
    let settled = !request.config.sources.is_empty();
    let mut inputs = Inputs::default();
    for result in read {
        match result {
            Ok(Some((Kind::Document, input))) => inputs.documents.push(input),
            Ok(Some((Kind::NamedSource, input))) => inputs.sources.push(input),
            // Where `sources:` says which files are the truth, another metric file in the folder is not.
            Ok(Some((Kind::FoundSource, input))) if !settled => inputs.sources.push(input),
            Ok(_) => {}
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() && inputs.documents.is_empty() {
        failures.push(nothing_to_check(request));
    }
    if failures.is_empty() { Ok(inputs) } else { Err(failures) }
}

fn nothing_to_check(request: &Request<'_>) -> Failure {
    let paths: Vec<String> =
        request.paths.iter().map(|path| request.directory.shown(&request.directory.absolute(path))).collect();
    Failure::new(format!("no document to check in {}", paths.join(", "))).with_help(
        "documents are .md, .markdown, .qmd, .smd, .yaml and .yml files, and .json when named; \
         README and the like, metric files, hidden folders and what git ignores are left out",
    )
}

/// The state of a search: what has been met already, and what came of it.
struct Search<'a> {
    request: &'a Request<'a>,
    /// Canonical paths, so that one file named twice is one candidate.
    seen: BTreeSet<(PathBuf, Option<String>)>,
    candidates: Vec<Candidate>,
    failures: Vec<Failure>,
}

impl Search<'_> {
    /// Settings of a document that is not there would silently settle nothing.
    fn settings_without_a_file(&mut self) {
        for settings in &self.request.config.documents {
            let missing = settings.named().filter(|path| !self.request.anchor.join(path).exists());
            self.failures.extend(missing.map(|path| {
                Failure::at(
                    settings.path.place,
                    format!("there is no file or folder `{path}` to settle anything about"),
                )
                .with_help("the path starts from the folder of this file")
            }));
        }
    }

    fn sources(&mut self) {
        for SourceEntry { path, table } in &self.request.config.sources {
            let place = path.place;
            let path = self.request.anchor.join(&path.value);
            if let Err(failure) = self.source(&path, table.clone(), Some(place)) {
                self.failures.push(Failure { place: Some(place), ..failure });
            }
        }
        for path in self.request.metrics {
            let (path, sheet) = of_sheet(path);
            let path = self.request.directory.absolute(&path);
            if let Err(failure) = self.source(&path, TableSettings { sheet, ..TableSettings::default() }, None) {
                self.failures.push(failure);
            }
        }
    }

    fn source(&mut self, path: &Path, table: TableSettings, place: Option<Place>) -> Result<(), Failure> {
        let shown = self.request.directory.shown(path);
        if !path.is_file() {
            return Err(missing(path, &shown).with_help(METRIC_FILES));
        }
        match Format::of(path) {
            Some(format) if format != Format::Markdown => {
                if table.sheet.is_some() && format != Format::Workbook {
                    return Err(Failure::new(format!("{shown}: only a workbook has sheets")));
                }
                self.offer_source(path, format, table, place);
                Ok(())
            }
            _ => Err(Failure::new(format!("{shown}: {METRIC_FILES}"))),
        }
    }

    /// Takes in a path of the command line.
    fn path(&mut self, path: &Path) {
        let absolute = self.request.directory.absolute(path);
        let shown = self.request.directory.shown(&absolute);
        if absolute.is_dir() {
            self.folder(&absolute, &shown);
        } else if !absolute.is_file() && self.request.unsaved(&absolute).is_none() {
            self.failures.push(missing(&absolute, &shown));
        } else if is_configuration(&absolute) && self.request.unsaved(&absolute).is_some() {
            self.failures.push(Failure::new(format!("{shown}: settings are read from the disk: save them first")));
        } else if is_configuration(&absolute) {
            // A shell's `*.yaml` names it too; it has been found as configuration already.
        } else if Format::of(&absolute) == Some(Format::Workbook) {
            self.failures.push(
                Failure::new(format!("{shown}: a workbook is no document"))
                    .with_help("name it as a source: `--metrics model.xlsx#KPIs`, or under `sources` of tieout.yaml"),
            );
        } else if let Some(format) = Format::of(&absolute) {
            self.offer(&absolute, format, Asked::Document);
        } else {
            self.failures.push(Failure::new(format!("{shown}: not a format that tieout reads")).with_help(
                "it reads .md, .markdown, .qmd, .smd, .yaml, .yml and .json documents, and .yaml, .yml, .json and .csv metric files",
            ));
        }
    }

    /// Takes in what a folder holds, as git sees it.
    fn folder(&mut self, folder: &Path, shown: &str) {
        for entry in walk(folder) {
            match entry {
                // A link to a file counts; a link to a folder might lead around in a circle.
                Ok(entry) if entry.path().is_file() => self.walked(entry.path()),
                Ok(_) => {}
                Err(error) => {
                    let shown =
                        unread(&error).map_or_else(|| shown.to_owned(), |path| self.request.directory.shown(path));
                    let reason = error.io_error().map_or_else(|| error.to_string(), reason);
                    self.failures.push(Failure::new(format!("{shown}: cannot read the folder: {reason}")));
                }
            }
        }
    }

    fn walked(&mut self, path: &Path) {
        let Some(format) = Format::of(path) else { return };
        if format == Format::Workbook {
            return;
        }
        let named = self.settings(path).next().is_some();
        let read_by_default = kind::read_by_default(path, format) && !is_configuration(path);
        if named && format != Format::Csv {
            self.offer(path, format, Asked::Document);
        } else if read_by_default {
            self.offer(path, format, Asked::Folder);
        }
    }

    /// A named document's metric file usually stands beside it.
    fn beside(&mut self, document: &Path) {
        let Some(folder) = document.parent().filter(|_| document.is_file() || self.request.unsaved(document).is_some())
        else {
            return;
        };
        for entry in walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).into_iter().flatten() {
            let (path, is_file) = (entry.path(), entry.file_type().is_file());
            let Some(format) = Format::of(path).filter(|format| is_file && *format != Format::Markdown) else {
                continue;
            };
            if kind::read_by_default(path, format) && !is_configuration(path) {
                self.offer(path, format, Asked::Beside);
            }
        }
    }

    fn settings(&self, path: &Path) -> impl Iterator<Item = &DocumentSettings> + use<'_> {
        self.request.config.document(&self.request.directory.shown(path))
    }

    fn offer(&mut self, path: &Path, format: Format, asked: Asked) {
        self.take_in(path, format, asked, TableSettings::default(), None);
    }

    /// A workbook may be named once for each of its sheets.
    fn offer_source(&mut self, path: &Path, format: Format, table: TableSettings, place: Option<Place>) {
        self.take_in(path, format, Asked::Source, table, place);
    }

    fn take_in(&mut self, path: &Path, format: Format, asked: Asked, table: TableSettings, named_at: Option<Place>) {
        let identity = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.seen.insert((identity, table.sheet.clone())) {
            let role = self.settings(path).find_map(|settings| settings.role).unwrap_or_else(|| kind::role(path));
            let shown = self.request.directory.shown(path);
            let unsaved = self.request.unsaved(path).map(<[u8]>::to_vec);
            self.candidates.push(Candidate {
                path: path.to_owned(),
                shown,
                format,
                role,
                asked,
                table,
                named_at,
                unsaved,
            });
        }
    }
}

/// A folder as git sees it.
pub(crate) fn walk(folder: &Path) -> ignore::Walk {
    ignore::WalkBuilder::new(folder)
        // A deck folder that was unpacked from an archive has a .gitignore and no .git.
        .require_git(false)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "node_modules")
        .sort_by_file_path(Path::cmp)
        .build()
}

/// The folder or file that a walk could not read.
fn unread(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => unread(err),
        _ => None,
    }
}

/// `model.xlsx#KPIs`, unless a file has that very name.
pub(crate) fn of_sheet(path: &Path) -> (PathBuf, Option<String>) {
    let text = path.to_string_lossy();
    match text.rsplit_once('#') {
        Some((file, sheet)) if !path.exists() && Format::of(Path::new(file)) == Some(Format::Workbook) => {
            (PathBuf::from(file), Some(sheet.to_owned()).filter(|sheet| !sheet.is_empty()))
        }
        _ => (path.to_owned(), None),
    }
}

fn is_configuration(path: &Path) -> bool {
    path.file_name().is_some_and(|name| CONFIGURATION.iter().any(|known| name == *known))
}
