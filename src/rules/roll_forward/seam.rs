//! Columns of one roll-forward: each opens where the one before it closed.
//!
//! Enters: a table with opening and closing lines. Leaves: openings that are not the closing of the period before.
//! Invariant: two columns are held against each other only where one starts at the very moment at which the other ends.

use std::collections::BTreeMap;

use crate::check::{Statement, agree};
use crate::claim::Claim;
use crate::deck::Deck;
use crate::finding::{Confidence, Finding};
use crate::footing::bridge::{self, Outcome};
use crate::footing::slip::{self, Wanted};
use crate::footing::strip::{Amount, Axis, Strip};
use crate::footing::wording::{self, Draft, Table};
use crate::grid::walk::{Bridge, spans};
use crate::period::Period;
use crate::rules::bridge_not_closed::steps;

/// One period of a roll-forward.
struct Lane {
    /// Row and column of the opening and the closing.
    opening: (usize, usize),
    closing: (usize, usize),
    /// The moments of both.
    opens: Period,
    closes: Period,
    /// Whether its movements lead from one to the other.
    holds: bool,
}

/// The seams of a table that do not hold.
pub(super) fn in_table(deck: &Deck, at: usize, findings: &mut Vec<Finding>) {
    let grid = &deck.grids[at];
    let table = Table { deck, grid };
    let mut claims: Option<BTreeMap<(usize, usize), &Claim>> = None;
    for axis in [Axis::Down, Axis::Across] {
        let strip = Strip { grid, axis };
        for bridge in spans(strip.lines()).into_iter().filter(|bridge| bridge.named) {
            let claims = claims.get_or_insert_with(|| cells(deck, at));
            let lanes: Vec<Lane> =
                (0..strip.lanes().len()).filter_map(|lane| self::lane(deck, &strip, &bridge, lane, claims)).collect();
            findings.extend(broken(&table, &lanes, claims));
        }
    }
}

fn cells(deck: &Deck, at: usize) -> BTreeMap<(usize, usize), &Claim> {
    // Claims are in reading order: those of a table stand together within its block.
    let block = (deck.grids[at].document, deck.grids[at].block);
    let from = deck.claims.partition_point(|claim| claim.document < block.0);
    let here = deck.claims[from..].iter().take_while(|claim| claim.document == block.0);
    here.filter_map(|claim| claim.cell.filter(|(grid, ..)| *grid == at).map(|(_, r, c)| ((r, c), claim))).collect()
}

fn lane(
    deck: &Deck,
    strip: &Strip,
    bridge: &Bridge,
    lane: usize,
    claims: &BTreeMap<(usize, usize), &Claim>,
) -> Option<Lane> {
    let (opening, closing) = (strip.at(bridge.first, lane), strip.at(bridge.last, lane));
    let (first, last) = (claims.get(&opening)?, claims.get(&closing)?);
    if !strip.adds_up(lane) || !first.may_be_actual() || !last.may_be_actual() {
        return None;
    }
    let (_, walk) = steps(strip, bridge, lane)?;
    Some(Lane {
        opening,
        closing,
        opens: first.period?.moment(&deck.calendar),
        closes: last.period?.moment(&deck.calendar),
        holds: bridge::walk(&walk) == Outcome::Closed,
    })
}

/// Seams that do not hold. Where more of them break than hold, the columns are no roll-forward of one another.
fn broken(table: &Table, lanes: &[Lane], claims: &BTreeMap<(usize, usize), &Claim>) -> Vec<Finding> {
    let (mut closings, mut openings) = (BTreeMap::<Period, Vec<&Lane>>::new(), BTreeMap::<Period, Vec<&Lane>>::new());
    for lane in lanes {
        closings.entry(lane.closes).or_default().push(lane);
        openings.entry(lane.opens).or_default().push(lane);
    }
    let mut held = 0;
    let mut found = Vec::new();
    for (moment, after) in &openings {
        // Shares and their value in columns of one period: which follows which is not said.
        let (Some(before), Some(after)) = (
            closings.get(moment).and_then(|lanes| one(lanes, |lane| claims.get(&lane.closing))),
            one(after, |lane| claims.get(&lane.opening)),
        ) else {
            continue;
        };
        let (Some(opening), Some(closing)) = (claims.get(&after.opening), claims.get(&before.closing)) else {
            continue;
        };
        if agree(opening, closing) {
            held += 1;
        } else if Statement::family(&opening.quantity.unit) == Statement::family(&closing.quantity.unit) {
            found.extend(finding(table, after, before, (opening, closing)));
        }
    }
    if found.len() > held.max(1) { Vec::new() } else { found }
}

/// The first of several lanes that say the same: a quarter and the year to date end with one balance.
fn one<'a, 'c>(lanes: &[&'a Lane], end: impl Fn(&Lane) -> Option<&&'c Claim>) -> Option<&'a Lane> {
    let first = *lanes.first()?;
    let same = |lane: &&Lane| end(lane).zip(end(first)).is_some_and(|(a, b)| agree(a, b));
    lanes.iter().all(same).then_some(first)
}

fn finding(table: &Table, lane: &Lane, before: &Lane, (opening, closing): (&Claim, &Claim)) -> Option<Finding> {
    let (written, wanted) = (Amount::of(&opening.quantity)?, Amount::of(&closing.quantity)?);
    let slip = slip::find(written, &Wanted { low: wanted.low, high: wanted.high, value: wanted.value });
    // Without a slip, both columns have to close for the seam to be the one thing that is wrong.
    if slip.is_none() && !(lane.holds && before.holds) || written.value.is_zero() && slip.is_none() {
        return None;
    }
    let meant = table.like(lane.opening, wanted.value);
    Some(wording::finding(Draft {
        rule: "roll-forward",
        place: table.place(lane.opening),
        slide: table.slide(),
        message: format!(
            "{}: {} is not what the period before ended with: {} ({})",
            table.subject(lane.opening),
            table.written(lane.opening),
            table.written(before.closing),
            table.subject(before.closing)
        ),
        related: vec![table.related("the closing before", before.closing)],
        cause: slip.map(|slip| slip.cause),
        value: Some(wanted.value),
        meant,
        confidence: if slip.is_some() { Confidence::High } else { Confidence::Medium },
    }))
}
