//! What is bound to what: one row a text.

mod above;
mod apart;
mod coined;
mod columns;
mod each;
mod names;
mod packs;
mod people;
mod prose;
mod shares;
mod short;
mod spans;
mod splits;
mod stated;
mod tables;
mod threads;
mod turns;
mod undated;
mod within;

use crate::claim::Measure;
use crate::deck::Deck;
use crate::rules::examples::Binder;

/// A company with two divisions that reports on Q3 FY25 of a calendar year.
const SOURCE: &str = "\
version: 1
metrics:
  - name: revenue
    label: Revenue
    unit: USD
    period_type: duration
    values: {FY2025-Q3: 56.2M, FY2025-Q2: 54.0M, FY2024-Q3: 48.2M}
    segments:
      North: {FY2025-Q3: 30.1M}
      South: {FY2025-Q3: 26.1M}
  - name: order_intake
    label: Order intake
    unit: USD
    period_type: duration
    values: {FY2025-Q3: 60.0M}
    segments:
      North: {FY2025-Q3: 33.0M}
      South: {FY2025-Q3: 27.0M}
  - name: arr
    label: ARR
    unit: USD
    period_type: instant
    values: {FY2025-Q3: 42.3M, FY2025-Q2: 40.0M}
    plan: {FY2025-Q3: 41.0M}
  - name: headcount
    label: Headcount
    unit: count
    period_type: instant
    values: {FY2025-Q3: 318}
  - name: leverage
    label: Leverage
    unit: x
    period_type: instant
    values: {FY2025-Q3: 2.2}
  - name: ebitda
    label: EBITDA
    unit: USD
    period_type: duration
    values: {FY2025-Q3: 12.9M}
  - name: rnd
    label: R&D
    unit: USD
    period_type: duration
    values: {FY2025-Q3: 9.1M}
  - name: starts
    label: New patient starts
    synonyms: [new patients]
    unit: count
    period_type: duration
    values: {FY2025-Q3: 402}
  - name: inventories
    label: Inventories
    unit: USD
    period_type: instant
    values: {FY2025-Q3: 38.4M}
";

fn bound(text: &str) -> Deck {
    let text = format!("---\nperiod: Q3 FY25\n---\n\n{text}\n");
    Binder::of(&text).with_source("metrics.yaml", SOURCE).bound()
}

/// Every number that is bound, as `text = metric[ segment] period[ scenario][ measure[ on base]]`, and `text = ?` for the others.
fn shown(deck: &Deck) -> Vec<String> {
    let line = |claim: &crate::claim::Claim| {
        let text = deck.files.slice(claim.place);
        let Some(id) = claim.metric else { return format!("{text} = ?") };
        let mut line = format!("{text} = {}", deck.vocabulary.term(id).name);
        if let Some(segment) = &claim.segment {
            line += &format!(" {segment}");
        }
        line += &claim.period.map_or(" -".to_owned(), |period| format!(" {period}"));
        if let Some(scenario) = claim.scenario.as_deref().filter(|name| *name != crate::scenario::ACTUAL) {
            line += &format!(" {scenario}");
        }
        if claim.measure != Measure::Level {
            line += &format!(" {}", claim.measure.name());
        }
        if let Some(base) = &claim.base {
            line += &format!(" on {base}");
        }
        line
    };
    deck.claims.iter().map(line).collect()
}

#[track_caller]
fn check(rows: &[(&str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, expected)| (text, expected, shown(&bound(text))))
        .filter(|(_, expected, found)| *found != **expected)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected:?}\n  found    {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each text alone, in a deck whose source is a table of facts.
#[track_caller]
fn check_sourced(source: &str, rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        let deck = Binder::of(&format!("---\nperiod: Q3 FY25\n---\n\n{text}\n")).with_source("metrics.csv", source);
        assert_eq!(shown(&deck.bound()), *expected, "{text}");
    }
}

#[test]
fn levels_and_changes() {
    check(&[
        ("Headcount fell from 325 to 318.", &["325 = headcount -", "318 = headcount FY2025-Q3"]),
        ("ARR rose to $42.3M from $40.0M.", &["$42.3M = arr FY2025-Q3", "$40.0M = arr FY2025-Q2"]),
        ("ARR fell during the quarter from $43M to $42.3M.", &["$43M = arr -", "$42.3M = arr FY2025-Q3"]),
        (
            "Revenue of $56.2M grew 17% year on year.",
            &["$56.2M = revenue FY2025-Q3", "17% = revenue FY2025-Q3 growth on FY2024-Q3"],
        ),
        ("**EBITDA:** $12.9M on revenue of $56.2M.", &["$12.9M = ebitda FY2025-Q3", "$56.2M = revenue FY2025-Q3"]),
        ("ARR reached $42.3M.", &["$42.3M = arr FY2025-Q3"]),
        ("$42.3M of ARR.", &["$42.3M = arr FY2025-Q3"]),
        ("We spent $9.1M on R&D.", &["$9.1M = rnd FY2025-Q3"]),
        (
            "EBITDA reached $12.9M or 23% of revenue ($56.2M).",
            &["$12.9M = ebitda FY2025-Q3", "23% = ebitda FY2025-Q3 share on revenue", "$56.2M = revenue FY2025-Q3"],
        ),
        (
            "Revenue rose 17% to $56.2M, from $48.2M a year ago.",
            &[
                "17% = revenue FY2025-Q3 growth on FY2024-Q3",
                "$56.2M = revenue FY2025-Q3",
                "$48.2M = revenue FY2024-Q3",
            ],
        ),
        ("Revenue rose by $2.1M in the second quarter.", &["$2.1M = revenue FY2025-Q2 change"]),
        ("On the second quarter, revenue grew 4.1%.", &["4.1% = revenue FY2025-Q3 growth on FY2025-Q2"]),
        (
            "Revenue rose 4.1% on the second quarter and 16.6% on the third quarter of last year.",
            &["4.1% = revenue FY2025-Q3 growth on FY2025-Q2", "16.6% = revenue FY2025-Q3 growth on FY2024-Q3"],
        ),
        (
            "Revenue was $56.2M (Q3 FY24: $48.2M), an increase of 16.6%.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "$48.2M = revenue FY2024-Q3",
                "16.6% = revenue FY2025-Q3 growth on FY2024-Q3",
            ],
        ),
        (
            "North and South are 54% and 46% of revenue.",
            &["54% = revenue North FY2025-Q3 share", "46% = revenue South FY2025-Q3 share"],
        ),
        ("Revenue grew 17% year on year.", &["17% = revenue FY2025-Q3 growth on FY2024-Q3"]),
        (
            "Revenue rose 4.1% on Q2 and 17% year on year.",
            &["4.1% = revenue FY2025-Q3 growth on FY2025-Q2", "17% = revenue FY2025-Q3 growth on FY2024-Q3"],
        ),
        ("Revenue has risen every quarter since Q3 2024, to $56.2M.", &["$56.2M = revenue FY2025-Q3"]),
        (
            "Revenue was $56.2M, 17% ahead of last year and $1.2M short of budget.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "17% = revenue FY2025-Q3 growth on FY2024-Q3",
                "$1.2M = revenue FY2025-Q3 variance on budget",
            ],
        ),
        ("North revenue: 17% year on year.", &["17% = revenue North FY2025-Q3 growth on FY2024-Q3"]),
    ]);
}

