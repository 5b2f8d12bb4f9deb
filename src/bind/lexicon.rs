//! The small words of finance prose that give a number its role.
//!
//! Enters: stems. Leaves: what each says about the number beside it.
//! Invariant: no word that makes another metric of a name leaves names alone.

use crate::claim::Direction;

/// What a word says about the numbers beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cue {
    /// `rose`, `up`, `higher`: a change follows or precedes.
    Move(Direction),
    /// `from`: an earlier level follows.
    From,
    /// `to`: a level follows.
    To,
    /// `→`: a later level follows.
    Arrow,
    /// `by`: an amount of change follows.
    By,
    /// `vs`, `against`, `compared`, `than`: another level follows.
    Versus,
    /// `of`, `in`.
    Of,
    /// `ahead`, `above`, `over`, `exceeding`: on the high side of a plan.
    Beyond,
    /// `under`, `below`, `short`, `behind`: on the low side of a plan.
    Short,
    /// `cheaper than`, `stronger than`: by how much something differs stands before it, which way is left to the thing.
    Compared,
    /// `growth`, `increase` as nouns.
    Noun(Direction),
    /// `was`, `were`, `is`, `at`, `totalled`, `reached`.
    Is,
    /// `respectively`.
    Respectively,
    /// `including`, `of which`: a part follows.
    Part,
    /// `over`, `under`: a plan's high or low side where a plan is spoken of, and nothing elsewhere.
    Over(Direction),
    /// `favourable`, `adverse`, `overspent`: better or worse than a plan.
    Rated(Direction),
    /// `variance` as a noun: signed figures after it are against a plan.
    Variance,
    /// `per`, `each`, `average`: a number of another kind.
    Per,
    /// Words of other people's numbers.
    Foreign,
    /// Words of numbers that are not yet so.
    Future,
    /// `would`: words of what is not so, or not yet.
    Would,
    /// `or`: the same thing in other terms.
    Or,
    /// `due to`, `driven by`: what follows explains the number before and is another.
    Because,
    /// `offset by`, `consisting of`: what follows is taken off the number before or makes it up.
    Made,
    /// `related to`, `attributable to`: what follows narrows the noun before, or explains the number before.
    Regarding,
}

/// Looks a stem up. Stems are lower case and singular.
pub(super) fn cue(stem: &str) -> Option<Cue> {
    Some(match stem {
        "up" | "grew" | "grow" | "growing" | "grown" | "rose" | "rise" | "risen" | "rising" | "increased"
        | "increasing" | "climbed" | "jumped" | "gained" | "widened" | "advanced" | "expanded" | "surged"
        | "rebounded" | "recovered" | "firmed" | "lengthened" | "leapt" | "swelled" | "spiked" | "higher" | "more"
        | "bigger" | "larger" | "strengthened" | "accelerated" | "soared" | "wider" | "longer" => {
            Cue::Move(Direction::Up)
        }
        "down" | "fell" | "fall" | "fallen" | "falling" | "decreased" | "decreasing" | "declined" | "declining"
        | "dropped" | "lower" | "slipped" | "reduced" | "narrowed" | "shrank" | "shrunk" | "weakened" | "eased"
        | "shortened" | "plunged" | "slumped" | "fewer" | "smaller" | "contracted" | "softened" | "slid" | "dipped"
        | "retreated" | "tumbled" | "sank" | "narrower" | "shorter" | "lighter" | "shrink" | "less" => {
            Cue::Move(Direction::Down)
        }
        "improved" | "improving" | "better" | "faster" | "quicker" => Cue::Move(Direction::Better),
        "worse" | "worsened" | "deteriorated" | "worsening" | "slower" => Cue::Move(Direction::Worse),
        "growth" | "increase" | "gain" | "jump" | "uplift" | "expansion" => Cue::Noun(Direction::Up),
        "improvement" => Cue::Noun(Direction::Better),
        "deterioration" => Cue::Noun(Direction::Worse),
        "decrease" | "decline" | "drop" | "reduction" | "shortfall" => Cue::Noun(Direction::Down),
        "from" => Cue::From,
        "to" => Cue::To,
        "by" => Cue::By,
        "v" | "vs" | "versus" | "against" | "compared" | "compare" | "comparing" | "than" | "after" | "relative" => {
            Cue::Versus
        }
        "of" | "in" => Cue::Of,
        "ahead" | "above" | "exceeding" | "exceeded" | "beat" | "beating" | "outperformed" => Cue::Beyond,
        "favourable" | "favorable" | "underspend" | "underspent" | "underspending" | "underran" => {
            Cue::Rated(Direction::Better)
        }
        "adverse" | "unfavourable" | "unfavorable" | "overspend" | "overspent" | "overspending" | "overran"
        | "overrun" => Cue::Rated(Direction::Worse),
        "below" | "short" | "light" | "shy" | "behind" | "missed" | "missing" | "adrift" | "inside" => Cue::Short,
        "was" | "were" | "is" | "are" | "at" | "totalled" | "totaled" | "totalling" | "totaling" | "reached"
        | "came" | "numbered" | "stood" | "stand" | "ended" | "remained" | "amounted" | "hit" | "landed"
        | "finished" => Cue::Is,
        "respectively" => Cue::Respectively,
        "including" | "include" | "included" | "contain" | "contained" | "thereof" => Cue::Part,
        "over" => Cue::Over(Direction::Up),
        "under" => Cue::Over(Direction::Down),
        "variance" => Cue::Variance,
        "per" | "each" | "every" => Cue::Per,
        "published" | "originally" | "previously" | "preliminary" | "withdrawn" | "formerly" | "restated" | "peer"
        | "nationally" | "nationwide" | "flash" | "industry" | "competitor" | "sector" | "benchmark" | "median"
        | "survey" | "analyst" | "market" | "rival" => Cue::Foreign,
        "expect" | "expected" | "expecting" | "hope" | "hoped" | "hoping" | "pledge" | "wish" | "will"
        | "anticipate" | "anticipated" | "aim" | "ambition" | "goal" | "aspire" | "intend" | "projected"
        | "projection" => Cue::Future,
        "would" | "could" | "should" => Cue::Would,
        "or" => Cue::Or,
        "due" | "driven" | "resulting" | "resulted" | "because" | "owing" | "reflecting" | "reflected" | "caused"
        | "primarily" | "mainly" | "principally" | "partially" | "partly" | "excluding" | "helped" | "thank"
        | "following" => Cue::Because,
        "offset" | "consisting" | "comprising" | "comprised" | "comprise" => Cue::Made,
        "attributable" | "associated" | "related" => Cue::Regarding,
        _ => return None,
    })
}

