//! What is found in which text: one row a text.

use proptest::prelude::*;

use super::scan;
use crate::extract::{Mention, MentionKind};
use crate::period::{Calendar, NamedBy, Period, PeriodContext};

/// A report on Q3 FY25 of a year that starts on 1 February.
fn context() -> PeriodContext {
    let calendar = Calendar { start_month: 2, start_day: 1, named_by: NamedBy::End };
    PeriodContext { calendar, reporting: Some(Period::Quarter(2025, 3)) }
}

fn shown(mention: &Mention, context: &PeriodContext) -> String {
    match &mention.kind {
        MentionKind::Period(expression, scenario) => {
            let period = expression.resolve(context).map_or("?".to_owned(), |period| period.to_string());
            scenario.map_or(period.clone(), |scenario| format!("{period} {scenario}"))
        }
        MentionKind::Aside(_) => "aside".to_owned(),
        MentionKind::ImpossibleDate(_) => "impossible".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Holds what is found against `words = period | words = period`.
#[track_caller]
fn check_in(context: &PeriodContext, rows: &[(&str, &str)]) {
    let found = |text: &str| {
        let mentions = scan(text);
        let lines =
            mentions.iter().map(|mention| format!("{} = {}", &text[mention.range.clone()], shown(mention, context)));
        lines.collect::<Vec<_>>().join(" | ")
    };
    let wrong: Vec<_> = rows.iter().filter(|(text, expected)| found(text) != *expected).collect();
    let said: Vec<_> = wrong.iter().map(|(text, _)| (text, found(text))).collect();
    assert!(wrong.is_empty(), "expected {wrong:#?}\nfound {said:#?}");
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    check_in(&context(), rows);
}

#[test]
fn fiscal_periods() {
    check(&[
        ("Q3 FY25", "Q3 FY25 = FY2025-Q3"),
        ("EBIT for F19 (F2018)", "F19 = FY2019 | F2018 = FY2018"),
        ("Q1 F20", "Q1 F20 = FY2020-Q1"),
        ("form F19, an F-16, f19, F150 and F12", ""),
        ("Q3FY25", "Q3FY25 = FY2025-Q3"),
        ("q3 fy25", "q3 fy25 = FY2025-Q3"),
        ("Q3\u{a0}FY25", "Q3\u{a0}FY25 = FY2025-Q3"),
        ("FY25 Q3", "FY25 Q3 = FY2025-Q3"),
        ("FY25-Q3", "FY25-Q3 = FY2025-Q3"),
        ("FY2025Q3", "FY2025Q3 = FY2025-Q3"),
        ("3Q25 and 1h25", "3Q25 = FY2025-Q3 | 1h25 = FY2025-H1"),
        ("3QFY25", "3QFY25 = FY2025-Q3"),
        ("Q3'25, Q3 ’24", "Q3'25 = FY2025-Q3 | Q3 ’24 = FY2024-Q3"),
        ("Q3-25 Q3/2025", "Q3-25 = FY2025-Q3 | Q3/2025 = FY2025-Q3"),
        ("Q3 2025", "Q3 2025 = FY2025-Q3"),
        ("2025 Q3 2025Q3", "2025 Q3 = FY2025-Q3 | 2025Q3 = FY2025-Q3"),
        ("Q2 24", "Q2 24 = FY2024-Q2"),
        ("Q2 24 stores opened", "Q2 = FY2025-Q2"),
        ("Q3 of fiscal 2024", "Q3 of fiscal 2024 = FY2024-Q3"),
        ("FY2025, FY 2025 and FY'25", "FY2025 = FY2025 | FY 2025 = FY2025 | FY'25 = FY2025"),
        ("FY24/25 FY2024-25", "FY24/25 = FY2025 | FY2024-25 = FY2025"),
        ("H1 23/24 H2 FY2023/24", "H1 23/24 = FY2024-H1 | H2 FY2023/24 = FY2024-H2"),
        ("H1 FY25 vs 1H24", "H1 FY25 = FY2025-H1 | 1H24 = FY2024-H1"),
        ("first half of 2025", "first half of 2025 = FY2025-H1"),
        ("a first-half loss", "first-half = FY2025-H1"),
        ("third quarter of fiscal 2024", "third quarter of fiscal 2024 = FY2024-Q3"),
        ("the 2018 third quarter", "2018 third quarter = FY2018-Q3"),
        ("the fiscal 2018 first quarter", "fiscal 2018 first quarter = FY2018-Q1"),
        ("3rd quarter 2024", "3rd quarter 2024 = FY2024-Q3"),
        ("Quarter 3, 2024", "Quarter 3 = FY2025-Q3 | 2024 = FY2024"),
        ("the last quarter of 2024", "last quarter of 2024 = FY2024-Q4"),
        ("the final quarter", "final quarter = FY2025-Q4"),
        ("Q1, Q2 and Q3 FY24", "Q1 = FY2024-Q1 | Q2 = FY2024-Q2 | Q3 FY24 = FY2024-Q3"),
        ("Q4 and Q1 FY24", "Q4 = FY2023-Q4 | Q1 FY24 = FY2024-Q1"),
        ("Q4 was good; Q1 FY24", "Q4 = FY2025-Q4 | Q1 FY24 = FY2024-Q1"),
        ("EUR 9M 2024", "2024 = FY2024"),
        ("Q2/Q3 and H1/H2", "Q2 = FY2025-Q2 | Q3 = FY2025-Q3 | H1 = FY2025-H1 | H2 = FY2025-H2"),
        ("fiscal 2025, fiscal year 2024", "fiscal 2025 = FY2025 | fiscal year 2024 = FY2024"),
        ("financial year 2024/25", "financial year 2024/25 = FY2025"),
        ("full year 2024; CY23", "full year 2024 = FY2024 | CY23 = FY2023"),
        ("Q5 FY25, Q0", "FY25 = FY2025"),
        ("Q32023 and Q325", "Q32023 = FY2023-Q3 | Q325 = FY2025-Q3"),
        ("the first three quarters of 2024", "first three quarters of 2024 = FY2024-Q3-YTD"),
        ("the last three months of 2023", "last three months of 2023 = FY2023-Q4"),
        ("the first six months of the pilot", ""),
        ("the fourth quarters of 2019 and 2018", "fourth quarters of 2019 = FY2019-Q4 | 2018 = FY2018-Q4"),
        ("in fiscal years 2019 and 2018", "fiscal years 2019 = FY2019 | 2018 = FY2018"),
        ("the fourth quarter in a row", ""),
        ("the third consecutive quarter", ""),
        ("our first quarter of positive cash flow", ""),
        ("was 28.7% in quarter 1 and 27.5% in quarter two", "quarter 1 = FY2025-Q1 | quarter two = FY2025-Q2"),
        ("each quarter 2 people leave", ""),
        ("1,053 by the end of the third, 7 behind", "end of the third = FY2025-Q3"),
        ("the end of the third phase", ""),
        ("2.8 in the second quarter and 2.6 in the third.", "second quarter = FY2025-Q2 | third = FY2025-Q3"),
        ("from 1.9 in the first half to 3.9 in the second", "first half = FY2025-H1 | second = FY2025-H2"),
        ("2.8 in the second quarter, from the third of our sites", "second quarter = FY2025-Q2"),
        ("0.98x in the second half of last year and 1.50x in the first.", "second half of last year = FY2024-H2"),
        ("8% in the third quarter, against 7% in the second", "third quarter = FY2025-Q3 | second = FY2025-Q2"),
        ("two projects; the first in Leeds, the second in York", ""),
        ("73 at YE24 and YE 2023, as ye know", "YE24 = FY2024-Q4 | YE 2023 = FY2023-Q4"),
        ("The 2023 cohort and the 2022 vintage", "2023 = aside | 2022 = aside"),
    ]);
}

#[test]
fn suffixes_give_a_scenario() {
    check(&[
        ("2025E", "2025E = FY2025 forecast"),
        ("2025F FY25e", "2025F = FY2025 forecast | FY25e = FY2025 forecast"),
        ("FY25B Q4 FY25E", "FY25B = FY2025 budget | Q4 FY25E = FY2025-Q4 forecast"),
        ("2024A FY26P", "2024A = FY2024 actual | FY26P = FY2026 plan"),
        ("4Q25E Q4A", "4Q25E = FY2025-Q4 forecast | Q4A = FY2025-Q4 actual"),
        ("2024AB", ""),
    ]);
}

#[test]
fn months_and_dates() {
    check(&[
        ("Sept 2025, Sept. 2025", "Sept 2025 = 2025-09 | Sept. 2025 = 2025-09"),
        ("September 2025", "September 2025 = 2025-09"),
        ("Sep-25 Sep'25 Sep25", "Sep-25 = 2025-09 | Sep'25 = 2025-09 | Sep25 = 2025-09"),
        ("2025-09 and 09/2025", "2025-09 = 2025-09 | 09/2025 = 2025-09"),
        ("Jan 25", "Jan 25 = 2025-01"),
        ("on Jan 25 we", "Jan 25 = 2024-01-25"),
        ("in September", "September = 2024-09"),
        ("two renewals landed in September.", "September = 2024-09"),
        ("31 March 2019", "31 March 2019 = 2019-03"),
        ("as of March 31st, 2019", "March 31st, 2019 = 2019-03"),
        ("31-Mar-19", "31-Mar-19 = 2019-03"),
        ("Jan 1st", "Jan 1st = 2024-01-01"),
        ("12.31.24 3.31.24", "12.31.24 = 2024-12 | 3.31.24 = 2024-03"),
        ("12/31/2024 31/12/2024", "12/31/2024 = 2024-12 | 31/12/2024 = 2024-12"),
        ("31.12.2024 5.6.2024", "31.12.2024 = 2024-12 | 5.6.2024 = 2024-06-05"),
        ("2024-12-31", "2024-12-31 = 2024-12"),
        ("9.31.22 and 2.28.22", "9.31.22 = impossible | 2.28.22 = 2022-02"),
        ("February 30, 2024", "February 30, 2024 = impossible"),
        ("February 29, 2024", "February 29, 2024 = 2024-02"),
        ("February 29, 2023", "February 29, 2023 = impossible"),
        ("at June 31", "June 31 = impossible"),
        ("In June 31 of 48 deals closed", "June = 2024-06"),
        ("In March 12 customers left", "March = 2024-03"),
        ("In March 1,200 left", "March = 2024-03"),
        ("2024-12-31T10:00:00Z", "2024-12-31T10:00:00Z = aside"),
        ("2024-12-31 10:00", "2024-12-31 10:00 = aside"),
        ("at 31 July and 31 October 2024", "31 July = FY2025-Q2 | 31 October 2024 = FY2025-Q3"),
        ("July and August 2023", "July = 2023-07 | August 2023 = 2023-08"),
        ("2021-25-03 and 31/13/2024", "2021-25-03 = impossible | 31/13/2024 = impossible"),
        ("May we? Theresa May said so. March to the beat.", ""),
        ("August to October 2024", "August to October 2024 = FY2025-Q3"),
        ("1–9/2025 and 7-9/2025", "1–9/2025 = ? | 7-9/2025 = ?"),
        ("Nov 2024–Jan 2025", "Nov 2024–Jan 2025 = FY2025-Q4"),
        ("We may march on. May I?", ""),
        ("In May and March", "May = 2024-05 | March = 2024-03"),
        ("March's ratio", "March = 2024-03"),
        ("| May |", "May = 2024-05"),
        ("APR of 5%", ""),
        ("v3.1.24 and section 3.1.24", ""),
        ("10.0.12.24", ""),
        ("2024 October, 2024 May", "2024 October = 2024-10 | 2024 May = 2024-05"),
        ("Inc (Dec)", ""),
        ("on June 15 of each year", "June 15 = 2024-06-15"),
        ("ASU No. 2014-09 and ASU 2016-02", ""),
        ("the month of January", "the month of January = 2024-01"),
    ]);
}

#[test]
fn years_are_not_amounts() {
    check(&[
        ("in 2019, 2018 and 2017", "2019 = FY2019 | 2018 = FY2018 | 2017 = FY2017"),
        ("2019 revenues were", "2019 = FY2019"),
        ("| 2019 | 2018 |", "2019 = FY2019 | 2018 = FY2018"),
        ("2,019 and $2019 and $ 2019", ""),
        ("2000 employees, 2019 customers, 2024 new customers", ""),
        ("2019.5 2019% 2019-1107 #2019", ""),
        ("grew to 2024", ""),
        ("more than 2024", ""),
        ("NW-2024-1107, G-2024-118", ""),
        ("2019 over 2018", "2019 = FY2019 | 2018 = FY2018"),
        ("mid-2025, the 1990s", "mid-2025 = aside | 1990s = aside"),
        ("spring 2024, early 2025", "spring 2024 = aside | early 2025 = aside"),
        ("the Companies Act of 2006, the 2025 Notes", "2006 = aside | 2025 = aside"),
        ("between 2019 and 2021", "2019 = FY2019 | 2021 = FY2021"),
        ("2024/25 and 2024-25", "2024/25 = FY2025 | 2024-25 = FY2025"),
    ]);
}

#[test]
fn stretches() {
    check(&[
        ("YTD", "YTD = FY2025-Q3-YTD"),
        ("YTD LY, LY YTD", "YTD LY = FY2024-Q3-YTD | LY YTD = FY2024-Q3-YTD"),
        ("September LY and Q3 PY", "September LY = 2023-09 | Q3 PY = FY2024-Q3"),
        ("year to date, year-to-date", "year to date = FY2025-Q3-YTD | year-to-date = FY2025-Q3-YTD"),
        ("YTD Q2 FY25", "YTD Q2 FY25 = FY2025-Q2-YTD"),
        ("Q3 FY24 YTD", "Q3 FY24 YTD = FY2024-Q3-YTD"),
        ("FY24 YTD", "FY24 YTD = FY2024-Q3-YTD"),
        ("prior-year YTD", "prior-year YTD = FY2024-Q3-YTD"),
        ("February's year-to-date deficit", "February's year-to-date = 2024-02-YTD"),
        ("LTM, TTM", "LTM = FY2025-Q3-LTM | TTM = FY2025-Q3-LTM"),
        ("1.2x LTM EBITDA", "LTM = FY2025-Q3-LTM"),
        ("the last twelve months", "last twelve months = FY2025-Q3-LTM"),
        ("trailing 12-month", "trailing 12-month = FY2025-Q3-LTM"),
        ("LTM Q2 FY25", "LTM Q2 FY25 = FY2025-Q2-LTM"),
        ("LTM to September 2024", "LTM to September 2024 = 2024-09-LTM"),
        ("month ended July 31st, 2023", "month ended July 31st, 2023 = 2023-07"),
        ("three months ended October 31, 2024", "three months ended October 31, 2024 = FY2025-Q3"),
        ("nine-month period ended 31 October 2024", "nine-month period ended 31 October 2024 = FY2025-Q3-YTD"),
        ("year ended January 31, 2025", "year ended January 31, 2025 = FY2025"),
        ("year ended 31 July 2024", "year ended 31 July 2024 = FY2025-Q2-LTM"),
        ("the quarter ended October 2024", "the quarter ended October 2024 = FY2025-Q3"),
        ("the October quarter, the July 2024 quarter", "October quarter = FY2025-Q3 | July 2024 quarter = FY2025-Q2"),
        ("the October quarter of last year", "October quarter of last year = FY2024-Q3"),
        ("Oct 2024 quarter", "Oct 2024 quarter = FY2025-Q3"),
        ("the July half", "July half = FY2025-H1"),
        ("three months ended 31 October", "three months ended 31 October = FY2025-Q3"),
        ("13 weeks ended 2 November 2024", "13 weeks ended 2 November 2024 = FY2025-Q3"),
        ("52 weeks ended 1 February 2025", "52 weeks ended 1 February 2025 = FY2025"),
        ("Fiscal Year Ended", ""),
        ("the three years ended January 31, 2025", "three years ended January 31, 2025 = ?"),
        ("years ended January 31, 2025 and 2024", "years ended January 31, 2025 = FY2025 | 2024 = FY2024"),
        ("the nine months: EBITDA", "the nine months = FY2025-Q3-YTD"),
        ("Nine-month revenue", "Nine-month = FY2025-Q3-YTD"),
        ("Nine-month turnover was £39,857k.", "Nine-month = FY2025-Q3-YTD"),
        ("Half year 2025, half-year FY24 results", "Half year 2025 = FY2025-H1 | half-year FY24 = FY2024-H1"),
        ("Quarter 4, FY24", "Quarter 4, FY24 = FY2024-Q4"),
        ("Elective recovery, quarter two", "quarter two = FY2025-Q2"),
        ("below budget for the third quarter running, for a second quarter, the second quarter in succession", ""),
        ("a third-quarter loss", "third-quarter = FY2025-Q3"),
        ("Nine months actual", "Nine months = FY2025-Q3-YTD"),
        ("Income and expenditure, nine months", "nine months = FY2025-Q3-YTD"),
        ("the same nine months of 2024", "same nine months of 2024 = FY2024-Q3-YTD"),
        ("in the nine months of FY24", "the nine months of FY24 = FY2024-Q3-YTD"),
        ("the same nine months last year", "same nine months last year = FY2024-Q3-YTD"),
        ("the twelve months", "the twelve months = FY2025-Q3-LTM"),
        ("the nine months after launch, a nine-month delay, nine-month-old stock, nine months of runway", ""),
        ("at the year's end, at the quarter’s end", "the year's end = FY2024-Q4 | the quarter’s end = FY2025-Q3"),
        ("We enter Q4 with", "enter Q4 = FY2025-Q3"),
        ("October quarter 2024, July half of 2024", "October quarter 2024 = FY2025-Q3 | July half of 2024 = FY2025-H1"),
        ("entered the second half with", "entered the second half = FY2025-Q2"),
        ("entering the market", ""),
        ("Nine months 2025 | 6 months FY24", "Nine months 2025 = FY2025-Q3-YTD | 6 months FY24 = FY2024-H1"),
        ("9M25, first nine months of 2024", "9M25 = FY2025-Q3-YTD | first nine months of 2024 = FY2024-Q3-YTD"),
        ("Q1–Q3 FY24", "Q1–Q3 FY24 = FY2024-Q3-YTD"),
        ("Q1-3 FY25", "Q1-3 FY25 = FY2025-Q3-YTD"),
        ("ARR walk, Q2 to Q3", "Q2 to Q3 = ?"),
        ("FY22–FY25, 2021-2022", "FY22–FY25 = ? | 2021-2022 = ?"),
    ]);
}

#[test]
fn relative_periods() {
    check(&[
        ("last quarter", "last quarter = FY2025-Q2"),
        ("in the prior quarter", "prior quarter = FY2025-Q2"),
        ("the quarter before", "the quarter before = FY2025-Q2"),
        ("next quarter", "next quarter = FY2025-Q4"),
        ("prior year", "prior year = FY2024"),
        ("last year's 51", "last year = FY2024"),
        ("a year ago", "year ago = FY2024-Q3"),
        ("a year earlier", "year earlier = FY2024-Q3"),
        ("two years ago", "two years ago = FY2023-Q3"),
        ("the same period last year", "same period last year = FY2024-Q3"),
        ("at the same date last year", "same date last year = FY2024-Q3"),
        ("in the comparable period", "comparable period = FY2024-Q3"),
        ("the corresponding quarter, the same quarter", "corresponding quarter = FY2024-Q3"),
        ("(LQ 0.82%)", "LQ = FY2025-Q2"),
        ("same point last year", "same point last year = FY2024-Q3"),
        ("same quarter last year", "same quarter last year = FY2024-Q3"),
        ("the same period in 2022", "same period in 2022 = FY2022-Q3"),
        ("same period of the prior year", "same period of the prior year = FY2024-Q3"),
        ("the third quarter of last year", "third quarter of last year = FY2024-Q3"),
        ("Q2 last year", "Q2 last year = FY2024-Q2"),
        ("last year's Q2", "last year's Q2 = FY2024-Q2"),
        ("prior-year quarter", "prior-year quarter = FY2024-Q3"),
        ("the year-ago quarter", "the year-ago quarter = FY2024-Q3"),
        ("prior year period", "prior year period = FY2024-Q3"),
        ("closed the quarter", "the quarter = FY2025-Q3"),
        ("this year", "this year = FY2025"),
        ("full-year budget", "full-year = FY2025"),
        ("our first full year; prior periods; the following year", ""),
        ("for the month", "the month = ?"),
        ("best month of the year", ""),
        ("profit for the year before tax", "the year = FY2025"),
        ("a quarter of revenue, three quarters", ""),
        ("since year end", "year end = FY2024-Q4"),
        ("by year-end", "year-end = FY2025-Q4"),
        ("Year-end ARR: we now expect", "Year-end = FY2025-Q4"),
        ("we expect 60 at year end. We had 50.", "year end = FY2025-Q4"),
        ("at year end, from 2.70m", "year end = FY2024-Q4"),
        ("year-end 2022", "year-end 2022 = FY2022-Q4"),
        ("end of March", "end of March = 2024-03"),
        ("end of Q2", "end of Q2 = FY2025-Q2"),
        ("the start of the year", "start of the year = FY2024-Q4"),
        ("at the turn of the year", "turn of the year = 2023-12"),
        ("in the last year of the plan", ""),
        ("at quarter end", "quarter end = FY2025-Q3"),
        ("at the half year", "the half year = FY2025-Q2"),
    ]);
}

#[test]
fn bases_of_changes() {
    check(&[
        ("up 3% YoY", "YoY = FY2024-Q3"),
        ("41% year-on-year", "year-on-year = FY2024-Q3"),
        ("year over year", "year over year = FY2024-Q3"),
        ("up 3% on the year", "on the year = FY2024-Q3"),
        ("up 3% on the year to €3.2m", "on the year = FY2024-Q3"),
        ("y/y and q-o-q", "y/y = FY2024-Q3 | q-o-q = FY2025-Q2"),
        ("Sequentially ARR grew", "Sequentially = FY2025-Q2"),
        ("QoQ", "QoQ = FY2025-Q2"),
        ("quarter-on-quarter", "quarter-on-quarter = FY2025-Q2"),
        ("MoM", "MoM = ?"),
        ("my mom", ""),
    ]);
}

#[test]
fn in_a_month_report() {
    let context = PeriodContext { calendar: Calendar::default(), reporting: Some(Period::Month(2025, 3)) };
    check_in(
        &context,
        &[
            ("last quarter", "last quarter = FY2024-Q4"),
            ("the month", "the month = 2025-03"),
            ("the quarter", "the quarter = FY2025-Q1"),
            ("a year ago", "year ago = 2024-03"),
            ("first-quarter revenue", "first-quarter = FY2025-Q1"),
            ("at the end of April", "end of April = 2025-04"),
            ("since February", "February = 2025-02"),
            ("at December 31st", "December 31st = FY2024-Q4"),
            ("December of last year", "December of last year = 2024-12"),
            ("year to date", "year to date = 2025-03-YTD"),
            ("since year end", "year end = FY2024-Q4"),
            ("month end", "month end = FY2025-Q1"),
            ("the month before", "the month before = 2025-02"),
            ("MoM", "MoM = 2025-02"),
            ("QoQ", "QoQ = 2024-12"),
            ("Q4", "Q4 = FY2024-Q4"),
        ],
    );
}

#[test]
fn split_years_follow_the_calendar() {
    let calendar = Calendar { start_month: 7, start_day: 1, named_by: NamedBy::Start };
    let context = PeriodContext { calendar, reporting: None };
    check_in(&context, &[("FY24/25", "FY24/25 = FY2024"), ("H1 23/24", "H1 23/24 = FY2023-H1")]);
}

#[test]
fn one_place_is_looked_at_a_bounded_number_of_times() {
    for piece in ["Q1-", "the ", "FY25/", "last year's ", "2019, ", "1.1.24", "year-", "end of ", "May "] {
        let text = piece.repeat(10_000);
        let start = std::time::Instant::now();
        scan(&text);
        assert!(start.elapsed().as_secs() < 5, "{piece:?} is slow");
    }
}

/// Pieces that periods are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Q3", "FY25", "2025", "25", "3", "H1", "-", "–", "/", " ", "'", ".", ",", "of", "the", "last", "year",
        "quarter", "end", "ended", "to", "date", "month", "May", "31", "st", "12", "weeks", "E", "YTD", "LTM", "same",
        "period", "é", "\u{a0}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn ranges_ascend_on_character_boundaries(text in prop_oneof![any::<String>(), pieces(), "[ -~’–é\u{a0}]{0,60}"]) {
        let mut end = 0;
        for mention in scan(&text) {
            prop_assert!(end <= mention.range.start && mention.range.start < mention.range.end);
            prop_assert!(text.get(mention.range.clone()).is_some());
            if let MentionKind::Period(expression, _) = &mention.kind {
                let _ = expression.resolve(&context());
            }
            end = mention.range.end;
        }
    }
}
