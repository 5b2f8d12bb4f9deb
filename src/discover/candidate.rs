//! A file that may be read: its text, and what that makes it.
//!
//! Enters: a path and what asked for it. Leaves: an [`Input`] with its kind, nothing, or a failure.
//! Invariant: a file that nobody named and that is nothing of the deck never stops a run.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Input;
use super::kind::{self, Format, Kind};
use crate::document::Role;
use crate::error::{Failure, reason};
use crate::source::workbook::Listing;
use crate::source::{self, TableSettings};
use crate::span::Place;

/// Bytes of a document or a metric file.
pub(crate) const LARGEST_TEXT: u64 = 64 << 20;

/// Bytes of a workbook as it is stored.
const LARGEST_WORKBOOK: u64 = 256 << 20;

/// Bytes of a table that hold its header.
const HEAD: u64 = 8192;

/// A file that may be read.
pub(super) struct Candidate {
    pub(super) path: PathBuf,
    pub(super) shown: String,
    pub(super) format: Format,
    pub(super) role: Role,
    /// What asked for it.
    pub(super) asked: Asked,
    /// What is settled about its table.
    pub(super) table: TableSettings,
    /// Where a configuration names it.
    pub(super) named_at: Option<Place>,
    /// Its bytes, where they are not those on the disk.
    pub(super) unsaved: Option<Vec<u8>>,
}

/// Why a file is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// `--metrics` or `sources:` names it.
    Source,
    /// The command line or `documents:` names it.
    Document,
    /// It stands in a folder that is checked.
    Folder,
    /// It stands beside a document that is named: only a metric file is of interest.
    Beside,
}

impl Candidate {
    /// Reads the file and says what it is; `None` when it is nothing of the deck.
    pub(super) fn read(self) -> Result<Option<(Kind, Input)>, Failure> {
        if self.format == Format::Workbook {
            return self.workbook().map(Some);
        }
        let in_passing = matches!(self.asked, Asked::Folder | Asked::Beside);
        if in_passing && self.format == Format::Csv && !may_hold_metrics(&self.path) {
            return Ok(None);
        }
        let read = match self.unsaved {
            Some(bytes) => bounded(bytes, &self.shown, LARGEST_TEXT).and_then(|bytes| text(bytes, &self.shown)),
            None => read(&self.path, &self.shown),
        };
        let text = match read {
            Err(_) if self.asked == Asked::Beside => return Ok(None),
            result => result?,
        };
        let metric_file = self.asked != Asked::Source && kind::is_metric_file(&self.path, self.format, &text);
        let kind = match self.asked {
            Asked::Source => Kind::NamedSource,
            Asked::Document if metric_file => Kind::NamedSource,
            _ if metric_file => Kind::FoundSource,
            Asked::Beside => return Ok(None),
            Asked::Folder | Asked::Document if self.format != Format::Csv => Kind::Document,
            Asked::Folder => return Ok(None),
            Asked::Document => {
                return Err(Failure::new(format!("{}: this table is not a metric file", self.shown))
                    .with_help("a metric file's first row names its columns, `metric` among them"));
            }
        };
        let Self { shown, format, role, table, .. } = self;
        Ok(Some((kind, Input { shown, text, format, role, sheet: None, table })))
    }

    /// Lists the sheet of a workbook that is named as a source.
    fn workbook(self) -> Result<(Kind, Input), Failure> {
        let Self { path, shown, format, role, table, named_at, .. } = self;
        let bytes = read_bytes(&path, &shown, LARGEST_WORKBOOK)?;
        let listed = source::workbook::listing(bytes, &shown, &table);
        let Listing { text, sheet } =
            listed.map_err(|failure| Failure { place: failure.place.or(named_at), ..failure })?;
        Ok((Kind::NamedSource, Input { shown, text, format, role, sheet: Some(sheet), table }))
    }
}

/// Why a path names no file.
pub(super) fn missing(path: &Path, shown: &str) -> Failure {
    match fs::metadata(path) {
        Ok(_) => Failure::new(format!("{shown}: not a file")),
        Err(_) if shown == "-" => Failure::new("`-` is no file of that name")
            .with_help("standard input is checked under a name: `--stdin-filename slides.md`"),
        Err(error) => Failure::new(format!("{shown}: {}", reason(&error))),
    }
}

/// Reads a file of a size that can be a deck's, and no more than that of one which never ends.
fn read_bytes(path: &Path, shown: &str, largest: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(largest + 1).read_to_end(&mut bytes));
    read.map_err(|error| Failure::new(format!("{shown}: {}", reason(&error))))?;
    bounded(bytes, shown, largest)
}

fn bounded(bytes: Vec<u8>, shown: &str, largest: u64) -> Result<Vec<u8>, Failure> {
    if bytes.len() as u64 > largest {
        let failure = Failure::new(format!("{shown}: the file is larger than {} MiB", largest >> 20));
        return Err(failure.with_help("no deck is; leave it out, or take it apart"));
    }
    Ok(bytes)
}

/// Reads a file as UTF-8.
pub(super) fn read(path: &Path, shown: &str) -> Result<String, Failure> {
    text(read_bytes(path, shown, LARGEST_TEXT)?, shown)
}

fn text(bytes: Vec<u8>, shown: &str) -> Result<String, Failure> {
    if is_utf_16(&bytes) {
        return Err(Failure::new(format!("{shown}: the text is UTF-16, not UTF-8")).with_help("save the file as UTF-8"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..valid]).count();
        Failure::new(format!("{shown}:{line}: byte {valid} is not UTF-8 text")).with_help("save the file as UTF-8")
    })
}

/// Whether a file starts as UTF-16 does: with its mark, or with two letters that have a zero beside each.
fn is_utf_16(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [0, a, 0, b, ..] | [a, 0, b, 0, ..] => *a != 0 && *b != 0,
        _ => false,
    }
}

/// Whether a table starts like a metric file. Other tables may be long, and in any encoding: they are nothing of the deck.
fn may_hold_metrics(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    // What cannot be read is told where the whole file is read.
    read.is_err() || kind::is_metric_file(path, Format::Csv, &String::from_utf8_lossy(&head))
}
