//! Which period a row or column is about, put together from its label and what encloses it.
//!
//! Enters: the texts of a label and its groups. Leaves: one [`Expression`], or none.
//! Invariant: `December 31,` above `2019` reads exactly as `December 31, 2019` would in a sentence.

use crate::extract::{Mention, MentionKind};
use crate::period::scan::month;
use crate::period::{Expression, Fixed, Grain, Relative};

/// Periods of a text, with the scenario that a suffix gives (`2025E`).
fn periods(text: &str) -> Vec<Mention> {
    if is_band(text) {
        return Vec::new();
    }
    let mut found = crate::period::scan::scan(&with_short_years(text));
    found.retain(|mention| matches!(mention.kind, MentionKind::Period(..)));
    found
}

/// The periods that a header or a label names, in order.
pub(crate) fn expressions(text: &str) -> impl Iterator<Item = Expression> {
    periods(text).into_iter().filter_map(|mention| match mention.kind {
        MentionKind::Period(expression, _) => Some(expression),
        _ => None,
    })
}

/// `1-30 days`, `Over 90 days past due`: how old something is, and no time; `60–75%`, `£50k to £100k`: between which edges.
pub(crate) fn is_band(text: &str) -> bool {
    let between = || {
        let number = crate::extract::cell(text.trim(), crate::extract::DecimalMark::Point);
        number.is_some_and(|(_, quantity)| quantity.qualifier == crate::quantity::Qualifier::Range)
    };
    if text.starts_with(|c: char| !c.is_alphabetic()) && between() {
        return true;
    }
    let lower = text.trim().to_lowercase();
    let lower = lower.trim_end_matches(" past due").trim_end_matches(" overdue");
    lower.strip_suffix("days").is_some_and(|rest| {
        rest.ends_with(' ') && rest.trim_end().trim_end_matches('+').ends_with(|c: char| c.is_ascii_digit())
    })
}

/// `31–60 days`, `90+ days`: how old something is.
pub(crate) fn is_age(text: &str) -> bool {
    text.trim_end().ends_with("days") && is_band(text)
}

/// `Q3 YTD 2026`: a year that stands behind the stretch which it is the year of.
fn with_year_behind(label: &str, named: &[Mention]) -> Option<Expression> {
    match named {
        [
            Mention { kind: MentionKind::Period(Expression::ToDate(Some(part)), _), range },
            Mention { kind: MentionKind::Period(Expression::Fixed(Fixed::Year { year, .. }), _), range: behind },
        ] if label.get(range.end..behind.start)?.trim().is_empty() => {
            let part = match **part {
                Expression::Quarter(quarter) => Fixed::Quarter(*year, quarter),
                Expression::Half(half) => Fixed::Half(*year, half),
                _ => return None,
            };
            Some(Expression::ToDate(Some(Box::new(Expression::Fixed(part)))))
        }
        _ => None,
    }
}

/// The bytes of the periods in a text.
pub(crate) fn ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    periods(text).into_iter().map(|mention| mention.range).collect()
}

/// A year that stands alone, perhaps with a footnote mark or a suffix: `2019`, `2019(1)`, `2025E`.
pub(super) fn is_year(text: &str) -> bool {
    let text = text.trim();
    let Some((year, rest)) = text.split_at_checked(4) else { return false };
    let digits = year.bytes().all(|b| b.is_ascii_digit()) && ("1900".."2100").contains(&year);
    let rest = rest.trim();
    let mark = rest.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '*' | ':' | '†' | '¹' | '²' | '³'));
    digits && (rest.is_empty() || matches!(rest, "E" | "A" | "B" | "F") || (mark.len() <= 1 && mark.len() < rest.len()))
}

/// Whether a text is a period and little else: a header, not a value.
pub(super) fn is_period(text: &str) -> bool {
    if is_year(text) {
        return true;
    }
    let found = periods(text);
    let Some(first) = found.first() else { return false };
    // `2019 over 2018` compares two periods.
    let between = found.get(1).and_then(|second| text.get(first.range.end..second.range.start)).map(str::trim);
    if between.is_some_and(is_comparison) {
        return false;
    }
    let covered: usize = found.iter().map(|mention| mention.range.len()).sum();
    // What is left may be a mark, a colon, a word such as `actual` or `restated`, but no more than the period itself.
    let left = text.trim().len().saturating_sub(covered);
    let rest = &text[first.range.end..];
    left <= covered.max(4) && !rest.bytes().any(|b| b.is_ascii_digit() && left > 6)
}

