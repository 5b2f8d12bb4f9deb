//! `tieout fix`: numbers put right in the deck's own files.
//!
//! Enters: a deck. Leaves: its documents with numbers rewritten, or a diff of them.
//! Invariant: a file is replaced whole or not at all, keeps its permissions, and is left alone when it is not what was read.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use tieout::Report;
use tieout::fix::{Plan, plan};
use tieout::report::fixes;

use super::beside::Beside;
use super::output::{Color, Output};
use super::{Deck, FailOn, Trouble, progress};

#[derive(Args)]
pub(super) struct Fix {
    #[command(flatten)]
    deck: Deck,
    /// Show what would change, and write nothing
    #[arg(long)]
    diff: bool,
    /// Also rewrite where a human should look: no slip explains the number, it is approximate or in words, or its sign turns
    #[arg(long)]
    unsafe_fixes: bool,
    /// The least severity of what remains that makes the exit code 1
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
}

pub(super) fn run(arguments: Fix, color: Color) -> Result<ExitCode, Trouble> {
    let options = arguments.deck.options();
    // A plan is checked as the deck was: that takes as long again.
    let (report, plan) = progress::shown(|progress| {
        let report = tieout::check_paths_watched(&options, progress)?;
        let plan = plan(&report, arguments.unsafe_fixes);
        Ok((report, plan))
    })
    .map_err(Trouble::Stopped)?;
    let output = Output::new(None, color);
    let remains = if arguments.diff {
        output.write(|out| fixes::diff(&report, &plan, out))?;
        &report
    } else {
        save(&report, &plan)?;
        output.write(|out| fixes::write(&report, &plan, out))?;
        plan.after.as_ref().unwrap_or(&report)
    };
    Ok(ExitCode::from(u8::from(arguments.fail_on.is_met(remains))))
}

/// Writes the new texts: all beside their files first, so that nothing is replaced when one cannot be.
fn save(report: &Report, plan: &Plan) -> Result<(), Trouble> {
    let mut ready: Vec<Replacement> = Vec::with_capacity(plan.texts.len());
    for (file, text) in &plan.texts {
        let file = report.deck.files.get(*file);
        let shown = file.path();
        let trouble = |error| Trouble::Io(format!("cannot rewrite {shown}"), error);
        ready.push(Replacement::prepare(Path::new(shown), file.text(), text).map_err(trouble)?);
    }
    for (replacement, (file, _)) in ready.into_iter().zip(&plan.texts) {
        let shown = report.deck.files.get(*file).path();
        replacement.commit().map_err(|error| Trouble::Io(format!("cannot rewrite {shown}"), error))?;
    }
    Ok(())
}

/// A new text that waits beside its file.
struct Replacement {
    beside: Beside,
    known: Vec<u8>,
}

impl Replacement {
    /// Writes the new text beside the file, with the file's permissions.
    fn prepare(path: &Path, known: &str, text: &str) -> io::Result<Self> {
        let permissions = fs::metadata(path)?.permissions();
        let (beside, mut file) = Beside::of(path)?;
        let replacement = Self { beside, known: known.as_bytes().to_vec() };
        replacement.is_unchanged()?;
        file.write_all(text.as_bytes())?;
        file.set_permissions(permissions)?;
        file.sync_all()?;
        Ok(replacement)
    }

    fn is_unchanged(&self) -> io::Result<()> {
        match fs::read(self.beside.path())? == self.known {
            true => Ok(()),
            false => Err(io::Error::other("the file has changed since it was read; run again")),
        }
    }

    /// Moves the new text into the file's place.
    fn commit(self) -> io::Result<()> {
        self.is_unchanged()?;
        self.beside.replace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_changed_is_left_alone() {
        let folder = tempfile::TempDir::new().expect("a scratch folder");
        let path = folder.path().join("slides.md");
        fs::write(&path, "ARR was $38.1M").expect("a file");
        assert!(Replacement::prepare(&path, "ARR was $1M", "ARR was $2M").is_err());
        let ready = Replacement::prepare(&path, "ARR was $38.1M", "ARR was $42.3M").expect("the file is what was read");
        fs::write(&path, "somebody else's").expect("a file");
        assert!(ready.commit().is_err());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "somebody else's");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left behind");
    }
}
