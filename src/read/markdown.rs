//! Markdown decks: CommonMark and GitHub's extensions, and the slide tools that are built on them.
//!
//! Enters: the text of a file. Leaves: a [`Document`] with slides, roles, blocks and comments to tieout.
//! Invariant: every verbatim stretch of a flow is the very bytes of the file, whatever emphasis, entities and escapes did to it.
//!
//! How slides are told apart: a file that names its tool in front matter (`marp: true`, `format: revealjs`, a theme of
//! Slidev) is cut as that tool cuts it. Otherwise the lines show it: `???` is Remark's, settings between two `---` are
//! Slidev's, `slidenumbers: true` Deckset's. A file with about as many `---` lines as titles is a deck of unknown make and is
//! cut at them; one with fewer is a report, whose sections (headings of level 1 and 2) are its slides. Text directly
//! above `---` makes a heading of it, as CommonMark has it, except where the tool cuts before it parses (Slidev, Remark).

mod comment;
mod dialect;
mod front_matter;
mod inline;
mod lines;
pub(crate) mod outline;
mod sections;
mod table;
#[cfg(test)]
mod tests;
mod walk;

use crate::document::{Document, Flow, Role};
use crate::span::FileId;

use self::front_matter::FrontMatter;
use self::outline::Outline;

/// Reads a Markdown file. `role` is what configuration or the file's name says of the whole; headings and notes may say otherwise of parts.
pub fn read(file: FileId, text: &str, role: Role) -> Document {
    let front = front_matter::split(text);
    let mut document = super::empty(file, role);
    settle(&mut document, &front);
    let dialect = dialect::detect(text, &front);
    let mut outline = Outline::new(document, dialect);
    if let Some(value) = front.get("role").filter(|value| role_named(value.text()).is_none()) {
        outline.problem(format!("`{}` is no role: slides, appendix or notes", value.text()), value.whole());
    }
    for section in sections::plan(text, front.body, dialect) {
        if section.cut {
            outline.cut();
        }
        if let Some(period) = section.period {
            outline.slide_period(period);
        }
        outline.set_notes(section.notes);
        walk::walk(text, section.range, &mut outline);
    }
    outline.finish()
}

/// What front matter says of the whole document.
fn settle(document: &mut Document, front: &FrontMatter) {
    let said = |key: &str| front.get(key).filter(|value| !value.is_blank()).cloned();
    document.title = said("title").or_else(|| said("Title"));
    document.period = said("period");
    document.language =
        ["lang", "language", "locale"].iter().find_map(|key| said(key)).map(|value: Flow| value.text().to_owned());
    if let Some(role) = front.text("role").and_then(role_named) {
        document.role = role;
    }
}

fn role_named(name: &str) -> Option<Role> {
    match name.trim().to_ascii_lowercase().as_str() {
        "slides" | "deck" => Some(Role::Slides),
        "appendix" => Some(Role::Appendix),
        "notes" => Some(Role::Notes),
        _ => None,
    }
}
