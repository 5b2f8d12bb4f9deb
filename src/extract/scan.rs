//! The walk over the tape: at each token the readers are asked in turn, and the first that answers takes its tokens.
//!
//! Enters: a tape and the mentions that claim bytes of it. Leaves: every mention in order.
//! Invariant: a token is in at most one mention, and the walk only moves forward.

use rust_decimal::Decimal;

use super::amount::{self, Amount, Inherited};
use super::aside::{self, SetAside};
use super::fold::{Words, words};
use super::lex::{Kind, Tape};
use super::malformed::{self, Bad};
use super::{Aside, Mention, MentionKind, currency, noun, qualify, range, spelled};
use crate::quantity::{Quantity, Sign, Unit};

/// What a reader found: a kind, and tokens `first..next`.
type Found = (MentionKind, usize, usize);

/// Every mention of a tape.
pub(super) fn walk(tape: &Tape<'_>, claims: &[Mention]) -> Vec<Mention> {
    let mut mentions = Vec::with_capacity(claims.len());
    let mut at = 0;
    let mut floor = 0;
    while let Some(token) = tape.token(at) {
        if let Kind::Claimed(index) = token.kind {
            mentions.extend(claims.get(index as usize).cloned());
            (at, floor) = (at + 1, at + 1);
        } else if let Some((kind, first, next)) = at_token(tape, at, floor) {
            // What is named by a word or sign before it (`# 45`) may find that taken: the end of an address.
            mentions.push(Mention { range: tape.start(first.max(floor))..tape.end(next - 1), kind });
            at = next.max(at + 1);
            floor = at;
        } else {
            at += 1;
        }
    }
    mentions
}

fn at_token(tape: &Tape<'_>, at: usize, floor: usize) -> Option<Found> {
    if let Some(set) = aside::address(tape, at) {
        return Some(set_aside(set));
    }
    match tape.kind(at)? {
        Kind::Number(_) => at_number(tape, at, floor),
        Kind::Mixed => Some(set_aside(aside::mixed(tape, at, floor))),
        Kind::Word => at_word(tape, at),
        Kind::Symbol(c) => at_symbol(tape, at, c),
        Kind::Claimed(_) => None,
    }
}

fn set_aside(set: SetAside) -> Found {
    (MentionKind::Aside(set.why), set.first, set.next)
}

fn bad(bad: Bad, first: usize, next: usize) -> Found {
    let kind = match bad {
        Bad::Malformed(message) => MentionKind::Malformed(message),
        Bad::Aside(why) => MentionKind::Aside(why),
    };
    (kind, first, next)
}

fn at_number(tape: &Tape<'_>, at: usize, floor: usize) -> Option<Found> {
    if let Some(set) = aside::telephone(tape, at) {
        return Some(set_aside(set));
    }
    if is_glued_left(tape, at) {
        return Some(glued_left(tape, at, floor));
    }
    if let Some((what, next)) = malformed::numeral(tape, at) {
        return Some(bad(what, at, next));
    }
    let mark = aside::ordinal(tape, at).or_else(|| aside::time(tape, at)).or_else(|| aside::list_mark(tape, at));
    if let Some(set) = mark {
        return Some(set_aside(set));
    }
    if let Some(found) = ratio(tape, at) {
        return Some(found);
    }
    let amount = amount::read(tape, at, Inherited::default())?;
    from_amount(tape, amount, floor)
}

fn at_word(tape: &Tape<'_>, at: usize) -> Option<Found> {
    if let Some((quantity, next)) = range::between(tape, at) {
        return Some((MentionKind::Quantity(quantity), at, next));
    }
    if let Some(found) = percent_of(tape, at) {
        return Some(found);
    }
    // Only before a number or a sign can a word be a currency or a sign itself.
    let dollars = tape.is_symbol(at + 2, '$') && tape.glued(at + 2);
    let near = dollars || matches!(tape.kind(at + 1), Some(Kind::Number(_) | Kind::Symbol(_)));
    if near && let Some((what, next)) = malformed::after_currency(tape, at) {
        return Some(bad(what, at, next));
    }
    let signed = tape.is_word(at, "minus") || tape.is_word(at, "negative");
    if !near && !signed && spelled::read(tape, at).is_none() {
        return None;
    }
    let amount = amount::read(tape, at, Inherited::default())?;
    from_amount(tape, amount, at)
}

