//! Currencies before and after a number: signs, codes, words.
//!
//! Enters: a tape and an index beside a number. Leaves: the unit that is named there and the index past it.
//! Invariant: a currency between two numbers belongs to one of them only.

pub(crate) mod iso;
mod words;

use rust_decimal::Decimal;

use super::fold::{Table, Words, table, words as word_set};
use super::lex::{Kind, Tape};
use super::scale;
use crate::quantity::Unit;

/// A currency that was read.
#[derive(Clone, Debug)]
pub(super) struct Money {
    pub(super) unit: Unit,
    /// What the naming multiplies by: `p` → 0.01, `MUSD` → 1000000.
    pub(super) factor: Option<Decimal>,
    /// Whether it is a word of another meaning too (`COP`, `dollar`), so that the number must look like an amount.
    pub(super) weak: bool,
    /// The token after it.
    pub(super) next: usize,
}

impl Money {
    fn code(code: &str, next: usize) -> Self {
        Self { unit: Unit::Currency(code.to_owned()), factor: None, weak: false, next }
    }

    fn word(word: &str, next: usize) -> Self {
        Self { unit: Unit::Measure(word.to_owned()), factor: None, weak: false, next }
    }

    fn scaled(self, factor: Option<Decimal>) -> Self {
        Self { factor: factor.or(self.factor), ..self }
    }
}

/// The currency of a sign.
pub(super) fn of_symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '$' | '＄' => "USD",
        '€' => "EUR",
        '£' | '￡' => "GBP",
        '¥' | '￥' => "JPY",
        '₹' => "INR",
        '₩' => "KRW",
        '₽' => "RUB",
        '₺' => "TRY",
        '₫' => "VND",
        '₦' => "NGN",
        '₱' => "PHP",
        '₿' => "BTC",
        '₪' => "ILS",
        '₴' => "UAH",
        '₡' => "CRC",
        '₾' => "GEL",
        '₭' => "LAK",
        '₸' => "KZT",
        '₮' => "MNT",
        '₵' => "GHS",
        '₲' => "PYG",
        '฿' => "THB",
        '៛' => "KHR",
        '₼' => "AZN",
        '֏' => "AMD",
        '₨' => "INR",
        _ => return None,
    })
}

/// What stands before a `$` to name whose dollars they are: glued, in any case but for single letters, which must be capitals.
const DOLLAR_LIST: &[(&str, &str)] = &[
    ("a", "AUD"),
    ("ar", "ARS"),
    ("au", "AUD"),
    ("aud", "AUD"),
    ("b", "BSD"),
    ("bz", "BZD"),
    ("c", "CAD"),
    ("ca", "CAD"),
    ("cad", "CAD"),
    ("can", "CAD"),
    ("cl", "CLP"),
    ("col", "COP"),
    ("fj", "FJD"),
    ("hk", "HKD"),
    ("hkd", "HKD"),
    ("j", "JMD"),
    ("mex", "MXN"),
    ("mx", "MXN"),
    ("mxn", "MXN"),
    ("nt", "TWD"),
    ("ntd", "TWD"),
    ("nz", "NZD"),
    ("nzd", "NZD"),
    ("r", "BRL"),
    ("s", "SGD"),
    ("sg", "SGD"),
    ("sgd", "SGD"),
    ("tt", "TTD"),
    ("twd", "TWD"),
    ("us", "USD"),
    ("usd", "USD"),
];

static DOLLARS: Table<&str> = table!(DOLLAR_LIST);

/// Codes that mean nothing else in a report. The others count only beside a number that looks like an amount.
const STRONG_LIST: &[&str] = &[
    "AED", "ARS", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "CZK", "DEM", "DKK", "EGP", "EUR", "FRF", "GBP", "HKD",
    "HUF", "IDR", "ILS", "INR", "JPY", "KES", "KRW", "KWD", "MXN", "MYR", "NGN", "NOK", "NZD", "PHP", "PLN", "QAR",
    "RMB", "RUB", "SAR", "SEK", "SGD", "THB", "TWD", "UAH", "USD", "VND", "ZAR",
];

static STRONG: Words = word_set!(STRONG_LIST);

/// A code as written: capitals, or a strong one in small letters throughout. The second says whether it is weak.
fn of_code(word: &str) -> Option<(&'static str, bool)> {
    let [a, b, c] = word.as_bytes() else { return None };
    let capitals = a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_uppercase();
    let small = a.is_ascii_lowercase() && b.is_ascii_lowercase() && c.is_ascii_lowercase();
    if !capitals && !small {
        return None;
    }
    match STRONG.find(word).and_then(|at| STRONG_LIST.get(at)) {
        Some(&"RMB") => Some(("CNY", false)),
        Some(code) => Some((code, false)),
        None => iso::code(word).filter(|_| capitals).map(|code| (code, true)),
    }
}

