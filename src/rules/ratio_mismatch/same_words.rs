//! Shares of two amounts that the slide states by the same words: `Sales £39.2m. Wages £12.7m. Wages were 32.4% of sales`.
//!
//! Enters: a deck's texts. Leaves: shares that no amounts of these names give. Invariant: the words for part and whole are all of the
//! phrase, in both places; where any two amounts by them give the share, it is right.

use std::collections::BTreeMap;

use crate::check::interval;
use crate::deck::Deck;
use crate::document::{BlockKind, Flow};
use crate::extract::{Mention, quantities};
use crate::interval::Interval;
use crate::quantity::{Quantity, Unit};
use crate::span::Place;
use crate::words::{is_determiner, stems, words};

use super::of_whole::{Wrong, is_near};
use super::{contradicts, exactly, money};

/// Words of a name, at most.
const NAME: usize = 4;

/// Amounts by one name on a slide that are looked at.
const AMOUNTS: usize = 4;

/// The amounts of a slide by their names.
type Amounts<'a> = BTreeMap<Vec<String>, Vec<(&'a Quantity, Place)>>;

pub(super) fn shares(deck: &Deck) -> Vec<Wrong<'_>> {
    let mut found = Vec::new();
    for (document, mentions) in deck.documents.iter().zip(&deck.mentions) {
        let mut amounts: BTreeMap<usize, Amounts<'_>> = BTreeMap::new();
        let mut stated = Vec::new();
        for (block, mentions) in document.blocks.iter().zip(mentions) {
            let Some(flow) = block.flow().filter(|_| !matches!(block.kind, BlockKind::Quote(_))) else { continue };
            for (mention, quantity) in quantities(mentions) {
                let place = Place { file: document.file, span: flow.span(mention.range.clone()) };
                if exactly(quantity) && money(quantity).is_some() {
                    if let Some(name) = labelled(flow, mention) {
                        amounts.entry(block.slide).or_default().entry(name).or_default().push((quantity, place));
                    }
                } else if let Some((part, whole)) = share(flow, mention, quantity) {
                    stated.push((block.slide, (quantity, place), part, whole));
                }
            }
        }
        for (slide, share, part, whole) in stated {
            let Some(own) = amounts.get(&slide) else { continue };
            if let (Some(parts), Some(wholes)) = (own.get(&part), own.get(&whole)) {
                found.extend(wrong(deck, slide, share, parts, wholes));
            }
        }
    }
    found
}

fn wrong<'a>(
    deck: &Deck,
    slide: usize,
    share: (&'a Quantity, Place),
    parts: &[(&Quantity, Place)],
    wholes: &[(&Quantity, Place)],
) -> Option<Wrong<'a>> {
    if parts.len() > AMOUNTS || wholes.len() > AMOUNTS {
        return None;
    }
    let given = |part: &Quantity, whole: &Quantity| -> Option<Interval> {
        let same = money(part) == money(whole);
        same.then(|| interval(&part.magnitude())?.share_of(interval(&whole.magnitude())?)).flatten()
    };
    let mut all = Vec::new();
    for (part, at) in parts {
        for (whole, and) in wholes {
            all.push((given(part, whole)?, [*at, *and]));
        }
    }
    let right = all.iter().any(|(expected, _)| !contradicts(share.0, *expected));
    let (expected, places) = all.into_iter().find(|(expected, _)| is_near(share.0, *expected)).filter(|_| !right)?;
    let sides = places.map(|place| (deck.files.slice(place).trim().to_owned(), place)).into();
    Some(Wrong { slide, share, sides, expected })
}

/// The name of an amount, where it is all that stands before it in its clause: `Wages £12.7m`, `wages of £12.7m`, `Wages were £12.7m`.
fn labelled(flow: &Flow, mention: &Mention) -> Option<Vec<String>> {
    const LINKS: &[&str] =
        &["of", "was", "were", "is", "are", "at", "came", "to", "totalled", "reached", "stood", "and"];
    let head = clause(flow.text().get(..mention.range.start)?);
    let mut said = words(head);
    while said.last().is_some_and(|word| LINKS.contains(&word.stem.as_str()) || word.stem == "i") {
        said.pop();
    }
    name(head, said.iter().map(|word| word.stem.as_str()))
}

/// Of what a percentage is a share, and of which part: `Wages were 32.4% of sales.`
fn share(flow: &Flow, mention: &Mention, quantity: &Quantity) -> Option<(Vec<String>, Vec<String>)> {
    let (head, rest) = (flow.text().get(..mention.range.start)?, flow.text().get(mention.range.end..)?);
    if quantity.unit != Unit::Percent || !exactly(quantity) {
        return None;
    }
    let end = rest.find(['.', ';', ',', '(', '\n']).unwrap_or(rest.len());
    let whole = rest.get(..end)?.trim_start().strip_prefix("of ")?;
    let head = clause(head);
    let said = words(head);
    let (verb, part) = said.split_last()?;
    if !matches!(verb.stem.as_str(), "was" | "were" | "is" | "i" | "are" | "took" | "absorbed" | "represented") {
        return None;
    }
    Some((
        name(head, part.iter().map(|word| word.stem.as_str()))?,
        name(whole, stems(whole).iter().map(String::as_str))?,
    ))
}

/// What stands behind the last end of a sentence or clause.
fn clause(head: &str) -> &str {
    let sentence = crate::stops::begun(head);
    sentence.rsplit([';', ':', '(', ')', '\n', '–', '—']).next().unwrap_or(sentence)
}

/// The stems of a name that is short and says no time, number or comparison.
fn name<'s>(written: &str, said: impl Iterator<Item = &'s str>) -> Option<Vec<String>> {
    let said: Vec<String> = said.filter(|stem| !is_determiner(stem)).map(str::to_owned).collect();
    let plain = !written.contains(|c: char| c.is_ascii_digit() || c == ',');
    let other = |stem: &String| {
        matches!(
            stem.as_str(),
            "last"
                | "year"
                | "quarter"
                | "month"
                | "before"
                | "budget"
                | "plan"
                | "target"
                | "forecast"
                | "and"
                | "it"
                | "they"
                | "which"
                | "than"
                | "half"
                | "week"
                | "prior"
                | "previous"
                | "ago"
                | "but"
                | "with"
                | "while"
        )
    };
    ((1..=NAME).contains(&said.len()) && plain && !said.iter().any(other)).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::super::RatioMismatch;
    use crate::footing::tests::check;

    #[test]
    fn shares_of_what_the_slide_states() {
        let flash = |last: &str| format!("Sales £39.2m (2024: £36.3m). Food £11.3m. Wages £12.7m. {last}\n");
        check(&RatioMismatch, &flash("Wages were 32.4% of sales."), &[]);
        check(&RatioMismatch, &flash("Wages were 35.4% of sales."), &["35.4%: digit-typo"]);
        check(&RatioMismatch, &flash("Food was 28.8% of sales."), &[]);
        check(&RatioMismatch, &flash("Food was 38.8% of our sales, as planned."), &["38.8%: digit-typo"]);
        for text in [
            "Agency wages were 30.4% of sales.",
            "Wages were 30.4% of sales in June.",
            "Wages were 30.4% of sales last year.",
            "Wages last year were 30.4% of sales.",
            "Food and wages were 61.2% of sales.",
            "Wages grew and were 30.4% of sales abroad.",
        ] {
            check(&RatioMismatch, &flash(text), &[]);
        }
    }
}
