//! The grammar of claims: which fact each quantity of a sentence states.
//!
//! Enters: the items of a sentence and the scope it stands in (title, lead-in, reporting period). Leaves: [`Reading`]s.
//! Invariant: a reading with a metric has evidence, and a quantity gets at most one reading.

mod again;
mod apart;
mod aside;
mod average;
mod beside;
mod clause;
mod divided;
mod fits;
mod heads;
mod light;
mod list;
mod of_part;
mod other;
mod part;
mod plan;
mod ratio;
mod rest;
mod role;
mod share;
mod shared;
mod slot;
mod span;
mod step;
mod stock;
mod stretch;
mod subject;
mod time;
mod when;
mod within;

use std::ops::Range;

use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::claim::{Base, Direction, Measure};
use crate::extract::{Mention, MentionKind};
use crate::finding::Confidence;
use crate::period::{Calendar, Period, PeriodContext};
use crate::quantity::Unit;
use crate::source::PeriodType;
use crate::vocabulary::{MetricId, Vocabulary, is_incoming, passes_through};
use crate::words::stems;

use beside::{is_or, says_otherwise};
pub(super) use ratio::dated;
pub(super) use role::Role;
use slot::{Slot, slots};

/// What a sentence inherits from where it stands.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    /// The names.
    pub(super) vocabulary: &'a Vocabulary,
    /// Quantities and periods of the text.
    pub(super) mentions: &'a [Mention],
    /// What relative periods are taken against.
    pub(super) context: PeriodContext,
    /// Period of numbers that name none, with where it comes from and how sure that makes us.
    pub(super) period: Option<(Period, &'static str, Confidence)>,
    /// Metric of sentences that name none, with where it comes from.
    pub(super) metric: Option<(MetricId, &'static str)>,
    /// What the sentence before was about.
    pub(super) spoken: Option<MetricId>,
    /// Segment of sentences that name none.
    pub(super) segment: Option<String>,
    /// Whether the title that names the segment tells something of it, so that the sentences under it may be of the whole.
    pub(super) headline: bool,
    /// Scenario of the place ("Outlook", "Budget").
    pub(super) scenario: Option<&'static str>,
}

/// One quantity, read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// Index among the mentions.
    pub(super) mention: usize,
    pub(super) metric: Option<MetricId>,
    pub(super) segment: Option<String>,
    pub(super) period: Option<Period>,
    pub(super) scenario: Option<String>,
    pub(super) measure: Measure,
    pub(super) base: Option<Base>,
    pub(super) direction: Option<Direction>,
    /// Bytes of the word that gives the direction.
    pub(super) mover: Option<Range<usize>>,
    pub(super) evidence: Vec<String>,
    pub(super) confidence: Confidence,
    /// Whether its period is a moment: `at year end`, `on 31 March`.
    pub(super) balance: bool,
    /// Whether the words around say that it is about something else.
    pub(super) blocked: bool,
    /// Whether the metric was inferred.
    pub(super) loose: bool,
    /// Whether every word of its clause is understood.
    pub(super) plain: bool,
    /// Whether it says what the sentence is about: not what something else is compared with, nor what stands in brackets.
    pub(super) stated: bool,
    /// Number of the sentence within the document.
    pub(super) sentence: Option<usize>,
    /// Mentions of the earlier and the later level that a change or growth of the same sentence is between.
    pub(super) operands: [Option<usize>; 2],
}

