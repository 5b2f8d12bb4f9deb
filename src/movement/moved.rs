//! `Rose 12% from A to B`, `eased to A from B`, `A, up 2% from B`, `A, 12% more than B`: what a sentence itself says moved.
//!
//! Enters: a text with its quantities. Leaves: [`Moved`]s, whatever the numbers are of. Invariant: both numbers are exact, of one unit
//! and size, and between them and their word stands nothing that could make them numbers of two things.

use std::ops::Range;

use rust_decimal::Decimal;

use super::cue::{is_elsewhere, is_footing, is_of_time, is_other_verb, is_versus, says_movement};
use crate::check::interval;
use crate::extract::Mention;
use crate::interval::Interval;
use crate::period::scan::names_month;
use crate::quantity::{Qualifier, Quantity, Sign, Unit};
use crate::source::Better;
use crate::stops;
use crate::vocabulary::polarity;
use crate::words::{Word, stems, words};

/// A number with its bytes.
pub(crate) type Said<'a> = (&'a Mention, &'a Quantity);

/// Two numbers of a sentence with the word that says how the one became the other.
#[derive(Clone, Debug)]
pub(crate) struct Moved<'a> {
    /// The word of movement.
    pub(crate) words: Range<usize>,
    /// Whether it says up.
    pub(crate) up: bool,
    pub(crate) later: Said<'a>,
    pub(crate) earlier: Said<'a>,
    /// By how much, where that is said.
    pub(crate) by: Option<Said<'a>>,
}

/// Words between a verb and its number, at most: `fell 60 basis points to`, `reduced the number of open posts to`.
const SLOT: usize = 8;

/// Words between a number and the link to the next, at most: `29.7% of sales from 29.1%`.
const FILL: usize = 6;

/// Bytes around a sentence's numbers that are looked at.
const NEAR: usize = 72;

/// Everything that a text says moved, in order.
pub(crate) fn moves<'a>(text: &str, quantities: &[Said<'a>]) -> Vec<Moved<'a>> {
    (0..quantities.len()).filter_map(|at| moved(text, quantities, at)).collect()
}

/// What moved, of which the number there is the first that is stated.
fn moved<'a>(text: &str, quantities: &[Said<'a>], at: usize) -> Option<Moved<'a>> {
    let found = joined(text, quantities, at)
        .or_else(|| (1..=2).find_map(|step| set_beside(text, quantities, at, step)))
        .or_else(|| dated(text, quantities, at))
        .or_else(|| summed_up(text, quantities, at));
    found.filter(|moved| is_one_thing(text, moved))
}

/// `rose 5% to A from B`, `a rise from A to B, or 5%`.
fn joined<'a>(text: &str, quantities: &[Said<'a>], at: usize) -> Option<Moved<'a>> {
    let (first, next) = (*quantities.get(at)?, *quantities.get(at + 1)?);
    let link = joins(text.get(first.0.range.end..next.0.range.start)?)?;
    if is_listed(text, quantities, at, at + 1) {
        return None;
    }
    let (later, earlier, before) = if link == "to" { (next, first, "from") } else { (first, next, "to") };
    let (words, up) = verb_before(text.get(..first.0.range.start)?, before)?;
    let within = at.checked_sub(1).map(|before| quantities[before]).filter(|by| by.0.range.start >= words.end);
    let by = match within {
        Some(by) => Some(by).filter(|by| is_tight(text, by.0.range.end..first.0.range.start)),
        None => quantities.get(at + 2).copied().filter(|by| is_apposed(text, next.0.range.end..by.0.range.start)),
    };
    Some(Moved { words, up, later, earlier, by })
}

