//! Numbers that paragraphs and headings go by: `3.2 Income rose to £4.1m`, as board papers count them.
//!
//! Enters: a document with its mentions. Leaves: the mentions, with such numbers set aside.
//! Invariant: a number is only set aside where others count on from it or up to it, three of them at least: `1.4 Days lost per head`
//! may well be what it says.

use crate::document::{Block, BlockKind, Flow};
use crate::extract::{Aside, Mention, MentionKind};

/// Fewer numbers than these may count on by chance.
const COUNTED: usize = 3;

/// Sets aside the numbers that a document's paragraphs go by.
pub(super) fn set_aside(blocks: &[Block], mentions: &mut [Vec<Mention>]) {
    for depth in [Depth::Heading, Depth::Paragraph] {
        let own = |(at, (block, mentions)): (usize, (&Block, &Vec<Mention>))| {
            Some((at, depth.number(block, mentions.first()?)?))
        };
        let numbers: Vec<(usize, Number)> = blocks.iter().zip(&*mentions).enumerate().filter_map(own).collect();
        let counted: Vec<usize> = (0..numbers.len())
            .filter(|&at| {
                let before = at.checked_sub(1).and_then(|before| numbers.get(before));
                let after = numbers.get(at + 1);
                before.is_some_and(|before| before.1.leads_to(numbers[at].1))
                    || after.is_some_and(|after| numbers[at].1.leads_to(after.1))
            })
            .map(|at| numbers[at].0)
            .collect();
        if counted.len() >= COUNTED {
            for at in counted {
                mentions[at][0].kind = MentionKind::Aside(Aside::Reference);
            }
        }
    }
}

/// What is numbered.
#[derive(Clone, Copy)]
enum Depth {
    /// `3 Income and expenditure`.
    Heading,
    /// `3.2 Income rose to £4.1m`.
    Paragraph,
}

impl Depth {
    /// The number that a block opens with and goes on from as a sentence or a title does.
    fn number(self, block: &Block, first: &Mention) -> Option<Number> {
        let text = block.flow().map(Flow::text)?;
        let opens = first.range.start == 0 && matches!(first.kind, MentionKind::Quantity(_));
        let behind = text.get(first.range.end..)?.strip_prefix(' ')?.trim_start();
        if !opens || behind.starts_with(char::is_lowercase) {
            return None;
        }
        let part = |digits: &str| digits.parse::<u8>().ok().filter(|part| *part < 100 && !digits.starts_with('0'));
        let number = text.get(first.range.clone())?;
        match (self, number.split_once('.')) {
            (Self::Heading, None) if matches!(block.kind, BlockKind::Heading(..)) => {
                Some(Number { section: part(number)?, paragraph: 1 })
            }
            (Self::Paragraph, Some((section, paragraph))) => {
                Some(Number { section: part(section)?, paragraph: part(paragraph)? })
            }
            _ => None,
        }
    }
}

/// `3.2`.
#[derive(Clone, Copy)]
struct Number {
    section: u8,
    paragraph: u8,
}

impl Number {
    /// Whether the other is the next in the section, or opens the next section.
    fn leads_to(self, other: Self) -> bool {
        let (within, opens) = (self.section == other.section, self.section + 1 == other.section);
        within && self.paragraph + 1 == other.paragraph || opens && other.paragraph == 1
    }
}
