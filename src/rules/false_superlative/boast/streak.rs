//! So many periods in a row: `third consecutive quarter of growth`, `risen in each of the last four halves`, `month after month`.
//!
//! Enters: the words of a text. Leaves: the streaks they tell of. Invariant: the words around say what it is a streak of, or it is none.

use super::{Against, Boast, Kind, Length, Sense, Text, Window, number};
use crate::scenario;
use crate::words::is_determiner;

impl Text<'_> {
    /// `third consecutive quarter of growth`, `fourth consecutive quarterly increase`.
    pub(super) fn consecutive(&self, at: usize) -> Option<Boast> {
        let first = at.checked_sub(1)?;
        let count = number(self.stem(first))?;
        // `second consecutive profitable quarter`.
        let side = side(self.stem(at + 1));
        let making = self.follow(at + 1, &["loss", "making"]);
        let noun = at + 1 + usize::from(side.is_some()) + usize::from(making);
        let (grain, last) = self.span(noun)?;
        self.streak((first, last), Length::Count(count, grain), side)
    }

    /// `third month in a row ahead of budget`, `three quarters in succession`.
    pub(super) fn in_a_row(&self, at: usize) -> Option<Boast> {
        let noun = at.checked_sub(if self.stem(at) == "row" { 3 } else { 2 })?;
        // `the third monthly fall in a row` names its grain before what it does.
        let span = if moves(self.stem(noun)).is_some() { noun.checked_sub(1)? } else { noun };
        let (grain, span) = self.span_to(span)?;
        let (first, side) = self.counted(span)?;
        let count = number(self.stem(first)).filter(|_| self.stem(noun + 1) == "in")?;
        self.streak((first, at), Length::Count(count, grain), side)
    }

    /// The number before a span of time, over what is said of each: `third profitable quarter`, `two loss-making years`.
    fn counted(&self, span: usize) -> Option<(usize, Option<Sense>)> {
        let before = span.checked_sub(1)?;
        let making = self.stem(before) == "making" && self.stem(before.wrapping_sub(1)) == "loss";
        let word = before.saturating_sub(usize::from(making));
        match side(self.stem(word)) {
            Some(side) => Some((word.checked_sub(1)?, Some(side))),
            None => Some((before, None)),
        }
    }

    /// `four quarters of growth on the trot`, `three months of falls on the bounce`.
    pub(super) fn on_the_trot(&self, at: usize) -> Option<Boast> {
        let last = at.checked_sub(3)?;
        let noun = (last.saturating_sub(4)..=last).rev().find(|&noun| self.span(noun).is_some())?;
        let (grain, _) = self.span(noun)?;
        let first = noun.checked_sub(1)?;
        let count = number(self.stem(first)).filter(|_| self.stem(at - 2) == "on")?;
        self.streak((first, at), Length::Count(count, grain), None)
    }

    /// `all three quarters of the year`, `all four months this term`.
    pub(super) fn all(&self, at: usize) -> Option<Boast> {
        let (grain, noun) = number(self.stem(at + 1)).and_then(|_| self.span(at + 2))?;
        let (whole, last) = self.stretch(noun + 1)?;
        let Window::Within(whole) = whole else { return None };
        self.streak((at, last), Length::Within(grain, whole), None)
    }

    /// `the fifth month running`.
    pub(super) fn running(&self, at: usize) -> Option<Boast> {
        let (grain, noun) = self.span_to(at.checked_sub(1)?)?;
        let (first, side) = self.counted(noun)?;
        let count = number(self.stem(first))?;
        self.streak((first, at), Length::Count(count, grain), side)
    }

    /// `has risen every month since February`, `each quarter this year`.
    pub(super) fn every(&self, at: usize) -> Option<Boast> {
        let (grain, noun) = self.span(at + 1)?;
        if self.stem(noun + 1) == "since" {
            let (since, last) = self.period_at(noun + 2)?;
            return self.streak((at, last), Length::Since(since, grain), None);
        }
        // `this term`: when it began nobody says, but the last step of the series is within it.
        let part = matches!(self.stem(noun + 2), "term" | "season" | "session" | "winter" | "summer");
        if part && self.stem(noun + 1) == "this" {
            return self.streak((at, noun + 2), Length::Count(1, grain), None);
        }
        let this = self.stem(noun + 1) == "this" || self.follow(noun + 1, &["of", "this"]);
        let so = usize::from(self.follow(noun + 1, &["so", "far", "this"])) * 2;
        let of = usize::from(self.follow(noun + 1, &["of", "this"]));
        let whole = noun + 1 + so + of;
        let named = this || so > 0 || self.follow(noun + 1, &["of", "the", "year"]);
        let (whole, last) = named.then(|| self.stretch(whole))??;
        let Window::Within(whole) = whole else { return None };
        self.streak((at, last), Length::Within(grain, whole), None)
    }

    /// `has risen in each of the last four half-years`; `in each of the three quarters of 2019` is about another time.
    pub(super) fn each(&self, at: usize) -> Option<Boast> {
        let article = self.follow(at + 1, &["of"]) && is_determiner(self.stem(at + 2));
        let recent = matches!(self.stem(at + 3), "last" | "past" | "previous");
        let count = if recent { at + 4 } else { at + 3 };
        let (grain, last) = self.span(count + 1).filter(|_| article)?;
        let ends = recent && self.stem(last + 1) != "of";
        self.streak((at, last), Length::Count(number(self.stem(count)).filter(|_| ends)?, grain), None)
    }

    /// `has fallen quarter after quarter`: twice at least.
    pub(super) fn upon(&self, at: usize) -> Option<Boast> {
        let (grain, first) = self.span_to(at.checked_sub(1)?)?;
        let (again, last) = self.span(at + 1)?;
        let before = self.stem(first.wrapping_sub(1));
        let alone = number(before).is_none()
            && !is_determiner(before)
            && !matches!(before, "last" | "next" | "this" | "that" | "first" | "previous" | "prior");
        (grain == again && alone).then(|| self.streak((first, last), Length::Count(2, grain), None))?
    }

    /// What the words around the streak say it is a streak of. Nothing is guessed: without them there is no boast to refute.
    fn streak(&self, (first, last): (usize, usize), length: Length, side: Option<Sense>) -> Option<Boast> {
        if let Some(sense) = side.or_else(|| self.of_side(last)) {
            return self.boast((first, last), Kind::Streak { length, sense, against: Against::Zero });
        }
        // `has risen for four quarters in a row and cost has fallen`, `rose for a third quarter and stand at 40, ahead of plan`: the word
        // right before goes with the streak.
        let right_before =
            (first.saturating_sub(4)..first).rev().take_while(|&at| !self.parted(at + 1, &['.', ';', ',', ':']));
        let near = right_before
            .filter(|&at| self.stem(at) != "for" && !is_determiner(self.stem(at)))
            .take(2)
            .find_map(|at| moves(self.stem(at)));
        let (mut against, mut sense, mut stands) = (Against::Before, near, None);
        for at in first + 1..(last + 11).min(self.words.len()) {
            if self.parted(at, &['.', ';', '!', '?']) {
                break;
            }
            // `of growth, but still below budget`: what moves is no streak beside the plan.
            if sense.is_none() {
                let (own, next) = (moves(self.stem(at)), moves(self.stem(at + 1)));
                // `of negative growth`, `without growth`, `of reduced growth`: which way that goes is not said here.
                if turns(self.stem(at)) || own.is_some() && next.is_some() {
                    return None;
                }
                stands = stands.or_else(|| beside(self.stem(at)));
                sense = own.filter(|_| stands.is_none());
            }
            if let Some(named) = plan(self.stem(at)) {
                if stands.is_some() {
                    (against, sense) = (Against::Scenario(named), stands);
                }
                break;
            }
        }
        // `the third month above £4.5m`: beside a number, and not a movement.
        if stands.is_some() && against == Against::Before {
            return None;
        }
        // `has now grown four years in a row`, `rose for a third straight month`, `below budget for the third quarter running`.
        let before = (first.saturating_sub(6)..first).rev();
        let before: Vec<usize> =
            before.take_while(|&at| !self.parted(at + 1, &['.', ';', '!', '?', ',', ':'])).collect();
        // `helped by a third month of falling prices`, `we want growth every month`: a cause, or a wish.
        let article = usize::from(before.first().is_some_and(|&at| is_determiner(self.stem(at))));
        let cause = before.get(article).is_some_and(|&at| matches!(self.stem(at), "by" | "despite" | "amid" | "after"));
        if cause || before.iter().any(|&at| is_wish(self.stem(at))) {
            return None;
        }
        let planned = before.iter().position(|&at| plan(self.stem(at)).is_some());
        // `is below budget but has grown for the second month running`: the nearer word tells of what it is a streak.
        let stands = |nth: &usize| near.is_none() && !before[..*nth].iter().any(|&at| moves(self.stem(at)).is_some());
        if let Some(nth) = planned.filter(|_| against == Against::Before).filter(stands) {
            sense = before[nth..].iter().find_map(|&at| beside(self.stem(at)));
            against = Against::Scenario(plan(self.stem(before[nth]))?);
        }
        let sense = sense.or_else(|| before.iter().find_map(|&at| moves(self.stem(at))))?;
        // Growth on the year before is another series; what moves seasonally is compared so without a word.
        self.boast((first, last), Kind::Streak { length, sense, against })
    }

    /// `of profit`, `of positive cash flow`, `of making losses`, behind a streak; `of profit growth` is another thing.
    fn of_side(&self, last: usize) -> Option<Sense> {
        let making = self.stem(last + 2) == "making";
        let article = making && self.stem(last + 3) == "a";
        let noun = last + 2 + usize::from(making) + usize::from(article);
        let side = match self.stem(noun) {
            "money" if making => Some(Sense::Up),
            stem => side(stem),
        };
        let said = self.stem(last + 1) == "of" && !self.parted(last + 1, &['.', ';', ',']);
        side.filter(|_| said && moves(self.stem(noun + 1)).is_none())
    }
}

