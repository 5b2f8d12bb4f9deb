//! Shares and ratios that are told by their operands.

use super::shown;
use crate::rules::examples::Binder;

/// A hotel group and its ratios.
const SOURCE: &str = "metric,period,scenario,segment,value,unit
total_revenue,FY2025-Q3,actual,,41300000,USD
other_revenue,FY2025-Q3,actual,,3100000,USD
total_revenue,FY2025-Q3,actual,Spa,2900000,USD
staff_costs,FY2025-Q3,actual,,14900000,USD
staff_cost_ratio,FY2025-Q3,actual,,36.1,percent
GOP,FY2025-Q3,actual,,12700000,USD
GOP_margin,FY2025-Q3,actual,,30.8,percent
net_debt,FY2025-Q3,actual,,61200000,USD
EBITDA,FY2025-Q3,actual,,9300000,USD
leverage,FY2025-Q3,actual,,1.8,x
cash,FY2025-Q3,actual,,8400000,USD
complaints,FY2025-Q3,actual,,212,count
";

#[track_caller]
fn check(rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        let deck = Binder::of(&format!("---\nperiod: Q3 FY25\n---\n\n{text}\n")).with_source("metrics.csv", SOURCE);
        assert_eq!(shown(&deck.bound()), *expected, "{text}");
    }
}

#[test]
fn ratios_are_named_by_their_operands() {
    check(&[
        ("Staff costs were 36.1% of revenue.", &["36.1% = staff_cost_ratio FY2025-Q3"]),
        ("GOP was $12.7M, or 38.0% of revenue.", &["$12.7M = GOP FY2025-Q3", "38.0% = GOP_margin FY2025-Q3"]),
        ("Net debt of $61.2M was 1.8x EBITDA.", &["$61.2M = net_debt FY2025-Q3", "1.8x = leverage FY2025-Q3"]),
        ("Net debt fell to $61.2M, 1.8x LTM EBITDA.", &["$61.2M = net_debt FY2025-Q3", "1.8x = leverage FY2025-Q3"]),
        ("Net debt to LTM EBITDA was 1.8x.", &["1.8x = leverage FY2025-Q3"]),
        (
            "EBITDA for the last twelve months was $34.0M, so that leverage is 1.8x.",
            &["$34.0M = EBITDA FY2025-Q3-LTM", "1.8x = leverage FY2025-Q3"],
        ),
        // Of something narrower, or no ratio that is known.
        ("Staff costs of agencies were 3.1% of revenue.", &["3.1% = staff_costs FY2025-Q3 share on total_revenue"]),
        ("GOP was 4.4x EBITDA.", &["4.4x = ?"]),
    ]);
}

#[test]
fn shares_that_are_told_before_their_part() {
    check(&[
        ("As a share of revenue, staff costs were 38.0%.", &["38.0% = staff_cost_ratio FY2025-Q3"]),
        ("GOP as a percentage of revenue: 30.8%.", &["30.8% = GOP_margin FY2025-Q3"]),
        ("Net debt over EBITDA: 1.8x.", &["1.8x = leverage FY2025-Q3"]),
        ("The spas made up 7.0% of revenue.", &["7.0% = total_revenue Spa FY2025-Q3 share"]),
        // Of what nothing knows.
        (
            "The spas had staff costs of $2.9M and are 62% of season passes.",
            &["$2.9M = staff_costs Spa FY2025-Q3", "62% = ?"],
        ),
        // What is counted is no part of what is earned.
        ("Complaints from the largest customer, 5.4% of revenue, fell.", &["5.4% = ?"]),
        (
            "Staff costs were £1.1m, 36.1% of revenue, and GOP $12.7M, 30.8%.",
            &[
                "£1.1m = ?",
                "36.1% = staff_cost_ratio FY2025-Q3",
                "$12.7M = GOP FY2025-Q3",
                "30.8% = GOP_margin FY2025-Q3",
            ],
        ),
    ]);
}

