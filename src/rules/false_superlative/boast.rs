//! Boasts of a text: what is said of a series without a number of its own.
//!
//! Enters: a text. Leaves: [`Boast`]s with their bytes. Invariant: a boast ends with its sentence, and one whose reach is not said
//! (`the highest of the three`) is none.

mod streak;
mod window;

use std::ops::Range;

use crate::period::{Expression, Grain};
use crate::words::{Word, is_determiner, words};

pub(super) use streak::moves;

/// What a text boasts of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Boast {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    /// What the superlative is of by its own words, where those must name it: `the best gross margin ever`.
    pub(super) noun: Option<Range<usize>>,
}

impl Boast {
    /// Whether it is one of being ahead of or behind a plan.
    pub(super) fn is_beside_a_plan(&self) -> bool {
        matches!(self.kind, Kind::Streak { against: Against::Scenario(_), .. })
    }

    /// The period that it reaches back to, where it names one.
    pub(super) fn since(&self) -> Option<&Expression> {
        match &self.kind {
            Kind::Streak { length: Length::Since(since, _), .. }
            | Kind::Extreme { window: Window::Since(since), .. }
            | Kind::First { window: Window::Since(since), .. } => Some(since),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// So many periods in a row: moving one way, or on one side of a scenario or of nothing.
    Streak { length: Length, sense: Sense, against: Against },
    /// More, or less, than at any other time of the window.
    Extreme { sense: Sense, window: Window, grain: Option<Grain> },
    /// On one side of a threshold, which the sentence states, for the first time.
    First { sense: Sense, window: Window },
}

/// What each period of a streak is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Against {
    /// The period before it: growth, falls.
    Before,
    /// `ahead of budget`: the same period of a scenario.
    Scenario(&'static str),
    /// `profitable`, `of losses`: nothing.
    Zero,
}

/// How long a streak is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// `third consecutive quarter`.
    Count(u32, Grain),
    /// `every month since February`.
    Since(Expression, Grain),
    /// `every quarter of the year`: those of the larger span so far.
    Within(Grain, Grain),
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Up,
    Down,
    /// `best`: up or down, whichever is good.
    Better,
    Worse,
    /// `fastest`: down, of what is a time.
    Shorter,
    Longer,
}

/// How far back a superlative reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// `ever`, `in our history`, `on record`.
    Ever,
    /// `in two years`, `of the last twelve months`.
    Back(u32, Grain),
    /// `since FY21`.
    Since(Expression),
    /// `of the year`, `of the quarter`.
    Within(Grain),
}

const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];
const CARDINALS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn number(stem: &str) -> Option<u32> {
    let place = |list: &[&str]| list.iter().position(|word| *word == stem);
    if let Some(at) = place(ORDINALS).or_else(|| place(CARDINALS)) {
        return u32::try_from(at + 1).ok();
    }
    let digits = stem.trim_end_matches(|c: char| c.is_alphabetic());
    digits.parse().ok().filter(|number| (1..=60).contains(number))
}

fn grain(stem: &str) -> Option<Grain> {
    Some(match stem {
        "month" | "monthly" => Grain::Month,
        "quarter" | "quarterly" => Grain::Quarter,
        "half" => Grain::Half,
        "year" | "annual" | "yearly" => Grain::Year,
        _ => return None,
    })
}

