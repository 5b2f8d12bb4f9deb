//! Mistakes in formulas and checks: what is no formula, names of no metric, formulas that come back to their own metric.
//!
//! Enters: everything that the sources state. Leaves: a failure for each mistake, at its bytes.
//! Invariant: a formula that gets past here is small and can be evaluated without end nor overflow.

use std::collections::BTreeMap;

use super::formula::{self, Formula};
use super::{Located, Metric, SourceOfTruth};
use crate::error::Failure;
use crate::node::decode::suggestion;
use crate::span::{Place, Span};

/// More operators than anybody reads; each costs a frame of the call stack where the formula is evaluated.
const MAX_OPERATORS: usize = 200;

/// Every mistake in the formulas and checks.
pub(super) fn mistakes(source: &SourceOfTruth) -> Vec<Failure> {
    let names = Names {
        metrics: source.metrics.iter().enumerate().map(|(at, metric)| (metric.name.as_str(), at)).collect(),
        dimensions: source.dimensions.iter().map(|(name, _)| name.as_str()).collect(),
    };
    let mut failures = Vec::new();
    let mut read = |text: &Located<String>| match names.read(text) {
        Ok(formula) => Some(formula),
        Err(failure) => {
            failures.push(failure);
            None
        }
    };
    let formulas: Vec<Option<Formula>> =
        source.metrics.iter().map(|metric| metric.formula.as_ref().and_then(&mut read)).collect();
    for check in &source.checks {
        read(check);
    }
    let operands: Vec<Vec<usize>> = formulas.iter().map(|formula| names.operands(formula.as_ref())).collect();
    failures.extend(cycles(&source.metrics, &operands));
    failures
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
                return Err(match suggestion(name, self.metrics.keys().copied()) {
                    Some(meant) => failure.with_help(format!("did you mean `{meant}`?")),
                    None => failure.with_help("name a metric that a source defines"),
                });
            }
        }
        for by in sums_by(&formula) {
            // A word of one's own takes all segments; a slip of the pen must not.
            let slip = suggestion(by, self.dimensions.iter().copied()).filter(|_| !self.dimensions.contains(&by));
            if let Some(meant) = slip {
                let failure = Failure::at(place_of(text, by), format!("`{by}` is not a dimension"));
                return Err(failure.with_help(format!("did you mean `{meant}`?")));
            }
        }
        Ok(formula)
    }

    /// The metrics whose values of the same period a formula needs. A balance may well be computed from the one before.
    fn operands(&self, formula: Option<&Formula>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut ahead: Vec<&Formula> = formula.into_iter().collect();
        while let Some(formula) = ahead.pop() {
            match formula {
                Formula::Metric(name) | Formula::Sum(name, _) => found.extend(self.metrics.get(name.as_str())),
                Formula::Number(_) | Formula::Prior(_) | Formula::YearAgo(_) => {}
                Formula::Negative(inner) => ahead.push(inner),
                Formula::Binary(_, left, right) => ahead.extend([&**right, &**left]),
            }
        }
        found
    }
}

/// The dimensions that sums are taken over.
fn sums_by(formula: &Formula) -> Vec<&str> {
    let mut found = Vec::new();
    let mut ahead = vec![formula];
    while let Some(formula) = ahead.pop() {
        match formula {
            Formula::Sum(_, Some(by)) => found.push(by.as_str()),
            Formula::Negative(inner) => ahead.push(inner),
            Formula::Binary(_, left, right) => ahead.extend([&**right, &**left]),
            _ => {}
        }
    }
    found
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
