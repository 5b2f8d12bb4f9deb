//! Names, arithmetic and resolution of periods.

use jiff::civil::Date;
use proptest::prelude::*;

use super::{Calendar, Grain, NamedBy, Period, UNNAMED_YEAR};

fn period(name: &str) -> Period {
    Period::parse(name).expect(name)
}

fn february() -> Calendar {
    Calendar { start_month: 2, start_day: 1, named_by: NamedBy::End }
}

#[test]
fn names_are_read() {
    let rows = [
        ("FY2025", "FY2025"),
        ("FY25", "FY2025"),
        ("2025", "FY2025"),
        ("FY24/25", "FY2025"),
        (" Q3 FY25 ", "FY2025-Q3"),
        ("2025Q3", "FY2025-Q3"),
        ("2025_Q3", "FY2025-Q3"),
        ("2025_09", "2025-09"),
        ("2025M09", "2025-09"),
        ("2025-09-30T00:00:00Z", "2025-09-30"),
        ("2025-09-30 00:00:00", "2025-09-30"),
        ("3Q25", "FY2025-Q3"),
        ("Q3 2025", "FY2025-Q3"),
        ("fy2025-q3", "FY2025-Q3"),
        ("H1 FY25", "FY2025-H1"),
        ("Sep 2025", "2025-09"),
        ("Sep-25", "2025-09"),
        ("January 2025", "2025-01"),
        ("2025-09-30", "2025-09-30"),
        ("30 September 2025", "2025-09-30"),
        ("YTD Q3 FY25", "FY2025-Q3-YTD"),
        ("9M25", "FY2025-Q3-YTD"),
        ("Q1-Q3 FY25", "FY2025-Q3-YTD"),
        ("YTD Sep 2025", "2025-09-YTD"),
        ("LTM Q3 FY25", "FY2025-Q3-LTM"),
        ("TTM Sep-25", "2025-09-LTM"),
    ];
    for (name, canonical) in rows {
        assert_eq!(Period::parse(name).map(|period| period.to_string()), Ok(canonical.to_owned()), "{name}");
    }
}

#[test]
fn other_names_are_errors() {
    let rows = [
        "",
        "Q3",
        "Q5 FY25",
        "FY2025-Q5",
        "FY2025-H3",
        "2025-13",
        "2025-02-30",
        "last quarter",
        "September",
        "FY25 YTD",
        "year ended 30 June 2025",
        "FY25E",
        "FY22-FY25",
        "Q3 FY25 revenue",
        "20255",
        "12",
        "1.5",
        "FY",
    ];
    for name in rows {
        assert!(Period::parse(name).is_err(), "{name} is read as {:?}", Period::parse(name));
    }
    let error = Period::parse("Q5 FY25").map_err(|error| error.to_string());
    assert!(error.is_err_and(|text| text.starts_with("`Q5 FY25` is not a period; write it like FY2025")));
}

#[test]
fn bounds_follow_the_calendar() {
    let rows = [
        ("FY2025", "2024-02-01 2025-01-31"),
        ("FY2025-H2", "2024-08-01 2025-01-31"),
        ("FY2025-Q3", "2024-08-01 2024-10-31"),
        ("2024-02", "2024-02-01 2024-02-29"),
        ("FY2025-Q3-YTD", "2024-02-01 2024-10-31"),
        ("2024-09-YTD", "2024-02-01 2024-09-30"),
        ("2025-01-YTD", "2024-02-01 2025-01-31"),
        ("FY2025-Q3-LTM", "2023-11-01 2024-10-31"),
        ("2024-09-LTM", "2023-10-01 2024-09-30"),
        ("2024-09-07", "2024-09-07 2024-09-07"),
    ];
    for (name, expected) in rows {
        let (first, last) = period(name).bounds(&february());
        assert_eq!(format!("{first} {last}"), expected, "{name}");
    }
    let by_start = Calendar { named_by: NamedBy::Start, ..february() };
    assert_eq!(period("FY2025").bounds(&by_start).0.to_string(), "2025-02-01");
    let tax_year = Calendar { start_month: 4, start_day: 6, named_by: NamedBy::End };
    let (first, last) = period("FY2025-Q1").bounds(&tax_year);
    assert_eq!(format!("{first} {last}"), "2024-04-06 2024-07-05");
    let (first, _) = period("FY2025").bounds(&Calendar::default());
    assert_eq!(first.to_string(), "2025-01-01");
}

