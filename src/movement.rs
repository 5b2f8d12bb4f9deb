//! What a change should be: recomputed from the two levels that it is between.
//!
//! Enters: a bound deck. Leaves: for each change, growth or variance, the intervals that its operands give.
//! Invariant: every expected interval names the places of both operands.

pub(crate) mod cue;
pub(crate) mod footing;
pub(crate) mod moved;
pub(crate) mod paired;
pub(crate) mod planned;
pub(crate) mod room;
mod row;
pub(crate) mod stated;
mod token;
pub(crate) mod told;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::check::{Statement, Statements, interval, key};
use crate::claim::{Base, Claim, Direction, Measure};
use crate::deck::Deck;
use crate::facts::Facts;
use crate::finding::Related;
use crate::interval::Interval;
use crate::period::Period;
use crate::quantity::{Quantity, Sign, Unit};
use crate::scenario;
use crate::span::Place;
use crate::vocabulary::MetricId;
use crate::wording;

use room::room;

/// What a change should be, and from what.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    pub(crate) interval: Interval,
    /// Both operands: what they are, and where.
    pub(crate) parts: Vec<(String, Place)>,
    /// `$42.3M on $33.1M`.
    pub(crate) how: String,
    /// Whether its direction is open: a deficit "adrift of plan" is below it, a cost in brackets "ahead of plan" above.
    pub(crate) either_way: bool,
}

impl Expected {
    /// Whether a claim, in the direction that its sign or words give, can be this change.
    pub(crate) fn holds(&self, claim: &Claim) -> bool {
        let quantity = self.in_direction(claim);
        let meets = |quantity: &Quantity| room(quantity).is_some_and(|own| own.meets(self.interval));
        // A change without sign or words is a size.
        meets(&quantity) || ((undirected(claim) || self.either_way) && meets(&quantity.negated()))
    }

    /// Its operands, beside a finding.
    pub(crate) fn related(&self) -> Vec<Related> {
        self.parts.iter().map(|(message, place)| Related { message: message.clone(), place: *place }).collect()
    }

    /// Whether it would be in the other direction.
    pub(crate) fn holds_in_size(&self, claim: &Claim) -> bool {
        let quantity = self.in_direction(claim).negated();
        room(&quantity).is_some_and(|own| own.meets(self.interval))
    }

    /// The claim's quantity with the direction of its words as its sign; without either, in the direction of the change itself.
    pub(crate) fn in_direction(&self, claim: &Claim) -> Quantity {
        let quantity = &claim.quantity;
        match (claim.direction, quantity.sign) {
            (Some(Direction::Down), Sign::None) => quantity.negated(),
            (None | Some(Direction::Better | Direction::Worse), Sign::None) if self.interval.high < Decimal::ZERO => {
                quantity.negated()
            }
            _ => quantity.clone(),
        }
    }
}

fn undirected(claim: &Claim) -> bool {
    let brackets = claim.quantity.sign == Sign::Brackets;
    (claim.quantity.sign == Sign::None && !matches!(claim.direction, Some(Direction::Up | Direction::Down)))
        || (brackets && claim.cell.is_none())
}

/// Recomputes changes from the deck and its source.
pub(crate) struct Movements<'a> {
    deck: &'a Deck,
    facts: Facts<'a>,
    statements: &'a Statements,
    instants: BTreeMap<MetricId, bool>,
    /// Made when a row without a name asks.
    rows: OnceCell<row::Rows>,
}

impl<'a> Movements<'a> {
    pub(crate) fn new(deck: &'a Deck) -> Self {
        Self {
            deck,
            facts: Facts::new(deck),
            statements: deck.statements(),
            instants: crate::check::instants(deck),
            rows: OnceCell::new(),
        }
    }

    /// What a change should be, by the nearest authority that says anything: the source, the sentence itself, the deck's tables.
    pub(crate) fn expected(&self, at: usize) -> Vec<Expected> {
        self.expected_of(&self.deck.claims[at])
    }

    /// The same of a claim as it may be read.
    pub(crate) fn expected_of(&self, claim: &Claim) -> Vec<Expected> {
        let stated = self.by_source(claim);
        if !stated.is_empty() {
            return stated;
        }
        let own = self.by_operands(claim);
        if !own.is_empty() {
            return own;
        }
        let stated = claim.base.as_ref().and_then(|base| self.by_statements(claim, base));
        stated.or_else(|| self.by_row(claim)).into_iter().collect()
    }

