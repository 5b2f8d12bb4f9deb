use super::plan;
use crate::Report;
use crate::rules::examples::Binder;

/// Checks a deck against a source.
fn checked(name: &str, deck: &str, source: &str) -> Report {
    let binder = Binder::named(name, deck);
    let binder = if source.is_empty() { binder } else { binder.with_source("metrics.yaml", source) };
    let mut deck = binder.bound();
    let findings = crate::check::check(&mut deck);
    Report::new(deck, findings)
}

/// The text of a document after its fixes, and why others were left.
fn fixed(name: &str, deck: &str, source: &str, all: bool) -> (String, Vec<String>) {
    let report = checked(name, deck, source);
    let plan = plan(&report, all);
    let text = plan.texts.first().map_or(deck, |(_, text)| text);
    (text.to_owned(), plan.left.into_iter().map(|left| left.reason).collect())
}

/// A source of one metric with the values of two periods.
fn source(metric: &str, unit: &str, before: &str, now: &str) -> String {
    format!(
        "version: 1\nmetrics:\n  - {{name: m, label: {metric}, unit: {unit}, period_type: instant, \
         values: {{FY2030-Q2: {before}, FY2030-Q3: {now}}}}}\n"
    )
}

/// Holds `{metric} was {wrong} at the end of Q3 FY30` against a source; it must become the same with `right`.
#[track_caller]
fn rewrites(metric: &str, unit: &str, before: &str, now: &str, wrong: &str, right: &str, all: bool) {
    let deck = |number: &str| format!("# Board\n\n{metric} was {number} at the end of Q3 FY30.\n");
    let (text, left) = fixed("slides.md", &deck(wrong), &source(metric, unit, before, now), all);
    assert_eq!(text, deck(right), "{wrong}: {left:?}");
}

#[test]
fn numbers_keep_their_style() {
    for (wrong, right) in [
        ("$38.1M", "$42.3M"),
        ("**$38.1M**", "**$42.3M**"),
        ("US$38.1m", "US$42.3m"),
        ("USD 38.12 million", "USD 42.32 million"),
        ("$38,118,400", "$42,318,204"),
        ("$38,118K", "$42,318K"),
        ("$38118K", "$42318K"),
        ("$38 118 400", "$42 318 204"),
        ("$38'118'400", "$42'318'204"),
        ("$0.0381bn", "$0.0423bn"),
        ("$ 38M", "$ 42M"),
        ("38.1 million dollars", "42.3 million dollars"),
        ("*\\$38.1M*", "*\\$42.3M*"),
        ("&#36;38.1M", "&#36;38.1M"),
        ("**$38**.1M", "**$38**.1M"),
    ] {
        rewrites("ARR", "USD", "38_118_400", "42_318_204", wrong, right, false);
    }
}

#[test]
fn units_of_every_kind() {
    for (unit, before, now, wrong, right) in [
        ("percent", "71.5", "69.94", "71.5%", "69.9%"),
        ("percent", "71.5", "69.94", "71.5 percent", "69.9 percent"),
        ("x", "2.5", "3.04", "2.5x", "3.0x"),
        ("count", "1_282_041", "1_304_977", "1,282,041", "1,304,977"),
        ("count", "1_282_041", "1_304_977", "1.282 million", "1.305 million"),
        ("EUR", "38_118_400", "42_318_204", "€38.1m", "€42.3m"),
        ("INR", "381_184_000", "423_182_040", "₹38,11,84,000", "₹42,31,82,040"),
        ("GBP", "-3_240_000", "-4_510_000", "(£3.2m)", "(£4.5m)"),
        ("GBP", "-3_240_000", "-4_510_000", "-£3.2m", "-£4.5m"),
        ("GBP", "-3_240_000", "-4_510_000", "−£3.2m", "−£4.5m"),
    ] {
        rewrites("Total thing", unit, before, now, wrong, right, false);
    }
}

#[test]
fn what_waits_for_a_human_says_why() {
    let source = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204}, plan: {FY2030-Q3: 44900000}}\n\
                  \x20 - {name: profit, label: Operating profit, unit: USD, values: {FY2030-Q3: -1364000}}\n";
    for (text, expected) in [
        ("ARR was $44.9M in Q3 FY30.", "it equals plan, which may be meant; --unsafe-fixes writes $42.3M"),
        ("ARR was $49.7M in Q3 FY30.", "no slip explains it; --unsafe-fixes writes $42.3M"),
        ("ARR was about $43.2M in Q3 FY30.", "it is said to be approximate; --unsafe-fixes writes $42.3M"),
        (
            "| $M | Q3 FY30 | Q2 FY30 |\n|---|--:|--:|\n| Operating profit | 1.4 | (1.9) |",
            "only its sign differs; --unsafe-fixes writes (1.4)",
        ),
    ] {
        let (_, left) = fixed("slides.md", &format!("# Q3 FY30\n\n{text}\n"), source, false);
        assert_eq!(left, [expected], "{text}");
    }
}