#[test]
fn limits_and_comings() {
    check(&[
        (
            "Leverage was 2.2x, above the 2.0x floor but below our covenant of 3.5x.",
            &["2.2x = leverage FY2025-Q3", "2.0x = leverage FY2025-Q3 limit", "3.5x = leverage FY2025-Q3 limit"],
        ),
        ("Leverage 2.2x (limit 3.0x).", &["2.2x = leverage FY2025-Q3", "3.0x = leverage FY2025-Q3 limit"]),
        (
            "ARR of $42.3M, $2.3M above June, is good. ARR was $42.3M, $2.3M below plan.",
            &[
                "$42.3M = arr FY2025-Q3",
                "$2.3M = arr FY2025-Q3 change on 2025-06",
                "$42.3M = arr FY2025-Q3",
                "$2.3M = arr FY2025-Q3 variance on plan",
            ],
        ),
        (
            "Headcount: 318, against 310 and 305 in the two quarters before.",
            &["318 = headcount FY2025-Q3", "310 = headcount -", "305 = ?", "two = ?"],
        ),
        ("We hired 12 headcount and headcount is 318.", &["12 = ?", "318 = headcount FY2025-Q3"]),
    ]);
}

#[test]
fn times() {
    check(&[
        ("For January to September the picture is better. Revenue was $158M.", &["$158M = revenue FY2025-Q3-YTD"]),
        (
            "Revenue was $56.2M over the quarter ($54.0M in Q2 FY25).",
            &["$56.2M = revenue FY2025-Q3", "$54.0M = revenue FY2025-Q2"],
        ),
        (
            "Revenue is expected to be $220M in FY25 ($200M in FY24).",
            &["$220M = revenue FY2025 forecast", "$200M = revenue FY2024"],
        ),
        ("The nine months: revenue was $158M.", &["$158M = revenue FY2025-Q3-YTD"]),
        (
            "Nine-month revenue stands at $158M, 6.4% higher than the $140M of the same period last year.",
            &[
                "$158M = revenue FY2025-Q3-YTD",
                "6.4% = revenue FY2025-Q3-YTD growth on FY2024-Q3-YTD",
                "$140M = revenue FY2024-Q3-YTD",
            ],
        ),
        ("Revenue came down to $56.2M from $60M as planned.", &["$56.2M = revenue FY2025-Q3", "$60M = revenue -"]),
        (
            "Nine-month revenue stands at $158M, ahead of the same nine months of 2024 ($140M).",
            &["$158M = revenue FY2025-Q3-YTD", "$140M = revenue FY2024-Q3-YTD"],
        ),
        (
            "Revenue for the quarter was $56.2M (2024: $48.2M).",
            &["$56.2M = revenue FY2025-Q3", "$48.2M = revenue FY2024-Q3"],
        ),
        ("# Outlook\n\nWe enter the fourth quarter with ARR of $42.3M.", &["$42.3M = arr FY2025-Q3"]),
        (
            "Revenue of $56.2M was ahead of last year's $48.2M.",
            &["$56.2M = revenue FY2025-Q3", "$48.2M = revenue FY2024-Q3"],
        ),
        ("Leverage 2.2x, on EBITDA of $46.0M.", &["2.2x = leverage FY2025-Q3", "$46.0M = ebitda -"]),
        ("Headcount was 318 at the quarter's end.", &["318 = headcount FY2025-Q3"]),
        ("For January to September the picture is better. Revenue grew to $158M.", &["$158M = revenue FY2025-Q3-YTD"]),
        (
            "It is 2.2 times the EBITDA of the last twelve months, $46.0M.",
            &["2.2 times = ?", "$46.0M = ebitda FY2025-Q3-LTM"],
        ),
        (
            "Revenue was $56.2M over the quarter ($54.0M in Q2).",
            &["$56.2M = revenue FY2025-Q3", "$54.0M = revenue FY2025-Q2"],
        ),
        (
            "ARR increased during the quarter from $40.0M to $42.3M.",
            &["$40.0M = arr FY2025-Q2", "$42.3M = arr FY2025-Q3"],
        ),
        (
            "Revenue fell to $150M in the nine months ended 30 September 2025 from $158M in the same period in 2024.",
            &["$150M = revenue FY2025-Q3-YTD", "$158M = revenue FY2024-Q3-YTD"],
        ),
    ]);
}

