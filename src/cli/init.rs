//! `tieout init`: a metric file and settings for a deck that has none.
//!
//! Enters: paths of a deck. Leaves: `metrics.yaml` and `tieout.yaml` beside it, and a line for each on standard output.
//! Invariant: no file that is there is ever touched, and a file that is written is whole.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use tieout::error::Failure;
use tieout::propose::{self, propose};
use tieout::{Options, Report};

use super::Trouble;
use super::beside::Beside;
use super::output::{Color, Output};

/// Where a configuration may stand, as its path ends.
const CONFIGURATION: [&str; 2] = ["tieout.yaml", "tieout.yml"];

#[derive(Args)]
pub(super) struct Init {
    /// Files and folders of the deck [default: the current folder]
    #[arg(value_name = "DECK")]
    paths: Vec<PathBuf>,
}

/// Proposes and writes what is missing.
pub(super) fn run(arguments: Init, color: Color) -> Result<ExitCode, Trouble> {
    let folder = folder(&arguments.paths);
    let options = Options { paths: arguments.paths, ..Options::default() };
    let report = super::checked(&options)?;
    let mut said = Vec::new();
    let metrics = folder.join("metrics.yaml");
    let wrote_metrics = write_metrics(&report, &metrics, &mut said)?;
    let settings = folder.join("tieout.yaml");
    let known = report.deck.files.iter().map(|(_, file)| file.path()).find(|path| is_configuration(path));
    if let Some(known) = known {
        said.push(format!("{known} is there already"));
    } else {
        let sources = if wrote_metrics { vec!["metrics.yaml".to_owned()] } else { Vec::new() };
        create(&settings, &propose::settings(&sources))?;
        said.push(format!("wrote {}", settings.display()));
    }
    if !wrote_metrics && known.is_some() {
        return Err(Failure::new(format!("there is nothing to write: {}", said.join(", "))).into());
    }
    if wrote_metrics {
        said.push("next: go through the comments of the metric file, then run `tieout check`".to_owned());
    }
    Output::new(None, color).write(|out| said.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    Ok(ExitCode::SUCCESS)
}

/// The folder of the deck: the first path, or what it stands in.
fn folder(paths: &[PathBuf]) -> PathBuf {
    match paths.first() {
        None => PathBuf::new(),
        Some(path) if path.is_dir() => path.clone(),
        Some(path) => path.parent().map(Path::to_path_buf).unwrap_or_default(),
    }
}

/// Writes the metric file, unless the deck has a source of truth.
fn write_metrics(report: &Report, path: &Path, said: &mut Vec<String>) -> Result<bool, Trouble> {
    if let Some(metric) = report.deck.source.metrics.first() {
        said.push(format!("{} is a source of truth already", report.deck.files.get(metric.place.file).path()));
        return Ok(false);
    }
    let shown = path.display().to_string();
    if path.exists() {
        said.push(format!("{shown} is there already"));
        return Ok(false);
    }
    let proposal = propose(report, &shown);
    create(path, &proposal.text)?;
    let conflicts = match proposal.conflicts.len() {
        0 => String::new(),
        1 => "; 1 number differs and is marked CONFLICT".to_owned(),
        several => format!("; {several} numbers differ and are marked CONFLICT"),
    };
    said.push(format!("wrote {shown}: {} metrics, {} values{conflicts}", proposal.metrics, proposal.values));
    if proposal.open > 0 {
        said.push(format!("the deck disagrees with itself at {} more: see `tieout check`", places(proposal.open)));
    }
    Ok(true)
}

fn places(number: usize) -> String {
    if number == 1 { "1 place".to_owned() } else { format!("{number} places") }
}

fn is_configuration(path: &str) -> bool {
    CONFIGURATION.iter().any(|name| path.rsplit('/').next() == Some(*name))
}

/// Writes a new file, whole or not at all; one that is there already is left as it is.
fn create(path: &Path, text: &str) -> Result<(), Trouble> {
    let written = Beside::of(path).and_then(|(beside, mut file)| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        beside.settle()
    });
    written.map_err(|error| Trouble::Io(format!("cannot write {}", path.display()), error))
}
