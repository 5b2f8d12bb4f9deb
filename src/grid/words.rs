//! What a row or column is called and what kind of line its label makes it.
//!
//! Enters: labels. Leaves: clean names, [`LineKind`]s and the units that nouns imply.
//! Invariant: cleaning only ever removes text; what remains stands in the label in that order.

use std::ops::Range;

use super::LineKind;
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
    // The unit of `% of revenue` is part of its name.
    let mut cut: Vec<Range<usize>> =
        if is_share(&lower, &lower.join(" "), axis) { Vec::new() } else { said.ranges.clone() };
    cut.extend(periods.iter().cloned());
    cut.extend(mark_ranges(label));
    if axis == Axis::Column {
        cut.extend(crate::scenario::scan(label).into_iter().map(|(range, _)| range));
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
    tidy(&kept)
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
    if superscript.len() < stem.len() {
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

/// The words of a label in lower case, for matching.
pub(super) fn lower_words(label: &str) -> Vec<String> {
    label
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '%' | '$' | '€' | '£' | 'Δ' | '#')))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// What a line's label makes of its numbers. `percent`: whether the label's unit is percent; `periods`: how many it names.
pub(super) fn kind(label: &str, axis: Axis, percent: bool, periods: usize) -> LineKind {
    let words = lower_words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let text = words.join(" ");
    let Some((&first, &last)) = words.first().zip(words.last()) else { return LineKind::Level };
    if is_of_which(&words) {
        return LineKind::OfWhich;
    }
    if axis == Axis::Column && is_reference(&words) {
        return LineKind::Other;
    }
    if let Some(balance) = balance(label) {
        return balance;
    }
    if is_growth(&text, first, last, axis) {
        return LineKind::Growth;
    }
    if is_variance(&words, &text, axis) {
        return LineKind::Variance;
    }
    if is_share(&words, &text, axis) {
        return LineKind::Share;
    }
    let versus =
        axis == Axis::Column && periods == 2 && ["over", "vs", "versus", "v"].iter().any(|word| words.contains(word));
    if versus || is_change(&words, &text, axis) {
        return if percent { LineKind::Growth } else { LineKind::Change };
    }
    if is_total(&words, axis) {
        return LineKind::Total;
    }
    LineKind::Level
}

fn is_of_which(words: &[&str]) -> bool {
    match words {
        ["of", "which", ..]
        | ["thereof", ..]
        | ["including", ..]
        | ["incl", ..]
        | ["memo", ..]
        | ["memorandum", ..] => true,
        // `o/w`, as split.
        ["o", "w", ..] => true,
        _ => false,
    }
}

fn is_reference(words: &[&str]) -> bool {
    const REFERENCES: &[&str] = &[
        "note",
        "notes",
        "ref",
        "refs",
        "reference",
        "#",
        "wallet",
        "address",
        "date",
        "comment",
        "comments",
        "owner",
        "status",
        "id",
    ];
    matches!(words, [only] if REFERENCES.contains(only))
        || matches!(words, [.., "address" | "addresses"] | ["wallet", ..])
}

/// Whether a label names an opening or a closing balance.
pub(super) fn balance(label: &str) -> Option<LineKind> {
    let words = lower_words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let text = words.join(" ");
    let has = |phrase: &str| text.contains(phrase);
    let ends = ["period", "year", "quarter", "month", "half"];
    let edge = |edge: &str| {
        words.windows(2).any(|pair| pair[0] == edge && pair[1] == "of") && words.iter().any(|word| ends.contains(word))
    };
    if matches!(words.first(), Some(&"opening" | &"beginning"))
        || has("brought forward")
        || has("opening balance")
        || has("beginning balance")
        || edge("beginning")
        || edge("start")
    {
        return Some(LineKind::Opening);
    }
    if matches!(words.first(), Some(&"closing" | &"ending"))
        || has("carried forward")
        || has("closing balance")
        || has("ending balance")
        || edge("end")
    {
        return Some(LineKind::Closing);
    }
    None
}

