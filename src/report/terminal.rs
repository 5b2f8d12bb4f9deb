//! The report for people: every finding with both sides' text, why it is probably so, and a summary line.
//!
//! Enters: a [`Report`]. Leaves: text. Invariant: nothing in a deck can act on the terminal, and a clean deck takes one line.

mod excerpt;
mod finding;

use std::io::{self, Write};

use anstyle::AnsiColor;
use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};
use textwrap::WordSplitter;

use crate::Report;
use crate::baseline::Since;
use crate::report::{Slides, Tally, counted, levels, visible};

/// Columns below which no snippet can be read.
const NARROWEST: usize = 60;

/// Findings gone from a baseline that are told one by one.
const MOST_GONE: usize = 10;

/// How to draw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// With line-drawing characters; else ASCII.
    pub unicode: bool,
    /// Columns to fill.
    pub width: usize,
}

impl Default for Style {
    /// What suits a file or a pipe.
    fn default() -> Self {
        Self { color: false, unicode: true, width: 100 }
    }
}

/// Writes the findings and the summary line.
pub fn write(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = Style { width: style.width.max(NARROWEST), ..style };
    let slides = Slides::of(&report.deck);
    let handler = handler(style);
    for finding in &report.findings {
        let drawing = finding::drawing(finding, &report.deck, &slides, style);
        draw(&handler, &drawing.words, 0, 0, out)?;
        let digits = drawing.snippets.iter().map(finding::Shown::digits).max().unwrap_or(0);
        for snippet in &drawing.snippets {
            // The renderer's line for a message stays empty. Snippets of short files are moved to stand under those of long ones.
            draw(&handler, snippet, 1, digits - snippet.digits(), out)?;
        }
        if drawing.left_out > 0 {
            advise("note", &format!("{} not shown", counted(drawing.left_out, "more place")), style, out)?;
        }
        if let Some(help) = &finding.help {
            advise("help", &visible(help), style, out)?;
        }
        writeln!(out)?;
    }
    report.since.iter().try_for_each(|since| gone(since, out))?;
    writeln!(out, "{}", summary(report))
}

fn draw(
    handler: &GraphicalReportHandler,
    shown: &finding::Shown,
    skip: usize,
    indent: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut text = String::new();
    handler.render_report(&mut text, shown).map_err(io::Error::other)?;
    if let Some((written, meant)) = shown.head() {
        text = text.replacen(&written, &meant, 1);
    }
    let mut lines = text.trim_end_matches('\n').lines().skip(skip);
    lines.try_for_each(|line| writeln!(out, "{:indent$}{}", "", line.trim_end()))
}

/// A line of advice below the snippets.
fn advise(word: &str, text: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let options = textwrap::Options::new(style.width)
        .initial_indent("        ")
        .subsequent_indent("        ")
        .word_splitter(WordSplitter::NoHyphenation);
    let filled = textwrap::fill(text, options);
    let color = if style.color { AnsiColor::Cyan.on_default() } else { anstyle::Style::new() };
    writeln!(out, "  {color}{word}:{color:#} {}", filled.trim_start())
}

fn handler(style: Style) -> GraphicalReportHandler {
    let mut characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    if style.unicode {
        // The stock signs are wider than a column in some fonts.
        (characters.error, characters.warning, characters.advice) = ("×".into(), "!".into(), "·".into());
    }
    let styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(style.width)
        .with_links(false)
        // `FY2025-Q3` is one word.
        .with_word_splitter(WordSplitter::NoHyphenation)
        .without_syntax_highlighting()
        // See `excerpt`: asking for context is how the renderer asks for the text rather than for the position.
        .with_context_lines(1)
}

/// `3 errors, 1 warning · 214 numbers in 2 documents, 12 slides: 150 tied, 40 agreed, 8 derived, 11 untraced`.
pub(super) fn summary(report: &Report) -> String {
    let tally = Tally::of(&report.deck);
    let place = format!("{}, {}", counted(tally.documents, "document"), counted(tally.slides, "slide"));
    let numbers = format!("{} in {place}", counted(tally.claims, "number"));
    let statuses = tally.statuses();
    let parts: Vec<String> =
        statuses.iter().filter(|(number, _)| *number > 0).map(|(number, name)| format!("{number} {name}")).collect();
    let levels = levels(&report.findings);
    let all_tie = tally.all_tie();
    let since = report.since.as_ref().map(Since::told).unwrap_or_default();
    let known = report.since.as_ref().is_some_and(|since| !since.known.is_empty());
    let said = match (levels.is_empty(), all_tie) {
        _ if tally.claims == 0 && levels.is_empty() => format!("no numbers in {place}"),
        (true, true) => format!("{numbers}: all tie ({})", parts.join(", ")),
        (true, false) if known => format!("{numbers}: {}; nothing new", parts.join(", ")),
        (true, false) if tally.disagree > 0 => {
            format!("{numbers}: {}; nothing of the rules selected", parts.join(", "))
        }
        (true, false) => format!("{numbers}: {}; no disagreement found", parts.join(", ")),
        (false, _) if tally.claims == 0 => format!("{} · no numbers in {place}", levels.join(", ")),
        (false, _) => format!("{} · {numbers}: {}", levels.join(", "), parts.join(", ")),
    };
    if since.is_empty() { said } else { format!("{said} · {since}") }
}

