//! Finds the fiscal calendar that a deck's own words give away.
//!
//! Enters: texts. Leaves: a [`Calendar`], when all evidence agrees on one.
//! Invariant: evidence that contradicts itself gives nothing; only plain statements (`fiscal year ends 31 January`) outweigh mere
//! usage (`year ended March 31, 2019`), and this outweighs the count of months that have run (`six months to 30 September 2025`).

use jiff::civil::Date;

use super::resolve::months_of_weeks;
use super::{Calendar, Expression, Fixed, Grain, NamedBy, Relative, scan};
use crate::extract::MentionKind;
use crate::stops;

/// What one place of a text says about the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Evidence {
    /// Month and day on which the fiscal year starts.
    start: (i8, i8),
    /// Which end names the year, where that shows.
    named_by: Option<NamedBy>,
    weight: Weight,
}

/// How much a text says of the year: what says more is taken, and what says less is then of no account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Weight {
    /// Months are counted from where the year mostly starts.
    Run,
    /// A year is spoken of.
    Used,
    /// It is said when the year starts or ends.
    Stated,
}

/// A period in a text.
struct Seen<'a> {
    expression: Expression,
    /// What is written.
    text: &'a str,
    /// What stands between the period before and this one; the start of the text for the first.
    before: &'a str,
    /// The sentence up to here, as far back as matters.
    sentence: &'a str,
    /// What stands behind it.
    after: &'a str,
}

/// The fiscal calendar that texts agree on, from sentences such as `fiscal year ends 31 January` or `Q3 FY25 = August to October
/// 2024`. A text that follows another may complete it, as a subtitle does (`Q2 FY25`, then `Quarter ended 30 June 2025`).
pub fn infer_calendar<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Calendar> {
    let mut evidence = Vec::new();
    let mut title: Option<Expression> = None;
    for text in texts {
        let seen = periods(text);
        if let (Some(title), [only]) = (&title, seen.as_slice()) {
            evidence.extend(pair(title, &only.expression).map(|found| Evidence { weight: Weight::Used, ..found }));
        }
        evidence.extend(seen.iter().filter_map(alone));
        evidence.extend(seen.windows(2).filter_map(adjacent));
        title = match seen.as_slice() {
            [only] => Some(only.expression.clone()),
            _ => None,
        };
    }
    let most = evidence.iter().map(|found| found.weight).max()?;
    let weighty: Vec<Evidence> = evidence.iter().copied().filter(|found| found.weight == most).collect();
    agreed(&weighty, &evidence)
}

/// The calendar that all evidence agrees on. How years are named may come from any of it.
fn agreed(evidence: &[Evidence], all: &[Evidence]) -> Option<Calendar> {
    let start = evidence.first()?.start;
    if evidence.iter().any(|found| found.start != start) {
        return None;
    }
    let mut names = all.iter().filter(|found| found.start == start).filter_map(|found| found.named_by);
    let named_by = names.next().unwrap_or_default();
    if names.any(|other| other != named_by) {
        return None;
    }
    Some(Calendar { start_month: start.0, start_day: start.1, named_by })
}

/// The periods of a text with what stands between them.
fn periods(text: &str) -> Vec<Seen<'_>> {
    let mut at = 0;
    let mut seen = Vec::new();
    for mention in scan::scan(text) {
        let before = text.get(at..mention.range.start).unwrap_or_default();
        at = mention.range.end;
        if let MentionKind::Period(expression, None) = mention.kind {
            let sentence = sentence(text, mention.range.start);
            let after = text.get(mention.range.end..).unwrap_or_default();
            seen.push(Seen { expression, text: text.get(mention.range).unwrap_or_default(), before, sentence, after });
        }
    }
    seen
}

/// The sentence before a place, at most some hundred bytes of it.
fn sentence(text: &str, end: usize) -> &str {
    let start = text.ceil_char_boundary(end.saturating_sub(120));
    stops::begun(text.get(start..end).unwrap_or_default())
}

