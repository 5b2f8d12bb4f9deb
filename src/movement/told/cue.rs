//! The words by which a sentence sets a metric beside its plan or another time.
//!
//! Enters: stems. Leaves: what each says, or whether it says nothing of the metric. Invariant: `ahead` and `behind` are told from
//! `better` and `worse`, for what should be low is ahead of its plan in two ways, and better in one.

use super::super::cue::{is_footing, says_movement};

/// What a word says of a level beside another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Says {
    Up,
    Down,
    /// Better for what should be high; for what should be low nobody knows.
    Ahead,
    Behind,
    Better,
    Worse,
    /// What the other is, or about that.
    Same,
}

/// What a word says of an outcome and its plan.
pub(super) fn beside_plan(stem: &str) -> Option<Says> {
    Some(match stem {
        "above" | "over" | "exceeded" | "exceeding" | "topped" | "surpassed" | "overspent" | "overshot" | "higher"
        | "more" | "greater" | "larger" | "bigger" | "longer" | "up" => Says::Up,
        "below" | "under" | "underspent" | "undershot" | "lower" | "less" | "fewer" | "smaller" | "shorter"
        | "down" => Says::Down,
        "ahead" => Says::Ahead,
        "behind" | "short" | "shy" | "adrift" | "lagged" | "lagging" | "trailed" | "trailing" => Says::Behind,
        "beat" | "beating" | "outperformed" | "outperforming" | "better" | "favourable" | "favorable" | "met"
        | "meeting" | "achieved" | "bettered" | "stronger" => Says::Better,
        "missed" | "missing" | "worse" | "adverse" | "unfavourable" | "unfavorable" | "underperformed" | "weaker" => {
            Says::Worse
        }
        "line" => Says::Same,
        "within" | "inside" => Says::Better,
        "outside" => Says::Worse,
        _ => return None,
    })
}

/// What a word says of a level and one of another time.
pub(super) fn against_time(stem: &str) -> Option<Says> {
    Some(match stem {
        "above" | "more" | "greater" | "larger" | "bigger" | "longer" | "wider" | "dearer" => Says::Up,
        "below" | "less" | "fewer" | "smaller" | "shorter" | "narrower" | "cheaper" => Says::Down,
        "better" | "improved" | "improving" | "stronger" => Says::Better,
        "worse" | "worsened" | "deteriorated" | "weaker" => Says::Worse,
        "flat" | "unchanged" | "line" => Says::Same,
        _ if says_movement(stem)? => Says::Up,
        _ => Says::Down,
    })
}

/// Whether a word is a verb of movement that needs no object: `rose`, and not `growth` or `cut`.
pub(super) fn is_moving(stem: &str) -> bool {
    matches!(
        stem,
        "rose"
            | "risen"
            | "grew"
            | "grown"
            | "increased"
            | "climbed"
            | "improved"
            | "fell"
            | "fallen"
            | "declined"
            | "decreased"
            | "dropped"
            | "slipped"
            | "dipped"
            | "shrank"
            | "worsened"
            | "deteriorated"
            | "lengthened"
            | "shortened"
    )
}

/// How something moved.
pub(super) fn is_manner(stem: &str) -> bool {
    matches!(
        stem,
        "again"
            | "further"
            | "slightly"
            | "sharply"
            | "steadily"
            | "strongly"
            | "modestly"
            | "marginally"
            | "markedly"
            | "significantly"
            | "substantially"
            | "once"
            | "more"
    )
}

/// Words by which a sentence that is complete goes on.
pub(super) fn is_reason(stem: &str) -> bool {
    matches!(
        stem,
        "because"
            | "as"
            | "but"
            | "and"
            | "due"
            | "so"
            | "while"
            | "despite"
            | "reflecting"
            | "thanks"
            | "thank"
            | "helped"
            | "driven"
    )
}

/// Words between a metric and what is said of it.
pub(super) fn is_light(stem: &str) -> bool {
    const LIGHT: &[&str] = &[
        "was",
        "were",
        "is",
        "are",
        "has",
        "have",
        "had",
        "been",
        "came",
        "come",
        "in",
        "ended",
        "finished",
        "closed",
        "remained",
        "remain",
        "stayed",
        "stood",
        "ran",
        "running",
        "run",
        "tracked",
        "tracking",
        "landed",
        "now",
        "again",
        "still",
        "also",
        "well",
        "comfortably",
        "slightly",
        "marginally",
        "just",
        "far",
        "somewhat",
        "much",
        "a",
        "little",
        "at",
        "of",
        "the",
        "month",
        "quarter",
        "year",
        "for",
        "this",
        "sharply",
        "modestly",
        "significantly",
        "substantially",
        "narrowly",
        "broadly",
        "largely",
        "which",
        "that",
        "fte",
        "k",
        "m",
    ];
    LIGHT.contains(&stem)
}

/// Words between what is said and what it is compared with.
pub(super) fn is_link(stem: &str) -> bool {
    const LINKS: &[&str] = &[
        "of", "the", "our", "its", "their", "than", "to", "on", "from", "versus", "vs", "v", "against", "compared",
        "with", "what", "we", "had", "was", "were", "in", "at", "a", "day",
    ];
    LINKS.contains(&stem)
}

/// Words that may begin what a sentence says of a metric.
pub(super) fn is_lead(stem: &str) -> bool {
    const LEADS: &[&str] = &[
        "but",
        "and",
        "while",
        "whereas",
        "however",
        "overall",
        "total",
        "group",
        "company",
        "also",
        "again",
        "meanwhile",
        "reported",
        "at",
        "with",
        "in",
        "for",
        "monthly",
        "quarterly",
        "month",
        "quarter",
        "year",
        "we",
        "ended",
        "closed",
        "finished",
        "had",
        "have",
        "there",
        "were",
        "are",
    ];
    LEADS.contains(&stem)
}

/// Words that may follow a comparison that is complete.
pub(super) fn is_tail(stem: &str) -> bool {
    const TAILS: &[&str] = &[
        "by",
        "at",
        "for",
        "in",
        "with",
        "because",
        "as",
        "but",
        "and",
        "due",
        "thank",
        "again",
        "this",
        "so",
        "while",
        "despite",
        "reflecting",
        "after",
        "following",
        "since",
        "helped",
        "driven",
    ];
    TAILS.contains(&stem)
}

/// Words that make a sentence one of other figures or of another time.
pub(super) fn is_reserved(stem: &str) -> bool {
    const RESERVED: &[&str] = &[
        "not",
        "no",
        "never",
        "nor",
        "neither",
        "date",
        "far",
        "consecutive",
        "row",
        "most",
        "all",
        "each",
        "every",
        "would",
        "will",
        "should",
        "could",
        "may",
        "might",
        "expect",
        "expected",
        "if",
        "unless",
        "except",
        "without",
        "some",
        "several",
        "many",
        "few",
        "one",
        "two",
        "three",
        "half",
        "both",
        "either",
        "remain",
        "part",
        "partly",
        "share",
        "rate",
        "mix",
        "exchange",
        "until",
        "ytd",
        "cumulatively",
    ];
    RESERVED.contains(&stem) || is_footing(stem)
}
