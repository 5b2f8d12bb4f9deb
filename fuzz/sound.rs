//! What every document holds, whatever it was read from.

use tieout::document::{BlockKind, Document, Flow};
use tieout::span::Span;

/// Panics where a document does not map back to its file.
pub fn holds(text: &str, document: &Document) {
    let inside = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} in {} bytes", text.len());
    let maps = |flow: &Flow| inside(flow.whole());
    for (at, block) in document.blocks.iter().enumerate() {
        inside(block.span);
        assert!(block.heading.is_none_or(|heading| heading < at), "a heading behind its block");
        assert!(block.lead.is_none_or(|lead| lead < at), "a lead behind its block");
        assert!((1..=document.slides).contains(&block.slide), "slide {} of {}", block.slide, document.slides);
        match &block.kind {
            BlockKind::Heading(_, flow)
            | BlockKind::Paragraph(flow)
            | BlockKind::Item(flow)
            | BlockKind::Quote(flow)
            | BlockKind::Footnote(_, flow) => maps(flow),
            BlockKind::Tile { value, label } => [value, label].into_iter().for_each(maps),
            BlockKind::Field(keys, flow) => keys.iter().chain([flow]).for_each(maps),
            BlockKind::Table(table) => {
                table.caption.iter().chain(&table.unit).for_each(maps);
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    maps(&cell.flow);
                    inside(cell.span);
                }
            }
        }
    }
    document.directives.iter().for_each(|directive| inside(directive.span));
    document.problems.iter().for_each(|problem| inside(problem.span));
    document.title.iter().chain(&document.period).for_each(maps);
}