fn at_symbol(tape: &Tape<'_>, at: usize, c: char) -> Option<Found> {
    match c {
        '(' | '[' => {
            if let Some(set) = aside::footnote_mark(tape, at) {
                return Some(set_aside(set));
            }
            if let Some(set) = aside::telephone(tape, at) {
                return Some(set_aside(set));
            }
            return in_brackets(tape, at);
        }
        '+' => {
            if let Some(set) = aside::telephone(tape, at) {
                return Some(set_aside(set));
            }
        }
        '<' => {
            let whole = |amount: &Amount| at == 0 && amount.next == tape.len();
            if let Some(amount) = amount::angled(tape, at)
                && (whole(&amount) || matches!(amount.unit, Unit::Currency(_)))
            {
                return finish(tape, amount);
            }
        }
        '-' | '−' | '–' | '‒' | '－' | '~' | '≈' | '∼' | '˜' | '≥' | '⩾' | '≤' | '⩽' | '>' => {}
        c if currency::of_symbol(c).is_some() => {
            if let Some((what, next)) = malformed::after_currency(tape, at) {
                return Some(bad(what, at, next));
            }
        }
        _ => return None,
    }
    let amount = amount::read(tape, at, Inherited::default())?;
    from_amount(tape, amount, at)
}

/// `10.84:1`, `1.54 : 1`.
fn ratio(tape: &Tape<'_>, at: usize) -> Option<Found> {
    let glued = tape.glued(at + 1) && tape.glued(at + 2);
    // With spaces a colon also stands between a label and a number: `Chapter 3 : 1 item`.
    let apart =
        !tape.glued(at + 1) && !tape.glued(at + 2) && tape.numeral(at).is_some_and(|numeral| numeral.places > 0);
    let one = tape.text(at + 2) == "1" && tape.is_symbol(at + 1, ':') && (glued || apart);
    let ends = !tape.glued(at + 3)
        || !matches!(
            tape.kind(at + 3),
            Some(Kind::Word | Kind::Mixed | Kind::Number(_) | Kind::Symbol(':' | '-' | '/'))
        );
    if !one || !ends {
        return None;
    }
    let numeral = tape.numeral(at)?;
    let step = rust_decimal::Decimal::new(1, numeral.places);
    let quantity = Quantity::exact(numeral.value, step, Unit::Multiple)?;
    Some((MentionKind::Quantity(quantity), at, at + 3))
}

/// A label that says "percent of 20" and nothing else.
fn percent_of(tape: &Tape<'_>, at: usize) -> Option<Found> {
    if at != 0 {
        return None;
    }
    let of = if tape.is_word(0, "percent") || tape.is_word(0, "percents") || tape.is_word(0, "percentage") {
        1
    } else if tape.is_word(0, "per") && tape.is_word(1, "cent") {
        2
    } else {
        return None;
    };
    let amount = amount::read(tape, of + 1, Inherited::default()).filter(|_| tape.is_word(of, "of"))?;
    if !amount.is_bare() || amount.next != tape.len() {
        return None;
    }
    let amount = Amount { first: 0, unit: Unit::Percent, ..amount };
    finish(tape, amount)
}

/// Digits that belong to what is glued before them: `AL-4471`, `#4`, `Q.3`, `a/5`.
fn is_glued_left(tape: &Tape<'_>, at: usize) -> bool {
    if !tape.glued(at) {
        return false;
    }
    let lettered = |at: usize| tape.glued(at + 1) && matches!(tape.kind(at), Some(Kind::Word | Kind::Mixed));
    match tape.kind(at - 1) {
        Some(Kind::Word | Kind::Mixed) => true,
        Some(Kind::Symbol('-' | '‐' | '‑')) => {
            at > 1 && (lettered(at - 2) || tape.glued(at - 1) && tape.numeral(at - 2).is_some())
        }
        Some(Kind::Symbol('/')) => at > 1 && tape.glued(at - 1) && (lettered(at - 2) || tape.numeral(at - 2).is_some()),
        Some(Kind::Symbol('_' | '@' | '\\' | '=' | '^')) => true,
        Some(Kind::Symbol('&')) => at > 1 && lettered(at - 2),
        _ => false,
    }
}

/// An identifier, unless the number carries what only amounts do: `non-5%`, `mid-$40M`.
fn glued_left(tape: &Tape<'_>, at: usize, floor: usize) -> Found {
    let amount = amount::read(tape, at, Inherited::default());
    let after_word = at > 1 && tape.word_at(at - 2).is_some_and(|word| word.bytes().all(|b| b.is_ascii_lowercase()));
    let marked = amount.filter(|amount| {
        !amount.is_bare() && !names_scale(amount) && !amount.hyphen && after_word && tape.symbol(at - 1) != Some('_')
    });
    if let Some(amount) = marked
        && ends_clean(tape, &amount)
        && let Some(found) = finish(tape, amount)
    {
        return found;
    }
    set_aside(aside::chunk(tape, at, floor))
}

