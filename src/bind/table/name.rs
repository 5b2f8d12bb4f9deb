//! Labels of tables as names: what is left of them without periods, scenarios and general words.
//!
//! Enters: labels and titles. Leaves: names to look up or to learn, and whether they are too general to compare by.
//! Invariant: nothing here knows a vocabulary but by looking a spelling up in it.

use crate::extract::{DecimalMark, MentionKind};
use crate::grid::{Line, LineKind, clean_name, is_age, is_all_of, is_band, names_something, tells_time};
use crate::quantity::Unit;
use crate::scenario;
use crate::vocabulary::{Name, Vocabulary, is_measure, names_a_measure};
use crate::words::stems;

use super::spelling::variants;

/// Names too general to compare by, as stems.
pub(super) const GENERAL: &[&str] = &[
    "favourable",
    "favorable",
    "unfavourable",
    "unfavorable",
    "favourable unfavourable",
    "favorable unfavorable",
    "adverse",
    "total",
    "other",
    "net",
    "group",
    "sum",
    "amount",
    "balance",
    "value",
    "change",
    "variance",
    "var",
    "note",
    "number",
    "item",
    "description",
    "category",
    "of which",
    "subtotal",
    "grand total",
    "actual",
    "plan",
    "budget",
    "quarter",
    "year",
    "period",
    "month",
    "all",
    "share",
    "growth",
    "usd",
    "gbp",
    "eur",
    "currency",
    "name",
    "type",
    "date",
    "opening",
    "closing",
    "opening balance",
    "closing balance",
    "to date",
    "outturn",
    "prior",
    "previous",
    "py",
    "ly",
    "approved",
    "original",
    "revised",
    "latest",
    "audited",
    "unaudited",
    "restated",
    "reported",
    "draft",
    "provisional",
    "%",
];

/// Row labels that stand for the whole of a segmented metric.
pub(super) const WHOLES: &[&str] = &[
    "total",
    "group",
    "company",
    "grand total",
    "overall",
    "all",
    "consolidated",
    "sum",
    "group total",
    "total group",
];

/// What only led to a period or scenario goes with it: `Surplus for the year`, `EBIT against budget`, `Target or budget`.
const LEADS: &[&str] = &["for", "against", "vs", "versus", "the", "of", "at", "in", "on", "to", "and", "or", "by"];

/// A line's name without the words that say which period, scenario or end of a period it is.
pub(super) fn bare_name(line: &Line) -> String {
    // `Inventory days` is the name of a metric; only a unit in brackets or behind a comma is apart from it.
    let label = line.label.text().trim();
    let whole = matches!(line.unit, Some(Unit::Duration(word)) if label.to_lowercase().ends_with(word) && !label.contains([',', '(']));
    if is_band(label) {
        return label.to_owned();
    }
    let name = if whole { label } else { line.name.as_str() };
    let mut cut: Vec<std::ops::Range<usize>> = crate::extract::scan(name, DecimalMark::Point)
        .into_iter()
        .filter(|mention| matches!(mention.kind, MentionKind::Period(..)))
        .map(|mention| mention.range)
        .collect();
    // A line that names a scenario and is of none is called so: `Forecast at completion`.
    if line.scenario.is_some() {
        cut.extend(scenario::scan_label(name).into_iter().map(|(range, _)| range));
    }
    cut.sort_by_key(|range| range.start);
    let mut rest = String::with_capacity(name.len());
    let mut at = 0;
    for range in cut {
        if range.start >= at {
            rest.push_str(&name[at..range.start]);
            at = range.end;
        }
    }
    rest.push_str(&name[at..]);
    let mut trimmed = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')' && c != '%').to_owned();
    let leads = |word: &str| LEADS.contains(&word.to_lowercase().as_str());
    while let Some((head, last)) = trimmed.rsplit_once(' ')
        && leads(last)
    {
        trimmed = head.trim_end().to_owned();
    }
    // Nothing else was there.
    if leads(&trimmed) {
        trimmed.clear();
    }
    match line.kind {
        LineKind::Opening | LineKind::Closing => strip_end_words(&trimmed),
        _ => trimmed,
    }
}

