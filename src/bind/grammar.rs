//! The grammar of claims: which fact each quantity of a sentence states.
//!
//! Enters: the items of a sentence and the scope it stands in (title, lead-in, reporting period). Leaves: [`Reading`]s.
//! Invariant: a reading with a metric has evidence, and a quantity gets at most one reading.

mod list;
mod role;

use std::ops::Range;

use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::claim::{Base, Direction, Measure};
use crate::extract::{Mention, MentionKind};
use crate::finding::Confidence;
use crate::period::{Expression, Period, PeriodContext};
use crate::quantity::{Quantity, Unit};
use crate::vocabulary::{MetricId, Vocabulary};

pub(super) use role::Role;

/// What a sentence inherits from where it stands.
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
    /// Segment of sentences that name none.
    pub(super) segment: Option<String>,
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
    /// Mentions of the earlier and the later level that a change or growth of the same sentence is between.
    pub(super) operands: [Option<usize>; 2],
}

/// A quantity with what stands around it.
struct Slot<'a> {
    at: usize,
    mention: usize,
    quantity: &'a Quantity,
    before: &'a [Item],
    after: &'a [Item],
    role: Role,
}

/// Reads one sentence.
pub(super) fn read(items: &[Item], scope: &Scope<'_>) -> Vec<Reading> {
    let pairing = list::pair(items);
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
        readings.push(reading);
    }
    operands(&slots, &mut readings);
    readings
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
    /// Reading of the last level, for changes and comparisons that follow.
    level: Option<(Option<Period>, Option<String>)>,
}

/// The gap between two quantities falls to the first up to its first break, and to the second from there.
/// Without a break both see all of it.
fn slots<'a>(items: &'a [Item], scope: &Scope<'a>, pairing: &list::Pairing) -> Vec<Slot<'a>> {
    let places: Vec<(usize, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| match item.kind {
            Kind::Quantity(mention) => Some((at, mention)),
            _ => None,
        })
        .collect();
    let mut slots = Vec::with_capacity(places.len());
    for (n, &(at, mention)) in places.iter().enumerate() {
        let MentionKind::Quantity(quantity) = &scope.mentions[mention].kind else { continue };
        let from = n.checked_sub(1).map_or(0, |n| places[n].0 + 1);
        let to = places.get(n + 1).map_or(items.len(), |next| next.0);
        let gap_before = &items[from..at];
        let gap_after = &items[at + 1..to];
        let before = if n == 0 { gap_before } else { &gap_before[split(gap_before).unwrap_or(0)..] };
        let after = &gap_after[..split(gap_after).unwrap_or(gap_after.len())];
        slots.push(Slot { at, mention, quantity, before, after, role: Role::Unknown });
    }
    let rates: Vec<bool> = slots.iter().map(|slot| is_rate(items, slot, scope)).collect();
    for (slot, rate) in slots.iter_mut().zip(&rates) {
        slot.role = role::role(slot.quantity, slot.before, slot.after, *rate);
    }
    share_roles(&mut slots, items, pairing);
    slots
}

/// Where a gap breaks: at punctuation, a conjunction, or a word that opens a comparison.
fn split(gap: &[Item]) -> Option<usize> {
    gap.iter().position(|item| {
        matches!(item.kind, Kind::Break(_) | Kind::Cue(Cue::From | Cue::To | Cue::Or | Cue::Respectively))
            || matches!(item.kind, Kind::Cue(Cue::Versus))
    })
}

/// Whether the metric that a quantity most likely belongs to is itself measured in per cent.
fn is_rate(items: &[Item], slot: &Slot<'_>, scope: &Scope<'_>) -> bool {
    let metric = slot.after.first().and_then(metric_of).or_else(|| items[..slot.at].iter().rev().find_map(metric_of));
    match metric.or(scope.metric.map(|(id, _)| id)) {
        Some(id) => matches!(scope.vocabulary.term(id).unit, Some(Unit::Percent)),
        None => false,
    }
}

fn metric_of(item: &Item) -> Option<MetricId> {
    match item.kind {
        Kind::Metric(id, _) => Some(id),
        _ => None,
    }
}

