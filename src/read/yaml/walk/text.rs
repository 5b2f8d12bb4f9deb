//! Text of an export: points and the points below them, quotes, notes, running text.
//!
//! Enters: scalars, and lists of them. Leaves: item, paragraph, quote, footnote and heading blocks.
//! Invariant: a point's `lead` is the point above it, or the paragraph directly before the list.

use super::{MAX_DEPTH, Scope, Walk};
use crate::document::{BlockKind, Flow, Role};
use crate::node::{Node, Value};
use crate::read::yaml::keys::{Class, class, element, heading_level, holds_runs};
use crate::read::yaml::prose::{Piece, line, pieces, pieces_of};
use crate::read::yaml::shape::{kind_of, tile};
use crate::span::Span;

impl Walk {
    pub(super) fn with_role(&mut self, role: Role, value: &Node, scope: &Scope) {
        let before = std::mem::replace(&mut self.outline.role, role);
        match value.items() {
            [] if value.flow().is_some() => self.prose(value, scope.level),
            [] => self.value(value, scope),
            items => items.iter().for_each(|item| match item.flow() {
                Some(_) => self.prose(item, scope.level),
                None => self.value(item, &scope.deeper()),
            }),
        }
        self.outline.role = before;
    }

    /// Quoted speech: a text, several, or a mapping of words and speaker.
    pub(super) fn quote(&mut self, value: &Node, scope: &Scope) {
        if scope.depth > MAX_DEPTH {
            return self.fields_below(value, scope);
        }
        match &value.value {
            Value::Scalar { .. } if !value.is_null() => {
                for piece in pieces_of(value) {
                    match piece {
                        Piece::Paragraph(flow) | Piece::Item(_, flow) | Piece::Heading(_, flow) => {
                            let span = flow.whole();
                            self.outline.block(BlockKind::Quote(flow), span);
                        }
                        Piece::Table(table, span) => self.outline.table(table, span),
                    }
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| self.quote(item, &scope.deeper())),
            Value::Mapping(entries) => entries.iter().for_each(|(_, part)| self.quote(part, &scope.deeper())),
            _ => {}
        }
    }

    /// Footnotes by their marks, or without: a text, or a list of texts.
    pub(super) fn footnotes(&mut self, value: &Node, scope: &Scope) {
        for (key, note) in value.entries() {
            if let Some(label) = key.text() {
                self.footnote(label, note);
            }
        }
        if value.flow().is_some() {
            self.footnote("", value);
        }
        for item in value.items() {
            match item.flow() {
                Some(_) => self.footnote("", item),
                None => self.value(item, &scope.deeper()),
            }
        }
    }

    fn footnote(&mut self, label: &str, note: &Node) {
        if let Some(flow) = note.flow().filter(|flow| !note.is_null() && !flow.is_blank()) {
            self.outline.block(BlockKind::Footnote(label.trim().to_owned(), line(flow)), note.span);
        }
    }

    /// Points, nested under the point before them.
    pub(super) fn bullets(&mut self, items: &[Node], parent: Option<usize>, scope: &Scope) {
        let lead = parent.or_else(|| self.outline.take_lead());
        let mut last = lead;
        for item in items {
            if scope.depth > MAX_DEPTH {
                self.fields_below(item, scope);
                continue;
            }
            match &item.value {
                Value::Scalar { flow, .. } if !item.is_null() && !flow.is_blank() => {
                    last = self.point(item, lead, scope).or(last);
                }
                Value::Sequence(nested) => self.bullets(nested, last, &scope.deeper()),
                Value::Mapping(_) => last = self.mapped_point(item, lead, scope).or(last),
                _ => {}
            }
        }
    }

    /// A point's text: one item, unless it holds paragraphs or bullets of its own.
    pub(super) fn point(&mut self, node: &Node, lead: Option<usize>, scope: &Scope) -> Option<usize> {
        let mut parts = pieces_of(node);
        match (parts.pop(), parts.is_empty()) {
            (Some(Piece::Paragraph(only) | Piece::Item(_, only)), true) => Some(self.outline.item(only, lead)),
            (last, _) => {
                parts.extend(last);
                self.pieces(parts, scope.level, lead);
                None
            }
        }
    }

    /// A point that YAML read as a mapping: `- Revenue: €4m` without quotes, or a text with points below it.
    pub(super) fn mapped_point(&mut self, item: &Node, lead: Option<usize>, scope: &Scope) -> Option<usize> {
        let text = ["text", "content", "title", "label", "point", "bullet", "item", "name", "heading"];
        let own =
            text.iter().find_map(|key| item.get(key)).filter(|own| own.flow().is_some_and(|flow| !flow.is_blank()));
        // What announces a table, a chart or the like is that, even among points.
        let announces = |(key, value): &(Node, Node)| {
            value.flow().is_none() && key.text().is_some_and(|key| !matches!(class(key), Class::Other | Class::Bullets))
        };
        if tile(item).is_some() || (own.is_none() && item.entries().iter().any(announces)) {
            self.value(item, &scope.deeper());
            return None;
        }
        let mut last = own.and_then(|own| self.point(own, lead, scope));
        let under = own.and(last);
        for (key, value) in item.entries() {
            let silent = own.is_some() && key.text().map(class) == Some(Class::Silent);
            if silent || own.is_some_and(|own| std::ptr::eq(own, value)) {
                continue;
            }
            match (key.flow(), value.flow()) {
                (Some(name), Some(said)) if !value.is_null() => {
                    let at = self.outline.item(pair(key, name, value, said), under.or(lead));
                    last = Some(under.unwrap_or(at));
                }
                (Some(_), _) if own.is_some() && !value.items().is_empty() => {
                    self.bullets(value.items(), under.or(lead), &scope.deeper());
                }
                (Some(name), _) if !value.items().is_empty() => {
                    let at = self.outline.item(line(name), lead);
                    self.bullets(value.items(), Some(at), &scope.deeper());
                    last = Some(at);
                }
                _ => self.value(value, &scope.under(key)),
            }
        }
        last
    }

    pub(super) fn prose(&mut self, node: &Node, level: u8) {
        if !node.is_null() {
            self.pieces(pieces_of(node), level, None);
        }
    }

    /// What a text is made of; `parent` leads its bullets unless a paragraph of the text does.
    pub(super) fn pieces(&mut self, parts: Vec<Piece>, level: u8, parent: Option<usize>) {
        // Items that may take deeper ones, with their indentation.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut lead = parent;
        for piece in parts {
            match piece {
                Piece::Paragraph(flow) => {
                    open.clear();
                    self.outline.paragraph(flow);
                    lead = None;
                }
                Piece::Heading(depth, flow) => {
                    open.clear();
                    self.outline.heading(level.saturating_add(depth - 1), flow);
                    lead = None;
                }
                Piece::Item(indent, flow) => {
                    if open.is_empty() {
                        lead = self.outline.take_lead().or(lead);
                    }
                    while open.last().is_some_and(|(outer, _)| *outer >= indent) {
                        open.pop();
                    }
                    let over = open.last().map(|(_, at)| *at).or(lead);
                    let at = self.outline.item(flow, over);
                    open.push((indent, at));
                }
                Piece::Table(table, span) => {
                    open.clear();
                    self.outline.table(table, span);
                }
            }
        }
    }

    /// An element that repeats its kind as a key (`{type: paragraph, paragraph: {rich_text: […]}}`). Whether it was one.
    pub(super) fn self_typed(&mut self, node: &Node, scope: &Scope) -> bool {
        let Some((kind, inner)) = kind_of(node).and_then(|kind| Some((kind, node.get(kind)?))) else { return false };
        let runs =
            inner.entries().iter().find(|(key, _)| key.text().is_some_and(|key| holds_runs(key) || key == "text"));
        let Some(flow) = runs.and_then(|(_, runs)| joined(runs)) else { return false };
        let under = match element(kind) {
            Some(Class::Heading) => {
                self.outline.heading(scope.level.saturating_add(heading_level(kind) - 1), line(&flow));
                None
            }
            Some(Class::Bullets) => Some(self.outline.next_item(line(&flow))),
            Some(Class::Quote) => {
                let flow = line(&flow);
                let span = flow.whole();
                self.outline.block(BlockKind::Quote(flow), span);
                None
            }
            _ => {
                self.pieces(pieces(&flow, false), scope.level, None);
                None
            }
        };
        for children in [node.get("children"), inner.get("children")].into_iter().flatten() {
            match under {
                Some(_) => self.bullets(children.items(), under, &scope.deeper()),
                None => self.value(children, &scope.deeper()),
            }
        }
        true
    }

    /// Pieces of one text (`richText: [{content: "ARR of "}, {content: "$42M"}]`) read as one. Whether they were.
    pub(super) fn runs(&mut self, value: &Node, level: u8) -> bool {
        match joined(value) {
            Some(whole) => self.pieces(pieces(&whole, false), level, None),
            None => return false,
        }
        true
    }
}

/// The text that runs make together.
fn joined(value: &Node) -> Option<Flow> {
    let mut whole = Flow::default();
    for item in value.items() {
        whole.push_flow(run_text(item)?);
    }
    (!value.items().is_empty()).then_some(whole)
}

/// The text of a run, at most two mappings deep.
fn run_text(item: &Node) -> Option<&Flow> {
    const TEXT: &[&str] = &["plain_text", "content", "text", "textRun", "value"];
    let mut node = item;
    for _ in 0..3 {
        match node.flow() {
            Some(flow) => return Some(flow),
            None => node = TEXT.iter().find_map(|key| node.get(key))?,
        }
    }
    node.flow()
}

/// `key: value` as one line of text, as it stands in the file.
fn pair(key: &Node, name: &Flow, value: &Node, said: &Flow) -> Flow {
    let mut flow = line(name);
    flow.push_replaced(": ", Span::new(key.span.end, value.span.start.max(key.span.end)));
    flow.push_flow(&line(said));
    flow
}