/// What a single period gives away: `fiscal year ends 31 January`, `year ended March 31, 2019`.
fn alone(seen: &Seen<'_>) -> Option<Evidence> {
    if let Some(evidence) = statement(seen).or_else(|| counted(seen)) {
        return Some(evidence);
    }
    let year = seen.text.to_ascii_lowercase().contains("year");
    let last = match &seen.expression {
        Expression::Fixed(Fixed::Ended(12, last)) if year => (last.month(), last.day()),
        Expression::Ended(12, last) if year => match **last {
            Expression::MonthDay(month, day) => (month, day),
            _ => return None,
        },
        expression => return run(expression, seen),
    };
    Some(Evidence { start: nearest_start(last)?, named_by: None, weight: Weight::Used })
}

/// `Six months to 30 September 2025`, `nine months ended 31 December 2024`, `Half-year report, 1 April to 30 September 2025`: a half or
/// more that has run is told from where the year started. What a calendar year has as well, and any stretch that nobody calls a half or
/// counts up to its end, says nothing: `The season runs from 1 April to 31 October 2025`.
fn run(expression: &Expression, seen: &Seen<'_>) -> Option<Evidence> {
    const HALVES: &[&str] = &["half-year", "half year", "half-yearly", "interim", "first half", "mid-year"];
    let halved = || {
        let said = seen.sentence.to_ascii_lowercase();
        HALVES.iter().any(|half| said.contains(half))
    };
    let months = match expression {
        Expression::Fixed(Fixed::Ended(months @ (6 | 9), _)) => i32::from(*months),
        Expression::Range(..) if halved() => 6,
        _ => return None,
    };
    let (_, last) = last_month(expression, months)?;
    let first = (i32::from(last) - months).rem_euclid(12) + 1;
    let of_calendar = first == 1 || months == 6 && first == 7;
    let start = (i8::try_from(first).ok()?, 1);
    (!of_calendar).then_some(Evidence { start, named_by: None, weight: Weight::Run })
}

