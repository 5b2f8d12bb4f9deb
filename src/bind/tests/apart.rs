//! Numbers that stand beside a metric's name and are none of its levels: what is bound of a text, and what is left alone.

use super::{bound, check, shown};

/// Asserts which numbers of a text are bound to nothing; all others must be bound.
#[track_caller]
fn unbound(rows: &[(&str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, expected)| {
            let all = shown(&bound(text));
            let found: Vec<String> =
                all.iter().filter_map(|line| Some(line.strip_suffix(" = ?")?.to_owned())).collect();
            (text, expected, found, all)
        })
        .filter(|(_, expected, found, _)| *found != **expected)
        .map(|(text, expected, _, all)| format!("{text}\n  expected alone {expected:?}\n  found {all:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parts_of_a_change_are_no_levels() {
    unbound(&[
        ("Of the $8.0M increase in revenue over last year, North made $5.0M and South $3.0M.", &["$5.0M", "$3.0M"]),
        ("Revenue rose by $8.0M: North added $5.0M, South $3.0M.", &["$5.0M", "$3.0M"]),
        ("Revenue rose by $8.0M (North $5.0M, South $3.0M).", &["$5.0M", "$3.0M"]),
        ("Of the increase in revenue over last year, North delivered $5.0M.", &["$5.0M"]),
        ("ARR was $42.3M, an increase of $2.3M on the quarter and of $4.1M since June.", &["$4.1M"]),
        ("Revenue rose by $2.2M (Q2: $1.9M).", &["$1.9M"]),
        ("Revenue rose by $2.2M after $1.9M in Q2.", &["$1.9M"]),
        // What it moved to, or is far greater, is a level.
        ("Revenue rose by $2.2M to $56.2M (Q2: $54.0M).", &[]),
        ("ARR rose by $20.0M to $42.3M.", &[]),
    ]);
}

#[test]
fn nouns_of_difference_are_no_levels() {
    unbound(&[
        ("The ARR variance was $1.3M.", &["$1.3M"]),
        ("- ARR: actual $42.3M; plan $41.0M; variance $1.3M", &["$1.3M"]),
        ("The overspend on R&D was $0.4M.", &["$0.4M"]),
        ("The rise in revenue of $8.0M came from both divisions.", &[]),
        ("ARR was $42.3M, $1.3M (3.2%) to plan.", &["$1.3M", "3.2%"]),
        ("Headcount will be 330 in Q4, twelve above today's level.", &["twelve"]),
    ]);
}

#[test]
fn differences_of_two_metrics_are_of_neither() {
    unbound(&[
        ("Order intake exceeded revenue by $3.8M.", &["$3.8M"]),
        ("Order intake of $60.0M was ahead of revenue by $3.8M.", &["$3.8M"]),
        ("The gap between order intake and revenue was $3.8M.", &["$3.8M"]),
        ("Order intake less revenue came to $3.8M.", &["$3.8M"]),
        // Of what is named behind it, and not of revenue.
        ("Revenue rose 16.6% on 9.2% more headcount.", &[]),
        ("ARR exceeded plan by $1.3M.", &[]),
    ]);
}

#[test]
fn changes_over_several_times_have_no_usual_base() {
    unbound(&[
        ("Over two years revenue has grown 31%.", &["two years", "31%"]),
        ("Revenue has grown by 31% over the past two years.", &["31%", "two years"]),
        ("Since 2021 revenue has grown 31%.", &["31%"]),
        ("Revenue grew by 31% between 2021 and 2025.", &["31%"]),
        ("Revenue rose 16.6% year on year.", &[]),
    ]);
}

#[test]
fn plans_cover_what_they_head_and_no_more() {
    super::check(&[
        ("ARR of $42.3M matched the plan of $41.0M.", &["$42.3M = arr FY2025-Q3", "$41.0M = arr FY2025-Q3 plan"]),
        ("ARR was $42.3M where we had planned $41.0M.", &["$42.3M = arr FY2025-Q3", "$41.0M = arr FY2025-Q3 plan"]),
        (
            "ARR of $42.3M was in line with the plan of $41.0M.",
            &["$42.3M = arr FY2025-Q3", "$41.0M = arr FY2025-Q3 plan"],
        ),
        ("Plan: revenue $55.0M, ARR $41.0M.", &["$55.0M = revenue FY2025-Q3 plan", "$41.0M = arr FY2025-Q3 plan"]),
        (
            "We had planned for revenue of $55.0M and ARR of $41.0M.",
            &["$55.0M = revenue FY2025-Q3 plan", "$41.0M = arr FY2025-Q3 plan"],
        ),
        (
            "- ARR $42.3M vs plan $41.0M (+$1.3M) and PY $36.0M (+$6.3M)",
            &[
                "$42.3M = arr FY2025-Q3",
                "$41.0M = arr FY2025-Q3 plan",
                "+$1.3M = arr FY2025-Q3 variance on plan",
                "$36.0M = arr FY2024-Q3",
                "+$6.3M = arr FY2025-Q3 change on FY2024-Q3",
            ],
        ),
    ]);
    super::check(&[(
        "Leverage is expected to improve to 2.0x in Q4 from 2.2x now.",
        &["2.0x = leverage FY2025-Q4 forecast", "2.2x = leverage FY2025-Q3"],
    )]);
}

#[test]
fn another_order_is_another_thing() {
    check(&[
        ("Deferred and prepaid revenue was $3.1M.", &["$3.1M = ?"]),
        ("Partner-sourced revenue was $1.9M.", &["$1.9M = ?"]),
        ("ARR is $0.4M short of $42.7M.", &["$0.4M = ?", "$42.7M = arr -"]),
        // A slip of the keyboard, another time and a plan are the metric's, and so is what is said of nothing else.
        ("Across the group ARR reached $42.3K.", &["$42.3K = arr FY2025-Q3"]),
        ("Revenue was $5.2M.", &["$5.2M = revenue FY2025-Q3"]),
    ]);
}

#[test]
fn somebody_else_has_it() {
    check(&[
        ("By comparison, Northwind (listed) reports revenue of $50.1M.", &["$50.1M = ?"]),
        ("The Lyon plant had an order intake of $41.0M.", &["$41.0M = ?"]),
        ("The Berlin office has 241 employees.", &["241 = ?"]),
        ("Management reported revenue of $55.1M.", &["$55.1M = revenue FY2025-Q3"]),
        ("Despite a wet summer, we had revenue of $55.1M.", &["$55.1M = revenue FY2025-Q3"]),
        ("Lyon reported revenue of $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
        ("South had revenue of $25.1M.", &["$25.1M = revenue South FY2025-Q3"]),
    ]);
}

#[test]
fn another_footing_and_supposed_cases() {
    check(&[
        ("Revenue was $55.4M at constant currency.", &["$55.4M = ?"]),
        ("Including contractors, headcount is 331.", &["331 = ?"]),
        ("Headcount of 318 (331 with contractors).", &["318 = headcount FY2025-Q3", "331 = ?"]),
        ("EBITDA before restructuring was $13.4M.", &["$13.4M = ?"]),
        ("In the adverse case revenue falls to $50.0M.", &["$50.0M = ?"]),
        ("The earn-out is due once revenue passes $60.0M.", &["$60.0M = ?"]),
        ("If revenue rose to $60.0M, all would gain.", &["$60.0M = ?"]),
        ("$42.0M of ARR is up for renewal.", &["$42.0M = ?"]),
        ("We hold $30.0M of our ARR in trust.", &["$30.0M = ?"]),
        ("Headcount was 318, or 315.2 to each site.", &["318 = headcount FY2025-Q3", "315.2 = ?"]),
    ]);
}

#[test]
fn arrows_and_comparatives() {
    check(&[
        ("ARR: $40.0M → $42.3M.", &["$40.0M = arr FY2025-Q2", "$42.3M = arr FY2025-Q3"]),
        (
            "ARR: $36.1M → $38.0M → $40.0M → $42.3M",
            &["$36.1M = ?", "$38.0M = ?", "$40.0M = ?", "$42.3M = arr FY2025-Q3"],
        ),
        ("ARR $40.0M -> $42.3M", &["$40.0M = arr FY2025-Q2", "$42.3M = arr FY2025-Q3"]),
        (
            "Revenue was $56.2M, $2.2M stronger than in Q2.",
            &["$56.2M = revenue FY2025-Q3", "$2.2M = revenue FY2025-Q3 change on FY2025-Q2"],
        ),
        (
            "Revenue rose 4% in the quarter and 17% over the year.",
            &["4% = revenue FY2025-Q3 growth", "17% = revenue FY2025-Q3 growth on FY2024-Q3"],
        ),
    ]);
}

#[test]
fn what_drives_a_change_is_not_the_change() {
    check(&[
        (
            "EBITDA fell $2.0M: $2.5M from lost tenders and $0.5M from freight.",
            &["$2.0M = ebitda FY2025-Q3 change", "$2.5M = ?", "$0.5M = ?"],
        ),
        (
            "R&D was $0.3M over budget, as licences were $0.5M over budget.",
            &["$0.3M = rnd FY2025-Q3 variance on budget", "$0.5M = ?"],
        ),
    ]);
}

#[test]
fn rates_openings_and_what_is_set_against_a_plan() {
    check(&[
        ("Monthly revenue: $18.7M", &["$18.7M = ?"]),
        ("- Opening ARR: $40.0M", &["$40.0M = arr FY2025-Q2"]),
        ("Against budget, R&D was $0.3M lower.", &["$0.3M = rnd FY2025-Q3 variance on budget"]),
        ("Revenue was $8.0M favorable to last year.", &["$8.0M = revenue FY2025-Q3 change on FY2024-Q3"]),
        ("R&D has 84 employees.", &["84 = ?"]),
        // A clause may open with its comma, where a text was cut.
        ("Costs fell;, revenue was $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
    ]);
}