#[test]
fn slips_of_other_kinds() {
    for (wrong, right, all) in [
        // The digits are right, their scale is not.
        ("$42.3K", "$42.3M", false),
        ("$42.3 thousand", "$42.3 million", false),
        ("$42.3bn", "$42.3m", true),
        ("$43.2M", "$42.3M", false),
        ("$42.4M", "$42.3M", false),
        // Nothing explains it: somebody has to look.
        ("$44.9M", "$44.9M", false),
        ("$44.9M", "$42.3M", true),
        ("about $38M", "about $42M", true),
        // A bound and a range have no one right value.
        ("more than $45M", "more than $45M", true),
        ("between $36M and $38M", "between $36M and $38M", true),
    ] {
        rewrites("ARR", "USD", "38_118_400", "42_318_204", wrong, right, all);
    }
}

#[test]
fn signs_are_turned_on_request_only() {
    let source = source("Net result", "GBP", "3_240_000", "4_510_000");
    let deck = |number: &str| {
        format!("# Board\n\n| £m | Q2 FY30 | Q3 FY30 |\n|:--|--:|--:|\n| Net result | 3.2 | {number} |\n")
    };
    assert_eq!(fixed("slides.md", &deck("(4.5)"), &source, false).0, deck("(4.5)"));
    assert_eq!(fixed("slides.md", &deck("(4.5)"), &source, true).0, deck("4.5"));
    // A minus is the document's own.
    let source = self::source("Net result", "GBP", "3_240_000", "-4_510_000");
    let deck = |number: &str| deck(number) + "| Other | −1.0 | 1.0 |\n";
    assert_eq!(fixed("slides.md", &deck("+4.5"), &source, true).0, deck("−4.5"));
}

#[test]
fn words_are_rewritten_on_request_where_there_is_a_word() {
    for (wrong, right, all) in [("eleven", "eleven", false), ("eleven", "twelve", true), ("Eleven", "Twelve", true)] {
        rewrites("Headcount", "count", "11", "12", wrong, right, all);
    }
}

#[test]
fn tables_keep_the_scale_of_their_header() {
    let source = source("ARR", "USD", "38_118_400", "42_318_204");
    for (header, wrong, right) in [
        ("$ thousands", "38,118", "42,318"),
        ("$m", "38.12", "42.32"),
        ("$", "38,118,400", "42,318,204"),
        ("$ thousands", "43,218", "42,318"),
    ] {
        let deck = |number: &str| format!("# Board\n\n| {header} | Q3 FY30 |\n|:--|--:|\n| ARR | {number} |\n");
        let (text, left) = fixed("slides.md", &deck(wrong), &source, false);
        assert_eq!(text, deck(right), "{header}: {left:?}");
    }
}

#[test]
fn a_slip_of_scale_in_a_row_takes_the_places_of_its_neighbours() {
    let source = source("ARR", "USD", "38_118_400", "42_318_204");
    let deck = |number: &str| {
        format!(
            "# Board\n\n| $m | Q2 FY30 | Q3 FY30 |\n|:--|--:|--:|\n| ARR | 38.1 | {number} |\n| Cash | −4.0 | 3.0 |\n"
        )
    };
    assert_eq!(fixed("slides.md", &deck("42318"), &source, false).0, deck("42318"));
    assert_eq!(fixed("slides.md", &deck("42318"), &source, true).0, deck("42.3"));
}

#[test]
fn documents_with_decimal_commas() {
    let source = source("ARR", "EUR", "38_118_400", "42_318_204");
    for (wrong, right) in [("38,1 Mio. €", "42,3 Mio. €"), ("38.118.400 €", "42.318.204 €")] {
        let deck = |number: &str| format!("---\nlang: de\nperiod: Q3 FY30\n---\n\n# Board\n\nARR: {number}\n");
        let (text, left) = fixed("slides.md", &deck(wrong), &source, true);
        assert_eq!(text, deck(right), "{left:?}");
    }
}