/// Whether a word turns or takes away the movement behind it.
fn turns(stem: &str) -> bool {
    matches!(stem, "negative" | "no" | "without" | "slower" | "slowing" | "weaker")
}

/// Whether a word speaks of what is to be, and not of what was.
fn is_wish(stem: &str) -> bool {
    matches!(stem, "want" | "expect" | "aim" | "hope" | "should" | "must" | "will" | "would" | "could")
}

/// On which side of nothing a word puts a period: `profitable`, `loss-making`.
fn side(stem: &str) -> Option<Sense> {
    Some(match stem {
        "profitable" | "positive" | "profit" | "profitability" | "surplus" => Sense::Up,
        "unprofitable" | "negative" | "loss" | "deficit" => Sense::Down,
        _ => return None,
    })
}

/// Which way a word says that a series moves.
pub(in super::super) fn moves(stem: &str) -> Option<Sense> {
    Some(match stem {
        "growth" | "increase" | "increased" | "grew" | "grown" | "grow" | "rose" | "rise" | "risen" | "rising"
        | "gain" | "up" | "expansion" | "expanded" | "climbed" | "climbing" | "growing" | "higher" | "surged"
        | "jumped" | "widened" | "lengthened" => Sense::Up,
        "decline" | "declined" | "decrease" | "fall" | "fallen" | "decreased" | "fell" | "down" | "reduction"
        | "reduced" | "shortened" | "contraction" | "drop" | "dropped" | "falling" | "declining" | "narrowed"
        | "shrunk" | "shrank" | "lower" | "slumped" | "tumbled" | "slipped" | "eased" => Sense::Down,
        "improvement" | "improved" | "better" => Sense::Better,
        "deterioration" | "worsened" | "deteriorated" | "worse" => Sense::Worse,
        _ => return None,
    })
}

/// On which side of a plan a word puts a number.
fn beside(stem: &str) -> Option<Sense> {
    Some(match stem {
        "ahead" | "above" | "over" | "exceeded" => Sense::Up,
        "below" | "under" | "behind" | "short" => Sense::Down,
        "beat" | "beaten" | "beating" => Sense::Better,
        "missed" | "missing" => Sense::Worse,
        _ => return None,
    })
}

/// The scenario that a word names, if a streak can be one beside it.
fn plan(stem: &str) -> Option<&'static str> {
    let named = matches!(stem, "budget" | "plan" | "target" | "forecast");
    named.then(|| scenario::of_word(stem))?
}
