//! A second list of numbers beside the same names: `Revenue and EBITDA were $a and $b, against budgets of $c and $d`.
//!
//! Enters: the readings of a sentence and which names its lists belong to. Leaves: the same readings, where what the sentence says once of
//! the second list holds for all of it. Invariant: a time or plan is only lent within a list, and only where all that have one agree.

use super::list::Pairing;
use super::slot::Slot;
use super::{Kind, Reading};
use crate::bind::sentence::Item;

/// Lends the time and the plan that one number of a second list has to the others of it.
pub(super) fn lend(items: &[Item], slots: &[Slot<'_>], pairing: &Pairing, readings: &mut [Reading]) {
    let name = |at: usize| {
        let names = pairing.with.get(&slots.get(at)?.at)?;
        names.iter().copied().find(|name| matches!(items[*name].kind, Kind::Metric(..) | Kind::Segment(_)))
    };
    let mut at = 0;
    while let Some(first) = (at < slots.len()).then(|| name(at)) {
        let length =
            (at..slots.len()).take_while(|&next| name(next).is_some_and(|own| next == at || Some(own) != first));
        let length = length.count().max(1);
        let second = at + length;
        let again =
            length > 1 && (0..length).all(|nth| name(at + nth).is_some() && name(at + nth) == name(second + nth));
        if again {
            let (before, own) = readings.split_at_mut(second);
            share(&before[at..], &mut own[..length]);
        }
        at = second;
    }
}

/// Shares what sets numbers of a list apart from those of the list before it.
fn share(before: &[Reading], own: &mut [Reading]) {
    let pairs = || own.iter().zip(before);
    let period = only(pairs().filter(|(own, before)| own.period != before.period).filter_map(|(own, _)| own.period));
    let plans = pairs().filter(|(own, before)| own.scenario != before.scenario);
    let plan = only(plans.filter_map(|(own, _)| own.scenario.clone()));
    if period.is_none() && plan.is_none() {
        return;
    }
    for (reading, before) in own.iter_mut().zip(before) {
        // What nothing else is said of is of the same time, or the same plan, as what stands above it in the list before.
        let period = period.or(reading.period).or(before.period);
        let plan = plan.clone().or_else(|| reading.scenario.clone());
        if reading.period != period || reading.scenario != plan {
            reading.period = period;
            reading.scenario = plan;
            reading.evidence.push("with the others of its list".to_owned());
        }
    }
}

/// The one value that all have.
fn only<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}
