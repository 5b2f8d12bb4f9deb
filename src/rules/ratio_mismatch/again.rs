//! Shares that leave unsaid of what, because the clause before has said it: `labour of A$5.99m is 8.2% of turnover of A$73.2m; freight of
//! A$4.56m is 6.2%`.
//!
//! Enters: the quantities of a text. Leaves: shares that their part and that whole contradict. Invariant: the clause that states the whole
//! states its own share rightly, so that the whole is what it says.

use super::{Said, Stated, contradicts, exactly, money};
use crate::check::interval;
use crate::interval::Interval;
use crate::quantity::Unit;
use crate::stops;
use crate::words::words;

use super::spelled_out::{behind, near_enough};

/// Words between a part and its share, or of a part's name, at most.
const FILL: usize = 5;

pub(super) fn shares<'a>(text: &str, quantities: &[Said<'a>]) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    for (at, three) in quantities.windows(3).enumerate() {
        let [part, share, whole] = *three else { continue };
        if !states(text, part, share, whole) {
            continue;
        }
        // Every clause of the sentence that goes on with a part and a share.
        let mut before = whole;
        for two in quantities.get(at + 3..).unwrap_or_default().chunks_exact(2) {
            let [next, own] = *two else { break };
            let Some(expected) = follows(text, before, next, own).then(|| share_of(next, whole)).flatten() else {
                break;
            };
            if contradicts(own.1, expected) && near_enough(own.1, expected) {
                found.push((own.0, vec![next.0, whole.0], expected));
            }
            before = own;
        }
    }
    found
}

/// `A is R of turnover of B`, rightly.
fn states(text: &str, part: Said<'_>, share: Said<'_>, whole: Said<'_>) -> bool {
    let Some(named) = text.get(share.0.range.end..whole.0.range.start) else { return false };
    let said = words(named);
    let of = said.first().is_some_and(|word| word.stem == "of") && said.len() <= FILL;
    let closed = !named.contains([',', ';', ':', '(']) && !stops::parts(named);
    is_stated(text, part, share)
        && of
        && closed
        && money(whole.1).is_some()
        && money(whole.1) == money(part.1)
        && share_of(part, whole).is_some_and(|expected| interval(share.1).is_some_and(|own| own.meets(expected)))
}

/// `; freight of A$4.56m is 6.2%`, and no more of it.
fn follows(text: &str, before: Said<'_>, part: Said<'_>, share: Said<'_>) -> bool {
    let Some(between) = text.get(before.0.range.end..part.0.range.start) else { return false };
    let joined = between.trim_start().starts_with([';', ',']) || between.trim_start().starts_with("and ");
    let ends = behind(text, share.0);
    let ends = ends.trim().is_empty() || ends.starts_with(['.', ';', ',', '\n']) || ends.starts_with(" and ");
    let compared = words(between).iter().any(|word| {
        matches!(word.stem.as_str(), "from" | "to" | "up" | "down" | "against" | "than" | "compared" | "versus" | "vs")
    });
    joined
        && ends
        && !compared
        && words(between).len() <= FILL
        && !stops::parts_sentences(between)
        && is_stated(text, part, share)
}

/// `A is R`, `A was R`, `A (R)`.
fn is_stated(text: &str, part: Said<'_>, share: Said<'_>) -> bool {
    let Some(link) = text.get(part.0.range.end..share.0.range.start) else { return false };
    let linked =
        matches!(link.trim(), "is" | "was" | "are" | "were" | "represents" | "represented" | ", or" | "or" | ",");
    linked && share.1.unit == Unit::Percent && exactly(part.1) && exactly(share.1) && money(part.1).is_some()
}

fn share_of(part: Said<'_>, whole: Said<'_>) -> Option<Interval> {
    let same = money(part.1) == money(whole.1) && exactly(whole.1);
    same.then(|| interval(&part.1.magnitude())?.share_of(interval(&whole.1.magnitude())?)).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::RatioMismatch;
    use crate::footing::tests::check;

    #[test]
    fn shares_of_the_whole_before() {
        let text =
            |share: &str| format!("Seed of £5.99m is 8.2% of turnover of £73.2m; freight of £4.56m is {share}.\n");
        check(&RatioMismatch, &text("6.2%"), &[]);
        check(&RatioMismatch, &text("7.2%"), &["7.2%"]);
        check(&RatioMismatch, &text("7.2% of costs"), &[]);
        check(&RatioMismatch, "Seed of £5.99m is 8.2% of turnover of £73.2m, up from £4.56m, 7.2%.\n", &[]);
        check(&RatioMismatch, "Seed of £5.99m is 8.2% of turnover of £73.2m; output of £4.56m is 7.2% lower.\n", &[]);
    }
}
