//! Coordinated lists: `A and B were $a and $b, respectively`, `$a, $b and $c for 2019, 2018 and 2017`.
//!
//! Enters: the items of a sentence. Leaves: for each quantity of a list, the member of the other list that it belongs to.
//! Invariant: lists pair only when they have the same length, one to one, in order.

use std::collections::BTreeMap;

use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};

/// What a list says of each of its quantities, by item index.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// Item index of the name or period that the quantity at this item index belongs to.
    pub(super) with: BTreeMap<usize, Vec<usize>>,
    /// Quantities of a list whose counterpart cannot be told.
    pub(super) lost: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    Quantity,
    Period,
    Metric,
    Segment,
}

fn sort(item: &Item) -> Option<Sort> {
    match item.kind {
        Kind::Quantity(_) => Some(Sort::Quantity),
        Kind::Period(_) => Some(Sort::Period),
        Kind::Metric(..) => Some(Sort::Metric),
        Kind::Segment(_) => Some(Sort::Segment),
        _ => None,
    }
}

/// Runs of items of one sort with only commas and conjunctions between.
fn runs(items: &[Item], respectively: bool) -> Vec<(Sort, Vec<usize>)> {
    let mut runs: Vec<(Sort, Vec<usize>)> = Vec::new();
    let mut broken = true;
    for (at, item) in items.iter().enumerate() {
        match (sort(item), &item.kind) {
            (Some(sort), _) => {
                match runs.last_mut() {
                    Some((last, members)) if !broken && *last == sort => members.push(at),
                    _ => runs.push((sort, vec![at])),
                }
                broken = false;
            }
            (None, Kind::Break(Break::Comma | Break::And) | Kind::Cue(Cue::Arrow)) => {}
            // `positive $533 and positive $308 million`
            (None, Kind::Word(stem))
                if matches!(stem.as_str(), "positive" | "negative" | "approximately" | "about") => {}
            // `1.6% above and 0.4% below plan, respectively`
            (None, Kind::Cue(Cue::Beyond | Cue::Short | Cue::Move(_) | Cue::Over(_))) if respectively => {}
            _ => broken = true,
        }
    }
    runs
}

/// Pairs every list of quantities in a sentence with the lists around it. Some items may or may not be quantities of one kind (`alike`).
pub(super) fn pair(items: &[Item], alike: impl Fn(&[usize]) -> bool) -> Pairing {
    let mut pairing = Pairing::default();
    let respectively = items.iter().any(|item| item.kind == Kind::Cue(Cue::Respectively));
    let runs = runs(items, respectively);
    for (at, (sort, members)) in runs.iter().enumerate() {
        if *sort != Sort::Quantity || members.len() < 2 {
            continue;
        }
        let mut found = false;
        // Names come before their numbers, periods after them or before.
        for (other_at, (other, names)) in runs.iter().enumerate() {
            if *other == Sort::Quantity || names.len() != members.len() || other_at.abs_diff(at) > 3 {
                continue;
            }
            let before = other_at < at;
            // `59.5% of revenue, and staff costs £9.8m, 20.2%`: the whole of a share heads no list.
            let whole = match names.first().and_then(|first| items.get(first.checked_sub(2)?..*first)) {
                Some([share, of]) => matches!(share.kind, Kind::Quantity(_)) && of.kind == Kind::Cue(Cue::Of),
                _ => false,
            };
            if whole && before && !respectively {
                continue;
            }
            let lawful = match other {
                Sort::Period => respectively || !before || other_at + 1 == at,
                Sort::Metric | Sort::Segment => before || respectively,
                Sort::Quantity => false,
            };
            // `9,412, 3% above both last month and October`: of two times, two numbers of one kind.
            if lawful && *other == Sort::Period && !alike(members) {
                found = true;
            } else if lawful {
                found = true;
                for (quantity, name) in members.iter().zip(names) {
                    pairing.with.entry(*quantity).or_default().push(*name);
                }
            }
        }
        // `1,586, 1,742, 1,925 over the last quarters`: not all of them can be the same number of the same time.
        if !found && (respectively || members.len() > 2) {
            pairing.lost.extend(members);
        }
    }
    pairing
}
