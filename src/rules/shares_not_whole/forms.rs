//! Lists of shares that divide a whole by their form alone: `Of revenue, A accounts for 61%, B for 25% and C for 14%`, `visitors came 58%
//! by car, 27% by coach and 15% by rail`, `A, B and C carried 58%, 28% and 14% of passengers`.
//!
//! Enters: a sentence with its percentages. Leaves: whether they are all shares of one whole. Invariant: answers that several may give at
//! once, rates and movements divide nothing.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::words::{Word, is_determiner, words};

use super::is_moving_but;

/// Words of a part's name, at most.
const NAME: usize = 5;

/// Whether the percentages at these places of a sentence, which come to a sum, are all of one whole.
pub(super) fn divides(sentence: &str, shares: &[Range<usize>], sum: Decimal) -> bool {
    let said = words(sentence);
    if said.iter().any(|word| overlaps(&word.stem)) || is_moving_but(sentence, &["from"]) || shares.len() < 3 {
        return false;
    }
    let Some((head, gaps, tail)) = around(sentence, shares) else { return false };
    // `from 61% a year ago`.
    if std::iter::once(head).chain(gaps.iter().copied()).any(|gap| last(gap) == "from") {
        return false;
    }
    let joined = gaps.last().is_some_and(|gap| words(gap).iter().any(|word| word.stem == "and"));
    // More than all of it is too much, whether the list is complete or not.
    let over = sum > Decimal::ONE_HUNDRED;
    joined && (is_of_whole(head) || is_named_behind(head, &gaps, tail) || over && is_listed(head, &gaps, tail))
}

/// What stands before the shares, between and behind them.
fn around<'t>(sentence: &'t str, shares: &[Range<usize>]) -> Option<(&'t str, Vec<&'t str>, &'t str)> {
    let (first, end) = (shares.first()?, shares.last()?);
    let gaps = shares.windows(2).map(|pair| sentence.get(pair[0].end..pair[1].start)).collect::<Option<_>>()?;
    Some((sentence.get(..first.start)?, gaps, sentence.get(end.end..)?))
}

/// `Of service revenue, `, with whatever names the first part behind it.
fn is_of_whole(head: &str) -> bool {
    let Some((opening, rest)) = head.split_once(',') else { return false };
    let said = words(opening);
    let of = said.first().is_some_and(|word| word.stem == "of") && (2..=NAME + 1).contains(&said.len());
    of && words(rest).len() <= NAME + 2 && !opening.contains(|c: char| c.is_ascii_digit())
}

/// `was 61% retail, 28% wholesale and 11% online`, `came 58% by car, 27% by coach and 15% by rail`.
fn is_named_behind(head: &str, gaps: &[&str], tail: &str) -> bool {
    let verb = matches!(last(head).as_str(), "was" | "were" | "is" | "i" | "are" | "came" | "come" | "travelled");
    let name = |text: &str| {
        let named = |word: &Word| !is_determiner(&word.stem) && word.stem != "and";
        let named: Vec<Word> = words(text).into_iter().filter(named).collect();
        let plain = named.first().is_some_and(|word| !places(&word.stem));
        (1..=NAME).contains(&named.len()) && plain
    };
    let tail = tail.split(['.', ';', '—', '–']).next().unwrap_or_default();
    verb && gaps.iter().all(|gap| name(gap)) && name(tail) && !tail.contains([',', '('])
}

/// `carried 58%, 28% and 14% of passengers`.
fn is_listed(head: &str, gaps: &[&str], tail: &str) -> bool {
    let verb = matches!(
        last(head).as_str(),
        "was"
            | "were"
            | "is"
            | "i"
            | "are"
            | "carried"
            | "took"
            | "take"
            | "made"
            | "brought"
            | "earned"
            | "generated"
            | "contributed"
            | "produced"
            | "supplied"
            | "provided"
            | "represent"
            | "represented"
            | "up"
            | "for"
    );
    let bare = |gap: &&str| matches!(gap.trim(), "," | "and" | ", and" | "&");
    // `took 62%, 25% and 17% of their stock`: each of its own.
    let of = matches!(words(tail).as_slice(), [of, own, ..] if of.stem == "of" && !matches!(own.stem.as_str(), "their" | "its"));
    verb && gaps.iter().all(bare) && of
}

