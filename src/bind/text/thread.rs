//! What a sentence goes on about: the part and the time that the sentences before it in its paragraph set.
//!
//! A sentence stands in the time of its place (title, section, document). Another time holds for it
//! - where a sentence or line before it **announces** one, which says nothing else: `Half-year commentary.`, `For January to September
//!   the picture is better.` It holds until another is announced, and nothing is left open.
//! - where the numbers of the sentence before it **are of** one: `Revenue for the six months was £163.0m.` A sentence behind it that names
//!   no time may be of either; a pronoun that opens it (`That left EBIT of £7.0m`) is for the other. What it is, its numbers tell
//!   ([`super::super::either`]).
//!
//! What lies ahead (`For the year we expect …`) sets no time for others, nor does what is only compared with.
//!
//! Enters: the sentences of a paragraph in order. Leaves: their readings, and those of a time that is open.
//! Invariant: a sentence that names its time is of that time.

use super::headline;
use crate::bind::context::is_topic;
use crate::bind::either::Of;
use crate::bind::grammar::{self, Reading, Scope};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind, is_whole};
use crate::extract::MentionKind;
use crate::finding::Confidence;
use crate::period::{Expression, Grain, Period, PeriodContext, Relative};
use crate::scenario;
use crate::stops;
use crate::vocabulary::MetricId;
use crate::words::words;

/// What the sentences of a paragraph so far leave for the next one.
#[derive(Default)]
pub(super) struct Thread {
    /// `Gearboxes is the weak point. Its order intake fell to …`.
    segment: Option<String>,
    /// The metric that the last sentence is about.
    metric: Option<MetricId>,
    /// The time that was announced.
    announced: Option<Period>,
    /// The time that the last sentence was of, where that is not the place's.
    told: Option<Period>,
    /// How the last sentence would be read, were it of the time that the one before it was of, or of the whole.
    choice: Option<(Of, Vec<Reading>)>,
}

impl Thread {
    /// Reads a sentence of a text.
    pub(super) fn read(&mut self, text: &str, items: &[Item], scope: &Scope<'_>) -> Vec<Reading> {
        self.choice = None;
        if let Some(period) = announced(items, scope) {
            self.announced = Some(period);
            self.told = None;
            return Vec::new();
        }
        let scope = match self.announced {
            Some(period) => &at_time(period, scope),
            None => scope,
        };
        let scope = &Scope { spoken: self.metric, ..scope.clone() };
        let segment = self.carried_segment(text, items, scope);
        let mut readings = read_of(segment.clone(), items, scope);
        look_ahead(&mut readings, items, scope);
        turn_ahead(&mut readings, items, scope);
        if let Some(told) = self.told.filter(|_| !names_now(items, scope)) {
            let other = read_of(segment.clone(), items, &at_time(told, scope));
            let differs =
                readings.iter().zip(&other).any(|(own, other)| own.period != other.period || own.base != other.base);
            self.choice = (differs && readings.len() == other.len())
                .then(|| (Of::Time { takes_up: takes_up(text, items) }, other));
        }
        if self.choice.is_none()
            && let Some(other) = of_the_month(segment, items, scope)
        {
            let differs = readings.iter().zip(&other).any(|(own, other)| own.period != other.period);
            self.choice = (differs && readings.len() == other.len()).then_some((Of::Month, other));
        }
        if self.choice.is_none()
            && let Some(other) = of_whole(text, items, scope)
        {
            let differs = readings.iter().zip(&other).any(|(own, other)| own.segment != other.segment);
            self.choice = (differs && readings.len() == other.len()).then_some((Of::Whole, other));
        }
        if !readings.is_empty() {
            self.tell(&readings, scope);
            self.metric = readings.iter().find(|reading| reading.stated).and_then(|reading| reading.metric);
        }
        readings
    }

    /// How the sentence that was read last would be read otherwise, and of what that is.
    pub(super) fn choice(&mut self) -> Option<(Of, Vec<Reading>)> {
        self.choice.take()
    }

    /// The segment that a sentence which names none goes on about, unless it speaks of the whole.
    fn carried_segment(&mut self, text: &str, items: &[Item], scope: &Scope<'_>) -> Option<String> {
        let mut own = items.iter().filter_map(|item| match &item.kind {
            Kind::Segment(segment) => Some(segment),
            _ => None,
        });
        let first = own.next();
        let one = own.all(|segment| Some(segment) == first);
        let we = |item: &Item| item.is_word(&["we"]);
        let whole = || items.iter().any(|item| item.speaks_of_whole() || we(item));
        // `Its revenue slipped to £18.2m; the Regions, at £28.3m, made up for it`: other parts only follow in another clause.
        let clause = items.iter().position(|item| item.kind == Kind::Break(Break::Clause)).unwrap_or(items.len());
        let later = !items[..clause].iter().any(|item| matches!(item.kind, Kind::Segment(_)));
        if first.is_some() && later && scope.segment.is_none() && opens_with(text, items, &["its", "their"]) {
            return self.segment.take();
        }
        if let Some(segment) = first {
            self.segment = one.then(|| segment.clone());
        } else if whole() {
            self.segment = None;
        }
        self.segment.clone().filter(|_| first.is_none() && scope.segment.is_none())
    }