/// `$8,309 or 4.9% under`, `1.7% and 3.5% below plan`: what stands once at the end holds for all.
fn share_roles(slots: &mut [Slot<'_>], items: &[Item], pairing: &list::Pairing) {
    for at in (1..slots.len()).rev() {
        let between = &items[slots[at - 1].at + 1..slots[at].at];
        let joined = match between {
            [Item { kind: Kind::Cue(Cue::Or), .. }] => true,
            [Item { kind: Kind::Break(Break::Comma), .. }, Item { kind: Kind::Cue(Cue::Or), .. }] => true,
            [Item { kind: Kind::Break(Break::Comma | Break::And), .. }, ..] => {
                between.iter().all(|item| matches!(item.kind, Kind::Break(Break::Comma | Break::And)))
                    && pairing.with.contains_key(&slots[at].at)
                    && pairing.with.contains_key(&slots[at - 1].at)
            }
            [Item { kind: Kind::Break(Break::Open), .. }] => matches!(slots[at].quantity.unit, Unit::Percent),
            _ => false,
        };
        if !joined {
            continue;
        }
        let (first, second) = (slots[at - 1].role, slots[at].role);
        match (first, second) {
            (Role::Level | Role::Unknown, Role::Variance(_) | Role::Change(_)) => slots[at - 1].role = second,
            (Role::Level, Role::Growth(direction))
                if matches!(between.first().map(|i| &i.kind), Some(Kind::Cue(Cue::Or))) =>
            {
                slots[at - 1].role = Role::Change(direction);
            }
            (Role::Variance(direction), Role::Unknown | Role::Level | Role::Growth(None)) => {
                slots[at].role = Role::Variance(direction)
            }
            (Role::Change(direction), Role::Unknown | Role::Level) => {
                let percent = matches!(slots[at].quantity.unit, Unit::Percent);
                slots[at].role = if percent { Role::Growth(direction) } else { Role::Change(direction) };
            }
            (Role::Growth(direction), Role::Unknown) => slots[at].role = Role::Growth(direction),
            _ => {}
        }
    }
}

struct Reader<'a> {
    items: &'a [Item],
    scope: &'a Scope<'a>,
    slots: &'a [Slot<'a>],
    at: usize,
}