#[test]
fn plans() {
    check(&[
        (
            "Revenue of $56.2M is ahead of the $55.0M we had planned.",
            &["$56.2M = revenue FY2025-Q3", "$55.0M = revenue FY2025-Q3 plan"],
        ),
        ("Against the budget the shortfall in revenue was $2.5M.", &["$2.5M = revenue FY2025-Q3 variance on budget"]),
        (
            "ARR: $42.3M, $130K ahead of the $42.2 million in the operating plan.",
            &["$42.3M = arr FY2025-Q3", "$130K = arr FY2025-Q3 variance on plan", "$42.2 million = arr FY2025-Q3 plan"],
        ),
        (
            "North missed the revenue budget by $4.0M, while South and North exceeded it by $0.3M and $0.9M, respectively.",
            &[
                "$4.0M = revenue North FY2025-Q3 variance on budget",
                "$0.3M = revenue South FY2025-Q3 variance on budget",
                "$0.9M = revenue North FY2025-Q3 variance on budget",
            ],
        ),
        ("Revenue was $56.2M (was $53M).", &["$56.2M = revenue FY2025-Q3", "$53M = ?"]),
        ("ARR is $42.3M (target $45M).", &["$42.3M = arr FY2025-Q3", "$45M = arr FY2025-Q3 target"]),
        ("ARR is $42.3M (cap $45M).", &["$42.3M = arr FY2025-Q3", "$45M = ?"]),
        ("We made a planned ARR of $45M.", &["$45M = arr FY2025-Q3 plan"]),
        ("ARR reached 47% of all assets ($90.0M).", &["47% = ?", "$90.0M = ?"]),
        (
            "Revenue was $56.2M vs. budget $60.0M or $3.8M under.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "$60.0M = revenue FY2025-Q3 budget",
                "$3.8M = revenue FY2025-Q3 variance on budget",
            ],
        ),
        (
            "Revenue was $56.2M, $1.2M ahead of the $55.0M in the operating plan.",
            &[
                "$56.2M = revenue FY2025-Q3",
                "$1.2M = revenue FY2025-Q3 variance on plan",
                "$55.0M = revenue FY2025-Q3 plan",
            ],
        ),
        (
            "North revenue was $30.1M, $0.6M below budget ($30.7M).",
            &[
                "$30.1M = revenue North FY2025-Q3",
                "$0.6M = revenue North FY2025-Q3 variance on budget",
                "$30.7M = revenue North FY2025-Q3 budget",
            ],
        ),
        ("Against the budget the shortfall in EBITDA was $2.5M.", &["$2.5M = ebitda FY2025-Q3 variance on budget"]),
        (
            "North and South beat the revenue budget by $0.3M and $0.9M, respectively.",
            &[
                "$0.3M = revenue North FY2025-Q3 variance on budget",
                "$0.9M = revenue South FY2025-Q3 variance on budget",
            ],
        ),
        (
            "EBITDA was $12.9M, compared with budgeted EBITDA of $12.0M.",
            &["$12.9M = ebitda FY2025-Q3", "$12.0M = ebitda FY2025-Q3 budget"],
        ),
        (
            "EBITDA of $12.9M beat budget by $0.9M.",
            &["$12.9M = ebitda FY2025-Q3", "$0.9M = ebitda FY2025-Q3 variance on budget"],
        ),
        ("EBITDA of $12.9M was $0.3M light.", &["$12.9M = ebitda FY2025-Q3", "$0.3M = ebitda FY2025-Q3 variance"]),
        ("We hoped for ARR of $45M.", &["$45M = arr FY2025-Q3 forecast"]),
    ]);
}

#[test]
fn other_things_are_left_alone() {
    check(&[
        ("Receivables grew with revenue, to $27.2M.", &["$27.2M = ?"]),
        (
            "Cash is drawn to $5M of $8M; revenue was $56.2M and made $9M.",
            &["$5M = ?", "$8M = ?", "$56.2M = revenue FY2025-Q3", "$9M = ?"],
        ),
        (
            "Leverage was 2.2x, from 2.4x in H2 FY24 and 2.6x in the first.",
            &["2.2x = leverage FY2025-Q3", "2.4x = leverage FY2024-H2", "2.6x = ?"],
        ),
        ("# ARR\n\nReceivables fell by $12K to $84K.", &["$12K = ?", "$84K = ?"]),
        ("# ARR\n\nThe $15M revolver is undrawn.", &["$15M = ?"]),
        ("ARR grew; having paid $3M for Acme, we have $5M left.", &["$3M = ?", "$5M = ?"]),
        ("ARR of $42.3M funds the plan into Q4 2027.", &["$42.3M = arr FY2025-Q3"]),
        (
            "Leverage is 2.2x the EBITDA of the last twelve months, $46.0M.",
            &["2.2x = leverage FY2025-Q3", "$46.0M = ebitda FY2025-Q3-LTM"],
        ),
        (
            "The backlog of $79.7M covers five months of revenue and is 6.3% higher.",
            &["$79.7M = ?", "five months = ?", "6.3% = ?"],
        ),
        ("We started 402 new patients and lost 188.", &["402 = starts FY2025-Q3", "188 = ?"]),
        ("Inventories were $38.4M (36.1).", &["$38.4M = inventories FY2025-Q3", "36.1 = ?"]),
        ("Headcount was 318 at the end of the quarter (309).", &["318 = headcount FY2025-Q3", "309 = ?"]),
        ("Revenue outside the North was $26.1M.", &["$26.1M = ?"]),
        ("Headcount has gone 290, 301, 310, 318.", &["290 = ?", "301 = ?", "310 = ?", "318 = headcount FY2025-Q3"]),
        ("Profit, after $1.6M of R&D, was $4.2M.", &["$1.6M = ?", "$4.2M = ?"]),
    ]);
}

#[test]
fn paragraphs_and_titles_carry_segments() {
    check(&[
        ("The weak point is South. Its order intake fell to $27.0M.", &["$27.0M = order_intake South FY2025-Q3"]),
        ("South disappointed. Group order intake was $60.0M.", &["$60.0M = order_intake FY2025-Q3"]),
        (
            "North revenue was $30.1M; a year ago revenue was $26M.",
            &["$30.1M = revenue North FY2025-Q3", "$26M = revenue North FY2024-Q3"],
        ),
        ("# North\n\nHeadcount is 318.", &["318 = headcount FY2025-Q3"]),
        ("# North\n\nRevenue was $30.1M.", &["$30.1M = revenue North FY2025-Q3"]),
    ]);
}

