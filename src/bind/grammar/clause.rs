//! What the clause that a quantity stands in says of its time, beside what stands next to the number.
//!
//! Enters: a quantity's place in its sentence. Leaves: the time that its clause is of, or that it is of one which is not told.
//! Invariant: a clause says nothing of the numbers of another, but for one that opens with a time and a colon.

use super::Reader;
use super::light::is_light;
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::period::{Expression, Period};
use crate::vocabulary::MetricId;

impl Reader<'_> {
    /// `the first quarter, when EBIT was $10.9M`, `the quarter, in which it was $10.9M`: the time that the clause is about.
    pub(super) fn related_time(&self) -> Option<(Period, bool)> {
        let own = self.clause_items();
        let start = self.slot().at - own.len();
        let comma = own.iter().rposition(|item| item.kind == Kind::Break(Break::Comma))?;
        let opens = match &own[comma + 1..] {
            [Item { kind: Kind::Word(stem), .. }, ..] => stem == "when",
            [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Word(stem), .. }, ..] => stem == "which",
            [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Cue(Cue::Part), .. }, ..] => true,
            _ => false,
        };
        let before = (start + comma).checked_sub(1)?;
        if opens { self.resolve(&self.items[before]) } else { None }
    }

    /// `Versus budget, Q4: sales +£2.5m, …`: a time before a colon holds for what follows it.
    pub(super) fn led_by_time(&self) -> Option<(Period, bool)> {
        let before = &self.items[..self.slot().at];
        let colon = before.iter().rposition(|item| item.kind == Kind::Break(Break::Colon))?;
        if before[..colon].iter().any(|item| matches!(item.kind, Kind::Quantity(_))) {
            return None;
        }
        // `improved on the second quarter: 84.4%`: what it is compared with.
        // `Q1 is softer than Q4: revenue still grew`, too.
        let set_against = |time: usize| time.checked_sub(1).is_some_and(|at| before[at].kind == Kind::Cue(Cue::Versus));
        let time = colon.checked_sub(1).filter(|time| !self.is_stepped_from(before, *time) && !set_against(*time))?;
        self.resolve(&before[time])
    }

    /// `today ARR is $50.1M`: the clause comes back to the time of the report, whatever was spoken of before.
    pub(super) fn is_of_today(&self) -> bool {
        let now = |item: &Item| item.is_word(&["today", "now", "currently"]);
        self.clause_items().iter().any(now)
    }

    /// `which was $2.5M then`.
    pub(super) fn is_of_then(&self) -> bool {
        matches!(self.slot().after, [Item { kind: Kind::Word(stem), .. }, ..] if stem == "then")
    }

    /// `when we last met`, `at the last meeting`: a time that only those who were there know.
    pub(super) fn is_of_last_meeting(&self) -> bool {
        const MET: &[&str] = &[
            "met", "meeting", "wrote", "letter", "spoke", "reported", "report", "update", "call", "summer", "winter",
            "spring", "autumn", "season", "christma", "easter", "time",
        ];
        let said = |two: &[Item]| match two {
            [Item { kind: Kind::Word(last), .. }, Item { kind: Kind::Word(met), .. }] => {
                matches!(last.as_str(), "last" | "previous") && MET.contains(&met.as_str())
            }
            _ => false,
        };
        let slot = self.slot();
        let head = if self.at == 0 { slot.before } else { self.clause_items() };
        slot.after.windows(2).any(said) || head.windows(2).any(said)
    }

    /// `Opening backlog of $148.6M`, `the opening $148.6M`: what stood when the time began.
    pub(super) fn is_opening(&self) -> bool {
        let before = self.slot().before;
        let name = before.iter().rposition(|item| matches!(item.kind, Kind::Metric(..)));
        let states = |item: &Item| matches!(item.kind, Kind::Cue(Cue::Of | Cue::Is) | Kind::Break(Break::Colon));
        let of = |at: usize| before[at + 1..].iter().all(states);
        let end = name.filter(|at| of(*at)).unwrap_or(before.len());
        // `opened at $41.2M and closed at $44.2M`, `cash brought forward was €3.1m`.
        let verb = match &before[name.map_or(0, |at| at + 1)..] {
            [Item { kind: Kind::Word(verb), .. }, Item { kind: Kind::Cue(Cue::Is), .. }] => {
                matches!(verb.as_str(), "opened" | "started" | "began")
            }
            [brought, forward, rest @ ..] => {
                brought.is_word(&["brought"])
                    && forward.is_word(&["forward"])
                    && rest.iter().all(|item| matches!(item.kind, Kind::Cue(Cue::Of | Cue::Is)))
            }
            _ => false,
        };
        verb || before[..end].last().is_some_and(is_start)
    }

    /// `opening backlog of $148.6M …, gives the closing $154.0M`: the metric that the walk is of.
    pub(super) fn closed(&self) -> Option<(MetricId, Fit)> {
        let closing = |item: &Item| item.is_word(&["closing", "ending"]);
        self.slot().before.last().filter(|item| closing(item))?;
        self.items[..self.slot().at].windows(2).find_map(|two| match (&two[0], &two[1].kind) {
            (start, Kind::Metric(id, fit)) if is_start(start) => Some((*id, *fit)),
            _ => None,
        })
    }

    /// Whether the words right around the quantity name a time that cannot be told: `in the month`, in the report of a quarter.
    pub(super) fn names_unknown_time(&self) -> bool {
        let slot = self.slot();
        let unknown = |item: &Item| {
            self.expression(item).is_some_and(|expression| !matches!(expression, Expression::Against(_)))
                && self.resolve(item).is_none()
        };
        slot.before.iter().chain(slot.after).any(unknown)
    }

    /// `Compared with Q2, revenue was up $838K; compared with Q3, up $2.5M`: the base that the clause opens with.
    pub(super) fn opening_base(&self) -> Option<(Period, bool)> {
        let dated = |item: &Item| {
            matches!(
                self.expression(item),
                Some(Expression::Fixed(crate::period::Fixed::Day(_)) | Expression::MonthDay(..))
            )
        };
        match self.clause_items() {
            // `On the second quarter, revenue grew 4.1%`.
            [on, period, ..] if on.is_word(&["on"]) && !dated(period) => self.resolve(period),
            [versus, period, ..] if versus.kind == Kind::Cue(Cue::Versus) && is_period(period) => self.resolve(period),
            [versus, with, period, ..]
                if versus.kind == Kind::Cue(Cue::Versus)
                    && matches!(with.kind, Kind::Word(_) | Kind::Cue(Cue::To))
                    && is_period(period) =>
            {
                self.resolve(period)
            }
            _ => None,
        }
    }

    /// `$56.2M brings the year to date to $158.2M`: where the words about another number begin.
    pub(super) fn brings(&self) -> Option<usize> {
        let slot = self.slot();
        let to = self.items.get(slot.at + 1 + slot.after.len()).filter(|item| item.kind == Kind::Cue(Cue::To));
        to.and_then(|_| slot.after.iter().position(is_bringing))
    }

    /// `June's surplus of £121,910 brings the quarter to £212,860`, `takes the total for the year so far to $4.1M`: the time that what was
    /// told before is added up over.
    pub(super) fn brought_to(&self) -> Option<(Period, bool)> {
        /// Items from the verb to the time, at most.
        const NEAR: usize = 6;
        let [head @ .., Item { kind: Kind::Cue(Cue::To), .. }] = &self.items[..self.slot().at] else { return None };
        let time = head.iter().rposition(|item| matches!(item.kind, Kind::Period(_)))?;
        let silent = |item: &Item| matches!(&item.kind, Kind::Word(stem) if is_light(stem));
        if !head[time + 1..].iter().all(silent) {
            return None;
        }
        let number = head[..time].iter().rposition(|item| matches!(item.kind, Kind::Quantity(_) | Kind::Break(_)));
        let start = number.map_or(0, |at| at + 1).max(time.saturating_sub(NEAR));
        if head[start..time].iter().any(is_bringing) { self.resolve(&head[time]) } else { None }
    }

    /// `After £3.4m of adjusting items, operating profit was £32.2m`, `operating profit of £32.2m after adjusting items of £3.4m`: what
    /// is taken off is of another name than the number beside it, and of the same time.
    pub(super) fn is_taken_off(&self) -> bool {
        let slot = self.slot();
        let own = match slot.before {
            [Item { kind: Kind::Cue(Cue::Versus), .. }] => self.named_after().map(|own| own.metric),
            [
                Item { kind: Kind::Cue(Cue::Versus), .. },
                Item { kind: Kind::Metric(id, Fit::Plain), .. },
                Item { kind: Kind::Cue(Cue::Of), .. },
            ] => Some(*id),
            _ => None,
        };
        let Some(own) = own else { return false };
        let before = self.items[..slot.at].iter().rev().skip(slot.before.len()).find_map(|item| match item.kind {
            Kind::Metric(id, _) => Some(id),
            _ => None,
        });
        before != Some(own)
    }

    /// `after a dip to $4.04M in Q2`: whether a comparison stands between the number before and this one.
    pub(super) fn is_come_after(&self) -> bool {
        let slot = self.slot();
        self.at > 0 && slot.before.iter().any(|item| matches!(item.kind, Kind::Cue(Cue::Versus)))
    }

    /// The items of the quantity's clause before it.
    pub(super) fn clause_items(&self) -> &[Item] {
        &self.items[clause_start(self.items, self.slot().at)..self.slot().at]
    }
}

