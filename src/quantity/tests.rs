use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal of the test")
}

/// A quantity in dollars as written to a place.
fn dollars(value: &str, resolution: &str, qualifier: Qualifier) -> Quantity {
    let exact = Quantity::exact(decimal(value), decimal(resolution), Unit::Currency("USD".to_owned()));
    exact.and_then(|exact| exact.with_qualifier(qualifier)).expect("a quantity of the test")
}

fn interval(quantity: &Quantity) -> String {
    let end = |end: Option<Decimal>| end.map_or("-".to_owned(), |end| end.to_string());
    format!("{}..{}", end(quantity.low), end(quantity.high))
}

#[test]
fn the_interval_follows_the_last_written_place() {
    for (value, resolution, qualifier, want) in [
        ("42300000", "100000", Qualifier::Exact, "42250000..42350000"),
        ("40000000", "1000000", Qualifier::About, "30000000..50000000"),
        ("1290000", "10000", Qualifier::About, "1280000..1300000"),
        ("450", "1", Qualifier::AtLeast, "450..-"),
        ("12", "1", Qualifier::LessThan, "-..12"),
        ("0", "0.1", Qualifier::About, "-0.1..0.1"),
        ("50", "2", Qualifier::About, "45..55"),
    ] {
        assert_eq!(interval(&dollars(value, resolution, qualifier)), want, "{value} by {resolution} {qualifier:?}");
    }
}

#[test]
fn a_source_is_rounded_to_the_claim() {
    for (claim, resolution, source, rounded, cut) in [
        ("42300000", "100000", "42318204", true, true),
        ("42300000", "100000", "42350000", false, true),
        ("42400000", "100000", "42350000", true, false),
        ("42200000", "100000", "42250000", true, true),
        ("42300000", "100000", "42250000", true, false),
        ("-2.5", "0.1", "-2.55", false, true),
        ("-2.6", "0.1", "-2.55", true, false),
        ("-2.4", "0.1", "-2.45", true, true),
        ("0", "1", "0.5", true, true),
        ("0", "1", "-0.9", false, true),
        ("3", "1", "-3", false, false),
        ("120", "1", "120", true, true),
    ] {
        let claim = dollars(claim, resolution, Qualifier::Exact);
        assert_eq!(claim.consistent_with_exact(decimal(source), false), rounded, "{claim} against {source}");
        assert_eq!(claim.consistent_with_exact(decimal(source), true), cut, "{claim} cut from {source}");
    }
    assert!(dollars("40", "1", Qualifier::MoreThan).consistent_with_exact(decimal("9000"), false));
    assert!(!dollars("40", "1", Qualifier::AtMost).consistent_with_exact(decimal("41"), false));
}

#[test]
fn claims_agree_by_their_places() {
    for (a, b, want) in [
        (("42.3", "0.1"), ("42.3", "0.1"), true),
        (("42.3", "0.1"), ("42.4", "0.1"), false),
        (("42.3", "0.1"), ("42", "1"), true),
        (("42.3", "0.1"), ("42.318", "0.001"), true),
        (("42.3", "0.1"), ("42.36", "0.01"), false),
    ] {
        let (a, b) = (dollars(a.0, a.1, Qualifier::Exact), dollars(b.0, b.1, Qualifier::Exact));
        assert_eq!((a.agrees_with(&b), b.agrees_with(&a)), (want, want), "{a} and {b}");
    }
    let (over, under) = (dollars("40", "1", Qualifier::MoreThan), dollars("39", "1", Qualifier::AtMost));
    assert!(!over.agrees_with(&under) && over.agrees_with(&dollars("57.2", "0.1", Qualifier::Exact)));
}

