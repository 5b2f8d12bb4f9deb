//! An HTML table on its way to a [`Table`]: rows, header cells, cells that span several rows and columns.
//!
//! Enters: the tags and texts between `<table>` and `</table>`. Leaves: a rectangle of cells.
//! Invariant: a spanning cell's text stands once, in its first place; the places it covers are blank.

use crate::document::{Cell, Flow, Row, Table};
use crate::read::rows;
use crate::span::Span;

use super::token::Tag;

/// Whether a tag belongs to the structure of a table.
pub(super) fn is_part(tag: &Tag<'_>) -> bool {
    tag.is_any(&["table", "tr", "td", "th", "caption", "thead", "tbody", "tfoot", "colgroup", "col"])
}

/// Columns and rows that one cell may cover.
const WIDEST: usize = 100;

/// A table whose end has not come yet.
pub(super) struct Builder {
    span: Span,
    /// Where the last part ended.
    end: usize,
    caption: Option<Flow>,
    rows: Vec<Vec<Piece>>,
    /// A row has been opened and not closed.
    row_open: bool,
    place: Place,
    in_head: bool,
    head_rows: usize,
    /// Lines of the open cell.
    flow: Flow,
    weak: bool,
}

/// Where text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between cells, where no text belongs.
    Nowhere,
    Caption,
    /// In the last cell of the last row.
    Cell,
}

struct Piece {
    cell: Cell,
    header: bool,
    columns: usize,
    rows: usize,
}

impl Builder {
    pub(super) fn new(span: Span) -> Self {
        Self {
            span,
            end: span.end,
            caption: None,
            rows: Vec::new(),
            row_open: false,
            place: Place::Nowhere,
            in_head: false,
            head_rows: 0,
            flow: Flow::default(),
            weak: false,
        }
    }

    pub(super) fn span(&self) -> Span {
        self.span
    }

    pub(super) fn end(&self) -> usize {
        self.end
    }

    pub(super) fn in_cell(&self) -> bool {
        self.place == Place::Cell
    }

    /// An opening tag other than `<table>`. Closing tags are optional in HTML, so it also ends what cannot hold it.
    pub(super) fn open(&mut self, tag: &Tag<'_>, span: Span) {
        self.end_cell(span.start);
        self.end = span.end;
        if tag.is("td") || tag.is("th") {
            if !self.row_open {
                self.open_row();
            }
            let count = |name| tag.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
            let piece = Piece {
                cell: Cell { span: Span::new(span.end, span.end), ..Cell::default() },
                header: tag.is("th"),
                columns: count("colspan").clamp(1, WIDEST),
                rows: count("rowspan").clamp(1, WIDEST),
            };
            if let Some(row) = self.rows.last_mut() {
                row.push(piece);
                self.place = Place::Cell;
            }
        } else if tag.is("tr") {
            self.open_row();
        } else if tag.is("caption") {
            self.place = Place::Caption;
        } else {
            self.row_open = false;
            self.in_head = tag.is("thead");
        }
    }

    /// A closing tag other than `</table>`.
    pub(super) fn close(&mut self, tag: &Tag<'_>, span: Span) {
        self.end_cell(span.start);
        self.end = span.end;
        if tag.is("tr") {
            self.row_open = false;
        } else if tag.is("thead") {
            self.in_head = false;
            self.row_open = false;
        }
    }

    /// The rest of what the open cell or caption says; `end` is where the next tag starts.
    pub(super) fn say(&mut self, flow: Flow, strong: bool, end: usize) {
        self.add_line(flow, strong);
        self.end_cell(end);
    }

    /// A line of the open cell.
    pub(super) fn add_line(&mut self, flow: Flow, strong: bool) {
        if flow.is_blank() || self.place == Place::Nowhere {
            return;
        }
        self.weak |= !strong;
        let flow = if self.flow.is_blank() { flow } else { flow.trimmed() };
        if !self.flow.is_blank() {
            let at = flow.whole().start;
            self.flow.push_replaced("\n", Span::new(at, at));
        }
        self.flow.push_flow(&flow);
    }

    /// The finished table, or why it cannot be read.
    pub(super) fn finish(self) -> Result<Table, String> {
        const UNEQUAL: &str = "the rows of this table are too unequal in length to be one table";
        let written: usize = self.rows.iter().map(Vec::len).sum();
        let mut room = rows::room(written);
        let mut covered: Vec<usize> = Vec::new();
        let mut rows = Vec::new();
        for (index, pieces) in self.rows.into_iter().enumerate() {
            let widest = covered.len() + pieces.iter().map(|piece| piece.columns).sum::<usize>();
            room = room.checked_sub(widest).ok_or(UNEQUAL)?;
            let header = index < self.head_rows || pieces.iter().all(|piece| piece.header);
            let row = spread(pieces, &mut covered);
            if !row.is_empty() {
                rows.push(Row { cells: row, header });
            }
        }
        let rows = rows::rectangular(rows).ok_or(UNEQUAL)?;
        Ok(Table { caption: self.caption, unit: None, rows, chart: false })
    }

    fn open_row(&mut self) {
        self.rows.push(Vec::new());
        self.row_open = true;
        if self.in_head {
            self.head_rows = self.rows.len();
        }
    }

    fn end_cell(&mut self, end: usize) {
        let flow = std::mem::take(&mut self.flow);
        let strong = !std::mem::take(&mut self.weak) && !flow.is_blank();
        match std::mem::replace(&mut self.place, Place::Nowhere) {
            Place::Nowhere => {}
            Place::Caption => self.caption = Some(flow.trimmed()).filter(|caption| !caption.is_blank()),
            Place::Cell => {
                let Some(row) = self.rows.last_mut() else { return };
                let first = row.len() == 1;
                let Some(Piece { cell, .. }) = row.last_mut() else { return };
                let (flow, indent) = if first { rows::unindented(html_trimmed(flow)) } else { (flow, 0) };
                cell.flow = flow.trimmed();
                cell.indent = indent;
                cell.strong = strong;
                cell.span.end = end.max(cell.span.start);
            }
        }
    }
}

/// Without the white space that HTML does not show; no-break spaces are an indentation.
fn html_trimmed(flow: Flow) -> Flow {
    let text = flow.text();
    let start = text.len() - text.trim_ascii_start().len();
    let mut trimmed = Flow::default();
    trimmed.push_part(&flow, start..text.len());
    trimmed
}

/// A row's cells in their columns. `covered` says for how many more rows each column is taken by a cell from above.
fn spread(pieces: Vec<Piece>, covered: &mut Vec<usize>) -> Vec<Cell> {
    let mut row: Vec<Cell> = Vec::new();
    let fill = |row: &mut Vec<Cell>, covered: &mut Vec<usize>, at: usize| {
        while let Some(rows) = covered.get_mut(row.len()).filter(|rows| **rows > 0) {
            *rows -= 1;
            row.push(rows::blank(at));
        }
    };
    for piece in pieces {
        fill(&mut row, covered, piece.cell.span.start);
        let end = piece.cell.span.end;
        for column in 0..piece.columns {
            if covered.len() <= row.len() {
                covered.resize(row.len() + 1, 0);
            }
            covered[row.len()] = piece.rows - 1;
            row.push(if column == 0 { Cell::default() } else { rows::blank(end) });
        }
        let first = row.len() - piece.columns;
        row[first] = piece.cell;
    }
    let end = row.last().map_or(0, |cell| cell.span.end);
    fill(&mut row, covered, end);
    row
}
