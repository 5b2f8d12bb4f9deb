//! How long a large source takes to load, and what it costs a small deck.
//!
//! `cargo bench --bench source` checks one slide against a table of 100,000 facts, as a CSV file, as a metric
//! file and as a workbook.
//! What is watched: well under a second, and the check of the slide itself not slowed by facts that it does not touch.

use std::fmt::Write as _;
use std::fs;

use divan::{Bencher, black_box};
use rust_xlsxwriter::Workbook;
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

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = table();
    for (row, line) in (0..).zip(rows.lines()) {
        for (column, text) in (0..).zip(line.split(',')) {
            let _ = match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, text),
            };
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn check(bencher: Bencher<'_, '_>, path: &str, source: &[u8]) {
    let folder = TempDir::new().expect("a scratch folder");
    fs::write(folder.path().join("slides.md"), "# Q3 FY2020\n\nMetric 7 was $1.08M in Q3 FY2020.\n").expect("a deck");
    let (slides, source_path) = (folder.path().join("slides.md"), folder.path().join(path));
    fs::write(&source_path, source).expect("a source");
    let options = Options { paths: vec![slides], metrics: vec![source_path], ..Options::default() };
    bencher.bench(|| {
        let report = tieout::check_paths(black_box(&options)).expect("the deck can be read");
        assert!(report.deck.source.facts.len() == METRICS * 11 * 40 || path == "small.yaml");
        report.findings.len()
    });
}

/// What the slide costs by itself.
#[divan::bench(sample_count = 20)]
fn one_value(bencher: Bencher<'_, '_>) {
    let source = "version: 1\nmetrics:\n  - {name: metric_7, unit: USD, values: {FY2020-Q3: 1080112}}\n";
    check(bencher, "small.yaml", source.as_bytes());
}

#[divan::bench(sample_count = 5)]
fn hundred_thousand_cells(bencher: Bencher<'_, '_>) {
    check(bencher, "metrics.xlsx", &workbook());
}

#[divan::bench(sample_count = 5)]
fn hundred_thousand_rows(bencher: Bencher<'_, '_>) {
    check(bencher, "metrics.csv", table().as_bytes());
}

#[divan::bench(sample_count = 5)]
fn hundred_thousand_values(bencher: Bencher<'_, '_>) {
    check(bencher, "metrics.yaml", metric_file().as_bytes());
}
