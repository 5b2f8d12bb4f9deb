//! `tieout report`: the tie-out report as a file to send on.
//!
//! Enters: a deck. Leaves: one file, and a line that says what is in it.
//! Invariant: the file is the whole report or what it was before, and never one that the report was made from.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use tieout::report::format::{Format, Reader};
use tieout::report::html::verdict;

use super::format::refuse_input;
use super::output::{Color, Output};
use super::{Deck, Trouble};

#[derive(Args)]
pub(super) struct ReportFile {
    #[command(flatten)]
    deck: Deck,
    /// A page for any browser, or a workbook
    #[arg(long, value_enum, default_value_t)]
    format: FileFormat,
    /// The file to write [default: tieout-report.html or tieout-report.xlsx]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum FileFormat {
    #[default]
    Html,
    #[cfg(feature = "office")]
    Xlsx,
}

impl FileFormat {
    fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            #[cfg(feature = "office")]
            Self::Xlsx => "xlsx",
        }
    }
}

pub(super) fn run(arguments: ReportFile, color: Color) -> Result<ExitCode, Trouble> {
    let format = Format::named(arguments.format.name())?;
    let path = arguments.output.unwrap_or_else(|| PathBuf::from(format!("tieout-report.{}", format.name)));
    let report = arguments.deck.check()?;
    refuse_input(&report, &path)?;
    Output::new(Some(path.clone()), color).write(|out| format.write(&report, &Reader::default(), out))?;
    let said = verdict(&report);
    Output::new(None, color).write(|out| writeln!(out, "wrote {}: {said}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
