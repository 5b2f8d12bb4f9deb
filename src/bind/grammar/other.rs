//! Numbers of a metric that are another's, or the company's own on another footing or in a case that is only supposed.
//!
//! Enters: a quantity's place in its sentence. Leaves: whether it is such a number.
//! Invariant: what is set aside here has the metric's name and not its value; where the source states that very number, `confirm`
//! finds so.

use super::fits::is_counted;
use super::light::is_light;
use super::{Reader, Role};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::quantity::Qualifier;

impl Reader<'_> {
    /// Whether the number is one that only goes by the metric's name.
    pub(super) fn is_of_other(&self) -> bool {
        self.is_had_by_another() || self.is_on_another_footing() || self.is_of_a_case() || self.is_some_of()
    }

    /// `The Lyon plant had sales of €41m`, `By comparison, Northwind reports a gross margin of 68%`, `The Berlin office has 41 employees`:
    /// whose metric it is stands before a verb of having, and is neither we nor a part that is known.
    fn is_had_by_another(&self) -> bool {
        let slot = self.slot();
        let clause = self.clause_items();
        let had = |item: &Item| item.is_word(HAVING) || item.is_word(BOOKING);
        let is = |item: &Item| item.kind == Kind::Cue(Cue::Is);
        let counted =
            is_counted(&slot.quantity.unit) && matches!(slot.after, [Item { kind: Kind::Metric(..), .. }, ..]);
        let verb = clause.iter().rposition(|item| had(item) || counted && is(item));
        let Some(verb) = verb.filter(|_| slot.role == Role::Level) else { return false };
        let plain = |item: &Item| match &item.kind {
            Kind::Word(stem) => is_light(stem),
            Kind::Metric(..) | Kind::Period(_) | Kind::Scenario(_) | Kind::Cue(Cue::Of | Cue::Is) => true,
            _ => false,
        };
        if !clause[verb + 1..].iter().all(plain) {
            return false;
        }
        let subject = subject(&clause[..verb]);
        // `Priya reported that …` says what follows in a clause of its own: its metric has a verb.
        let known = |item: &Item| matches!(item.kind, Kind::Segment(_) | Kind::Metric(..) | Kind::Quantity(_));
        !subject.iter().any(known) && subject.iter().any(is_somebody)
    }

    /// `EBIT before restructuring was €20.8m`, `248 (262 with contractors)`, `1.8%, or 7.2% annualised`, `$10.4M at constant currency`.
    fn is_on_another_footing(&self) -> bool {
        let slot = self.slot();
        let constant = |two: &[Item]| {
            two[0].is_word(&["constant"]) && two[1].is_word(&["currency", "exchange", "rate", "fx", "price"])
        };
        if self.clause_items().windows(2).any(constant) || slot.after.windows(2).any(constant) {
            return true;
        }
        if slot.role != Role::Level {
            return false;
        }
        // `EBIT before restructuring was`: between the name and the number.
        let name = slot.before.iter().rposition(|item| matches!(item.kind, Kind::Metric(..)));
        if let Some([before, of, ..]) = name.map(|at| &slot.before[at + 1..])
            && before.is_word(&["before", "without"])
            && matches!(&of.kind, Kind::Word(_) | Kind::Metric(..))
        {
            return true;
        }
        // A second figure of the same thing, with a word that says how it differs.
        let Some(previous) = self.at.checked_sub(1).map(|at| &self.slots[at]) else { return false };
        let again = slot.is_bracketed() || matches!(slot.before, [.., Item { kind: Kind::Cue(Cue::Or), .. }]);
        let differs = match slot.after.first().map(|item| &item.kind) {
            Some(Kind::Word(stem)) => {
                !matches!(stem.as_str(), "before" | "then" | "ago" | "earlier" | "previously" | "for" | "on" | "with")
                    || stem == "with" && slot.after.len() > 1
            }
            Some(Kind::Cue(cue)) => matches!(cue, Cue::Part | Cue::Because),
            _ => false,
        };
        again && differs && previous.role == Role::Level && previous.quantity.unit.comparable(&slot.quantity.unit)
    }

    /// `payable once ARR passes $60M`, `If churn rose to 3%, …`, `With churn of 3%, ARR would be $44.1M`, `In the downside case revenue is $9.8M`.
    fn is_of_a_case(&self) -> bool {
        let head = &self.items[..self.slot().at];
        // `Downside: ARR $41M`, `Upside case: ARR $48M`.
        let colon = head.iter().position(|item| item.kind == Kind::Break(Break::Colon));
        let led = colon.is_some_and(|colon| {
            let case = |item: &Item| item.is_word(&["case", "scenario"]);
            matches!(&head[..colon], [first, rest @ ..] if first.is_word(CASES) && rest.iter().all(case))
        });
        if led {
            return true;
        }
        let case = |two: &[Item]| two[1].is_word(&["case", "scenario"]) && is_supposed(&two[0]);
        if head.windows(2).any(case) {
            return true;
        }
        let bound = matches!(
            self.slot().quantity.qualifier,
            Qualifier::MoreThan | Qualifier::LessThan | Qualifier::AtLeast | Qualifier::AtMost
        );
        if bound && self.clause_items().iter().any(|item| item.is_word(&["once", "when", "until", "if", "unless"])) {
            return true;
        }
        // `The Board is asked to approve headcount of 530`, `We need cash of $5M to get there`.
        const WANTED: &[&str] =
            &["need", "require", "approve", "authorise", "authorize", "request", "propose", "seek", "recommend"];
        if self.clause_items().iter().any(|item| item.is_word(WANTED)) {
            return true;
        }
        let Some(first) = self.items.iter().find(|item| !matches!(item.kind, Kind::Break(_))) else { return false };
        let would = |item: &Item| item.kind == Kind::Cue(Cue::Would);
        first.is_word(&["if", "unless"])
            || first.is_word(&["with", "at", "were", "assuming"]) && self.items.iter().any(would)
    }

    /// `£1.3m of income is restricted`, `We hold $20.0M of our cash in bonds`: what is told of some of it.
    fn is_some_of(&self) -> bool {
        let strange = |item: &Item| match &item.kind {
            Kind::Word(stem) => !is_light(stem) || stem.ends_with("ed") && !BOOKING.contains(&stem.as_str()),
            Kind::Cue(Cue::Move(_) | Cue::Of) => true,
            _ => false,
        };
        let [of, Item { kind: Kind::Metric(..), .. }, link, told, ..] = self.slot().after else { return false };
        let links =
            link.kind == Kind::Cue(Cue::Is) || link.kind == Kind::Cue(Cue::Of) && matches!(told.kind, Kind::Word(_));
        of.kind == Kind::Cue(Cue::Of) && links && strange(told)
    }
}

