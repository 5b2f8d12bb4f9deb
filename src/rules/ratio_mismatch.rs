//! A ratio is not what its two stated operands give.
//!
//! Four shapes in which a sentence states both operands and the ratio, each recomputed by interval arithmetic over the figures
//! as written:
//!
//! - a multiple: "net debt of £42.4m was 1.2x EBITDA of £54.3m";
//! - cover: "unrestricted cash of $1,162,775 is 5.8 months of reserve at $215K a month" (runway is cash over burn);
//! - a rate of a count: "win rate was 30%: 31 of 114 opportunities";
//! - an average: "1,486 gifts, an average of $42.00 a gift" beside the total.
//!
//! ```deck
//! # Balance sheet
//!
//! At year end, net debt of £42.4m was 1.2x EBITDA of £54.3m.
//! ```
//! ```finding
//! ratio-mismatch at 1.2x
//! ```
//!
//! £42.4m over £54.3m is 0.78, which is 0.8 at one place:
//!
//! ```quiet-deck
//! # Balance sheet
//!
//! At year end, net debt of £42.4m was 0.8x EBITDA of £54.3m.
//! ```

use crate::check::interval;
use crate::deck::Deck;
use crate::document::{BlockKind, Flow};
use crate::extract::{Mention, MentionKind};
use crate::finding::{Confidence, Finding, Level, Related};
use crate::interval::Interval;
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::rules::{Family, Rule};
use crate::span::Place;
use crate::words::{stems, words};

/// The rule.
#[derive(Debug)]
pub(crate) struct RatioMismatch;

impl Rule for RatioMismatch {
    fn name(&self) -> &'static str {
        "ratio-mismatch"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("ratio_mismatch.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        for (document, mentions) in deck.documents.iter().zip(&deck.mentions) {
            for (block, mentions) in document.blocks.iter().zip(mentions) {
                let Some(flow) = block.flow().filter(|_| !matches!(block.kind, BlockKind::Quote(_))) else { continue };
                for (ratio, parts, expected) in ratios(flow, mentions) {
                    let place =
                        |mention: &Mention| Place { file: document.file, span: flow.span(mention.range.clone()) };
                    let sides =
                        parts.iter().map(|part| (flow.text()[part.range.clone()].to_owned(), place(part))).collect();
                    if let MentionKind::Quantity(quantity) = &ratio.kind {
                        findings.push(finding(deck, block.slide, (quantity, place(ratio)), sides, expected));
                    }
                }
            }
        }
    }
}

/// A stated ratio with its operands and what they give.
type Stated<'a> = (&'a Mention, Vec<&'a Mention>, Interval);

