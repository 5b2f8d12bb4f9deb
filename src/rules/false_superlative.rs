//! A superlative that the deck's own series refutes.
//!
//! "The third consecutive quarter of growth", "a record", "the highest in our history", "the third month in a row ahead of
//! budget": held against the series of the metric that the sentence is about, from the source or from the deck's tables.
//! A superlative can be refuted, never proved: where the series is too short, or the numbers fit, nothing is said.
//!
//! ```deck
//! # Q3 FY25 review
//!
//! Net new ARR was $4.2M in Q3 FY25, the third consecutive quarter of growth.
//! ```
//! ```metrics
//! metrics:
//!   - name: net_new_arr
//!     label: Net new ARR
//!     unit: USD
//!     period_type: duration
//!     better: up
//!     values: {FY2024-Q4: 1915100, FY2025-Q1: 1460500, FY2025-Q2: 1637900, FY2025-Q3: 4199804}
//! ```
//! ```finding
//! false-superlative at third consecutive quarter
//! ```
//!
//! The numbers fit, or the series is too short to say:
//!
//! ```quiet-deck
//! # Q3 FY25 review
//!
//! Net new ARR was $4.2M in Q3 FY25, the second consecutive quarter of growth.
//! ```

use std::ops::Range;

use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::document::Flow;
use crate::finding::{Confidence, Finding, Level, Related};
use crate::movement::Movements;
use crate::period::{Grain, Period};
use crate::rules::{Family, Rule};
use crate::scenario;
use crate::span::Place;
use crate::words::{Word, words};

/// The rule.
#[derive(Debug)]
pub(crate) struct FalseSuperlative;

impl Rule for FalseSuperlative {
    fn name(&self) -> &'static str {
        "false-superlative"
    }

    fn family(&self) -> Family {
        Family::Wording
    }

    fn source(&self) -> &'static str {
        include_str!("false_superlative.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let movements = Movements::new(deck);
        for (document_at, document) in deck.documents.iter().enumerate() {
            for (block_at, block) in document.blocks.iter().enumerate() {
                let Some(flow) = block.flow() else { continue };
                for boast in boasts(flow.text()) {
                    let words = Place { file: document.file, span: flow.span(boast.range.clone()) };
                    let Some(claim) = subject(deck, (document_at, block_at), words, flow) else { continue };
                    if let Some((message, related)) = refuted(&movements, claim, &boast) {
                        findings.push(finding(deck, claim, words, message, related));
                    }
                }
            }
        }
    }
}

/// What a text boasts of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Boast {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// So many periods of this grain in a row: rising, or on the high side of a scenario.
    Streak { count: u32, grain: Option<Grain>, against: Option<&'static str>, down: bool },
    /// More than ever before.
    Record { low: bool },
}

const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];
const CARDINALS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn number(stem: &str) -> Option<u32> {
    let place = |list: &[&str]| list.iter().position(|word| *word == stem);
    if let Some(at) = place(ORDINALS).or_else(|| place(CARDINALS)) {
        return u32::try_from(at + 1).ok();
    }
    stem.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()
}

fn grain(stem: &str) -> Option<Grain> {
    Some(match stem {
        "month" | "monthly" => Grain::Month,
        "quarter" | "quarterly" => Grain::Quarter,
        "half" => Grain::Half,
        "year" | "annual" | "yearly" => Grain::Year,
        _ => return None,
    })
}

/// Every boast of a text.
fn boasts(text: &str) -> Vec<Boast> {
    let words = words(text);
    let stem = |at: usize| words.get(at).map_or("", |word| word.stem.as_str());
    let mut found = Vec::new();
    for at in 0..words.len() {
        let boast = match stem(at) {
            "consecutive" | "straight" | "successive" => streak(text, &words, at),
            "row" if stem(at.wrapping_sub(1)) == "a" && stem(at.wrapping_sub(2)) == "in" => {
                streak_in_a_row(text, &words, at)
            }
            "record"
                if !matches!(stem(at + 1), "date" | "of" | "keeping" | "and" | "book")
                    && matches!(stem(at.wrapping_sub(1)), "a" | "another" | "new" | "at") =>
            {
                let low = stem(at + 1) == "low";
                Some(Boast { range: words[at].range.clone(), kind: Kind::Record { low } })
            }
            "high" | "low" if stem(at.wrapping_sub(1)) == "time" && stem(at.wrapping_sub(2)) == "all" => Some(Boast {
                range: words[at - 2].range.start..words[at].range.end,
                kind: Kind::Record { low: stem(at) == "low" },
            }),
            "ever" | "history" => superlative(text, &words, at),
            "higher" | "lower" if stem(at.wrapping_sub(1)) == "been" && stem(at.wrapping_sub(2)) == "never" => {
                let range = words[at - 2].range.start..words[at].range.end;
                Some(Boast { range, kind: Kind::Record { low: stem(at) == "lower" } })
            }
            _ => None,
        };
        found.extend(boast);
    }
    found
}

