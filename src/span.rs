//! Where things are: files by number, byte ranges in them, and lines and columns only when somebody wants to read them.
//!
//! Enters: the text of each file, once. Leaves: [`Place`]s, which every later stage carries around.
//! Invariant: a [`Span`] is always in bytes of the file as it is on disk; lines and columns exist only in [`Files::position`].

use std::ops::Range;
use std::sync::{Arc, OnceLock};

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

/// One file: the path to show, its text, and an index that is made when somebody first asks for a line.
#[derive(Clone, Debug)]
pub struct File {
    path: String,
    text: String,
    /// Of which sheet of a workbook the text is a listing.
    sheet: Option<Sheet>,
    index: OnceLock<Index>,
}

/// The cells of a workbook's sheet, of which a file's text is the listing: a row of the sheet is a line of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// The sheet's name.
    pub(crate) name: String,
    /// The cells that say something, in the order of the text.
    pub(crate) cells: Vec<SheetCell>,
}

/// A cell of a sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetCell {
    /// Its bytes in the listing.
    pub(crate) span: Span,
    /// Row, from 0.
    pub(crate) row: u32,
    /// Column, from 0.
    pub(crate) column: u32,
}

impl SheetCell {
    /// `D14`.
    fn name(self) -> String {
        let mut letters = Vec::new();
        let mut rest = self.column + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + (rest % 26) as u8));
            rest /= 26;
        }
        letters.iter().rev().collect::<String>() + &(self.row + 1).to_string()
    }
}

/// What turns a byte into a line and column without reading the file again.
#[derive(Clone, Debug)]
struct Index {
    /// First byte of each line.
    lines: Vec<usize>,
    /// Characters that start before each multiple of [`STRIDE`] bytes. A whole export may stand on one line, so columns
    /// cannot be counted from the start of the line each time.
    characters: Vec<usize>,
    /// The same of the characters that UTF-16 writes as a pair.
    pairs: Vec<usize>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 1024;

/// How many characters start in these bytes: all but the continuation bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// How many characters outside the basic plane start in these bytes: UTF-16 writes them in two units.
fn pairs(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte >= 0xF0).count()
}

/// A count of something in `bytes` before each multiple of [`STRIDE`].
fn strides(bytes: &[u8], count: fn(&[u8]) -> usize) -> Vec<usize> {
    let counts = bytes.chunks(STRIDE).scan(0, |before, chunk| {
        *before += count(chunk);
        Some(*before)
    });
    std::iter::once(0).chain(counts).collect()
}

impl File {
    /// The path as it is shown: relative to the working directory, with forward slashes.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text; of a workbook, the listing of one sheet.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn sheet(&self) -> Option<&Sheet> {
        self.sheet.as_ref()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let lines = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1)).collect();
            Index { lines, characters: strides(bytes, characters), pairs: strides(bytes, pairs) }
        })
    }

    /// Characters that start before a byte of the file.
    fn characters_before(&self, byte: usize) -> usize {
        let stride = byte / STRIDE;
        self.index().characters[stride] + characters(&self.text.as_bytes()[stride * STRIDE..byte])
    }

    /// Pairs of UTF-16 that start before a byte of the file.
    fn pairs_before(&self, byte: usize) -> usize {
        let stride = byte / STRIDE;
        self.index().pairs[stride] + pairs(&self.text.as_bytes()[stride * STRIDE..byte])
    }

    /// The bytes of a line, counted from 1, without its line break; empty past the last one.
    pub fn line(&self, line: usize) -> Span {
        let lines = &self.index().lines;
        let Some(&start) = line.checked_sub(1).and_then(|at| lines.get(at)) else { return Span::default() };
        let end = lines.get(line).map_or(self.text.len(), |next| next - 1);
        let carriage_return = end > start && self.text.as_bytes()[end - 1] == b'\r';
        Span::new(start, end - usize::from(carriage_return))
    }
}

/// Every file of a run.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<Arc<File>>);