    /// Keeps the time that a sentence sets for the next one.
    fn tell(&mut self, readings: &[Reading], scope: &Scope<'_>) {
        let place = scope.period.map(|(period, ..)| period);
        let actual = |reading: &&Reading| {
            reading.stated && reading.scenario.as_deref().is_none_or(|name| name == scenario::ACTUAL)
        };
        let calendar = &scope.context.calendar;
        let same = |period: Period| place.is_some_and(|place| place.plain(calendar) == period.plain(calendar));
        let mut times = readings.iter().filter(actual).filter_map(|reading| reading.period);
        let Some(first) = times.next() else { return };
        let last = times.next_back().unwrap_or(first);
        let told = if same(last) { first } else { last };
        // `Revenue was £83.1m in Q2 and £79.8m in Q1.` goes back only to compare.
        let back = same(first) && place.is_some_and(|place| told.bounds(calendar).1 < place.bounds(calendar).0);
        // A sentence that goes on without a time of its own leaves open what it was of.
        let silent = self.choice.is_some() && readings.iter().all(|reading| reading.period.is_none_or(same));
        if !silent {
            self.told = (!same(told) && !back).then_some(told);
        }
    }
}

/// How a sentence without a time would be read in a report on the year to date, were it of the month that this ends with: `Learners fell
/// to 2,317`.
fn of_the_month(segment: Option<String>, items: &[Item], scope: &Scope<'_>) -> Option<Vec<Reading>> {
    let (place, ..) = scope.period.filter(|(place, ..)| matches!(place, Period::MonthToDate(..)))?;
    let month = place.at_grain(Grain::Month, &scope.context.calendar).filter(|_| says_no_time(items, scope))?;
    Some(read_of(segment, items, &at_time(month, scope)))
}

/// `EBITDA is forecast at £2.6m` in a report on the year to date is of the year: what has been is forecast no more.
fn look_ahead(readings: &mut [Reading], items: &[Item], scope: &Scope<'_>) {
    let Some((place, ..)) = scope.period.filter(|(place, ..)| matches!(place, Period::MonthToDate(..))) else { return };
    let year = place.at_grain(Grain::Year, &scope.context.calendar).filter(|_| says_no_time(items, scope));
    let ahead = |reading: &&mut Reading| {
        reading.period == Some(place) && matches!(reading.scenario.as_deref(), Some("forecast" | "guidance"))
    };
    if let Some(year) = year {
        for reading in readings.iter_mut().filter(ahead) {
            reading.period = Some(year);
            reading.evidence.push(format!("{year}, of which it is a forecast"));
        }
    }
}

/// Days from the end of June back to that of December, and less by none.
const HALF_A_YEAR: i32 = 181;

/// `We expect net debt of €90m by December` in a report on June: nobody expects what is half a year back.
fn turn_ahead(readings: &mut [Reading], items: &[Item], scope: &Scope<'_>) {
    let calendar = &scope.context.calendar;
    let Some(reporting) = scope.context.reporting.map(|period| period.bounds(calendar).1) else { return };
    let bare = |expression: &Expression| match expression {
        Expression::EndOf(inner) => matches!(**inner, Expression::Month(_)),
        expression => matches!(expression, Expression::Month(_) | Expression::MonthDay(..)),
    };
    let bare = times(items, scope).filter(|expression| bare(expression));
    let named: Vec<Period> = bare.filter_map(|expression| expression.resolve(&scope.context)).collect();
    for reading in readings {
        let ahead = matches!(reading.scenario.as_deref(), Some("forecast" | "guidance"));
        let Some(period) = reading.period.filter(|period| ahead && named.contains(period)) else { continue };
        let (back, next) = ((reporting - period.bounds(calendar).1).get_days(), period.years_on(1));
        if back >= HALF_A_YEAR {
            reading.period = Some(next);
            reading.evidence.push(format!("{next}, of which it is a forecast"));
        }
    }
}

/// Whether no words of a sentence say when, but for how far back it compares.
fn says_no_time(items: &[Item], scope: &Scope<'_>) -> bool {
    times(items, scope).all(Expression::is_distance)
}

/// The times that the words of a sentence name, in order.
fn times<'a>(items: &'a [Item], scope: &'a Scope<'_>) -> impl Iterator<Item = &'a Expression> {
    items.iter().filter_map(|item| match item.kind {
        Kind::Period(mention) => match &scope.mentions.get(mention)?.kind {
            MentionKind::Period(expression, _) => Some(expression),
            _ => None,
        },
        _ => None,
    })
}

