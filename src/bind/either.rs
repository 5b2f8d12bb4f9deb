//! Sentences that may be of either of two times: `For the half year revenue was £163.0m. EBIT was £7.0m.`; or of a part or of the whole:
//! `Revenue was £83.1m` under `Europe holds back growth`.
//!
//! Enters: bound claims, and what the numbers of such a sentence would be of, were it of the time that the sentence before it set, or
//! of the whole. Leaves: the claims, all of a sentence at one time: the one at which a source or table has more of its numbers; of the
//! whole where more of them are the whole's. Invariant: where neither time has any, the numbers are never an error without a slip
//! that explains them.

use std::collections::BTreeMap;

use super::base;
use super::confirm::Known;
use super::grammar::Reading;
use crate::claim::{Base, Claim};
use crate::deck::Deck;
use crate::finding::Confidence;
use crate::period::Period;
use crate::span::Place;

/// What a number would be of, were its sentence of the other time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Otherwise {
    period: Option<Period>,
    base: Option<Base>,
    segment: Option<String>,
}

impl Otherwise {
    pub(super) fn of(reading: Reading) -> Self {
        Self { period: reading.period, base: reading.base, segment: reading.segment }
    }

    /// A claim, were it so.
    fn of_claim(self, claim: Claim, of: Of) -> Claim {
        match of {
            Of::Time { .. } | Of::Month => Claim { period: self.period, base: self.base, ..claim },
            Of::Whole => Claim { segment: self.segment, ..claim },
        }
    }
}

/// What is open of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// Its time.
    Time {
        /// Whether it takes up what the sentence before it says: `That left EBIT of £7.0m`.
        takes_up: bool,
    },
    /// Whether it is of the year to date that its document reports on, or of the month that this ends with.
    Month,
    /// Whether it is of the whole.
    Whole,
}

/// A sentence of which it is open when it is, or of what.
#[derive(Debug)]
pub(super) struct Choice {
    /// Of what it is open.
    pub(super) of: Of,
    /// What each of its numbers would be of.
    pub(super) others: Vec<(Place, Otherwise)>,
}

/// What a sentence turns out to be of.
enum Time {
    /// The place's, as its numbers say.
    Own,
    /// That of the sentence before.
    Other,
    /// Nobody knows.
    Open,
}

/// Settles each sentence by its numbers.
pub(super) fn settle(deck: &mut Deck, choices: Vec<Choice>) {
    if choices.is_empty() {
        return;
    }
    let by_place: BTreeMap<Place, usize> = deck.claims.iter().enumerate().map(|(at, it)| (it.place, at)).collect();
    let cells = base::cells(deck);
    let known = Known::new(deck, &cells);
    let mut settled = Vec::new();
    for Choice { of, others } in choices {
        let others = others.into_iter().filter_map(|(place, other)| Some((*by_place.get(&place)?, other)));
        let others: Vec<(usize, Otherwise)> = others.filter(|(at, other)| differs(deck, *at, other, of)).collect();
        let time = time(&known, deck, &others, of);
        settled.extend(
            others
                .into_iter()
                .map(|(at, other)| (at, matches!(time, Time::Other).then_some((other, of))))
                .filter(|(_, other)| other.is_some() || matches!(time, Time::Open)),
        );
    }
    for (at, other) in settled {
        let claim = &mut deck.claims[at];
        match other {
            Some((other, of)) => {
                claim.evidence.push(match (of, other.period) {
                    (Of::Whole, _) => "the numbers of the sentence are the whole's".to_owned(),
                    (Of::Month, Some(period)) => format!("the numbers of the sentence are those of {period}"),
                    (_, Some(period)) => format!("period {period} from the sentence before"),
                    (_, None) => "the sentence before it is of no known time".to_owned(),
                });
                *claim = other.of_claim(claim.clone(), of);
            }
            None => claim.loose = true,
        }
        claim.confidence = claim.confidence.min(Confidence::Medium);
    }
}

/// Whether the other time would make another fact of a number.
fn differs(deck: &Deck, at: usize, other: &Otherwise, of: Of) -> bool {
    let claim = &deck.claims[at];
    if of == Of::Whole {
        return claim.segment != other.segment;
    }
    let time = |period: Option<Period>| match (period, claim.metric) {
        (Some(period), Some(metric)) => Some(base::time(deck, metric, period)),
        _ => period,
    };
    time(claim.period) != time(other.period) || claim.base != other.base
}

fn time(known: &Known<'_>, deck: &Deck, others: &[(usize, Otherwise)], of: Of) -> Time {
    let bound = || others.iter().filter(|(at, _)| deck.claims[*at].metric.is_some());
    let own = bound().filter(|(at, _)| known.confirms(&deck.claims[*at])).count();
    let moved =
        |(at, other): &&(usize, Otherwise)| known.confirms(&other.clone().of_claim(deck.claims[*at].clone(), of));
    let other = bound().filter(moved).count();
    match own.cmp(&other) {
        std::cmp::Ordering::Less => Time::Other,
        std::cmp::Ordering::Greater => Time::Own,
        // What is neither's stays of the part that was named, and of what the document reports on.
        std::cmp::Ordering::Equal if matches!(of, Of::Whole | Of::Month) => Time::Own,
        std::cmp::Ordering::Equal if of == (Of::Time { takes_up: true }) => Time::Other,
        std::cmp::Ordering::Equal if own > 0 => Time::Own,
        std::cmp::Ordering::Equal => Time::Open,
    }
}