/// Every boast of a text, in order.
pub(super) fn boasts(text: &str) -> Vec<Boast> {
    let text = Text { text, words: words(text) };
    let mut found: Vec<Boast> = Vec::new();
    for at in 0..text.words.len() {
        let boast = match text.stem(at) {
            "consecutive" | "straight" | "successive" => text.consecutive(at),
            "row" | "succession" if text.stem(at.wrapping_sub(1)) == "a" || text.stem(at) == "succession" => {
                text.in_a_row(at)
            }
            "running" => text.running(at),
            "trot" | "bounce" if text.stem(at.wrapping_sub(1)) == "the" => text.on_the_trot(at),
            "every" | "each" => text.every(at).or_else(|| text.each(at)),
            "all" => text.all(at),
            "after" => text.upon(at),
            // `relies on reports to record its revenue`.
            "record"
                if matches!(text.stem(at.wrapping_sub(1)), "to" | "we" | "not") && is_determiner(text.stem(at + 1)) =>
            {
                None
            }
            "record" => text.record(at),
            "high" | "low" => text.high(at),
            "higher" | "lower" | "better" | "stronger" | "worse" | "weaker"
                if text.follow(at.wrapping_sub(2), &["never", "been"]) =>
            {
                text.never_been(at)
            }
            "higher" | "lower" | "better" | "stronger" | "worse" | "weaker" | "fewer" | "longer" | "shorter" => {
                text.than_any(at)
            }
            "time" if text.follow(at.wrapping_sub(3), &["for", "the", "first"]) => text.first_time(at),
            stem => superlative(stem).and_then(|sense| text.superlative(at, sense)),
        };
        let apart = |boast: &Boast| found.last().is_none_or(|last: &Boast| last.range.end <= boast.range.start);
        found.extend(boast.filter(|boast| apart(boast) && !text.is_beside(boast)));
    }
    found
}

fn superlative(stem: &str) -> Option<Sense> {
    Some(match stem {
        "highest" | "largest" | "biggest" | "most" | "greatest" => Sense::Up,
        "lowest" | "smallest" | "fewest" | "least" => Sense::Down,
        "best" | "strongest" => Sense::Better,
        "worst" | "weakest" => Sense::Worse,
        "fastest" | "quickest" | "shortest" => Sense::Shorter,
        "slowest" | "longest" => Sense::Longer,
        _ => return None,
    })
}

/// A text and its words.
struct Text<'t> {
    text: &'t str,
    words: Vec<Word>,
}

