//! Which word says how two numbers of a sentence stand to each other.
//!
//! Enters: a sentence and a pair. Leaves: the word that governs the pair and whether it says up. Invariant: a word governs only numbers
//! from which nothing parts it but words of time, plans, amounts and what the numbers are of.

use super::super::cue::is_other_verb;
use super::super::planned::is_good_of;
use super::lexicon::{Says, goes_on, is_light, is_of_time, is_outcome, is_signed, is_turn, says};
use super::mark::{Link, Mark, Of, mark};
use super::token::{Kind, Token};
use super::{Pair, Sentence};
use crate::quantity::Unit;
use crate::source::Better;
use crate::vocabulary::polarity;
use crate::words::words;

/// The word that governs a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Governing {
    pub(super) word: usize,
    pub(super) up: bool,
    /// The token of the amount that it says the one differs by.
    pub(super) by: Option<usize>,
}

/// Tokens between a word and the numbers that it governs, at most.
const REACH: usize = 12;

/// Nouns between a word and a number that it governs, at most.
const NOUNS: usize = 5;

/// The word that governs a pair, where all that might agree.
pub(super) fn governing(sentence: &Sentence<'_, '_>, pair: Pair) -> Option<Governing> {
    let (first, second) = pair.ends();
    let between: Vec<usize> = (first + 1..second).filter(|at| sentence.speaks(*at).is_some()).collect();
    if !between.is_empty() {
        let mut found = None;
        for word in between {
            let own = sentence.within(word, pair).and_then(|()| sentence.judged(word, pair))?;
            if found.is_some_and(|other: Governing| other.up != own.up) {
                return None;
            }
            found = Some(own);
        }
        return found;
    }
    let head = (first.saturating_sub(REACH)..first).rev().find(|at| sentence.speaks(*at).is_some());
    let head = head.filter(|word| sentence.leads(*word, pair)).and_then(|word| sentence.judged(word, pair));
    let end = sentence.tokens.len().min(second + 1 + REACH);
    let tail = (second + 1..end).find(|at| sentence.speaks(*at).is_some());
    let tail = tail.filter(|word| sentence.trails(*word, pair)).and_then(|word| sentence.judged(word, pair));
    match (head, tail) {
        (Some(head), Some(tail)) if head.up != tail.up => None,
        (head, tail) => head.or(tail),
    }
}

/// The word that says of a pair that nothing moved, where no other word is said of it.
pub(super) fn settled(sentence: &Sentence<'_, '_>, pair: Pair) -> Option<usize> {
    let (first, second) = pair.ends();
    let end = sentence.tokens.len().min(second + 1 + REACH);
    let mut words = (first.saturating_sub(REACH)..end).filter(|at| sentence.speaks(*at).is_some());
    let (word, None) = (words.next()?, words.next()) else { return None };
    let governs = match word {
        word if word < first => sentence.leads(word, pair),
        word if word < second => sentence.within(word, pair).is_some(),
        word => sentence.trails(word, pair),
    };
    (sentence.speaks(word) == Some(Says::Same) && governs).then_some(word)
}

/// The word behind a turn that sets a pair's later number beside another: `but ahead of the 58 of a year ago`.
pub(super) fn behind(sentence: &Sentence<'_, '_>, from: usize, pair: Pair) -> Option<Governing> {
    let word = (from + 1..pair.earlier).find(|at| sentence.speaks(*at).is_some())?;
    let only = (word + 1..pair.earlier).all(|at| sentence.speaks(at).is_none());
    let light = sentence.tokens[from + 1..word].iter().all(|token| is_light_token(token) || token.number().is_some());
    (only && light && sentence.is_object(word, pair.earlier)).then(|| sentence.judged(word, pair)).flatten()
}

