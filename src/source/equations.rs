//! Formulas and checks read, and their mistakes: what is no formula, names of no metric, formulas that come back to their own metric.
//!
//! Enters: everything that the sources state. Leaves: [`Formulas`], and a failure for each mistake, at its bytes.
//! Invariant: a formula that gets past here is small and can be evaluated without end nor overflow.

use std::collections::BTreeMap;

use super::formula::{self, Formula, Operator};
use super::{Located, Metric, SourceOfTruth};
use crate::error::{Failure, suggestion};
use crate::span::{Place, Span};

/// More operators than anybody reads; each costs a frame of the call stack where the formula is evaluated.
const MAX_OPERATORS: usize = 200;

/// The formulas and checks of the sources.
#[derive(Clone, Debug, Default)]
pub(crate) struct Formulas {
    /// By the metric's index.
    pub(crate) of_metric: BTreeMap<usize, Formula>,
    /// Equations of `checks:`, in their order.
    pub(crate) checks: Vec<Check>,
}

/// An equation that must hold wherever its operands are stated.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) left: Formula,
    pub(crate) right: Formula,
    /// As it is written, and where.
    pub(crate) text: Located<String>,
}

/// Reads every formula and check; beside them, every mistake.
pub(super) fn read(source: &SourceOfTruth) -> (Formulas, Vec<Failure>) {
    let names = Names {
        metrics: source.metrics.iter().enumerate().map(|(at, metric)| (metric.name.as_str(), at)).collect(),
        dimensions: source.dimensions.iter().map(|(name, _)| name.as_str()).collect(),
    };
    let (mut formulas, mut failures) = (Formulas::default(), Vec::new());
    for (at, metric) in source.metrics.iter().enumerate() {
        match metric.formula.as_ref().map(|text| names.formula(text)) {
            Some(Ok(formula)) => drop(formulas.of_metric.insert(at, formula)),
            Some(Err(failure)) => failures.push(failure),
            None => {}
        }
    }
    for check in &source.checks {
        match names.check(check) {
            Ok(check) => formulas.checks.push(check),
            Err(failure) => failures.push(failure),
        }
    }
    let operands: Vec<Vec<usize>> =
        (0..source.metrics.len()).map(|at| names.operands(formulas.of_metric.get(&at))).collect();
    failures.extend(cycles(&source.metrics, &operands));
    (formulas, failures)
}

/// What a formula may name.
struct Names<'a> {
    metrics: BTreeMap<&'a str, usize>,
    dimensions: Vec<&'a str>,
}

impl Names<'_> {
    fn read(&self, text: &Located<String>) -> Result<Formula, Failure> {
        let operators = text.value.chars().filter(|c| matches!(c, '+' | '-' | '*' | '/' | '−' | '–' | '×' | '÷' | '='));
        if operators.count() > MAX_OPERATORS {
            let message = format!("this formula has more than {MAX_OPERATORS} operators");
            return Err(Failure::at(text.place, message).with_help("give its parts names as metrics of their own"));
        }
        let formula = formula::parse(&text.value).map_err(|error| {
            let help = "formulas know + - * / ==, brackets, numbers, names of metrics, `sum(metric, by: dimension)`, `prior(metric)` and `year_ago(metric)`";
            Failure::at(within(text, error.range.start..error.range.end), error.message).with_help(help)
        })?;
        for name in formula.metrics() {
            if !self.metrics.contains_key(name) {
                let failure = Failure::at(place_of(text, name), format!("`{name}` is not the name of a metric"));
                let meant = suggestion(name, self.metrics.keys().copied());
                return Err(failure.with_suggestion(meant, "name a metric that a source defines"));
            }
        }
        for by in formula.dimensions() {
            // A word of one's own takes all segments; a slip of the pen must not.
            let slip = suggestion(by, self.dimensions.iter().copied()).filter(|_| !self.dimensions.contains(&by));
            if slip.is_some() {
                let failure = Failure::at(place_of(text, by), format!("`{by}` is not a dimension"));
                return Err(failure.with_suggestion(slip, ""));
            }
        }
        Ok(formula)
    }

    /// The formula of a metric: any expression but an equation.
    fn formula(&self, text: &Located<String>) -> Result<Formula, Failure> {
        let formula = self.read(text)?;
        if formula.has_equation() {
            let failure = Failure::at(text.place, format!("the formula `{}` is an equation", text.value));
            return Err(failure.with_help("a formula gives the metric's value; an equation stands under `checks`"));
        }
        Ok(formula)
    }

    /// A check: one equation.
    fn check(&self, text: &Located<String>) -> Result<Check, Failure> {
        match self.read(text)? {
            Formula::Binary(Operator::Equals, left, right) if !left.has_equation() && !right.has_equation() => {
                Ok(Check { left: *left, right: *right, text: text.clone() })
            }
            _ => {
                let failure = Failure::at(text.place, format!("the check `{}` is not one equation", text.value));
                Err(failure.with_help("write it like `revenue == sum(revenue, by: region)`"))
            }
        }
    }

    /// The metrics whose values of the same period a formula needs. A balance may well be computed from the one before, and a whole
    /// from its parts.
    fn operands(&self, formula: Option<&Formula>) -> Vec<usize> {
        let names = formula.map(Formula::operands).unwrap_or_default();
        names.into_iter().filter_map(|name| self.metrics.get(name).copied()).collect()
    }
}

