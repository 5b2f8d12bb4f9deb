//! What one cell holds, before headers give it a meaning.
//!
//! Enters: a cell's text and its neighbours' currency signs. Leaves: a [`Raw`].
//! Invariant: a cell counts as a number only when nothing but that number (and marks) stands in it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::units::{self, Site};
use crate::document::{Cell, Row};
use crate::extract::DecimalMark;
use crate::quantity::{Qualifier, Quantity, Sign, Unit};

/// What one cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw {
    /// Nothing.
    Blank,
    /// One number, and its bytes in the cell's text.
    Number(Box<Quantity>, Range<usize>),
    /// A dash.
    Dash,
    /// `n/a`, `n.m.`.
    NotAvailable,
    /// Only a period: `2019`, `Q3 FY25`, `December 31, 2019`.
    Period,
    /// Only a unit: `£m`, `(in thousands)`, `%`.
    Unit,
    /// A currency sign in a cell of its own.
    Currency(Unit),
    /// `%` or `)` in a cell of its own.
    Tail,
    /// Words, or several numbers.
    Text,
}

/// Reads one cell.
pub(super) fn read(cell: &Cell, mark: DecimalMark) -> Raw {
    let text = cell.flow.text().trim();
    if text.is_empty() {
        return Raw::Blank;
    }
    if text.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '_' | '‒' | '―')) || is_money_dash(text) {
        return Raw::Dash;
    }
    if matches!(
        text.to_lowercase().as_str(),
        "n/a" | "na" | "n.a." | "n/m" | "nm" | "n.m." | "n.m" | "tbd" | "tbc" | "*" | "**" | "…" | "..."
    ) {
        return Raw::NotAvailable;
    }
    if matches!(text, "%" | ")" | ")%" | "%)") {
        return Raw::Tail;
    }
    if super::dates::is_year(text) {
        return Raw::Period;
    }
    let grouped = grouped_by_space(text, mark);
    let text = grouped.as_deref().unwrap_or(text);
    let number = || {
        let (led, text) = without_arrow(text);
        let (range, quantity) = crate::extract::cell(text, mark)?;
        let lead = cell.flow.text().len() - cell.flow.text().trim_start().len() + led;
        Some(Raw::Number(Box::new(quantity), lead + range.start..lead + range.end))
    };
    // Most cells are plainly numbers; only the others may be dates.
    let plain =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '(' | ')' | '$' | '€' | '£' | '%' | ' '));
    if let Some(number) = plain.then(number).flatten() {
        return number;
    }
    if super::dates::is_period(text) {
        return Raw::Period;
    }
    if let Some(number) = number() {
        return number;
    }
    let said = units::stated(text, Site::Label);
    match said.unit {
        Some(unit @ Unit::Currency(_)) if said.whole && said.scale.is_none() => Raw::Currency(unit),
        _ if said.whole => Raw::Unit,
        _ => Raw::Text,
    }
}

/// Arrows that point up or along, and those that point down.
const UP: &[char] = &['▲', '△', '▴', '↑', '⬆', '↗', '🔺', '🔼', '►', '▶', '→', '↔', '◄'];
const DOWN: &[char] = &['▼', '▽', '▾', '↓', '⬇', '↘', '🔻', '🔽'];

/// A cell's text without the arrow before or behind its number, and the bytes before what is left.
fn without_arrow(text: &str) -> (usize, &str) {
    let arrow = |c: char| UP.contains(&c) || DOWN.contains(&c) || c == '\u{fe0f}';
    let rest = text.trim_start_matches(arrow).trim_start();
    (text.len() - rest.len(), rest.trim_end_matches(arrow).trim_end())
}

/// Whether an arrow beside a cell's number points down.
pub(super) fn points_down(text: &str) -> bool {
    let text = text.trim().trim_end_matches('\u{fe0f}');
    text.starts_with(DOWN) || text.ends_with(DOWN)
}

