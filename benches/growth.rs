//! How the time of each stage grows with its input, on texts that nobody writes and on some that everybody does.
//!
//! `cargo bench --bench growth` runs every case at 1, 2, 4 and 8 times the same size. A stage is linear where each line takes about
//! twice as long as the one before; where it takes four times as long, something looks at everything again for everything.

use std::fmt::{Display, Formatter, Result, Write as _};

use divan::{Bencher, black_box};
use tieout::config::Config;
use tieout::document::Role;
use tieout::extract::{DecimalMark, scan};
use tieout::source::SourceOfTruth;
use tieout::span::Files;
use tieout::{bind, check, read};

/// Bytes of the smallest input of a case.
const BYTES: usize = 10_000;

fn main() {
    divan::main();
}

/// A text of about so many bytes.
#[derive(Clone, Copy)]
struct Case {
    name: &'static str,
    times: usize,
    text: fn(usize) -> String,
}

impl Display for Case {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{:<22} x{}", self.name, self.times)
    }
}

impl Case {
    fn text(self) -> String {
        (self.text)(BYTES * self.times)
    }
}

/// A case's name, and its text of about so many bytes.
type Named = (&'static str, fn(usize) -> String);

/// Each case at every size.
fn sizes(cases: &[Named]) -> Vec<Case> {
    let sized = |&(name, text): &Named| [1, 2, 4, 8].map(|times| Case { name, times, text });
    cases.iter().flat_map(sized).collect()
}

fn again(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len() + 1)
}

fn numbers() -> Vec<Case> {
    sizes(&[
        ("digits", |n| again("1", n)),
        ("points", |n| again("1.", n)),
        ("groups", |n| again("1,234,", n)),
        ("brackets", |n| again("(", n)),
        ("dollars", |n| again("$", n)),
        ("amounts", |n| again("$5, ", n)),
        ("signs", |n| again("-5", n)),
        ("percentages", |n| again("5% ", n)),
        ("ranges", |n| again("from 1 to ", n)),
        ("fractions", |n| again("half of a ", n)),
        ("number words", |n| again("one hundred and ", n)),
        ("periods", |n| again("Q3 FY25 to ", n)),
        ("months", |n| again("March 2025 and ", n)),
        ("months ended", |n| again("three months ended ", n)),
        ("letters", |n| again("a", n)),
        ("words", |n| again("revenue ", n)),
        ("prose", |n| again("Revenue was $11.2M in Q3 FY25, up 12% from $10.0M in Q2 FY25. ", n)),
    ])
}

#[divan::bench(args = numbers(), sample_count = 3, sample_size = 1)]
fn read_numbers(bencher: Bencher<'_, '_>, case: Case) {
    let text = case.text();
    bencher.bench(|| scan(black_box(&text), DecimalMark::Point).len());
}

fn markdown() -> Vec<Case> {
    sizes(&[
        ("emphasis marks", |n| again("*", n)),
        ("strong words", |n| again("**a** ", n)),
        ("pipes", |n| again("|", n)),
        ("square brackets", |n| again("[", n)),
        ("ticks", |n| again("`a", n)),
        ("quotes", |n| again(">", n)),
        ("angle brackets", |n| again("<a ", n)),
        ("entities", |n| again("&nbsp;", n)),
        ("divisions", |n| again("<div>", n)),
        ("nested tables", |n| again("<table><tr><td>", n)),
        ("unclosed cells", |n| format!("<table>{}", again("<tr><td>5<td>6", n))),
        ("slides", |n| format!("---\nmarp: true\n---\n{}", again("# A\n\n- b\n\n---\n\n", n))),
        ("headings", |n| again("# A\n\n", n)),
        ("a wide table", |n| {
            let columns = n / 6;
            format!("|a{}|\n|-{}|\n|b{}|\n", "|c".repeat(columns), "|-".repeat(columns), "|5".repeat(columns))
        }),
        ("a tall table", |n| format!("|a|b|\n|-|-|\n{}", again("|c|5|\n", n))),
        ("notes", |n| {
            (0..n / 30).fold(String::new(), |mut text, at| {
                let _ = write!(text, "a[^{at}]\n\n[^{at}]: b\n\n");
                text
            })
        }),
    ])
}