/// Where the clause of the item `at` begins.
pub(super) fn clause_start(items: &[Item], at: usize) -> usize {
    let start = items[..at].iter().rposition(|item| item.kind == Kind::Break(Break::Clause)).map_or(0, |at| at + 1);
    start.max(after_saying(&items[..at]))
}

/// `The Supervisory Board noted that Valves had missed its budget`: where what was said begins, behind those who said it.
pub(super) fn after_saying(items: &[Item]) -> usize {
    const SAID: &[&str] =
        &["noted", "heard", "explained", "observed", "confirmed", "stressed", "told", "advised", "said", "highlighted"];
    let says = |item: &Item| item.is_word(SAID);
    let speaks = |item: &Item| matches!(item.kind, Kind::Word(_) | Kind::Period(_));
    let heads = items.iter().take_while(|item| speaks(item)).count();
    items[..heads].iter().rposition(says).map_or(0, |at| at + 1)
}

/// Verbs of adding up: `brings`, `takes`, `lifts`.
fn is_bringing(item: &Item) -> bool {
    const BRINGING: &[&str] =
        &["bring", "brought", "bringing", "take", "took", "taking", "lift", "lifted", "lifting", "carry", "carrying"];
    item.is_word(BRINGING)
}

fn is_start(item: &Item) -> bool {
    item.is_word(&["opening", "beginning", "starting"])
}

fn is_period(item: &Item) -> bool {
    matches!(item.kind, Kind::Period(_))
}

/// `Since v5.2 went live on 9 September, ARR has grown …`: what the opening clause dates is not what the sentence is of.
pub(super) fn after_since(items: &[Item]) -> usize {
    let opens = matches!(items.first().map(|item| &item.kind), Some(Kind::Word(stem)) if stem == "since");
    let comma = items.iter().position(|item| item.kind == Kind::Break(Break::Comma));
    comma.filter(|_| opens).map_or(0, |at| at + 1)
}
