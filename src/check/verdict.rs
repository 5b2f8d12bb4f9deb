//! What the source of truth says of each claim.
//!
//! Enters: claims and facts. Leaves: one [`Verdict`] a claim, that rules word and statuses are set by.
//! Invariant: a claim without metric, period or evidence is never judged.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::claim::{Base, Claim, Direction, Measure};
use crate::deck::Deck;
use crate::facts::{Facts, Truth};
use crate::interval::Interval;
use crate::period::Grain;
use crate::quantity::{Qualifier, Quantity, Sign, Unit};
use crate::source::PeriodType;

/// What the source says of a claim.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Verdict {
    /// Nothing: the claim is unbound, or the source is silent.
    #[default]
    Silent,
    /// It states this, or it follows from what it states.
    Ties(Truth),
    /// A change in a percentage, right in points and wrong in per cent.
    PointsOnly(Truth),
    /// The source states something else.
    Differs(Vec<Truth>),
    /// Several facts could be meant, and they differ.
    Ambiguous,
}

/// Judges every claim against the source.
pub(super) fn judge(deck: &Deck) -> Vec<Verdict> {
    if deck.source.facts.is_empty() {
        return vec![Verdict::Silent; deck.claims.len()];
    }
    let facts = Facts::new(deck);
    deck.claims.par_iter().map(|claim| judged(deck, &facts, claim)).collect()
}

fn judged(deck: &Deck, facts: &Facts<'_>, claim: &Claim) -> Verdict {
    let Some(metric) = claim.metric else { return Verdict::Silent };
    let truncate = deck.vocabulary.term(metric).source.is_some_and(|at| deck.source.metrics[at].truncate);
    let unit = deck.vocabulary.term(metric).unit.as_ref();
    if unit.is_some_and(|unit| is_of_another_kind(claim, unit)) {
        return Verdict::Silent;
    }
    let rate = matches!(unit, Some(Unit::Percent));
    let mut truths = truths_of(facts, claim);
    // A walk of a margin is drawn in basis points of it: 188 of 1.88%.
    if rate && claim.measure == Measure::Level && claim.quantity.unit == Unit::BasisPoints {
        truths = truths.iter().filter_map(Truth::in_basis_points).collect();
    }
    if truths.is_empty() {
        return Verdict::Silent;
    }
    if let Some(truth) = truths.iter().find(|truth| holds(claim, truth, truncate, &signs(deck, claim))) {
        return Verdict::Ties(truth.clone());
    }
    // A segment that only the sentences before name may have been left again.
    if claim.loose && claim.segment.is_some() && claim.cell.is_none() {
        let whole = Claim { segment: None, ..claim.clone() };
        let found =
            truths_of(facts, &whole).into_iter().find(|truth| holds(&whole, truth, truncate, &Usage::default()));
        if let Some(truth) = found {
            return Verdict::Ties(truth);
        }
    }
    if rate
        && matches!(claim.quantity.unit, Unit::Percent)
        && matches!(claim.measure, Measure::Growth | Measure::Variance)
    {
        let mut points = claim.clone();
        points.quantity.unit = Unit::Points;
        if claim.measure == Measure::Growth {
            points.measure = Measure::Change;
        }
        let found =
            truths_of(facts, &points).into_iter().find(|truth| holds(&points, truth, truncate, &Usage::default()));
        if let Some(truth) = found {
            return Verdict::PointsOnly(truth);
        }
    }
    if claim.base.is_none() && claim.measure != Measure::Level && claim.measure != Measure::Share {
        // Against what is not said: it fits none of the bases that could be meant, but that is a weak reproach.
        return Verdict::Ambiguous;
    }
    Verdict::Differs(truths)
}

/// Whether a number is in something that its metric is never in: euros of a metric in dollars, months of one in per cent. A table may
/// show such a thing beside a metric's name; it is about something else, and kinds never compare with one another silently.
fn is_of_another_kind(claim: &Claim, unit: &Unit) -> bool {
    let own = &claim.quantity.unit;
    match (kind(own), kind(unit)) {
        _ if own.comparable(unit) => false,
        (Some(Kind::Money), Some(Kind::Money)) => !matches!((own, unit), (Unit::Per(..), _) | (_, Unit::Per(..))),
        (Some(Kind::Time), Some(Kind::Time)) => true,
        (Some(a), Some(b)) => a != b && claim.measure == Measure::Level,
        _ => false,
    }
}

