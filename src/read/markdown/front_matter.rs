//! Front matter: the block of settings a Markdown file may open with.
//!
//! Enters: the text of a file. Leaves: where the body starts, and the settings as key paths with located values.
//! Invariant: what does not read like settings stays in the body, so a deck that merely opens with a `---` slide break loses nothing.

use crate::document::Flow;
use crate::node::{self, Node};

/// The settings of a file, and where its body starts.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// First byte of the body.
    pub(super) body: usize,
    /// Keys (nested ones joined by dots) and values, in order.
    entries: Vec<(String, Flow)>,
}

impl FrontMatter {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Flow> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The value of a key as text.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).map(Flow::text)
    }

    /// Whether any of the keys is set at the top level.
    pub(super) fn has_any(&self, keys: &[&str]) -> bool {
        self.entries.iter().any(|(name, _)| keys.contains(&name.split('.').next().unwrap_or(name)))
    }

    /// Keys and values that lie at or under a key, outermost included.
    pub(super) fn under<'a>(&'a self, key: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.entries
            .iter()
            .filter(move |(name, _)| {
                name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
            .map(|(name, value)| (name.as_str(), value.text()))
    }
}

/// Keys that only settings have: one of them on the first line settles what the block is, however odd the rest.
const TELLING_KEYS: [&str; 16] = [
    "marp", "title", "subtitle", "theme", "author", "date", "format", "layout", "lang", "period", "role", "paginate",
    "footer", "header", "output", "class",
];

/// Splits front matter off. Without any, the body starts after the byte order mark.
pub(super) fn split(text: &str) -> FrontMatter {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none = FrontMatter { body: start, entries: Vec::new() };
    let Some(rest) = text.get(start..) else { return none };
    let Some(opening) = rest.split_inclusive('\n').next() else { return none };
    let closes: fn(&str) -> bool = match opening.trim_end() {
        "---" => |line| line == "---" || line == "...",
        "+++" => |line| line == "+++",
        _ => return none,
    };
    let inner = start + opening.len();
    let Some((end, body)) = closing(text, inner, closes) else { return none };
    let Some(settings) = text.get(inner..end) else { return none };
    if !reads_like_settings(settings) {
        return none;
    }
    FrontMatter { body, entries: entries(settings, inner) }
}

/// Settings of one slide, as Slidev writes them between two `---` lines: `from` is the byte after the first of them.
/// Gives the settings and the byte after the closing line.
pub(super) fn of_slide(text: &str, from: usize) -> Option<FrontMatter> {
    let mut at = from;
    let mut keys = 0;
    for line in text.get(from..)?.split_inclusive('\n') {
        let content = line.trim_end();
        if content == "---" {
            let settings = text.get(from..at)?;
            return (keys > 0).then(|| FrontMatter { body: at + line.len(), entries: entries(settings, from) });
        }
        let key = key_of(content);
        // Prose such as "Revenue: $4M" opens with a capital; Slidev's keys never do.
        let fits = key.is_some_and(|key| key.starts_with(|c: char| c.is_ascii_lowercase()))
            || (keys > 0 && (content.is_empty() || continues(content)));
        if !fits {
            return None;
        }
        keys += usize::from(key.is_some());
        at += line.len();
    }
    None
}

/// The byte where the closing line starts, and the byte after it.
fn closing(text: &str, from: usize, closes: fn(&str) -> bool) -> Option<(usize, usize)> {
    let mut at = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        if closes(line.trim_end()) {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Whether a block between two fences is settings rather than a slide.
fn reads_like_settings(block: &str) -> bool {
    let mut lines = block.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return true };
    match key_of(first) {
        Some(key) if TELLING_KEYS.contains(&key) => true,
        Some(_) => lines.all(|line| key_of(line).is_some() || continues(line)),
        // A comment first: YAML's `#` is also Markdown's heading, so only a telling key decides for settings.
        None => {
            first.starts_with('#')
                && lines.clone().all(|line| key_of(line).is_some() || continues(line))
                && lines.any(|line| key_of(line).is_some_and(|key| TELLING_KEYS.contains(&key)))
        }
    }
}

/// A line that goes on with the value of an earlier key, or comments on it.
fn continues(line: &str) -> bool {
    line.starts_with([' ', '\t', '#', '}', ']', ')']) || line.starts_with("- ") || line == "-"
}

/// The key that a line of YAML, TOML or Ziggy (`.title = …`) opens with.
fn key_of(line: &str) -> Option<&str> {
    let (key, value) = match line.find([':', '=']) {
        Some(at) if line[at..].starts_with(':') => {
            let value = &line[at + 1..];
            if !value.is_empty() && !value.starts_with([' ', '\t']) {
                return None;
            }
            (&line[..at], value)
        }
        Some(at) => (line[..at].trim_end(), &line[at + 1..]),
        // `[section]` of TOML.
        None => return line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')),
    };
    let bare = key.trim_matches(['"', '\'']);
    let bare = bare.strip_prefix('.').unwrap_or(bare);
    let named = bare.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$')
        && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$'));
    (named && !value.starts_with('=')).then_some(bare)
}

/// The settings: as YAML where they are YAML, else line by line, which TOML, Ziggy and broken YAML allow.
fn entries(settings: &str, offset: usize) -> Vec<(String, Flow)> {
    if let Ok(tree) = node::parse_at(settings, offset)
        && let Some(root) = tree.root.filter(|root| !root.entries().is_empty())
    {
        let mut found = Vec::new();
        flatten(&root, "", 0, &mut found);
        return found;
    }
    let mut found = Vec::new();
    let mut at = offset;
    for line in settings.split_inclusive('\n') {
        if let Some(key) = key_of(line.trim_end())
            && let Some(separator) = line.find([':', '='])
        {
            let (skipped, value) = unquoted(&line[separator + 1..]);
            found.push((key.to_owned(), Flow::verbatim(value, at + separator + 1 + skipped)));
        }
        at += line.len();
    }
    found
}

/// A value of a line without white space, the comma of Ziggy, and quotes; and how many bytes stand before it.
fn unquoted(raw: &str) -> (usize, &str) {
    let value = raw.trim_start();
    let skipped = raw.len() - value.len();
    let value = value.trim_end().trim_end_matches(',');
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    match inner('"').or_else(|| inner('\'')) {
        Some(inner) => (skipped + 1, inner),
        None => (skipped, value),
    }
}

/// Deep enough for `format: {revealjs: {slide-level: 2}}`; styles and scripts lie deeper and say nothing of the deck.
const DEEPEST: usize = 3;

fn flatten(node: &Node, path: &str, depth: usize, found: &mut Vec<(String, Flow)>) {
    for (key, value) in node.entries() {
        let Some(name) = key.text() else { continue };
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        if depth + 1 < DEEPEST && !value.entries().is_empty() {
            found.push((path.clone(), Flow::default()));
            flatten(value, &path, depth + 1, found);
        } else if let Some(flow) = value.flow() {
            found.push((path, flow.clone()));
        } else {
            // `headingDivider: [1, 2]`, `format: [revealjs]`: the last item says the most.
            let last = value.items().last().and_then(Node::flow).cloned();
            found.push((path, last.unwrap_or_default()));
        }
    }
}
