//! Decks of several documents, and what must be said of them.

use crate::check;
use crate::rules::examples::{Binder, brief};

const CASH: &str = "version: 1\nmetrics:\n  - {name: cash, label: Cash, unit: USD, period_type: instant}\n  - {name: revenue, label: Revenue, unit: USD, period_type: duration}\n  - {name: margin, label: Gross margin, unit: percent, period_type: duration}\n";

/// What is said of documents that report on consecutive quarters of FY25, in order; with metrics that have no values, or without any.
#[track_caller]
fn says(metrics: &str, quarters: &[&str], expected: &[&str]) {
    let mut binder = quarters.iter().enumerate().fold(Binder::default(), |binder, (at, text)| {
        let quarter = at + 1;
        binder.and(&format!("q{quarter}.md"), &format!("---\nperiod: Q{quarter} FY25\n---\n{text}"))
    });
    if !metrics.is_empty() {
        binder = binder.with_source("metrics.yaml", metrics);
    }
    let mut deck = binder.bound();
    let findings = check::check(&mut deck);
    let said: Vec<String> =
        findings.iter().map(|finding| format!("{} at {}", finding.rule, brief(&deck, finding))).collect();
    let messages: Vec<_> = findings.iter().map(|finding| &finding.message).collect();
    assert!(said == expected, "said {said:#?}\nmessages {messages:#?}");
}

#[test]
fn a_change_is_held_against_the_earlier_document() {
    let first = "# Cash\n\nCash was $39.5M at the end of Q1 FY25.\n";
    let now = |change: &str| format!("# Cash\n\nCash was $42.0M at the end of Q2 FY25, {change}.\n");
    says(CASH, &[first, &now("up $2.5M on last quarter")], &[]);
    says(CASH, &[first, &now("up $3.1M on last quarter")], &["roll-forward at $3.1M: unknown"]);
    says(CASH, &[first, &now("up 6% on last quarter")], &[]);
    says(CASH, &[first, &now("up 9% on last quarter")], &["roll-forward at 9%: unknown"]);
    // Against what is not said, or against another time.
    says(CASH, &[first, &now("up $3.1M year over year")], &[]);
    // The places that are shown leave room.
    says(CASH, &["# Cash\n\nCash was about $39M at the end of Q1 FY25.\n", &now("up $3M on last quarter")], &[]);
}

#[test]
fn an_earlier_figure_without_its_time() {
    let first = "# Cash\n\nCash was $13.50M at the end of Q1 FY25.\n";
    let now = |base: &str| format!("# Cash\n\nCash went from {base} to $12.94M at the end of Q2 FY25.\n");
    says(CASH, &[first, &now("$13.50M")], &[]);
    says(CASH, &[first, &now("$13.05M")], &["roll-forward at $13.05M: transposed-digits"]);
    // Another time's, perhaps.
    says(CASH, &[first, &now("$14.20M")], &[]);
}

#[test]
fn growth_of_a_flow_too() {
    let first = "# Revenue\n\nRevenue was $10.0M in Q1 FY25.\n";
    let now = |growth: &str| format!("# Revenue\n\nRevenue was $11.2M in Q2 FY25, up {growth} on last quarter.\n");
    says(CASH, &[first, &now("12%")], &[]);
    says(CASH, &[first, &now("21%")], &["roll-forward at 21%: transposed-digits"]);
}

#[test]
fn other_scenarios_segments_and_restatements_are_other_balances() {
    let plan = "# Cash\n\nCash was planned at $39.5M at the end of Q1 FY25.\n";
    let now = "# Cash\n\nCash was $42.0M at the end of Q2 FY25, up $3.1M on last quarter.\n";
    says(CASH, &[plan, now], &[]);
    let first = "# Cash\n\nCash was $39.5M at the end of Q1 FY25.\n";
    says(CASH, &[first, &format!("{now}\nThe first quarter is restated for escrow.\n")], &[]);
    says(CASH, &[&format!("{first}\nThis is a preliminary close.\n"), now], &[]);
}

#[test]
fn a_restated_base_is_the_business_of_self_contradiction() {
    let first = "# Cash\n\nCash was $39.5M at the end of Q1 FY25.\n";
    let now = "# Cash\n\nCash rose to $42.0M at the end of Q2 FY25 from $38.9M at the end of Q1 FY25.\n";
    says(CASH, &[first, now], &["self-contradiction at $38.9M: unknown"]);
}

#[test]
fn an_opening_is_the_closing_of_the_document_before() {
    let roll = |opening: &str, receipts: &str, closing: &str| {
        format!(
            "# Cash\n\n| $ thousands | Amount |\n|---|---:|\n| Opening cash | {opening} |\n| Receipts | {receipts} |\n| Payroll | (1,015) |\n| Closing cash | {closing} |\n"
        )
    };
    let first = roll("5,655", "1,480", "6,120");
    says("", &[&first, &roll("6,120", "1,302", "6,407")], &[]);
    says("", &[&first, &roll("6,210", "1,302", "6,497")], &["roll-forward at 6,210: transposed-digits"]);
    // Under a mere label, and with nothing that explains it, it may be another thing.
    says("", &[&first, &roll("8,344", "1,302", "8,631")], &[]);
}

#[test]
fn columns_of_one_table_follow_one_another() {
    let table = |opening: &str, closing: &str| {
        format!(
            "# Stores\n\n| Stores | FY24 | FY25 |\n|---|---:|---:|\n| Opening stores | 186 | {opening} |\n| Opened | 8 | 12 |\n| Closed | (5) | (4) |\n| Closing stores | 189 | {closing} |\n"
        )
    };
    says("", &[&table("189", "197")], &[]);
    says("", &[&table("198", "206")], &["roll-forward at 198: transposed-digits"]);
    says("", &[&table("193", "201")], &["roll-forward at 193: unknown"]);
    says("", &[&table("193", "201").replace("FY25 |", "FY25 (restated) |")], &[]);
    // A year to date opens where the year does.
    let to_date = "# Cash\n\n| $k | Q1 FY25 | Q2 FY25 | YTD Q2 FY25 |\n|---|---:|---:|---:|\n| Opening cash | 500 | 560 | 500 |\n| Receipts | 90 | 75 | 165 |\n| Payroll | (30) | (25) | (55) |\n| Closing cash | 560 | 610 | 610 |\n";
    says("", &[to_date], &[]);
    // Shares and their value, side by side.
    let shares = "# Shares\n\n| | FY25 | | FY24 | |\n|---|---|---|---|---|\n| | Number | $m | Number | $m |\n| Opening balance | 1,313 | 6,201 | 1,294 | 5,719 |\n| Bought back | (55) | (168) | – | – |\n| Issued | – | – | 19 | 482 |\n| Closing balance | 1,258 | 6,033 | 1,313 | 6,201 |\n";
    says("", &[shares], &[]);
}
