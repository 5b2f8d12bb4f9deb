//! Annotations of GitHub Actions, for the log of a job: they stand beside the lines of a pull request.
//!
//! Enters: a [`Report`]. Leaves: one workflow command a finding, then the summary line.
//! Invariant: a finding is one line of output whatever the deck contains, and nothing in a deck can write a command of its own.
//!
//! Only ten annotations of a level are shown for a step, so the worst stand first. The escapes are those of the workflow-command
//! reference (`%`, CR, LF; in properties `:` and `,` too). Paths count from the root of the checkout.

use std::io::{self, Write};

use super::format::Reader;
use super::{cause, terminal, visible, worst_first};
use crate::Report;
use crate::deck::Deck;
use crate::finding::{Finding, Level};

/// Other places that one annotation names; a total may have a hundred parts.
const MOST_SIDES: usize = 4;

/// Writes the annotations.
pub fn write(report: &Report, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    for finding in worst_first(&report.findings) {
        let (properties, message) = (properties(finding, &report.deck, reader), message(finding, &report.deck));
        writeln!(out, "::{} {properties}::{}", command(finding.level), data(&message))?;
    }
    writeln!(out, "{}", terminal::summary(report))
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Off => "notice",
    }
}

fn properties(finding: &Finding, deck: &Deck, reader: &Reader) -> String {
    let place = finding.place;
    let mut properties = format!("file={}", property(&reader.at_root(deck.files.get(place.file).path())));
    // A cell of a workbook has no line that anybody could look at.
    if deck.files.cell(place).is_none() {
        let start = deck.files.position(place.file, place.span.start);
        let end = deck.files.position(place.file, place.span.end);
        properties.push_str(&format!(",line={},endLine={}", start.line, end.line));
        if start.line == end.line {
            properties.push_str(&format!(",col={},endColumn={}", start.column, end.column));
        }
    }
    format!("{properties},title={}", property(&format!("tieout: {}", finding.rule)))
}

/// The sentence, then a line each for the cause, the other sides and what to do.
fn message(finding: &Finding, deck: &Deck) -> String {
    let mut lines = vec![visible(&finding.message).into_owned()];
    lines.extend(deck.files.cell(finding.place).map(|cell| format!("at {}", visible(&cell))));
    lines.extend(cause(finding).map(|cause| visible(&cause).into_owned()));
    let sides = finding.related.iter().take(MOST_SIDES);
    lines.extend(sides.map(|side| {
        let place = deck.files.shown_exactly(side.place);
        format!("{}: {}", visible(&place), visible(&side.message))
    }));
    lines.extend(finding.help.as_deref().map(|help| format!("help: {}", visible(help))));
    lines.join("\n")
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before the second `::`.
fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn written(report: &Report, below_root: &str) -> String {
        let reader = Reader { below_root: below_root.to_owned(), ..Reader::default() };
        sample::written(|out| write(report, &reader, out))
    }

    #[test]
    fn a_finding_is_an_annotation() {
        insta::assert_snapshot!(written(&sample::report(), "decks/q3"));
    }

    #[test]
    fn the_worst_stand_first() {
        let mut report = sample::report();
        report.findings.reverse();
        let text = written(&report, "");
        let commands: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(commands[..2], ["::error", "::warning"]);
    }

    #[test]
    fn nothing_in_a_deck_writes_a_command() {
        let mut report = sample::hostile_report();
        report.findings[0].message.push_str("50%\n::error::x\r::set-output name=a::b%0A::warning::");
        let text = written(&report, "");
        assert_eq!(text.lines().filter(|line| line.starts_with("::")).count(), report.findings.len(), "{text}");
        assert_eq!(text.lines().count(), report.findings.len() + 1, "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\r']), "{text:?}");
        assert!(text.contains("50%25\\u{a}::error::x\\u{d}") && text.contains("b%250A::warning"), "{text}");
        let head = text.lines().next().and_then(|line| line.get(2..)).and_then(|line| line.split("::").next());
        assert!(head.is_some_and(|head| head.contains("file=sl%3Aides%2C%2525")), "{text}");
    }
}
