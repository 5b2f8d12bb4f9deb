//! The document under construction: what each new block stands under, and what leads into it.
//!
//! Enters: blocks in reading order, with the moments at which slides, headings and roles change. Leaves: a [`Document`].
//! Invariant: `heading` and `lead` of a block always point at an earlier block.

use crate::document::{Block, BlockKind, Document, Flow, Role, Table};
use crate::span::Span;

/// A document with the state that decides where the next block belongs.
pub(super) struct Outline {
    pub(super) document: Document,
    /// Role of the blocks to come.
    pub(super) role: Role,
    /// Headings in force, outermost first.
    headings: Vec<(u8, usize)>,
    /// The paragraph that came last, if nothing came after it.
    lead: Option<usize>,
    /// Whether the first slide has begun.
    started: bool,
}

impl Outline {
    pub(super) fn new(document: Document) -> Self {
        let role = document.role;
        Self { document, role, headings: Vec::new(), lead: None, started: false }
    }

    /// A new slide begins. What stood before the first one belongs to it.
    pub(super) fn slide(&mut self) {
        if self.started {
            self.document.slides += 1;
        }
        self.started = true;
        self.lead = None;
    }

    /// The slide that a block would be on.
    pub(super) fn number(&self) -> usize {
        self.document.slides
    }

    /// The headings in force, to come back to with [`Outline::leave`].
    pub(super) fn enter(&self) -> Vec<(u8, usize)> {
        self.headings.clone()
    }

    /// The headings that were in force before are again.
    pub(super) fn leave(&mut self, headings: Vec<(u8, usize)>) {
        // A paragraph under a heading does not lead into what stands outside of it.
        if self.headings != headings {
            self.lead = None;
        }
        self.headings = headings;
    }

    pub(super) fn heading(&mut self, level: u8, flow: Flow) {
        let level = level.clamp(1, 6);
        while self.headings.last().is_some_and(|(open, _)| *open >= level) {
            self.headings.pop();
        }
        let span = flow.whole();
        let at = self.push(BlockKind::Heading(level, flow), span, None);
        self.headings.push((level, at));
    }

    /// Running text; it leads into a list or table that follows directly.
    pub(super) fn paragraph(&mut self, flow: Flow) {
        let span = flow.whole();
        let at = self.push(BlockKind::Paragraph(flow), span, None);
        self.lead = Some(at).filter(|_| self.role != Role::Notes);
    }

    /// The paragraph that leads into the list or table that begins here.
    pub(super) fn take_lead(&mut self) -> Option<usize> {
        self.lead.take()
    }

    /// A list item; `lead` is its parent item or what [`Outline::take_lead`] gave when the list began.
    pub(super) fn item(&mut self, flow: Flow, lead: Option<usize>) -> usize {
        let span = flow.whole();
        self.push(BlockKind::Item(flow), span, lead)
    }

    /// An item that is an element of its own: it continues the list of the item before it.
    pub(super) fn next_item(&mut self, flow: Flow) -> usize {
        let is_item = |block: &&Block| matches!(block.kind, BlockKind::Item(_));
        let mut before = self.document.blocks.last().filter(is_item);
        let mut lead = self.lead.take();
        // The item before may be a point below one of this list.
        while let Some(item) = before {
            lead = item.lead;
            before = lead.and_then(|at| self.document.blocks.get(at)).filter(is_item);
        }
        self.item(flow, lead)
    }

    /// A table or chart.
    pub(super) fn table(&mut self, table: Table, span: Span) {
        let lead = self.take_lead();
        self.push(BlockKind::Table(table), span, lead);
    }

    /// Any other block.
    pub(super) fn block(&mut self, kind: BlockKind, span: Span) {
        self.push(kind, span, None);
    }

    fn push(&mut self, kind: BlockKind, span: Span, lead: Option<usize>) -> usize {
        self.lead = None;
        let heading = self.headings.last().map(|(_, at)| *at);
        self.document.blocks.push(Block { slide: self.document.slides, role: self.role, heading, lead, kind, span });
        self.document.blocks.len() - 1
    }
}
