//! What a table says: which cells are headers, what each row and column stands for, and the number in each cell.
//!
//! Enters: a [`Table`] with its surroundings (caption, lead-in paragraph, headings). Leaves: a [`Grid`].
//! Invariant: `cells[r][c]` belongs to `rows[r]` and `columns[c]`; header rows and label columns are not in `cells`.

mod cell;
mod dates;
mod kind;
mod layout;
mod lines;
mod noun;
mod rows;
mod scale;
mod settle;
mod units;
pub(crate) mod walk;
mod words;

use rust_decimal::Decimal;

use crate::document::{BlockKind, Cell, Document, Flow, Row, Table};
use crate::extract::DecimalMark;
use crate::period::{Expression, Period, PeriodContext};
use crate::quantity::{Quantity, Sign, Unit};
use crate::span::Span;

use cell::{Raw, are_ratios};
use layout::{DataColumn, Layout};
use scale::{Frame, Reading};
use units::{Site, Stated};

pub(crate) use dates::{expressions, is_age, is_band, ranges as period_ranges};
pub(crate) use kind::is_all_of;
pub(crate) use words::tells_time;

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
    /// The paragraph that leads in, where a caption or a corner cell names the table already.
    pub lead: Option<Flow>,
    /// One for each row of numbers (and each section row without any).
    pub rows: Vec<Line>,
    /// One for each column of numbers.
    pub columns: Vec<Line>,
    /// The numbers.
    pub cells: Vec<Vec<GridCell>>,
}

impl Grid {
    /// What names the table, and what leads in beside that.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &Flow> {
        self.title.iter().chain(&self.lead)
    }

    /// Whether no cell, row or column of the table says in which scale its amounts are, in thousands or in full.
    pub(crate) fn states_no_scale(&self) -> bool {
        let mut amounts = self
            .cells
            .iter()
            .flatten()
            .filter_map(|cell| cell.quantity.as_ref())
            .filter(|quantity| matches!(quantity.unit, Unit::Bare | Unit::Currency(_)))
            .peekable();
        amounts.peek().is_some()
            && amounts.all(|quantity| !quantity.scaled)
            && self.columns.iter().chain(&self.rows).all(|line| line.scale.is_none())
    }
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
    /// Of a column that compares two periods (`2019 over 2018`), the second that its label or group names.
    pub base: Option<Expression>,
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

impl Line {
    /// Whether its own label names a period, not only what encloses it.
    pub(crate) fn says_when(&self) -> bool {
        !dates::ranges(self.label.text()).is_empty()
    }

    /// Whether its own label names a scenario.
    pub(crate) fn says_scenario(&self) -> bool {
        self.scenario.is_some() && !crate::scenario::scan_label(self.label.text()).is_empty()
    }

    /// The period that it names, as the context settles it.
    pub(crate) fn when(&self, context: &PeriodContext) -> Option<Period> {
        self.period.as_ref()?.resolve(context)
    }

    /// Whether its numbers are not of what happened: a plan's, a budget's, a forecast's.
    pub(crate) fn is_plan(&self) -> bool {
        self.scenario.is_some_and(|name| name != crate::scenario::ACTUAL)
    }
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

impl LineKind {
    /// Whether a line states how something moves or what part it is, and not what it comes to.
    pub(crate) fn is_movement(self) -> bool {
        matches!(self, Self::Change | Self::Growth | Self::Variance | Self::Share)
    }

    /// Whether a line states what something comes to, in parts or in all.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self, Self::Level | Self::Total)
    }

    /// Whether a line states a balance at the start or the end of what moves it.
    pub(crate) fn is_balance(self) -> bool {
        matches!(self, Self::Opening | Self::Closing)
    }
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
pub fn understand(document_index: usize, document: &Document, decimal: DecimalMark) -> Vec<Grid> {
    let mut notice = Stated::default();
    let mut grids = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        if let Some(said) = scale::notice(block) {
            notice = said;
        }
        if let BlockKind::Table(table) = &block.kind {
            let frame = |corners: &[&str]| scale::frame(document, at, table, corners, &notice);
            let mut grid = read(table, decimal, frame);
            grid.document = document_index;
            grid.block = at;
            let lead = lead_title(document, at);
            if grid.title.is_none() {
                grid.title = lead;
            } else {
                grid.lead = lead;
            }
            grids.push(grid);
        }
    }
    grids
}

/// Whether words outside tables name an opening or a closing balance: [`LineKind::Opening`], [`LineKind::Closing`] or neither.
pub(crate) fn balance_kind(label: &str) -> LineKind {
    kind::balance(label).unwrap_or_default()
}