/// `Month 8 is March 2025`, `31 March 2025 (month 8)`: which month of its year a month is.
fn counted(seen: &Seen<'_>) -> Option<Evidence> {
    let month = match seen.expression {
        Expression::Fixed(Fixed::Month(_, month)) | Expression::Month(month) => month,
        Expression::Fixed(Fixed::Day(date)) if date == date.last_of_month() => date.month(),
        _ => return None,
    };
    let links = |c: char| matches!(c, '(' | '=' | ':' | ',' | '–' | '—' | '-');
    let led = || {
        let head = seen.sentence.trim_end();
        let head = head.strip_suffix(links).or_else(|| head.strip_suffix(" is"))?.trim_end();
        let (words, digits) = head.rsplit_once(' ')?;
        ends_with_month(words).then_some(digits)
    };
    let followed = || {
        let rest = seen.after.trim_start().strip_prefix(['(', ','])?.trim_start();
        let (month, rest) = rest.split_once(' ')?;
        let (digits, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        // `Month 8 of 24` is one of a project.
        (ends_with_month(month) && !rest.trim_start().starts_with("of ")).then_some(digits)
    };
    let nth: i8 = led().or_else(followed)?.parse().ok().filter(|nth| (1..=12).contains(nth))?;
    Some(Evidence { start: ((month - nth).rem_euclid(12) + 1, 1), named_by: None, weight: Weight::Stated })
}

fn ends_with_month(text: &str) -> bool {
    text.rsplit(|c: char| !c.is_alphabetic()).next().is_some_and(|word| word.eq_ignore_ascii_case("month"))
}

/// `fiscal year ends 31 January`, `our financial year starts on 1 July`, `FY ends in June`, `the trust's year runs from 1 April to 31
/// March`.
fn statement(seen: &Seen<'_>) -> Option<Evidence> {
    let words = seen.sentence.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let mut words = words.rev().take(12).map(str::to_ascii_lowercase).peekable();
    let mut by_week = false;
    while let Some(word) = words.next_if(|word| is_filler(word) || is_weekday(word)) {
        by_week |= is_weekday(&word);
    }
    let ends = match words.next()?.as_str() {
        "ends" | "end" | "ending" | "closes" => true,
        "starts" | "start" | "begins" | "beginning" => false,
        "runs" | "run" => return year_run(seen).filter(|_| is_own_year(&mut words, true)),
        _ => return None,
    };
    if !is_own_year(&mut words, false) {
        return None;
    }
    let (month, day) = match seen.expression {
        Expression::MonthDay(month, day) => (month, Some(day)),
        Expression::Fixed(Fixed::Day(date)) => (date.month(), Some(date.day())),
        Expression::Month(month) | Expression::Fixed(Fixed::Month(_, month)) => (month, None),
        _ => return None,
    };
    let start = match (ends, day) {
        (true, Some(day)) if by_week => nearest_start((month, day))?,
        (true, Some(day)) => day_after(month, day)?,
        (true, None) => (month % 12 + 1, 1),
        (false, day) => (month, day.unwrap_or(1)),
    };
    Some(Evidence { start, named_by: None, weight: Weight::Stated })
}

/// Whether words, from the last one back, are those of a fiscal year: `financial year`, `FY`. Where its two ends stand behind them
/// (`runs`), anyone's own year is: `the college's year`, and not the tax year.
fn is_own_year(words: &mut impl Iterator<Item = String>, runs: bool) -> bool {
    let (year, owner) = (words.next().unwrap_or_default(), words.next());
    let owners = ["fiscal", "financial", "accounting", "business", "our", "reporting"];
    let owned = owner.is_some_and(|owner| owners.contains(&owner.as_str()) || runs && matches!(&*owner, "s" | "the"));
    matches!(year.as_str(), "fy" | "fye") || (year == "year" && owned)
}

/// `1 April to 31 March`, `April to March`: where a year that is written by its two ends starts.
fn year_run(seen: &Seen<'_>) -> Option<Evidence> {
    let Expression::Range(from, to) = &seen.expression else { return None };
    let start = match (&**from, &**to) {
        (Expression::MonthDay(month, day), Expression::MonthDay(last, end)) => {
            Some((*month, *day)).filter(|start| day_after(*last, *end) == Some(*start))
        }
        (Expression::Month(month), Expression::Month(last)) => Some((*month, 1)).filter(|_| last % 12 + 1 == *month),
        _ => None,
    };
    Some(Evidence { start: start?, named_by: None, weight: Weight::Stated })
}

fn is_filler(word: &str) -> bool {
    let fillers = ["is", "on", "in", "at", "the", "of", "to", "from", "each", "every", "last", "nearest", "closest"];
    fillers.contains(&word)
}

fn is_weekday(word: &str) -> bool {
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// What two periods in a row give away when one explains the other: `Q3 FY25 = August to October 2024`.
fn adjacent(seen: &[Seen<'_>]) -> Option<Evidence> {
    let [first, second] = seen else { return None };
    let between = second.before;
    let links = ["is", "the", "runs", "ran", "from", "means", "covers", "covering", "ie", "or"];
    let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let explains = words.all(|word| links.iter().any(|known| known.eq_ignore_ascii_case(word)));
    let parted = between.contains(['.', ';', '|', '/', '–', '—']) || between.len() > 24 || between.trim().is_empty();
    if parted || !explains {
        return None;
    }
    if is_calendar_year(first, second) {
        return Some(Evidence { start: (1, 1), named_by: None, weight: Weight::Stated });
    }
    let found = pair(&first.expression, &second.expression).or_else(|| pair(&second.expression, &first.expression))?;
    // A comma may only list.
    let explained = between.contains(['=', '(', ':']) || !between.contains(',');
    Some(Evidence { weight: if explained { Weight::Stated } else { Weight::Used }, ..found })
}

/// `The financial year is the calendar year`.
fn is_calendar_year(first: &Seen<'_>, second: &Seen<'_>) -> bool {
    let this_year = |seen: &Seen<'_>| seen.expression == Expression::Relative(Relative::This(Grain::Year));
    let says = |seen: &Seen<'_>, word: &str| seen.text.to_ascii_lowercase().contains(word);
    let fiscal = says(first, "fiscal") || says(first, "financial");
    this_year(first) && this_year(second) && fiscal && says(second, "calendar")
}

/// The calendar under which a named fiscal period is the dated stretch.
fn pair(named: &Expression, dated: &Expression) -> Option<Evidence> {
    let (year, months_left, length) = match named {
        Expression::Fixed(Fixed::Quarter(year, quarter)) => (*year, i32::from(4 - quarter) * 3, 3),
        Expression::Fixed(Fixed::Half(year, half)) => (*year, i32::from(2 - half) * 6, 6),
        Expression::Fixed(Fixed::Year { year, fiscal: true }) => (*year, 0, 12),
        _ => return None,
    };
    let (end_year, end_month) = last_month(dated, length)?;
    let end = i32::from(end_year) * 12 + i32::from(end_month) - 1 + months_left;
    let start_month = i8::try_from((end + 1).rem_euclid(12) + 1).ok()?;
    let named_by = match i32::from(year) - end.div_euclid(12) {
        // Under a calendar year both ends give the same name.
        0 if start_month == 1 => None,
        0 => Some(NamedBy::End),
        -1 if start_month != 1 => Some(NamedBy::Start),
        _ => return None,
    };
    Some(Evidence { start: (start_month, 1), named_by, weight: Weight::Stated })
}

/// The last month of a dated stretch of so many months.
fn last_month(dated: &Expression, length: i32) -> Option<(i16, i8)> {
    let (months, last) = match dated {
        Expression::Fixed(Fixed::Ended(months, last)) => (i32::from(*months), *last),
        Expression::Fixed(Fixed::WeeksEnded(weeks, last)) => (months_of_weeks(*weeks)?, *last),
        Expression::Range(from, to) => match (&**from, &**to) {
            (Expression::Fixed(Fixed::Month(from_year, from)), Expression::Fixed(Fixed::Month(year, month))) => {
                let count = (i32::from(*year) - i32::from(*from_year)) * 12 + i32::from(*month) - i32::from(*from) + 1;
                return (count == length).then_some((*year, *month));
            }
            (Expression::Fixed(Fixed::Day(first)), Expression::Fixed(Fixed::Day(last))) => {
                let days = last.duration_since(*first).as_hours() / 24;
                // A month has between 30 and 31 days, give or take the days of a 52/53-week year.
                (i32::try_from((days * 12 + 183) / 365).ok()?, *last)
            }
            _ => return None,
        },
        _ => return None,
    };
    if months == length { nearest_month_end(last) } else { None }
}

/// The month whose end is within ten days of a date.
fn nearest_month_end(date: Date) -> Option<(i16, i8)> {
    match date.day() {
        1..=10 if date.month() == 1 => Some((date.year() - 1, 12)),
        1..=10 => Some((date.year(), date.month() - 1)),
        21.. => Some((date.year(), date.month())),
        _ => None,
    }
}

/// The first of a month that is nearest to the day after a year's last one.
fn nearest_start((month, day): (i8, i8)) -> Option<(i8, i8)> {
    match day {
        1..=10 => Some((month, 1)),
        21.. => Some((month % 12 + 1, 1)),
        _ => None,
    }
}

/// The day after a year's last one, to the day.
fn day_after(month: i8, day: i8) -> Option<(i8, i8)> {
    if month == 2 && day >= 28 {
        return Some((3, 1));
    }
    let next = Date::new(2023, month, day).ok()?.tomorrow().ok()?;
    Some((next.month(), next.day()))
}

#[cfg(test)]
mod tests {
    use super::infer_calendar;
    use crate::period::NamedBy;

    /// Holds the calendar of texts that `|` parts against `month-day name`.
    #[track_caller]
    fn check(rows: &[(&str, &str)]) {
        for (texts, expected) in rows {
            let found = infer_calendar(texts.split('|')).map_or("none".to_owned(), |calendar| {
                let name = if calendar.named_by == NamedBy::End { "end" } else { "start" };
                format!("{:02}-{:02} {name}", calendar.start_month, calendar.start_day)
            });
            assert_eq!(found, *expected, "{texts}");
        }
    }

    #[test]
    fn calendars_are_inferred_from_plain_words() {
        check(&[
            ("Fiscal year ends 31 January.", "02-01 end"),
            ("Our fiscal year ends on June 30.", "07-01 end"),
            ("Our financial year starts on 1 April", "04-01 end"),
            ("FY ends in September", "10-01 end"),
            ("The fiscal year ends on the Saturday nearest January 31", "02-01 end"),
            ("The fiscal year ends on the last Saturday of January", "02-01 end"),
            ("The financial year ends 5 April", "04-06 end"),
            ("Euro unless stated. The financial year is the calendar year.", "01-01 end"),
            ("Q3 FY25 = August to October 2024.", "02-01 end"),
            ("Q3 FY24 (August to October 2024)", "02-01 start"),
            ("FY24, year ended 31 December 2024", "01-01 end"),
            ("fiscal 2019 (year ended March 31, 2019)", "04-01 end"),
            ("Q2 FY25 board review|Quarter ended 30 June 2025", "01-01 end"),
            ("Revenue for the year ended March 31, 2019|for the year ended March 31, 2018", "04-01 end"),
            ("fiscal year ended April 27, 2019", "05-01 end"),
            ("FY25 runs from 1 July 2024 to 30 June 2025", "07-01 end"),
            ("The trust's year runs from 1 October to 30 September.", "10-01 end"),
            ("Our financial year runs April to March", "04-01 end"),
            ("The year runs from 1 August to 31 July, so month 8 is March 2025.", "08-01 end"),
            ("Management accounts to 31 December 2024 (month 9)", "04-01 end"),
            ("Schedules, month 3 (October 2024)", "08-01 end"),
            ("Q2 FY25 (13 weeks ended 28 June 2025)", "01-01 end"),
            ("Accounts for the six months to 30 September 2025", "04-01 end"),
            ("Half-year monitoring, 1 April to 30 September 2025", "04-01 end"),
            ("Interim report, October 2024 to March 2025", "10-01 end"),
            ("nine months ended 31 December 2024, year ended 31 March 2024", "04-01 end"),
            // A statement outweighs the year of somebody else.
            ("Fiscal year ends 31 January.|The pension scheme's year ended 31 March 2024", "02-01 end"),
        ]);
    }

    #[test]
    fn evidence_that_does_not_agree_gives_nothing() {
        check(&[
            ("year ended 31 March 2024|year ended 30 June 2024", "none"),
            ("Q3 FY25 = August to October 2024; Q2 FY25 = April to June 2025", "none"),
            ("Q3 FY24 (August to October 2024). Q2 FY25 (May to July 2024)", "none"),
            ("Q2 FY25, compared with the quarter ended 31 March 2025", "none"),
            ("Q2 FY25 was good. The deal closes on 30 June 2025.", "none"),
            ("twelve months ended 30 June 2024", "none"),
            ("The tax year ends 5 April", "none"),
            ("The tax year runs from 6 April to 5 April", "none"),
            ("The season runs from 1 April to 31 October", "none"),
            ("The season ran from 1 April to 30 September 2025", "none"),
            ("six months ended 31 December 2025", "none"),
            ("six months ended 30 September 2025|nine months ended 30 June 2025", "none"),
            ("Works finish on 31 March 2025 (month 8 of 24)", "none"),
            ("Q5 FY25 and nothing else", "none"),
        ]);
    }
}
