//! The phrases of a text that it states a level of, each with its number.
//!
//! Enters: a text with its mentions. Leaves: phrases with the numbers that are theirs by the shape of the sentence.
//! Invariant: nothing but the verb, the colon or the `of` that ties them stands between a phrase and its number.

use std::borrow::Cow;
use std::ops::Range;

use crate::bind::label;
use crate::bind::spoken;
use crate::extract::{Mention, MentionKind};
use crate::quantity::Unit;
use crate::words::{Word, is_determiner, words};

/// How a phrase and its number are tied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tie {
    /// The phrase is the number's subject, or tied by `of`.
    Subject,
    /// The phrase stands before the number as a label of its line or tile.
    Label,
    /// The phrase is what the number counts: `4,912 colleagues`.
    Counted,
    /// The phrase is what was done to what the number counts: `48,960 parcels were delivered`.
    Done,
}

/// A phrase with its number.
pub(super) struct Pair<'a> {
    pub(super) phrase: Cow<'a, str>,
    /// Index among the text's mentions.
    pub(super) mention: usize,
    pub(super) tie: Tie,
    pub(super) plain: bool,
}

impl<'a> Pair<'a> {
    /// A tile's number with its label.
    pub(super) fn tile(label: &'a str, mention: usize) -> Self {
        Self { phrase: label.into(), mention, tie: Tie::Label, plain: true }
    }
}

/// The phrases of a text with their numbers.
pub(super) fn pairs<'a>(text: &'a str, mentions: &[Mention]) -> Vec<Pair<'a>> {
    let mut found: Vec<Pair<'a>> = Vec::new();
    let past = |mention: usize| mentions.get(mention).is_some_and(|mention| is_past(text, &mention.range));
    let subject = |phrase: &'a str, mention: usize| {
        let phrase = Cow::from(without_count(phrase));
        let rest = mentions.get(mention).and_then(|mention| text.get(mention.range.end..)).unwrap_or_default();
        Pair {
            phrase,
            mention,
            tie: Tie::Subject,
            plain: !is_narrowed(rest, mentions, text.len() - rest.len()) && !past(mention),
        }
    };
    if let Some((label, mention)) = label::labelled(text, mentions) {
        found.push(Pair { tie: Tie::Label, ..subject(label, mention) });
    }
    for stated in spoken::phrases(text, mentions) {
        let led =
            |mention: &Mention| text.get(..mention.range.start).is_some_and(|head| head.trim_end().ends_with(" of"));
        // What moved by a percentage is no level.
        if stated.unit.is_some() || mentions.get(stated.mention).is_some_and(led) {
            found.push(subject(stated.phrase, stated.mention));
        }
    }
    for (at, mention) in mentions.iter().enumerate() {
        let MentionKind::Quantity(quantity) = &mention.kind else { continue };
        if matches!(quantity.unit, Unit::Count | Unit::Bare)
            && let Some(pair) = counted(text, mentions, at)
        {
            found.push(pair);
        }
        if let Some(phrase) = at.checked_sub(1).and_then(|before| listed(text, &mentions[before], mention)) {
            found.push(subject(phrase, at));
        }
    }
    found.sort_by_key(|pair| pair.mention);
    found.dedup_by_key(|pair| pair.mention);
    found
}

/// `Receipts were $214,520 and payments $196,055`: the one word between two numbers.
fn listed<'a>(text: &'a str, before: &Mention, number: &Mention) -> Option<&'a str> {
    let gap = text.get(before.range.end..number.range.start)?;
    let own = [", and ", " and ", ", "].iter().find_map(|mark| gap.strip_prefix(mark))?;
    let own = own.trim_end();
    let lone = [own].into_iter().chain(own.strip_suffix(" of").map(|own| own.strip_prefix("with ").unwrap_or(own)));
    let noun = lone.into_iter().find(|own| own.len() > 2 && own.chars().all(char::is_alphabetic))?;
    spoken::is_noun(words(noun).first()?).then_some(noun)
}

/// `4,912 colleagues`, `All 39 near misses`: what a number counts, where nothing before the number says which of them.
fn counted<'a>(text: &'a str, mentions: &[Mention], at: usize) -> Option<Pair<'a>> {
    let range = &mentions[at].range;
    let before = text.get(text.floor_char_boundary(range.start.saturating_sub(48))..range.start)?;
    let start = before.rfind(['.', ';', ':', ',', '(', '\n', '|']).map_or(0, |at| at + 1);
    let head = words(before.get(start..)?);
    let opens = start > 0 || before.len() == range.start;
    // `In September 48,960 parcels were delivered.`
    let timed = at.checked_sub(1).and_then(|before| mentions.get(before)).is_some_and(|before| {
        matches!(before.kind, MentionKind::Period(..))
            && text.get(before.range.end..range.start).is_some_and(|gap| matches!(gap.trim(), "" | ","))
    });
    let led = match head.last() {
        _ if timed => true,
        None => opens,
        Some(word) => leads_to_all(word, head.len().checked_sub(2).and_then(|at| head.get(at))),
    };
    let rest = text.get(range.end..text.floor_char_boundary((range.end + 64).min(text.len())))?;
    let next = mentions.get(at + 1).map_or(usize::MAX, |next| next.range.start.saturating_sub(range.end));
    let rest = rest.get(..next.min(rest.len())).unwrap_or(rest);
    let rest = rest.strip_prefix(' ').filter(|_| led)?;
    let end = rest.find(|c: char| !c.is_alphabetic() && !matches!(c, ' ' | '-')).unwrap_or(rest.len());
    let own = words(rest.get(..end)?);
    let count = own.iter().take_while(|word| spoken::is_noun(word) && !is_preposition(&word.stem)).count();
    let last = own.get(..count)?.last().filter(|_| count <= 4)?;
    let phrase = rest.get(..last.range.end)?;
    // `48,960 parcels were delivered`: parcels delivered.
    let done = match own.get(count..) {
        Some([verb, done, ..]) if matches!(verb.stem.as_str(), "were" | "was" | "are") && spoken::is_done(done) => {
            Some(done)
        }
        Some([done, ..]) if spoken::is_done(done) => Some(done),
        _ => None,
    };
    let (phrase, tie) = match done {
        Some(done) => (Cow::from(format!("{phrase} {}", done.stem)), Tie::Done),
        None => (Cow::from(phrase), Tie::Counted),
    };
    let several = rest.get(last.range.clone())?.ends_with('s');
    let from = range.end + 1 + last.range.end;
    let plain = !is_narrowed(text.get(from..)?, mentions, from);
    several.then_some(Pair { phrase, mention: at, tie, plain })
}

