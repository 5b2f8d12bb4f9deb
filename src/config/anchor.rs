//! Paths as a configuration file writes them, held against paths as a run shows them.
//!
//! Enters: a pattern of `tieout.yaml`, which starts from that file's folder, and a shown path, which starts from the working
//! directory. Leaves: whether one covers the other. Invariant: where the command is run from makes no difference.

use super::{Config, ConfigWaiver, DocumentSettings};

/// How to get from the working directory to the configuration's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// What a shown path starts with when the configuration stands below the working directory: `decks/`.
    pub below: String,
    /// What a shown path lacks when the configuration stands above it: `q3/`.
    pub above: String,
}

impl Anchor {
    /// A shown path as the configuration would write it.
    pub(crate) fn relative(&self, shown: &str) -> String {
        match shown.strip_prefix(&self.below) {
            Some(rest) => joined(&self.above, rest),
            None => shown.to_owned(),
        }
    }

    /// A path of the configuration as it is shown.
    pub(crate) fn shown(&self, relative: &str) -> String {
        let above = self.above.split('/').filter(|part| !part.is_empty()).count();
        match relative.strip_prefix(&self.above) {
            Some(rest) => format!("{}{rest}", self.below),
            None => format!("{}{relative}", "../".repeat(above)),
        }
    }
}

/// A path below a folder, which it may lead out of: `deck` and `../metrics.yaml` make `metrics.yaml`. What leads out of the folder's own
/// beginning, or starts elsewhere, stays as it is.
pub(crate) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut rest = path;
    while let Some(above) = rest.strip_prefix("../") {
        if parts.pop().is_none() {
            return path.to_owned();
        }
        rest = above;
    }
    if parts.is_empty() || rest.starts_with('/') { rest.to_owned() } else { format!("{}/{rest}", parts.join("/")) }
}

impl Config {
    /// What is settled about a document, by the path that is shown: every entry that covers it. The first that says something counts.
    pub fn document(&self, shown: &str) -> impl Iterator<Item = &DocumentSettings> + use<'_> {
        let path = self.anchor.relative(shown);
        self.documents.iter().filter(move |settings| covers(&settings.path.value, &path))
    }

    /// Whether a waiver is about the document of that shown path.
    pub fn waiver_covers(&self, waiver: &ConfigWaiver, shown: &str) -> bool {
        waiver.path.as_ref().is_none_or(|pattern| covers(pattern, &self.anchor.relative(shown)))
    }
}

impl DocumentSettings {
    /// The one file or folder that the path names; `None` for a pattern.
    pub(crate) fn named(&self) -> Option<&str> {
        named(&self.path.value)
    }
}

impl ConfigWaiver {
    /// The one file or folder that the path names; `None` for a pattern and where there is no path.
    pub(crate) fn named(&self) -> Option<&str> {
        self.path.as_deref().and_then(named)
    }
}

fn named(path: &str) -> Option<&str> {
    Some(path).filter(|path| !path.contains(['*', '?']))
}

/// Whether a pattern names a path or a folder that it stands in. `?` stands for one character of a name, `*` for any number of them,
/// `**` for any number of folders too.
fn covers(pattern: &str, path: &str) -> bool {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/');
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.chain([path]).any(|part| matches(pattern.as_bytes(), part.as_bytes()))
}

/// Whether a pattern matches all of a text. The table has a row a pattern byte, so that no pattern takes exponential time.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    // reached[i]: the pattern so far matches the first i bytes.
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    let mut rest = pattern;
    while let Some((&first, after)) = rest.split_first() {
        let deep = first == b'*' && after.first() == Some(&b'*');
        rest = if deep { &after[1..] } else { after };
        if deep && rest.first() == Some(&b'/') {
            // `**/` may stand for no folder at all.
            rest = &rest[1..];
            let starts: Vec<bool> = (0..=text.len()).map(|at| at == 0 || text[at - 1] == b'/').collect();
            let mut open = false;
            for (at, starts) in starts.into_iter().enumerate() {
                open |= reached[at];
                reached[at] = reached[at] || (open && starts);
            }
            continue;
        }
        if first == b'*' {
            for at in 0..text.len() {
                reached[at + 1] |= reached[at] && (deep || text[at] != b'/');
            }
            continue;
        }
        for at in (0..text.len()).rev() {
            // One character of several bytes is not told apart from several characters: names that differ so are not in one deck.
            reached[at + 1] = reached[at] && (first == text[at] || (first == b'?' && text[at] != b'/'));
        }
        reached[0] = false;
    }
    reached[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Located;
    use crate::span::{FileId, Place, Span};

    #[test]
    fn patterns_cover_paths_and_folders() {
        for (pattern, path, expected) in [
            ("slides.md", "slides.md", true),
            ("./slides.md", "slides.md", true),
            ("slides.md", "q3/slides.md", false),
            ("*.md", "slides.md", true),
            ("*.md", "q3/slides.md", false),
            ("**/*.md", "q3/slides.md", true),
            ("**/*.md", "slides.md", true),
            ("**", "a/b/c.md", true),
            ("2025-0?.md", "2025-03.md", true),
            ("2025-0?.md", "2025-10.md", false),
            ("backup", "backup/cash.md", true),
            ("backup/", "backup/deep/cash.md", true),
            ("back", "backup/cash.md", false),
            ("a*b*c", "axxbxx", false),
            ("", "slides.md", false),
        ] {
            assert_eq!(covers(pattern, path), expected, "{pattern} against {path}");
        }
    }

    #[test]
    fn paths_go_to_a_configuration_and_back() {
        for (below, above, shown, relative) in [
            ("", "", "slides.md", "slides.md"),
            ("decks/", "", "decks/slides.md", "slides.md"),
            ("", "decks/q3/", "slides.md", "decks/q3/slides.md"),
            ("", "decks/q3/", "../metrics.yaml", "decks/metrics.yaml"),
        ] {
            let anchor = Anchor { below: below.to_owned(), above: above.to_owned() };
            assert_eq!(anchor.relative(shown), relative);
            assert_eq!(joined(&anchor.above, &anchor.shown(relative)), joined(&anchor.above, shown));
        }
    }

    #[test]
    fn folders_are_left_by_two_dots() {
        for (folder, path, expected) in [
            ("", "slides.md", "slides.md"),
            ("decks/q3", "slides.md", "decks/q3/slides.md"),
            ("decks/q3", "../metrics.yaml", "decks/metrics.yaml"),
            ("decks/q3/", "../../metrics.yaml", "metrics.yaml"),
            ("decks/q3", "../../../metrics.yaml", "../../../metrics.yaml"),
            ("decks", "/srv/metrics.yaml", "/srv/metrics.yaml"),
        ] {
            assert_eq!(joined(folder, path), expected);
        }
    }

    #[test]
    fn the_working_directory_makes_no_difference() {
        let place = Place { file: FileId(0), span: Span::default() };
        let path = Located { value: "q3/slides.md".to_owned(), place };
        let settings = DocumentSettings { path, role: None, period: None, rules: Default::default() };
        for (below, above, shown) in
            [("", "", "q3/slides.md"), ("decks/", "", "decks/q3/slides.md"), ("", "q3/", "slides.md")]
        {
            let anchor = Anchor { below: below.to_owned(), above: above.to_owned() };
            let config = Config { documents: vec![settings.clone()], anchor, ..Config::default() };
            assert!(config.document(shown).next().is_some(), "{shown}");
            assert!(config.document("other.md").next().is_none());
        }
    }
}