#[test]
fn a_sentence_that_divides_a_whole() {
    let source = "metric,period,scenario,segment,value,unit
arr,FY2025-Q3,actual,,1000000,USD
arr,FY2025-Q3,actual,Large,560000,USD
arr,FY2025-Q3,actual,Medium,310000,USD
arr,FY2025-Q3,actual,Small,130000,USD
";
    for text in [
        "Of ARR, 56% is Large, 31% Medium and 13% Small.",
        "Of ARR, Large accounts for 56%, Medium for 31% and Small for 13%.",
        "Large 56%, Medium 31%, Small 13%: that is how ARR divides.",
    ] {
        let deck = Binder::of(&format!("---\nperiod: Q3 FY25\n---\n\n{text}\n")).with_source("metrics.csv", source);
        let parts = ["56% = arr Large", "31% = arr Medium", "13% = arr Small"];
        assert_eq!(shown(&deck.bound()), parts.map(|part| format!("{part} FY2025-Q3 share")), "{text}");
    }
}

#[test]
fn months_of_cover_are_of_nothing_that_is_held_or_spent() {
    check(&[
        ("Cash of $8.4M gives 3.2 months of cover.", &["$8.4M = cash FY2025-Q3", "3.2 months = ?"]),
        ("Cash covers 3.2 months of costs.", &["3.2 months = ?"]),
    ]);
}

#[test]
fn shares_of_a_whole_that_nothing_knows() {
    super::check(&[
        ("R&D took $9.1M, 16.2% of spending.", &["$9.1M = rnd FY2025-Q3", "16.2% = rnd FY2025-Q3 share on spending"]),
        (
            "R&D was $9.1M (16.2% of all spending in the quarter).",
            &["$9.1M = rnd FY2025-Q3", "16.2% = rnd FY2025-Q3 share on all spending"],
        ),
        // Of something else, or of a plan.
        ("R&D took $9.1M, 60% of which went to tools.", &["$9.1M = rnd FY2025-Q3", "60% = ?"]),
        ("R&D took $9.1M, 16.2% of engineers left.", &["$9.1M = rnd FY2025-Q3", "16.2% = ?"]),
    ]);
}

#[test]
fn shares_before_the_names_of_their_parts() {
    super::check(&[
        (
            "Revenue was $56.2M: 54% North and 46% South.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "54% = revenue North FY2025-Q3 share",
                "46% = revenue South FY2025-Q3 share",
            ],
        ),
        (
            "Revenue was 60% order intake and 40% R&D.",
            &["60% = order_intake FY2025-Q3 share on revenue", "40% = rnd FY2025-Q3 share on revenue"],
        ),
        // They come to no whole.
        ("Revenue was $56.2M: 14% North and 9% South.", &["$56.2M = revenue FY2025-Q3", "14% = ?", "9% = ?"]),
    ]);
}

#[test]
fn wholes_behind_their_shares() {
    check(&[
        (
            "Other revenue of $3.1M is 7.5% of the group's $41.3M.",
            &[
                "$3.1M = other_revenue FY2025-Q3",
                "7.5% = other_revenue FY2025-Q3 share on total_revenue",
                "$41.3M = total_revenue FY2025-Q3",
            ],
        ),
        (
            "Spa revenue of $2.9M is 7.0% of the total of $41.3M.",
            &[
                "$2.9M = total_revenue Spa FY2025-Q3",
                "7.0% = total_revenue Spa FY2025-Q3 share",
                "$41.3M = total_revenue FY2025-Q3",
            ],
        ),
        // What it moved from was the same share.
        (
            "The spa was 7.0% of total revenue, from 6.4% in Q2 FY25.",
            &["7.0% = total_revenue Spa FY2025-Q3 share", "6.4% = total_revenue Spa FY2025-Q2 share"],
        ),
        // What adds up and has such a part is one thing alone.
        ("The spa is 7.0% of the company.", &["7.0% = total_revenue Spa FY2025-Q3 share"]),
        // A part of what was counted has no name.
        ("Of 212 complaints received in the quarter, 64 were upheld.", &["212 = complaints FY2025-Q3", "64 = ?"]),
    ]);
}
