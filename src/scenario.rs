//! Scenarios: whether a number happened, was planned, or is expected.
//!
//! Enters: text. Leaves: the scenario words in it, by canonical name.
//! Invariant: canonical names are the keys that metric files use (`plan`, `budget`, `forecast`, `guidance`, `target`).

use std::ops::Range;

/// What happened.
pub const ACTUAL: &str = "actual";

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
    ("outlook", "forecast"),
    ("consensus", "consensus"),
    ("estimated", "forecast"),
];

/// The scenario words of a text: where, and the canonical name.
pub fn scan(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if let Some((_, name)) = WORDS.iter().find(|(w, _)| bare.eq_ignore_ascii_case(w)) {
            found.push((at..at + bare.len(), *name));
        }
        at += word.len();
    }
    found
}
