//! Marks inside a line that are not said: attributes, template placeholders, references to footnotes that are defined elsewhere.
//!
//! Enters: text at a bracket or brace. Leaves: where the mark ends. Invariant: a mark ends on its own line, within a short reach.

use std::ops::Range;

use memchr::memchr2;

/// Longest mark worth looking at, in bytes.
const REACH: usize = 300;

/// What is shown of a stretch of text up to the next mark, and where the text goes on after that mark.
pub(super) fn shown(file: &str, range: Range<usize>) -> (Range<usize>, usize) {
    let Some(text) = file.get(range.clone()) else { return (range.start..range.start, range.end.max(range.start)) };
    let mut from = 0;
    while let Some(found) = memchr2(b'[', b'{', &text.as_bytes()[from..]) {
        let at = range.start + from + found;
        let end = match file.as_bytes()[at] {
            b'[' => footnote_end(file, at),
            _ => placeholder_end(file, at),
        };
        if end > at {
            return (range.start..at, end);
        }
        from += found + 1;
    }
    (range.clone(), range.end)
}

/// Where attributes end that stand directly behind a link, picture or code: `{width=50%}`, `{.lead}`. `at`, when there are none.
pub(super) fn attributes_end(file: &str, at: usize) -> usize {
    if file.as_bytes().get(at) != Some(&b'{') {
        return at;
    }
    let Some(inner) = window(file, at).strip_prefix('{') else { return at };
    let Some(end) = inner.find('}') else { return at };
    let inner = inner[..end].trim_start();
    let attributes = inner.starts_with(['.', '#', ':', '='])
        || inner.split_whitespace().next().is_some_and(|first| first.contains('='));
    if attributes { at + 1 + end + 1 } else { at }
}

/// `[^label]`.
fn footnote_end(file: &str, at: usize) -> usize {
    let Some(label) = window(file, at).strip_prefix("[^") else { return at };
    match label.find(|c: char| c == ']' || c == '[' || c.is_whitespace()) {
        Some(end) if end > 0 && label[end..].starts_with(']') => at + 2 + end + 1,
        _ => at,
    }
}

/// `{{ variable }}`, `{{< shortcode >}}`, and attributes behind a bracket: `[words]{.red}`.
fn placeholder_end(file: &str, at: usize) -> usize {
    let rest = window(file, at);
    if rest.starts_with("{{") {
        return rest.find("}}").map_or(at, |end| at + end + 2);
    }
    if file[..at].ends_with(']') { attributes_end(file, at) } else { at }
}

/// The rest of the line, at most [`REACH`] bytes of it.
fn window(file: &str, at: usize) -> &str {
    let rest = file.get(at..file.floor_char_boundary(at + REACH)).unwrap_or_default();
    rest.split('\n').next().unwrap_or_default()
}
