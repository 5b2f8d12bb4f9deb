//! The document as it grows: which slide, heading and role each new block falls under.
//!
//! Enters: blocks in reading order, slide cuts, comments. Leaves: a [`Document`].
//! Invariant: `heading` and `lead` point backward only, and slides never decrease.

use crate::document::{Block, BlockKind, Directive, Document, Flow, Problem, Role, Table};
use crate::span::Span;

use super::dialect::{Dialect, Tool};

/// A document that is being read.
pub(crate) struct Outline {
    document: Document,
    dialect: Dialect,
    slide: usize,
    /// Nothing stands on the slide yet.
    fresh: bool,
    /// Index of the slide's first block.
    slide_start: usize,
    /// The slide has a heading.
    titled: bool,
    /// Headings that are open, outermost first: level and block.
    headings: Vec<(u8, usize)>,
    appendix: Option<Appendix>,
    /// Slides whose title has level 1, 2, …: shows which level titles slides and which names sections.
    titles: [usize; 7],
    /// Speaker notes are open.
    notes: bool,
}

/// An appendix that is open.
#[derive(Clone, Copy)]
struct Appendix {
    /// Level of its heading.
    level: u8,
    /// The heading's block.
    block: usize,
    /// It is a divider slide: what follows is appendix, whatever the level of its titles.
    to_the_end: bool,
}

impl Outline {
    pub(super) fn new(document: Document, dialect: Dialect) -> Self {
        Self {
            slide: if dialect.title_slide { 2 } else { 1 },
            document,
            dialect,
            fresh: true,
            slide_start: 0,
            titled: false,
            headings: Vec::new(),
            appendix: None,
            titles: [0; 7],
            notes: false,
        }
    }

    /// The tool that the document is written for.
    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Opens or closes speaker notes; gives what was before.
    pub(crate) fn set_notes(&mut self, notes: bool) -> bool {
        std::mem::replace(&mut self.notes, notes)
    }

    /// Starts a slide.
    pub(super) fn cut(&mut self) {
        self.settle_divider();
        self.slide += 1;
        self.fresh = true;
        self.slide_start = self.document.blocks.len();
        self.titled = false;
        // A slide without a title stands under its section at most, not under the title of the slide before.
        self.headings.retain(|&(level, _)| level <= 1);
    }

    /// States a slide's own period.
    pub(super) fn slide_period(&mut self, period: Flow) {
        self.document.slide_periods.push((self.slide, period));
    }

    /// Something that has no block of its own is on the slide: a picture, code.
    pub(crate) fn occupy(&mut self) {
        self.fresh &= self.notes;
    }

    /// A heading. Headings inside notes are lines of the notes.
    pub(crate) fn heading(&mut self, level: u8, flow: Flow, span: Span) {
        if self.notes {
            self.push(BlockKind::Paragraph(flow), span, None);
            return;
        }
        self.cut_at_heading(level);
        self.headings.retain(|&(open, _)| open < level);
        if !std::mem::replace(&mut self.titled, true) {
            self.titles[usize::from(level.min(6))] += 1;
        }
        let block = self.document.blocks.len();
        if opens_appendix(flow.text()) {
            self.appendix = Some(Appendix { level, block, to_the_end: false });
        } else if self.appendix.is_some_and(|open| level <= open.level && !open.to_the_end) {
            self.appendix = None;
        }
        self.push(BlockKind::Heading(level, flow), span, None);
        self.headings.push((level, block));
    }

    /// A heading without words, which starts a slide all the same.
    pub(super) fn untitled(&mut self, level: u8) {
        if !self.notes {
            self.cut_at_heading(level);
            self.occupy();
        }
    }

    fn cut_at_heading(&mut self, level: u8) {
        if level <= self.dialect.heading_level && !self.fresh {
            self.cut();
        }
    }

    /// Any block but a heading.
    pub(crate) fn push(&mut self, kind: BlockKind, span: Span, lead: Option<usize>) -> usize {
        self.occupy();
        let role = match (self.notes, self.appendix) {
            (true, _) => Role::Notes,
            (false, Some(_)) => Role::Appendix,
            (false, None) => self.document.role,
        };
        let heading = self.headings.last().map(|&(_, block)| block);
        self.document.blocks.push(Block { slide: self.slide, role, heading, lead, kind, span });
        self.document.blocks.len() - 1
    }

    /// A paragraph, unless it turns out to be the caption of the table before it.
    pub(crate) fn paragraph(&mut self, flow: Flow, span: Span, lead: Option<usize>) -> usize {
        if let Some(caption) = caption_of(&flow)
            && let Some(last) = self.document.blocks.last_mut().filter(|last| last.slide == self.slide)
            && let BlockKind::Table(table) = &mut last.kind
            && table.caption.is_none()
            && !table.chart
        {
            table.caption = Some(caption);
            return self.document.blocks.len() - 1;
        }
        self.push(BlockKind::Paragraph(flow), span, lead)
    }

