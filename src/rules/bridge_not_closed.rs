//! A bridge does not close: opening plus movements is not the closing.
//!
//! Waterfalls, roll-forwards and walks are read in tables, charts and bullet lists: from a line called opening or beginning to the
//! next called closing or ending, or from a figure to the same figure of a later period ("FY30 gross margin … FY31 gross margin",
//! "FY30 … FY31", "Budget … Actual") with signed movements between. Points and basis points move percentages. Every figure stands for half a unit of its last place
//! either way.
//!
//! A bridge that closes in any lawful way of writing it is closed: with signs as written, with outflows ("paid", "churn",
//! "disposals") written without a sign, with subtotals among the movements, with net debt that cash takes down.
//!
//! Where one outflow shows its sign, another without one is a slip.
//!
//! The rule speaks where the same lines close in another column, or where the lines are called opening and closing and so little is
//! missing, or one slip explains so much, that the steps are plainly all there. It points at the step that a slip explains, else
//! at the closing balance.
//!
//! What to do: find the step that changed after the bridge was drawn.
//!
//! ```deck
//! # Cash
//!
//! | $ thousands | Q3 FY31 |
//! | --- | ---: |
//! | Opening cash | 6,120 |
//! | Receipts | 1,480 |
//! | Payroll | (1,015) |
//! | Equipment | (321) |
//! | Closing cash | 6,354 |
//! ```
//! ```finding
//! bridge-not-closed at (321): transposed-digits
//! ```
//!
//! Subtotals move nothing, and outflows need no sign where nothing has one:
//!
//! ```quiet-deck
//! # Cash
//!
//! | $ thousands | Q3 FY31 |
//! | --- | ---: |
//! | Opening cash | 6,120 |
//! | Receipts | 1,480 |
//! | Payroll paid | 1,015 |
//! | Closing cash | 6,585 |
//! ```

use crate::deck::Deck;
use crate::document::BlockKind;
use crate::extract::MentionKind;
use crate::finding::{Confidence, Finding, Related};
use crate::footing::bridge::{self, Break, Outcome, Step};
use crate::footing::strip::{Axis, Strip};
use crate::footing::wording::{self, Draft, Table};
use crate::grid::walk::{Bridge, spans};
use crate::grid::{Grid, LineKind};
use crate::quantity::Quantity;
use crate::rules::{Family, Rule};
use crate::span::Place;

/// The rule.
#[derive(Debug)]
pub(crate) struct BridgeNotClosed;

impl Rule for BridgeNotClosed {
    fn name(&self) -> &'static str {
        "bridge-not-closed"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("bridge_not_closed.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        for grid in &deck.grids {
            for axis in [Axis::Down, Axis::Across] {
                let strip = Strip { grid, axis };
                for span in spans(strip.lines()) {
                    in_table(&Table { deck, grid }, &strip, &span, findings);
                }
            }
        }
        in_lists(deck, findings);
    }
}

/// One bridge of a table, in all its lanes.
fn in_table(table: &Table, strip: &Strip, bridge: &Bridge, findings: &mut Vec<Finding>) {
    let mut closed = 0;
    let mut open: Vec<(usize, Vec<usize>, Break)> = Vec::new();
    for lane in (0..strip.lanes().len()).filter(|&lane| strip.adds_up(lane)) {
        let Some((lines, steps)) = steps(strip, bridge, lane) else { continue };
        match bridge::walk(&steps) {
            Outcome::Closed => closed += 1,
            Outcome::Open(broken) if bridge.named || signed(strip.grid, strip, &lines, lane) => {
                open.push((lane, lines, broken));
            }
            Outcome::Open(_) | Outcome::Silent => {}
        }
    }
    // Many lanes that do not close are no bridge.
    if open.len() > closed.max(1) {
        return;
    }
    for (lane, lines, broken) in open {
        if !broken.near && closed == 0 {
            continue;
        }
        let at = |step: usize| strip.at(lines[step], lane);
        let last = lines.len() - 1;
        let suspect = at(broken.suspect);
        let end = table.like(at(last), broken.end);
        let message =
            sentence(&table.subject(suspect), table.written(suspect), table.written(at(last)), &end, &broken, last);
        let related =
            (0..=last).filter(|&step| step != broken.suspect).map(|step| table.related(role(step, last), at(step)));
        findings.push(wording::finding(Draft {
            rule: "bridge-not-closed",
            place: table.place(suspect),
            slide: table.slide(),
            message,
            related: related.collect(),
            cause: broken.cause,
            value: Some(broken.meant),
            meant: table.like(suspect, broken.meant),
            confidence: confidence(&broken, closed),
        }));
    }
}