/// Words that may stand before a name without making it the name of something else.
/// Everything that is no noun or adjective of kind: function words, verbs of stating, and adjectives of degree.
const TRANSPARENT: &[&str] = &[
    "the",
    "a",
    "an",
    "our",
    "its",
    "their",
    "his",
    "this",
    "that",
    "these",
    "those",
    "all",
    "both",
    "and",
    "or",
    "but",
    "while",
    "whereas",
    "with",
    "of",
    "in",
    "on",
    "for",
    "at",
    "by",
    "to",
    "from",
    "as",
    "than",
    "against",
    "versus",
    "vs",
    "per",
    "when",
    "where",
    "because",
    "since",
    "after",
    "before",
    "during",
    "through",
    "into",
    "is",
    "i",
    "was",
    "were",
    "are",
    "be",
    "been",
    "has",
    "had",
    "have",
    "total",
    "overall",
    "group",
    "company",
    "consolidated",
    "reported",
    "actual",
    "current",
    "closing",
    "ending",
    "higher",
    "lower",
    "strong",
    "stronger",
    "record",
    "increased",
    "decreased",
    "reduced",
    "improved",
    "growing",
    "declining",
    "flat",
    "we",
    "it",
    "they",
    "that",
    "which",
    "also",
    "only",
    "still",
    "even",
    "however",
    "meanwhile",
    "sequentially",
    "quarterly",
    "annual",
    "yearly",
    "monthly",
    "full",
    "fiscal",
    "year",
    "quarter",
    "month",
    "half",
    "date",
    "planned",
    "budgeted",
    "budget",
    "plan",
    "forecast",
    "expected",
    "target",
    "more",
    "less",
    "about",
    "generated",
    "delivered",
    "recorded",
    "achieved",
    "posted",
    "saw",
    "drove",
    "driving",
    "mean",
    "meant",
    "s",
    "million",
    "billion",
    "thousand",
    "respectively",
    "including",
    "not",
    "no",
    "now",
    "then",
    "thus",
    "so",
    "if",
    "our",
    "overall",
    "combined",
    "aggregate",
    "opening",
    "beginning",
    "whole",
    "just",
    "back",
    "again",
    "almost",
    "already",
    "further",
    "another",
    "once",
    "too",
    "well",
    "straight",
    "consecutive",
    "successive",
    "first",
    "second",
    "third",
    "fourth",
    "division",
    "segment",
    "plus",
];

