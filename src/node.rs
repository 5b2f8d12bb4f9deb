//! A located tree of a YAML or JSON file: every scalar knows its bytes.
//!
//! Enters: text. Leaves: a [`Tree`], or one located error. All YAML reading goes through here: decks, sources, configuration.
//! Invariant: aliases are never expanded and depth is bounded, so a small file stays a small tree.

mod align;
pub(crate) mod decode;
pub(crate) mod shape;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use crate::document::Flow;
use crate::span::Span;

/// A parsed file.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    /// The first document's root; `None` for an empty file.
    pub(crate) root: Option<Node>,
    /// The roots of the documents after the first `---` that separates two.
    pub(crate) further: Vec<Node>,
    /// Comments, without the `#`, with the bytes of the whole comment.
    pub(crate) comments: Vec<(String, Span)>,
}

/// A node and its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Bytes in the file.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) value: Value,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// A scalar with its text; `plain` when it is neither quoted nor a block, so that it may be a number, `true` or null.
    Scalar {
        /// The text after escapes and folding.
        flow: Flow,
        /// Neither quoted nor a block scalar.
        plain: bool,
        /// Written in a style that reads a single line break as a space, so that a line break in the text was a blank line.
        folded: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping in the order of the file; duplicate keys are kept.
    Mapping(Vec<(Node, Node)>),
    /// An alias, left as it is.
    Alias,
}

/// What is wrong with a file's syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// One sentence.
    pub(crate) message: String,
    /// Where.
    pub(crate) span: Span,
}

impl Node {
    /// A scalar's text as it reads. Empty for `key:` without a value.
    pub(crate) fn flow(&self) -> Option<&Flow> {
        match &self.value {
            Value::Scalar { flow, .. } => Some(flow),
            _ => None,
        }
    }

    /// A scalar's text.
    pub(crate) fn text(&self) -> Option<&str> {
        self.flow().map(Flow::text)
    }

    /// Whether it is a scalar that is neither quoted nor a block.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.value, Value::Scalar { plain: true, .. })
    }

    /// Whether a line break in its text was a blank line of the file.
    pub(crate) fn is_folded(&self) -> bool {
        matches!(self.value, Value::Scalar { folded: true, .. })
    }

    /// Whether it says "nothing": no value, `~` or `null`.
    pub(crate) fn is_null(&self) -> bool {
        self.is_plain() && matches!(self.text(), Some("" | "~" | "null" | "Null" | "NULL"))
    }

    /// The entries of a mapping; none for anything else.
    pub(crate) fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The first value under a key.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.entries().iter().find(|(key, _)| key.text() == Some(name)).map(|(_, value)| value)
    }

    /// Every key of a mapping that an earlier key already claimed, after that earlier key.
    pub(crate) fn duplicate_keys(&self) -> Vec<(&Node, &Node)> {
        let mut first: BTreeMap<&str, &Node> = BTreeMap::new();
        let mut found = Vec::new();
        for (key, _) in self.entries() {
            let Some(name) = key.text() else { continue };
            match first.get(name) {
                Some(earlier) => found.push((*earlier, key)),
                None => {
                    first.insert(name, key);
                }
            }
        }
        found
    }
}

/// Parses YAML (and so JSON).
pub(crate) fn parse(text: &str) -> Result<Tree, SyntaxError> {
    parse_at(text, 0)
}

/// Parses YAML that stands at an offset of its file (front matter): all spans are in bytes of the file.
pub(crate) fn parse_at(text: &str, offset: usize) -> Result<Tree, SyntaxError> {
    // Comments before an entry are buffered until the entry is understood; a file may well open with a hundred lines of them.
    // JSON keys on one line have no length limit.
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        max_buffered_comment_events: usize::MAX,
        simple_key_max_lookahead: 1 << 16,
    };
    let mut builder = Builder::new(text, offset);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| syntax_error(text, offset, &error))?;
        builder.take(event, span.byte_range().unwrap_or_default().into());
    }
    Ok(builder.tree)
}

fn syntax_error(text: &str, offset: usize, error: &ScanError) -> SyntaxError {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    SyntaxError { message: error.info(), span: Span::new(offset + at, offset + at + width) }
}

/// A collection whose end has not come yet.
struct Open {
    /// From the opening bracket, or the first child of a block collection.
    span: Span,
    /// The children so far.
    value: Value,
    /// A mapping's key that waits for its value.
    key: Option<Node>,
}

/// Builds the tree from events with a stack of its own, so that depth costs no call stack.
struct Builder<'a> {
    text: &'a str,
    offset: usize,
    open: Vec<Open>,
    tree: Tree,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, offset: usize) -> Self {
        Self { text, offset, open: Vec::new(), tree: Tree { root: None, further: Vec::new(), comments: Vec::new() } }
    }

    fn take(&mut self, event: Event<'_>, local: Span) {
        let span = Span::new(self.offset + local.start, self.offset + local.end);
        match event {
            Event::Comment(text, _) => self.tree.comments.push((text.into_owned(), span)),
            Event::SequenceStart(..) => self.start(span, Value::Sequence(Vec::new())),
            Event::MappingStart(..) => self.start(span, Value::Mapping(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.place(Node { span, value: Value::Alias }),
            Event::Scalar(value, style, _, tag) => {
                let (flow, span) = align::scalar(self.text, local, &value, style, self.offset);
                // `!!str 42` is text, whatever it looks like.
                let plain = style == ScalarStyle::Plain && tag.is_none();
                // A double-quoted text may have line breaks as escapes too, and then they are just that.
                let folded = !matches!(style, ScalarStyle::Literal | ScalarStyle::DoubleQuoted);
                self.place(Node { span, value: Value::Scalar { flow, plain, folded } });
            }
            _ => {}
        }
    }

    fn start(&mut self, span: Span, value: Value) {
        self.open.push(Open { span, value, key: None });
    }

    fn end(&mut self, end: Span) {
        let Some(mut closed) = self.open.pop() else { return };
        // A block collection's end event stands at whatever comes next; its bytes end with its last child.
        if self.slice(end).is_some_and(|text| text == "]" || text == "}") {
            closed.span = closed.span.join(end);
        }
        self.place(Node { span: closed.span, value: closed.value });
    }

    fn slice(&self, span: Span) -> Option<&str> {
        self.text.get(span.start.checked_sub(self.offset)?..span.end.checked_sub(self.offset)?)
    }

    fn place(&mut self, node: Node) {
        let Some(parent) = self.open.last_mut() else {
            match self.tree.root {
                None => self.tree.root = Some(node),
                Some(_) => self.tree.further.push(node),
            }
            return;
        };
        parent.span = parent.span.join(node.span);
        match &mut parent.value {
            Value::Sequence(items) => items.push(node),
            Value::Mapping(entries) => match parent.key.take() {
                None => parent.key = Some(node),
                Some(key) => entries.push((key, node)),
            },
            Value::Scalar { .. } | Value::Alias => {}
        }
    }
}