/// Verbs with which somebody has a metric, beside those by which it comes about.
const HAVING: &[&str] = &[
    "had",
    "has",
    "have",
    "having",
    "post",
    "deliver",
    "generate",
    "record",
    "report",
    "achieve",
    "earn",
    "made",
    "make",
    "saw",
    "contributed",
    "produced",
    "ran",
    "run",
    "employed",
    "employ",
];

/// Verbs by which all of a metric comes about.
const BOOKING: &[&str] = &[
    "recorded",
    "reported",
    "generated",
    "achieved",
    "booked",
    "earned",
    "delivered",
    "posted",
    "recognised",
    "recognized",
];

/// The words right before a verb that say who does it: behind the last comma, or before it where the verb follows at once.
fn subject(head: &[Item]) -> &[Item] {
    let mut head = head;
    // `Northwind (listed) reports`, `Northwind, the largest of them, reports`.
    while let [rest @ .., Item { kind: Kind::Break(_), .. }] = head {
        head = rest;
    }
    let breaks = |item: &Item| matches!(item.kind, Kind::Break(Break::Comma | Break::And | Break::Colon));
    let start = head.iter().rposition(breaks).map_or(0, |at| at + 1);
    &head[start..]
}

/// Whether a word may be whoever has a metric, and is none of the words by which a company speaks of itself and its results.
fn is_somebody(item: &Item) -> bool {
    const SELF: &[&str] = &[
        "management",
        "board",
        "director",
        "team",
        "trust",
        "charity",
        "society",
        "association",
        "school",
        "university",
        "college",
        "bank",
        "hospital",
        "council",
        "business",
        "organisation",
        "organization",
        "firm",
        "practice",
        "foundation",
        "academy",
        "fund",
        "authority",
        "result",
        "figure",
        "report",
        "account",
        "performance",
        "season",
        "week",
        "day",
        "period",
        "time",
    ];
    match &item.kind {
        Kind::Word(stem) => !is_light(stem) && !SELF.contains(&stem.as_str()),
        _ => false,
    }
}

/// What cases are called.
const CASES: &[&str] = &[
    "adverse",
    "downside",
    "upside",
    "stress",
    "stressed",
    "severe",
    "worst",
    "best",
    "bull",
    "bear",
    "optimistic",
    "pessimistic",
    "low",
    "high",
];

/// Whether a word says of a case that it is one of several that may come.
fn is_supposed(item: &Item) -> bool {
    item.is_word(CASES) || matches!(item.kind, Kind::Cue(Cue::Noun(_) | Cue::Rated(_) | Cue::Move(_)))
}
