//! Character references of HTML: `&nbsp;`, `&#36;`, `&#x20AC;`.
//!
//! Enters: text at an `&`. Leaves: what it stands for and its length. Invariant: anything unknown is left as it is written.

/// The named references that business documents are written with, sorted by name.
const NAMED: [(&str, &str); 84] = [
    ("Delta", "Δ"),
    ("NewLine", "\n"),
    ("Oslash", "Ø"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("amp", "&"),
    ("ap", "≈"),
    ("apos", "'"),
    ("approx", "≈"),
    ("ast", "*"),
    ("asymp", "≈"),
    ("auml", "ä"),
    ("bull", "•"),
    ("ccedil", "ç"),
    ("cent", "¢"),
    ("colon", ":"),
    ("comma", ","),
    ("commat", "@"),
    ("copy", "©"),
    ("curren", "¤"),
    ("darr", "↓"),
    ("deg", "°"),
    ("delta", "δ"),
    ("divide", "÷"),
    ("dollar", "$"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("emsp", "\u{2003}"),
    ("ensp", "\u{2002}"),
    ("equals", "="),
    ("euro", "€"),
    ("figsp", "\u{2007}"),
    ("frac12", "½"),
    ("frac13", "⅓"),
    ("frac14", "¼"),
    ("frac23", "⅔"),
    ("frac34", "¾"),
    ("ge", "≥"),
    ("gt", ">"),
    ("half", "½"),
    ("hellip", "…"),
    ("hyphen", "‐"),
    ("iexcl", "¡"),
    ("laquo", "«"),
    ("larr", "←"),
    ("ldquo", "“"),
    ("le", "≤"),
    ("lpar", "("),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("micro", "µ"),
    ("middot", "·"),
    ("minus", "−"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("ne", "≠"),
    ("num", "#"),
    ("numsp", "\u{2007}"),
    ("ouml", "ö"),
    ("para", "¶"),
    ("percnt", "%"),
    ("period", "."),
    ("permil", "‰"),
    ("plus", "+"),
    ("plusmn", "±"),
    ("pound", "£"),
    ("quot", "\""),
    ("raquo", "»"),
    ("rarr", "→"),
    ("rdquo", "”"),
    ("reg", "®"),
    ("rpar", ")"),
    ("rsquo", "’"),
    ("sect", "§"),
    ("shy", "\u{ad}"),
    ("sol", "/"),
    ("szlig", "ß"),
    ("thinsp", "\u{2009}"),
    ("times", "×"),
    ("trade", "™"),
    ("uarr", "↑"),
    ("uuml", "ü"),
    ("yen", "¥"),
];

/// Longest reference worth looking at, `&` and `;` included.
const LONGEST: usize = 12;

/// Decodes the reference at the start of a text: what it stands for, and its length in bytes.
pub(crate) fn decode(text: &str) -> Option<(Decoded, usize)> {
    if !text.starts_with('&') {
        return None;
    }
    let window = &text.as_bytes()[..text.len().min(LONGEST)];
    let end = window.iter().position(|&byte| byte == b';')?;
    let name = text.get(1..end)?;
    let decoded = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            // Zero and surrogates read as the replacement character, as browsers have it.
            let char = code.ok().map(|code| char::from_u32(code).filter(|&c| c != '\0').unwrap_or('\u{fffd}'))?;
            Decoded::Char(char)
        }
        None => Decoded::Text(NAMED[NAMED.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?].1),
    };
    Some((decoded, end + 1))
}

/// What a reference stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Decoded {
    /// A numbered character.
    Char(char),
    /// A named one.
    Text(&'static str),
}

impl Decoded {
    /// As text; `buffer` gives it room.
    pub(crate) fn as_str(self, buffer: &mut [u8; 4]) -> &str {
        match self {
            Self::Char(char) => char.encode_utf8(buffer),
            Self::Text(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMED, decode};

    #[test]
    fn names_are_sorted_so_that_the_search_finds_them() {
        assert!(NAMED.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn references() {
        let read = |text: &str| decode(text).map(|(decoded, length)| (decoded.as_str(&mut [0; 4]).to_owned(), length));
        assert_eq!(read("&euro;4"), Some(("€".to_owned(), 6)));
        assert_eq!(read("&#36;4"), Some(("$".to_owned(), 5)));
        assert_eq!(read("&#x2212;4"), Some(("−".to_owned(), 8)));
        assert_eq!(read("&#0;"), Some(("\u{fffd}".to_owned(), 4)));
        for text in ["&", "&;", "&S&P;", "&unknown;", "&#;", "&#xZZ;", "&#99999999999;", "& 4;", " amp;"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
