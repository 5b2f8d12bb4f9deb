//! The noun phrases that a text states a number of.
//!
//! Enters: a text with its mentions. Leaves: phrases, each with the unit of its level where the text states one.
//! Invariant: a phrase opens its clause, or stands right before its number, the `of` that leads to it; what moved by a number
//! lends it no unit.

use crate::bind::lexicon::{self, Cue};
use crate::extract::{Mention, MentionKind};
use crate::quantity::Unit;
use crate::scenario;
use crate::words::{Word, is_determiner, words};

/// Words of a phrase, at most.
const LONGEST: usize = 4;
/// Words between a phrase's verb and its number, at most: `slipped again to`.
const NEAR: usize = 3;

/// How a text ties a phrase to its number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::bind) enum Tie {
    /// By a verb: `was`, `rose to`.
    Verb,
    /// By `of`, by standing right before it, or by a verb of moving.
    Close,
}

/// A phrase that a number is stated for.
pub(in crate::bind) struct Stated<'a> {
    /// Index of the number among the text's mentions.
    pub(in crate::bind) mention: usize,
    pub(in crate::bind) phrase: &'a str,
    /// What its level is measured in, where the text states a level.
    pub(in crate::bind) unit: Option<Unit>,
    pub(super) tie: Tie,
}

/// The phrases of a text that a number is stated for.
pub(in crate::bind) fn phrases<'a>(text: &'a str, mentions: &[Mention]) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    let mut end = 0;
    // What moved by the number before, whose level may follow: `Deposits grew 8% to £4.1bn`.
    let mut moved: Option<&str> = None;
    // What came from the number before: `Fee income rose from £8m to £9m`.
    let mut left: Option<&str> = None;
    for (at, mention) in mentions.iter().enumerate() {
        let MentionKind::Quantity(quantity) = &mention.kind else { continue };
        let from = end;
        end = mention.range.end;
        let Some((gap, rest)) = text.get(from..mention.range.start).zip(text.get(mention.range.end..)) else {
            continue;
        };
        if let Some(phrase) = moved.filter(|_| gap.trim() == ", from") {
            found.push(Stated { mention: at, phrase, unit: Some(quantity.unit.clone()), tie: Tie::Verb });
            (moved, left) = (None, Some(phrase));
            continue;
        }
        let reached = moved.take().filter(|_| leads_to_a_level(gap)).or(left.take().filter(|_| gap.trim() == "to"));
        if let Some(phrase) = reached {
            found.push(Stated { mention: at, phrase, unit: Some(quantity.unit.clone()), tie: Tie::Verb });
            continue;
        }
        let start = from + opening(gap);
        let clear = from == 0 || start > from;
        // Mentions are in order: another within the clause would be the one right before.
        let timed =
            at.checked_sub(1).and_then(|before| mentions.get(before)).filter(|before| before.range.start >= start);
        let Some(clause) = text.get(start..mention.range.start) else { continue };
        if let Some(time) = timed {
            let head = text.get(start..time.range.start).zip(text.get(time.range.end..mention.range.start));
            if let Some((head, verb)) = head.filter(|_| clear && matches!(time.kind, MentionKind::Period(..)))
                && let Some(phrase) = of_time(head, verb)
            {
                found.push(Stated { mention: at, phrase, unit: Some(quantity.unit.clone()), tie: Tie::Verb });
            }
            continue;
        }
        // Only the first number of a clause is sure to be of its subject.
        let named = match clear {
            true => subject(clause).or_else(|| told(clause)).or_else(|| beside(clause, rest)),
            false => told(clause).filter(|(_, tie)| *tie == Tie::Close && clause.trim_end().ends_with(" of")),
        };
        if let Some((phrase, tie)) = named {
            let unit = (!compares(rest)).then(|| quantity.unit.clone());
            left = (tie == Tie::Verb && clause.trim_end().ends_with(" from")).then_some(phrase);
            found.push(Stated { mention: at, phrase, tie: if unit.is_some() { tie } else { Tie::Close }, unit });
        } else if let Some(phrase) = mover(clause).filter(|_| clear) {
            let rate =
                matches!(quantity.unit, Unit::Percent | Unit::Points | Unit::BasisPoints | Unit::Multiple | Unit::Bare);
            found.push(Stated { mention: at, phrase, unit: (!rate).then(|| quantity.unit.clone()), tie: Tie::Close });
            moved = Some(phrase);
        }
    }
    found
}

