//! The words and signs of unit phrases.
//!
//! Enters: a text. Leaves: its tokens, each with what it means to a unit phrase.
//! Invariant: tokens ascend and never overlap.

use std::ops::Range;

use crate::quantity::Unit;

/// What one token means to a unit phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atom {
    /// A currency; `glyph` for signs and codes, which mean it anywhere, unlike words.
    Currency { code: &'static str, glyph: bool },
    /// A hundredth of a currency: `pence`, `cents`.
    Minor(&'static str),
    /// A scale; `letter` for `m`, `k`, `bn`, which need company.
    Scale { power: u32, letter: bool },
    /// Another unit.
    Unit(Unit),
    /// `per share`.
    PerShare,
    /// Words that hold a unit phrase together: `in`, `of`, `amounts`, `figures`.
    Glue,
    /// Words after which exceptions and provisos follow: `except`, `unless`.
    Proviso,
    /// `(` or `[`.
    Open,
    /// `)` or `]`.
    Close,
    /// `,`, `;`, `:`, `–` and the full stop.
    Break,
    /// `/`.
    Slash,
    /// Digits.
    Number,
    /// Anything else.
    Word,
}

/// A token and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// What it means.
    pub(super) atom: Atom,
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        if first.is_alphabetic() {
            let mut abbreviation = false;
            while let Some(&(at, next)) = chars.peek() {
                // `U.S.` is one word with all its stops; the stop of a sentence is none of the word.
                let dotted =
                    next == '.' && (abbreviation || text[at + 1..].chars().next().is_some_and(char::is_alphabetic));
                if !(next.is_alphabetic() || dotted) {
                    break;
                }
                abbreviation |= dotted;
                end = at + next.len_utf8();
                chars.next();
            }
            word(text, start..end, &mut found);
        } else if first.is_ascii_digit() {
            while let Some(&(at, next)) = chars.peek() {
                let inner = matches!(next, ',' | '.') && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
                if !(next.is_ascii_digit() || inner) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            digits(text, start..end, &mut found);
        } else {
            symbol(text, first, start..end, &mut found);
        }
    }
    found
}

/// A run of letters; `EURm` is two tokens.
fn word(text: &str, range: Range<usize>, found: &mut Vec<Token>) {
    let written = &text[range.clone()];
    if let Some((head, tail)) = written.split_at_checked(3)
        && let Some(code) = currency_code(head)
        && let Some(power) = scale_word(tail, true)
    {
        let middle = range.start + 3;
        found.push(Token { range: range.start..middle, atom: Atom::Currency { code, glyph: true } });
        found.push(Token { range: middle..range.end, atom: Atom::Scale { power, letter: true } });
        return;
    }
    // `R m`, `Rbn`, `R million`: the South African rand has no sign but its letter.
    let rand = Atom::Currency { code: "ZAR", glyph: true };
    if let Some(power) = written.strip_prefix('R').and_then(|scale| scale_word(scale, true)) {
        let middle = range.start + 1;
        found.push(Token { range: range.start..middle, atom: rand });
        found.push(Token { range: middle..range.end, atom: Atom::Scale { power, letter: true } });
        return;
    }
    if (scale_word(written, true).is_some() || scale_word(&written.to_lowercase(), false).is_some())
        && let Some(last) = found.last_mut().filter(|token| &text[token.range.clone()] == "R")
    {
        last.atom = rand;
    }
    // `kt`, `koz`: a scale and the measure that it is of.
    if let Some((power, unit)) = scaled_measure(written) {
        let middle = range.start + 1;
        found.push(Token { range: range.start..middle, atom: Atom::Scale { power, letter: true } });
        found.push(Token { range: middle..range.end, atom: Atom::Unit(Unit::Measure(unit.to_owned())) });
        return;
    }
    // `basis points`, `percentage points`.
    if matches!(written.to_lowercase().as_str(), "point" | "points")
        && let Some(first) = found.last_mut()
        && let Some(unit) = points(&text[first.range.clone()])
    {
        *first = Token { range: first.range.start..range.end, atom: Atom::Unit(unit) };
        return;
    }
    let atom = word_atom(written, found.last().map(|token| (&token.atom, token.range.end == range.start)));
    found.push(Token { range, atom });
}