/// `highest ever`, `the most we have ever had`, `the lowest level in our history`; `best quarter ever` says nothing of a number.
fn superlative(text: &str, words: &[Word], last: usize) -> Option<Boast> {
    const BETWEEN: &[&str] = &[
        "level", "figure", "value", "number", "total", "in", "on", "we", "it", "our", "its", "the", "company", "group",
        "that", "have", "has", "ha", "had", "been", "recorded", "whole", "entire",
    ];
    let in_history = words[last].stem == "history";
    let mut inside = false;
    for at in (last.saturating_sub(6)..last).rev() {
        let gap = text.get(words[at].range.end..words[at + 1].range.start)?;
        if gap.contains(['.', ';', '!', '?', ',', ':']) {
            return None;
        }
        match words[at].stem.as_str() {
            word @ ("highest" | "best" | "largest" | "biggest" | "most" | "lowest" | "smallest" | "fewest"
            | "least") => {
                let low = matches!(word, "lowest" | "smallest" | "fewest" | "least");
                let range = words[at].range.start..words[last].range.end;
                return (inside || !in_history).then_some(Boast { range, kind: Kind::Record { low } });
            }
            word if BETWEEN.contains(&word) => inside |= word == "in",
            _ => return None,
        }
    }
    None
}

/// `third consecutive quarter of growth`, `fourth consecutive quarterly increase`.
fn streak(text: &str, words: &[Word], at: usize) -> Option<Boast> {
    let count = number(&words.get(at.checked_sub(1)?)?.stem)?;
    let unit = words.get(at + 1)?;
    let grain = grain(&unit.stem)?;
    build(text, words, (at - 1, at + 1), count, Some(grain))
}

/// `third month in a row ahead of budget`, `three quarters in a row`.
fn streak_in_a_row(text: &str, words: &[Word], at: usize) -> Option<Boast> {
    let grain = grain(&words.get(at.checked_sub(3)?)?.stem)?;
    let first = at.checked_sub(4)?;
    let count = number(&words.get(first)?.stem)?;
    build(text, words, (first, at), count, Some(grain))
}

/// What the words behind the streak say it is a streak of. Nothing is guessed: without them there is no boast to refute.
fn build(text: &str, words: &[Word], (first, last): (usize, usize), count: u32, grain: Option<Grain>) -> Option<Boast> {
    let behind = words[last + 1..].iter().take(10);
    let mut against = None;
    let mut sense = None;
    let mut end = words[last].range.end;
    for word in behind {
        // The sentence's end ends the boast.
        if text.get(end..word.range.start).is_some_and(|gap| gap.contains(['.', ';', '!', '?'])) {
            break;
        }
        end = word.range.end;
        match word.stem.as_str() {
            "growth" | "increase" | "increased" | "grew" | "rose" | "rising" | "gain" | "improvement" | "up"
            | "expansion" => sense = sense.or(Some(false)),
            "decline" | "decrease" | "fall" | "decreased" | "fell" | "down" | "reduction" => {
                sense = sense.or(Some(true))
            }
            "ahead" | "above" | "over" | "beat" | "beating" => sense = sense.or(Some(false)),
            "below" | "under" | "behind" | "short" => sense = sense.or(Some(true)),
            "budget" | "plan" | "target" | "forecast" => {
                against = scenario::scan(&word.stem).first().map(|(_, name)| *name);
                break;
            }
            _ => {}
        }
    }
    let down = sense?;
    Some(Boast {
        range: words[first].range.start..words[last].range.end,
        kind: Kind::Streak { count, grain, against, down },
    })
}

/// Claims on either side of a boast that are looked at.
const NEAR: usize = 24;

/// The claim that the boast is about: the nearest before it in its sentence, else the nearest after.
fn subject<'a>(deck: &'a Deck, (document, block): (usize, usize), boast: Place, flow: &Flow) -> Option<&'a Claim> {
    let whole = flow.whole();
    let at = deck.claims.partition_point(|claim| (claim.document, claim.place.span) < (document, boast.span));
    let inside = |claim: &&Claim| {
        claim.document == document && claim.place.span.start >= whole.start && claim.place.span.start < whole.end
    };
    let bound = |claim: &&Claim| {
        claim.block == block
            && claim.metric.is_some()
            && claim.period.is_some()
            && claim.confidence > Confidence::Low
            && claim.scenario.as_deref() == Some(scenario::ACTUAL)
    };
    let text = deck.files.get(boast.file).text();
    let same_sentence = |claim: &&Claim| {
        let (from, to) = if claim.place.span.end <= boast.span.start {
            (claim.place.span.end, boast.span.start)
        } else {
            (boast.span.end, claim.place.span.start)
        };
        text.get(from..to).is_some_and(|gap| !gap.contains(". ") && !gap.contains(';'))
    };
    // The farther claim has all of the nearer one's gap: the first in another sentence ends the search.
    let (before, after) = deck.claims.split_at(at);
    let apart = |claim: &&Claim| !claim.place.span.meets(boast.span);
    let before = before.iter().rev().take(NEAR).take_while(inside).filter(apart).take_while(same_sentence).find(bound);
    before.or_else(|| after.iter().take(NEAR).take_while(inside).filter(apart).take_while(same_sentence).find(bound))
}