/// What kind of thing a unit is of; none for counts, and for measures and bare numbers, which may be of anything.
fn kind(unit: &Unit) -> Option<Kind> {
    match unit {
        Unit::Currency(_) => Some(Kind::Money),
        Unit::Percent | Unit::Points | Unit::BasisPoints => Some(Kind::Rate),
        Unit::Multiple => Some(Kind::Multiple),
        Unit::Duration(_) => Some(Kind::Time),
        Unit::Per(unit, _) => kind(unit),
        Unit::Count | Unit::Measure(_) | Unit::Bare => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Money,
    Rate,
    Multiple,
    Time,
}

/// The truths that a claim can be held against. A change whose base is not said is held against every likely one.
pub(crate) fn truths_of(facts: &Facts<'_>, claim: &Claim) -> Vec<Truth> {
    let (Measure::Change | Measure::Growth, None, Some(period)) = (claim.measure, &claim.base, claim.period) else {
        return facts.of(claim);
    };
    let mut bases = vec![period.year_before(), period.before()];
    bases.extend(period.grain().is_some_and(|grain| grain == Grain::Month).then(|| period.before()));
    bases.dedup();
    bases
        .into_iter()
        .flat_map(|base| {
            let mut with = claim.clone();
            with.base = Some(Base::Period(base));
            facts.of(&with)
        })
        .collect()
}

/// How the row of a claim shows negatives, where it is in a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Usage {
    /// Another cell of the row is negative and is shown so: an unsigned number here is positive.
    signs_matter: bool,
}

/// How the row of a claim shows negatives.
pub(crate) fn signs(deck: &Deck, claim: &Claim) -> Usage {
    let Some((grid, r, c)) = claim.cell else { return Usage::default() };
    let row = &deck.grids[grid].cells[r];
    // `Costs | (3,496) | (3,054) | 14%`: how changes are shown says nothing of how figures are.
    let figure = |at: usize| {
        let column = deck.grids[grid].columns.get(at);
        column.is_some_and(|column| !column.kind.is_movement())
    };
    let level = claim.measure == Measure::Level;
    let negative = |sign: Sign| matches!(sign, Sign::Brackets | Sign::Minus);
    let own = claim.quantity.sign;
    let others = row.iter().enumerate().filter(|(at, _)| *at != c && (!level || figure(*at)));
    let others = others.filter_map(|(_, cell)| cell.quantity.as_ref());
    // An unsigned number in a row of bracketed ones, or the other way round, means the other sign, when the row has both.
    let differs = others.clone().any(|other| negative(other.sign) != negative(own));
    Usage { signs_matter: differs }
}

/// Whether a claim can state a truth.
pub(crate) fn holds(claim: &Claim, truth: &Truth, truncate: bool, usage: &Usage) -> bool {
    let quantity = &claim.quantity;
    let level = claim.measure == Measure::Level;
    // "Improved" says nothing of which way a number goes.
    let directed_by_words = matches!(claim.direction, Some(Direction::Up | Direction::Down));
    let signed = matches!(quantity.sign, Sign::Plus | Sign::Minus) || directed_by_words || usage.signs_matter;
    let fits = |quantity: &Quantity| match truth.exact {
        Some(exact) if level => match truth.written(&quantity.unit) {
            Some(written) => quantity.agrees_with(&written),
            None => quantity.consistent_with_exact(exact, truncate),
        },
        _ => interval(quantity).is_some_and(|own| own.meets(truth.interval)),
    };
    let own = directed(claim);
    if fits(&own) {
        return true;
    }
    // Without a sign of its own a number may be the size of a loss, a decrease, a cost in brackets.
    let presentation = if level { quantity.sign != Sign::Plus && !usage.signs_matter } else { !signed };
    presentation && fits(&own.negated())
}

/// A change with the direction of its words as its sign.
fn directed(claim: &Claim) -> Quantity {
    match (claim.measure, claim.direction, claim.quantity.sign) {
        (Measure::Level | Measure::Share, ..) => claim.quantity.clone(),
        (_, Some(Direction::Down), Sign::None) => claim.quantity.negated(),
        _ => claim.quantity.clone(),
    }
}