/// `Revenue growth` → `Revenue`, `Share of revenue` → `revenue`: what a line of movements or shares is about.
pub(super) fn moved_name(line: &Line, name: &str) -> Option<String> {
    const MOVEMENTS: &[&str] =
        &["growth", "change", "share", "mix", "of", "in", "variance", "increase", "the", "%", "yoy"];
    // `% of revenue` is of something else than revenue.
    if line.kind == LineKind::Share && name.trim_start().starts_with('%') {
        return None;
    }
    let said = |word: &&str| MOVEMENTS.contains(&word.to_lowercase().as_str());
    let rest: Vec<&str> = name.split_whitespace().filter(|word| !said(word)).collect();
    (line.kind.is_movement() && !rest.is_empty() && rest.len() < name.split_whitespace().count())
        .then(|| rest.join(" "))
}

/// `Opening ARR` → `ARR`, `Cash at end of year` → `Cash`.
pub(super) fn strip_end_words(name: &str) -> String {
    const ENDS: &[&str] = &[
        "opening",
        "closing",
        "beginning",
        "ending",
        "start",
        "end",
        "balance",
        "at",
        "of",
        "the",
        "brought",
        "carried",
        "forward",
        "in",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let keep = |word: &&&str| !ENDS.contains(&word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()));
    words.iter().filter(keep).copied().collect::<Vec<_>>().join(" ")
}

/// `Other`: what is left of a whole is a part of it.
pub(super) fn is_rest(name: &str) -> bool {
    stems(name) == ["other"]
}

pub(super) fn is_general(name: &str) -> bool {
    // A share is a part of anything; shares are held.
    if name.trim().eq_ignore_ascii_case("shares") {
        return false;
    }
    // `31–60 days` names the part of a debt that is so old.
    if is_age(name) {
        return false;
    }
    let stems = stems(name).join(" ");
    stems.is_empty() || GENERAL.contains(&stems.as_str()) || !stems.contains(|c: char| c.is_alphabetic())
}

/// Whether a title is that of a primary statement: of many metrics, and the name of none.
pub(super) fn is_statement(title: &str) -> bool {
    let own = stems(title);
    STATEMENTS.iter().any(|name| stems(name) == own)
}

/// What the primary statements are called.
const STATEMENTS: &[&str] = &[
    "income statement",
    "statement of income",
    "statement of operations",
    "statement of earnings",
    "statement of comprehensive income",
    "statement of financial position",
    "statement of financial activities",
    "statement of cash flows",
    "cash flow statement",
    "balance sheet",
    "profit and loss",
    "profit and loss account",
    "p&l",
];

/// What a corner cell calls the rows: `Function`, `Region`.
pub(super) fn is_dimension(name: &str) -> bool {
    const DIMENSIONS: &[&str] = &[
        "function",
        "region",
        "segment",
        "business",
        "business line",
        "line",
        "channel",
        "department",
        "team",
        "country",
        "product",
        "programme",
        "program",
        "account",
        "market",
        "division",
        "location",
        "site",
        "subject",
        "source",
        "staff group",
        "group",
        "theme",
        "scheme",
        "category",
        "type",
        "stream",
        "project",
        "fund",
        "cohort",
        "area",
        "entity",
        "directorate",
        "grade",
        "sector",
        "industry",
        "activity",
        "customer",
        "supplier",
        "metric",
        "measure",
        "indicator",
    ];
    DIMENSIONS.contains(&stems(name).join(" ").as_str())
}

/// What a corner cell calls rows that are parts of an organisation: `Team`, `Department`.
pub(super) fn is_organised_by(name: &str) -> bool {
    const UNITS: &[&str] =
        &["function", "department", "team", "division", "directorate", "staff group", "entity", "site"];
    UNITS.contains(&stems(name).join(" ").as_str())
}

pub(super) fn is_whole(name: &str) -> bool {
    let stems = stems(name);
    let every = is_all_of(name);
    // `Groups` is a kind of guest.
    let several = name.trim().eq_ignore_ascii_case("groups");
    // `Total / weighted average`.
    let averaged = matches!(stems.as_slice(), [total, rest @ ..] if total == "total" && !rest.is_empty()
        && rest.iter().all(|stem| matches!(stem.as_str(), "weighted" | "average" | "blended" | "mean" | "combined")));
    every || averaged || !several && WHOLES.contains(&stems.join(" ").as_str())
}

/// The known name behind a label, if any spelling of it is known.
pub(super) fn known(vocabulary: &Vocabulary, name: &str) -> Option<Name> {
    variants(name).iter().find_map(|variant| vocabulary.exact(variant))
}

/// `A3. ARR` → `ARR`, `Schedule 5: Headcount` → `Headcount`.
pub(super) fn strip_numbering(name: &str) -> String {
    let name = name.split_once([':', '–', '—']).filter(|(head, _)| is_numbering(head)).map_or(name, |(_, rest)| rest);
    let mut words = name.split_whitespace().peekable();
    while words.peek().is_some_and(|word| word.ends_with('.') && word.len() <= 4 || is_ordinal(word)) {
        words.next();
    }
    words.collect::<Vec<_>>().join(" ")
}

