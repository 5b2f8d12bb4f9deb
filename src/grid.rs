//! What a table says: which cells are headers, what each row and column stands for, and the number in each cell.
//!
//! Enters: a [`Table`](crate::document::Table) with its surroundings (caption, lead-in paragraph, headings). Leaves: a [`Grid`].
//! Invariant: `cells[r][c]` belongs to `rows[r]` and `columns[c]`; header rows and label columns are not in `cells`.

use rust_decimal::Decimal;

use crate::document::Flow;
use crate::period::Expression;
use crate::quantity::{Quantity, Unit};
use crate::span::Span;

/// A table, understood.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Index of the document.
    pub document: usize,
    /// Index of the table's block in it.
    pub block: usize,
    /// Whether it is the data of a chart.
    pub chart: bool,
    /// What names the table: its caption, else the corner cell where that is words ("Sales by channel"), else the paragraph that leads in.
    pub title: Option<Flow>,
    /// One for each row of numbers (and each section row without any).
    pub rows: Vec<Line>,
    /// One for each column of numbers.
    pub columns: Vec<Line>,
    /// The numbers.
    pub cells: Vec<Vec<GridCell>>,
}

/// A row or a column: what its header says.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its own label: the row's label, or the lowest header cell above the column. Footnote marks, units and scales are still in it.
    pub label: Flow,
    /// The label with footnote marks, units, scales and trailing dots taken out: what to match against the vocabulary.
    pub name: String,
    /// Labels that enclose it, outermost first: upper header cells, section rows, less indented rows.
    pub groups: Vec<Flow>,
    /// Period that the label or a group names.
    pub period: Option<Expression>,
    /// Scenario that the label or a group names, by canonical name.
    pub scenario: Option<&'static str>,
    /// Unit that applies to its numbers and is stated in its label or group.
    pub unit: Option<Unit>,
    /// Scale that is stated in its label or group.
    pub scale: Option<Decimal>,
    /// What its numbers are to the other lines.
    pub kind: LineKind,
    /// How far a row label is indented, 0 for none.
    pub indent: u8,
    /// Whether the label is strong.
    pub strong: bool,
}

/// What the numbers of a row or column are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum LineKind {
    /// Plain values.
    #[default]
    Level,
    /// A row or column that adds others up, by its label: total, subtotal, grand total, "12 months".
    Total,
    /// A part of the row above, not of the total: "of which", "including".
    OfWhich,
    /// Difference between two periods: `Δ`, `change`, `$ change`.
    Change,
    /// Percentage change between two periods: `% change`, `growth`, `YoY`.
    Growth,
    /// Difference or percentage against a scenario: `variance`, `vs plan`.
    Variance,
    /// Part of a whole in percent: `% of total`, `share`.
    Share,
    /// The first balance of a bridge or roll-forward.
    Opening,
    /// Its last balance.
    Closing,
    /// A row that only names a section.
    Section,
    /// Not numbers of the deck: note references, addresses, dates.
    Other,
}

/// A cell of the body.
#[derive(Clone, Debug, Default)]
pub struct GridCell {
    /// Its number in base units (the table's scale and unit applied), if it holds exactly one.
    pub quantity: Option<Quantity>,
    /// Bytes of the number in the file (of the cell, when it has none).
    pub span: Span,
    /// What else it holds.
    pub content: CellContent,
}

/// What a cell without a number holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum CellContent {
    /// Nothing.
    #[default]
    Empty,
    /// A number.
    Number,
    /// A dash: zero in a sum, no claim elsewhere.
    Dash,
    /// `n/a`, `n.m.`: not stated.
    NotAvailable,
    /// Words, or several numbers.
    Text,
}

/// Understands every table of a document.
pub fn understand(
    _document_index: usize,
    _document: &crate::document::Document,
    _decimal: crate::extract::DecimalMark,
) -> Vec<Grid> {
    Vec::new()
}
