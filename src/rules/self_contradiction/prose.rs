//! What running text states twice and no table does.
//!
//! Enters: the statements of a key, all of them running text. Leaves: those that may be held against one another, and how far.
//! Invariant: two sentences are held against each other only where both state the number outright of one name, in one document; where
//! no slip explains the difference, only where nothing narrows either, and then as a warning.

use crate::cause::significant;
use crate::claim::Claim;
use crate::deck::{Deck, Told};
use crate::finding::{CauseKind, Finding, Level};
use crate::rules::doubt;

use super::Right;

/// The statements that are told outright, where no table states the fact.
pub(super) fn told(deck: &Deck, members: Vec<usize>) -> Vec<usize> {
    let tabled = members.iter().any(|&at| deck.claims[at].cell.is_some());
    let sourced = members.iter().any(|&at| is_sourced(deck, &deck.claims[at]));
    if tabled || sourced {
        return members;
    }
    members.into_iter().filter(|at| deck.told.contains_key(at) && !deck.claims[*at].blocked).collect()
}

fn is_sourced(deck: &Deck, claim: &Claim) -> bool {
    claim.metric.is_some_and(|id| deck.vocabulary.term(id).source.is_some())
}

/// Whether all that is held for right, and what is held against it, is told outright by running text of no source's metric.
pub(super) fn is_prose(deck: &Deck, odd: usize, right: &Right) -> bool {
    let told = |at: &usize| deck.told.contains_key(at) && deck.claims[*at].cell.is_none();
    right.cells == 0 && told(&odd) && right.members.iter().all(told) && !is_sourced(deck, &deck.claims[odd])
}

/// The finding of two sentences, if it stands.
pub(super) fn weighed(deck: &Deck, odd: usize, right: &Right, finding: Finding) -> Option<Finding> {
    let (own, other) = (&deck.claims[odd], &deck.claims[right.best]);
    // What one sentence says twice, differently, it says of two things.
    let apart = (own.block, own.sentence) != (other.block, other.sentence);
    if own.document != other.document || !apart {
        return None;
    }
    let slip = Slip::of(own, other, &finding);
    if slip == Slip::Sure {
        return Some(finding);
    }
    // Sentences that follow one another may well speak of two things.
    let plain = |at: &usize| deck.told.get(at) == Some(&Told::Plainly);
    let plainly = own.block != other.block && plain(&odd) && right.members.iter().all(plain);
    let several = right.members.len() > 1 && !doubt::is_far(own, other.quantity.value);
    (plainly && (slip == Slip::Likely || several)).then_some(Finding { level: Level::Warning, ..finding })
}

/// How surely a slip explains the difference of two numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// Two numbers of two things would hardly differ like this by chance.
    Sure,
    /// They would not often.
    Likely,
    None,
}

impl Slip {
    fn of(own: &Claim, other: &Claim, finding: &Finding) -> Self {
        let digits = significant(&own.quantity).min(significant(&other.quantity));
        let alike = own.quantity.resolution == other.quantity.resolution;
        let sure = match finding.cause.as_ref().map(|cause| cause.kind) {
            Some(CauseKind::ScaleSlip) => digits >= 2,
            Some(CauseKind::TransposedDigits) if alike => digits >= 3,
            Some(CauseKind::DigitTypo) if alike && digits >= 3 => digits >= 4,
            Some(CauseKind::StalePeriod | CauseKind::WrongScenario) if digits >= 2 => digits >= 3,
            _ => return Self::None,
        };
        if sure { Self::Sure } else { Self::Likely }
    }
}

#[cfg(test)]
mod tests {
    use super::super::SelfContradiction;
    use crate::rules::Rule;
    use crate::rules::examples::{Binder, brief};

    /// What is found on slides, given by title and text, of a report on one quarter.
    #[track_caller]
    fn says(slides: &[(&str, &str)], expected: &[&str]) {
        let slides: Vec<String> = slides.iter().map(|(title, text)| format!("# {title}\n\n{text}\n")).collect();
        let deck = Binder::of(&format!("---\nperiod: Q3 FY25\n---\n\n{}", slides.join("\n---\n\n"))).bound();
        let mut findings = Vec::new();
        SelfContradiction.check(&deck, &mut findings);
        let said: Vec<String> =
            findings.iter().map(|finding| format!("{:?} {}", finding.level, brief(&deck, finding))).collect();
        assert_eq!(said, expected, "{slides:?}");
    }

    #[test]
    fn two_sentences_of_one_name_disagree() {
        for (first, second, expected) in [
            ("Court fees were £214k.", "Court fees of £241k were paid.", "Error £241k: transposed-digits"),
            ("Court fees were £2,140k.", "Court fees of £2.14k were paid.", "Error £2,140k: scale-slip"),
            ("Court fees were £2,147k.", "Court fees came to £2,117k.", "Error £2,117k: digit-typo"),
            (
                "Court fees were £214k (£198k a year ago).",
                "Court fees of £198k were paid.",
                "Error £198k: stale-period",
            ),
            (
                "Court fees were £2.1m (£2.4m a year ago).",
                "Court fees of £2.4m were paid.",
                "Warning £2.4m: stale-period",
            ),
            ("Court fees were £6.3m.", "Court fees of £3.6m were paid.", "Warning £3.6m: transposed-digits"),
            (
                "The group employs 2,317 colleagues.",
                "Training was given to all 2,371 colleagues.",
                "Error 2,371: transposed-digits",
            ),
        ] {
            says(&[("Quarter", first), ("Staff costs", second)], &[expected]);
        }
    }

    #[test]
    fn what_two_sentences_state_of_two_things() {
        for (first, second) in [
            // Parts, by what follows the number or by the title.
            ("Court fees were £214k.", "Court fees of £241k for the pension scheme were paid."),
            ("Court fees were £214k.", "Court fees of £241k after tax were paid."),
            ("Court fees were £214k.", "Court fees of £241k related to the lease."),
            // Other times, other outcomes, other people's.
            ("Court fees were £214k in July.", "Court fees were £241k in August."),
            ("Court fees were £214k.", "The first draft had shown court fees of £241k."),
            ("Court fees were £214k.", "Court fees would be £241k if we lost."),
            ("Court fees were £214k.", "Court fees at a rival were £241k."),
            // Another name.
            ("Court fees were £214k.", "Appeal court fees were £241k."),
            // No slip.
            ("Court fees were £214k.", "Court fees of £229k were paid."),
            // One sentence tells two things apart.
            ("Court fees were £214k and court fees of £241k were disputed.", "Court fees are paid monthly."),
        ] {
            says(&[("Quarter", first), ("Staff costs", second)], &[]);
        }
        says(&[("Quarter", "Court fees were £6.3m."), ("Ostrava", "Court fees of £3.6m were paid.")], &[]);
    }
}
