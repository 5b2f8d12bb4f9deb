//! Markdown (GitHub's dialect), for the summary of a job or a comment on a pull request.
//!
//! Enters: a [`Report`]. Leaves: a scorecard, then the findings, the worst first.
//! Invariant: text of a deck is shown as it stands and never acted on: no markup, link, mention, formula or HTML can come from it.
//!
//! A comment holds 65,536 characters, so findings that would not fit are counted instead.

mod escape;

use std::io::{self, Write};

use super::{Slides, Tally, cause, counted, levels, worst_first};
use crate::Report;
use crate::baseline::Since;
use crate::check::Waived;
use crate::finding::Finding;
use crate::span::Place;

use escape::{code, escaped};

/// Bytes of findings at most.
const LONGEST: usize = 55_000;

/// Other places that one finding names at most; a total may have a hundred parts.
const MOST_SIDES: usize = 4;

/// Findings gone from a baseline that are told one by one.
const MOST_GONE: usize = 10;

/// Accepted findings that are told one by one.
const MOST_ACCEPTED: usize = 10;

/// Writes the page.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let tally = Tally::of(&report.deck);
    writeln!(out, "## tieout: {}\n", headline(report, &tally))?;
    scorecard(&tally, out)?;
    report.since.iter().try_for_each(|since| changes(since, report.findings.len(), out))?;
    findings(report, out)?;
    accepted(report, out)
}

/// What a human accepted, and why.
fn accepted(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (deck, waived) = (&report.deck, &report.deck.waived);
    if waived.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nAccepted, with a reason:\n")?;
    for Waived { finding, reason, by } in waived.iter().take(MOST_ACCEPTED) {
        let (place, by) = (code(&deck.files.shown(finding.place)), code(&deck.files.shown(*by)));
        let (text, reason) = (short(deck.files.slice(finding.place)), short(reason));
        writeln!(out, "- {place}, {} at {}: {} ({by})", finding.rule, escaped(&text), escaped(&reason))?;
    }
    if waived.len() > MOST_ACCEPTED {
        writeln!(out, "- and {} more", waived.len() - MOST_ACCEPTED)?;
    }
    Ok(())
}