/// A subject found for a quantity.
struct Subject {
    metric: MetricId,
    evidence: String,
    confidence: Confidence,
    own_segment: Option<String>,
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
        };
        match slot.role {
            Role::Change(direction) | Role::Growth(direction) | Role::Variance(direction) => {
                reading.direction = direction;
                reading.mover = role::mover(slot.before, slot.after)
                    .filter(|(_, towards)| direction == Some(*towards))
                    .map(|(range, _)| range);
            }
            // `rose to $A`, `ahead of the $B`: the words speak of how two levels compare.
            Role::Level | Role::OtherLevel => {
                let found = role::mover(slot.before, &[]);
                reading.direction = found.as_ref().map(|(_, direction)| *direction);
                reading.mover = found.map(|(range, _)| range);
            }
            _ => {}
        }
        self.scenario(&mut reading);
        self.period(&mut reading, state);
        reading.segment = self.segment();
        if self.is_foreign() || slot.role == Role::Unknown {
            return reading;
        }
        if let Some(subject) = self.subject() {
            reading.metric = Some(subject.metric);
            reading.confidence = reading.confidence.min(subject.confidence).max(Confidence::Low);
            reading.evidence.insert(0, subject.evidence);
            if subject.own_segment.is_some() {
                reading.segment = subject.own_segment;
            }
        } else {
            reading.confidence = Confidence::Low;
        }
        reading
    }

    // ---- which metric ----

    fn subject(&self) -> Option<Subject> {
        let slot = self.slot();
        if let Some(found) = self.subject_after() {
            return Some(found);
        }
        if part_of(slot.before) {
            return None;
        }
        if let Some(subject) = self.subject_before() {
            return subject;
        }
        let (metric, place) = self.scope.metric?;
        if !self.fits(metric) || self.strange_words(slot.before) > 2 {
            return None;
        }
        Some(Subject {
            metric,
            evidence: format!("{} names {}", place, self.label(metric)),
            confidence: Confidence::Medium,
            own_segment: None,
        })
    }

    /// `1,247 customers`, `$42.3M ARR`, `$42.3M of ARR`, `59% of revenue`.
    fn subject_after(&self) -> Option<Subject> {
        let slot = self.slot();
        let mut after = slot
            .after
            .iter()
            .filter(|item| !matches!(item.kind, Kind::Scenario(_) | Kind::Segment(_) | Kind::Period(_)));
        let first = after.next()?;
        let (id, fit, linked) = match first.kind {
            Kind::Metric(id, fit) => (id, fit, false),
            Kind::Cue(Cue::Of) => match after.next()?.kind {
                Kind::Metric(id, fit) => (id, fit, true),
                _ => return None,
            },
            _ => return None,
        };
        if slot.role == Role::Share || !self.fits(id) {
            return None;
        }
        // `our ten largest customers are $7.4M of ARR`: a part of it, not it.
        if linked && self.strange_words(slot.before) > 0 {
            return None;
        }
        // A name that a verb follows is the next clause's subject, not this number's noun.
        if !linked && !slot.role.is_level() {
            return None;
        }
        if fit == Fit::Other {
            return None;
        }
        let mut found = self.found(id, "after", fit);
        // A sum "of" something may be a part of it.
        if linked && self.is_label(id) {
            found.confidence = Confidence::Medium;
        }
        Some(found)
    }

    /// The nearest name before the quantity. `Some(None)`: a name is there, but it is not to be used.
    fn subject_before(&self) -> Option<Option<Subject>> {
        let slot = self.slot();
        let mut crossed = false;
        for at in (0..slot.at).rev() {
            match self.items[at].kind {
                Kind::Metric(id, fit) => {
                    if crossed && !self.leads(at) {
                        return None;
                    }
                    if fit == Fit::Other || !self.fits(id) && !self.fits_share(id) {
                        return Some(None);
                    }
                    let Some(distance) = self.distance(at) else { return Some(None) };
                    let mut found = self.found(id, "before", fit);
                    if distance > 0 {
                        found.confidence = Confidence::Medium;
                    }
                    return Some(Some(found));
                }
                Kind::Break(Break::Clause) => crossed = true,
                _ => {}
            }
        }
        None
    }

    /// Whether a name opens the text as its label: `ARR: …`.
    fn leads(&self, at: usize) -> bool {
        self.items.get(at + 1).is_some_and(|item| item.kind == Kind::Break(Break::Colon))
            && self.items[..at]
                .iter()
                .all(|item| matches!(item.kind, Kind::Segment(_) | Kind::Period(_) | Kind::Scenario(_)))
    }

    /// How many unknown nouns stand between a name and the quantity; `None` when one of them, or an explanation, has taken over
    /// as the subject: `revenue was $10M, and the bonus pool $2M`, `costs rose, mainly due to a provision of $3M`.
    fn distance(&self, name: usize) -> Option<usize> {
        let own = &self.items[name + 1..self.slot().at];
        if own.iter().any(|item| item.kind == Kind::Cue(Cue::Because)) {
            return None;
        }
        let (chunk, most) = match own.iter().rposition(|item| matches!(item.kind, Kind::Quantity(_))) {
            Some(at) => (&own[at + 1..], 0),
            None => (own, 4),
        };
        let strange = self.strange_words(chunk);
        (strange <= most).then_some(strange)
    }

    /// Whether only a table names the metric.
    fn is_label(&self, id: MetricId) -> bool {
        self.scope.vocabulary.term(id).source.is_none()
    }

    fn strange_words(&self, items: &[Item]) -> usize {
        items.iter().filter(|item| matches!(&item.kind, Kind::Word(stem) if !is_light(stem))).count()
    }

    fn found(&self, id: MetricId, side: &str, fit: Fit) -> Subject {
        Subject {
            metric: id,
            evidence: format!("{} named {side} the number in the same sentence", self.label(id)),
            confidence: if fit == Fit::Plain { Confidence::High } else { Confidence::Medium },
            own_segment: None,
        }
    }

    fn label(&self, id: MetricId) -> &str {
        &self.scope.vocabulary.term(id).label
    }

    /// Whether the quantity can be of this metric, by its unit.
    fn fits(&self, id: MetricId) -> bool {
        let slot = self.slot();
        match (slot.role, &self.scope.vocabulary.term(id).unit) {
            (_, None) => true,
            (Role::Growth(_) | Role::Share, Some(_)) => true,
            (Role::Variance(_), Some(_)) if slot.quantity.unit == Unit::Percent => true,
            (Role::Change(_) | Role::Variance(_), Some(Unit::Percent)) => {
                matches!(slot.quantity.unit, Unit::Points | Unit::BasisPoints | Unit::Percent)
            }
            (_, Some(unit)) => unit.comparable(&slot.quantity.unit),
        }
    }

    fn fits_share(&self, _id: MetricId) -> bool {
        self.slot().role == Role::Share
    }

    // ---- which part, when, and whether it happened ----

    fn segment(&self) -> Option<String> {
        let slot = self.slot();
        let named = |item: &Item| match &item.kind {
            Kind::Segment(segment) => Some(Some(segment.clone())),
            Kind::Whole => Some(None),
            _ => None,
        };
        let after = slot.after.iter().take(3).find_map(named);
        let before = || {
            let mut crossed = false;
            for at in (0..slot.at).rev() {
                if let Some(segment) = named(&self.items[at])
                    && (!crossed || self.items.get(at + 1).is_some_and(|item| item.kind == Kind::Break(Break::Colon)))
                {
                    return Some(segment);
                }
                crossed |= self.items[at].kind == Kind::Break(Break::Clause);
            }
            None
        };
        before().or(after).unwrap_or_else(|| self.scope.segment.clone())
    }

    fn scenario(&self, reading: &mut Reading) {
        let slot = self.slot();
        if let Role::Variance(_) = slot.role {
            let near = slot.after.iter().chain(slot.before).find_map(scenario_of);
            let anywhere = || self.items.iter().find_map(scenario_of);
            let base = near.or_else(anywhere).map(|name| Base::Scenario(name.to_owned()));
            reading.base = base;
            reading.scenario = Some(crate::scenario::ACTUAL.to_owned());
            return;
        }
        let before = slot
            .before
            .iter()
            .rev()
            .take_while(|item| {
                !matches!(
                    item.kind,
                    Kind::Quantity(_) | Kind::Metric(..) | Kind::Break(Break::Comma | Break::Clause | Break::And)
                )
            })
            .find_map(scenario_of);
        let after = slot.after.iter().take(2).find_map(scenario_of);
        let own = after.or(before).or_else(|| self.scope.suffix(slot));
        let future =
            || self.items[..slot.at].iter().any(|item| item.kind == Kind::Cue(Cue::Future)).then_some("forecast");
        let name = own.or_else(future).or(self.scope.scenario).unwrap_or(crate::scenario::ACTUAL);
        reading.scenario = Some(name.to_owned());
    }

    fn period(&self, reading: &mut Reading, state: &mut State) {
        let slot = self.slot();
        let own = self.own_period();
        let against = self.against();
        reading.confidence = Confidence::High;
        match slot.role {
            Role::FromLevel | Role::OtherLevel => {
                let scenario_only = reading.scenario.as_deref() != Some(crate::scenario::ACTUAL);
                if let Some(period) = own.or(against) {
                    reading.period = Some(period);
                    reading.evidence.push(format!("period {period} beside the number"));
                } else if scenario_only {
                    reading.period =
                        state.level.as_ref().and_then(|level| level.0).or_else(|| self.main_period(reading));
                } else if slot.role == Role::FromLevel || state.base.is_some() {
                    reading.period = state.base;
                }
            }
            Role::Change(_) | Role::Growth(_) => {
                let base = against.or_else(|| self.period_in(slot.after, false)).or_else(|| self.period_after_from());
                let level = state.level.clone();
                reading.period = match level {
                    Some((period, _)) if self.level_before_in_clause() => period,
                    _ => self.subject_period(base).or_else(|| self.main_period(reading)),
                };
                if let Some(base) = base.filter(|base| Some(*base) != reading.period) {
                    reading.base = Some(Base::Period(base));
                    state.base = Some(base);
                }
            }
            _ => {
                reading.period = own.or_else(|| self.subject_period(None));
                match reading.period {
                    Some(period) => reading.evidence.push(format!("period {period} in the sentence")),
                    None => {
                        let carried = state
                            .level
                            .as_ref()
                            .and_then(|level| level.0)
                            .filter(|_| self.at > 0 && matches!(slot.role, Role::Variance(_) | Role::Share));
                        reading.period = carried.or_else(|| self.main_period(reading));
                    }
                }
                if slot.role == Role::Level {
                    state.level = Some((reading.period, reading.segment.clone()));
                }
            }
        }
    }

    fn level_before_in_clause(&self) -> bool {
        self.slots[..self.at].iter().any(|slot| slot.role == Role::Level)
    }

    /// The period of the place, as evidence of less weight.
    fn main_period(&self, reading: &mut Reading) -> Option<Period> {
        let (period, place, confidence) = self.scope.period?;
        reading.evidence.push(format!("period {period} from {place}"));
        reading.confidence = reading.confidence.min(confidence);
        Some(period)
    }

    /// A period directly beside the quantity: after it up to the next break, or before it within its own words.
    fn own_period(&self) -> Option<Period> {
        let slot = self.slot();
        let before: &[Item] = if self.at == 0 { leading(slot.before) } else { slot.before };
        self.period_in(slot.after, false).or_else(|| before.iter().rev().find_map(|item| self.resolve(item, false)))
    }

    fn period_in(&self, items: &[Item], against: bool) -> Option<Period> {
        items.iter().find_map(|item| self.resolve(item, against))
    }

    /// `year on year`, `sequentially`: near the quantity, or anywhere in the sentence when it is the only such word.
    fn against(&self) -> Option<Period> {
        let slot = self.slot();
        let near = self
            .period_in(slot.after, true)
            .or_else(|| slot.before.iter().rev().find_map(|item| self.resolve(item, true)));
        near.or_else(|| {
            let mut all = self.items.iter().filter_map(|item| self.resolve(item, true));
            let first = all.next()?;
            (self.slots.len() <= 2 && all.next().is_none()).then_some(first)
        })
    }

    /// `up 27% from the third quarter of last year`: the period behind the comparison that follows the change.
    fn period_after_from(&self) -> Option<Period> {
        let end = self.slots.get(self.at + 1).map_or(self.items.len(), |next| next.at);
        let rest = &self.items[self.slot().at + 1..end];
        let start = rest.iter().position(|item| matches!(item.kind, Kind::Cue(Cue::From | Cue::Versus)))?;
        self.period_in(&rest[start + 1..], false)
    }

    /// A period that stands with the sentence's subject, before any quantity: `In Q3, …`, `H1 revenue was …`.
    fn subject_period(&self, not: Option<Period>) -> Option<Period> {
        let first = self.slots.first()?.at;
        let head = leading(&self.items[..first]);
        head.iter().find_map(|item| self.resolve(item, false)).filter(|period| Some(*period) != not)
    }

    fn resolve(&self, item: &Item, against: bool) -> Option<Period> {
        let Kind::Period(mention) = item.kind else { return None };
        let MentionKind::Period(expression, _) = &self.scope.mentions[mention].kind else { return None };
        (matches!(expression, Expression::Against(_)) == against)
            .then(|| expression.resolve(&self.scope.context))
            .flatten()
    }

    /// Whether the words around speak of other people's numbers.
    fn is_foreign(&self) -> bool {
        let slot = self.slot();
        let start = self.items[..slot.at]
            .iter()
            .rposition(|item| item.kind == Kind::Break(Break::Clause))
            .map_or(0, |at| at + 1);
        let end = self.items[slot.at..]
            .iter()
            .position(|item| item.kind == Kind::Break(Break::Clause))
            .map_or(self.items.len(), |at| slot.at + at);
        self.items[start..end].iter().any(|item| item.kind == Kind::Cue(Cue::Foreign))
    }
}

