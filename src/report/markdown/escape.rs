//! Text of a deck inside Markdown.
//!
//! Enters: any text. Leaves: Markdown on one line that shows it. Invariant: what is shown is the text, and it is only text.

use crate::report::visible;

/// What keeps a code host from making a mention, an issue's number or a link of the text around it, and takes no room. Backslashes do not:
/// hosts look for these in what Markdown has made.
const NOTHING: char = '\u{200b}';

/// Punctuation that means something in the middle of a line, which a backslash takes away (CommonMark, section 2.4).
const MARKUP: &[char] = &['\\', '`', '*', '_', '[', ']', '#', '|', '~', '@', '!', '^'];

/// Running text. A dollar sign stands in an element of its own: GitHub takes it for mathematics even behind a backslash.
pub(super) fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut safe = String::with_capacity(text.len() * 2);
    let mut characters = text.chars().peekable();
    let mut word = String::new();
    while let Some(c) = characters.next() {
        let ends_prefix = (c == '.' && word == "www") || (c == '-' && word == "gh");
        if ends_prefix {
            safe.push(NOTHING);
        }
        match c {
            '$' => safe.push_str("<span>$</span>"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            c if MARKUP.contains(&c) => safe.extend(['\\', c]),
            c => safe.push(c),
        }
        // `https://`, `mailto:`, `:smile:`.
        let scheme = c == ':' && characters.peek().is_some_and(|next| *next == '/' || next.is_alphabetic());
        if scheme || matches!(c, '@' | '#') {
            safe.push(NOTHING);
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else {
            word.clear();
        }
    }
    safe
}

/// A path, as code. A cell of a table ends at a bar even within code, and code ends at a run of as many backticks as it began with.
pub(super) fn code(text: &str) -> String {
    let text = visible(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_references_and_mathematics_are_taken_away() {
        for (text, expected) in [
            ("ARR, FY2025-Q3 (actual): 4.2%", "ARR, FY2025-Q3 (actual): 4.2%"),
            ("*a* `b` [c](d)", "\\*a\\* \\`b\\` \\[c\\](d)"),
            ("a|b<c>&d;", "a\\|b&lt;c&gt;&amp;d;"),
            ("$4M", "<span>$</span>4M"),
            ("@team #12 GH-12", "\\@\u{200b}team \\#\u{200b}12 GH\u{200b}-12"),
            ("https://x.org www.x.org", "https:\u{200b}//x.org www\u{200b}.x.org"),
            ("a\nb", "a\\\\u{a}b"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn a_path_is_code_whatever_it_is_called() {
        assert_eq!(code("slides.md:3"), "`slides.md:3`");
        assert_eq!(code("a``b|c.md"), "```a``b\\|c.md```");
        assert_eq!(code("`.md"), "`` `.md ``");
    }
}
