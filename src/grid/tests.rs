//! Tables as data: a table in, what it is understood to say out.

use std::fmt::Write;

use super::*;
use crate::document::{Block, Role};
use crate::period::PeriodContext;
use crate::span::{FileId, Span};

/// A document of a small Markdown: `#` headings, paragraphs, one table of `|` rows with the header first, `^` its caption.
/// `>` before a label indents it, `**` makes it strong.
pub(crate) fn document(text: &str) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut heading = None;
    let mut table = Table::default();
    let mut at = 0;
    let block = |kind, heading, lead, start, end| Block {
        slide: 1,
        role: Role::Slides,
        heading,
        lead,
        kind,
        span: Span::new(start, end),
    };
    for line in text.split_inclusive('\n').chain(["\n"]) {
        let start = at;
        let written = line.trim_end_matches('\n');
        at += line.len();
        if let Some(row) = written.strip_prefix('|') {
            let header = table.rows.is_empty();
            if row.starts_with(" ---") {
                continue;
            }
            table.rows.push(Row { cells: cells(row, start + 1), header });
            continue;
        }
        if !table.rows.is_empty() {
            let lead = blocks.len().checked_sub(1).filter(|&last| matches!(blocks[last].kind, BlockKind::Paragraph(_)));
            blocks.push(block(BlockKind::Table(std::mem::take(&mut table)), heading, lead, start, start));
        }
        let flow = |prefix: usize| Flow::verbatim(&written[prefix..], start + prefix);
        if written.starts_with("# ") {
            blocks.push(block(BlockKind::Heading(1, flow(2)), None, None, start, start + written.len()));
            heading = Some(blocks.len() - 1);
        } else if written.starts_with('^') {
            table.caption = Some(flow(2));
        } else if !written.trim().is_empty() {
            blocks.push(block(BlockKind::Paragraph(flow(0)), heading, None, start, start + written.len()));
        }
    }
    let mut document = crate::read::empty(FileId(0), Role::Slides);
    document.blocks = blocks;
    document
}

fn cells(row: &str, start: usize) -> Vec<Cell> {
    let mut found = Vec::new();
    let mut at = start;
    for written in row.trim_end().trim_end_matches('|').split('|') {
        let bare = written.trim_start_matches([' ', '>', '*']);
        let inner = at + (written.len() - bare.len());
        let text = bare.trim_end_matches([' ', '*']);
        found.push(Cell {
            flow: Flow::verbatim(text, inner),
            span: Span::new(inner, inner + text.len()),
            strong: written.contains("**"),
            indent: written.matches('>').count() as u8,
        });
        at += written.len() + 1;
    }
    found
}

/// Writes a grid down: each line with what is known of it, then the cells.
pub(crate) fn render(grid: &Grid, text: &str) -> String {
    let mut out = String::new();
    if let Some(title) = &grid.title {
        let _ = writeln!(out, "title: {}", title.text());
    }
    for line in &grid.columns {
        let _ = writeln!(out, "col {}", describe(line));
    }
    for (line, cells) in grid.rows.iter().zip(&grid.cells) {
        let values: Vec<String> = cells.iter().map(|cell| value(cell, text)).collect();
        let _ = writeln!(out, "row {}: {}", describe(line), values.join(" | "));
    }
    out
}

fn describe(line: &Line) -> String {
    let mut out = format!("{:?}", line.name);
    if line.kind != LineKind::Level {
        let _ = write!(out, " {:?}", line.kind);
    }
    for group in &line.groups {
        let _ = write!(out, " <{}>", group.text());
    }
    if let Some(period) = &line.period {
        let _ = match period.resolve(&PeriodContext::default()) {
            Some(period) => write!(out, " @{period}"),
            None => write!(out, " @{period:?}"),
        };
    }
    if let Some(base) = line.base.as_ref().and_then(|base| base.resolve(&PeriodContext::default())) {
        let _ = write!(out, " on {base}");
    }
    if let Some(scenario) = line.scenario {
        let _ = write!(out, " ~{scenario}");
    }
    if let Some(unit) = &line.unit {
        let _ = write!(out, " in {unit}");
    }
    if let Some(scale) = &line.scale {
        let _ = write!(out, " x{scale}");
    }
    out
}

