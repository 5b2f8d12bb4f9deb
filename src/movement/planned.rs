//! `A, ahead of the target of B`, `A beat the B we planned`, `ahead of budget at A, against B`: what a sentence itself says of a plan.
//!
//! Enters: a text with its quantities. Leaves: [`Moved`]s whose earlier number is the plan's. Invariant: where more may be worse,
//! only words that speak of numbers alone say which is the greater.

use std::ops::Range;

use rust_decimal::Decimal;

use super::cue::is_versus;
use super::moved::{Moved, Said, is_broken, is_one_thing, tail};
use crate::quantity::{Quantity, Unit};
use crate::scenario;
use crate::source::Better;
use crate::stops;
use crate::vocabulary::{may_be_bad, polarity};
use crate::words::{Word, is_determiner, stems, words};

/// How a word sets an outcome beside its plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Judgement {
    /// Whether the outcome is the greater number.
    up: bool,
    /// Whether that depends on which way is good.
    judges: bool,
    /// Whether it is said of spending as readily as of income: of what is `ahead` of its plan more is good, unless its name tells
    /// otherwise, but a cost `beats` its budget by being less.
    of_spending: bool,
}

/// Words between an outcome and its plan, at most, on either side of the word that sets them beside each other.
const FILL: usize = 6;

/// Characters behind a plan's number that are looked at.
const NEAR: usize = 40;

/// Everything that a text says of outcomes and their plans, in order.
pub(crate) fn outcomes<'a>(text: &str, quantities: &[Said<'a>]) -> Vec<Moved<'a>> {
    let found = (0..quantities.len()).filter_map(|at| {
        (1..=2)
            .find_map(|step| beside(text, quantities, at, step))
            .or_else(|| led(text, quantities, at))
            .or_else(|| followed(text, quantities, at))
            .or_else(|| by_amount(text, quantities, at))
    });
    found.filter(|moved| is_one_thing(text, moved)).collect()
}

/// `A (last month's), ahead of the target of B`, `A beat the B we planned`.
fn beside<'a>(text: &str, quantities: &[Said<'a>], at: usize, step: usize) -> Option<Moved<'a>> {
    let (later, earlier) = (*quantities.get(at)?, *quantities.get(at + step)?);
    let start = later.0.range.end;
    let gap = text.get(start..earlier.0.range.start)?;
    // What stands in brackets says more of the outcome, and is passed over.
    let skip = match (gap.find('('), gap.rfind(')')) {
        (Some(open), Some(close)) if gap.get(..open)?.trim().is_empty() => close + 1,
        (_, None) if step == 1 => 0,
        _ => return None,
    };
    let middle = (step == 2).then(|| quantities[at + 1].0.range.end);
    if middle.is_some_and(|end| end > start + skip) {
        return None;
    }
    let gap = gap.get(skip..)?;
    let said = words(gap);
    let (nth, judgement) = said
        .iter()
        .enumerate()
        .find_map(|(nth, word)| Some((nth, judgement(&word.stem).or_else(|| lasting(&word.stem, &later.1.unit))?)))?;
    let (before, behind) = (said.get(..nth)?, said.get(nth + 1..)?);
    let noun = later.1.noun.as_deref().map(stems).unwrap_or_default();
    let filling = |word: &Word| is_light(word) || noun.contains(&word.stem);
    let plain = before.len() <= FILL && before.iter().all(filling) && behind.len() <= FILL;
    let linked = behind.iter().all(|word| is_light(word) || word.stem == "of" || is_plan(word));
    let tail = gap.get(said.get(nth)?.range.end..)?.trim_end();
    let lead = gap.get(..said.get(nth)?.range.start)?;
    // One comma may part the outcome, or what it counts, from the word.
    let unbroken = !is_broken(&lead.replacen(',', "", 1)) && !is_broken(tail.strip_suffix('(').unwrap_or(tail));
    // `the 96.0% we budgeted`, `the £4.3M target`.
    let after = text.get(earlier.0.range.end..)?;
    let after = after.char_indices().nth(NEAR).map_or(after, |(at, _)| &after[..at]);
    let after = after.split(['.', ',', ';', ')', '\n']).next().unwrap_or_default();
    let planned = behind.iter().any(is_plan) || words(after).iter().take(3).any(is_plan);
    let word = said.get(nth)?.range.clone();
    let fits = judgement.judges.then(|| is_good(text, later, judgement.of_spending));
    let apart = lead.trim().is_empty() && skip == 0 && is_apart(text, quantities, at, earlier.1);
    (plain && linked && unbroken && planned && !apart && fits != Some(false)).then(|| Moved {
        words: start + skip + word.start..start + skip + word.end,
        up: judgement.up,
        later,
        earlier,
        by: None,
    })
}

