//! What sentences say of metrics that a source has the series of.

use super::DirectionMismatch;
use crate::rules::Rule;
use crate::rules::examples::Binder;

const SOURCE: &str = "version: 1
metrics:
  - {name: result, label: Operating result, synonyms: [operating loss], unit: GBP, period_type: duration, values: {FY2030-Q2: -2.9M, FY2031-Q1: -1.5M, FY2031-Q2: -1.1M}, budget: {FY2031-Q2: -1.3M}}
  - {name: wait, label: Average wait, unit: minutes, period_type: duration, values: {FY2030-Q2: 36, FY2031-Q1: 30, FY2031-Q2: 33}, target: {FY2031-Q2: 30}}
  - {name: days, label: Debtor days, unit: days, period_type: instant, values: {FY2030-Q2: 49, FY2031-Q1: 50, FY2031-Q2: 53}, target: {FY2031-Q2: 48}}
  - {name: leakage, label: Leakage, unit: count, period_type: duration, values: {FY2030-Q2: 139, FY2031-Q1: 136, FY2031-Q2: 133}}
  - {name: uptime, label: Uptime, unit: percent, period_type: duration, values: {FY2030-Q2: 96.9, FY2031-Q1: 97.1, FY2031-Q2: 97.8}}
  - {name: profit, label: Gross profit, unit: GBP, period_type: duration, values: {FY2030-Q2: 4.6M, FY2031-Q1: 4.9M, FY2031-Q2: 5.1M}, budget: {FY2031-Q2: 4.8M}}
  - {name: ltv, label: LTV, unit: percent, period_type: instant, better: down, values: {FY2030-Q4: 35.3, FY2031-Q1: 34.9, FY2031-Q2: 34.2}}
";

/// A sentence on a second quarter, and the word that its numbers contradict, if any.
#[track_caller]
fn says(text: &str, expected: &[&str]) {
    let deck = Binder::of(&format!("# Q2 FY31\n\n{text}\n")).with_source("metrics.yaml", SOURCE).bound();
    let mut findings = Vec::new();
    DirectionMismatch.check(&deck, &mut findings);
    let said: Vec<&str> = findings.iter().map(|finding| deck.files.slice(finding.place)).collect();
    assert_eq!(said, expected, "{text}");
}

#[test]
fn losses_are_told_by_their_size() {
    says("The operating loss widened to £1.1m.", &["widened"]);
    says("The operating loss narrowed to £1.1m.", &[]);
    says("The operating loss widened again, to £1.1m, although marketing cost £120k more than in Q1.", &["widened"]);
    says("The operating loss of £1.1m was larger than budgeted.", &["larger"]);
    says("The operating loss of £1.1m was smaller than budgeted.", &[]);
    says("The operating loss more than halved on last year, from £2.9m to £1.1m.", &[]);
}

#[test]
fn multiples_with_their_time() {
    says("Gross profit halved on the second quarter of 2030, from £2.4m to £5.5m.", &["halved"]);
    says("Gross profit more than doubled on last year, from £2.4m to £5.5m.", &[]);
    says("Gross profit halved in Europe on last year, with £2.4m to £5.5m at stake.", &[]);
}

#[test]
fn what_everybody_wants_low() {
    says("The average wait was shorter than in Q1.", &["shorter"]);
    says("The average wait was longer than in Q1.", &[]);
    says("The average wait, at 33 minutes, met the target of 30.", &["met"]);
    says("The average wait, at 33 minutes, missed the target of 30.", &[]);
    says("Debtor days are within the target of 48.", &["within"]);
    says("Debtor days are outside the target of 48.", &[]);
    says("Queue times worsened to 33 minutes from 35 minutes in the spring.", &["worsened"]);
    says("Queue times improved to 33 minutes from 35 minutes in the spring.", &[]);
}

#[test]
fn movements_that_no_number_tells_of() {
    says("Leakage rose in the second quarter, on the district meters.", &["rose"]);
    says("Leakage fell in the second quarter, on the district meters.", &[]);
    says("Leakage rose again because of the frost.", &["rose"]);
    // Up on the first quarter, down on the year before.
    says("The average wait rose.", &[]);
    says("The average wait fell.", &[]);
    says("Leakage rose to the top of the agenda.", &[]);
    says("Leakage rose in the north, on the district meters.", &[]);
}

#[test]
fn what_goes_on_says_more_of_the_same() {
    says("Gross profit was up on last year and just short of the budget.", &["short"]);
    says("Gross profit was up on last year and just ahead of the budget.", &[]);
    says("Gross profit was £5.1m, up on the £4.6m of last year and £0.3m ahead of budget.", &[]);
    says("Uptime met the 99% target, though it was better than a year ago.", &["met"]);
    says("Uptime missed the 99% target, though it was better than a year ago.", &[]);
}

#[test]
fn what_is_called_the_same() {
    says("Gross profit was flat on last year, at £5.1m.", &["flat"]);
    says("Gross profit was broadly flat on the first quarter, at £5.1m.", &[]);
    says("Gross profit was in line with budget.", &[]);
    says("Debtor days were in line with target.", &["line"]);
}

#[test]
fn limits_are_nothing_that_moved() {
    says("LTV was 34.2%, down from 35.3% at the year end, and comfortably inside the 50% covenant.", &[]);
}
