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

/// A bank whose source says of no metric whether it is a balance.
const BANK: &str = "metric,period,scenario,segment,value,unit
mortgage_balances,FY2024-H2,actual,,2215150000,GBP
mortgage_balances,FY2024-H2,actual,Buy-to-let,478200000,GBP
mortgage_balances,FY2024-H2,actual,Commercial,1736950000,GBP
mortgage_balances,FY2025-H1,actual,,2292650000,GBP
mortgage_balances,FY2025-H1,actual,Buy-to-let,486900000,GBP
mortgage_balances,FY2025-H1,actual,Commercial,1805750000,GBP
arrears,FY2025-H1,actual,Buy-to-let,0.49,percent
arrears,FY2025-H1,actual,Commercial,1.18,percent
total_assets,FY2024-H2,actual,,2876200000,GBP
total_assets,FY2025-H1,actual,,2944900000,GBP
wav,FY2025-H1,actual,,48210,count
net_profit,FY2025-H1,actual,,8353000,GBP
";

fn bank(text: &str) -> Vec<String> {
    let text = format!("---\nperiod: H1 2025\n---\n\n{text}\n");
    super::shown(&crate::rules::examples::Binder::of(&text).with_source("metrics.csv", BANK).bound())
}

#[test]
fn labels_in_other_words_are_what_their_numbers_are() {
    assert_eq!(
        bank(
            "| £'000 | 30 June 2025 | 31 December 2024 |\n|---|---:|---:|\n| Loans to customers | 2,292,650 | 2,215,150 |\n| Other loans | 652,250 | 661,050 |\n| Total assets | 2,944,900 | 2,876,200 |\n| Total liabilities and equity | 2,944,900 | 2,876,200 |"
        ),
        [
            "2,292,650 = mortgage_balances FY2025-Q2",
            "2,215,150 = mortgage_balances FY2024-Q4",
            "652,250 = Other loans FY2025-Q2",
            "661,050 = Other loans FY2024-Q4",
            "2,944,900 = total_assets FY2025-Q2",
            "2,876,200 = total_assets FY2024-Q4",
            "2,944,900 = Total liabilities and equity FY2025-Q2",
            "2,876,200 = Total liabilities and equity FY2024-Q4",
        ]
    );
    // The initials are the name, and the number says that they are no others'.
    assert_eq!(bank("| | H1 2025 |\n|---|---:|\n| Weekly active vendors | 48,210 |"), ["48,210 = wav FY2025-H1"]);
    assert_eq!(
        bank("| | H1 2025 |\n|---|---:|\n| Weekly active vendors | 51,007 |"),
        ["51,007 = Weekly active vendors FY2025-H1"]
    );
}

#[test]
fn parts_under_a_title_in_other_words_are_of_the_metric_with_their_numbers() {
    assert_eq!(
        bank(
            "# Mortgage book\n\n| £m | 30 June 2025 | 31 December 2024 |\n|---|---:|---:|\n| Buy-to-let | 486.9 | 478.2 |\n| Commercial | 1,805.8 | 1,736.9 |\n| Total | 2,292.7 | 2,215.2 |"
        ),
        [
            "486.9 = mortgage_balances Buy-to-let FY2025-Q2",
            "478.2 = mortgage_balances Buy-to-let FY2024-Q4",
            "1,805.8 = mortgage_balances Commercial FY2025-Q2",
            "1,736.9 = mortgage_balances Commercial FY2024-Q4",
            "2,292.7 = mortgage_balances FY2025-Q2",
            "2,215.2 = mortgage_balances FY2024-Q4",
        ]
    );
}

#[test]
fn a_balance_of_a_half_is_stated_on_its_last_day() {
    let text = "---\nperiod: H1 2025\n---\n\n| £'000 | 30 June 2025 | 31 December 2024 |\n|---|---:|---:|\n| Total assets | 2,944,900 | 2,876,200 |\n";
    let deck = crate::rules::examples::Binder::of(text).with_source("metrics.csv", BANK).bound();
    let facts = crate::facts::Facts::new(&deck);
    assert!(deck.claims.iter().all(|claim| !facts.of(claim).is_empty()));
}