/// What an amount is, where it stands: a range, a claim, or something set aside.
fn from_amount(tape: &Tape<'_>, amount: Amount, floor: usize) -> Option<Found> {
    let digits = tape.numeral(amount.first).is_some();
    if let Some((quantity, next)) = range::from(tape, &amount)
        && !(digits && aside::reference(tape, &amount).is_some())
    {
        return Some((MentionKind::Quantity(quantity), amount.first, next));
    }
    if let Some(amount) = range::with_cents(tape, &amount) {
        return finish(tape, amount);
    }
    if let Some(found) = out_of(tape, &amount) {
        return Some(found);
    }
    if let Some(next) = super::scale::length(tape, amount.next).filter(|_| amount.is_bare()) {
        return Some(set_aside(SetAside { first: amount.first, next, why: Aside::Description }));
    }
    if !ends_clean(tape, &amount) {
        return (!amount.in_words).then(|| set_aside(aside::chunk(tape, amount.next - 1, floor.min(amount.first))));
    }
    if amount.hyphen && matches!(amount.unit, Unit::Duration(_)) {
        // `30-year bonds`, `13-week forecast` are names; `a 17.4-month payback` says something.
        if amount.step.fract().is_zero() {
            let set = SetAside { first: amount.first, next: amount.next, why: Aside::Description };
            return (!amount.in_words).then(|| set_aside(set));
        }
    }
    let mut amount = amount;
    if amount.is_bare() {
        amount.noun = noun::counted(tape, amount.next);
    }
    let alone = amount.first == 0 && amount.next == tape.len();
    if amount.timid && !alone && !one_of_something(&amount) {
        return None;
    }
    if names_scale(&amount) {
        let set = SetAside { first: amount.first, next: amount.next, why: Aside::Description };
        return Some(set_aside(set));
    }
    if digits && amount.is_plain() || digits && amount.is_bare() && amount.sign == Sign::None && amount.scale.is_none()
    {
        let plain = amount.is_plain();
        let date = || aside::date(tape, &amount).filter(|_| plain && amount.noun.is_none());
        let set = aside::reference(tape, &amount).or_else(date);
        if let Some(set) = set {
            return Some(set_aside(set));
        }
        if amount.zero_led && plain {
            return Some(set_aside(aside::chunk(tape, amount.first, floor)));
        }
    }
    finish(tape, amount)
}

/// `(£000)`, `$'000`: the scale of other numbers.
fn names_scale(amount: &Amount) -> bool {
    amount.whole_digits == 3
        && amount.value.is_zero()
        && amount.step == Decimal::ONE
        && matches!(amount.unit, Unit::Currency(_))
}

/// Things that are counted one by one, so that "one" before them is a number.
const ONES: &[&str] = &[
    "acquisition",
    "agreement",
    "closure",
    "contract",
    "customer",
    "day",
    "deal",
    "director",
    "employee",
    "hire",
    "incident",
    "opening",
    "person",
    "plant",
    "product",
    "shop",
    "site",
    "store",
    "supplier",
    "vessel",
];

fn one_of_something(amount: &Amount) -> bool {
    !amount.is_bare() || amount.noun.as_deref().is_some_and(|noun| ONES.contains(&noun))
}

/// `3 in 4`, `one in four`: a share.
fn out_of(tape: &Tape<'_>, amount: &Amount) -> Option<Found> {
    let plain = |amount: &Amount| amount.is_plain() && amount.scale.is_none() && amount.value.fract().is_zero();
    if !plain(amount) || !tape.is_word(amount.next, "in") {
        return None;
    }
    let of = amount::read(tape, amount.next + 1, Inherited::default()).filter(plain)?;
    let ten = rust_decimal::Decimal::TEN;
    let same = amount.in_words == of.in_words && (amount.in_words || of.value <= ten && of.whole_digits <= 2);
    let less = amount.value < of.value && !amount.value.is_zero();
    // `3 in 4 weeks` has a unit and is not plain; `3 in 4 regions` counts, but a share of people or customers is what decks say.
    if !same || !less || !ends_clean(tape, &of) {
        return None;
    }
    let hundredfold = amount.value.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?;
    let value = hundredfold.checked_div(of.value)?.round_dp(2);
    let share = Amount {
        value,
        step: rust_decimal::Decimal::TWO,
        unit: Unit::Percent,
        next: of.next,
        in_words: true,
        ..amount.clone()
    };
    finish(tape, Amount { timid: false, marked: true, ..share })
}