/// The value with its unit; every number's span must be the number itself.
fn value(cell: &GridCell, text: &str) -> String {
    match (&cell.quantity, cell.content) {
        (Some(quantity), _) => {
            let written = &text[cell.span.range()];
            assert!(written.contains(|c: char| c.is_ascii_digit()), "span of {written:?}");
            let unit = match &quantity.unit {
                Unit::Bare => String::new(),
                unit => format!(" {unit}"),
            };
            format!("{}{unit}", quantity.value.map(|value| value.normalize().to_string()).unwrap_or_default())
        }
        (None, CellContent::Empty) => String::new(),
        (None, content) => format!("{content:?}"),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let document = document(text);
    let grids = understand(0, &document, DecimalMark::Point);
    let got: String = grids.iter().map(|grid| render(grid, text)).collect();
    let got: String = got.lines().map(|line| format!("{}\n", line.trim())).collect();
    let expected: String =
        expected.lines().map(|line| format!("{}\n", line.trim())).filter(|line| line != "\n").collect();
    assert!(got == expected, "understood:\n{got}\nexpected:\n{expected}");
}

#[test]
fn header_rows_of_filings() {
    check(
        "\
|  |  | Fiscal |  |
|  | 2031 | 2030 | 2029 |
|  |  | (in millions) |  |
| Pumps | $ 512 | $ 498 | $ 455 |
| Valves | 77 | 81 | — |
| Total sales | $ 589 | $ 579 | $ 455 |
",
        r#"
            col "" <Fiscal> @FY2031 x1000000
            col "" <Fiscal> @FY2030 x1000000
            col "" <Fiscal> @FY2029 x1000000
            row "Pumps": 512000000 USD | 498000000 USD | 455000000 USD
            row "Valves": 77000000 USD | 81000000 USD | Dash
            row "Total sales" Total: 589000000 USD | 579000000 USD | 455000000 USD
        "#,
    );
}

#[test]
fn groups_and_company_side_by_side() {
    check(
        "\
# Balance sheet
| | Group | | Company | |
| | 2031 | 2030 | 2031 | 2030 |
| | £m | £m | £m | £m |
| Goodwill (note 4) | 12.5 | 11.0 | – | – |
| Inventories1 | (3.5) | 2 | 4 | 4.0 |
",
        r#"
            col "" <Group> @FY2031 in GBP x1000000
            col "" <Group> @FY2030 in GBP x1000000
            col "" <Company> @FY2031 in GBP x1000000
            col "" <Company> @FY2030 in GBP x1000000
            row "Goodwill (note 4)": 12500000 GBP | 11000000 GBP | Dash | Dash
            row "Inventories": -3500000 GBP | 2000000 GBP | 4000000 GBP | 4000000 GBP
        "#,
    );
}

#[test]
fn centred_groups_end_where_the_headers_below_change() {
    check(
        "\
| | | Year Ended | | | Change | | |
| (Dollars in thousands) | 2031 | 2030 | 2029 | 2031 over 2030 |  | 2030 over 2029 | |
| Panels | $1,460 | $ 502 | $ 806 | $ 958 | 191% | $ (304) | (38)% |
| Earnings per share, diluted | $1.50 | $ 0.50 | $ 0.80 | $ 1.00 | 200% | $ (0.30) | (38)% |
| Headcount | 120 | 100 | 80 | 20 | 20% | 20 | 25% |
",
        r#"
            col "" <Year Ended> @FY2031
            col "" <Year Ended> @FY2030
            col "" <Year Ended> @FY2029
            col "over" Change <Change> @FY2031 on FY2030
            col "over" Growth <Change> @FY2031 on FY2030
            col "over" Change <Change> @FY2030 on FY2029
            col "over" Growth <Change> @FY2030 on FY2029
            row "Panels": 1460000 USD | 502000 USD | 806000 USD | 958000 USD | 191 percent | -304000 USD | -38 percent
            row "Earnings per share, diluted": 1.5 USD/share | 0.5 USD/share | 0.8 USD/share | 1 USD/share | 200 percent | -0.3 USD/share | -38 percent
            row "Headcount": 120 count | 100 count | 80 count | 20 count | 20 percent | 20 count | 25 percent
        "#,
    );
}

#[test]
fn columns_in_time() {
    check(
        "\
| | Fiscal Year Ended | |
| | December 27, 2031 | December 29, 2030 |
| Net income | 512 | 498 |
",
        r#"
            col "" <Fiscal Year Ended> @FY2031
            col "" <Fiscal Year Ended> @FY2030
            row "Net income": 512 | 498
        "#,
    );
    check(
        "\
| | Fiscal year | | Variance in | |
| (In millions) | 2031 | 2030 | Dollar | Percent |
| Net sales | $512 | $498 | $14 | 3% |
",
        r#"
            col "" <Fiscal year> @FY2031
            col "" <Fiscal year> @FY2030
            col "Variance" Change in USD
            col "Variance" Growth in percent
            row "Net sales": 512000000 USD | 498000000 USD | 14000000 USD | 3 percent
        "#,
    );
    check(
        "\
| | F31 | F30 | |
| £ million | 53 weeks | 52 weeks | Change |
| Net sales | 512 | 498 | 2.8% |
",
        r#"
            col "" @FY2031
            col "" @FY2030
            col "Change" Growth <F30> @FY2030
            row "Net sales": 512000000 GBP | 498000000 GBP | 2.8 percent
        "#,
    );
    check(
        "\
| | | Net additions | | % of homes | |
| | August 31, 2031 | August 31, 2031 | August 31, 2030 | August 31, 2031 | August 31, 2030 |
| Customers | 446,137 | 21,189 | 21,417 | 50.8 | 49.7 |
",
        r#"
            col "" @2031-08
            col "" <Net additions> @2031-08
            col "" <Net additions> @2030-08
            col "" Share <% of homes> @2031-08 in percent
            col "" Share <% of homes> @2030-08 in percent
            row "Customers": 446137 count | 21189 count | 21417 count | 50.8 percent | 49.7 percent
        "#,
    );
    check(
        "\
| | 2031 | | 2030 | |
| | £m | % of revenue | £m | % of revenue |
| Europe | 412.6 | 41.3% | 398.2 | 42.5% |
",
        r#"
            col "" @FY2031 in GBP x1000000
            col "% of revenue" Share <2031> @FY2031 in percent
            col "" @FY2030 in GBP x1000000
            col "% of revenue" Share <2030> @FY2030 in percent
            row "Europe": 412600000 GBP | 41.3 percent | 398200000 GBP | 42.5 percent
        "#,
    );
    check(
        "\
| (in millions, except per share amounts) | 2031 | 2030 |
| Net sales | $512 | $498 |
| Diluted earnings per share | $ 1.47 | $ 1.03 |
",
        r#"
            col "" @FY2031
            col "" @FY2030
            row "Net sales": 512000000 USD | 498000000 USD
            row "Diluted earnings per share": 1.47 USD/share | 1.03 USD/share
        "#,
    );
    check(
        "\
| | FY31 actual | FY31 budget | Variance |
| Net sales | 512 | 498 | 14 |
",
        r#"
            col "" @FY2031 ~actual
            col "" @FY2031 ~budget
            col "Variance" Variance
            row "Net sales": 512 | 498 | 14
        "#,
    );
}

#[test]
fn numbers_and_changes_in_their_own_writing() {
    check(
        "\
| Bed days, 000 | 2031 | 2030 | +/- | QoQ | QoQ % | B/(W) |
| Northgate | 46 129 | 1 244 587 | -3 | 4 | 5 | 6 |
| Margin, % | 11.7 | 11.1 | 0.6 | 7 | 8 | 9 |
",
        r#"
            title: Bed days, 000
            col "" @FY2031
            col "" @FY2030
            col "+" Change
            col "" Change @Against(Quarter)
            col "" Growth @Against(Quarter) in percent
            col "B/(W)" Change
            row "Northgate": 46129000 | 1244587000 | -3000 | 4000 | 5 percent | 6000
            row "Margin" in percent: 11.7 percent | 11.1 percent | 0.6 pp | 7 pp | 8 percent | 9 pp
        "#,
    );
    check(
        "\
| Customer | Revenue FY31 ($k) | Revenue FY30 ($k) | Change |
| Acme | 4,285 | 4,087 | +198 |
| All other customers | 19,841 | 19,402 | +439 |
",
        r#"
            col "Revenue" @FY2031 in USD x1000
            col "Revenue" @FY2030 in USD x1000
            col "Change" Change in USD x1000
            row "Acme": 4285000 USD | 4087000 USD | 198000 USD
            row "All other customers": 19841000 USD | 19402000 USD | 439000 USD
        "#,
    );
}

#[test]
fn a_notice_makes_no_money_of_what_is_counted() {
    let table =
        |title: &str| format!("EUR k unless marked otherwise.\n\n# {title}\n| Channel | Q1 FY31 |\n| Direct | 412 |\n");
    let counted = r#"
        col "" @FY2031-Q1
        row "Direct": 412 count
    "#;
    check(&table("New customers by channel"), counted);
    check(&table("Applications"), counted);
    check(&table("Sales by channel"), "col \"\" @FY2031-Q1\nrow \"Direct\": 412000 EUR\n");
    // Where money is near, `Agency staff` is what they cost.
    check(
        "EUR thousands\n\n| | Q1 FY31 |\n| Agency staff | 2,732 |\n| FTE | 41 |\n",
        "col \"\" @FY2031-Q1\nrow \"Agency staff\": 2732000 EUR\nrow \"FTE\": 41 count\n",
    );
}

#[test]
fn days_that_follow_one_another_open_and_close() {
    check(
        "\
| €k | 2031 | 2030 |
| At 1 January | 62 | 61 |
| Additions | 8 | 7 |
| At 31 December | 70 | 68 |
",
        r#"
            col "" @FY2031
            col "" @FY2030
            row "" Opening: 62000 EUR | 61000 EUR
            row "Additions": 8000 EUR | 7000 EUR
            row "" Closing: 70000 EUR | 68000 EUR
        "#,
    );
}

#[test]
fn the_scale_of_money_spares_everything_else() {
    check(
        "\
Amounts in thousands of US dollars.

| | Q1 FY30 | Q2 FY30 | Q2 FY30 plan | vs plan | % of revenue |
| Revenue | 1,200 | 1,300 | 1,400 | (100) | 100 |
| of which services | 200 | 300 | 400 | (100) | 23 |
| Gross margin, % | 70.8 | 71.0 | 72 | -1 | |
| Customers over $100K | 70 | 71 | 72 | (1) | |
| DSO (days) | 70 | 71 | 72 | (1) | |
| Average basket, £ | 31.40 | 30.20 | 29.00 | 1.20 | |
| Active customers, million | 2.84 | 2.70 | n/a | | |
",
        r#"
            col "" @FY2030-Q1
            col "" @FY2030-Q2
            col "" @FY2030-Q2 ~plan
            col "" Variance ~plan
            col "% of revenue" Share in percent
            row "Revenue": 1200000 USD | 1300000 USD | 1400000 USD | -100000 USD | 100 percent
            row "services" OfWhich: 200000 USD | 300000 USD | 400000 USD | -100000 USD | 23 percent
            row "Gross margin" in percent: 70.8 percent | 71 percent | 72 percent | -1 pp |
            row "Customers over $100K": 70 count | 71 count | 72 count | -1 count |
            row "DSO" in days: 70 days | 71 days | 72 days | -1 days |
            row "Average basket" in GBP: 31.4 GBP | 30.2 GBP | 29 GBP | 1.2 GBP |
            row "Active customers" x1000000: 2840000 count | 2700000 count | NotAvailable |  |
        "#,
    );
}

#[test]
fn ordinals_label_nothing_and_a_total_may_stand_before_its_number() {
    check(
        "\
| # | Item | Monthly rate | USD rate |
| 1 | Rent | €500 | $550 |
| 2 | Power | €500 | $550 |
| 3 | Water | €500 | $550 |
| | | **Total:** | **$1,650** |
",
        r#"
            col "Monthly rate"
            col "rate" in USD
            row "Rent": 500 EUR | 550 USD
            row "Power": 500 EUR | 550 USD
            row "Water": 500 EUR | 550 USD
            row "Total" Total: Text | 1650 USD
        "#,
    );
}

#[test]
fn keys_of_exports_carry_units() {
    check(
        "\
| quarter | revenue_eur_m | gross_margin_pct |
| first | 246.5 | 18.6 |
| second | 251.3 | 18.9 |
",
        r#"
            col "revenue" in EUR x1000000
            col "gross margin" in percent
            row "first": 246500000 EUR | 18.6 percent
            row "second": 251300000 EUR | 18.9 percent
        "#,
    );
}

#[test]
fn captions_headings_and_notices_state_units() {
    check(
        "\
^ Margin by line, %
| | Q1 FY30 | Q2 FY30 |
| Freight | 18.6 | 18.9 |
",
        r#"
            title: Margin by line, %
            col "" @FY2030-Q1
            col "" @FY2030-Q2
            row "Freight": 18.6 percent | 18.9 percent
        "#,
    );
    check(
        "\
# Sales by region (€m)
| | Q1 FY30 | Q2 FY30 |
| North | 18.6 | 18.9 |
",
        r#"
            col "" @FY2030-Q1
            col "" @FY2030-Q2
            row "North": 18600000 EUR | 18900000 EUR
        "#,
    );
    check(
        "\
All amounts in £ thousands unless otherwise stated.

# Sales
Sales grew by 4 million last year.

| | Q1 FY30 | Q2 FY30 |
| North | 18.6 | 18.9 |
",
        r#"
            col "" @FY2030-Q1
            col "" @FY2030-Q2
            row "North": 18600 GBP | 18900 GBP
        "#,
    );
}

#[test]
fn dividends_in_pence() {
    check(
        "\
| pence per share | FY30 | FY29 |
| Interim dividend | 2.6 | 2.3 |
| Dividend per share | 8.4 | 7.2 |
",
        r#"
            col "" @FY2030
            col "" @FY2029
            row "Interim dividend": 0.026 GBP/share | 0.023 GBP/share
            row "Dividend per share": 0.084 GBP/share | 0.072 GBP/share
        "#,
    );
}

#[test]
fn sections_hold_until_their_total_and_indents_enclose() {
    check(
        "\
| $k | 2031 |
| Assets: | |
| Cash | 120 |
| > of which restricted | 20 |
| Receivables | 80 |
| Total assets | 200 |
| Equity | 90 |
",
        r#"
            col "" @FY2031
            row "Assets" Section:
            row "Cash" <Assets:>: 120000 USD
            row "restricted" OfWhich <Assets:> <Cash>: 20000 USD
            row "Receivables" <Assets:>: 80000 USD
            row "Total assets" Total <Assets:>: 200000 USD
            row "Equity": 90000 USD
        "#,
    );
}

#[test]
fn periods_down_the_side() {
    check(
        "\
| Quarter | Revenue, $M | Gross margin | Customers |
| Q1 FY31 | 8.0 | 70.1% | 1,021 |
| Q2 FY31 | 9.5 | 70.8% | 1,198 |
",
        r#"
            col "Revenue" in USD x1000000
            col "Gross margin"
            col "Customers"
            row "" @FY2031-Q1: 8000000 USD | 70.1 percent | 1021 count
            row "" @FY2031-Q2: 9500000 USD | 70.8 percent | 1198 count
        "#,
    );
}

#[test]
fn years_under_sections() {
    check(
        "\
| | High | Low |
| 2031: | | |
| Fourth quarter | $11.44 | $9.47 |
| 2030: | | |
| Fourth quarter | $12.16 | $7.43 |
",
        r#"
            col "High"
            col "Low"
            row "" Section @FY2031:  |
            row "" <2031:> @FY2031-Q4: 11.44 USD | 9.47 USD
            row "" Section @FY2030:  |
            row "" <2030:> @FY2030-Q4: 12.16 USD | 7.43 USD
        "#,
    );
}

#[test]
fn dates_put_together_from_two_rows() {
    check(
        "\
| | December 31, | | Change |
| | 2031 | 2030 | $ | % |
| Net sales | $ 93,662 | $ 103,350 | $ (9,688) | (9.4%) |
",
        r#"
            col "" <December 31,> @FY2031-Q4
            col "" <December 31,> @FY2030-Q4
            col "Change" Change in USD
            col "Change" Growth in percent
            row "Net sales": 93662 USD | 103350 USD | -9688 USD | -9.4 percent
        "#,
    );
    check(
        "\
| Three months ended October 31, | 2031 | 2030 |
| Revenue | 512 | 498 |
",
        r#"
            col "" @Fixed(Ended(3, 2031-10-31))
            col "" @Fixed(Ended(3, 2030-10-31))
            row "Revenue": 512 | 498
        "#,
    );
}

#[test]
fn halves_take_the_year_they_add_up_to() {
    check(
        "\
| £m | H1 | H2 | FY31 |
| Shops | 176.2 | 236.1 | 412.3 |
",
        r#"
            col "" @FY2031-H1
            col "" @FY2031-H2
            col "" @FY2031
            row "Shops": 176200000 GBP | 236100000 GBP | 412300000 GBP
        "#,
    );
}

#[test]
fn two_label_columns_and_a_column_of_units() {
    check(
        "\
| Metric | Segment | Unit | Q1 FY31 | Q2 FY31 |
| Revenue | North | $M | 4.1 | 4.4 |
| Revenue | South | $M | 2.0 | 2.2 |
| Churn | North | % | 1.1 | 1.0 |
",
        r#"
            col "" @FY2031-Q1
            col "" @FY2031-Q2
            row "North" <Revenue> in USD x1000000: 4100000 USD | 4400000 USD
            row "South" <Revenue> in USD x1000000: 2000000 USD | 2200000 USD
            row "North" <Churn> in percent: 1.1 percent | 1 percent
        "#,
    );
}

#[test]
fn words_of_time_name_nothing() {
    for text in ["Calendar years", "Days to date", "(unaudited)", "Three months ended", "As at 31 December"] {
        assert!(!names_something(text), "{text}");
    }
    assert!(names_something("Calendar of events") && names_something("Days sales outstanding"));
}

#[test]
fn a_cross_is_times_over_ratios_and_a_mark_over_anything_else() {
    let cells = |table: &str| {
        let document = document(table);
        let grid = &understand(0, &document, DecimalMark::Point)[0];
        let told =
            grid.cells.iter().map(|row| row.iter().map(|cell| value(cell, table)).collect::<Vec<_>>().join(" | "));
        told.collect::<Vec<_>>()
    };
    for (table, expected) in [
        ("| [x] | FY31 |\n| Shops | 120 |\n", &["120"][..]),
        ("| Shops | x | FY31 |\n| North | 120 | 110 |\n", &["120 | 110"]),
        ("| Shops | [x] Open | FY31 |\n| North | 120 | 110 |\n", &["120 | 110"]),
        ("| Shops | FY31 |\n| [x] North | 120 |\n| x | 1.5 |\n| [X] | 15 |\n", &["120", "1.5 x", "15"]),
        ("| Leverage (x) | EV/EBITDA [x] | Cover, x |\n| 2 | 12 | 3 |\n", &["2 x | 12 x | 3 x"]),
        ("| x | FY31 | FY30 |\n| Leverage | 2.5 | 3 |\n", &["2.5 x | 3 x"]),
        ("| Company | Leverage | Debt |\n| | x | $m |\n| Acme | 2 | 31 |\n", &["2 x | 31000000 USD"]),
        ("| Metric | Unit | FY31 |\n| Leverage | x | 3 |\n", &["3 x"]),
    ] {
        assert_eq!(cells(table), expected, "{table}");
    }
}

#[test]
fn signs_in_columns_of_their_own() {
    check(
        "\
| | | 2031 | | | 2030 | |
| Licences | $ | 64,798 | | $ | 35,452 | |
| Margin | | 71.2 | % | | 70.4 | % |
",
        r#"
            col "" @FY2031
            col "" @FY2030
            row "Licences": 64798 USD | 35452 USD
            row "Margin": 71.2 percent | 70.4 percent
        "#,
    );
}

#[test]
fn cells_that_are_no_single_number() {
    check(
        "\
| $M | FY31 | FY30 |
| Cash | n/a | — |
| Debt | 2.6 (2.3) | 4.1(1) |
| Other | n.m. | ~$1.1M |
| Leases | $3,500K | (6)% |
",
        r#"
            col "" @FY2031
            col "" @FY2030
            row "Cash": NotAvailable | Dash
            row "Debt": Text | 4100000 USD
            row "Other": NotAvailable | 1100000 USD
            row "Leases": 3500000 USD | -6 percent
        "#,
    );
}

#[test]
fn markdown_has_no_table_without_a_header() {
    check(
        "\
| Team members | 16 | 12 |
| Advisers | 4 | 3 |
",
        r#"
            col ""
            col ""
            row "Team members": 16 count | 12 count
            row "Advisers": 4 | 3
        "#,
    );
}

proptest::proptest! {
    /// Any table at all is understood without a panic, every cell belongs to a row and a column, and every span lies in the text.
    #[test]
    fn any_table_is_a_grid(rows in proptest::collection::vec(proptest::collection::vec(0..PIECES.len(), 1..7), 1..9), noise in "\\PC{0,12}") {
        let mut text = String::from("Sales (in thousands):\n\n");
        for row in rows {
            for piece in row {
                text.push_str("| ");
                text.push_str(if PIECES[piece] == "noise" { noise.as_str() } else { PIECES[piece] });
                text.push(' ');
            }
            text.push_str("|\n");
        }
        let document = document(&text);
        for grid in understand(0, &document, DecimalMark::Point) {
            assert_eq!(grid.cells.len(), grid.rows.len());
            for row in &grid.cells {
                assert_eq!(row.len(), grid.columns.len());
                assert!(row.iter().all(|cell| text.get(cell.span.range()).is_some()));
            }
            let _ = crate::footing::misses(&grid);
        }
    }
}

/// What cells are made of.
const PIECES: &[&str] = &[
    "",
    "Total",
    "Revenue",
    "of which new",
    "2031",
    "2030",
    "Q1 FY31",
    "December 31,",
    "$",
    "%",
    ")",
    "(in thousands)",
    "£m",
    "Change",
    "% of total",
    "12.5",
    "1,204",
    "(3.5)",
    "—",
    "n/a",
    "41%",
    "$ 5,686",
    "-99999999999999999999999999999",
    "0.0000000001",
    "Opening",
    "Closing",
    "Group",
    "Less: costs",
    "noise",
    "7 customers",
    "1e9",
    "FY31 €m",
    "(1)",
    "5–6",
    "'000",
    "\u{a0}x",
    "９",
    "é",
    "100%",
];

#[test]
fn what_is_counted_keeps_out_of_the_scale_of_money() {
    // Counts in a table of millions.
    check(
        "\
| £m | Actual | Budget |
| Net lending | 77.5 | 75.0 |
| Full-time equivalents | 512 | 518 |
",
        r#"
            col "" ~actual
            col "" ~budget
            row "Net lending": 77500000 GBP | 75000000 GBP
            row "Full-time equivalents": 512 count | 518 count
        "#,
    );
    // Where rows say what the notice says already, the others are in units of their own.
    check(
        "\
Thousands of euro unless another unit is given.

# Rooms statistics
| | Q3 FY25 |
| Rooms revenue, €'000 | 20,872 |
| Room-nights sold | 158,900 |
| Linen, sets | 41,300 |
| Usage revenue, €m | 20.9 |
| of which on demand | 6.1 |
| Occupancy, % | 79.2 |
| Memo: linen, sets | 41,300 |
",
        r#"
            col "" @FY2025-Q3
            row "Rooms revenue" in EUR x1000: 20872000 EUR
            row "Room-nights sold": 158900 count
            row "Linen, sets": 41300
            row "Usage revenue" in EUR x1000000: 20900000 EUR
            row "on demand" OfWhich in EUR x1000000: 6100000 EUR
            row "Occupancy" in percent: 79.2 percent
            row "Memo: linen, sets" OfWhich: 41300
        "#,
    );
    // A table of counts under a notice about money.
    check(
        "\
Thousands of euro unless another unit is given.

# Estate
| | Q3 FY25 |
| City hotels | 17 |
| Resorts | 14 |
| Hotels | 31 |
| Rooms | 4,820 |
| of which resorts | 2,640 |
",
        r#"
            col "" @FY2025-Q3
            row "City hotels": 17 count
            row "Resorts": 14
            row "Hotels": 31 count
            row "Rooms": 4820 count
            row "resorts" OfWhich: 2640 count
        "#,
    );
    // Their names do not make money of the divisions countable.
    check(
        "\
Thousands of euro unless another unit is given.

# EBITDA by division
| | Q3 FY25 |
| City hotels | 9,870 |
| Resorts | 25,310 |
| Group EBITDA | 35,180 |
",
        r#"
            col "" @FY2025-Q3
            row "City hotels": 9870000 EUR
            row "Resorts": 25310000 EUR
            row "Group EBITDA": 35180000 EUR
        "#,
    );
}

#[test]
fn measures_stand_behind_labels_and_titles() {
    check(
        "\
| Volume, thousand hl | H1 2025 |
| Lager | 826 |
| Bottles (million pieces) | 1.2 |
",
        r#"
            title: Volume, thousand hl
            col "" @FY2025-H1
            row "Lager": 826000 count
            row "Bottles" in count x1000000: 1200000 count
        "#,
    );
    check(
        "\
Units distributed, GWh

| | FY25 | FY24 |
| Domestic | 7,268 | 7,412 |
| Ore milled (kt) | 2,095 | 2,040 |
| Copper produced (t) | 15,985 | 15,340 |
| Gold produced, oz | 22,130 | 20,880 |
| Freight (R m) | 84.6 | 81.3 |
| Leakage, Ml/d | 133.9 | 139.5 |
| Head grade (g/t) | 1.74 | 1.71 |
| Energy use, kWh/m² | 160 | 171 |
| Storage held, Ml | 36,260 | 29,250 |
| Concrete, '000 m³ | 402.6 | 421.4 |
| Peak output (MWp) | 38.2 | 36.0 |
",
        r#"
            title: Units distributed, GWh
            col "" @FY2025
            col "" @FY2024
            row "Domestic": 7268 GWh | 7412 GWh
            row "Ore milled" in t x1000: 2095000 t | 2040000 t
            row "Copper produced" in t: 15985 t | 15340 t
            row "Gold produced" in oz: 22130 oz | 20880 oz
            row "Freight" in ZAR x1000000: 84600000 ZAR | 81300000 ZAR
            row "Leakage" in Ml/day: 133.9 Ml/day | 139.5 Ml/day
            row "Head grade" in g/t: 1.74 g/t | 1.71 g/t
            row "Energy use" in kWh/m²: 160 kWh/m² | 171 kWh/m²
            row "Storage held" in Ml: 36260 Ml | 29250 Ml
            row "Concrete" in m³ x1000: 402600 m³ | 421400 m³
            row "Peak output" in MWp: 38.2 MWp | 36 MWp
        "#,
    );
}

#[test]
fn a_column_of_units_says_what_its_rows_are_in() {
    check(
        "\
| Measure | Unit | H1 2025/26 | Commitment 2025/26 |
| Leakage | Ml/d | 71.8 | 70.5 |
| Consumption | litres per head per day | 138.6 | 137.0 |
| Interruptions | minutes per property | 3.4 | 5.0 |
| Outage | % | 1.62 | 2.20 |
| Complaints | number | 1,438 | n/a |
",
        r#"
            col "" @FY2026-H1
            col "" @FY2026 ~target
            row "Leakage" in Ml/day: 71.8 Ml/day | 70.5 Ml/day
            row "Consumption" in litres/head/day: 138.6 litres/head/day | 137 litres/head/day
            row "Interruptions" in minutes: 3.4 minutes | 5 minutes
            row "Outage" in percent: 1.62 percent | 2.2 percent
            row "Complaints" in count: 1438 count | NotAvailable
        "#,
    );
}

#[test]
fn a_note_below_a_table_says_its_unit_and_a_rate_has_none() {
    check(
        "\
# Operations

| | FY25 |
| Revenue | 412.0 |
| LTIFR (per million hours) | 0.42 |

All figures in £m.
",
        r#"
            col "" @FY2025
            row "Revenue": 412000000 GBP
            row "LTIFR (per million hours)": 0.42
        "#,
    );
}
