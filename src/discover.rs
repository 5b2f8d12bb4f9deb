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

use crate::config::{Config, DocumentSettings};
use crate::document::Role;
use crate::error::Failure;
use crate::source::Located;

use candidate::{Asked, Candidate, missing, read, reason};
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
}

/// What a run reads.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// Metric files, in order of path.
    pub(crate) sources: Vec<Input>,
    /// Documents, in order of path.
    pub(crate) documents: Vec<Input>,
}

/// The names of a configuration file, best first.
const CONFIGURATION: [&str; 2] = ["tieout.yaml", "tieout.yml"];

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
}

/// Finds and reads everything. Every failure is collected, so that each is told once.
pub(crate) fn inputs(request: &Request<'_>) -> Result<Inputs, Vec<Failure>> {
    let mut search = Search { request, seen: BTreeSet::new(), candidates: Vec::new(), failures: Vec::new() };
    search.settings_without_a_file();
    search.sources();
    for path in request.paths {
        search.path(path);
    }
    // After all paths: a file that another path names is more than a neighbour.
    for path in request.paths {
        search.beside(&request.directory.absolute(path));
    }
    let Search { mut candidates, mut failures, .. } = search;
    candidates.sort_by(|a, b| Path::new(&a.shown).cmp(Path::new(&b.shown)));
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
    seen: BTreeSet<PathBuf>,
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
        for Located { value, place } in &self.request.config.sources {
            let path = self.request.anchor.join(value);
            if let Err(failure) = self.source(&path) {
                self.failures.push(Failure { place: Some(*place), ..failure });
            }
        }
        for path in self.request.metrics {
            let path = self.request.directory.absolute(path);
            if let Err(failure) = self.source(&path) {
                self.failures.push(failure);
            }
        }
    }

    fn source(&mut self, path: &Path) -> Result<(), Failure> {
        let shown = self.request.directory.shown(path);
        if !path.is_file() {
            return Err(missing(path, &shown).with_help("a metric file is a .yaml, .yml, .json or .csv file"));
        }
        match Format::of(path) {
            Some(format) if format != Format::Markdown => {
                self.offer(path, format, Asked::Source);
                Ok(())
            }
            _ => Err(Failure::new(format!("{shown}: a metric file is a .yaml, .yml, .json or .csv file"))),
        }
    }

    /// Takes in a path of the command line.
    fn path(&mut self, path: &Path) {
        let absolute = self.request.directory.absolute(path);
        let shown = self.request.directory.shown(&absolute);
        if absolute.is_dir() {
            self.folder(&absolute, &shown);
        } else if !absolute.is_file() {
            self.failures.push(missing(&absolute, &shown));
        } else if is_configuration(&absolute) {
            // A shell's `*.yaml` names it too; it has been found as configuration already.
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
        let walk = ignore::WalkBuilder::new(folder)
            // A deck folder that was unpacked from an archive has a .gitignore and no .git.
            .require_git(false)
            .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "node_modules")
            .sort_by_file_path(Path::cmp)
            .build();
        for entry in walk {
            match entry {
                // A link to a file counts; a link to a folder might lead around in a circle.
                Ok(entry) if entry.path().is_file() => self.walked(entry.path()),
                Ok(_) => {}
                Err(error) => {
                    let reason = error.io_error().map_or_else(|| error.to_string(), reason);
                    self.failures.push(Failure::new(format!("{shown}: cannot read the folder: {reason}")));
                }
            }
        }
    }

    fn walked(&mut self, path: &Path) {
        let Some(format) = Format::of(path) else { return };
        let named = self.settings(path).is_some();
        let read_by_default = kind::read_by_default(path, format) && !is_configuration(path);
        if named && format != Format::Csv {
            self.offer(path, format, Asked::Document);
        } else if read_by_default {
            self.offer(path, format, Asked::Folder);
        }
    }

    /// A named document's metric file usually stands beside it.
    fn beside(&mut self, document: &Path) {
        let Some(folder) = document.parent().filter(|_| document.is_file()) else { return };
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

    fn settings(&self, path: &Path) -> Option<&DocumentSettings> {
        self.request.config.document(&self.request.directory.shown(path))
    }

    fn offer(&mut self, path: &Path, format: Format, asked: Asked) {
        let identity = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(identity) {
            let role = self.settings(path).and_then(|settings| settings.role).unwrap_or_else(|| kind::role(path));
            let shown = self.request.directory.shown(path);
            self.candidates.push(Candidate { path: path.to_owned(), shown, format, role, asked });
        }
    }
}

fn is_configuration(path: &Path) -> bool {
    path.file_name().is_some_and(|name| CONFIGURATION.iter().any(|known| name == *known))
}
