//! Formulas that come back to their own metric.
//!
//! Enters: metrics with formulas. Leaves: a failure for each cycle, at the formula that closes it.
//! Invariant: a long chain of formulas costs no call stack.

use std::collections::BTreeMap;

use super::Metric;
use crate::error::Failure;

/// How far a metric has been followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Unseen,
    /// On the chain that is being followed.
    Open,
    Done,
}

/// Every cycle, once.
pub(super) fn find(metrics: &[Metric]) -> Vec<Failure> {
    let at: BTreeMap<&str, usize> = metrics.iter().enumerate().map(|(at, metric)| (metric.name.as_str(), at)).collect();
    let operands: Vec<Vec<usize>> = metrics.iter().map(|metric| operands(metric, &at)).collect();
    let mut marks = vec![Mark::Unseen; metrics.len()];
    let mut failures = Vec::new();
    for start in 0..metrics.len() {
        // The chain, each metric with how many of its operands have been followed.
        let mut chain = vec![(start, 0)];
        if marks[start] != Mark::Unseen {
            continue;
        }
        marks[start] = Mark::Open;
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
                Mark::Open => failures.extend(failure(metrics, &chain, metric, next)),
                Mark::Done => {}
            }
        }
    }
    failures
}

/// The metrics that a formula names.
fn operands(metric: &Metric, at: &BTreeMap<&str, usize>) -> Vec<usize> {
    let formula = metric.formula.as_ref().map_or("", |formula| formula.value.as_str());
    let names = formula.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    names.filter_map(|name| at.get(name).copied()).collect()
}

fn failure(metrics: &[Metric], chain: &[(usize, usize)], closing: usize, first: usize) -> Option<Failure> {
    let from = chain.iter().position(|(metric, _)| *metric == first)?;
    let mut names: Vec<&str> = chain[from..].iter().map(|(metric, _)| metrics[*metric].name.as_str()).collect();
    names.push(&metrics[first].name);
    let place = metrics[closing].formula.as_ref()?.place;
    let message = format!("`{}` is computed from itself: {}", metrics[first].name, names.join(" → "));
    Some(Failure::at(place, message).with_help("give one of them by its values"))
}