    /// The levels of the claim's own row, where nothing names it.
    fn by_row(&self, claim: &Claim) -> Option<Expected> {
        let rows = || self.rows.get_or_init(|| row::Rows::of(self.deck));
        let (later, earlier) =
            claim.cell.filter(|_| claim.metric.is_none()).and_then(|_| rows().operands(self.deck, claim))?;
        self.between(claim, later, earlier)
    }

    /// Whether a claim is a change that recomputes from its two levels.
    pub(crate) fn recomputes(&self, at: usize) -> bool {
        let claim = &self.deck.claims[at];
        let moves = matches!(claim.measure, Measure::Change | Measure::Growth | Measure::Variance);
        moves && claim.metric.is_some() && self.expected(at).iter().any(|one| one.holds(claim))
    }

    fn by_source(&self, claim: &Claim) -> Vec<Expected> {
        if claim.base.is_none() {
            return Vec::new();
        }
        self.facts
            .of(claim)
            .into_iter()
            .map(|truth| Expected {
                interval: truth.interval,
                parts: truth.places.iter().map(|place| (format!("source of truth ({})", truth.how), *place)).collect(),
                how: format!("the source's {}", truth.how),
                either_way: false,
            })
            .collect()
    }

    /// The levels of the same sentence.
    pub(crate) fn by_operands(&self, claim: &Claim) -> Vec<Expected> {
        let [Some(earlier), Some(later)] = claim.operands else { return Vec::new() };
        let (Some(a), Some(b)) = (self.deck.claims.get(later), self.deck.claims.get(earlier)) else {
            return Vec::new();
        };
        if claim.measure == Measure::Variance && b.scenario == a.scenario {
            return Vec::new();
        }
        self.between(claim, a, b).into_iter().collect()
    }

    /// What two levels give, in the unit of the claim.
    pub(crate) fn between(&self, claim: &Claim, later: &Claim, earlier: &Claim) -> Option<Expected> {
        // Two costs in brackets: "increased" is said of their size.
        let negative = |claim: &Claim| claim.quantity.high.is_some_and(|high| high < Decimal::ZERO);
        let sized = claim.cell.is_none() && negative(later) && negative(earlier);
        let size = |quantity: &Quantity| interval(&if sized { quantity.magnitude() } else { quantity.clone() });
        let (a, b) = (size(&later.quantity)?, size(&earlier.quantity)?);
        // What is itself in basis points moves by such.
        let unit = match &claim.quantity.unit {
            Unit::BasisPoints if later.quantity.unit == Unit::BasisPoints => &Unit::Bare,
            unit => unit,
        };
        let difference = changes(claim.measure, unit, self.is_rate(claim), a, b)?;
        let (a, b) = (wording::shown(self.deck, later), wording::shown(self.deck, earlier));
        Some(Expected {
            interval: difference,
            how: format!("{a} against {b}"),
            either_way: sized && claim.measure == Measure::Variance,
            parts: vec![(a, later.place), (b, earlier.place)],
        })
    }

    /// The levels that the deck's tables state for the claim's period and base.
    fn by_statements(&self, claim: &Claim, base: &Base) -> Option<Expected> {
        let level = |period: Period, scenario: &str| self.level(claim, period, scenario);
        let actual = claim.scenario_or_actual();
        let (later, earlier) = match base {
            Base::Period(earlier) => (level(claim.period?, actual)?, level(*earlier, actual)?),
            Base::Scenario(name) => (level(claim.period?, scenario::ACTUAL)?, level(claim.period?, name)?),
            Base::Whole(_) => return None,
        };
        self.between(claim, later, earlier)
    }

