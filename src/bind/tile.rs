//! KPI tiles: a number on one line, its label on the next, or the other way round.
//!
//! Enters: the paragraphs of a slide, or the tiles of a YAML export. Leaves: readings that pair number and label.
//! Invariant: lines pair only where numbers and labels alternate, so that which belongs to which is beyond doubt.

use std::collections::BTreeMap;
use std::ops::Range;

use super::grammar::{self, Reading, Scope};
use super::sentence::{self, Break, Item, Kind};
use crate::document::{BlockKind, Document};
use crate::extract::{DecimalMark, Mention, MentionKind};

/// A number of a paragraph with the label that stands on another line.
#[derive(Clone, Debug)]
pub(super) struct Tile {
    /// Index among the mentions of the number's block.
    mention: usize,
    /// The label's text.
    label: String,
}

impl Tile {
    pub(super) fn mention(&self) -> usize {
        self.mention
    }

    pub(super) fn label(&self) -> &str {
        &self.label
    }
}

#[derive(Clone, Debug)]
enum Line {
    Number {
        block: usize,
        mention: usize,
    },
    Label(String),
    /// A heading above all that follows it, and no label of a number before it that is no heading itself.
    Title(String),
    Other,
}

/// The tiles of a document, by the block of their number.
pub(super) fn tiles(document: &Document, mentions: &[Vec<Mention>]) -> BTreeMap<usize, Vec<Tile>> {
    let mut found: BTreeMap<usize, Vec<Tile>> = BTreeMap::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut slide = 0;
    for (at, block) in document.blocks.iter().enumerate() {
        if block.slide != slide {
            pair(&lines, &mut found);
            lines.clear();
            slide = block.slide;
        }
        match &block.kind {
            BlockKind::Paragraph(flow) | BlockKind::Heading(_, flow) => {
                if let Some(tile) = paired(flow.text(), at, &mentions[at]) {
                    found.entry(at).or_default().push(tile);
                    lines.push(Line::Other);
                    continue;
                }
                let mut start = 0;
                for text in flow.text().split_inclusive('\n') {
                    let heads = matches!(block.kind, BlockKind::Heading(..));
                    lines.push(match line(text, start, at, &mentions[at]) {
                        Line::Label(label) if heads && follows_text(&lines, document) => Line::Title(label),
                        line => line,
                    });
                    start += text.len();
                }
            }
            _ => lines.push(Line::Other),
        }
    }
    pair(&lines, &mut found);
    found
}

/// A paragraph of two lines, a number and its label: a tile by itself, whatever stands around it. Its label may hold numbers too
/// (`Guest satisfaction (out of 10)`).
fn paired(text: &str, block: usize, mentions: &[Mention]) -> Option<Tile> {
    let (first, second) = text.split_once('\n')?;
    let (first_start, second_start) = (0, first.len() + 1);
    let number = |text: &str, start| match line(text, start, block, mentions) {
        Line::Number { mention, .. } => Some(mention),
        _ => None,
    };
    let (mention, label) = match (number(first, first_start), number(second, second_start)) {
        (Some(mention), None) => (mention, second.trim()),
        (None, Some(mention)) => (mention, first.trim()),
        _ => return None,
    };
    let short = !label.contains('\n') && label.split_whitespace().count() <= 8;
    let opens = label.chars().next().is_some_and(char::is_alphabetic);
    (short && opens && !label.ends_with(['.', ':', ';'])).then(|| Tile { mention, label: label.to_owned() })
}

fn line(text: &str, start: usize, block: usize, mentions: &[Mention]) -> Line {
    let lead = text.len() - text.trim_start().len();
    let inside: Range<usize> = start + lead..start + text.trim_end().len().max(lead);
    let first = mentions.partition_point(|mention| mention.range.end <= inside.start);
    let own: Vec<(usize, &Mention)> =
        mentions.iter().enumerate().skip(first).take_while(|(_, mention)| mention.range.start < inside.end).collect();
    let quantities = own.iter().filter(|(_, mention)| matches!(mention.kind, MentionKind::Quantity(_))).count();
    match own.as_slice() {
        [(at, mention)] if quantities == 1 && mention.range == inside => Line::Number { block, mention: *at },
        _ if quantities == 0
            && !inside.is_empty()
            && text.split_whitespace().count() <= 8
            && !text.trim_end().ends_with(['.', ':', ';']) =>
        {
            Line::Label(text.trim().to_owned())
        }
        _ => Line::Other,
    }
}

