//! What fixes were made, or would be, for people.
//!
//! Enters: a checked deck and a [`Plan`]. Leaves: a unified diff, or a line a number.
//! Invariant: text of the deck is shown so that no terminal acts on it.

use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

use crate::Report;
use crate::fix::{Applied, Left, Plan};
use crate::report::{counted, visible};

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// Writes what a plan would change as a unified diff, then what it leaves.
pub fn diff(report: &Report, plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    for (file, text) in &plan.texts {
        let file = report.deck.files.get(*file);
        let path = visible(file.path());
        writeln!(out, "--- a/{path}\n+++ b/{path}")?;
        let diff = TextDiff::from_lines(file.text(), text.as_str());
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            writeln!(out, "{}", hunk.header())?;
            for change in hunk.iter_changes() {
                line(change.tag(), change.value(), out)?;
                if change.missing_newline() {
                    writeln!(out, "\\ No newline at end of file")?;
                }
            }
        }
    }
    if !plan.texts.is_empty() {
        writeln!(out)?;
    }
    left(report, plan, out)?;
    writeln!(out, "{}{}", total(plan, "to rewrite"), left_total(plan))
}

fn line(tag: ChangeTag, text: &str, out: &mut dyn Write) -> io::Result<()> {
    use anstyle::{AnsiColor, Style};
    let (mark, style) = match tag {
        ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
        ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
        ChangeTag::Equal => (' ', Style::new()),
    };
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let shown: Vec<_> = text.split('\t').map(visible).collect();
    writeln!(out, "{style}{mark}{}{style:#}", shown.join("\t"))
}

/// Writes what a plan has changed and what it has left.
pub fn write(report: &Report, plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    for Applied { subject, fix, .. } in &plan.applied {
        let place = report.deck.files.shown_exactly(fix.place);
        let before = report.deck.files.slice(fix.place);
        let (place, before, after) = (visible(&place), visible(before), visible(&fix.replacement));
        writeln!(out, "fixed {place}: {before} → {after}  ({})", visible(subject))?;
    }
    left(report, plan, out)?;
    if !plan.applied.is_empty() || !plan.left.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}{}", total(plan, "rewritten"), left_total(plan))
}

fn left(report: &Report, plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    for Left { finding, reason, .. } in &plan.left {
        let place = report.findings[*finding].place;
        let (at, text) = (report.deck.files.shown_exactly(place), report.deck.files.slice(place));
        writeln!(out, "left  {}: {}: {}", visible(&at), visible(text), visible(reason))?;
    }
    Ok(())
}

fn total(plan: &Plan, done: &str) -> String {
    match plan.applied.len() {
        0 => "nothing ".to_owned() + done,
        some => format!("{} {done} in {}", counted(some, "number"), counted(plan.texts.len(), "file")),
    }
}

fn left_total(plan: &Plan) -> String {
    let on_request = plan.left.iter().filter(|left| left.on_request).count();
    match (plan.left.len(), on_request) {
        (0, _) => String::new(),
        (left, 0) => format!("; {left} left"),
        (left, some) => format!("; {left} left, {some} of them for --unsafe-fixes"),
    }
}
