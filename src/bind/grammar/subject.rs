//! Which metric a quantity is about.
//!
//! Enters: a quantity's place in its sentence. Leaves: its subject with evidence, or none.
//! Invariant: a noun that is not in the vocabulary never lends its number to one that is.

use super::{Reader, Role, clause};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::claim::Direction;
use crate::extract::MentionKind;
use crate::finding::Confidence;
use crate::quantity::Unit;
use crate::vocabulary::{Known, MetricId, is_measure};
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
        if let Some(found) = after.or_else(|| self.whole_of_share()).or_else(closed) {
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

    /// `Order intake rose 5.7%. Aerospace booked €58.9m`: a clause that names nothing but a part goes on about what the sentence before
    /// is about, where that has the part.
    fn part_of_spoken(&self) -> Option<Subject> {
        let metric = self.scope.spoken?;
        let segment = self.own_segment()??;
        let level = self.slot().role.is_level() || matches!(self.slot().quantity.unit, Unit::Currency(_));
        let has = self.scope.vocabulary.with_part(&segment).contains(&metric);
        let other = self.scope.metric.is_none_or(|(title, _)| title != metric);
        (level && has && other && self.fits(metric) && !self.speaks_of_another()).then(|| Subject {
            metric,
            evidence: format!("the sentence before is about {}", self.label(metric)),
            confidence: Confidence::Medium,
            whole: None,
        })
    }

    /// `Medicine grew by 9.1% to £22.4m`: a clause that names nothing but a part is of the one metric that is stated for it in such
    /// numbers.
    pub(super) fn of_part(&self) -> Option<Subject> {
        let segment = self.own_segment()??;
        let clause = self.clause_items();
        let opens = matches!(
            clause.iter().find(|item| !matches!(&item.kind, Kind::Word(stem) if lexicon::is_transparent(stem))),
            Some(Item { kind: Kind::Segment(_), .. })
        );
        // `Inpatient revenue` of a net patient revenue: the word is one of the metric's own.
        let measures: Vec<&String> = clause
            .iter()
            .filter_map(|item| match &item.kind {
                Kind::Word(stem) if is_measure(stem) => Some(stem),
                _ => None,
            })
            .collect();
        let behind = self.slot().after.iter().take(3).take_while(|item| matches!(item.kind, Kind::Word(_))).count();
        let attributive = strange_words(&self.slot().after[..behind]) > 0;
        // `EMEA invested $2.1M in a new warehouse`, `EMEA delivered $2.1M in savings`: what a part does with money is not what it makes.
        let acts = |item: &Item| matches!(&item.kind, Kind::Word(stem) if lexicon::is_verb(stem) && !is_earning(stem));
        let of_another = || match self.slot().after {
            [led, Item { kind: Kind::Word(stem), .. }, ..] => {
                let links = led.kind == Kind::Cue(Cue::Of)
                    || matches!(&led.kind, Kind::Word(led) if matches!(led.as_str(), "on" | "for"));
                links && !is_light(stem)
            }
            _ => false,
        };
        let another = if opens {
            // `Services made up the rest at $821K`: where the part is the subject, only two words for measures speak of another thing.
            measures.len() > 1 || clause.iter().any(acts) || attributive || of_another()
        } else {
            self.speaks_of_another()
        };
        if another {
            return None;
        }
        // What grew is told by the level beside the growth.
        let unit = |at: usize| self.slots.get(at).filter(|slot| slot.role.is_level()).map(|slot| &slot.quantity.unit);
        // `Online beat budget by £1.6m`: an amount by which it moved is in its own unit.
        let moved = || {
            let own = &self.slot().quantity.unit;
            let amount = matches!(self.slot().role, Role::Change(_) | Role::Variance(_));
            (amount && matches!(own, Unit::Currency(_))).then_some(own)
        };
        // `£98.5m (+4.3%), with 185,400 passengers`: what a bracket tells is of the number before it.
        let before = || unit(self.at.checked_sub(1)?);
        let bracketed = || if self.slot().is_bracketed() { before() } else { None };
        let beside = || bracketed().or_else(|| unit(self.at + 1)).or_else(before);
        let unit = unit(self.at).or_else(moved).or_else(beside)?;
        let such =
            |id: &&MetricId| self.scope.vocabulary.term(**id).unit.as_ref().is_some_and(|own| own.comparable(unit));
        let own = |id: &&MetricId| {
            let label = stems(self.label(**id));
            measures.iter().all(|stem| label.contains(stem))
        };
        let mut owners = self.scope.vocabulary.with_part(&segment).iter().filter(such).filter(own);
        let metric = *owners.next().filter(|id| self.fits(**id))?;
        owners.all(|other| *other == metric).then(|| {
            let evidence = format!("{segment} is a part of {}", self.label(metric));
            Subject { metric, evidence, confidence: Confidence::Medium, whole: None }
        })
    }

    /// `- EMEA $14.0M` under "ARR by region": a line that names nothing but a part which the source has the title's metric for.
    fn is_line_of(&self, metric: MetricId) -> bool {
        let term = self.scope.vocabulary.term(metric);
        let before = &self.items[..self.slot().at];
        let part = match before.first().map(|item| &item.kind) {
            Some(Kind::Segment(segment)) => term.source.is_some() && term.has_part(segment),
            _ => false,
        };
        let plain = |item: &Item| {
            matches!(item.kind, Kind::Break(Break::Colon | Break::Clause) | Kind::Period(_) | Kind::Cue(Cue::Is))
        };
        part && before[1..].iter().all(plain) && self.slot().role == Role::Level
    }

    /// `47.8% of total assets ($148.9m)`, `24.5% of revenue of £83.1m`: the whole that the share is of.
    fn whole_of_share(&self) -> Option<Subject> {
        let [.., of, whole, open] = &self.items[..self.slot().at] else { return None };
        let (Kind::Metric(id, fit), Kind::Cue(Cue::Of)) = (&whole.kind, &of.kind) else { return None };
        let share = self.at.checked_sub(1).is_some_and(|before| self.slots[before].role == Role::Share);
        let told = matches!(open.kind, Kind::Break(Break::Open) | Kind::Cue(Cue::Of)) && self.slot().role.is_level();
        // `Marketing was flat at 2.5% of sales (£14.2m)`: what has not been said of the part yet is how much it was.
        let part = || {
            let at = self.at.checked_sub(1)?;
            let reader = Reader { at, ..*self };
            let part = reader.named_before()??;
            let unit = &self.slot().quantity.unit;
            let stated = self.slots[..at].iter().any(|slot| slot.role == Role::Level && slot.quantity.unit == *unit);
            (!stated && part.metric != *id && self.fits(part.metric)).then_some(part)
        };
        if let (true, Kind::Break(Break::Open), Some(part)) = (share && told, &open.kind, part()) {
            return Some(part);
        }
        (share && told && *fit != Fit::Other && self.fits(*id)).then(|| self.found(*id, "before", *fit))
    }

    /// `21% of passenger revenue of €209.7m`: all that the share is of.
    pub(super) fn is_sum_of_share(&self) -> bool {
        self.slot().role == Role::Level && (self.is_whole_unnamed() || self.whole_of_share().is_some())
    }

    /// `318 of 420 patients`: all that there are, or all that are wanted.
    pub(super) fn is_whole_of_part(&self) -> bool {
        self.is_whole() && self.at.checked_sub(1).is_some_and(|at| is_counted(&self.slots[at].quantity.unit))
    }

    /// `315 of our 4,561 accounts`, `5% of 4,561 accounts`: a count of which the number right before it is a part.
    pub(super) fn is_whole(&self) -> bool {
        self.at > 0
            && matches!(self.slot().before, [Item { kind: Kind::Cue(Cue::Of), .. }])
            && is_counted(&self.slot().quantity.unit)
    }

    /// Whether the words around the quantity name something that is not what the title names: `Receivables fell by $12K to $84K` under
    /// "Cash", `the $15M revolver`.
    fn speaks_of_another(&self) -> bool {
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

    /// Whether the noun that is counted can be what the metric counts.
    fn noun_fits(&self, id: MetricId) -> bool {
        let Some(noun) = self.slot().quantity.noun.as_deref() else { return true };
        let term = self.scope.vocabulary.term(id);
        let named = |text: &str| {
            let own = stems(text);
            stems(noun).iter().any(|stem| own.contains(stem))
        };
        named(&term.label)
            || named(&term.name.replace('_', " "))
            || matches!(noun, "people" | "staff" | "heads" | "units" | "employees" | "colleagues" | "ftes" | "fte")
                && term.unit != Some(Unit::Percent)
                && ["headcount", "head", "fte", "employee", "staff", "people", "colleague", "team"]
                    .iter()
                    .any(|word| named_stem(&term.label, word))
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

    /// Whether the quantity can be of this metric, by its unit and noun.
    pub(super) fn fits(&self, id: MetricId) -> bool {
        let slot = self.slot();
        let term = self.scope.vocabulary.term(id);
        // `€8.20 a box` of a contribution per box is in what the contribution is in.
        let unit = match &slot.quantity.unit {
            Unit::Per(amount, of) if term.unit.as_ref() == Some(amount) && term.is_for_each(of) => amount,
            unit => unit,
        };
        if !self.noun_fits(id) || self.is_time_taken() && !matches!(term.unit, Some(Unit::Duration(_))) {
            return false;
        }
        // `With 1,845 pupils that is 7.8 per teacher`: what is counted for each of something is another measure.
        let each = is_counted(unit) && matches!(slot.after.first().map(|item| &item.kind), Some(Kind::Cue(Cue::Per)));
        let counts = || {
            let rates = ["per", "rate", "ratio", "frequency", "average"];
            matches!(term.unit, Some(Unit::Count)) && !rates.iter().any(|word| named_stem(&term.label, word))
        };
        if each && counts() {
            return false;
        }
        match (slot.role, &term.unit) {
            (_, None) | (Role::Growth(_) | Role::Share, Some(_)) => true,
            (Role::Variance(_), Some(_)) if *unit == Unit::Percent => true,
            (Role::Change(_) | Role::Variance(_), Some(Unit::Percent)) => {
                matches!(unit, Unit::Points | Unit::BasisPoints | Unit::Percent)
            }
            // A bare number takes the unit of a metric that is counted or measured.
            (_, Some(Unit::Duration(_) | Unit::Multiple | Unit::Count | Unit::Measure(_) | Unit::Bare))
                if matches!(unit, Unit::Bare) =>
            {
                true
            }
            // An NPS in points is told by its number alone, and so is by how many it moved.
            (_, Some(Unit::Measure(word)))
                if is_score(word) && matches!(unit, Unit::Bare | Unit::Count | Unit::Points) =>
            {
                true
            }
            // `earnings per share of 24.9p`.
            (_, Some(Unit::Per(amount, _))) if **amount == *unit => true,
            (_, Some(known)) => known.comparable(unit),
        }
    }
}

/// `contributed`, `brought in`, `generated`: what a part does that makes the metric.
fn is_earning(stem: &str) -> bool {
    is_accounting(stem)
        || matches!(
            stem,
            "generated"
                | "generate"
                | "delivered"
                | "deliver"
                | "earned"
                | "reported"
                | "posted"
                | "recorded"
                | "achieved"
                | "saw"
                | "produced"
                | "had"
                | "did"
                | "turned"
                | "came"
                | "went"
                | "kept"
                | "performed"
                | "doing"
                | "managed"
                | "scored"
                | "introduced"
                | "attracted"
                | "stayed"
        )
}

/// `accounted for`, `made up`: verbs of being a share.
pub(super) fn is_accounting(stem: &str) -> bool {
    matches!(
        stem,
        "account"
            | "accounted"
            | "accounting"
            | "made"
            | "make"
            | "contributed"
            | "contribute"
            | "represented"
            | "representing"
            | "took"
            | "take"
            | "had"
            | "has"
            | "have"
            | "brought"
            | "remain"
            | "remained"
    )
}

/// `points`, of which a score is one.
fn is_score(unit: &str) -> bool {
    matches!(unit.to_lowercase().as_str(), "points" | "point" | "pts" | "score")
}

pub(super) fn is_counted(unit: &Unit) -> bool {
    matches!(unit, Unit::Count | Unit::Bare)
}

fn named_stem(label: &str, word: &str) -> bool {
    stems(label).iter().any(|stem| stem == word)
}

/// Words that name things which the vocabulary does not know.
pub(super) fn strange_words(items: &[Item]) -> usize {
    // `on costs £142k lower than budgeted`: behind a preposition it is no verb.
    let noun = |at: usize| match at.checked_sub(1).map(|before| &items[before].kind) {
        Some(Kind::Word(stem)) => matches!(stem.as_str(), "on" | "for" | "with"),
        Some(Kind::Cue(cue)) => *cue == Cue::Of,
        _ => false,
    };
    let strange = |(at, item): (usize, &Item)| match &item.kind {
        Kind::Word(stem) if stem == "cost" => noun(at),
        Kind::Word(stem) => !is_light(stem),
        _ => false,
    };
    items.iter().enumerate().filter(|found| strange(*found)).count()
}

/// Verbs, adverbs and other words that name nothing.
pub(super) fn is_light(stem: &str) -> bool {
    stem.len() <= 2
        || stem.ends_with("ly")
        || lexicon::is_verb(stem)
        || lexicon::is_transparent(stem)
        || lexicon::is_limit(stem)
        || matches!(
            stem,
            "fastest" | "slowest" | "most" | "least" | "best" | "worst" | "though" | "although" | "yet" | "albeit"
        )
}
