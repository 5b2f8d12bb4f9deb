//! Where a walk begins and where it ends.
//!
//! Enters: lines in order. Leaves: the bridges among them, by their first and last lines.
//! Invariant: lines that only name times or scenarios are ends where there are exactly two, the first of all and the last, with what
//! came between.

use super::{Line, LineKind};

/// A bridge among lines.
pub(crate) struct Bridge {
    /// The line that it starts from.
    pub(crate) first: usize,
    /// The line that it comes to.
    pub(crate) last: usize,
    /// Whether their labels call them opening and closing.
    pub(crate) named: bool,
    /// What came between, where it stands before the opening: `Net increase in cash`, `Opening cash`, `Closing cash`.
    pub(crate) moved: std::ops::Range<usize>,
}

/// Bridges among lines, in order.
pub(crate) fn spans(lines: &[Line]) -> Vec<Bridge> {
    let mut found = Vec::new();
    let mut opening: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        match line.kind {
            LineKind::Opening => opening = Some(at),
            LineKind::Closing => {
                found.extend(opening.take().map(|first| {
                    let moved = if at == first + 1 { net_movement(lines, first) } else { 0..0 };
                    Bridge { first, last: at, named: true, moved }
                }));
            }
            _ => {}
        }
    }
    if found.is_empty() {
        found = between_dates(lines);
    }
    if found.is_empty() {
        found.extend(between_times(lines));
    }
    found
}

/// `Balance at 31 December 2029 … Balance at 31 December 2030`, `FY30 gross margin … FY31 gross margin`.
fn between_dates(lines: &[Line]) -> Vec<Bridge> {
    let mut found = Vec::new();
    let mut earlier: Option<usize> = None;
    let dated = |line: &Line| !line.name.is_empty() && line.period.is_some() && line.says_when();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| dated(line)) {
        if let Some(first) =
            earlier.filter(|&first| same_figure(&lines[first], line) && lines[first].period != line.period)
        {
            if at > first + 1 {
                found.push(Bridge { first, last: at, named: false, moved: 0..0 });
            }
            earlier = Some(at);
        } else if earlier.is_none_or(|first| !same_figure(&lines[first], line))
            && !lines[..at].iter().any(|line| line.kind == LineKind::Level)
        {
            earlier = Some(at);
        }
    }
    found
}

/// Lines between a net movement and what stands behind it before the opening, at most: exchange differences.
const BEHIND: usize = 2;

/// `Net increase in cash`, `Exchange differences`: what a statement has come to right before it goes on with its opening balance.
fn net_movement(lines: &[Line], opening: usize) -> std::ops::Range<usize> {
    const LED: &[&str] = &["net", "total", "increase", "decrease", "change", "movement"];
    const MOVED: &[&str] = &["increase", "decrease", "change", "movement", "inflow", "outflow", "flow"];
    let is_net = |line: &Line| {
        let words = super::words::lower_words(line.label.text());
        let led = words.first().is_some_and(|word| LED.contains(&word.as_str()));
        led && words.iter().any(|word| MOVED.contains(&word.as_str()))
    };
    let first = (opening.saturating_sub(BEHIND + 1)..opening).rev().find(|&at| is_net(&lines[at]));
    first.map_or(0..0, |first| first..opening)
}

/// Whether two lines name one figure; what stands in brackets (`restated`) is a remark.
fn same_figure(a: &Line, b: &Line) -> bool {
    let bare = |line: &Line| line.name.split('(').next().unwrap_or_default().trim().to_lowercase();
    bare(a) == bare(b)
}

/// `Q2 2024 | Volume | Price | Wages | Q2 2025`, `Budget | Volume | Mix | Actual`: a caption says what is walked from the one to the
/// other, and no line between them names a time or a scenario.
fn between_times(lines: &[Line]) -> Option<Bridge> {
    let level = |line: &Line| matches!(line.kind, LineKind::Level | LineKind::Total);
    let says = |line: &Line| line.period.is_some() && line.says_when() || line.says_scenario();
    let first = lines.iter().position(level)?;
    let last = lines.iter().rposition(level)?;
    let inner = lines.get(first + 1..last).filter(|inner| inner.len() > 1)?;
    let (start, end) = (&lines[first], &lines[last]);
    let apart = (&start.period, start.scenario) != (&end.period, end.scenario);
    let ends = says(start) && says(end) && figure(start) == figure(end) && apart;
    let steps = || inner.iter().all(|line| !says(line) && !figure(line).is_empty());
    (ends && steps()).then_some(Bridge { first, last, named: false, moved: 0..0 })
}

/// What a line names beside a time and a scenario.
fn figure(line: &Line) -> String {
    let mut rest = line.name.clone();
    if line.scenario.is_some() {
        for (range, _) in crate::scenario::scan_label(&line.name).into_iter().rev() {
            rest.replace_range(range, "");
        }
    }
    rest.trim().to_lowercase()
}
