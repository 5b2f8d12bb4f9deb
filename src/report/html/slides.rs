//! Slides as text, every number in it a mark.
//!
//! Enters: documents and the ledger. Leaves: blocks of fragments, in reading order.
//! Invariant: each claim is marked exactly once; one whose place in the text is not found stands behind its block.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::deck::Deck;
use crate::document::{BlockKind, Document, Flow, Role, Table};
use crate::report::ledger::{Line, shown};
use crate::report::visible;
use crate::span::{FileId, Span};

/// A document.
#[derive(Serialize)]
pub(super) struct DocumentPage {
    path: String,
    slides: Vec<SlidePage>,
}

/// A slide.
#[derive(Serialize)]
struct SlidePage {
    number: usize,
    /// `Appendix`, where all of it is.
    part: Option<&'static str>,
    blocks: Vec<BlockPage>,
}

/// A block.
#[derive(Serialize, Default)]
struct BlockPage {
    kind: &'static str,
    /// Level of a heading, depth of a list item.
    level: usize,
    note: bool,
    text: Vec<Fragment>,
    /// Label of a tile, a field or a footnote; caption of a table.
    label: Vec<Fragment>,
    rows: Vec<RowPage>,
}

/// A row of a table.
#[derive(Serialize)]
struct RowPage {
    header: bool,
    cells: Vec<Vec<Fragment>>,
}

/// Words, or a number with a mark.
#[derive(Serialize)]
struct Fragment {
    text: String,
    /// The number of the claim.
    claim: Option<usize>,
    status: &'static str,
}

/// The documents of a deck.
pub(super) fn documents(deck: &Deck, lines: &[Line]) -> Vec<DocumentPage> {
    let mut marker = Marker::new(deck, lines);
    let page = |(at, document): (usize, &Document)| DocumentPage {
        path: shown(deck.files.get(document.file).path()),
        slides: slides(&mut marker, at, document),
    };
    // What the board is shown comes before what stands behind it.
    let mut documents: Vec<_> = deck.documents.iter().enumerate().collect();
    documents.sort_by_key(|(_, document)| document.role);
    documents.into_iter().map(page).collect()
}

fn slides(marker: &mut Marker<'_>, at: usize, document: &Document) -> Vec<SlidePage> {
    let mut slides: BTreeMap<usize, (Vec<BlockPage>, bool)> = BTreeMap::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let (blocks, appendix) = slides.entry(block.slide).or_insert_with(|| (Vec::new(), true));
        *appendix &= block.role == Role::Appendix;
        blocks.push(BlockPage { note: block.role == Role::Notes, ..marker.block(document, number) });
        let rest = marker.rest(at, number);
        if !rest.is_empty() {
            blocks.push(BlockPage { kind: "rest", text: rest, ..BlockPage::default() });
        }
    }
    let page = |(number, (blocks, appendix))| SlidePage {
        number,
        part: if appendix { Some("Appendix") } else { None },
        blocks,
    };
    slides.into_iter().map(page).collect()
}

/// Finds claims in the text.
struct Marker<'a> {
    deck: &'a Deck,
    lines: &'a [Line],
    /// The claims that are not marked yet, by where they start.
    starts: BTreeMap<(FileId, usize), Vec<usize>>,
    /// The claims of each block.
    blocks: BTreeMap<(usize, usize), Vec<usize>>,
    marked: Vec<bool>,
}

impl<'a> Marker<'a> {
    fn new(deck: &'a Deck, lines: &'a [Line]) -> Self {
        let mut starts: BTreeMap<(FileId, usize), Vec<usize>> = BTreeMap::new();
        let mut blocks: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (at, claim) in deck.claims.iter().enumerate() {
            starts.entry((claim.place.file, claim.place.span.start)).or_default().push(at);
            blocks.entry((claim.document, claim.block)).or_default().push(at);
        }
        Self { deck, lines, starts, blocks, marked: vec![false; deck.claims.len()] }
    }

