//! Any two numbers of one sentence that a word sets beside each other, in whatever order: `fell to A (Q2: B)`, `higher than a year
//! ago (B)`, `against B in June, headcount is up at A`, `A was below the B of FY24 but above the C we planned`.
//!
//! Enters: a text with its mentions and quantities. Leaves: [`Moved`]s. Invariant: one of the two numbers is marked as what the other
//! is set beside, every word that governs the two says the same way, and nothing between them and it turns to another thing.

mod govern;
mod lexicon;
mod mark;
mod token;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::moved::{Moved, Said, is_one_thing, is_rival, moves};
use super::planned::outcomes;
use crate::check::interval;
use crate::extract::Mention;
use crate::quantity::{Quantity, Unit};
use govern::governing;
use lexicon::{Says, is_on_footing, says};
use mark::{Link, Mark, Marked, mark};
use token::{Kind, Token, sentences};

/// Numbers of other units between two of one, at most.
const BETWEEN: usize = 2;

/// Tokens of a sentence that are looked at, at most: what is longer is a list.
const LONG: usize = 120;

/// A sentence with its numbers.
struct Sentence<'a, 't> {
    text: &'t str,
    tokens: Vec<Token>,
    quantities: &'t [Said<'a>],
    /// Which tokens are amounts of change, and not levels.
    amounts: Vec<bool>,
}

/// Two numbers of a sentence by their tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Pair {
    later: usize,
    earlier: usize,
    /// What marks the earlier one.
    mark: Marked,
}

impl Pair {
    fn ends(self) -> (usize, usize) {
        (self.later.min(self.earlier), self.later.max(self.earlier))
    }
}

/// Everything that a text itself says moved or stands beside a plan, in order of how surely it is read.
pub(crate) fn told<'a>(text: &str, mentions: &[Mention], quantities: &[Said<'a>]) -> Vec<Moved<'a>> {
    let mut found: Vec<Moved<'a>> = moves(text, quantities).into_iter().chain(outcomes(text, quantities)).collect();
    let numbers = |moved: &Moved<'_>| {
        let (later, earlier) = (moved.later.0.range.start, moved.earlier.0.range.start);
        (later.min(earlier), later.max(earlier))
    };
    let known: BTreeMap<(usize, usize), usize> =
        found.iter().enumerate().map(|(nth, moved)| (numbers(moved), nth)).collect();
    // What one number is set beside, no other is.
    let mut taken: BTreeSet<usize> = found.iter().map(|moved| moved.earlier.0.range.start).collect();
    for moved in pairs(text, mentions, quantities) {
        match known.get(&numbers(&moved)).and_then(|nth| found.get_mut(*nth)) {
            // `grew by £1.2m on the year, from A to B`.
            Some(first) if first.by.is_none() && first.up == moved.up => first.by = moved.by,
            Some(_) => {}
            None if taken.insert(moved.earlier.0.range.start) => found.push(moved),
            None => {}
        }
    }
    found
}

/// Two numbers that a word says are one, and are not: `flat at A against B`, `A, unchanged on the B of Q2`.
pub(crate) struct Unlike<'a> {
    pub(crate) words: Range<usize>,
    pub(crate) later: Said<'a>,
    pub(crate) earlier: Said<'a>,
}

/// What a text says has not moved, and has: by more than a twentieth, for nobody says how flat `flat` is.
pub(crate) fn unlike<'a>(text: &str, mentions: &[Mention], quantities: &[Said<'a>]) -> Vec<Unlike<'a>> {
    let is_far = |a: &Quantity, b: &Quantity| {
        let (Some(a), Some(b)) = (interval(a), interval(b)) else { return false };
        let twentieth = |low: Decimal, high: Decimal| high.checked_mul(Decimal::new(105, 2)).is_some_and(|it| it < low);
        twentieth(a.low, b.high) || twentieth(b.low, a.high)
    };
    let mut found = Vec::new();
    if quantities.len() < 2 {
        return found;
    }
    for tokens in sentences(text, mentions).into_iter().filter(|tokens| tokens.len() <= LONG) {
        if !tokens.iter().any(|token| token.kind == Kind::Word && says(&token.stem) == Some(Says::Same)) {
            continue;
        }
        let sentence = Sentence::new(text, tokens, quantities);
        for (first, second) in sentence.levels() {
            let Some(pair) = sentence.pair(first, second).filter(|pair| sentence.is_of_levels(*pair)) else { continue };
            let (Some(later), Some(earlier)) = (sentence.said(pair.later), sentence.said(pair.earlier)) else {
                continue;
            };
            let Some(word) = govern::settled(&sentence, pair) else { continue };
            let words = sentence.tokens[word].range.clone();
            let both = Moved { words: words.clone(), up: true, later, earlier, by: None };
            if is_one_thing(text, &both) && is_far(later.1, earlier.1) {
                found.push(Unlike { words, later, earlier });
            }
        }
    }
    found
}

