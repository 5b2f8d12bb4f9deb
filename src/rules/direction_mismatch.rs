//! The words go one way and the numbers the other.
//!
//! "Improved to 91.4% from 91.9%", "ahead of the 96.0% we budgeted" beside 95.8%, "fell short of budget by $2,973" when the
//! budget was beaten by that much. The numbers may all be right; the sentence is still wrong, and it is the sentence that the
//! board remembers. "Improved" and "worse" are judged by which way is good for the metric (`better: up` or `down` in the metric
//! file); without that they are left alone, unless only one reading is possible. "Doubled from A to B", "eased to A from B", "A, up 2%
//! on B", "rose to A (Q2: B)" and "A, ahead of the target of B" are held against the two numbers whatever these are of. Where a sentence
//! says of a metric that it was "behind budget", "missed plan" or "up on last year" and no more, the levels that the source or the
//! deck's tables state decide. What should be low, such as churn or
//! cost, may be ahead of its plan either way: of that nothing is said.
//!
//! ```deck
//! # Q3 FY25 review
//!
//! Gross retention rose to 91.4% in Q3 FY25 from 91.9% in Q2 FY25.
//! ```
//! ```metrics
//! metrics:
//!   - name: grr
//!     label: Gross retention
//!     unit: percent
//!     period_type: instant
//!     better: up
//!     values: {FY2025-Q2: 91.9, FY2025-Q3: 91.4}
//! ```
//! ```finding
//! direction-mismatch at rose
//! ```
//!
//! ```quiet-deck
//! # Q3 FY25 review
//!
//! Gross retention slipped to 91.4% in Q3 FY25 from 91.9% in Q2 FY25.
//! ```

mod multiples;
mod reached;

use std::collections::BTreeSet;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::cause::significant;
use crate::check::Verdict;
use crate::claim::{Base, Claim, Direction, Measure};
use crate::deck::Deck;
use crate::document::BlockKind;
use crate::finding::{Confidence, Finding, Level, Related};
use crate::movement::cue::says_movement;
use crate::movement::moved::is_less;
use crate::movement::planned::{is_beside_a_plan, is_judging};
use crate::movement::{Expected, Movements, told};
use crate::period::Period;
use crate::quantity::{Qualifier, Quantity, Sign, Unit};
use crate::rules::{Family, Rule};
use crate::scenario;
use crate::source::Better;
use crate::span::Place;
use crate::vocabulary::may_be_bad;
use crate::wording;
use crate::words::stems;

/// The rule.
#[derive(Debug)]
pub(crate) struct DirectionMismatch;

impl Rule for DirectionMismatch {
    fn name(&self) -> &'static str {
        "direction-mismatch"
    }

    fn family(&self) -> Family {
        Family::Wording
    }

    fn source(&self) -> &'static str {
        include_str!("direction_mismatch.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let movements = Movements::new(deck);
        for (at, claim) in deck.claims.iter().enumerate() {
            let (Some(words), Some(direction)) = (claim.mover, claim.direction) else { continue };
            // Under a mere label, only a sentence that says nothing else is sure to speak of one thing.
            let defined = claim.metric.is_some_and(|id| deck.vocabulary.term(id).source.is_some());
            if claim.metric.is_none() || claim.confidence == Confidence::Low || !defined && claim.loose {
                continue;
            }
            let Some(up) = upward(deck, claim, direction).filter(|_| !may_be_good(deck, claim, words)) else {
                continue;
            };
            let found = match claim.measure {
                Measure::Level => {
                    let to = || reached::contradicted(deck, &movements, claim, (words, up));
                    levels(deck, claim, words, up).or_else(|| claim.operands.iter().all(Option::is_none).then(to)?)
                }
                Measure::Change | Measure::Growth | Measure::Variance => change(deck, &movements, at, up),
                Measure::Share => None,
            };
            if let Some((message, related)) = found {
                findings.push(finding(deck, claim, words, message, related));
            }
        }
        between_numbers(deck, findings);
        of_named(deck, &movements, findings);
    }
}