#[test]
fn scalars_of_every_style() {
    let source = source("ARR", "USD", "38_118_400", "42_318_204");
    for style in [
        "'ARR was N at the end of Q3 FY30.'",
        "\"ARR was N at the end of Q3 FY30.\"",
        "ARR was N at the end of Q3 FY30.",
        "|\n      ARR was N at the end of Q3 FY30.\n      And so on.",
        ">-\n      ARR was N\n      at the end of Q3 FY30.",
    ] {
        let deck = |number: &str| format!("slides:\n  - title: Board\n    body: {}\n", style.replace('N', number));
        let (text, left) = fixed("slides.yaml", &deck("$38.1M"), &source, false);
        assert_eq!(text, deck("$42.3M"), "{left:?}");
    }
}

#[test]
fn the_appendix_that_serves_as_the_source_is_left_alone() {
    let deck = |number: &str| {
        format!(
            "# FY24 results\n\nRevenue was {number} in FY24.\n\n# Appendix\n\n| £m | FY24 | FY23 |\n|---|---:|---:|\n\
             | Revenue | 567.5 | 537.9 |\n| Gross profit | 235.5 | 219.5 |\n"
        )
    };
    assert_eq!(fixed("slides.md", &deck("£537.9m"), "", false).0, deck("£567.5m"));
    assert_eq!(fixed("slides.md", &deck("£571.0m"), "", false).0, deck("£571.0m"));
    assert_eq!(fixed("slides.md", &deck("£571.0m"), "", true).0, deck("£567.5m"));
    // The appendix cannot say what stands behind its last place.
    let (text, left) = fixed("slides.md", &deck("£571.04m"), "", true);
    assert_eq!((text, left), (deck("£571.04m"), vec!["the other side is written to fewer places".to_owned()]));
}

#[test]
fn what_raises_something_new_is_left() {
    let source = source("ARR", "USD", "48_118_400", "42_318_204");
    let deck = "# Board\n\nARR was $48.1M at the end of Q3 FY30.\n\nARR grew to $43.3M at the end of Q3 FY30 from $48.1M at the \
                end of Q2 FY30.\n";
    let (text, left) = fixed("slides.md", deck, &source, true);
    let report = checked("slides.md", &text, &source);
    let before = checked("slides.md", deck, &source);
    assert!(report.findings.len() < before.findings.len(), "{text}{left:?}");
    assert!(report.findings.iter().all(|finding| before.findings.iter().any(|known| known.rule == finding.rule)));
}

#[test]
fn conflicting_sources_settle_nothing() {
    let binder = Binder::of("# Board\n\nARR was $38.1M at the end of Q3 FY30.\n")
        .with_source("a.yaml", &source("ARR", "USD", "1", "42_318_204"))
        .with_source("b.yaml", &source("ARR", "USD", "1", "43_318_204"));
    let mut deck = binder.bound();
    let findings = crate::check::check(&mut deck);
    let plan = plan(&Report::new(deck, findings), true);
    assert!(plan.texts.is_empty());
    assert_eq!(plan.left.first().map(|left| left.reason.as_str()), Some("the sources differ"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    /// A number that was right, made wrong, is put right to the byte.
    #[test]
    fn a_seeded_error_is_undone(
        value in 10_000_000_i64..990_000_000,
        style in 0..6_usize,
        wrong in 1..9_i64,
    ) {
        let millions = |value: i64, places: u32| {
            let unit = 10_i64.pow(6 - places);
            let rounded = (value + unit / 2) / unit;
            let scale = 10_i64.pow(places);
            format!("{}.{:0width$}", rounded / scale, rounded % scale, width = places as usize)
        };
        let grouped = |value: i64| format!("{},{:03},{:03}", value / 1_000_000, value / 1000 % 1000, value % 1000);
        let written = |value: i64| match style {
            0 => format!("${}M", millions(value, 1)),
            1 => format!("USD {} million", millions(value, 2)),
            2 => format!("**$ {}m**", millions(value, 1)),
            3 => format!("${}", grouped(value)),
            4 => format!("${}bn", millions(value / 1000, 4)),
            _ => format!("${}K", (value + 500) / 1000),
        };
        let deck = |number: &str| format!("# Board\n\nARR was {number} at the end of Q3 FY30.\n");
        let seeded = value + wrong * 1_000_000;
        let (text, left) =
            fixed("slides.md", &deck(&written(seeded)), &source("ARR", "USD", "1", &value.to_string()), true);
        proptest::prop_assert_eq!(text, deck(&written(value)), "{:?}", left);
    }
}