impl Scope<'_> {
    /// Scenario that a period's suffix gives (`2025E`), when the period stands directly beside the quantity.
    fn suffix(&self, slot: &Slot<'_>) -> Option<&'static str> {
        slot.after.iter().chain(slot.before.iter().rev()).find_map(|item| match item.kind {
            Kind::Period(mention) => match &self.mentions[mention].kind {
                MentionKind::Period(_, scenario) => *scenario,
                _ => None,
            },
            _ => None,
        })
    }
}

/// The items before the first comparison: what follows it is not about the subject.
fn leading(items: &[Item]) -> &[Item] {
    let end = items.iter().position(|item| matches!(item.kind, Kind::Cue(Cue::Versus))).unwrap_or(items.len());
    // `Compared with a year ago, …` opens with the comparison: nothing leads.
    &items[..end]
}

fn scenario_of(item: &Item) -> Option<&'static str> {
    match item.kind {
        Kind::Scenario(name) if name != crate::scenario::ACTUAL => Some(name),
        _ => None,
    }
}

/// `of which $36.6m was …`.
fn part_of(before: &[Item]) -> bool {
    before.iter().rev().take(2).any(|item| item.kind == Kind::Cue(Cue::Part))
}

/// Verbs, adverbs and other words that name nothing.
fn is_light(stem: &str) -> bool {
    stem.len() <= 2
        || stem.ends_with("ed")
        || stem.ends_with("ly")
        || stem.ends_with("ing")
        || crate::bind::lexicon::is_transparent(stem)
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

/// Ties each change to the levels of its own sentence: `rose 12% to $56M from $48M`.
fn operands(slots: &[Slot<'_>], readings: &mut [Reading]) {
    for at in 0..slots.len() {
        if slots[at].role == Role::Unknown || slots[at].role == Role::Share {
            continue;
        }
        let same = |other: usize| {
            readings[other].metric == readings[at].metric && readings[other].segment == readings[at].segment
        };
        let nearest = |wanted: fn(Role) -> bool| {
            (0..slots.len()).filter(|&n| n != at && wanted(slots[n].role) && same(n)).min_by_key(|n| n.abs_diff(at))
        };
        let earlier = nearest(|role| matches!(role, Role::FromLevel | Role::OtherLevel)).map(|n| slots[n].mention);
        let later = nearest(|role| role == Role::Level).map(|n| slots[n].mention);
        readings[at].operands = [earlier, later];
    }
}
