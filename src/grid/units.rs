//! What a header, caption, row label or lead-in says of the unit and scale of other numbers: `£m`, `$'000`, `(in millions,
//! except per share amounts)`, `Amounts in thousands of US dollars`, `DSO (days)`.
//!
//! Enters: a text and where it stands. Leaves: a [`Stated`] with the bytes that said so, to be cut from names.
//! Invariant: a scale beside a written number (`$42.3 million`) is that number's own and is never stated for others.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::quantity::Unit;

/// What a text says of the unit and scale of other numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stated {
    /// The unit.
    pub(super) unit: Option<Unit>,
    /// The scale.
    pub(super) scale: Option<Decimal>,
    /// The bytes that said so, in order.
    pub(super) ranges: Vec<Range<usize>>,
    /// Whether the text says nothing else.
    pub(super) whole: bool,
}

impl Stated {
    /// Whether anything was said.
    pub(super) fn any(&self) -> bool {
        self.unit.is_some() || self.scale.is_some()
    }
}

/// Where a text stands, which decides how much a loose mention in it may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Site {
    /// A row or column label, a corner, a stated unit.
    Label,
    /// A caption, a heading or the paragraph before: prose, where only set phrases count.
    Prose,
}

/// What one token means to a unit phrase.
#[derive(Clone, Debug, PartialEq)]
enum Atom {
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

#[derive(Clone, Debug)]
struct Token {
    range: Range<usize>,
    atom: Atom,
}

/// Reads what a text states of the unit and scale of other numbers.
pub(super) fn stated(text: &str, site: Site) -> Stated {
    let tokens = tokens(text);
    let mut said = Stated::default();
    let mut used = vec![false; tokens.len()];
    for phrase in phrases(&tokens) {
        if accepted(&tokens, &phrase, site) {
            take(text, &tokens, &phrase, &mut said, &mut used);
        }
    }
    if site == Site::Label && said.unit.is_none() {
        lone_code(&tokens, &mut said, &mut used);
    }
    said.whole = said.any()
        && tokens
            .iter()
            .zip(&used)
            .all(|(token, used)| *used || matches!(token.atom, Atom::Break | Atom::Open | Atom::Close));
    said
}

/// What a snake_case key says: `revenue_eur_m` is `revenue`, in millions of euros.
pub(super) fn snake_case(key: &str) -> Option<(String, Stated)> {
    let parts: Vec<&str> = key.split('_').collect();
    if parts.len() < 2 || !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        return None;
    }
    let mut said = Stated::default();
    let mut kept = parts.len();
    while kept > 1 {
        let unit = match parts[kept - 1] {
            "pct" | "percent" => Some(Unit::Percent),
            "pp" => Some(Unit::Points),
            "bps" => Some(Unit::BasisPoints),
            "days" => Some(Unit::Duration("days")),
            "months" => Some(Unit::Duration("months")),
            "count" => Some(Unit::Count),
            "x" => Some(Unit::Multiple),
            part => currency_code(&part.to_ascii_uppercase()).map(|code| Unit::Currency(code.to_owned())),
        };
        match (unit, scale_word(parts[kept - 1], true)) {
            (Some(unit), _) if said.unit.is_none() => said.unit = Some(unit),
            (None, Some(power)) if said.scale.is_none() && said.unit.is_none() => {
                said.scale = Some(power_of_ten(power))
            }
            _ => break,
        }
        kept -= 1;
    }
    // A trailing `_m` without a unit is a letter, not a scale, unless it is a word.
    if said.unit.is_none() && parts.get(kept).is_some_and(|part| part.len() == 1) {
        said.scale = None;
        kept = parts.len();
    }
    Some((parts[..kept].join(" "), said))
}

/// A power of ten as a decimal.
pub(super) fn power_of_ten(power: u32) -> Decimal {
    Decimal::from(10_u64.pow(power.min(18)))
}