/// The word that opens a sentence and sets the number of the sentence before beside one of its own.
pub(super) fn opening(sentence: &Sentence<'_, '_>, earlier: usize, before: &Sentence<'_, '_>) -> Option<Governing> {
    let (Mark::Beside(marked) | Mark::Bracketed(marked)) = mark(sentence, earlier) else { return None };
    let word = (0..earlier).find(|at| sentence.speaks(*at).is_some())?;
    let only = (word + 1..earlier).all(|at| sentence.speaks(at).is_none());
    let light = sentence.tokens[..word].iter().all(|token| is_light_token(token) || token.number().is_some());
    let than = || sentence.tokens[word..earlier].iter().any(|token| token.is_word(&["than"]));
    let linked = match marked.link {
        Link::From | Link::Than | Link::On | Link::Object => true,
        Link::Bracket => than(),
        _ => false,
    };
    if !only || !light || !linked || !sentence.is_object(word, earlier) {
        return None;
    }
    let says = sentence.speaks(word)?;
    let subject = before.text.get(before.tokens.first()?.range.start..before.tokens.last()?.range.end)?;
    let up = up((says, sentence.is_of_spending(word)), &Unit::Percent, subject)?;
    (marked.of != Of::Plan || says.is_of_plans()).then_some(Governing { word, up, by: None })
}

/// The word of movement to a number that a next sentence says what it was before: `slipped to 82.1%; it was 83.4% in Q2`.
pub(super) fn recalled(sentence: &Sentence<'_, '_>, later: usize, earlier: Mark) -> Option<Governing> {
    let Mark::Beside(marked) = earlier else { return None };
    let word = (later.saturating_sub(REACH)..later).rev().find(|at| sentence.speaks(*at).is_some())?;
    let Some(Says::Moved(up)) = sentence.speaks(word) else { return None };
    let reached = mark(sentence, later) == Mark::Level(true) && sentence.marks(word, later).is_empty();
    let timed = (word..later).any(|at| sentence.tokens[at].kind == Kind::Time);
    let plain = reached && !timed && sentence.clean(word + 1, later).is_some();
    (plain && marked.link == Link::Was && marked.of != Of::Plan).then_some(Governing { word, up, by: None })
}

