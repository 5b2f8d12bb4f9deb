//! The claims of a deck as a table, for people.
//!
//! Enters: a [`Report`]. Leaves: one line a claim, in reading order, columns aligned.
//! Invariant: every claim has a line, whatever its status.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::Report;
use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::report::{counted, on_line, visible};
use crate::span::Place;

/// Between columns.
const GAP: &str = "  ";

/// Widest cell that others are aligned with; what is longer pushes only its own line.
const WIDEST: usize = 40;

/// Writes the claims; with `all`, then the numbers that were set aside and why.
pub fn write(report: &Report, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let deck = &report.deck;
    let head = ["where", "number", "metric", "period", "scenario", "segment", "measure", "status"];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(deck.claims.iter().map(|claim| row(claim, deck)));
    table(&rows, out)?;
    if all && !deck.asides.is_empty() {
        writeln!(out, "\n{} set aside:\n", counted(deck.asides.len(), "number"))?;
        let aside = |(place, aside): &(Place, crate::extract::Aside)| {
            [at(deck, *place), text(deck, *place), aside.reason().to_owned()]
        };
        table(&deck.asides.iter().map(aside).collect::<Vec<_>>(), out)?;
    }
    Ok(())
}

fn row(claim: &Claim, deck: &Deck) -> [String; 8] {
    let or_dash = |text: Option<&str>| text.map_or_else(|| "-".to_owned(), |text| visible(text).into_owned());
    let scenario = claim.scenario.as_deref().filter(|_| claim.metric.is_some());
    [
        at(deck, claim.place),
        text(deck, claim.place),
        or_dash(claim.metric.map(|metric| deck.vocabulary.term(metric).name.as_str())),
        or_dash(claim.period.map(|period| period.to_string()).as_deref()),
        or_dash(scenario),
        or_dash(claim.segment.as_deref()),
        visible(&measure(claim)).into_owned(),
        claim.status.name().to_owned(),
    ]
}

/// `growth from FY2024-Q3`, `variance against plan`, `share of revenue`.
pub(super) fn measure(claim: &Claim) -> String {
    let name = claim.measure.name();
    match (&claim.base, claim.measure) {
        (None, _) | (_, Measure::Level) => name.to_owned(),
        (Some(Base::Period(period)), _) => format!("{name} from {period}"),
        (Some(Base::Scenario(scenario)), _) => format!("{name} against {scenario}"),
        (Some(Base::Whole(whole)), _) => format!("{name} of {whole}"),
    }
}

pub(super) fn at(deck: &Deck, place: Place) -> String {
    visible(&deck.files.shown_exactly(place)).into_owned()
}

pub(super) fn text(deck: &Deck, place: Place) -> String {
    on_line(deck.files.slice(place))
}

pub(super) fn table<const COLUMNS: usize>(rows: &[[String; COLUMNS]], out: &mut dyn Write) -> io::Result<()> {
    let widths: [usize; COLUMNS] = std::array::from_fn(|column| {
        rows.iter().map(|row| row[column].width()).filter(|width| *width <= WIDEST).max().unwrap_or(0)
    });
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width())));
            line.push_str(GAP);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn written(all: bool) -> String {
        sample::written(|out| write(&sample::report(), all, out))
    }

    #[test]
    fn columns_are_aligned() {
        let text = written(false);
        let column = |line: &str, word: &str| line.find(word).map(|at| line[..at].chars().count());
        let starts =
            |words: [&str; 4]| text.lines().zip(words).map(|(line, word)| column(line, word)).collect::<Vec<_>>();
        for words in [["number", "$42.3M", "9%", "$4–5M"], ["status", "disagrees", "derived", "untraced"]] {
            let starts = starts(words);
            assert!(starts.iter().all(|start| start.is_some() && *start == starts[0]), "{starts:?}\n{text}");
        }
    }

    #[test]
    fn numbers_set_aside_are_shown_on_request() {
        assert!(written(true).contains("a version"));
        assert!(!written(false).contains("a version"));
    }
}
