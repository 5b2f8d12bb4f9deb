//! The words by which a sentence says that numbers moved, and those that make them numbers of several things.
//!
//! Enters: words. Leaves: what each says. Invariant: a word of movement says up or down of any thing; what is `better` or `stronger`
//! depends on the thing and stands elsewhere.

/// Whether a verb, noun or adverb of movement says up. What is `better` or `stronger` depends on the thing.
pub(crate) fn says_movement(stem: &str) -> Option<bool> {
    match stem {
        "up" | "rose" | "rise" | "risen" | "rising" | "grew" | "grow" | "grown" | "growing" | "growth" | "gain"
        | "increase" | "increased" | "increasing" | "climb" | "climbed" | "climbing" | "jump" | "jumped"
        | "expanded" | "expansion" | "surged" | "soared" | "leapt" | "spiked" | "swelled" | "ballooned" | "widened"
        | "lengthened" | "higher" | "raised" | "lifted" | "boosted" | "gained" | "firmed" => Some(true),
        "down" | "fell" | "fall" | "fallen" | "falling" | "decrease" | "decreased" | "decreasing" | "decline"
        | "declined" | "declining" | "drop" | "dropped" | "dropping" | "reduced" | "reduction" | "shrank"
        | "shrunk" | "slipped" | "slid" | "sank" | "eased" | "dipped" | "dip" | "narrowed" | "shortened"
        | "contracted" | "contraction" | "plunged" | "plummeted" | "slumped" | "tumbled" | "softened" | "moderated"
        | "receded" | "lower" | "lowered" | "cut" | "trimmed" => Some(false),
        _ => None,
    }
}

/// Whether a word sets a number beside another: `against`, `vs`, `compared`.
pub(super) fn is_versus(stem: &str) -> bool {
    matches!(stem, "against" | "versus" | "vs" | "v" | "compared" | "compare")
}

/// Whether another thing is spoken of behind a word.
pub(super) fn is_elsewhere(stem: &str) -> bool {
    is_versus(stem)
        || matches!(
            stem,
            "and"
                | "or"
                | "as"
                | "while"
                | "whilst"
                | "whereas"
                | "because"
                | "which"
                | "but"
                | "that"
                | "with"
                | "after"
                | "before"
                | "since"
                | "when"
                | "where"
                | "who"
                | "so"
                | "than"
                | "despite"
                | "due"
                | "driven"
                | "plan"
                | "budget"
                | "target"
                | "forecast"
                | "guidance"
                | "not"
                | "never"
                | "if"
                | "without"
                | "excluding"
                | "including"
                | "loss"
                | "deficit"
                | "profit"
                | "surplus"
                | "inflow"
                | "outflow"
                | "negative"
                | "overdrawn"
        )
}

/// Whether a word puts figures on another footing: what grows 12% so did not grow 12% as reported.
pub(crate) fn is_footing(stem: &str) -> bool {
    matches!(
        stem,
        "organic"
            | "organically"
            | "constant"
            | "underlying"
            | "like"
            | "comparable"
            | "real"
            | "adjusted"
            | "excluding"
            | "annualised"
            | "annualized"
            | "average"
            | "ex"
            | "pro"
            | "cumulative"
    )
}

/// Whether a word may stand between an amount of movement and its link: `28% year over year from`.
pub(super) fn is_of_time(stem: &str) -> bool {
    matches!(
        stem,
        "to" | "from" | "on" | "a" | "the" | "year" | "over" | "quarter" | "month" | "yoy" | "qoq" | "mom" | "just"
    )
}

/// Whether a word is a verb that says nothing of the way: of `growth slowed to` it is the verb, and not growth, that moves.
pub(super) fn is_other_verb(stem: &str) -> bool {
    stem.ends_with("ed")
        || matches!(
            stem,
            "took" | "drove" | "brought" | "kept" | "left" | "sent" | "came" | "put" | "made" | "meant" | "held"
        )
}