fn confidence(broken: &Break, closed: usize) -> Confidence {
    if broken.cause.is_some() || closed > 0 { Confidence::High } else { Confidence::Medium }
}

fn role(step: usize, last: usize) -> &'static str {
    match step {
        0 => "the opening",
        _ if step == last => "the closing",
        _ => "a movement",
    }
}

fn sentence(subject: &str, written: &str, closing: &str, end: &str, broken: &Break, last: usize) -> String {
    if broken.suspect == last {
        format!("{subject}: {written} disagrees with the bridge, which ends at {end}")
    } else {
        format!("{subject}: with {written} the bridge ends at {end}, the closing says {closing}")
    }
}

/// The lines of a bridge that hold an amount in a lane, with their steps.
pub(super) fn steps(strip: &Strip, bridge: &Bridge, lane: usize) -> Option<(Vec<usize>, Vec<Step>)> {
    let quantity = |line: usize| -> Option<&Quantity> {
        let (row, column) = strip.at(line, lane);
        strip.grid.cells.get(row)?.get(column)?.quantity.as_ref()
    };
    let unit = &quantity(bridge.last)?.unit;
    quantity(bridge.first)?;
    let (mut lines, mut steps) = (Vec::new(), Vec::new());
    for line in std::iter::once(bridge.first).chain(bridge.moved.clone()).chain(bridge.first + 1..=bridge.last) {
        let head = &strip.lines()[line];
        let ends = line == bridge.first || line == bridge.last;
        // Subtotals and "of which" rows move nothing.
        let stated = bridge.moved.contains(&line);
        if !ends
            && !stated
            && matches!(head.kind, LineKind::Total | LineKind::OfWhich | LineKind::Section | LineKind::Share)
        {
            continue;
        }
        let Some(found) = quantity(line) else { continue };
        match bridge::amount(found, unit) {
            Some(amount) => {
                lines.push(line);
                steps.push(Step { label: head.label.text().to_lowercase(), amount });
            }
            // A movement whose size is open, or an end in another unit: nothing can be said.
            None if ends || found.unit == *unit => return None,
            None => {}
        }
    }
    Some((lines, steps))
}

/// Whether a movement carries a sign, as in a walk.
fn signed(grid: &Grid, strip: &Strip, lines: &[usize], lane: usize) -> bool {
    use crate::quantity::Sign;
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().any(|&line| {
        let (row, column) = strip.at(line, lane);
        grid.cells[row][column].quantity.as_ref().is_some_and(|quantity| quantity.sign != Sign::None)
    })
}

/// A bullet with its one quantity.
struct Bullet<'a> {
    label: String,
    kind: LineKind,
    quantity: &'a Quantity,
    place: Place,
    text: &'a str,
}

/// Bridges in bullet lists: `Opening ARR: $38.1M`, …, `Closing ARR: $42.3M`.
fn in_lists(deck: &Deck, findings: &mut Vec<Finding>) {
    for (index, document) in deck.documents.iter().enumerate() {
        let mut run: Vec<Bullet> = Vec::new();
        let mut key = None;
        for at in 0..document.blocks.len() {
            let block = &document.blocks[at];
            let here = (block.slide, block.heading, block.lead);
            let bullet = bullet(deck, index, at);
            if key != Some(here) || bullet.is_none() {
                run.clear();
            }
            key = Some(here);
            let Some(bullet) = bullet else { continue };
            match bullet.kind {
                LineKind::Opening => run = vec![bullet],
                LineKind::Closing if run.len() > 1 => {
                    run.push(bullet);
                    findings.extend(in_list(&std::mem::take(&mut run), block.slide));
                }
                _ if !run.is_empty() => run.push(bullet),
                _ => {}
            }
        }
    }
}

/// A list item with exactly one quantity.
fn bullet(deck: &Deck, document: usize, at: usize) -> Option<Bullet<'_>> {
    let block = &deck.documents[document].blocks[at];
    let BlockKind::Item(flow) = &block.kind else { return None };
    let mut quantities = deck.mentions.get(document)?.get(at)?.iter().filter_map(|mention| match &mention.kind {
        MentionKind::Quantity(quantity) => Some((mention, quantity)),
        _ => None,
    });
    let (mention, quantity) = quantities.next()?;
    if quantities.next().is_some() {
        return None;
    }
    let before = flow.text().get(..mention.range.start)?;
    Some(Bullet {
        label: before.trim().to_owned(),
        kind: crate::grid::balance_kind(before),
        quantity,
        place: Place { file: deck.documents[document].file, span: flow.span(mention.range.clone()) },
        text: flow.text().get(mention.range.clone())?,
    })
}

