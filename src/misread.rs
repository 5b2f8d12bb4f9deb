//! What a deck writes that is nearly a number, or a date that no calendar has.
//!
//! Enters: a bound deck. Leaves: each such writing with its place and the sentence that says what is wrong.
//! Invariant: running text, tiles and table cells are all heard, a cell that is read as a number never.

use crate::bind::context::decimal;
use crate::deck::Deck;
use crate::document::{BlockKind, Flow};
use crate::extract::{DecimalMark, Mention, MentionKind, scan};
use crate::quantity::Quantity;
use crate::span::Place;

/// Something that cannot be read as what it means to be.
#[derive(Clone, Debug)]
pub(crate) struct Misread {
    pub(crate) place: Place,
    pub(crate) slide: usize,
    /// One sentence.
    pub(crate) problem: String,
}

/// Every writing of which `problem` knows one, in reading order.
pub(crate) fn all(deck: &Deck, problem: impl Fn(&MentionKind) -> Option<&str>) -> Vec<Misread> {
    let mut found = Vec::new();
    for (document, mentions) in deck.documents.iter().zip(&deck.mentions) {
        let decimal = decimal(document);
        for (block, mentions) in document.blocks.iter().zip(mentions) {
            let mut take = |flow: &Flow, mentions: &[Mention]| {
                found.extend(mentions.iter().filter_map(|mention| {
                    let place = Place { file: document.file, span: flow.span(mention.range.clone()) };
                    Some(Misread { place, slide: block.slide, problem: problem(&mention.kind)?.to_owned() })
                }));
            };
            match &block.kind {
                BlockKind::Table(table) => {
                    let flows = table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.flow);
                    for flow in table.caption.iter().chain(flows) {
                        take(flow, &aloud(flow, decimal));
                    }
                }
                BlockKind::Tile { value, label } => {
                    [value, label].into_iter().for_each(|flow| take(flow, &aloud(flow, decimal)))
                }
                _ => {
                    if let Some(flow) = block.flow() {
                        take(flow, mentions);
                    }
                }
            }
        }
    }
    found
}

/// What a text says that is not one number as a whole.
fn aloud(flow: &Flow, decimal: DecimalMark) -> Vec<Mention> {
    let text = flow.text();
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    if digits && Quantity::cell(text.trim(), decimal).is_none() { scan(text, decimal) } else { Vec::new() }
}