#[test]
fn tables() {
    check(&[
        (
            "| Function | 30 June 2025 | 30 September 2025 |\n|---|---:|---:|\n| Sales | 120 | 124 |\n| Total | 310 | 318 |",
            &["120 = Sales FY2025-Q2", "124 = Sales FY2025-Q3", "310 = ?", "318 = ?"],
        ),
        (
            "Headcount by function\n\n| Function | Q2 FY25 | Q3 FY25 |\n|---|---:|---:|\n| R&D | 120 | 124 |\n| Total | 310 | 318 |",
            &[
                "120 = headcount R&D FY2025-Q2",
                "124 = headcount R&D FY2025-Q3",
                "310 = headcount FY2025-Q2",
                "318 = headcount FY2025-Q3",
            ],
        ),
        (
            "| Schools | East | West | All |\n|---|---:|---:|---:|\n| 2025 | 84 | 71 | 155 |",
            &["84 = Schools East FY2025", "71 = Schools West FY2025", "155 = Schools FY2025"],
        ),
        (
            "| $M | Operating profit Q3 FY25 | Operating profit Q3 FY24 |\n|---|---:|---:|\n| Valves | 31.2 | 29.0 |\n| Pumps | 22.9 | 18.3 |",
            &[
                "31.2 = Operating profit Valves FY2025-Q3",
                "29.0 = Operating profit Valves FY2024-Q3",
                "22.9 = Operating profit Pumps FY2025-Q3",
                "18.3 = Operating profit Pumps FY2024-Q3",
            ],
        ),
        (
            "| Division | Revenue growth on Q3 2024 |\n|---|---:|\n| North | 13.3% |\n| South | 7.2% |",
            &[
                "13.3% = revenue North FY2025-Q3 growth on FY2024-Q3",
                "7.2% = revenue South FY2025-Q3 growth on FY2024-Q3",
            ],
        ),
        (
            "| $M | Q3 FY25 | Budget | Q2 FY25 | Change on Q3 FY24 | QoQ |\n|---|---:|---:|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 54.0 | 8.0 | 2.2 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "54.0 = revenue FY2025-Q2",
                "8.0 = revenue FY2025-Q3 change on FY2024-Q3",
                "2.2 = revenue FY2025-Q3 growth on FY2025-Q2",
            ],
        ),
        (
            "| $M | Q3 FY25 | Q3 FY25 YTD | Budget |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 158.0 | 150.0 |",
            &["56.2 = revenue FY2025-Q3", "158.0 = revenue FY2025-Q3-YTD", "150.0 = revenue - budget"],
        ),
        (
            "| $M, order intake | 30 September 2025 | 30 June 2025 | Growth on pcp |\n|---|---:|---:|---:|\n| North | 33.0 | 31.0 | 5.7% |",
            &[
                "33.0 = order_intake North FY2025-Q3",
                "31.0 = order_intake North FY2025-Q2",
                "5.7% = order_intake North FY2025-Q3 growth on FY2024-Q3",
            ],
        ),
        (
            "| $M | Q3 FY25 | Q3 FY24 | Change | YTD FY25 | YTD FY24 | Change |\n|---|---:|---:|---:|---:|---:|---:|\n| Revenue | 56.2 | 48.2 | 8.0 | 158.0 | 140.0 | 18.0 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "48.2 = revenue FY2024-Q3",
                "8.0 = revenue FY2025-Q3 change on FY2024-Q3",
                "158.0 = revenue FY2025-Q3-YTD",
                "140.0 = revenue FY2024-Q3-YTD",
                "18.0 = revenue FY2025-Q3-YTD change on FY2024-Q3-YTD",
            ],
        ),
        (
            "| Part | ARR, $M | vs Q2 | YoY |\n|---|---:|---:|---:|\n| North | 20.0 | +7.9% | +43% |",
            &[
                "20.0 = arr North FY2025-Q3",
                "+7.9% = arr North FY2025-Q3 growth on FY2025-Q2",
                "+43% = arr North FY2025-Q3 growth on FY2024-Q3",
            ],
        ),
        (
            "| $M | Q3 FY25 |\n|---|---:|\n| North | 30.1 |\n| South | 26.1 |\n| Revenue | 56.2 |",
            &["30.1 = revenue North FY2025-Q3", "26.1 = revenue South FY2025-Q3", "56.2 = revenue FY2025-Q3"],
        ),
        (
            "# P&L against budget and prior year\n\n| % of revenue | Q3 FY25 | Q3 FY24 |\n|---|---:|---:|\n| R&D | 16.2% | 17.1% |",
            &["16.2% = ?", "17.1% = ?"],
        ),
        (
            "# Revenue\n\n| $M | Q3 FY25 | % of budget spent |\n|---|---:|---:|\n| North | 30.1 | 35% |\n| South | 26.1 | 30% |\n| Total | 56.2 | 32% |",
            &[
                "30.1 = revenue North FY2025-Q3",
                "35% = ?",
                "26.1 = revenue South FY2025-Q3",
                "30% = ?",
                "56.2 = revenue FY2025-Q3",
                "32% = ?",
            ],
        ),
        ("| | Q3 FY25 |\n|---|---:|\n| Headcount (000s) | 0.318 |", &["0.318 = headcount FY2025-Q3"]),
        (
            "| $M | Q3 FY25 |\n|---|---:|\n| Opening ARR | 40.0 |\n| New customers | 3.1 |\n| Churn | (0.8) |\n| Closing ARR | 42.3 |",
            &[
                "40.0 = arr FY2025-Q2",
                "3.1 = New customers FY2025-Q3",
                "(0.8) = Churn FY2025-Q3",
                "42.3 = arr FY2025-Q3",
            ],
        ),
        (
            "# Headcount\n\n| Team | Q3 FY25 |\n|---|---:|\n| R&D | 146 |\n| Sales | 172 |\n| Total | 318 |",
            &["146 = headcount R&D FY2025-Q3", "172 = headcount Sales FY2025-Q3", "318 = headcount FY2025-Q3"],
        ),
        (
            "# Portfolio, by division\n\n| Q3 FY25 | North | South | Total |\n|---|---:|---:|---:|\n| Headcount | 146 | 172 | 318 |\n| Leverage | 2.1x | 2.4x | 2.2x |",
            &[
                "146 = headcount North FY2025-Q3",
                "172 = headcount South FY2025-Q3",
                "318 = headcount FY2025-Q3",
                "2.1x = leverage North FY2025-Q3",
                "2.4x = leverage South FY2025-Q3",
                "2.2x = leverage FY2025-Q3",
            ],
        ),
        (
            "All amounts in $M unless marked otherwise.\n\n| | Actual | Budget | Δ | Δ % |\n|---|---:|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | +1.2 | +2.2% |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "+1.2 = revenue FY2025-Q3 variance on budget",
                "+2.2% = revenue FY2025-Q3 variance on budget",
            ],
        ),
        (
            "| $k | Month actual | Month plan | Month variance |\n|---|---:|---:|---:|\n| Pay | 90 | 88 | (2) |",
            &["90 = Pay -", "88 = Pay - plan", "(2) = Pay FY2025-Q3 variance on plan"],
        ),
    ]);
}

