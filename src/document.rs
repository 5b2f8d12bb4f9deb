//! The located document model: what every reader makes of a file, and all that later stages see of it.
//!
//! Enters (from `read`): slides, blocks, tables. Leaves: text in [`Flow`]s that map back to exact bytes of the file.
//! Invariant: for every character range of a flow, [`Flow::span`] gives the bytes of the file that it was written with.

use std::ops::Range;

use crate::span::{FileId, Files, Place, Span};

/// Text as it reads, after emphasis, entities, escapes and scalar styles are undone, with the way back into the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    text: String,
    segments: Vec<Segment>,
}

/// A stretch of a flow: either the very bytes of the file, or a stand-in for some bytes (an entity, an escape, a folded line break).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    /// Where it starts in the flow's text.
    at: usize,
    /// What it is in the file.
    file: Span,
    /// Whether flow and file agree byte by byte.
    verbatim: bool,
}

impl Flow {
    /// A flow that is one stretch of the file, unchanged.
    pub fn verbatim(text: &str, start: usize) -> Self {
        let mut flow = Self::default();
        flow.push_verbatim(text, start);
        flow
    }

    /// The text as it reads.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Appends bytes that stand in the file as they read.
    pub fn push_verbatim(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        let file = Span::new(start, start + text.len());
        match self.segments.last_mut() {
            Some(last) if last.verbatim && last.file.end == start => last.file.end = file.end,
            _ => self.segments.push(Segment { at: self.text.len(), file, verbatim: true }),
        }
        self.text.push_str(text);
    }

    /// Appends text that stands for other bytes of the file: an entity, an escape, a line break read as a space.
    pub fn push_replaced(&mut self, text: &str, file: Span) {
        if text.is_empty() {
            return;
        }
        self.segments.push(Segment { at: self.text.len(), file, verbatim: false });
        self.text.push_str(text);
    }

    /// Appends another flow as it is.
    pub fn push_flow(&mut self, other: &Flow) {
        for (at, segment) in other.segments.iter().enumerate() {
            let end = other.segments.get(at + 1).map_or(other.text.len(), |next| next.at);
            let text = &other.text[segment.at..end];
            if segment.verbatim {
                self.push_verbatim(text, segment.file.start);
            } else {
                self.push_replaced(text, segment.file);
            }
        }
    }

    /// Appends a range of another flow's text; a range that is out of bounds or splits a character appends nothing.
    pub fn push_part(&mut self, other: &Flow, range: Range<usize>) {
        let mut index = other.segments.partition_point(|segment| segment.at <= range.start).saturating_sub(1);
        while let Some(segment) = other.segments.get(index).filter(|segment| segment.at < range.end) {
            let segment_end = other.segments.get(index + 1).map_or(other.text.len(), |next| next.at);
            let (start, end) = (segment.at.max(range.start), segment_end.min(range.end));
            let Some(text) = other.text.get(start..end) else { return };
            if segment.verbatim {
                self.push_verbatim(text, segment.file.start + (start - segment.at));
            } else {
                self.push_replaced(text, segment.file);
            }
            index += 1;
        }
    }

    /// The same text, read through another flow: this one's spans lie in `outer`'s text, the result's in the file.
    pub fn through(&self, outer: &Flow) -> Flow {
        let mut flow = Flow::default();
        for (index, segment) in self.segments.iter().enumerate() {
            let end = self.segments.get(index + 1).map_or(self.text.len(), |next| next.at);
            if segment.verbatim {
                flow.push_part(outer, segment.file.range());
            } else {
                flow.push_replaced(&self.text[segment.at..end], outer.span(segment.file.range()));
            }
        }
        flow
    }

    /// Without white space at its ends.
    pub fn trimmed(self) -> Flow {
        let text = self.text.trim();
        if text.len() == self.text.len() {
            return self;
        }
        let start = self.text.len() - self.text.trim_start().len();
        let mut flow = Flow::default();
        flow.push_part(&self, start..start + text.len());
        flow
    }

