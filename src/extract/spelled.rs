//! Numbers in words: `forty-two`, `two and a half million`, `two-thirds`, `doubled`.
//!
//! Enters: a tape and the index of a word. Leaves: the figure and the index past it.
//! Invariant: words that are numbers only sometimes (`one`, `a`, `half`, `quarter`) count only where a quantity is meant.
//!
//! A fraction is a share and becomes a percentage ("two-thirds" is 66.67%), a word of multiplying a multiple ("doubled" is 2x).
//! Nobody says either to the last digit: a spoken fraction stands for two points, a spoken multiple for a fifth.

mod cardinal;

use rust_decimal::Decimal;

use super::fold::{Table, table};
use super::lex::Tape;
use crate::quantity::Unit;
use cardinal::{cardinal, hundreds_rest, scale_words};

/// A number in words.
#[derive(Clone, Debug)]
pub(super) struct Spelled {
    /// The value before its scale.
    pub(super) value: Decimal,
    /// Place of the last thing said, before its scale.
    pub(super) step: Decimal,
    /// Scale words after it.
    pub(super) scale: Option<Decimal>,
    /// The unit that the words carry themselves: percent for fractions, multiple for `doubled`.
    pub(super) unit: Option<Unit>,
    /// Whether it is only a number beside something that is counted: `one`.
    pub(super) timid: bool,
    /// The token after it.
    pub(super) next: usize,
}

/// What a word is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    /// Zero to nineteen.
    Small(u8),
    /// Twenty to ninety.
    Tens(u8),
    /// `hundred` or a scale, by itself after `a`.
    Article,
    Half,
    Quarter,
    Dozen,
    /// A multiple, in tenths.
    Times(u8),
}

use Worth::{Article, Dozen, Half, Quarter, Small, Tens, Times};

const WORD_LIST: &[(&str, Worth)] = &[
    ("a", Article),
    ("doubled", Times(20)),
    ("doubles", Times(20)),
    ("dozen", Dozen),
    ("eight", Small(8)),
    ("eighteen", Small(18)),
    ("eighty", Tens(80)),
    ("eleven", Small(11)),
    ("fifteen", Small(15)),
    ("fifty", Tens(50)),
    ("five", Small(5)),
    ("forty", Tens(40)),
    ("four", Small(4)),
    ("fourfold", Times(40)),
    ("fourteen", Small(14)),
    ("half", Half),
    ("halved", Times(5)),
    ("nine", Small(9)),
    ("nineteen", Small(19)),
    ("ninety", Tens(90)),
    ("one", Small(1)),
    ("quadrupled", Times(40)),
    ("quarter", Quarter),
    ("seven", Small(7)),
    ("seventeen", Small(17)),
    ("seventy", Tens(70)),
    ("six", Small(6)),
    ("sixteen", Small(16)),
    ("sixty", Tens(60)),
    ("ten", Small(10)),
    ("tenfold", Times(100)),
    ("thirteen", Small(13)),
    ("thirty", Tens(30)),
    ("three", Small(3)),
    ("threefold", Times(30)),
    ("trebled", Times(30)),
    ("tripled", Times(30)),
    ("triples", Times(30)),
    ("twelve", Small(12)),
    ("twenty", Tens(20)),
    ("two", Small(2)),
    ("twofold", Times(20)),
    ("zero", Small(0)),
];

static WORDS: Table<Worth> = table!(WORD_LIST);

/// Denominators in the singular and the plural.
const PART_LIST: &[(&str, u8)] = &[
    ("eighth", 8),
    ("eighths", 8),
    ("fifth", 5),
    ("fifths", 5),
    ("fourth", 4),
    ("fourths", 4),
    ("half", 2),
    ("halves", 2),
    ("quarter", 4),
    ("quarters", 4),
    ("seventh", 7),
    ("sevenths", 7),
    ("sixth", 6),
    ("sixths", 6),
    ("tenth", 10),
    ("tenths", 10),
    ("third", 3),
    ("thirds", 3),
];

static PARTS: Table<u8> = table!(PART_LIST);

