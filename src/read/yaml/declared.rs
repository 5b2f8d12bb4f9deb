//! The documented form of a deck that a slide tool exports, for editors.
//!
//! Enters: nothing. Leaves: declarations for the JSON Schema.
//! Invariant: every key that is declared here is understood by `keys`; any other export is read all the same.

use crate::node::shape::{Key, Mapping, Others, Shape};

/// Keys with a documented meaning among whatever else an export holds.
const fn open(name: &'static str, about: &'static str, keys: &'static [Key]) -> Mapping {
    Mapping { others: Others::Anything, may_be_empty: true, ..Mapping::closed(name, about, keys) }
}

/// The file.
pub(crate) const DECK: Mapping = open(
    "slides",
    "A deck as slides. Any other YAML or JSON export is read too: this is the form that leaves nothing to be worked out.",
    &[
        Key::new("title", Shape::Text, "The deck's title."),
        Key::new("period", Shape::Text, "The reporting period of slides that state none: `FY2025-Q3`, `Q3 FY25`."),
        Key::new("role", ROLE, "The part of this file in the deck: what the appendix states counts as a source."),
        Key::new("language", Shape::Text, "The language of the text, where it is not English: `de`."),
        Key::new("slides", Shape::List(&Shape::Mapping(&SLIDE)), "The slides in their order."),
    ],
);

const ROLE: Shape = Shape::Word(|| vec!["slides", "appendix", "notes"]);

/// A slide.
pub(super) const SLIDE: Mapping = open(
    "slide",
    "A slide.",
    &[
        Key::new("title", Shape::Text, "Its title. One that begins with Appendix or Backup opens the appendix."),
        Key::new("subtitle", Shape::Text, "What stands under the title."),
        Key::new("period", Shape::Text, "Its reporting period, where it is not the deck's."),
        Key::new("role", ROLE, "Its part in the deck, where it is not the file's."),
        Key::new("bullets", TEXTS, "Points, each a text or a list of points below it."),
        Key::new("body", TEXTS, "Running text."),
        Key::new("notes", TEXTS, "What the speaker says."),
        Key::new("table", Shape::Either(&[Shape::Mapping(&TABLE), ROWS]), "A table."),
        Key::new("chart", Shape::Mapping(&CHART), "A chart, with the numbers that it draws."),
        Key::new("tiles", Shape::List(&Shape::Mapping(&TILE)), "Numbers that stand by themselves, with their labels."),
        Key::new("footnotes", Shape::Anything, "Footnotes: a list, or a mapping by their marks."),
    ],
);

const TEXTS: Shape = Shape::Either(&[Shape::Text, Shape::List(&Shape::Anything)]);

const ROWS: Shape = Shape::List(&Shape::Anything);

/// A table.
pub(super) const TABLE: Mapping = open(
    "table",
    "A table.",
    &[
        Key::new("columns", Shape::List(&Shape::Anything), "The column headers, from the left."),
        Key::required("rows", ROWS, "The rows: lists of cells, or mappings from column to cell."),
        Key::new("caption", Shape::Text, "What the table is about: a metric, a period, `in thousands`."),
        Key::new("unit", Shape::Text, "What its numbers are in: `$ thousands`, `percent`."),
    ],
);

/// A chart.
pub(super) const CHART: Mapping = open(
    "chart",
    "A chart, with the numbers that it draws.",
    &[
        Key::new("type", Shape::Text, "How it is drawn: `bar`, `line`, `pie`, `waterfall`."),
        Key::new("title", Shape::Text, "What it shows."),
        Key::new("x", Shape::Anything, "The categories, mostly periods, in the order of the values."),
        Key::new("unit", Shape::Text, "What its numbers are in."),
        Key::new("series", Shape::List(&Shape::Mapping(&SERIES)), "The series that are drawn."),
        Key::new("data", Shape::Anything, "Instead of `series`: values by category, or a list of points."),
    ],
);

/// A series of a chart.
const SERIES: Mapping = open(
    "series",
    "A series of a chart.",
    &[
        Key::new("name", Shape::Text, "What it shows: a metric, a segment, a scenario."),
        Key::required("values", Shape::Anything, "Its values: in the order of `x`, or by category."),
    ],
);

/// A tile.
pub(super) const TILE: Mapping = open(
    "tile",
    "A number that stands by itself.",
    &[
        Key::required("value", Shape::Text, "The number as it is shown: `$42.3M`."),
        Key::required("label", Shape::Text, "What it is: `ARR`, `ARR, Q3 FY25`."),
    ],
);
