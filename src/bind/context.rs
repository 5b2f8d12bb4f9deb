//! Where a number stands in time: the reporting period of its slide, section and document.
//!
//! Enters: documents with their mentions, configuration. Leaves: for each block, the period in force and where it comes from.
//! Invariant: the nearest statement wins, in the order of the design: title › section › document › configuration.

mod topic;
mod unnamed;

use crate::config::Config;
use crate::document::{BlockKind, Document, Flow};
use crate::extract::{DecimalMark, Mention, MentionKind};
use crate::finding::Confidence;
use crate::grid::Grid;
use jiff::civil::Date;

use crate::period::{Calendar, Expression, Fixed, Grain, Period, PeriodContext, Relative};
use crate::scenario;
use crate::source::SourceOfTruth;
use crate::span::Files;

pub(crate) use topic::is_topic;

/// What names the period of a document whose first lines do.
const LINES: &str = "the opening lines";

/// Periods by place.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    calendar: Calendar,
    documents: Vec<DocumentContext>,
}

#[derive(Debug, Default)]
struct DocumentContext {
    reporting: Option<(Period, &'static str, Confidence)>,
    /// Period that each block's headings or slide state, where they do.
    blocks: Vec<Option<(Period, &'static str, Confidence)>>,
}

impl Contexts {
    /// Settles every document's reporting period, then every block's.
    pub(super) fn new(
        calendar: Calendar,
        files: &Files,
        documents: &[Document],
        mentions: &[Vec<Vec<Mention>>],
        grids: &[Grid],
        source: &SourceOfTruth,
        config: &Config,
    ) -> Self {
        let mut contexts = Self { calendar, documents: Vec::new() };
        let mut stated: Vec<Option<(Period, &'static str, Confidence)>> = documents
            .iter()
            .enumerate()
            .map(|(at, document)| {
                let own = reporting(&calendar, files, document, &mentions[at], config);
                // `The loan falls due in 2028`: what lines speak of beyond the tables is still to come.
                // `second only to the 97.8% of FY22`: what they speak of from years before the tables' latest is only compared with.
                let latest = || latest_column(&calendar, at, grids);
                let told = |period: &Period, latest: Period| {
                    let (own, last) = (period.bounds(&calendar), latest.bounds(&calendar).1);
                    own.0 <= last && own.1 > latest.year_before().bounds(&calendar).1
                };
                own.filter(|(period, place, _)| *place != LINES || latest().is_none_or(|latest| told(period, latest)))
            })
            .collect();
        // A part of a year that the title names goes before what the lines below it compare with.
        let mut lines = vec![None; stated.len()];
        for (at, own) in stated.iter_mut().enumerate() {
            let other = |(period, place, _): &(Period, &str, Confidence)| {
                *place == LINES
                    && titled_part(&documents[at], &mentions[at]).is_some_and(|part| !is_part(*period, &part))
            };
            if own.as_ref().is_some_and(other) {
                lines[at] = own.take();
            }
        }
        // `Bookshops, third quarter`: of the latest year for which the deck or its source has one.
        if stated.iter().all(Option::is_none) {
            let mut known = None;
            for (at, own) in stated.iter_mut().enumerate() {
                let Some(part) = titled_part(&documents[at], &mentions[at]) else { continue };
                let known = known.get_or_insert_with(|| spans(&calendar, documents, mentions, grids, source));
                let latest = known.iter().filter(|period| is_part(**period, &part)).max();
                *own = latest.map(|period| (*period, "the first heading", Confidence::High));
            }
        }
        for (own, line) in stated.iter_mut().zip(lines) {
            *own = own.or(line);
        }
        // Slides and appendix of one deck report one period: a document that states none follows one that does.
        let shared = stated.iter().flatten().max_by_key(|(_, _, confidence)| *confidence).copied();
        let unanimous = stated.iter().flatten().all(|(period, ..)| shared.is_some_and(|s| s.0 == *period));
        for (at, own) in stated.iter_mut().enumerate() {
            if own.is_none() && unanimous {
                *own = shared.map(|(period, place, confidence)| (period, place, confidence.min(Confidence::Medium)));
            }
            if own.is_none() {
                *own = latest_column(&calendar, at, grids)
                    .map(|period| (period, "the latest column of its tables", Confidence::Medium));
            }
        }
        if stated.iter().all(Option::is_none)
            && let Some(period) = unnamed::unnamed(&calendar, documents, mentions, grids, source)
        {
            stated.fill(Some((period, "no year that the deck names", Confidence::High)));
        }
        // With nothing stated and no table in the document itself, the latest column anywhere in the deck, where all tell the same.
        let told: Vec<Period> = stated.iter().flatten().map(|(period, ..)| period.moment(&calendar)).collect();
        let anywhere = documents
            .iter()
            .enumerate()
            .filter_map(|(at, _)| stated[at])
            .max_by_key(|(period, ..)| period.bounds(&calendar).1);
        let one = told.iter().all(|period| Some(period) == told.first());
        for (at, document) in documents.iter().enumerate() {
            let reporting =
                stated[at].or(anywhere.filter(|_| one).map(|(period, place, _)| (period, place, Confidence::Medium)));
            let context = PeriodContext { calendar, reporting: reporting.map(|(period, ..)| period) };
            let blocks = blocks(document, &mentions[at], &context);
            contexts.documents.push(DocumentContext { reporting, blocks });
        }
        contexts
    }

    /// What relative periods of a document are taken against.
    pub(super) fn context(&self, document: usize) -> PeriodContext {
        let reporting = self.documents.get(document).and_then(|document| document.reporting).map(|(period, ..)| period);
        PeriodContext { calendar: self.calendar, reporting }
    }

    /// The period that the headings or the slide of a block state.
    pub(super) fn titled(&self, document: usize, block: usize) -> Option<(Period, &'static str, Confidence)> {
        self.documents.get(document)?.blocks.get(block).copied().flatten()
    }

    /// The periods of a document's blocks, for numbers that name none.
    pub(super) fn times(&self, document: usize, blocks: usize) -> Vec<Option<Period>> {
        (0..blocks).map(|block| self.period(document, block).map(|(period, ..)| period)).collect()
    }

    /// The period of numbers that name none, where it comes from, and how sure that makes us.
    pub(super) fn period(&self, document: usize, block: usize) -> Option<(Period, &'static str, Confidence)> {
        self.titled(document, block).or(self.documents.get(document)?.reporting)
    }
}

fn period_of(flow: &Flow, context: &PeriodContext) -> Option<Period> {
    super::table::only_period(flow.text(), context).or_else(|| Period::parse(flow.text().trim()).ok())
}

/// What a document says of its own period: front matter, configuration, title, first headings.
fn reporting(
    calendar: &Calendar,
    files: &Files,
    document: &Document,
    mentions: &[Vec<Mention>],
    config: &Config,
) -> Option<(Period, &'static str, Confidence)> {
    let context = PeriodContext { calendar: *calendar, reporting: None };
    if let Some(period) = document.period.as_ref().and_then(|flow| period_of(flow, &context)) {
        return Some((period, "the document's front matter", Confidence::High));
    }
    let path = files.get(document.file).path();
    if let Some(period) = config.document(path).find_map(|settings| settings.period) {
        return Some((period, "the configuration of the document", Confidence::High));
    }
    // `Board meeting, 14 November 2025`: the day on which people meet is no time that they report on.
    let reported = |period: &Period| !matches!(period, Period::Day(date) if *date != date.last_of_month());
    if let Some(period) = document.title.as_ref().and_then(|flow| period_of(flow, &context)).filter(reported) {
        return Some((period, "the document's title", Confidence::High));
    }
    if let Some(period) = config.period {
        return Some((period, "the configuration", Confidence::High));
    }
    opening(document, mentions, &context)
}

/// The period that the document's opening names: the first heading, else the first lines, where they name one reporting period.
fn opening(
    document: &Document,
    all: &[Vec<Mention>],
    context: &PeriodContext,
) -> Option<(Period, &'static str, Confidence)> {
    for (at, (block, mentions)) in document.blocks.iter().zip(all).take(6).enumerate() {
        let heading = matches!(block.kind, BlockKind::Heading(..));
        let short = block.flow().is_some_and(|flow| flow.text().len() < 200);
        if !heading && !short {
            continue;
        }
        let text = block.flow().map_or("", Flow::text);
        if !heading && is_line(text, mentions) && topic::is_only_time(text, mentions) {
            if let Some(period) = heading_period(text, mentions, context) {
                return Some((period, LINES, Confidence::High));
            }
            continue;
        }
        let spoken = mentions.iter().filter(|mention| {
            let at = mention.range.start;
            heading
                || !is_compared_with(text, mentions, at)
                    && !is_turning_point(text, at)
                    && !is_part_of_a_name(text, &mention.range)
        });
        // The year up to a period where the report is on that.
        let run_to = |period: Period| {
            let counted = |run: &Period| counts_months(document, all, *run, &context.calendar);
            period.to_date(&context.calendar).filter(counted).unwrap_or(period)
        };
        let mut periods = spoken.filter_map(|mention| match &mention.kind {
            MentionKind::Period(expression, _) if names_report(expression) => {
                let period = expression.resolve(context)?;
                Some(if heading && is_numbered(expression) { run_to(period) } else { period })
            }
            // `Half-year monitoring, 1 April to 30 September 2025`: a sentence may speak of any stretch.
            MentionKind::Period(run @ Expression::Range(..), _) if heading || is_line(text, mentions) => {
                run.resolve(context)
            }
            MentionKind::Period(expression, _)
                if at == 0 && heading && is_stood_at(text, mention.range.start, expression) =>
            {
                let period = expression.resolve(context)?;
                let led = ends_with(text.get(..mention.range.start)?.trim_end(), "to");
                Some(if led { run_to(period) } else { period })
            }
            _ => None,
        });
        if let Some(first) = periods.next()
            && periods.all(|period| period == first)
        {
            let place = if heading { "the first heading" } else { LINES };
            return Some((first, place, Confidence::High));
        }
    }
    None
}

/// The part of a year that the first heading or the line below it names without its year.
fn titled_part(document: &Document, mentions: &[Vec<Mention>]) -> Option<Expression> {
    titled(document, mentions, |own| matches!(own, Expression::Quarter(_) | Expression::Half(_)))
}

/// The one time of a kind that the first heading, or the line below it, names.
fn titled(document: &Document, mentions: &[Vec<Mention>], wanted: impl Fn(&Expression) -> bool) -> Option<Expression> {
    let opening = document.blocks.iter().zip(mentions).take(2).enumerate();
    let named = opening.flat_map(|(at, (block, mentions))| {
        let title = at == 0 && matches!(block.kind, BlockKind::Heading(..));
        let text = block.flow().map_or("", Flow::text);
        let alone = move || is_line(text, mentions) && topic::is_only_time(text, mentions);
        let spoken = if title || alone() { mentions.as_slice() } else { &[] };
        spoken.iter().filter_map(|mention| match &mention.kind {
            MentionKind::Period(expression, _) => Some(expression),
            _ => None,
        })
    });
    let mut own = named.filter(|own| wanted(own));
    let first = own.next()?;
    own.all(|other| other == first).then(|| first.clone())
}

/// The quarters and halves that the deck or its source has numbers of, not only for comparison.
fn spans(
    calendar: &Calendar,
    documents: &[Document],
    mentions: &[Vec<Vec<Mention>>],
    grids: &[Grid],
    source: &SourceOfTruth,
) -> Vec<Period> {
    let context = PeriodContext { calendar: *calendar, reporting: None };
    let actual = source.facts.iter().filter(|fact| fact.scenario == scenario::ACTUAL);
    let mut found: Vec<Period> = actual.map(|fact| fact.period).collect();
    let columns = grids.iter().flat_map(|grid| grid.columns.iter().chain(&grid.rows));
    found.extend(columns.filter(|line| !line.is_plan()).filter_map(|line| line.when(&context)));
    for (document, mentions) in documents.iter().zip(mentions) {
        for (block, mentions) in document.blocks.iter().zip(mentions) {
            let text = block.flow().map_or("", Flow::text);
            found.extend(mentions.iter().filter_map(|mention| match &mention.kind {
                MentionKind::Period(Expression::Fixed(fixed @ (Fixed::Quarter(..) | Fixed::Half(..))), None)
                    if !is_compared_with(text, mentions, mention.range.start) =>
                {
                    Expression::Fixed(*fixed).resolve(&context)
                }
                _ => None,
            }));
        }
    }
    found
}

/// Whether a period is that part of some year.
fn is_part(period: Period, part: &Expression) -> bool {
    match (period, part) {
        (Period::Quarter(_, own), Expression::Quarter(part)) | (Period::Half(_, own), Expression::Half(part)) => {
            own == *part
        }
        _ => false,
    }
}

/// `(2018: £936m)`, `up from FY24`, `up from £4.0m in Q3 FY24`: a period that a sentence only compares with is not what its document
/// reports on.
fn is_compared_with(text: &str, mentions: &[Mention], at: usize) -> bool {
    let compared = |at: usize| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        before.ends_with('(') || ["from", "than"].iter().any(|word| ends_with(before, word)) || is_set_against(text, at)
    };
    // The number that is compared with stands between the words and its time.
    let head = ["in the", "in", "of the", "of", "for the", "for", "at the", "at"].iter().find_map(|led| {
        let before = text.get(..at)?.trim_end();
        if ends_with(before, led) { before.get(..before.len() - led.len()) } else { None }
    });
    let number = || {
        let end = head?.trim_end().len();
        let own = |mention: &&Mention| matches!(mention.kind, MentionKind::Quantity(_)) && mention.range.end == end;
        mentions.iter().find(own).map(|mention| mention.range.start)
    };
    compared(at) || number().is_some_and(compared)
}

/// `falls due in 2038`, `founded in 1998`, `until 2030`: a time at which something begins or ends, on which nothing is reported.
fn is_turning_point(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    [
        "since",
        "until",
        "by",
        "due in",
        "due by",
        "matures in",
        "maturing in",
        "expires in",
        "founded in",
        "established in",
    ]
    .iter()
    .any(|words| ends_with(before, words))
}

/// `The 2024 Riesling sold out`, `our 2019 Senior Notes`: a year by which a thing goes.
fn is_part_of_a_name(text: &str, year: &std::ops::Range<usize>) -> bool {
    let before = text.get(..year.start).unwrap_or_default().trim_end();
    let led = ["the", "our", "its", "their"].iter().any(|word| ends_with(before, word));
    let behind = text.get(year.end..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
    led && behind.starts_with(char::is_uppercase)
}

/// `FY25 versus FY24`, `compared with the year ended …`: the second of two periods that are set side by side.
fn is_set_against(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    ["vs", "vs.", "versus", "against", "compared to", "compared with", "compares with", "compares to"]
        .iter()
        .any(|words| ends_with(before, words))
}

/// Whether a text ends with words, whatever their case.
fn ends_with(text: &str, words: &str) -> bool {
    let start = text.len().checked_sub(words.len());
    let end = start.and_then(|start| text.get(start..));
    let apart = || text[..text.len() - words.len()].ends_with(|c: char| !c.is_alphanumeric());
    end.is_some_and(|end| end.eq_ignore_ascii_case(words)) && (text.len() == words.len() || apart())
}

/// Whether an expression can name what a document reports on: a date alone is when it was written.
fn names_report(expression: &Expression) -> bool {
    fixed(expression).is_some_and(|fixed| !matches!(fixed, Fixed::Day(_)))
}

/// `Receivables at 30 June 2025`, `Balance sheet, 31 December 2025`: a date behind a heading's words on which its numbers stood: the
/// last of a month. On others boards meet.
pub(super) fn is_closing_date(before: &str, date: Date) -> bool {
    let stands =
        before.ends_with(',') || ["at", "of", "to", "ended", "ending"].iter().any(|word| ends_with(before, word));
    stands && date == date.last_of_month()
}

/// `Portfolio at 30 September 2025`: a title that says when its numbers stood.
fn is_stood_at(text: &str, at: usize, expression: &Expression) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let dated = match expression {
        Expression::Fixed(Fixed::Day(date)) => is_closing_date(before, *date),
        Expression::EndOf(inner) => matches!(**inner, Expression::Fixed(_)),
        _ => false,
    };
    dated && !before.is_empty()
}

/// `Finance report, Month 7 2025/26`: a month that goes by its number in the year.
fn is_numbered(expression: &Expression) -> bool {
    fixed(expression).is_some_and(|fixed| matches!(fixed, Fixed::NthMonth(..)))
}

/// What an expression says without leaving anything open, its year being written as `2025` or `2025/26`.
fn fixed(expression: &Expression) -> Option<&Fixed> {
    match expression {
        Expression::SplitYear(inner) => fixed(inner),
        Expression::Fixed(fixed) => Some(fixed),
        _ => None,
    }
}

/// `Management accounts to 31 March 2025` over `the eight months`: the report is on the year to that date, where it counts the months
/// that have run. Accounts of one month are called so too.
fn counts_months(document: &Document, mentions: &[Vec<Mention>], period: Period, calendar: &Calendar) -> bool {
    let (first, last) = period.bounds(calendar);
    let run = (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month() - first.month()) + 1;
    let counted = |mention: &Mention| match &mention.kind {
        MentionKind::Period(Expression::Months(months) | Expression::Ended(months, _), _) => i32::from(*months) == run,
        MentionKind::Period(Expression::Fixed(Fixed::Ended(months, date)), _) => {
            i32::from(*months) == run && *date == last
        }
        _ => false,
    };
    let texts = document.blocks.iter().zip(mentions).filter(|(block, _)| block.flow().is_some());
    run > 1 && texts.flat_map(|(_, mentions)| mentions).any(counted)
}

/// The latest actual period among the column (or row) headers of a document's tables.
fn latest_column(calendar: &Calendar, document: usize, grids: &[Grid]) -> Option<Period> {
    let context = PeriodContext { calendar: *calendar, reporting: None };
    let own = || grids.iter().filter(|grid| grid.document == document);
    let latest = own()
        .flat_map(|grid| grid.columns.iter().chain(&grid.rows))
        .filter(|line| !line.is_plan())
        .filter_map(|line| line.when(&context))
        .max_by_key(|period| period.bounds(calendar).1)?;
    // Tables of year ends report on years.
    let year = latest.at_grain(Grain::Year, calendar).filter(|year| year.moment(calendar) == latest.moment(calendar));
    year.filter(|_| annual_columns(own()).is_some()).or(Some(latest))
}

/// For each block, the period of the line above that stands for a heading, else of its nearest heading that names one, else of its
/// slide.
fn blocks(
    document: &Document,
    mentions: &[Vec<Mention>],
    context: &PeriodContext,
) -> Vec<Option<(Period, &'static str, Confidence)>> {
    // `Budget review: December 2025` over a half-year's figures: the month in which it ends is a date.
    let dates = |period: &Period| {
        let longer = |now: Period| now.grain().is_none_or(|grain| grain > Grain::Month);
        let end = |period: Period| period.bounds(&context.calendar).1;
        context
            .reporting
            .is_some_and(|now| longer(now) && period.grain() == Some(Grain::Month) && end(now) == end(*period))
    };
    let first = document.blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading(..)));
    let own: Vec<Option<Period>> = document
        .blocks
        .iter()
        .zip(mentions)
        .enumerate()
        .map(|(at, (block, mentions))| {
            let heading = matches!(block.kind, BlockKind::Heading(..));
            let found =
                block.flow().filter(|_| heading).and_then(|flow| heading_period(flow.text(), mentions, context));
            found.filter(|period| Some(at) != first || !dates(period))
        })
        .collect();
    let lines = period_lines(document, mentions, context);
    let mut leading = vec![false; document.blocks.len()];
    for up in document.blocks.iter().filter_map(|block| block.lead) {
        if let Some(leads) = leading.get_mut(up) {
            *leads = true;
        }
    }
    let announced: Vec<Option<Period>> = (document.blocks.iter().zip(mentions))
        .zip(leading)
        .map(|((block, mentions), leads)| topic::announced(block.flow().filter(|_| leads)?.text(), mentions, context))
        .collect();
    let heads = |at: usize| matches!(document.blocks[at].kind, BlockKind::Heading(..));
    document
        .blocks
        .iter()
        .zip(lines)
        .enumerate()
        .map(|(at, (block, line))| {
            if let Some(period) = document.leads(at).take_while(|up| !heads(*up)).find_map(|up| announced[up]) {
                return Some((period, "the line above", Confidence::Medium));
            }
            if let Some(period) = line {
                return Some((period, "the line above", Confidence::Medium));
            }
            let mut at = block.heading;
            let mut steps = 0;
            while let Some(heading) = at {
                if let Some(period) = own.get(heading).copied().flatten() {
                    let place = if steps == 0 { "the slide's title" } else { "the section's title" };
                    return Some((period, place, Confidence::High));
                }
                // A heading's own heading stands before it; the bound guards against a reader's mistake.
                at = document.blocks.get(heading).and_then(|block| block.heading).filter(|up| *up < heading);
                steps += 1;
            }
            let stated = document.slide_periods.iter().find(|(slide, _)| *slide == block.slide)?;
            period_of(&stated.1, context).map(|period| (period, "the slide's period", Confidence::High))
        })
        .collect()
}

