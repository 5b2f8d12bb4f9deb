//! Where things are: files by number, byte ranges in them, and lines and columns only when somebody wants to read them.
//!
//! Enters: the text of each file, once. Leaves: [`Place`]s, which every later stage carries around.
//! Invariant: a [`Span`] is always in bytes of the file as it is on disk; lines and columns exist only in [`Files::position`].

use std::ops::Range;
use std::sync::OnceLock;

/// A file that has been read in this run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub(crate) u32);

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forward");
        Self { start, end }
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share a byte.
    pub fn meets(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A span in a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// A point in a file as a person reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// Offset in bytes from the start of the file.
    pub byte: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One file: the path to show, its text, and an index of its lines that is made when first asked for.
#[derive(Debug)]
pub struct File {
    path: String,
    text: String,
    lines: OnceLock<Vec<usize>>,
}

impl File {
    /// The path as it is shown: relative to the working directory, with forward slashes.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1)).collect()
        })
    }
}

/// Every file of a run.
#[derive(Debug, Default)]
pub struct Files(Vec<File>);

impl Files {
    /// Takes a file in and numbers it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.0.len()).expect("internal: fewer than 2^32 files"));
        self.0.push(File { path: path.into(), text: text.into(), lines: OnceLock::new() });
        id
    }

    /// The file of that number.
    pub fn get(&self, id: FileId) -> &File {
        &self.0[id.0 as usize]
    }

    /// All files in the order they were taken in.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.0.iter().enumerate().map(|(at, file)| (FileId(at as u32), file))
    }

    /// The bytes at a place, as text. Out-of-range or split characters give what lies inside.
    pub fn slice(&self, place: Place) -> &str {
        let text = self.get(place.file).text();
        text.get(place.span.range()).unwrap_or_default()
    }

    /// Line and column of a byte.
    pub fn position(&self, file: FileId, byte: usize) -> Position {
        let file = self.get(file);
        let byte = byte.min(file.text.len());
        let line = file.line_starts().partition_point(|&start| start <= byte);
        let start = file.line_starts()[line - 1];
        let column = file.text.as_bytes()[start..byte].iter().filter(|&&b| b & 0xC0 != 0x80).count() + 1;
        Position { byte, line, column }
    }
}
