//! Rows and columns that are parts of what a title, a total or a walk names: one small table and what each of its numbers is bound to.

use super::{check, shown};
use crate::rules::examples::Binder;

#[test]
fn a_corner_says_what_its_rows_are_parts_of() {
    check(&[
        (
            "| Output, GWh | Q3 FY25 |\n|---|---:|\n| Ardmore | 102.6 |\n| Corrin | 64.8 |\n| Total | 167.4 |",
            &["102.6 = Output Ardmore FY2025-Q3", "64.8 = Output Corrin FY2025-Q3", "167.4 = Output FY2025-Q3"],
        ),
        (
            "| Pupils | 30 September 2025 |\n|---|---:|\n| Ashdown | 486 |\n| Holm | 742 |\n| Total | 1,228 |",
            &["486 = Pupils Ashdown FY2025-Q3", "742 = Pupils Holm FY2025-Q3", "1,228 = Pupils FY2025-Q3"],
        ),
        // The corner says what the rows are, the lead what is measured of them.
        (
            "Ore moved, t\n\n| Pit | Q3 FY25 | Q3 FY24 |\n|---|---:|---:|\n| Kestrel | 1,486 | 1,402 |\n| Raven | 742 | 751 |\n| All pits | 2,228 | 2,153 |",
            &[
                "1,486 = Ore moved Kestrel FY2025-Q3",
                "1,402 = Ore moved Kestrel FY2024-Q3",
                "742 = Ore moved Raven FY2025-Q3",
                "751 = Ore moved Raven FY2024-Q3",
                "2,228 = Ore moved FY2025-Q3",
                "2,153 = Ore moved FY2024-Q3",
            ],
        ),
        (
            "Customers at quarter end\n\n| | Q3 FY25 |\n|---|---:|\n| Large | 318 |\n| Small | 1,062 |\n| Total | 1,380 |",
            &["318 = Customers Large FY2025-Q3", "1,062 = Customers Small FY2025-Q3", "1,380 = Customers FY2025-Q3"],
        ),
        // What teams are called is elsewhere a cost.
        (
            "| $M | Q3 FY25 |\n|---|---:|\n| Sales & marketing | 14.2 |\n| Research | 8.0 |\n| Operating expenses | 22.2 |\n\n## B2. Headcount\n\n| Team | Q3 FY25 |\n|---|---:|\n| Sales & marketing | 231 |\n| Research | 204 |\n| Total | 435 |",
            &[
                "14.2 = Sales & marketing FY2025-Q3",
                "8.0 = Research FY2025-Q3",
                "22.2 = Operating expenses FY2025-Q3",
                "231 = headcount Sales & marketing FY2025-Q3",
                "204 = headcount Research FY2025-Q3",
                "435 = headcount FY2025-Q3",
            ],
        ),
        // Whose it is comes first.
        (
            "# Sensors group: quarterly turnover\n\n| $M | Q3 FY25 |\n|---|---:|\n| Europe | 19.2 |\n| Asia | 15.1 |\n| Total | 34.3 |",
            &[
                "19.2 = quarterly turnover Europe FY2025-Q3",
                "15.1 = quarterly turnover Asia FY2025-Q3",
                "34.3 = quarterly turnover FY2025-Q3",
            ],
        ),
    ]);
}

#[test]
fn a_column_of_shares_says_what_its_rows_are_parts_of() {
    let table = |head: &str, last: &str, rest: &str| {
        format!(
            "| | {head} | $ |\n|---|---:|---:|\n| Wells | 80% | 640 |\n| Surveys | 20% | 160 |\n| {last} | {rest} | 800 |"
        )
    };
    let parts = |metric: &str| {
        [("Wells", "80%", "640"), ("Surveys", "20%", "160"), ("", "100%", "800")]
            .into_iter()
            .flat_map(|(part, share, amount)| {
                let own = if part.is_empty() { metric.to_owned() } else { format!("{metric} {part}") };
                [format!("{share} = {own} FY2025-Q3 share on "), format!("{amount} = {own} FY2025-Q3")]
            })
            .collect::<Vec<_>>()
    };
    let bound = |table: String| {
        let deck = Binder::of(&format!("# Report, Q3 FY25\n\n{table}\n")).bound();
        shown(&deck)
    };
    assert_eq!(bound(table("Share of giving", "**Total giving**", "100%")), parts("Total giving"));
    assert_eq!(bound(table("% of giving", "Total", "100%")), parts("giving"));
    // Costs in per cent of revenue are no parts of it.
    assert!(bound(table("% of revenue", "Total", "62%")).iter().all(|line| !line.contains("revenue Wells")));
}

