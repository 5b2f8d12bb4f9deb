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

mod charts {
    use super::check;

    #[test]
    fn csv_is_a_table_with_a_header() {
        check(
            "```csv\nRegion,Revenue,\"Note, \"\"a\"\"\"\nEMEA, 4.1 ,x\n\nAPAC,\"1,200\",\n```\n",
            &[r#"1 table #[Region | Revenue | Note, "a"] [EMEA | 4.1 | x] [APAC | 1,200 | ]"#],
        );
        check("```{.tsv}\na\tb\n\"x\ty\n```\n", &[r#"problem "\"x\ty""#]);
        check("``` csv\na;b\nx;1,5\n```\n", &["1 table #[a | b] [x | 1,5]"]);
    }

    #[test]
    fn a_pie_is_one_row_a_slice() {
        check(
            "```mermaid\n%% made by hand\npie showData title ARR, $M\n  \"EMEA: UK\" : 11.2\n  \"APAC\": 6\n```\n",
            &[r#"1 chart caption "ARR, $M" [EMEA: UK | 11.2] [APAC | 6]"#],
        );
        check("```mermaid\npie\n  \"EMEA\" 11.2\n```\n", &[r#"problem "\"EMEA\" 11.2""#]);
        check("```mermaid\nflowchart LR\n  A --> B4\n```\n", &[]);
    }

    #[test]
    fn xy_charts_have_a_row_for_each_series() {
        check(
            "Growth:\n\n```{mermaid}\nxychart-beta horizontal\n  title \"ARR\"\n  x-axis Quarter [\"Q1, FY25\", Q2]\n  \
             y-axis \"ARR, $M\" 30 --> 45\n  bar [33.1,\n   -35.0]\n  line \"Plan\" [34, 36,]\n```\n",
            &[
                r#"1 p "Growth:""#,
                r#"1 chart caption "ARR" unit "ARR, $M" #[Quarter | Q1, FY25 | Q2] [ | 33.1 | -35.0] [Plan | 34 | 36] <0"#,
            ],
        );
        check(
            "```mermaid\nxychart\n x-axis Month 1 --> 3\n bar [1, 2, 3]\n```\n",
            &["1 chart #[Month |  |  | ] [ | 1 | 2 | 3]"],
        );
        check("```mermaid\nxychart-beta\n x-axis [a, b]\n bar [1, 2, 3]\n```\n", &[r#"problem "1, 2, 3""#]);
    }

    #[test]
    fn vega_records_become_series() {
        let chart = |values: &str, encoding: &str| {
            format!(
                "- in a list\n\n  ```vega-lite\n  {{\"title\": {{\"text\": \"Sales\"}},\n   \"data\": {{\"values\": [{values}]}},\n   \"encoding\": {{{encoding}}}}}\n  ```\n"
            )
        };
        let item = r#"1 item "in a list""#;
        check(
            &chart(
                r#"{"q": "Q1", "sales": 8.10}, {"q": "Q2", "sales": 9}"#,
                r#""x": {"field": "q"}, "y": {"field": "sales", "type": "quantitative", "title": "$M"}"#,
            ),
            &[item, r#"1 chart caption "Sales" unit "$M" #[ | Q1 | Q2] [sales | 8.10 | 9] <0"#],
        );
        check(
            &chart(
                r#"{"q": "Q1", "n": 1, "r": "EMEA"}, {"q": "Q1", "n": 2, "r": "APAC"}, {"q": "Q2", "n": 3, "r": "APAC"}"#,
                r#""y": {"field": "q", "title": "Quarter"}, "x": {"field": "n"}, "color": {"field": "r"}"#,
            ),
            &[item, r#"1 chart caption "Sales" #[Quarter | Q1 | Q2] [EMEA | 1 | ] [APAC | 2 | 3] <0"#],
        );
        check(
            &chart(
                r#"{"q": "Q1", "n": 1}, {"q": "Q1", "n": 2, "m": null}"#,
                r#""x": {"field": "q"}, "y": {"field": "n"}"#,
            ),
            &[item, r#"1 chart caption "Sales" #[q | n | m] [Q1 | 1 | ] [Q1 | 2 | ] <0"#],
        );
    }

    #[test]
    fn broken_data_is_a_problem_where_it_breaks() {
        check("```vega-lite\n{\"data\": [1,\n```\n\nARR 4\n", &[r#"1 p "ARR 4""#, r#"problem "[""#]);
        check("```vega-lite\n{\"data\": {\"url\": \"sales.csv\"}}\n```\n", &[]);
    }

    #[test]
    fn labels_and_data_sets() {
        let read = r#"1 chart caption "ARR" #[ | Q1 | Q2] [Actual | 4.0 | 5] [Plan | 6 | 7]"#;
        check(
            "```chart\n{\"type\": \"bar\", \"data\": {\"labels\": [\"Q1\", \"Q2\"], \"datasets\": [{\"label\": \"Actual\", \"data\": [4.0, 5]}, \
             {\"label\": \"Plan\", \"data\": [6, {\"x\": 1, \"y\": 7}]}]}, \"options\": {\"plugins\": {\"title\": {\"text\": \"ARR\"}}}}\n```\n",
            &[read],
        );
        check(
            "```chart\ntype: bar\nlabels: [Q1, Q2]\ntitle: ARR\nseries:\n  - title: Actual\n    data: [4.0, 5]\n  - title: Plan\n    data: [6, 7]\n```\n",
            &[read],
        );
        check(
            "```chart\nQ1, Q2\nActual, 4.0, 5\n<!-- {\"x\": 1} -->\n```\n",
            &["1 chart #[ | Q1 | Q2] [Actual | 4.0 | 5]"],
        );
        check("```chart\nlabels: [Q1]\ndatasets:\n  - data: [4, 5]\n```\n", &[r#"problem "[4, 5]""#]);
    }
}

mod html {
    use super::{check, source_of};

    #[test]
    fn tables_spread_spanning_cells() {
        check(
            "<table>\n<caption>Sales, &pound;m</caption>\n<thead><tr><th rowspan=2></th><th colspan=\"2\">FY&nbsp;25</th></tr>\n\
             <tr><th>Q1</th><th>Q2</th></tr></thead>\n<tr><td>UK<td><b>4</b><td>5 <b>x</b></tr>\n\n    <tr><td>&emsp;DE</td><td>6<br>(7)</td></tr>\n</table>\n\nEnd\n",
            &[
                "1 table caption \"Sales, £m\" #[ | FY\u{a0}25 | ] #[ | Q1 | Q2] [UK | *4 | 5 x] [>>DE | 6\n(7) | ]",
                r#"1 p "End""#,
            ],
        );
    }

    #[test]
    fn markdown_inside_cells_belongs_to_them() {
        check("<table><tr><td>\n\n**ARR**\n\n- 4\n\n</td><td>5</td></tr></table>\n", &["1 table [ARR\n4 | 5]"]);
    }

    #[test]
    fn a_table_without_an_end_takes_nothing_that_follows() {
        check("<table><tr><td>4</td></tr>\n\n# Next\n\nARR\n", &["1 table [4]", r#"2 h1 "Next""#, r#"2 p "ARR" ^1"#]);
    }

    #[test]
    fn tiles_are_lines() {
        check(
            "<div class=\"tiles\">\n<div class=\"tile\"><strong>$42.3M</strong><span>ARR</span></div>\n<div><b>$1</b>.4M\n   Cash</div>\n</div>\n",
            &[r#"1 p "$42.3M\nARR""#, r#"1 p "$1.4M\nCash""#],
        );
        assert_eq!(source_of("<div>from\n  <b>$1</b>.4M</div>\n", "$1.4M"), "$1</b>.4M");
        assert_eq!(source_of("> <p>\n> &#36;1<i>.4M</i></p>\n", "$1.4M"), "&#36;1<i>.4M");
    }

    #[test]
    fn elements_have_their_meaning() {
        check(
            "<h2>Sales <small>4</small></h2>\n<ul><li>UK 5<li>DE 6</ul>\n<blockquote>ours: 7</blockquote>\n<style>p { margin: 8px }</style>\n\
             <script>if (a < 9) { b = \"</div>\" }</script>\n<!-- gone 10 -->\n",
            &[r#"1 h2 "Sales 4""#, r#"1 item "UK 5" ^0"#, r#"1 item "DE 6" ^0"#, r#"1 quote "ours: 7" ^0"#],
        );
        check("```=html\n<p>ARR 4</p>\n```\n", &[r#"1 p "ARR 4""#]);
    }

    #[test]
    fn what_is_no_tag_is_text() {
        check(
            "<div>\na < b, 3<4, <5%, <jane@x.org> & <unfinished\n</div>\n",
            &[r#"1 p "a < b, 3<4, <5%, <jane@x.org> & <unfinished""#],
        );
    }
}

mod slides {
    use super::{check, describe};
    use crate::document::Role;
    use crate::span::FileId;

    /// Slide and text of each block.
    fn cuts(text: &str, expected: &[&str]) {
        let lines: Vec<String> =
            describe(text).iter().map(|line| line.split(" ^").next().unwrap_or(line).to_owned()).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn marp_is_one_document_cut_at_breaks() {
        cuts(
            "---\nmarp: true\ntitle: Q3\n---\n\n<!-- _class: lead -->\n# A\n\n---\n\n![bg](x.png)\n\n***\n\nARR [up][1]\n---\n\n- 4\n---\n5\n\n<!-- say **$6** -->\n\n[1]: x\n",
            &[r#"1 h1 "A""#, r#"3 h2 "ARR up""#, r#"3 item "4""#, r#"4 p "5""#, r#"4 notes p "say $6""#],
        );
        cuts(
            "---\nheadingDivider: 2\n---\n# A\n## B\n### C\n## D\n",
            &[r#"1 h1 "A""#, r#"2 h2 "B""#, r#"2 h3 "C""#, r#"3 h2 "D""#],
        );
    }

    #[test]
    fn slidev_slides_have_settings() {
        let deck = "---\ntheme: seriph\nlayout: cover\n---\n# A\n\n---\nlayout: two-cols\nperiod: Q2 FY25\n---\n# B\nARR 4\n\n::right::\n\nright 5\n\n<!-- note 6 -->\n---\n\n# C\n\n```yaml\n---\n```\n";
        cuts(
            deck,
            &[
                r#"1 h1 "A""#,
                r#"2 h1 "B""#,
                r#"2 p "ARR 4""#,
                r#"2 p "right 5""#,
                r#"2 notes p "note 6""#,
                r#"3 h1 "C""#,
            ],
        );
        let document = super::super::read(FileId(0), deck, Role::Slides);
        assert_eq!(
            document.slide_periods.iter().map(|(slide, flow)| (*slide, flow.text())).collect::<Vec<_>>(),
            [(2, "Q2 FY25")]
        );
        assert_eq!(document.slides, 3);
    }

    #[test]
    fn remark_cuts_at_lines_and_hides_notes() {
        cuts(
            "class: center, middle\nname: a4\n\n# A\n\n---\nlayout: true\n# B\n- 4\n--\n\n- 5\n\n???\nsay 6\n---\n# C\n",
            &[r#"1 h1 "A""#, r#"2 h1 "B""#, r#"2 item "4""#, r#"3 item "5""#, r#"3 notes p "say 6""#, r#"4 h1 "C""#],
        );
    }

    #[test]
    fn reveal_and_unnamed_decks_cut_at_dashes() {
        cuts(
            "# A\n\n---\n\n## B\n\n--\n\n## C\n\n***\n\nNote: say 4\n\n- and 5\n\n---\n\n## D\n\nNotes 6: no note\n",
            &[
                r#"1 h1 "A""#,
                r#"2 h2 "B""#,
                r#"3 h2 "C""#,
                r#"3 notes p "say 4""#,
                r#"3 notes item "and 5""#,
                r#"4 h2 "D""#,
                r#"4 p "Notes 6: no note""#,
            ],
        );
    }

    #[test]
    fn deckset_notes_are_paragraphs() {
        cuts(
            "slidenumbers: true\nfooter: ref 7\n\n# A\n\n[.column]\n\nARR 4\n^ say 5\nand 6\n\nshown 8\n\n---\n\n^[inline] 9\n",
            &[
                r#"1 h1 "A""#,
                r#"1 p "ARR 4""#,
                r#"1 notes p "say 5\nand 6""#,
                r#"1 p "shown 8""#,
                r#"2 p "^[inline] 9""#,
            ],
        );
    }

    #[test]
    fn pandoc_cuts_at_headings_and_the_title_is_a_slide() {
        cuts(
            "---\ntitle: T\nformat:\n  revealjs:\n    slide-level: 2\n---\n\n# A\n\n## B {.smaller}\n\n:::: {.columns}\n::: {.column width=\"40%\"}\nARR [^1] 4\n:::\n::::\n\n\
             ::: {.notes}\nsay 5\n:::\n\n---\n\nmore 6\n\n[^1]: seven\n",
            &[
                r#"2 h1 "A""#,
                r#"3 h2 "B""#,
                r#"3 p "ARR  4""#,
                r#"3 notes p "say 5""#,
                r#"4 p "more 6""#,
                r#"4 note[1] "seven""#,
            ],
        );
        cuts("---\nslide-level: 1\n---\n# A\n## B\n# C\n", &[r#"1 h1 "A""#, r#"1 h2 "B""#, r#"2 h1 "C""#]);
    }

    #[test]
    fn reports_take_sections_for_slides_and_comments_for_nothing() {
        cuts(
            "# A\n\n## B\n\n### C\n\n4\n\n---\n\n5\n\n<!-- once 6 -->\n\n## D\n\n## E\n\n## F\n",
            &[
                r#"1 h1 "A""#,
                r#"2 h2 "B""#,
                r#"2 h3 "C""#,
                r#"2 p "4""#,
                r#"2 p "5""#,
                r#"3 h2 "D""#,
                r#"4 h2 "E""#,
                r#"5 h2 "F""#,
            ],
        );
    }

    #[test]
    fn notes_in_an_aside() {
        check(
            "# A\n\n<aside class=\"notes\">\n\nsay **4**\n\n</aside>\n\nshown 5\n",
            &[r#"1 h1 "A""#, r#"1 notes p "say 4" ^0"#, r#"1 p "shown 5" ^0"#],
        );
    }

    #[test]
    fn an_untitled_slide_does_not_stand_under_the_title_before() {
        check(
            "# T\n\n---\n\n## A\n\n4\n\n---\n\n5\n",
            &[r#"1 h1 "T""#, r#"2 h2 "A" ^0"#, r#"2 p "4" ^1"#, r#"3 p "5" ^0"#],
        );
    }
}

mod roles {
    use super::check;

    #[test]
    fn appendix_headings_rule_what_stands_under_them() {
        check(
            "# A\n\n## Appendix: balances\n\n4\n\n### more\n\n## B\n\n5\n",
            &[
                r#"1 h1 "A""#,
                r#"2 appendix h2 "Appendix: balances" ^0"#,
                r#"2 appendix p "4" ^1"#,
                r#"2 appendix h3 "more" ^1"#,
                r#"3 h2 "B" ^0"#,
                r#"3 p "5" ^4"#,
            ],
        );
        for heading in ["A. Appendix", "Backup", "Backup slides", "Annex 2", "SUPPORTING SCHEDULES", "Appendices"] {
            check(&format!("# {heading}\n"), &[&format!("1 appendix h1 {heading:?}")]);
        }
        for heading in ["Backup power", "Annexation of Ruritania", "The appendix", "Appendixes4"] {
            check(&format!("# {heading}\n"), &[&format!("1 h1 {heading:?}")]);
        }
    }

    #[test]
    fn a_divider_slide_opens_the_back_of_the_deck() {
        let deck = |divider: &str| format!("# A\n\n4\n\n---\n\n# B\n\n5\n\n---\n\n{divider}\n\n---\n\n# C\n\n6\n");
        check(
            &deck("# Appendix"),
            &[
                r#"1 h1 "A""#,
                r#"1 p "4" ^0"#,
                r#"2 h1 "B""#,
                r#"2 p "5" ^2"#,
                r#"3 appendix h1 "Appendix""#,
                r#"4 appendix h1 "C""#,
                r#"4 appendix p "6" ^5"#,
            ],
        );
        let ended = super::describe(&deck("# Appendix\n\n7\n\n| a |\n|---|\n| 8 |"));
        assert_eq!(ended.last().map(String::as_str), Some(r#"4 p "6" ^7"#));
    }

    #[test]
    fn front_matter_speaks_for_the_whole() {
        check("---\nrole: appendix\n---\n4\n", &[r#"1 appendix p "4""#]);
        check("---\nrole: footnote\n---\n4\n", &[r#"1 p "4""#, r#"problem "footnote""#]);
    }
}

mod front_matter {
    use super::{check, describe};
    use crate::document::{Flow, Role};
    use crate::span::FileId;

    /// Title, period and language.
    fn settings(text: &str) -> (String, String, String) {
        describe(text);
        let document = super::super::read(FileId(0), text, Role::Slides);
        let said = |flow: Option<Flow>| {
            flow.map(|flow| format!("{}={}", flow.text(), &text[flow.whole().range()])).unwrap_or_default()
        };
        (said(document.title), said(document.period), document.language.unwrap_or_default())
    }

    #[test]
    fn yaml_toml_and_ziggy() {
        let read = ("Q3 review=Q3 review".to_owned(), "Q3 FY25=Q3 FY25".to_owned(), "de".to_owned());
        assert_eq!(settings("\u{feff}---\ntitle: \"Q3 review\"\nperiod: Q3 FY25 # ours\nlang: de\n---\nx\n"), read);
        assert_eq!(
            settings("+++\ntitle = \"Q3 review\"\nperiod = 'Q3 FY25'\nlang = \"de\"\n[extra]\nx = 1\n+++\nx\n"),
            read
        );
        assert_eq!(
            settings(
                "---\n.title = \"Q3 review\",\n.period = \"Q3 FY25\",\n.lang = \"de\",\n.custom = {\n  \"a\": 1,\n}\n---\nx\n"
            ),
            read
        );
        assert_eq!(settings("---\r\ntitle: Q3 review\r\nperiod: Q3 FY25\r\nlang: de\r\n---\r\nx\r\n"), read);
        assert_eq!(settings("---\ntitle: \"a \\\"b\\\" c\"\n---\n").0, "a \"b\" c=a \\\"b\\\" c");
    }

    #[test]
    fn broken_yaml_is_read_line_by_line() {
        assert_eq!(settings("---\ntitle: Q3: the: review\nperiod: [Q3\n---\nx\n").0, "Q3: the: review=Q3: the: review");
    }

    #[test]
    fn slides_are_not_swallowed() {
        check("---\n\n# A\n\n4\n\n---\n\n# B\n", &[r#"2 h1 "A""#, r#"2 p "4" ^0"#, r#"3 h1 "B""#]);
        check("---\n# A\n- ARR: 4\n---\n", &[r#"2 h1 "A""#, r#"2 item "ARR: 4" ^0"#]);
        check("ARR 4\n\n---\n", &[r#"1 p "ARR 4""#]);
        check("---\ntitle: never closed\n\nARR 4\n", &[r#"2 p "title: never closed""#, r#"2 p "ARR 4""#]);
    }
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