/// Whether a word directly before a name leaves its identity alone.
pub(super) fn is_transparent(stem: &str) -> bool {
    TRANSPARENT.contains(&stem) || stem.chars().all(|c| c.is_ascii_digit() || c == '%')
}

/// Verbs of stating and doing that the endings do not give away.
const VERBS: &[&str] = &[
    "brought",
    "took",
    "made",
    "gave",
    "held",
    "sold",
    "cost",
    "paid",
    "won",
    "kept",
    "met",
    "ran",
    "came",
    "went",
    "saw",
    "left",
    "got",
    "had",
    "has",
    "have",
    "did",
    "do",
    "can",
    "may",
    "must",
    "remain",
    "show",
    "showed",
    "contribute",
    "account",
    "carry",
    "bring",
    "take",
    "make",
    "give",
    "hold",
    "sell",
    "pay",
    "win",
    "keep",
    "meet",
    "run",
    "deliver",
    "generate",
    "produce",
    "drew",
    "spent",
    "spend",
    "became",
    "become",
    "began",
    "begin",
    "landed",
    "finish",
    "end",
    "close",
    "open",
    "report",
    "include",
];

/// Nouns with the ending of a verb.
const THINGS: &[&str] = &[
    "accounting",
    "advertising",
    "bed",
    "billing",
    "booking",
    "borrowing",
    "building",
    "catering",
    "consulting",
    "earning",
    "engineering",
    "financing",
    "funding",
    "holding",
    "housing",
    "landing",
    "lending",
    "licensing",
    "listing",
    "manufacturing",
    "marketing",
    "nursing",
    "parking",
    "saving",
    "seed",
    "speed",
    "teaching",
    "ticketing",
    "training",
];

/// Whether a word is a verb, as far as its form tells.
pub(super) fn is_verb(stem: &str) -> bool {
    (stem.ends_with("ed") || stem.ends_with("ing")) && !THINGS.contains(&stem) || VERBS.contains(&stem)
}

/// Whether a word has the form of a participle, which may say of what kind the noun beside it is.
pub(super) fn is_participle(stem: &str) -> bool {
    stem.len() > 4 && (stem.ends_with("ed") || stem.ends_with("ing")) && is_verb(stem)
}

/// Words that change what a name means wherever they stand beside it (design, section 7).
const MODIFIERS: &[&str] = &[
    "net",
    "new",
    "gross",
    "adjusted",
    "underlying",
    "statutory",
    "organic",
    "constant",
    "pro",
    "forma",
    "gaap",
    "ifr",
    "average",
    "cumulative",
    "recurring",
    "deferred",
    "restricted",
    "unrestricted",
    "free",
    "operating",
    "normalised",
    "normalized",
    "annualised",
    "annualized",
    "weighted",
    "median",
    "incremental",
    "like",
    "recognised",
    "recognized",
    "unbilled",
    "diluted",
    "basic",
];

/// Whether a word is a modifier that makes another metric.
pub(super) fn is_modifier(stem: &str) -> bool {
    MODIFIERS.contains(&stem)
}

/// Whether a word is one for what a number has to keep to: a covenant, a regulator's minimum, a policy's limit.
pub(super) fn is_limit(stem: &str) -> bool {
    const LIMITS: &[&str] = &[
        "covenant",
        "limit",
        "floor",
        "ceiling",
        "minimum",
        "maximum",
        "threshold",
        "requirement",
        "required",
        "hurdle",
    ];
    LIMITS.contains(&stem)
}

/// Whether a word says that figures are put on another footing than the reported one.
pub(super) fn is_basis(stem: &str) -> bool {
    const BASES: &[&str] = &["adjusted", "underlying", "organic", "constant", "normalised", "normalized", "forma"];
    BASES.contains(&stem)
}

/// Words that, directly after a name, make it the name of something else: `revenue growth`, `customer churn`.
const HEADS: &[&str] = &[
    "per",
    "growth",
    "margin",
    "ratio",
    "rate",
    "share",
    "mix",
    "cost",
    "conversion",
    "coverage",
    "multiple",
    "yield",
    "tax",
    "expense",
    "charge",
    "day",
    "target",
    "ceiling",
    "threshold",
    "synergy",
    "recognition",
    "base",
    "pipeline",
    "backlog",
    "capacity",
];

/// Whether a word directly after a name makes it another name.
pub(super) fn is_head(stem: &str) -> bool {
    HEADS.contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_never_transparent() {
        let both: Vec<_> = MODIFIERS.iter().filter(|word| TRANSPARENT.contains(word)).collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
