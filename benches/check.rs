//! How long a whole check takes beside the least that any reader of Markdown has to do.
//!
//! `cargo bench` checks a generated deck of ten megabytes, metric file and appendix included, and iterates pulldown-cmark's events
//! over the same bytes. The quotient of the two is what the project watches: it does not depend on the machine.

use std::fmt::Write as _;
use std::fs;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tempfile::TempDir;
use tieout::Options;

/// Size of the generated deck.
const BYTES: usize = 10_000_000;

/// Names of the generated metrics, and the level each starts from in thousands.
const METRICS: [(&str, u64); 8] = [
    ("Subscription revenue", 31_250),
    ("Services revenue", 4_180),
    ("Hosting cost", 6_020),
    ("Support cost", 2_310),
    ("Marketing expense", 5_470),
    ("Research expense", 8_890),
    ("Deferred revenue", 17_640),
    ("Cash", 52_300),
];

/// Fiscal years that the generated metrics have values for.
const YEARS: std::ops::RangeInclusive<u64> = 2016..=2025;

fn main() {
    divan::main();
}

/// What a metric is in a quarter, in thousands.
fn value(metric: usize, year: u64, quarter: u64) -> u64 {
    let (_, start) = METRICS[metric];
    start + (year * 4 + quarter - 8064) * (metric as u64 + 3) * 10
}

/// `$31.3M`, from thousands.
fn millions(thousands: u64) -> String {
    let tenths = (thousands + 50) / 100;
    format!("${}.{}M", tenths / 10, tenths % 10)
}

fn metrics() -> String {
    let mut file = String::from("version: 1\ndefaults: {currency: USD}\nmetrics:\n");
    for (at, (name, _)) in METRICS.iter().enumerate() {
        let key = name.to_lowercase().replace(' ', "_");
        let _ =
            write!(file, "  - name: {key}\n    label: {name}\n    unit: USD\n    period_type: duration\n    values:\n");
        for (year, quarter) in YEARS.flat_map(|year| (1..=4).map(move |quarter| (year, quarter))) {
            let _ = writeln!(file, "      FY{year}-Q{quarter}: {}000", value(at, year, quarter));
        }
    }
    file
}

/// A slide as decks have them: a title, bullets, a sentence with a growth, a table.
fn slide(deck: &mut String, number: u64) {
    let year = YEARS.start() + 1 + number % 9;
    let quarter = 1 + number % 4;
    let _ = write!(deck, "\n---\n\n## Q{quarter} FY{year}: results of the quarter\n\n");
    for step in 0..3 {
        let metric = ((number + step) % 8) as usize;
        let (name, now) = (METRICS[metric].0, value(metric, year, quarter));
        let (now, before) = (millions(now), millions(value(metric, year - 1, quarter)));
        let _ = writeln!(deck, "- {name} was **{now}**, up from {before} in Q{quarter} FY{}", year - 1);
    }
    let (name, cash) = (METRICS[7].0, value(7, year, quarter));
    let _ = write!(
        deck,
        "\nThe board took note of the report of the audit committee, which met on 14 March. {name} stood at {}, and nothing was drawn.\n\n",
        millions(cash)
    );
    let _ = write!(deck, "| $K | Q{quarter} FY{} | Q{quarter} FY{year} |\n|:--|--:|--:|\n", year - 1);
    for (metric, (name, _)) in METRICS.iter().enumerate().take(6) {
        let _ = writeln!(deck, "| {name} | {} | {} |", value(metric, year - 1, quarter), value(metric, year, quarter));
    }
}

fn deck() -> String {
    let mut deck = String::from("---\nmarp: true\nperiod: FY2025-Q4\n---\n\n# Report to the board\n");
    let mut number = 0;
    while deck.len() < BYTES {
        slide(&mut deck, number);
        number += 1;
    }
    deck
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>) {
    let folder = TempDir::new().expect("a scratch folder");
    let deck = deck();
    fs::write(folder.path().join("slides.md"), &deck).expect("the deck can be written");
    fs::write(folder.path().join("metrics.yaml"), metrics()).expect("the metric file can be written");
    let options = Options { paths: vec![folder.path().to_owned()], ..Options::default() };
    bencher.counter(BytesCount::of_str(&deck)).bench(|| {
        let report = tieout::check_paths(black_box(&options)).expect("the deck can be read");
        assert!(report.deck.claims.len() > 100_000, "the numbers of the deck are read");
        report.findings.len()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn iterate_events(bencher: Bencher<'_, '_>) {
    let deck = deck();
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES;
    bencher
        .counter(BytesCount::of_str(&deck))
        .bench(|| pulldown_cmark::Parser::new_ext(black_box(&deck), options).into_offset_iter().count());
}