/// A code with a scale glued to it: `USDm`, `EURbn`, `MUSD`, `kEUR`.
fn of_scaled_code(word: &str) -> Option<(&'static str, Decimal)> {
    let capital = |at: usize| word.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
    if !(4..=6).contains(&word.len()) || !word.is_ascii() || !capital(1) || !capital(2) {
        return None;
    }
    let (head, tail) = word.split_at(3);
    if head.bytes().all(|b| b.is_ascii_uppercase())
        && let Some((code, false)) = of_code(head)
        && let Some(factor) = scale::glued_to_code(tail)
    {
        return Some((code, factor));
    }
    let (head, tail) = word.split_at(1);
    let factor = match head {
        "M" => 1_000_000,
        "k" | "K" => 1_000,
        "T" if tail == "EUR" => 1_000,
        _ => return None,
    };
    let capitals = tail.bytes().all(|b| b.is_ascii_uppercase());
    of_code(tail).filter(|(_, weak)| capitals && !weak).map(|(code, _)| (code, Decimal::from(factor)))
}

/// Whether letters glued in front of digits are a currency rather than an identifier.
pub(super) fn glues_to_number(word: &str) -> bool {
    matches!(word, "Rs" | "rs") || of_code(word).is_some_and(|(_, weak)| !weak) || of_scaled_code(word).is_some()
}

/// Whether what stands behind an `R` makes it South African rand: an amount in millions or with grouped digits, `R118.4m`,
/// `R3,862m`, `R12,450`. `R2` and `R1.5` are names.
pub(super) fn is_rand(behind: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(behind);
    let (mut rest, mut grouped) = (behind.get(whole..).unwrap_or_default(), false);
    while let Some(next) = rest.strip_prefix(',').filter(|next| whole <= 3 && digits(next) == 3) {
        (rest, grouped) = (next.get(3..).unwrap_or_default(), true);
    }
    if let Some(fraction) = rest.strip_prefix('.').filter(|fraction| digits(fraction) > 0) {
        rest = fraction.get(digits(fraction)..).unwrap_or_default();
    }
    let (spaced, behind) = rest.strip_prefix(' ').map_or((false, rest), |behind| (true, behind));
    let word = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // A letter behind a gap is a word of its own: `Release R2 m of the ledger`.
    let apart = spaced && word.len() == 1;
    let scaled = !apart && (scale::of_word(word).is_some() || scale::glued_to_code(word).is_some());
    let bare = !rest.starts_with(|c: char| c.is_alphanumeric());
    whole > 0 && (grouped && bare || scaled)
}

/// The currency that starts at a token and stands before a number.
pub(super) fn before(tape: &Tape<'_>, at: usize) -> Option<Money> {
    let money = match tape.kind(at)? {
        Kind::Symbol(c) => Money::code(of_symbol(c)?, at + 1),
        Kind::Word => of_word_before(tape, at)?,
        _ => return None,
    };
    // `£m 42`, `$'000 1,234`
    if money.factor.is_none()
        && tape.glued(money.next)
        && let Some((factor, next)) = scale::in_prefix(tape, money.next)
    {
        return Some(Money { next, ..money }.scaled(Some(factor)));
    }
    Some(money)
}

fn of_word_before(tape: &Tape<'_>, at: usize) -> Option<Money> {
    let word = tape.text(at);
    // The end of an identifier, `encoding_rs 0.6.6`, names no rupees.
    if at > 0 && tape.is_symbol(at - 1, '_') && tape.glued(at) {
        return None;
    }
    if let Some(money) = whose_dollars(tape, at) {
        return Some(money);
    }
    if let Some((code, weak)) = of_code(word) {
        // `AUD A$3,500`: the sign repeats the code.
        let sign = tape.follows(at + 1).then(|| before_sign(tape, at + 1)).flatten();
        let next = sign.filter(|(named, _)| *named == code || *named == "USD").map_or(at + 1, |(_, next)| next);
        return Some(Money { weak, ..Money::code(code, next) });
    }
    if let Some((code, factor)) = of_scaled_code(word) {
        return Some(Money::code(code, at + 1).scaled(Some(factor)));
    }
    if matches!(word, "Rs" | "rs" | "RS") {
        let point = tape.is_symbol(at + 1, '.') && tape.glued(at + 1);
        return Some(Money::code("INR", if point { at + 2 } else { at + 1 }));
    }
    if let Some(factor) = scale::before_sign(word)
        && tape.glued(at + 1)
        && let Some(code @ ("EUR" | "GBP")) = tape.symbol(at + 1).and_then(of_symbol)
    {
        return Some(Money::code(code, at + 2).scaled(Some(factor)));
    }
    match word {
        "R" if tape.glued(at + 1) && tape.numeral(at + 1).is_some() => Some(Money::code("ZAR", at + 1)),
        "kr" | "Kr" => Some(Money::word("kr", at + 1)),
        "dollar" | "dollars" => Some(Money { weak: true, ..Money::code("USD", at + 1) }),
        "euro" | "euros" => Some(Money { weak: true, ..Money::code("EUR", at + 1) }),
        _ => None,
    }
}

