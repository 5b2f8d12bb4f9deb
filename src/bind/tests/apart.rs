//! Numbers that stand beside a metric's name and are none of its levels: what is bound of a text, and what is left alone.

use super::{bound, shown};

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