#[test]
fn balances_stand_at_moments() {
    let rows = [
        ("FY2025", "FY2025-Q4"),
        ("FY2025-H2", "FY2025-Q4"),
        ("FY2025-H1", "FY2025-Q2"),
        ("2024-10", "FY2025-Q3"),
        ("2024-09", "2024-09"),
        ("2024-10-31", "FY2025-Q3"),
        ("2024-09-30", "2024-09"),
        ("2024-09-29", "2024-09-29"),
        ("FY2025-Q3-YTD", "FY2025-Q3"),
        ("2024-09-LTM", "2024-09"),
    ];
    for (name, moment) in rows {
        assert_eq!(period(name).moment(&february()).to_string(), moment, "{name}");
    }
    assert_eq!(period("FY2025").opening(&february()), period("FY2024-Q4"));
    assert_eq!(period("2024-10").opening(&february()), period("2024-09"));
    // A retailer's year that starts on 29 January 2024 and ends on a Saturday.
    let weeks = Calendar { start_month: 1, start_day: 29, named_by: NamedBy::End };
    assert_eq!(period("2025-01-25").moment(&weeks), period("FY2025-Q4"));
    assert_eq!(period("2025-01").at_grain(Grain::Quarter, &weeks), Some(period("FY2025-Q4")));
}

#[test]
fn parts_make_up_the_whole() {
    let rows = [
        ("FY2025", Grain::Quarter, "FY2025-Q1 FY2025-Q2 FY2025-Q3 FY2025-Q4"),
        ("FY2025", Grain::Half, "FY2025-H1 FY2025-H2"),
        ("FY2025", Grain::Year, ""),
        ("FY2025-Q3", Grain::Month, "2024-08 2024-09 2024-10"),
        ("FY2025-Q3", Grain::Half, ""),
        ("FY2025-Q3-YTD", Grain::Quarter, "FY2025-Q1 FY2025-Q2 FY2025-Q3"),
        ("FY2025-Q2-YTD", Grain::Half, "FY2025-H1"),
        ("2024-03-YTD", Grain::Month, "2024-02 2024-03"),
        ("2024-03-YTD", Grain::Quarter, ""),
        ("FY2025-Q1-LTM", Grain::Quarter, "FY2024-Q2 FY2024-Q3 FY2024-Q4 FY2025-Q1"),
        ("FY2025-Q4-LTM", Grain::Year, "FY2025"),
        ("2024-09-30", Grain::Month, ""),
    ];
    for (name, grain, expected) in rows {
        let parts: Vec<String> = period(name).parts(grain, &february()).iter().map(Period::to_string).collect();
        assert_eq!(parts.join(" "), expected, "{name} by {grain:?}");
    }
}

#[test]
fn periods_contain_and_succeed_one_another() {
    let calendar = february();
    let contains = |outer: &str, inner: &str| period(outer).contains(period(inner), &calendar);
    assert!(contains("FY2025", "FY2025-Q3") && contains("FY2025-Q3", "2024-08") && contains("2024-08", "2024-08-31"));
    assert!(
        !contains("FY2025-Q3", "2024-11") && !contains("2024-08", "FY2025-Q3") && !contains("FY2025", "2025-02-01")
    );
    let succeeds = |later: &str, earlier: &str| period(later).succeeds(period(earlier), &calendar);
    assert!(succeeds("FY2025-Q3", "FY2025-H1") && succeeds("2024-11", "FY2025-Q3") && succeeds("2025-02-01", "FY2025"));
    assert!(!succeeds("FY2025-Q3", "FY2025-Q1") && !succeeds("FY2025-Q1", "FY2025-Q2"));
    let plain = |name: &str| period(name).plain(&calendar).to_string();
    assert_eq!(
        [plain("FY2025-Q2-YTD"), plain("FY2025-Q4-LTM"), plain("2024-02-YTD")],
        ["FY2025-H1", "FY2025", "2024-02"]
    );
    assert_eq!([plain("2024-07-YTD"), plain("FY2025-Q3-LTM")], ["FY2025-H1", "FY2025-Q3-LTM"]);
}

#[test]
fn ends_of_weeks_are_ends_of_periods() {
    let ending = |date: &str, grain| Period::ending_on(date.parse().expect(date), &Calendar::default(), grain);
    assert_eq!(ending("2024-12-28", Grain::Year), Some(period("FY2024")));
    assert_eq!(ending("2025-01-04", Grain::Quarter), Some(period("FY2024-Q4")));
    assert_eq!(ending("2024-11-30", Grain::Quarter), None);
    assert_eq!(ending("2024-11-15", Grain::Month), None);
    let weeks = Calendar { start_month: 1, start_day: 4, named_by: NamedBy::End };
    assert_eq!(Period::Day("2025-01-03".parse().expect("a date")).moment(&weeks), period("FY2024-Q4"));
}

