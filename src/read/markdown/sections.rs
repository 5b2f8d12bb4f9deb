//! Cuts a Markdown body where a slide tool would, into stretches that CommonMark can then read one by one.
//!
//! Enters: the text, its front matter and [`Dialect`]. Leaves: [`Section`]s in order.
//! Invariant: sections never overlap; what lies between two of them is a separator, a setting or a marker, never content.

use std::ops::Range;

use crate::document::Flow;

use super::dialect::{self, Dialect, Tool};
use super::front_matter;
use super::lines::{Line, Lines, dashes};

/// A stretch of the body that is parsed as one Markdown document.
#[derive(Debug)]
pub(super) struct Section {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// A slide starts with it.
    pub(super) cut: bool,
    /// It belongs to the speaker.
    pub(super) notes: bool,
    /// Period that the slide's own settings state.
    pub(super) period: Option<Flow>,
}

/// Cuts the body.
pub(super) fn plan(text: &str, body: usize, dialect: Dialect) -> Vec<Section> {
    let mut cutter = Cutter {
        dialect,
        sections: Vec::new(),
        open: Section::from(body),
        divs: Vec::new(),
        note_divs: 0,
        notes: Notes::None,
    };
    let mut lines = Lines::new(text, body);
    let mut top = true;
    while let Some(line) = lines.next() {
        if line.inside {
            top = false;
            continue;
        }
        if top && matches!(dialect.tool, Tool::Remark | Tool::Rules) && dialect::is_bare_setting(line.content) {
            cutter.skip(&line);
            continue;
        }
        top = false;
        match cutter.take(text, &line) {
            Step::Content => {}
            Step::Cut => top = true,
            Step::CutAfterSettings(end) => lines.skip_to(end),
        }
    }
    cutter.close(text.len());
    cutter.sections
}

impl Section {
    fn from(start: usize) -> Self {
        Self { range: start..start, cut: false, notes: false, period: None }
    }
}

/// What a line meant to the cutter.
enum Step {
    /// It stays in the open section, or only ended it.
    Content,
    /// A slide starts after it.
    Cut,
    /// A slide starts at that byte, after settings of its own.
    CutAfterSettings(usize),
}

/// How far the notes that are open reach.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notes {
    None,
    /// To the next slide.
    Slide,
    /// To the next blank line.
    Paragraph,
}

struct Cutter {
    dialect: Dialect,
    sections: Vec<Section>,
    /// The section that grows.
    open: Section,
    /// Fenced divs that are open: whether each is for the speaker.
    divs: Vec<bool>,
    /// How many of them are.
    note_divs: usize,
    notes: Notes,
}

impl Cutter {
    fn take(&mut self, text: &str, line: &Line<'_>) -> Step {
        let content = line.content.trim_start();
        match content.bytes().next() {
            None => self.blank(line),
            Some(b'-') => return self.dashes(text, line),
            Some(b'#') => self.heading(line),
            Some(b'?') if self.dialect.tool == Tool::Remark && line.content == "???" => {
                self.turn(line.start, line.end);
                self.begin_notes(Notes::Slide);
            }
            Some(b'n' | b'N') if self.dialect.note_word() && line.after_blank => self.note_word(line),
            Some(b'^') if self.dialect.caret_notes() && dialect::is_caret_note(line.content) => {
                self.turn(line.start, line.start + 1);
                self.begin_notes(Notes::Paragraph);
            }
            Some(b':') if line.content.len() - content.len() <= 3 => self.colons(line, content),
            Some(b'[') if self.dialect.tool == Tool::Rules && content.starts_with("[.") && content.ends_with(']') => {
                self.turn(line.start, line.end);
            }
            _ => {}
        }
        Step::Content
    }

    fn blank(&mut self, line: &Line<'_>) {
        if self.notes == Notes::Paragraph {
            self.turn(line.start, line.end);
            self.notes = Notes::None;
            self.mark();
        }
    }

