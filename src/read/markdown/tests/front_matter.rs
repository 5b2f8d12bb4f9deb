//! Settings at the top of a file.

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
