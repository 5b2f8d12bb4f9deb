//! Which step back a change is taken against: `year over year`, `QoQ`, `y/y`, `sequentially`, `on the year`.
//!
//! Enters: a place among the tokens. Leaves: the step that stands there.
//! Invariant: `on the year` is a step only where the phrase ends with it: not `on the year to March`.

use super::relative::{grain, noun};
use super::token::Tokens;
use super::word::Word;
use super::{Reading, is_currency};
use crate::period::{Expression, Grain};

/// `year over year`, `QoQ`, `y/y`, `sequentially`, `on the year`.
pub(super) fn against(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let (next, grain) = match tokens.word(at)? {
        Word::Yoy => (at + 1, Grain::Year),
        Word::Qoq | Word::Sequentially => (at + 1, Grain::Quarter),
        // `Mom` is also somebody's mother.
        Word::Mom if tokens.bytes(at).last().is_some_and(u8::is_ascii_uppercase) => (at + 1, Grain::Month),
        Word::Hoh => (at + 1, Grain::Half),
        Word::Letter(letter) => slashed(tokens, at, letter)?,
        // `On the year`, `over the past quarter`.
        lead @ (Word::On | Word::Over) => {
            let start = tokens.phrase(at, &[lead, Word::The])?;
            // `Over the full year sales were …` says when, not on what.
            if tokens.is(start, Word::Full) {
                return None;
            }
            let past = lead == Word::Over && matches!(tokens.word(start), Some(Word::Last | Word::Trailing));
            let (next, grain) = noun(tokens, if past { start + 1 } else { start })?;
            // `up 1.6% on the year to €3.2m`, not `on the year to March`.
            let to_amount = tokens.is(next, Word::To)
                && (tokens.number(next + 1).is_some() || tokens.symbol(next + 1).is_some_and(is_currency));
            let goes_on = !to_amount
                && matches!(
                    tokens.word(next),
                    Some(
                        Word::Ahead
                            | Word::End
                            | Word::To
                            | Word::Ended
                            | Word::Ending
                            | Word::Before
                            | Word::Of
                            | Word::As
                    )
                )
                || tokens.number(next).is_some()
                || tokens.hop(next) != next;
            if goes_on {
                return None;
            }
            (next, grain)
        }
        word => {
            let grain = grain(Some(word))?;
            let middle = tokens.hop(at + 1);
            let again = tokens.hop(middle + 1);
            if !matches!(tokens.word(middle), Some(Word::On | Word::Over)) || !tokens.is(again, word) {
                return None;
            }
            (again + 1, grain)
        }
    };
    Some((next, Expression::Against(grain)))
}

/// `y/y`, `q-o-q`.
fn slashed(tokens: &Tokens<'_>, at: usize, letter: u8) -> Reading<Grain> {
    let grain = match letter {
        b'y' => Grain::Year,
        b'h' => Grain::Half,
        b'q' => Grain::Quarter,
        b'm' => Grain::Month,
        _ => return None,
    };
    let same = |at: usize| tokens.glued(at) && tokens.is(at, Word::Letter(letter));
    if tokens.is_symbol(at + 1, '/') && tokens.glued(at + 1) && same(at + 2) {
        return Some((at + 3, grain));
    }
    let middle = tokens.hop(at + 1);
    let last = tokens.hop(middle + 1);
    let joined = middle > at + 1 && tokens.is(middle, Word::Letter(b'o')) && last > middle + 1 && same(last);
    joined.then_some((last + 1, grain))
}
