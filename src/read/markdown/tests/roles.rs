//! Which part of the deck a block belongs to.

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