/// `doubled from A to B`, `rose to A from B`: words that the two numbers beside them contradict, whatever they are of.
fn between_numbers(deck: &Deck, findings: &mut Vec<Finding>) {
    let said: BTreeSet<Place> = findings.iter().map(|finding| finding.place).collect();
    for (document, mentions) in deck.documents.iter().zip(&deck.mentions) {
        for (block, mentions) in document.blocks.iter().zip(mentions) {
            let Some(flow) = block.flow().filter(|_| !matches!(block.kind, BlockKind::Quote(_))) else { continue };
            for found in multiples::contradicted(flow.text(), mentions) {
                let place = |range: Range<usize>| Place { file: document.file, span: flow.span(range) };
                let words = place(found.words);
                if said.contains(&words) {
                    continue;
                }
                let numbers = [("the later", place(found.later)), ("the earlier", place(found.earlier))];
                let message = format!("“{}” does not fit its numbers: {}", deck.files.slice(words), found.fact);
                let related = numbers.map(|(role, place)| Related { message: role.to_owned(), place }).into();
                findings.push(contradiction(message, words, block.slide, Confidence::Medium, related));
            }
        }
    }
}

/// `Fee income was behind budget`: words that the levels of the metric they are said of contradict.
fn of_named(deck: &Deck, movements: &Movements<'_>, findings: &mut Vec<Finding>) {
    let said: BTreeSet<Place> = findings.iter().map(|finding| finding.place).collect();
    for (document_at, document) in deck.documents.iter().enumerate() {
        for (block_at, block) in document.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Quote(_)) {
                continue;
            }
            for told in told::contradicted(deck, movements, (document_at, block_at)) {
                if said.contains(&told.words) {
                    continue;
                }
                let label = &deck.vocabulary.term(told.metric).label;
                let message = format!("“{}” does not fit {label}: {}", deck.files.slice(told.words), told.fact);
                findings.push(contradiction(message, told.words, block.slide, told.confidence, told.related));
            }
        }
    }
}

/// Whether the words say up; `None` when that depends on what nobody has said.
fn upward(deck: &Deck, claim: &Claim, direction: Direction) -> Option<bool> {
    let better = claim.metric.and_then(|id| deck.vocabulary.term(id).polarity());
    match (direction, better) {
        (Direction::Up, _) => Some(true),
        (Direction::Down, _) => Some(false),
        (Direction::Better, Some(better)) => Some(better == Better::Up),
        (Direction::Worse, Some(better)) => Some(better == Better::Down),
        _ => None,
    }
}

/// `Churn of 2.1%, ahead of the target of 2.5%`: of what should be low, that is said of less and of more.
fn may_be_good(deck: &Deck, claim: &Claim, words: Place) -> bool {
    let judging = stems(deck.files.slice(words)).iter().any(|stem| is_judging(stem) || stem == "light");
    let term = claim.metric.map(|id| deck.vocabulary.term(id));
    judging
        && term.is_some_and(|term| match term.polarity() {
            Some(better) => better == Better::Down,
            None => may_be_bad(&term.label),
        })
}

