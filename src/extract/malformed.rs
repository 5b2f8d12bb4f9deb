//! What is nearly a number: reported, never guessed.
//!
//! Enters: a tape and the index of a currency or a numeral. Leaves: the tokens and one sentence.
//! Invariant: only what no custom of writing numbers explains is called malformed; the rest is set aside as unclear.

use super::Aside;
use super::lex::Tape;
use super::number::Shape;
use super::{currency, scale};

/// A number that is not one.
#[derive(Clone, Debug)]
pub(super) enum Bad {
    /// Reported, with what is wrong.
    Malformed(String),
    /// Set aside.
    Aside(Aside),
}

/// `$,398,433`, `$1, 127.1K`, `$11,2`: from a currency to the end of what follows it.
pub(super) fn after_currency(tape: &Tape<'_>, at: usize) -> Option<(Bad, usize)> {
    let money = currency::before(tape, at)?;
    let first = money.next;
    if matches!(tape.symbol(first), Some(',' | '.' | '\''))
        && tape.glued(first)
        && tape.glued(first + 1)
        && tape.symbol(first) == Some(',')
    {
        tape.numeral(first + 1)?;
        let end = first + 2;
        let text = between(tape, at, end);
        return Some((Bad::Malformed(format!("`{text}` starts with a comma; digits before it are missing")), end));
    }
    let numeral = tape.numeral(first).filter(|_| tape.follows(first))?;
    let end = scale::after(tape, first + 1, true).map_or(first + 1, |(_, next)| next);
    let text = between(tape, at, end);
    match numeral.shape {
        Shape::Number => torn(tape, at, first),
        Shape::TooLong => Some((Bad::Malformed(format!("`{text}` has more digits than an amount can have")), end)),
        Shape::Dotted => Some((Bad::Malformed(format!("`{text}` has several decimal points")), end)),
        Shape::Misgrouped => Some((Bad::Malformed(format!("the digits of `{text}` are not grouped in threes")), end)),
        Shape::Broken => Some((Bad::Malformed(format!("`{text}` mixes commas and points like no number")), end)),
    }
}

/// `$1, 127.1K`: an amount torn apart behind a comma.
fn torn(tape: &Tape<'_>, at: usize, first: usize) -> Option<(Bad, usize)> {
    let head = tape.numeral(first)?;
    let tail = tape.numeral(first + 2)?;
    let comma =
        tape.is_symbol(first + 1, ',') && tape.glued(first + 1) && !tape.glued(first + 2) && tape.follows(first + 2);
    let three = tail.shape == Shape::Number && (tail.whole_digits == 3 || tail.grouped && tail.whole_digits % 3 == 0);
    let whole = head.places == 0 && (head.whole_digits <= 3 || head.grouped);
    let scaled = scale::after(tape, first + 3, true).filter(|_| tape.glued(first + 3));
    let more = tail.places > 0 || tail.grouped || scaled.is_some();
    let percent = tape.is_symbol(first + 3, '%');
    if !(comma && three && whole && more) || percent {
        return None;
    }
    let end = scaled.map_or(first + 3, |(_, next)| next);
    let text = between(tape, at, end);
    Some((Bad::Malformed(format!("`{text}` has a space inside its digits")), end))
}

/// A numeral whose shape is no number's, without a currency.
pub(super) fn numeral(tape: &Tape<'_>, at: usize) -> Option<(Bad, usize)> {
    let text = tape.text(at);
    let bad = match tape.numeral(at)?.shape {
        Shape::Number => return None,
        Shape::Dotted => Bad::Aside(Aside::Version),
        Shape::Misgrouped => Bad::Aside(Aside::Unclear),
        Shape::Broken if text.contains("..") => Bad::Malformed(format!("`{text}` has two decimal points in a row")),
        Shape::Broken if text.contains(",,") => Bad::Malformed(format!("`{text}` has two commas in a row")),
        Shape::Broken => Bad::Malformed(format!("`{text}` mixes commas and points like no number")),
        Shape::TooLong if text.contains([',', '.', '\'', ' ']) => {
            Bad::Malformed(format!("`{text}` has more digits than an amount can have"))
        }
        Shape::TooLong => Bad::Aside(Aside::Identifier),
    };
    Some((bad, at + 1))
}

fn between<'t>(tape: &Tape<'t>, at: usize, end: usize) -> &'t str {
    tape.text.get(tape.start(at)..tape.end(end.saturating_sub(1))).unwrap_or_default()
}
