//! What tables and texts call a metric or a part, and what it is bound to.

use super::check;

#[test]
fn rows_that_come_to_the_row_below_are_its_parts() {
    check(&[
        // The part behind the comma is a row of its own.
        (
            "| | 30 September 2025 |\n|---|---:|\n| General needs, homes | 5,242 |\n| Supported, homes | 748 |\n| Homes | 5,990 |",
            &["5,242 = Homes General needs FY2025-Q3", "748 = Homes Supported FY2025-Q3", "5,990 = Homes FY2025-Q3"],
        ),
        // Segments of another table, above what they add up to.
        (
            "| $M | Q3 FY25 |\n|---|---:|\n| North | 20.0 |\n| South | 5.5 |\n| Capital expenditure | 25.5 |",
            &[
                "20.0 = Capital expenditure North FY2025-Q3",
                "5.5 = Capital expenditure South FY2025-Q3",
                "25.5 = Capital expenditure FY2025-Q3",
            ],
        ),
        // What does not add up is no part of anything.
        (
            "| | 30 September 2025 |\n|---|---:|\n| Empty, homes | 42 |\n| Let again, homes | 748 |\n| Homes | 5,990 |",
            &["42 = Empty, homes FY2025-Q3", "748 = Let again, homes FY2025-Q3", "5,990 = Homes FY2025-Q3"],
        ),
    ]);
}

#[test]
fn the_whole_company_goes_without_saying_and_abbreviations_are_spelled_out() {
    check(&[
        (
            "| $M | Q3 FY25 |\n|---|---:|\n| Group EBITDA | 12.9 |\n| Group R&D | 9.1 |",
            &["12.9 = ebitda FY2025-Q3", "9.1 = Group R&D FY2025-Q3"],
        ),
        (
            "| $M | Q3 FY25 |\n|---|---:|\n| Annualized recurring revenue | 42.3 |\n| Research and development | 9.1 |",
            &["42.3 = arr FY2025-Q3", "9.1 = rnd FY2025-Q3"],
        ),
        (
            "```mermaid\nxychart-beta\n    title \"Group revenue by quarter, $m\"\n    x-axis [\"Q3 24\", \"Q2 25\", \"Q3 25\"]\n    bar [48.2, 54.0, 56.2]\n```",
            &["48.2 = revenue FY2024-Q3", "54.0 = revenue FY2025-Q2", "56.2 = revenue FY2025-Q3"],
        ),
    ]);
}