fn refuted(movements: &Movements<'_>, claim: &Claim, boast: &Boast) -> Option<(String, Vec<Related>)> {
    let metric = claim.metric?;
    let level = |period: Period, scenario: &str| movements.level_of(metric, period, scenario, claim.segment.as_deref());
    match boast.kind {
        Kind::Streak { count, grain, against, down } => {
            let grain = grain.or_else(|| claim.period?.grain())?;
            let mut period = movements.at_grain(claim.period?, grain)?;
            for _ in 0..count.min(40) {
                let now = level(period, scenario::ACTUAL)?;
                let (then, name) = match against {
                    Some(name) => (level(period, name)?, format!("the {name} of {period}")),
                    None => (level(period.before(), scenario::ACTUAL)?, period.before().to_string()),
                };
                let broken = if down { now.0.low > then.0.high } else { now.0.high < then.0.low };
                if broken {
                    let (a, b) = (claim.quantity.restated(now.0.low), claim.quantity.restated(then.0.low));
                    let word = if down { "above" } else { "below" };
                    let places = now
                        .1
                        .iter()
                        .map(|place| (a.clone(), *place))
                        .chain(then.1.iter().map(|place| (b.clone(), *place)));
                    let related = places.map(|(message, place)| Related { message, place }).collect();
                    return Some((format!("{period} was {a}, {word} {name} with {b}"), related));
                }
                period = period.before();
            }
            None
        }
        Kind::Record { low } => {
            if claim.measure != Measure::Level {
                return None;
            }
            let now = level(claim.period?, scenario::ACTUAL)?;
            let mut period = claim.period?.before();
            for _ in 0..40 {
                let Some(then) = level(period, scenario::ACTUAL) else { break };
                let beaten = if low { then.0.high < now.0.low } else { then.0.low > now.0.high };
                if beaten {
                    let (a, b) = (claim.quantity.restated(now.0.low), claim.quantity.restated(then.0.low));
                    let related = then.1.iter().map(|place| Related { message: b.clone(), place: *place }).collect();
                    return Some((format!("{period} was {b} against {a}"), related));
                }
                period = period.before();
            }
            None
        }
    }
}

fn finding(deck: &Deck, claim: &Claim, words: Place, message: String, related: Vec<Related>) -> Finding {
    let said = deck.files.slice(words);
    let label = claim.metric.map_or("", |id| deck.vocabulary.term(id).label.as_str());
    Finding {
        rule: "false-superlative",
        level: Level::Error,
        confidence: claim.confidence,
        message: format!("“{said}” does not hold for {label}: {message}"),
        place: words,
        slide: Some(claim.slide),
        related,
        cause: None,
        help: Some("count the series again, or say since when".to_owned()),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boasts_are_found_with_what_they_are_of() {
        let streak = |count, grain, against, down| Kind::Streak { count, grain: Some(grain), against, down };
        for (text, said, kind) in [
            (
                "the third consecutive quarter of growth",
                "third consecutive quarter",
                streak(3, Grain::Quarter, None, false),
            ),
            ("its fourth straight monthly decline", "fourth straight monthly", streak(4, Grain::Month, None, true)),
            (
                "the third month in a row ahead of budget",
                "third month in a row",
                streak(3, Grain::Month, Some("budget"), false),
            ),
            ("a new record", "record", Kind::Record { low: false }),
            ("an all-time low", "all-time low", Kind::Record { low: true }),
            ("our highest ever", "highest ever", Kind::Record { low: false }),
            ("the most we have ever had", "most we have ever", Kind::Record { low: false }),
            (
                "the lowest level in the company's history",
                "lowest level in the company's history",
                Kind::Record { low: true },
            ),
            ("it has never been higher", "never been higher", Kind::Record { low: false }),
        ] {
            let found = boasts(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((&text[found[0].range.clone()], found[0].kind), (said, kind), "{text}");
        }
        for text in [
            "for the record, three quarters in a row were audited",
            "our best quarter ever",
            "the most careful team that ever was",
            "the highest, and the company's history shows it",
            "most of our history",
        ] {
            assert_eq!(boasts(text), [], "{text}");
        }
    }
}