/// A table with its labels alone, no source; what the tool makes of it and of the text before.
fn tabled(text: &str, table: &str) -> Vec<String> {
    let text = format!("{text}\n\n# Appendix\n\n{table}\n");
    shown(&Binder::of(&text).bound())
}

/// Rows of text, table, and what the numbers of the text are.
#[track_caller]
fn check_tabled(rows: &[(&str, &str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, table, expected)| (text, expected, tabled(text, table)))
        .filter(|(_, expected, found)| {
            !found.starts_with(&expected.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
        })
        .map(|(text, expected, found)| format!("{text}\n  expected {expected:?}\n  found    {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Columns of two years, as reports of companies have them.
const YEARS: &str = "| $000 | 2031 | 2030 |\n|---|---:|---:|\n";

#[test]
fn labels_in_other_words() {
    let rows = |rows: &str| format!("{YEARS}{rows}");
    let pumps = rows("| Pump revenue | 900 | 800 |\n| Net pump revenue | 700 | 650 |");
    let cash = rows(
        "| Cash provided by operating activities | 450 | 310 |\n| Cash provided by (used in) financing activities | 44 | (69) |",
    );
    let shares = rows("| Gross profit | 221 | 258 |\n| Gross profit % to net sales | 23.6% | 25.0% |");
    let working = rows("| Changes in working capital | (268) | (135) |");
    check_tabled(&[
        ("Net pump revenue was $700,000 in 2031.", &pumps, &["$700,000 = Net pump revenue FY2031"]),
        ("Pump revenue was $900,000 in 2031.", &pumps, &["$900,000 = Pump revenue FY2031"]),
        (
            "Net cash provided by operations was $450,000 for fiscal 2031.",
            &cash,
            &["$450,000 = Cash provided by operating activities FY2031"],
        ),
        (
            "Net cash used in financing activities was $69,000 in 2030.",
            &cash,
            &["$69,000 = Cash provided by (used in) financing activities FY2030"],
        ),
        (
            "Gross profit as a percentage of net sales fell to 23.6% in 2031 from 25.0% in 2030.",
            &shares,
            &["23.6% = Gross profit % to net sales FY2031", "25.0% = Gross profit % to net sales FY2030"],
        ),
        (
            "Working costs of $9,000 were partly offset by a $268,000 increase in working capital in 2031.",
            &working,
            &["$9,000 = Working costs FY2031", "$268,000 = Changes in working capital FY2031"],
        ),
        (
            "There was an increase in working capital of $268,000 in 2031.",
            &working,
            &["$268,000 = Changes in working capital FY2031"],
        ),
    ]);
}

#[test]
fn names_in_context() {
    let rows = |rows: &str| format!("{YEARS}{rows}");
    let rate = rows("| Effective tax rate | 18.3% | (48.3)% |");
    let allowance = rows("| Deferred tax assets | 562 | 471 |\n| Valuation allowance | (486) | (58) |");
    let ebitda = rows("| EBITDA | 790 | 640 |\n| Underlying EBITDA | 851 | 626 |");
    let income = rows("| Carriers | 300 | 170 |\n| Equity income – carriers | 588 | 535 |");
    let cash = rows(
        "| Cash provided by operating activities | 451 | 310 |\n| Net income | 204 | 150 |\n| Non-cash charges | 382 | 290 |",
    );
    check_tabled(&[
        (
            "The effective tax rate was 18.3% in 2031 compared to (48.3)% in 2030.",
            &rate,
            &["18.3% = Effective tax rate FY2031", "(48.3)% = Effective tax rate FY2030"],
        ),
        (
            "We had deferred tax assets of $562,000 offset by a valuation allowance totaling $486,000.",
            &allowance,
            &["$562,000 = Deferred tax assets FY2031", "$486,000 = Valuation allowance FY2031"],
        ),
        (
            "Underlying earnings before interest, tax, depreciation and amortisation (EBITDA) improved from $626,000 in 2030 to $851,000 in 2031.",
            &ebitda,
            &["$626,000 = Underlying EBITDA FY2030", "$851,000 = Underlying EBITDA FY2031"],
        ),
        (
            "Net income was $204,000 in 2031, mainly due to growth in the sector.",
            &cash,
            &["$204,000 = Net income FY2031"],
        ),
        (
            "In the industry it was mixed: • net income of $204,000; • other things.",
            &cash,
            &["$204,000 = Net income FY2031"],
        ),
        ("In 2031 we recognized net income of $204,000.", &cash, &["$204,000 = Net income FY2031"]),
        (
            "EBITDA of $790,000 rose by 0.5% on a normalised basis in 2031.",
            &ebitda,
            &["$790,000 = EBITDA FY2031", "0.5% = ?"],
        ),
        (
            "Equity income related to our carriers increased to $587,000 in 2031 compared to $535,000 in 2030.",
            &income,
            &["$587,000 = Equity income – carriers FY2031", "$535,000 = Equity income – carriers FY2030"],
        ),
        (
            "Cash provided by operations was $310,000 for fiscal 2030 consisting of $150,000 of net income and $290,000 of non-cash charges.",
            &cash,
            &[
                "$310,000 = Cash provided by operating activities FY2030",
                "$150,000 = Net income FY2030",
                "$290,000 = Non-cash charges FY2030",
            ],
        ),
    ]);
}

#[test]
fn rows_of_sections_are_parts() {
    let table = "| £m | 2031 | 2030 |\n|---|---:|---:|\n| Revenue: | | |\n| Europe | 412.6 | 398.2 |\n| Americas | 371.9 | 342.7 |\n| Total revenue | 784.5 | 740.9 |\n| Cost of revenue: | | |\n| Europe | 61.4 | 55.9 |\n| Americas | 48.7 | 50.3 |\n| Total cost of revenue | 110.1 | 106.2 |";
    check_tabled(&[
        (
            "Group revenue grew 5.9% to £784.5m (2030: £740.9m).\n\nRevenue in Europe was £412.6m (2030: £398.2m).",
            table,
            &[
                "5.9% = Total revenue FY2031 growth on FY2030",
                "£784.5m = Total revenue FY2031",
                "£740.9m = Total revenue FY2030",
                "£412.6m = Total revenue Europe FY2031",
                "£398.2m = Total revenue Europe FY2030",
            ],
        ),
        (
            "Revenue in Europe was £412.6m (2030: £398.2m) and cost of revenue was £61.4m (2030: £55.9m).",
            table,
            &[
                "£412.6m = Total revenue Europe FY2031",
                "£398.2m = Total revenue Europe FY2030",
                "£61.4m = Total cost of revenue Europe FY2031",
                "£55.9m = Total cost of revenue Europe FY2030",
            ],
        ),
        (
            "The cost of Americas revenue fell to £48.7m in 2031 from £50.3m.",
            table,
            &["£48.7m = Total cost of revenue Americas FY2031", "£50.3m = Total cost of revenue Americas FY2030"],
        ),
    ]);
}

#[test]
fn shares_and_loans() {
    let shares = "| $000 | 2031 | % of sales | 2030 | % of sales |\n|---|---:|---:|---:|---:|\n| Net sales | 5,184 | 100.0% | 4,871 | 100.0% |\n| Gross profit | 2,151 | 41.5% | 2,089 | 42.9% |\n| Selling, general and administrative expenses | 1,467 | 28.3% | 1,402 | 28.8% |";
    let loans = "| $000 | 2031 | 2030 |\n|---|---:|---:|\n| Term loan facility | 750 | 775 |\n| Revolving credit facility | 120 | 60 |\n| Total debt | 870 | 835 |";
    let places = "| $000 | 2031 | 2030 |\n|---|---:|---:|\n| Europe | 750 | 775 |\n| Asia-Pacific | 120 | 60 |\n| Total net revenue | 870 | 835 |";
    check_tabled(&[
        (
            "Gross profit as a percentage of net sales was 41.5% in 2031 compared to 42.9% in 2030.",
            shares,
            &["41.5% = Gross profit FY2031 share on Net sales", "42.9% = Gross profit FY2030 share on Net sales"],
        ),
        (
            "SG&A expenses were $1,467,000, or 28.3% of net sales, in 2031 compared to $1,402,000, or 28.8% of net sales, in 2030.",
            shares,
            &[
                "$1,467,000 = Selling, general and administrative expenses FY2031",
                "28.3% = Selling, general and administrative expenses FY2031 share on Net sales",
                "$1,402,000 = Selling, general and administrative expenses FY2030",
                "28.8% = Selling, general and administrative expenses FY2030 share on Net sales",
            ],
        ),
        (
            "At the end of 2031 we had $750,000 outstanding under our term loan facility and $120,000 outstanding under our revolving credit facility.",
            loans,
            &["$750,000 = Term loan facility FY2031-Q4", "$120,000 = Revolving credit facility FY2031-Q4"],
        ),
        (
            "Asia-Pacific revenue rose to $120,000 in 2031.",
            places,
            &["$120,000 = Total net revenue Asia-Pacific FY2031"],
        ),
    ]);
}

#[test]
fn lines_of_time_head_what_follows() {
    let sales = "| $000 | 2031 | 2030 | 2029 |\n|---|---:|---:|---:|\n| Revenue | 900 | 800 | 700 |\n| Net loss | (9) | (8) | (7) |";
    check_tabled(&[(
        "Fiscal 2030 compared with fiscal 2031\n\nRevenue increased $100,000.\n\nFiscal 2030 compared with fiscal 2029\n\nRevenue increased $100,000. Cost of revenue increased $50,000.\n\nNet loss\n\nNet loss was $9,000.",
        sales,
        &[
            "$100,000 = Revenue FY2031 change on FY2030",
            "$100,000 = Revenue FY2030 change on FY2029",
            "$50,000 = ?",
            "$9,000 = Net loss FY2031",
        ],
    )]);
}

#[test]
fn annual_reports() {
    let rows = |rows: &str| format!("{YEARS}{rows}");
    let table = rows(
        "| Net loss | (182) | (237) |\n| Interest expense, net | (42) | (38) |\n| Cost of revenue | 713 | 601 |\n| Depreciation and amortization expense | 101 | 94 |\n| Net earnings | 226 | 171 |",
    );
    check_tabled(&[
        (
            "We incurred net losses of $182,000 and $237,000 in 2031 and 2030, respectively.",
            &table,
            &["$182,000 = Net loss FY2031", "$237,000 = Net loss FY2030"],
        ),
        (
            "Interest expense, net was $42,000 in 2031, up from $38,000.",
            &table,
            &["$42,000 = Interest expense, net FY2031", "$38,000 = Interest expense, net FY2030"],
        ),
        (
            "The increase in cost of revenue of $112,000 was due to hosting.",
            &table,
            &["$112,000 = Cost of revenue FY2031 change on FY2030"],
        ),
        (
            "Net loss was $182,000 in 2031, compared to $237,000 in 2030, a decrease of $55,000, or 23%.",
            &table,
            &[
                "$182,000 = Net loss FY2031",
                "$237,000 = Net loss FY2030",
                "$55,000 = Net loss FY2031 change on FY2030",
                "23% = Net loss FY2031 growth on FY2030",
            ],
        ),
        (
            "Depreciation and amortization totaled $101,000 during 2031.",
            &table,
            &["$101,000 = Depreciation and amortization expense FY2031"],
        ),
        (
            "Net earnings rose to $226,000 in 2031 from $171,000, or $2.10 per diluted share, in 2030.",
            &rows("| Net earnings | 226 | 171 |\n| Diluted earnings per share | $2.79 | $2.10 |"),
            &[
                "$226,000 = Net earnings FY2031",
                "$171,000 = Net earnings FY2030",
                "$2.10 per diluted share = Diluted earnings per share FY2030",
            ],
        ),
        (
            "Net earnings were $226,000 in 2031, or $2.79 per diluted share.",
            &rows("| Net earnings | 226 | 171 |\n| Diluted earnings per share | $2.79 | $2.10 |"),
            &["$226,000 = Net earnings FY2031", "$2.79 per diluted share = Diluted earnings per share FY2031"],
        ),
        (
            "Net earnings in 2031 rose to $226,000, or $2.79 per share, from $171,000, or $2.10 per share, in 2030.",
            &table,
            &[
                "$226,000 = Net earnings FY2031",
                "$2.79 per share = ?",
                "$171,000 = Net earnings FY2030",
                "$2.10 per share = ?",
            ],
        ),
    ]);
}

#[test]
fn change_columns() {
    let over = "| $000 | 2031 | 2030 | 2029 | 2031 over 2030 | 2030 over 2029 |\n|---|---:|---:|---:|---:|---:|\n| Pumps | 960 | 502 | 806 | 458 | (304) |";
    let variance = "| $000 | 2031 | 2030 | Variance |\n|---|---:|---:|---:|\n| Pumps | 960 | 502 | 458 |";
    // A year of two digits behind its quarter, in a header that names another column by its distance.
    let short = "| $000 | Q3 31 | Q3 30 | Q3 30 LY |\n|---|---:|---:|---:|\n| Pumps | 960 | 802 | 751 |";
    let normal = "| $000 | 2031 | 2030 | Change | Change normalised |\n|---|---:|---:|---:|---:|\n| Pumps | 960 | 502 | 458 | 450 |";
    check_tabled(&[
        (
            "Notes.",
            over,
            &[
                "960 = Pumps FY2031",
                "502 = Pumps FY2030",
                "806 = Pumps FY2029",
                "458 = Pumps FY2031 change on FY2030",
                "(304) = Pumps FY2030 change on FY2029",
            ],
        ),
        ("Notes.", variance, &["960 = Pumps FY2031", "502 = Pumps FY2030", "458 = Pumps FY2031 change on FY2030"]),
        ("Notes.", short, &["960 = Pumps FY2031-Q3", "802 = Pumps FY2030-Q3", "751 = Pumps FY2029-Q3"]),
        (
            "Notes.",
            normal,
            &["960 = Pumps FY2031", "502 = Pumps FY2030", "458 = Pumps FY2031 change on FY2030", "450 = ?"],
        ),
    ]);
}

#[test]
fn schedules_are_numbered_and_walked() {
    check(&[
        // The number of a schedule is no part of what its title names.
        (
            "## B-2 Revenue by segment\n\n| | Q3 FY25 |\n|---|---:|\n| North | $30.1M |\n| South | $26.1M |\n| Total | $56.2M |",
            &["$30.1M = revenue North FY2025-Q3", "$26.1M = revenue South FY2025-Q3", "$56.2M = revenue FY2025-Q3"],
        ),
        // A statement is of many metrics.
        (
            "## A1 Statement of income\n\n| $M | Q3 FY25 |\n|---|---:|\n| Revenue | 56.2 |\n| EBITDA | 12.9 |",
            &["56.2 = revenue FY2025-Q3", "12.9 = ebitda FY2025-Q3"],
        ),
        // What came and went is no part of anything.
        (
            "**Roll-forward, Q3 ($M)**\n\n| Opening | Originations | Repayments | Closing |\n|---:|---:|---:|---:|\n| 136.2 | 58.9 | (45.1) | 150.0 |",
            &["136.2 = ?", "58.9 = Originations FY2025-Q3", "(45.1) = Repayments FY2025-Q3", "150.0 = ?"],
        ),
        // The corner alone says of when the one column is.
        ("| FY24, $M | |\n|---|---:|\n| Freight | 46.5 |", &["46.5 = Freight FY2024"]),
        (
            "# Cost walk, FY24 to FY25\n\n| $M | |\n|---|---:|\n| Freight | 46.5 |\n| Wages | 12.1 |",
            &["46.5 = Freight FY2025", "12.1 = Wages FY2025"],
        ),
    ]);
}

#[test]
fn labels_in_other_words_are_known_by_their_numbers() {
    check(&[
        (
            "| | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| Contracted ARR | $42.3M | $40.0M |\n\nContracted ARR was $42.3M.",
            &["$42.3M = arr FY2025-Q3", "$40.0M = arr FY2025-Q2", "$42.3M = arr FY2025-Q3"],
        ),
        // The numbers are others.
        (
            "| | Q3 FY25 | Q2 FY25 |\n|---|---:|---:|\n| Contracted ARR | $47.7M | $44.9M |",
            &["$47.7M = Contracted ARR FY2025-Q3", "$44.9M = Contracted ARR FY2025-Q2"],
        ),
        // A modifier makes another metric, whose number may happen to be the same once.
        ("| | Q3 FY25 |\n|---|---:|\n| Adjusted EBITDA | $12.9M |", &["$12.9M = Adjusted EBITDA FY2025-Q3"]),
        // No word in common.
        ("| | Q3 FY25 |\n|---|---:|\n| Freight | $12.9M |", &["$12.9M = Freight FY2025-Q3"]),
    ]);
}

#[test]
fn clauses_have_times_of_their_own() {
    check(&[
        (
            "When I wrote to you a year ago, ARR was $30.0M; today ARR is $42.3M.",
            &["$30.0M = arr FY2024-Q3", "$42.3M = arr FY2025-Q3"],
        ),
        ("ARR stood at $39.9M when we last met.", &["$39.9M = arr -"]),
        (
            "After a soft second quarter, when revenue was only $54.0M, revenue was $56.2M.",
            &["$54.0M = revenue FY2025-Q2", "$56.2M = revenue FY2025-Q3"],
        ),
        ("Q3 revenue growth of 16.6% came despite a wet May.", &["16.6% = revenue FY2025-Q3 growth"]),
        (
            "ARR of $42.3M is an increase of $2.3M, or 5.8%, from the second quarter.",
            &[
                "$42.3M = arr FY2025-Q3",
                "$2.3M = arr FY2025-Q3 change on FY2025-Q2",
                "5.8% = arr FY2025-Q3 growth on FY2025-Q2",
            ],
        ),
        (
            "Opening ARR of $40.0M plus new contracts of $2.3M gives the closing $42.3M.",
            &["$40.0M = arr FY2025-Q2", "$2.3M = ?", "$42.3M = arr FY2025-Q3"],
        ),
        // What a name is made of is not what the number is of, nor is a plural a verb.
        ("Segment contribution (EBITDA less R&D): $3.8M.", &["$3.8M = ?"]),
        ("# ARR\n\n- Borrowings fell to $11.6M.", &["$11.6M = ?"]),
        ("Nine months: revenue $158.2M.", &["$158.2M = revenue FY2025-Q3-YTD"]),
        ("ARR grew by 5.8% over the past quarter.", &["5.8% = arr FY2025-Q3 growth on FY2025-Q2"]),
        ("The 2023 cohort aside, ARR is $42.3M.", &["$42.3M = arr FY2025-Q3"]),
        (
            "ARR: $30.0M (Q3 FY24), $40.0M (Q2), $42.3M (Q3).",
            &["$30.0M = arr FY2024-Q3", "$40.0M = arr FY2025-Q2", "$42.3M = arr FY2025-Q3"],
        ),
        (
            "Compared with Q2, revenue was up $2.2M; compared with Q3 FY24, revenue was up $8.0M.",
            &["$2.2M = revenue FY2025-Q3 change on FY2025-Q2", "$8.0M = revenue FY2025-Q3 change on FY2024-Q3"],
        ),
        (
            "Headcount is unchanged on the month and 23 fewer than at Q2.",
            &["23 = headcount FY2025-Q3 change on FY2025-Q2"],
        ),
        ("Since v5.2 went live on 9 September, ARR has grown to $42.3M.", &["$42.3M = arr FY2025-Q3"]),
    ]);
}

#[test]
fn numbers_against_plans_in_all_words() {
    check(&[
        ("EBITDA was $0.3M favourable to plan.", &["$0.3M = ebitda FY2025-Q3 variance on plan"]),
        ("EBITDA beat budget ($12.9M vs $12.6M).", &["$12.9M = ebitda FY2025-Q3", "$12.6M = ebitda FY2025-Q3 budget"]),
        (
            "Our plan for the quarter had assumed revenue of $55.0M and EBITDA of $12.6M.",
            &["$55.0M = revenue FY2025-Q3 plan", "$12.6M = ebitda FY2025-Q3 plan"],
        ),
        (
            "Versus budget, Q2: revenue +$2.5M, EBITDA -$0.3M.",
            &["+$2.5M = revenue FY2025-Q2 variance on budget", "-$0.3M = ebitda FY2025-Q2 variance on budget"],
        ),
        ("We are four heads short of plan, with a headcount of 318.", &["four = ?", "318 = headcount FY2025-Q3"]),
        (
            "ARR of $42.3M beat the plan of $41.0M by $1.3M.",
            &["$42.3M = arr FY2025-Q3", "$41.0M = arr FY2025-Q3 plan", "$1.3M = arr FY2025-Q3 variance on plan"],
        ),
        // The one plan that the source has is meant.
        ("ARR 3.2% ahead.", &["3.2% = arr FY2025-Q3 variance on plan"]),
        ("Of the $0.3M EBITDA beat, much is timing.", &["$0.3M = ebitda FY2025-Q3 variance"]),
    ]);
}

#[test]
fn what_nothing_names_is_bound_where_the_source_has_it() {
    check(&[
        (
            "Revenue rose to $56.2M. It was $48.2M a year ago.",
            &["$56.2M = revenue FY2025-Q3", "$48.2M = revenue FY2024-Q3"],
        ),
        // The source has another number: the pronoun alone is no evidence.
        ("Revenue rose to $56.2M. It was $47.9M a year ago.", &["$56.2M = revenue FY2025-Q3", "$47.9M = ?"]),
        ("Revenue was $56.2M ($54.0M).", &["$56.2M = revenue FY2025-Q3", "$54.0M = revenue FY2025-Q2"]),
        ("Revenue was $56.2M ($51.7M).", &["$56.2M = revenue FY2025-Q3", "$51.7M = ?"]),
        // Of one digit there is too little to tell.
        ("Leverage was 2.2x, and the team of 9 stayed.", &["2.2x = leverage FY2025-Q3", "9 = ?"]),
        ("Our intake of orders, at last, gave us $60.0M.", &["$60.0M = order_intake FY2025-Q3"]),
    ]);
}