/// Period of a line, and the scenario that its writing gives.
///
/// The label speaks first. A label that names only a year, or a quarter without one, is completed by a group (`December 31,` +
/// `2019`, `2019:` + `Fourth quarter`), the innermost that completes it. A label without any period takes the innermost group's,
/// unless that is itself incomplete.
pub(super) fn of_line(label: &str, groups: &[&str]) -> (Option<Expression>, Option<&'static str>) {
    let named = periods(label);
    if let Some(whole) = with_year_behind(label, &named) {
        return (Some(whole), None);
    }
    let own = first_of(named).or_else(|| Some((months(label)?, None)));
    match &own {
        Some((Expression::Fixed(Fixed::Day(_)), scenario)) if groups.last().is_some_and(|group| runs_to(group)) => {
            let whole = groups.last().and_then(|group| first(&format!("{} {label}", group.trim())));
            (whole.or(own.clone()).map(|(expression, _)| expression), *scenario)
        }
        Some((expression, scenario)) if !wants_more(expression) => (Some(expression.clone()), *scenario),
        Some((expression, scenario)) => match completed(label, expression, groups) {
            Some(whole) => (Some(whole), *scenario),
            None => (Some(expression.clone()), *scenario),
        },
        // No period, for all that it looks like one: what stands over it is not its own.
        None if is_year(label) => (None, None),
        None => {
            for (at, group) in groups.iter().enumerate().rev() {
                if let Some((expression, scenario)) = first(group) {
                    if !wants_more(&expression) {
                        return (Some(expression), scenario);
                    }
                    let whole = completed(group, &expression, &groups[..at]);
                    let settled = whole.or_else(|| matches!(expression, Expression::Fixed(_)).then_some(expression));
                    if settled.is_some() {
                        return (settled, scenario);
                    }
                }
            }
            // `Year to date` over `Actual | Budget`: the place says up to when.
            let stretch =
                groups.iter().rev().find_map(|group| first(group)).filter(|(expression, _)| {
                    matches!(expression, Expression::ToDate(None) | Expression::Trailing(None))
                });
            stretch.map_or((None, None), |(expression, scenario)| (Some(expression), scenario))
        }
    }
}

/// `Fiscal Year Ended`, `Three months ended`: what the dates below it close.
fn runs_to(group: &str) -> bool {
    let last = group.trim_end_matches(|c: char| !c.is_alphabetic()).rsplit(' ').next().unwrap_or_default();
    matches!(last.to_lowercase().as_str(), "ended" | "ending")
}

/// `2019 over 2018`, `2019 vs. 2018`: the period that the first of two is compared with.
pub(super) fn compared(text: &str) -> Option<Expression> {
    match periods(text).as_slice() {
        [first, Mention { kind: MentionKind::Period(expression, _), range }] => {
            let between = text.get(first.range.end..range.start)?.trim();
            is_comparison(between).then(|| expression.clone())
        }
        _ => None,
    }
}

/// Whether the words between two periods compare them.
fn is_comparison(between: &str) -> bool {
    matches!(between.to_lowercase().as_str(), "over" | "vs" | "vs." | "v" | "v." | "versus" | "against" | "compared to")
}

/// `Month actual`, `Quarter plan`: the reporting period at that grain, where a scenario stands beside it.
pub(super) fn of_kind(label: &str) -> Option<Expression> {
    let grain = match label.split_whitespace().next()?.to_lowercase().as_str() {
        "month" => Grain::Month,
        "quarter" => Grain::Quarter,
        "year" => Grain::Year,
        _ => return None,
    };
    Some(Expression::Relative(Relative::This(grain)))
}

/// `LTM to` over `Sep-25`: what runs to a label, where the words over it and the label are one such stretch.
pub(super) fn led(over: &str, label: &str) -> Option<Expression> {
    let label = label.trim();
    let text = format!("{} {label}", over.trim());
    match periods(&text).as_slice() {
        [
            Mention {
                kind: MentionKind::Period(expression @ (Expression::Trailing(Some(_)) | Expression::ToDate(Some(_))), _),
                range,
            },
        ] if range.len() > label.len() && is_period(label) => Some(expression.clone()),
        _ => None,
    }
}