/// The start of a text that may be as long as its author likes.
fn short(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// What changed since the baseline: new ones are the findings of the page.
fn changes(since: &Since, new: usize, out: &mut dyn Write) -> io::Result<()> {
    let (known, gone) = (since.known.len(), since.gone.len());
    writeln!(out, "\nSince the baseline: **{new} new**, {known} known and not shown, {gone} gone.")?;
    if gone > 0 {
        writeln!(out)?;
    }
    for known in since.gone.iter().take(MOST_GONE) {
        let (path, rule, text) = (code(&known.path), escaped(&known.rule), escaped(&known.text));
        writeln!(out, "- gone: {path}, {rule} at {text}")?;
    }
    if gone > MOST_GONE {
        writeln!(out, "- and {} more", gone - MOST_GONE)?;
    }
    Ok(())
}

/// `3 errors, 1 warning`, `all numbers tie`, `no disagreement found`.
fn headline(report: &Report, tally: &Tally) -> String {
    let levels = levels(&report.findings);
    match levels.is_empty() {
        false => levels.join(", "),
        true if tally.all_tie() => "all numbers tie".to_owned(),
        true if report.since.as_ref().is_some_and(|since| !since.known.is_empty()) => "nothing new".to_owned(),
        true if tally.disagree > 0 => "nothing of the rules selected".to_owned(),
        true => "no disagreement found".to_owned(),
    }
}

fn scorecard(tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    let columns = tally.statuses();
    let names: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
    let numbers: Vec<String> = columns.iter().map(|(number, _)| number.to_string()).collect();
    writeln!(out, "| numbers | {} |", names.join(" | "))?;
    writeln!(out, "|{}", "--:|".repeat(columns.len() + 1))?;
    writeln!(out, "| {} | {} |\n", tally.claims, numbers.join(" | "))?;
    let (documents, slides) = (counted(tally.documents, "document"), counted(tally.slides, "slide"));
    writeln!(out, "{} in {documents}, {slides}.", counted(tally.claims, "number"))
}

fn findings(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| | where | what |\n|:--|:--|:--|")?;
    let slides = Slides::of(&report.deck);
    let (mut written, mut left) = (0, 0);
    for finding in worst_first(&report.findings) {
        let row = row(report, &slides, finding);
        written += row.len();
        // What is left out is the least of it: once something does not fit, nothing after it is shown.
        if written > LONGEST {
            left += 1;
        } else {
            writeln!(out, "{row}")?;
        }
    }
    if left > 0 {
        writeln!(out, "\n{} not shown here.", counted(left, "more finding"))?;
    }
    Ok(())
}

fn row(report: &Report, slides: &Slides, finding: &Finding) -> String {
    let mut lines = vec![format!("**{}**: {}", finding.rule, escaped(&finding.message))];
    lines.extend(cause(finding).map(|cause| escaped(&cause)));
    for side in finding.related.iter().take(MOST_SIDES) {
        let place = at(report, side.place, slides.at(side.place));
        lines.push(format!("{place}: {}", escaped(&side.message)));
    }
    if let Some(more) = finding.related.len().checked_sub(MOST_SIDES).filter(|more| *more > 0) {
        lines.push(format!("{} not shown", counted(more, "more place")));
    }
    lines.extend(finding.help.as_deref().map(|help| format!("*{}*", escaped(help))));
    let place = at(report, finding.place, finding.slide);
    format!("| {} | {place} | {} |", finding.level.name(), lines.join("<br>"))
}

/// `slides.md:14`, slide 3.
fn at(report: &Report, place: Place, slide: Option<usize>) -> String {
    let place = code(&report.deck.files.shown(place));
    slide.map_or_else(|| place.clone(), |slide| format!("{place}, slide {slide}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn written(report: &Report) -> String {
        sample::written(|out| write(report, out))
    }

    #[test]
    fn a_scorecard_and_the_findings() {
        insta::assert_snapshot!(written(&sample::report()));
    }

    #[test]
    fn a_clean_deck_is_a_scorecard() {
        let text = written(&sample::clean_report());
        assert!(text.starts_with("## tieout: all numbers tie\n"), "{text}");
        assert!(!text.contains("where"), "{text}");
    }

    #[test]
    fn what_changed_since_the_baseline() {
        let baseline = crate::baseline::Baseline::of(&sample::report());
        let mut report = sample::report();
        report.findings.truncate(1);
        report.hold_against(&baseline, |_| true);
        let text = written(&report);
        assert!(text.starts_with("## tieout: nothing new\n"), "{text}");
        assert!(
            text.ends_with(
                "\nSince the baseline: **0 new**, 1 known and not shown, 1 gone.\n\n\
                 - gone: `slides.md`, change-mismatch at 9%\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn a_comment_has_room_for_it() {
        let mut report = sample::report();
        let many = report.findings[0].clone();
        report.findings.resize(2_000, many);
        let text = written(&report);
        assert!(text.len() < 60_000, "{}", text.len());
        let shown = text.lines().filter(|line| line.contains("| error |")).count();
        assert!(text.ends_with(&format!("\n{} more findings not shown here.\n", 2_000 - shown)), "{shown} shown");
    }

    #[test]
    fn hostile_text_is_text() {
        use pulldown_cmark::{Event, Options, Parser, Tag};
        let text = written(&sample::hostile_report());
        let rows = text.lines().filter(|line| line.starts_with("| error") || line.starts_with("| warning")).count();
        assert_eq!(rows, 2, "{text}");
        let mut told = String::new();
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_GFM) {
            match event {
                Event::Html(html) => panic!("{html} in {text}"),
                Event::InlineHtml(html) => assert!(["<br>", "<span>", "</span>"].contains(&html.as_ref()), "{html}"),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    panic!("{dest_url} in {text}")
                }
                Event::Text(part) => told.push_str(&part),
                _ => {}
            }
        }
        assert!(told.contains("<script>alert(1)</script> [x](https:"), "it is shown as it stands: {told}");
        assert!(!told.contains("@team") && !told.contains("#12"), "a mention in {told}");
    }
}