    /// The part of the flow behind a range of its text; nothing where the range splits a character.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        part.push_part(self, range);
        part
    }

    /// The bytes of the file behind a range of the text. An empty flow gives an empty span at 0.
    pub fn span(&self, range: Range<usize>) -> Span {
        let Some(first) = self.segment_at(range.start) else { return Span::default() };
        let start = if first.verbatim { first.file.start + (range.start - first.at) } else { first.file.start };
        if range.end <= range.start {
            return Span::new(start, start);
        }
        let last = self.segment_at(range.end - 1).unwrap_or(first);
        let end = if last.verbatim { last.file.start + (range.end - last.at) } else { last.file.end };
        Span::new(start, end.max(start))
    }

    /// The range of the text that stands for bytes of the file; `None` where they are not part of it. The way back of [`Flow::span`].
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        let start = self.offset(span.start)?;
        let last = self.offset(span.end.checked_sub(1)?)?;
        let (segment, end) = self.holding(span.end - 1)?;
        let end = if segment.verbatim { last + 1 } else { end };
        (start < end && self.text.get(start..end).is_some()).then_some(start..end)
    }

    /// Where in the text a byte of the file stands.
    fn offset(&self, byte: usize) -> Option<usize> {
        let (segment, _) = self.holding(byte)?;
        Some(if segment.verbatim { segment.at + (byte - segment.file.start) } else { segment.at })
    }

    /// The segment that a byte of the file belongs to, and where it ends in the text. Segments stand in the order of the file.
    fn holding(&self, byte: usize) -> Option<(Segment, usize)> {
        let index = self.segments.partition_point(|segment| segment.file.start <= byte).checked_sub(1)?;
        let segment = *self.segments.get(index).filter(|segment| byte < segment.file.end)?;
        Some((segment, self.segments.get(index + 1).map_or(self.text.len(), |next| next.at)))
    }

    /// The bytes of the file behind the whole text.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// Whether every verbatim stretch equals the bytes it claims, and every other one lies in the file.
    #[cfg(test)]
    pub(crate) fn agrees_with(&self, file: &str) -> bool {
        self.segments.iter().enumerate().all(|(at, segment)| {
            let end = self.segments.get(at + 1).map_or(self.text.len(), |next| next.at);
            let bytes = file.get(segment.file.range());
            if segment.verbatim { bytes == self.text.get(segment.at..end) } else { bytes.is_some() }
        })
    }

    fn segment_at(&self, at: usize) -> Option<Segment> {
        let index = self.segments.partition_point(|segment| segment.at <= at);
        self.segments.get(index.saturating_sub(1)).copied()
    }
}

/// What part of the deck a document or block belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Role {
    /// What the board is shown.
    #[default]
    Slides,
    /// The supporting schedules: with no metric file, their tables are the source.
    Appendix,
    /// What the speaker says.
    Notes,
}

/// One file of the deck.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file it was read from.
    pub file: FileId,
    /// Its role as a whole; a block may have another.
    pub role: Role,
    /// The title in front matter or at the top of a YAML export.
    pub title: Option<Flow>,
    /// The reporting period that the document states for itself (`period:` in front matter), as written.
    pub period: Option<Flow>,
    /// Declared language (`lang: de`), for decimal marks.
    pub language: Option<String>,
    /// How many slides it has; at least 1.
    pub slides: usize,
    /// Period that a slide states for itself (`period:` of a YAML slide), by slide number.
    pub slide_periods: Vec<(usize, Flow)>,
    /// Every block in reading order.
    pub blocks: Vec<Block>,
    /// `tieout:` comments, in order.
    pub directives: Vec<Directive>,
    /// What could not be read, for `unreadable-block`.
    pub problems: Vec<Problem>,
}

impl Document {
    /// The heading that a block stands under.
    pub(crate) fn heading_of(&self, block: usize) -> Option<&Flow> {
        self.blocks.get(self.blocks.get(block)?.heading?)?.flow()
    }

    /// The lines that lead into a block, the nearest first: each stands before the one it leads into.
    pub(crate) fn leads(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        let up = |at: usize| self.blocks.get(at).and_then(|block| block.lead).filter(|lead| *lead < at);
        std::iter::successors(up(block), move |at| up(*at))
    }
}

/// A comment addressed to tieout: the text after `tieout:`, unparsed.
#[derive(Clone, Debug)]
pub struct Directive {
    /// What was said, as written: `allow total-not-sum -- rounding plug`.
    pub text: String,
    /// The whole comment.
    pub span: Span,
    /// Index of the first block that starts after the comment, if any.
    pub next_block: Option<usize>,
}

