//! Numbers of times, cases and parts that the source has no number of: what is left unbound, or without a time, or only taken for likely.

use super::{SOURCE, bound, check, shown};
use crate::rules::examples::Binder;

#[test]
fn times_that_no_calendar_has() {
    check(&[
        ("In the first week headcount was 309.", &["309 = headcount -"]),
        ("Last week's revenue was $4.2M.", &["$4.2M = revenue -"]),
        ("In the six weeks to 4 October revenue rose 5.1%.", &["six weeks = ?", "5.1% = revenue - growth"]),
        ("Headcount in the autumn term was 309.", &["309 = headcount -"]),
        ("Since the period end, ARR has grown to $43.9M.", &["$43.9M = arr -"]),
        ("ARR has fallen to $41.8M since quarter end.", &["$41.8M = arr -"]),
        ("Headcount peaked at 331 on 20 August.", &["331 = headcount -"]),
        ("A year from now: ARR of $50.0M.", &["$50.0M = arr -"]),
        ("Leverage averaged 2.4x over the last four quarters.", &["2.4x = leverage -"]),
        ("# Current trading\n\nHeadcount is 309.", &["309 = headcount -"]),
        // Of the report's own time, or of one that is named.
        ("Since June, ARR has grown to $42.3M.", &["$42.3M = arr FY2025-Q3"]),
        ("ARR peaked at $40.0M in Q2.", &["$40.0M = arr FY2025-Q2"]),
        ("Revenue was $56.2M, a week ahead of time.", &["$56.2M = revenue FY2025-Q3"]),
        ("We exited the quarter with ARR of $42.3M.", &["$42.3M = arr FY2025-Q3"]),
    ]);
}

