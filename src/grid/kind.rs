//! What kind of line a label makes a row or column: plain values, a total, a change, a share, a balance.
//!
//! Enters: labels. Leaves: [`LineKind`]s.
//! Invariant: only the label decides; what the cells add is settled when the grid is put together.

use super::LineKind;
use super::words::{Axis, lower_words};

/// What a line's label makes of its numbers. `percent`: whether the label's unit is percent; `periods`: how many it names.
pub(super) fn kind(label: &str, axis: Axis, percent: bool, periods: usize) -> LineKind {
    let words = lower_words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let text = words.join(" ");
    if is_plus_or_minus(label) {
        return if percent { LineKind::Growth } else { LineKind::Change };
    }
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
    // `vs Q2`, `on pcp`: against one period, from the columns' own.
    let against =
        axis == Axis::Column && periods == 1 && matches!(first, "vs" | "versus" | "v" | "against" | "on" | "over");
    if versus || against || is_change(&words, &text, axis) {
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

/// `+/-`, `+ / −`, `±`, `+/(-) %`: a change, in signs.
fn is_plus_or_minus(label: &str) -> bool {
    let signs = |c: char| matches!(c, '+' | '-' | '−' | '–' | '±' | '/' | '(' | ')' | '%' | ' ');
    let both = label.contains('+') && label.contains(['-', '−', '–']);
    label.chars().all(signs) && (both || label.contains('±'))
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
    // `Members at start`, `Homes at end`.
    let ends_at =
        |edges: &[&str]| words.len() > 2 && matches!(words.as_slice(), [.., "at", last] if edges.contains(last));
    if matches!(words.first(), Some(&"opening" | &"beginning"))
        || ends_at(&["start", "beginning"])
        || has("brought forward")
        || has("opening balance")
        || has("beginning balance")
        || edge("beginning")
        || edge("start")
    {
        return Some(LineKind::Opening);
    }
    if matches!(words.first(), Some(&"closing" | &"ending"))
        || ends_at(&["end"])
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
        || (axis == Axis::Column && WHOLE.contains(&undated(text).as_str()))
        || (axis == Axis::Column && (first == "growth" || last == "growth" || text.contains("growth on ")))
        || (axis == Axis::Row && last == "growth")
}

/// `yoy 25` → `yoy`: without the words that are times.
fn undated(text: &str) -> String {
    let untimed = |word: &&str| !word.contains(|c: char| c.is_ascii_digit());
    text.split(' ').filter(untimed).collect::<Vec<_>>().join(" ")
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
        "overspend",
        "underspend",
        "overspend underspend",
        "underspend overspend",
        "over underspend",
        "under overspend",
        "better worse",
        "worse better",
        "b w",
        "fav adv",
        "adv fav",
        "f a",
        "a f",
        "fav unfav",
        "fav unf",
        "f u",
        "favourable adverse",
        "favorable adverse",
        "favorable unfavorable",
        "favourable unfavourable",
        "under over",
        "deviation",
        "% deviation",
        "deviation %",
    ];
    let scenario = |word: &&str| !crate::scenario::scan_label(word).is_empty();
    let against = words.windows(2).any(|pair| {
        matches!(pair[0], "vs" | "versus" | "against" | "v" | "to") && scenario(&pair[1]) && pair[1] != "actual"
    });
    // `B/(W) %`, `$ F/(A)`, `Over/(under) €m`: in percent or money.
    let bare: Vec<&str> = words.iter().copied().filter(|word| !is_unit_word(word)).collect();
    WHOLE.contains(&text)
        || (axis == Axis::Column && WHOLE.contains(&without_comparison(&bare).join(" ").as_str()))
        || (axis == Axis::Column && (against || words.iter().any(|word| matches!(*word, "variance" | "var"))))
        || (axis == Axis::Row && matches!(words.first(), Some(&"variance")))
}

/// A word that is nothing but a unit or a scale, as columns of differences are headed: `%`, `£m`, `$000`.
fn is_unit_word(word: &str) -> bool {
    let scale = word.trim_start_matches(['$', '€', '£']);
    matches!(scale, "" | "%" | "k" | "m" | "bn" | "mn" | "mm" | "000" | "000s" | "000's") || word == "pp"
}

/// `Over/(under) budget`, `better/(worse) than plan`, `over/(under) spend`: a column's words without what it is compared with.
fn without_comparison<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    let scenario = |word: &str| word != "actual" && !crate::scenario::scan_label(word).is_empty();
    let mut rest = words;
    while let Some((last, head)) = rest.split_last()
        && !head.is_empty()
        && (scenario(last)
            || matches!(*last, "than" | "against" | "vs" | "versus" | "v" | "to" | "on" | "spend" | "spent"))
    {
        rest = head;
    }
    rest
}

pub(super) fn is_share(words: &[&str], text: &str, axis: Axis) -> bool {
    let of = words
        .windows(2)
        .any(|pair| matches!(pair[0], "%" | "percent" | "percentage") && matches!(pair[1], "of" | "to"));
    of || match axis {
        Axis::Column => {
            // `Share`, `Share FY25`.
            undated(text) == "share"
                || matches!(words, [.., "mix"] | ["share", "of", ..] | ["mix", ..])
                || text.ends_with("% share")
                || matches!(words, ["ownership"] | ["%", "ownership"] | ["ownership", "%"] | ["%", .., "diluted"])
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
    // Labels come in lower case.
    let delta = text.contains(['Δ', 'δ', '∆']);
    // `Total change`, `Change on Q1`, `Change increase (decrease)`.
    let ends = matches!(words.last(), Some(&"change" | &"chg")) || matches!(words.first(), Some(&"change" | &"chg"));
    let bare = words.iter().copied().filter(|word| !is_unit_word(word)).collect::<Vec<_>>().join(" ");
    let dated =
        || axis == Axis::Column && [text, bare.as_str()].iter().any(|text| WHOLE.contains(&undated(text).as_str()));
    delta || WHOLE.contains(&text) || (axis == Axis::Column && ends) || dated()
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
    WHOLES.contains(&name.to_lowercase().as_str()) || is_all_of(name)
}

/// `All sites`, `All business lines`: everything that the lines before name. `All other` is what they leave out.
pub(crate) fn is_all_of(name: &str) -> bool {
    let words = lower_words(name);
    let several = words.last().is_some_and(|word| word.ends_with('s'));
    matches!(words.as_slice(), [all, first, rest @ ..] if all == "all" && rest.len() < 2
        && !matches!(first.as_str(), "other" | "others" | "the"))
        && several
}
