//! What the keys of an export mean.
//!
//! Enters: a key as written. Leaves: its [`Class`].
//! Invariant: a class only says how a value is likely meant; a value of another shape is read by its shape.

use crate::document::Role;

/// What a key says of its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// Names what the mapping is about.
    Heading,
    /// Stands under the heading.
    Subtitle,
    /// Running text.
    Prose,
    /// What the speaker says.
    Notes,
    /// Other people's words.
    Quote,
    /// Footnotes by label.
    Footnotes,
    /// A list of points.
    Bullets,
    /// A table.
    Table,
    /// Rows of a table whose columns, unit and caption are siblings.
    Rows,
    /// A chart.
    Chart,
    /// Numbers with their labels.
    Tiles,
    /// Slides or pages.
    Slides,
    /// Settings of siblings, read with them: columns, unit, caption.
    Setting,
    /// Layout and bookkeeping: identifiers, colours.
    Silent,
    /// Nothing known: read by shape, and the key says what the value is about.
    Other,
}

/// Keys by class, in lower case without separators.
const KEYS: &[(Class, &[&str])] = &[
    (Class::Heading, &["title", "heading", "headline", "header", "name", "label"]),
    (Class::Subtitle, &["subtitle", "subheading", "subheader", "kicker", "strapline"]),
    (
        Class::Prose,
        &[
            "body",
            "text",
            "content",
            "contents",
            "paragraph",
            "paragraphs",
            "description",
            "summary",
            "commentary",
            "comment",
            "comments",
            "message",
            "keymessage",
            "takeaway",
            "callout",
            "markdown",
            "plaintext",
            "statement",
        ],
    ),
    (Class::Notes, &["notes", "speakernotes", "presenternotes", "speaker", "script"]),
    (Class::Quote, &["quote", "quotes", "testimonial", "testimonials"]),
    (Class::Footnotes, &["footnote", "footnotes"]),
    (Class::Bullets, &["bullets", "bullet", "points", "list", "takeaways", "highlights", "bulletpoints"]),
    (Class::Table, &["table", "tables"]),
    (Class::Rows, &["rows"]),
    (Class::Chart, &["chart", "charts", "graph", "graphs", "plot"]),
    (Class::Tiles, &["tiles", "tile", "kpis", "kpi", "cards", "stats", "kpitiles"]),
    (Class::Slides, &["slides", "pages", "sections"]),
    (Class::Setting, &["columns", "headers", "unit", "units", "scale", "currency", "caption"]),
    (
        Class::Silent,
        &[
            "id",
            "objectid",
            "object",
            "slidecount",
            "pagecount",
            "layout",
            "template",
            "theme",
            "style",
            "color",
            "colour",
            "background",
            "image",
            "icon",
            "src",
            "url",
            "href",
            "link",
            "type",
            "kind",
            "shapetype",
            "elementtype",
            "blocktype",
            "nodetype",
            "charttype",
            "transition",
            "class",
            "width",
            "height",
            "fontsize",
            "uuid",
            "version",
            "schema",
            "author",
            "email",
        ],
    ),
];

/// Keys that only hold others together: they say nothing of what is in them.
const STRUCTURE: &[&str] = &[
    "items",
    "elements",
    "data",
    "values",
    "value",
    "blocks",
    "children",
    "deck",
    "document",
    "report",
    "presentation",
    "pageelements",
    "shape",
    "shapes",
    "placeholders",
    "frames",
    "layers",
    "properties",
    "textelements",
    "textrun",
    "richtext",
    "objects",
    "components",
    "entries",
    "results",
    "records",
];

/// Keys whose items are pieces of one text.
const RUNS: &[&str] = &["richtext", "textelements", "textruns", "runs", "spans"];