/// `2025 £ | 2024 £` over columns of amounts: years with the unit of what stands below, in the first rows of a table.
pub(super) fn take_years_for_headers(rows: &[Row], raw: &mut [Vec<Raw>]) {
    const FIRST: usize = 3;
    let year = |cell: &Raw, text: &str| {
        let Raw::Number(quantity, _) = cell else { return false };
        // `£2025m` and `£2000` are amounts.
        let behind =
            text.trim().split_at_checked(4).filter(|(year, _)| super::dates::is_year(year)).map(|(_, unit)| unit);
        let headed = |unit: &str| unit.starts_with(char::is_whitespace) && units::stated(unit, Site::Label).whole;
        matches!(quantity.unit, Unit::Currency(_)) && behind.is_some_and(headed)
    };
    for (row, cells) in rows.iter().zip(raw).take(FIRST) {
        let is_year = |(at, cell): (usize, &Raw)| year(cell, row.cells.get(at).map_or("", |cell| cell.flow.text()));
        let numbers = || cells.iter().enumerate().filter(|(_, cell)| matches!(cell, Raw::Number(..)));
        if numbers().next().is_some() && numbers().all(is_year) {
            for cell in cells.iter_mut().filter(|cell| matches!(cell, Raw::Number(..))) {
                *cell = Raw::Period;
            }
        }
    }
}

/// `Below 60%`, `60–75%` and `Over 75%` down the first of several columns are bands, which name their rows, where no plain number
/// stands among them.
pub(super) fn take_bands_for_labels(raw: &mut [Vec<Raw>]) {
    // `+10%` over and beside the results of a sensitivity is what is assumed for them.
    let assumed = |quantity: &Quantity| quantity.sign != Sign::None && quantity.unit == Unit::Percent;
    let plain =
        |quantity: &Quantity| matches!(quantity.qualifier, Qualifier::Exact | Qualifier::About) && !assumed(quantity);
    // What heads the column may look like a number: `A$000`.
    let first = || raw.iter().skip(1).filter(|row| row.len() > 1).filter_map(|row| row.first());
    if first().any(|cell| matches!(cell, Raw::Number(quantity, _) if plain(quantity))) {
        return;
    }
    for cell in raw.iter_mut().skip(1).filter(|row| row.len() > 1).filter_map(|row| row.first_mut()) {
        if matches!(cell, Raw::Number(..)) {
            *cell = Raw::Text;
        }
    }
}

/// Whether the numbers among cells are evidently ratios: small, not all whole, and without another unit.
pub(super) fn are_ratios<'a>(cells: impl IntoIterator<Item = &'a Raw>) -> bool {
    let mut broken = false;
    cells.into_iter().all(|cell| match cell {
        Raw::Number(quantity, _) => {
            broken |= quantity.resolution < Decimal::ONE;
            let small = quantity.value.is_some_and(|value| value.abs() < Decimal::ONE_THOUSAND);
            small && matches!(quantity.unit, Unit::Bare | Unit::Multiple)
        }
        _ => true,
    }) && broken
}

/// Whether the numbers among cells are whole, percentages aside.
pub(super) fn are_whole<'a>(cells: impl IntoIterator<Item = &'a Raw>) -> bool {
    cells.into_iter().all(|cell| match cell {
        Raw::Number(quantity, _) => quantity.resolution >= Decimal::ONE || quantity.unit == Unit::Percent,
        _ => true,
    })
}

/// `46 129`: thousands set apart by spaces, written with the mark that the scanner knows. In a cell of its own such a run is one
/// number; each replacement is as long as what it replaces.
fn grouped_by_space(text: &str, mark: DecimalMark) -> Option<String> {
    let bytes = text.as_bytes();
    let digits = |range: Range<usize>| bytes.get(range).is_some_and(|run| run.iter().all(u8::is_ascii_digit));
    let alone = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii_digit());
    let parts =
        |at: usize| bytes[at] == b' ' && at > 0 && digits(at - 1..at) && digits(at + 1..at + 4) && alone(at + 4);
    let spaces: Vec<usize> = (0..bytes.len()).filter(|&at| parts(at)).collect();
    let first = *spaces.first()?;
    let lead = bytes[..first].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let every = spaces.windows(2).all(|pair| pair[1] - pair[0] == 4);
    if lead > 3 || !every || text.contains([',', '\'']) && mark == DecimalMark::Point {
        return None;
    }
    let mut found = text.to_owned();
    for at in spaces {
        found.replace_range(at..at + 1, if mark == DecimalMark::Comma { "." } else { "," });
    }
    Some(found)
}

/// `$ —`, `(-)`, `— %`: a dash in dress.
fn is_money_dash(text: &str) -> bool {
    let bare: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '$' | '€' | '£' | '%' | '(' | ')')).collect();
    matches!(bare.as_str(), "-" | "–" | "—" | "−" | "--")
}
