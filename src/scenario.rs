//! Scenarios: whether a number happened, was planned, or is expected.
//!
//! Enters: text. Leaves: the scenario words in it, by canonical name.
//! Invariant: canonical names are the keys that metric files use (`plan`, `budget`, `forecast`, `guidance`, `target`).

use std::ops::Range;

/// What happened.
pub const ACTUAL: &str = "actual";

/// What a number has to keep to: a covenant, a regulator's minimum.
pub(crate) const LIMIT: &str = "limit";

/// What would be in a case that is only supposed: the bank's, a downside, a stress test. One metric has one in each.
pub(crate) const CASE: &str = "case";

/// What was forecast or planned before, and no longer is: `the prior forecast`.
pub(crate) const SUPERSEDED: &str = "superseded";

/// Whether a metric may have several values in a scenario at one time, so that they are never held against one another.
pub(crate) fn has_several(name: &str) -> bool {
    matches!(name, LIMIT | CASE | SUPERSEDED)
}

/// Words that name a scenario, in lower case, longest first where one begins another, with the canonical name.
const WORDS: &[(&str, &str)] = &[
    ("actuals", ACTUAL),
    ("actual", ACTUAL),
    ("budgeted", "budget"),
    ("budget", "budget"),
    ("planned", "plan"),
    ("plan", "plan"),
    ("reforecast", "forecast"),
    ("forecasted", "forecast"),
    ("forecasts", "forecast"),
    ("forecast", "forecast"),
    ("guidance", "guidance"),
    ("guided", "guidance"),
    ("guide", "guidance"),
    ("targeted", "target"),
    ("target", "target"),
    ("trajectory", "target"),
    ("outlook", "forecast"),
    ("consensus", "consensus"),
    ("estimated", "forecast"),
];

/// Words before `plan` that make it a scheme, and words behind it that make it a tariff: neither is a scenario.
const SCHEMES: &[&str] = &[
    "pension",
    "share",
    "option",
    "options",
    "savings",
    "benefit",
    "incentive",
    "restructuring",
    "pricing",
    "subscription",
    "healthcare",
    "retirement",
];
const TARIFFS: &[&str] = &["tier", "tiers", "type", "types", "assets", "asset", "holders", "members", "participants"];

/// Words behind `budget` that make it a kind of thing to spend on.
const HEADINGS: &[&str] =
    &["line", "lines", "heading", "headings", "item", "items", "category", "categories", "code", "holder", "holders"];

/// The canonical name of the scenario that one word names by itself.
pub(crate) fn of_word(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)).map(|(_, name)| *name)
}

/// Whether a word names what was planned or is expected.
pub(crate) fn is_plan(word: &str) -> bool {
    of_word(word).is_some_and(|name| name != ACTUAL)
}

/// The scenario words of a text: where, and the canonical name.
pub fn scan(text: &str) -> Vec<(Range<usize>, &'static str)> {
    scan_words(&words(text))
}

fn scan_words(words: &[(Range<usize>, &str)]) -> Vec<(Range<usize>, &'static str)> {
    let is = |word: Option<&(Range<usize>, &str)>, list: &[&str]| {
        word.is_some_and(|(_, word)| list.iter().any(|other| word.eq_ignore_ascii_case(other)))
    };
    let mut found = Vec::new();
    for (n, (range, word)) in words.iter().enumerate() {
        // `against budgets of $50.0M and $7.9M`: of several, and not what somebody plans or targets.
        let several = is(words.get(n + 1), &["of"]).then(|| word.strip_suffix('s')).flatten().unwrap_or(word);
        let Some(name) = of_word(word).or_else(|| of_word(several)) else { continue };
        let scheme = name == "plan"
            && (n.checked_sub(1).is_some_and(|n| is(words.get(n), SCHEMES)) || is(words.get(n + 1), TARIFFS));
        let before = n.checked_sub(1).and_then(|n| words.get(n));
        // `Repairs completed within target`, `in target time` and what came `as planned` are what happened.
        let held = name == "target" && is(before, &["within", "on", "in"])
            || word.ends_with("ed") && name != ACTUAL && is(before, &["as"]);
        // A budget line is what is budgeted for, and spent.
        let heading = *word == "budget" || *word == "Budget";
        let heading = heading && is(words.get(n + 1), HEADINGS);
        // `The previous forecast`; `prior year budget` is a year's.
        let old = name != ACTUAL && is(before, &["prior", "previous", "earlier", "old", "former", "superseded"]);
        if !scheme && !held && !heading {
            found.push((range.clone(), if old { SUPERSEDED } else { name }));
        }
    }
    found
}

/// The words of a text with their bytes.
fn words(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut words: Vec<(Range<usize>, &str)> = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            words.push((at..at + bare.len(), bare));
        }
        at += word.len();
    }
    words
}

/// What headers shorten, `Act`, `Bud`, `Fcst`, and what means a scenario only where it heads numbers: `Commitment 2025/26`.
const SHORT: &[(&str, &str)] = &[
    ("act", ACTUAL),
    ("acts", ACTUAL),
    ("bud", "budget"),
    ("budg", "budget"),
    ("bgt", "budget"),
    ("bdgt", "budget"),
    ("fcst", "forecast"),
    ("fcast", "forecast"),
    ("tgt", "target"),
    ("trgt", "target"),
    ("commitment", "target"),
    ("goal", "target"),
    ("ambition", "target"),
];

/// Words beside which a shortened scenario can stand: times and what compares. `Care Act duties` has others.
const BESIDE: &[&str] = &[
    "qtd", "ytd", "mtd", "ltm", "ttm", "fy", "month", "quarter", "half", "year", "full", "to", "date", "current",
    "prior", "last", "this", "vs", "versus", "v", "against", "var", "variance", "diff", "change", "chg", "jan", "feb",
    "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// The scenario words of a label: those of any text, and what headers shorten where nothing but a time stands beside it.
pub(crate) fn scan_label(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let words = words(text);
    let mut found = scan_words(&words);
    let words: Vec<(Range<usize>, String)> =
        words.into_iter().map(|(range, word)| (range, word.to_lowercase())).collect();
    let short = |word: &str| SHORT.iter().find(|(short, _)| *short == word).map(|(_, name)| *name);
    let known = |word: &str| {
        short(word).is_some()
            || word.contains(|c: char| c.is_ascii_digit())
            || BESIDE.contains(&word)
            || of_word(word).is_some()
    };
    if words.iter().all(|(_, word)| known(word)) {
        found.extend(words.iter().filter_map(|(range, word)| Some((range.clone(), short(word)?))));
        found.sort_by_key(|(range, _)| range.start);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_and_tariffs_are_no_plans() {
        let names = |text: &str| scan(text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names("ahead of plan, actual against Budget"), ["plan", "actual", "budget"]);
        assert!(names("the pension plan, MRR by plan tier, each budget line").is_empty());
        assert!(names("Repairs completed within target, done in target time, as planned").is_empty());
        assert_eq!(names("better than planned, as in the budget"), ["plan", "budget"]);
    }

    #[test]
    fn headers_shorten_scenarios_beside_times() {
        let names = |text: &str| scan_label(text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names("QTD Act."), ["actual"]);
        assert_eq!(names("Q1 25 Bud"), ["budget"]);
        assert_eq!(names("vs Fcst"), ["forecast"]);
        assert_eq!(names("Actual vs Bud"), ["actual", "budget"]);
        assert_eq!(names("Commitment 2025/26"), ["target"]);
        assert!(names("Care Act duties").is_empty());
        assert!(names("Capital commitment").is_empty());
    }
}
