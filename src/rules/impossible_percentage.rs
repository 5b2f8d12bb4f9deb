//! A percentage of a small count that no whole number gives.
//!
//! "73% of those 12 are live": 8 of 12 is 67%, 9 of 12 is 75%, and nothing between is possible. The count must follow the
//! percentage directly ("of the 12 partners"), be a whole number, and stand for things that come one by one; the percentage is
//! held to the places that it shows. Percentages said to be approximate are left alone.
//!
//! ```deck
//! # Product
//!
//! The module is with 12 design partners; 73% of those 12 are live in production.
//! ```
//! ```finding
//! impossible-percentage at 73%
//! ```
//!
//! ```quiet-deck
//! # Product
//!
//! The module is with 12 design partners; 75% of those 12 are live in production.
//! ```

use rust_decimal::Decimal;

use crate::deck::Deck;
use crate::document::Flow;
use crate::extract::{Mention, MentionKind, quantities};
use crate::finding::{Confidence, Finding, Level, Related};
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::rules::{Family, Rule};
use crate::span::Place;

/// The rule.
#[derive(Debug)]
pub(crate) struct ImpossiblePercentage;

impl Rule for ImpossiblePercentage {
    fn name(&self) -> &'static str {
        "impossible-percentage"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("impossible_percentage.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        for (document, mentions) in deck.documents.iter().zip(&deck.mentions) {
            for (block, mentions) in document.blocks.iter().zip(mentions) {
                let Some(flow) = block.flow() else { continue };
                let place = |mention: &Mention| Place { file: document.file, span: flow.span(mention.range.clone()) };
                // `Of the 24 lists run in the month, 80% …`: a period between the two says nothing of either.
                let quantities = quantities(mentions);
                for pair in quantities.windows(2) {
                    let [(first, _), (second, _)] = *pair else { continue };
                    let read = || Some((share_of_count(flow, first, second)?, first, second));
                    let led = || Some((led_by_count(flow, first, second)?, second, first));
                    if let Some(((stated, count), share, whole)) = read().or_else(led)
                        && let Some((below, above)) = impossible(stated, count)
                    {
                        findings.push(finding(deck, block.slide, place(share), place(whole), (count, below, above)));
                    }
                }
            }
        }
    }
}

/// `73% of those 12`: the percentage and the count.
fn share_of_count<'a>(flow: &Flow, share: &'a Mention, count: &'a Mention) -> Option<(&'a Quantity, u32)> {
    let between = flow.text().get(share.range.end..count.range.start)?;
    if is_of_the(between) { counted_share(share, count) } else { None }
}

/// `Of the 32 suppliers audited, 80% …`: the count opens the sentence, the percentage its main clause.
fn led_by_count<'a>(flow: &Flow, count: &'a Mention, share: &'a Mention) -> Option<(&'a Quantity, u32)> {
    // `Of all our` is the longest of openings: no need to look further back.
    let near =
        (count.range.start.saturating_sub(24)..=count.range.start).find(|&at| flow.text().is_char_boundary(at))?;
    let before = flow.text().get(near..count.range.start)?;
    let opening = before.rsplit(['.', ';', '\n']).next()?.trim_start();
    let between = flow.text().get(count.range.end..share.range.start)?;
    let clause = between.trim_end().strip_suffix(',')?;
    if is_of_the(opening) && !clause.contains([',', '.', ';', ':', '(']) { counted_share(share, count) } else { None }
}

/// `of`, `of the`, `Of all our`: what joins a share with the things it is a share of.
fn is_of_the(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("of"))
        && words.all(|word| matches!(word, "the" | "those" | "these" | "our" | "all" | "its" | "their"))
}

/// An exact percentage and a whole number of things.
fn counted_share<'a>(share: &'a Mention, count: &'a Mention) -> Option<(&'a Quantity, u32)> {
    let (MentionKind::Quantity(share_of), MentionKind::Quantity(whole)) = (&share.kind, &count.kind) else {
        return None;
    };
    let counted =
        matches!(whole.unit, Unit::Count | Unit::Bare) && whole.qualifier == Qualifier::Exact && !whole.scaled;
    if share_of.unit != Unit::Percent || share_of.qualifier != Qualifier::Exact || share_of.in_words || !counted {
        return None;
    }
    let whole = whole.value.filter(|value| value.fract().is_zero())?;
    u32::try_from(whole).ok().filter(|whole| *whole > 0).map(|whole| (share_of, whole))
}

/// The possible percentages on either side, when none is the one that is written.
fn impossible(share: &Quantity, count: u32) -> Option<(u32, u32)> {
    let (low, high) = (share.low?, share.high?);
    let value = share.value?;
    if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED {
        return None;
    }
    let whole = Decimal::from(count);
    // k is the greatest part whose share is not above the claim: shares are compared as products, never as quotients.
    let part = value.checked_mul(whole)?.checked_div(Decimal::ONE_HUNDRED)?.floor();
    let below = u32::try_from(part).ok()?;
    let fits = |part: u32| {
        let hundredfold = Decimal::from(part) * Decimal::ONE_HUNDRED;
        low * whole <= hundredfold && hundredfold <= high * whole
    };
    let above = below.checked_add(1)?;
    (!fits(below) && !fits(above)).then_some((below, above))
}

fn finding(deck: &Deck, slide: usize, share: Place, whole: Place, (count, below, above): (u32, u32, u32)) -> Finding {
    let percent = |part: u32| {
        let share = (Decimal::from(part) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(count)).unwrap_or_default();
        share.round_dp(1).normalize()
    };
    let shown = deck.files.slice(share).trim();
    let (low, high) = (percent(below), percent(above));
    Finding {
        rule: "impossible-percentage",
        level: Level::Error,
        confidence: Confidence::High,
        message: format!(
            "{shown} of {count} is no whole number: {below} of {count} is {low}%, {above} of {count} is {high}%"
        ),
        place: share,
        slide: Some(slide),
        related: vec![Related { message: format!("the count is {count}"), place: whole }],
        cause: None,
        help: Some("check the count and the percentage against the list behind them".to_owned()),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::ImpossiblePercentage;
    use crate::footing::tests::check;

    #[test]
    fn shares_of_small_counts() {
        let says = |text: &str, expected: &[&str]| check(&ImpossiblePercentage, text, expected);
        says("Of the 24 additional lists run in the month, 80% finished in time.\n", &["80%"]);
        says("Of the 25 additional lists run in the month, 80% finished in time.\n", &[]);
        says("So far 70% of our 14 sites are certified.\n", &["70%"]);
        says("So far 71% of our 14 sites are certified.\n", &[]);
    }
}