/// Masses that are written with a scale of their own, as the power of ten and the measure. Their first letter is a byte.
fn scaled_measure(written: &str) -> Option<(u32, &'static str)> {
    match written {
        "kt" => Some((3, "t")),
        "Mt" => Some((6, "t")),
        "koz" => Some((3, "oz")),
        "Moz" => Some((6, "oz")),
        _ => None,
    }
}

/// The unit that a word makes of the points after it.
fn points(word: &str) -> Option<Unit> {
    match word.to_lowercase().as_str() {
        "basis" => Some(Unit::BasisPoints),
        "percentage" => Some(Unit::Points),
        _ => None,
    }
}

fn word_atom(written: &str, before: Option<(&Atom, bool)>) -> Atom {
    if let Some(code) = currency_code(written) {
        return Atom::Currency { code, glyph: true };
    }
    let lower = written.to_lowercase();
    if let Some(power) = scale_word(&lower, false) {
        return Atom::Scale { power, letter: false };
    }
    // `s` ends `$000s` and `'000s`.
    if lower == "s" && matches!(before, Some((Atom::Scale { .. } | Atom::Glue, true))) {
        return Atom::Glue;
    }
    if let Some(power) = scale_word(written, true) {
        return Atom::Scale { power, letter: true };
    }
    match lower.trim_end_matches('.') {
        "dollars" | "dollar" | "u.s" => Atom::Currency { code: "USD", glyph: false },
        "euro" | "euros" => Atom::Currency { code: "EUR", glyph: false },
        "pounds" | "sterling" => Atom::Currency { code: "GBP", glyph: false },
        "yen" => Atom::Currency { code: "JPY", glyph: false },
        "rupees" => Atom::Currency { code: "INR", glyph: false },
        "rs" => Atom::Currency { code: "INR", glyph: true },
        "rmb" => Atom::Currency { code: "CNY", glyph: true },
        "pence" => Atom::Minor("GBP"),
        // Cents of which currency only the table may know.
        "cents" => Atom::Unit(Unit::Measure(lower)),
        "percent" | "pct" | "percentage" => Atom::Unit(Unit::Percent),
        "pp" | "ppt" | "ppts" => Atom::Unit(Unit::Points),
        "bps" | "bp" => Atom::Unit(Unit::BasisPoints),
        "x" | "times" => Atom::Unit(Unit::Multiple),
        "days" => Atom::Unit(Unit::Duration("days")),
        "weeks" => Atom::Unit(Unit::Duration("weeks")),
        "months" => Atom::Unit(Unit::Duration("months")),
        "years" => Atom::Unit(Unit::Duration("years")),
        "hours" | "hrs" => Atom::Unit(Unit::Duration("hours")),
        "minutes" | "mins" => Atom::Unit(Unit::Duration("minutes")),
        "t" | "oz" if written == lower => {
            Atom::Unit(crate::extract::unit_named(written).unwrap_or(Unit::Measure(lower)))
        }
        "teu" | "twh" | "gwh" | "mwh" | "kwh" | "mw" | "gw" | "tonnes" | "tons" | "kg" | "sqm" | "km" | "boe"
        | "gj" | "ha" | "litres" => {
            Atom::Unit(crate::extract::unit_named(written).unwrap_or(Unit::Measure(written.to_owned())))
        }
        "number" | "count" => Atom::Unit(Unit::Count),
        "share" | "per" | "ads" => Atom::PerShare,
        "in" | "of" | "amounts" | "amount" | "figures" | "all" | "values" | "expressed" | "stated" | "presented"
        | "us" | "the" | "currency" | "unaudited" | "audited" | "are" | "shown" | "and" | "nominal" => Atom::Glue,
        "except" | "unless" | "excluding" => Atom::Proviso,
        _ => Atom::Word,
    }
}

