//! Where what is said stops: ends of sentences, semicolons and ends of lines, in one reading for the binder and all rules.
//!
//! Enters: running text, or a stretch of it. Leaves: bytes right behind stops, and what stands between them.
//! Invariant: a place is a character boundary of its text.
//!
//! A statement is narrower than a sentence: what stands on two sides of a semicolon or of a line break is not one claim, however much
//! its words share.

use std::ops::Range;

/// Abbreviations whose full stop ends nothing.
const ABBREVIATIONS: &[&str] = &[
    "vs", "v", "no", "inc", "co", "corp", "ltd", "approx", "ca", "c", "e.g", "i.e", "mr", "ms", "mrs", "dr", "st",
    "u.s", "u.k", "incl", "excl",
];

/// As many bytes as the longest abbreviation and what stands before it.
const ABBREVIATED: usize = 8;

/// No statement is longer: without a bound, the many numbers of one endless line would each be looked for from its start.
const LONGEST: usize = 2000;

/// Whether the mark at a byte ends a sentence: `.`, `!` or `?` before white space and a start, and neither the point of `3.5` nor the stop
/// of `vs.`.
pub(crate) fn ends_sentence(text: &str, at: usize) -> bool {
    // Asked of every byte: what follows is looked at behind such a mark alone.
    if !matches!(text.as_bytes().get(at), Some(b'.' | b'!' | b'?')) {
        return false;
    }
    let rest = text.get(at + 1..).unwrap_or_default().trim_start_matches(['"', '”', '’', '\'', ')']);
    let starts = || rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase());
    rest.starts_with(char::is_whitespace) && starts() && !is_abbreviated(text, at)
}

fn is_abbreviated(text: &str, stop: usize) -> bool {
    let near = text.get(text.ceil_char_boundary(stop.saturating_sub(ABBREVIATED))..stop).unwrap_or_default();
    let word = near.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether the mark at a byte ends a statement: a sentence, what stands before a semicolon, or a line.
fn ends_statement(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b';' | b'\n')) || ends_sentence(text, at)
}

/// The bytes right behind the statements of a text, in order.
pub(crate) fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    (0..text.len()).filter(|at| ends_statement(text, *at)).map(|at| at + 1)
}

/// Whether a statement ends within a stretch between two places.
pub(crate) fn parts(between: &str) -> bool {
    ends(between).next().is_some()
}

/// Whether a sentence or a line ends within a stretch between two places: a semicolon alone parts statements only.
pub(crate) fn parts_sentences(between: &str) -> bool {
    ends(between).any(|end| between.as_bytes().get(end - 1) != Some(&b';'))
}

/// What a text says behind the last statement that ends within it, as far back as any statement goes.
pub(crate) fn begun(head: &str) -> &str {
    let near = head.get(head.ceil_char_boundary(head.len().saturating_sub(LONGEST))..).unwrap_or_default();
    (0..near.len()).rev().find(|at| ends_statement(near, *at)).and_then(|at| near.get(at + 1..)).unwrap_or(near)
}

/// The statement around a place.
pub(crate) fn around(text: &str, place: &Range<usize>) -> Range<usize> {
    let to = text.floor_char_boundary(place.end.saturating_add(LONGEST));
    let behind = text.get(place.end..to).unwrap_or_default();
    let start = place.start - begun(text.get(..place.start).unwrap_or_default()).len();
    start..ends(behind).next().map_or(to, |end| place.end + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_of_closing_marks_are_read_once() {
        let text = format!("Revenue rose 4% to £3.5m. {}", ")".repeat(200_000));
        assert_eq!(ends(&text).count(), 1);
    }

    #[test]
    fn statements() {
        for (text, expected) in [
            (
                "Revenue was £3.5m. Costs fell; churn rose\nMargin held",
                vec!["Revenue was £3.5m.", "Costs fell;", "churn rose", "Margin held"],
            ),
            ("Up 4% vs. Budget. “Good.” Cash rose", vec!["Up 4% vs. Budget.", "“Good.", "” Cash rose"]),
            ("Net of approx. 3% (incl. Wales). then on", vec!["Net of approx. 3% (incl. Wales). then on"]),
            ("", vec![""]),
            (".", vec!["."]),
            ("…é. É", vec!["…é.", "É"]),
        ] {
            let all: Vec<usize> = [0].into_iter().chain(ends(text)).chain([text.len()]).collect();
            let said: Vec<&str> = all.windows(2).map(|pair| text[pair[0]..pair[1]].trim()).collect();
            assert_eq!(said, expected, "{text}");
        }
    }

    #[test]
    fn around_a_place() {
        let text = "Costs fell. Revenue of £3.5m, vs. £3.1m, was a record; cash rose.";
        let at = text.find("3.5").unwrap_or_default();
        assert_eq!(&text[around(text, &(at..at + 3))], " Revenue of £3.5m, vs. £3.1m, was a record;");
        assert_eq!(begun(&text[..at]), " Revenue of £");
        assert!(parts("fell. Revenue") && !parts("£3.5m, vs. £3.1m"));
    }
}
