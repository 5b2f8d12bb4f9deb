//! Lines of a list that go on about what the line before them is about: `H2: £325.7m` under `H1: revenue £241.8m`, `Full-year target
//! unchanged at 96.5%` under `On-time delivery was 95.8%`.
//!
//! Enters: the lines of a document in order. Leaves: for a line that names nothing, the metric of the one before it.
//! Invariant: only a line that says nothing but a time or a plan goes on, and only in the unit of the line before.

use crate::bind::grammar::Reading;
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Measure;
use crate::document::{Block, BlockKind, Document};
use crate::extract::{Mention, MentionKind};
use crate::quantity::Unit;
use crate::scenario;
use crate::vocabulary::MetricId;

/// The line of a list that was read last.
#[derive(Default)]
pub(super) struct Kin {
    last: Option<Line>,
}

struct Line {
    block: usize,
    /// Whether it opens with a time as its label: `H1: …`.
    timed: bool,
    metric: MetricId,
    unit: Unit,
}

impl Kin {
    /// The metric of the line before, where a line goes on about it.
    pub(super) fn inherited(
        &self,
        document: &Document,
        block: usize,
        items: &[Item],
        mentions: &[Mention],
    ) -> Option<MetricId> {
        let line = self.last.as_ref().filter(|line| line.block + 1 == block)?;
        let (before, own) = (document.blocks.get(line.block)?, document.blocks.get(block)?);
        let siblings = is_line(own)
            && is_line(before)
            && (own.lead, own.heading, own.slide) == (before.lead, before.heading, before.slide);
        let named = items.iter().any(|item| matches!(item.kind, Kind::Metric(..) | Kind::Segment(_)));
        let unit = items.iter().find_map(|item| unit_of(item, mentions)) == Some(&line.unit);
        let goes_on = line.timed && is_timed(items) || is_plan(items);
        (siblings && !named && unit && goes_on).then_some(line.metric)
    }

    /// Keeps what a line is about.
    pub(super) fn keep(&mut self, block: usize, items: &[Item], readings: &[Reading], mentions: &[Mention]) {
        let stated = readings.iter().find(|reading| reading.stated && reading.measure == Measure::Level);
        self.last = stated.and_then(|reading| {
            let MentionKind::Quantity(quantity) = &mentions.get(reading.mention)?.kind else { return None };
            let (metric, unit) = (reading.metric?, quantity.unit.clone());
            Some(Line { block, timed: is_timed(items), metric, unit })
        });
    }
}

fn is_line(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item(_))
}

fn unit_of<'a>(item: &Item, mentions: &'a [Mention]) -> Option<&'a Unit> {
    let Kind::Quantity(at) = item.kind else { return None };
    match &mentions.get(at)?.kind {
        MentionKind::Quantity(quantity) => Some(&quantity.unit),
        _ => None,
    }
}

/// `H2: …`, `Q3 – …`.
fn is_timed(items: &[Item]) -> bool {
    matches!(
        items,
        [Item { kind: Kind::Period(_), .. }, Item { kind: Kind::Break(Break::Colon | Break::Clause), .. }, ..]
    )
}

/// `Full-year target unchanged at 96.5%`: nothing but a plan, its time and its number.
fn is_plan(items: &[Item]) -> bool {
    let planned = |item: &Item| matches!(item.kind, Kind::Scenario(name) if name != scenario::ACTUAL);
    let plain = |item: &Item| match &item.kind {
        Kind::Scenario(_) | Kind::Period(_) | Kind::Quantity(_) => true,
        Kind::Cue(Cue::Is | Cue::Of | Cue::To) => true,
        Kind::Break(at) => *at != Break::Clause,
        Kind::Word(stem) => {
            lexicon::is_transparent(stem) || matches!(stem.as_str(), "unchanged" | "set" | "maintained" | "kept")
        }
        _ => false,
    };
    items.iter().any(planned) && items.iter().all(plain)
}