/// Reads one sentence.
pub(super) fn read(items: &[Item], scope: &Scope<'_>) -> Vec<Reading> {
    let marked = without_subsets(items, scope);
    let items = marked.as_deref().unwrap_or(items);
    let unit = |at: &usize| match items[*at].kind {
        Kind::Quantity(mention) => match &scope.mentions[mention].kind {
            MentionKind::Quantity(quantity) => Some(&quantity.unit),
            _ => None,
        },
        _ => None,
    };
    let alike = |members: &[usize]| {
        let mut units = members.iter().filter_map(unit);
        let first = units.next();
        units.all(|unit| {
            first.is_some_and(|first| first.comparable(unit) || *first == Unit::Bare || *unit == Unit::Bare)
        })
    };
    let pairing = list::pair(items, alike);
    let slots = slots(items, scope, &pairing);
    let mut readings: Vec<Reading> = Vec::with_capacity(slots.len());
    let mut state = State::default();
    for (at, slot) in slots.iter().enumerate() {
        let mut reading = Reader { items, scope, slots: &slots, at }.read(&mut state);
        if let Some(partners) = pairing.with.get(&slot.at) {
            apply(partners, items, scope, &mut reading);
        }
        if pairing.lost.contains(&slot.at) {
            reading.unbind();
        }
        let reader = Reader { items, scope, slots: &slots, at };
        if reading.metric.is_some() && reader.strays(&reading) {
            reading.unbind();
            reading.blocked = true;
        }
        reading.plain = reading.metric.is_some() && reader.is_plain();
        readings.push(reading);
    }
    again::lend(items, &slots, &pairing, &mut readings);
    divided::shares(items, &slots, scope, &mut readings);
    moved_between(&slots, &mut readings);
    beside::in_other_terms(items, &slots, &mut readings);
    beside::pairs(items, &slots, &mut readings);
    stretch::deltas(items, scope, &slots, &mut readings);
    apart::unbind(items, &slots, &mut readings);
    operands(&slots, &mut readings, &scope.context.calendar);
    years_before(&slots, &mut readings);
    shares_before(&slots, &mut readings);
    readings
}

/// `96 customers now pay us more …`, `32 stores have been remodelled`: some of them, so that nothing in the sentence is about all.
fn without_subsets(items: &[Item], scope: &Scope<'_>) -> Option<Vec<Item>> {
    let opens = |at: usize| at.checked_sub(1).is_none_or(|before| matches!(items[before].kind, Kind::Break(_)));
    let flows = |item: &Item| match item.kind {
        Kind::Metric(id, _) => {
            let term = scope.vocabulary.term(id);
            term.period_type != Some(PeriodType::Instant) && passes_through(&term.label)
        }
        _ => false,
    };
    let found = items.windows(3).enumerate().find_map(|(at, three)| match three {
        [a, b, c] if opens(at) => {
            // `3,118,600 passengers used the airport`: all of them did.
            let through = |item: &Item| matches!(&item.kind, Kind::Word(stem) if stock::passes_through(stem));
            let whole = match &c.kind {
                // `189 stores are in the UK`: these are all of that part.
                Kind::Cue(Cue::Is) if is_placed(&items[at + 3..]) => return None,
                Kind::Cue(Cue::Is) => items.get(at + 3).is_some_and(through),
                _ => through(c),
            };
            let acted = matches!(&c.kind, Kind::Word(_) | Kind::Cue(Cue::Is | Cue::Move(_))) && !(whole && flows(b));
            // `Three customers, with ARR of $0.9M, are at risk`.
            let few = c.kind == Kind::Break(Break::Comma)
                && matches!(a.kind, Kind::Quantity(mention) if matches!(&scope.mentions[mention].kind, MentionKind::Quantity(own) if own.in_words));
            (matches!(a.kind, Kind::Quantity(_)) && matches!(b.kind, Kind::Metric(..)) && (acted || few))
                .then_some(at + 1)
        }
        _ => None,
    })?;
    let mut items = items.to_vec();
    if let Kind::Metric(_, fit) = &mut items[found].kind {
        *fit = Fit::Other;
    }
    Some(items)
}

/// `in the UK`: where things are, and no more.
fn is_placed(items: &[Item]) -> bool {
    match items {
        [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Segment(_), .. }, rest @ ..] => {
            rest.first().is_none_or(|item| matches!(item.kind, Kind::Break(_)))
        }
        _ => false,
    }
}

impl Reading {
    fn unbind(&mut self) {
        self.metric = None;
        self.evidence.clear();
        self.confidence = Confidence::Low;
    }
}

/// What earlier quantities of the sentence leave for later ones.
#[derive(Default)]
struct State {
    /// Base of the last growth or change, for the `from $B` after it.
    base: Option<Period>,
    /// Period of the last level, for changes and comparisons that follow.
    level: Option<Period>,
    /// Period of the first level, for what is told of the sentence's subject again.
    first: Option<Period>,
    /// Whether that is a moment.
    balance: bool,
    /// Period of the last quantity, for the same thing in other terms.
    last: Option<Period>,
    /// Period of the last change, growth or variance, for what it is taken against.
    told: Option<Period>,
}

