//! Accounting identities among the lines of one table: revenue less costs, assets and what finances them, a margin and what it is of.
//!
//! Enters: a [`Grid`]. Leaves: [`Miss`]es, each with the cell that most likely is wrong.
//! Invariant: a table in which an identity lawfully does not hold gives none. Either it holds in other columns of the same table, or
//! one slip of the keyboard in one long number explains the miss; what another line of the table makes up for is no miss.

mod names;
mod trial;

use crate::finding::{CauseKind, Confidence};
use crate::footing::slip::{self, Slip, Wanted};
use crate::footing::strip::{Amount, Axis, Strip};
use crate::footing::{At, Suspect};
use crate::grid::{Grid, Line, LineKind};
use crate::interval::Interval;
use crate::period::Expression;
use crate::quantity::Unit;
pub(crate) use names::Role;
use names::role;
use trial::{Gap, Outcome};

/// An identity: a line and what it follows from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity {
    /// What follows.
    result: Role,
    /// From what.
    shape: Shape,
}

/// How a line follows from others.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// A sum. Costs and debts are often written without their sign: the part that is marked is tried both ways.
    Sum(&'static [(Role, Sign)]),
    /// A part of a whole in per cent.
    Share(Role, Role),
    /// One over the other.
    Multiple(Role, Role),
}

/// How a part enters a sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sign {
    /// As it is written.
    Plus,
    /// Added, whichever way it is written.
    Either,
    /// Taken away, whichever way it is written.
    Less,
}

/// The identities that hold without configuration.
const IDENTITIES: &[Identity] = &[
    sum(Role::GrossProfit, &[(Role::Revenue, Sign::Plus), (Role::CostOfSales, Sign::Less)]),
    sum(Role::OperatingIncome, &[(Role::GrossProfit, Sign::Plus), (Role::OperatingExpenses, Sign::Less)]),
    sum(Role::OperatingIncome, &[(Role::Revenue, Sign::Plus), (Role::Expenses, Sign::Less)]),
    sum(Role::Surplus, &[(Role::Income, Sign::Plus), (Role::Expenses, Sign::Less)]),
    sum(Role::AfterTax, &[(Role::BeforeTax, Sign::Plus), (Role::Tax, Sign::Less)]),
    sum(Role::Ebitda, &[(Role::OperatingIncome, Sign::Plus), (Role::Depreciation, Sign::Either)]),
    sum(Role::Assets, &[(Role::Liabilities, Sign::Either), (Role::Equity, Sign::Plus)]),
    sum(Role::Assets, &[(Role::LiabilitiesAndEquity, Sign::Plus)]),
    share(Role::GrossMargin, Role::GrossProfit, Role::Revenue),
    share(Role::OperatingMargin, Role::OperatingIncome, Role::Revenue),
    share(Role::EbitdaMargin, Role::Ebitda, Role::Revenue),
    share(Role::NetMargin, Role::AfterTax, Role::Revenue),
    Identity { result: Role::Leverage, shape: Shape::Multiple(Role::NetDebt, Role::Ebitda) },
];

const fn sum(result: Role, parts: &'static [(Role, Sign)]) -> Identity {
    Identity { result, shape: Shape::Sum(parts) }
}

const fn share(result: Role, part: Role, whole: Role) -> Identity {
    Identity { result, shape: Shape::Share(part, whole) }
}

/// A line that does not follow from the others.
#[derive(Clone, Debug)]
pub(crate) struct Miss {
    /// The line that should follow.
    pub(crate) result: At,
    /// What it should follow from, and whether that is taken away.
    pub(crate) parts: Vec<(At, bool)>,
    /// What it should follow from, in words: `Revenue less Cost of sales`.
    pub(crate) formula: String,
    /// What they give.
    pub(crate) expected: Interval,
    /// The cell that most likely is wrong.
    pub(crate) suspect: Suspect,
    /// How sure it is that the identity is meant to hold.
    pub(crate) confidence: Confidence,
}

/// Tables with more lines than this are no statements.
const LONGEST: usize = 400;

/// Whether a line's numbers are percentages.
fn is_rate(strip: &Strip, line: usize) -> bool {
    (0..strip.lanes().len()).any(|lane| {
        let (row, column) = strip.at(line, lane);
        let cell = strip.grid.cells.get(row).and_then(|cells| cells.get(column));
        cell.and_then(|cell| cell.quantity.as_ref()).is_some_and(|quantity| quantity.unit == Unit::Percent)
    })
}