/// Every two numbers of a text that one of its sentences sets beside each other.
fn pairs<'a>(text: &str, mentions: &[Mention], quantities: &[Said<'a>]) -> Vec<Moved<'a>> {
    let mut found = Vec::new();
    if quantities.len() < 2 {
        return found;
    }
    let mut before: Option<Sentence<'a, '_>> = None;
    for tokens in sentences(text, mentions) {
        if tokens.len() > LONG || tokens.is_empty() {
            before = None;
            continue;
        }
        let sentence = Sentence::new(text, tokens, quantities);
        found.extend(sentence.moves());
        if let Some(last) = before.take() {
            found.extend(last.followed_by(&sentence));
        }
        before = Some(sentence);
    }
    found
}

impl<'a, 't> Sentence<'a, 't> {
    fn new(text: &'t str, tokens: Vec<Token>, quantities: &'t [Said<'a>]) -> Self {
        let amounts = (0..tokens.len()).map(|at| is_amount(&tokens, at)).collect();
        Self { text, tokens, quantities, amounts }
    }

    fn said(&self, at: usize) -> Option<Said<'a>> {
        self.quantities.get(self.tokens.get(at)?.number()?).copied()
    }

    fn numbers(&self) -> Vec<usize> {
        (0..self.tokens.len()).filter(|at| self.tokens[*at].number().is_some()).collect()
    }

