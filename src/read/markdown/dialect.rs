//! Which tool a Markdown file is written for, and so what separates its slides and where its speaker notes stand.
//!
//! Enters: front matter and the lines of the body. Leaves: a [`Dialect`].
//! Invariant: detection changes where slides and notes begin, never which text is read.

use super::front_matter::{self, FrontMatter};
use super::lines::{Lines, dashes};

/// The habits of a slide tool, as far as reading numbers needs them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Dialect {
    /// The tool.
    pub(super) tool: Tool,
    /// Headings of this level and above start a slide; 0 for none.
    pub(super) heading_level: u8,
    /// The title in front matter makes a slide of its own, so the body starts on slide 2.
    pub(super) title_slide: bool,
}

/// A slide tool, or a family of them that reads alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tool {
    /// One CommonMark document, cut at thematic breaks; `text` over `---` is a heading there, as CommonMark has it.
    Marp,
    /// A `---` line always cuts; settings of a slide may follow it; each slide is parsed alone.
    Slidev,
    /// `---` and `--` lines always cut, `???` starts the notes, settings are lines at the top of a slide.
    Remark,
    /// A break of dashes cuts: reveal.js, Deckset, and every deck that does not say what it is for.
    Rules,
    /// Headings cut, and so do thematic breaks: pandoc and Quarto.
    Pandoc,
    /// No slide tool: a report whose sections are taken as slides.
    Report,
}

impl Dialect {
    /// Whether a thematic break that is written like this starts a slide.
    pub(super) fn rule_cuts(self, rule: &str) -> bool {
        match self.tool {
            Tool::Marp | Tool::Pandoc => true,
            Tool::Rules => rule.starts_with('-'),
            Tool::Slidev | Tool::Remark | Tool::Report => false,
        }
    }

    /// Whether a comment is a speaker note. Elsewhere a comment is text that its author took out.
    pub(super) fn comments_are_notes(self) -> bool {
        matches!(self.tool, Tool::Marp | Tool::Slidev | Tool::Rules)
    }

    /// Whether a `Note:` line gives the rest of the slide to the speaker.
    pub(super) fn note_word(self) -> bool {
        self.tool == Tool::Rules
    }

    /// Whether `^` at the start of a paragraph makes it a note.
    pub(super) fn caret_notes(self) -> bool {
        self.tool == Tool::Rules
    }
}

const PANDOC_SLIDES: [&str; 12] = [
    "revealjs",
    "beamer",
    "pptx",
    "slidy",
    "slideous",
    "dzslides",
    "s5",
    "ioslides_presentation",
    "slidy_presentation",
    "beamer_presentation",
    "powerpoint_presentation",
    "revealjs_presentation",
];

/// Finds the tool that a file is written for.
pub(super) fn detect(text: &str, front: &FrontMatter) -> Dialect {
    let dialect = |tool, heading_level| Dialect { tool, heading_level, title_slide: false };
    let divider = front.under("headingDivider").find_map(|(_, level)| level.parse::<u8>().ok());
    if front.text("marp").is_some_and(|value| value.trim() == "true") || divider.is_some() {
        return dialect(Tool::Marp, divider.unwrap_or(0).min(6));
    }
    if let Some(level) = pandoc_level(front) {
        return Dialect { tool: Tool::Pandoc, heading_level: level, title_slide: front.get("title").is_some() };
    }
    let survey = Survey::of(text, front.body);
    let makes_remark =
        front.under("output").any(|(key, value)| key.contains("moon_reader") || value.contains("moon_reader"));
    if makes_remark || (survey.question_notes && survey.breaks > 0) {
        return dialect(Tool::Remark, 0);
    }
    if survey.slide_settings || (front.get("theme").is_some() && front.has_any(&SLIDEV_KEYS)) {
        return dialect(Tool::Slidev, 0);
    }
    if survey.remark_settings {
        return dialect(Tool::Remark, 0);
    }
    if front.has_any(&["revealOptions", "verticalSeparator", "highlightTheme"]) || survey.deckset {
        return dialect(Tool::Rules, 0);
    }
    // As many breaks as sections: each slide has about one title. Fewer, and they are ornaments of a report.
    if survey.breaks > 0 && survey.breaks * 2 >= survey.sections {
        let marp = front.has_any(&["paginate", "_class", "backgroundColor", "backgroundImage"]);
        return dialect(if marp { Tool::Marp } else { Tool::Rules }, 0);
    }
    dialect(Tool::Report, 2)
}

/// Front matter keys of Slidev that other tools with a `theme` do not have.
const SLIDEV_KEYS: [&str; 12] = [
    "transition",
    "layout",
    "mdc",
    "drawings",
    "highlighter",
    "colorSchema",
    "fonts",
    "lineNumbers",
    "canvasWidth",
    "aspectRatio",
    "routerMode",
    "exportFilename",
];