/// One table, without its place in the document.
fn read(table: &Table, decimal: DecimalMark, frame: impl Fn(&[&str]) -> Frame) -> Grid {
    let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut raw: Vec<Vec<Raw>> = table.rows.iter().map(|row| raw_row(row, width, decimal)).collect();
    cell::take_years_for_headers(&table.rows, &mut raw);
    cell::take_bands_for_labels(&mut raw);
    let layout = layout::find(table, &raw);
    let mut corners = lines::corners(table, &layout);
    corners.retain(|corner| !units::is_cross(corner) || are_ratios(raw.iter().flatten()));
    let mut frame = frame(&corners);
    let mut rows = rows::rows(table, &raw, &layout);
    // A corner over rows of periods (`2025` over `1Q25`, `At month end` over `Jan 2026`) is about them, not about the columns.
    let timed = rows.iter().filter(|row| row.says_when()).count() * 2 > rows.len();
    let mut columns = lines::columns(table, &raw, &layout, timed);
    rows::settle_relative(&mut rows, &columns);
    rows::settle_edges(&mut rows, &columns);
    rows::settle_balances(&mut rows);
    rows::settle_parts(&mut rows);
    rows::settle_totals(&mut rows, &columns);
    let mut implied: Vec<_> = rows.iter().map(scale::implied).collect();
    in_walks(&rows, &mut implied);
    in_parts(&rows, &mut implied);
    frame.fit(&rows, &implied, |at| layout.body.get(at).is_none_or(|&row| cell::are_whole(&raw[row])));
    let implied_below: Vec<_> = columns.iter().map(scale::implied).collect();
    let money_below: Vec<bool> = columns.iter().map(|line| frame.is_overruled_by(line)).collect();
    let mut cells = Vec::with_capacity(rows.len());
    for ((line, implied), &row) in rows.iter().zip(&implied).zip(&layout.body) {
        let money = frame.is_overruled_by(line);
        let reading = |column: usize, quantity: &Quantity| {
            let implied = implied.as_ref().or(implied_below[column].as_ref().filter(|_| line.unit.is_none()));
            scale::reading(&frame, line, &columns[column], implied, money || money_below[column], quantity)
        };
        let source = &table.rows[row].cells;
        let columns = layout.data.iter().enumerate();
        cells.push(columns.map(|(index, at)| cell(source, &raw[row], *at, |number| reading(index, number))).collect());
    }
    settle::kinds(&mut rows, &mut columns, &cells);
    settle::points(&mut columns, &mut cells);
    carry_currency(&mut cells, &rows, &columns);
    turn_with_arrows(&mut cells, &columns, table, &layout);
    Grid {
        document: 0,
        block: 0,
        chart: table.chart,
        title: own_title(table, &layout),
        lead: None,
        rows,
        columns,
        cells,
    }
}

/// `New customers` between `Opening ARR` and `Closing ARR` is what they brought, not how many they are: the steps of a walk are in
/// the unit of its ends.
fn in_walks(rows: &[Line], implied: &mut [Option<noun::Implied>]) {
    for walk::Bridge { first, last, .. } in walk::spans(rows) {
        if implied[first].is_none() && implied[last].is_none() {
            implied[first..last].fill(None);
        }
    }
}

/// `of which resorts` under `Rooms` counts rooms, and `of which reserved customers` under `Usage revenue` is revenue: what a part is in
/// its whole says, not its own noun.
fn in_parts(rows: &[Line], implied: &mut [Option<noun::Implied>]) {
    let mut whole: Option<usize> = None;
    for at in 0..rows.len().min(implied.len()) {
        if rows[at].kind != LineKind::OfWhich || rows::is_memo(&rows[at]) {
            whole = Some(at);
            continue;
        }
        let Some(whole) = whole.filter(|_| rows[at].unit.is_none()) else { continue };
        if implied[whole].is_some() || noun::speaks_of_money(&rows[whole].name) {
            implied[at] = implied[whole].clone();
        }
    }
}

fn raw_row(row: &Row, width: usize, decimal: DecimalMark) -> Vec<Raw> {
    let mut found: Vec<Raw> = row.cells.iter().map(|cell| cell::read(cell, decimal)).collect();
    found.resize(width, Raw::Blank);
    found
}

/// One cell of the body, with the signs that stand in columns of their own.
fn cell(source: &[Cell], raw: &[Raw], at: DataColumn, reading: impl Fn(&Quantity) -> Reading) -> GridCell {
    let span = source.get(at.at).map(|cell| cell.span).unwrap_or_default();
    let content = match &raw[at.at] {
        Raw::Number(quantity, range) => {
            let mut quantity = (**quantity).clone();
            if let Some(Raw::Currency(unit)) = at.sign.map(|sign| &raw[sign]) {
                adopt(&mut quantity, unit);
            }
            if at.tail.and_then(|tail| source.get(tail)).is_some_and(|tail| tail.flow.text().contains('%')) {
                adopt(&mut quantity, &Unit::Percent);
            }
            let reading = reading(&quantity);
            scale::apply(&mut quantity, &reading);
            let span = source.get(at.at).map(|cell| cell.flow.span(range.clone())).unwrap_or(span);
            return GridCell { quantity: Some(quantity), span, content: CellContent::Number };
        }
        Raw::Blank => CellContent::Empty,
        Raw::Dash => CellContent::Dash,
        Raw::NotAvailable => CellContent::NotAvailable,
        Raw::Period | Raw::Unit | Raw::Currency(_) | Raw::Tail | Raw::Text => CellContent::Text,
    };
    GridCell { quantity: None, span, content }
}

