//! What the sentences of letters, minutes and reports say of known metrics.

use super::{check, shown};
use crate::rules::examples::Binder;

#[test]
fn comparisons_go_on_behind_a_conjunction() {
    check(&[
        (
            "ARR of $42.3M compares with $40.0M in Q2 and a plan of $41.0M.",
            &["$42.3M = arr FY2025-Q3", "$40.0M = arr FY2025-Q2", "$41.0M = arr FY2025-Q3 plan"],
        ),
        (
            "The board noted revenue of $56.2M against budget of $55.0M and last year of $48.2M.",
            &["$56.2M = revenue FY2025-Q3", "$55.0M = revenue FY2025-Q3 budget", "$48.2M = revenue FY2024-Q3"],
        ),
        (
            "Revenue for the nine months was $158.2M, 9% up on $145.1M.",
            &["$158.2M = revenue FY2025-Q3-YTD", "9% = revenue FY2025-Q3-YTD growth", "$145.1M = revenue -"],
        ),
    ]);
}

#[test]
fn what_stands_above_another_time_is_no_variance() {
    check(&[
        (
            "Revenue was $56.2M, $1.2M above budget and $3.1M above Q2.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "$1.2M = revenue FY2025-Q3 variance on budget",
                "$3.1M = revenue FY2025-Q3 change on FY2025-Q2",
            ],
        ),
        (
            "Revenue closed lower than budget at $56.2M (budget: $57.0M).",
            &["$56.2M = revenue FY2025-Q3", "$57.0M = revenue FY2025-Q3 budget"],
        ),
        (
            "Order intake of $60.0M was 106.8% of revenue of $56.2M.",
            &[
                "$60.0M = order_intake FY2025-Q3",
                "106.8% = order_intake FY2025-Q3 share on revenue",
                "$56.2M = revenue FY2025-Q3",
            ],
        ),
    ]);
}

#[test]
fn parts_that_nothing_knows_and_excesses() {
    check(&[
        (
            "Revenue was $30.1M at North, $20.0M at South and $6.1M at the regional titles.",
            &["$30.1M = revenue North FY2025-Q3", "$20.0M = revenue South FY2025-Q3", "$6.1M = ?"],
        ),
        ("On headcount, a plus is two people too many.", &["two = ?"]),
    ]);
}

#[test]
fn shares_of_what_the_sentence_names() {
    check(&[(
        "Order intake was 29.3% of revenue across the group.",
        &["29.3% = order_intake FY2025-Q3 share on revenue"],
    )]);
}

#[test]
fn what_is_said_once_holds_for_the_next_name() {
    check(&[
        (
            "North contributed 54% of revenue, South 46%.",
            &["54% = revenue North FY2025-Q3 share", "46% = revenue South FY2025-Q3 share"],
        ),
        (
            "Compared with Q2, revenue rose 4.1% and headcount 2.3%.",
            &["4.1% = revenue FY2025-Q3 growth on FY2025-Q2", "2.3% = headcount FY2025-Q3 growth on FY2025-Q2"],
        ),
        (
            "Growth of 17% in revenue and of 6% in headcount went together.",
            &["17% = revenue FY2025-Q3 growth", "6% = headcount FY2025-Q3 growth"],
        ),
        (
            "The $56.2M of revenue comprises $30.1M from North and $26.1M from South.",
            &["$56.2M = revenue FY2025-Q3", "$30.1M = revenue North FY2025-Q3", "$26.1M = revenue South FY2025-Q3"],
        ),
    ]);
}

#[test]
fn brackets_behind_names_hold_their_numbers() {
    check(&[
        (
            "Both revenue ($56.2M) and order intake ($60.0M) were good.",
            &["$56.2M = revenue FY2025-Q3", "$60.0M = order_intake FY2025-Q3"],
        ),
        ("Leverage (at 2.2x) fell.", &["2.2x = leverage FY2025-Q3"]),
        (
            "Revenue was $56.2M (budget: $55.0M; prior year: $48.2M).",
            &["$56.2M = revenue FY2025-Q3", "$55.0M = revenue FY2025-Q3 budget", "$48.2M = revenue FY2024-Q3"],
        ),
    ]);
}