/// The slide level of a pandoc or Quarto deck; `None` when the file is no deck for them.
fn pandoc_level(front: &FrontMatter) -> Option<u8> {
    let formats = || front.under("format").chain(front.under("output"));
    let names = |text: &str| {
        let text = text.rsplit(['.', ':']).next().unwrap_or(text);
        PANDOC_SLIDES.iter().any(|name| text.strip_suffix("-revealjs").unwrap_or(text) == *name)
            || text.ends_with("-revealjs")
    };
    let level = formats()
        .chain(front.under("slide-level"))
        .filter(|(key, _)| key.ends_with("slide-level") || key.ends_with("slide_level"))
        .find_map(|(_, value)| value.trim().parse::<u8>().ok());
    let deck = level.is_some() || formats().any(|(key, value)| names(key) || names(value));
    deck.then(|| level.unwrap_or(2).clamp(1, 6))
}

/// What the lines of a body show of the tool they are written for.
#[derive(Default)]
struct Survey {
    /// `---` lines with nothing above them that they could underline.
    breaks: usize,
    /// Headings of level 1 and 2.
    sections: usize,
    /// A `???` line.
    question_notes: bool,
    /// `class: center` and the like at the top of a slide.
    remark_settings: bool,
    /// A slide's settings between two `---` lines.
    slide_settings: bool,
    /// `slidenumbers: true` at the top of the file, `[.column]` lines, or `^` notes.
    deckset: bool,
}

impl Survey {
    fn of(text: &str, body: usize) -> Self {
        let mut survey = Self::default();
        let mut top = true;
        let mut lines = Lines::new(text, body);
        while let Some(line) = lines.next() {
            if line.inside {
                top = false;
                continue;
            }
            let content = line.content;
            if content.is_empty() {
                top = top && line.start == body;
                continue;
            }
            match content.as_bytes()[0] {
                b'-' if dashes(content) == Some(3) => {
                    survey.breaks += usize::from(line.after_blank);
                    if front_matter::of_slide(text, line.end).is_some_and(|settings| settings.has_any(&SLIDE_KEYS)) {
                        survey.slide_settings = true;
                    }
                    top = true;
                    continue;
                }
                b'#' => {
                    let level = content.bytes().take_while(|&byte| byte == b'#').count();
                    survey.sections += usize::from(level <= 2 && content[level..].starts_with([' ', '\t']));
                }
                b'?' => survey.question_notes |= content == "???",
                b'^' => survey.deckset |= is_caret_note(content),
                b'[' => survey.deckset |= content.starts_with("[."),
                _ if top => {
                    survey.deckset |= is_setting(content, &DECKSET_SETTINGS);
                    survey.remark_settings |= is_setting(content, &REMARK_SETTINGS);
                }
                _ => {}
            }
            top = top && (is_setting(content, &DECKSET_SETTINGS) || is_setting(content, &REMARK_SETTINGS));
        }
        survey
    }
}

/// Keys that Slidev (or this tool) knows between two `---` lines inside a deck.
const SLIDE_KEYS: [&str; 24] = [
    "layout",
    "class",
    "transition",
    "background",
    "image",
    "clicks",
    "clicksStart",
    "level",
    "hideInToc",
    "routeAlias",
    "src",
    "disabled",
    "hide",
    "zoom",
    "preload",
    "dragPos",
    "backgroundSize",
    "clickAnimation",
    "name",
    "title",
    "role",
    "period",
    "theme",
    "url",
];

/// Settings of a whole Deckset file, without fences, on its first lines.
const DECKSET_SETTINGS: [&str; 12] = [
    "autoscale",
    "slidenumbers",
    "slidecount",
    "build-lists",
    "slide-transition",
    "footer",
    "theme",
    "footer-style",
    "background-color",
    "presenter-notes",
    "fit-header",
    "image-corner-radius",
];

/// Settings of a Remark slide, on its first lines.
const REMARK_SETTINGS: [&str; 9] = [
    "class",
    "name",
    "layout",
    "template",
    "count",
    "background-image",
    "background-size",
    "background-color",
    "exclude",
];

/// Whether a line at the top of a slide is a setting of the tools that write them without fences.
pub(super) fn is_bare_setting(content: &str) -> bool {
    is_setting(content, &DECKSET_SETTINGS) || is_setting(content, &REMARK_SETTINGS)
}

fn is_setting(content: &str, keys: &[&str]) -> bool {
    content.split_once(':').is_some_and(|(key, _)| keys.contains(&key))
}

/// Whether a line is a note of Deckset: `^` and then words, but not pandoc's `^[inline note]`.
pub(super) fn is_caret_note(content: &str) -> bool {
    content.strip_prefix('^').is_some_and(|rest| rest.trim_start().starts_with(char::is_alphanumeric))
}