    fn moves(&self) -> Vec<Moved<'a>> {
        let footing = self.tokens.iter().any(|token| token.kind == Kind::Word && is_on_footing(&token.stem));
        let respective = self.tokens.iter().any(|token| token.is_word(&["respectively", "each"]));
        if footing || respective {
            return Vec::new();
        }
        let numbers = self.numbers();
        let mut found: Vec<Moved<'a>> = Vec::new();
        for (nth, &first) in numbers.iter().enumerate() {
            // Between the two may stand by how much the one differs, or what came of it.
            let next = numbers[nth + 1..].iter().take(BETWEEN + 1).copied();
            let Some((pair, moved)) = self.nearest(first, next) else { continue };
            found.push(moved);
            // `below September's 96 but ahead of the 58 of a year ago`.
            let third = numbers.iter().copied().find(|at| *at > pair.earlier && self.are_alike(first, *at));
            if pair.later == first
                && let Some(third) = third
            {
                found.extend(self.chained(pair, third));
            }
        }
        found
    }

    /// Each two levels of one unit that follow each other.
    fn levels(&self) -> Vec<(usize, usize)> {
        let numbers = self.numbers();
        let next = |nth: usize, first: usize| {
            let behind = numbers[nth + 1..].iter().take(BETWEEN + 1);
            behind.copied().find(|at| self.are_alike(first, *at) && !self.amounts[*at])
        };
        numbers.iter().enumerate().filter_map(|(nth, first)| Some((*first, next(nth, *first)?))).collect()
    }

    /// The number that one is set beside: the next level of its unit.
    fn nearest(&self, first: usize, next: impl Iterator<Item = usize>) -> Option<(Pair, Moved<'a>)> {
        for second in next.filter(|at| self.are_alike(first, *at)) {
            let found = self.moved(first, second);
            if found.is_some() || !self.amounts[second] {
                return found;
            }
        }
        None
    }

    /// Whether two numbers are of one unit, and neither a part of one.
    fn are_alike(&self, first: usize, second: usize) -> bool {
        let (Some((_, a)), Some((_, b))) = (self.said(first), self.said(second)) else { return false };
        let level = |at: usize| !self.is_rate_base(at);
        level(first) && level(second) && is_rival(a, b)
    }

    /// `per 10,000 properties`, `for every 100 beds`: part of a unit, and no level.
    fn is_rate_base(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.tokens[before].is_word(&["per", "every", "each"]))
    }

    /// How two numbers stand to each other.
    fn moved(&self, first: usize, second: usize) -> Option<(Pair, Moved<'a>)> {
        let pair = self.pair(first, second).filter(|pair| self.is_of_levels(*pair))?;
        let says = governing(self, pair)?;
        let moved = Moved {
            words: self.tokens.get(says.word)?.range.clone(),
            up: says.up,
            later: self.said(pair.later)?,
            earlier: self.said(pair.earlier)?,
            by: says.by.and_then(|at| self.said(at)),
        };
        is_one_thing(self.text, &moved).then_some((pair, moved))
    }

    /// Which of two numbers is the one that the other is set beside.
    fn pair(&self, first: usize, second: usize) -> Option<Pair> {
        if self.is_listed(first, second) {
            return None;
        }
        // `$62M (services $54M), up from $59M`: what stands in brackets is not what is spoken of behind them.
        let closed = self.tokens[first..second].iter().find(|token| token.is_mark(&['(', ')']));
        let inner = closed.is_some_and(|token| token.is_mark(&[')']));
        let (a, b) = (mark(self, first), mark(self, second));
        if inner && !matches!(a, Mark::Bracketed(_) | Mark::Beside(_)) {
            return None;
        }
        let pair = |later, earlier, mark| Some(Pair { later, earlier, mark });
        match (a, b) {
            (Mark::Beside(_), Mark::Beside(_)) => None,
            (_, Mark::Beside(marked)) => pair(first, second, marked),
            (Mark::Beside(marked), Mark::Level(true)) => pair(second, first, marked),
            // `Higher than the previous quarter (B), order intake came in at A`.
            (Mark::Bracketed(marked), Mark::Level(true))
                if self.tokens[..first].iter().any(|token| token.is_word(&["than"])) =>
            {
                pair(second, first, marked)
            }
            (_, Mark::Bracketed(marked)) if self.is_directly_behind(first, second) => pair(first, second, marked),
            _ => None,
        }
    }

    /// Amounts of change are no levels, but for `grew 8.2%, faster than sales growth of 5.4%`.
    fn is_of_levels(&self, pair: Pair) -> bool {
        let rate = self.said(pair.later).is_some_and(|(_, later)| later.unit == Unit::Percent);
        let compared = rate && matches!(pair.mark.link, Link::Than | Link::Object);
        compared || !self.amounts[pair.later] && !self.amounts[pair.earlier]
    }

    /// Whether a bracket opens right behind a number, or behind what the number counts or is set beside.
    fn is_directly_behind(&self, first: usize, second: usize) -> bool {
        let Some(gap) = self.tokens.get(first + 1..second) else { return false };
        let Some(open) = gap.iter().position(|token| token.is_mark(&['('])) else { return false };
        !gap[..open].iter().any(|token| token.is_mark(&[')'])) && gap[open + 1..].iter().all(|it| !it.is_mark(&['(']))
    }

    /// Whether either number is one of a list: `to $5M and $4M from $6M and $3M` pairs them otherwise.
    fn is_listed(&self, first: usize, second: usize) -> bool {
        let joined = |a: usize, b: usize| {
            let gap = self.tokens.get(a + 1..b).unwrap_or_default();
            let (Some((_, a)), Some((_, b))) = (self.said(a), self.said(b)) else { return false };
            let short = gap.iter().all(|token| token.is_mark(&[',']) || token.is_word(&["and", "or"]));
            is_rival(a, b) && short && gap.len() <= 2
        };
        let near = |at: usize| {
            let from = at.saturating_sub(3);
            (from..at).any(|before| joined(before, at))
        };
        let behind = |at: usize| (at + 1..=at + 3).any(|next| joined(at, next));
        near(first) || behind(second) || joined(first, second)
    }

    /// A third number that the first is set beside as well.
    fn chained(&self, pair: Pair, third: usize) -> Option<Moved<'a>> {
        let gap = self.tokens.get(pair.earlier + 1..third)?;
        let turn = gap.iter().position(|token| token.kind == Kind::Word && lexicon::goes_on(&token.stem))?;
        let Mark::Beside(marked) = mark(self, third) else { return None };
        let next = Pair { later: pair.later, earlier: third, mark: marked };
        let says = govern::behind(self, pair.earlier + 1 + turn, next)?;
        let moved = Moved {
            words: self.tokens.get(says.word)?.range.clone(),
            up: says.up,
            later: self.said(pair.later)?,
            earlier: self.said(third)?,
            by: None,
        };
        is_one_thing(self.text, &moved).then_some(moved)
    }

    /// `Gross margin was 32.3%. Narrower than a year ago (30.4%), it reflects …`: a sentence that goes on about the only number of its
    /// kind in the one before.
    fn followed_by(&self, next: &Self) -> Option<Moved<'a>> {
        let earlier = (0..next.tokens.len()).find(|at| next.tokens[*at].number().is_some() && !next.amounts[*at])?;
        let own = next.said(earlier)?;
        let mut alike = (0..self.tokens.len())
            .filter(|at| self.said(*at).is_some_and(|(_, other)| is_rival(other, own.1)) && !self.is_rate_base(*at));
        let (later, None) = (alike.next()?, alike.next()) else { return None };
        let only =
            (earlier + 1..next.tokens.len()).all(|at| next.said(at).is_none_or(|(_, other)| !is_rival(other, own.1)));
        if !only || self.amounts[later] {
            return None;
        }
        let opening = || {
            let says = govern::opening(next, earlier, self)?;
            Some((next.tokens.get(says.word)?.range.clone(), says.up))
        };
        // `Utilisation slipped to 82.1%; it was 83.4% in Q2.`
        let recalled = || {
            let says = govern::recalled(self, later, mark(next, earlier))?;
            Some((self.tokens.get(says.word)?.range.clone(), says.up))
        };
        let (words, up) = opening().or_else(recalled)?;
        let moved = Moved { words, up, later: self.said(later)?, earlier: own, by: None };
        is_one_thing(self.text, &moved).then_some(moved)
    }
}