impl Files {
    /// Takes a file in and numbers it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_listing(path.into(), text.into(), None)
    }

    /// Takes in a file whose text is the listing of a workbook's sheet.
    pub(crate) fn add_listing(&mut self, path: String, text: String, sheet: Option<Sheet>) -> FileId {
        let id = FileId(u32::try_from(self.0.len()).expect("internal: fewer than 2^32 files"));
        self.0.push(Arc::new(File { path, text, sheet, index: OnceLock::new() }));
        id
    }

    /// The same files, one of them with another text.
    pub(crate) fn with_text(&self, id: FileId, text: String) -> Self {
        let mut files = self.clone();
        let path = self.get(id).path.clone();
        files.0[id.0 as usize] = Arc::new(File { path, text, sheet: None, index: OnceLock::new() });
        files
    }

    /// The cell of a workbook at a place, as people write it: `KPIs!D14`. None in other files.
    pub fn cell(&self, place: Place) -> Option<String> {
        let sheet = self.get(place.file).sheet()?;
        let after = sheet.cells.partition_point(|cell| cell.span.start <= place.span.start);
        let cell = after.checked_sub(1).and_then(|at| sheet.cells.get(at));
        Some(match cell {
            Some(cell) => format!("{}!{}", sheet.name, cell.name()),
            None => sheet.name.clone(),
        })
    }

    /// The file of that number.
    pub fn get(&self, id: FileId) -> &File {
        &self.0[id.0 as usize]
    }

    /// All files in the order they were taken in.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.0.iter().enumerate().map(|(at, file)| (FileId(at as u32), file.as_ref()))
    }

    /// The bytes at a place, as text. Out-of-range or split characters give what lies inside.
    pub fn slice(&self, place: Place) -> &str {
        let text = self.get(place.file).text();
        text.get(place.span.range()).unwrap_or_default()
    }

    /// A place as people write it: `metrics.yaml:12`, `model.xlsx › KPIs!D14`.
    pub fn shown(&self, place: Place) -> String {
        let path = self.get(place.file).path();
        match self.cell(place) {
            Some(cell) => format!("{path} › {cell}"),
            None => format!("{path}:{}", self.position(place.file, place.span.start).line),
        }
    }

    /// The same with the column: `metrics.yaml:12:18`.
    pub fn shown_exactly(&self, place: Place) -> String {
        let shown = self.shown(place);
        match self.get(place.file).sheet() {
            Some(_) => shown,
            None => format!("{shown}:{}", self.position(place.file, place.span.start).column),
        }
    }

    /// What a comment is about: the lines that it stands on, and a block. What it covers starts in one of them.
    pub(crate) fn stretches(&self, comment: Place, block: Option<Span>) -> Vec<Span> {
        let line = |byte| self.get(comment.file).line(self.position(comment.file, byte).line);
        // A line break belongs to the line that it ends.
        let own = Span::new(line(comment.span.start).start, line(comment.span.end).end + "\r\n".len());
        let block = block.map(|block| Span::new(block.start, block.end.max(block.start + 1)));
        block.into_iter().chain([own]).collect()
    }

    /// Line and column of a byte.
    pub fn position(&self, file: FileId, byte: usize) -> Position {
        let file = self.get(file);
        let byte = byte.min(file.text.len());
        let lines = &file.index().lines;
        let line = lines.partition_point(|&start| start <= byte);
        let column = file.characters_before(byte) - file.characters_before(lines[line - 1]) + 1;
        Position { byte, line, column }
    }

    /// The same with the column in units of UTF-16, as editors and code hosts count.
    pub(crate) fn position_in_utf16(&self, file: FileId, byte: usize) -> Position {
        let mut position = self.position(file, byte);
        let file = self.get(file);
        let line = file.index().lines[position.line - 1];
        position.column += file.pairs_before(position.byte) - file.pairs_before(line);
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(text: &str, bytes: &[usize]) -> Vec<(usize, usize)> {
        let mut files = Files::default();
        let file = files.add("deck.md", text);
        bytes.iter().map(|&byte| files.position(file, byte)).map(|at| (at.line, at.column)).collect()
    }

    #[test]
    fn cells_have_the_names_that_spreadsheets_give_them() {
        for (row, column, name) in
            [(0, 0, "A1"), (13, 3, "D14"), (8, 25, "Z9"), (0, 26, "AA1"), (0, 701, "ZZ1"), (0, 702, "AAA1")]
        {
            assert_eq!(SheetCell { span: Span::default(), row, column }.name(), name);
        }
        let mut files = Files::default();
        let cell = |start, column| SheetCell { span: Span::new(start, start + 2), row: 1, column };
        let sheet = Sheet { name: "KPIs".to_owned(), cells: vec![cell(1, 0), cell(6, 2)] };
        let file = files.add_listing("model.xlsx".to_owned(), "\nab | cd\n".to_owned(), Some(sheet));
        let shown = |start| files.shown_exactly(Place { file, span: Span::new(start, start + 1) });
        assert_eq!(
            [shown(0), shown(1), shown(7)],
            ["model.xlsx › KPIs", "model.xlsx › KPIs!A2", "model.xlsx › KPIs!C2"]
        );
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(
            positions("ARR\n€4m – ok\n", &[0, 3, 4, 7, 13, 99]),
            [(1, 1), (1, 4), (2, 1), (2, 2), (2, 6), (3, 1)]
        );
    }

    #[test]
    fn columns_of_a_long_line_need_no_rescan() {
        let text = format!("\n{}", "é€x".repeat(2000));
        let byte = 1 + 6 * 1500 + 2;
        assert_eq!(positions(&text, &[byte, text.len()]), [(2, 3 * 1500 + 2), (2, 6001)]);
    }

    #[test]
    fn a_character_outside_the_basic_plane_takes_two_columns_of_utf_16() {
        let mut files = Files::default();
        let file = files.add("deck.md", format!("😀\n{}😀 €4m", "😀".repeat(600)));
        let at = files.position_in_utf16(file, 5 + 4 * 601 + 1);
        assert_eq!((at.line, at.column), (2, 2 * 601 + 2));
    }

    #[test]
    fn lines_leave_their_break_out() {
        let mut files = Files::default();
        let file = files.add("deck.md", "one\r\ntwo\n\nfour");
        let line = |number| files.slice(Place { file, span: files.get(file).line(number) });
        assert_eq!([line(0), line(1), line(2), line(3), line(4), line(5)], ["", "one", "two", "", "four", ""]);
    }
}