#[test]
fn plans_by_other_words() {
    check(&[
        (
            "We had budgeted for EBITDA of $13.1M and achieved $12.9M.",
            &["$13.1M = ebitda FY2025-Q3 budget", "$12.9M = ebitda FY2025-Q3"],
        ),
        ("The budget was for revenue of $55.0M.", &["$55.0M = revenue FY2025-Q3 budget"]),
        ("EBITDA nearly reached $13.1M, the budgeted figure.", &["$13.1M = ebitda FY2025-Q3 budget"]),
        ("Revenue/plan: $56.2M/$55.0M", &["$56.2M = revenue FY2025-Q3", "$55.0M = revenue FY2025-Q3 plan"]),
        ("- Headcount 318 / budget 325", &["318 = headcount FY2025-Q3", "325 = headcount FY2025-Q3 budget"]),
        (
            "There was a favourable variance of $1.2M on revenue and an adverse one of $0.2M on EBITDA.",
            &["$1.2M = revenue FY2025-Q3 variance", "$0.2M = ebitda FY2025-Q3 variance"],
        ),
        ("Against budget we saw a $0.2M overspend on R&D.", &["$0.2M = rnd FY2025-Q3 variance on budget"]),
        (
            "Revenue was 2.2% above budget, but EBITDA fell 1.5% short.",
            &["2.2% = revenue FY2025-Q3 variance on budget", "1.5% = ebitda FY2025-Q3 variance on budget"],
        ),
    ]);
}

#[test]
fn what_came_to_a_sum_is_not_the_sum() {
    check(&[
        (
            "Revenue rose in both divisions: North added $2.1M to reach $30.1M.",
            &["$2.1M = revenue North FY2025-Q3 change", "$30.1M = revenue North FY2025-Q3"],
        ),
        ("We added a net 6 heads, which took headcount to 318.", &["6 = ?", "318 = headcount FY2025-Q3"]),
        ("Acquisitions added $3M of revenue.", &["$3M = ?"]),
    ]);
}

#[test]
fn what_is_beaten_and_what_is_kept_to() {
    check(&[
        ("Revenue grew 17% on last year, above Q2's 10%.", &["17% = revenue FY2025-Q3 growth on FY2024-Q3", "10% = ?"]),
        ("Revenue was up 17% on last year and well ahead of Q2.", &["17% = revenue FY2025-Q3 growth on FY2024-Q3"]),
        (
            "Revenue of $56.2M beat Q2 by $2.2M.",
            &["$56.2M = revenue FY2025-Q3", "$2.2M = revenue FY2025-Q3 change on FY2025-Q2"],
        ),
        ("Minimum EBITDA is $8.0M.", &["$8.0M = ebitda FY2025-Q3 limit"]),
        ("Our floor for EBITDA is $8.0M.", &["$8.0M = ebitda FY2025-Q3 limit"]),
        ("EBITDA of $12.9M required careful cost control.", &["$12.9M = ebitda FY2025-Q3"]),
        ("In the quarter we transferred 12 headcount, with 31 headcount under construction.", &["12 = ?", "31 = ?"]),
        ("North invested $2.1M in a new warehouse.", &["$2.1M = ?"]),
    ]);
}