impl Directive {
    /// What it is about: the lines that it stands on, and the block after it. What it covers starts in one of them.
    pub(crate) fn stretches(&self, document: &Document, files: &Files) -> Vec<Span> {
        let block = self.next_block.and_then(|at| document.blocks.get(at)).map(|block| block.span);
        files.stretches(Place { file: document.file, span: self.span }, block)
    }
}

/// Content that could not be read: a finding, not a failure.
#[derive(Clone, Debug)]
pub struct Problem {
    /// One sentence.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// The unit that text is scanned in.
#[derive(Clone, Debug)]
pub struct Block {
    /// Slide number, from 1.
    pub slide: usize,
    /// Role after headings, notes and configuration have spoken.
    pub role: Role,
    /// Index of the heading block that this one stands under: the nearest, whatever its level.
    /// A heading's own `heading` is the nearest one of a higher level.
    pub heading: Option<usize>,
    /// Index of the block that introduces this one: a list item's parent item, or the paragraph that leads into a list or table ("Revenue by region, $ thousands:").
    pub lead: Option<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// Bytes of the whole block.
    pub span: Span,
}

/// What a block is.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// A heading or slide title, level 1 to 6.
    Heading(u8, Flow),
    /// Running text.
    Paragraph(Flow),
    /// A list item's own text.
    Item(Flow),
    /// Quoted speech: other people's numbers.
    Quote(Flow),
    /// A footnote's text, with its label.
    Footnote(String, Flow),
    /// A KPI tile whose reader knows which is which.
    Tile {
        /// The number.
        value: Flow,
        /// What it is.
        label: Flow,
    },
    /// A scalar of a YAML or JSON export with the keys that lead to it (outermost first).
    Field(Vec<Flow>, Flow),
    /// A table or the data of a chart.
    Table(Table),
}

impl Block {
    /// The flow of a block that has one text; tables and tiles have none.
    pub fn flow(&self) -> Option<&Flow> {
        match &self.kind {
            BlockKind::Heading(_, flow)
            | BlockKind::Paragraph(flow)
            | BlockKind::Item(flow)
            | BlockKind::Quote(flow)
            | BlockKind::Footnote(_, flow)
            | BlockKind::Field(_, flow) => Some(flow),
            BlockKind::Tile { .. } | BlockKind::Table(_) => None,
        }
    }
}

/// A grid of cells. A chart is a grid too: one header row of categories, one row a series.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Caption or chart title.
    pub caption: Option<Flow>,
    /// Unit stated for the whole table (`unit: € thousands`, a chart's y axis).
    pub unit: Option<Flow>,
    /// Rows from top to bottom; all have the same number of cells.
    pub rows: Vec<Row>,
    /// Whether it is the data of a chart.
    pub chart: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Cells from left to right.
    pub cells: Vec<Cell>,
    /// Whether the format says this is a header row. More header rows may follow that only their content shows.
    pub header: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its text; blank for an empty cell or one covered by a wider neighbour.
    pub flow: Flow,
    /// Its bytes, also when it is empty.
    pub span: Span,
    /// Whether the whole text is strong.
    pub strong: bool,
    /// Leading indentation: no-break or em spaces, `&nbsp;`, `>` or dashes that a row label starts with.
    pub indent: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_into_the_file_leads_back() {
        // `**$12**.4M &euro;5`: emphasis parts the number, an entity stands for one character.
        let mut flow = Flow::verbatim("$12", 2);
        flow.push_verbatim(".4M ", 7);
        flow.push_replaced("€", Span::new(11, 17));
        flow.push_verbatim("5", 17);
        for (range, text) in [(0..3, "$12"), (0..6, "$12.4M"), (7..10, "€"), (7..11, "€5"), (10..11, "5")] {
            assert_eq!(flow.text().get(range.clone()), Some(text));
            assert_eq!(flow.range(flow.span(range.clone())), Some(range), "{text}");
        }
        for outside in [Span::new(0, 2), Span::new(5, 7), Span::new(17, 19), Span::new(4, 4)] {
            assert_eq!(flow.range(outside), None, "{outside:?}");
        }
    }
}