/// `A, up from B`, `A, down 2% on B`, `A, 12% more than B`.
fn set_beside<'a>(text: &str, quantities: &[Said<'a>], at: usize, step: usize) -> Option<Moved<'a>> {
    let (later, earlier) = (*quantities.get(at)?, *quantities.get(at + step)?);
    let start = later.0.range.end;
    let gap = text.get(start..earlier.0.range.start)?;
    if is_listed(text, quantities, at, at + step) {
        return None;
    }
    let between = (step == 2).then(|| quantities[at + 1]);
    if let Some((words, up)) = verb_between(gap, start, step == 2) {
        let by = between.filter(|by| by.0.range.start >= words.end);
        return Some(Moved { words, up, later, earlier, by });
    }
    let by = between?;
    let (words, up) = more_than(text.get(start..by.0.range.start)?, text.get(by.0.range.end..earlier.0.range.start)?)?;
    let words = by.0.range.end + words.start..by.0.range.end + words.end;
    Some(Moved { words, up, later, earlier, by: Some(by) })
}

/// `rose to A (Q2: B)`, `fell by C to A (last year: B)`, `are down at A, against B in June`: the earlier number with its time.
fn dated<'a>(text: &str, quantities: &[Said<'a>], at: usize) -> Option<Moved<'a>> {
    let (later, earlier) = (*quantities.get(at)?, *quantities.get(at + 1)?);
    let gap = text.get(later.0.range.end..earlier.0.range.start)?;
    let behind = text.get(earlier.0.range.end..)?;
    let behind = behind.get(..behind.floor_char_boundary(NEAR / 2)).unwrap_or_default();
    let (noun, set_beside) = gap.split_once(['(', ','])?;
    let said = words(set_beside);
    let bracketed = gap.contains('(')
        && set_beside.trim_end().ends_with(':')
        && !set_beside.contains([',', ';', '(', ')'])
        && behind.starts_with(')')
        && said.len() <= 4
        && said.iter().any(|word| is_earlier(&word.stem));
    let versus = said.first().is_some_and(|word| is_versus(&word.stem));
    let plain = said.iter().skip(1).all(|word| matches!(word.stem.as_str(), "with" | "to" | "the"));
    // Of the numbers that follow `against`, only those with an earlier time are what it was.
    let then: Vec<Word> = words(behind.split([',', '.', ';', '(', '\n']).next().unwrap_or_default());
    let timed = then.len() <= 5
        && then.iter().any(|word| is_earlier(&word.stem))
        && !then.iter().any(|word| is_elsewhere(&word.stem));
    let compared = gap.contains(',') && versus && plain && timed && !is_broken(set_beside);
    if words(noun).len() > 2 || is_broken(noun) || !(bracketed || compared) || is_listed(text, quantities, at, at + 1) {
        return None;
    }
    let head = text.get(..later.0.range.start)?;
    let (words, up) = verb_before(head, "to").or_else(|| verb_before(head, "at"))?;
    let within = at.checked_sub(1).map(|before| quantities[before]).filter(|by| by.0.range.start >= words.end);
    // `rose 12% year on year to A, against B in Q2`: the rise is on another time.
    let own = self::words(text.get(words.end..later.0.range.start)?).len() <= 2;
    let by = within.filter(|by| is_tight(text, by.0.range.end..later.0.range.start));
    (bracketed || own).then_some(Moved { words, up, later, earlier, by })
}

/// Whether a word is one of an earlier time.
fn is_earlier(stem: &str) -> bool {
    const TIMES: &[&str] =
        &["last", "prior", "previous", "ago", "before", "earlier", "q1", "q2", "q3", "q4", "h1", "h2"];
    let year = |digits: &str| digits.len() >= 2 && digits.len() <= 4 && digits.chars().all(|c| c.is_ascii_digit());
    TIMES.contains(&stem) || names_month(stem) || year(stem.strip_prefix("fy").unwrap_or(stem))
}

