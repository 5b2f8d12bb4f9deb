//! Where somebody or something is reached: web and mail addresses, paths, telephone numbers, codes to dial.
//!
//! Enters: a tape and the index of the token that may start one. Leaves: what was set aside.
//! Invariant: digits in groups are a telephone number only where a plus, a zero, their shape or a word beside them says so.

use super::super::Aside;
use super::super::fold::{Words, words};
use super::super::lex::{Kind, Tape};
use super::super::number::Shape;
use super::SetAside;

/// File endings that make a chunk a path.
const ENDING_LIST: &[&str] = &[
    "csv", "doc", "docx", "gif", "htm", "html", "ipynb", "jpeg", "jpg", "js", "json", "md", "pdf", "png", "ppt",
    "pptx", "py", "qmd", "rs", "sql", "svg", "toml", "txt", "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip",
];

static ENDINGS: Words = words!(ENDING_LIST);

/// A web or mail address or a path that starts at a token, if it has digits in it.
pub(in crate::extract) fn address(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    if tape.glued(at)
        || !matches!(
            tape.kind(at)?,
            Kind::Word | Kind::Mixed | Kind::Number(_) | Kind::Symbol('/' | '.' | '~' | '<' | '(' | '"' | '[')
        )
    {
        return None;
    }
    let start = tape.start(at);
    let rest = &tape.text.as_bytes()[start..];
    let len = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
    let chunk = &rest[..len];
    if !chunk.iter().any(u8::is_ascii_digit) || memchr::memchr3(b'/', b'@', b'.', chunk).is_none() {
        return None;
    }
    if !is_address(chunk) {
        return None;
    }
    let end = start + len;
    let mut next = at + 1;
    while next < tape.len() && tape.start(next) < end && !tape.is_claimed(next) {
        next += 1;
    }
    while next > at + 1
        && matches!(tape.symbol(next - 1), Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | '>' | ']' | '"' | '”' | '\''))
    {
        next -= 1;
    }
    Some(SetAside { first: at, next, why: Aside::Address })
}

fn is_address(chunk: &[u8]) -> bool {
    let text = std::str::from_utf8(chunk).unwrap_or_default();
    let text = text.trim_start_matches(['<', '(', '"', '[']);
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    if bare.contains("://") || bare.starts_with("www.") {
        return true;
    }
    if let Some((user, host)) = bare.split_once('@') {
        let ends_in_letters =
            host.rsplit('.').next().is_some_and(|end| end.len() > 1 && end.bytes().all(|b| b.is_ascii_alphabetic()));
        return !user.is_empty() && host.contains('.') && ends_in_letters;
    }
    let file = bare.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && ENDINGS.has(end));
    let path = bare.starts_with("./") || bare.starts_with("../") || bare.starts_with("~/");
    file || path
}

/// Words that announce a telephone number.
const CALL_WORDS: &[&str] = &["call", "dial", "fax", "hotline", "in", "line", "mobile", "phone", "tel", "telephone"];

static CALLS: Words = words!(CALL_WORDS);

/// Words that announce a code to type.
const CODE_WORDS: &[&str] = &["code", "codes", "id", "passcode", "pin"];

static CODES: Words = words!(CODE_WORDS);

/// A telephone number, or a code in groups, that starts at a digit or a plus.
pub(in crate::extract) fn telephone(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let plus = tape.is_symbol(at, '+') && tape.glued(at + 1);
    let first = if plus || tape.is_symbol(at, '(') && tape.glued(at + 1) { at + 1 } else { at };
    let lead = tape.numeral(first)?;
    if lead.places > 0 || lead.shape != Shape::Number {
        return None;
    }
    let (mut next, mut groups, mut digits) = (first + 1, 1_u32, lead.whole_digits);
    let mut all_threes = true;
    let mut hyphened = false;
    while let Some((group, after)) = next_group(tape, next) {
        let numeral = tape.numeral(group)?;
        hyphened |= group > next && tape.is_symbol(group - 1, '-');
        all_threes &= numeral.whole_digits == 3;
        (groups, digits, next) = (groups + 1, digits + numeral.whole_digits, after);
        if groups > 6 {
            return None;
        }
    }
    let said =
        |words: &Words| (1..=3).any(|back| at >= back && tape.word_at(at - back).is_some_and(|word| words.has(word)));
    let direct = |words: &Words| at > 0 && tape.word_at(at - 1).is_some_and(|word| words.has(word));
    let zero = lead.zero_led;
    let american = groups == 3 && hyphened && digits == 10;
    let telephone = plus && groups >= 2 && digits >= 7 && (!all_threes || groups > 4 || hyphened)
        || zero && groups >= 2 && digits >= 9
        || american
        || groups >= 2 && digits >= 7 && said(&CALLS) && !all_threes;
    let why = if telephone {
        Aside::Telephone
    } else if direct(&CODES) && digits >= 4 && !lead.grouped {
        Aside::Identifier
    } else {
        return None;
    };
    Some(SetAside { first: at, next, why })
}

/// The next group of a telephone number: behind one space, a hyphen, a point, or brackets.
fn next_group(tape: &Tape<'_>, next: usize) -> Option<(usize, usize)> {
    let plain = |at: usize| {
        tape.numeral(at).is_some_and(|n| {
            n.shape == Shape::Number && n.places == 0 && (2..=5).contains(&n.whole_digits) && !n.grouped
        })
    };
    let near = |at: usize| tape.start(at).saturating_sub(tape.end(at - 1)) <= 1;
    if plain(next) && near(next) {
        return Some((next, next + 1));
    }
    let link = matches!(tape.symbol(next), Some('-' | '‐' | '‑' | '.' | ')' | '(' | '/')) && near(next);
    (link && plain(next + 1) && near(next + 1)).then_some((next + 1, next + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(ENDING_LIST.is_sorted() && CALL_WORDS.is_sorted() && CODE_WORDS.is_sorted());
    }
}