/// The ratios of a text that their operands contradict.
fn ratios<'a>(flow: &Flow, mentions: &'a [Mention]) -> Vec<Stated<'a>> {
    let text = flow.text();
    let quantities: Vec<(&Mention, &Quantity)> = mentions
        .iter()
        .filter_map(|mention| match &mention.kind {
            MentionKind::Quantity(quantity) => Some((mention, quantity)),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for three in quantities.windows(3) {
        let [a, b, c] = three else { continue };
        let (ab, bc) = (&text[a.0.range.end..b.0.range.start], &text[b.0.range.end..c.0.range.start]);
        if ends_sentence(ab) || ends_sentence(bc) {
            continue;
        }
        if let Some(expected) = multiple(*a, (ab, bc), (*b, *c)).or_else(|| cover(*a, (ab, bc), (*b, *c)))
            && contradicts(b.1, expected)
        {
            found.push((b.0, vec![a.0, c.0], expected));
        }
        if let Some(expected) = rate_behind((*a, *b), (ab, bc), *c)
            && contradicts(c.1, expected)
        {
            found.push((c.0, vec![a.0, b.0], expected));
        }
        if let Some(expected) = rate(*a, (ab, bc), (*b, *c))
            && contradicts(a.1, expected)
        {
            found.push((a.0, vec![b.0, c.0], expected));
        }
    }
    found.extend(averages(text, &quantities));
    found
}

type Said<'a> = (&'a Mention, &'a Quantity);

fn ends_sentence(gap: &str) -> bool {
    gap.contains(". ") || gap.contains(".\n") || gap.contains(';')
}

fn contradicts(ratio: &Quantity, expected: Interval) -> bool {
    ratio.qualifier == Qualifier::Exact && !ratio.in_words && interval(ratio).is_some_and(|own| !own.meets(expected))
}

fn money(quantity: &Quantity) -> Option<&str> {
    match &quantity.unit {
        Unit::Currency(code) if quantity.qualifier != Qualifier::Range => Some(code),
        _ => None,
    }
}

fn quotient(a: &Quantity, b: &Quantity) -> Option<Interval> {
    (money(a)? == money(b)?).then(|| interval(&a.magnitude())?.over(interval(&b.magnitude())?)).flatten()
}

/// `A was 1.2x EBITDA of B`.
fn multiple(a: Said<'_>, (ab, bc): (&str, &str), (ratio, b): (Said<'_>, Said<'_>)) -> Option<Interval> {
    let linked = bc.trim_end().ends_with(" of")
        && words(bc).len() <= 6
        && words(ab).iter().any(|word| is_copula(&word.stem))
        && words(ab).len() <= 4;
    (ratio.1.unit == Unit::Multiple && linked).then(|| quotient(a.1, b.1)).flatten()
}

fn is_copula(stem: &str) -> bool {
    matches!(
        stem,
        "wa" | "was"
            | "is"
            | "i"
            | "were"
            | "are"
            | "equal"
            | "represent"
            | "represented"
            | "equalled"
            | "cover"
            | "covered"
    )
}

/// `A is 5.8 months of reserve at B a month`.
fn cover(a: Said<'_>, (ab, bc): (&str, &str), (ratio, b): (Said<'_>, Said<'_>)) -> Option<Interval> {
    let between = words(bc);
    let spoken =
        between.iter().any(|word| matches!(word.stem.as_str(), "reserve" | "runway" | "cover" | "expense" | "burn"))
            || words(ab).iter().any(|word| matches!(word.stem.as_str(), "cover" | "covered" | "runway"));
    let at = between.iter().any(|word| word.stem == "at" || word.stem == "of");
    let monthly = ratio.1.unit == Unit::Duration("months");
    let linked = words(ab).len() <= 4 && words(ab).iter().any(|word| is_copula(&word.stem));
    let burn = match &b.1.unit {
        Unit::Per(unit, _) => Quantity { unit: unit.as_ref().clone(), ..b.1.clone() },
        _ => b.1.clone(),
    };
    (monthly && spoken && at && linked && between.len() <= 10).then(|| quotient(a.1, &burn)).flatten()
}

/// `27%: 31 of 114`.
fn rate(share: Said<'_>, (ab, bc): (&str, &str), (part, whole): (Said<'_>, Said<'_>)) -> Option<Interval> {
    let count = |quantity: &Quantity| {
        matches!(quantity.unit, Unit::Count | Unit::Bare) && quantity.qualifier == Qualifier::Exact
    };
    let joined = matches!(ab.trim(), ":" | "(" | "," | ", or") && matches!(bc.trim(), "of" | "out of" | "of the");
    if share.1.unit != Unit::Percent || !joined || !count(part.1) || !count(whole.1) {
        return None;
    }
    Interval::exact(part.1.value?).share_of(Interval::exact(whole.1.value?))
}

/// `31 of 114 opportunities (27%)`, `61 of 68 sailings left on time, or 90%`.
fn rate_behind((part, whole): (Said<'_>, Said<'_>), (ab, bc): (&str, &str), share: Said<'_>) -> Option<Interval> {
    let count = |quantity: &Quantity| {
        matches!(quantity.unit, Unit::Count | Unit::Bare) && quantity.qualifier == Qualifier::Exact && !quantity.scaled
    };
    let of = ab.split_whitespace().next_back() == Some("of") || matches!(ab.trim(), "of the" | "of our" | "out of");
    let near = words(ab).len() <= 3 && words(bc).len() <= 8;
    let joined = bc.trim_end().ends_with('(') || bc.trim_end().ends_with(", or") || bc.trim_end().ends_with(',');
    if share.1.unit != Unit::Percent || !of || !near || !joined || !count(part.1) || !count(whole.1) {
        return None;
    }
    let (part, whole) = (part.1.value?, whole.1.value?);
    (part <= whole).then(|| Interval::exact(part).share_of(Interval::exact(whole))).flatten()
}

/// `1,486 gifts, an average of $42.00 a gift`, beside the only total before it.
fn averages<'a>(text: &str, quantities: &[(&'a Mention, &'a Quantity)]) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    for (at, (mention, average)) in quantities.iter().enumerate() {
        let Unit::Per(unit, each) = &average.unit else { continue };
        let start = mention.range.start.saturating_sub(24);
        let near = text.get(
            (start..=mention.range.start).find(|at| text.is_char_boundary(*at)).unwrap_or(mention.range.start)
                ..mention.range.start,
        );
        if !near.is_some_and(|near| near.to_lowercase().contains("average")) {
            continue;
        }
        let noun =
            |quantity: &Quantity| quantity.noun.as_deref().is_some_and(|noun| stems(noun).last() == stems(each).last());
        let Some(count) =
            quantities.iter().find(|(_, other)| noun(other) && matches!(other.unit, Unit::Count | Unit::Bare))
        else {
            continue;
        };
        let mut totals = quantities[..at].iter().filter(|(_, other)| other.unit == **unit);
        let Some(total) = totals.next() else { continue };
        let expected = interval(total.1).zip(interval(count.1)).and_then(|(total, count)| total.over(count));
        if let Some(expected) = expected
            && contradicts(average, expected)
        {
            found.push((*mention, vec![total.0, count.0], expected));
        }
    }
    found
}

fn finding(
    deck: &Deck,
    slide: usize,
    (ratio, place): (&Quantity, Place),
    sides: Vec<(String, Place)>,
    expected: Interval,
) -> Finding {
    let shown = deck.files.slice(place).trim();
    let (low, high) = (ratio.restated(expected.low), ratio.restated(expected.high));
    let should = if low == high { low } else { format!("{low} to {high}") };
    let operands = sides.iter().map(|(text, _)| text.trim()).collect::<Vec<_>>().join(" and ");
    Finding {
        rule: "ratio-mismatch",
        level: Level::Error,
        confidence: Confidence::High,
        message: format!("{shown} does not follow from {operands}: they give {should}"),
        place,
        slide: Some(slide),
        related: sides.into_iter().map(|(message, place)| Related { message, place }).collect(),
        cause: None,
        help: Some("check which of the three figures is not the current one".to_owned()),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}
