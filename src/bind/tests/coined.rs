//! Names that running text alone gives.

use super::shown;
use crate::rules::examples::Binder;

/// What two slides without any table or source state.
#[track_caller]
fn check(rows: &[(&str, &str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(first, second, expected)| {
            let text = format!("---\nperiod: Q3 FY25\n---\n\n# Quarter\n\n{first}\n\n---\n\n# Detail\n\n{second}\n");
            (first, expected, shown(&Binder::of(&text).bound()))
        })
        .filter(|(_, expected, found)| *found != **expected)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected:?}\n  found    {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn labels_of_what_is_counted_are_names_at_once() {
    check(&[(
        "- Flights operated: 3,120\n- Pupils on roll: 4,812\n- Europe: 1,204",
        "- Bed utilisation 71%\n- Load factor 88.4%",
        &[
            "3,120 = Flights operated FY2025-Q3",
            "4,812 = Pupils on roll FY2025-Q3",
            "1,204 = ?",
            "71% = Bed utilisation FY2025-Q3",
            "88.4% = Load factor FY2025-Q3",
        ],
    )]);
}

#[test]
fn what_two_sentences_state_is_a_name() {
    check(&[
        (
            "Receipts were $48,210 and payments $39,877.",
            "With receipts of $48,210 we paid the roof.",
            &["$48,210 = Receipts FY2025-Q3", "$39,877 = ?", "$48,210 = Receipts FY2025-Q3"],
        ),
        // How something is told is no part of what it is.
        (
            "Customers lost on average 3.4 minutes of supply.",
            "Customers lost on average 3.4 minutes.",
            &["3.4 minutes = ?", "3.4 minutes = ?"],
        ),
        (
            "The group employs 2,317 colleagues.",
            "Training was given to all 2,317 colleagues.",
            &["2,317 = colleagues FY2025-Q3", "2,317 = colleagues FY2025-Q3"],
        ),
        (
            "Meters read: 48,960.",
            "In Q3 FY25 48,960 meters were read.",
            // `Read` is no form that tells a participle.
            &["48,960 = ?", "48,960 = ?"],
        ),
        (
            "Meters replaced: 48,960.",
            "In Q3 FY25 48,960 meters were replaced.",
            &["48,960 = Meters replaced FY2025-Q3", "48,960 = Meters replaced FY2025-Q3"],
        ),
        (
            "Diesel purchases rose from £3.1m to £3.4m.",
            "Diesel purchases of £3.4m were hedged.",
            &["£3.1m = Diesel purchases -", "£3.4m = Diesel purchases FY2025-Q3", "£3.4m = Diesel purchases FY2025-Q3"],
        ),
    ]);
}

#[test]
fn what_is_no_name() {
    check(&[
        // Once is no name.
        ("Receipts were $48,210.", "Nothing was paid.", &["$48,210 = ?"]),
        // What only points, and things of which there is one.
        ("The increase was £2.1m.", "An increase of £2.1m was agreed.", &["£2.1m = ?", "£2.1m = ?"]),
        ("A sponsor contract of £2.1m was signed.", "The sponsor contract was £2.1m.", &["£2.1m = ?", "£2.1m = ?"]),
        ("The second tranche was £2.1m.", "The second tranche of £2.1m came late.", &["£2.1m = ?", "£2.1m = ?"]),
        // A place, and a thing that finance does not count.
        ("Fort Amber was £2.1m.", "Fort Amber of £2.1m is let.", &["£2.1m = ?", "£2.1m = ?"]),
        // Two kinds of units are of two things.
        ("Diesel purchases were £3.4m.", "Diesel purchases were 310,000 litres.", &["£3.4m = ?", "310,000 litres = ?"]),
    ]);
}

#[test]
fn what_is_bound_stays() {
    let source =
        "version: 1\nmetrics:\n  - {name: spend, label: Marketing spend, unit: GBP, values: {FY2025-Q3: 3.4M}}\n";
    let text = "---\nperiod: Q3 FY25\n---\n\nMarketing spend was £3.4m.\n\nMarketing spend of £3.4m is flat.\n\nCourt fees were £0.2m.\n\nCourt fees of £0.2m were paid.\n";
    let found = shown(&Binder::of(text).with_source("metrics.yaml", source).bound());
    assert_eq!(
        found,
        [
            "£3.4m = spend FY2025-Q3",
            "£3.4m = spend FY2025-Q3",
            "£0.2m = Court fees FY2025-Q3",
            "£0.2m = Court fees FY2025-Q3"
        ]
    );
}