#[test]
fn the_word_for_what_all_parts_are_may_be_left_out() {
    let deck = crate::rules::examples::Binder::of(
        "---\nperiod: Q3 FY25\n---\n\n## Revenue by division\n\n| €m | Q3 FY25 |\n|---|---:|\n| City hotels | 31.4 |\n| Resorts | 48.8 |\n| Group | 80.2 |\n\n## Rooms\n\n| | City | Resorts |\n|---|---:|---:|\n| Room-nights sold | 158,900 | 209,850 |\n| Occupancy | 79.2% | 86.4% |\n",
    );
    let shown = super::shown(&deck.bound());
    assert_eq!(shown[3], "158,900 = Room-nights sold City hotels FY2025-Q3");
}

#[test]
fn what_two_places_state_of_a_measure_is_its_name() {
    let shown = |text: &str| {
        let text = format!("---\nperiod: Q3 FY25\n---\n\n{text}\n");
        super::shown(&crate::rules::examples::Binder::of(&text).bound())
    };
    assert_eq!(
        shown("- Interest cover was 1.9x, much as before.\n- We sold more, and interest cover slipped to 1.7x."),
        ["1.9x = Interest cover FY2025-Q3", "1.7x = Interest cover FY2025-Q3"]
    );
    for text in [
        // What two kinds of number are said of is no name.
        "- Interest cover was 1.9x, much as before.\n- Interest cover fell to £7.3m.",
        // No word says that it is measured.
        "- Mill Lane was 412.\n- Mill Lane was 415.",
    ] {
        assert!(shown(text).iter().all(|line| line.ends_with(" = ?")), "{text}: {:?}", shown(text));
    }
}

#[test]
fn what_one_place_states_of_a_measure_is_known_in_passing() {
    let deck = |text: &str| {
        let text = format!("---\nperiod: Q3 FY25\n---\n\n{text}\n");
        crate::rules::examples::Binder::of(&text).bound()
    };
    for (text, expected) in [
        ("Interest cover was 1.9x.", "1.9x = Interest cover FY2025-Q3"),
        ("On-time delivery eased to 93.4%.", "93.4% = On-time delivery FY2025-Q3"),
        ("Fee income of £24.6m is ahead.", "£24.6m = Fee income FY2025-Q3"),
        ("With liabilities of £2,688m we are safe.", "£2,688m = liabilities FY2025-Q3"),
        ("- LTIFR 0.7", "0.7 = LTIFR FY2025-Q3"),
        ("- Staff in post 4,812", "4,812 = Staff in post FY2025-Q3"),
        ("- Scrap rate 2.1% | Overdue invoices 31", "2.1% = Scrap rate FY2025-Q3"),
        // What anything may be called for short, what is told of a place, and what grew.
        ("The rate was 1.9%.", "1.9% = ?"),
        ("We closed with a surplus of £2.1m.", "£2.1m = ?"),
        ("Sales in Europe were £3.1m.", "£3.1m = ?"),
        ("We saw an increase in deposits of £20m.", "£20m = ?"),
        ("Mill Lane was 412.", "412 = ?"),
    ] {
        let deck = deck(text);
        assert_eq!(super::shown(&deck)[0], expected, "{text}");
        assert!(deck.claims[0].loose || deck.claims[0].metric.is_none(), "{text}");
    }
}

#[test]
fn what_a_measure_moved_to_and_between_commas_is_its_level() {
    let shown = |text: &str| {
        let text = format!("---\nperiod: Q3 FY25\n---\n\n{text}\n");
        super::shown(&crate::rules::examples::Binder::of(&text).bound())
    };
    for (text, expected) in [
        ("Deposits grew 8% to £4.1bn.", "£4.1bn = Deposits FY2025-Q3"),
        ("Net debt decreased by NOK 29m in the quarter to NOK 846m.", "NOK 846m = Net debt FY2025-Q3"),
        ("Monthly churn, at 3.85%, is what we watch.", "3.85% = Monthly churn FY2025-Q3"),
        ("Unrestricted cash, £1.1m, covers it.", "£1.1m = Unrestricted cash FY2025-Q3"),
        // What a thing moved by is no level of it.
        ("Interest cover rose 3.2x.", "3.2x = Interest cover FY2025-Q3 change"),
        // What belongs to others, who acts, and verbs that look like nouns.
        ("The competitive set's RevPAR was £91.", "£91 = ?"),
        ("The statutory rate of 25% applies.", "25% = ?"),
        ("The backlog covers 5.2 months.", "5.2 months = ?"),
    ] {
        assert_eq!(shown(text).last().map(String::as_str), Some(expected), "{text}");
    }
}

