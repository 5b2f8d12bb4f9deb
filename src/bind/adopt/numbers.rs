//! Labels that have no word in common with the metric whose numbers they state: `Loans and advances to customers` for `Mortgage balances`.
//!
//! Enters: the numbers of a label. Leaves: the one metric of the source that has them.
//! Invariant: two numbers of five digits at their very times say so, and no other metric has them; what the table states already under
//! the metric's name is not said again.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::cause::significant;
use crate::claim::Claim;
use crate::deck::Deck;
use crate::facts::Facts;
use crate::source::SourceOfTruth;
use crate::vocabulary::{MetricId, Name};

use super::{Tie, ties_to};

/// Adds, for the labels that no words tell, the metrics that their numbers do.
pub(super) fn find(
    deck: &Deck,
    facts: &Facts<'_>,
    claims: &[Claim],
    mute: Vec<(MetricId, Vec<&Claim>)>,
    found: &mut BTreeMap<MetricId, MetricId>,
) {
    let stated = stated(claims, found);
    let numbers = Numbers::new(&deck.source);
    let behind = |(id, claims): (MetricId, Vec<&Claim>)| {
        Some((id, numbers.behind(deck, facts, &stated, id, &claims)?, grids(&claims)))
    };
    let alone: Vec<(MetricId, MetricId, BTreeSet<usize>)> = mute.into_iter().filter_map(behind).collect();
    let mut labels: BTreeMap<(usize, MetricId), usize> = BTreeMap::new();
    for (_, metric, grids) in &alone {
        grids.iter().for_each(|grid| *labels.entry((*grid, *metric)).or_default() += 1);
    }
    for (id, metric, grids) in &alone {
        // Two lines of one table are not both that metric: total assets, and what they are financed by.
        if grids.iter().all(|grid| labels.get(&(*grid, *metric)) == Some(&1)) {
            found.insert(*id, *metric);
        }
    }
}

fn grids(claims: &[&Claim]) -> BTreeSet<usize> {
    claims.iter().filter_map(|claim| claim.cell).map(|(grid, ..)| grid).collect()
}

/// The metrics that each table states by name.
fn stated(claims: &[Claim], found: &BTreeMap<MetricId, MetricId>) -> BTreeSet<(usize, MetricId)> {
    let named = |claim: &Claim| {
        let id = claim.metric?;
        Some((claim.cell?.0, found.get(&id).copied().unwrap_or(id)))
    };
    claims.iter().filter_map(named).collect()
}

/// Digits of a number that no other number of a company has by chance, where another such number stands beside it.
const LONG: usize = 5;

/// The source's metrics by the first digits of their numbers.
struct Numbers(BTreeMap<u32, BTreeSet<usize>>);

impl Numbers {
    fn new(source: &SourceOfTruth) -> Self {
        let mut by_lead: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
        for fact in &source.facts {
            by_lead.entry(lead(fact.value)).or_default().insert(fact.metric);
        }
        Self(by_lead)
    }

    /// The one metric that has the long numbers of a label at their very times, whatever the label says.
    fn behind(
        &self,
        deck: &Deck,
        facts: &Facts<'_>,
        stated: &BTreeSet<(usize, MetricId)>,
        id: MetricId,
        claims: &[&Claim],
    ) -> Option<MetricId> {
        if deck.vocabulary.exact(&deck.vocabulary.term(id).label) == Some(Name::Nothing) {
            return None;
        }
        let long: Vec<&Claim> = claims.iter().copied().filter(|claim| significant(&claim.quantity) >= LONG).collect();
        let first = long.first().filter(|_| long.len() > 1)?;
        let near = self.0.get(&lead(first.quantity.value?))?;
        let grids = grids(claims);
        let is = |metric: MetricId| {
            let (mut ties, mut misses) = (0, 0);
            for claim in claims {
                match ties_to(deck, facts, metric, claim)? {
                    Tie::Silent => {}
                    Tie::Yes => ties += usize::from(significant(&claim.quantity) >= LONG),
                    Tie::No => misses += 1,
                }
            }
            Some(ties > 1 && misses * 2 <= ties)
        };
        let metrics = near.iter().map(|&at| deck.vocabulary.of_source(at));
        let mut found = metrics.filter(|metric| is(*metric) == Some(true));
        let only = found.next().filter(|_| found.next().is_none())?;
        let apart = grids.iter().all(|grid| !stated.contains(&(*grid, only)));
        apart.then_some(only)
    }
}

/// The first three digits of a number.
fn lead(value: Decimal) -> u32 {
    let digits = value.abs().normalize().mantissa().to_string();
    digits.get(..3).unwrap_or(&digits).parse().unwrap_or_default()
}