/// Reads one quantity of a sentence.
struct Reader<'a> {
    items: &'a [Item],
    scope: &'a Scope<'a>,
    slots: &'a [Slot<'a>],
    at: usize,
}

impl Reader<'_> {
    fn slot(&self) -> &Slot<'_> {
        &self.slots[self.at]
    }

    fn read(&self, state: &mut State) -> Reading {
        let slot = self.slot();
        let mut reading = Reading {
            mention: slot.mention,
            metric: None,
            segment: None,
            period: None,
            scenario: None,
            measure: measure(slot.role),
            base: None,
            direction: None,
            mover: None,
            evidence: Vec::new(),
            confidence: Confidence::Low,
            operands: [None, None],
            balance: false,
            blocked: false,
            stated: !matches!(slot.role, Role::FromLevel | Role::OtherLevel | Role::Unknown) && !self.is_in_bracket(),
            sentence: None,
            loose: false,
            plain: false,
        };
        self.direction(&mut reading);
        self.scenario(&mut reading);
        let before = state.level;
        self.period(&mut reading, state);
        let named = self.own_segment();
        let inherited = named.is_none();
        // `Ingredients made $1.1M; a year ago revenue was $1.2M`: the sentence goes on about the part that it named.
        let carried = if inherited && self.scope.segment.is_none() { self.earlier_segment() } else { None };
        reading.loose |= carried.is_some();
        reading.segment = named.or_else(|| carried.map(Some)).unwrap_or_else(|| self.scope.segment.clone());
        reading.blocked = self.is_foreign() || self.is_aside();
        if !reading.blocked && self.is_bare_bracket() {
            // Of what time it is, only its value can tell.
            reading.period = self.own_period().map(|(period, _)| period);
            reading.confidence = Confidence::Low;
            return reading;
        }
        let ratio = if reading.blocked { None } else { self.ratio() };
        if reading.blocked || slot.role == Role::Unknown && ratio.is_none() {
            reading.confidence = Confidence::Low;
            return reading;
        }
        if let Some(Some(told)) = &ratio {
            reading.measure = if told.whole.is_some() { Measure::Share } else { Measure::Level };
        }
        match ratio.unwrap_or_else(|| self.subject()) {
            // `We added 3 pharmacies`: how many came or went is not how many there are.
            Some(subject)
                if self.is_coming_or_going(subject.metric)
                    || self.is_left_of(subject.metric)
                    || self.is_average_of(subject.metric)
                    || self.is_exit_rate_of(subject.metric)
                    || self.is_flow_of_stock(subject.metric)
                    || self.is_of_other()
                    || self.is_sum_of_parts(reading.period, before) =>
            {
                reading.confidence = Confidence::Low;
            }
            Some(subject) => {
                reading.metric = Some(subject.metric);
                reading.loose |= subject.confidence < Confidence::High || self.is_led_by_another();
                reading.confidence = reading.confidence.min(subject.confidence);
                reading.evidence.insert(0, subject.evidence);
                reading.loose |= self.is_whole_of_part();
                let term = self.scope.vocabulary.term(subject.metric);
                reading.loose |= !term.is_named();
                // `Net debt now stands at £13.6m`: at the time of the report, or of its writing.
                reading.loose |= slot.role == Role::Level && self.is_of_today();
                // `Year-end leverage was 0.8x, on EBITDA of £47.1m`: what flows is of the time that ends then.
                if let (true, Some(PeriodType::Duration), Some(end), Some((place, ..))) =
                    (reading.balance, term.period_type, reading.period, self.scope.period)
                {
                    let calendar = &self.scope.context.calendar;
                    let together = end.bounds(calendar).1 == place.bounds(calendar).1;
                    reading.period = if together { Some(place) } else { reading.period };
                }
                // A share is of the whole that is named.
                if !inherited && slot.role != Role::Share {
                    self.narrow(&mut reading);
                }
                if inherited && reading.segment.as_deref().is_some_and(|segment| term.has_no_part(segment)) {
                    reading.segment = None;
                    reading.loose |= term.source.is_some();
                    reading.evidence.push(format!("{} is stated for the whole alone", term.label));
                }
                if let Some(whole) = subject.whole {
                    reading.base = Some(Base::Whole(whole));
                }
            }
            None => reading.confidence = Confidence::Low,
        }
        reading
    }

    /// `Cash was $24.8M at the end of Q3`: whether the clause names what the number is of, says that it is so, and nothing else. Whatever
    /// else stands there could make it the number of something else: `Cash is $0.4M short of $25M`, `Hiring cost $0.4M of cash`, `Cash was
    /// down ($1.6M)`.
    fn is_plain(&self) -> bool {
        let slot = self.slot();
        let plain = |items: &[Item]| {
            let named = |item: &Item| match &item.kind {
                Kind::Metric(_, fit) => *fit == Fit::Plain,
                Kind::Period(_) | Kind::Scenario(_) | Kind::Segment(_) | Kind::Word(_) => true,
                Kind::Cue(cue) => matches!(cue, Cue::Is | Cue::To | Cue::Of | Cue::Move(_)),
                Kind::Break(mark) => matches!(mark, Break::Colon | Break::Comma),
                Kind::Quantity(_) => false,
            };
            // `Brokered deposits`, `Churned ARR`: of what kind those are.
            let told = |two: &[Item]| match (&two[0].kind, &two[1].kind) {
                (Kind::Word(stem), Kind::Metric(..)) => lexicon::is_verb(stem) && !lexicon::is_transparent(stem),
                _ => false,
            };
            items.iter().all(named) && light::strange_words(items) == 0 && !items.windows(2).any(told)
        };
        slot.role == Role::Level && [self.clause_items(), slot.after, slot.beyond].into_iter().all(plain)
    }

    /// `Long-haul revenue` of a source that has the part for passenger revenue alone, `postgraduate income` of one that has it for tuition
    /// fees alone and income in total: that one's.
    fn narrow(&self, reading: &mut Reading) {
        let (Some(id), Some(segment)) = (reading.metric, &reading.segment) else { return };
        let (vocabulary, term) = (self.scope.vocabulary, self.scope.vocabulary.term(id));
        if term.source.is_none() || term.has_part(segment) {
            return;
        }
        let general = |stem: &String| matches!(stem.as_str(), "total" | "group");
        let (totals, named): (Vec<String>, Vec<String>) = stems(&term.label).into_iter().partition(general);
        let narrower = |other: &&MetricId| {
            let own = vocabulary.term(**other);
            let label = stems(&own.label);
            let whole = !named.is_empty() && named.iter().all(|stem| label.contains(stem)) && label.len() > named.len();
            // Of `Total income` the part may be stated for fees or sales: not for costs.
            let comes_in = !totals.is_empty() && is_incoming(&named) && is_incoming(&label);
            own.source.is_some() && own.unit == term.unit && (whole || comes_in)
        };
        let mut found = vocabulary.with_part(segment).iter().filter(narrower);
        if let (Some(&other), None) = (found.next(), found.next()) {
            reading.evidence.push(format!("{segment} is a part of {}", vocabulary.term(other).label));
            reading.metric = Some(other);
            reading.loose |= !totals.is_empty();
        }
    }

    fn direction(&self, reading: &mut Reading) {
        let slot = self.slot();
        match slot.role {
            Role::Change(direction) | Role::Growth(direction) | Role::Variance(direction) => {
                reading.direction = direction;
                let found = role::mover(slot.before, slot.after).filter(|(_, towards)| direction == Some(*towards));
                reading.mover = found.map(|(range, _)| range);
            }
            // `rose to $A`, `ahead of the $B`: the words speak of how two levels compare.
            Role::Level | Role::OtherLevel => {
                let found = role::mover(slot.before, &[]);
                reading.direction = found.as_ref().map(|(_, direction)| *direction);
                reading.mover = found.map(|(range, _)| range);
            }
            _ => {}
        }
    }

    /// Whether the words around speak of other people's numbers, or of superseded ones.
    fn is_foreign(&self) -> bool {
        let at = self.slot().at;
        // `stood at 489, mainly due to growth in the sector`: what explains the number says nothing of whose it is.
        // `compares favourably with the sector's 2.4%`: nor does what it is compared with.
        let ends =
            |item: &Item| matches!(item.kind, Kind::Break(Break::Clause) | Kind::Cue(Cue::Because | Cue::Versus));
        let end = self.items[at..].iter().position(ends).map_or(self.items.len(), |end| at + end);
        let foreign = |item: &Item| item.kind == Kind::Cue(Cue::Foreign);
        self.clause_items().iter().chain(&self.items[at..end]).any(foreign)
    }
}