    /// The best statement of a level: a table's cell that no other table contradicts.
    fn level(&self, claim: &Claim, period: Period, scenario: &str) -> Option<&'a Claim> {
        let mut wanted = claim.clone();
        wanted.measure = Measure::Level;
        wanted.base = None;
        wanted.period = Some(period);
        wanted.scenario = Some(scenario.to_owned());
        let mut statement = key(self.deck, &wanted, &self.instants)?;
        statement.unit = self.level_unit(claim)?;
        self.best_cell(&statement)
    }

    /// A level of a series, from the source, else from a table, else from running text that leaves no doubt, with its places.
    pub(crate) fn level_of(
        &self,
        metric: MetricId,
        period: Period,
        scenario: &str,
        segment: Option<&str>,
    ) -> Option<(Interval, Vec<Place>)> {
        let term = self.deck.vocabulary.term(metric);
        if let Some(truth) =
            term.source.and_then(|at| self.facts.level(at, period, scenario, segment).into_iter().next())
        {
            return Some((truth.interval, truth.places));
        }
        let instant = self.instants.get(&metric).copied().unwrap_or(false);
        let mut statement = Statement {
            metric,
            period: if instant { period.moment(&self.deck.calendar) } else { period.plain(&self.deck.calendar) },
            scenario: scenario.to_owned(),
            segment: segment.map(str::to_lowercase),
            measure: Measure::Level,
            base: None,
            unit: Statement::family(term.unit.as_ref().unwrap_or(&Unit::Bare)),
        };
        // A table that says no currency is in that of the text around.
        if term.unit.is_none()
            && let Some(unit) = self.statements.unit_of(&statement)
        {
            unit.clone_into(&mut statement.unit);
        }
        let spoken = || self.statements.spoken(&statement).map(|at| &self.deck.claims[at]);
        let best = self.best_cell(&statement).or_else(spoken)?;
        Some((interval(&best.quantity)?, vec![best.place]))
    }

    /// A period at another grain: the quarter that a year-to-date ends with.
    pub(crate) fn at_grain(&self, period: Period, grain: crate::period::Grain) -> Option<Period> {
        if period.grain() == Some(grain) { Some(period) } else { period.at_grain(grain, &self.deck.calendar) }
    }

    /// What a table states of a claim's own fact.
    pub(crate) fn tabled(&self, claim: &Claim) -> Option<&'a Claim> {
        self.best_cell(&key(self.deck, claim, &self.instants)?)
    }

    /// The finest table cell of a key, where the cells agree.
    fn best_cell(&self, statement: &Statement) -> Option<&'a Claim> {
        self.statements.finest_cell(statement).map(|at| &self.deck.claims[at])
    }

    fn level_unit(&self, claim: &Claim) -> Option<String> {
        let unit = self.deck.vocabulary.term(claim.metric?).unit.clone().unwrap_or(Unit::Bare);
        Some(Statement::family(&unit))
    }

    /// Whether the claim's metric is itself in per cent.
    pub(crate) fn is_rate(&self, claim: &Claim) -> bool {
        let by_name = claim.metric.is_some_and(|id| self.deck.vocabulary.term(id).unit == Some(Unit::Percent));
        by_name || self.between_percentages(claim)
    }

    /// Whether the levels that a change is between in its own sentence are percentages.
    pub(crate) fn between_percentages(&self, claim: &Claim) -> bool {
        claim.operands.iter().all(|operand| {
            operand
                .and_then(|at| self.deck.claims.get(at))
                .is_some_and(|level| level.quantity.unit == Unit::Percent && level.measure == Measure::Level)
        })
    }

    /// A growth in a percentage read as a change in points: what it should be then, and the claim so read.
    pub(crate) fn in_points(&self, claim: &Claim) -> Option<(Expected, Claim)> {
        let mut points = claim.clone();
        points.measure = Measure::Change;
        points.quantity.unit = Unit::Points;
        let expected = self.by_operands(&points).into_iter().next();
        let expected = expected.or_else(|| self.by_statements(&points, points.base.as_ref()?))?;
        Some((expected, points))
    }

    /// The same measure against other bases, for `wrong-base`.
    pub(crate) fn other_bases(&self, claim: &Claim) -> Vec<(Base, Interval)> {
        let Some(period) = claim.period else { return Vec::new() };
        let mut bases: Vec<Base> = match claim.base {
            Some(Base::Scenario(_)) => Vec::new(),
            _ => [period.before(), period.year_before(), period.before().before(), period.year_before().before()]
                .into_iter()
                .map(Base::Period)
                .collect(),
        };
        bases.retain(|base| claim.base.as_ref() != Some(base));
        bases.dedup();
        let mut found = Vec::new();
        for base in bases {
            let mut other = claim.clone();
            other.base = Some(base.clone());
            other.operands = [None, None];
            let intervals = self
                .by_source(&other)
                .into_iter()
                .chain(self.by_statements(&other, &base))
                .map(|expected| expected.interval);
            found.extend(intervals.map(|interval| (base.clone(), interval)));
        }
        found
    }
}

/// A change between two levels, in the unit of the claim.
fn changes(measure: Measure, unit: &Unit, rate: bool, later: Interval, earlier: Interval) -> Option<Interval> {
    match (measure, unit) {
        (Measure::Growth, _) => later.growth_on(earlier),
        (Measure::Variance, Unit::Percent) if !rate => later.growth_on(earlier),
        (_, Unit::BasisPoints) => later.minus(earlier)?.times(Decimal::ONE_HUNDRED),
        (_, Unit::Points) if !rate => None,
        _ => later.minus(earlier),
    }
}
