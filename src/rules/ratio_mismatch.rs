//! A ratio is not what its two stated operands give.
//!
//! Shapes in which a sentence states both operands and the ratio, or its whole stands in a table or the source, each recomputed by
//! interval arithmetic over the figures as written:
//!
//! - a multiple: "net debt of £42.4m was 1.2x EBITDA of £54.3m";
//! - a multiple of which one side is only named: "net debt was 2.3x EBITDA of €69.8m", "that is 2.3x EBITDA of €69.8m", "operating
//!   surplus over interest payable of £1,684k, was 2.1x", the other from the source or elsewhere in the deck;
//! - shares listed behind their parts: "£158.2m, £38.9m and £17.5m, that is 74%, 18% and 8%";
//! - cover: "unrestricted cash of $1,162,775 is 5.8 months of reserve at $215K a month" (runway is cash over burn);
//! - what one of several comes to: "the kiosks took £131k. With 43 kiosks open that is £3,056 a kiosk";
//! - a share of what the clause before was a share of: "labour of A is 8.2% of turnover of B; freight of C is 6.2%";
//! - shares of one whole, listed by name: "fees, grants and rent make up 61%, 30% and 12% of income", the amounts elsewhere;
//! - a share of two amounts that the slide states by the same words: "Sales £39.2m. Wages £12.7m. Wages were 32.4% of sales";
//! - a ratio that is spelled out: "$56.7k per customer ($67.2m over 1,184 customers)", "18.4% ($6.2m of $33.7m)";
//! - a rate of a count: "win rate was 30%: 31 of 114 opportunities";
//! - a share of what was counted before: "7,319 of them, 41%";
//! - cover of an amount before: "$5.05m is past due. The allowance of $6.12m covers 121% of it";
//! - a share of a metric: "agency cost £905k, now 3.7% of pay", "they fund 82% of loans", or the share of a segment in a table;
//! - a ratio beside its operands: "212 residents in 234 beds, an occupancy of 90.6%", "1,845 pupils and 271 teachers, a ratio of 6.8",
//!   "cash of $75M at a burn of $2.9M a month gives 26 months", "371 of 412 cases on time: 90%";
//! - an amount per unit of two rows of the deck, "NFI per fee earner £38.6k", where a slip explains the number;
//! - the same with a hedge or a bound, which has room: "more than 25 times the average cost of $3.86M", "a success rate of nearly 82%";
//! - a margin behind the only two amounts of a sentence: "revenue of $430M, which resulted in $39M of EBITDA and a margin of 9%";
//! - a margin of which the sentence states the result alone: "EBITDA was £7.3m, a margin of 15.0%", the revenue from a table;
//! - an average: "1,486 gifts, an average of $42.00 a gift" beside the total; a unit cost: "$1.3M bought 41,300 buyers, a CAC of $31".
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

mod again;
mod apposed;
mod each;
mod listed;
mod margin;
mod named;
mod of_one_whole;
mod of_whole;
mod prose;
mod same_words;
mod spelled_out;

use crate::cause::{self, Side};
use rust_decimal::Decimal;

use crate::check::{Verdict, interval};
use crate::claim::Measure;
use crate::deck::Deck;
use crate::document::{BlockKind, Flow};
use crate::extract::{Mention, MentionKind, quantities};
use crate::facts::Truth;
use crate::finding::{Cause, CauseKind, Confidence, Correction, Finding, Level, Related};
use crate::interval::Interval;
use crate::movement::Movements;
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::rules::{Family, Rule, doubt};
use crate::span::Place;
use crate::stops;
use crate::wording;
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
        shares_of_the_source(deck, findings);
        let movements = Movements::new(deck);
        let places = deck
            .documents
            .iter()
            .enumerate()
            .flat_map(|(at, document)| (0..document.blocks.len()).map(move |block| (at, block)));
        for wrong in places
            .flat_map(|place| of_whole::of_them(deck, place))
            .chain(of_whole::of_metric(deck, &movements))
            .chain(named::multiples(deck, &movements))
            .chain(named::per_unit(deck, &movements))
            .chain(same_words::shares(deck))
            .chain(margin::margins(deck, &movements))
        {
            findings.push(finding(deck, wrong.slide, wrong.share, wrong.sides, wrong.expected));
        }
        for wrong in of_one_whole::shares(deck, &movements) {
            // All the others of its list vouch for the operands.
            let (place, value) = (wrong.share.1, wrong.expected.middle());
            let correction = value.map(|value| Correction { place, value });
            findings
                .push(Finding { correction, ..finding(deck, wrong.slide, wrong.share, wrong.sides, wrong.expected) });
        }
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

