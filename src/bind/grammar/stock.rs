//! Numbers that come to a stock of things, go from it, or are of some of it.
//!
//! Enters: a quantity's place in its sentence. Leaves: whether it counts less than all that there are. Invariant: what is had or stated is
//! all of them, and so is all that passes through a business.

use super::Reader;
use super::fits::is_counted;
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Direction;
use crate::source::PeriodType;
use crate::vocabulary::MetricId;

impl Reader<'_> {
    /// `We added 3 pharmacies in March`, `closed 4 stores`, `refurbished 12 hotels`: whether the number counts what came to, went from,
    /// or was done with some of, a stock of things. What is had or stated is all of them.
    pub(super) fn is_coming_or_going(&self, id: MetricId) -> bool {
        let term = self.scope.vocabulary.term(id);
        if term.period_type == Some(PeriodType::Duration) || !is_counted(&self.slot().quantity.unit) {
            return false;
        }
        // `The customer count crossed a thousand`: what is told of the whole.
        let subject = self.slot().before.iter().any(|item| matches!(item.kind, Kind::Metric(..)));
        let of_some = |stem: &str| (COMES.contains(&stem) || !subject && is_done(stem)) && !term.speaks_of(stem);
        let counted = |stem: &str| {
            (lexicon::is_transparent(stem) || matches!(stem, "net" | "new" | "additional" | "extra"))
                && !is_done(stem)
                && !COMES.contains(&stem)
        };
        // `84 in Q4 and 315 in the year`: the same was done with these.
        let joins = |item: &Item| matches!(item.kind, Kind::Break(Break::Comma | Break::And) | Kind::Cue(Cue::Versus));
        if let (Some(at), true) = (self.at.checked_sub(1), !self.slot().before.is_empty())
            && self.slot().before.iter().all(joins)
            && self.slot().after.first().is_none_or(|item| !matches!(item.kind, Kind::Metric(..)))
        {
            return Reader { at, ..*self }.is_coming_or_going(id);
        }
        let light = |item: &&Item| matches!(&item.kind, Kind::Word(stem) if counted(stem));
        // `handed over`, `took on`.
        let particle = |item: &&Item| matches!(item.kind, Kind::Cue(Cue::Over(Direction::Up)));
        let before = self.slot().before.iter().rev().skip_while(particle).find(|item| !light(item));
        // `Customers won: 131`, `Customers won in the quarter: 131`.
        let own = self.slot().before;
        let label = own.last().is_some_and(|item| item.kind == Kind::Break(Break::Colon))
            && own.windows(2).any(|two| match (&two[0].kind, &two[1].kind) {
                (Kind::Metric(..), Kind::Word(stem)) => {
                    COMES.contains(&stem.as_str()) || matches!(stem.as_str(), "won" | "lost" | "gained")
                }
                _ => false,
            });
        let behind = match self.slot().after {
            [Item { kind: Kind::Metric(..), .. }, Item { kind: Kind::Word(stem), .. }] => {
                of_some(stem) || stem == "left"
            }
            // `194 were added in the quarter`.
            [is, Item { kind: Kind::Word(stem), .. }, ..] if is.kind == Kind::Cue(Cue::Is) => of_some(stem),
            // `12 stores under construction`, `in planning`.
            [
                Item { kind: Kind::Metric(..), .. },
                Item { kind: Kind::Cue(Cue::Over(_) | Cue::Of), .. },
                Item { kind: Kind::Word(stem), .. },
                ..,
            ] => matches!(
                stem.as_str(),
                "construction" | "development" | "planning" | "progress" | "refurbishment" | "conversion"
            ),
            _ => false,
        };
        label || behind || matches!(before.map(|item| &item.kind), Some(Kind::Word(stem)) if of_some(stem))
    }

    /// `the best growth of the four`: how many those are that were spoken of.
    pub(super) fn is_of_those(&self) -> bool {
        let slot = self.slot();
        let of = slot.before.last().is_some_and(|item| item.kind == Kind::Cue(Cue::Of));
        let named = matches!(slot.after.first().map(|item| &item.kind), Some(Kind::Metric(..)));
        of && self.is_led(slot.at) && slot.quantity.in_words && slot.quantity.noun.is_none() && !named
    }
}

/// Verbs whose object comes to a stock or goes from it, whoever their subject is.
const COMES: &[&str] = &[
    "added",
    "opened",
    "acquired",
    "bought",
    "built",
    "signed",
    "won",
    "hired",
    "recruited",
    "launched",
    "lost",
    "sold",
    "shed",
    "disposed",
    "closed",
    "completed",
    "adding",
    "opening",
    "hiring",
    "closing",
];

/// Whether a word tells what was done with things, so that its object is some of them: any verb but those of having and stating.
fn is_done(stem: &str) -> bool {
    const STATING: &[&str] = &[
        "had",
        "has",
        "have",
        "having",
        "operated",
        "operating",
        "operate",
        "ran",
        "run",
        "running",
        "owned",
        "employed",
        "employing",
        "served",
        "serving",
        "numbered",
        "held",
        "hold",
        "managed",
        "managing",
        "traded",
        "trading",
        "reported",
        "reporting",
        "report",
        "kept",
        "keep",
        "showed",
        "show",
        "recorded",
        "counted",
        "supported",
        "supporting",
        "maintained",
        "exceeded",
        "averaged",
        "carried",
        "carry",
        "covered",
        "covering",
        "used",
        "using",
        "housed",
        "based",
        "combined",
        "achieved",
        "posted",
        "registered",
        "planned",
        "budgeted",
        "expected",
        "increased",
        "decreased",
        "reduced",
        "improved",
        "existing",
        "remaining",
        "remain",
        "estimated",
        "leaving",
        "left",
        "leave",
        "making",
        "made",
        "do",
        "did",
        "can",
        "may",
        "must",
        "include",
        "included",
        "including",
        "ended",
        "end",
    ];
    lexicon::is_verb(stem) && !STATING.contains(&stem) && !passes_through(stem)
}

/// `We handled 3,118,600 passengers`, `412,600 TEU were moved`: verbs of a business with all that passes through it. What is had in
/// stock is not done with so.
pub(super) fn passes_through(stem: &str) -> bool {
    matches!(
        stem,
        "handled"
            | "processed"
            | "carried"
            | "transported"
            | "flew"
            | "flown"
            | "travelled"
            | "traveled"
            | "passed"
            | "visited"
            | "attended"
            | "treated"
            | "served"
            | "hosted"
            | "dispatched"
            | "shipped"
            | "brewed"
            | "milled"
            | "mined"
            | "poured"
            | "used"
    )
}
