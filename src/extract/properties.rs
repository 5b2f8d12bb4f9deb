//! Properties of the quantity language: printing and reading undo each other, every span reads as its quantity, nothing panics.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::quantity::{Qualifier, Sign, Unit, Written};

/// The one quantity of a text that is nothing else.
fn only(text: &str) -> Option<Quantity> {
    match scan(text, DecimalMark::Point).as_slice() {
        [Mention { kind: MentionKind::Quantity(quantity), .. }] => Some(quantity.clone()),
        _ => None,
    }
}

fn units() -> impl Strategy<Value = Unit> {
    let code = prop_oneof![Just("USD"), Just("EUR"), Just("GBP"), Just("SEK"), Just("JPY"), Just("INR")];
    let money = code.prop_map(|code| Unit::Currency(code.to_owned()));
    let plain = prop_oneof![
        Just(Unit::Percent),
        Just(Unit::Points),
        Just(Unit::BasisPoints),
        Just(Unit::Multiple),
        Just(Unit::Duration("months")),
        Just(Unit::Duration("days")),
        Just(Unit::Measure("TEU".to_owned())),
        Just(Unit::Measure("cents".to_owned())),
        Just(Unit::Count),
        Just(Unit::Bare),
    ];
    let of = prop_oneof![Just("share"), Just("month"), Just("t"), Just("tonne-km")];
    let per = (money.clone(), of).prop_map(|(unit, of)| Unit::Per(Box::new(unit), of.to_owned()));
    prop_oneof![3 => money, 4 => plain, 1 => per]
}

fn marks() -> impl Strategy<Value = DecimalMark> {
    prop_oneof![Just(DecimalMark::Point), Just(DecimalMark::Comma), Just(DecimalMark::SpacedPoint)]
}

fn scales(unit: &Unit) -> BoxedStrategy<Option<i64>> {
    match unit {
        Unit::Currency(_) | Unit::Per(..) | Unit::Count => prop_oneof![
            Just(None),
            Just(Some(1_000)),
            Just(Some(1_000_000)),
            Just(Some(1_000_000_000)),
            Just(Some(100_000))
        ]
        .boxed(),
        _ => Just(None).boxed(),
    }
}

fn qualifiers() -> impl Strategy<Value = (Qualifier, Sign)> {
    prop_oneof![
        4 => Just((Qualifier::Exact, Sign::None)),
        1 => Just((Qualifier::Exact, Sign::Plus)),
        1 => Just((Qualifier::Exact, Sign::Minus)),
        1 => Just((Qualifier::Exact, Sign::Brackets)),
        1 => Just((Qualifier::About, Sign::None)),
        1 => Just((Qualifier::AtLeast, Sign::None)),
        1 => Just((Qualifier::MoreThan, Sign::Minus)),
        1 => Just((Qualifier::AtMost, Sign::None)),
        1 => Just((Qualifier::LessThan, Sign::None)),
    ]
}

/// Every quantity that has a value and is written in digits.
fn quantities() -> impl Strategy<Value = Quantity> {
    let number = (0_i64..100_000_000_000, 0_u32..5);
    (units(), number, qualifiers())
        .prop_flat_map(|(unit, number, how)| (scales(&unit), Just(unit), Just(number), Just(how)))
        .prop_filter_map("a quantity", |(scale, unit, (mantissa, places), (qualifier, sign))| {
            // `(1) stores` is an enumeration, not stores that were lost.
            if sign == Sign::Brackets && unit == Unit::Count {
                return None;
            }
            let scale = scale.map(Decimal::from);
            let factor = scale.unwrap_or(Decimal::ONE);
            let negative = matches!(sign, Sign::Minus | Sign::Brackets) && mantissa != 0;
            let value = Decimal::new(mantissa, places).checked_mul(factor)?;
            Quantity::written(Written {
                value: if negative { -value } else { value },
                resolution: Decimal::new(1, places).checked_mul(factor)?,
                noun: (unit == Unit::Count).then(|| "stores".to_owned()),
                unit,
                qualifier,
                sign: if mantissa == 0 && sign != Sign::Plus { Sign::None } else { sign },
                scale,
                in_words: false,
            })
        })
}