/// The number in words that starts at a token.
pub(super) fn read(tape: &Tape<'_>, at: usize) -> Option<Spelled> {
    let word = tape.word_at(at)?;
    let worth = worth(word)?;
    // `two-way`, `half-year` are words of their own; `-` before belongs to such a word too.
    if tape.glued(at)
        && matches!(tape.symbol(at.wrapping_sub(1)), Some('-' | '‐' | '‑' | '\'' | '’' | '_' | '/' | '@'))
        && at > 1
        && tape.glued(at - 1)
    {
        return None;
    }
    match worth {
        Times(tenths) => {
            let value = Decimal::new(i64::from(tenths), 1);
            let unit = Some(Unit::Multiple);
            Some(Spelled { value, step: Decimal::new(2, 1), scale: None, unit, timid: false, next: at + 1 })
        }
        Half | Quarter => part_of_scale(tape, at, worth).or_else(|| lone_half(tape, at, worth)),
        Article => after_article(tape, at),
        Dozen => None,
        Small(_) | Tens(_) => fraction(tape, at).or_else(|| cardinal(tape, at)),
    }
}

fn worth(word: &str) -> Option<Worth> {
    // Most words of a text start like no number word, and this is asked of every one of them.
    let [first, rest @ ..] = word.as_bytes() else { return None };
    let second = rest.first().map_or(b' ', u8::to_ascii_lowercase);
    let may = match first.to_ascii_lowercase() {
        b'a' => rest.is_empty(),
        b'd' => second == b'o',
        b'e' => matches!(second, b'i' | b'l'),
        b'f' => matches!(second, b'i' | b'o'),
        b'h' => second == b'a',
        b'n' => second == b'i',
        b'o' => second == b'n',
        b'q' => second == b'u',
        b's' => matches!(second, b'e' | b'i'),
        b't' => {
            matches!(second, b'e' | b'r' | b'w')
                || second == b'h' && matches!(rest.get(1), Some(b'i' | b'r' | b'I' | b'R'))
        }
        b'z' => second == b'e',
        _ => false,
    };
    if !may {
        return None;
    }
    WORDS.of(word)
}

/// `-` or white space between two words of one number; the index of the next word.
fn join(tape: &Tape<'_>, at: usize) -> Option<usize> {
    if matches!(tape.symbol(at), Some('-' | '‐' | '‑')) && tape.glued(at) && tape.glued(at + 1) {
        Some(at + 1)
    } else {
        (tape.follows(at) && !tape.glued(at)).then_some(at)
    }
}

/// `half a million`, `half million`, `quarter million`, `three quarters billion`: a part of a scale.
fn part_of_scale(tape: &Tape<'_>, at: usize, worth: Worth) -> Option<Spelled> {
    let value = if worth == Half { Decimal::new(5, 1) } else { Decimal::new(25, 2) };
    let mut next = join(tape, at + 1)?;
    if tape.is_word(next, "a") || tape.is_word(next, "of") {
        next = join(tape, next + 1)?;
        if tape.is_word(next, "a") {
            next = join(tape, next + 1)?;
        }
    }
    let (factor, next) = scale_words(tape, next)?;
    let step = Decimal::new(1, value.scale());
    Some(Spelled { value, step, scale: Some(factor), unit: None, timid: false, next })
}

/// `half` where a share is meant: `half of`, `half the`, `half our`, and after `more than`, `about`, `over`.
fn lone_half(tape: &Tape<'_>, at: usize, worth: Worth) -> Option<Spelled> {
    const OWNERS: &[&str] =
        &["of", "the", "our", "its", "their", "all", "his", "her", "this", "that", "these", "those"];
    const BEFORE: &[&str] =
        &["over", "than", "about", "nearly", "almost", "by", "roughly", "around", "under", "approximately"];
    if worth != Half {
        return None;
    }
    let whole = is_whole(tape, at, at + 1);
    let meant = OWNERS.iter().any(|word| tape.is_word(at + 1, word))
        || at > 0 && BEFORE.iter().any(|word| tape.is_word(at - 1, word));
    let another = at > 0
        && ["first", "second", "better", "last", "latter", "other", "the"]
            .iter()
            .any(|word| tape.is_word(at - 1, word));
    (whole || meant && !another && !tape.is_symbol(at + 1, '-')).then(|| share(1, 2, at + 1))
}

/// Whether the tokens are all there is, but for a sign such as `<` or `~` before them.
fn is_whole(tape: &Tape<'_>, at: usize, next: usize) -> bool {
    next == tape.len() && (at == 0 || at == 1 && tape.symbol(0).is_some())
}