/// Shares that do not follow from what the source states of the part and of the whole.
fn shares_of_the_source(deck: &Deck, findings: &mut Vec<Finding>) {
    for (claim, verdict) in deck.claims.iter().zip(&deck.verdicts) {
        let Verdict::Differs(truths) = verdict else { continue };
        let Some(truth) = truths.first().filter(|truth| is_derived_share(claim.measure, truth)) else { continue };
        if claim.confidence == Confidence::Low || !contradicts(&claim.quantity, truth.interval) {
            continue;
        }
        let sides = truth.places.iter().map(|place| (deck.files.slice(*place).trim().to_owned(), *place)).collect();
        let found = finding(deck, claim.slide, (&claim.quantity, claim.place), sides, truth.interval);
        let message = format!(
            "{} is {} here, but the source's {} gives {}",
            wording::subject(deck, claim),
            deck.files.slice(claim.place).trim(),
            truth.how,
            wording::between(claim, truth.interval)
        );
        let correction = truth.interval.middle().map(|value| Correction { place: claim.place, value });
        let found = Finding { message, confidence: claim.confidence, correction, ..found };
        let explained = found.cause.is_some();
        if !claim.loose || explained {
            findings.push(doubt::weighed(deck, claim, found, explained, Some(truth.interval.low)));
        }
    }
}

/// Whether a truth is a share that nobody states: it follows from a part and its whole.
pub(super) fn is_derived_share(measure: Measure, truth: &Truth) -> bool {
    measure == Measure::Share && truth.exact.is_none()
}

/// A stated ratio with its operands and what they give.
type Stated<'a> = (&'a Mention, Vec<&'a Mention>, Interval);

/// The ratios of a text that their operands contradict.
fn ratios<'a>(flow: &Flow, mentions: &'a [Mention]) -> Vec<Stated<'a>> {
    let text = flow.text();
    let quantities = quantities(mentions);
    let mut found = Vec::new();
    for three in quantities.windows(3) {
        let [a, b, c] = three else { continue };
        let (ab, bc) = (&text[a.0.range.end..b.0.range.start], &text[b.0.range.end..c.0.range.start]);
        if stops::parts(ab) || stops::parts(bc) {
            continue;
        }
        if let Some(expected) = multiple(*a, (ab, bc), (*b, *c)).or_else(|| cover(*a, (ab, bc), (*b, *c)))
            && contradicts(b.1, expected)
        {
            found.push((b.0, vec![a.0, c.0], expected));
        }
        if let Some(expected) = unit_cost(*a, (ab, bc), (*b, *c))
            && contradicts(c.1, expected)
        {
            found.push((c.0, vec![a.0, b.0], expected));
        }
        let led = || spelled_out::led_rate(text, (*a, *b), (ab, bc), *c);
        if let Some(expected) = spelled_out::rate_behind(text, (*a, *b), (ab, bc), *c).or_else(led)
            && contradicts(c.1, expected)
        {
            found.push((c.0, vec![a.0, b.0], expected));
        }
        if let Some(expected) = spelled_out::rate(*a, (ab, bc), (*b, *c))
            .or_else(|| spelled_out::ratio(*a, (ab, bc), (*b, *c), spelled_out::behind(text, c.0)))
            && contradicts(a.1, expected)
        {
            found.push((a.0, vec![b.0, c.0], expected));
        }
        // What another shape has found is found.
        let told =
            |ratio: &Mention, found: &[Stated<'_>]| found.iter().rev().take(6).any(|(it, ..)| it.range == ratio.range);
        if let Some(wrong) = apposed::ratio(text, [*a, *b, *c])
            && !told(wrong.0, &found)
        {
            found.push(wrong);
        }
    }
    found.extend(averages(text, &quantities));
    found.extend(spelled_out::covers(text, &quantities));
    found.extend(listed::shares(text, &quantities));
    found.extend(apposed::per_noun(text, &quantities));
    let ratios = quantities.len() >= 3 && quantities.iter().any(|(_, quantity)| prose::is_ratio(quantity));
    let known: Vec<usize> = found.iter().map(|(ratio, ..)| ratio.range.start).collect();
    let late = ratios.then(|| prose::ratios(text, mentions)).into_iter().flatten();
    let late = late.chain(each::averages(text, &quantities)).chain(again::shares(text, &quantities));
    found.extend(late.filter(|(ratio, ..)| !known.contains(&ratio.range.start)));
    found
}

type Said<'a> = (&'a Mention, &'a Quantity);

fn contradicts(ratio: &Quantity, expected: Interval) -> bool {
    ratio.qualifier == Qualifier::Exact && !ratio.in_words && interval(ratio).is_some_and(|own| !own.meets(expected))
}