    fn block(&mut self, document: &Document, at: usize) -> BlockPage {
        let block = &document.blocks[at];
        let mut text = |flow: &Flow| self.fragments(document.file, flow);
        match &block.kind {
            BlockKind::Heading(level, flow) => {
                BlockPage { kind: "heading", level: usize::from(*level), text: text(flow), ..BlockPage::default() }
            }
            BlockKind::Paragraph(flow) => BlockPage { kind: "paragraph", text: text(flow), ..BlockPage::default() },
            BlockKind::Item(flow) => {
                let level = depth(document, at);
                BlockPage { kind: "item", level, text: text(flow), ..BlockPage::default() }
            }
            BlockKind::Quote(flow) => BlockPage { kind: "quote", text: text(flow), ..BlockPage::default() },
            BlockKind::Footnote(label, flow) => {
                BlockPage { kind: "footnote", label: vec![words(label)], text: text(flow), ..BlockPage::default() }
            }
            BlockKind::Tile { value, label } => {
                BlockPage { kind: "tile", text: text(value), label: text(label), ..BlockPage::default() }
            }
            BlockKind::Field(keys, flow) => {
                let keys: Vec<&str> = keys.iter().map(Flow::text).collect();
                let label = vec![words(&keys.join(" › "))];
                BlockPage { kind: "field", label, text: text(flow), ..BlockPage::default() }
            }
            BlockKind::Table(table) => self.table(document.file, table),
        }
    }

    fn table(&mut self, file: FileId, table: &Table) -> BlockPage {
        let mut label = Vec::new();
        for flow in table.caption.iter().chain(&table.unit) {
            if !label.is_empty() {
                label.push(words(" · "));
            }
            label.extend(self.fragments(file, flow));
        }
        let rows = table.rows.iter().map(|row| RowPage {
            header: row.header,
            cells: row.cells.iter().map(|cell| self.fragments(file, &cell.flow)).collect(),
        });
        let rows = rows.collect();
        BlockPage { kind: if table.chart { "chart" } else { "table" }, label, rows, ..BlockPage::default() }
    }

    /// A text with its numbers marked.
    fn fragments(&mut self, file: FileId, flow: &Flow) -> Vec<Fragment> {
        let whole = flow.whole();
        let mut found: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
        for claims in self.starts.range((file, whole.start)..(file, whole.end)).map(|(_, claims)| claims) {
            for &claim in claims.iter().filter(|&&claim| !self.marked[claim]) {
                let place: Span = self.deck.claims[claim].place.span;
                found.extend(flow.range(place).map(|range| (range, claim)));
            }
        }
        found.sort_by_key(|(range, claim)| (range.start, *claim));
        let mut fragments = Vec::new();
        let mut from = 0;
        for (range, claim) in found {
            if range.start < from {
                continue;
            }
            self.marked[claim] = true;
            let (before, number) = (flow.text().get(from..range.start), flow.text().get(range.clone()));
            fragments.extend(before.filter(|text| !text.is_empty()).map(words));
            fragments.extend(number.map(|text| self.mark(claim, text)));
            from = range.end;
        }
        fragments.extend(flow.text().get(from..).filter(|text| !text.is_empty()).map(words));
        fragments
    }

    /// Claims of a block that are nowhere in its texts.
    fn rest(&mut self, document: usize, block: usize) -> Vec<Fragment> {
        let claims = self.blocks.get(&(document, block)).cloned().unwrap_or_default();
        let mut rest = Vec::new();
        for claim in claims {
            if !std::mem::replace(&mut self.marked[claim], true) {
                rest.push(self.mark(claim, &self.lines[claim].number));
            }
        }
        rest
    }

    fn mark(&self, claim: usize, text: &str) -> Fragment {
        Fragment { text: shown(text), claim: Some(claim), status: self.lines[claim].status.name() }
    }
}

/// Text between numbers; line breaks stay spaces, so that words do not run together.
fn words(text: &str) -> Fragment {
    let spaced: String = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
    Fragment { text: visible(&spaced).into_owned(), claim: None, status: "" }
}

/// How deep a list item stands.
fn depth(document: &Document, block: usize) -> usize {
    const DEEPEST: usize = 5;
    let item = |at: &usize| matches!(document.blocks[*at].kind, BlockKind::Item(_));
    document.leads(block).take_while(item).take(DEEPEST).count()
}
