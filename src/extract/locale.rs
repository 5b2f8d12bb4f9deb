//! Which decimal mark a document writes.
//!
//! Enters: the declared language and every text. Leaves: a [`DecimalMark`].
//! Invariant: without a declaration only evidence moves it from the point, and to a comma only where all agree; `1.234` alone is no evidence.

use super::DecimalMark;
use super::currency;

/// Languages that write a decimal comma, by their two- or three-letter tag.
const COMMA: &[&str] = &[
    "af", "be", "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "hy", "id", "is",
    "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "tr", "uk", "uz", "vi",
];

/// Regions that write a point though their language writes a comma.
const POINT: &[&str] =
    &["de-ch", "de-li", "es-gt", "es-hn", "es-mx", "es-ni", "es-pa", "es-pe", "es-pr", "es-sv", "es-us", "it-ch"];

/// The decimal mark that a document's numbers agree on; the point unless declared or evidence says otherwise.
pub fn decimal_mark<'a>(
    language: Option<&str>,
    texts: impl Iterator<Item = &'a str>,
    cells: impl Iterator<Item = &'a str>,
) -> DecimalMark {
    let declared = language.and_then(declared);
    if declared == Some(DecimalMark::Comma) {
        return DecimalMark::Comma;
    }
    let mut evidence = Evidence::default();
    for text in texts {
        evidence.gather(text);
    }
    let (grouped, commas) = cells.fold((0, evidence.commas), |(grouped, commas), cell| match grouping(cell) {
        Some(',') => (grouped, commas + 1),
        Some(_) => (grouped + 1, commas),
        None => (grouped, commas),
    });
    let spaced = evidence.spaced > 0 || grouped >= HABIT;
    match declared {
        None if evidence.comma > 0 && evidence.point == 0 => DecimalMark::Comma,
        None if evidence.comma >= HABIT => DecimalMark::Either,
        _ if spaced && commas == 0 => DecimalMark::SpacedPoint,
        _ => DecimalMark::Point,
    }
}

fn declared(language: &str) -> Option<DecimalMark> {
    let tag = language.trim().to_ascii_lowercase().replace('_', "-");
    let primary = tag.split('-').next().filter(|primary| (2..=3).contains(&primary.len()))?;
    let comma = COMMA.binary_search(&primary).is_ok() && POINT.binary_search(&tag.as_str()).is_err();
    Some(if comma { DecimalMark::Comma } else { DecimalMark::Point })
}

/// What groups the digits of a table's cell that is nothing but a number: `14 860`, `(1,038)`.
fn grouping(cell: &str) -> Option<char> {
    let bare = cell.trim().trim_start_matches(['-', '−', '(', '+']).trim_end_matches(')');
    let mut groups = bare.split([' ', '\u{a0}', '\u{202f}', ',']);
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()) && digits(first))?;
    let (mut rest, mark) = (groups.peekable(), bare[first.len()..].chars().next()?);
    (rest.peek().is_some() && rest.all(|group| group.len() == 3 && digits(group))).then_some(mark)
}

/// So many decimal commas beside decimal points are a habit, and no slips of the hand; so are so many cells whose digits spaces group.
const HABIT: usize = 3;

/// How many numbers can only be read one way.
#[derive(Default)]
struct Evidence {
    comma: usize,
    point: usize,
    /// `EUR 1 012.7`: amounts whose digits only a space can group.
    spaced: usize,
    /// `1,012`: digits that a comma groups.
    commas: usize,
}

impl Evidence {
    /// Looks at each run of digits and marks once.
    fn gather(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let len = bytes[at..]
                .iter()
                .enumerate()
                .take_while(|(i, b)| {
                    b.is_ascii_digit()
                        || matches!(b, b'.' | b',') && bytes.get(at + i + 1).is_some_and(u8::is_ascii_digit)
                })
                .count();
            self.weigh(text, at, at + len);
            self.spaced += usize::from(is_spaced(text, at, at + len));
            at += len;
        }
    }

    fn weigh(&mut self, text: &str, start: usize, end: usize) {
        let run = &text[start..end];
        let groups: Vec<&str> = run.split(['.', ',']).take(8).collect();
        let marks: Vec<char> = run.chars().filter(|c| !c.is_ascii_digit()).take(8).collect();
        let (Some(&last), Some(last_group)) = (marks.last(), groups.last()) else { return };
        let threes = (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
        let same = marks.iter().all(|&mark| mark == last);
        self.commas += usize::from(threes && marks.first() == Some(&','));
        let mark_of_fraction = match (same, marks.len()) {
            // `1.234.567` groups by the point.
            (true, 2..) if threes => Some(if last == '.' { ',' } else { '.' }),
            // `42,3` beside a unit; without one it may be a list.
            (true, 1) if last_group.len() != 3 && has_unit(text, start, end) => Some(last),
            (false, _) => {
                let head = &groups[..groups.len() - 1];
                let clean = head.len() > 1 && head[1..].iter().all(|group| group.len() == 3);
                let others = marks[..marks.len() - 1].iter().all(|&mark| mark != last);
                (clean && others).then_some(last)
            }
            _ => None,
        };
        match mark_of_fraction {
            Some(',') => self.comma += 1,
            Some(_) => self.point += 1,
            None => {}
        }
    }
}