/// Whether nothing is glued behind an amount that would make it part of something else.
fn ends_clean(tape: &Tape<'_>, amount: &Amount) -> bool {
    let next = amount.next;
    if !tape.glued(next) {
        return true;
    }
    let more = |at: usize| tape.glued(at) && matches!(tape.kind(at), Some(Kind::Word | Kind::Mixed | Kind::Number(_)));
    match tape.kind(next) {
        Some(Kind::Word | Kind::Mixed | Kind::Claimed(_)) => false,
        Some(Kind::Number(_)) => !amount.is_bare(),
        Some(Kind::Symbol('-' | '‐' | '‑')) if amount.in_words => !more(next + 1) || !amount.is_bare(),
        Some(Kind::Symbol('-' | '‐' | '‑' | '/' | ':')) => !amount.is_bare() || !more(next + 1),
        Some(Kind::Symbol('_' | '@' | '\\' | '=')) => !more(next + 1),
        // `401(k)`
        Some(Kind::Symbol('(')) => {
            let lettered = tape.word_at(next + 1).is_some_and(|word| word.len() == 1) && tape.is_symbol(next + 2, ')');
            !(amount.is_bare() && lettered)
        }
        _ => true,
    }
}

/// An amount in round brackets: negative where the number is what is stated, an aside to a sentence otherwise.
fn in_brackets(tape: &Tape<'_>, at: usize) -> Option<Found> {
    let (amount, outside) = amount::bracketed(tape, at)?;
    let whole = at == 0 && is_rest_blank(tape, amount.next);
    if !ends_clean(tape, &amount) || amount.timid || amount.in_words || amount.hyphen {
        return None;
    }
    (outside || whole || states(tape, at, &amount)).then(|| finish(tape, amount)).flatten()
}

/// Whether only footnote marks and points follow.
pub(super) fn is_rest_blank(tape: &Tape<'_>, mut at: usize) -> bool {
    while at < tape.len() {
        if let Some(next) = aside::mark_in_brackets(tape, at) {
            at = next;
        } else if matches!(tape.symbol(at), Some('*' | '†' | '‡' | '¹' | '²' | '³' | '.' | ';' | ',')) {
            at += 1;
        } else {
            return false;
        }
    }
    true
}

/// Words before a bracketed amount that state it.
const STATING_LIST: &[&str] = &[
    "against",
    "and",
    "are",
    "at",
    "be",
    "been",
    "by",
    "from",
    "is",
    "of",
    "reached",
    "than",
    "to",
    "totaled",
    "totaling",
    "totalled",
    "totalling",
    "versus",
    "vs",
    "was",
    "were",
];

static STATING: Words = words!(STATING_LIST);

/// Whether a bracketed amount is the sentence's own number ("a loss of ($3.4M)", "was (2.4%)") rather than an insertion after a noun
/// ("revenue ($10.2M)", "came (85%)"). A bare number must look like an amount too.
fn states(tape: &Tape<'_>, at: usize, amount: &Amount) -> bool {
    let Some(before) = at.checked_sub(1) else { return amount.marked };
    let looks = amount.marked || amount.whole_digits > 1;
    let word = tape.word_at(before).is_some_and(|word| STATING.has(word));
    let sign = matches!(tape.symbol(before), Some(':' | '=' | '|' | '→' | '/'));
    let listed = amount.marked
        && tape.is_symbol(before, ',')
        && at > 1
        && matches!(tape.kind(at - 2), Some(Kind::Number(_) | Kind::Symbol(')' | '%')));
    looks && (word || sign || listed)
}

/// The claim that an amount makes.
fn finish(tape: &Tape<'_>, amount: Amount) -> Option<Found> {
    let qualifier = qualify::around(tape, &amount);
    match amount.quantity(qualifier) {
        Some(quantity) => Some((MentionKind::Quantity(quantity), amount.first, amount.next)),
        None => {
            let text = tape.text.get(tape.start(amount.first)..tape.end(amount.next - 1)).unwrap_or_default();
            let message = format!("`{text}` is larger than an amount can be");
            Some((MentionKind::Malformed(message), amount.first, amount.next))
        }
    }
}