fn tokens(text: &str) -> Vec<Token> {
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
                if !(next.is_ascii_digit() || matches!(next, ',' | '.')) {
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
    let atom = word_atom(written, found.last().map(|token| (&token.atom, token.range.end == range.start)));
    found.push(Token { range, atom });
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
        "hours" => Atom::Unit(Unit::Duration("hours")),
        "minutes" => Atom::Unit(Unit::Duration("minutes")),
        "teu" | "gwh" | "mwh" | "kwh" | "mw" | "tonnes" | "tons" | "kg" | "sqm" | "km" | "boe" | "gj" | "ha"
        | "litres" => Atom::Unit(Unit::Measure(written.to_owned())),
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
    let leads = found.last().is_some_and(|token| matches!(token.atom, Atom::Currency { .. } | Atom::Glue | Atom::Open));
    let quoted = found
        .last()
        .is_some_and(|token| token.atom == Atom::Word && matches!(&text[token.range.clone()], "'" | "’" | "‘"));
    match power {
        Some(power) if quoted => {
            let open = found.pop().map_or(range.start, |token| token.range.start);
            // The South African rand has no sign but its letter.
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

/// Maximal runs of unit atoms with at least one that is not mere glue.
fn phrases(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, token) in tokens.iter().enumerate() {
        let inside = !matches!(
            token.atom,
            Atom::Word | Atom::Slash | Atom::Number | Atom::Open | Atom::Close | Atom::Break | Atom::Proviso
        );
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|from| from..tokens.len()));
    found.retain(|range| tokens[range.clone()].iter().any(|token| !matches!(token.atom, Atom::Glue | Atom::PerShare)));
    found
}

/// Whether a run of unit words is said of other numbers, going by where it stands.
fn accepted(tokens: &[Token], phrase: &Range<usize>, site: Site) -> bool {
    let run = &tokens[phrase.clone()];
    let before = phrase.start.checked_sub(1).map(|at| &tokens[at].atom);
    let after = tokens.get(phrase.end).map(|token| &token.atom);
    let glyph = run.iter().any(|token| matches!(token.atom, Atom::Currency { glyph: true, .. }));
    let scale = run.iter().any(|token| matches!(token.atom, Atom::Scale { .. }));
    let word_scale = run.iter().any(|token| matches!(token.atom, Atom::Scale { letter: false, .. }));
    // A number right after the sign is money, not a statement: `$42.3M`, `$5-9`.
    if after == Some(&Atom::Number) && matches!(run.last(), Some(token) if matches!(token.atom, Atom::Currency { .. }))
    {
        return false;
    }
    // A lone letter is a footnote mark or an initial unless brackets or a break say otherwise.
    let lone_letter = run.len() == 1 && matches!(run[0].atom, Atom::Scale { letter: true, .. });
    let opened = before == Some(&Atom::Open) || noun_before(tokens, phrase);
    let bracketed = opened && matches!(after, Some(Atom::Close | Atom::Break | Atom::Proviso) | None);
    let closing = match after {
        None | Some(Atom::Slash) => true,
        Some(Atom::Break | Atom::Proviso) => {
            tokens[phrase.end..].iter().all(|token| token.atom == Atom::Break) || scale
        }
        _ => false,
    };
    let opening = before.is_none();
    let money = glyph || scale;
    // A number before makes it that number's own (`42.3 million`), except that `2019 £m` heads a column.
    if before == Some(&Atom::Number) && !(site == Site::Label && glyph && (scale || closing)) {
        return false;
    }
    if site == Site::Prose {
        let introduced = word_scale
            && matches!(run.first(), Some(token) if matches!(token.atom, Atom::Glue | Atom::Currency { .. }))
            && run.iter().any(|token| token.atom == Atom::Glue);
        return money
            && !lone_letter
            && (bracketed
                || (closing && (before == Some(&Atom::Break) || opening || introduced))
                || (introduced && opening));
    }
    if bracketed || (opening && closing) {
        return true;
    }
    if lone_letter {
        return before == Some(&Atom::Break) && closing;
    }
    let glued = run.first().is_some_and(|token| token.atom == Atom::Glue);
    (closing && (before == Some(&Atom::Break) || glyph || glued || lone_tail(run)))
        || (opening && (glyph || percent(run) || lone_tail(run)))
        || (glyph && scale)
}

/// `(Shares in thousands)`: a noun between the bracket and the phrase.
fn noun_before(tokens: &[Token], phrase: &Range<usize>) -> bool {
    let introduced = tokens[phrase.start].atom == Atom::Glue
        && tokens[phrase.clone()].iter().any(|token| matches!(token.atom, Atom::Scale { .. }));
    introduced && matches!(tokens[..phrase.start], [.., Token { atom: Atom::Open, .. }, Token { atom: Atom::Word, .. }])
}

/// `Inventory days`, `Growth %`: units that mean themselves at the end of a label.
fn lone_tail(run: &[Token]) -> bool {
    matches!(run, [Token { atom: Atom::Unit(Unit::Duration("days") | Unit::Percent), .. }])
}

fn percent(run: &[Token]) -> bool {
    matches!(run.first(), Some(Token { atom: Atom::Unit(Unit::Percent), .. }))
}

/// Adds what a phrase says. What is said twice keeps its first meaning; a minor unit divides.
fn take(text: &str, tokens: &[Token], phrase: &Range<usize>, said: &mut Stated, used: &mut [bool]) {
    let run = &tokens[phrase.clone()];
    // `% of total` keeps its words: they name the whole.
    let core = |atom: &Atom| !matches!(atom, Atom::Glue | Atom::PerShare);
    let Some(last) = run.iter().rposition(|token| core(&token.atom)) else { return };
    let trailing =
        phrase.end == tokens.len() || matches!(tokens[phrase.end].atom, Atom::Close | Atom::Break | Atom::Proviso);
    let end = if trailing { run.len() } else { last + 1 };
    let per_share = run.iter().any(|token| token.atom == Atom::PerShare);
    for token in &run[..end] {
        match &token.atom {
            Atom::Currency { code, glyph } => {
                let said_before = matches!(said.unit, Some(Unit::Currency(_)));
                if said.unit.is_none() || (*glyph && !said_before) {
                    said.unit = Some(Unit::Currency((*code).to_owned()));
                }
            }
            Atom::Minor(code) if said.unit.is_none() => {
                said.unit = Some(Unit::Currency((*code).to_owned()));
                said.scale = Some(Decimal::new(1, 2));
            }
            Atom::Scale { power, .. } if said.scale.is_none() => said.scale = Some(power_of_ten(*power)),
            Atom::Unit(unit) if said.unit.is_none() => said.unit = Some(unit.clone()),
            _ => {}
        }
    }
    if per_share && let Some(unit @ (Unit::Currency(_) | Unit::Measure(_))) = &said.unit {
        said.unit = Some(Unit::Per(Box::new(unit.clone()), "share".to_owned()));
    }
    let mut first = phrase.start;
    let mut beyond = phrase.start + end;
    // `€/t`: money for each of something.
    if let [slash, of, ..] = &tokens[beyond..]
        && slash.atom == Atom::Slash
        && let Some(Unit::Currency(_)) = said.unit
    {
        let of = text.get(of.range.clone()).unwrap_or_default().to_owned();
        said.unit = said.unit.take().map(|unit| Unit::Per(Box::new(unit), of));
        beyond += 2;
    }
    if noun_before(tokens, phrase) {
        first -= 1;
    }
    // Brackets go with their content, provisos too.
    if first > 0 && tokens[first - 1].atom == Atom::Open {
        first -= 1;
        let close = tokens[beyond..].iter().position(|token| token.atom == Atom::Close);
        beyond = close.map_or(tokens.len(), |at| beyond + at + 1);
    } else {
        let provided = tokens[beyond..].iter().find(|token| token.atom != Atom::Break);
        if provided.is_some_and(|token| token.atom == Atom::Proviso) {
            beyond = tokens.len();
        }
    }
    used[first..beyond].fill(true);
    said.ranges.push(tokens[first].range.start..tokens[beyond - 1].range.end);
}

/// A currency code in capitals means its currency anywhere in a label: `Approximate USD monthly rate`.
fn lone_code(tokens: &[Token], said: &mut Stated, used: &mut [bool]) {
    for (at, token) in tokens.iter().enumerate() {
        if let Atom::Currency { code, glyph: true } = token.atom
            && token.range.len() == 3
            && tokens.get(at + 1).is_none_or(|next| next.atom != Atom::Number)
        {
            said.unit = Some(Unit::Currency(code.to_owned()));
            said.ranges.push(token.range.clone());
            used[at] = true;
            return;
        }
    }
}

/// Currency codes are written in capitals.
fn currency_code(word: &str) -> Option<&'static str> {
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
fn scale_word(word: &str, letter: bool) -> Option<u32> {
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
