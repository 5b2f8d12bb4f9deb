//! What a row or column is called.
//!
//! Enters: labels. Leaves: clean names, and which words are none.
//! Invariant: cleaning only ever removes text; what remains stands in the label in that order.

use std::ops::Range;

use super::units::Stated;
use crate::quantity::Unit;

/// Whether a label heads a row or a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Axis {
    /// A row's label.
    Row,
    /// A column's header.
    Column,
}

/// What a label is called once units, periods, footnote marks and trailing dots are taken out.
pub(super) fn name(label: &str, said: &Stated, periods: &[Range<usize>], axis: Axis) -> String {
    let lower = lower_words(label);
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    // The unit of `% of revenue` is part of its name, and `Hours per tonne` is the name of what takes so long.
    let rate = said.whole && matches!(said.unit, Some(Unit::Duration(_))) && lower.contains(&"per");
    let named = rate || super::kind::is_share(&lower, &lower.join(" "), axis);
    let mut cut: Vec<Range<usize>> = if named { Vec::new() } else { said.ranges.clone() };
    cut.extend(periods.iter().cloned());
    cut.extend(mark_ranges(label));
    if axis == Axis::Column {
        cut.extend(crate::scenario::scan_label(label).into_iter().map(|(range, _)| range));
    }
    cut.sort_by_key(|range| range.start);
    let mut kept = String::new();
    let mut at = 0;
    for range in cut {
        if range.start > at {
            kept.push_str(label.get(at..range.start).unwrap_or_default());
        }
        at = at.max(range.end);
    }
    kept.push_str(label.get(at..).unwrap_or_default());
    let name = tidy(&kept);
    // `FY29 (restated)` is still only a period.
    let vintage = ["restated", "audited", "unaudited", "reported", "published", "revised"];
    let only = lower_words(&name);
    if axis == Axis::Column
        && !periods.is_empty()
        && only.iter().all(|word| vintage.contains(&word.as_str()) || word == "as")
    {
        return String::new();
    }
    name
}

/// Closes the gaps that cutting left: empty brackets, doubled spaces, hanging punctuation and prepositions.
fn tidy(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().filter(|word| !is_hollow(word)).collect();
    loop {
        let before = words.len();
        if let Some(last) = words.last_mut() {
            *last = last.trim_end_matches(['.', ':', ',', ';', '-', '–', '—', '…', '/']);
        }
        if words
            .last()
            .is_some_and(|last| last.is_empty() || HANGING.iter().any(|word| last.eq_ignore_ascii_case(word)))
        {
            words.pop();
        }
        if let Some(first) = words.first_mut() {
            *first = first.trim_start_matches([',', ':', ';', '-', '–', '—', '·', '•', '>', '*']);
        }
        if words.first().is_some_and(|first| first.is_empty()) {
            words.remove(0);
        }
        if words.len() == before {
            break;
        }
    }
    if words.first().is_some_and(|first| first.eq_ignore_ascii_case("of"))
        && words.get(1).is_some_and(|second| second.eq_ignore_ascii_case("which"))
    {
        words.drain(..2);
    }
    words.join(" ").replace(" )", ")").replace("( ", "(")
}

/// Words that cannot end a name.
const HANGING: &[&str] =
    &["at", "as", "of", "in", "for", "on", "the", "to", "ended", "ending", "from", "and", "vs", "versus", "against"];

fn is_hollow(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '(' | ')' | '[' | ']' | ',' | '.' | ';')) && word.chars().count() <= 3
}

/// Footnote marks of a label: `(1)`, `[2]`, `(a)`, superscripts, `*`, and a digit or two glued to the end of a word.
fn mark_ranges(label: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in label.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if let Some(range) = mark_in(bare) {
            found.push(at + range.start..at + range.end);
        }
        at += word.len();
    }
    found
}

/// The mark that ends a word.
fn mark_in(word: &str) -> Option<Range<usize>> {
    let stem = word.trim_end_matches([':', '.', ',']);
    let superscript = stem.trim_end_matches(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '*', '†', '‡']);
    if superscript.len() < stem.len() && !is_area_or_volume(superscript) {
        return Some(superscript.len()..stem.len());
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = stem.strip_suffix(close)
            && let Some(at) = inner.rfind(open)
        {
            let mark = &inner[at + open.len_utf8()..];
            let digits = !mark.is_empty() && mark.len() <= 2 && mark.bytes().all(|b| b.is_ascii_digit());
            let letter = mark.len() == 1
                && mark.bytes().all(|b| b.is_ascii_lowercase())
                && !matches!(mark, "x" | "k" | "m" | "t");
            let caret = mark.starts_with('^');
            return (digits || letter || caret).then_some(at..stem.len());
        }
    }
    // `Incentive schemes1`, `EBITDA2`: the word is at least three letters, so that `Q1`, `H2`, `FY24` and `CO2` stay whole.
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = stem.len() - letters.len();
    let plain = letters.chars().count() >= 4 && letters.chars().all(char::is_alphabetic);
    (plain && (1..=2).contains(&digits)).then_some(letters.len()..stem.len())
}

/// Whether what is raised behind this is a power: `m²`, `(km²)`, `kWh/m²`. Behind `£m` it is a note.
fn is_area_or_volume(stem: &str) -> bool {
    let unit = stem.rsplit(['(', '[', '/']).next();
    matches!(unit, Some("m" | "km" | "cm" | "mm" | "dm"))
}

/// The words of a label in lower case, for matching.
pub(super) fn lower_words(label: &str) -> Vec<String> {
    label
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '%' | '$' | '€' | '£' | 'Δ' | 'δ' | '∆' | '#')))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether a word or its stem only says that columns are periods: `Years ended`, `calendar quarter`, `as restated`.
pub(crate) fn tells_time(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "year",
        "quarter",
        "month",
        "week",
        "day",
        "period",
        "half",
        "date",
        "fiscal",
        "financial",
        "calendar",
        "ended",
        "ending",
        "end",
        "the",
        "for",
        "as",
        "at",
        "of",
        "on",
        "and",
        "in",
        "to",
        "three",
        "six",
        "nine",
        "twelve",
        "unaudited",
        "audited",
        "restated",
    ];
    let singular = word.strip_suffix('s').unwrap_or(word);
    WORDS.contains(&word) || WORDS.contains(&singular) || word.bytes().all(|b| b.is_ascii_digit())
}

/// Words that head a column of labels and name nothing: `Metric`, `Region`.
pub(super) fn heads_labels(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "metric",
        "metrics",
        "kpi",
        "measure",
        "segment",
        "region",
        "country",
        "item",
        "items",
        "category",
        "function",
        "name",
        "description",
        "currency",
        "type",
        "product",
        "channel",
        "department",
        "team",
        "business",
        "line",
        "account",
        "particulars",
        "asset",
        "source",
        "details",
        "component",
        "party",
        "vendor",
        "customer",
        "project",
        "unit",
        "entity",
        "company",
    ];
    WORDS.contains(&word)
}
