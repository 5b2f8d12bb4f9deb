//! Numbers that are what is left of a sentence's subject, or what it adds up to.
//!
//! Enters: a quantity's place in its sentence. Leaves: whether it is of something else than what is named before it.
//! Invariant: what is taken off or added makes another figure of the same name, which is never held against it.

use super::Reader;
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Item, Kind};
use crate::period::Period;
use crate::quantity::Unit;
use crate::source::PeriodType;
use crate::vocabulary::MetricId;

impl Reader<'_> {
    /// `profit was £4.35m and tax £1.1m, leaving £3.25m`: what is left of a flow is something else; of a balance it is the balance.
    pub(super) fn is_left_of(&self, id: MetricId) -> bool {
        let left = matches!(self.slot().before.last().map(|item| &item.kind), Some(Kind::Word(stem)) if matches!(stem.as_str(), "leaving" | "giving" | "yielding"));
        let flow = self.scope.vocabulary.term(id).period_type == Some(PeriodType::Duration);
        left && flow && self.named_after().is_none()
    }

    /// `We used $41.7m of cash`, `generated $12m of cash`: what of a stock comes or goes is not the stock.
    pub(super) fn is_flow_of_stock(&self, id: MetricId) -> bool {
        const FLOWS: &[&str] = &[
            "used",
            "using",
            "use",
            "consumed",
            "consuming",
            "burned",
            "burnt",
            "burning",
            "absorbed",
            "absorbing",
            "generated",
            "generating",
            "generate",
            "released",
            "releasing",
            "raised",
            "raising",
            "spent",
            "drew",
        ];
        let slot = self.slot();
        let verb =
            slot.before.iter().rev().find(|item| !matches!(&item.kind, Kind::Word(stem) if stem.ends_with("ly")));
        let flows = matches!(verb.map(|item| &item.kind), Some(Kind::Word(stem)) if FLOWS.contains(&stem.as_str()));
        let of = slot.after.first().is_some_and(|item| item.kind == Kind::Cue(Cue::Of));
        let stock = self.scope.vocabulary.term(id).period_type != Some(PeriodType::Duration);
        flows && of && stock && matches!(slot.quantity.unit, Unit::Currency(_))
    }

    /// `so that events have netted just £29,890`: what is left of something once its costs are taken off is another thing.
    pub(super) fn is_netted(&self) -> bool {
        let netted = |item: &Item| item.is_word(&["netted", "netting"]);
        let before = self.slot().before;
        let verb = before.iter().rposition(netted);
        verb.is_some_and(|at| before[at + 1..].iter().all(|item| matches!(item.kind, Kind::Word(_))))
    }

    /// `the £180,000 that excludes events`: a figure that something is left out of is another one.
    pub(super) fn leaves_out(&self) -> bool {
        let excludes = |item: &Item| item.is_word(&["exclude", "omit"]);
        match self.slot().after {
            [Item { kind: Kind::Word(that), .. }, verb, ..] if matches!(that.as_str(), "that" | "which") => {
                excludes(verb)
            }
            [verb, ..] => excludes(verb),
            [] => false,
        }
    }

    /// `5.8p, making 8.4p for the year`: a sum that the number before is a part of, at the time which both are of.
    pub(super) fn is_sum_of_parts(&self, own: Option<Period>, before: Option<Period>) -> bool {
        let making = matches!(self.slot().before.last().map(|item| &item.kind), Some(Kind::Word(stem)) if matches!(stem.as_str(), "making" | "make"));
        let alike = self.at.checked_sub(1).is_some_and(|at| {
            self.slots[at].quantity.unit == self.slot().quantity.unit && self.slots[at].role.is_level()
        });
        making && alike && own.is_some() && own == before && self.named_after().is_none()
    }
}