/// `a million`, `a hundred`, `a dozen`, `a third of`, `a quarter of`, `a half`.
fn after_article(tape: &Tape<'_>, at: usize) -> Option<Spelled> {
    let next = join(tape, at + 1).filter(|&next| next == at + 1)?;
    let word = tape.word_at(next)?;
    if word.eq_ignore_ascii_case("half") || word.eq_ignore_ascii_case("quarter") {
        let worth = if word.eq_ignore_ascii_case("half") { Half } else { Quarter };
        if let Some(spelled) = part_of_scale(tape, next, worth) {
            return Some(spelled);
        }
    }
    if let Some(part) = PARTS.of(word)
        && (tape.is_word(next + 1, "of") || is_whole(tape, at, next + 1))
    {
        return Some(share(1, part, next + 1));
    }
    let (factor, next) = scale_words(tape, next)?;
    let hundred = factor == Decimal::ONE_HUNDRED;
    let value = if hundred { factor } else { Decimal::ONE };
    let (rest, next) = if hundred { hundreds_rest(tape, next) } else { (None, next) };
    let (value, step) = match rest {
        Some(rest) => (value + rest, Decimal::ONE),
        None => (value, value),
    };
    let scale = (!hundred).then_some(factor);
    Some(Spelled { value, step, scale, unit: None, timid: false, next })
}

/// `two-thirds`, `three fifths`, `one-quarter`.
fn fraction(tape: &Tape<'_>, at: usize) -> Option<Spelled> {
    let Small(count @ 1..) = worth(tape.word_at(at)?)? else { return None };
    let next = join(tape, at + 1)?;
    let part = PARTS.of(tape.word_at(next)?)?;
    let hyphen = next == at + 2;
    let plural = tape.text(next).as_bytes().last().is_some_and(|b| b.eq_ignore_ascii_case(&b's'));
    if count > part || plural != (count > 1) {
        return None;
    }
    if let Some((factor, next)) = join(tape, next + 1).and_then(|next| scale_words(tape, next))
        && let Some(value) = Decimal::from(count).checked_div(Decimal::from(part))
    {
        return Some(Spelled { value, step: Decimal::new(1, 2), scale: Some(factor), unit: None, timid: false, next });
    }
    // `three quarters` without a hyphen are a length of time as often as a share.
    let spaced_quarters = !hyphen && part == 4;
    let meant = !spaced_quarters || tape.is_word(next + 1, "of") || is_whole(tape, at, next + 1);
    meant.then(|| share(count, part, next + 1))
}

/// A share in percent, to two places.
fn share(count: u8, part: u8, next: usize) -> Spelled {
    let hundredfold = Decimal::from(u32::from(count) * 100);
    let value = hundredfold.checked_div(Decimal::from(part)).unwrap_or_default().round_dp(2);
    Spelled { value, step: Decimal::TWO, scale: None, unit: Some(Unit::Percent), timid: false, next }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::DecimalMark;

    #[test]
    fn the_tables_are_sorted() {
        assert!(WORD_LIST.is_sorted_by_key(|(word, _)| word));
        assert!(
            WORD_LIST.iter().all(|(word, _)| worth(word).is_some()),
            "the quick look at the first letters lets all pass"
        );
        assert!(PART_LIST.is_sorted_by_key(|(word, _)| word));
    }

    #[test]
    fn words_become_numbers() {
        for (text, want) in [
            ("forty-two", "42 by 1"),
            ("eleven new stores", "11 by 1"),
            ("two and a half million", "2500000 by 100000"),
            ("half a million", "500000 by 100000"),
            ("three quarters billion", "750000000 by 10000000"),
            ("a million", "1000000 by 1000000"),
            ("three thousand two hundred", "3200 by 100"),
            ("three hundred and five thousand", "305000 by 1000"),
            ("two dozen", "24 by 12"),
            ("two-thirds", "66.67 by 2"),
            ("three fifths", "60 by 2"),
            ("a quarter of sales", "25 by 2"),
            ("a quarter ago", "nothing"),
            ("half of it", "50 by 2"),
            ("half-year", "nothing"),
            ("doubled", "2 by 0.2"),
            ("dozen", "nothing"),
        ] {
            let tape = Tape::new(text, DecimalMark::Point, &[]);
            let said = read(&tape, 0).map_or("nothing".to_owned(), |spelled| {
                let scale = spelled.scale.unwrap_or(Decimal::ONE);
                format!("{} by {}", (spelled.value * scale).normalize(), (spelled.step * scale).normalize())
            });
            assert_eq!(said, want, "{text}");
        }
    }
}
