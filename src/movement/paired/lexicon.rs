//! The words by which a sentence says how one of its numbers stands to another.
//!
//! Enters: stems. Leaves: what each says. Invariant: a word that says which of two numbers is the greater is told from one that says
//! which is the better.

use super::super::cue::{is_footing, says_movement};

/// What a word says of a number beside another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Says {
    /// It moved: up, or down. Said of what was before.
    Moved(bool),
    /// It is the greater, or the less. Said of anything.
    Greater(bool),
    /// It takes longer, or is quicker: of growth the one that is faster is the greater.
    Slower(bool),
    /// It became better, or worse.
    Better(bool),
    /// It is on the good side of a plan, or the bad one.
    Ahead(bool),
    /// It keeps to a limit, or does not.
    Within(bool),
    /// It is what it was.
    Same,
}

impl Says {
    /// Whether it may be said of a plan.
    pub(super) fn is_of_plans(self) -> bool {
        !matches!(self, Self::Moved(_))
    }
}

/// What a word says.
pub(super) fn says(stem: &str) -> Option<Says> {
    Some(match stem {
        "above" | "exceeded" | "exceeding" | "exceed" | "excess" | "surpassed" | "surpassing" | "topped"
        | "topping" | "overshot" | "higher" | "more" | "greater" | "larger" | "bigger" | "wider" | "overspend"
        | "overspent" | "overrun" | "outpaced" | "outpacing" | "longer" | "dearer" => Says::Greater(true),
        "below" | "undershot" | "lower" | "less" | "fewer" | "smaller" | "narrower" | "lighter" | "underspend"
        | "underspent" | "shorter" | "cheaper" => Says::Greater(false),
        "slower" => Says::Slower(true),
        "faster" | "quicker" => Says::Slower(false),
        "improved" | "improving" | "improvement" | "strengthened" | "strengthening" | "better" | "stronger" => {
            Says::Better(true)
        }
        "worsened" | "worsening" | "deteriorated" | "deterioration" | "weakened" | "weakening" | "worse" | "weaker" => {
            Says::Better(false)
        }
        "ahead" | "beat" | "beating" | "beaten" | "outperformed" | "outperformance" | "favourably" | "favorably" => {
            Says::Ahead(true)
        }
        "behind" | "short" | "shy" | "adrift" | "lagged" | "lagging" | "trailed" | "trailing" | "missed"
        | "missing" | "miss" | "shortfall" | "underperformed" | "unfavourably" | "unfavorably" => Says::Ahead(false),
        "flat" | "unchanged" => Says::Same,
        "inside" | "within" => Says::Within(true),
        "outside" | "breached" => Says::Within(false),
        "slide" | "sliding" | "tightened" | "shrinking" | "decelerated" | "slowed" => Says::Moved(false),
        "accelerated" | "quickened" | "advanced" => Says::Moved(true),
        _ => Says::Moved(says_movement(stem)?),
    })
}

/// Whether a noun names the way of a change behind two numbers: `, an increase`, `: a miss`.
pub(super) fn is_outcome(stem: &str) -> bool {
    matches!(
        stem,
        "increase"
            | "rise"
            | "gain"
            | "improvement"
            | "decrease"
            | "reduction"
            | "fall"
            | "decline"
            | "drop"
            | "dip"
            | "shortfall"
            | "miss"
            | "overspend"
            | "underspend"
            | "overrun"
            | "outperformance"
            | "deterioration"
    )
}

/// Words that say nothing of which numbers these are.
pub(super) fn is_light(stem: &str) -> bool {
    const LIGHT: &[&str] = &[
        "the",
        "a",
        "an",
        "our",
        "its",
        "their",
        "this",
        "that",
        "these",
        "it",
        "they",
        "which",
        "we",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "having",
        "just",
        "only",
        "still",
        "now",
        "again",
        "well",
        "far",
        "some",
        "about",
        "slightly",
        "marginally",
        "modestly",
        "sharply",
        "comfortably",
        "slight",
        "modest",
        "sharp",
        "small",
        "further",
        "clear",
        "welcome",
        "somewhat",
        "much",
        "even",
        "also",
        "so",
        "thus",
        "therefore",
        "hence",
        "back",
        "did",
        "do",
        "came",
        "come",
        "finished",
        "ended",
        "closed",
        "landed",
        "stood",
        "stand",
        "remain",
        "remained",
        "running",
        "ran",
        "itself",
    ];
    LIGHT.contains(&stem)
}

/// Words of time that no period is read from: `the year before`, `at the end of June`.
pub(super) fn is_of_time(stem: &str) -> bool {
    const TIMES: &[&str] = &[
        "last",
        "prior",
        "previous",
        "ago",
        "before",
        "earlier",
        "year",
        "quarter",
        "month",
        "half",
        "week",
        "end",
        "opening",
        "preceding",
        "same",
        "period",
        "time",
        "start",
        "beginning",
        "date",
        "day",
        "restated",
        "recorded",
        "reported",
        "seen",
        "achieved",
        "first",
        "second",
        "third",
        "fourth",
    ];
    TIMES.contains(&stem)
}

/// Words that a sentence turns to another thing with.
pub(super) fn is_turn(stem: &str) -> bool {
    matches!(
        stem,
        "and"
            | "or"
            | "but"
            | "as"
            | "while"
            | "whilst"
            | "whereas"
            | "because"
            | "who"
            | "despite"
            | "due"
            | "driven"
            | "not"
            | "never"
            | "no"
            | "nor"
            | "neither"
            | "if"
            | "without"
            | "excluding"
            | "including"
            | "negative"
            | "overdrawn"
            | "when"
            | "where"
            | "before"
            | "offset"
            | "until"
            | "unless"
            | "would"
            | "will"
            | "should"
            | "could"
            | "may"
            | "might"
            | "expect"
            | "aim"
            | "between"
            | "i"
    )
}

/// Words of a turn behind which a sentence can go on about the same number: `below September's 96 but ahead of the 58 of a year ago`.
pub(super) fn goes_on(stem: &str) -> bool {
    matches!(stem, "and" | "but" | "though" | "although" | "yet" | "while" | "whilst")
}

/// Whether figures are put on another footing: of what grew so nobody says how it grew as reported.
pub(super) fn is_on_footing(stem: &str) -> bool {
    is_footing(stem) && !matches!(stem, "adjusted" | "average" | "underlying")
}

/// Whether a word says which side of zero an amount is on.
pub(super) fn is_signed(stem: &str) -> bool {
    matches!(stem, "loss" | "deficit" | "outflow" | "inflow" | "profit" | "surplus" | "credit" | "gain")
}