fn adopt(quantity: &mut Quantity, unit: &Unit) {
    if quantity.unit == Unit::Bare {
        quantity.unit = unit.clone();
    }
}

/// `▼ 2.5%` in a column of movements is a fall; beside a level an arrow says how it has moved, and nothing of what it is.
fn turn_with_arrows(cells: &mut [Vec<GridCell>], columns: &[Line], table: &Table, layout: &Layout) {
    for (cells, &row) in cells.iter_mut().zip(&layout.body) {
        for ((cell, line), at) in cells.iter_mut().zip(columns).zip(&layout.data) {
            let moves = matches!(line.kind, LineKind::Change | LineKind::Growth | LineKind::Variance);
            let unsigned = |quantity: &&mut Quantity| quantity.sign == Sign::None;
            let Some(quantity) = cell.quantity.as_mut().filter(|_| moves).filter(unsigned) else { continue };
            if table.rows[row].cells.get(at.at).is_some_and(|cell| cell::points_down(cell.flow.text())) {
                *quantity = quantity.negated();
            }
        }
    }
}

/// Statements write a currency sign on the first row of a block and on its total; the rows between are in it too.
fn carry_currency(cells: &mut [Vec<GridCell>], rows: &[Line], columns: &[Line]) {
    for column in 0..columns.len() {
        let mut carried: Option<(Unit, rust_decimal::Decimal)> = None;
        for (row, line) in cells.iter_mut().zip(rows) {
            if line.kind == LineKind::Section {
                continue;
            }
            let Some(quantity) = row.get_mut(column).and_then(|cell| cell.quantity.as_mut()) else { continue };
            match (&quantity.unit, &carried) {
                (Unit::Currency(_), _) => carried = Some((quantity.unit.clone(), quantity.resolution)),
                (Unit::Bare, Some((unit, resolution)))
                    if *resolution == quantity.resolution && scale::implied(line).is_none() =>
                {
                    quantity.unit = unit.clone();
                }
                _ => {}
            }
        }
    }
}

/// The caption, or the corner where it is words.
fn own_title(table: &Table, layout: &Layout) -> Option<Flow> {
    if let Some(caption) = table.caption.as_ref().filter(|caption| names_something(caption.text())) {
        return Some(caption.clone());
    }
    let corner = layout
        .label
        .into_iter()
        .flat_map(|column| layout.headers.iter().filter_map(move |&row| table.rows[row].cells.get(column)));
    let wordy = |cell: &&Cell| !cell.flow.is_blank() && names_something(cell.flow.text());
    corner.filter(wordy).map(|cell| cell.flow.clone()).next()
}

/// Whether a caption or corner is more than units and the time that the columns are in (`Years ended 31 December`).
pub(crate) fn names_something(text: &str) -> bool {
    let said = units::stated(text, Site::Label);
    let name = words::name(text, &said, &dates::ranges(text), words::Axis::Row);
    let words = words::lower_words(&name);
    let generic = matches!(words.as_slice(), [only] if words::heads_labels(only));
    !said.whole && !generic && words.iter().any(|word| !words::tells_time(word))
}

/// Whether a title says in which unit the numbers under it are.
pub(crate) fn states_a_unit(text: &str) -> bool {
    units::stated(text, Site::Label).unit.is_some()
}

/// Whether the noun of a name is one of things that are counted.
pub(crate) fn counts_things(name: &str) -> bool {
    matches!(noun::implied(name), Some(noun::Implied::Count(_) | noun::Implied::Weak(_)))
}

/// What a title is called without the units, periods and marks in it: `Revenue €m` → `Revenue`.
pub(crate) fn clean_name(text: &str) -> String {
    words::name(text, &units::stated(text, Site::Label), &dates::ranges(text), words::Axis::Row)
}

/// A short paragraph that leads in.
fn lead_title(document: &Document, at: usize) -> Option<Flow> {
    let flows = scale::leads(document, at).into_iter().filter_map(|block| block.flow());
    let short = |flow: &&Flow| {
        let text = flow.text();
        let text = text.trim_end();
        // A sentence says something of its own; a phrase names what comes.
        let brief = text.ends_with(':') || (!text.ends_with('.') && text.split_whitespace().count() < 15);
        brief && !units::stated(text, Site::Prose).whole
    };
    flows.filter(short).map(Flow::clone).next()
}

#[cfg(test)]
pub(crate) mod tests;