impl Sentence<'_, '_> {
    /// What a token says, where it is a word that can set numbers beside each other.
    fn speaks(&self, at: usize) -> Option<Says> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
        let next = || self.tokens.get(at + 1);
        let than = || self.tokens[at + 1..].iter().take(NOUNS).any(|token| token.is_word(&["than"]));
        match token.stem.as_str() {
            "growth" => None,
            "more" | "less" | "fewer" | "better" | "faster" | "slower" | "greater" if !than() && !self.is_last(at) => {
                // `52 fewer`, `the faster growth`.
                None
            }
            "short" | "shy" | "adrift" | "ahead" | "behind"
                if next().is_some_and(|next| {
                    next.kind == Kind::Word
                        && !next.is_word(&["of", "at", "the", "by", "last", "plan", "budget", "target", "forecast"])
                        && !is_light_token(next)
                }) =>
            {
                None
            }
            "within" | "inside" | "outside" => {
                let plan = self.tokens[at + 1..].iter().take(4).any(Token::is_plan);
                plan.then(|| says(&token.stem)).flatten()
            }
            stem => says(stem),
        }
    }

    /// Whether a word is said of spending as readily as of income.
    fn is_of_spending(&self, word: usize) -> bool {
        const INCOME: &[&str] =
            &["ahead", "behind", "short", "shy", "adrift", "lagged", "lagging", "trailed", "trailing", "shortfall"];
        !self.tokens[word].is_word(INCOME)
    }

    /// Whether a word ends what is said: nothing but a mark, an amount or a plan follows.
    fn is_last(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let after = self.tokens.get(at + 2);
        match next.kind {
            Kind::Mark(_) | Kind::Number(_) => true,
            Kind::Time => after.is_none_or(|after| matches!(after.kind, Kind::Mark(_))),
            Kind::Word => {
                let amount = next.is_word(&["of", "by"]) && after.is_some_and(|after| after.number().is_some());
                let ends = |at: usize| {
                    self.tokens
                        .get(at)
                        .is_none_or(|it| matches!(it.kind, Kind::Mark(_)) || it.is_word(&["by", "again"]))
                };
                // `above plan`, but not `above plan in Europe`.
                let linked = usize::from(next.is_word(&["of", "the", "than"]));
                let plan = self.tokens.get(at + 1 + linked).is_some_and(Token::is_plan) && ends(at + 2 + linked);
                amount || plan || next.is_word(&["again"])
            }
        }
    }

    /// Whether a stretch turns to nothing else, with the number of its nouns.
    fn clean(&self, from: usize, to: usize) -> Option<usize> {
        let stretch = self.tokens.get(from..to)?;
        let mut nouns = 0;
        for token in stretch.iter().filter(|token| token.kind == Kind::Word) {
            if is_light_token(token) || is_link(token) || token.is_plan() {
                continue;
            }
            let other = is_other_verb(&token.stem) && !is_of_time(&token.stem);
            let against = token.is_word(&["as"]) && stretch.iter().any(|it| it.is_word(&["against", "compared"]));
            if is_turn(&token.stem) && !against || is_signed(&token.stem) || other {
                return None;
            }
            nouns += 1;
        }
        (stretch.len() <= REACH + NOUNS && nouns <= NOUNS).then_some(nouns)
    }

    /// Whether a word between two numbers governs them.
    fn within(&self, word: usize, pair: Pair) -> Option<()> {
        let (first, second) = pair.ends();
        let lead = first + 1..word;
        // `is more than 60 days late (February: 8%)`: said of another number.
        let by = self.amount_of(word, pair);
        let others = |from: usize, to: usize| (from..to).any(|at| self.tokens[at].number().is_some() && Some(at) != by);
        // What was reached or counted may be said first: `grew 8.2% to $31.5M, less than sales growth of 5.4%`, `$1.3B across 46 deals,
        // down from`.
        let aside = |at: usize| {
            let count = self.said(at).is_none_or(|(_, it)| !matches!(it.unit, Unit::Percent | Unit::Points));
            count && !self.are_alike(first, at) || self.amounts[first]
        };
        let led = (first + 1..word).all(|at| self.tokens[at].number().is_none() || Some(at) == by || aside(at));
        if !led || others(word, second) {
            return None;
        }
        // `A was up on B and below C`: what goes on with the word itself says it of the same number.
        let turn = lead.clone().rev().find(|at| !is_light_token(&self.tokens[*at]));
        let skip = turn.filter(|at| self.tokens[*at].kind == Kind::Word && goes_on(&self.tokens[*at].stem));
        self.clean(first + 1, skip.unwrap_or(word))?;
        if pair.later == first {
            let last = lead.clone().rev().find(|at| matches!(self.tokens[*at].kind, Kind::Mark(_)));
            let light = |at: usize| is_light_token(&self.tokens[at]) || self.tokens[at].number().is_some();
            let own =
                last.is_none_or(|mark| (mark + 1..word).all(light) || Some(mark + 1) == skip || self.opens_with(first));
            (own && self.is_object(word, second)).then_some(())
        } else {
            self.clean(word + 1, second)?;
            let marks = self.marks(word + 1, second);
            let near = marks.first().is_none_or(|mark| second - mark <= 6);
            (marks.len() <= 1 && near && !self.amounts[second]).then_some(())
        }
    }

    /// `At A, order intake was short of last year's B`: a sentence that begins with its number.
    fn opens_with(&self, number: usize) -> bool {
        number <= 2 && self.tokens[0].is_word(&["at", "with"])
    }

    /// Whether the number is what a word before it is linked to.
    fn is_object(&self, word: usize, number: usize) -> bool {
        let Some(nouns) = self.clean(word + 1, number) else { return false };
        let marks = self.marks(word + 1, number);
        let plain = marks.iter().all(|&mark| {
            let next = self.tokens.get(mark + 1);
            match self.tokens[mark].kind {
                Kind::Mark('(' | ':') => number - mark <= 5,
                Kind::Mark(',') => {
                    next.is_some_and(|next| next.is_word(&["from", "against", "versus", "v", "compared"]))
                }
                _ => false,
            }
        });
        plain && marks.len() <= 2 && nouns <= 3
    }

    fn marks(&self, from: usize, to: usize) -> Vec<usize> {
        (from..to).filter(|at| matches!(self.tokens[*at].kind, Kind::Mark(_))).collect()
    }

    /// Whether a word before two numbers governs them: `has risen since June, from A to B`, `beat budget: A against B`.
    fn leads(&self, word: usize, pair: Pair) -> bool {
        let (first, second) = pair.ends();
        // `More people joined than in Q2: A against B`: what stands before `than` is what there is more of.
        let than = (word + 1..first).find(|at| self.tokens[*at].is_word(&["than"]));
        let from = than.unwrap_or_else(|| self.behind_amounts(word + 1, first));
        // `more than halved to 21 from 48`: said of another number.
        let by = self.amount_of(word, pair);
        if (from..first).any(|at| self.tokens[at].number().is_some() && Some(at) != by && !self.amounts[at]) {
            return false;
        }
        let marks = self.marks(from, first);
        let tight = |mark: usize| {
            (mark + 1..first).all(|at| {
                let token = &self.tokens[at];
                is_light_token(token) || is_link(token) || token.kind == Kind::Time || token.is_plan()
            })
        };
        let rate = self.said(first).is_some_and(|(_, it)| matches!(it.unit, Unit::Percent | Unit::Points));
        let plain = match marks.as_slice() {
            [] => true,
            // `Sales were up, 5.4% against 8.2%`: by that much.
            [mark] => {
                let planned = pair.mark.of == Of::Plan || self.tokens[word..first].iter().any(Token::is_plan);
                tight(*mark) && (!rate || planned || than.is_some() || self.is_linked(*mark, first))
            }
            _ => false,
        };
        let stated = mark(self, first) != Mark::None;
        // `rose 12% year on year to A, against B in Q2`: the rise is on another time.
        let timed = pair.mark.link == Link::Versus
            && pair.mark.of != Of::Open
            && (word + 1..first).any(|at| self.tokens[at].kind == Kind::Time)
            && pair.later == first
            && than.is_none();
        let gap = self.clean(first + 1, second).is_some();
        // What a number is against must be of the same thing: `rose to £5m against costs of £6m`.
        let own = !(pair.mark.noun && matches!(pair.mark.link, Link::Versus | Link::From) && pair.mark.of == Of::Open);
        plain && stated && !timed && gap && own && self.clean(from, first).is_some()
    }

    /// The token behind the amounts that follow a word of movement: `increased 63%, or $8.9 million, to A`.
    fn behind_amounts(&self, from: usize, to: usize) -> usize {
        let amount = |at: usize| self.tokens[at].number().is_some();
        let joins = |at: usize| self.tokens[at].is_mark(&[',', '(', ')']) || self.tokens[at].is_word(&["or", "by"]);
        let behind = (from..to).find(|at| !amount(*at) && !joins(*at)).unwrap_or(to);
        // Two amounts of one change, and not the first of two levels.
        let two = (from..behind).filter(|at| amount(*at)).count() == 2;
        if two && self.tokens[behind..to].first().is_some_and(|token| token.is_word(&["to"])) { behind } else { from }
    }

    /// Whether a link stands between a mark and a number: `, from A`.
    fn is_linked(&self, mark: usize, number: usize) -> bool {
        self.tokens[mark + 1..number].iter().any(|token| token.is_word(&["from", "to", "at"]))
    }

    /// Whether a word behind two numbers sums them up: `, an increase of 8%`, `: ahead`, `, a miss`.
    fn trails(&self, word: usize, pair: Pair) -> bool {
        let (first, second) = pair.ends();
        let marks = self.marks(second + 1, word);
        let Some(&last) = marks.last() else { return false };
        let summed = (last + 1..word).all(|at| {
            let token = &self.tokens[at];
            is_light_token(token) || token.number().is_some() || token.is_word(&["representing", "making"])
        });
        let summed = summed || self.opens_with(first) && self.clean(last + 1, word).is_some();
        let noun = is_outcome(&self.tokens[word].stem);
        let ended = noun || self.is_last(word);
        let label = self.clean(second + 1, last).is_some_and(|nouns| nouns <= 3);
        let gap = self.clean(first + 1, second).is_some_and(|nouns| nouns <= 3);
        let own = !(pair.mark.noun && pair.mark.of == Of::Open);
        summed && ended && label && gap && own && marks.len() <= 2 && word - second <= REACH
    }

    /// Whether the word says up of the pair, where it may be said of it.
    fn judged(&self, word: usize, pair: Pair) -> Option<Governing> {
        let says = self.speaks(word)?;
        let linked = matches!(pair.mark.link, Link::On | Link::Than | Link::Object);
        let fits = match (pair.mark.of, says) {
            (Of::Plan, says) => says.is_of_plans() || linked && word < pair.earlier && pair.later < word,
            (_, Says::Within(_)) => false,
            _ => true,
        };
        let start = self.tokens.first()?.range.start;
        let end = self.tokens.get(word.max(pair.later))?.range.start;
        let subject = self.text.get(start..end)?;
        let unit = &self.said(pair.later)?.1.unit;
        let up = up((says, self.is_of_spending(word)), unit, subject).or_else(|| self.limited(says, pair))?;
        fits.then(|| Governing { word, up, by: self.amount_of(word, pair) })
    }

    /// `inside the covenant ceiling of B`, `above the minimum of B`: a limit says itself which side is good.
    fn limited(&self, says: Says, pair: Pair) -> Option<bool> {
        let Says::Within(within) = says else { return None };
        let near = &self.tokens[pair.earlier.saturating_sub(5)..self.tokens.len().min(pair.earlier + 4)];
        let said = |stems: &[&str]| near.iter().any(|token| token.is_word(stems));
        match (said(&["ceiling", "maximum", "cap"]), said(&["minimum", "floor"])) {
            (true, false) => Some(!within),
            (false, true) => Some(within),
            _ => None,
        }
    }

    /// The amount that stands right beside a governing word, on the same base as the pair.
    fn amount_of(&self, word: usize, pair: Pair) -> Option<usize> {
        let number = |at: usize| self.tokens.get(at).and_then(Token::number).map(|_| at);
        let behind = number(word + 1).or_else(|| {
            self.tokens.get(word + 1).filter(|next| next.is_word(&["by", "of"])).and_then(|_| number(word + 2))
        });
        let before = word.checked_sub(1).and_then(number).filter(|at| self.amounts[*at]);
        let by = behind.or(before).filter(|by| *by != pair.later && *by != pair.earlier)?;
        let (first, second) = pair.ends();
        // `up 12% year on year, against B in Q2`: on another time than the pair.
        let next = if by < first { first } else { second };
        let timed = by < second && (by + 1..next).any(|at| self.tokens[at].kind == Kind::Time);
        // `grew by £1.2m on the year, from A to B`: the two are those that it grew between.
        let between = pair.mark.link == Link::From && pair.earlier == first && by < first;
        (!timed || between || pair.mark.link == Link::Bracket && by > first).then_some(by)
    }
}

