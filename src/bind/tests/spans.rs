//! Times that are opened, run up to now, or are several: and parts that are only mentioned.

use super::check;

#[test]
fn what_a_time_opens_with_and_closes_with() {
    check(&[
        (
            "We started the quarter with ARR of $40.0M and ended it with $42.3M.",
            &["$40.0M = arr FY2025-Q2", "$42.3M = arr FY2025-Q3"],
        ),
        ("ARR opened at $40.0M and closed at $42.3M.", &["$40.0M = arr FY2025-Q2", "$42.3M = arr FY2025-Q3"]),
        ("Going into the quarter, ARR was $40.0M.", &["$40.0M = arr FY2025-Q2"]),
        ("ARR stood at $40.0M when the quarter began.", &["$40.0M = arr FY2025-Q2"]),
        // What is wrong is held against the balance that it is said to be.
        (
            "We began the quarter with ARR of $42.3M and ended it with $40.0M.",
            &["$42.3M = arr FY2025-Q2", "$40.0M = arr FY2025-Q3"],
        ),
        ("At this point last year revenue was $48.2M.", &["$48.2M = revenue FY2024-Q3"]),
        ("This time last year revenue was $42.8M.", &["$42.8M = revenue FY2024-Q3"]),
    ]);
}

#[test]
fn spans_that_run_up_to_now() {
    check(&[
        ("Revenue after nine months was $160.1M.", &["$160.1M = revenue FY2025-Q3-YTD"]),
        ("Cumulative revenue is $160.1M.", &["$160.1M = revenue FY2025-Q3-YTD"]),
        ("To date, revenue is $160.1M.", &["$160.1M = revenue FY2025-Q3-YTD"]),
        ("Revenue since January is $160.1M.", &["$160.1M = revenue -"]),
        // Eight months are no span of a third quarter's report.
        ("In the first eight months revenue was $140.2M.", &["$140.2M = revenue -"]),
        ("Revenue was $160.1M.", &["$160.1M = revenue FY2025-Q3"]),
    ]);
}

#[test]
fn several_times_and_steps_between_them() {
    check(&[
        ("Q2 and Q3 together brought revenue of $110.2M.", &["$110.2M = revenue -"]),
        (
            "ARR rose from $38.0M to $41.4M and now $42.3M.",
            &["$38.0M = arr -", "$41.4M = arr -", "$42.3M = arr FY2025-Q3"],
        ),
        ("Revenue over the three years was $160.1M.", &["three years = ?", "$160.1M = revenue -"]),
        ("Over the three years ARR rose to $42.3M.", &["three years = ?", "$42.3M = arr FY2025-Q3"]),
        ("The lowest revenue was $48.2M, in Q3 2024.", &["$48.2M = revenue FY2024-Q3"]),
        ("Headcount ranged from 302 to 318.", &["302 = headcount -", "318 = headcount -"]),
        ("Headcount rose from 302 to 318.", &["302 = headcount -", "318 = headcount FY2025-Q3"]),
    ]);
}

#[test]
fn parts_that_are_only_mentioned() {
    check(&[
        ("# North holds back growth\n\nRevenue was $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
        ("# North holds back growth\n\nRevenue was $30.1M.", &["$30.1M = revenue North FY2025-Q3"]),
        ("# North\n\nGroup revenue was $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
        ("Despite a weak North, revenue reached $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
        // A title that is the part's name, and a sentence that is of it, stay of it.
        ("# North\n\nRevenue was $56.2M.", &["$56.2M = revenue North FY2025-Q3"]),
        ("In North, revenue was $56.2M.", &["$56.2M = revenue North FY2025-Q3"]),
        ("# North holds back growth\n\nRevenue was $56.9M.", &["$56.9M = revenue North FY2025-Q3"]),
    ]);
}
