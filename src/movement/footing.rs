//! Growth on another footing than reported figures: in local currency, like for like, excluding what was bought.
//!
//! Enters: a bound deck and a change. Leaves: whether its sentence puts it on such a footing. Invariant: the footing stands by the
//! change itself or opens its sentence; that of the next number is no reason, nor is one that the metric has in its own name.

use std::ops::Range;

use crate::claim::Claim;
use crate::deck::Deck;
use crate::extract::quantities;
use crate::stops;
use crate::words::{Word, is_determiner, stems, words};

/// Words of a footing by what they say in a row.
const FOOTINGS: &[&[&str]] = &[
    &["local", "currency"],
    &["local", "currencies"],
    &["constant", "currency"],
    &["constant", "currencies"],
    &["constant", "exchange"],
    &["constant", "rate"],
    &["constant", "price"],
    &["constant", "perimeter"],
    &["currency", "neutral"],
    &["currency", "adjusted"],
    &["like", "for", "like"],
    &["lfl"],
    &["same", "store"],
    &["same", "site"],
    &["same", "property"],
    &["comparable", "store"],
    &["comparable", "basis"],
    &["comparable", "sale"],
    &["pro", "forma"],
    &["proforma"],
    &["real", "term"],
    &["organic"],
    &["organically"],
    &["excluding"],
    &["exclude"],
    &["ex"],
    &["stripping"],
    &["adjusting"],
    &["adjusted", "for"],
    &["allowing"],
    &["leaving", "aside"],
    &["leaving", "out"],
    &["setting", "aside"],
    &["net", "of"],
    &["apart", "from"],
    &["but", "for"],
    &["were", "it", "not"],
    &["without", "the"],
];

/// Words that begin an aside, which is said of all of a sentence.
const ASIDES: &[&str] = &[
    "on",
    "at",
    "in",
    "measured",
    "organically",
    "excluding",
    "stripping",
    "adjusting",
    "adjusted",
    "allowing",
    "leaving",
    "setting",
    "net",
    "apart",
    "but",
    "without",
    "were",
];

/// Words behind a change among which its footing is looked for.
const NEAR: usize = 14;

/// Whether a change is on another footing than the figures that are reported.
pub(crate) fn is_another(deck: &Deck, claim: &Claim) -> bool {
    let own = claim.metric.map(|id| stems(&deck.vocabulary.term(id).label)).unwrap_or_default();
    claim.cell.is_none() && has_another(deck, claim, &own).unwrap_or(false)
}

fn has_another(deck: &Deck, claim: &Claim, own: &[String]) -> Option<bool> {
    let flow = deck.flow_of(claim)?;
    let (text, number) = (flow.text(), flow.range(claim.place.span)?);
    let statement = stops::around(text, &number);
    let mentions = deck.mentions.get(claim.document)?.get(claim.block)?;
    let numbers: Vec<Range<usize>> = quantities(mentions)
        .into_iter()
        .map(|(mention, _)| mention.range.clone())
        .filter(|range| statement.contains(&range.start) && range.start != number.start)
        .collect();
    let before = text.get(statement.start..number.start)?;
    let last = numbers.iter().rev().find(|range| range.end <= number.start).map_or(statement.start, |range| range.end);
    let led = |found: &Range<usize>| {
        let at = statement.start + found.start;
        // `Like-for-like sales grew`: of those sales alone.
        let head = words(before.get(..found.end).unwrap_or_default());
        let aside = head.first().is_some_and(|word| ASIDES.contains(&word.stem.as_str()));
        let opens = aside && head.iter().take_while(|word| word.range.start < found.start).all(opening);
        let carried = !before.get(found.end..).is_some_and(|rest| rest.contains([';', ':']));
        at >= last || opens && carried
    };
    if named(before, own).iter().any(led) {
        return Some(true);
    }
    let next = numbers.iter().map(|range| range.start).find(|start| *start >= number.end);
    let behind = text.get(number.end..next.unwrap_or(statement.end))?;
    let behind = behind.split([';', ':']).next().unwrap_or_default();
    Some(named(behind, own).iter().any(|found| {
        let (gap, rest) = (behind.get(..found.start).unwrap_or_default(), behind.get(found.end..).unwrap_or_default());
        let parted = gap.contains([',', '(', '–', '—']);
        let turned = words(gap).iter().any(|word| matches!(word.stem.as_str(), "and" | "but" | "while" | "or"));
        // `6.0% (3.1% like for like)`, `6.0%, like for like 3.1%`: the next number's.
        let next = next.is_some() && rest.len() < behind.len() && (parted || turned) && words(rest).len() <= 4;
        words(gap).len() <= NEAR && !turned && !next
    }))
}

/// Words that may stand before a footing that opens its sentence: `On a like-for-like basis`.
fn opening(word: &Word) -> bool {
    is_determiner(&word.stem) || matches!(word.stem.as_str(), "on" | "at" | "in" | "and" | "but" | "measured")
}

/// Where a text names a footing that is not part of the metric's own name.
fn named(text: &str, own: &[String]) -> Vec<Range<usize>> {
    let words = words(text);
    let follow = |at: usize, footing: &[&str]| {
        footing.iter().enumerate().all(|(nth, stem)| words.get(at + nth).is_some_and(|word| word.stem == *stem))
    };
    let mut found = Vec::new();
    for at in 0..words.len() {
        let Some(footing) = FOOTINGS.iter().find(|footing| follow(at, footing)) else { continue };
        let owned = own.iter().any(|stem| stem == footing[0]);
        if let (Some(first), Some(last), false) = (words.get(at), words.get(at + footing.len() - 1), owned) {
            found.push(first.range.start..last.range.end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::is_another;
    use crate::rules::examples::Binder;

    #[test]
    fn footings_of_a_change() {
        const SOURCE: &str = "version: 1\nmetrics:\n  - {name: sales, label: Sales, unit: EUR, period_type: duration, values: {FY2031: 1676M, FY2030: 1622M}}\n";
        for (text, on_another) in [
            ("Sales fell; in local currency they grew 5.1%.", vec![true]),
            ("Sales grew 5.1% in local currency.", vec![true]),
            ("Sales grew 3.3%, or 4.9% at constant exchange rates.", vec![false, true]),
            ("Sales grew 3.3%, and like-for-like sales 4.9%.", vec![false, true]),
            ("Sales grew 3.3% (4.9% like for like).", vec![false, true]),
            ("Like-for-like sales grew 4.9%, and total sales 3.3%.", vec![true, false]),
            ("On an organic basis, sales rose 4.9%.", vec![true]),
            ("Sales rose 4.9%, excluding the shops that were sold.", vec![true]),
            ("Excluding the €12m of disposals, sales rose 4.9%.", vec![true, true]),
            ("Sales rose 3.3%.", vec![false]),
        ] {
            let deck = Binder::of(&format!("# FY31\n\n{text}\n")).with_source("metrics.yaml", SOURCE).bound();
            let said: Vec<bool> = deck.claims.iter().map(|claim| is_another(&deck, claim)).collect();
            assert_eq!(said, on_another, "{text}");
        }
    }
}
