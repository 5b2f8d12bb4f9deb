//! What is refuted, and what is not.

use super::FalseSuperlative;
use super::boast::{Against, Kind, Length, Sense, Window, boasts};
use crate::period::{Expression, Fixed, Grain};
use crate::rules::Rule;
use crate::rules::examples::Binder;

const SOURCE: &str = "\
version: 1
metrics:
  - name: revenue
    label: Revenue
    unit: GBP
    period_type: duration
    better: up
    values: {2025-01: 4.2M, 2025-02: 5.1M, 2025-03: 4.4M, 2025-04: 4.6M, 2025-05: 4.9M, 2025-06: 5.0M, 2024-06: 4.1M}
    budget: {2025-04: 4.7M, 2025-05: 4.8M, 2025-06: 4.9M}
    segments:
      North: {2025-04: 2.0M, 2025-05: 2.2M, 2025-06: 2.1M}
  - name: result
    label: Operating result
    unit: GBP
    period_type: duration
    values: {2025-03: 0.2M, 2025-04: -0.3M, 2025-05: 0.1M, 2025-06: 0.4M}
  - name: net_loss
    label: Net loss
    unit: GBP
    period_type: duration
    values: {2025-04: -0.9M, 2025-05: -0.6M, 2025-06: -0.2M}
  - name: handling
    label: Handling time
    unit: days
    period_type: duration
    better: down
    values: {2025-03: 51, 2025-04: 44, 2025-05: 49, 2025-06: 46}
  - name: waits
    label: Long waits
    unit: count
    period_type: instant
    better: down
    values: {2025-04: 380, 2025-05: 367, 2025-06: 412}
";

/// The words that are refuted in a report on June 2025.
#[track_caller]
fn says(text: &str, expected: &[&str]) {
    let text = format!("# June 2025\n\n{text}\n\nRevenue of £5.0m was as planned.\n");
    let deck = Binder::of(&text).with_source("metrics.yaml", SOURCE).bound();
    let mut findings = Vec::new();
    FalseSuperlative.check(&deck, &mut findings);
    let said: Vec<&str> = findings.iter().map(|finding| deck.files.slice(finding.place)).collect();
    assert_eq!(said, expected, "{text}");
}

#[test]
fn windows() {
    says("Revenue of £5.0m was the highest ever.", &["highest ever"]);
    says("Revenue of £5.0m was the highest since February.", &[]);
    says("Revenue of £5.0m was the highest since January.", &["highest since January"]);
    says("Revenue of £5.0m was the highest in four months.", &[]);
    says("Revenue of £5.0m was the highest in the last five months.", &["highest in the last five months"]);
    says("Revenue of £5.0m was the best month of the quarter.", &[]);
    says("Revenue of £5.0m was the best month of the year.", &["best month of the year"]);
}

#[test]
fn runs() {
    says("Revenue was £5.0m, the third consecutive monthly increase.", &[]);
    says("Revenue has risen every month since January, to £5.0m.", &["every month since January"]);
    says("Revenue has risen every month since March, to £5.0m.", &[]);
    says("Long waits were 412, a fall for the second month running.", &["second month running"]);
}

#[test]
fn runs_in_other_words() {
    says("Revenue has risen in each of the last three months.", &[]);
    says("Revenue has risen in each of the last four months.", &["each of the last four months"]);
    says("Revenue has risen in each of the three months of 2019.", &[]);
    says("Revenue has fallen month after month.", &["month after month"]);
    says("Revenue has risen month after month.", &[]);
    says("Revenue has risen every month this quarter.", &[]);
    says("Revenue has risen every month this year.", &["every month this year"]);
    says("Revenue was £5.0m, below budget for the third month running.", &["third month running"]);
    says(
        "Revenue of £5.0m came with 412 long waits, below budget for the second month running.",
        &["second month running"],
    );
    says("Revenue was £5.0m, ahead of budget for the second month running.", &[]);
    says("The net loss has narrowed for the second month running.", &[]);
}

#[test]
fn runs_of_what_the_slide_shows() {
    let under = |text: &str| {
        format!(
            "| Arrears | Mar 2025 | Apr 2025 | May 2025 | Jun 2025 |\n|---|---|---|---|---|\n| Arrears | 2.5 | 2.4 | 2.9 | 3.1 |\n\n{text}"
        )
    };
    says(&under("The third consecutive month of growth."), &["third consecutive month"]);
    says(&under("The second consecutive month of growth."), &[]);
    says(&under("Our arrears have now grown for the third month running."), &["third month running"]);
    says(&under("Staff have now grown for the third month running."), &[]);
    says(&under("For staff it was the third consecutive month of growth."), &[]);
}

