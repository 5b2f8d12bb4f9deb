//! Which metric a quantity is about.
//!
//! Enters: a quantity's place in its sentence. Leaves: its subject with evidence, or none.
//! Invariant: a noun that is not in the vocabulary never lends its number to one that is.

use super::light::{is_light, strange_words};
use super::{Reader, Role, clause};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::claim::Direction;
use crate::extract::MentionKind;
use crate::finding::Confidence;
use crate::quantity::Unit;
use crate::vocabulary::{Known, MetricId};
use crate::words::stems;

/// A subject found for a quantity.
pub(super) struct Subject {
    pub(super) metric: MetricId,
    pub(super) evidence: String,
    pub(super) confidence: Confidence,
    /// For a share: the whole that it is taken of, when that is another metric.
    pub(super) whole: Option<String>,
}

impl Reader<'_> {
    /// What the quantity is about. A name that may be short for the title's metric (`Debt fell` under "Net debt") is that one's.
    pub(super) fn subject(&self) -> Option<Subject> {
        let found = self.named()?;
        let Some((metric, place)) = self.scope.metric else { return Some(found) };
        let short = || {
            let full = stems(self.label(metric));
            stems(self.label(found.metric)).iter().all(|stem| full.contains(stem))
        };
        if self.scope.vocabulary.term(found.metric).known != Known::ForShort || !short() || !self.fits(metric) {
            return Some(found);
        }
        let evidence = format!("{place} names {}", self.label(metric));
        Some(Subject { metric, evidence, confidence: Confidence::Medium, whole: found.whole })
    }

    fn named(&self) -> Option<Subject> {
        let slot = self.slot();
        if slot.role == Role::Share {
            return self.share();
        }
        if self.is_unknown_part() || self.is_of_several_parts() || self.is_by_unknown_part() {
            return None;
        }
        let closed = || {
            let (id, fit) = self.closed().filter(|(id, fit)| *fit != Fit::Other && self.fits(*id))?;
            Some(self.found(id, "before", fit))
        };
        let after = self.named_after().or_else(|| self.told_of());
        if after.is_none() && self.is_whole_unnamed() {
            return self.whole_of_part();
        }
        if let Some(found) = after.or_else(|| self.whole_of_share()).or_else(closed).or_else(|| self.people()) {
            return Some(found);
        }
        if let Some(subject) = self.named_before() {
            return subject;
        }
        if let Some(found) = self.part_of_spoken() {
            return Some(found);
        }
        let Some((metric, place)) = self.scope.metric else { return self.of_part() };
        if !self.fits(metric) || self.speaks_of_another() || self.is_between_others(metric) {
            return self.of_part();
        }
        let evidence = format!("{place} names {}", self.label(metric));
        let confidence = if self.is_line_of(metric) { Confidence::High } else { Confidence::Medium };
        Some(Subject { metric, evidence, confidence, whole: None })
    }

    /// `We burned 5,940 tonnes against 6,215, 4.4% less` under "Operating costs": a movement of levels that the title's metric never has.
    fn is_between_others(&self, metric: MetricId) -> bool {
        if !matches!(self.slot().role, Role::Growth(_) | Role::Change(_)) {
            return false;
        }
        let start = clause::clause_start(self.items, self.slot().at);
        let own = |at: &usize| self.slots[*at].at >= start && self.slots[*at].role == Role::Level;
        let mut levels = (0..self.at).filter(own).peekable();
        levels.peek().is_some() && levels.all(|at| !(Reader { at, ..*self }).fits(metric))
    }

    /// Whether the words around the quantity name something that is not what the title names: `Receivables fell by $12K to $84K` under
    /// "Cash", `the $15M revolver`.
    pub(super) fn speaks_of_another(&self) -> bool {
        let mut clause = self.clause_items();
        // `By channel: Stores 41.8%, Online 40.9%`: what the list goes by.
        if let ([Item { kind: Kind::Cue(Cue::By), .. }, ..], Some(colon)) =
            (clause, clause.iter().position(|item| item.kind == Kind::Break(Break::Colon)))
        {
            clause = &clause[colon + 1..];
        }
        let behind = self.slot().after.iter().take(3).take_while(|item| matches!(item.kind, Kind::Word(_))).count();
        let attributive =
            matches!(self.slot().quantity.unit, Unit::Currency(_)) && strange_words(&self.slot().after[..behind]) > 0;
        // `Margin widened …` under "Gross margin": the title's own words.
        let own = self.scope.metric.map(|(id, _)| stems(self.label(id))).unwrap_or_default();
        let strange = |item: &Item| match &item.kind {
            Kind::Word(stem) => !is_light(stem) && !own.contains(stem),
            _ => false,
        };
        clause.iter().any(strange) || attributive
    }

    /// The words of the quantity's own clause before it.
    pub(super) fn clause(&self) -> &[Item] {
        let before = &self.items[..self.slot().at];
        let start = before.iter().rposition(|item| matches!(item.kind, Kind::Break(Break::Clause) | Kind::Quantity(_)));
        let start = start.map_or(0, |at| at + 1);
        &before[start.max(clause::after_saying(before))..]
    }

    /// `we spent $32.5M on R&D`; not `an operating loss of $546K on expenses of $2.1M`.
    fn is_spent(&self) -> bool {
        const SPENDING: &[&str] = &["spent", "spend", "spending", "invested", "invest", "laid", "paid", "budgeted"];
        let before = self.items[..self.slot().at].iter().rev().take(4);
        before.into_iter().any(|item| item.is_word(SPENDING))
    }

    /// `1,247 customers`, `$42.3M ARR`, `$42.3M of ARR`.
    pub(super) fn named_after(&self) -> Option<Subject> {
        let slot = self.slot();
        let skipped = |item: &&Item| !matches!(item.kind, Kind::Scenario(_) | Kind::Segment(_) | Kind::Period(_));
        let mut after = slot.after.iter().filter(skipped);
        let first = after.next()?;
        let (id, fit, linked) = match first.kind {
            Kind::Metric(id, fit) => (id, fit, false),
            Kind::Cue(Cue::Of) => match after.next()?.kind {
                Kind::Metric(id, fit) => (id, fit, true),
                _ => return None,
            },
            // `of which $162.3 million was labor`.
            Kind::Cue(Cue::Is) if self.is_named_part() => match after.next()?.kind {
                Kind::Metric(id, fit) => (id, fit, false),
                _ => return None,
            },
            // `$750M outstanding under our term loan`.
            Kind::Word(ref stem) if matches!(stem.as_str(), "outstanding" | "drawn" | "borrowed") => {
                let linked = matches!(after.next()?.kind, Kind::Cue(Cue::Over(Direction::Down) | Cue::Of));
                match after.next()?.kind {
                    Kind::Metric(id, fit) if linked && matches!(slot.quantity.unit, Unit::Currency(_)) => {
                        (id, fit, true)
                    }
                    _ => return None,
                }
            }
            // `we spent $32.5M on R&D`.
            Kind::Word(ref stem) if stem == "on" && self.is_spent() => match after.next()?.kind {
                Kind::Metric(id, fit) if matches!(slot.quantity.unit, Unit::Currency(_)) => (id, fit, true),
                _ => return None,
            },
            _ => return None,
        };
        // `the $0.3M EBITDA beat`.
        let own = slot.role.is_level() || matches!(slot.role, Role::Variance(_)) && !linked;
        if !self.fits(id) || fit == Fit::Other || !own {
            return None;
        }
        // `our ten largest customers are $7.4M of ARR`: a part of it, not it.
        if linked && strange_words(slot.before) > 0 {
            return None;
        }
        let mut found = self.found(id, "after", fit);
        // A sum "of" something may be a part of it.
        if linked && self.is_label(id) {
            found.confidence = Confidence::Medium;
        }
        Some(found)
    }

    /// `growth of 9.4% in revenue`, `a £280k overspend on operating costs`, `an adverse variance of £280k on overheads`: what moved is
    /// named behind the noun that tells how.
    fn told_of(&self) -> Option<Subject> {
        let slot = self.slot();
        if !matches!(slot.role, Role::Growth(_) | Role::Change(_) | Role::Variance(_)) {
            return None;
        }
        // `7.4% more passengers than a year ago`, `12% fewer complaints`.
        if let [Item { kind: Kind::Cue(Cue::Move(_)), .. }, Item { kind: Kind::Metric(id, fit), .. }, rest @ ..] =
            slot.after
            && *fit != Fit::Other
            && self.fits(*id)
            && rest.first().is_none_or(|item| !matches!(item.kind, Kind::Metric(..)))
        {
            return Some(self.found(*id, "after", *fit));
        }
        let tells = |item: &Item| matches!(item.kind, Kind::Cue(Cue::Noun(_) | Cue::Rated(_) | Cue::Variance));
        let told = slot.after.iter().take_while(|item| tells(item)).count();
        let of = |items: &[Item]| match items {
            [Item { kind: Kind::Break(Break::And), .. }, Item { kind: Kind::Cue(Cue::Of), .. }] => true,
            [rest @ .., Item { kind: Kind::Cue(Cue::Of), .. }] => {
                let one = rest.iter().rev().take(2).position(tells);
                one.is_some_and(|at| rest[rest.len() - at..].iter().all(|item| matches!(item.kind, Kind::Word(_))))
            }
            _ => false,
        };
        if told == 0 && !of(slot.before) {
            return None;
        }
        let [led, rest @ ..] = &slot.after[told..] else { return None };
        let links = led.kind == Kind::Cue(Cue::Of) || led.is_word(&["on"]);
        let named = rest.iter().find(|item| !matches!(item.kind, Kind::Segment(_) | Kind::Period(_)))?;
        match named.kind {
            Kind::Metric(id, fit) if links && fit != Fit::Other && self.fits(id) => Some(self.found(id, "after", fit)),
            _ => None,
        }
    }

    /// The nearest name before the quantity. `Some(None)`: a name is there, but it is not to be used.
    pub(super) fn named_before(&self) -> Option<Option<Subject>> {
        let (mut crossed, mut left) = (false, false);
        let mut defined = None;
        let mut counted = false;
        for at in (0..self.slot().at).rev() {
            counted |= matches!(self.items[at].kind, Kind::Quantity(_));
            // `Operating free cash flow (EBITDA less capex): €31.6m`: what a name is made of is not what the number is of.
            if self.items[at].kind == Kind::Break(Break::Close) {
                defined = defined.or_else(|| self.definition_before(at));
            }
            if defined.is_some_and(|open| at > open) {
                continue;
            }
            if self.is_in_relative_clause(at) {
                continue;
            }
            // `We sold 7,470 of the 9,000 rooms, against 7,200 last June`: what it is a part of is not compared.
            let whole = |before: usize| {
                let slot = self.slots[..self.at].iter().position(|slot| slot.at == before);
                slot.is_some_and(|at| (Reader { at, ..*self }).is_whole_of_part())
            };
            if matches!(self.slot().role, Role::OtherLevel | Role::FromLevel) && at.checked_sub(1).is_some_and(whole) {
                continue;
            }
            match self.items[at].kind {
                // `equity income related to carriers was $5M`: of names on either side of the words, neither is the subject.
                Kind::Metric(..) if self.is_narrowed(at) => return Some(None),
                // `Cash of £14.2m, and £15m of undrawn facility`: the second number has a name of its own.
                Kind::Metric(..) if counted && self.is_of_unknown() => return Some(None),
                // `Retail spend per passenger rose to €7.84`: what something is told for each of.
                Kind::Metric(..) if at.checked_sub(1).is_some_and(|at| self.items[at].kind == Kind::Cue(Cue::Per)) => {
                    return Some(None);
                }
                Kind::Metric(id, fit) => {
                    if crossed && !self.leads(at) {
                        return None;
                    }
                    if self.is_complement(at) {
                        continue;
                    }
                    if self.is_taken(at) {
                        return Some(None);
                    }
                    let fit = if self.is_moved(at) { Fit::Plain } else { fit };
                    if fit == Fit::Other || !self.fits(id) && self.slot().role != Role::Share {
                        return Some(None);
                    }
                    let Some(distance) = self.distance(at) else { return Some(None) };
                    let mut found = self.found(id, "before", fit);
                    // A label is the subject for sure only where it opens its clause and nothing comes between it and the number.
                    let opens = strange_words(&self.items[self.clause_start(at)..at]) == 0;
                    if distance > 0 || self.is_label(id) && !opens {
                        found.confidence = Confidence::Medium;
                    }
                    return Some(Some(found));
                }
                // The plan's clause is of what the one before it is of, and of none further back.
                Kind::Break(Break::Clause) => {
                    crossed |= left || !self.is_plan_of_clause_before();
                    left = true;
                }
                _ => {}
            }
        }
        None
    }

    /// `£15m of undrawn facility`: whether an amount is of something that the vocabulary does not have.
    fn is_of_unknown(&self) -> bool {
        let slot = self.slot();
        let [of, rest @ ..] = slot.after else { return false };
        let words = rest.iter().take_while(|item| matches!(item.kind, Kind::Word(_))).count();
        let amount = slot.role == Role::Level && matches!(slot.quantity.unit, Unit::Currency(_));
        amount && of.kind == Kind::Cue(Cue::Of) && strange_words(&rest[..words]) > 0
    }

    /// `Energy, which sits in property costs, was £2.15m`: what the words between two commas name is not what the sentence is of.
    fn is_in_relative_clause(&self, at: usize) -> bool {
        let comma = |item: &Item| item.kind == Kind::Break(Break::Comma);
        let Some(open) = self.items[..at].iter().rposition(comma) else { return false };
        let closes = self.items[at + 1..self.slot().at]
            .iter()
            .position(|item| matches!(item.kind, Kind::Break(_) | Kind::Quantity(_)));
        // `which is 2.6 times the EBITDA of the year, €448.8m`: the number right behind is what the name before the comma is.
        let closed = closes
            .map(|close| at + 1 + close)
            .is_some_and(|close| comma(&self.items[close]) && close + 1 < self.slot().at);
        let opens = match self.items.get(open + 1).map(|item| &item.kind) {
            Some(Kind::Word(stem)) => matches!(stem.as_str(), "which" | "who" | "where" | "part"),
            Some(Kind::Cue(cue)) => *cue == Cue::Part,
            _ => false,
        };
        opens && closed && open > 0
    }

    /// `Q4 sales growth of 6.7%`: for a number that tells the movement, the name is that of what moved.
    fn is_moved(&self, name: usize) -> bool {
        let told = matches!(self.slot().role, Role::Growth(_) | Role::Change(_));
        let noun = matches!(self.items.get(name + 1).map(|item| &item.kind), Some(Kind::Cue(Cue::Noun(_))));
        let narrowed = match name.checked_sub(1).map(|at| &self.items[at].kind) {
            Some(Kind::Word(stem)) => lexicon::is_modifier(stem) || !is_light(stem),
            _ => false,
        };
        told && noun && !narrowed
    }

    /// Where the bracket opens that closes here, if it names several metrics.
    fn definition_before(&self, close: usize) -> Option<usize> {
        let open = self.items[..close].iter().rposition(|item| item.kind == Kind::Break(Break::Open))?;
        let named = self.items[open..close].iter().filter(|item| matches!(item.kind, Kind::Metric(..))).count();
        let silent = !self.items[open..close].iter().any(|item| matches!(item.kind, Kind::Quantity(_)));
        (named > 1 && silent).then_some(open)
    }

    /// Whether words that narrow a noun stand right before or after the name, without a verb between.
    fn is_narrowed(&self, at: usize) -> bool {
        let before = self.items[..at].iter().rposition(|item| item.kind == Kind::Cue(Cue::Regarding));
        let before = before.is_some_and(|from| {
            let between = &self.items[from + 1..at];
            !between.iter().any(|item| matches!(item.kind, Kind::Quantity(_) | Kind::Cue(Cue::Is | Cue::Move(_))))
        });
        let regards = |item: &Item| item.kind == Kind::Cue(Cue::Regarding);
        before || self.items[at + 1..self.slot().at].iter().take(2).any(regards)
    }

    /// `five months of sales`, `receivables grew with sales`: a name that only completes another phrase is no subject.
    fn is_complement(&self, at: usize) -> bool {
        let before = &self.items[..at];
        match before.last().map(|item| &item.kind) {
            // `grew faster than GMV, to €10.5m`: what the subject is compared with.
            Some(Kind::Cue(Cue::Versus)) => {
                let parted =
                    self.items[at + 1..self.slot().at].iter().any(|item| item.kind == Kind::Break(Break::Comma));
                self.slot().role == Role::Level && parted
            }
            Some(Kind::Word(stem)) => {
                // `with cash of $5M` goes on to say how much.
                let says_how_much = matches!(
                    self.items.get(at + 1).map(|item| &item.kind),
                    Some(Kind::Cue(Cue::Of | Cue::Is | Cue::Move(_)) | Kind::Quantity(_) | Kind::Break(Break::Colon))
                );
                !says_how_much && matches!(stem.as_str(), "with" | "despite" | "alongside" | "unlike" | "without")
            }
            // `The dividend is covered 1.3x by EPS and is 9.0% up`: behind the agent the sentence goes on about its own subject.
            Some(Kind::Cue(Cue::By)) => matches!(
                self.items.get(at + 1..at + 3),
                Some([and, is]) if and.kind == Kind::Break(Break::And) && is.kind == Kind::Cue(Cue::Is)
            ),
            Some(Kind::Cue(Cue::Of)) => match before.len().checked_sub(2).map(|at| &before[at].kind) {
                Some(Kind::Quantity(mention)) => match &self.scope.mentions[*mention].kind {
                    MentionKind::Quantity(quantity) => {
                        // `profit, after £11.6m of adjusting items, was £54.2m`.
                        // `or 28.3% of net sales, compared to $140M`: the whole of a share is nobody's subject.
                        let whole = quantity.unit == Unit::Percent
                            && !(self.slot().role == Role::Share && self.segment().is_some());
                        whole
                            || matches!(quantity.unit, Unit::Duration(_) | Unit::Multiple)
                            || self.slot().role == Role::Level
                    }
                    _ => false,
                },
                _ => false,
            },
            _ => false,
        }
    }

    /// `We started 402 new patients and lost 188`: a name that stands behind its own number is not the next one's, where other
    /// words come between.
    fn is_taken(&self, at: usize) -> bool {
        let behind = at.checked_sub(1).is_some_and(|before| matches!(self.items[before].kind, Kind::Quantity(_)));
        let own = &self.items[at + 1..self.slot().at];
        let and = own.iter().rposition(|item| item.kind == Kind::Break(Break::And));
        let acted = and.is_some_and(|and| own[and..].iter().any(|item| matches!(item.kind, Kind::Word(_))));
        behind && acted && self.slot().role == Role::Level
    }

    /// Where the clause of an item starts.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        let before = &self.items[..at];
        let breaks = |item: &Item| {
            matches!(
                item.kind,
                Kind::Break(Break::Clause | Break::And | Break::Open | Break::Colon) | Kind::Quantity(_)
            )
        };
        before.iter().rposition(breaks).map_or(0, |at| at + 1)
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
        if own.iter().any(|item| matches!(item.kind, Kind::Cue(Cue::Because | Cue::Made | Cue::Regarding))) {
            return None;
        }
        // `revenue 9.4% higher at £44.7m and orders 8.2% higher at £48.6m`: the second noun has taken over with its first number.
        let and = own.iter().rposition(|item| item.kind == Kind::Break(Break::And));
        let taken = and.map(|and| &own[and..]).is_some_and(|rest| {
            let number = rest.iter().position(|item| matches!(item.kind, Kind::Quantity(_)));
            number.is_some_and(|number| strange_words(&rest[..number]) > 0)
        });
        if taken {
            return None;
        }
        let (chunk, most) = match own.iter().rposition(|item| matches!(item.kind, Kind::Quantity(_))) {
            Some(at) if self.slot().role == Role::Share => (&own[at + 1..], 4),
            Some(at) => (&own[at + 1..], 0),
            None => (own, 4),
        };
        // `DSO (days) 43`: what stands in brackets takes nothing over.
        let open = chunk.iter().position(|item| item.kind == Kind::Break(Break::Open));
        let close = chunk.iter().rposition(|item| item.kind == Kind::Break(Break::Close));
        let strange = match open.zip(close) {
            Some((open, close)) if open < close => strange_words(&chunk[..open]) + strange_words(&chunk[close..]),
            _ => strange_words(chunk),
        };
        (strange <= most).then_some(strange)
    }

    /// Whether only a table names the metric.
    fn is_label(&self, id: MetricId) -> bool {
        self.scope.vocabulary.term(id).source.is_none()
    }

    pub(super) fn found(&self, id: MetricId, side: &str, fit: Fit) -> Subject {
        Subject {
            metric: id,
            evidence: format!("{} named {side} the number in the same sentence", self.label(id)),
            confidence: if fit == Fit::Plain { Confidence::High } else { Confidence::Medium },
            whole: None,
        }
    }

    pub(super) fn label(&self, id: MetricId) -> &str {
        &self.scope.vocabulary.term(id).label
    }
}