#[divan::bench(args = markdown(), sample_count = 3, sample_size = 1)]
fn read_markdown(bencher: Bencher<'_, '_>, case: Case) {
    let text = case.text();
    bencher.bench(|| {
        let mut files = Files::default();
        let file = files.add("deck.md", text.as_str());
        read::markdown::read(file, black_box(&text), Role::Slides).blocks.len()
    });
}

fn yaml() -> Vec<Case> {
    sizes(&[
        ("a list", |n| format!("a:\n{}", again("- $5M\n", n))),
        ("keys", |n| {
            (0..n / 8).fold(String::new(), |mut text, at| {
                let _ = writeln!(text, "k{at}: 5");
                text
            })
        }),
        ("one key", |n| again("a: 1\n", n)),
        ("open brackets", |n| again("[", n)),
        ("a flow list", |n| format!("a: [{}]\n", again("1, ", n))),
        ("a quoted scalar", |n| format!("a: \"{}\"\n", again("x $5 ", n))),
        ("a block scalar", |n| format!("a: |\n{}", again("  Revenue $5M\n", n))),
        ("aliases", |n| format!("a: &x 5\nb:\n{}", again("- *x\n", n))),
        ("comments", |n| again("# tieout: allow value-mismatch -- x\n", n)),
        ("slides", |n| format!("slides:\n{}", again("- {title: Revenue, bullets: [$5M]}\n", n))),
    ])
}

#[divan::bench(args = yaml(), sample_count = 3, sample_size = 1)]
fn read_yaml(bencher: Bencher<'_, '_>, case: Case) {
    let text = case.text();
    bencher.bench(|| {
        let mut files = Files::default();
        let file = files.add("deck.yaml", text.as_str());
        read::yaml::read(file, black_box(&text), Role::Slides).map(|document| document.blocks.len()).unwrap_or(0)
    });
}

/// A table that names what the sentences of a deck are about.
const HEAD: &str = "# Q3 FY25\n\n| $M | Q2 FY25 | Q3 FY25 |\n|--|--|--|\n| Revenue | 10 | 11 |\n| ARR | 40 | 42 |\n\n";

fn decks() -> Vec<Case> {
    sizes(&[
        ("sentences", |n| {
            format!("{HEAD}{}", again("Revenue was $11M in Q3 FY25, up 10% from $10M in Q2 FY25.\n\n", n))
        }),
        ("tables", |n| again(HEAD, n)),
        ("contradictions", |n| {
            (0..n / 35).fold(HEAD.to_owned(), |mut text, at| {
                let _ = write!(text, "Revenue was ${}M in Q3 FY25.\n\n", 11 + at % 50);
                text
            })
        }),
        ("totals", |n| {
            (0..n / 14).fold("|a|Q2|Q3|\n|-|-|-|\n".to_owned(), |mut text, at| {
                let label = if at % 5 == 4 { "Total" } else { "Row" };
                let _ = writeln!(text, "|{label} {at}|{}|{}|", at * 7 % 999, at * 13 % 997);
                text
            })
        }),
        ("bridges", |n| {
            format!("|a|Q2|Q3|\n|-|-|-|\n{}", again("|Opening cash|5|6|\n|Paid|1|1|\n|Closing cash|6|7|\n", n))
        }),
        ("definitions", |n| format!("{HEAD}{}", again("Revenue is defined as money that customers pay us.\n\n", n))),
        ("ratios", |n| again("31 of 48 customers (65%) renewed.\n\n", n)),
        ("waivers", |n| {
            format!(
                "{HEAD}{}",
                again("<!-- tieout: allow value-mismatch -- x -->\n\nRevenue was $12M in Q3 FY25.\n\n", n)
            )
        }),
    ])
}

#[divan::bench(args = decks(), sample_count = 3, sample_size = 1)]
fn check_decks(bencher: Bencher<'_, '_>, case: Case) {
    let text = case.text();
    bencher.bench(|| {
        let mut files = Files::default();
        let file = files.add("deck.md", text.as_str());
        let document = read::markdown::read(file, black_box(&text), Role::Slides);
        let mut deck = bind::bind(files, vec![document], SourceOfTruth::default(), Config::default());
        check::check(&mut deck).len()
    });
}
