//! Markdown in, blocks out: each test is a document and the lines that describe what was read.

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

mod inline {
    use super::{check, source_of};

    #[test]
    fn numbers_split_by_markup_are_one_number_with_their_bytes() {
        assert_eq!(source_of("Sales of **$12**.4M\n", "$12.4M"), "$12**.4M");
        assert_eq!(source_of("Sales of \\$12.4M\n", "$12.4M"), "$12.4M");
        assert_eq!(source_of("Sales of &pound;12.4m\n", "£12.4m"), "&pound;12.4m");
        assert_eq!(source_of("Sales of <b>$12</b>.4M\n", "$12.4M"), "$12</b>.4M");
        assert_eq!(source_of("Sales of `$12.4M`\n", "$12.4M"), "$12.4M");
        assert_eq!(source_of("Sales of [$12](a.md).4M\n", "$12.4M"), "$12](a.md).4M");
        assert_eq!(source_of("Größe – _$12_.4M\n", "$12.4M"), "$12_.4M");
    }

    #[test]
    fn one_tilde_means_about_and_two_strike_out() {
        check("up ~10%~ to ~$40M\n", &[r#"1 p "up ~10%~ to ~$40M""#]);
        check("from ~~$41M~~ $42M\n", &[r#"1 p "from  $42M""#]);
        check("from <del>$41M</del>$42M\n", &[r#"1 p "from $42M""#]);
    }

    #[test]
    fn dollars_are_no_mathematics_and_quotes_stay_straight() {
        check("from $42.3M to $8 -- \"up\"\n", &[r#"1 p "from $42.3M to $8 -- \"up\"""#]);
    }

    #[test]
    fn marks_that_are_not_said() {
        check("ARR[^1] rose[^2] 4%\n\n[^1]: Unaudited.\n", &[r#"1 p "ARR rose 4%""#, r#"1 note[1] "Unaudited.""#]);
        check("ARR<sup>1</sup> on 21<sup>st</sup> May<sup>(a)</sup>\n", &[r#"1 p "ARR on 21st May""#]);
        check("![width 50%](a.png){width=50%}\n\n[up 4%](b){.x} and [5%]{.red}\n", &[r#"1 p "up 4% and [5%]""#]);
        check("See [the plan][1] and [2]. {{< pagebreak 3 >}}\n", &[r#"1 p "See the plan and [2].""#]);
    }

    #[test]
    fn lines_of_a_paragraph_stay_lines() {
        check("**$4M**\nARR\n\n$5M  \nCash<br>net\n", &[r#"1 p "$4M\nARR""#, r#"1 p "$5M\nCash\nnet""#]);
    }
}

mod blocks {
    use super::check;

    #[test]
    fn items_stand_under_their_parent_and_lists_under_what_leads_in() {
        check(
            "# T\n\nBy region:\n\n- EMEA\n  - UK 4\n  - DE 5\n- APAC\n\n  more\n\nEnd.\n",
            &[
                r#"1 h1 "T""#,
                r#"1 p "By region:" ^0"#,
                r#"1 item "EMEA" ^0 <1"#,
                r#"1 item "UK 4" ^0 <2"#,
                r#"1 item "DE 5" ^0 <2"#,
                r#"1 item "APAC" ^0 <1"#,
                r#"1 p "more" ^0 <5"#,
                r#"1 p "End." ^0"#,
            ],
        );
    }

    #[test]
    fn headings_nest() {
        check(
            "# A\n\n### B\n\nb\n\n### C\n\nc\n",
            &[r#"1 h1 "A""#, r#"1 h3 "B" ^0"#, r#"1 p "b" ^1"#, r#"1 h3 "C" ^0"#, r#"1 p "c" ^3"#],
        );
        check("# Sales {#s .wide}\n\n# Sales {$4M}\n", &[r#"1 h1 "Sales""#, r#"2 h1 "Sales {$4M}""#]);
    }

    #[test]
    fn quotes_are_other_peoples_words_and_callouts_are_not() {
        check(
            "> saves us $2M\n> a year\n\n> [!NOTE]\n> ARR is $4M\n",
            &[r#"1 quote "saves us $2M\na year""#, r#"1 p "ARR is $4M""#],
        );
    }

    #[test]
    fn code_is_not_said() {
        check("```\nx = 4\n```\n\n    y = 5\n\n```rust\nlet z = 6;\n```\n\nz\n", &[r#"1 p "z""#]);
    }

    #[test]
    fn comments_to_tieout_know_the_next_block() {
        check(
            "a <!-- tieout: allow x -- y -->\n\n<!-- tieout: allow-file z -->\n\nb\n\n<!-- tieout: $4M = arr -->\n",
            &[
                r#"1 p "a""#,
                r#"1 p "b""#,
                r#"tieout "allow x -- y" @Some(1)"#,
                r#"tieout "allow-file z" @Some(1)"#,
                r#"tieout "$4M = arr" @None"#,
            ],
        );
    }
}

mod tables {
    use super::check;

    #[test]
    fn rows_cells_and_leads() {
        check(
            "In $K:\n\n| | Q3 |\n|---|---:|\n| ARR | **4** |\n|&nbsp;&nbsp;of which new | &minus;1 |\n| – churn | - |\n| short |\n",
            &[r#"1 p "In $K:""#, r#"1 table #[ | Q3] [ARR | *4] [>>of which new | −1] [>>churn | -] [short | ] <0"#],
        );
    }

    #[test]
    fn cells_beyond_the_header_are_kept_and_reported() {
        check(
            "| a | b |\n|---|---|\n| x | 1 | 2 | **3** |\n| y | 4 | |\n",
            &[r#"1 table #[a | b |  | ] [x | 1 | 2 | *3] [y | 4 |  | ]"#, r#"problem "2 | **3**""#],
        );
    }

    #[test]
    fn captions_as_pandoc_has_them() {
        let table = "| a |\n|---|\n| 1 |\n";
        let read = r#"1 table caption "Sales, £m" #[a] [1]"#;
        check(&format!("Table: Sales, £m {{#tbl-a}}\n\n{table}"), &[read]);
        check(&format!("{table}\n: Sales, £m\n"), &[read]);
        check(&format!("**Sales, £m**\n\n{table}"), &[r#"1 p "Sales, £m""#, r#"1 table #[a] [1] <0"#]);
    }
}

proptest! {
    #[test]
    fn any_text_reads_soundly(text in any::<String>()) {
        describe(&text);
    }
}
