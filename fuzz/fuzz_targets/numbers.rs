//! Any text, read for quantities and periods.
//!
//! Enters: bytes; the first one says how the document writes its numbers. Holds: mentions are in order and whole characters, an interval
//! contains its value, and the bytes of a quantity, read alone, give the same quantity.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::extract::{DecimalMark, Mention, MentionKind, scan};
use tieout::quantity::Quantity;

fuzz_target!(|bytes: &[u8]| {
    let (decimal, bytes) = match bytes {
        [b',', rest @ ..] => (DecimalMark::Comma, rest),
        [b'_', rest @ ..] => (DecimalMark::SpacedPoint, rest),
        all => (DecimalMark::Point, all),
    };
    let text = String::from_utf8_lossy(bytes);
    let mut end = 0;
    for mention in scan(&text, decimal) {
        assert!(end <= mention.range.start && mention.range.start < mention.range.end, "{mention:?} after {end}");
        end = mention.range.end;
        let span = text.get(mention.range.clone()).expect("whole characters");
        if let MentionKind::Quantity(quantity) = &mention.kind {
            assert!(quantity.value.is_none_or(|value| quantity.contains(value)), "{quantity:?}");
            assert!(quantity.low.is_none() || quantity.high.is_none() || quantity.low <= quantity.high);
            reads_alone(span, decimal, quantity);
        }
    }
    let _ = Quantity::cell(&text, decimal);
});

/// The bytes of a quantity alone are that quantity, unless alone they are a period: `2019 stores` without its noun.
fn reads_alone(span: &str, decimal: DecimalMark, quantity: &Quantity) {
    let again = scan(span, decimal);
    if again.iter().any(|mention| matches!(mention.kind, MentionKind::Period(..))) {
        return;
    }
    match again.as_slice() {
        [Mention { kind: MentionKind::Quantity(alone), .. }] => {
            assert_eq!(essence(alone), essence(quantity), "{span:?}");
        }
        other => panic!("{span:?} alone reads {other:?}, not {quantity:?}"),
    }
}

/// What the bytes must give again: value or ends, unit, resolution.
fn essence(quantity: &Quantity) -> String {
    let value = match quantity.value {
        Some(value) => value.to_string(),
        None => format!("{:?} to {:?}", quantity.low, quantity.high),
    };
    format!("{value} {} by {}", quantity.unit, quantity.resolution)
}