/// The identities that a grid breaks. `vouched` tells which cells something outside the table confirms.
pub(crate) fn misses(grid: &Grid, vouched: &dyn Fn(At) -> bool) -> Vec<Miss> {
    let mut found: Vec<Miss> = Vec::new();
    for axis in [Axis::Down, Axis::Across] {
        let strip = Strip { grid, axis };
        let roles: Vec<(usize, Role)> = (0..strip.lines().len())
            .filter_map(|at| Some((at, role(&strip.lines()[at], is_rate(&strip, at))?)))
            .collect();
        // Statements are short; what is longer is a list.
        if roles.len() < 2 || strip.lines().len() > LONGEST {
            continue;
        }
        let readings: Vec<Reading> =
            IDENTITIES.iter().flat_map(|identity| readings(&strip, &roles, identity)).collect();
        let holding: Vec<At> = readings.iter().flat_map(|reading| reading.confirmed(&strip)).collect();
        // What is stated elsewhere may be stated there without its sign: that vouches for the digits only.
        let sure = |at: At, sign: bool| holding.contains(&at) || (!sign && vouched(at));
        for miss in readings.iter().flat_map(|reading| reading.misses(&strip, &sure)) {
            // One wrong cell breaks every identity it stands in.
            if !found.iter().any(|earlier| earlier.touches(&miss)) {
                found.push(miss);
            }
        }
    }
    found
}

impl Miss {
    fn cells(&self) -> impl Iterator<Item = At> {
        std::iter::once(self.result).chain(self.parts.iter().map(|(at, _)| *at))
    }

    fn touches(&self, other: &Self) -> bool {
        self.cells().any(|at| at == other.suspect.at) || other.cells().any(|at| at == self.suspect.at)
    }
}

/// An identity with its lines in a table, and how it comes out in each lane.
struct Reading {
    identity: &'static Identity,
    result: usize,
    parts: Vec<usize>,
    outcomes: Vec<Outcome>,
}

/// The best reading of an identity for each line that may be its result.
fn readings(strip: &Strip, roles: &[(usize, Role)], identity: &'static Identity) -> Vec<Reading> {
    let wanted: Vec<Role> = match identity.shape {
        Shape::Sum(parts) => parts.iter().map(|(role, _)| *role).collect(),
        Shape::Share(part, whole) | Shape::Multiple(part, whole) => vec![part, whole],
    };
    let results = roles.iter().filter(|(_, role)| role.is(identity.result)).map(|(at, _)| *at);
    let reading = |result: usize| {
        let rate = matches!(identity.shape, Shape::Share(..) | Shape::Multiple(..));
        let near = |role: &Role| nearest(strip, roles, (result, rate), *role);
        let candidates: Vec<Vec<usize>> = wanted.iter().map(near).collect();
        let mut best: Option<(usize, Reading)> = None;
        for parts in combinations(&candidates) {
            let outcomes = trial::outcomes(strip, identity, result, &parts);
            let proofs = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Holds)).count();
            if best.as_ref().is_none_or(|(most, _)| proofs > *most) {
                best = Some((proofs, Reading { identity, result, parts, outcomes }));
            }
        }
        best.map(|(_, reading)| reading)
    };
    results.filter_map(reading).collect()
}

/// The lines that may play a part: the nearest one on either side of the result, and the nearest that is a total.
fn nearest(strip: &Strip, roles: &[(usize, Role)], (result, rate): (usize, bool), role: Role) -> Vec<usize> {
    // `Revenue FY31`, `Revenue FY30`: lines of different periods or scenarios do not follow from one another. A rate at a date is of
    // the twelve months to it: `Leverage` of `LTM EBITDA`.
    let own = &strip.lines()[result];
    let span = |line: &Line| line.period.clone().filter(|period| !rate || *period != Expression::Trailing(None));
    let fits = |at: usize| {
        let line = &strip.lines()[at];
        at != result && span(line) == span(own) && line.scenario == own.scenario
    };
    let lines: Vec<usize> = roles.iter().filter(|(at, own)| own.is(role) && fits(*at)).map(|(at, _)| *at).collect();
    let before = lines.iter().copied().filter(|at| *at < result).max();
    let behind = lines.iter().copied().filter(|at| *at > result).min();
    let total = |at: &&usize| strip.lines()[**at].kind == LineKind::Total;
    let total = lines.iter().filter(total).min_by_key(|at| at.abs_diff(result)).copied();
    let mut found: Vec<usize> = [before, total, behind].into_iter().flatten().collect();
    found.dedup();
    found
}

/// Every choice of one line a part, none twice.
fn combinations(candidates: &[Vec<usize>]) -> Vec<Vec<usize>> {
    candidates.iter().fold(vec![Vec::new()], |chosen, next| {
        chosen
            .iter()
            .flat_map(|chosen| {
                next.iter().filter(|at| !chosen.contains(at)).map(|at| [chosen.as_slice(), &[*at]].concat())
            })
            .collect()
    })
}