#[test]
fn profits_in_a_row() {
    says("The operating result was £0.4m, our third profitable month in a row.", &["third profitable month in a row"]);
    says(
        "The operating result was £0.4m. It is our third profitable month in a row.",
        &["third profitable month in a row"],
    );
    says("The operating result was £0.4m, our second profitable month in a row.", &[]);
}

#[test]
fn times_and_what_is_best() {
    says("The handling time of 46 days, down from 49, was the fastest in three months.", &["fastest in three months"]);
    says("The handling time of 46 days, down from 49, was the fastest in two months.", &[]);
    says("Revenue was £5.0m, the best revenue in five months.", &["best revenue in five months"]);
    says("Revenue was £5.0m, thanks to the best team in five months.", &[]);
}

#[test]
fn a_half_year_whose_series_is_one_of_months() {
    says("In H1 2025 the handling time of 46 days was the fastest in three months.", &["fastest in three months"]);
    says("In H1 2025 the handling time of 44 days was the fastest in three months.", &[]);
}

#[test]
fn series_that_only_prose_or_a_chart_states() {
    let chart = "| Arrears 30+ days | Apr 2025 | May 2025 | Jun 2025 |\n|---|---|---|---|\n| Arrears 30+ days | 2.9 | 3.4 | 3.1 |\n";
    let arrears =
        |text: &str| format!("Arrears over 30 days fell from 3.4% to 3.1%, the {text} monthly fall.\n\n{chart}");
    says(&arrears("second consecutive"), &["second consecutive monthly"]);
    says(&arrears("first consecutive"), &[]);
    let spend = |text: &str| {
        format!(
            "Travel spend was £71k in June 2025, {text}.\n\nTravel spend was £75k in May 2025. Travel spend was £73k in April 2025.\n\n| £k | Plan |\n|---|---|\n| Travel spend | 80 |\n"
        )
    };
    says(&spend("the lowest since March"), &[]);
    says(&spend("the second monthly fall in a row"), &["second monthly fall in a row"]);
}

#[test]
fn thresholds() {
    says("Revenue reached £5.0m, above £4.9m for the first time.", &["for the first time"]);
    says("Revenue reached £5.0m, above £4.95m for the first time since February.", &[]);
}

#[test]
fn subjects() {
    says("North revenue of £2.1m was the highest ever.", &["highest ever"]);
    says("Revenue for the month is the highest on record.", &["highest on record"]);
    says(
        "Long waits were 412, against 367 in May. That is the lowest figure of the year.",
        &["lowest figure of the year"],
    );
    says("Long waits were 412, and revenue the best since March at £5.0m.", &[]);
    says("> Revenue of £5.0m was the highest ever.", &[]);
}

fn extreme(sense: Sense, window: Window, grain: Option<Grain>) -> Kind {
    Kind::Extreme { sense, window, grain }
}

