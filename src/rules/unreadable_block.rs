//! A part of the deck could not be read.
//!
//! Chart data with a quote that never closes, a table whose rows are of wildly different lengths, a key that is given twice: tieout
//! reads on after it, but has checked nothing in there, and says so instead of passing over it.
//!
//! What to do: mend the block; the message says what was expected.
//!
//! ```deck slides.yaml
//! slides:
//!   - title: Revenue
//!     body: Revenue was $10.2M.
//!     body: Gross margin was 61%.
//! ```
//! ```finding
//! unreadable-block at body
//! ```
//!
//! ````deck
//! # Revenue
//!
//! ```csv
//! quarter,revenue
//! "Q1,10.2
//! ```
//! ````
//! ```finding
//! unreadable-block at "Q1,10.2
//! ```
//!
//! ```quiet-deck slides.yaml
//! slides:
//!   - title: Revenue
//!     body: Revenue was $10.2M.
//! ```

use crate::deck::Deck;
use crate::document::{Document, Problem};
use crate::finding::{Finding, Level};
use crate::rules::{Family, Rule};
use crate::span::Place;

/// The rule.
#[derive(Debug)]
pub(crate) struct UnreadableBlock;

impl Rule for UnreadableBlock {
    fn name(&self) -> &'static str {
        "unreadable-block"
    }

    fn family(&self) -> Family {
        Family::Hygiene
    }

    fn level(&self) -> Level {
        Level::Warning
    }

    fn source(&self) -> &'static str {
        include_str!("unreadable_block.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        for document in &deck.documents {
            for problem in &document.problems {
                let place = Place { file: document.file, span: problem.span };
                let slide = slide(document, problem);
                findings.push(Finding {
                    help: Some("nothing in it was checked; mend it, or take it out of the deck".to_owned()),
                    ..Finding::at(self.name(), self.level(), problem.message.clone(), place, slide)
                });
            }
        }
    }
}

/// The slide of the last block that starts before the problem.
fn slide(document: &Document, problem: &Problem) -> Option<usize> {
    let after = document.blocks.partition_point(|block| block.span.start <= problem.span.start);
    after.checked_sub(1).and_then(|at| document.blocks.get(at)).map(|block| block.slide)
}