/// `000` after a currency or an apostrophe is a scale; every other run of digits is a number.
fn digits(text: &str, range: Range<usize>, found: &mut Vec<Token>) {
    let power = match &text[range.clone()] {
        "000" => Some(3),
        "000,000" => Some(6),
        _ => None,
    };
    // `Bed days, 000`, `000 tonnes`.
    let leads = found.last().is_none_or(|token| {
        matches!(token.atom, Atom::Currency { .. } | Atom::Glue | Atom::Open)
            || text.get(token.range.clone()) == Some(",") && token.range.end < range.start
    });
    let quoted = found
        .last()
        .is_some_and(|token| token.atom == Atom::Word && matches!(&text[token.range.clone()], "'" | "’" | "‘"));
    match power {
        Some(power) if quoted => {
            let open = found.pop().map_or(range.start, |token| token.range.start);
            // `R'000`.
            if let Some(last) = found.last_mut().filter(|token| &text[token.range.clone()] == "R") {
                last.atom = Atom::Currency { code: "ZAR", glyph: true };
            }
            found.push(Token { range: open..range.end, atom: Atom::Scale { power, letter: false } });
        }
        Some(power) if leads => found.push(Token { range, atom: Atom::Scale { power, letter: false } }),
        _ => found.push(Token { range, atom: Atom::Number }),
    }
}

fn symbol(text: &str, symbol: char, mut range: Range<usize>, found: &mut Vec<Token>) {
    let code = match symbol {
        '$' => Some("USD"),
        '€' => Some("EUR"),
        '£' => Some("GBP"),
        '¥' => Some("JPY"),
        '₹' => Some("INR"),
        '₩' => Some("KRW"),
        _ => None,
    };
    if let Some(mut code) = code {
        // Letters glued to the sign tell dollars apart: `US$`, `A$`, `HK$`.
        if let Some(before) = found.last().filter(|token| token.range.end == range.start && symbol == '$')
            && let Some((_, dollar)) = DOLLARS.iter().find(|(letters, _)| *letters == &text[before.range.clone()])
        {
            code = dollar;
            range.start = before.range.start;
            found.pop();
        }
        return found.push(Token { range, atom: Atom::Currency { code, glyph: true } });
    }
    let atom = match symbol {
        '%' => Atom::Unit(Unit::Percent),
        '(' | '[' => Atom::Open,
        ')' | ']' => Atom::Close,
        ',' | ';' | ':' | '.' | '–' | '—' | '|' => Atom::Break,
        '#' => Atom::Unit(Unit::Count),
        '/' => Atom::Slash,
        // `000's`.
        '\'' | '’' if matches!(found.last(), Some(Token { atom: Atom::Scale { .. }, .. })) => Atom::Glue,
        _ => Atom::Word,
    };
    found.push(Token { range, atom });
}

/// Currency codes are written in capitals.
pub(super) fn currency_code(word: &str) -> Option<&'static str> {
    const CODES: &[&str] = &[
        "USD", "EUR", "GBP", "JPY", "CNY", "INR", "CHF", "CAD", "AUD", "NZD", "HKD", "SGD", "SEK", "NOK", "DKK", "ZAR",
        "BRL", "MXN", "KRW", "PLN", "CZK", "HUF", "TRY", "ILS", "AED", "SAR", "THB", "IDR", "MYR", "PHP", "TWD", "VND",
        "NGN", "KES", "EGP", "CLP", "COP", "ARS", "PEN", "RON",
    ];
    CODES.iter().copied().find(|code| *code == word)
}

/// Letters before a dollar sign.
const DOLLARS: &[(&str, &str)] = &[
    ("US", "USD"),
    ("A", "AUD"),
    ("AU", "AUD"),
    ("C", "CAD"),
    ("CA", "CAD"),
    ("HK", "HKD"),
    ("NZ", "NZD"),
    ("S", "SGD"),
    ("SG", "SGD"),
    ("NT", "TWD"),
    ("R", "BRL"),
];

/// Scale words and, with `letter`, the short forms that need company.
pub(super) fn scale_word(word: &str, letter: bool) -> Option<u32> {
    if letter {
        return match word {
            "k" | "K" => Some(3),
            "m" | "M" | "mn" | "MN" | "Mn" | "mm" | "MM" | "mio" | "Mio" => Some(6),
            "b" | "B" | "bn" | "BN" | "Bn" => Some(9),
            "tn" | "TN" => Some(12),
            "cr" | "Cr" => Some(7),
            _ => None,
        };
    }
    match word {
        "thousand" | "thousands" => Some(3),
        "lakh" | "lakhs" => Some(5),
        "million" | "millions" => Some(6),
        "crore" | "crores" => Some(7),
        "billion" | "billions" => Some(9),
        "trillion" | "trillions" => Some(12),
        _ => None,
    }
}
