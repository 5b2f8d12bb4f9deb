//! The walk over an export: every scalar in document order, each as the block that its key and shape make it.
//!
//! Enters: nodes with the keys that lead to them. Leaves: blocks in the [`Outline`].
//! Invariant: no scalar that reads as text is lost, and the call stack stays shallow however deep the file is.

mod figures;
mod text;

use super::keys::{
    Class, class, element, holds_runs, is_layout_of_text, is_slide_setting, is_telling, opens_appendix, role,
};
use super::outline::Outline;
use super::prose::{is_number, is_prose, line};
use super::shape::{holds_text, is_section, kind_of, parent_less_rows, rows_of, sibling, tile, title_of};
use super::{chart, table};
use crate::document::{BlockKind, Flow, Role, Table};
use crate::node::{Node, Value};

/// Deeper nodes are read without structure: each scalar a field.
const MAX_DEPTH: usize = 48;
/// A key that is longer says nothing, and repeating it for each field below would cost more than the file.
const MAX_KEY: usize = 120;

/// What surrounds a node.
#[derive(Clone, Default)]
pub(super) struct Scope {
    /// Keys that lead here, outermost first.
    path: Vec<Flow>,
    /// Unit of the tables below, from the nearest mapping that states one.
    unit: Option<Flow>,
    /// How many mappings and lists deep.
    depth: usize,
    /// Level of the next heading.
    level: u8,
    /// Inside a slide, where further lists of sections are parts of it.
    in_slide: bool,
    /// The node is a slide itself, whose period and role are settings.
    is_slide: bool,
}

impl Scope {
    fn under(&self, key: &Node) -> Self {
        let mut scope = Self { depth: self.depth + 1, is_slide: false, ..self.clone() };
        if let Some(flow) = key.flow().filter(|flow| flow.text().len() <= MAX_KEY) {
            scope.path.push(line(flow));
        }
        scope
    }

    fn deeper(&self) -> Self {
        Self { depth: self.depth + 1, is_slide: false, ..self.clone() }
    }
}

/// A mapping of like mappings that hold numbers, and are no tiles.
fn named_rows(node: &Node) -> Option<Table> {
    let tiles = node.entries().iter().any(|(_, value)| tile(value).is_some());
    table::from_named_records(node.entries()).filter(|table| !tiles && table::has_numbers(table))
}

/// The walk.
pub(super) struct Walk {
    pub(super) outline: Outline,
}

impl Walk {
    /// The root of a document of the file.
    pub(super) fn root(&mut self, root: &Node) {
        let scope = Scope { level: 1, ..Scope::default() };
        match &root.value {
            // A bare list of sections is a deck without its `slides:`.
            Value::Sequence(items) if items.iter().any(is_section) => self.slides(items, &scope),
            _ => self.value(root, &scope),
        }
    }

    /// A document of a file that holds one slide in each.
    pub(super) fn slide_root(&mut self, root: &Node) {
        self.slide(root, &Scope { level: 1, ..Scope::default() });
    }

    fn value(&mut self, node: &Node, scope: &Scope) {
        if scope.depth > MAX_DEPTH {
            return self.fields_below(node, scope);
        }
        match &node.value {
            Value::Scalar { .. } => self.scalar(node, scope),
            Value::Sequence(items) => self.list(items, node, scope),
            Value::Mapping(_) => self.mapping(node, scope),
            Value::Alias => {}
        }
    }

    /// Every scalar below a node, without recursion.
    fn fields_below(&mut self, node: &Node, scope: &Scope) {
        let mut ahead = vec![node];
        while let Some(node) = ahead.pop() {
            if node.flow().is_some() {
                self.field(node, scope);
            }
            ahead.extend(node.entries().iter().rev().map(|(_, value)| value));
            ahead.extend(node.items().iter().rev());
        }
    }

    /// Slides, pages or sections: each is a slide, and an appendix lasts to the end of the list.
    fn slides(&mut self, items: &[Node], scope: &Scope) {
        let role = self.outline.role;
        let scope = Scope { path: Vec::new(), ..scope.deeper() };
        for item in items {
            self.slide(item, &scope);
        }
        self.outline.role = role;
    }

    fn slide(&mut self, node: &Node, scope: &Scope) {
        self.outline.slide();
        let headings = self.outline.enter();
        if let Some(period) = node.get("period").filter(|period| !period.is_null()).and_then(Node::flow) {
            let number = self.outline.number();
            self.outline.document.slide_periods.push((number, line(period)));
        }
        let title = title_of(node).and_then(|(_, title)| title.text());
        if title.is_some_and(opens_appendix) {
            self.outline.role = Role::Appendix;
        }
        let following = self.outline.role;
        if let Some(stated) = node.get("role").and_then(Node::text).and_then(role) {
            self.outline.role = stated;
        }
        let scope = Scope { in_slide: true, is_slide: true, ..scope.clone() };
        match &node.value {
            Value::Scalar { .. } => self.prose(node, scope.level),
            _ => self.value(node, &scope),
        }
        self.outline.role = following;
        self.outline.leave(headings);
    }