/// `The number of active borrowers`: what is counted is the name.
fn without_count(phrase: &str) -> &str {
    let count = ["number of ", "Number of ", "count of "];
    count.iter().find_map(|led| phrase.strip_prefix(led)).unwrap_or(phrase)
}

/// Whether what stands before a counted number says that it counts them all.
fn leads_to_all(word: &Word, before: Option<&Word>) -> bool {
    match word.stem.as_str() {
        "all" | "our" | "has" | "have" | "had" | "employ" | "employed" | "serve" | "served" | "with" | "saw"
        | "see" | "handled" | "carried" | "treated" | "welcomed" => true,
        "the" => before.is_none_or(|word| !is_preposition(&word.stem) || matches!(word.stem.as_str(), "with" | "of")),
        "were" | "was" | "are" | "is" => before.is_some_and(|word| word.stem == "there"),
        _ => false,
    }
}

/// Words that lead from a thing to what it is of, where, how or when.
const LEADING: &[&str] = &[
    "in",
    "at",
    "from",
    "for",
    "of",
    "on",
    "per",
    "by",
    "via",
    "through",
    "under",
    "across",
    "within",
    "among",
    "between",
    "before",
    "after",
    "excluding",
    "including",
    "net",
    "gross",
    "into",
];

fn is_preposition(stem: &str) -> bool {
    LEADING.contains(&stem)
        || matches!(stem, "with" | "to" | "against" | "over" | "and" | "but" | "while" | "as" | "when" | "that" | "who")
}

/// Whether a word behind a number leads to what the number is of in particular.
fn narrows(stem: &str) -> bool {
    LEADING.contains(&stem)
        || matches!(stem, "each" | "alone" | "related" | "relating" | "relate" | "attributable" | "associated")
}

/// `£412,000 from members`, `£3.1m at Leeds`, `£2m before tax`: whether what follows a number says which part of its name it is; `in
/// seven countries` says it of all.
fn is_narrowed(rest: &str, mentions: &[Mention], from: usize) -> bool {
    let end = rest.find(['.', ';', ',', '\n', '(', '|', ':']).unwrap_or(rest.len());
    let mut own = words(rest.get(..end).unwrap_or_default());
    own.retain(|word| !is_determiner(&word.stem));
    let within = |range: &Range<usize>, mention: &Mention| {
        mention.range.start <= from + range.start && from + range.start < mention.range.end
    };
    let timed = |word: &Word| {
        mentions.iter().any(|one| matches!(one.kind, MentionKind::Period(..)) && within(&word.range, one))
            || matches!(word.stem.as_str(), "end" | "year" | "quarter" | "month" | "week" | "half" | "period")
    };
    let number = |word: &Word| {
        mentions.iter().any(|one| matches!(one.kind, MentionKind::Quantity(..)) && within(&word.range, one))
    };
    let mut left = own.as_slice();
    while let Some((word, rest)) = left.split_first() {
        if timed(word) {
            left = rest;
            continue;
        }
        let next = rest.first();
        let of_time = narrows(&word.stem) && next.is_some_and(timed);
        if !of_time {
            return narrows(&word.stem) && !next.is_some_and(number);
        }
        left = rest;
    }
    false
}

/// `The flash had shown`, `had been`: whether the sentence around a number tells what was so before.
fn is_past(text: &str, range: &Range<usize>) -> bool {
    let start = text.get(..range.start).and_then(|head| head.rfind(". ")).map_or(0, |at| at + 2);
    let end = text.get(range.end..).and_then(|rest| rest.find(". ")).map_or(text.len(), |at| range.end + at);
    let own = words(text.get(start..end).unwrap_or_default());
    let had = |two: &[Word]| matches!(two, [had, done] if had.stem == "had" && (done.stem == "been" || done.stem == "shown" || spoken::is_done(done)));
    let other = |word: &Word| {
        matches!(word.stem.as_str(), "then" | "if" | "option" | "alternative" | "draft" | "restated" | "proposed")
    };
    own.windows(2).any(had) || own.iter().any(other)
}
