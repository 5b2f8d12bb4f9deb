//! How long a large source takes to load, and what it costs a small deck.
//!
//! `cargo bench --bench source` checks one slide against a table of 100,000 facts, as a CSV file and as a metric file.
//! What is watched: well under a second, and the check of the slide itself not slowed by facts that it does not touch.

use std::fmt::Write as _;
use std::fs;

use divan::{Bencher, black_box};
use tempfile::TempDir;
use tieout::Options;

/// Metrics, each with ten regions and forty quarters and a whole.
const METRICS: usize = 228;

fn main() {
    divan::main();
}

/// Every fact: metric, quarter, region (0 is the whole), value.
fn facts() -> impl Iterator<Item = (usize, String, usize, usize)> {
    (0..METRICS).flat_map(|metric| {
        (0..=10).flat_map(move |region| {
            (0..40).map(move |quarter| {
                let period = format!("FY{}-Q{}", 2016 + quarter / 4, 1 + quarter % 4);
                (metric, period, region, 1_000_000 + metric * 7919 + region * 104_729 + quarter * 1_299)
            })
        })
    })
}

fn table() -> String {
    let mut text = String::from("metric,period,scenario,segment,value,unit\n");
    for (metric, period, region, value) in facts() {
        let segment = if region == 0 { String::new() } else { format!("Region {region}") };
        let _ = writeln!(text, "metric_{metric},{period},actual,{segment},{value},USD");
    }
    text
}

fn metric_file() -> String {
    let mut text = String::from("version: 1\nmetrics:\n");
    let mut last = (usize::MAX, usize::MAX);
    for (metric, period, region, value) in facts() {
        if metric != last.0 {
            let _ = write!(text, "  - name: metric_{metric}\n    unit: USD\n    values:\n");
        } else if region != last.1 {
            if region == 1 {
                text.push_str("    segments:\n");
            }
            let _ = writeln!(text, "      Region {region}:");
        }
        last = (metric, region);
        let indent = if region == 0 { 6 } else { 8 };
        let _ = writeln!(text, "{:indent$}{period}: {value}", "");
    }
    text
}

fn check(bencher: Bencher<'_, '_>, path: &str, source: &str) {
    let folder = TempDir::new().expect("a scratch folder");
    fs::write(folder.path().join("slides.md"), "# Q3 FY2020\n\nMetric 7 was $1.08M in Q3 FY2020.\n").expect("a deck");
    fs::write(folder.path().join(path), source).expect("a source");
    let options = Options { paths: vec![folder.path().to_owned()], ..Options::default() };
    bencher.bench(|| {
        let report = tieout::check_paths(black_box(&options)).expect("the deck can be read");
        assert_eq!(report.deck.source.facts.len(), METRICS * 11 * 40);
        report.findings.len()
    });
}

#[divan::bench(sample_count = 5)]
fn hundred_thousand_rows(bencher: Bencher<'_, '_>) {
    check(bencher, "metrics.csv", &table());
}

#[divan::bench(sample_count = 5)]
fn hundred_thousand_values(bencher: Bencher<'_, '_>) {
    check(bencher, "metrics.yaml", &metric_file());
}
