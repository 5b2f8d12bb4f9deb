//! What is refuted, and what is not.

use super::FalseSuperlative;
use super::boast::{Kind, Length, Sense, Window, boasts};
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
    segments:
      North: {2025-04: 2.0M, 2025-05: 2.2M, 2025-06: 2.1M}
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
    use Grain::{Half, Month, Quarter, Year};
    use Sense::{Better, Down, Up};
    use Window::{Back, Ever, Since, Within};
    let streak = |count, grain, against, sense| Kind::Streak { length: Length::Count(count, grain), sense, against };
    let year = |year| Expression::Fixed(Fixed::Year { year, fiscal: true });
    let since = Length::Since(Expression::Month(2), Month);
    for (text, said, kind) in [
        ("the third consecutive quarter of growth", "third consecutive quarter", streak(3, Quarter, None, Up)),
        ("its fourth straight monthly decline", "fourth straight monthly", streak(4, Month, None, Down)),
        ("the third month in a row ahead of budget", "third month in a row", streak(3, Month, Some("budget"), Up)),
        ("spending has now grown four years in a row", "four years in a row", streak(4, Year, None, Up)),
        ("the list shortened for the fifth month running", "fifth month running", streak(5, Month, None, Down)),
        (
            "GMV has risen every month since February",
            "every month since February",
            Kind::Streak { length: since, sense: Up, against: None },
        ),
        (
            "down 0.3 points, the third monthly fall in a row",
            "third monthly fall in a row",
            streak(3, Month, None, Down),
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
    for text in [
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
    ] {
        assert_eq!(boasts(text), [], "{text}");
    }
}