/// `EUR 1 012.7`, `€1 012.7`: up to three digits behind a currency, a space, and three more with a fraction.
fn is_spaced(text: &str, start: usize, end: usize) -> bool {
    let tail = text[end..].strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or_default().as_bytes();
    let fraction =
        tail.len() > 4 && tail[..3].iter().all(u8::is_ascii_digit) && tail[3] == b'.' && tail[4].is_ascii_digit();
    end - start <= 3 && fraction && has_currency(text, start)
}

/// `EUR 12`, `€12`: whether a currency stands directly before the digits.
fn has_currency(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end_matches([' ', '\u{a0}']);
    let word = head.rsplit(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
    currency::iso::code(word).is_some() || head.chars().next_back().and_then(currency::of_symbol).is_some()
}

/// Whether a currency, a percent sign or a scale stands directly beside the digits.
fn has_unit(text: &str, start: usize, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let after = rest.chars().next();
    let word: &str = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let scale =
        ["k", "m", "mio", "mrd", "mn", "bn", "million", "millionen", "milliarden", "eur", "prozent", "millions", "usd"];
    has_currency(text, start)
        || after.is_some_and(|c| c == '%' || currency::of_symbol(c).is_some())
        || scale.iter().any(|scale| word.eq_ignore_ascii_case(scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(COMMA.is_sorted() && POINT.is_sorted());
    }

    #[test]
    fn a_declaration_settles_it_and_unanimous_evidence_otherwise() {
        use DecimalMark::{Comma, Either, Point, SpacedPoint};
        for (language, texts, want) in [
            (Some("de"), &["1.234"][..], Comma),
            (Some("de-CH"), &["42,3 %"], Point),
            (Some("en-GB"), &["42,3 %"], Point),
            (Some("sv_SE"), &[], Comma),
            (None, &["Umsatz 42,3 Mio. €", "1.234 Kunden"], Comma),
            (None, &["€ 1.234,50"], Comma),
            (None, &["- 2029-03-12 to 2030-03.13: EUR 22,90"], Comma),
            (None, &["1.234"], Point),
            (None, &["rows 1,2 and 3,4"], Point),
            (None, &["up 4,2%", "up 4.2%"], Point),
            (None, &["up 4,2%", "up 4.2%, of €110,17 and €3,61"], Either),
            (None, &["1.282.041 items"], Comma),
            (None, &["v4.2", "€ 12,5"], Comma),
            (None, &["rose to EUR 1 012.7 million", "348 400 homes"], SpacedPoint),
            (Some("en"), &["rose to €1 012.7 million"], SpacedPoint),
            (None, &["rose to EUR 1 012.7 million", "48,400 homes"], Point),
            (None, &["in 2024 318.5 of them"], Point),
        ] {
            assert_eq!(
                decimal_mark(language, texts.iter().copied(), std::iter::empty()),
                want,
                "{language:?} {texts:?}"
            );
        }
    }

    #[test]
    fn tables_tell_that_spaces_group_digits() {
        use DecimalMark::{Point, SpacedPoint};
        for (texts, cells, want) in [
            (&[][..], &["1 507", "−802", "(2 421)", "14 860"][..], SpacedPoint),
            (&[], &["1 507", "14 860"], Point),
            (&["48,400 homes"], &["1 507", "2 421", "14 860"], Point),
            (&[], &["1 507", "2 421", "14 860", "1,038"], Point),
            (&[], &["12 May", "30 120 x", "2025 318", "1 50"], Point),
        ] {
            assert_eq!(decimal_mark(None, texts.iter().copied(), cells.iter().copied()), want, "{texts:?} {cells:?}");
        }
    }
}