/// A run of bullets from opening to closing.
fn in_list(run: &[Bullet], slide: usize) -> Option<Finding> {
    let (last, closing) = run.iter().enumerate().next_back()?;
    let step = |bullet: &Bullet| {
        let amount = bridge::amount(bullet.quantity, &closing.quantity.unit)?;
        Some(Step { label: bullet.label.to_lowercase(), amount })
    };
    let steps: Vec<Step> = run.iter().map(step).collect::<Option<_>>()?;
    let Outcome::Open(broken) = bridge::walk(&steps) else { return None };
    if !broken.near {
        return None;
    }
    let suspect = run.get(broken.suspect)?;
    let end = wording::restate(closing.text, closing.quantity.resolution, broken.end);
    let subject = suspect.label.trim().trim_end_matches([':', '–', '-', ' ']).to_owned();
    let related = run.iter().enumerate().filter(|(step, _)| *step != broken.suspect);
    Some(wording::finding(Draft {
        rule: "bridge-not-closed",
        place: suspect.place,
        slide: Some(slide),
        message: sentence(&subject, suspect.text, closing.text, &end, &broken, last),
        related: related
            .map(|(step, bullet)| Related { message: role(step, last).to_owned(), place: bullet.place })
            .collect(),
        cause: broken.cause,
        value: Some(broken.meant),
        meant: wording::restate(suspect.text, suspect.quantity.resolution, broken.meant),
        confidence: confidence(&broken, 0),
    }))
}

#[cfg(test)]
mod tests {
    use super::BridgeNotClosed;
    use crate::footing::tests::check;

    #[track_caller]
    fn says(text: &str, expected: &[&str]) {
        check(&BridgeNotClosed, text, expected);
    }

    #[test]
    fn opening_movements_closing() {
        let table = |leases: &str| {
            format!(
                "| €m | Q2 |\n| Opening net debt | (96.1) |\n| EBITDA | 20.1 |\n| Leases | {leases} |\n| Tax | (2.0) |\n| Closing net debt | (83.3) |\n"
            )
        };
        says(&table("(5.3)"), &[]);
        says(&table("(3.5)"), &["(3.5): transposed-digits"]);
        // A line that says so itself may be in brackets among payments that are not; `lessor` says nothing of the kind.
        let cash = |taken: &str| {
            format!(
                "| €m | Q2 |\n| Opening cash | 96.1 |\n| Receipts | 20.1 |\n| {taken} | (5.3) |\n| Tax paid | 2.0 |\n| Closing cash | 108.9 |\n"
            )
        };
        says(&cash("Less: rent paid"), &[]);
        says(&cash("Minus: rent paid"), &[]);
        says(&cash("Lessors paid"), &["2.0: sign-flip"]);
        says(&table("5.3"), &["5.3: sign-flip"]);
        says(&table("(7.8)"), &["(83.3): unknown"]);
        // Most of the steps are not there.
        says(&table("(55.5)"), &[]);
    }

    #[test]
    fn a_walk_between_two_periods_of_one_figure() {
        let table = |freight: &str| {
            format!(
                "| Gross margin walk | % |\n| FY30 gross margin | 40.8 |\n| Mix | −0.2 |\n| Freight | {freight} |\n| Currency | −0.1 |\n| FY31 gross margin | 41.1 |\n"
            )
        };
        says(&table("+0.6"), &[]);
        says(&table("+1.6"), &["41.1: digit-typo"]);
        says(&table("+60bps"), &[]);
        says(
            "| Revenue bridge, £m | H1 FY31 |\n| H1 FY30 revenue (restated) | 408.9 |\n| Exchange | (8.7) |\n| Organic | 27.9 |\n| Acquisitions | 6.8 |\n| H1 FY31 revenue | 435.8 |\n",
            &["(8.7): transposed-digits"],
        );
    }

    #[test]
    fn a_walk_between_lines_that_only_name_times() {
        let walk = |from: &str, to: &str, mix: &str| {
            format!(
                "| Margin walk, $k | |\n| {from} | 41,200 |\n| Volume | 2,310 |\n| Mix | {mix} |\n| Wages | (1,490) |\n| {to} | 42,660 |\n"
            )
        };
        for (from, to) in [("Q2 2030", "Q2 2031"), ("Second quarter", "Third quarter"), ("Budget", "Actual")] {
            says(&walk(from, to, "640"), &[]);
            says(&walk(from, to, "460"), &["460: transposed-digits"]);
        }
        // Times one below the other are no walk, nor are figures without a sign.
        says("| $k | Sales |\n| Q1 2031 | 412 |\n| Q2 2031 | 433 |\n| Q3 2031 | 391 |\n| Q4 2031 | 461 |\n", &[]);
        says("| $k | |\n| Budget | 4,120 |\n| Overtime | 231 |\n| Agency | 64 |\n| Actual | 4,451 |\n", &[]);
    }