/// `A$`, `$` by themselves.
fn before_sign(tape: &Tape<'_>, at: usize) -> Option<(&'static str, usize)> {
    match tape.kind(at)? {
        Kind::Symbol(c) => of_symbol(c).map(|code| (code, at + 1)),
        Kind::Word if tape.is_symbol(at + 1, '$') && tape.glued(at + 1) => {
            DOLLARS.of(tape.text(at)).map(|code| (code, at + 2))
        }
        _ => None,
    }
}

/// `US$`, `HK$`, `u.s. $`; in tokenised text with spaces (`hk $ 10`).
fn whose_dollars(tape: &Tape<'_>, at: usize) -> Option<Money> {
    if tape.is_word(at, "u") && tape.is_symbol(at + 1, '.') && tape.is_word(at + 2, "s") {
        let sign = if tape.is_symbol(at + 3, '.') { at + 4 } else { at + 3 };
        return tape.is_symbol(sign, '$').then(|| Money::code("USD", sign + 1));
    }
    if !tape.is_symbol(at + 1, '$') {
        return None;
    }
    let word = tape.text(at);
    let code = DOLLARS.of(word)?;
    let spaced_out = !tape.glued(at + 1) && !tape.glued(at + 2);
    let named = if tape.glued(at + 1) {
        // A lone small letter is an article or `c` for circa.
        word.len() > 1 || word.bytes().all(|b| b.is_ascii_uppercase())
    } else {
        matches!(code, "USD" | "HKD" | "NZD") && spaced_out && word.len() > 1
            || (spaced_out && matches!(word, "c" | "C"))
    };
    named.then(|| Money::code(code, at + 2))
}

/// The currency that starts at a token and stands after a number (and its scale). `amount_like` says that the number has grouping,
/// a fraction or a scale, `own` that it already has a currency before it.
pub(super) fn after(tape: &Tape<'_>, at: usize, amount_like: bool, own: bool) -> Option<Money> {
    let money = match tape.kind(at)? {
        Kind::Symbol('¢') => Money::code("USD", at + 1).scaled(Some(Decimal::new(1, 2))),
        Kind::Symbol(c) => Money::code(of_symbol(c)?, at + 1),
        Kind::Word => of_word_after(tape, at, amount_like)?,
        _ => return None,
    };
    belongs_left(tape, at, money.next, own).then_some(money)
}

fn of_word_after(tape: &Tape<'_>, at: usize, amount_like: bool) -> Option<Money> {
    let word = tape.text(at);
    if word == "p" && tape.glued(at) {
        return Some(Money::code("GBP", at + 1).scaled(Some(Decimal::new(1, 2))));
    }
    if let Some((code, weak)) = of_code(word) {
        return (!weak || amount_like).then(|| Money::code(code, at + 1));
    }
    if let Some((code, factor)) = of_scaled_code(word) {
        return Some(Money::code(code, at + 1).scaled(Some(factor)));
    }
    if iso::is_ticker(word) {
        return Some(Money::code(word, at + 1));
    }
    if let Some(code) = DOLLARS.of(word)
        && word.len() > 1
        && tape.is_symbol(at + 1, '$')
        && tape.glued(at + 1)
    {
        return Some(Money::code(code, at + 2));
    }
    words::named(tape, at, amount_like)
}

/// Whether a currency belongs to the number on its left when another number follows it.
pub(super) fn belongs_left(tape: &Tape<'_>, at: usize, next: usize, own: bool) -> bool {
    let Some(numeral) = tape.numeral(next) else {
        // `5 stores -$3M`: the sign is on the right.
        let sign = matches!(tape.symbol(next), Some('(' | '-' | '−')) && tape.glued(next);
        let signed_number = sign && tape.numeral(next + 1).is_some() && tape.glued(next + 1);
        let second_sign = own && tape.symbol(at).is_some();
        return !signed_number && !second_sign;
    };
    if own {
        return false;
    }
    match (tape.glued(at), tape.glued(next)) {
        (_, true) => return false,
        (true, false) => return true,
        _ => {}
    }
    let noun = tape.word_at(at).is_some_and(|word| of_code(word).is_none() && of_scaled_code(word).is_none());
    if noun || names_currency(tape, next + 1) {
        return true;
    }
    // `17 USD 25` is seventeen and cents; `in 3 USD 50 million` is not.
    let small = numeral.places == 0 && !numeral.grouped && numeral.whole_digits <= 2;
    tape.symbol(at).is_none() && small && !scale::starts(tape, next + 1)
}

/// Whether the token names a currency.
fn names_currency(tape: &Tape<'_>, at: usize) -> bool {
    match tape.kind(at) {
        Some(Kind::Symbol(c)) => of_symbol(c).is_some() && tape.numeral(at + 1).is_none(),
        Some(Kind::Word) => {
            of_code(tape.text(at)).is_some_and(|(_, weak)| !weak) || words::named(tape, at, false).is_some()
        }
        _ => false,
    }
}
