//! The ledger: a line for every number of the deck, with what it was held against.
//!
//! Enters: a [`Report`]. Leaves: [`Line`]s, in reading order, in words that any format can show as they are.
//! Invariant: every claim has a line, and nothing in a line can act on a terminal or hide text.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::Report;
use crate::check::{Places, Verdict};
use crate::claim::{Claim, Status};
use crate::deck::Deck;
use crate::facts::Truth;
use crate::movement::Movements;
use crate::quantity::{Quantity, digits};
use crate::report::claims::measure;
use crate::report::visible;
use crate::span::Place;
use crate::wording;
use crate::words::on_one_line;

/// Other places that a line names at most: a total may have a hundred parts.
const MOST_PLACES: usize = 8;

/// A number of the deck.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its path.
    pub(crate) path: String,
    /// Where it stands: `slides.md:8:17`.
    pub(crate) place: String,
    pub(crate) slide: usize,
    /// As it is written.
    pub(crate) number: String,
    /// `42,250,000 to 42,350,000`.
    pub(crate) stands_for: String,
    pub(crate) unit: String,
    /// Label of its metric.
    pub(crate) metric: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) scenario: Option<String>,
    pub(crate) segment: Option<String>,
    pub(crate) measure: String,
    pub(crate) status: Status,
    /// What it was held against: what that is, and where.
    pub(crate) against: Vec<Against>,
    pub(crate) evidence: Vec<String>,
    /// Indices of the findings at this number.
    pub(crate) findings: Vec<usize>,
}

/// The other side of a number.
#[derive(Clone, Debug)]
pub(crate) struct Against {
    /// `source of truth: $42.3M`.
    pub(crate) what: String,
    /// `metrics.yaml:13`.
    pub(crate) place: String,
}

/// The ledger of a checked deck, in the order of its claims.
pub(crate) fn ledger(report: &Report) -> Vec<Line> {
    let deck = &report.deck;
    let sides = Sides::new(deck);
    let places = Places::new(report.findings.iter().map(|finding| finding.place));
    let line = |(at, claim): (usize, &Claim)| {
        let mut findings: Vec<usize> = places.meeting(claim.place).collect();
        findings.sort_unstable();
        Line {
            path: shown(deck.files.get(claim.place.file).path()),
            place: shown(&deck.files.shown_exactly(claim.place)),
            slide: claim.slide,
            number: shown(deck.files.slice(claim.place)),
            stands_for: interval(&claim.quantity),
            unit: shown(&claim.quantity.unit.to_string()),
            metric: claim.metric.map(|id| shown(&deck.vocabulary.term(id).label)),
            period: claim.period.map(|period| period.to_string()),
            scenario: claim.metric.map(|_| shown(claim.scenario_or_actual())),
            segment: claim.segment.as_deref().map(shown),
            measure: shown(&measure(claim)),
            status: claim.status,
            against: sides.of(at, claim),
            evidence: claim.evidence.iter().map(|line| shown(line)).collect(),
            findings,
        }
    };
    deck.claims.iter().enumerate().map(line).collect()
}

/// The rules of a number's findings, parted by spaces.
pub(crate) fn rules_at(report: &Report, line: &Line) -> String {
    let rules: BTreeSet<&str> = line.findings.iter().map(|&at| report.findings[at].rule).collect();
    rules.into_iter().collect::<Vec<_>>().join(" ")
}

/// Text of the deck on one line, with nothing in it that acts on whatever shows it.
pub(crate) fn shown(text: &str) -> String {
    let one_line = if text.contains(['\n', '\r', '\t']) { Cow::Owned(on_one_line(text)) } else { Cow::Borrowed(text) };
    visible(&one_line).into_owned()
}

/// What a number can stand for.
pub(crate) fn interval(quantity: &Quantity) -> String {
    between(quantity.low, quantity.high)
}

/// `42,250,000 to 42,350,000`; an open side is not bounded.
pub(crate) fn between(low: Option<Decimal>, high: Option<Decimal>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => digits(low),
        (Some(low), Some(high)) => format!("{} to {}", digits(low), digits(high)),
        (Some(low), None) => format!("{} or more", digits(low)),
        (None, Some(high)) => format!("{} or less", digits(high)),
        (None, None) => String::new(),
    }
}

/// What claims were held against.
struct Sides<'a> {
    deck: &'a Deck,
    /// Where the findings are that a human accepted.
    waived: Places,
    movements: Movements<'a>,
    /// For each claim that shares its fact with others, all of them.
    together: BTreeMap<usize, &'a [usize]>,
}