/// `went from A to B, an increase of 12%`, `A versus B a year ago, a gain of 27%`: only the amount says which way.
fn summed_up<'a>(text: &str, quantities: &[Said<'a>], at: usize) -> Option<Moved<'a>> {
    let [first, next, by] = *quantities.get(at..at + 3)? else { return None };
    let gap = text.get(first.0.range.end..next.0.range.start)?;
    let stretch = next.0.range.end..by.0.range.start;
    // `a year ago, a gain of`: what says when ends before the amount is said.
    let tail = text.get(stretch.clone())?;
    let mark = tail.rfind([',', '(', ':', ';', '–', '—'])?;
    let word = words(tail).into_iter().rfind(|word| says_movement(&word.stem).is_some())?;
    let plain = words(tail.get(..mark)?).len() <= 4 && !is_broken(tail.get(..mark)?);
    if !plain || word.range.start < mark || !is_apposed(text, stretch.start + mark..stretch.end) {
        return None;
    }
    let head = tail_words(text.get(..first.0.range.start)?);
    let moves = head.len() >= 2
        && head[head.len() - 1] == "from"
        && matches!(head[head.len() - 2].as_str(), "went" | "moved" | "changed");
    let said = words(gap);
    let versus = is_versus(&said.first()?.stem);
    let light = |word: &Word| matches!(word.stem.as_str(), "with" | "to" | "the" | "a") || !is_elsewhere(&word.stem);
    let parted = gap.trim_start().trim_start_matches(',');
    let compared = versus && said.len() <= 4 && said.iter().skip(1).all(light) && !is_broken(parted);
    let (later, earlier) = match (moves && gap.trim() == "to", compared) {
        (true, _) => (next, first),
        (_, true) => (first, next),
        _ => return None,
    };
    let range = stretch.start + word.range.start..stretch.start + word.range.end;
    let up = says_movement(&word.stem)?;
    (!is_listed(text, quantities, at, at + 1)).then_some(Moved { words: range, up, later, earlier, by: Some(by) })
}

/// The stems of the last few words of a text.
fn tail_words(text: &str) -> Vec<String> {
    words(tail(text)).into_iter().map(|word| word.stem).collect()
}

/// Whether the two numbers are of one thing and one size.
pub(super) fn is_one_thing(text: &str, moved: &Moved<'_>) -> bool {
    let ((later, a), (earlier, b)) = (moved.later, moved.earlier);
    let plain = |quantity: &Quantity| {
        matches!(quantity.qualifier, Qualifier::Exact | Qualifier::About)
            && matches!(quantity.sign, Sign::None | Sign::Plus)
            && !quantity.in_words
            && quantity.value.is_some_and(|value| value > Decimal::ZERO)
    };
    // A ratio of `1:12` goes up as its number goes down; a rank is no size.
    let ratio = [later, earlier].iter().any(|it| text.get(it.range.clone()).is_some_and(|it| it.contains(':')));
    let noun = |quantity: &Quantity| quantity.noun.as_deref().map(stems);
    let same = is_rival(a, b) && noun(a).zip(noun(b)).is_none_or(|(a, b)| a == b);
    if !plain(a) || !plain(b) || !same || ratio || is_ranked(text, moved) {
        return false;
    }
    // `$3.2 from $2.9 million` leaves the scale of one to the other.
    let near = |low: Option<Decimal>, high: Option<Decimal>| {
        low.and_then(|low| low.checked_mul(Decimal::from(20))).zip(high).is_some_and(|(limit, high)| high <= limit)
    };
    near(a.low, b.high) && near(b.low, a.high)
}

/// Whether two numbers can be of one thing: `52 days from 47` and `$11.62 an ounce, from $11.20` write the unit of one only.
pub(super) fn is_rival(a: &Quantity, b: &Quantity) -> bool {
    let bare = |it: &Quantity| matches!(it.unit, Unit::Count | Unit::Bare) && it.noun.is_none() && !it.in_words;
    let lasts = |it: &Quantity| matches!(it.unit, Unit::Duration(_) | Unit::Measure(_));
    let each = |one: &Quantity, other: &Quantity| matches!(&one.unit, Unit::Per(unit, _) if **unit == other.unit);
    let shared = |one: &Quantity, other: &Quantity| lasts(one) && bare(other) || each(one, other);
    is_alike(&a.unit, &b.unit) || shared(a, b) || shared(b, a)
}

/// Whether two units are one: of `1,204 customers` and a target of `1,250` only one says what is counted.
fn is_alike(a: &Unit, b: &Unit) -> bool {
    a == b || matches!((a, b), (Unit::Count | Unit::Bare, Unit::Count | Unit::Bare))
}