#[test]
fn numbers_of_a_column_over_all_times_have_none() {
    let deck = |text: &str| {
        let table = "| $m | 2026 | 2027 | Total |\n|---|---:|---:|---:|\n| Quay extension | 62.1 | 83.4 | 145.5 |\n| Cranes | 21.2 | 48.3 | 69.5 |";
        Binder::of(&format!("# Capital plan 2026\n\n{text}\n\n{table}\n")).bound()
    };
    for (text, expected) in [
        ("The largest item is the quay at $145.5m.", "$145.5m = Quay extension -"),
        ("The largest item is the quay at $62.1m.", "$62.1m = Quay extension FY2026"),
    ] {
        assert_eq!(shown(&deck(text))[0], expected, "{text}");
    }
}

#[test]
fn a_last_row_that_the_others_come_to_is_the_whole() {
    check(&[
        (
            "| Visitors, thousand | Q3 FY25 | Q3 FY24 |\n|---|---:|---:|\n| Mill | 48.2 | 44.1 |\n| Abbey | 31.5 | 33.0 |\n| All sites | 79.7 | 77.1 |",
            &[
                "48.2 = Visitors Mill FY2025-Q3",
                "44.1 = Visitors Mill FY2024-Q3",
                "31.5 = Visitors Abbey FY2025-Q3",
                "33.0 = Visitors Abbey FY2024-Q3",
                "79.7 = Visitors FY2025-Q3",
                "77.1 = Visitors FY2024-Q3",
            ],
        ),
        (
            "| | Posts | Vacancy rate |\n|---|---:|---:|\n| Wards | 214 | 8.4% |\n| Theatres | 88 | 8.0% |\n| Labs | 41 | 9.8% |\n| **Hospital** | **343** | **8.5%** |",
            &[
                "214 = Posts Wards FY2025-Q3",
                "8.4% = Vacancy rate Wards FY2025-Q3",
                "88 = Posts Theatres FY2025-Q3",
                "8.0% = Vacancy rate Theatres FY2025-Q3",
                "41 = Posts Labs FY2025-Q3",
                "9.8% = Vacancy rate Labs FY2025-Q3",
                "343 = Posts FY2025-Q3",
                "8.5% = Vacancy rate FY2025-Q3",
            ],
        ),
        // The last row names what is counted, and the corner only what it is counted among.
        (
            "| Sailings | Q3 FY25 | Q3 FY24 |\n|---|---:|---:|\n| Weather | 31 | 48 |\n| Technical | 12 | 9 |\n| **Sailings cancelled** | 43 | 57 |",
            &[
                "31 = Sailings cancelled Weather FY2025-Q3",
                "48 = Sailings cancelled Weather FY2024-Q3",
                "12 = Sailings cancelled Technical FY2025-Q3",
                "9 = Sailings cancelled Technical FY2024-Q3",
                "43 = Sailings cancelled FY2025-Q3",
                "57 = Sailings cancelled FY2024-Q3",
            ],
        ),
        // Two measures of one source, each below its own parts.
        (
            "| $M | Q3 FY25 |\n|---|---:|\n| North | 33.0 |\n| South | 27.0 |\n| Order intake | 60.0 |\n| North | 30.1 |\n| South | 26.1 |\n| Revenue | 56.2 |",
            &[
                "33.0 = order_intake North FY2025-Q3",
                "27.0 = order_intake South FY2025-Q3",
                "60.0 = order_intake FY2025-Q3",
                "30.1 = revenue North FY2025-Q3",
                "26.1 = revenue South FY2025-Q3",
                "56.2 = revenue FY2025-Q3",
            ],
        ),
    ]);
}