fn is_growth(text: &str, first: &str, last: &str, axis: Axis) -> bool {
    const PHRASES: &[&str] = &[
        "% change",
        "change %",
        "% chg",
        "chg %",
        "percent change",
        "percentage change",
        "% growth",
        "growth %",
        "% increase",
        "% decrease",
        "yoy %",
        "% yoy",
        "qoq %",
        "% qoq",
        "yoy growth",
        "qoq growth",
        "year over year growth",
        "% inc",
    ];
    const WHOLE: &[&str] = &[
        "yoy",
        "qoq",
        "y y",
        "q q",
        "y o y",
        "q o q",
        "mom",
        "year over year",
        "year on year",
        "cagr",
        "%yoy",
        "%qoq",
    ];
    PHRASES.iter().any(|phrase| text.contains(phrase))
        || WHOLE.contains(&text)
        || (axis == Axis::Column && (first == "growth" || last == "growth"))
        || (axis == Axis::Row && last == "growth")
}

fn is_variance(words: &[&str], text: &str, axis: Axis) -> bool {
    const WHOLE: &[&str] = &[
        "variance",
        "var",
        "variances",
        "% variance",
        "variance %",
        "$ variance",
        "variance $",
        "over under",
        "better worse",
        "fav unfav",
    ];
    let scenario = |word: &&str| !crate::scenario::scan(word).is_empty();
    let against = words.windows(2).any(|pair| {
        matches!(pair[0], "vs" | "versus" | "against" | "v" | "to") && scenario(&pair[1]) && pair[1] != "actual"
    });
    WHOLE.contains(&text)
        || (axis == Axis::Column && (against || words.contains(&"variance")))
        || (axis == Axis::Row && matches!(words.first(), Some(&"variance")))
}

fn is_share(words: &[&str], text: &str, axis: Axis) -> bool {
    let of = words
        .windows(2)
        .any(|pair| matches!(pair[0], "%" | "percent" | "percentage") && matches!(pair[1], "of" | "to"));
    of || match axis {
        Axis::Column => {
            matches!(words, ["share" | "mix"] | [.., "mix"] | ["share", "of", ..]) || text.ends_with("% share")
        }
        Axis::Row => text.contains("as a percentage of") || text.contains("as a % of") || text.contains("as % of"),
    }
}

fn is_change(words: &[&str], text: &str, axis: Axis) -> bool {
    const WHOLE: &[&str] = &[
        "change",
        "changes",
        "net change",
        "$ change",
        "change $",
        "€ change",
        "£ change",
        "chg",
        "delta",
        "increase decrease",
        "decrease increase",
        "increase",
        "decrease",
        "inc dec",
        "movement",
        "difference",
        "diff",
        "increase decrease $",
        "$ increase decrease",
    ];
    let delta = text.contains('Δ');
    // `Total change`, `Change on Q1`, `Change increase (decrease)`.
    let ends = matches!(words.last(), Some(&"change" | &"chg")) || matches!(words.first(), Some(&"change" | &"chg"));
    delta || WHOLE.contains(&text) || (axis == Axis::Column && ends)
}

fn is_total(words: &[&str], axis: Axis) -> bool {
    let total = |word: &&str| matches!(*word, "total" | "totals" | "subtotal" | "subtotals" | "sum");
    let ends = words.first().is_some_and(total) || words.last().is_some_and(total);
    let other = matches!(words, ["grand" | "overall" | "sub" | "net" | "group", "total", ..])
        || matches!(words, ["all", _] if axis == Axis::Row && words[1] == "segments");
    let year = axis == Axis::Column && matches!(words, ["12" | "twelve", "months"] | ["full", "year"]);
    ends || other || year
}

