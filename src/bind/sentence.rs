//! Sentences as the grammar sees them: names, periods, scenarios, quantities and the small words between.
//!
//! Enters: a text with its mentions and the vocabulary. Leaves: sentences of items in order.
//! Invariant: items never overlap, and every quantity that is no part of a name is in exactly one sentence.

mod names;
mod places;

use std::ops::Range;

use names::{costs_of, names, own_margins, qualify};

use super::lexicon::{self, Cue};
use crate::claim::Direction;
use crate::extract::{Mention, MentionKind};
use crate::scenario;
use crate::stops;
use crate::vocabulary::{MetricId, Vocabulary};
use crate::words::{Word, is_determiner, words};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: Kind,
}

impl Item {
    /// Whether it is a word for the whole of the business.
    pub(super) fn speaks_of_whole(&self) -> bool {
        matches!(&self.kind, Kind::Word(stem) if is_whole(stem))
    }

    /// Whether it is one of some words without a role, each given by its stem.
    pub(super) fn is_word(&self, stems: &[&str]) -> bool {
        matches!(&self.kind, Kind::Word(stem) if stems.contains(&stem.as_str()))
    }
}

/// Whether a word says that something is of the whole of the business.
pub(super) fn is_whole(stem: &str) -> bool {
    const WHOLE: &[&str] = &["group", "company", "overall", "total", "consolidated"];
    WHOLE.contains(&stem)
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A quantity, by its index among the mentions.
    Quantity(usize),
    /// A period, by its index among the mentions.
    Period(usize),
    /// A metric, and what the words around make of its identity.
    Metric(MetricId, Fit),
    /// A segment.
    Segment(String),
    /// A scenario.
    Scenario(&'static str),
    /// A word with a role.
    Cue(Cue),
    /// Any other word that is not transparent.
    Word(String),
    /// Punctuation and conjunctions.
    Break(Break),
}

/// What the words around a name make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// They leave it alone.
    Plain,
    /// A word beside it may narrow it: `Northern revenue`.
    Loose,
    /// They make it the name of something else: `revenue growth`, `adjusted revenue`.
    Other,
}

/// What separates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// `,`.
    Comma,
    /// `;` or a dash with spaces.
    Clause,
    /// `:`.
    Colon,
    /// `(` or `[`.
    Open,
    /// `)` or `]`.
    Close,
    /// `and`, `&`, `while`, `but`.
    And,
}

/// The sentences of a text.
pub(super) fn sentences(text: &str, mentions: &[Mention], vocabulary: &Vocabulary) -> Vec<Vec<Item>> {
    let items = items(text, mentions, vocabulary);
    let ends = sentence_ends(text, mentions);
    let mut sentences = vec![Vec::new()];
    let mut end = ends.iter().peekable();
    for item in items {
        while end.next_if(|&&at| at <= item.range.start).is_some() {
            sentences.push(Vec::new());
        }
        if let Some(last) = sentences.last_mut() {
            last.push(item);
        }
    }
    for items in &mut sentences {
        lead_in(items);
        without(text, items);
        qualify(vocabulary, items);
        costs_of(vocabulary, items);
    }
    own_margins(vocabulary, &mut sentences);
    sentences.retain(|items| items.iter().any(|item| !matches!(item.kind, Kind::Break(_))));
    sentences
}

/// Quantities of one sentence that are read together, at most.
const MOST: usize = 100;

/// Parts a sentence with more numbers than people read in one: what is looked for around each of them may be as far as the
/// sentence goes.
pub(super) fn bounded(items: Vec<Item>) -> Vec<Vec<Item>> {
    let is_quantity = |item: &Item| matches!(item.kind, Kind::Quantity(_));
    if items.iter().filter(|item| is_quantity(item)).count() <= MOST {
        return vec![items];
    }
    let mut parts: Vec<Vec<Item>> = vec![Vec::new()];
    let mut quantities = 0;
    for item in items {
        quantities += usize::from(is_quantity(&item));
        if quantities > MOST {
            parts.push(Vec::new());
            quantities = 1;
        }
        if let Some(last) = parts.last_mut() {
            last.push(item);
        }
    }
    parts
}