#[test]
fn cases_and_wishes() {
    check(&[
        ("Downside: revenue $51.0M, headcount 301.", &["$51.0M = ?", "301 = ?"]),
        ("# Bank case\n\nRevenue is $51.0M.", &["$51.0M = revenue FY2025-Q3 case"]),
        ("The Board is asked to approve headcount of 331.", &["331 = ?"]),
        ("We need headcount of 331 to deliver this.", &["331 = ?"]),
        ("Bonus is paid at threshold EBITDA of $11.0M.", &["$11.0M = ebitda FY2025-Q3 limit"]),
        ("Nationally, headcount was 309.", &["309 = ?"]),
        ("EBITDA upside: $0.8M", &["$0.8M = ?"]),
        ("# The case for Lyon\n\nRevenue was $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
    ]);
}

#[test]
fn words_that_say_which_of_them_make_a_name_uncertain() {
    for (text, loose) in [
        ("Paying headcount: 309.", true),
        ("Our salaried headcount was 309.", true),
        ("Committed ARR was $41.9M.", true),
        ("Headcount (Enterprise): 309.", true),
        ("Headcount started: 309", true),
        ("Generating revenue of $56.9M, we grew.", false),
        ("Reported revenue was $56.9M.", false),
        ("Headcount: 309", false),
    ] {
        let deck = bound(text);
        let found: Vec<bool> = deck.claims.iter().map(|claim| claim.metric.is_none() || claim.loose).collect();
        assert_eq!(found, [loose], "{text}");
    }
    check(&[("Headcount's pay rose 4%.", &["4% = ?"])]);
}

#[test]
fn a_mark_that_was_passed_is_a_bound() {
    for text in ["Revenue crossed the $50M mark.", "Revenue passed $50M.", "ARR topped the $40M mark."] {
        let mut deck = bound(text);
        assert!(crate::check::check(&mut deck).is_empty(), "{text}");
    }
    let mut deck = bound("Revenue crossed the $60M mark.");
    assert_eq!(crate::check::check(&mut deck).len(), 1);
}

#[test]
fn tiles_with_a_comparison() {
    check(&[
        ("**$42.3M**\nARR (Q2: $40.0M)", &["$42.3M = arr FY2025-Q3"]),
        ("**$42.3M** ARR\nQ2: $40.0M", &["$42.3M = arr FY2025-Q3", "$40.0M = arr FY2025-Q2"]),
        ("**$56.2M** revenue\nprior year $198.0M", &["$56.2M = revenue FY2025-Q3", "$198.0M = revenue -"]),
        (
            "**$56.2M** revenue\nup 4.1% on Q2",
            &["$56.2M = revenue FY2025-Q3", "4.1% = revenue FY2025-Q3 growth on FY2025-Q2"],
        ),
    ]);
}

#[test]
fn levels_side_by_side_are_not_all_of_one_time() {
    check(&[
        ("Headcount was 301, 309 and 314 in turn.", &["301 = ?", "309 = ?", "314 = ?"]),
        ("Revenue rose each quarter: $50.1M, $52.4M, $53.3M.", &["$50.1M = ?", "$52.4M = ?", "$53.3M = ?"]),
    ]);
}

#[test]
fn changes_have_their_own_bases() {
    check(&[
        (
            "Revenue was $56.2M, 6% below the five-year average of $59.8M.",
            &["$56.2M = revenue FY2025-Q3", "6% = revenue FY2025-Q3 growth", "$59.8M = ?"],
        ),
        (
            "Leverage worsened by 0.3x over the year but improved by 0.1x in the quarter.",
            &["0.3x = leverage FY2025-Q3 change on FY2024-Q3", "0.1x = leverage FY2025-Q3 change"],
        ),
        (
            "Revenue rose 4% to $56.2M from 318 headcount.",
            &["4% = revenue FY2025-Q3 growth", "$56.2M = revenue FY2025-Q3", "318 = headcount FY2025-Q3"],
        ),
        ("Two quarters ago revenue was $51.0M.", &["Two = ?", "$51.0M = revenue -"]),
        ("Through August, revenue was $150.0M.", &["$150.0M = revenue -"]),
        (
            "ARR began the quarter at $40.0M, added revenue of $56.2M and ended higher.",
            &["$40.0M = arr FY2025-Q2", "$56.2M = revenue FY2025-Q3"],
        ),
    ]);
}

#[test]
fn parts_of_a_number_of_the_same_sentence() {
    check(&[
        ("Of revenue of $56.2M, $29.4M is restricted.", &["$56.2M = revenue FY2025-Q3", "$29.4M = ?"]),
        ("Revenue was made up of $29.4M subscriptions and $26.8M services.", &["$29.4M = ?", "$26.8M = ?"]),
        ("ARR added in the quarter was $3.9M.", &["$3.9M = ?"]),
        ("Three new patients, with revenue of $0.1M, left.", &["Three = ?", "$0.1M = revenue FY2025-Q3"]),
        ("# Q3 2025 orders\n\nRevenue was $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
        (
            "ARR guidance was raised from $44.0M to $45.0M.",
            &["$44.0M = arr - guidance", "$45.0M = arr FY2025-Q3 guidance"],
        ),
        ("The previous forecast had ARR of $41.4M.", &["$41.4M = ?"]),
    ]);
}

#[test]
fn what_a_day_is_reported_on() {
    let text = "---\ntitle: Board meeting, 14 November 2025\n---\n\n# Q3 2025 results\n\nRevenue was $56.2M, against $48.2M last year.\n";
    let deck = Binder::of(text).with_source("metrics.yaml", SOURCE).bound();
    assert_eq!(shown(&deck), ["$56.2M = revenue FY2025-Q3", "$48.2M = revenue FY2024-Q3"]);
}

#[test]
fn last_year_is_the_year_before_the_time_of_the_report() {
    let text = "---\nperiod: 2025-10\n---\n\n| $M | Oct | Bud | Sep | LY |\n|---|---:|---:|---:|---:|\n| Revenue | 9.1 | 8.9 | 8.7 | 8.2 |\n";
    let deck = Binder::of(text).bound();
    assert_eq!(
        shown(&deck),
        ["9.1 = Revenue 2025-10", "8.9 = Revenue 2025-10 budget", "8.7 = Revenue 2025-09", "8.2 = Revenue 2024-10",]
    );
}

#[test]
fn marks_ranges_and_what_was_before() {
    check(&[
        ("Revenue passed $50M in Q2 and $52M in Q3.", &["$50M = revenue FY2025-Q2", "$52M = ?"]),
        ("Leverage is even, ranging from 1.9x in Hull to 2.4x in York.", &["1.9x = leverage -", "2.4x = ?"]),
        ("The previous revenue record, $51.8M, was set long before.", &["$51.8M = revenue -"]),
        ("Net of revenue and fees it was $11.0M.", &["$11.0M = ?"]),
        (
            "| Week | Revenue, $M |\n|---|---:|\n| 1 | 4.1 |\n| 2 | 4.4 |\n| 3 | 4.6 |",
            &["1 = ?", "4.1 = ?", "2 = ?", "4.4 = ?", "3 = ?", "4.6 = ?"],
        ),
    ]);
    let deck = bound("Headcount now stands at 309.");
    assert!(deck.claims[0].loose);
}