/// Names that stand for the whole when they close a table: `Group`, `Company`, `Consolidated`.
pub(super) fn is_whole(name: &str) -> bool {
    const WHOLES: &[&str] = &[
        "group",
        "company",
        "consolidated",
        "overall",
        "all",
        "worldwide",
        "global",
        "firm",
        "group total",
        "all regions",
        "all segments",
    ];
    WHOLES.contains(&name.to_lowercase().as_str())
}

/// The unit that a row's nouns imply, which keeps a table's money scale off its bare numbers.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Implied {
    /// Counted things.
    Count(String),
    /// A stretch of time.
    Duration(&'static str),
    /// An amount for each of something.
    PerShare,
    /// A ratio, rate or price for each: never scaled, unit unknown.
    Ratio,
}

/// What the nouns of a row's label imply of its unit.
pub(super) fn implied(label: &str) -> Option<Implied> {
    const COUNTED: &[&str] = &[
        "customers",
        "customer",
        "headcount",
        "employees",
        "employee",
        "staff",
        "fte",
        "ftes",
        "stores",
        "users",
        "subscribers",
        "members",
        "donors",
        "clients",
        "contractors",
        "volunteers",
        "logos",
        "seats",
        "shareholders",
        "visits",
        "downloads",
    ];
    let words = lower_words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let text = words.join(" ");
    let pair = |a: &str, b: &str| words.windows(2).any(|pair| pair[0] == a && pair[1] == b);
    let over = label.split_once('/').is_some_and(|(_, below)| {
        ["ebitda", "equity", "assets", "sales", "revenue"].contains(&below.trim().to_lowercase().as_str())
    });
    if pair("per", "share")
        || text.contains("per common share")
        || text.contains("per ordinary share")
        || text.contains("per diluted share")
        || matches!(words.first(), Some(&"eps"))
        || words.last() == Some(&"eps")
    {
        return Some(Implied::PerShare);
    }
    // `31–60 days` is an age band of money.
    let band = label.contains(|c: char| c.is_ascii_digit());
    let days = words.last() == Some(&"days") || words.first() == Some(&"days");
    if matches!(words.as_slice(), ["dso" | "dpo" | "dio" | "dsi", ..]) || (days && !band) {
        return Some(Implied::Duration("days"));
    }
    // `Change in statutory tax rate` is an amount of tax.
    let moved =
        words.iter().any(|word| matches!(*word, "change" | "changes" | "effect" | "impact" | "difference" | "at"));
    if words.contains(&"ratio")
        || words.contains(&"per")
        || words.contains(&"multiple")
        || (words.last() == Some(&"rate") && !moved)
        || over
        || pair("return", "on")
    {
        return Some(Implied::Ratio);
    }
    if pair("number", "of") {
        return Some(Implied::Count(
            words.iter().skip_while(|word| **word != "of").nth(1).copied().unwrap_or_default().to_owned(),
        ));
    }
    // The noun must head the label: `Customers over $100K`, `Active customers`, but not `Due from customers`, `Customer deposits`.
    let head = words
        .iter()
        .position(|word| matches!(*word, "over" | "above" | "by" | "at" | "in" | "with" | "of"))
        .unwrap_or(words.len());
    let noun = words[..head].last().copied().unwrap_or_default();
    let owed = words.iter().any(|word| {
        matches!(
            *word,
            "from"
                | "to"
                | "due"
                | "receivable"
                | "receivables"
                | "payable"
                | "for"
                | "cost"
                | "costs"
                | "loans"
                | "deposits"
        )
    });
    (!owed && words.len() <= 5 && COUNTED.contains(&noun)).then(|| Implied::Count(noun.to_owned()))
}

/// The unit of an implied count or duration.
impl Implied {
    /// The unit, where the noun settles it.
    pub(super) fn unit(&self, currency: Option<&Unit>) -> Option<Unit> {
        match self {
            Self::Count(_) => Some(Unit::Count),
            Self::Duration(word) => Some(Unit::Duration(word)),
            Self::PerShare => currency.map(|currency| Unit::Per(Box::new(currency.clone()), "share".to_owned())),
            Self::Ratio => None,
        }
    }
}
