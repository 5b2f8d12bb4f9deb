//! Markdown in, blocks out: each test is a document and the lines that describe what was read.

mod blocks;
mod charts;
mod front_matter;
mod html;
mod inline;
mod roles;
mod slides;
mod tables;

use proptest::prelude::*;

use crate::document::{BlockKind, Cell, Document, Flow, Role, Table};
use crate::span::{FileId, Span};

/// Reads a document, checks every span of it, and describes its blocks:
/// `slide role kind "text" ^heading <lead`, then directives, problems and the document's own facts.
pub(super) fn describe(text: &str) -> Vec<String> {
    let document = super::read(FileId(0), text, Role::Slides);
    assert_sound(&document, text);
    let mut lines = Vec::new();
    for block in &document.blocks {
        let role = match block.role {
            Role::Slides => "",
            Role::Appendix => " appendix",
            Role::Notes => " notes",
        };
        let kind = match &block.kind {
            BlockKind::Heading(level, flow) => format!("h{level} {}", quoted(flow)),
            BlockKind::Paragraph(flow) => format!("p {}", quoted(flow)),
            BlockKind::Item(flow) => format!("item {}", quoted(flow)),
            BlockKind::Quote(flow) => format!("quote {}", quoted(flow)),
            BlockKind::Footnote(label, flow) => format!("note[{label}] {}", quoted(flow)),
            BlockKind::Table(table) => described_table(table),
            other => format!("{other:?}"),
        };
        let heading = block.heading.map_or(String::new(), |at| format!(" ^{at}"));
        let lead = block.lead.map_or(String::new(), |at| format!(" <{at}"));
        lines.push(format!("{}{role} {kind}{heading}{lead}", block.slide));
    }
    lines.extend(document.directives.iter().map(|it| format!("tieout {:?} @{:?}", it.text, it.next_block)));
    lines.extend(document.problems.iter().map(|it| format!("problem {:?}", &text[it.span.range()])));
    lines
}

fn quoted(flow: &Flow) -> String {
    format!("{:?}", flow.text())
}

/// `table caption "…" unit "…" [header] [row]`; cells as `text`, `*strong`, `>indented`.
fn described_table(table: &Table) -> String {
    let mut line = if table.chart { "chart" } else { "table" }.to_owned();
    for (name, flow) in [("caption", &table.caption), ("unit", &table.unit)] {
        line.extend(flow.iter().map(|flow| format!(" {name} {}", quoted(flow))));
    }
    for row in &table.rows {
        let cell = |cell: &Cell| {
            let strong = if cell.strong { "*" } else { "" };
            format!("{}{strong}{}", ">".repeat(cell.indent.into()), cell.flow.text())
        };
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        line.push_str(&format!(" {}[{}]", if row.header { "#" } else { "" }, cells.join(" | ")));
    }
    line
}

/// Every flow agrees with the file, every span lies in it, every index points backward, every table is a rectangle.
fn assert_sound(document: &Document, text: &str) {
    let lies_in = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} is not in the file {text:?}");
    let sound = |flow: &Flow| {
        assert!(flow.agrees_with(text), "{flow:?} does not agree with {text:?}");
        lies_in(flow.whole());
    };
    for (index, block) in document.blocks.iter().enumerate() {
        lies_in(block.span);
        assert!(block.slide >= 1 && block.slide <= document.slides);
        assert!(block.heading.is_none_or(|at| at < index) && block.lead.is_none_or(|at| at < index));
        assert!(index == 0 || document.blocks[index - 1].slide <= block.slide);
        block.flow().iter().for_each(|flow| sound(flow));
        let BlockKind::Table(table) = &block.kind else { continue };
        table.caption.iter().chain(&table.unit).for_each(sound);
        let width = table.rows.first().map_or(0, |row| row.cells.len());
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            sound(&cell.flow);
            lies_in(cell.span);
        }
        assert!(table.rows.iter().all(|row| row.cells.len() == width), "no rectangle");
    }
    document.directives.iter().for_each(|it| lies_in(it.span));
    document.problems.iter().for_each(|it| lies_in(it.span));
    document.title.iter().chain(&document.period).for_each(sound);
    document.slide_periods.iter().for_each(|(_, flow)| sound(flow));
}

pub(super) fn check(text: &str, expected: &[&str]) {
    let described = describe(text);
    assert_eq!(described, expected, "\nread as:\n{}\n", described.join("\n"));
}

/// The bytes behind some words of the only block.
fn source_of(text: &str, words: &str) -> String {
    let document = super::read(FileId(0), text, Role::Slides);
    let flow = document.blocks[0].flow().expect("one text");
    let at = flow.text().find(words).unwrap_or_else(|| panic!("{words:?} in {:?}", flow.text()));
    text[flow.span(at..at + words.len()).range()].to_owned()
}

const FRAGMENTS: [&str; 44] = [
    "---\n",
    "marp: true\n",
    "\n\n",
    "# Appendix\n",
    "## B {#x 4}\n",
    "- ",
    "  - ",
    "1. ",
    "> ",
    "| a | b |\n",
    "|---|---|\n",
    "| 1 | **2** | 3 |\n",
    "$42.3M",
    "**",
    "~",
    "~~",
    "[^1]",
    "[^1]: ",
    "](x){.y}",
    "![",
    "`",
    "```csv\n",
    "```mermaid\npie\n",
    "```vega-lite\n{\"data\": {\"values\": [{\"a\": 1}]}}\n",
    "```\n",
    "<div>",
    "</div>\n",
    "<table><tr><td colspan=3>",
    "<td rowspan=2>4",
    "</table>\n",
    "<!-- tieout: x -->",
    "<!-- note 4",
    " -->\n",
    "<sup>1</sup>",
    "<br>",
    "&nbsp;",
    "&pound;",
    "é—\u{a0}",
    "::: notes\n",
    ":::\n",
    "???\n",
    "^ note 5\n",
    "Note: 6\n",
    "    ",
];

proptest! {
    #[test]
    fn any_text_reads_soundly(text in any::<String>()) {
        describe(&text);
    }

    #[test]
    fn any_shuffle_of_markdown_reads_soundly(parts in proptest::collection::vec(proptest::sample::select(&FRAGMENTS[..]), 0..40)) {
        describe(&parts.concat());
    }
}
