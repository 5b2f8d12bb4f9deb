//! Blocks: headings, lists, quotes, code, comments.

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