/// `**Europe** — $21.5M`: a dash behind the name that opens a sentence is its colon.
fn lead_in(items: &mut [Item]) {
    let mut names = items.iter().take_while(|item| matches!(item.kind, Kind::Segment(_) | Kind::Metric(..))).count();
    // `Order backlog (year end) – €214.5m`.
    if names > 0 && items.get(names).is_some_and(|item| item.kind == Kind::Break(Break::Open)) {
        let told = |item: &&Item| matches!(item.kind, Kind::Period(_) | Kind::Word(_) | Kind::Break(Break::Open));
        let inside = items[names..].iter().take_while(told).count();
        let closed = items.get(names + inside).is_some_and(|item| item.kind == Kind::Break(Break::Close));
        names += if closed { inside + 1 } else { 0 };
    }
    if let (1.., Some(Item { kind: Kind::Break(at @ Break::Clause), .. })) = (names, items.get_mut(names)) {
        *at = Break::Colon;
    }
}

/// `Before stock compensation, gross margin was …`, `Excluding one-offs, …`, `Including agency staff, …`: every name of the sentence is of
/// something narrower or wider.
fn without(text: &str, items: &mut [Item]) {
    let Some(first) = items.first() else { return };
    let word = text[first.range.clone()].to_lowercase();
    const OTHERWISE: &[&str] = &[
        "before",
        "excluding",
        "including",
        "without",
        "ex",
        "adjusted",
        "adjusting",
        "stripping",
        "annualised",
        "annualized",
    ];
    let leaves_out = OTHERWISE.contains(&word.as_str());
    let of_time = matches!(items.get(1).map(|item| &item.kind), Some(Kind::Period(_)));
    if leaves_out && !of_time {
        for item in items {
            if let Kind::Metric(_, fit) = &mut item.kind {
                *fit = Fit::Other;
            }
        }
    }
}

/// Where sentences end: after `.`, `!` or `?` followed by white space and a start, outside every mention.
fn sentence_ends(text: &str, mentions: &[Mention]) -> Vec<usize> {
    let mut ends = labelled_lines(text);
    let mut next = mentions.iter().peekable();
    let bytes = text.as_bytes();
    for at in memchr::memchr3_iter(b'.', b'!', b'?', bytes) {
        while next.next_if(|mention| mention.range.end <= at).is_some() {}
        if next.peek().is_some_and(|mention| mention.range.start <= at) {
            continue;
        }
        if stops::ends_sentence(text, at) {
            ends.push(at + 1);
        }
    }
    ends.sort_unstable();
    ends
}

/// `Cash: $8.42M` over `Net burn: $745k`: lines of one paragraph that each open with a label say each its own.
fn labelled_lines(text: &str) -> Vec<usize> {
    /// Words of a label, at most.
    const LABEL: usize = 6;
    let labelled = |line: &str| {
        line.split_once(": ").is_some_and(|(label, value)| {
            let words = label.split_whitespace().count();
            let plain = label.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "-&/()'’*".contains(c));
            (1..=LABEL).contains(&words) && plain && value.contains(|c: char| c.is_ascii_digit())
        })
    };
    let mut ends = Vec::new();
    let mut before = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let own = labelled(line);
        if own && before {
            ends.push(start);
        }
        before = own;
        start += line.len();
    }
    ends
}

