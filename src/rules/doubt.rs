//! Findings that more likely come from a number misunderstood than from a number that is wrong.
//!
//! Enters: a claim, what is found about it, and what it should be. Leaves: the finding, made a remark where it is in doubt.
//! Invariant: only numbers of running text are in doubt; tables and tiles say what their numbers are.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::bind::context::is_topic;
use crate::cause::{self, Distance};
use crate::claim::Claim;
use crate::deck::Deck;
use crate::finding::{Cause, Confidence, Finding, Level};
use crate::words::words;

/// The finding, or a remark to look at where nothing vouches for its reading: no slip explains the number (`explained`), the words
/// do not name a metric of the source plainly, or say more than is understood, and the `other` side is far away.
pub(super) fn weighed(
    deck: &Deck,
    claim: &Claim,
    finding: Finding,
    explained: bool,
    other: Option<Decimal>,
) -> Finding {
    let defined = claim.metric.is_some_and(|id| deck.vocabulary.term(id).source.is_some());
    let named = defined && claim.plain && claim.confidence == Confidence::High;
    if named || explained || !is_far(claim, other) {
        return finding;
    }
    // To look at, not to stop for; it puts nothing right.
    Finding { level: Level::Info, confidence: Confidence::Low, correction: None, ..finding }
}

/// Whether a number of a sentence is so far from the other side that it more likely is of something which the words around do not name
/// plainly. What is of another order than the source's was left unbound before; what only the deck states may be as far.
pub(super) fn is_far(claim: &Claim, other: Option<Decimal>) -> bool {
    claim.is_told() && other.is_some_and(|other| Distance::between(&claim.quantity, other) > Distance::Near)
}

/// `ARR rose steadily: $36.2M, then $40.2M, and now $42.3M`: whether the sentence of a claim, or its tile, states the same fact once more,
/// as it is (`right`). Nobody states one fact twice in a breath with two values: the other is of another time, part or case than we made
/// out, unless a slip of the hand turned the one into the other.
pub(super) fn is_beside_right(deck: &Deck, at: usize, cause: Option<&Cause>, right: impl Fn(usize) -> bool) -> bool {
    let claim = &deck.claims[at];
    if claim.cell.is_some() || cause.is_some_and(|cause| cause::is_slip(cause, &claim.quantity)) {
        return false;
    }
    let beside = |other: &usize| {
        let other = &deck.claims[*other];
        (other.document, other.block, other.sentence) == (claim.document, claim.block, claim.sentence)
    };
    let key = |claim: &Claim| (claim.metric, claim.period, claim.measure);
    let same = |other: usize| {
        let other = &deck.claims[other];
        key(other) == key(claim) && other.scenario == claim.scenario && other.segment == claim.segment
    };
    let before = (0..at).rev().take_while(beside);
    let after = (at + 1..deck.claims.len()).take_while(beside);
    before.chain(after).any(|other| same(other) && right(other))
}

/// `Berlin` over `22 employees` and `Revenue of $1.4M`: leaves as remarks what is found under a title that nothing knows, where several
/// numbers differ, no slip explains any, and none is right: they are of what the title names.
pub(super) fn under_strange_titles(deck: &Deck, found: &mut [(usize, Finding)], right: impl Fn(usize) -> bool) {
    let title = |claim: &Claim| {
        let heading = deck.documents[claim.document].blocks[claim.block].heading?;
        claim.cell.is_none().then_some((claim.document, heading))
    };
    let mut titles: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (n, (at, _)) in found.iter().enumerate() {
        if let Some(title) = title(&deck.claims[*at]) {
            titles.entry(title).or_default().push(n);
        }
    }
    for (own, members) in titles {
        let explained = |n: &usize| {
            let (at, finding) = &found[*n];
            finding.cause.as_ref().is_some_and(|cause| cause::explains(cause, &deck.claims[*at].quantity))
        };
        let kept = || (0..deck.claims.len()).any(|at| title(&deck.claims[at]) == Some(own) && right(at));
        if members.len() < 2 || !is_strange(deck, own) || members.iter().any(explained) || kept() {
            continue;
        }
        for n in members {
            let finding = &mut found[n].1;
            (finding.level, finding.confidence, finding.correction) = (Level::Info, Confidence::Low, None);
        }
    }
}