/// The bytes of a part of a formula; of the whole where the file writes it otherwise (escapes, folded lines).
fn within(text: &Located<String>, part: std::ops::Range<usize>) -> Place {
    let Place { file, span } = text.place;
    if span.end - span.start != text.value.len() {
        return text.place;
    }
    Place { file, span: Span::new(span.start + part.start, span.start + part.end) }
}

/// Where a name stands in a formula.
fn place_of(text: &Located<String>, name: &str) -> Place {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let whole =
        |at: &usize| !text.value[..*at].ends_with(is_part) && !text.value[*at + name.len()..].starts_with(is_part);
    let at = text.value.match_indices(name).map(|(at, _)| at).find(whole);
    at.map_or(text.place, |at| within(text, at..at + name.len()))
}

/// How far a metric has been followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Unseen,
    /// On the chain that is being followed.
    Open,
    Done,
}

/// Every cycle, once, at the formula that closes it. A long chain of formulas costs no call stack.
fn cycles(metrics: &[Metric], operands: &[Vec<usize>]) -> Vec<Failure> {
    let mut marks = vec![Mark::Unseen; metrics.len()];
    let mut failures = Vec::new();
    for start in 0..metrics.len() {
        if marks[start] != Mark::Unseen {
            continue;
        }
        marks[start] = Mark::Open;
        // The chain, each metric with how many of its operands have been followed.
        let mut chain = vec![(start, 0)];
        while let Some((metric, followed)) = chain.last_mut() {
            let metric = *metric;
            let Some(&next) = operands[metric].get(*followed) else {
                marks[metric] = Mark::Done;
                chain.pop();
                continue;
            };
            *followed += 1;
            match marks[next] {
                Mark::Unseen => {
                    marks[next] = Mark::Open;
                    chain.push((next, 0));
                }
                Mark::Open => failures.extend(cycle(metrics, &chain, metric, next)),
                Mark::Done => {}
            }
        }
    }
    failures
}

fn cycle(metrics: &[Metric], chain: &[(usize, usize)], closing: usize, first: usize) -> Option<Failure> {
    let from = chain.iter().position(|(metric, _)| *metric == first)?;
    let names: Vec<&str> = chain[from..].iter().map(|(metric, _)| metrics[*metric].name.as_str()).collect();
    let place = metrics[closing].formula.as_ref()?.place;
    let first = &metrics[first].name;
    let message = format!("`{first}` is computed from itself: {} → {first}", names.join(" → "));
    Some(Failure::at(place, message).with_help("give one of them by its values"))
}