/// Two levels of one sentence: this one and the one that it came from or is compared with.
fn levels(deck: &Deck, claim: &Claim, words: Place, up: bool) -> Option<(String, Vec<Related>)> {
    // The word stands before the later level (`rose to $A from $B`) or between the two (`$A, ahead of the $B`).
    let [earlier, later] = claim.operands;
    let planned = !claim.is_actual();
    // `lower than plan at £99.4m (budget: £101.0m)`.
    let than = || {
        let flow = deck.flow_of(claim)?;
        Some(flow.text().get(flow.range(words.span)?.end..)?.trim_start().starts_with("than "))
    };
    let beside = || stems(deck.files.slice(words)).iter().any(|stem| is_beside_a_plan(stem)) || than().unwrap_or(false);
    let (now, then) = match (earlier, later) {
        // `to 189% from 204%, above the 100% required`: said of what was reached, wherever it came from.
        (Some(_), None) if planned && beside() => (outcome(deck, claim)?, claim),
        // `to 34.2% from 35.3%, inside the 50% covenant`: nothing moved to a limit.
        (Some(then), None) if planned && deck.claims.get(then)?.is_actual() => return None,
        (Some(then), None) => (claim, deck.claims.get(then)?),
        (None, Some(plan)) if !planned && beside() && !deck.claims.get(plan)?.is_actual() => {
            (claim, deck.claims.get(plan)?)
        }
        // `fell to A before recovering to B`: the word is of what led to A, and B has its own.
        (None, Some(now))
            if leads_to(deck, claim, words) && deck.claims.get(now)?.place.span.start > claim.place.span.start =>
        {
            return None;
        }
        // `slipped to B after rising to A`.
        (None, Some(_)) if leads_to(deck, claim, words) && participle(deck, words) => return None,
        (None, Some(now)) => (deck.claims.get(now)?, claim),
        (None, None) => (outcome(deck, claim)?, claim),
        _ => return None,
    };
    // `below the 50 budgeted, though up on 46 a year ago`: nothing moved to what was before.
    let ends = |period: Period| period.bounds(&deck.calendar).1;
    if now.period.zip(then.period).is_some_and(|(now, then)| ends(now) < ends(then)) {
        return None;
    }
    // Two numbers of one time and scenario are not a movement, whatever word stands beside them.
    if now.period.is_some() && now.period == then.period && now.scenario == then.scenario {
        return None;
    }
    let size = |quantity: &Quantity| quantity.magnitude();
    let (a, b) = (size(&now.quantity), size(&then.quantity));
    let against = if up { is_less(&a, &b) } else { is_less(&b, &a) };
    // A suspect level is its own finding; its words cannot be judged by it.
    if !against || !now.quantity.unit.comparable(&then.quantity.unit) || now.quantity.sign != then.quantity.sign {
        return None;
    }
    let (shown, before) = (wording::shown(deck, now), wording::shown(deck, then));
    let fact = if up { "is less than" } else { "is more than" };
    Some((format!("{shown} {fact} {before}"), vec![wording::related(deck, now), wording::related(deck, then)]))
}

/// Whether nothing but `to` stands between a word and the number.
fn leads_to(deck: &Deck, claim: &Claim, words: Place) -> bool {
    let between = || {
        let flow = deck.flow_of(claim)?;
        let (word, number) = (flow.range(words.span)?, flow.range(claim.place.span)?);
        Some(flow.text().get(word.end..number.start)?.trim() == "to")
    };
    between().unwrap_or(false)
}

/// `after rising`: a movement before the one that the sentence tells.
fn participle(deck: &Deck, words: Place) -> bool {
    deck.files.slice(words).trim().ends_with("ing")
}

/// `74.6% (75.8% in September), ahead of the trajectory of 76.0%`: the actual figure of the same sentence that a plan's is set beside.
fn outcome<'a>(deck: &'a Deck, plan: &Claim) -> Option<&'a Claim> {
    let at = deck.claims.partition_point(|other| (other.document, other.place.span) < (plan.document, plan.place.span));
    let same = |other: &&Claim| {
        (other.metric, other.period, &other.segment) == (plan.metric, plan.period, &plan.segment)
            && other.measure == Measure::Level
            && other.is_actual()
    };
    let near = deck.claims[..at].iter().rev().take(6).take_while(|other| other.document == plan.document);
    let mut found = near.take_while(|other| other.sentence.is_some() && other.sentence == plan.sentence).filter(same);
    found.next().filter(|_| !plan.is_actual() && plan.sentence.is_some())
}