/// Whether a title may be the name of something: a few words with capitals that are in no vocabulary and say nothing of the report.
fn is_strange(deck: &Deck, (document, heading): (usize, usize)) -> bool {
    /// Words of a name, at most.
    const NAME: usize = 3;
    let Some(flow) = deck.documents[document].blocks[heading].flow() else { return false };
    let said = words(flow.text());
    let silent = deck.mentions[document][heading].is_empty() && deck.vocabulary.find(&said).is_empty();
    silent
        && (1..=NAME).contains(&said.len())
        && said.iter().all(|word| word.capital)
        && !said.iter().any(|word| is_topic(&word.stem))
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::finding::Level;
    use crate::rules::examples::Binder;

    const SOURCE: &str = "metric,period,scenario,segment,value,unit
cash,FY2031-Q3,actual,,24800000,USD
revenue,FY2031-Q3,actual,,10600000,USD
";

    #[test]
    fn what_is_said_beside_the_name_puts_a_far_number_in_doubt() {
        for (text, level) in [
            ("Cash was $31.7M.", Level::Error),
            ("We ended the quarter with cash of $31.7M.", Level::Error),
            ("- Cash: $31.7M", Level::Error),
            ("Revenue rose to $19.7M in Q3.", Level::Error),
            // Near, or explained by a slip.
            ("Despite a slow start, cash was $26.1M.", Level::Error),
            ("Despite a slow start, cash was $24.8K.", Level::Error),
            // A part, a change, a distance.
            ("The lockbox is $1.7M of cash.", Level::Info),
            ("Cash was down slightly ($1.7M).", Level::Info),
            ("Cash is $1.7M short of target.", Level::Info),
        ] {
            let deck = format!("---\nperiod: Q3 FY31\n---\n\n{text}\n");
            let mut deck = Binder::of(&deck).with_source("metrics.csv", SOURCE).bound();
            let found: Vec<_> = check(&mut deck).iter().map(|finding| (finding.rule, finding.level)).collect();
            let silent = level == Level::Info && found.is_empty();
            assert!(silent || found == [("value-mismatch", level)], "{text}: {found:?}");
        }
    }

    #[test]
    fn a_fact_is_not_stated_twice_in_a_breath() {
        const SERIES: &str = "metric,period,scenario,segment,value,unit
cash,FY2031-Q2,actual,,23100000,USD
cash,FY2031-Q3,actual,,24800000,USD
";
        for (text, expected) in [
            ("Cash has built up steadily, at $23.1M and then $24.8M.", None),
            // Only one of the two is told, or a slip turned it into the other.
            ("Cash has built up steadily, to $23.1M.", Some("stale-period")),
            ("Cash was $24.8M, and with cash of $28.4M we are safe.", Some("transposed-digits")),
        ] {
            let deck = format!("---\nperiod: Q3 FY31\n---\n\n{text}\n");
            let mut deck = Binder::of(&deck).with_source("metrics.csv", SERIES).bound();
            let found = check(&mut deck);
            let causes: Vec<_> = found.iter().filter_map(|found| Some(found.cause.as_ref()?.kind.name())).collect();
            assert_eq!(causes, Vec::from_iter(expected), "{text}");
        }
    }

    #[test]
    fn what_a_strange_title_names_is_not_the_company() {
        let under = |title: &str, text: &str| {
            let deck = format!("---\nperiod: Q3 FY31\n---\n\n# Review\n\n## {title}\n\n{text}\n");
            let mut deck = Binder::of(&deck).with_source("metrics.csv", SOURCE).bound();
            check(&mut deck).iter().filter(|found| found.level > Level::Info).count()
        };
        assert_eq!(under("Berlin", "- Revenue was $8.9M\n- Cash was $21.2M"), 0);
        // What the title says is the report's own, or one of the numbers is right, or a slip explains it.
        assert_eq!(under("Overview", "- Revenue was $8.9M\n- Cash was $21.2M"), 2);
        assert_eq!(under("Berlin", "- Revenue was $8.9M\n- Cash was $24.8M"), 1);
        assert_eq!(under("Berlin", "- Revenue was $8.9M\n- Cash was $28.4M"), 2);
        assert_eq!(under("Berlin", "- Revenue was $8.9M"), 1);
    }
}