/// `6M`, `12M`: so many months up to the end of the reporting period.
fn months(label: &str) -> Option<Expression> {
    let count = label.trim().strip_suffix(['M', 'm'])?.parse::<i8>().ok()?;
    matches!(count, 3 | 6 | 9 | 12).then_some(Expression::Months(count))
}

/// A text in which a year of two digits behind its quarter is written as one: `Q1 25 Act`, `H1 24 revenue`. In a label nothing else
/// stands there. Each replacement is as long as what it replaces.
fn with_short_years(text: &str) -> std::borrow::Cow<'_, str> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let short = |at: usize| {
        bytes[at] == b' '
            && at >= 2
            && digit(at - 1)
            && matches!(bytes[at - 2], b'Q' | b'H')
            && (at == 2 || !bytes[at - 3].is_ascii_alphanumeric())
            && digit(at + 1)
            && digit(at + 2)
            && bytes.get(at + 3).is_none_or(|byte| *byte == b' ')
    };
    if is_key(text) {
        return text.replace('_', " ").into();
    }
    let mut found: Vec<usize> = (0..bytes.len()).filter(|&at| short(at)).collect();
    found.extend(short_month(text));
    if found.is_empty() {
        return text.into();
    }
    let mut text = text.to_owned();
    for at in found {
        text.replace_range(at..at + 1, "'");
    }
    text.into()
}

/// `q1_fy26`: a key of a file, whose words its strokes part.
pub(super) fn is_key(text: &str) -> bool {
    text.contains('_') && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// `City, Jul 24`: the gap before the year that ends a label behind its month, where more stands before and no word makes it a day.
fn short_month(text: &str) -> Option<usize> {
    let (rest, year) = text.trim_end().rsplit_once(' ')?;
    let (before, name) = rest.rsplit_once(' ')?;
    let month = month(name).filter(|_| name.len() < 5)?;
    let year = year.parse::<i8>().ok().filter(|_| year.len() == 2)?;
    // `Cash, Jul 31`: the day on which the month ends.
    let years = (19..=39).contains(&year) && days_in(month) != Some(year);
    // `at Jul 24`, `to Jul 24`: a day.
    let apart = before.trim_end().ends_with([',', ':', '–', '—', '-']);
    (years && apart).then_some(rest.len())
}

/// How many days a month has; February the 28 of most years.
fn days_in(month: i8) -> Option<i8> {
    jiff::civil::Date::new(2023, month, 1).ok().map(|first| first.days_in_month())
}

/// The first period of a text.
fn first(text: &str) -> Option<(Expression, Option<&'static str>)> {
    first_of(periods(text))
}

fn first_of(mentions: Vec<Mention>) -> Option<(Expression, Option<&'static str>)> {
    mentions.into_iter().find_map(|mention| match mention.kind {
        MentionKind::Period(expression, scenario) => Some((expression, scenario)),
        _ => None,
    })
}

/// Whether an expression leaves open what an enclosing label may say.
fn wants_more(expression: &Expression) -> bool {
    match expression {
        Expression::Fixed(Fixed::Year { fiscal, .. }) => !fiscal,
        Expression::Fixed(_) | Expression::Range(..) | Expression::Relative(_) => false,
        Expression::InYear(..) | Expression::SplitYear(_) | Expression::Against(_) => false,
        Expression::Ended(..) => true,
        Expression::Months(_) => false,
        Expression::ToDate(inner) | Expression::Trailing(inner) => inner.as_deref().is_none_or(wants_more),
        Expression::StartOf(inner) | Expression::EndOf(inner) => wants_more(inner),
        Expression::Quarter(_) | Expression::Half(_) | Expression::Month(_) | Expression::MonthDay(..) => true,
    }
}

/// The label read together with the groups that complete it: innermost alone first, then several.
fn completed(label: &str, own: &Expression, groups: &[&str]) -> Option<Expression> {
    let label = label.trim().trim_end_matches([':', ',']);
    let mut joined = String::from(label);
    for group in groups.iter().rev() {
        let group = group.trim().trim_end_matches(':');
        for text in [format!("{group} {label}"), format!("{label} {group}"), format!("{group} {joined}")] {
            let found = periods(&text);
            let [Mention { kind: MentionKind::Period(expression, _), range }] = found.as_slice() else { continue };
            if range.len() > label.len().min(joined.len()) && expression != own && !wants_more(expression) {
                return Some(expression.clone());
            }
        }
        joined = format!("{group} {joined}");
    }
    None
}
