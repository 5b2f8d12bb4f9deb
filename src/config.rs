//! `tieout.yaml`: what a deck repository settles once.
//!
//! Enters: the file, found by walking up from the paths given. Leaves: a [`Config`], every key checked.
//! Invariant: an unknown key is an error with a suggestion, never ignored.

pub(crate) mod anchor;

use std::collections::BTreeMap;

pub use self::anchor::Anchor;
use crate::document::Role;
use crate::finding::Level;
use crate::period::{Calendar, Period};
use crate::source::Located;

/// The settings of a run.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Reporting period of documents that state none.
    pub period: Option<Period>,
    /// The fiscal calendar.
    pub calendar: Option<Calendar>,
    /// Settings by document path.
    pub documents: Vec<DocumentSettings>,
    /// Metric files.
    pub sources: Vec<Located<String>>,
    /// Level by rule name.
    pub rules: BTreeMap<String, Level>,
    /// Accepted findings.
    pub waivers: Vec<ConfigWaiver>,
    /// Where the paths in it start from.
    pub anchor: Anchor,
}

/// What configuration says of one document.
#[derive(Clone, Debug)]
pub struct DocumentSettings {
    /// Path relative to the configuration file; `*` and `?` match within it.
    pub path: String,
    /// Its role.
    pub role: Option<Role>,
    /// Its reporting period.
    pub period: Option<Period>,
}

/// A finding that a human accepted.
#[derive(Clone, Debug)]
pub struct ConfigWaiver {
    /// Which rule.
    pub rule: String,
    /// In which document.
    pub path: Option<String>,
    /// At which number, as written.
    pub text: Option<String>,
    /// Why.
    pub reason: String,
    /// Where the waiver stands.
    pub place: crate::span::Place,
}