/// Pieces of business prose that touch the grammar everywhere.
fn prose() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "$",
        "€",
        "£",
        "US$",
        "A$",
        "Rs",
        "USD",
        "EUR",
        "m",
        "M",
        "bn",
        " million",
        " billion",
        "k",
        "K",
        "%",
        " percent",
        "bps",
        " pp",
        " points",
        "x",
        "p",
        "¢",
        " cents",
        " dollars",
        " a month",
        " per share",
        "/t",
        " customers",
        " stores",
        " days",
        " months",
        "-year",
        " to ",
        "–",
        "-",
        "+",
        "~",
        "(",
        ")",
        "<",
        ">",
        "≥",
        " and ",
        " or ",
        ", ",
        ". ",
        " ",
        " ",
        ":",
        "/",
        " in ",
        "between ",
        "from ",
        "about ",
        "over ",
        "more than ",
        "of ",
        "rose ",
        "two",
        "forty-two",
        "half",
        " a ",
        "quarter",
        "one",
        "thirds",
        "doubled",
        "1",
        "2",
        "12",
        "40",
        "42.3",
        "1,234",
        "1.5",
        "0.4",
        "2019",
        "450",
        "7",
        "000",
        "'000",
        "12 450",
        "½",
        "page ",
        "Note ",
        "No. ",
        "v",
        "Q",
        "EBITDA",
        "\n",
        "\u{a0}",
        "@",
        "_",
        "#",
        "[",
        "]",
        "*",
        "won",
        "minus ",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 1..14).prop_map(|pieces| pieces.concat())
}

/// What a span must give again: value or ends, unit, resolution.
fn essence(quantity: &Quantity) -> String {
    let value = match quantity.value {
        Some(value) => value.to_string(),
        None => format!("{:?} to {:?}", quantity.low, quantity.high),
    };
    format!("{value} {} by {}", quantity.unit, quantity.resolution)
}

/// For each quantity of a text, its bytes, what they read as alone, and what they read as in the text.
fn alone(text: &str, decimal: DecimalMark) -> Vec<(&str, Option<String>, String)> {
    let read = |mention: Mention| {
        let MentionKind::Quantity(quantity) = mention.kind else { return None };
        let span = text.get(mention.range)?;
        // What stands alone may be a year or a date, which the words around it excluded.
        let dated = !crate::period::scan::scan(span).is_empty();
        let again = match scan(span, decimal).as_slice() {
            [Mention { kind: MentionKind::Quantity(quantity), .. }] => Some(essence(quantity)),
            _ => None,
        };
        (!dated).then(|| (span, again, essence(&quantity)))
    };
    scan(text, decimal).into_iter().filter_map(read).collect()
}

/// Found by fuzzing: texts of which a span once read as something else alone.
#[test]
fn spans_that_once_read_otherwise_alone() {
    for text in ["R 3.5 cr$(0.32)", "5 cr$-4", "5.1p  - 251p R", "$\n\n2 460", "margin (52) bps"] {
        for (span, alone, quantity) in alone(text, DecimalMark::Point) {
            assert_eq!(alone, Some(quantity), "{span:?} in {text:?}");
        }
    }
}

/// Found by fuzzing: the sign of an ordinal that ends an address.
#[test]
fn a_sign_is_in_one_mention() {
    let mut end = 0;
    for mention in scan("7://# 5", DecimalMark::Point) {
        assert!(end <= mention.range.start, "{mention:?} after {end}");
        end = mention.range.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printing_and_reading_undo_each_other(quantity in quantities()) {
        let text = quantity.to_string();
        prop_assert_eq!(only(&text), Some(quantity), "{}", text);
    }

    #[test]
    fn a_cell_reads_what_is_printed(quantity in quantities()) {
        let text = quantity.to_string();
        prop_assert_eq!(Quantity::cell(&text, DecimalMark::Point).map(|q| essence(&q)), Some(essence(&quantity)), "{}", text);
    }

    #[test]
    fn numbers_in_words_undo_too(number in 0_u32..1000) {
        let value = Decimal::from(number);
        let resolution = if number >= 100 && number % 100 == 0 { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let mut quantity = Quantity::exact(value, resolution, Unit::Bare).expect("small");
        quantity.in_words = true;
        let text = quantity.to_string();
        prop_assert_eq!(only(&text), Some(quantity), "{}", text);
    }

    #[test]
    fn the_interval_holds_the_value(text in prose()) {
        for mention in scan(&text, DecimalMark::Point) {
            if let MentionKind::Quantity(quantity) = mention.kind {
                prop_assert!(quantity.value.is_none_or(|value| quantity.contains(value)), "{quantity:?}");
                prop_assert!(quantity.low.is_none() || quantity.high.is_none() || quantity.low <= quantity.high);
            }
        }
    }

    #[test]
    fn every_span_reads_as_its_quantity(text in prose(), decimal in marks()) {
        for (span, alone, quantity) in alone(&text, decimal) {
            prop_assert_eq!(alone, Some(quantity), "{:?} in {:?}", span, text);
        }
    }

    #[test]
    fn mentions_are_in_order_on_any_text(text in any::<String>(), decimal in marks()) {
        let mut end = 0;
        for mention in scan(&text, decimal) {
            prop_assert!(mention.range.start >= end && mention.range.start < mention.range.end);
            prop_assert!(text.get(mention.range.clone()).is_some());
            end = mention.range.end;
        }
        let _ = Quantity::cell(&text, decimal);
    }
}