fn items(text: &str, mentions: &[Mention], vocabulary: &Vocabulary) -> Vec<Item> {
    let words = words(text);
    let mut items = Vec::with_capacity(words.len());
    names(text, &words, mentions, vocabulary, &mut items);
    items.sort_by_key(|item| (item.range.start, item.range.end));
    let named: Vec<Range<usize>> = items.iter().map(|item| item.range.clone()).collect();
    let free = |range: &Range<usize>| !overlaps(&named, range);
    let mut taken = named.clone();
    for (at, mention) in mentions.iter().enumerate() {
        if !free(&mention.range) {
            continue;
        }
        taken.push(mention.range.clone());
        let kind = match &mention.kind {
            MentionKind::Quantity(_) => Kind::Quantity(at),
            MentionKind::Period(..) => Kind::Period(at),
            _ => continue,
        };
        items.push(Item { range: mention.range.clone(), kind });
    }
    taken.sort_by_key(|range| range.start);
    for (range, name) in scenario::scan(text) {
        if !overlaps(&taken, &range) {
            items.push(Item { range, kind: Kind::Scenario(name) });
        }
    }
    let scenarios: Vec<Range<usize>> =
        items.iter().filter(|item| matches!(item.kind, Kind::Scenario(_))).map(|item| item.range.clone()).collect();
    small_words(&words, &taken, &scenarios, &mut items);
    punctuation(text, &taken, &mut items);
    items.extend(second_lines(text, mentions).map(|at| Item { range: at..at + 1, kind: Kind::Break(Break::Clause) }));
    items.sort_by_key(|item| (item.range.start, item.range.end));
    items
}

/// `$44.6M ARR` over `Q2: $41.9M`: where a short line with a number ends, and one that sets that of another time beside it begins.
fn second_lines<'a>(text: &'a str, mentions: &'a [Mention]) -> impl Iterator<Item = usize> + 'a {
    /// Words of such a line, at most: running text has longer ones.
    const SHORT: usize = 8;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let within = |lines: Range<usize>| {
        let first = mentions.partition_point(|mention| mention.range.start < lines.start);
        mentions[first..].iter().take_while(move |mention| mention.range.start < lines.end)
    };
    let counted = move |line: Range<usize>| within(line).any(|own| matches!(own.kind, MentionKind::Quantity(_)));
    ends.filter(move |&end| {
        let start = text[..end].rfind('\n').map_or(0, |before| before + 1);
        let next = text[end + 1..].find('\n').map_or(text.len(), |next| end + 1 + next);
        let short = |line: Range<usize>| text[line].split_whitespace().count() <= SHORT;
        let dated = within(end + 1..next).next().is_some_and(|first| {
            let opens = text[end + 1..first.range.start].trim().is_empty();
            opens && matches!(first.kind, MentionKind::Period(..))
        });
        dated && counted(start..end) && counted(end + 1..next) && short(start..end) && short(end + 1..next)
    })
}

/// Whether a range meets one of the sorted, disjoint ranges.
fn overlaps(sorted: &[Range<usize>], range: &Range<usize>) -> bool {
    let at = sorted.partition_point(|taken| taken.end <= range.start);
    sorted.get(at).is_some_and(|taken| taken.start < range.end)
}