impl Text<'_> {
    /// The word there; nothing beyond either end.
    fn stem(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.stem.as_str())
    }

    fn follow(&self, at: usize, stems: &[&str]) -> bool {
        stems.iter().enumerate().all(|(nth, stem)| self.stem(at.wrapping_add(nth)) == *stem)
    }

    /// Whether a mark stands before a word that ends what was said.
    fn parted(&self, at: usize, marks: &[char]) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.words.get(before)) else { return true };
        let gap = self.words.get(at).and_then(|word| self.text.get(before.range.end..word.range.start));
        // The point of `£4.9m` ends nothing.
        gap.is_none_or(|gap| gap.contains(marks) && gap.contains(char::is_whitespace))
    }

    fn boast(&self, (first, last): (usize, usize), kind: Kind) -> Option<Boast> {
        let range = self.words.get(first)?.range.start..self.words.get(last)?.range.end;
        Some(Boast { range, kind, noun: None })
    }

    /// `one of the highest`, `the second-highest`, `down from its highest ever`, `has not risen every month`, `after three consecutive
    /// quarters of growth`: what is said beside a boast is not the boast.
    fn is_beside(&self, boast: &Boast) -> bool {
        const BESIDE: &[&str] = &[
            "among", "next", "not", "never", "no", "nearly", "almost", "from", "off", "below", "under", "than", "near",
            "beside", "except", "joint", "equal", "without", "if",
        ];
        const ENDED: &[&str] = &[
            "ending",
            "ended",
            "breaking",
            "broke",
            "broken",
            "snapping",
            "snapped",
            "halting",
            "halted",
            "after",
            "following",
            "followed",
            "reversing",
            "reversed",
            "interrupting",
            "interrupted",
            "end",
        ];
        let first = self.words.partition_point(|word| word.range.start < boast.range.start);
        let said = || (0..first).rev().map(|at| (at, self.stem(at))).filter(|(_, stem)| !is_determiner(stem));
        let ordinal = |stem: &str| ORDINALS.iter().skip(1).any(|word| *word == stem);
        let streak = matches!(boast.kind, Kind::Streak { .. });
        let near = |(at, stem): (usize, &str)| {
            let one = stem == "of" && self.stem(at.wrapping_sub(1)) == "one";
            one || BESIDE.contains(&stem) && self.unparted(at..first) || !streak && ordinal(stem)
        };
        // `ending a run of`, `after`; `has not … in each of the last four`.
        let ended = |stem: &str| ENDED.contains(&stem) || matches!(stem, "not" | "never");
        said().next().is_some_and(near)
            || streak && said().take(5).any(|(at, stem)| ended(stem) && self.unparted(at..first))
    }

    /// Whether no mark parts words.
    fn unparted(&self, words: Range<usize>) -> bool {
        (words.start + 1..=words.end).all(|at| !self.parted(at, &['.', ';', '!', '?', ',', ':', '(']))
    }

    /// `has never been higher`.
    fn never_been(&self, at: usize) -> Option<Boast> {
        let sense = match self.stem(at) {
            "lower" => Sense::Down,
            "higher" => Sense::Up,
            "better" | "stronger" => Sense::Better,
            _ => Sense::Worse,
        };
        self.boast((at - 2, at), Kind::Extreme { sense, window: Window::Ever, grain: None })
    }

    /// `higher than in any quarter of the last two years`, `lower than at any point since FY21`.
    fn than_any(&self, at: usize) -> Option<Boast> {
        let sense = match self.stem(at) {
            "higher" => Sense::Up,
            "lower" | "fewer" => Sense::Down,
            "better" | "stronger" => Sense::Better,
            "longer" => Sense::Longer,
            "shorter" => Sense::Shorter,
            _ => Sense::Worse,
        };
        let linked = usize::from(matches!(self.stem(at + 2), "in" | "at" | "for" | "during"));
        let any = at + 2 + linked;
        let other = usize::from(self.stem(any + 1) == "other");
        let noun = any + 1 + other;
        let time = grain(self.stem(noun));
        let named = time.is_some() || matches!(self.stem(noun), "point" | "time" | "period");
        if self.stem(at + 1) != "than" || self.stem(any) != "any" || !named {
            return None;
        }
        let (window, last) = self.window(noun + 1)?;
        self.boast((at, last), Kind::Extreme { sense, window, grain: time })
    }

    /// A span of time that begins with the word, and its last word: `half-year` is two.
    fn span(&self, at: usize) -> Option<(Grain, usize)> {
        let grain = grain(self.stem(at))?;
        let year = grain == Grain::Half && matches!(self.stem(at + 1), "year" | "yearly");
        Some((grain, at + usize::from(year)))
    }

    /// The same of what ends with the word.
    fn span_to(&self, last: usize) -> Option<(Grain, usize)> {
        let half = last.checked_sub(1).filter(|&half| self.span(half) == Some((Grain::Half, last)));
        half.map(|half| (Grain::Half, half)).or_else(|| Some((grain(self.stem(last))?, last)))
    }

    /// `a record`, `a record quarter`, `record low`: not what is kept, nor what somebody has.
    fn record(&self, at: usize) -> Option<Boast> {
        let led = matches!(self.stem(at.wrapping_sub(1)), "a" | "another" | "new" | "at" | "to");
        let noun = grain(self.stem(at + 1));
        let level = matches!(self.stem(at + 1), "high" | "low" | "level") || noun.is_some();
        let other = matches!(
            self.stem(at + 1),
            "date" | "of" | "keeping" | "and" | "book" | "retention" | "number" | "system" | "label"
        );
        if other || !(led || level) {
            return None;
        }
        let sense = if self.stem(at + 1) == "low" { Sense::Down } else { Sense::Up };
        let sense = if noun.is_some() { Sense::Better } else { sense };
        let last = if level { at + 1 } else { at };
        // A record quarter of something that is not said is nobody's number.
        self.boast((at, last), Kind::Extreme { sense, window: Window::Ever, grain: noun })
    }

    /// `all-time high`, `a five-year low`.
    fn high(&self, at: usize) -> Option<Boast> {
        let sense = if self.stem(at) == "low" { Sense::Down } else { Sense::Up };
        let first = at.checked_sub(2)?;
        let window = match (self.stem(first), self.stem(at - 1)) {
            ("all", "time") => Window::Ever,
            // `a new high`, and not `a new high street shop`.
            ("a" | "another", "new" | "fresh") if self.ends_phrase(at) => Window::Ever,
            (count, noun) => Window::Back(number(count)?, grain(noun)?),
        };
        self.boast((first, at), Kind::Extreme { sense, window, grain: None })
    }

    /// Whether no noun follows a word that may be one or belong to one.
    fn ends_phrase(&self, at: usize) -> bool {
        const BEHIND: &[&str] = &["in", "of", "at", "for", "and", "with", "on", "last", "this", "as", "again"];
        self.parted(at + 1, &['.', ';', '!', '?', ',', ':', '(', ')']) || BEHIND.contains(&self.stem(at + 1))
    }

    /// `for the first time`, `for the first time since 2021`, beside a threshold that is passed.
    fn first_time(&self, at: usize) -> Option<Boast> {
        const ABOVE: &[&str] =
            &["through", "passed", "exceeded", "topped", "crossed", "above", "over", "surpassed", "broke"];
        const BELOW: &[&str] = &["below", "under", "beneath"];
        let first = at - 3;
        let (mut sense, mut word) = (None, first);
        while sense.is_none() && word > first.saturating_sub(9) && !self.parted(word, &['.', ';', '!', '?']) {
            word -= 1;
            sense = match self.stem(word) {
                stem if ABOVE.contains(&stem) => Some(Sense::Up),
                stem if BELOW.contains(&stem) => Some(Sense::Down),
                _ => None,
            };
        }
        let (window, last) = self.window(at + 1).unwrap_or((Window::Ever, at));
        self.boast((first, last), Kind::First { sense: sense?, window })
    }

    /// `highest ever`, `the most we have ever had`, `lowest quarterly figure of the last twelve months`, `best month of the year`.
    fn superlative(&self, first: usize, sense: Sense) -> Option<Boast> {
        const BETWEEN: &[&str] = &[
            "level",
            "figure",
            "value",
            "number",
            "total",
            "result",
            "performance",
            "reading",
            "rate",
            "in",
            "on",
            "we",
            "it",
            "our",
            "its",
            "the",
            "a",
            "company",
            "group",
            "trust",
            "that",
            "have",
            "has",
            "had",
            "been",
            "recorded",
            "reported",
            "achieved",
            "seen",
            "whole",
            "entire",
            "single",
            "any",
            "year",
            "half",
        ];
        // `the most of`, `at least`: words of many uses boast only in the plainest company, and `the best` only of what is named.
        let plain = matches!(self.stem(first), "most" | "least");
        let loose = matches!(sense, Sense::Better | Sense::Worse | Sense::Shorter | Sense::Longer);
        let mut noun = None;
        let mut others = 0;
        let mut own = None;
        for at in first + 1..(first + 10).min(self.words.len()) {
            if self.parted(at, &['.', ';', '!', '?', ',', ':', '(']) {
                return None;
            }
            if let Some((window, last)) = self.window(at) {
                // `the most ever in a month`.
                let tail = self.follow(last + 1, &["in", "a"]) || self.follow(last + 1, &["in", "any"]);
                let grain = own.or_else(|| grain(self.stem(last + 3)).filter(|_| tail));
                let last = if tail && grain.is_some() && own.is_none() { last + 3 } else { last };
                let mut boast = self.boast((first, last), Kind::Extreme { sense, window, grain })?;
                boast.noun = noun;
                return Some(boast);
            }
            match self.stem(at) {
                stem if grain(stem).is_some() => own = own.or(grain(stem)),
                stem if BETWEEN.contains(&stem) || is_determiner(stem) => {}
                "than" | "to" | "by" | "with" | "at" | "when" | "as" | "from" | "was" | "is" | "were" | "and"
                | "or" | "but" | "share" | "part" => return None,
                _ if plain || others == 3 => return None,
                _ => {
                    others += 1;
                    let range = self.words.get(at)?.range.clone();
                    let from = noun.as_ref().map_or(range.start, |noun: &Range<usize>| noun.start);
                    noun = loose.then_some(from..range.end);
                }
            }
        }
        None
    }
}
