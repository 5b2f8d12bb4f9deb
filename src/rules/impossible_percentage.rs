//! A percentage of a small count that no whole number gives.
//!
//! "73% of those 12 are live": 8 of 12 is 67%, 9 of 12 is 75%, and nothing between is possible. The words must join the percentage and
//! the count: "73% of the 12 partners", "12 partners, of which 73%", "of the 12 partners audited, 73%". The count must be a whole number
//! and stand for things that come one by one; the percentage is held to the places that it shows. Percentages said to be approximate
//! are left alone, and so are those of something else ("of 12 partners, 73% by value").
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
use crate::extract::{Mention, MentionKind, quantities};
use crate::finding::{Confidence, Finding, Level, Related};
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::rules::{Family, Rule};
use crate::span::Place;
use crate::stops;

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
                for (share, whole) in pairs(flow.text(), &quantities) {
                    if let Some((stated, count)) = counted_share(share, whole)
                        && let Some((below, above)) = impossible(stated, count)
                    {
                        findings.push(finding(deck, block.slide, place(share), place(whole), (count, below, above)));
                    }
                }
            }
        }
    }
}

/// Percentages with the counts that they are said to be of.
fn pairs<'a>(text: &str, quantities: &[(&'a Mention, &'a Quantity)]) -> Vec<(&'a Mention, &'a Mention)> {
    let mut found = Vec::new();
    for (at, &(first, _)) in quantities.iter().enumerate() {
        let Some(&(second, _)) = quantities.get(at + 1) else { continue };
        if share_of_count(text, first, second) {
            found.push((first, second));
        } else if of_which(text, first, second) {
            found.push((second, first));
        } else if let Some(share) = led_by_count(text, &quantities[at..]) {
            found.push((share, first));
        }
    }
    found
}

/// `73% of those 12`.
fn share_of_count(text: &str, share: &Mention, count: &Mention) -> bool {
    text.get(share.range.end..count.range.start).is_some_and(is_of_the)
}

/// `11 signed, of which 70% are live`, `14 sites, 70% of which are certified`: the count, then its share.
fn of_which(text: &str, count: &Mention, share: &Mention) -> bool {
    const WHICH: [&str; 5] = ["of which", "of whom", "of them", "of these", "of those"];
    let (Some(between), Some(behind)) = (text.get(count.range.end..share.range.start), text.get(share.range.end..))
    else {
        return false;
    };
    let led = WHICH.iter().find_map(|which| between.trim_end().strip_suffix(which));
    let trailed = WHICH.iter().find_map(|which| behind.trim_start().strip_prefix(which)).map(|rest| (between, rest));
    let Some((noun, rest)) = led.map(|noun| (noun, behind)).or(trailed) else { return false };
    // `88 inpatients, 14.4% of those in a bed`: which of them, the words behind say.
    if led.is_none() && says_which(rest) {
        return false;
    }
    let noun = noun.trim_end();
    let apart = noun.strip_suffix([',', '(', ';', '–', '—']).or_else(|| noun.strip_suffix(", and"));
    // `14 pubs have been refurbished and 70% of them are open`.
    let joined =
        || noun.strip_suffix(" and").filter(|noun| noun.split_whitespace().count() <= 7 && !noun.contains(" and "));
    if joined().is_some_and(|noun| !noun.contains([',', '.', ';', ':', '(', ')'])) {
        return !is_of_another(rest);
    }
    // `17 agreements ran out in the summer, and 90% of them were renewed`: a clause of its own may say more of them.
    let longest = if noun.ends_with(", and") { 8 } else { 5 };
    let near =
        |noun: &str| noun.split_whitespace().count() <= longest && !noun.contains([',', '.', ';', ':', '(', ')']);
    apart.is_some_and(near) && !is_of_another(rest)
}

/// `Of the 32 suppliers audited, 80% …`: the count opens the sentence, the percentage its main clause. `Of the 7 tenders decided we
/// won 60%`: it ends the sentence.
fn led_by_count<'a>(text: &str, quantities: &[(&'a Mention, &'a Quantity)]) -> Option<&'a Mention> {
    let ((count, _), others) = quantities.split_first()?;
    // `Of all our` is the longest of openings: no need to look further back.
    let near = text.ceil_char_boundary(count.range.start.saturating_sub(24));
    let opening = stops::begun(text.get(near..count.range.start)?).trim_start();
    if !is_of_the(opening) {
        return None;
    }
    // `Of the 36 projects above $500,000, 82 per cent`: only amounts may narrow what is counted.
    let (share, _) =
        others.iter().take(3).find(|(_, quantity)| quantity.unit == Unit::Percent).filter(|(share, _)| {
            let between = others.iter().take_while(|(other, _)| other.range.start < share.range.start);
            between.clone().all(|(_, quantity)| matches!(quantity.unit, Unit::Currency(_)))
        })?;
    let between = text.get(count.range.end..share.range.start)?;
    let behind = text.get(share.range.end..)?;
    let marks =
        |clause: &str| clause.contains([';', ':', '(', '\n']) || [", ", ". "].iter().any(|mark| clause.contains(mark));
    let comma = between.trim_end().strip_suffix(',').is_some_and(|clause| !marks(clause));
    let ended = behind.trim_start().is_empty() || behind.starts_with(['.', ';', ',']);
    let we = between.split_whitespace().any(|word| matches!(word, "we" | "they" | "it"));
    // `Of 24 candidates 45% were called`.
    let verb =
        behind.split_whitespace().next().is_some_and(|word| matches!(word, "were" | "was" | "are" | "have" | "had"));
    let verb = verb && between.split_whitespace().count() <= 6;
    let plain = (ended && we || verb) && !marks(between);
    ((comma || plain) && !is_of_another(behind)).then_some(*share)
}