/// `Attendance in the quarter was`: the noun phrase before a time, where nothing but a verb stands behind the time.
fn of_time<'a>(head: &'a str, verb: &str) -> Option<&'a str> {
    let own = words(verb);
    let is = own.last().is_some_and(|word| matches!(lexicon::cue(&word.stem), Some(Cue::Is | Cue::To)));
    let light =
        is && own.len() <= NEAR + 1 && own.iter().all(is_light) && verb.chars().all(|c| c.is_alphabetic() || c == ' ');
    let head = head.trim_end();
    let led = ["in the", "for the", "during the", "in", "for", "at the", "at", "during", "of the", "over the"];
    let head = led.iter().find_map(|led| head.strip_suffix(led)).filter(|head| light && head.ends_with(' '))?;
    let own = opened(head)?;
    let text = spanned(head, &own)?;
    is_name(text, &own).then_some(text)
}

/// Where the last clause of a text begins.
fn opening(text: &str) -> usize {
    const BREAKS: &[&str] =
        &[". ", "; ", ": ", "\n", ", and ", ", but ", ", while ", "(", "! ", "? ", "| ", "• ", "· "];
    let inner = BREAKS.iter().filter_map(|mark| text.rfind(mark).map(|at| at + mark.len())).max();
    // What follows a number right away: `loans were $3.4m and deposits $4.1m`, `OEE 73.8%, scrap 2.1%`.
    let behind =
        || [" and ", ", ", ") and ", "), "].iter().find(|mark| text.starts_with(**mark)).map(|mark| mark.len());
    inner.or_else(behind).unwrap_or(0)
}

/// `grew 8% to £4.1bn`, `decreased by NOK 29m in the quarter to NOK 846m`: whether what stands between two numbers leads to a level.
fn leads_to_a_level(gap: &str) -> bool {
    gap.trim_end().ends_with(" to") && gap.split_whitespace().count() <= 5 && !gap.contains(['.', ';', ':', ',', '('])
}

/// `52% bigger`, `£38k light`: whether the words behind a number say that it is no level.
fn compares(rest: &str) -> bool {
    let own = rest.split(['.', ';', ',', '(']).next().unwrap_or_default();
    let mut own =
        words(own.get(..own.char_indices().nth(24).map_or(own.len(), |(at, _)| at)).unwrap_or_default()).into_iter();
    own.next().is_some_and(|word| {
        matches!(lexicon::cue(&word.stem), Some(Cue::Move(_) | Cue::Beyond | Cue::Short | Cue::Rated(_) | Cue::Noun(_)))
            || matches!(word.stem.as_str(), "wider" | "narrower" | "longer" | "shorter" | "faster" | "slower" | "ahead")
    })
}

/// Whether a word can be one of a name.
pub(in crate::bind) fn is_noun(word: &Word) -> bool {
    word.stem.chars().all(char::is_alphabetic)
        && word.stem.len() > 2
        && lexicon::cue(&word.stem).is_none()
        && (!lexicon::is_verb(&word.stem) || lexicon::is_modifier(&word.stem) || is_thing(word))
        && !is_determiner(&word.stem)
        && !matches!(word.stem.as_str(), "there" | "here" | "alone")
}

/// Nouns that are verbs elsewhere: `operating costs`, `marketing spend`, `box office takings`.
pub(super) fn is_thing(word: &Word) -> bool {
    let several = word.range.len() > word.stem.len();
    matches!(word.stem.as_str(), "cost" | "spend" | "waiting" | "handling") || several && word.stem == "taking"
}

/// `Tonnage handled`, `repairs completed`: what was done to the things that a name counts.
pub(in crate::bind) fn is_done(word: &Word) -> bool {
    const IRREGULAR: &[&str] =
        &["sold", "paid", "held", "made", "won", "lost", "spent", "built", "let", "given", "taken"];
    word.stem.ends_with("ed") && word.stem.len() > 4 && lexicon::cue(&word.stem).is_none()
        || IRREGULAR.contains(&word.stem.as_str())
}