    fn dashes(&mut self, text: &str, line: &Line<'_>) -> Step {
        let run = dashes(line.content);
        let cuts = match (self.dialect.tool, run) {
            (Tool::Slidev | Tool::Remark, Some(3)) | (Tool::Remark, Some(2)) => true,
            (Tool::Rules, Some(2)) => line.after_blank,
            _ => false,
        };
        if !cuts {
            // The thematic break itself cuts when it is read; here it only ends what reaches to the end of a slide.
            if run == Some(3) && line.after_blank && self.open.notes {
                self.turn(line.start, line.start);
                self.end_notes();
            }
            return Step::Content;
        }
        let settings = (self.dialect.tool == Tool::Slidev).then(|| front_matter::of_slide(text, line.end)).flatten();
        let start = settings.as_ref().map_or(line.end, |settings| settings.body);
        self.turn(line.start, start);
        self.end_notes();
        self.open.cut = true;
        match settings {
            Some(settings) => {
                self.open.period = settings.get("period").cloned();
                Step::CutAfterSettings(start)
            }
            None => Step::Cut,
        }
    }

    /// A heading that starts a slide also ends a div for the speaker that nobody closed.
    fn heading(&mut self, line: &Line<'_>) {
        let level = line.content.bytes().take_while(|&byte| byte == b'#').count();
        if self.open.notes && (1..=usize::from(self.dialect.heading_level)).contains(&level) {
            self.turn(line.start, line.start);
            self.end_notes();
        }
    }

    fn note_word(&mut self, line: &Line<'_>) {
        let indent = line.content.len() - line.content.trim_start().len();
        let Some((word, _)) = line.content[indent..].split_once(':') else { return };
        if word.eq_ignore_ascii_case("note") || word.eq_ignore_ascii_case("notes") {
            self.turn(line.start, line.start + indent + word.len() + 1);
            self.begin_notes(Notes::Slide);
        }
    }

    /// Fenced divs (`::: notes`, `::: {.column width="40%"}`, `:::`) and slots (`::right::`).
    fn colons(&mut self, line: &Line<'_>, content: &str) {
        let run = content.bytes().take_while(|&byte| byte == b':').count();
        let rest = content[run..].trim_end_matches(':').trim();
        if run == 2 && content.ends_with("::") && !rest.is_empty() && !rest.contains(char::is_whitespace) {
            self.turn(line.start, line.end);
        }
        if run < 3 {
            return;
        }
        let word_end = if rest.starts_with('{') {
            rest.find('}').map_or(rest.len(), |at| at + 1)
        } else {
            rest.find(char::is_whitespace).unwrap_or(rest.len())
        };
        let (label, title) = rest.split_at(word_end);
        if rest.is_empty() {
            self.note_divs -= usize::from(self.divs.pop() == Some(true));
        } else {
            let names = label.trim_matches(['{', '}']).split(char::is_whitespace);
            let mut names = names.map(|name| name.trim_start_matches('.'));
            let notes = names.any(|name| name == "notes");
            self.divs.push(notes);
            self.note_divs += usize::from(notes);
        }
        // The title of an admonition is shown; a label is not.
        let title = title.trim();
        let shown = if title.is_empty() || title.starts_with('{') { 0 } else { title.len() };
        self.turn(line.start, if shown == 0 { line.end } else { line.start + line.content.len() - shown });
        self.mark();
    }

    fn begin_notes(&mut self, notes: Notes) {
        self.notes = notes;
        self.mark();
    }

    fn end_notes(&mut self) {
        self.notes = Notes::None;
        self.divs.clear();
        self.note_divs = 0;
        self.mark();
    }

    fn mark(&mut self) {
        self.open.notes = self.notes != Notes::None || self.note_divs > 0;
    }

    /// Ends the open section at `end` and opens the next at `start`, of the same kind.
    fn turn(&mut self, end: usize, start: usize) {
        let notes = self.open.notes;
        self.close(end);
        self.open = Section::from(start);
        self.open.notes = notes;
    }

    fn close(&mut self, end: usize) {
        let mut closed = std::mem::replace(&mut self.open, Section::from(end));
        closed.range.end = end.max(closed.range.start);
        self.sections.push(closed);
    }

    /// Leaves a line at the top of a section out.
    fn skip(&mut self, line: &Line<'_>) {
        self.open.range = line.end..line.end;
    }
}