/// For each block, the period of a line such as `Fiscal 2018 compared with fiscal 2017` that stands above it in place of a heading,
/// up to the next line of that kind or the next heading.
fn period_lines(document: &Document, mentions: &[Vec<Mention>], context: &PeriodContext) -> Vec<Option<Period>> {
    let mut current = None;
    let mut found = Vec::with_capacity(document.blocks.len());
    for (block, mentions) in document.blocks.iter().zip(mentions) {
        match &block.kind {
            BlockKind::Heading(..) => current = None,
            BlockKind::Paragraph(flow) if is_line(flow.text(), mentions) => {
                let only = topic::is_only_time(flow.text(), mentions);
                current = if only { heading_period(flow.text(), mentions, context) } else { None };
            }
            _ => {}
        }
        found.push(current);
    }
    found
}

/// Whether a paragraph is a short line without an end and without a number: a heading as exports of text leave it.
fn is_line(text: &str, mentions: &[Mention]) -> bool {
    let text = text.trim_end();
    let ended = text.ends_with(['.', ':', ';', ',', '!', '?']);
    let counted = mentions.iter().any(|mention| matches!(mention.kind, MentionKind::Quantity(_)));
    !ended && !counted && text.split_whitespace().count() <= 16
}

/// The one period that a heading names, aside from what it is compared with; `Q2 to Q3` and `last quarter` name none.
fn heading_period(text: &str, mentions: &[Mention], context: &PeriodContext) -> Option<Period> {
    let (against, named): (Vec<&Mention>, Vec<&Mention>) =
        mentions.iter().partition(|mention| is_set_against(text, mention.range.start));
    let resolved = |mention: &&Mention| match &mention.kind {
        MentionKind::Period(
            expression
            @ Expression::Relative(Relative::This(Grain::Quarter | Grain::Month | Grain::Year | Grain::Half)),
            _,
        ) => topic::longer_span(expression, context).filter(|_| topic::is_only_time(text, mentions)).map(Some),
        MentionKind::Period(Expression::Fixed(Fixed::Day(_)), _) => None,
        // `P&L against budget and prior year`: what the slide compares with.
        MentionKind::Period(expression, _) if expression.is_distance() && !topic::is_only_time(text, mentions) => None,
        MentionKind::Period(expression, _) => Some(expression.resolve(context)),
        _ => None,
    };
    let mut periods = named.iter().filter_map(resolved);
    let first = periods.next()??;
    // `2017 compared to 2018` is about 2018 as much as `2018 compared to 2017` is.
    let end = |period: &Period| period.bounds(&context.calendar).1;
    let later =
        against.iter().filter_map(resolved).flatten().filter(|period| end(period) > end(&first)).max_by_key(end);
    periods.all(|period| period == Some(first)).then(|| later.unwrap_or(first))
}

