//! Every style of scalar maps back to its bytes; trees are bounded and located.

use proptest::prelude::*;

use super::{Node, Tree, Value, parse, parse_at};
use crate::document::Flow;
use crate::span::Span;

fn read(text: &str) -> Tree {
    parse(text).expect("valid YAML")
}

/// The value of `a` in a mapping.
fn value(text: &str) -> Node {
    read(text).root.and_then(|root| root.get("a").cloned()).expect("a key `a`")
}

/// What each word of a flow was written with.
fn words(text: &str, flow: &Flow) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in flow.text().split([' ', '\n']) {
        if !word.is_empty() {
            let span = flow.span(at..at + word.len());
            found.push(text[span.range()].to_owned());
        }
        at += word.len() + 1;
    }
    found
}

#[test]
fn scalars_read_as_written_and_map_back() {
    // File, text, and the bytes behind each word.
    let cases: &[(&str, &str, &[&str])] = &[
        ("a: €4.2m up 3%", "€4.2m up 3%", &["€4.2m", "up", "3%"]),
        ("a: one\n  two\n\n  three # no", "one two\nthree", &["one", "two", "three"]),
        ("a: 'it''s  \n  $4M'", "it's $4M", &["it''s", "$4M"]),
        ("a: \"\\u20ac4m \\\n    is 5\\x25\\tup\"", "€4m is 5%\tup", &["\\u20ac4m", "is", "5\\x25\\tup"]),
        ("a: \"q\n\n  \\nb c\"", "q\n\nb c", &["q", "b", "c"]),
        ("{\"a\": \"\\ud83d\\ude80 \\/4\"}", "🚀 /4", &["\\ud83d\\ude80", "\\/4"]),
        ("a: |\n  $1M\n    deep\n\n  $2M\nb: 1", "$1M\n  deep\n\n$2M\n", &["$1M", "deep", "$2M"]),
        ("a: |-\r\n  $1M é\r\n  $2M\r\n", "$1M é\n$2M", &["$1M", "é", "$2M"]),
        (
            "a: >\n\n  one\n  two\n\n  three\n    four\n  five\n",
            "\none two\nthree\n  four\nfive\n",
            &["one", "two", "three", "four", "five"],
        ),
        ("a: >\n  one\n  two\n\n  three\n", "one two\nthree\n", &["one", "two", "three"]),
        ("a: |2+\n    x\n  y\n\n", "  x\ny\n\n", &["x", "y"]),
        ("- a: >-\n    x\n    y", "x y", &["x", "y"]),
    ];
    for (text, reads, behind) in cases {
        let node = match read(text).root {
            Some(Node { value: Value::Sequence(items), .. }) => items[0].get("a").cloned().expect("a key `a`"),
            _ => value(text),
        };
        let flow = node.flow().expect("a scalar");
        assert_eq!(flow.text(), *reads, "{text:?}");
        assert_eq!(&words(text, flow), behind, "{text:?}");
    }
}

#[test]
fn nodes_know_their_bytes() {
    let text = "x: {k: [1, 'two' ]}\ny:\n  - p: 1\n    q: |\n      z\n\n# end\n";
    let tree = read(text);
    let root = tree.root.expect("a root");
    let slice = |span: Span| &text[span.range()];
    let x = root.get("x").expect("x");
    assert_eq!(slice(x.span), "{k: [1, 'two' ]}");
    let list = x.get("k").expect("k");
    assert_eq!(slice(list.span), "[1, 'two' ]");
    assert_eq!((slice(list.items()[1].span), list.items()[1].is_plain()), ("'two'", false));
    assert_eq!(slice(root.get("y").expect("y").items()[0].span), "p: 1\n    q: |\n      z");
    assert_eq!(
        tree.comments.iter().map(|(text, span)| (text.as_str(), slice(*span))).collect::<Vec<_>>(),
        [(" end", "# end")]
    );
}

#[test]
fn nothing_is_nothing() {
    for text in ["a:", "a: ~", "a: null", "{\"a\": null}"] {
        assert!(value(text).is_null(), "{text}");
    }
    assert!(!value("a: 'null'").is_null());
    assert_eq!(value("a:\nb: 1").span, Span::new(1, 1));
    assert!(!value("a: !!str 42").is_plain());
}