#[test]
fn units_convert_within_their_kind_only() {
    let unit = |word: &str| match word {
        "pp" => Unit::Points,
        "bps" => Unit::BasisPoints,
        "percent" => Unit::Percent,
        "count" => Unit::Count,
        "bare" => Unit::Bare,
        "years" => Unit::Duration("years"),
        "months" => Unit::Duration("months"),
        code if code.chars().all(|c| c.is_ascii_uppercase()) && code.len() == 3 => Unit::Currency(code.to_owned()),
        word => Unit::Measure(word.to_owned()),
    };
    for (from, to, want) in [
        ("bps", "pp", Some("0.01")),
        ("pp", "percent", None),
        ("cents", "USD", Some("0.01")),
        ("cents", "JPY", None),
        ("pence", "GBP", Some("0.01")),
        ("pence", "USD", None),
        ("USD", "EUR", None),
        ("count", "bare", Some("1")),
        ("kt", "t", Some("1000")),
        ("MWh", "GWh", Some("0.001")),
        ("MW", "MWh", None),
        ("t", "tons", None),
        ("years", "months", Some("12")),
        ("months", "years", None),
    ] {
        assert_eq!(unit(from).factor_to(&unit(to)), want.map(decimal), "{from} in {to}");
    }
    let eps = Quantity::exact(decimal("64.2"), decimal("0.1"), unit("cents")).expect("a quantity of the test");
    assert_eq!(eps.in_measure_of(&unit("USD")), eps.in_unit(&unit("USD")));
    assert_eq!(eps.in_measure_of(&unit("cents")), None, "no currency is named");
    let each = |unit: Unit| Unit::Per(Box::new(unit), "share".to_owned());
    let per_share = eps.clone().with_unit(each(unit("cents"))).in_measure_of(&unit("EUR"));
    assert_eq!(per_share.map(|quantity| quantity.unit), Some(each(unit("EUR"))));
    let dollars = eps.in_unit(&unit("USD")).expect("cents are dollars");
    assert_eq!((dollars.value, interval(&dollars).as_str()), (Some(decimal("0.642")), "0.6415..0.6425"));
}

#[test]
fn the_canonical_style_prints_what_it_can_say() {
    let cents = Quantity::exact(decimal("64.2"), decimal("0.1"), Unit::Measure("cents".to_owned()));
    let cents = cents.expect("a quantity of the test");
    for (code, want) in [("USD", "64.2¢"), ("EUR", "€0.642"), ("CAD", "CAD 0.642")] {
        let money = cents.in_unit(&Unit::Currency(code.to_owned())).expect("it has cents");
        assert_eq!(money.to_string(), want);
    }
    let odd = dollars("42000000", "1000000", Qualifier::Exact).rescaled(decimal("40"));
    assert_eq!(odd.map(|odd| odd.to_string()).as_deref(), Some("$1,680,000,000"));
}

#[test]
fn a_table_scales_bare_numbers_once() {
    let bare = Quantity::exact(decimal("42.3"), decimal("0.1"), Unit::Bare).expect("a quantity of the test");
    let millions = bare.rescaled(decimal("1000000")).expect("fits");
    assert_eq!((interval(&millions).as_str(), millions.scaled), ("42250000..42350000", true));
    assert_eq!(millions.rescaled(decimal("1000")), Some(millions.clone()), "it has a scale already");
    let percent = bare.clone().with_unit(Unit::Percent);
    assert_eq!(percent.rescaled(decimal("1000")), Some(percent.clone()), "a percentage takes none");
    let huge = Quantity::exact(Decimal::MAX, Decimal::ZERO, Unit::Bare).expect("fits");
    assert_eq!(huge.rescaled(decimal("1000")), None, "no decimal holds it");
}

#[test]
fn turning_the_sign_turns_the_interval() {
    let loss = dollars("3400000", "100000", Qualifier::MoreThan).negated();
    assert_eq!((interval(&loss).as_str(), loss.qualifier), ("-..-3400000", Qualifier::LessThan));
    assert_eq!(loss.magnitude(), dollars("3400000", "100000", Qualifier::MoreThan));
}