/// The decimal mark of one document.
pub(crate) fn decimal(document: &Document) -> DecimalMark {
    let texts = document.blocks.iter().filter_map(|block| block.flow().map(Flow::text));
    let tables = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    });
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells).map(|cell| cell.flow.text());
    crate::extract::decimal_mark(document.language.as_deref(), texts, cells)
}

/// The calendar of tables whose date columns are all a year apart: 27 December 2019 beside 28 December 2018 ends a fiscal year.
pub(super) fn annual_columns<'a>(grids: impl Iterator<Item = &'a Grid>) -> Option<Calendar> {
    let mut dates: Vec<Date> = Vec::new();
    for column in grids.flat_map(|grid| &grid.columns) {
        match column.period {
            Some(Expression::Fixed(Fixed::Day(date))) => dates.push(date),
            // A table with shorter spans among its columns is no annual table.
            Some(
                Expression::Fixed(Fixed::Quarter(..) | Fixed::Half(..) | Fixed::Month(..) | Fixed::NthMonth(..))
                | Expression::Quarter(_)
                | Expression::Half(_)
                | Expression::Month(_),
            ) => return None,
            _ => {}
        }
    }
    dates.sort_unstable();
    dates.dedup();
    let last = *dates.last()?;
    let annual = dates.windows(2).all(|pair| (358..=372).contains(&(pair[1] - pair[0]).get_days()));
    if dates.len() < 2 || !annual {
        return None;
    }
    let next = last.tomorrow().ok()?;
    Some(Calendar { start_month: next.month(), start_day: next.day(), ..Calendar::default() })
}

/// The calendar of tables whose columns run through the twelve months of one year from another month than January: `Apr | … | Mar | FY26`.
pub(super) fn monthly_columns<'a>(grids: impl Iterator<Item = &'a Grid>) -> Option<Calendar> {
    let month = |column: &crate::grid::Line| match column.period {
        Some(Expression::Month(month) | Expression::Fixed(Fixed::Month(_, month))) => Some(month),
        _ => None,
    };
    let mut first = None;
    for grid in grids {
        let columns: Vec<Option<i8>> = grid.columns.iter().filter(|line| line.kind.is_plain()).map(month).collect();
        let months: Vec<i8> = columns.iter().map_while(|month| *month).collect();
        let year = matches!(
            grid.columns.get(12).map(|column| &column.period),
            Some(Some(Expression::Fixed(Fixed::Year { .. })))
        );
        let running = months.windows(2).all(|pair| pair[1] == pair[0] % 12 + 1);
        if months.len() != 12 || !running || !year {
            continue;
        }
        if first.replace(months[0]).is_some_and(|other| other != months[0]) {
            return None;
        }
    }
    let start_month = first.filter(|month| *month != 1)?;
    Some(Calendar { start_month, ..Calendar::default() })
}