/// How a sentence that may be of the whole would be read, were it so: under a title that only tells something of a part, where it says
/// so itself (`Group revenue was …`), and behind what only mentions a part.
fn of_whole(text: &str, items: &[Item], scope: &Scope<'_>) -> Option<Vec<Reading>> {
    let adjunct = headline::without_adjunct(items);
    // `Group revenue` may be the metric's own name.
    let named = |item: &Item| {
        let name = || text.get(item.range.clone()).unwrap_or_default();
        matches!(item.kind, Kind::Metric(..)) && words(name()).iter().any(|word| is_whole(&word.stem))
    };
    let speaks = |item: &Item| item.speaks_of_whole() || named(item);
    let open = scope.segment.is_some() && (scope.headline || items.iter().any(speaks));
    if adjunct.is_none() && !open {
        return None;
    }
    let segment = if open { None } else { scope.segment.clone() };
    Some(read_of(None, adjunct.as_deref().unwrap_or(items), &Scope { segment, ..scope.clone() }))
}

/// The place of a sentence, were it of another time.
fn at_time<'a>(period: Period, scope: &Scope<'a>) -> Scope<'a> {
    Scope {
        period: Some((period, "the sentence before", Confidence::High)),
        context: PeriodContext { reporting: Some(period), ..scope.context },
        ..scope.clone()
    }
}

/// Reads a sentence that may go on about a part; how far that carries is never sure.
fn read_of(segment: Option<String>, items: &[Item], scope: &Scope<'_>) -> Vec<Reading> {
    if segment.is_none() {
        return grammar::read(items, scope);
    }
    let mut readings = grammar::read(items, &Scope { segment, ..scope.clone() });
    for reading in &mut readings {
        reading.loose = true;
        // `Office is 14% of the portfolio. Loan to value was 35.7%`: what no table has for parts is not of the part before.
        let passing = |id: &MetricId| !scope.vocabulary.term(*id).is_named();
        if reading.metric.as_ref().is_some_and(passing) {
            reading.segment = None;
        }
    }
    readings
}

/// `This quarter`, `last year's …`, `today`: words for a time that is told from the one that is reported on.
fn names_now(items: &[Item], scope: &Scope<'_>) -> bool {
    let told = |expression: &Expression| {
        let Expression::Relative(relative) = expression else { return false };
        matches!(relative, Relative::This(_) | Relative::Last(_) | Relative::Latest(_) | Relative::Next(_))
    };
    items.iter().any(|item| item.is_word(&["today", "now", "currently"])) || times(items, scope).any(told)
}

/// `That left …`, `It compares with …`, `Of this, …`: whether a sentence opens with a pronoun for what was said before it.
fn takes_up(text: &str, items: &[Item]) -> bool {
    opens_with(text, items, &["that", "this", "it", "these", "those", "they", "both"])
}

/// Whether a sentence opens with one of some words, or with that behind `of`.
fn opens_with(text: &str, items: &[Item], pronouns: &[&str]) -> bool {
    let Some(first) = items.first() else { return false };
    // Determiners that name nothing are no items.
    let head = text.get(..first.range.start).unwrap_or_default();
    let rest = text.get(first.range.start - stops::begun(head).len()..).unwrap_or_default();
    let mut words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let opens = words.next().filter(|word| word != "of").or_else(|| words.next());
    opens.is_some_and(|word| pronouns.contains(&word.as_str()))
}

/// Sentences of more items say more than that a time was good or bad.
const SHORT: usize = 8;

/// The period of a sentence without numbers that opens with it.
fn announced(items: &[Item], scope: &Scope<'_>) -> Option<Period> {
    let mut periods = items.iter().enumerate().filter_map(|(at, item)| match item.kind {
        Kind::Period(mention) => Some((at, mention)),
        _ => None,
    });
    let (at, mention) = periods.next().filter(|(at, _)| *at <= 1)?;
    let opens = items[..at].iter().all(|item| match &item.kind {
        Kind::Word(stem) => matches!(stem.as_str(), "for" | "during"),
        kind => *kind == Kind::Cue(Cue::Of) || *kind == Kind::Cue(Cue::Over(crate::claim::Direction::Up)),
    });
    let silent = !items.iter().any(|item| matches!(item.kind, Kind::Quantity(_)));
    let MentionKind::Period(expression, _) = &scope.mentions.get(mention)?.kind else { return None };
    let alone = periods.next().is_none() && !matches!(expression, Expression::Against(_));
    let period = expression.resolve(&scope.context).filter(|_| opens && silent && alone)?;
    // `Q3 was poor.` in the report of a year: a part of what is reported on, and not what came before it.
    let part = || {
        let calendar = &scope.context.calendar;
        scope.period.is_some_and(|(place, ..)| {
            let (own, place) = (period.bounds(calendar), place.bounds(calendar));
            place.0 <= own.0 && own.1 <= place.1
        })
    };
    let topic = |item: &Item| match &item.kind {
        Kind::Word(stem) => is_topic(stem),
        kind => matches!(kind, Kind::Break(_) | Kind::Cue(Cue::Of | Cue::Is)),
    };
    let only = || items[at + 1..].iter().all(topic);
    (at == 1 || only() || items.len() <= SHORT && part()).then_some(period)
}
