//! How fast numbers and periods are read beside a regex that merely finds digits.
//!
//! `cargo bench --bench lexer` goes over the same generated prose four ways: the lexer alone, the whole reading of every block and of
//! one long text, and the `regex` crate looking for `\d[\d,.]*`; with digits and without. The quotients do not depend on the machine.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use regex::Regex;
use tieout::extract::{DecimalMark, scan, tokens};

/// Size of the generated prose.
const BYTES: usize = 5_000_000;

/// Blocks as decks have them: some numbers, more words.
const BLOCKS: [&str; 6] = [
    "Revenue was $42.3M in Q3 FY25, up 11% from $38.1M a year earlier; the two deals that slipped account for most of the rest.",
    "We ended the quarter with 1,247 customers, having added 71 logos and lost 22, and about 40% of them pay us more than $100K a year.",
    "The committee met on 14 March and took note of the report. Nothing in it changes the outlook that the board approved in February.",
    "Gross margin widened 70bps to 41.5%, helped by lower freight rates; the dollar cost us €1.2–1.4m, most of it in the first half.",
    "Headcount stood at 262, six below plan, and eleven people will join before the end of the year, subject to the usual approvals.",
    "Free cash flow of ($3.4M) reflects the timing of annual renewals, which fall into the fourth quarter, and of the move to SOC 2.",
];

fn main() {
    divan::main();
}

/// Every block of the generated prose; without digits when `words` is asked for.
fn blocks(words: bool) -> Vec<String> {
    let mut bytes = 0;
    let block = |(at, text): (usize, &&str)| {
        let text = text.replace("42.3", &format!("{}.{}", 30 + at % 60, at % 10));
        if words { text.replace(|c: char| c.is_ascii_digit(), "") } else { text }
    };
    let enough = |text: &String| {
        bytes += text.len();
        bytes < BYTES
    };
    BLOCKS.iter().cycle().enumerate().map(block).take_while(enough).collect()
}

fn size(blocks: &[String]) -> BytesCount {
    BytesCount::new(blocks.iter().map(String::len).sum::<usize>())
}

#[divan::bench(args = [false, true], sample_count = 10, sample_size = 1)]
fn read_every_block(bencher: Bencher<'_, '_>, without_digits: bool) {
    let blocks = blocks(without_digits);
    bencher.counter(size(&blocks)).bench(|| {
        let mentions = |text: &String| scan(black_box(text), DecimalMark::Point).len();
        blocks.iter().map(mentions).sum::<usize>()
    });
}

#[divan::bench(args = [false, true], sample_count = 10, sample_size = 1)]
fn lex_every_block(bencher: Bencher<'_, '_>, without_digits: bool) {
    let blocks = blocks(without_digits);
    bencher.counter(size(&blocks)).bench(|| {
        let lexed = |text: &String| tokens(black_box(text), DecimalMark::Point);
        blocks.iter().map(lexed).sum::<usize>()
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn read_one_long_text(bencher: Bencher<'_, '_>) {
    let text = blocks(false).join(" ");
    bencher.counter(BytesCount::of_str(&text)).bench(|| scan(black_box(&text), DecimalMark::Point).len());
}

#[divan::bench(args = [false, true], sample_count = 10, sample_size = 1)]
fn find_digits_by_regex(bencher: Bencher<'_, '_>, without_digits: bool) {
    let blocks = blocks(without_digits);
    let digits = Regex::new(r"\d[\d,.]*").expect("a pattern of the benchmark");
    bencher.counter(size(&blocks)).bench(|| {
        let found = |text: &String| digits.find_iter(black_box(text)).count();
        blocks.iter().map(found).sum::<usize>()
    });
}
