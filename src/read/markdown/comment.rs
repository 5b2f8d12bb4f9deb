//! What an HTML comment is for: a word to tieout, a setting of some tool, or a speaker note.
//!
//! Enters: the text between `<!--` and `-->`. Leaves: a [`Comment`]. Invariant: a setting is never read as a note.

/// What a comment is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Comment<'a> {
    /// `tieout: …`, without the address.
    Tieout(&'a str),
    /// A setting of a slide tool, formatter or linter.
    Setting,
    /// Anything else: a note, where the tool shows comments to the speaker.
    Note,
}

/// What Marp's directives are called, without the `_` that restricts one to its slide.
const MARP: [&str; 22] = [
    "theme",
    "style",
    "headingDivider",
    "size",
    "math",
    "title",
    "author",
    "description",
    "keywords",
    "url",
    "image",
    "marp",
    "paginate",
    "header",
    "footer",
    "class",
    "backgroundColor",
    "backgroundImage",
    "backgroundPosition",
    "backgroundRepeat",
    "backgroundSize",
    "color",
];

/// What comments of other tools start with.
const TOOLS: [&str; 22] = [
    ".slide",
    ".element",
    "fit",
    "markdownlint",
    "prettier-",
    "cspell",
    "spell-checker",
    "vale ",
    "textlint",
    "eslint",
    "lint ",
    "toc",
    "/toc",
    "omit in toc",
    "omit from toc",
    "more",
    "endofslide",
    "end_slide",
    "pause",
    "stop",
    "new_line",
    "column_layout",
];

/// Says what a comment is for.
pub(super) fn classify(text: &str) -> Comment<'_> {
    let text = text.trim();
    if let Some(said) = text.strip_prefix("tieout:") {
        return Comment::Tieout(said.trim());
    }
    let begins = |name: &&str| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let tool = TOOLS.iter().find(|name| begins(name)).is_some_and(|name| {
        // `fit` and `more` are words too: alone they are settings.
        !name.chars().all(|c| c.is_ascii_alphabetic()) || text.len() == name.len() || name.len() > 5
    });
    if text.is_empty() || tool || is_directive(text) {
        return Comment::Setting;
    }
    Comment::Note
}

/// Whether every line is a directive of Marp, or goes on with the one before.
fn is_directive(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let named = |line: &str| {
        line.split_once(':').is_some_and(|(key, _)| {
            let key = key.trim().trim_start_matches(['_', '$']);
            MARP.contains(&key) || key == "transition" || key == "lang"
        })
    };
    lines.next().is_some_and(named) && lines.all(|line| named(line) || line.starts_with([' ', '\t', '-', '}', '#']))
}

#[cfg(test)]
mod tests {
    use super::{Comment, classify};

    #[test]
    fn comments() {
        assert_eq!(classify(" tieout: allow x -- because "), Comment::Tieout("allow x -- because"));
        for setting in [
            " _class: lead ",
            "paginate: true",
            "\nbackgroundColor: #fff\ncolor: white\n",
            " markdownlint-disable MD033 ",
            " fit ",
            ".slide: data-background=\"#ff0000\"",
            " prettier-ignore ",
            " omit in toc ",
            "style: |\n  section { }\n",
            "",
        ] {
            assert_eq!(classify(setting), Comment::Setting, "{setting}");
        }
        for note in [
            " ARR landed at $4M. ",
            "Color: the board asked about it",
            "fit for purpose at 4%",
            "more than 4% of it",
            "footer: 4%\nand a word on churn",
            "Note: mention churn",
        ] {
            assert_eq!(classify(note), Comment::Note, "{note}");
        }
    }
}
