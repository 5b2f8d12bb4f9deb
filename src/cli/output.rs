//! Where a report goes, and what that place can show.
//!
//! Enters: a file or none, and `--color`. Leaves: bytes on standard output or in a file.
//! Invariant: a file that is asked for is either the whole report or what it was before.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use tieout::report::terminal::Style;

use super::Trouble;
use super::beside::Beside;

/// Widest snippet on a terminal: longer lines are hard to follow.
const WIDEST: usize = 140;

/// `--color`.
#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether a stream gets colours; `auto` looks at NO_COLOR, CLICOLOR_FORCE and whether it is a terminal.
    pub(super) fn choice(self, stream: &impl anstream::stream::RawStream) -> ColorChoice {
        match self {
            Self::Always => ColorChoice::AlwaysAnsi,
            Self::Never => ColorChoice::Never,
            Self::Auto => AutoStream::choice(stream),
        }
    }
}

/// Where a report goes.
pub(super) struct Output {
    file: Option<PathBuf>,
    color: Color,
}

impl Output {
    pub(super) fn new(file: Option<PathBuf>, color: Color) -> Self {
        Self { file, color }
    }

    /// What the place can show.
    pub(super) fn style(&self) -> Style {
        if self.file.is_some() {
            return Style { color: self.color == Color::Always, ..Style::default() };
        }
        let color = self.color.choice(&io::stdout()) != ColorChoice::Never;
        if !io::stdout().is_terminal() {
            return Style { color, ..Style::default() };
        }
        let unicode = supports_unicode::on(supports_unicode::Stream::Stdout);
        let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = columns.map_or(Style::default().width, |columns| columns.min(WIDEST));
        Style { color, unicode, width }
    }

    /// Writes a whole report.
    pub(super) fn write(&self, report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Trouble> {
        if self.file.is_some() {
            return self.stage(report)?.keep();
        }
        to_stdout(AutoStream::new(io::stdout().lock(), self.color.choice(&io::stdout())), report)
    }

    /// Writes a whole report to standard output as it is: what looks like a colour in it is part of it.
    pub(super) fn write_untouched(&self, report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Trouble> {
        if self.file.is_some() {
            return self.stage(report)?.keep();
        }
        to_stdout(io::stdout().lock(), report)
    }

    /// Writes a whole report beside its file, to be put in place when every other report is written too.
    pub(super) fn stage(&self, report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Staged, Trouble> {
        let Some(path) = &self.file else { return Ok(Staged(None)) };
        stage(path, report).map_err(|error| cannot_write(path, error))
    }
}

/// Whether standard output is a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

fn cannot_write(path: &Path, error: io::Error) -> Trouble {
    Trouble::Io(format!("cannot write {}", path.display()), error)
}

fn to_stdout(out: impl Write, report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Trouble> {
    let mut out = BufWriter::new(out);
    match report(&mut out).and_then(|()| out.flush()) {
        // Whoever reads has seen enough (`| head`): that changes nothing about the deck.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| Trouble::Io("standard output".to_owned(), error)),
    }
}

/// A report that is written, and not yet in its place. Dropped, it leaves nothing behind.
pub(super) struct Staged(Option<Beside>);

impl Staged {
    /// Moves the report into its place.
    pub(super) fn keep(self) -> Result<(), Trouble> {
        let Some(beside) = self.0 else { return Ok(()) };
        let path = beside.path().to_owned();
        beside.replace().map_err(|error| cannot_write(&path, error))
    }
}

/// Writes beside the file.
fn stage(path: &Path, report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Staged> {
    if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
        // A device or pipe has no place to move a file into.
        fill(OpenOptions::new().write(true).open(path)?, report)?;
        return Ok(Staged(None));
    }
    let (beside, file) = Beside::of(path)?;
    fill(file, report)?;
    Ok(Staged(Some(beside)))
}

fn fill(file: File, report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    report(&mut out)?;
    out.flush()
}