/// Whether words are a name: nouns, joined by `of`, `in`, `per` or `to` at most.
fn is_name(text: &str, phrase: &[Word]) -> bool {
    // What belongs to others, or is nobody's.
    const OTHERS: &[&str] =
        &["statutory", "national", "regional", "bank", "competitive", "scenario", "cut", "policy", "inflation"];
    // `The backlog covers`: verbs that look like nouns.
    const VERBS: &[&str] = &["covers", "averages", "equals", "totals", "exceeds", "stands", "represents", "remains"];
    let acts = text.rsplit(' ').next().is_some_and(|last| VERBS.contains(&last));
    // `Customers lost on average 3.4 minutes`: how it is told, and no part of a name.
    let told = matches!(phrase, [.., on, how] if on.stem == "on" && matches!(how.stem.as_str(), "average" | "balance"));
    if acts
        || told
        || text.contains("'s ")
        || text.contains("’s ")
        || phrase.iter().any(|word| OTHERS.contains(&word.stem.as_str()))
    {
        return false;
    }
    let joins = |word: &Word| matches!(word.stem.as_str(), "of" | "in" | "per" | "to" | "on" | "under");
    // `On-time delivery`.
    let on_time = matches!(phrase, [on, time, ..] if on.stem == "on" && time.stem == "time");
    let ends = (on_time || phrase.first().is_some_and(is_noun)) && phrase.last().is_some_and(is_noun);
    let degree = |word: &Word| {
        lexicon::is_transparent(&word.stem)
            && !joins(word)
            && !matches!(word.stem.as_str(), "current" | "monthly" | "annual")
    };
    ends && phrase.len() <= LONGEST
        && phrase.iter().all(|word| is_noun(word) || joins(word))
        && !phrase.iter().any(degree)
        && scenario::scan(text).is_empty()
        // `Sales in Europe`: what is joined is a place.
        && !phrase.windows(2).any(|two| joins(&two[0]) && two[1].capital)
}

/// A clause's words without those that lead to its subject, and the clause if nothing but words stands in it.
fn opened(clause: &str) -> Option<Vec<Word>> {
    const LEADS: &[&str] = &["and", "but", "while", "with", "on", "despite", "group", "company", "overall", "total"];
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '*' | '_');
    if !clause.chars().all(plain) {
        return None;
    }
    let mut own = words(clause);
    let leads = |word: &&Word| {
        // `On-time delivery` is a name.
        let glued = clause.get(word.range.end..).is_some_and(|rest| rest.starts_with('-'));
        !glued && (is_determiner(&word.stem) || LEADS.contains(&word.stem.as_str()))
    };
    let led = own.iter().take_while(leads).count();
    own.drain(..led);
    Some(own)
}

/// The bytes from the first to the last of some words.
fn spanned<'a>(clause: &'a str, phrase: &[Word]) -> Option<&'a str> {
    clause.get(phrase.first()?.range.start..phrase.last()?.range.end)
}

/// The noun phrase that a clause opens with, the words from its verb on, and the phrase's own text.
fn before_verb(clause: &str) -> Option<(&str, Vec<Word>)> {
    let mut own = opened(clause)?;
    let verb = own.iter().position(|word| matches!(lexicon::cue(&word.stem), Some(Cue::Is | Cue::Move(_))))?;
    let rest = own.split_off(verb);
    // `Deposits have also risen`, `revenue per visit went up`.
    let aside = |word: &Word| {
        matches!(word.stem.as_str(), "has" | "have" | "had" | "went" | "also" | "now" | "then")
            || word.stem.ends_with("ly")
    };
    while own.last().is_some_and(aside) {
        own.pop();
    }
    Some((full_name(clause, &own)?, rest))
}

fn is_light(word: &Word) -> bool {
    matches!(lexicon::cue(&word.stem), Some(Cue::Is | Cue::To | Cue::Move(_)))
        || word.stem.ends_with("ly")
        || word.stem == "again"
}

/// The noun phrase that a clause opens with, where a verb and at most few light words stand between it and what follows.
fn subject(clause: &str) -> Option<(&str, Tie)> {
    let (text, rest) = before_verb(clause)?;
    // What it moved by is no level, and `was up 3%` tells none either; `eased from 95.1%` tells an earlier one.
    let (last, between) = rest.split_last()?;
    let level = matches!(lexicon::cue(&last.stem), Some(Cue::To | Cue::Is | Cue::From));
    (level && rest.len() <= NEAR + 1 && between.iter().all(is_light)).then_some((text, Tie::Verb))
}