/// Whether ranks are spoken of, near the numbers.
fn is_ranked(text: &str, moved: &Moved<'_>) -> bool {
    const RANKS: &[&str] = &["rank", "ranked", "ranking", "position", "place", "league", "quartile"];
    let end = moved.later.0.range.end.max(moved.earlier.0.range.end);
    let start = text.ceil_char_boundary(moved.words.start.saturating_sub(NEAR));
    let end = text.floor_char_boundary(end + NEAR);
    words(text.get(start..end).unwrap_or_default()).iter().any(|word| RANKS.contains(&word.stem.as_str()))
}

/// Whether one number is less than another, whatever they were rounded from. Numbers one step apart touch, and the end that they share
/// is rounded up (half away from zero), so that it is in the greater one only.
pub(crate) fn is_less(a: &Quantity, b: &Quantity) -> bool {
    let (Some(low), Some(high)) = (interval(a), interval(b)) else { return false };
    a.value != b.value && low.high <= high.low
}

impl<'a> Moved<'a> {
    /// The amount of movement with what the two numbers give, both in the direction of the word and in the unit of the amount: per
    /// cent, points, or the numbers' own. `None` without an amount, and where it is on another footing than the numbers.
    pub(crate) fn amount(&self, text: &str) -> Option<(Said<'a>, Interval)> {
        let by = self.by.filter(|(_, by)| by.qualifier != Qualifier::Range && !by.in_words)?;
        let all = [self.words.clone(), by.0.range.clone(), self.later.0.range.clone(), self.earlier.0.range.clone()];
        let start = all.iter().map(|range| range.start).min()?;
        if is_on_other_footing(text, start..all.iter().map(|range| range.end).max()?) {
            return None;
        }
        let (a, b) = (interval(self.later.1)?, interval(self.earlier.1)?);
        let rate = self.later.1.unit == Unit::Percent;
        let given = match &by.1.unit {
            Unit::Percent if !rate => a.growth_on(b)?,
            Unit::Points if rate => a.minus(b)?,
            Unit::BasisPoints if rate => a.minus(b)?.times(Decimal::ONE_HUNDRED)?,
            unit if is_alike(unit, &self.later.1.unit) && !rate => a.minus(b)?,
            _ => return None,
        };
        Some((by, if self.up { given } else { given.negated() }))
    }

    /// Whether the numbers go against the word.
    pub(crate) fn is_contradicted(&self) -> bool {
        let (later, earlier) = (self.later.1, self.earlier.1);
        if self.up { is_less(later, earlier) } else { is_less(earlier, later) }
    }
}

/// Whether either number is one of a list: `to $5M and $4M from $6M and $3M` pairs them otherwise.
fn is_listed(text: &str, quantities: &[Said<'_>], first: usize, second: usize) -> bool {
    let joined = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (quantities.get(a), quantities.get(b)) else { return false };
        let gap = text.get(a.0.range.end..b.0.range.start).unwrap_or_default().trim();
        a.1.unit == b.1.unit && matches!(gap, "and" | "," | ", and" | "or" | "/" | "&")
    };
    first.checked_sub(1).is_some_and(|before| joined(before, first)) || joined(second, second + 1)
}

/// `to`, `from`, ` of sales from`: what joins two numbers of one thing.
pub(crate) fn joins(gap: &str) -> Option<&'static str> {
    let plain = gap.trim_end().strip_suffix("from").map_or(gap, |rest| rest.trim_end().trim_end_matches([',', '(']));
    if is_broken(plain) {
        return None;
    }
    let words = words(gap);
    let last = words.last()?;
    let elsewhere = words.iter().any(|word| is_elsewhere(&word.stem) || says_movement(&word.stem).is_some());
    match last.stem.as_str() {
        _ if elsewhere || words.len() > FILL => None,
        "from" => Some("from"),
        "to" => Some("to"),
        _ => None,
    }
}

/// Whether something ends or is set apart in a stretch.
pub(super) fn is_broken(stretch: &str) -> bool {
    stretch.contains([',', ';', ':', '(', ')', '\n', '–', '—']) || stops::parts(stretch)
}

