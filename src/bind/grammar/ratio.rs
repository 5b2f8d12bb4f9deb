//! Ratios that are told by their operands: `staff costs were 56.7% of income`, `net debt of £42.4m, 1.2x LTM EBITDA`, `cash covers 5.3
//! months`.
//!
//! Enters: a quantity's place in its sentence. Leaves: the metric that is the ratio, or that no metric of the sentence is it.
//! Invariant: both operands stand in the quantity's own clause, and nothing narrows either.

use super::light::strange_words;
use super::subject::Subject;
use super::{Reader, Role};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::extract::MentionKind;
use crate::finding::Confidence;
use crate::period::{Expression, Period};
use crate::quantity::Unit;
use crate::vocabulary::{MetricId, Name};

impl Reader<'_> {
    /// What a ratio that is told by its operands is of. `Some(None)`: it is one, and no metric is.
    pub(super) fn ratio(&self) -> Option<Option<Subject>> {
        let slot = self.slot();
        // `Staff costs over revenue were 36.1%`: of neither, as far as their units go.
        let level = slot.role.is_level() || slot.role == Role::Unknown;
        let told = match slot.quantity.unit {
            Unit::Percent if slot.role == Role::Share => self.share_by_both().or_else(|| self.as_share()),
            Unit::Percent => self.as_share().or_else(|| level.then(|| self.names_joined()).flatten()),
            Unit::Multiple if slot.role.is_level() => self.multiple_by_both(),
            Unit::Duration("months") if slot.role.is_level() && self.is_cover() => return Some(self.cover()),
            _ => None,
        };
        let (top, bottom) = told?;
        let Some(id) = self.scope.vocabulary.ratio_of(top, bottom) else {
            // `As a share of revenue, staff costs were 22.0%`.
            let share = slot.quantity.unit == Unit::Percent && self.as_share() == told && self.are_alike(top, bottom);
            let whole = self.scope.vocabulary.term(bottom).name.clone();
            return share.then(|| Some(Subject { whole: Some(whole), ..self.found(top, "before", Fit::Plain) }));
        };
        let evidence = format!("{} is {} over {}", self.label(id), self.label(top), self.label(bottom));
        Some(Some(Subject { metric: id, evidence, confidence: Confidence::High, whole: None }))
    }

    /// `Staff costs were 56.7% of income`, `GOP was $38.9M, or 41.6% of revenue`.
    fn share_by_both(&self) -> Option<(MetricId, MetricId)> {
        let slot = self.slot();
        let [of, rest @ ..] = self.slots[slot.last].after else { return None };
        let bottom = self.first_named(rest).filter(|_| of.kind == Kind::Cue(Cue::Of))?;
        Some((self.top(slot.at)?, bottom))
    }

    /// `Net debt was 1.2x LTM EBITDA`, `net debt to LTM EBITDA was 1.2x`.
    fn multiple_by_both(&self) -> Option<(MetricId, MetricId)> {
        let slot = self.slot();
        if let Some(bottom) = self.first_named(slot.after) {
            return Some((self.top(slot.at)?, bottom));
        }
        self.names_joined()
    }

    /// `As a share of revenue, staff costs were 22.0%`, `staff costs as a percentage of revenue: 22.0%`.
    fn as_share(&self) -> Option<(MetricId, MetricId)> {
        let head = &self.items[..self.slot().at];
        let marks = ["share", "percentage", "percent", "proportion", "%"];
        let mark = head.windows(3).position(|three| {
            three[0].is_word(&["as"]) && three[1].is_word(&marks) && three[2].kind == Kind::Cue(Cue::Of)
        })?;
        let bottom = metric(head.get(mark + 3)?)?;
        let before = mark.checked_sub(1).and_then(|at| metric(&head[at]));
        let top = match before {
            Some(top) => top,
            None => metric(&head[self.last_named(self.slot().at).filter(|at| *at > mark + 3)?])?,
        };
        let rest = if before.is_some() { mark + 4 } else { self.last_named(self.slot().at)? + 1 };
        let plain = strange_words(head.get(rest..)?) == 0;
        let silent = !head.iter().any(|item| matches!(item.kind, Kind::Quantity(_)));
        (plain && silent).then_some((top, bottom))
    }

    /// `Net debt to LTM EBITDA was`, `surplus over turnover:`: two names that are joined into one.
    fn names_joined(&self) -> Option<(MetricId, MetricId)> {
        let slot = self.slot();
        let at = self.last_named(slot.at)?;
        let joins = |item: &Item| {
            matches!(item.kind, Kind::Cue(Cue::To | Cue::Over(_)) | Kind::Break(Break::Comma)) || self.is_trailing(item)
        };
        let joined = self.items[..at].iter().rev().take_while(|item| joins(item)).count();
        let top = metric(self.items.get(at.checked_sub(joined + 1)?)?)?;
        let plain = strange_words(&self.items[at + 1..slot.at]) == 0;
        (joined > 0 && plain).then_some((top, metric(&self.items[at])?))
    }

    /// The metric that words open with, but for when and how it is measured.
    fn first_named(&self, items: &[Item]) -> Option<MetricId> {
        let light = |item: &&Item| item.kind == Kind::Cue(Cue::Of) || self.is_trailing(item);
        metric(items.iter().find(|item| !light(item))?)
    }

    /// The metric that the number before it is of, where nothing between takes over.
    fn top(&self, at: usize) -> Option<MetricId> {
        let name = self.last_named(at)?;
        let head = &self.items[self.clause_start(name)..name];
        let parted = self.items[..name].last().is_some_and(|item| item.kind == Kind::Cue(Cue::Of));
        let plain = strange_words(&self.items[name + 1..at]) == 0 && strange_words(head) == 0 && !parted;
        let segments = self.items[name + 1..at].iter().any(|item| matches!(item.kind, Kind::Segment(_)));
        metric(&self.items[name]).filter(|_| plain && !segments)
    }

    /// The place of the last name before an item in its clause.
    fn last_named(&self, at: usize) -> Option<usize> {
        let start = self.items[..at].iter().rposition(|item| item.kind == Kind::Break(Break::Clause));
        let start = start.map_or(0, |at| at + 1);
        Some(start + self.items[start..at].iter().rposition(|item| matches!(item.kind, Kind::Metric(..)))?)
    }

    /// `LTM`, `last twelve months`.
    fn is_trailing(&self, item: &Item) -> bool {
        let Kind::Period(mention) = item.kind else { return false };
        let Some(MentionKind::Period(expression, _)) = self.scope.mentions.get(mention).map(|mention| &mention.kind)
        else {
            return false;
        };
        matches!(expression, Expression::Trailing(_))
    }

    /// `cash covers 5.3 months`, `is 5.8 months of reserve`, `gives 3.2 months of cover`: how long something lasts.
    fn is_cover(&self) -> bool {
        let slot = self.slot();
        let behind = match slot.after {
            [of, Item { kind: Kind::Word(stem), .. }, ..] => of.kind == Kind::Cue(Cue::Of) && lasts(stem),
            [of, Item { kind: Kind::Metric(id, _), .. }, ..] => {
                of.kind == Kind::Cue(Cue::Of)
                    && self.label(*id).split_whitespace().any(|word| lasts(&word.to_lowercase()))
            }
            _ => false,
        };
        let verb = slot.before.iter().rev().take(2).any(|item| match &item.kind {
            Kind::Word(stem) => matches!(stem.as_str(), "cover" | "covers" | "covered" | "covering"),
            _ => false,
        });
        behind || verb
    }

    /// The metric that counts the months, if any: none of those that are held or spent.
    fn cover(&self) -> Option<Subject> {
        let months = |id: MetricId| matches!(self.scope.vocabulary.term(id).unit, Some(Unit::Duration(_)));
        if let Some(named) = self.named_before().flatten().filter(|named| months(named.metric)) {
            return Some(named);
        }
        const CALLED: &[&str] = &[
            "months of cover",
            "months of reserve",
            "months cover",
            "cover",
            "runway",
            "cash runway",
            "cash cover",
            "reserve cover",
            "liquidity cover",
            "reserve",
            "operating reserve",
        ];
        let id = CALLED.iter().find_map(|name| match self.scope.vocabulary.exact(name) {
            Some(Name::Metric(id)) if months(id) => Some(id),
            _ => None,
        })?;
        Some(self.found(id, "after", Fit::Loose))
    }
}

/// The metric of an item whose name nothing narrows.
pub(super) fn metric(item: &Item) -> Option<MetricId> {
    match item.kind {
        Kind::Metric(id, Fit::Plain | Fit::Loose) => Some(id),
        _ => None,
    }
}

/// Words for what lasts so many months.
fn lasts(stem: &str) -> bool {
    matches!(stem, "cover" | "coverage" | "reserve" | "reserves" | "runway" | "liquidity" | "headroom")
}

/// A ratio of a balance to what twelve months brought is one of the day that they end on.
pub(in crate::bind) fn dated(period: Period) -> Period {
    match period {
        Period::TrailingQuarter(year, quarter) => Period::Quarter(year, quarter),
        Period::TrailingMonth(year, month) => Period::Month(year, month),
        period => period,
    }
}
