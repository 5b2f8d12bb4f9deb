//! The pipeline from paths to a report: discover, read, bind, check.
//!
//! Enters: [`Options`]. Leaves: a [`Report`], or everything that stopped the run, each once.
//! Invariant: the same files give the same report whatever the number of threads.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::baseline::Since;
use crate::config::{Config, Selection};
use crate::deck::Deck;
use crate::discover::{self, Directory, Format, Input, Inputs, Request};
use crate::document::Document;
use crate::error::Failure;
use crate::finding::Finding;
use crate::period::Period;
use crate::progress::{Progress, Step};
use crate::read;
use crate::rules;
use crate::source::{self, SourceOfTruth, TableSettings};
use crate::span::{FileId, Files};
use crate::{bind, check};

/// What to check, and against what.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files and folders of the deck; the working directory when empty.
    pub paths: Vec<PathBuf>,
    /// Metric files besides those that the configuration names or the folders hold.
    pub metrics: Vec<PathBuf>,
    /// The configuration, when it is not to be looked for.
    pub config: Option<PathBuf>,
    /// The reporting period, when it is not the configured one.
    pub period: Option<Period>,
    /// Names of the rules to report, and of no others; all when empty.
    pub select: Vec<String>,
    /// Names of rules not to report.
    pub ignore: Vec<String>,
    /// A file whose text is this, whatever stands on the disk: what an editor holds and has not saved. It is checked by itself when no
    /// paths are given, else as one of the files there.
    pub unsaved: Option<(PathBuf, Vec<u8>)>,
}

impl Options {
    /// Bytes that a document or a metric file may have.
    pub const LARGEST_DOCUMENT: u64 = discover::LARGEST_TEXT;
}

/// A deck that has been checked.
#[derive(Debug)]
pub struct Report {
    /// The deck, with the status of every claim.
    pub deck: Deck,
    /// What the rules have to say, in a fixed order.
    pub findings: Vec<Finding>,
    /// What changed since a baseline, where the report is held against one.
    pub since: Option<Since>,
}

impl Report {
    /// The report of a deck that has been checked.
    pub(crate) fn new(deck: Deck, findings: Vec<Finding>) -> Self {
        Self { deck, findings, since: None }
    }
}

/// Why there is no report. The files give the places of failures a name.
#[derive(Debug)]
pub struct Stopped {
    /// The files that had been read by then.
    pub files: Files,
    /// At least one.
    pub failures: Vec<Failure>,
}

impl Stopped {
    fn new(files: Files, mut failures: Vec<Failure>) -> Self {
        let mut told = Vec::with_capacity(failures.len());
        failures.retain(|failure| {
            let new = !told.contains(failure);
            if new {
                told.push(failure.clone());
            }
            new
        });
        Self { files, failures }
    }
}

/// Reads a deck and holds it against its source of truth, its appendix and itself.
pub fn check_paths(options: &Options) -> Result<Report, Stopped> {
    check_paths_watched(options, &Progress::default())
}

/// Does what [`check_paths`] does, and says meanwhile how far it has come.
pub fn check_paths_watched(options: &Options, progress: &Progress) -> Result<Report, Stopped> {
    let mut files = Files::default();
    match load(options, &mut files, progress) {
        Ok(Loaded { documents, source, config }) => {
            progress.enter(Step::Binding);
            let mut deck = bind::bind(files, documents, source, config);
            progress.enter(Step::Checking);
            let findings = check::check(&mut deck);
            Ok(Report::new(deck, findings))
        }
        Err(failures) => Err(Stopped::new(files, failures)),
    }
}

/// Everything that has been read, before it is bound.
struct Loaded {
    documents: Vec<Document>,
    source: SourceOfTruth,
    config: Config,
}

fn load(options: &Options, files: &mut Files, progress: &Progress) -> Result<Loaded, Vec<Failure>> {
    let directory = Directory::current()
        .map_err(|error| vec![Failure::new(format!("the working directory cannot be read: {error}"))])?;
    let unsaved = options.unsaved.as_ref();
    let here = [unsaved.map_or_else(|| PathBuf::from("."), |(path, _)| path.clone())];
    let paths = if options.paths.is_empty() { &here } else { options.paths.as_slice() };
    let (mut config, folder) = configuration(&directory, paths, options.config.as_deref(), files)?;
    config.anchor = directory.anchor(&folder);
    discover::mark_gone(&mut config, &folder);
    config.selection = Selection::new(&options.select, &options.ignore)?;
    config.period = options.period.or(config.period);
    let unsaved = unsaved.map(|(path, bytes)| (directory.absolute(path), bytes.as_slice()));
    let request =
        Request { directory: &directory, paths, metrics: &options.metrics, config: &config, anchor: &folder, unsaved };
    let Inputs { sources, documents } = discover::inputs(&request)?;
    progress.enter(Step::Sources);
    let (mut source, mut failures) = read_sources(sources, files);
    source.first_wins = config.first_source_wins;
    progress.enter(Step::Documents { done: 0, of: documents.len() });
    let documents = read_documents(documents, files, &mut failures, progress);
    if failures.is_empty() { Ok(Loaded { documents, source, config }) } else { Err(failures) }
}

/// The configuration in force and its folder; without one, the defaults and the working directory.
fn configuration(
    directory: &Directory,
    paths: &[PathBuf],
    named: Option<&Path>,
    files: &mut Files,
) -> Result<(Config, PathBuf), Vec<Failure>> {
    let Some((path, shown, text)) =
        discover::configuration(directory, paths, named).map_err(|failure| vec![failure])?
    else {
        return Ok((Config::default(), directory.absolute(Path::new("."))));
    };
    let file = files.add(shown, text);
    let config = Config::parse(file, files.get(file).text(), &rules::known())?;
    let folder = path.parent().map_or_else(|| path.clone(), Path::to_path_buf);
    Ok((config, folder))
}

fn read_sources(inputs: Vec<Input>, files: &mut Files) -> (SourceOfTruth, Vec<Failure>) {
    let take_in = |input: Input| (files.add_listing(input.shown, input.text, input.sheet), input.table);
    let numbered: Vec<(FileId, TableSettings)> = inputs.into_iter().map(take_in).collect();
    match source::load_with(files, &numbered) {
        Ok(source) => (source, Vec::new()),
        Err(failures) => (SourceOfTruth::default(), failures),
    }
}

/// Reads the documents on all cores; the order is that of the inputs.
fn read_documents(
    inputs: Vec<Input>,
    files: &mut Files,
    failures: &mut Vec<Failure>,
    progress: &Progress,
) -> Vec<Document> {
    let numbered: Vec<_> = inputs
        .into_iter()
        .map(|Input { shown, text, format, role, .. }| (files.add(shown, text), format, role))
        .collect();
    let files = &*files;
    let read: Vec<_> = numbered
        .into_par_iter()
        .map(|(file, format, role)| match format {
            Format::Markdown => Ok(read::markdown::read(file, files.get(file).text(), role)),
            Format::Yaml | Format::Csv | Format::Workbook => read::yaml::read(file, files.get(file).text(), role),
        })
        .inspect(|_| progress.advance())
        .collect();
    let mut documents = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(document) => documents.push(document),
            Err(failure) => failures.push(failure),
        }
    }
    documents
}