#[test]
fn several_documents_and_none() {
    let tree = read("---\na: 1\n---\nb: 2\n...\n");
    assert_eq!((tree.root.is_some(), tree.further.len()), (true, 1));
    assert!(read("").root.is_none());
    assert!(read("# only words\n").root.is_none());
}

#[test]
fn front_matter_counts_from_the_file() {
    let file = "---\ntitle: Ten\n---\n";
    let tree = parse_at(&file[4..15], 4).expect("valid YAML");
    let title = tree.root.and_then(|root| root.get("title").cloned()).expect("a title");
    assert_eq!(&file[title.span.range()], "Ten");
    let error = parse_at("x: [", 10).expect_err("an open bracket");
    assert_eq!(error.span, Span::new(13, 14));
}

#[test]
fn duplicate_keys_are_kept_and_found() {
    let root = read("a: 1\nb: {c: 1, c: 2}\na: 3\n").root.expect("a root");
    let starts = |node: &Node| -> Vec<_> {
        node.duplicate_keys().iter().map(|(first, later)| (first.span.start, later.span.start)).collect()
    };
    assert_eq!(starts(&root), [(0, 21)]);
    assert_eq!(starts(root.get("b").expect("b")), [(9, 15)]);
    assert_eq!(root.entries().len(), 3);
}

#[test]
fn hostile_files_stay_small() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *missing]\n";
    let tree = read(bomb);
    let last = tree.root.and_then(|root| root.get("c").cloned()).expect("c");
    assert!(last.items().iter().all(|item| matches!(item.value, Value::Alias)));
    for deep in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(50_000)] {
        assert!(parse(&deep).is_err());
    }
    let commented = format!("{}a: 1\n", "# line\n".repeat(5_000));
    assert_eq!(read(&commented).comments.len(), 5_000);
}

/// Every character of a flow that is verbatim equals the byte it claims; every span lies in the file on character boundaries.
fn sound(text: &str, tree: &Tree) {
    let mut ahead: Vec<&Node> = tree.root.iter().chain(&tree.further).collect();
    while let Some(node) = ahead.pop() {
        assert!(text.get(node.span.range()).is_some(), "{node:?}");
        if let Some(flow) = node.flow() {
            assert!(flow.agrees_with(text), "{flow:?}");
        }
        ahead.extend(node.entries().iter().flat_map(|(key, value)| [key, value]));
        ahead.extend(node.items());
    }
}

/// How a YAML file can write a list of lines.
fn styled(lines: &[String], style: u8) -> String {
    let quoted = lines.join("\n\n   ");
    match style {
        0 => format!("a: |\n{}", lines.iter().map(|line| format!("  {line}\n")).collect::<String>()),
        1 => format!("a: >-\n{}", lines.iter().map(|line| format!("    {line}\n")).collect::<String>()),
        2 => format!("a: '{}'\n", quoted.replace('\'', "''")),
        3 => format!("a: \"{}\"\n", quoted.replace('\\', "\\\\").replace('"', "\\\"")),
        _ => format!("a: x{quoted}\n"),
    }
}

proptest! {
    #[test]
    fn any_text_is_safe(text in "\\PC*|[ \\-a:\\[\\]{}|>\"'\\\\\n\r\t#&*!x€0-9]{0,60}") {
        if let Ok(tree) = parse(&text) {
            sound(&text, &tree);
        }
    }

    #[test]
    fn written_lines_map_back(lines in prop::collection::vec("[a-z€$%.0-9'\"\\\\ ]{0,12}", 1..6), style in 0u8..5) {
        let text = styled(&lines, style);
        if let Ok(tree) = parse(&text) {
            sound(&text, &tree);
            let root = tree.root.expect("a root");
            let flow = root.get("a").and_then(Node::flow).expect("a scalar");
            // Words without anything to escape stand in the file as they read.
            let mut at = 0;
            for word in flow.text().split([' ', '\n']) {
                if !word.contains(['\'', '"', '\\']) && !word.is_empty() {
                    prop_assert_eq!(&text[flow.span(at..at + word.len()).range()], word);
                }
                at += word.len() + 1;
            }
        }
    }
}