/// `£722k, £54k over the budget of £668k`: whether a number right before its word is that by which another differs from the plan.
fn is_apart(text: &str, quantities: &[Said<'_>], at: usize, plan: &Quantity) -> bool {
    let Some((mention, size)) = quantities.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|before| quantities.get(before));
    let apposed = before.is_some_and(|(outcome, level)| {
        let gap = text.get(outcome.range.end..mention.range.start).unwrap_or_default();
        level.unit == size.unit && matches!(gap.trim(), "," | "(" | "–" | "—" | "or" | ", or")
    });
    let half = |a: Decimal, b: Decimal| a.checked_mul(Decimal::TWO).is_some_and(|double| double < b);
    apposed || size.value.zip(plan.value).is_some_and(|(size, plan)| half(size.abs(), plan.abs()))
}

/// `ahead of budget at A, against B`.
fn led<'a>(text: &str, quantities: &[Said<'a>], at: usize) -> Option<Moved<'a>> {
    let (later, earlier) = (*quantities.get(at)?, *quantities.get(at + 1)?);
    let gap = text.get(later.0.range.end..earlier.0.range.start)?;
    let said = words(gap);
    let bare = gap.trim_start().trim_start_matches([',', '(']);
    let head = tail(text.get(..later.0.range.start)?);
    let offset = later.0.range.start - head.len();
    let mut before = words(head);
    if !is_set_beside(&said)
        || said.len() > FILL
        || is_broken(bare)
        || !matches!(before.pop()?.stem.as_str(), "at" | "with")
    {
        return None;
    }
    let is_named = is_plan(&before.pop()?);
    let nth = before.iter().rposition(|word| !is_light(word) && word.stem != "of").filter(|_| is_named)?;
    let word: Range<usize> = before.get(nth)?.range.clone();
    let judgement = judgement(&before.get(nth)?.stem)?;
    let unbroken = !is_broken(head.get(word.end..)?);
    let fits = !judgement.judges || is_good(text, later, judgement.of_spending);
    (unbroken && fits).then(|| Moved {
        words: offset + word.start..offset + word.end,
        up: judgement.up,
        later,
        earlier,
        by: None,
    })
}

/// `against a budget of`, `compared with the`: words that only set one number beside another.
fn is_set_beside(said: &[Word]) -> bool {
    let plain = |word: &Word| is_light(word) || is_plan(word) || matches!(word.stem.as_str(), "to" | "with" | "of");
    said.split_first().is_some_and(|(first, rest)| is_versus(&first.stem) && rest.iter().all(plain))
}

/// Whether the words between two numbers only set the first beside a plan.
fn is_beside_plan(gap: &str, said: &[Word]) -> bool {
    is_set_beside(said) && said.iter().any(is_plan) && !is_broken(gap)
}

/// `A against a budget of B, so we beat budget`: what is said of the two behind them.
fn followed<'a>(text: &str, quantities: &[Said<'a>], at: usize) -> Option<Moved<'a>> {
    let (later, earlier) = (*quantities.get(at)?, *quantities.get(at + 1)?);
    let gap = text.get(later.0.range.end..earlier.0.range.start)?;
    let said = words(gap);
    if !is_beside_plan(gap, &said) || said.len() > FILL {
        return None;
    }
    let start = earlier.0.range.end;
    let behind = text.get(start..)?;
    let behind = behind.char_indices().nth(NEAR).map_or(behind, |(at, _)| &behind[..at]);
    let tail = words(behind.split([';', '\n', '(']).next().unwrap_or_default());
    let light =
        |word: &Word| is_light(word) || matches!(word.stem.as_str(), "so" | "and" | "thus" | "therefore" | "again");
    let word = tail.iter().find(|word| !light(word))?;
    let said = judgement(&word.stem)?;
    let next = tail.iter().skip_while(|other| other.range.start <= word.range.start).find(|word| !is_light(word));
    // `and above plan in Europe` says it of another thing.
    let ends = |plan: &Word| {
        let rest = behind.get(plan.range.end..).unwrap_or_default();
        rest.trim().is_empty() || rest.starts_with(['.', ',', ';', ')', '\n']) || rest.trim_start().starts_with("by ")
    };
    let planned = next.filter(|word| is_plan(word)).is_some_and(ends);
    let unbroken = !stops::parts(behind.get(..word.range.start)?);
    let fits = !said.judges || is_good(text, later, said.of_spending);
    (planned && unbroken && fits).then(|| Moved {
        words: start + word.range.start..start + word.range.end,
        up: said.up,
        later,
        earlier,
        by: None,
    })
}