    fn mapping(&mut self, node: &Node, scope: &Scope) {
        if let Some((value, label)) = tile(node).filter(|_| !scope.is_slide) {
            return self.tile(node, value, label, scope);
        }
        if chart::is_chart(node) && self.chart(node, scope) {
            return;
        }
        if self.self_typed(node, scope) {
            return;
        }
        // `{revenue: {actual: 4, plan: 5}, churn: {actual: 2, plan: 3}}`: a row each.
        if let Some(table) = named_rows(node) {
            return self.place_table(Table { caption: self.caption_from(scope), ..table }, node, scope);
        }
        let headings = self.outline.enter();
        let mut scope = scope.clone();
        scope.unit = table::unit_of(node).or(scope.unit);
        let stated = kind_of(node);
        let kind = stated.and_then(element);
        // Slide tools name their shapes (`Content Placeholder 2`); that is no heading over the text in them.
        let of_shape = |key: &str| stated.is_some() && matches!(key, "name" | "label");
        let has_text = node.entries().iter().any(|(key, _)| key.text().map(class) == Some(Class::Prose));
        let title = title_of(node).filter(|(key, _)| !of_shape(key) || node.entries().len() == 2);
        if let Some((_, title)) = title {
            match kind.filter(|kind| matches!(kind, Class::Prose | Class::Bullets | Class::Quote | Class::Notes)) {
                Some(kind) => self.classed(kind, title, &scope, node),
                None => {
                    self.heading(title, scope.level);
                    scope.level = (scope.level + 1).min(6);
                }
            }
        }
        let subtitle = node.entries().iter().find(|(key, _)| key.text().map(class) == Some(Class::Subtitle));
        if let Some((_, subtitle)) = subtitle {
            self.prose(subtitle, scope.level);
        }
        for (key, value) in node.entries() {
            let read = [title, subtitle.map(|(_, value)| ("", value))];
            let name = key.text().unwrap_or_default();
            let setting = (scope.is_slide && is_slide_setting(name)) || (has_text && is_layout_of_text(name));
            let setting = (setting && value.flow().is_some()) || (of_shape(name) && title.is_none());
            if !setting && !read.iter().flatten().any(|(_, done)| std::ptr::eq(*done, value)) {
                self.entry(key, value, node, kind, &scope);
            }
        }
        // A heading that an element is stays in force for its siblings.
        if kind != Some(Class::Heading) {
            self.outline.leave(headings);
        }
    }

    fn heading(&mut self, node: &Node, level: u8) {
        if let Some(flow) = node.flow().filter(|flow| !flow.is_blank()) {
            self.outline.heading(level, line(flow));
        }
    }

    /// One entry of a mapping. `kind` is what the mapping's own `type` says of its content.
    fn entry(&mut self, key: &Node, value: &Node, parent: &Node, kind: Option<Class>, scope: &Scope) {
        let Some(name) = key.text() else { return self.value(value, &scope.deeper()) };
        let class = match class(name) {
            Class::Prose | Class::Heading => kind.unwrap_or(class(name)),
            class => class,
        };
        let scope = scope.under(key);
        match class {
            // A name that is no heading, because another key is: the mapping's own line of text.
            Class::Heading if value.flow().is_some() && kind != Some(Class::Heading) => self.field(value, &scope),
            Class::Silent if value.flow().is_some() => {}
            Class::Other => self.unclassed(name, key, value, &scope),
            class => self.classed(class, value, &scope, parent),
        }
    }

    /// A value whose key says what it is, if its shape agrees.
    fn classed(&mut self, class: Class, value: &Node, scope: &Scope, parent: &Node) {
        let scalar = value.flow().is_some();
        match class {
            Class::Heading if scalar => self.heading(value, scope.level),
            Class::Subtitle | Class::Prose if scalar => self.prose(value, scope.level),
            Class::Notes => self.with_role(Role::Notes, value, scope),
            Class::Quote => self.quote(value, scope),
            Class::Footnotes => self.footnotes(value, scope),
            Class::Bullets => self.bullets(std::slice::from_ref(value), None, scope),
            Class::Table => self.table(value, parent, scope),
            Class::Rows if !scalar => self.rows(value, parent, scope),
            Class::Chart => self.charts(value, parent, scope),
            Class::Tiles => self.tiles(value, scope),
            Class::Slides if !scope.in_slide && !value.items().is_empty() => self.slides(value.items(), scope),
            Class::Slides if !scope.in_slide && !value.entries().is_empty() => {
                for (key, slide) in value.entries() {
                    self.named_slide(key, slide, scope);
                }
            }
            Class::Setting => self.setting(value, parent, scope),
            _ => self.value(value, scope),
        }
    }