fn folded(key: &str) -> String {
    // Nothing on the lists is longer, and a key may be a megabyte of JSON.
    let key = if key.len() <= 40 { key } else { "" };
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a key says of its value.
pub(super) fn class(key: &str) -> Class {
    let key = folded(key);
    KEYS.iter().find(|(_, names)| names.contains(&key.as_str())).map_or(Class::Other, |(class, _)| *class)
}

/// Whether a key names what its value is about, rather than only holding it.
pub(super) fn is_telling(key: &str) -> bool {
    class(key) == Class::Other && !STRUCTURE.contains(&folded(key).as_str()) && key.chars().any(char::is_alphabetic)
}

/// Whether the items under a key are pieces of one text.
pub(super) fn holds_runs(key: &str) -> bool {
    RUNS.contains(&folded(key).as_str())
}

/// What an element's `type` says of its content.
pub(super) fn element(kind: &str) -> Option<Class> {
    let kind = folded(kind);
    let heading = kind.strip_prefix("heading").or_else(|| kind.strip_prefix('h'));
    if heading.is_some_and(|rest| matches!(rest, "" | "1" | "2" | "3" | "4" | "5" | "6")) {
        return Some(Class::Heading);
    }
    Some(match kind.as_str() {
        "title" | "header" | "headline" => Class::Heading,
        "subtitle" => Class::Subtitle,
        "text" | "paragraph" | "body" | "textbox" | "richtext" | "markdown" => Class::Prose,
        "bullet" | "bullets" | "bulletlist" | "list" | "listitem" | "li" | "bulletedlistitem" | "numberedlistitem" => {
            Class::Bullets
        }
        "quote" | "blockquote" => Class::Quote,
        "notes" | "note" | "speakernotes" => Class::Notes,
        "table" => Class::Table,
        "chart" | "graph" => Class::Chart,
        "kpi" | "kpis" | "tile" | "tiles" | "stat" => Class::Tiles,
        _ => return None,
    })
}

/// Whether a key holds the kind of an element.
pub(super) fn is_kind(key: &str) -> bool {
    matches!(folded(key).as_str(), "type" | "kind" | "shapetype" | "elementtype" | "blocktype" | "nodetype")
}

/// Whether a key says how a text is set out rather than anything of its own.
pub(super) fn is_layout_of_text(key: &str) -> bool {
    matches!(folded(key).as_str(), "level" | "indent" | "indentlevel" | "order" | "depth")
}

/// The level that an element's kind gives a heading: 2 for `heading_2`.
pub(super) fn heading_level(kind: &str) -> u8 {
    kind.bytes().last().filter(u8::is_ascii_digit).map_or(1, |digit| digit - b'0').clamp(1, 6)
}

/// Whether a key holds the number of a tile.
pub(super) fn is_tile_value(key: &str) -> bool {
    matches!(folded(key).as_str(), "value" | "figure" | "amount" | "number" | "stat" | "kpi")
}

/// Whether a key holds the label of a tile.
pub(super) fn is_tile_label(key: &str) -> bool {
    matches!(folded(key).as_str(), "label" | "name" | "title" | "metric" | "caption" | "heading" | "text")
}

/// The role that a word in a file gives.
pub(super) fn role(word: &str) -> Option<Role> {
    Some(match folded(word).as_str() {
        "slides" | "slide" | "main" | "deck" => Role::Slides,
        "appendix" | "backup" | "annex" => Role::Appendix,
        "notes" => Role::Notes,
        _ => return None,
    })
}

/// Whether a key of a slide is a setting of it rather than something it says: its period, its role, its number.
pub(super) fn is_slide_setting(key: &str) -> bool {
    matches!(folded(key).as_str(), "period" | "role" | "slide" | "slidenumber" | "page" | "number" | "no" | "index")
}

/// Whether a heading or key opens the appendix.
pub(super) fn opens_appendix(heading: &str) -> bool {
    let word = heading.trim_start().split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
    ["appendix", "appendices", "backup", "back-up"].iter().any(|name| word.eq_ignore_ascii_case(name))
}