#[test]
fn what_is_short_for_a_label_is_told_by_its_numbers() {
    let table = "| £k | 30 September 2025 |\n|---|---:|\n| Current tenant arrears | 1,466 |\n| Former tenant arrears | 512 |\n| Total operating expenses | 3,318 |";
    let shown = |text: &str| {
        let text = format!("---\nperiod: Q3 FY25\n---\n\n{text}\n\n{table}\n");
        super::shown(&crate::rules::examples::Binder::of(&text).bound()).swap_remove(0)
    };
    assert_eq!(shown("Arrears rose to £1,466k."), "£1,466k = Current tenant arrears FY2025-Q3");
    assert_eq!(shown("Arrears rose to £1,978k."), "£1,978k = ?");
    assert_eq!(shown("Opex was £3,318k."), "£3,318k = Total operating expenses FY2025-Q3");
}

#[test]
fn a_table_that_a_measure_closes_is_of_it() {
    check(&[
        (
            "| | Q3 FY25 |\n|---|---:|\n| Private | 1,776 |\n| Affordable | 498 |\n| **Completions** | **2,274** |",
            &[
                "1,776 = Completions Private FY2025-Q3",
                "498 = Completions Affordable FY2025-Q3",
                "2,274 = Completions FY2025-Q3",
            ],
        ),
        // Nothing but the sums of all columns says that the last row is theirs.
        (
            "| MW | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| Wind | 498 | 470 |\n| Solar | 436 | 372 |\n| Installed capacity | 934 | 842 |",
            &[
                "498 = Installed capacity Wind FY2025-Q3",
                "470 = Installed capacity Wind FY2025-Q2",
                "436 = Installed capacity Solar FY2025-Q3",
                "372 = Installed capacity Solar FY2025-Q2",
                "934 = Installed capacity FY2025-Q3",
                "842 = Installed capacity FY2025-Q2",
            ],
        ),
        // The corner says only in what the heading's measure is measured.
        (
            "# Generation\n\n| GWh | Q3 FY25 |\n|---|---:|\n| Wind | 498 |\n| Solar | 436 |\n| Total | 934 |",
            &["498 = Generation Wind FY2025-Q3", "436 = Generation Solar FY2025-Q3", "934 = Generation FY2025-Q3"],
        ),
        // A balance that goes on from its opening is no sum of parts.
        (
            "| | Q3 FY25 |\n|---|---:|\n| Subscribers at start | 610 |\n| Joiners | 82 |\n| Leavers | (47) |\n| **Subscribers at end** | **645** |",
            &[
                "610 = Subscribers FY2025-Q2",
                "82 = Joiners FY2025-Q3",
                "(47) = Leavers FY2025-Q3",
                "645 = Subscribers FY2025-Q3",
            ],
        ),
        // What is spent on is a line of its own, and so are the lines of a statement.
        (
            "| | Q3 FY25 |\n|---|---:|\n| Training | 1,776 |\n| Travel | 498 |\n| **Overheads** | **2,274** |",
            &["1,776 = Training FY2025-Q3", "498 = Travel FY2025-Q3", "2,274 = Overheads FY2025-Q3"],
        ),
    ]);
}

#[test]
fn a_table_of_amounts_is_of_no_rate() {
    let source = "metric,period,scenario,segment,value,unit\nlike_for_like,FY2025-Q3,actual,Drink,4.2,percent\nlike_for_like,FY2025-Q3,actual,Food,8.3,percent\nlike_for_like,FY2025-Q3,actual,Rooms,8.1,percent\n";
    let text = "---\nperiod: Q3 FY25\n---\n\n| £k | Q3 FY25 |\n|---|---:|\n| Drink | 19,140 |\n| Food | 11,690 |\n| Rooms | 2,470 |\n| All pubs | 33,300 |\n";
    let shown = super::shown(&crate::rules::examples::Binder::of(text).with_source("metrics.csv", source).bound());
    assert!(shown.iter().all(|line| !line.contains("like_for_like")), "{shown:?}");
}

#[test]
fn a_row_that_is_a_share_by_name_takes_percentages_alone() {
    let text = "---\nperiod: Q3 FY25\n---\n\n| | 30 September 2025 |\n|---|---:|\n| Current tenant arrears, £'000 | 1,466 |\n| Arrears, % of rent roll | 3.71 |\n\nArrears rose to £1,466k, 3.71% of the rent roll.\n";
    let shown = super::shown(&crate::rules::examples::Binder::of(text).bound());
    assert!(!shown[2].contains("rent roll"), "{shown:?}");
    assert_eq!(shown[3], "3.71% = Arrears, % of rent roll FY2025-Q3");
}
