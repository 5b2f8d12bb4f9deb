//! Headings, lines and lead-ins that say what time the text under them is of: `Half-year performance`, `In the first half:`.
//!
//! Enters: a short text with its mentions. Leaves: the time that it says, where it says little else.
//! Invariant: a text with a number announces nothing, nor does a time that is only compared with.

use super::{heading_period, is_compared_with};
use crate::extract::{Mention, MentionKind};
use crate::period::{Expression, Period, PeriodContext, Relative};
use crate::words::words;

/// Words that name nothing beside a time: what is compared, and what a report of that time is called.
const TOPICS: &[&str] = &[
    "compared",
    "comparison",
    "with",
    "to",
    "v",
    "vs",
    "versus",
    "over",
    "and",
    "the",
    "of",
    "for",
    "in",
    "during",
    "fiscal",
    "year",
    "period",
    "ended",
    "result",
    "commentary",
    "performance",
    "review",
    "summary",
    "overview",
    "highlight",
    "headline",
    "figure",
    "picture",
    "view",
    "position",
    "update",
    "report",
    "number",
    "trading",
    "financial",
    "at",
    "a",
    "glance",
    "brief",
    "whole",
    "key",
    "as",
    "on",
    "cumulative",
    "together",
    "our",
];

/// Whether a word says nothing beside a time.
pub(crate) fn is_topic(stem: &str) -> bool {
    TOPICS.contains(&stem)
}

/// Whether a text says nothing but when, and compared with when.
pub(super) fn is_only_time(text: &str, mentions: &[Mention]) -> bool {
    let said = |range: &std::ops::Range<usize>| {
        mentions.iter().any(|mention| {
            matches!(mention.kind, MentionKind::Period(..))
                && mention.range.start < range.end
                && range.start < mention.range.end
        })
    };
    words(text).iter().filter(|word| !said(&word.range)).all(|word| is_topic(&word.stem))
}

/// `Half year`, `The year in review` in the report of a quarter: the longer span that ends with what is reported on.
pub(super) fn longer_span(expression: &Expression, context: &PeriodContext) -> Option<Period> {
    let Expression::Relative(Relative::This(_)) = expression else { return None };
    let (span, now) = (expression.resolve(context)?, context.reporting?);
    let calendar = &context.calendar;
    let (own, reported) = (span.bounds(calendar), now.bounds(calendar));
    (own.1 == reported.1 && own.0 < reported.0).then_some(span)
}

/// The one time that a lead-in opens with, or that it says alone, for what it leads into and the bullets under it: `In the first half:`,
/// `- Year to date`.
pub(super) fn announced(text: &str, mentions: &[Mention], context: &PeriodContext) -> Option<Period> {
    let text = text.trim_end();
    if mentions.iter().any(|mention| matches!(mention.kind, MentionKind::Quantity(_))) {
        return None;
    }
    let first = mentions.iter().find(|mention| matches!(mention.kind, MentionKind::Period(..)))?;
    let MentionKind::Period(expression, _) = &first.kind else { return None };
    let head = words(text.get(..first.range.start)?);
    let opens = head.iter().all(|word| matches!(word.stem.as_str(), "for" | "in" | "over" | "during" | "the" | "our"));
    let leads = text.ends_with(':') && opens && !is_compared_with(text, mentions, first.range.start);
    if !leads && !is_only_time(text, mentions) {
        return None;
    }
    longer_span(expression, context).or_else(|| heading_period(text, mentions, context))
}
