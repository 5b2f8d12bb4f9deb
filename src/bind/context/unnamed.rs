//! The time of a deck that names no year: `Q2 review` over columns `Q1 | Q2`, or no time at all.
//!
//! Enters: documents with their mentions, tables. Leaves: one reporting period in a year without a name.
//! Invariant: a deck in which any year stands, or whose source has dated facts, has none: its bare quarters could be of that year or
//! of another.

use super::{titled, titled_part};
use crate::document::Document;
use crate::extract::{Mention, MentionKind};
use crate::grid::{Grid, Line};
use crate::period::{Calendar, Expression, Grain, Period, PeriodContext, UNNAMED_YEAR};
use crate::source::SourceOfTruth;

/// What all undated numbers of a deck are of, where nothing in it has a year: the part of the year that its titles name, else the latest
/// of its columns, else the year itself.
pub(super) fn unnamed(
    calendar: &Calendar,
    documents: &[Document],
    mentions: &[Vec<Vec<Mention>>],
    grids: &[Grid],
    source: &SourceOfTruth,
) -> Option<Period> {
    let spoken = || mentions.iter().flatten().flatten();
    let dated = spoken().any(|mention| matches!(&mention.kind, MentionKind::Period(own, _) if own.names_year()));
    let columns = || grids.iter().map(|grid| &grid.columns).chain(grids.iter().map(|grid| &grid.rows));
    let heads = || columns().flatten().filter_map(|line| line.period.as_ref());
    if dated || !source.facts.is_empty() || heads().any(Expression::names_year) {
        return None;
    }
    let year = Period::Year(UNNAMED_YEAR);
    let context = PeriodContext { calendar: *calendar, reporting: Some(year) };
    let mut titled = documents.iter().zip(mentions).filter_map(|(document, mentions)| {
        let month = || titled(document, mentions, |own| matches!(own, Expression::Month(_)));
        titled_part(document, mentions).or_else(month)?.resolve(&context)
    });
    if let Some(first) = titled.next() {
        return titled.all(|other| other == first).then_some(first);
    }
    let mut latest = year;
    for lines in columns() {
        let own = parts(lines, &context);
        // `Nov | Dec | Jan`: two years, of which none has a name.
        if own.windows(2).any(|two| two[0].bounds(calendar).1 > two[1].bounds(calendar).1) && !is_descending(&own) {
            return None;
        }
        for part in own {
            if latest == year || part.bounds(calendar).1 > latest.bounds(calendar).1 {
                latest = part;
            }
        }
    }
    Some(latest)
}

/// The parts of the year that rows or columns stand for, in order.
fn parts(lines: &[Line], context: &PeriodContext) -> Vec<Period> {
    let mut parts: Vec<Period> = lines
        .iter()
        .filter(|line| !line.is_plan())
        .filter_map(|line| line.when(context))
        .filter(|period| period.grain().is_some_and(|grain| grain < Grain::Year))
        .collect();
    parts.dedup();
    parts
}

/// Whether times run backwards, as in `Q4 | Q3 | Q2`.
fn is_descending(parts: &[Period]) -> bool {
    parts.windows(2).all(|two| two[0] > two[1])
}
