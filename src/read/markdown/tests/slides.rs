//! Where slides and notes begin.

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
        &[r#"1 h1 "A""#, r#"2 h1 "B""#, r#"2 p "ARR 4""#, r#"2 p "right 5""#, r#"2 notes p "note 6""#, r#"3 h1 "C""#],
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
        &[r#"1 h1 "A""#, r#"1 p "ARR 4""#, r#"1 notes p "say 5\nand 6""#, r#"1 p "shown 8""#, r#"2 p "^[inline] 9""#],
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
    cuts("---\nformat: beamer\n---\n## A\n\n4\n\n##\n\n5\n", &[r#"1 h2 "A""#, r#"1 p "4""#, r#"2 p "5""#]);
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