/// A change whose size is right and whose words point the other way.
fn change(deck: &Deck, movements: &Movements<'_>, at: usize, up: bool) -> Option<(String, Vec<Related>)> {
    let claim = &deck.claims[at];
    // `favourable` says which way only of a metric whose good way is known, so that the source takes the number either way.
    let judged =
        matches!(claim.direction, Some(Direction::Better | Direction::Worse)) && claim.quantity.sign == Sign::None;
    if !judged && matches!(deck.verdicts.get(at), Some(Verdict::Ties(_))) {
        return None;
    }
    // A loss that is smaller is a result that is greater.
    let level = claim
        .metric
        .zip(claim.period)
        .and_then(|(metric, period)| movements.level_of(metric, period, scenario::ACTUAL, claim.segment.as_deref()));
    if !judged && level.is_some_and(|(level, _)| level.low < Decimal::ZERO) {
        return None;
    }
    let expected = match movements.expected(at) {
        none if none.is_empty() => on_either_base(deck, movements, claim),
        expected => expected,
    };
    if expected.is_empty() {
        return None;
    }
    let said = if up { Direction::Up } else { Direction::Down };
    let read = judged.then(|| Claim { direction: Some(said), ..claim.clone() });
    let read = read.as_ref().unwrap_or(claim);
    if expected.iter().any(|one| one.holds(read)) {
        return None;
    }
    let one = expected.iter().find(|one| one.holds_in_size(read))?;
    Some((format!("{} gives {}", one.how, wording::between(claim, one.interval)), one.related()))
}

/// `Missed appointments fell 0.2pp`, of which nobody says on what: what it should be on the period before and on the year before.
fn on_either_base(deck: &Deck, movements: &Movements<'_>, claim: &Claim) -> Vec<Expected> {
    let exact = claim.quantity.qualifier == Qualifier::Exact && !claim.quantity.in_words;
    let open = claim.base.is_none() && claim.measure != Measure::Variance && claim.cell.is_none() && !claim.loose;
    // Amounts without a base are of many things, unless several digits fit; points and growth are of what is named.
    // `net income less $1.2M of losses` moves nothing.
    let moves = || {
        let said = claim.mover.map(|mover| stems(deck.files.slice(mover))).unwrap_or_default();
        said.iter().any(|stem| says_movement(stem).is_some())
    };
    // Few measures go by days or minutes: a small number of them is of the one that is named.
    let told = significant(&claim.quantity) >= 2 || matches!(claim.quantity.unit, Unit::Duration(_));
    let amount = claim.confidence == Confidence::High && told && moves();
    let rate = matches!(claim.quantity.unit, Unit::Points | Unit::BasisPoints) || claim.measure == Measure::Growth;
    let plain = rate || amount;
    let Some(period) = claim.period.filter(|_| open && plain && exact && !claim.blocked) else { return Vec::new() };
    let on = |base| Claim { base: Some(Base::Period(base)), ..claim.clone() };
    let before = movements.expected_of(&on(period.before()));
    // Without the period before, the nearest that may be meant is not known.
    if before.is_empty() {
        return before;
    }
    before.into_iter().chain(movements.expected_of(&on(period.year_before()))).collect()
}

fn finding(deck: &Deck, claim: &Claim, words: Place, message: String, related: Vec<Related>) -> Finding {
    let message = format!("“{}” does not fit {}: {message}", deck.files.slice(words), wording::subject(deck, claim));
    contradiction(message, words, claim.slide, claim.confidence, related)
}

/// A finding at the words that levels contradict.
fn contradiction(
    message: String,
    words: Place,
    slide: usize,
    confidence: Confidence,
    related: Vec<Related>,
) -> Finding {
    Finding {
        confidence,
        related,
        help: Some("check which of the two is meant: the word or the numbers".to_owned()),
        ..Finding::at(DirectionMismatch.name(), Level::Error, message, words, Some(slide))
    }
}

#[cfg(test)]
mod tests;