fn is_light_token(token: &Token) -> bool {
    match token.kind {
        Kind::Time => true,
        Kind::Word => is_light(&token.stem) || is_of_time(&token.stem),
        _ => false,
    }
}

fn is_link(token: &Token) -> bool {
    token.is_word(&[
        "from",
        "to",
        "than",
        "on",
        "of",
        "at",
        "in",
        "for",
        "with",
        "by",
        "over",
        "since",
        "against",
        "versus",
        "v",
        "compared",
        "compare",
        "comparing",
        "reaching",
        "reached",
        "after",
        "per",
        "what",
        "day",
    ])
}

/// Whether a word says up of a subject; `None` where that depends on what nobody has said.
fn up((says, is_of_spending): (Says, bool), unit: &Unit, subject: &str) -> Option<bool> {
    let lowered = subject.to_lowercase();
    let good = || {
        let shortfall = words(&lowered).iter().any(|word| matches!(word.stem.as_str(), "loss" | "deficit"));
        let own = if shortfall { Some(Better::Down) } else { polarity(&lowered) };
        own.or_else(|| is_good_of(&lowered, unit, true).then_some(Better::Up))
    };
    match says {
        Says::Moved(up) | Says::Greater(up) => Some(up),
        Says::Slower(slower) => match unit {
            Unit::Duration(_) => Some(slower),
            Unit::Percent => Some(!slower),
            _ => None,
        },
        Says::Better(better) => Some((good()? == Better::Up) == better),
        // What should be low may be ahead of its plan either way.
        Says::Ahead(ahead) => is_good_of(&lowered, unit, is_of_spending).then_some(ahead),
        // A limit is a floor or a ceiling: nothing but what is measured tells which.
        Says::Within(within) => Some((polarity(&lowered)? == Better::Up) == within),
        Says::Same => None,
    }
}