    /// A slide under its name in a mapping of slides.
    fn named_slide(&mut self, key: &Node, slide: &Node, scope: &Scope) {
        if title_of(slide).is_some() {
            return self.slide(slide, &scope.deeper());
        }
        self.outline.slide();
        let headings = self.outline.enter();
        self.heading(key, scope.level);
        self.value(slide, &Scope { in_slide: true, level: (scope.level + 1).min(6), ..scope.deeper() });
        self.outline.leave(headings);
    }

    /// Columns, unit and caption are read with the rows beside them; without rows they are text like any other.
    fn setting(&mut self, value: &Node, parent: &Node, scope: &Scope) {
        let scalar = value.flow().is_some();
        let has_rows = ["rows", "data", "values", "body"].iter().any(|key| sibling(parent, key).is_some());
        if !scalar && !has_rows {
            self.value(value, scope);
        } else if value.text().is_some_and(is_prose) && !has_rows {
            self.prose(value, scope.level);
        }
    }

    /// A value whose key is unknown: the key says what it is about.
    fn unclassed(&mut self, name: &str, key: &Node, value: &Node, scope: &Scope) {
        if value.flow().is_some() {
            return self.scalar(value, scope);
        }
        let before = self.outline.role;
        if opens_appendix(name) {
            self.outline.role = Role::Appendix;
        }
        let headings = self.outline.enter();
        let mut scope = scope.clone();
        let titled = !value.entries().is_empty() && title_of(value).is_some();
        if is_telling(name) && !titled && holds_text(value) && rows_of(value).is_none() {
            self.heading(key, scope.level);
            scope.level = (scope.level + 1).min(6);
        }
        if rows_of(value).is_some() && !titled {
            self.table_mapping(value, key.flow().filter(|_| is_telling(name)).map(line), &scope);
        } else if holds_runs(name) && self.runs(value, scope.level) {
        } else if name == "data" && parent_less_rows(value) {
            self.rows(value, value, &scope);
        } else {
            self.value(value, &scope);
        }
        // A title among the elements of a slide is the slide's.
        if is_telling(name) {
            self.outline.leave(headings);
        }
        self.outline.role = before;
    }

    /// The key above a table, where it says what is in it.
    fn caption_from(&self, scope: &Scope) -> Option<Flow> {
        scope.path.last().filter(|key| is_telling(key.text())).cloned()
    }

    /// A list, by the shape of its items.
    fn list(&mut self, items: &[Node], node: &Node, scope: &Scope) {
        let caption = self.caption_from(scope);
        let all = |test: fn(&Node) -> bool| items.iter().all(test);
        if items.iter().any(|item| !item.entries().is_empty()) && all(|item| !item.entries().is_empty()) {
            let records = !items.iter().any(is_section) && !items.iter().any(|item| tile(item).is_some());
            match table::from_records(items).filter(|_| records) {
                Some(table) => {
                    self.place_table(Table { caption, ..table }, node, scope);
                    for text in table::prose_of(items) {
                        self.prose(text, scope.level);
                    }
                }
                None => items.iter().for_each(|item| self.value(item, &scope.deeper())),
            }
        } else if let Some(table) = Some(items).filter(|items| items.len() > 1).and_then(table::from_lists) {
            self.place_table(Table { caption, ..table }, node, scope);
        } else if all(|item| item.is_plain() && item.text().is_some_and(is_number)) {
            items.iter().for_each(|item| self.field(item, scope));
        } else {
            self.bullets(items, None, scope);
        }
    }

    /// A scalar: text by its length, else a field that its keys explain.
    fn scalar(&mut self, node: &Node, scope: &Scope) {
        match node.text() {
            Some(text) if is_prose(text) => self.prose(node, scope.level),
            _ => self.field(node, scope),
        }
    }

    fn field(&mut self, node: &Node, scope: &Scope) {
        let Some(flow) = node.flow().filter(|flow| !node.is_null() && !flow.is_blank()) else { return };
        if scope.path.is_empty() {
            return self.prose(node, scope.level);
        }
        self.outline.block(BlockKind::Field(scope.path.clone(), line(flow)), node.span);
    }
}