#[test]
fn times_that_are_stepped_from() {
    check(&[
        ("Revenue was broadly flat on the second quarter at $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
        (
            "Since the start of the year ARR has come up from $38.0M to $42.3M.",
            &["$38.0M = arr -", "$42.3M = arr FY2025-Q3"],
        ),
        (
            "Revenue is running 9% ahead of last year for the year to date.",
            &["9% = revenue FY2025-Q3-YTD growth on FY2024-Q3-YTD"],
        ),
        ("ARR was $42.3M (year end: $38.0M).", &["$42.3M = arr FY2025-Q3", "$38.0M = arr FY2024-Q4"]),
        ("Revenue is down from $48.2M last year.", &["$48.2M = revenue FY2024-Q3"]),
        (
            "The first-quarter revenue was $0.2M above the budget of $50.0M.",
            &["$0.2M = revenue FY2025-Q1 variance on budget", "$50.0M = revenue FY2025-Q1 budget"],
        ),
        (
            "EBITDA beat budget by $0.4M and Q2 by $1.4M.",
            &["$0.4M = ebitda FY2025-Q3 variance on budget", "$1.4M = ebitda FY2025-Q3 change on FY2025-Q2"],
        ),
    ]);
}

#[test]
fn subjects_and_parts_in_their_places() {
    check(&[
        ("Freight, which sits in inventories, was $2.1M.", &["$2.1M = ?"]),
        (
            "Headcount is 318: 170 at North and 148 at South.",
            &["318 = headcount FY2025-Q3", "170 = headcount North FY2025-Q3", "148 = headcount South FY2025-Q3"],
        ),
        (
            "ARR was $42.3M, above our guidance of $41.5M, and grew 29% from $32.8M a year earlier.",
            &[
                "$42.3M = arr FY2025-Q3",
                "$41.5M = arr FY2025-Q3 guidance",
                "29% = arr FY2025-Q3 growth on FY2024-Q3",
                "$32.8M = arr FY2024-Q3",
            ],
        ),
        ("ARR was $42.3M and we repurchased $2.5M of shares.", &["$42.3M = arr FY2025-Q3", "$2.5M = ?"]),
        ("EBITDA of $12.9M less depreciation of $1.1M is EBIT.", &["$12.9M = ebitda FY2025-Q3", "$1.1M = ?"]),
    ]);
}

#[test]
fn numbers_of_something_else() {
    check(&[
        (
            "Revenue was 17% higher at $56.2M and volumes 9% higher at $60.0M.",
            &["17% = revenue FY2025-Q3 growth", "$56.2M = revenue FY2025-Q3", "9% = ?", "$60.0M = ?"],
        ),
        ("EBITDA of $1.1M on the Leeds contract was good.", &["$1.1M = ?"]),
        ("The board approved R&D of $1.4M.", &["$1.4M = ?"]),
        ("EBITDA was $12.9M and tax $3.1M, leaving $9.8M.", &["$12.9M = ebitda FY2025-Q3", "$3.1M = ?", "$9.8M = ?"]),
        ("Of our 318 headcount, 12 are trainees.", &["318 = headcount FY2025-Q3", "12 = ?"]),
        ("The top ten headcount left.", &["ten = ?"]),
        ("ARR of $42.3M compares well with the sector's $60M.", &["$42.3M = arr FY2025-Q3", "$60M = ?"]),
    ]);
}

#[test]
fn times_that_are_not_over() {
    check(&[
        (
            "Revenue exceeded last year's $48.2M by $8.0M.",
            &["$48.2M = revenue FY2024-Q3", "$8.0M = revenue FY2025-Q3 change on FY2024-Q3"],
        ),
        ("ARR of $42.3M is the highest since Q4 FY23.", &["$42.3M = arr FY2025-Q3"]),
        ("Half-year revenue was $102.0M.", &["$102.0M = revenue FY2025-H1"]),
        ("Having started the year well, ARR is now $42.3M.", &["$42.3M = arr FY2025-Q3"]),
        (
            "Revenue rose by 17%, or $8.0M, year on year.",
            &["17% = revenue FY2025-Q3 growth on FY2024-Q3", "$8.0M = revenue FY2025-Q3 change on FY2024-Q3"],
        ),
    ]);
}

#[test]
fn adjectives_of_places() {
    let source = "version: 1\nmetrics:\n  - name: revenue\n    label: Revenue\n    unit: USD\n    period_type: duration\n    \
                  values: {FY2025-Q3: 56.2M}\n    segments:\n      Europe: {FY2025-Q3: 30.1M}\n      North America: {FY2025-Q3: 26.1M}\n";
    let text = "---\nperiod: Q3 FY25\n---\n\nEuropean revenue was $30.1M. North American revenue was $26.1M. Polish revenue was $2.0M. \
                Europe is our largest market with revenue of $30.1M.\n";
    let found = shown(&Binder::of(text).with_source("metrics.yaml", source).bound());
    let expected = [
        "$30.1M = revenue Europe FY2025-Q3",
        "$26.1M = revenue North America FY2025-Q3",
        "$2.0M = ?",
        "$30.1M = revenue Europe FY2025-Q3",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_each_of_a_list_is_compared_with() {
    check(&[
        (
            "Revenue was $56.2M and EBITDA $12.9M, against $48.2M and $11.0M a year ago.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "$12.9M = ebitda FY2025-Q3",
                "$48.2M = revenue FY2024-Q3",
                "$11.0M = ebitda FY2024-Q3",
            ],
        ),
        // One metric of two times is no list of two.
        (
            "Revenue was $56.2M, against $54.0M in Q2 and $48.2M a year ago.",
            &["$56.2M = revenue FY2025-Q3", "$54.0M = revenue FY2025-Q2", "$48.2M = revenue FY2024-Q3"],
        ),
        (
            "Revenue grew by $2.1M on the quarter and EBITDA by $0.9M.",
            &["$2.1M = revenue FY2025-Q3 change on FY2025-Q2", "$0.9M = ebitda FY2025-Q3 change on FY2025-Q2"],
        ),
        ("Headcount was 318; the budget was 325.", &["318 = headcount FY2025-Q3", "325 = headcount FY2025-Q3 budget"]),
        ("Headcount was 318; the bonus budget was 325.", &["318 = headcount FY2025-Q3", "325 = ?"]),
    ]);
}

#[test]
fn where_a_level_stands_behind_its_step_or_its_cause() {
    check(&[
        (
            "Revenue was up 4.1% on Q2 at $56.2M.",
            &["4.1% = revenue FY2025-Q3 growth on FY2025-Q2", "$56.2M = revenue FY2025-Q3"],
        ),
        ("Revenue grew 4.1% in the quarter.", &["4.1% = revenue FY2025-Q3 growth"]),
        (
            "ARR reached $42.3M, because headcount rose to 318 with the new office.",
            &["$42.3M = arr FY2025-Q3", "318 = headcount FY2025-Q3"],
        ),
        ("EBITDA was $12.9M, because of a provision of $1.1M.", &["$12.9M = ebitda FY2025-Q3", "$1.1M = ?"]),
        (
            "Revenue for the nine months was $158.2M, of which $56.2M came in the third quarter.",
            &["$158.2M = revenue FY2025-Q3-YTD", "$56.2M = revenue FY2025-Q3"],
        ),
        (
            "Revenue for the nine months was $158.2M, of which $1.2M came from a licence in the third quarter.",
            &["$158.2M = revenue FY2025-Q3-YTD", "$1.2M = ?"],
        ),
        ("ARR (quarter end) – $42.3M.", &["$42.3M = arr FY2025-Q3"]),
        ("Inventories of $38.4M include the 2024 harvest.", &["$38.4M = inventories FY2025-Q3"]),
        ("We took on 31 headcount.", &["31 = ?"]),
        ("R&D was $9.1M, assuming $1.08 to the euro.", &["$9.1M = rnd FY2025-Q3", "$1.08 = ?"]),
        ("Revenue was $56.2M: $55.0M from our own shops.", &["$56.2M = revenue FY2025-Q3", "$55.0M = ?"]),
    ]);
}

#[test]
fn parts_by_their_mix_and_of_the_whole() {
    check(&[
        (
            "Revenue mix in the quarter: North 54%, South 46%.",
            &["54% = revenue North FY2025-Q3 share", "46% = revenue South FY2025-Q3 share"],
        ),
        ("The board noted that North had order intake of $33.0M.", &["$33.0M = order_intake North FY2025-Q3"]),
    ]);
}

#[test]
fn times_that_are_another_things() {
    check(&[
        (
            "EBITDA of $12.9M reverses the second quarter's loss of $1.1M and beats budget by $1.2M.",
            &["$12.9M = ebitda FY2025-Q3", "$1.1M = ?", "$1.2M = ebitda FY2025-Q3 variance on budget"],
        ),
        (
            "ARR slipped $1.2M from the second quarter to $42.3M.",
            &["$1.2M = arr FY2025-Q3 change on FY2025-Q2", "$42.3M = arr FY2025-Q3"],
        ),
        (
            "ARR improved on the second quarter: $42.3M, $40.0M before.",
            &["$42.3M = arr FY2025-Q3", "$40.0M = arr FY2025-Q2"],
        ),
        ("ARR improved on the second quarter ($42.3M, $40.0M).", &["$42.3M = arr FY2025-Q3", "$40.0M = arr FY2025-Q2"]),
        (
            "The second quarter's revenue was $54.0M and the third's $56.2M.",
            &["$54.0M = revenue FY2025-Q2", "$56.2M = revenue FY2025-Q3"],
        ),
        ("ARR is well above the $4.1M of its launch quarter.", &["$4.1M = ?"]),
        ("Without it, EBITDA would have been $11.0M.", &["$11.0M = ?"]),
        ("Revenue grew faster than ARR, to $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
    ]);
}

#[test]
fn lines_and_clauses_that_say_each_its_own() {
    check(&[
        (
            "ARR: $42.3M\nEBITDA: $12.9M (plan $13.0M)",
            &["$42.3M = arr FY2025-Q3", "$12.9M = ebitda FY2025-Q3", "$13.0M = ebitda FY2025-Q3 plan"],
        ),
        (
            "Order intake rose to $60.0M. North booked $33.0M.",
            &["$60.0M = order_intake FY2025-Q3", "$33.0M = order_intake North FY2025-Q3"],
        ),
        ("EBITDA gave back $0.4M of that.", &["$0.4M = ?"]),
    ]);
}

#[test]
fn plans_that_head_a_clause_and_brackets_behind_numbers() {
    check(&[
        (
            "Budget for the quarter was revenue of $55.0M and EBITDA of $12.5M; we delivered $56.2M.",
            &["$55.0M = revenue FY2025-Q3 budget", "$12.5M = ebitda FY2025-Q3 budget", "$56.2M = revenue FY2025-Q3"],
        ),
        (
            "Revenue: $56.2M vs $55.0M budget (+$1.2M), vs $48.2M PY (+$8.0M).",
            &[
                "$56.2M = revenue FY2025-Q3",
                "$55.0M = revenue FY2025-Q3 budget",
                "+$1.2M = revenue FY2025-Q3 variance on budget",
                "$48.2M = revenue FY2024-Q3",
                "+$8.0M = revenue FY2025-Q3 change on FY2024-Q3",
            ],
        ),
        (
            "Headcount was 318, which is 7 (2.2%) fewer than planned.",
            &[
                "318 = headcount FY2025-Q3",
                "7 = headcount FY2025-Q3 variance on plan",
                "2.2% = headcount FY2025-Q3 variance on plan",
            ],
        ),
        (
            "The increase in R&D ($1.4M, or 18%) outpaced all else.",
            &["$1.4M = rnd FY2025-Q3 change", "18% = rnd FY2025-Q3 growth"],
        ),
        (
            "Revenue was 4.1% better than the second quarter and 17% better than the same period of 2024.",
            &["4.1% = revenue FY2025-Q3 growth on FY2025-Q2", "17% = revenue FY2025-Q3 growth on FY2024-Q3"],
        ),
        ("It was a quarter in which revenue grew 17%.", &["17% = revenue FY2025-Q3 growth"]),
        ("Headcount is 318, having been 331 last summer.", &["318 = headcount FY2025-Q3", "331 = headcount -"]),
    ]);
}

#[test]
fn a_second_list_beside_the_same_names() {
    let table = "| £m | Q3 FY25 | Budget | Q3 FY24 |\n|---|---:|---:|---:|\n| Revenue | 48.2 | 50.0 | 46.1 |\n| EBITDA | 7.6 | 7.9 | 6.8 |\n";
    for (text, other) in [
        ("were £48.2m and £7.6m respectively, against budgets of £50.0m and £7.9m.", "FY2025-Q3 budget"),
        ("were £48.2m and £7.6m, respectively (budget: £50.0m and £7.9m).", "FY2025-Q3 budget"),
        ("were £48.2m and £7.6m, against £50.0m and £7.9m in the budget.", "FY2025-Q3 budget"),
        ("of £48.2m and £7.6m compare with budgets of £50.0m and £7.9m.", "FY2025-Q3 budget"),
        ("rose to £48.2m and £7.6m respectively, from £46.1m and £6.8m a year ago.", "FY2024-Q3"),
        ("were £48.2m and £7.6m (Q3 FY24: £46.1m and £6.8m).", "FY2024-Q3"),
    ] {
        let deck = crate::rules::examples::Binder::of(&format!("# Q3 FY25\n\n{table}\nRevenue and EBITDA {text}\n"));
        let shown = super::shown(&deck.bound());
        let said: Vec<&str> =
            shown[6..].iter().filter_map(|claim| claim.split_once(" = ").map(|(_, said)| said)).collect();
        let expected =
            ["Revenue FY2025-Q3", "EBITDA FY2025-Q3", &format!("Revenue {other}"), &format!("EBITDA {other}")];
        assert_eq!(said, expected, "{text}");
    }
}

#[test]
fn what_is_expected_lies_ahead() {
    check(&[
        ("We expect ARR of $45M by March.", &["$45M = arr FY2026-Q1 forecast"]),
        ("We expect ARR of $45M by December.", &["$45M = arr FY2025-Q4 forecast"]),
        // What was expected of a month that is just over.
        ("The forecast for June was ARR of $41M.", &["$41M = arr FY2025-Q2 forecast"]),
    ]);
}