/// Whether only words of time stand between an amount of movement and the number it led to.
fn is_tight(text: &str, stretch: Range<usize>) -> bool {
    let Some(between) = text.get(stretch) else { return false };
    !is_broken(between) && words(between).iter().all(|word| is_of_time(&word.stem))
}

/// `, or`, ` (`, `, an increase of`: whether what follows says again by how much.
fn is_apposed(text: &str, stretch: Range<usize>) -> bool {
    let Some(between) = text.get(stretch) else { return false };
    let plain = |word: &Word| {
        matches!(word.stem.as_str(), "or" | "a" | "an" | "of" | "by" | "i" | "e") || says_movement(&word.stem).is_some()
    };
    let said = words(between);
    let opened = between.trim_start().starts_with('(') || !said.is_empty() && !between.trim_start().starts_with("and");
    opened && said.iter().all(plain)
}

/// Whether the clause around a stretch puts its figures on another footing: `organic fees grew 4% to`, `from $5M at constant currency`.
fn is_on_other_footing(text: &str, stretch: Range<usize>) -> bool {
    let ends = |part: &str| stops::ends(part).next().unwrap_or(part.len());
    let before = text.get(..stretch.start).map_or("", |head| stops::begun(tail(head)));
    let behind = text.get(stretch.end..).unwrap_or_default();
    let behind = behind.char_indices().nth(NEAR / 2).map_or(behind, |(at, _)| &behind[..at]);
    let within = text.get(stretch).unwrap_or_default();
    let other = |part: &str| words(part).iter().any(|word| is_footing(&word.stem));
    other(before) || other(within) || other(&behind[..ends(behind)])
}

/// The last few words of a text.
pub(crate) fn tail(text: &str) -> &str {
    let from = text.ceil_char_boundary(text.len().saturating_sub(NEAR));
    text.get(from..).unwrap_or_default()
}

/// The word of movement whose number follows the text behind `link`, with its bytes and whether it says up.
fn verb_before(head: &str, link: &str) -> Option<(Range<usize>, bool)> {
    let near = tail(head);
    let offset = head.len() - near.len();
    let words = words(near);
    let bare = words.iter().rposition(|word| !matches!(word.stem.as_str(), "a" | "an" | "the" | "just" | "only"))?;
    if words.get(bare)?.stem != link {
        return None;
    }
    let (word, up) = verb(near, words.get(..bare)?)?;
    Some((word.range.start + offset..word.range.end + offset, up))
}

/// The last word of movement, where only its object stands behind it.
fn verb<'w>(text: &str, words: &'w [Word]) -> Option<(&'w Word, bool)> {
    for word in words.iter().rev().take(SLOT) {
        // `improved` and `worsened` say which way where the words before leave no doubt what is good.
        let judged = || {
            let better = match word.stem.as_str() {
                "improved" | "improving" | "strengthened" | "recovered" => true,
                "worsened" | "deteriorated" | "weakened" => false,
                _ => return None,
            };
            let good = polarity(text.get(..word.range.start)?)?;
            Some((good == Better::Up) == better)
        };
        if let Some(up) = says_movement(&word.stem).or_else(judged) {
            // `has risen, from A to B`.
            let behind = text.get(word.range.end..)?;
            return (!is_broken(behind) || behind.trim() == ", from").then_some((word, up));
        }
        if is_elsewhere(&word.stem) || is_other_verb(&word.stem) {
            return None;
        }
    }
    None
}