fn last(text: &str) -> String {
    words(text).into_iter().next_back().map(|word| word.stem).unwrap_or_default()
}

/// Words that open a place or time, or compare: `92% in May`, `58% of them`.
fn places(stem: &str) -> bool {
    matches!(
        stem,
        "of" | "in"
            | "at"
            | "for"
            | "on"
            | "during"
            | "higher"
            | "lower"
            | "above"
            | "below"
            | "ahead"
            | "behind"
            | "a"
            | "against"
            | "after"
            | "before"
            | "to"
            | "complete"
            | "full"
            | "occupied"
            | "let"
    )
}

/// Words of what several of a group may do or be at once, and of rates: neither divides anything.
fn overlaps(stem: &str) -> bool {
    matches!(
        stem,
        "use"
            | "used"
            | "have"
            | "had"
            | "has"
            | "own"
            | "owned"
            | "bought"
            | "buy"
            | "said"
            | "say"
            | "agree"
            | "agreed"
            | "visited"
            | "visit"
            | "read"
            | "watch"
            | "watched"
            | "answered"
            | "chose"
            | "want"
            | "wanted"
            | "would"
            | "rated"
            | "passed"
            | "met"
            | "failed"
            | "speak"
            | "like"
            | "also"
            | "both"
            | "respectively"
            | "occupancy"
            | "score"
            | "pass"
            | "satisfaction"
            | "attendance"
            | "utilisation"
            | "utilization"
            | "availability"
            | "churn"
            | "uptime"
            | "accuracy"
            | "coverage"
            | "completion"
            | "ratio"
            | "turnout"
            | "return"
            | "price"
            | "punctuality"
            | "collection"
            | "collected"
            | "vacancy"
            | "absence"
            | "sickness"
            | "cover"
            | "complete"
            | "completed"
            | "probability"
            | "weight"
            | "delivered"
            | "time"
            | "target"
            | "budget"
    )
}

#[cfg(test)]
mod tests {
    use super::super::SharesNotWhole;
    use crate::footing::tests::check;

    #[test]
    fn lists_that_divide_by_their_form() {
        for (text, right, wrong) in [
            ("Of revenue, homes account for 61%, sewers for 25% and firms for {}.", "14%", "19%"),
            ("Of lending, 54% is in vans, 31% in ships and {} in trains.", "15%", "20%"),
            ("Visitors came 58% by car, 27% by coach and {} by rail.", "15%", "19%"),
            ("Our sales were 61% retail, 28% wholesale and {} online.", "11%", "17%"),
            ("North, Middle and South carried 58%, 28% and {} of passengers.", "14%", "18%"),
            ("North, Middle and South produced 58%, 28% and {} of May's output.", "14%", "18%"),
            ("By passengers the lines are 58%, 28% and {} of the total.", "14%", "18%"),
            ("Large firms 56%, mid-size 31% and small {}: that is how the book divides.", "13%", "19%"),
        ] {
            check(&SharesNotWhole, &format!("{}\n", text.replace("{}", right)), &[]);
            let mut found = Vec::new();
            let deck = crate::rules::examples::Binder::of(&format!("{}\n", text.replace("{}", wrong))).bound();
            crate::rules::Rule::check(&SharesNotWhole, &deck, &mut found);
            assert_eq!(found.len(), 1, "{text} with {wrong}");
        }
    }

    #[test]
    fn lists_that_divide_nothing() {
        for text in [
            "Of our members, 54% use the app, 36% the site and 15% the branch.",
            "Of respondents, 54% said yes, 36% perhaps and 15% no.",
            "Occupancy was 31% weekdays, 28% weekends and 45% holidays.",
            "Gross margin was 31% retail, 28% wholesale and 45% online.",
            "The three projects are 41% complete, 36% complete and 28% complete.",
            "Our three largest lines carried 51%, 28% and 14% of passengers.",
            "Inflation was 31% in May, 36% in June and 28% in July.",
            "Sales rose 31% at home, 36% abroad and 28% online.",
            "Shops, the web and trade were 31%, 36% and 38% ahead of budget.",
            "North, Middle and South took 58%, 28% and 18% of their stock.",
            "The north met 31%, the south 36% and the west 38% of demand.",
        ] {
            check(&SharesNotWhole, &format!("{text}\n"), &[]);
        }
    }
}
