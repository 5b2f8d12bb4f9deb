//! Shares one below the other: `Income by source:` over `Grants 41%`, `Donations 36%`, `Other 9%`.
//!
//! Enters: a bound deck. Leaves: runs of list items that each state one share of what their lead-in or last item says is a whole.
//! Invariant: a list of which an item states no share, or speaks of rates and movements, is none.

use crate::deck::Deck;
use crate::document::{Block, BlockKind, Document};
use crate::extract::{Mention, quantities};
use crate::footing::strip::Amount;
use crate::span::Place;
use crate::words::{stems, words};

use super::{is_moving, is_moving_but, is_whole, plain_share};

/// Items of more words say more than a share.
const LONGEST: usize = 14;

/// A share of a list: where, and how much.
pub(super) type Listed = (Place, Amount);

/// The lists of shares of a deck, with their slides.
pub(super) fn lists(deck: &Deck) -> Vec<(usize, Vec<Listed>)> {
    let mut found = Vec::new();
    for (document, mentions) in deck.documents.iter().zip(&deck.mentions) {
        let mut from = 0;
        while from < document.blocks.len() {
            let home =
                |block: &Block| (block.slide, block.heading, block.lead, matches!(block.kind, BlockKind::Item(_)));
            let own = home(&document.blocks[from]);
            let length = document.blocks[from..].iter().take_while(|block| home(block) == own).count();
            if own.3 && length >= 3 {
                let items = document.blocks.iter().zip(mentions).skip(from).take(length);
                found.extend(list(document, items).map(|list| (own.0, list)));
            }
            from += length;
        }
    }
    found
}

/// The shares of a run of items, if all are of one whole.
fn list<'a>(document: &Document, items: impl Iterator<Item = (&'a Block, &'a Vec<Mention>)>) -> Option<Vec<Listed>> {
    let (mut shares, mut first, mut last) = (Vec::new(), None, "");
    for (block, mentions) in items {
        let flow = block.flow()?;
        let mut percentages =
            quantities(mentions).into_iter().filter_map(|(mention, _)| Some((mention, plain_share(mention)?)));
        let (mention, amount) = percentages.next()?;
        if percentages.next().is_some() || words(flow.text()).len() > LONGEST || is_moving(flow.text()) {
            return None;
        }
        shares.push((Place { file: document.file, span: flow.span(mention.range.clone()) }, amount));
        first = first.or(Some(block));
        last = flow.text();
    }
    let text = |at: Option<usize>| {
        at.and_then(|at| document.blocks.get(at)).and_then(Block::flow).map_or("", |flow| flow.text())
    };
    let first = first?;
    let rest =
        stems(last).first().is_some_and(|stem| matches!(stem.as_str(), "other" | "rest" | "remainder" | "remaining"));
    let title = text(first.lead.or(first.heading));
    // `Where it came from` moves nothing.
    let rates = is_moving_but(title, &["from"]);
    ((rest || is_whole(title)) && !rates).then_some(shares)
}