/// `A4`, `B-1`, `3.2`, `C.1.a)`: what counts the schedules of an appendix, and no word of a name. `H1` and `Q3` are periods, and are
/// taken out as such.
fn is_ordinal(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':', ')']);
    let mut parts = word.split(['-', '.']);
    let first = parts.next().unwrap_or_default();
    let letter = first.strip_prefix(|c: char| c.is_ascii_uppercase()).filter(|_| !first.starts_with(['H', 'Q']));
    let number = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    let step = |part: &str| number(part) || matches!(part.as_bytes(), [b'a'..=b'z']);
    let rest: Vec<&str> = parts.collect();
    match letter {
        Some("") => !rest.is_empty() && number(rest[0]) && rest.iter().all(|part| step(part)),
        Some(digits) => number(digits) && rest.iter().all(|part| step(part)),
        None => number(first) && !rest.is_empty() && rest.iter().all(|part| step(part)),
    }
}

/// `Schedule 5`, `Table 2a`, `Appendix B`: what a title is called by, not what it is about.
fn is_numbering(text: &str) -> bool {
    const PLACES: &[&str] =
        &["schedule", "table", "appendix", "exhibit", "figure", "annex", "note", "section", "part", "chart", "tab"];
    let mut words = text.split_whitespace();
    let place = words.next().is_some_and(|word| PLACES.contains(&word.to_lowercase().as_str()));
    let number = words.next().is_none_or(|word| word.len() <= 4);
    place && number && words.next().is_none()
}

/// `Revenue split` → `Revenue`, `Aged debtors` → `debtors`: a name without the word for how its parts are set out.
pub(super) fn without_arrangement(name: &str) -> &str {
    if let Some((first, rest)) = name.split_once(' ')
        && matches!(first.to_lowercase().as_str(), "aged" | "ageing" | "aging")
    {
        return rest.strip_prefix("of ").unwrap_or(rest).trim_start();
    }
    const WORDS: &[&str] = &["split", "breakdown", "mix", "composition", "ageing", "aging"];
    match name.rsplit_once(' ') {
        Some((head, last)) if WORDS.contains(&last.to_lowercase().as_str()) => head.trim_end(),
        _ => name,
    }
}

/// A title as a name: without numbering, periods, scenario and what follows a comma or bracket.
pub(super) fn title_name(text: &str) -> String {
    let text = strip_numbering(text.trim());
    let mut parts = text.split([',', '(', ':', '–', '—']).filter(|part| names_something(part));
    // `$m, gross loans`: the unit may come first; `Sensors group: half-year sales`: so may who it is of.
    let first = parts.next().unwrap_or_default();
    let plain = |part: &&str| part.split_whitespace().count() <= 3 && !part.contains(|c: char| c.is_ascii_digit());
    let behind = text.split_once(':').filter(|_| !is_measure(first)).map(|(_, rest)| rest.trim());
    let name = behind.filter(plain).filter(|rest| names_a_measure(rest)).unwrap_or(first);
    let line = Line { name: clean_name(name), scenario: Some(scenario::ACTUAL), ..Line::default() };
    without_times(without_arrangement(bare_name(&line).trim())).to_owned()
}

/// `Revenue by quarter` → `Revenue`: a name without the word for what its numbers run over.
fn without_times(name: &str) -> &str {
    let cut = name.rsplit_once(" by ").filter(|(head, rest)| !head.trim().is_empty() && is_by_time(rest));
    cut.map_or(name, |(head, _)| head.trim_end())
}

/// Whether what follows `by` in a title is a time, so that nothing is set out by parts.
pub(super) fn is_by_time(rest: &str) -> bool {
    const TIMES: &[&str] = &["quarter", "month", "year", "half", "period", "week", "day", "date"];
    stems(rest).first().is_some_and(|stem| TIMES.contains(&stem.as_str()))
}

/// Whether a label over columns can be a part of the business: words over columns of periods (`Fiscal year`, `Years ended`) are none.
pub(super) fn is_part_name(text: &str) -> bool {
    let mentions = crate::extract::scan(text, DecimalMark::Point);
    mentions.is_empty()
        && !is_general(text)
        && !stems(text).iter().all(|stem| tells_time(stem))
        && scenario::scan_label(text).is_empty()
        && text.split_whitespace().count() <= 5
        && !text.contains(['(', ')'])
}