#[test]
fn the_start_of_the_year_is_read() {
    assert_eq!(Calendar::parse_start("02-01"), Some((2, 1)));
    assert_eq!(Calendar::parse_start("4-6"), Some((4, 6)));
    for wrong in ["02-30", "02-29", "13-01", "0201", "02-01-2024", "+2-01", "", "feb-01"] {
        assert_eq!(Calendar::parse_start(wrong), None, "{wrong}");
    }
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let named_by = prop::sample::select(vec![NamedBy::Start, NamedBy::End]);
    (1..=12_i8, 1..=31_i8, named_by).prop_map(|(start_month, start_day, named_by)| Calendar {
        start_month,
        start_day,
        named_by,
    })
}

fn periods() -> impl Strategy<Value = Period> {
    let year = 1950..2080_i16;
    prop_oneof![
        year.clone().prop_map(Period::Year),
        (year.clone(), 1..=2_i8).prop_map(|(year, half)| Period::Half(year, half)),
        (year.clone(), 1..=4_i8).prop_map(|(year, quarter)| Period::Quarter(year, quarter)),
        (year.clone(), 1..=12_i8).prop_map(|(year, month)| Period::Month(year, month)),
        (year.clone(), 1..=366_i32).prop_map(|(year, day)| {
            let first = Date::constant(year, 1, 1);
            let date = first.with().day_of_year(i16::try_from(day).unwrap_or(1).min(first.days_in_year())).build();
            Period::Day(date.unwrap_or(first))
        }),
        (year.clone(), 1..=4_i8).prop_map(|(year, quarter)| Period::QuarterToDate(year, quarter)),
        (year.clone(), 1..=12_i8).prop_map(|(year, month)| Period::MonthToDate(year, month)),
        (year.clone(), 1..=4_i8).prop_map(|(year, quarter)| Period::TrailingQuarter(year, quarter)),
        (year, 1..=12_i8).prop_map(|(year, month)| Period::TrailingMonth(year, month)),
    ]
}

proptest! {
    #[test]
    fn a_name_reads_as_its_period(period in periods()) {
        prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
    }

    #[test]
    fn neighbours_undo_one_another(period in periods(), calendar in calendars()) {
        prop_assert_eq!(period.before().after(), period);
        if !matches!(period, Period::Day(_)) {
            prop_assert_eq!(period.year_before().years_on(1), period);
        }
        if period.grain().is_some() {
            prop_assert!(period.succeeds(period.before(), &calendar));
        }
    }

    #[test]
    fn bounds_are_in_order(period in periods(), calendar in calendars()) {
        let (first, last) = period.bounds(&calendar);
        prop_assert!(first <= last);
        prop_assert!(period.contains(period, &calendar));
        let moment = period.moment(&calendar);
        prop_assert_eq!(moment.moment(&calendar), moment);
    }

    #[test]
    fn parts_follow_one_another(period in periods(), calendar in calendars()) {
        for grain in [Grain::Month, Grain::Quarter, Grain::Half, Grain::Year] {
            let parts = period.parts(grain, &calendar);
            prop_assert!(parts.windows(2).all(|pair| pair[1].succeeds(pair[0], &calendar)));
            prop_assert!(parts.iter().all(|part| period.contains(*part, &calendar)));
        }
    }
}

#[test]
fn a_year_without_a_name_gives_no_canonical_name() {
    let rows = [
        (Period::Year(UNNAMED_YEAR), "undated"),
        (Period::Year(UNNAMED_YEAR - 1), "the year before"),
        (Period::Half(UNNAMED_YEAR, 1), "H1"),
        (Period::Quarter(UNNAMED_YEAR, 2), "Q2"),
        (Period::Quarter(UNNAMED_YEAR + 1, 4), "Q4 of the next year"),
        (Period::Month(UNNAMED_YEAR - 3, 12), "December of 3 years before"),
        (Period::QuarterToDate(UNNAMED_YEAR, 3), "Q3 YTD"),
        (Period::TrailingMonth(UNNAMED_YEAR, 1), "January LTM"),
        (Period::Day(jiff::civil::date(UNNAMED_YEAR, 2, 29)), "29 February"),
    ];
    for (period, expected) in rows {
        assert_eq!((period.to_string().as_str(), period.canonical()), (expected, None));
    }
    assert_eq!(Period::Quarter(2025, 2).canonical().as_deref(), Some("FY2025-Q2"));
}
