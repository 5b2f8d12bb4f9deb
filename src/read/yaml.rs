//! YAML and JSON exports: the documented `slides:` schema, and any other.
//!
//! Enters: a file's text. Leaves: a [`Document`] whose every scalar maps back to its bytes, block scalars included.
//! Invariant: an unknown key is never an error; what is not understood is still read, in document order, with its keys.
//!
//! The documented schema is a special case of the walk over any export: each key has a class (`keys`), each class reads the
//! shapes that tools write under such keys, and what has no class is read by its shape.

mod chart;
pub(crate) mod declared;
mod keys;
mod outline;
mod prose;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod walk;

use crate::document::{Directive, Document, Problem, Role};
use crate::error::Failure;
use crate::node::{self, Node, Value};
use crate::span::{FileId, Place, Span};

use outline::Outline;
use walk::Walk;

/// Keys of a deck's root that are settings of the document.
const SETTINGS: &[&str] = &["title", "deck", "period", "role", "lang", "language", "locale"];

/// Reads a YAML or JSON file. Broken syntax is a failure, since nothing of the file can be trusted then.
pub fn read(file: FileId, text: &str, role: Role) -> Result<Document, Failure> {
    let tree = node::parse(text).map_err(|error| {
        let place = Place { file, span: error.span };
        // Exports are JSON more often than YAML that starts with a bracket.
        let language = if text.trim_start().starts_with(['{', '[']) { "JSON" } else { "YAML" };
        Failure::at(place, format!("this is not valid {language}: {}", error.message))
    })?;
    let roots: Vec<Node> = tree.root.into_iter().chain(tree.further).map(unwrapped).collect();
    let problems = roots.iter().flat_map(given_twice).collect();
    let one_slide_each = roots.iter().filter(|root| shape::is_section(root)).count() > 1;
    let mut document = Document { problems, ..super::empty(file, role) };
    let settle = |root| if one_slide_each && shape::is_section(&root) { root } else { settle(root, &mut document) };
    let roots: Vec<Node> = roots.into_iter().map(settle).collect();
    let mut walk = Walk { outline: Outline::new(document) };
    for root in &roots {
        match &root.value {
            Value::Mapping(entries) if entries.is_empty() => {}
            Value::Mapping(_) if one_slide_each && root.get("slides").is_none() => walk.slide_root(root),
            _ => walk.root(root),
        }
    }
    let mut document = walk.outline.document;
    document.directives = directives(&tree.comments, &document);
    Ok(document)
}

/// The deck inside `{presentation: {title: …, slides: […]}}`.
fn unwrapped(root: Node) -> Node {
    let is_deck = |(key, deck): &(Node, Node)| {
        let wraps = key.text().is_some_and(|key| matches!(key, "presentation" | "deck" | "document" | "report"));
        wraps && ["slides", "pages", "sections"].iter().any(|key| deck.get(key).is_some())
    };
    match root.value {
        Value::Mapping(mut entries) if entries.len() == 1 && is_deck(&entries[0]) => {
            entries.pop().map_or_else(|| Node { span: root.span, value: Value::Mapping(Vec::new()) }, |(_, deck)| deck)
        }
        value => Node { span: root.span, value },
    }
}

/// Keys that stand twice in a mapping: what one of them says is on no slide.
fn given_twice(root: &Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut ahead = vec![root];
    while let Some(node) = ahead.pop() {
        for (_, again) in node.duplicate_keys() {
            let key = again.text().map(|key| key.chars().take(60).collect::<String>()).unwrap_or_default();
            let message = format!("the key `{key}` is given twice here; most tools keep only one of the two");
            problems.push(Problem { message, span: again.span });
        }
        ahead.extend(node.entries().iter().map(|(_, value)| value));
        ahead.extend(node.items());
    }
    problems.sort_by_key(|problem| problem.span);
    problems
}

/// Takes what a root says of the whole document out of it.
fn settle(mut root: Node, document: &mut Document) -> Node {
    let Value::Mapping(entries) = &mut root.value else { return root };
    // Only the first document that says something speaks for the deck.
    if document.title.is_some() || document.period.is_some() {
        return root;
    }
    let mut deck = None;
    entries.retain(|(key, value)| {
        let Some(name) = key.text().filter(|name| SETTINGS.contains(name)) else { return true };
        let Some(flow) = value.flow().filter(|_| !value.is_null()).map(prose::line) else { return true };
        match name {
            "title" => document.title = Some(flow),
            "deck" => deck = Some(flow),
            "period" => document.period = Some(flow),
            "role" => document.role = keys::role(flow.text()).unwrap_or(document.role),
            _ => document.language = Some(flow.text().to_owned()),
        }
        false
    });
    document.title = document.title.take().or(deck);
    root
}

/// The comments that speak to tieout.
fn directives(comments: &[(String, Span)], document: &Document) -> Vec<Directive> {
    // Blocks are in reading order, which need not be the order of the file: a title may be the last key of its slide.
    let mut starts: Vec<(usize, usize)> =
        document.blocks.iter().enumerate().map(|(at, block)| (block.span.start, at)).collect();
    starts.sort_unstable();
    let spoken = comments.iter().filter_map(|(text, span)| {
        let text = text.trim().strip_prefix("tieout:")?.trim().to_owned();
        let after = starts.partition_point(|(start, _)| *start < span.end);
        Some(Directive { text, span: *span, next_block: starts.get(after).map(|(_, at)| *at) })
    });
    spoken.collect()
}