/// `, up from`, ` in Q3, down 2% on the`: a word of movement between two numbers, the later first.
fn verb_between(gap: &str, start: usize, by_amount: bool) -> Option<(Range<usize>, bool)> {
    let words = words(gap);
    // `up 12% vs $1.2M`: with an amount only.
    let links = |word: &Word| matches!(word.stem.as_str(), "from" | "on") || by_amount && is_versus(&word.stem);
    if let Some(found) = compared(gap, &words).filter(|_| !by_amount) {
        return Some((found.0.start + start..found.0.end + start, found.1));
    }
    let link = words.iter().rposition(links)?;
    let (before, mut behind) = (words.get(..link)?, words.get(link + 1..)?);
    // `compared with`, `compared to`.
    if let [first, rest @ ..] = behind
        && is_versus(&words.get(link)?.stem)
        && matches!(first.stem.as_str(), "with" | "to")
    {
        behind = rest;
    }
    // `down from the`, `up on last year's`.
    let short = behind.len() <= 3 && !behind.iter().any(|word| is_elsewhere(&word.stem));
    let (word, up) = verb(gap.get(..words.get(link)?.range.start)?, before)?;
    let tail = gap.get(words.get(link)?.range.end..)?.trim_start_matches('.');
    let plain = short && is_filling(gap.get(..word.range.start)?) && !is_broken(tail);
    plain.then(|| (word.range.start + start..word.range.end + start, up))
}

/// `, higher than the`: a number set beside one of another time.
fn compared(gap: &str, said: &[Word]) -> Option<(Range<usize>, bool)> {
    let than = said.iter().position(|word| word.stem == "than")?;
    let word = said.get(than.checked_sub(1)?)?;
    let up = match word.stem.as_str() {
        "higher" | "more" | "greater" | "larger" => true,
        "lower" | "fewer" | "less" | "smaller" => false,
        _ => return None,
    };
    let article = said.get(than + 1..)?.iter().all(|word| word.stem == "the");
    let tail = gap.get(said.get(than)?.range.end..)?;
    (article && is_filling(gap.get(..word.range.start)?) && !is_broken(tail)).then(|| (word.range.clone(), up))
}

/// Whether what stands between the later number and its word of movement only says more of that number.
fn is_filling(fill: &str) -> bool {
    let said = words(fill);
    // Where brackets or a sentence end first, the number stands within them and is another's.
    // `, a fall of`.
    let bare = fill.trim_end();
    let bare = ["a", "an"].iter().find_map(|article| bare.strip_suffix(article)).unwrap_or(bare).trim_end();
    // `A was down from B`.
    let linked = ["was", "were", "is", "are"].iter().find_map(|verb| bare.strip_suffix(verb));
    let linked = linked.filter(|head| head.trim().is_empty() && !head.is_empty());
    let Some(open) = bare.strip_suffix([',', '(']).or(linked) else { return false };
    said.len() <= FILL && !said.iter().any(|word| is_elsewhere(&word.stem)) && !is_broken(open)
}

/// `, ` and ` more than the`, ` was ` and ` below the budget of`: what stands before and behind the amount of a difference.
fn more_than(before: &str, behind: &str) -> Option<(Range<usize>, bool)> {
    const LINKS: &[&str] = &["was", "is", "were", "are"];
    const AGAIN: &[&str] = &["it", "they", "this", "that", "which"];
    let said = words(before);
    let linked = match said.as_slice() {
        [link] => LINKS.contains(&link.stem.as_str()),
        // `At €138.9m they were`.
        [again, link] => AGAIN.contains(&again.stem.as_str()) && LINKS.contains(&link.stem.as_str()),
        _ => false,
    };
    let apposed = matches!(before.trim(), "," | "(") || linked && !is_broken(before.trim_start_matches(','));
    let words = words(behind);
    let first = words.first()?;
    let up = match first.stem.as_str() {
        "more" | "higher" | "above" | "over" | "up" => true,
        "less" | "lower" | "fewer" | "below" | "under" | "down" => false,
        _ => return None,
    };
    let led = matches!(first.stem.as_str(), "above" | "below" | "over" | "under")
        || words.get(1).is_some_and(|word| matches!(word.stem.as_str(), "than" | "on" | "from" | "of"));
    let rest = words.get(2..).unwrap_or_default();
    let other =
        rest.iter().any(|word| is_elsewhere(&word.stem) && !matches!(word.stem.as_str(), "budget" | "plan" | "target"));
    let tail = behind.trim_end();
    let unbroken = !is_broken(tail.strip_suffix('(').unwrap_or(tail));
    (apposed && led && unbroken && !other && words.len() <= 10).then(|| (first.range.clone(), up))
}
