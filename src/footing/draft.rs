//! Totals that are missed, and which cell most likely is wrong.
//!
//! Enters (from `search`): gaps between totals and their parts along one axis. Leaves: [`Miss`]es, with the other axis heard.
//! Invariant: a cell that a sum along the other axis vouches for is no suspect while another is left.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::reading::Gap;
use super::slip::{self, Slip, Wanted};
use super::strip::Amount;
use super::{At, Miss, Suspect};
use crate::finding::{CauseKind, Confidence};

/// How plainly a line says that it is a total.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Plainness {
    /// Not at all: only the numbers could say so.
    Unlabelled,
    /// A blank label under parts, a year after its quarters.
    Implicit,
    /// `Total`.
    Explicit,
}

/// What footing along one axis brought to light.
#[derive(Default, Debug)]
pub(super) struct Footing {
    /// Totals that are missed.
    drafts: Vec<Draft>,
    /// Cells that a sum which adds up vouches for.
    confirmed: BTreeSet<At>,
    /// The misses that each cell takes part in, with what it would have to be.
    wanted: BTreeMap<At, Vec<(usize, Wanted)>>,
}

impl Footing {
    /// Takes down a total that is missed.
    pub(super) fn missed(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// Takes down cells whose sum adds up.
    pub(super) fn vouch(&mut self, cells: impl Iterator<Item = At>) {
        self.confirmed.extend(cells);
    }

    /// The totals that are missed.
    pub(super) fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.iter()
    }

    /// Puts together what belongs together, once all is taken down.
    pub(super) fn finish(&mut self) {
        self.chain();
        for (index, draft) in self.drafts.iter().enumerate() {
            for (at, wanted) in draft.cells() {
                self.wanted.entry(at).or_default().push((index, wanted));
            }
        }
    }

    /// A wrong total is missed again where it is a part: the second miss is evidence for the first, not another one.
    fn chain(&mut self) {
        let totals: BTreeMap<At, usize> = self.drafts.iter().enumerate().map(|(at, draft)| (draft.total, at)).collect();
        let mut again = vec![false; self.drafts.len()];
        let mut chained = Vec::new();
        for (index, draft) in self.drafts.iter().enumerate() {
            for (at, wanted) in draft.cells().filter(|(at, _)| *at != draft.total) {
                let Some(&earlier) = totals.get(&at) else { continue };
                if wanted_total(&self.drafts[earlier].gap).meets(&wanted) {
                    again[index] = true;
                    chained.push(earlier);
                }
            }
        }
        chained.into_iter().for_each(|earlier| self.drafts[earlier].chained = true);
        let mut keep = again.into_iter().map(|again| !again);
        self.drafts.retain(|_| keep.next().unwrap_or(true));
    }
}

/// A miss before the other axis is heard.
#[derive(Debug)]
pub(super) struct Draft {
    /// The total.
    pub(super) total: At,
    /// Its parts, with whether each is taken away.
    pub(super) parts: Vec<(At, bool, Amount)>,
    /// By how much they miss it.
    pub(super) gap: Gap,
    /// Lanes in which the same parts add up.
    pub(super) proofs: usize,
    /// Lanes in which they do not.
    pub(super) failing: usize,
    /// How plainly the line is a total.
    pub(super) plainness: Plainness,
    /// Whether the same correction of the total puts another miss right.
    pub(super) chained: bool,
}

/// How far rounding alone can take a sum and its total apart.
fn slack(gap: &Gap) -> Decimal {
    let width = |amount: &Amount| (amount.high - amount.low) / Decimal::TWO;
    width(&gap.sum) + width(&gap.total)
}

/// Where the total should have been.
pub(super) fn wanted_total(gap: &Gap) -> Wanted {
    let slack = slack(gap);
    Wanted { value: gap.sum.value, low: gap.sum.value - slack, high: gap.sum.value + slack }
}

impl Draft {
    /// Where a part should have been.
    fn wanted_part(&self, negated: bool, amount: Amount) -> Wanted {
        let difference = self.gap.total.value - self.gap.sum.value;
        let value = if negated { amount.value - difference } else { amount.value + difference };
        let slack = slack(&self.gap);
        Wanted { value, low: value - slack, high: value + slack }
    }

    /// The cells of the miss, the total last, each with where it should have been.
    fn cells(&self) -> impl Iterator<Item = (At, Wanted)> {
        let parts = self.parts.iter().map(|&(at, negated, amount)| (at, self.wanted_part(negated, amount)));
        parts.chain([(self.total, wanted_total(&self.gap))])
    }