/// Whether a number is an amount of change: `an increase of £1.6m`, `fell 8%`, `two more than`, `£300k short of`.
fn is_amount(tokens: &[Token], at: usize) -> bool {
    const BESIDE: &[&str] = &[
        "more",
        "less",
        "fewer",
        "higher",
        "lower",
        "greater",
        "above",
        "below",
        "over",
        "under",
        "ahead",
        "behind",
        "short",
        "better",
        "worse",
        "longer",
        "shorter",
        "up",
        "down",
        "shy",
        "faster",
        "slower",
        "increase",
        "decrease",
        "rise",
        "fall",
        "drop",
        "decline",
        "reduction",
        "growth",
    ];
    const ARTICLES: &[&str] = &["a", "an", "some", "about", "further", "just", "only", "the"];
    if tokens[at].number().is_none() {
        return false;
    }
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    if before.is_some_and(|word| word.is_word(&["by"])) {
        return true;
    }
    let stated = before.is_some_and(|word| word.is_word(&["of", "at", "to"]));
    if !stated && tokens.get(at + 1).is_some_and(|next| next.is_word(BESIDE)) {
        return true;
    }
    // Back over `by`, `of`, `a further`, and over what grew: `growth in deposits of 5.4%`.
    let (mut nouns, mut linked) = (0, false);
    for token in tokens[..at].iter().rev().take(7) {
        if token.kind != Kind::Word || token.stem == "to" || lexicon::is_turn(&token.stem) {
            return false;
        }
        match says(&token.stem) {
            _ if token.is_word(&["by", "of"]) && nouns == 0 => linked = true,
            _ if token.is_word(ARTICLES) => {}
            Some(Says::Moved(_)) => return linked || nouns == 0,
            Some(Says::Better(_)) => return nouns == 0,
            _ if lexicon::is_outcome(&token.stem) => return linked,
            None if linked && nouns < 3 => nouns += 1,
            _ => return false,
        }
    }
    false
}
