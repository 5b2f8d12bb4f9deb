//! Ratios that a sentence states beside both operands: `froze A of the B, a success rate of R`, `A notices represented R of B`, `A, more
//! than 25 times the average cost of B`, `A of revenue, which resulted in B of EBITDA and a margin of R`.
//!
//! Enters: a text with its mentions. Leaves: ratios that their operands contradict. Invariant: both operands are of one unit, and a
//! hedged or bounded ratio is wrong only outside the room that it has.

use rust_decimal::Decimal;

use super::{Said, Stated, apposed};
use crate::extract::Mention;
use crate::interval::Interval;
use crate::movement::room::room;
use crate::movement::stated::tokens::{Statement, Token, statements};
use crate::quantity::{Qualifier, Quantity, Unit};

/// Words that say more of an operand, at most.
const FILL: usize = 8;

/// The ratios of a text that their operands contradict.
pub(super) fn ratios<'a>(text: &str, mentions: &'a [Mention]) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    for own in statements(text, mentions) {
        // `60% and 20% of 480 respectively`.
        if own.numbers() < 3 || own.has_word("respectively") {
            continue;
        }
        for at in 0..own.tokens.len() {
            let Some(ratio) = own.number(at).filter(|it| is_ratio(it.1)) else { continue };
            let read = shared(&own, at)
                .or_else(|| rated(&own, at))
                .or_else(|| multiplied(&own, at))
                .or_else(|| margin(&own, at));
            let Some(([top, bottom], expected)) = read else { continue };
            if contradicts(ratio.1, expected) {
                found.push((ratio.0, vec![top.0, bottom.0], expected));
            }
        }
    }
    found
}

type Read<'a> = ([Said<'a>; 2], Interval);

pub(super) fn is_ratio(quantity: &Quantity) -> bool {
    matches!(quantity.unit, Unit::Percent | Unit::Multiple)
        && quantity.qualifier != Qualifier::Range
        && !quantity.in_words
}

/// Whether a ratio is outside its room, and yet near enough to be one of the two numbers.
fn contradicts(ratio: &Quantity, expected: Interval) -> bool {
    let near = ratio.value.is_some_and(|value| expected.is_within(Decimal::from(3), value.abs()));
    near && room(&ratio.magnitude()).is_some_and(|own| !own.meets(expected))
}

/// Whether a number can be an operand: an amount or a count, exact or nearly so, and above nothing.
fn is_operand(quantity: &Quantity) -> bool {
    let amount = matches!(quantity.unit, Unit::Currency(_) | Unit::Count | Unit::Bare);
    let meant = matches!(quantity.qualifier, Qualifier::Exact | Qualifier::About) && !quantity.in_words;
    amount && meant && quantity.value.is_some_and(|value| value > Decimal::ZERO)
}

fn are_alike(a: &Quantity, b: &Quantity) -> bool {
    let count = |it: &Quantity| matches!(it.unit, Unit::Count | Unit::Bare);
    is_operand(a) && is_operand(b) && (a.unit == b.unit || count(a) && count(b))
}

/// What one operand over another is, in the unit of the ratio.
fn quotient(ratio: &Quantity, top: Said<'_>, bottom: Said<'_>) -> Option<Interval> {
    if are_alike(top.1, bottom.1) { apposed::quotient(top.1, bottom.1, &ratio.unit) } else { None }
}

/// Words between a ratio and the number it is of: `of the`, `of all`, `of total revenue of`.
fn is_filling(it: &Token<'_>) -> bool {
    it.is_plain() && !matches!(it.word(), "in" | "for" | "on" | "at" | "over")
}

/// `A notices represented R of the B`, `A (R of B)`, `A, or R of its B`.
fn shared<'a>(own: &Statement<'_, 'a>, at: usize) -> Option<Read<'a>> {
    let ratio = own.number(at)?;
    if ratio.1.unit != Unit::Percent || own.word(at + 1) != "of" {
        return None;
    }
    let end =
        own.over(at + 2, 4, |it| matches!(it.word(), "the" | "all" | "our" | "its" | "their" | "total" | "a" | "of"));
    let bottom = own.number(end)?;
    // What follows the number says what is counted; `of the 480 in Q2, or 60% of …` goes on.
    let said_again = own.back_over(at, 1, |it| it.word() == "or");
    let verb =
        said_again.checked_sub(1).filter(|at| is_being(own.word(*at)) || matches!(own.mark(*at), Some(',' | '(')))?;
    let apposed = own.mark(verb).is_some();
    let start = own.back_over(verb, FILL, |it| (it.is_plain() || it.is_time()) && !is_being(it.word()));
    let top = own.number(start.checked_sub(1)?)?;
    // `A of B (R of C)`: of what stands nearest, and of nothing that is a part.
    let plain = !(start..verb).any(|at| own.word(at) == "of") || !apposed;
    let before = start.saturating_sub(2);
    let part = own.word(before) == "of" && before.checked_sub(1).is_some_and(|at| own.number(at).is_some());
    let joined = part || own.number(before).is_some() || matches!(own.word(before), "and" | "to" | "from");
    // `Rents of £90k and dues of £60k, 60% of the £250k`: of both.
    let mut earlier = (0..start.saturating_sub(1)).filter_map(|at| own.number(at));
    let first = (start < 2 || !joined) && (!apposed || earlier.all(|it| !are_alike(it.1, top.1)));
    let expected = quotient(ratio.1, top, bottom)?;
    (plain && first && top.1.value <= bottom.1.value).then_some(([top, bottom], expected))
}