/// `A against a budget of B, C over`: the difference is said behind both.
fn by_amount<'a>(text: &str, quantities: &[Said<'a>], at: usize) -> Option<Moved<'a>> {
    let [later, earlier, by] = *quantities.get(at..at + 3)? else { return None };
    let gap = text.get(later.0.range.end..earlier.0.range.start)?;
    let said = words(gap);
    let apposed = text.get(earlier.0.range.end..by.0.range.start)?.trim() == ",";
    let behind = text.get(by.0.range.end..)?;
    let word = words(behind.get(..behind.floor_char_boundary(NEAR))?).into_iter().next()?;
    let up = match word.stem.as_str() {
        "over" | "above" | "more" | "higher" => true,
        "under" | "below" | "less" | "lower" => false,
        _ => return None,
    };
    let close = behind.get(..word.range.start)?.trim().is_empty();
    let ended =
        behind.get(word.range.end..)?.trim_start().starts_with(['.', ',', ';', ')']) || behind.len() == word.range.end;
    let start = by.0.range.end;
    let words = start + word.range.start..start + word.range.end;
    (is_beside_plan(gap, &said) && apposed && close && ended).then_some(Moved {
        words,
        up,
        later,
        earlier,
        by: Some(by),
    })
}

/// Whether a word sets an outcome beside its plan by which way is good: what should be low is `ahead` of its plan below it.
pub(crate) fn is_judging(stem: &str) -> bool {
    judgement(stem).is_some_and(|judgement| judgement.judges)
}

/// Whether a word sets an outcome beside its plan at all.
pub(crate) fn is_beside_a_plan(stem: &str) -> bool {
    judgement(stem).is_some()
}

/// The same of how long something takes: what is slower takes more.
fn lasting(stem: &str, unit: &Unit) -> Option<Judgement> {
    let up = match stem {
        "slower" | "longer" => true,
        "faster" | "quicker" | "shorter" => false,
        _ => return None,
    };
    matches!(unit, Unit::Duration(_)).then_some(Judgement { up, judges: false, of_spending: false })
}

fn judgement(stem: &str) -> Option<Judgement> {
    let (up, judges, of_spending) = match stem {
        "above" | "exceeded" | "exceeding" | "exceed" | "excess" | "surpassed" | "surpassing" | "topped"
        | "topping" | "overshot" | "over" => (true, false, false),
        "below" | "undershot" | "under" => (false, false, false),
        "ahead" => (true, true, false),
        "beat" | "beating" | "outperformed" | "better" => (true, true, true),
        "behind" | "short" | "shy" | "adrift" | "lagged" | "trailed" => (false, true, false),
        "missed" | "missing" | "worse" => (false, true, true),
        _ => return None,
    };
    Some(Judgement { up, judges, of_spending })
}

/// Words that say nothing of what the numbers are.
fn is_light(word: &Word) -> bool {
    is_determiner(&word.stem)
        || matches!(
            word.stem.as_str(),
            "was"
                | "were"
                | "is"
                | "are"
                | "which"
                | "still"
                | "just"
                | "well"
                | "comfortably"
                | "slightly"
                | "marginally"
                | "far"
                | "little"
                | "now"
                | "in"
                | "for"
                | "month"
                | "quarter"
                | "year"
                | "than"
                | "we"
                | "fell"
                | "came"
                | "finished"
                | "ended"
        )
}

fn is_plan(word: &Word) -> bool {
    word.stem == "expected" || scenario::is_plan(&word.stem)
}

/// Whether more of an outcome is plainly better, by the words that lead to it.
fn is_good(text: &str, (mention, quantity): Said<'_>, of_spending: bool) -> bool {
    let sentence = stops::begun(tail(text.get(..mention.range.start).unwrap_or_default()));
    is_good_of(sentence.rsplit(": ").next().unwrap_or_default(), &quantity.unit, of_spending)
}

/// The same of what a subject is called.
pub(super) fn is_good_of(subject: &str, unit: &Unit, of_spending: bool) -> bool {
    match polarity(subject) {
        Some(better) => better == Better::Up,
        // What something costs is named in endless ways, what it brings in only in few. Turnover in money is sales.
        None if matches!(unit, Unit::Currency(_)) => {
            let subject = subject.to_lowercase();
            (!of_spending || stems(&subject).iter().any(|stem| brings_in(stem)))
                && !may_be_bad(&subject.replace("turnover", ""))
        }
        None => *unit == Unit::Count && !may_be_bad(subject),
    }
}

/// Whether a word names money that comes in or is left over.
fn brings_in(stem: &str) -> bool {
    const NAMES: &[&str] = &[
        "sale",
        "revenue",
        "turnover",
        "income",
        "profit",
        "surplus",
        "ebitda",
        "ebit",
        "earning",
        "booking",
        "order",
        "intake",
        "receipt",
        "donation",
        "contribution",
        "arr",
        "mrr",
        "fee",
        "premium",
        "rent",
        "royalty",
        "billing",
        "taking",
        "gwp",
        "result",
    ];
    NAMES.contains(&stem)
}