/// What a quantity can stand for; an open side reaches as far as decimals do.
pub(crate) fn interval(quantity: &Quantity) -> Option<Interval> {
    let low = quantity.low.unwrap_or(Decimal::MIN);
    let high = quantity.high.unwrap_or(Decimal::MAX);
    (quantity.qualifier != Qualifier::Range || quantity.low.is_some()).then_some(Interval { low, high })
}

/// Kinds of key that are compared among statements too, by metric: balances by their moment.
pub(crate) fn instants(deck: &Deck) -> BTreeMap<crate::vocabulary::MetricId, bool> {
    deck.vocabulary.terms().map(|(id, term)| (id, term.period_type == Some(PeriodType::Instant))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::Binder;

    const SOURCE: &str = "version: 1\nmetrics:\n  - {name: nim, label: Net interest margin, synonyms: [NIM], unit: percent, values: {FY2025-H1: 1.88, FY2025-H2: 1.93}}\n";

    #[test]
    fn a_margin_in_basis_points_is_held_against_its_percentage() {
        let text = "| Driver | Basis points |\n|---|---:|\n| H1 FY25 NIM | 188 |\n| Deposit pricing | 5 |\n| H2 FY25 NIM | 194 |\n";
        let deck = Binder::of(text).with_source("metrics.yaml", SOURCE).bound();
        let exact = |verdict: Verdict| match verdict {
            Verdict::Ties(truth) => format!("ties to {}", truth.exact.unwrap_or_default().normalize()),
            Verdict::Differs(truths) => format!("not {}", truths[0].exact.unwrap_or_default().normalize()),
            other => format!("{other:?}"),
        };
        assert_eq!(judge(&deck).into_iter().map(exact).collect::<Vec<_>>(), ["ties to 188", "Silent", "not 193"]);
    }

    #[test]
    fn measures_are_held_against_their_multiples() {
        let found = |unit: &str, value: &str, text: &str| {
            let source = format!(
                "version: 1\nmetrics: [{{name: m, label: Output, unit: {unit}, values: {{FY2030: {value}}}}}]\n"
            );
            let text = format!("# FY2030\n\nOutput was {text}.\n");
            crate::check::check(&mut Binder::of(&text).with_source("metrics.yaml", &source).bound()).len()
        };
        for (unit, value, ties, differs) in [
            ("t", "12412", "12.4 kt", "12.6 kt"),
            ("kt", "12.4", "12,400 t", "12,600 t"),
            ("MWh", "1204", "1.2 GWh", "1.3 GWh"),
        ] {
            assert_eq!((found(unit, value, ties), found(unit, value, differs)), (0, 1), "{unit} {value}");
        }
    }

    #[test]
    fn kinds_never_compare_in_tables_either() {
        let source = "version: 1\nmetrics: [{name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204}}]\n";
        let found = |unit: &str, number: &str| {
            let deck = format!("# Plan\n\n| {unit} | Q3 FY30 |\n|---|--:|\n| ARR | {number} |\n");
            crate::check::check(&mut Binder::of(&deck).with_source("metrics.yaml", source).bound()).len()
        };
        for (unit, number) in [("€M", "41.3"), ("%", "42.1"), ("x", "42.1"), ("", "42.1x"), ("", "12 months")] {
            assert_eq!(found(unit, number), 0, "{unit} {number}");
        }
        for (unit, number) in [("$M", "41.3"), ("", "41,318,204"), ("", "$41.3M")] {
            assert_eq!(found(unit, number), 1, "{unit} {number}");
        }
    }

    #[test]
    fn how_changes_are_shown_says_nothing_of_the_brackets_of_costs() {
        let source = "version: 1\nmetrics: [{name: opex, label: Opex, better: down, unit: USD, values: {FY2030: 4.0M, FY2029: 3.9M}, plan: {FY2030: 3.95M}}]\n";
        let found =
            |deck: &str| crate::check::check(&mut Binder::of(deck).with_source("metrics.yaml", source).bound()).len();
        assert_eq!(found("| $M | FY30 | FY29 | % |\n|---|--:|--:|--:|\n| Opex | (4.00) | (3.90) | 2.6% |\n"), 0);
        assert_eq!(found("| $M | FY30 | FY29 |\n|---|--:|--:|\n| Opex | 4.00 | (3.90) |\n"), 1);
        assert_eq!(found("| $M | FY30 | FY30 plan | F/(A) |\n|---|--:|--:|--:|\n| Opex | 4.00 | 3.95 | (0.05) |\n"), 0);
    }
}