#[test]
fn a_measure_that_rows_come_to_is_what_they_are_parts_of() {
    check(&[
        // One of them sounds like a measure itself.
        (
            "# Lending\n\n| $M | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| Personal | 412.8 | 389.5 |\n| Point of sale | 148.3 | 141.9 |\n| Small business | 173.7 | 169.8 |\n| Total loans | 734.8 | 701.2 |",
            &[
                "412.8 = Total loans Personal FY2025-Q3",
                "389.5 = Total loans Personal FY2025-Q2",
                "148.3 = Total loans Point of sale FY2025-Q3",
                "141.9 = Total loans Point of sale FY2025-Q2",
                "173.7 = Total loans Small business FY2025-Q3",
                "169.8 = Total loans Small business FY2025-Q2",
                "734.8 = Total loans FY2025-Q3",
                "701.2 = Total loans FY2025-Q2",
            ],
        ),
        // The steps of a walk are no parts of its end.
        (
            "| | Q3 FY25 |\n|---|---:|\n| Members at start | 24,610 |\n| Joiners | 1,182 |\n| Leavers | (947) |\n| **Members at end** | 24,845 |",
            &[
                "24,610 = Members FY2025-Q2",
                "1,182 = Joiners FY2025-Q3",
                "(947) = Leavers FY2025-Q3",
                "24,845 = Members FY2025-Q3",
            ],
        ),
    ]);
}

#[test]
fn lines_of_a_statement_are_measures_of_their_own() {
    check(&[
        // It goes on with costs: what revenue is made up of is told by line, and not by who or where.
        (
            "| $M | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| Licences | 2.1 | 2.3 |\n| Subscriptions | 6.9 | 5.4 |\n| **Turnover** | 9.0 | 7.7 |\n| Salaries | 4.1 | 3.9 |\n| Surplus | 4.9 | 3.8 |",
            &[
                "2.1 = Licences FY2025-Q3",
                "2.3 = Licences FY2025-Q2",
                "6.9 = Subscriptions FY2025-Q3",
                "5.4 = Subscriptions FY2025-Q2",
                "9.0 = Turnover FY2025-Q3",
                "7.7 = Turnover FY2025-Q2",
                "4.1 = Salaries FY2025-Q3",
                "3.9 = Salaries FY2025-Q2",
                "4.9 = Surplus FY2025-Q3",
                "3.8 = Surplus FY2025-Q2",
            ],
        ),
        // A rate of the whole goes on with nothing.
        (
            "| $M | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| Rooms | 61.4 | 57.2 |\n| Spa | 24.8 | 23.9 |\n| **Turnover** | 86.2 | 81.1 |\n| Occupancy | 74% | 71% |",
            &[
                "61.4 = Turnover Rooms FY2025-Q3",
                "57.2 = Turnover Rooms FY2025-Q2",
                "24.8 = Turnover Spa FY2025-Q3",
                "23.9 = Turnover Spa FY2025-Q2",
                "86.2 = Turnover FY2025-Q3",
                "81.1 = Turnover FY2025-Q2",
                "74% = Occupancy FY2025-Q3",
                "71% = Occupancy FY2025-Q2",
            ],
        ),
        // The title names what the parts come to, and nothing of what stands behind it.
        (
            "# Net fee income\n\n| | Q3 FY25 |\n|---|---:|\n| Permanent | 14.8 |\n| Temporary | 31.9 |\n| **Net fee income** | 46.7 |\n| Conversion rate | 14.2% |",
            &[
                "14.8 = Net fee income Permanent FY2025-Q3",
                "31.9 = Net fee income Temporary FY2025-Q3",
                "46.7 = Net fee income FY2025-Q3",
                "14.2% = Conversion rate FY2025-Q3",
            ],
        ),
        // What is left of costs is one of them.
        (
            "| | Q3 FY25 |\n|---|---:|\n| Power | 38.2 |\n| Other operating costs | 22.7 |\n| **Operating costs** | 60.9 |",
            &["38.2 = Power FY2025-Q3", "22.7 = Other operating costs FY2025-Q3", "60.9 = Operating costs FY2025-Q3"],
        ),
    ]);
}

