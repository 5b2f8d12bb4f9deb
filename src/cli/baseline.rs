//! `--baseline` and `--write-baseline`: only what is new is reported.
//!
//! Enters: files. Leaves: a report held against them. Invariant: a baseline that cannot be read or written stops the run.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use tieout::Report;
use tieout::baseline::Baseline;
use tieout::error::Failure;

use super::Trouble;
use super::output::{Color, Output};

/// Largest baseline that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// What is known already.
#[derive(Args)]
pub(super) struct Baselines {
    /// Report only findings that are not in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Take all present findings for known and write them to this file
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
}

impl Baselines {
    /// The baseline to hold the report against, read before anything else is.
    pub(super) fn read(&self) -> Result<Option<Baseline>, Trouble> {
        let Some(path) = &self.baseline else { return Ok(None) };
        let shown = path.display().to_string();
        let cannot_read = |error| Trouble::Io(format!("cannot read {shown}"), error);
        match fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let failure = Failure::new(format!("{shown}: there is no such baseline"));
                return Err(failure.with_help("write it with `tieout check --write-baseline FILE`").into());
            }
            Err(error) => return Err(cannot_read(error)),
            Ok(known) if known.len() > LARGEST => {
                return Err(Failure::new(format!("{shown}: a baseline has at most {} MiB", LARGEST >> 20)).into());
            }
            Ok(_) => {}
        }
        let text = fs::read_to_string(path).map_err(cannot_read)?;
        Ok(Some(Baseline::parse(&shown, &text)?))
    }

    /// Holds a report against what is known, and writes down what is known from now on.
    pub(super) fn apply(&self, known: Option<&Baseline>, report: &mut Report) -> Result<(), Trouble> {
        let exists = |path: &str| Path::new(path).exists();
        if let Some(known) = known {
            report.hold_against(known, exists);
        }
        let Some(path) = &self.write_baseline else { return Ok(()) };
        super::format::refuse_input(report, path)?;
        let baseline = Baseline::of(report);
        Output::new(Some(path.clone()), Color::Never).write(|out| baseline.write(out))?;
        report.hold_against(&baseline, exists);
        Ok(())
    }
}