/// Whether what follows `of those` tells those from others: `of those in a bed`, `of those who left`.
fn says_which(behind: &str) -> bool {
    const TELLING: &[&str] =
        &["in", "on", "with", "at", "who", "that", "which", "from", "still", "not", "eligible", "due"];
    behind.split_whitespace().next().is_some_and(|word| TELLING.contains(&word))
}

/// Whether what follows a percentage makes it one of something else: `80% of the spend`, `80% by value`, `80% more`.
fn is_of_another(behind: &str) -> bool {
    const ELSE: &[&str] =
        &["of", "by", "more", "less", "fewer", "higher", "lower", "growth", "above", "below", "up", "down"];
    let mut words = behind.split_whitespace();
    let first = words.next().filter(|_| behind.starts_with(char::is_whitespace)).unwrap_or_default();
    let second = words.next().unwrap_or_default().trim_end_matches([',', '.', ')']);
    ELSE.contains(&first) && !(first == "of" && matches!(second, "them" | "these" | "those" | "which" | "whom"))
}

/// `of`, `of the`, `Of all our`, `of Kitepay's remaining`: what joins a share with the things it is a share of.
fn is_of_the(text: &str) -> bool {
    const DETERMINING: &[&str] = &[
        "the",
        "those",
        "these",
        "our",
        "all",
        "its",
        "their",
        "his",
        "her",
        "some",
        "remaining",
        "current",
        "new",
        "top",
        "largest",
        "first",
        "last",
        "latest",
        "other",
        "total",
    ];
    let mut words = text.split_whitespace();
    let possessive = |word: &str| word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'");
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("of"))
        && words.all(|word| DETERMINING.contains(&word) || possessive(word))
}

/// An exact percentage and a whole number of things.
fn counted_share<'a>(share: &'a Mention, count: &Mention) -> Option<(&'a Quantity, u32)> {
    let (MentionKind::Quantity(share_of), MentionKind::Quantity(whole)) = (&share.kind, &count.kind) else {
        return None;
    };
    let exact = share_of.qualifier == Qualifier::Exact && !share_of.in_words;
    if share_of.unit != Unit::Percent || !exact || !whole.is_exact_count() {
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

    #[track_caller]
    fn says(text: &str, expected: &[&str]) {
        check(&ImpossiblePercentage, text, expected);
    }

    #[test]
    fn shares_of_small_counts() {
        says("Of the 24 additional lists run in the month, 80% finished in time.\n", &["80%"]);
        says("Of the 25 additional lists run in the month, 80% finished in time.\n", &[]);
        says("So far 70% of our 14 sites are certified.\n", &["70%"]);
        says("So far 71% of our 14 sites are certified.\n", &[]);
        says("Accounting partners: 11 signed, of which 70% are live.\n", &["70%"]);
        says("Accounting partners: 11 signed, of which 73% are live.\n", &[]);
        says("We run 14 sites, 70% of which are certified.\n", &["70%"]);
        says("Of the 7 tenders decided since April we won 60%. It was a good spring.\n", &["60%"]);
        says("Of the 7 tenders decided since April we won 57%. It was a good spring.\n", &[]);
        says("Of the 36 projects above $500,000, 82 per cent are on time.\n", &["82 per cent"]);
        says("Of the 36 projects above $500,000, 83 per cent are on time.\n", &[]);
        says("Of 24 candidates for the scholarships 45% were called to interview.\n", &["45%"]);
        says("Of 24 candidates for the scholarships 46% were called to interview.\n", &[]);
        says("14 pubs have been refurbished since April and 70% of them are ahead of plan.\n", &["70%"]);
        says("14 pubs have been refurbished since April and 71% of them are ahead of plan.\n", &[]);
        says("17 agreements ran out in the summer, and 90% of them were renewed.\n", &["90%"]);
        says("17 agreements ran out in the summer, and 88% of them were renewed.\n", &[]);
        says("We lost 24 people, 45% of whom were in sales.\n", &["45%"]);
        says("So far 60% of Kilbride's remaining 7 sites are certified.\n", &["60%"]);
    }

    #[test]
    fn shares_of_something_else() {
        for text in [
            "Of the 7 tenders decided since April, 60% by value were ours.\n",
            "Of the 7 tenders decided, 60% of the contract value was ours.\n",
            "We run 7 sites, and the orders book, of which 60% is signed, is long.\n",
            "We run 7 sites with 300 beds, of which 60% are taken.\n",
            "60% of sales at our 7 sites is repeat business.\n",
            "Of the 7 regions 3 grew, and sales rose 60%.\n",
            "Of the 7 sites, sales rose at 3 by 60%.\n",
            "88 patients, 14.4% of those in a bed, had no reason to stay.\n",
        ] {
            says(text, &[]);
        }
    }
}