/// The noun phrase that a clause opens with, where a verb of moving leads to what it moved by: `Deposits grew by`.
fn mover(clause: &str) -> Option<&str> {
    let (text, rest) = before_verb(clause)?;
    let (last, between) = rest.split_last()?;
    let by = lexicon::cue(&last.stem) == Some(Cue::By) || is_light(last);
    // `Organic fees grew 9% to £71.5m`: the level is not of what grew.
    let based = words(text).iter().any(|word| lexicon::is_basis(&word.stem));
    let moves = !based && rest.iter().any(|word| matches!(lexicon::cue(&word.stem), Some(Cue::Move(_))));
    (moves && by && rest.len() <= NEAR + 1 && between.iter().all(is_light)).then_some(text)
}

/// `Deposits`, `tonnage handled`, `restructuring costs`: words that stand alone before a verb or an `of`, if they are a name. There, what
/// is done to the things or says of what kind they are is no verb.
fn full_name<'a>(clause: &'a str, own: &[Word]) -> Option<&'a str> {
    let text = spanned(clause, own)?;
    let kind = |word: &Word| {
        let form = word.stem.ends_with("ed") || word.stem.ends_with("ing");
        form && lexicon::cue(&word.stem).is_none() && !lexicon::is_transparent(&word.stem)
    };
    let core = own.split_last().filter(|(last, head)| !head.is_empty() && is_done(last)).map_or(own, |(_, head)| head);
    let core =
        core.split_first().filter(|(first, rest)| !rest.is_empty() && kind(first)).map_or(core, |(_, rest)| rest);
    is_name(spanned(clause, core)?, core).then_some(text).filter(|_| own.len() <= LONGEST)
}

/// `fee income of`, `LTIFR`: the noun phrase right before a number, or before the `of` that leads to it.
fn told(clause: &str) -> Option<(&str, Tie)> {
    let own = opened(clause)?;
    let Some((_, before)) = own.split_last().filter(|(last, _)| last.stem == "of") else {
        let text = spanned(clause, &own)?;
        let short = own.len() > 1 || own.iter().all(|word| word.capital);
        // `The new depot cost $2m`: right before a number it is a verb.
        let acts = own.last().is_some_and(is_thing);
        return (short && !acts && is_name(text, &own)).then_some((text, Tie::Close));
    };
    // `Giving leverage of 1.3x` behind a comma is no name.
    let opens = before.first().is_some_and(|word| word.capital || is_noun(word));
    if let Some(text) = full_name(clause, before).filter(|_| opens && before.len() > 1) {
        return Some((text, Tie::Close));
    }
    let nouns = before.iter().rev().take_while(|word| is_noun(word)).count();
    let (lead, phrase) = before.split_at(before.len() - nouns);
    // `We assume bank rate of …`: what follows who acts is a verb.
    let acted = lead.last().is_some_and(|word| matches!(word.stem.as_str(), "we" | "it" | "they" | "who" | "which"));
    let phrase = if acted { phrase.get(1..)? } else { phrase };
    // `an increase in deposits of $2m` states no deposits.
    let free = lead
        .last()
        .is_none_or(|word| !matches!(word.stem.as_str(), "of" | "in" | "to" | "from" | "by" | "for" | "at" | "per"));
    // `closed with a surplus of $2m` says what kind of result it was, and no more.
    let first = phrase.first()?;
    let led = clause.get(..first.range.start).is_some_and(|head| head.ends_with(" a ") || head.ends_with(" an "));
    let kind = phrase.len() == 1 && led && !is_written_in_capitals(clause, first);
    let text = spanned(clause, phrase)?;
    (free && !kind && is_name(text, phrase)).then_some((text, Tie::Close))
}

/// `ADR`.
fn is_written_in_capitals(clause: &str, word: &Word) -> bool {
    let text = clause.get(word.range.clone()).unwrap_or_default();
    text.len() > 2 && text.chars().filter(|c| c.is_uppercase()).count() * 2 > text.chars().count()
}

/// `Unrestricted cash, $1,133,045, equals`; `scrap, at 2.1%, is`: a name whose number stands between commas.
fn beside<'a>(clause: &'a str, rest: &str) -> Option<(&'a str, Tie)> {
    let head = clause.trim_end();
    let head = head.strip_suffix(", at").or_else(|| head.strip_suffix(','))?;
    let own = opened(head)?;
    let text = spanned(head, &own)?;
    (rest.starts_with(',') && is_name(text, &own)).then_some((text, Tie::Close))
}