#[test]
fn what_opens_and_closes_is_what_the_title_names() {
    check(&[
        (
            "| Bursary fund, £k | Q3 FY25 |\n|---|---:|\n| Opening balance | 1,318 |\n| Gifts | 61 |\n| Awards | (15) |\n| Closing balance | 1,364 |",
            &[
                "1,318 = Bursary fund FY2025-Q2",
                "61 = Gifts FY2025-Q3",
                "(15) = Awards FY2025-Q3",
                "1,364 = Bursary fund FY2025-Q3",
            ],
        ),
        // What a walk is called is not what it is of.
        (
            "| Cash flow, £k | Q3 FY25 |\n|---|---:|\n| Opening balance | 1,318 |\n| Receipts | 61 |\n| Closing balance | 1,379 |",
            &["1,318 = ?", "61 = Receipts FY2025-Q3", "1,379 = ?"],
        ),
    ]);
}

#[test]
fn the_company_is_a_part_where_another_has_more() {
    check(&[(
        "| Restaurants | Company | Franchise | System |\n|---|---:|---:|---:|\n| Start of quarter | 86 | 31 | 117 |\n| Opened | 5 | 2 | 7 |\n| End of quarter | 91 | 33 | 124 |",
        &[
            "86 = Restaurants Company FY2025-Q2",
            "31 = Restaurants Franchise FY2025-Q2",
            "117 = Restaurants FY2025-Q2",
            "5 = Opened Company FY2025-Q3",
            "2 = Opened Franchise FY2025-Q3",
            "7 = Opened FY2025-Q3",
            "91 = Restaurants Company FY2025-Q3",
            "33 = Restaurants Franchise FY2025-Q3",
            "124 = Restaurants FY2025-Q3",
        ],
    )]);
}

#[test]
fn parts_that_a_total_opens_or_that_sections_share_are_told_apart() {
    check(&[
        (
            "| | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| **Total crew** | 512 | 498 |\n| Deck | 301 | 290 |\n| Engine | 98 | 97 |\n| Galley | 113 | 111 |",
            &[
                "512 = Total crew FY2025-Q3",
                "498 = Total crew FY2025-Q2",
                "301 = Deck FY2025-Q3",
                "290 = Deck FY2025-Q2",
                "98 = Engine FY2025-Q3",
                "97 = Engine FY2025-Q2",
                "113 = Galley FY2025-Q3",
                "111 = Galley FY2025-Q2",
            ],
        ),
        (
            "| | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| **Total staff** | 512 | 498 |\n| Deck | 301 | 290 |\n| Engine | 98 | 97 |\n| Galley | 113 | 111 |",
            &[
                "512 = Total staff FY2025-Q3",
                "498 = Total staff FY2025-Q2",
                "301 = Total staff Deck FY2025-Q3",
                "290 = Total staff Deck FY2025-Q2",
                "98 = Total staff Engine FY2025-Q3",
                "97 = Total staff Engine FY2025-Q2",
                "113 = Total staff Galley FY2025-Q3",
                "111 = Total staff Galley FY2025-Q2",
            ],
        ),
        (
            "# Turnover by region and product\n\n| Region | Product | Q3 FY25 |\n|---|---|---:|\n| UK | Licences | 12.4 |\n| | Support | 6.1 |\n| EU | Licences | 9.2 |\n| | Support | 4.0 |",
            &[
                "12.4 = Turnover UK Licences FY2025-Q3",
                "6.1 = Turnover UK Support FY2025-Q3",
                "9.2 = Turnover EU Licences FY2025-Q3",
                "4.0 = Turnover EU Support FY2025-Q3",
            ],
        ),
    ]);
}