impl<'a> Sides<'a> {
    fn new(deck: &'a Deck) -> Self {
        let groups = deck.statements().groups();
        let together = groups.flat_map(|(_, members)| members.iter().map(move |&at| (at, members.as_slice())));
        let waived = Places::new(deck.waived.iter().map(|waived| waived.finding.place));
        Self { deck, waived, movements: Movements::new(deck), together: together.collect() }
    }

    fn of(&self, at: usize, claim: &Claim) -> Vec<Against> {
        let truths: &[Truth] = match self.deck.verdicts.get(at) {
            Some(Verdict::Ties(truth) | Verdict::PointsOnly(truth)) => std::slice::from_ref(truth),
            Some(Verdict::Differs(truths)) => truths,
            _ => &[],
        };
        let stated = truths.iter().flat_map(|truth| {
            let how = if truth.how.is_empty() { String::new() } else { format!(" ({})", truth.how) };
            let what = format!("source of truth: {}{how}", wording::truth(claim, truth));
            truth.places.iter().map(move |place| (what.clone(), *place))
        });
        let mut sides: Vec<(String, Place)> = stated.take(MOST_PLACES).collect();
        if claim.status == Status::Derived {
            let expected = self.movements.expected(at).into_iter().find(|one| one.holds(claim));
            sides.extend(expected.into_iter().flat_map(|expected| expected.parts));
        }
        if sides.is_empty() {
            let others = self.together.get(&at).copied().unwrap_or_default().iter();
            let others = others.filter(|&&other| other != at).map(|&other| &self.deck.claims[other]);
            sides.extend(others.take(MOST_PLACES).map(|other| {
                let kind = wording::place_kind(self.deck, other);
                (format!("{kind}: {}", wording::shown(self.deck, other)), other.place)
            }));
        }
        let mut accepted: Vec<usize> = self.waived.meeting(claim.place).collect();
        accepted.sort_unstable();
        let accepted = accepted.into_iter().map(|at| &self.deck.waived[at]);
        let sides = accepted.map(|waived| (format!("accepted: {}", waived.reason), waived.by)).chain(sides);
        let against = |(what, place): (String, Place)| Against {
            what: shown(&what),
            place: shown(&self.deck.files.shown(place)),
        };
        sides.map(against).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::Binder;

    #[test]
    fn lines_name_the_other_side() {
        let deck = "# Q3 FY30\n\nARR was $42.3M in Q3 FY30, up from $38.1M in Q2 FY30, a rise of 11%.\n\n\
                    Cash was £4.0m in Q3 FY30.\n\n| £m | Q3 FY30 |\n|---|--:|\n| Cash | 4.0 |\n| Debt | 9.1 |\n";
        let source = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, period_type: instant, values: \
                      {FY2030-Q3: 42318204, FY2030-Q2: 38118400}}\n";
        let mut deck = Binder::of(deck).with_source("metrics.yaml", source).bound();
        let findings = crate::check::check(&mut deck);
        let told: Vec<String> = ledger(&Report::new(deck, findings))
            .iter()
            .map(|line| {
                let against: Vec<_> = line.against.iter().map(|side| format!("{} {}", side.what, side.place)).collect();
                format!("{} {} [{}]", line.number, line.status.name(), against.join("; "))
            })
            .collect();
        assert_eq!(
            told,
            [
                "$42.3M tied [source of truth: $42.3M metrics.yaml:3]",
                "$38.1M tied [source of truth: $38.1M metrics.yaml:3]",
                "11% tied [source of truth: 11% (growth on FY2030-Q2) metrics.yaml:3; source of truth: 11% (growth on FY2030-Q2) metrics.yaml:3]",
                "£4.0m agreed [table: 4.0 (£4.0M) slides.md:9]",
                "4.0 agreed [slide: £4.0m slides.md:5]",
                "9.1 untraced []",
            ]
        );
    }

    #[test]
    fn intervals_are_plain() {
        let decimal = |text: &str| text.parse::<Decimal>().ok();
        for (low, high, expected) in [
            (decimal("42250000"), decimal("42350000.0"), "42,250,000 to 42,350,000"),
            (decimal("-0.35"), decimal("-0.35"), "-0.35"),
            (decimal("450"), None, "450 or more"),
            (None, decimal("7.25"), "7.25 or less"),
            (None, None, ""),
        ] {
            assert_eq!(between(low, high), expected);
        }
    }
}