fn exactly(quantity: &Quantity) -> bool {
    quantity.qualifier == Qualifier::Exact && !quantity.in_words
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

/// `A was 1.2x EBITDA of B`, `A corresponds to 1.2 times the EBITDA of the last twelve months, B`.
fn multiple(a: Said<'_>, (ab, bc): (&str, &str), (ratio, b): (Said<'_>, Said<'_>)) -> Option<Interval> {
    let apposed = bc.trim_end().ends_with(',') && !bc.trim_end_matches([',', ' ', '\n']).contains([',', '(', '.']);
    let based = bc.trim_end().ends_with(" of") && words(bc).len() <= 6 || apposed && (2..=9).contains(&words(bc).len());
    let stated = words(ab).iter().any(|word| is_copula(&word.stem)) && words(ab).len() <= 4;
    // `Interest of A was covered 4.4 times by EBITDA of B` is the other way round.
    if words(ab).iter().any(|word| word.stem == "covered") && words(bc).first().is_some_and(|word| word.stem == "by") {
        return None;
    }
    // `rose to A, 2.1 times EBITDA of B`.
    let linked = based && (stated || matches!(ab.trim(), "," | "(" | ", or" | ", i.e."));
    (ratio.1.unit == Unit::Multiple && linked).then(|| quotient(a.1, b.1)).flatten()
}

fn is_copula(stem: &str) -> bool {
    matches!(
        stem,
        "was"
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
            | "correspond"
            | "corresponded"
            | "corresponding"
    )
}

/// `A bought B buyers, a CAC of C`.
fn unit_cost(a: Said<'_>, (ab, bc): (&str, &str), (count, cost): (Said<'_>, Said<'_>)) -> Option<Interval> {
    let bought =
        words(ab).iter().any(|word| matches!(word.stem.as_str(), "bought" | "brought" | "acquired" | "won" | "added"));
    let tail = bc.trim_end();
    let apposed = tail.ends_with(" of") && (tail.contains(", a ") || tail.contains(", an ")) && words(bc).len() <= 10;
    let plain = matches!(count.1.unit, Unit::Count | Unit::Bare) && words(ab).len() <= 5;
    let each = match &cost.1.unit {
        Unit::Per(unit, _) => Quantity { unit: unit.as_ref().clone(), ..cost.1.clone() },
        _ => cost.1.clone(),
    };
    let money = money(a.1)? == money(&each)?;
    let expected = interval(a.1)?.over(interval(count.1)?).filter(|_| bought && apposed && plain && money)?;
    // What is far from it is a cost of something else.
    expected.is_within(Decimal::TWO, each.value?).then_some(expected)
}

/// `A is 5.8 months of reserve at B a month`.
fn cover(a: Said<'_>, (ab, bc): (&str, &str), (ratio, b): (Said<'_>, Said<'_>)) -> Option<Interval> {
    let between = words(bc);
    let spoken = between.iter().any(|word| {
        matches!(
            word.stem.as_str(),
            "reserve" | "runway" | "cover" | "expense" | "burn" | "spending" | "cost" | "expenditure"
        )
    }) || words(ab).iter().any(|word| matches!(word.stem.as_str(), "cover" | "covered" | "runway"));
    let at = between.iter().any(|word| word.stem == "at" || word.stem == "of");
    let monthly = ratio.1.unit == Unit::Duration("months");
    let lasts =
        |stem: &str| is_copula(stem) || matches!(stem, "gives" | "give" | "gave" | "provide" | "provided" | "buys");
    let linked = words(ab).len() <= 4 && words(ab).iter().any(|word| lasts(&word.stem));
    let burn = match &b.1.unit {
        Unit::Per(unit, _) => Quantity { unit: unit.as_ref().clone(), ..b.1.clone() },
        _ => b.1.clone(),
    };
    (monthly && spoken && at && linked && between.len() <= 10).then(|| quotient(a.1, &burn)).flatten()
}

/// `1,486 gifts, an average of $42.00 a gift`, beside the only total before it.
fn averages<'a>(text: &str, quantities: &[(&'a Mention, &'a Quantity)]) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    for (at, (mention, average)) in quantities.iter().enumerate() {
        let Unit::Per(unit, each) = &average.unit else { continue };
        let start = text.ceil_char_boundary(mention.range.start.saturating_sub(24));
        let near = text.get(start..mention.range.start);
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
        cause: slip(ratio, expected),
        help: Some("check which of the three figures is not the current one".to_owned()),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}

/// The slip that explains a ratio; one digit of two is near to many numbers.
fn slip(ratio: &Quantity, expected: Interval) -> Option<Cause> {
    let cause = cause::explain(ratio, &Side::Between(expected), &[]);
    let told = match cause.kind {
        CauseKind::Unknown => false,
        CauseKind::DigitTypo => cause::significant(ratio) >= 3,
        _ => true,
    };
    told.then_some(cause)
}

#[cfg(test)]
mod tests;
