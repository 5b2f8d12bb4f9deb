//! The keys of a metric file, with their meaning.
//!
//! Enters: nothing. Leaves: declarations, for the reader and for the JSON Schema.
//! Invariant: the reader takes its known keys from here.

use super::{BETTER, PERIOD_TYPES, ROUNDINGS};
use crate::node::decode::CALENDAR;
use crate::node::shape::{Key, Mapping, Others, Shape, words};

/// The file.
pub(crate) const METRIC_FILE: Mapping = Mapping {
    may_be_empty: true,
    ..Mapping::closed(
        "metrics",
        "What is true, as finance signs it off: metrics with their definitions and values.",
        &[
            Key::new("version", Shape::Version, "The version of this format."),
            Key::new("description", Shape::Anything, "What the file is about, for its readers."),
            Key::new("owner", Shape::Text, "Who answers for the metrics that name nobody."),
            Key::new("as_of", Shape::Period, "The day or period that the figures were closed at."),
            Key::new("calendar", Shape::Mapping(&CALENDAR), "The fiscal calendar of the figures."),
            Key::new("defaults", Shape::Mapping(&DEFAULTS), "What holds for values that do not say it."),
            Key::required("metrics", Shape::List(&Shape::Mapping(&METRIC)), "The metrics, each once."),
            Key::new(
                "dimensions",
                Shape::Mapping(&DIMENSIONS),
                "Named sets of segments, for `sum(revenue, by: region)`: `region: [Americas, EMEA, APAC]`.",
            ),
            Key::new(
                "checks",
                Shape::List(&Shape::Equation),
                "Equations that must hold in every period: `revenue == sum(revenue, by: region)`.",
            ),
        ],
    )
};

/// `defaults:`.
pub(super) const DEFAULTS: Mapping = Mapping::closed(
    "defaults",
    "What holds for values that do not say it.",
    &[
        Key::new("currency", Shape::Text, "The currency of amounts that name none, by its ISO 4217 code: `USD`."),
        Key::new("scenario", Shape::Text, "The scenario of `values`: `actual` when it is missing."),
    ],
);

/// `dimensions:`.
const DIMENSIONS: Mapping = Mapping {
    others: Others::Named("the name of a dimension", Shape::List(&Shape::Text)),
    ..Mapping::closed("dimensions", "Named sets of segments.", &[])
};

/// A metric.
pub(super) const METRIC: Mapping = Mapping {
    others: Others::Named(
        "a scenario, such as plan, budget, forecast or guidance",
        Shape::Optional(&Shape::Mapping(&SERIES)),
    ),
    ..Mapping::closed(
        "metric",
        "A metric: its names, its definition and its values by period.",
        &[
            Key::required("name", Shape::Text, "Its key, by which formulas and other files call it: `gross_margin`."),
            Key::new("label", Shape::Text, "What people call it. The words of its name when it is missing."),
            Key::new("synonyms", Shape::Texts, "What else people call it."),
            Key::new("not", Shape::Texts, "Longer phrases that contain its name and are other things: `net new ARR`."),
            Key::new("description", Shape::Text, "Its definition, with which definitions in the deck are compared."),
            Key::new(
                "unit",
                Shape::Text,
                "What it is measured in: an ISO 4217 code, `percent`, `pp`, `bps`, `x`, `count`, `days`, `months`, or a word of your own. `USD thousands` scales plain numbers.",
            ),
            Key::new(
                "period_type",
                Shape::Word(|| words(PERIOD_TYPES)),
                "`instant`: a balance, such as cash or ARR. `duration`: a flow, such as revenue, whose quarters add up to the year.",
            ),
            Key::new("better", Shape::Word(|| words(BETTER)), "Which way is good."),
            Key::new("owner", Shape::Text, "Who answers for it."),
            Key::new("source", Shape::Text, "Where the owner takes it from: a system, a report."),
            Key::new("values", Shape::Optional(&Shape::Mapping(&SERIES)), "Its values by period."),
            Key::new("segments", Shape::Mapping(&SEGMENTS), "Its values by part: region, product, channel."),
            Key::new(
                "formula",
                Shape::Text,
                "How it follows from other metrics: `gross_profit / revenue`. It supplies values that are not given and is held against those that are. Knows + - * / and brackets, `sum(metric, by: dimension)`, `prior(metric)`, `year_ago(metric)`.",
            ),
            Key::new(
                "rounding",
                Shape::Word(|| words(ROUNDINGS)),
                "`truncate` where figures are cut off rather than rounded.",
            ),
            Key::new(
                "accept",
                Shape::List(&Shape::Mapping(&ACCEPTED)),
                "Other values that a deck may state: a preliminary close, a figure before restatement.",
            ),
        ],
    )
};

/// Values by period.
const SERIES: Mapping = Mapping {
    others: Others::Named("a period", Shape::Amount),
    ..Mapping::closed("series", "Values by period: `FY2025-Q3: 42_318_204`.", &[])
};

/// `segments:`.
const SEGMENTS: Mapping = Mapping {
    others: Others::Named("the name of a segment", Shape::Mapping(&SEGMENT)),
    ..Mapping::closed("segments", "Values by segment.", &[])
};

/// A segment.
pub(super) const SEGMENT: Mapping = Mapping {
    others: Others::Named("a period, or a scenario", Shape::Either(&[Shape::Amount, Shape::Mapping(&SERIES)])),
    ..Mapping::closed(
        "segment",
        "The values of a segment by period, or by scenario and period.",
        &[Key::new("values", Shape::Mapping(&SERIES), "Its values by period, beside those of other scenarios.")],
    )
};

/// `accept:`.
pub(super) const ACCEPTED: Mapping = Mapping::closed(
    "accepted",
    "A value other than the source's that a deck may state.",
    &[
        Key::required("period", Shape::Period, "Of which period."),
        Key::required("value", Shape::Amount, "What may be stated."),
        Key::required("reason", Shape::Text, "Who agreed to it, and why."),
        Key::new("scenario", Shape::Text, "Of which scenario; the default one when it is missing."),
        Key::new("segment", Shape::Text, "Of which segment; the whole when it is missing."),
    ],
);