/// Verbs by which an amount is said to be a share.
fn is_being(stem: &str) -> bool {
    matches!(
        stem,
        "represent"
            | "represented"
            | "representing"
            | "was"
            | "is"
            | "were"
            | "are"
            | "made"
            | "equalled"
            | "comprised"
            | "comprising"
            | "constituted"
    )
}

/// `A of the B in reported losses in 2020, a success rate of R`.
fn rated<'a>(own: &Statement<'_, 'a>, at: usize) -> Option<Read<'a>> {
    const RATES: &[&str] = &["rate", "share", "proportion", "percentage"];
    let ratio = own.number(at)?;
    let of = at.checked_sub(1).filter(|at| matches!(own.word(*at), "of" | "at"))?;
    let rate = of.checked_sub(1).filter(|at| RATES.contains(&own.word(*at)))?;
    let lead = own.back_over(rate, 4, |it| it.is_plain() || matches!(it.word(), "representing" | "giving" | "or"));
    let comma = lead.checked_sub(1).filter(|at| matches!(own.mark(*at), Some(',' | '–' | '(')))?;
    if ratio.1.unit != Unit::Percent || own.word(lead).is_empty() {
        return None;
    }
    // `in reported losses`.
    let filling =
        |it: &Token<'_>| it.is_plain() || it.is_time() || matches!(it.word(), "reported" | "received" | "loss");
    let start = own.back_over(comma, FILL, filling);
    let bottom_at = start.checked_sub(1)?;
    let bottom = own.number(bottom_at)?;
    let link = own.back_over(bottom_at, 3, |it| matches!(it.word(), "the" | "our" | "all" | "total" | "its" | "their"));
    let of = link.checked_sub(1).filter(|at| own.word(*at) == "of")?;
    // `A cases out of B`.
    let back = own.back_over(of, 3, |it| it.is_plain() || it.word() == "out");
    let top = own.number(back.checked_sub(1)?)?;
    let expected = quotient(ratio.1, top, bottom)?;
    (top.1.value <= bottom.1.value).then_some(([top, bottom], expected))
}

/// `A, more than 25 times the average cost of B`.
fn multiplied<'a>(own: &Statement<'_, 'a>, at: usize) -> Option<Read<'a>> {
    let ratio = own.number(at).filter(|it| it.1.unit == Unit::Multiple)?;
    let comma = at.checked_sub(1)?;
    let led = matches!(own.mark(comma), Some(',' | '(' | '–')) || matches!(own.word(comma), "or" | "was" | "is");
    let back = own.back_over(comma, 2, |it| it.mark().is_some());
    let start = own.back_over(back, 4, |it| it.is_time());
    let top = own.number(start.checked_sub(1)?).filter(|_| led)?;
    let planned = |it: &Token<'_>| matches!(it.word(), "budget" | "plan" | "target");
    let end = own.over(at + 1, FILL, |it| is_filling(it) || planned(it));
    let bottom = own.number(end)?;
    let said = (at + 1..end).all(|at| own.word(at) != "than") && matches!(own.word(end - 1), "of" | "the");
    let expected = quotient(ratio.1, top, bottom)?;
    said.then_some(([top, bottom], expected))
}

/// `revenues of A, which resulted in B of Adjusted EBITDA and a margin of R`: the only two amounts of the sentence.
fn margin<'a>(own: &Statement<'_, 'a>, at: usize) -> Option<Read<'a>> {
    const SALES: &[&str] = &["revenue", "sale", "turnover"];
    const RESULTS: &[&str] = &["ebitda", "profit", "income", "ebit", "surplus"];
    let ratio = own.number(at).filter(|it| it.1.unit == Unit::Percent)?;
    let of = at.checked_sub(1).filter(|at| matches!(own.word(*at), "of" | "at"))?;
    let name = of.checked_sub(1).filter(|at| own.word(*at) == "margin")?;
    let lead = own.back_over(name, 3, |it| it.word() == "adjusted" || RESULTS.contains(&it.word()));
    let article = lead.checked_sub(1).is_some_and(|at| matches!(own.word(at), "a" | "an"));
    let percents = |it: &Token<'_>| matches!(it.kind, crate::movement::stated::tokens::Kind::Number((_, q)) if q.unit == Unit::Percent);
    let before: Vec<usize> = (0..name).filter(|at| own.number(*at).is_some()).collect();
    let [first, second] = *before.as_slice() else { return None };
    // What each is of stands right before or right behind it.
    let names = |at: usize, of: &[&str]| {
        let from = at.saturating_sub(3);
        let behind = own.over(at + 1, 4, |it| it.word() == "adjusted" || it.is_plain() && !is_being(it.word()));
        let behind = (at + 1..behind).any(|at| of.contains(&own.word(at)));
        behind || (from..at).any(|at| of.contains(&own.word(at)))
    };
    let fits = article && own.tokens.iter().filter(|it| percents(it)).count() == 1;
    let named = names(first, SALES) && !names(first, RESULTS) && names(second, RESULTS);
    let (bottom, top) = (own.number(first)?, own.number(second)?);
    let expected = quotient(ratio.1, top, bottom)?;
    (fits && named).then_some(([top, bottom], expected))
}