fn measure(role: Role) -> Measure {
    match role {
        Role::Change(_) => Measure::Change,
        Role::Growth(_) => Measure::Growth,
        Role::Variance(_) => Measure::Variance,
        Role::Share => Measure::Share,
        _ => Measure::Level,
    }
}

/// Gives list members their own period, metric or segment.
fn apply(partners: &[usize], items: &[Item], scope: &Scope<'_>, reading: &mut Reading) {
    for &partner in partners {
        match &items[partner].kind {
            Kind::Period(mention) => {
                if let MentionKind::Period(expression, _) = &scope.mentions[*mention].kind
                    && let Some(period) = expression.resolve(&scope.context)
                {
                    reading.period = Some(period);
                    reading.evidence.push(format!("period {period} by its place in the list"));
                }
            }
            Kind::Metric(id, Fit::Plain | Fit::Loose) => {
                reading.metric = Some(*id);
                reading.evidence.insert(0, format!("{} by its place in the list", scope.vocabulary.term(*id).label));
                reading.confidence = reading.confidence.max(Confidence::Medium);
            }
            Kind::Metric(_, Fit::Other) => reading.unbind(),
            Kind::Segment(segment) => reading.segment = Some(segment.clone()),
            _ => {}
        }
    }
}

/// `deteriorated from 91.7% to 93.4%`: the word that stands before the earlier level tells the way to the later one.
fn moved_between(slots: &[Slot<'_>], readings: &mut [Reading]) {
    for at in 1..slots.len() {
        let to = matches!(slots[at].before, [Item { kind: Kind::Cue(Cue::To), .. }]);
        if to
            && slots[at - 1].role == Role::FromLevel
            && slots[at].role == Role::Level
            && readings[at].direction.is_none()
        {
            let found = role::mover(slots[at - 1].before, &[]);
            readings[at].direction = found.as_ref().map(|(_, direction)| *direction);
            readings[at].mover = found.map(|(range, _)| range);
        }
    }
}

/// `up from $3.9M` beside the figure of a year: where nothing else is said, the year before.
fn years_before(slots: &[Slot<'_>], readings: &mut [Reading]) {
    for at in 0..slots.len() {
        // `has come down from £61.5m` may have taken years.
        let perfect = |item: &Item| item.is_word(&["has", "have"]);
        if slots[at].role != Role::FromLevel || readings[at].period.is_some() || slots[at].before.iter().any(perfect) {
            continue;
        }
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().find(|&n| {
            slots.get(n).is_some_and(|slot| slot.role == Role::Level) && readings[n].metric == readings[at].metric
        });
        if let Some(year @ Period::Year(_)) = beside.and_then(|n| readings[n].period) {
            readings[at].period = Some(year.before());
            readings[at].confidence = readings[at].confidence.min(Confidence::Medium);
            readings[at].evidence.push(format!("what {year} moved from is {}", year.before()));
        }
    }
}

/// `Online reached 24.5% of sales, from 22.3% a year ago`: what a share moved from was the same share.
fn shares_before(slots: &[Slot<'_>], readings: &mut [Reading]) {
    for at in 1..slots.len() {
        let from = slots[at].before.last().is_some_and(|item| item.kind == Kind::Cue(Cue::From));
        let such = slots[at - 1].role == Role::Share && from && slots[at].quantity.unit == Unit::Percent;
        let [.., share, own] = &mut readings[..=at] else { continue };
        if !such || own.metric.is_some() || own.blocked || share.metric.is_none() || share.measure != Measure::Share {
            continue;
        }
        own.metric = share.metric;
        own.segment.clone_from(&share.segment);
        own.base.clone_from(&share.base);
        own.measure = Measure::Share;
        own.loose = true;
        own.confidence = share.confidence.min(Confidence::Medium);
        own.evidence.insert(0, "the share before it".to_owned());
    }
}

/// Ties each change to the levels of its own sentence: `rose 12% to $56M from $48M`, `up 23% to $35.6m (FY23: $28.7m)`.
fn operands(slots: &[Slot<'_>], readings: &mut [Reading], calendar: &Calendar) {
    for at in 0..slots.len() {
        if matches!(slots[at].role, Role::Unknown | Role::Share | Role::FromLevel) {
            continue;
        }
        // `from 107% to 111% over the year and by two points in the quarter`: a second change is between levels of its own.
        let by = |item: &Item| item.kind == Kind::Cue(Cue::By);
        let again = matches!(slots[at].before, [and, rest @ ..] if and.kind == Kind::Break(Break::And) && rest.last().is_some_and(by));
        if again && readings[at].base.is_none() && at > 1 {
            continue;
        }
        let own = &readings[at];
        let same = |n: usize| n != at && readings[n].metric == own.metric && readings[n].segment == own.segment;
        let base = match &own.base {
            Some(Base::Period(base)) => Some(*base),
            _ => None,
        };
        let fits_base = |n: usize| match (base, readings[n].period) {
            (Some(base), Some(period)) => base.moment(calendar) == period.moment(calendar),
            _ => true,
        };
        let earlier_than_own = |n: usize| match (readings[n].period, own.period) {
            (Some(then), Some(now)) => then.bounds(calendar).1 < now.bounds(calendar).1,
            _ => false,
        };
        let nearest = |wanted: &dyn Fn(usize) -> bool| {
            (0..slots.len()).filter(|&n| same(n) && wanted(n)).min_by_key(|n| n.abs_diff(at))
        };
        let variance = matches!(slots[at].role, Role::Variance(_));
        let level = slots[at].role.is_level();
        // `3.5 points better than last summer, though below the 81.2% of the spring`: what it is on stands right behind it.
        let told = match slots[at].beyond {
            [Item { kind: Kind::Cue(Cue::Versus), .. }, rest @ ..] => light::strange_words(rest) > 0,
            _ => false,
        };
        let dated = base.is_some() && slots[at].after.iter().any(|item| matches!(item.kind, Kind::Period(_)));
        // `H1 revenue was $41M, up 3.7%; H2 revenue was $47M, up 4.1%`: each has its own base.
        let moved = |n: usize| {
            let beside = slots.get(n + 1).filter(|_| n + 1 < at);
            beside.is_some_and(|beside| std::mem::discriminant(&beside.role) == std::mem::discriminant(&slots[at].role))
        };
        let earlier = nearest(&|n| match slots[n].role {
            // `fell from 84 to 81 since June, though it is up 2 on March`: what it is up on is not what it fell from.
            Role::FromLevel => !variance && fits_base(n) && !(dated && readings[n].period.is_none()),
            // A plan is what a variance is against, and no base of a growth.
            Role::OtherLevel => !told && fits_base(n) && (level || variance == (readings[n].scenario != own.scenario)),
            Role::Level => !level && !variance && earlier_than_own(n) && fits_base(n) && !moved(n),
            _ => false,
        });
        let later = nearest(&|n| slots[n].role == Role::Level && !earlier_than_own(n) && earlier != Some(n));
        // `A, 3m better than last year, with interest down to B from C`: C is what B came from.
        let of_another =
            |n: usize| later.is_some_and(|later| later < at) && (at + 1..n).any(|m| slots[m].role == Role::Level);
        let earlier = earlier.filter(|&n| slots[n].role != Role::FromLevel || !of_another(n));
        let adjacent = |n: &usize| !level || n.abs_diff(at) <= 1;
        let operands = [earlier.filter(adjacent), later.filter(adjacent)].map(|n| n.map(|n| slots[n].mention));
        if let (Role::Growth(_) | Role::Change(_), None, Some(n)) = (slots[at].role, &own.base, earlier) {
            readings[at].base = readings[n].period.map(Base::Period);
        }
        readings[at].operands = operands;
    }
}