#[test]
fn boasts_are_found_with_what_they_are_of() {
    use Against::{Before, Scenario, Zero};
    use Grain::{Half, Month, Quarter, Year};
    use Sense::{Better, Down, Longer, Shorter, Up};
    use Window::{Back, Ever, Since, Within};
    let streak = |count, grain, against, sense| Kind::Streak { length: Length::Count(count, grain), sense, against };
    let year = |year| Expression::Fixed(Fixed::Year { year, fiscal: true });
    let since = Length::Since(Expression::Month(2), Month);
    for (text, said, kind) in [
        ("the third consecutive quarter of growth", "third consecutive quarter", streak(3, Quarter, Before, Up)),
        ("its fourth straight monthly decline", "fourth straight monthly", streak(4, Month, Before, Down)),
        ("the third month in a row ahead of budget", "third month in a row", streak(3, Month, Scenario("budget"), Up)),
        ("below budget for the third month running", "third month running", streak(3, Month, Scenario("budget"), Down)),
        (
            "profit has now risen for four quarters in a row and cost-to-income has fallen in each of them",
            "four quarters in a row",
            streak(4, Quarter, Before, Up),
        ),
        (
            "customers rose for a fifth consecutive quarter and stand at 1,634, 14 ahead of plan",
            "fifth consecutive quarter",
            streak(5, Quarter, Before, Up),
        ),
        ("up four half-years in a row", "four half-years in a row", streak(4, Half, Before, Up)),
        ("risen in each of the last four half-years", "each of the last four half-years", streak(4, Half, Before, Up)),
        ("spending has now grown four years in a row", "four years in a row", streak(4, Year, Before, Up)),
        ("the list shortened for the fifth month running", "fifth month running", streak(5, Month, Before, Down)),
        (
            "GMV has risen every month since February",
            "every month since February",
            Kind::Streak { length: since, sense: Up, against: Against::Before },
        ),
        (
            "down 0.3 points, the third monthly fall in a row",
            "third monthly fall in a row",
            streak(3, Month, Before, Down),
        ),
        ("our third profitable quarter in a row", "third profitable quarter in a row", streak(3, Quarter, Zero, Up)),
        ("the second consecutive quarter of profit", "second consecutive quarter", streak(2, Quarter, Zero, Up)),
        ("the third year in a row of making losses", "third year in a row", streak(3, Year, Zero, Down)),
        ("the third year in a row of making money", "third year in a row", streak(3, Year, Zero, Up)),
        ("the third year in a row of making a profit", "third year in a row", streak(3, Year, Zero, Up)),
        ("our third loss-making year in a row", "third loss-making year in a row", streak(3, Year, Zero, Down)),
        ("a second straight loss-making year", "second straight loss-making year", streak(2, Year, Zero, Down)),
        ("the third consecutive quarter of profit growth", "third consecutive quarter", streak(3, Quarter, Before, Up)),
        ("46 days, the fastest in two years", "fastest in two years", extreme(Shorter, Back(2, Year), None)),
        (
            "the best gross margin in five quarters",
            "best gross margin in five quarters",
            extreme(Better, Back(5, Quarter), None),
        ),
        ("a new record", "record", extreme(Up, Ever, None)),
        ("record low", "record low", extreme(Down, Ever, None)),
        ("a record quarter for sales", "record quarter", extreme(Better, Ever, Some(Quarter))),
        ("an all-time low", "all-time low", extreme(Down, Ever, None)),
        ("a five-year high", "five-year high", extreme(Up, Back(5, Year), None)),
        ("our highest ever", "highest ever", extreme(Up, Ever, None)),
        ("the most we have ever had", "most we have ever had", extreme(Up, Ever, None)),
        ("3,418, the most ever in a month", "most ever in a month", extreme(Up, Ever, Some(Month))),
        ("our best month ever", "best month ever", extreme(Better, Ever, Some(Month))),
        (
            "the lowest level in the company's history",
            "lowest level in the company's history",
            extreme(Down, Ever, None),
        ),
        (
            "the highest half-year figure in the Group's history",
            "highest half-year figure in the Group's history",
            extreme(Up, Ever, Some(Half)),
        ),
        (
            "the lowest quarterly figure of the last twelve months",
            "lowest quarterly figure of the last twelve months",
            extreme(Down, Back(12, Month), Some(Quarter)),
        ),
        ("the lowest figure of the past year", "lowest figure of the past year", extreme(Down, Back(1, Year), None)),
        (
            "the lowest in the last five quarters",
            "lowest in the last five quarters",
            extreme(Down, Back(5, Quarter), None),
        ),
        ("the highest since FY21", "highest since FY21", extreme(Up, Since(year(2021)), None)),
        (
            "the highest since the agreement was signed",
            "highest since the agreement was signed",
            extreme(Up, Ever, None),
        ),
        ("its best quarter in two years", "best quarter in two years", extreme(Better, Back(2, Year), Some(Quarter))),
        ("their best month of the year", "best month of the year", extreme(Better, Within(Year), Some(Month))),
        ("it has never been higher", "never been higher", extreme(Up, Ever, None)),
        ("it has never been better", "never been better", extreme(Better, Ever, None)),
        ("hit a new high in May", "a new high", extreme(Up, Ever, None)),
        ("62.9% is our best to date", "best to date", extreme(Better, Ever, None)),
        ("62.9%, our best so far", "best so far", extreme(Better, Ever, None)),
        ("the best month so far this year", "best month so far this year", extreme(Better, Within(Year), Some(Month))),
        ("the longest we have recorded", "longest we have recorded", extreme(Longer, Ever, None)),
        ("four quarters of growth on the trot", "four quarters of growth on the trot", streak(4, Quarter, Before, Up)),
        (
            "has risen in all three quarters of the year",
            "all three quarters of the year",
            Kind::Streak { length: Length::Within(Quarter, Year), sense: Up, against: Before },
        ),
        ("have risen every month this term", "every month this term", streak(1, Month, Before, Up)),
        (
            "has risen every month so far this year",
            "every month so far this year",
            Kind::Streak { length: Length::Within(Month, Year), sense: Up, against: Before },
        ),
        ("went through £5m for the first time", "for the first time", Kind::First { sense: Up, window: Ever }),
        (
            "fell below 4% for the first time in three years",
            "for the first time in three years",
            Kind::First { sense: Down, window: Back(3, Year) },
        ),
    ] {
        let found = boasts(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((&text[found[0].range.clone()], &found[0].kind), (said, &kind), "{text}");
    }
    for (text, said) in [
        ("lower than in any quarter of the last two years", "lower than in any quarter of the last two years"),
        ("the highest since the end of 2023", "highest since the end of 2023"),
        ("the highest since the measure was introduced in May", "highest since the measure was introduced"),
    ] {
        let found = boasts(text);
        assert_eq!(found.iter().map(|boast| &text[boast.range.clone()]).collect::<Vec<_>>(), [said], "{text}");
    }
    for text in [
        "higher than any of us thought",
        "for the record, three quarters in a row were audited",
        "the most careful team that ever was",
        "the highest, and the company's history shows it",
        "most of our history",
        "most of the increase in the last two years",
        "the largest of the three sites",
        "the largest share of sales this year",
        "at least two years of experience",
        "we keep a record of it",
        "shown for the first time",
        "every month we meet",
        "one of the highest in our history",
        "the second-highest in six months",
        "down from its highest ever",
        "not our best to date",
        "slipped, ending a run of four consecutive quarterly gains",
        "after three consecutive quarters of growth",
        "has not risen in each of the last four quarters",
        "a new high street shop",
        "relies on reports from licensees to record its revenue",
        "the third consecutive month above £4.5m",
        "above £4.5m for the second month running",
        "the third consecutive month of negative growth",
        "the third month in a row without growth",
        "the second consecutive month of reduced growth",
        "helped by a third consecutive month of falling input prices",
        "we want to see growth every month this year",
        "fell last month after month-end refunds",
        "the highest year to date figure",
    ] {
        assert_eq!(boasts(text), [], "{text}");
    }
}

#[test]
fn numbers_that_are_not_the_subject_s() {
    // Of a rate that nothing defines, and not of the waits or days that its name ends with.
    says("Overdue long waits eased for the fourth month in a row to 0.77%.", &[]);
    says("Revenue set a new high of £5.4m.", &[]);
    says("Revenue set a new high of £5.0m.", &["a new high"]);
}

#[test]
fn series_of_parts_rates_and_losses() {
    const SOURCE: &str = "version: 1
metrics:
  - {name: fees, label: Fees, unit: GBP, period_type: duration, values: {FY2030-Q4: 5.0M, FY2031-Q1: 5.2M, FY2031-Q2: 5.5M, FY2030-Q2: 5.1M}, segments: {Leeds: {FY2030-Q4: 2.2M, FY2031-Q1: 2.1M, FY2031-Q2: 2.3M}}}
  - {name: members, label: Members, unit: count, period_type: instant, values: {FY2031-Q1: 120, FY2031-Q2: 118}}
  - {name: occupancy, label: Occupancy, unit: percent, period_type: duration, values: {FY2029-Q4: 70, FY2030-Q1: 68, FY2030-Q2: 80, FY2030-Q4: 72, FY2031-Q1: 71, FY2031-Q2: 82}}
  - {name: result, label: Operating result, synonyms: [operating loss], unit: GBP, period_type: duration, values: {FY2030-Q4: -0.9M, FY2031-Q1: -0.6M, FY2031-Q2: -0.4M}}
";
    for (text, said) in [
        ("Leeds grew for the second consecutive quarter.", vec!["second consecutive quarter"]),
        ("Leeds grew again.", vec![]),
        ("Occupancy has climbed for two consecutive quarters.", vec!["two consecutive quarters"]),
        ("The operating loss has widened for two consecutive quarters.", vec!["two consecutive quarters"]),
        ("The operating loss has narrowed for two consecutive quarters.", vec![]),
        ("The operating loss was the largest of the last three quarters.", vec!["largest of the last three quarters"]),
        ("The operating loss was the smallest of the last three quarters.", vec![]),
        ("The yield per member of £20.05 is the highest we have recorded.", vec![]),
    ] {
        let deck = Binder::of(&format!("# Q2 FY31\n\n{text}\n")).with_source("metrics.yaml", SOURCE).bound();
        let mut findings = Vec::new();
        FalseSuperlative.check(&deck, &mut findings);
        let found: Vec<&str> = findings.iter().map(|finding| deck.files.slice(finding.place)).collect();
        assert_eq!(found, said, "{text}");
    }
}

#[test]
fn boasts_of_what_the_sentence_moved_on_from() {
    says("Revenue came to £5.0m, after a record £5.1m in February.", &[]);
    says("After a record month in February, revenue fell back to £4.4m.", &[]);
    says("Revenue in May was the highest of the last three months.", &[]);
    says("Nordic revenue missed its budget for the third month running.", &[]);
}
