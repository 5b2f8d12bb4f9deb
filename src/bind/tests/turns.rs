//! Sentences that turn to another time, plan or name than the one they opened with.

use super::check;

#[test]
fn a_clause_turns_to_a_time_of_its_own() {
    check(&[
        (
            "In the nine months to September revenue was $158.2M, 9% ahead of the $145.1M of the same period in 2024.",
            &[
                "$158.2M = revenue FY2025-Q3-YTD",
                "9% = revenue FY2025-Q3-YTD growth on FY2024-Q3-YTD",
                "$145.1M = revenue FY2024-Q3-YTD",
            ],
        ),
        (
            "Revenue is $56.2M, after a dip to $54.0M in Q2, and yet $0.8M shy of plan.",
            &["$56.2M = revenue FY2025-Q3", "$54.0M = revenue FY2025-Q2", "$0.8M = revenue FY2025-Q3 variance on plan"],
        ),
        (
            "Revenue of $56.2M brings the year to date to $158.2M, against $145.1M a year ago.",
            &["$56.2M = revenue FY2025-Q3", "$158.2M = revenue FY2025-Q3-YTD", "$145.1M = revenue FY2024-Q3-YTD"],
        ),
        (
            "Revenue in July was 3.1% ahead of July 2024 and September 4.9% ahead of September 2024.",
            &["3.1% = revenue 2025-07 growth on 2024-07", "4.9% = revenue 2025-09 growth on 2024-09"],
        ),
        (
            "Revenue of $56.2M is 17% above the level of Q3 FY24.",
            &["$56.2M = revenue FY2025-Q3", "17% = revenue FY2025-Q3 growth on FY2024-Q3"],
        ),
        ("Revenue grew 7.4% in the last quarter of the contract.", &["7.4% = ?"]),
        // What flows was not there when the quarter began; a balance was.
        (
            "We opened the quarter with revenue of $56.2M, 4.1% more than in Q2.",
            &["$56.2M = revenue FY2025-Q3", "4.1% = revenue FY2025-Q3 growth on FY2025-Q2"],
        ),
        ("We opened the quarter with ARR of $38.1M.", &["$38.1M = arr FY2025-Q2"]),
        ("Last year at this point revenue was $48.2M.", &["$48.2M = revenue FY2024-Q3"]),
        // What a time is set against is not what is told behind it.
        ("Q3 is softer than Q2: revenue grew 7.4% year on year.", &["7.4% = revenue FY2025-Q3 growth on FY2024-Q3"]),
    ]);
}

#[test]
fn a_metric_in_basis_points_has_levels_in_them() {
    check(&[(
        "Fraud losses, which are set against revenue, were 3.2 bps against 3.6 bps in Q2.\n\n| | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| Fraud losses, bps | 3.2 | 3.6 |",
        &[
            "3.2 bps = Fraud losses FY2025-Q3",
            "3.6 bps = Fraud losses FY2025-Q2",
            "3.2 = Fraud losses FY2025-Q3",
            "3.6 = Fraud losses FY2025-Q2",
        ],
    )]);
    check(&[(
        "Fraud losses fell to 3.2 bps from 3.6 bps in Q2, 0.4 bps better; a year ago they were 4.0 bps.\n\n| | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| Fraud losses, bps | 3.2 | 3.6 |",
        &[
            "3.2 bps = Fraud losses FY2025-Q3",
            "3.6 bps = Fraud losses FY2025-Q2",
            "0.4 bps = Fraud losses FY2025-Q3 change on FY2025-Q2",
            "4.0 bps = ?",
            "3.2 = Fraud losses FY2025-Q3",
            "3.6 = Fraud losses FY2025-Q2",
        ],
    )]);
}