    /// Hears the other axis, finds the suspect and decides whether the evidence is enough.
    pub(super) fn settle(&self, other: &Footing) -> Option<Miss> {
        let crossed = self.crossing(other);
        let suspect = match crossed {
            Some((suspect, _)) => suspect,
            None if self.chained => self.explain_total().0,
            None => self.suspect(&other.confirmed),
        };
        let plug = suspect.cause == Some(CauseKind::RoundingPlug);
        let proven = match self.plainness {
            _ if crossed.is_some() || self.chained => true,
            Plainness::Explicit if self.proofs == 0 => suspect.at == self.total && suspect.cause.is_some() && !plug,
            Plainness::Explicit if self.proofs < self.failing => false,
            Plainness::Explicit => suspect.cause.is_some() || (self.proofs >= self.failing && !self.is_average()),
            Plainness::Implicit => suspect.cause.is_some() && !plug && self.failing == 1,
            Plainness::Unlabelled => {
                (suspect.cause.is_some() || self.is_swapped(&other.confirmed)) && !plug && self.failing == 1
            }
        };
        let sure = (self.plainness == Plainness::Explicit && suspect.cause.is_some()) || crossed.is_some();
        proven.then(|| Miss {
            total: self.total,
            parts: self.parts.iter().map(|&(at, negated, _)| (at, negated)).collect(),
            sum: self.gap.sum,
            suspect,
            confidence: if sure { Confidence::High } else { Confidence::Medium },
            crossed: crossed.map(|(_, total)| total),
        })
    }

    /// The one cell whose correction also puts a miss along the other axis right, with that miss's total.
    fn crossing(&self, other: &Footing) -> Option<(Suspect, At)> {
        let mut found = None;
        let suspects = self.parts.iter().map(|part| (part.0, part.2)).chain([(self.total, self.gap.total)]);
        for ((at, mine), (_, amount)) in self.cells().zip(suspects) {
            let theirs = other.wanted.get(&at).into_iter().flatten();
            for (index, _) in theirs.filter(|(_, theirs)| mine.meets(theirs)) {
                let total = other.drafts.get(*index)?.total;
                if found.replace((explain(at, amount, &mine).0, total)).is_some() {
                    return None;
                }
            }
        }
        found
    }

    /// Whether two swapped digits in several parts would each explain the miss, so that one of them is to blame and nobody can say which.
    fn is_swapped(&self, confirmed: &BTreeSet<At>) -> bool {
        let open = self.parts.iter().filter(|(at, ..)| !confirmed.contains(at));
        let slip =
            |&(at, negated, amount): &(At, bool, Amount)| explain(at, amount, &self.wanted_part(negated, amount)).1;
        open.filter_map(slip).filter(|slip| slip.cause == CauseKind::TransposedDigits).count() > 1
    }

    /// The total, with the slip that explains it.
    fn explain_total(&self) -> (Suspect, Option<Slip>) {
        explain(self.total, self.gap.total, &wanted_total(&self.gap))
    }

    /// The suspect on this axis's evidence: the total, unless the other axis vouches for it or one part's slip explains the miss better.
    fn suspect(&self, confirmed: &BTreeSet<At>) -> Suspect {
        if let Some(plug) = self.plug() {
            return plug;
        }
        let (total, own) = self.explain_total();
        let vouched = confirmed.contains(&self.total);
        let open = self.parts.iter().filter(|(at, ..)| !confirmed.contains(at));
        let open = open.map(|&(at, negated, amount)| explain(at, amount, &self.wanted_part(negated, amount)));
        let open: Vec<(Suspect, Option<Slip>)> = open.collect();
        if vouched && let [(only, _)] = open.as_slice() {
            return *only;
        }
        let own = own.filter(|_| !vouched).map(|slip| slip.rank());
        let least = open.iter().filter_map(|(_, slip)| slip.map(|slip| slip.rank())).min();
        let mut best = open.iter().filter(|(_, slip)| least.is_some() && slip.map(|slip| slip.rank()) == least);
        match (best.next(), best.next()) {
            (Some((part, _)), None) if own.is_none_or(|own| least.is_some_and(|least| least < own)) => *part,
            _ => total,
        }
    }

    /// Off by no more than a unit or two beyond what rounding explains: a total that was made of unrounded parts, or plugged.
    fn plug(&self) -> Option<Suspect> {
        let unit = self.gap.total.resolution.max(self.gap.sum.resolution);
        let excess = (self.gap.total.value - self.gap.sum.value).abs() - slack(&self.gap);
        let exact = slack(&self.gap).is_zero();
        (!exact && excess <= unit * Decimal::TWO).then_some(Suspect {
            at: self.total,
            cause: Some(CauseKind::RoundingPlug),
            meant: self.gap.sum.value,
        })
    }

    /// Whether the total lies among its parts, as an average or a price does.
    fn is_average(&self) -> bool {
        is_among(self.gap.total, &self.parts)
    }
}

/// Whether a total lies among its parts.
pub(super) fn is_among(total: Amount, parts: &[(At, bool, Amount)]) -> bool {
    let values = || parts.iter().map(|(_, _, amount)| amount.value);
    let (least, most) = (values().min().unwrap_or_default(), values().max().unwrap_or_default());
    least >= Decimal::ZERO && least <= total.value && total.value <= most
}

/// A cell with the slip that explains it.
fn explain(at: At, amount: Amount, wanted: &Wanted) -> (Suspect, Option<Slip>) {
    let slip = slip::find(amount, wanted);
    let meant = slip.map_or(wanted.value, |slip| slip.meant);
    (Suspect { at, cause: slip.map(|slip| slip.cause), meant }, slip)
}