    #[test]
    fn the_net_movement_may_stand_before_the_opening() {
        let table = |net: &str, closing: &str| {
            format!(
                "| $k | Q1 2031 | Q2 2031 |\n| Cash from operations | 1,480 | 2,310 |\n| Equipment | (321) | (640) |\n| Net increase in cash | 1,159 | {net} |\n| Exchange differences | (12) | 8 |\n| Opening cash | 6,120 | 7,267 |\n| Closing cash | 7,267 | {closing} |\n"
            )
        };
        says(&table("1,670", "8,945"), &[]);
        says(&table("1,670", "8,495"), &["8,495: transposed-digits"]);
    }

    #[test]
    fn a_walk_of_debt_in_its_own_signs() {
        let table = |interest: &str| {
            format!(
                "| Net debt, £m | Q2 |\n| Opening net debt | 1,082.0 |\n| Cash from operations | (41.5) |\n| Interest paid | {interest} |\n| Capital expenditure | 38.7 |\n| Closing net debt | 1,087.4 |\n"
            )
        };
        says(&table("8.2"), &[]);
        says(&table("2.8"), &["2.8: transposed-digits"]);
    }

    #[test]
    fn outflows_without_signs_subtotals_and_debt() {
        says("| Stores | UK |\n| Opening | 186 |\n| Opened | 8 |\n| Closed | 5 |\n| Closing | 189 |\n", &[]);
        says(
            "| $k | Q3 |\n| Opening cash | 6,120 |\n| Receipts | 1,480 |\n| Payroll | (1,015) |\n| Operating cash | 465 |\n| Equipment | (321) |\n| Closing cash | 6,264 |\n",
            &[],
        );
        says(
            "| £m | 2031 |\n| Opening net debt | 48.6 |\n| Operating cash flow | 66.8 |\n| Capital spending | (22.4) |\n| Closing net debt | 4.2 |\n",
            &[],
        );
    }

    #[test]
    fn an_outflow_beside_others_that_show_their_sign() {
        let table = |tax: &str| {
            format!(
                "| £k | Oct |\n| Opening net debt | (12,465) |\n| EBITDA | 1,257 |\n| Capital spending | (383) |\n| Interest paid | (94) |\n| Tax paid | {tax} |\n| Closing net debt | (11,835) |\n"
            )
        };
        says(&table("(150)"), &[]);
        says(&table("150"), &["150: sign-flip"]);
    }

    #[test]
    fn an_outflow_beside_spending_that_shows_its_sign() {
        let walk = |repayment: &str| {
            format!(
                "| $M | Q1 FY26 |\n| Opening cash | 38.5 |\n| Operating cash flow | 6.2 |\n| Capital expenditure | (2.1) |\n| Repayment of term loan | {repayment} |\n| Option exercises | 0.4 |\n| Currency | (0.1) |\n| Closing cash | 41.4 |\n"
            )
        };
        says(&walk("1.5"), &["1.5: sign-flip"]);
        says(&walk("(1.5)"), &[]);
    }

    #[test]
    fn columns_may_be_the_steps() {
        says(
            "| $k | Opening | Charged | Used | Closing |\n| Warranty | 204 | 130 | (112) | 222 |\n| Returns | 310 | 95 | (140) | 256 |\n",
            &["256: transposed-digits"],
        );
    }

    #[test]
    fn one_column_that_closes_proves_the_others() {
        says(
            "| $k | 2030 | 2031 |\n| Beginning balance | 204 | 222 |\n| Additions | 130 | 151 |\n| Deductions | (112) | (99) |\n| Ending balance | 222 | 247 |\n",
            &["247: transposed-digits"],
        );
    }

    #[test]
    fn bullets() {
        let list = |churn: &str| {
            format!(
                "- Opening ARR: $38.1M\n- New logos: $3.0M\n- Expansion: $2.1M\n- Churn: {churn}\n- Closing ARR: $42.2M\n"
            )
        };
        says(&list("$1.0M"), &[]);
        says(&list("$0.2M"), &["$42.2M: digit-typo"]);
    }
}
