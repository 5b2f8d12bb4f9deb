//! The keys of `tieout.yaml`, with their meaning.
//!
//! Enters: nothing. Leaves: declarations, for the reader and for the JSON Schema.
//! Invariant: the reader takes its known keys from here.

use super::{DECIMALS, DELIMITERS, LAYOUTS, LEVELS, ROLES};
use crate::node::decode::CALENDAR;
use crate::node::shape::{Key, Mapping, Others, Shape, words};

/// The file.
pub(crate) const CONFIG: Mapping = Mapping {
    may_be_empty: true,
    ..Mapping::closed(
        "config",
        "What a deck repository settles once: `tieout.yaml`, in the deck's folder or above it.",
        &[
            Key::new("version", Shape::Version, "The version of this format."),
            Key::new("period", Shape::Period, "The reporting period of documents that state none."),
            Key::new("calendar", Shape::Mapping(&CALENDAR), "The fiscal calendar, unless a source declares it."),
            Key::new(
                "documents",
                Shape::List(&Shape::Either(&[Shape::Text, Shape::Mapping(&DOCUMENT)])),
                "What is settled about single documents. Of several entries that cover one, the first that says something about a thing counts.",
            ),
            Key::new(
                "sources",
                Shape::List(&Shape::Either(&[Shape::Text, Shape::Mapping(&SOURCE)])),
                "The metric files: these and no others. Without it, those are used that stand in the folders that are checked.",
            ),
            Key::new(
                "first_source_wins",
                Shape::Switch,
                "Whether the first source that states a fact settles it. Otherwise two sources that differ are a finding.",
            ),
            Key::new("rules", Shape::Mapping(&LEVEL_OF_RULE), "How much each rule matters."),
            Key::new("waivers", Shape::List(&Shape::Mapping(&WAIVER)), "Findings that a human accepted."),
        ],
    )
};

/// What is settled about a document.
pub(super) const DOCUMENT: Mapping = Mapping::closed(
    "document",
    "What is settled about one document.",
    &[
        Key::required(
            "path",
            Shape::Text,
            "A file or folder, from the folder of this file. `*` stands for any part of a name, `?` for one character, `**` for any folders.",
        ),
        Key::new(
            "role",
            Shape::Word(|| words(ROLES)),
            "Its part in the deck: what the appendix states counts as a source for the slides.",
        ),
        Key::new("period", Shape::Period, "Its reporting period."),
        Key::new("rules", Shape::Mapping(&LEVEL_OF_RULE), "How much each rule matters there."),
    ],
);

/// A metric file.
pub(super) const SOURCE: Mapping = Mapping::closed(
    "source",
    "A metric file and how it is to be read. What is not settled is found out from the file.",
    &[
        Key::required(
            "path",
            Shape::Text,
            "A YAML, JSON or CSV file, or a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), from the folder of this file.",
        ),
        Key::new("sheet", Shape::Text, "The sheet of a workbook. The first one when it is missing."),
        Key::new("header_row", Shape::Row, "The row with the column names, as the spreadsheet counts rows."),
        Key::new(
            "layout",
            Shape::Word(|| words(LAYOUTS)),
            "`long`: a row a fact, with columns metric, period, scenario, segment, value, unit. `wide`: a row a metric, a column a period.",
        ),
        Key::new("decimal", Shape::Word(|| words(DECIMALS)), "The decimal mark of a CSV file."),
        Key::new("delimiter", Shape::Word(|| words(DELIMITERS)), "What stands between the fields of a CSV file."),
    ],
);

/// `rules:`.
const LEVEL_OF_RULE: Mapping = Mapping {
    others: Others::Rules(|| words(LEVELS)),
    ..Mapping::closed(
        "rules",
        "The level of rules by their name. `tieout rules` lists them with their own levels.",
        &[],
    )
};

/// A waiver.
pub(super) const WAIVER: Mapping = Mapping::closed(
    "waiver",
    "A finding that a human accepted. One that covers no finding is itself a finding.",
    &[
        Key::required("rule", Shape::Rule, "The rule whose findings are accepted."),
        Key::new(
            "path",
            Shape::Text,
            "The documents that it covers, written as under `documents`. All when it is missing.",
        ),
        Key::new("text", Shape::Text, "The number that it covers, as the document writes it. Any when it is missing."),
        Key::required("reason", Shape::Text, "Who agreed to it, and why."),
    ],
);
