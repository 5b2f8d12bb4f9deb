//! Decks that name no year, and decks that name no time at all.

use super::shown;
use crate::rules::examples::Binder;

#[track_caller]
fn check(rows: &[(&str, &str, &[&str])]) {
    for (slides, appendix, expected) in rows {
        let deck = Binder::named("slides.md", slides).and("appendix.md", appendix).bound();
        assert_eq!(shown(&deck), *expected, "{slides}\n{appendix}");
    }
}

#[test]
fn quarters_and_months_are_of_the_year_that_is_not_named() {
    check(&[
        (
            "# Review of Q2\n\nRevenue was £5.4m, up from £5.1m in Q1.",
            "| £m | Q1 | Q2 |\n|---|---:|---:|\n| Revenue | 5.1 | 5.4 |",
            &["£5.4m = Revenue Q2", "£5.1m = Revenue Q1", "5.1 = Revenue Q1", "5.4 = Revenue Q2"],
        ),
        (
            "# Review\n\nRevenue was £5.4m, and £6.0m in the same quarter last year.",
            "| £m | Q1 | Q2 |\n|---|---:|---:|\n| Revenue | 5.1 | 5.4 |",
            &["£5.4m = Revenue Q2", "£6.0m = Revenue Q2 of the year before", "5.1 = Revenue Q1", "5.4 = Revenue Q2"],
        ),
        (
            "# Pack for March\n\nARR: $12.4M",
            "| Metric | Value |\n|---|---:|\n| ARR | $12.4M |",
            &["$12.4M = ARR March", "$12.4M = ARR March"],
        ),
    ]);
}

#[test]
fn what_has_no_time_is_all_of_one_time() {
    check(&[(
        "# Board update\n\n14 March 2031\n\nRevenue was $5.4M, against a plan of $5.0M.",
        "| $M | Actual | Plan |\n|---|---:|---:|\n| Revenue | 5.4 | 5.0 |",
        &[
            "$5.4M = Revenue undated",
            "$5.0M = Revenue undated plan",
            "5.4 = Revenue undated",
            "5.0 = Revenue undated plan",
        ],
    )]);
}

#[test]
fn a_year_that_a_thing_goes_by_is_not_reported_on() {
    check(&[(
        "# Letter to the owners\n\nThe 2024 Riesling sold out in May.\n\nCash was €2.1m.",
        "| €m | 31 December 2024 | 31 December 2025 |\n|---|---:|---:|\n| Cash | 2.0 | 2.1 |",
        &["€2.1m = Cash FY2025", "2.0 = Cash FY2024-Q4", "2.1 = Cash FY2025-Q4"],
    )]);
}

#[test]
fn a_year_that_is_named_leaves_open_which_one_the_others_are_of() {
    check(&[
        (
            "# Board update\n\nRevenue was $5.4M, and we asked whether FY31 or FY32 is the better base.",
            "| $M | Q1 | Q2 |\n|---|---:|---:|\n| Revenue | 5.1 | 5.4 |",
            &["$5.4M = Revenue -", "5.1 = Revenue -", "5.4 = Revenue -"],
        ),
        (
            "# Board update\n\nRevenue was $5.4M. The loan falls due in 2038.",
            "| $M | Q1 | Q2 |\n|---|---:|---:|\n| Revenue | 5.1 | 5.4 |",
            &["$5.4M = Revenue -", "5.1 = Revenue -", "5.4 = Revenue -"],
        ),
        // Two years, and no telling which is meant.
        (
            "# Board update\n\nRevenue was $5.4M.",
            "| $M | Nov | Dec | Jan |\n|---|---:|---:|---:|\n| Revenue | 5.1 | 5.4 | 5.5 |",
            &["$5.4M = Revenue -", "5.1 = Revenue -", "5.4 = Revenue -", "5.5 = Revenue -"],
        ),
    ]);
}