#[cfg(test)]
mod tests {
    use super::super::RatioMismatch;
    use crate::rules::examples::{assert_found_when_replaced, assert_silent};

    /// The sentence, its ratio, and what stands there instead when it is wrong.
    const TOLD: &[(&str, &str, &str)] = &[
        (
            "We generated revenues of $430 million in the second quarter, which resulted in $39 million of Adjusted EBITDA and a margin of 9%.",
            "9%",
            "19%",
        ),
        ("Revenue was $121 million, which gave $6 million of EBITDA and an EBITDA margin of 5%.", "5%", "8%"),
        ("The unit had sales of £48.0m and operating profit of £6.0m, a margin of 12.5%.", "12.5%", "15.2%"),
        ("Turnover of €102 million led to an operating profit of €19 million and a margin of about 19%.", "19%", "29%"),
        (
            "The team froze approximately $380 million of the $462 million in reported losses in 2020, representing a success rate of nearly 82%.",
            "82%",
            "55%",
        ),
        ("We answered 358 of the 420 requests in March, a completion rate of 85%.", "85%", "58%"),
        ("Members bought 1,240 of our 1,860 tents, a share of 67%.", "67%", "76%"),
        ("We won 31 bids out of the 124 tenders in 2025, a success rate of 25%.", "25%", "35%"),
        ("The 673 notices represented 21 percent of 3,205.", "21 percent", "12 percent"),
        ("Last year 412 tenants were 20% of the 2,060.", "20%", "30%"),
        ("Online orders of 1,500 made up our list; 300 returns represented 20% of all 1,500.", "20%", "40%"),
        (
            "Large breaches cost an average of $50 million, more than 12 times the average cost of $3.86 million for small ones.",
            "12 times",
            "25 times",
        ),
        (
            "The claim was $9.0 million, three years ago, and is $12.0 million, 4 times the usual cost of $3.0 million.",
            "4 times",
            "6 times",
        ),
        ("Legal costs came to £1.2m, 3x the budget of £0.4m.", "3x", "6x"),
        ("Dues of £60,000, or 24% of the £250,000, were late.", "24%", "42%"),
        ("Dues of £60,000, or 24% of its £250,000, were late.", "24%", "42%"),
        ("Reserves of $500,000 are nearly 50% of the $1,020,000.", "50%", "80%"),
    ];

    /// What is right, although the numbers near give another ratio.
    const RIGHT: &[&str] = &[
        "Revenue was $430 million, EBITDA $39 million of it in Texas, and gross profit had a margin of 29%.",
        "Revenue of $430 million gave $39 million of EBITDA and a gross margin of 29%.",
        "Revenue was $430 million and $39 million of EBITDA came from one site with a margin of 9% in 2025 against 12% in 2024.",
        "We froze $380 million of the $462 million in 2020, and a success rate of 55% is what others report.",
        "We froze $380 million of the $462 million, up from a rate of 55%.",
        "Of 420 requests 358 came by mail, and 40 were 20% of 200.",
        "The 673 notices and 21% of 3,205 letters are new.",
        "The average cost was $392 million, more than 100 times the average.",
        "Costs of $50 million were more than 3 times those of 2024, and the average cost of $3.86 million fell.",
        "We hold $9.0 million, 4 times the 2 million shares.",
        "Cash was $12.0 million, and 30% of the $20.0 million raised is spent.",
        "Interest of $2.0 million was 5% of the average debt, and $40.5 million is due.",
        "Some 673 notices were over 20% of 3,205.",
        "Dues of £60,000 were late and refunds, 42% of the £250,000, were early.",
        "Rents of £90,000 and dues of £60,000, 60% of the £250,000, were late.",
    ];

    #[test]
    fn ratios_beside_both_operands() {
        assert_found_when_replaced(&RatioMismatch, TOLD);
    }

    #[test]
    fn ratios_of_something_else() {
        assert_silent(&RatioMismatch, RIGHT);
    }
}