#[test]
fn a_gap_to_a_plan_is_told_behind_it() {
    check(&[
        (
            "Revenue was $56.2M against a budget of $57.0M, a shortfall of $0.8M.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "$57.0M = revenue FY2025-Q3 budget",
                "$0.8M = revenue FY2025-Q3 variance on budget",
            ],
        ),
        (
            "Revenue was $1.2M over plan at $56.2M, EBITDA $0.4M under it at $12.9M.",
            &[
                "$1.2M = revenue FY2025-Q3 variance on plan",
                "$56.2M = revenue FY2025-Q3",
                "$0.4M = ebitda FY2025-Q3 variance on plan",
                "$12.9M = ebitda FY2025-Q3",
            ],
        ),
        (
            "The full-year budget is unchanged: revenue of $225M and EBITDA of $50M.",
            &["$225M = revenue FY2025 budget", "$50M = ebitda FY2025 budget"],
        ),
    ]);
}

#[test]
fn another_name_takes_over() {
    check(&[
        (
            "Revenue came to $56.2M, $2.2M better than last quarter, with EBITDA down to $12.9M from $13.4M.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "$2.2M = revenue FY2025-Q3 change on FY2025-Q2",
                "$12.9M = ebitda FY2025-Q3",
                "$13.4M = ebitda FY2025-Q2",
            ],
        ),
        ("Revenue of $56.2M, and $15M of undrawn facility.", &["$56.2M = revenue FY2025-Q3", "$15M = ?"]),
        ("R&D was 16% of revenue ($9.1M).", &["16% = rnd FY2025-Q3 share on revenue", "$9.1M = rnd FY2025-Q3"]),
        ("After $9.1M of R&D, EBITDA was $12.9M.", &["$9.1M = rnd FY2025-Q3", "$12.9M = ebitda FY2025-Q3"]),
        ("Revenue per customer rose by $1.2M to $7.8M.", &["$1.2M = ?", "$7.8M = ?"]),
        (
            "EBITDA was $12.9M, or $11.2M at the $10.8M that excludes grants.",
            &["$12.9M = ebitda FY2025-Q3", "$11.2M = ebitda FY2025-Q3", "$10.8M = ?"],
        ),
    ]);
}

#[test]
fn a_line_goes_on_about_the_line_before() {
    check(&[
        (
            "- Q3: revenue of $56.2M against $54.0M in Q2\n- Q2: $54.0M",
            &["$56.2M = revenue FY2025-Q3", "$54.0M = revenue FY2025-Q2", "$54.0M = revenue FY2025-Q2"],
        ),
        (
            "- ARR reached $42.3M\n- Full-year target unchanged at $46M",
            &["$42.3M = arr FY2025-Q3", "$46M = arr FY2025 target"],
        ),
        ("- ARR reached $42.3M\n- Full-year target unchanged at 350", &["$42.3M = arr FY2025-Q3", "350 = ?"]),
        ("- Q3: revenue of $56.2M\n- Q2: a grant of $1.0M", &["$56.2M = revenue FY2025-Q3", "$1.0M = ?"]),
        ("ARR was $42.3M vs $41.0M.", &["$42.3M = arr FY2025-Q3", "$41.0M = arr FY2025-Q3 plan"]),
        (
            "ARR of $42.3M compares with a plan of $41.0M, and with a budget of $41.5M.",
            &["$42.3M = arr FY2025-Q3", "$41.0M = arr FY2025-Q3 plan", "$41.5M = arr FY2025-Q3 budget"],
        ),
    ]);
}

#[test]
fn what_is_said_beside_a_name_and_is_not_of_it() {
    check(&[
        // A month of its own is no rate.
        ("Revenue of $56.2M had a record month.", &["$56.2M = revenue FY2025-Q3"]),
        ("That is 300 new patients a day.", &["300 = ?"]),
        ("North's revenue of $30.1M was the best growth of the two.", &["$30.1M = revenue North FY2025-Q3", "two = ?"]),
        // A title of two things lends neither.
        ("## ARR and debt\n\nWe drew $6.5M.", &["$6.5M = ?"]),
        ("Licences are reported apart from revenue; they brought in $2.1M.", &["$2.1M = ?"]),
        // What is bound by its value has the period's name too.
        (
            "ARR climbed to $42.3M at the end of September; in June it stood at $40.0M.",
            &["$42.3M = arr FY2025-Q3", "$40.0M = arr FY2025-Q2"],
        ),
    ]);
}