impl Reading {
    fn proofs(&self) -> usize {
        self.outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Holds)).count()
    }

    /// Cells of the lanes in which the identity holds.
    fn confirmed(&self, strip: &Strip) -> Vec<At> {
        let lines = || std::iter::once(self.result).chain(self.parts.iter().copied());
        let lanes = self.outcomes.iter().enumerate().filter(|(_, outcome)| matches!(outcome, Outcome::Holds));
        lanes.flat_map(|(lane, _)| lines().map(move |line| strip.at(line, lane))).collect()
    }

    /// The lanes that miss, if it is plain that they should not.
    fn misses(&self, strip: &Strip, sure: &dyn Fn(At, bool) -> bool) -> Vec<Miss> {
        let proofs = self.proofs();
        let open: Vec<(usize, &Gap)> = self
            .outcomes
            .iter()
            .enumerate()
            .filter_map(|(lane, outcome)| match outcome {
                // A result that another identity confirms is none of this one.
                Outcome::Misses(gap) if !sure(strip.at(self.result, lane), true) => Some((lane, gap)),
                _ => None,
            })
            .collect();
        // An identity that fails as often as it holds is no identity of this table.
        if open.len() > proofs.max(1) {
            return Vec::new();
        }
        open.into_iter().filter_map(|(lane, gap)| self.miss(strip, lane, gap, proofs, sure)).collect()
    }

    fn miss(
        &self,
        strip: &Strip,
        lane: usize,
        gap: &Gap,
        proofs: usize,
        sure: &dyn Fn(At, bool) -> bool,
    ) -> Option<Miss> {
        let at = |line: usize| strip.at(line, lane);
        let (suspect, slip) = self.suspect(strip, lane, gap, sure);
        let long = slip::length(gap.result) >= 5;
        let confidence = match (proofs, &slip) {
            (1.., Some(_)) => Confidence::High,
            (2.., None) => Confidence::Medium,
            (0, Some(_)) if long && !gap.quotient => Confidence::Medium,
            _ => return None,
        };
        Some(Miss {
            result: at(self.result),
            parts: self.parts.iter().zip(&gap.parts).map(|(line, part)| (at(*line), part.taken)).collect(),
            formula: self.formula(strip),
            expected: gap.expected,
            suspect,
            confidence,
        })
    }

    fn formula(&self, strip: &Strip) -> String {
        let joint = |at: usize| match self.identity.shape {
            _ if at == 0 => "",
            Shape::Sum(parts) if parts.get(at).is_some_and(|(_, sign)| *sign == Sign::Less) => " less ",
            Shape::Sum(_) => " and ",
            Shape::Share(..) | Shape::Multiple(..) => " over ",
        };
        let names = self.parts.iter().enumerate();
        names.map(|(at, line)| format!("{}{}", joint(at), strip.lines()[*line].name.trim())).collect()
    }

    /// The cell that a slip explains; where several are, the one that nothing else confirms; else the result.
    fn suspect(
        &self,
        strip: &Strip,
        lane: usize,
        gap: &Gap,
        sure: &dyn Fn(At, bool) -> bool,
    ) -> (Suspect, Option<Slip>) {
        let cells = self.cells(strip, lane, gap);
        let slip = |(at, amount, wanted): &(At, Amount, Wanted)| {
            let slip = slip::find(*amount, wanted)?;
            // So many digits of an operand give the same ratio that one of them always explains it.
            let chance = gap.quotient && *at != strip.at(self.result, lane) && slip.cause == CauseKind::DigitTypo;
            (!chance && !sure(*at, slip.cause == CauseKind::SignFlip)).then_some((*at, slip))
        };
        let slips: Vec<_> = cells.iter().filter_map(slip).collect();
        let least = slips.iter().map(|(_, slip)| slip.rank()).min();
        let mut best = slips.iter().filter(|(_, slip)| Some(slip.rank()) == least);
        if let (Some((at, slip)), None) = (best.next(), best.next()) {
            return (Suspect { at: *at, cause: Some(slip.cause), meant: slip.meant }, Some(*slip));
        }
        let mut open = cells.iter().filter(|(at, ..)| !sure(*at, false));
        let first = cells.first().map(|(at, _, wanted)| (*at, wanted.value));
        let only = match (open.next(), open.next()) {
            (Some((at, _, wanted)), None) => Some((*at, wanted.value)),
            _ => None,
        };
        let (at, value) = only.or(first).unwrap_or((strip.at(self.result, lane), gap.result.value));
        let slip = slips.iter().find(|(own, _)| *own == at).map(|(_, slip)| *slip);
        (Suspect { at, cause: slip.map(|slip| slip.cause), meant: slip.map_or(value, |slip| slip.meant) }, slip)
    }

    /// The cells that may be wrong, each with where it should have been, the result first. A ratio is suspected before its operands,
    /// unless it holds often enough elsewhere to be the table's own.
    fn cells(&self, strip: &Strip, lane: usize, gap: &Gap) -> Vec<(At, Amount, Wanted)> {
        let result = gap.wanted_result().map(|wanted| (strip.at(self.result, lane), gap.result, wanted));
        let explained = result.as_ref().is_some_and(|(_, amount, wanted)| slip::find(*amount, wanted).is_some());
        let operands = !gap.quotient || (self.proofs() >= 2 && !explained);
        let parts = self.parts.iter().zip(&gap.parts).enumerate().filter(|_| operands);
        let parts =
            parts.filter_map(|(n, (line, part))| Some((strip.at(*line, lane), part.amount, gap.wanted_part(n)?)));
        result.into_iter().chain(parts).collect()
    }
}

#[cfg(test)]
mod tests;
