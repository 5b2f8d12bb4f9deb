//! Words as names are compared by: case, plural, hyphen, ampersand and determiner aside.
//!
//! Enters: text. Leaves: stems with the bytes they stand for.
//! Invariant: stems of a name found inside a text are a run of the text's stems.

use std::ops::Range;

/// A word of a text, as names are compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    /// Lower case, singular.
    pub(crate) stem: String,
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// Whether it is written with a capital.
    pub(crate) capital: bool,
}

/// The words of a text in order. Hyphens and slashes separate, but for syllables that go without a hyphen as well; apostrophes do not;
/// `&` is "and"; `%` and `$` are words of their own.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || (matches!(c, '\'' | '’' | '\u{ad}') && start.is_some());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(&mut found, text, from..at);
                start = None;
            }
            _ => {}
        }
        if matches!(c, '&' | '%' | '+') {
            let stem = if c == '&' { "and".to_owned() } else { c.to_string() };
            found.push(Word { stem, range: at..at + c.len_utf8(), capital: false });
        }
    }
    if let Some(from) = start {
        push(&mut found, text, from..text.len());
    }
    found
}

fn push(found: &mut Vec<Word>, text: &str, range: Range<usize>) {
    let raw = &text[range.clone()];
    let mut stem = String::with_capacity(raw.len());
    raw.chars().filter(|c| c.is_alphanumeric() || *c == '\'' || *c == '’').for_each(|c| fold(&mut stem, c));
    for possessive in ["'s", "’s", "'", "’"] {
        if let Some(bare) = stem.strip_suffix(possessive) {
            stem.truncate(bare.len());
            break;
        }
    }
    stem.retain(char::is_alphanumeric);
    if stem.is_empty() {
        return;
    }
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    if let Some(last) = found.last_mut().filter(|last| is_prefix(&last.stem))
        && text.get(last.range.end..range.start) == Some("-")
    {
        last.stem.push_str(&singular(stem));
        last.range.end = range.end;
        return;
    }
    found.push(Word { stem: singular(stem), range, capital });
}

/// Syllables that are written with a hyphen or without: `re-let`, `pre-tax`, `e-commerce`.
fn is_prefix(stem: &str) -> bool {
    matches!(stem, "re" | "pre" | "e" | "co")
}

/// Appends a character in lower case, with typesetters' ligatures taken apart: filings are full of `ﬁ`.
fn fold(stem: &mut String, c: char) {
    match c {
        _ if c.is_ascii() => stem.push(c.to_ascii_lowercase()),
        'ﬁ' => stem.push_str("fi"),
        'ﬂ' => stem.push_str("fl"),
        'ﬀ' => stem.push_str("ff"),
        'ﬃ' => stem.push_str("ffi"),
        _ => stem.extend(c.to_lowercase()),
    }
}

/// The singular of a word, well enough for both sides of a comparison to meet.
fn singular(mut word: String) -> String {
    let ascii = word.is_ascii();
    if ascii && word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ascii && ["sses", "xes", "ches", "shes"].iter().any(|end| word.ends_with(end)) {
        word.truncate(word.len() - 2);
    } else if ascii
        && word.len() > 3
        && word.ends_with('s')
        && word != "whereas"
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
    {
        word.pop();
    }
    word
}

/// A text on one line: every run of white space is a space, and none stands at the ends.
pub(crate) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that carry no meaning in a name.
const DETERMINERS: &[&str] = &["the", "a", "an", "our", "its", "their", "this", "that", "these", "those"];

/// Whether a stem is a determiner.
pub(crate) fn is_determiner(stem: &str) -> bool {
    DETERMINERS.contains(&stem)
}

/// The stems of a name: determiners left out.
pub(crate) fn stems(name: &str) -> Vec<String> {
    words(name).into_iter().map(|word| word.stem).filter(|stem| !is_determiner(stem)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_a_name_have_the_same_stems() {
        for (a, b) in [
            ("Sales & Marketing", "sales and marketing"),
            ("Net-new ARR", "net new arr"),
            ("the Customers", "customer"),
            ("Companies", "company"),
            ("Net losses before taxes", "net loss before tax"),
            ("company’s cash", "company cash"),
            ("Re-let time", "relet times"),
            ("pre-tax profit", "pretax profit"),
            ("Net cash inﬂow", "net cash inflow"),
        ] {
            assert_eq!(stems(a), stems(b), "{a} / {b}");
        }
        assert_ne!(stems("gross loss"), stems("gross los"));
    }
}
