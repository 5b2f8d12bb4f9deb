//! Numbers that are no claims: references, ordinals, footnote marks, versions, telephone numbers, identifiers, addresses, times.
//!
//! Enters: a tape and the index of a token with digits. Leaves: what it is, and the index past it.
//! Invariant: each looks at one glued chunk of text and the few words beside it, so the pass stays linear.

use super::Aside;
use super::amount::Amount;
use super::fold::{Table, Words, table, words};
use super::lex::{Kind, Tape};
use super::number::Shape;
use crate::quantity::Unit;

/// What was set aside: tokens `first..next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct SetAside {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) why: Aside,
}

/// File endings that make a chunk a path.
const ENDING_LIST: &[&str] = &[
    "csv", "doc", "docx", "gif", "htm", "html", "ipynb", "jpeg", "jpg", "js", "json", "md", "pdf", "png", "ppt",
    "pptx", "py", "qmd", "rs", "sql", "svg", "toml", "txt", "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip",
];

static ENDINGS: Words = words!(ENDING_LIST);

/// A web or mail address or a path that starts at a token, if it has digits in it.
pub(super) fn address(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
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

/// Words before a number that make it a reference or a name, in lower case, with what it then is.
const BEFORE_LIST: &[(&str, Aside)] = &[
    ("act", Aside::Identifier),
    ("annex", Aside::Reference),
    ("appendix", Aside::Reference),
    ("article", Aside::Reference),
    ("articles", Aside::Reference),
    ("asc", Aside::Identifier),
    ("asu", Aside::Identifier),
    ("basel", Aside::Identifier),
    ("chapter", Aside::Reference),
    ("chapters", Aside::Reference),
    ("clause", Aside::Reference),
    ("clauses", Aside::Reference),
    ("cohort", Aside::Identifier),
    ("covid", Aside::Identifier),
    ("dax", Aside::Identifier),
    ("exhibit", Aside::Reference),
    ("exhibits", Aside::Reference),
    ("fas", Aside::Identifier),
    ("fig", Aside::Reference),
    ("figs", Aside::Reference),
    ("figure", Aside::Reference),
    ("figures", Aside::Reference),
    ("footnote", Aside::Reference),
    ("forbes", Aside::Identifier),
    ("form", Aside::Identifier),
    ("fortune", Aside::Identifier),
    ("frs", Aside::Identifier),
    ("ftse", Aside::Identifier),
    ("ias", Aside::Identifier),
    ("ifrs", Aside::Identifier),
    ("iso", Aside::Identifier),
    ("item", Aside::Reference),
    ("items", Aside::Reference),
    ("level", Aside::Identifier),
    ("levels", Aside::Identifier),
    ("nasdaq", Aside::Identifier),
    ("nikkei", Aside::Identifier),
    ("note", Aside::Reference),
    ("notes", Aside::Reference),
    ("p", Aside::Reference),
    ("page", Aside::Reference),
    ("pages", Aside::Reference),
    ("para", Aside::Reference),
    ("paragraph", Aside::Reference),
    ("paragraphs", Aside::Reference),
    ("part", Aside::Reference),
    ("pg", Aside::Reference),
    ("phase", Aside::Identifier),
    ("pp", Aside::Reference),
    ("regulation", Aside::Identifier),
    ("release", Aside::Version),
    ("rule", Aside::Reference),
    ("russell", Aside::Identifier),
    ("schedule", Aside::Reference),
    ("schedules", Aside::Reference),
    ("scope", Aside::Identifier),
    ("sec", Aside::Reference),
    ("section", Aside::Reference),
    ("sections", Aside::Reference),
    ("sheet", Aside::Reference),
    ("slide", Aside::Reference),
    ("slides", Aside::Reference),
    ("soc", Aside::Version),
    ("stage", Aside::Identifier),
    ("step", Aside::Reference),
    ("stoxx", Aside::Identifier),
    ("tab", Aside::Reference),
    ("table", Aside::Reference),
    ("tables", Aside::Reference),
    ("tier", Aside::Identifier),
    ("title", Aside::Reference),
    ("topic", Aside::Reference),
    ("tranche", Aside::Identifier),
    ("type", Aside::Identifier),
    ("v", Aside::Version),
    ("ver", Aside::Version),
    ("version", Aside::Version),
    ("vol", Aside::Reference),
    ("volume", Aside::Reference),
    ("wave", Aside::Identifier),
    ("windows", Aside::Version),
];

static BEFORE: Table<Aside> = table!(BEFORE_LIST);

/// A number that a word before it makes a reference: `page 12`, `Notes 3, 4 and 5`, `ISO 9001`, `No. 4`, `#4`.
pub(super) fn reference(tape: &Tape<'_>, amount: &Amount) -> Option<SetAside> {
    let first = amount.first;
    let before = first.checked_sub(1)?;
    if tape.is_symbol(before, '#') || tape.is_symbol(before, '№') {
        return Some(SetAside { first: before, next: amount.next, why: Aside::Ordinal });
    }
    if tape.is_symbol(before, '§') {
        return Some(SetAside { first: before, next: amount.next, why: Aside::Reference });
    }
    let point = tape.is_symbol(before, '.') && tape.glued(before);
    let word_at = if point { before.checked_sub(1)? } else { before };
    let word = tape.word_at(word_at).filter(|_| tape.follows(first))?;
    let why = match word {
        "No" | "NO" | "no" | "Nr" | "nr" if point => Aside::Ordinal,
        "Number" | "number" if amount.whole_digits <= 2 && !tape.is_word(amount.next, "of") => Aside::Ordinal,
        // `S&P 500`
        "P" if word_at > 0 && tape.is_symbol(word_at - 1, '&') => Aside::Identifier,
        "Week" | "Day" => Aside::Date,
        "p" | "pp" | "v" | "fig" | "figs" | "vol" | "sec" if !point && word != "pp" && word != "v" => return None,
        word => BEFORE.of(word)?,
    };
    // A sentence may end in such a word: "… in the appendix. 12 stores …".
    let abbreviation = !point || word.len() <= 4;
    let counts =
        amount.noun.is_some() && matches!(word, "volume" | "part" | "figures" | "items" | "title" | "notes" | "act");
    (abbreviation && !counts).then(|| SetAside { first, next: more_references(tape, amount.next), why })
}

/// The rest of `3, 4 and 5`, `12–14`, `7(a)`: the index past it.
fn more_references(tape: &Tape<'_>, mut next: usize) -> usize {
    loop {
        let link = tape.symbol(next).is_some_and(|c| matches!(c, ',' | '-' | '–' | '&' | '/'))
            || ["and", "to", "or", "through"].iter().any(|word| tape.is_word(next, word));
        let comma = tape.symbol(next).is_some_and(|c| c != '&');
        let plain = tape
            .numeral(next + 1)
            .is_some_and(|n| n.shape == Shape::Number && n.places == 0 && !n.grouped && n.whole_digits <= 3);
        let alone = !tape.glued(next + 2)
            || tape.symbol(next + 2).is_some_and(|c| matches!(c, '.' | ',' | ')' | ';' | ':' | '-' | '–'));
        if !(link && plain && alone && (tape.follows(next + 1) || tape.glued(next + 1)))
            || counts_something(tape, next + 2, comma)
        {
            break;
        }
        next += 2;
    }
    if tape.is_symbol(next, '(')
        && tape.glued(next)
        && tape.word_at(next + 1).is_some()
        && tape.is_symbol(next + 2, ')')
    {
        next += 3;
    }
    next
}

/// Whether a number before the token is an amount of something. A word after `Notes 3 and 5` is the sentence going on, one after
/// `page 12, 450` what is counted.
fn counts_something(tape: &Tape<'_>, at: usize, comma: bool) -> bool {
    comma && super::noun::counted(tape, at).is_some()
        || super::unit::after(tape, at, at).is_some()
        || tape.symbol(at) == Some('%')
}

/// `1st`, `3rd`, `20th`.
pub(super) fn ordinal(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let suffix = ["st", "nd", "rd", "th"].iter().any(|word| tape.is_word(at + 1, word));
    (suffix && tape.glued(at + 1)).then_some(SetAside { first: at, next: at + 2, why: Aside::Ordinal })
}

/// `1.` or `2)` that opens a text or a line; `2.4.` before the paragraph that goes by that number.
pub(super) fn list_mark(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let opens = at == 0 || tape.text[tape.end(at - 1)..tape.start(at)].contains('\n');
    let mark = matches!(tape.symbol(at + 1), Some('.' | ')'))
        && tape.glued(at + 1)
        && !tape.glued(at + 2)
        && tape.token(at + 2).is_some();
    let outline = tape.is_symbol(at + 1, '.');
    let small = tape
        .numeral(at)
        .is_some_and(|n| (n.places == 0 || outline && n.places <= 2) && !n.grouped && n.whole_digits <= 2);
    (opens && mark && small).then_some(SetAside { first: at, next: at + 1, why: Aside::Ordinal })
}

/// `[3]`; `(1)`; `(12)` glued to a word or number, or opening a note. A cell that is one number in brackets is that number.
pub(super) fn footnote_mark(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let close = match tape.symbol(at)? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let numeral = tape.numeral(at + 1)?;
    let plain = numeral.shape == Shape::Number && numeral.places == 0 && !numeral.grouped;
    if !plain || numeral.whole_digits > 3 || !tape.is_symbol(at + 2, close) {
        return None;
    }
    let square = close == ']';
    let one_digit = numeral.whole_digits == 1;
    let alone = at == 0 && (tape.len() == 3 || super::scan::is_rest_blank(tape, 3));
    let after_word = at > 0
        && matches!(
            tape.kind(at - 1),
            Some(Kind::Word | Kind::Mixed | Kind::Number(_) | Kind::Symbol('%' | '”' | '"' | '.'))
        );
    let glued = after_word && tape.glued(at) && numeral.whole_digits <= 2;
    let opens = at == 0 && !alone && numeral.whole_digits <= 2 && tape.word_at(at + 3).is_some() && !tape.glued(at + 3);
    // `(52) bps` is what it says, wherever it stands.
    let points = || {
        let behind = super::unit::after(tape, at + 1, at + 3);
        behind.is_some_and(|behind| matches!(behind.unit, Unit::Percent | Unit::Points | Unit::BasisPoints))
    };
    let outside = tape.is_symbol(at + 3, '%') || tape.glued(at + 3) && super::scale::starts(tape, at + 3) || points();
    (square && !alone || !outside && !alone && (glued || one_digit || opens)).then_some(SetAside {
        first: at,
        next: at + 3,
        why: Aside::FootnoteMark,
    })
}

/// `(1)`, `[12]`, `(a)` behind the number of a cell: the index past it.
pub(super) fn mark_in_brackets(tape: &Tape<'_>, at: usize) -> Option<usize> {
    let close = match tape.symbol(at)? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let small = tape.text(at + 1).len() == 1 || close == ']' && tape.text(at + 1).len() == 2;
    let mark = matches!(tape.kind(at + 1), Some(Kind::Number(_) | Kind::Word)) && tape.is_symbol(at + 2, close);
    (small && mark).then_some(at + 3)
}

/// Letters and digits glued together, letters first: `EBITDA1`, `A350`, `v4.2`.
pub(super) fn mixed(tape: &Tape<'_>, at: usize, floor: usize) -> SetAside {
    let set = chunk(tape, at, floor);
    let text = tape.text(at);
    let letters = text.bytes().take_while(|b| !b.is_ascii_digit()).count();
    let (word, digits) = text.split_at(letters);
    let alone = set.first == at && set.next == at + 1;
    let version = word.eq_ignore_ascii_case("v") && digits.bytes().all(|b| b.is_ascii_digit());
    let footnote = alone && letters >= 4 && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let why = if version {
        Aside::Version
    } else if footnote {
        Aside::FootnoteMark
    } else {
        Aside::Identifier
    };
    SetAside { why, ..set }
}

/// The glued chunk around a token, as an identifier; not before the token `floor`.
pub(super) fn chunk(tape: &Tape<'_>, at: usize, floor: usize) -> SetAside {
    let belongs = |at: usize| match tape.kind(at) {
        Some(Kind::Number(_) | Kind::Word | Kind::Mixed) => true,
        Some(Kind::Symbol(c)) => {
            matches!(c, '-' | '‐' | '‑' | '_' | '.' | '/' | '\\' | '@' | '#' | '=' | ':' | '\'' | '’' | '*' | '–')
        }
        _ => false,
    };
    let mut first = at;
    while first > floor && tape.glued(first) && belongs(first - 1) {
        first -= 1;
    }
    let mut next = at + 1;
    while tape.glued(next) {
        if belongs(next) {
            next += 1;
        } else if tape.is_symbol(next, '(')
            && tape.glued(next + 1)
            && tape.is_symbol(next + 2, ')')
            && tape.glued(next + 2)
        {
            next += 3;
        } else {
            break;
        }
    }
    while next > at + 1 && matches!(tape.kind(next - 1), Some(Kind::Symbol(c)) if c != ')') {
        next -= 1;
    }
    while first < at && matches!(tape.kind(first), Some(Kind::Symbol(_))) {
        first += 1;
    }
    SetAside { first, next, why: Aside::Identifier }
}

/// Words that announce a telephone number.
const CALL_WORDS: &[&str] = &["call", "dial", "fax", "hotline", "in", "line", "mobile", "phone", "tel", "telephone"];

static CALLS: Words = words!(CALL_WORDS);

/// Words that announce a code to type.
const CODE_WORDS: &[&str] = &["code", "codes", "id", "passcode", "pin"];

static CODES: Words = words!(CODE_WORDS);

/// A telephone number, or a code in groups, that starts at a digit or a plus.
pub(super) fn telephone(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
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

/// `10:30`, `9am`, `10 a.m.`.
pub(super) fn time(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let hour = tape.numeral(at).filter(|n| n.whole_digits <= 2 && !n.grouped)?;
    let mut next = at + 1;
    let two = |at: usize| {
        tape.glued(at)
            && tape.glued(at + 1)
            && tape.is_symbol(at, ':')
            && tape.text(at + 1).len() == 2
            && tape.numeral(at + 1).is_some()
    };
    if two(next) && hour.places == 0 {
        next += 2;
        if two(next) {
            next += 2;
        }
        next = meridiem(tape, next).unwrap_or(next);
        return Some(SetAside { first: at, next, why: Aside::Time });
    }
    let small = hour.value <= rust_decimal::Decimal::from(24);
    meridiem(tape, next).filter(|_| small).map(|next| SetAside { first: at, next, why: Aside::Time })
}

fn meridiem(tape: &Tape<'_>, at: usize) -> Option<usize> {
    match tape.word_at(at)? {
        "pm" | "PM" | "Pm" => Some(at + 1),
        "am" | "AM" | "Am" if tape.glued(at) || tape.text(at) == "AM" => Some(at + 1),
        "a" | "p" | "A" | "P"
            if tape.is_symbol(at + 1, '.') && tape.is_word(at + 2, "m") && tape.glued(at + 1) && tape.glued(at + 2) =>
        {
            Some(if tape.is_symbol(at + 3, '.') { at + 4 } else { at + 3 })
        }
        _ => None,
    }
}

fn ends_in_letters(text: &str) -> bool {
    text.chars().next_back().is_some_and(char::is_alphabetic)
}

/// A number that is a date though no period was read: `2019` alone, `'24`, the 15 of `March 1 and September 15 of each year`.
pub(super) fn date(tape: &Tape<'_>, amount: &Amount) -> Option<SetAside> {
    let at = amount.first;
    let text = tape.text(at);
    let apostrophe = at > 0
        && matches!(tape.symbol(at - 1), Some('\'' | '’' | '‘'))
        && tape.glued(at)
        && (at < 2 || !tape.glued(at - 1));
    let four = text.len() == 4 && matches!(text.as_bytes(), [b'1', b'9', ..] | [b'2', b'0', ..]);
    if apostrophe && text.len() == 2 {
        return Some(SetAside { first: at - 1, next: at + 1, why: Aside::Date });
    }
    let day = at > 0 && tape.is_claimed(at - 1) && text.len() <= 2 && ends_in_letters(tape.text(at - 1));
    (four || day).then_some(SetAside { first: at, next: at + 1, why: Aside::Date })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(BEFORE_LIST.is_sorted_by_key(|(word, _)| word));
        assert!(ENDING_LIST.is_sorted() && CALL_WORDS.is_sorted() && CODE_WORDS.is_sorted());
    }
}