fn small_words(words: &[Word], taken: &[Range<usize>], scenarios: &[Range<usize>], items: &mut Vec<Item>) {
    for (at, word) in words.iter().enumerate() {
        // `The UK is our largest market`: the market is ours.
        let own = word.stem == "market"
            && at.checked_sub(1).is_some_and(|before| {
                matches!(words[before].stem.as_str(), "largest" | "biggest" | "main" | "home" | "core" | "domestic")
            });
        let pointing = matches!(word.stem.as_str(), "that" | "these" | "those") && after_of(words, at);
        if overlaps(taken, &word.range) || overlaps(scenarios, &word.range) || is_determiner(&word.stem) && !pointing {
            continue;
        }
        let kind = match word.stem.as_str() {
            "and" | "while" | "but" | "whereas" => Kind::Break(Break::And),
            // `made up 44.7% of sales` moves nothing.
            "up" if at
                .checked_sub(1)
                .is_some_and(|before| matches!(words[before].stem.as_str(), "made" | "make" | "makes" | "making")) =>
            {
                Kind::Word(word.stem.clone())
            }
            // `was made up of $9.7M of subscriptions`: so is what it consists of.
            "made"
                if words.get(at + 1).is_some_and(|next| next.stem == "up")
                    && words.get(at + 2).is_some_and(|next| next.stem == "of") =>
            {
                Kind::Cue(Cue::Made)
            }
            // `7 bps less 2 bps of freight`: what follows is taken off.
            "less" if taken.iter().any(|taken| taken.start == word.range.end + 1) => Kind::Cue(Cue::Made),
            stem => match lexicon::cue(stem).filter(|_| !own) {
                Some(cue) => Kind::Cue(cue),
                None if is_comparative(stem) && words.get(at + 1).is_some_and(|next| next.stem == "than") => {
                    Kind::Cue(Cue::Compared)
                }
                // `of which`, `of whom`, `of that`: a part of what was named follows.
                None if matches!(stem, "which" | "whom" | "that" | "these" | "those") && after_of(words, at) => {
                    Kind::Cue(Cue::Part)
                }
                None => Kind::Word(word.stem.clone()),
            },
        };
        items.push(Item { range: word.range.clone(), kind });
    }
}

/// `cheaper`, `stronger`, `tighter`: as far as the form tells, which `than` must confirm.
fn is_comparative(stem: &str) -> bool {
    stem.ends_with("er") && !matches!(stem, "other" | "rather")
}

/// Whether the word before is `of`; `a quarter in which EBIT grew` is no part.
fn after_of(words: &[Word], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| words[before].stem == "of")
}

fn punctuation(text: &str, taken: &[Range<usize>], items: &mut Vec<Item>) {
    let mut previous = ' ';
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        let next_space = text[range.end..].chars().next().is_none_or(char::is_whitespace);
        let beside = || {
            let next = taken.partition_point(|taken| taken.end <= at);
            let ends = next.checked_sub(1).is_some_and(|before| taken[before].end == at);
            ends || taken.get(next).is_some_and(|taken| taken.start == range.end)
        };
        depth = match c {
            '(' | '[' => depth + 1,
            ')' | ']' => depth.saturating_sub(1),
            _ => depth,
        };
        let kind = match c {
            ',' => Some(Break::Comma),
            // `(budget: £43.9m; prior year: £40.9m)`: what a bracket lists is all of one thing.
            ';' if depth > 0 => Some(Break::Comma),
            // `Headcount 1,239 / budget 1,220`, `£11.9m/£11.65m`.
            '/' if previous.is_whitespace() && next_space || beside() => Some(Break::Comma),
            // A bullet in running text, as exports leave them.
            ';' | '•' | '·' | '|' => Some(Break::Clause),
            // `Opening 2,104 + starts 402 − leavers 188 = closing 2,318`.
            '–' | '—' | '-' | '−' | '+' | '=' if previous.is_whitespace() && next_space => Some(Break::Clause),
            '—' => Some(Break::Clause),
            ':' => Some(Break::Colon),
            '(' | '[' => Some(Break::Open),
            ')' | ']' => Some(Break::Close),
            _ => None,
        };
        let kind = match c {
            '▲' | '↑' => Some(Kind::Cue(Cue::Move(Direction::Up))),
            '▼' | '↓' => Some(Kind::Cue(Cue::Move(Direction::Down))),
            // `$8.5M → $10.6M`, `$8.5M -> $10.6M`.
            '→' => Some(Kind::Cue(Cue::Arrow)),
            '-' if text[range.end..].starts_with('>') => Some(Kind::Cue(Cue::Arrow)),
            _ => kind.map(Kind::Break),
        };
        if let Some(kind) = kind
            && !overlaps(taken, &range)
        {
            items.push(Item { range, kind });
        }
        previous = c;
    }
}