/// What of a baseline is gone, so that it can be made shorter.
fn gone(since: &Since, out: &mut dyn Write) -> io::Result<()> {
    for known in since.gone.iter().take(MOST_GONE) {
        let (path, text) = (visible(&known.path), visible(&known.text));
        writeln!(out, "gone from the baseline: {path}: {} at {text}", visible(&known.rule))?;
    }
    if since.gone.len() > MOST_GONE {
        writeln!(out, "and {} more", since.gone.len() - MOST_GONE)?;
    }
    if !since.gone.is_empty() {
        writeln!(out, "`--write-baseline` writes it anew without them\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Related;
    use crate::report::sample;
    use crate::span::{Place, Span};

    fn written(report: &Report, style: Style) -> String {
        sample::written(|out| write(report, style, out))
    }

    #[test]
    fn a_finding_shows_both_sides_cause_and_help() {
        insta::assert_snapshot!(written(&sample::report(), Style::default()));
    }

    #[test]
    fn without_line_drawing() {
        let text = written(&sample::report(), Style { unicode: false, ..Style::default() });
        let drawn: Vec<char> = text.chars().filter(|c| !c.is_ascii() && !"·–".contains(*c)).collect();
        assert_eq!(drawn, []);
    }

    #[test]
    fn colour_only_when_asked_for() {
        assert!(!written(&sample::report(), Style::default()).contains('\u{1b}'));
        assert!(written(&sample::report(), Style { color: true, ..Style::default() }).contains("\u{1b}[31m"));
    }

    #[test]
    fn lines_keep_to_the_width() {
        for width in [60, 80, 100] {
            let text = written(&sample::report(), Style { width, ..Style::default() });
            let longest =
                text.lines().take_while(|line| !line.contains("numbers in")).map(|line| line.chars().count()).max();
            assert!(longest <= Some(width), "{longest:?} columns of {width}:\n{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_finding_about_any_text_can_be_drawn(
            text in "(\\PC|[\\t\\r\\n\\x1b]|第|👍🏽|e\u{301}){0,120}",
            places in proptest::collection::vec((0..300_usize, 0..20_usize), 1..6),
        ) {
            let mut report = sample::report();
            let mut files = crate::span::Files::default();
            files.add("metrics.yaml", "");
            let file = files.add("slides.md", text);
            report.deck.files = files;
            let mut places = places.iter().map(|(start, length)| Place { file, span: Span::new(*start, start + length) });
            report.findings.truncate(1);
            report.findings[0].place = places.next().expect("at least one");
            report.findings[0].related =
                places.map(|place| Related { message: "another side".to_owned(), place }).collect();
            proptest::prop_assert!(written(&report, Style::default()).ends_with("1 disagrees\n"));
        }
    }

    #[test]
    fn a_clean_deck_takes_one_line() {
        let text = written(&sample::clean_report(), Style::default());
        assert_eq!(text, "3 numbers in 1 document, 2 slides: all tie (1 tied, 1 agreed, 1 derived)\n");
    }

    #[test]
    fn a_baseline_is_accounted_for() {
        let baseline = crate::baseline::Baseline::of(&sample::report());
        let mut report = sample::report();
        report.findings.truncate(1);
        report.hold_against(&baseline, |_| true);
        assert_eq!(
            written(&report, Style::default()),
            "gone from the baseline: slides.md: change-mismatch at 9%\n`--write-baseline` writes it anew without them\n\n\
             3 numbers in 1 document, 2 slides: 1 derived, 1 untraced, 1 disagrees; nothing new \
             · 1 known from the baseline, 1 of the baseline gone\n"
        );
    }

    #[test]
    fn what_is_untraced_is_not_said_to_tie() {
        let mut report = sample::clean_report();
        report.deck.claims[1].status = crate::claim::Status::Untraced;
        assert_eq!(
            summary(&report),
            "3 numbers in 1 document, 2 slides: 1 tied, 1 derived, 1 untraced; no disagreement found"
        );
        report.deck.claims.clear();
        assert_eq!(summary(&report), "no numbers in 1 document, 2 slides");
    }
}
