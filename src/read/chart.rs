//! Fenced blocks whose language says that they are more than code.
//!
//! Enters: the info string of a fence and its text. Leaves: tables, or what is wrong with the data.
//! Invariant: a language that holds no data of the deck gives nothing.

use crate::document::{Flow, Problem, Table};

/// Whether a fence passes HTML through to the slide: `=html` in djot, `{=html}` in pandoc.
pub(crate) fn is_html(info: &str) -> bool {
    matches!(info.trim(), "=html" | "{=html}")
}

/// Reads a fenced block; `None` when its language holds no data.
pub(crate) fn read(_info: &str, _source: &Flow) -> Option<Result<Vec<Table>, Problem>> {
    None
}