    /// A table or chart. A caption paragraph before it becomes its caption; another one leads into it.
    pub(crate) fn table(&mut self, mut table: Table, span: Span, parent: Option<usize>) {
        self.occupy();
        // A layout of pictures.
        if table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.flow.is_blank()) {
            return;
        }
        if table.caption.is_none()
            && let Some(before) = self.lead()
            && let Some(caption) = self.document.blocks[before].flow().and_then(caption_of)
        {
            self.document.blocks.truncate(before);
            table.caption = Some(caption);
        }
        let lead = self.lead().or(parent);
        self.push(BlockKind::Table(table), span, lead);
    }

    /// The paragraph directly before, on the same slide and in the same role.
    pub(crate) fn lead(&self) -> Option<usize> {
        let last = self.document.blocks.last()?;
        let same = last.slide == self.slide && (last.role == Role::Notes) == self.notes;
        (same && matches!(last.kind, BlockKind::Paragraph(_))).then(|| self.document.blocks.len() - 1)
    }

    /// A comment to tieout.
    pub(crate) fn directive(&mut self, text: &str, span: Span) {
        self.document.directives.push(Directive { text: text.to_owned(), span, next_block: None });
    }

    /// Something that could not be read.
    pub(crate) fn problem(&mut self, message: String, span: Span) {
        self.document.problems.push(Problem { message, span });
    }

    /// The finished document.
    pub(super) fn finish(mut self) -> Document {
        self.document.slides = self.slide;
        let mut starts: Vec<(usize, usize)> =
            self.document.blocks.iter().enumerate().map(|(index, block)| (block.span.start, index)).collect();
        starts.sort_unstable();
        self.document.directives.sort_by_key(|directive| directive.span);
        for directive in &mut self.document.directives {
            let at = starts.partition_point(|&(start, _)| start < directive.span.end);
            directive.next_block = starts.get(at).map(|&(_, index)| index);
        }
        self.document
    }

    /// A slide that says "Appendix" and little else opens the back of the deck. Its level would end it at the next title
    /// where all titles have that level, which is not what its author means.
    fn settle_divider(&mut self) {
        let Some(appendix) = &mut self.appendix else { return };
        if self.dialect.tool == Tool::Report || appendix.block < self.slide_start {
            return;
        }
        let shown = self.document.blocks[self.slide_start..].iter().filter(|block| block.role != Role::Notes);
        let (mut headings, mut paragraphs, mut others) = (0, 0, 0);
        for block in shown {
            match block.kind {
                BlockKind::Heading(..) => headings += 1,
                BlockKind::Paragraph(_) => paragraphs += 1,
                _ => others += 1,
            }
        }
        let divider = headings == 1 && paragraphs <= 1 && others == 0;
        let titled: usize = self.titles.iter().sum();
        appendix.to_the_end = divider && self.titles[usize::from(appendix.level.min(6))] * 2 > titled;
    }
}

/// Whether a heading opens an appendix: `Appendix`, `A. Appendix: balances`, `Backup slides`, `Supporting schedules`.
fn opens_appendix(heading: &str) -> bool {
    let words = heading.trim_start_matches(|c: char| !c.is_alphabetic());
    let words = match words.split_once(['.', ')']) {
        // A letter that numbers the heading.
        Some((letter, rest)) if letter.chars().count() == 1 => rest.trim_start(),
        _ => words,
    };
    let starts = |name: &str| {
        words.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name)).map(|_| &words[name.len()..])
    };
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    if ["appendix", "appendices", "supporting schedules", "supporting schedule"]
        .iter()
        .any(|name| starts(name).is_some_and(ends))
    {
        return true;
    }
    // "Backup power" is an operations topic; "Backup", "Backup: cash" and "Backup slides" are the back of a deck.
    ["backup", "back-up", "annex", "annexes"].iter().filter_map(|name| starts(name)).filter(|rest| ends(rest)).any(
        |rest| {
            let next: String = rest.trim_start().chars().take_while(|c| c.is_alphanumeric()).collect();
            let numbered = next.len() <= 2;
            let named = [
                "slides",
                "slide",
                "material",
                "materials",
                "data",
                "tables",
                "schedules",
                "information",
                "pages",
                "detail",
                "details",
            ];
            rest.starts_with([':', '-', '.', ',', '('])
                || numbered
                || named.iter().any(|name| next.eq_ignore_ascii_case(name))
        },
    )
}

/// The caption in a paragraph that pandoc would take for one: `Table: Revenue, £m {#tbl-revenue}` or `: Revenue`.
fn caption_of(flow: &Flow) -> Option<Flow> {
    let text = flow.text();
    let rest = text.strip_prefix("Table:").or_else(|| text.strip_prefix(": "))?;
    let start = text.len() - rest.trim_start().len();
    let end = match text.rfind('{') {
        Some(at) if at > start && text.ends_with('}') => at,
        _ => text.len(),
    };
    let mut caption = Flow::default();
    caption.push_part(flow, start..end);
    let caption = caption.trimmed();
    (!caption.is_blank()).then_some(caption)
}