/// Whether the line before is a number in running text.
fn follows_text(lines: &[Line], document: &Document) -> bool {
    matches!(lines.last(), Some(Line::Number { block, .. })
        if document.blocks.get(*block).is_some_and(|block| matches!(block.kind, BlockKind::Paragraph(_))))
}

/// Pairs the lines of one slide: longest runs in which numbers and labels alternate.
fn pair(lines: &[Line], found: &mut BTreeMap<usize, Vec<Tile>>) {
    let is_number = |line: &Line| matches!(line, Line::Number { .. });
    let mut start = 0;
    while start < lines.len() {
        if matches!(lines[start], Line::Other) {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        while end < lines.len()
            && !matches!(lines[end], Line::Other)
            && is_number(&lines[end]) != is_number(&lines[end - 1])
        {
            end += 1;
        }
        let run = &lines[start..end];
        // An odd run that opens with words opens with a line that introduces the tiles, unless it ends with the title of what follows.
        let run = match run {
            [Line::Number { .. }, rest @ ..] if matches!(rest, [Line::Title(_), ..]) => rest,
            [first, .., Line::Title(_)] if !is_number(first) && run.len() % 2 == 1 => &run[..run.len() - 1],
            [first, rest @ ..] if !is_number(first) && run.len() % 2 == 1 => rest,
            _ => run,
        };
        for couple in run.chunks_exact(2) {
            if let [Line::Number { block, mention }, Line::Label(label)]
            | [Line::Label(label) | Line::Title(label), Line::Number { block, mention }] = couple
            {
                found.entry(*block).or_default().push(Tile { mention: *mention, label: label.clone() });
            }
        }
        start = end;
    }
}

/// Reads the tiles of one block.
pub(super) fn readings(tiles: &[Tile], scope: &Scope<'_>) -> Vec<Reading> {
    tiles.iter().flat_map(|tile| labelled(&tile.label, tile.mention, scope)).collect()
}

fn periods(text: &str) -> Vec<Mention> {
    let mut found = crate::extract::scan(text, DecimalMark::default());
    found.retain(|mention| matches!(mention.kind, MentionKind::Period(..)));
    found
}

/// What a label says before it goes on to another number: `Revenue (FY2024: £79.5m)`, `ARR, $41.9M in June`, `Cash vs $12M plan`,
/// `Guest satisfaction (out of 10)`.
fn before_comparison(label: &str) -> &str {
    let own = crate::extract::scan(label, DecimalMark::default());
    let Some(number) = own.iter().find(|mention| matches!(mention.kind, MentionKind::Quantity(_))) else {
        return label;
    };
    let head = &label[..number.range.start];
    let turns = [" vs", " v ", " against ", " from ", " up ", " down ", " on ", "\n"];
    let ends = turns
        .iter()
        .filter_map(|turn| head.find(turn))
        .chain(head.find(['(', ',', ';', '|', '·', '—', '–', '+']))
        .min();
    // `Customers over $100K`: the number is part of the name.
    ends.map_or(label, |end| label[..end].trim_end())
}

/// Reads a number with a label as if it were written `label: number`. A period in the label is the number's.
pub(super) fn labelled(label: &str, mention: usize, scope: &Scope<'_>) -> Vec<Reading> {
    let label = before_comparison(label);
    let mut mentions = periods(label);
    let mut items: Vec<Item> = sentence::sentences(label, &mentions, scope.vocabulary).into_iter().flatten().collect();
    let number = mentions.len();
    mentions.extend(scope.mentions.get(mention).cloned());
    let end = label.len();
    items.push(Item { range: end..end, kind: Kind::Break(Break::Colon) });
    items.push(Item { range: end..end, kind: Kind::Quantity(number) });
    let mut readings = grammar::read(&items, &Scope { mentions: &mentions, ..scope.clone() });
    readings.iter_mut().for_each(|reading| reading.mention = mention);
    readings
}
