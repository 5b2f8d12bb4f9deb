//! The lines of a file that a snippet shows.
//!
//! Enters: places of one file, near one another. Leaves: an [`Excerpt`]: their lines, safe to show, cut to the width around the
//! places, and where the places are in it. Invariant: its size depends on the width and the number of lines, never on the file
//! (an export may stand on one line), and no file is read twice for it.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use textwrap::WordSplitter;
use unicode_width::UnicodeWidthStr;

use crate::report::visible;
use crate::span::{Files, Place, Position};

/// Columns that line numbers and the frame take.
const FRAME: usize = 10;

/// Columns that a label takes at least, even where the number stands at the right edge.
const NARROWEST_LABEL: usize = 24;

/// Stands for text that is left out.
const LEFT_OUT: char = '…';

/// A place to underline, with what to say there.
pub(super) struct Label {
    pub(super) place: Place,
    pub(super) text: Option<String>,
}

/// Lines to show.
pub(super) struct Excerpt {
    /// What stands in the head of the snippet before line and column.
    path: String,
    /// Whether that says all: the lines and columns of a workbook are nothing to its readers.
    is_cell: bool,
    /// The lines as shown, with line breaks between them.
    text: String,
    /// Number of the first line, from 1.
    first_line: usize,
    lines: usize,
    /// What to underline in the text; the first is what the finding points at.
    marks: Vec<Mark>,
}

struct Mark {
    start: usize,
    end: usize,
    /// Where that is in the file.
    position: Position,
    label: Option<String>,
}

impl Excerpt {
    /// The lines of some places of one file. Of a place that runs over several lines, the first is shown.
    pub(super) fn of(files: &Files, labels: &[Label], width: usize) -> Self {
        let positions: Vec<Position> =
            labels.iter().map(|label| files.position(label.place.file, label.place.span.start)).collect();
        let first_line = positions.iter().map(|at| at.line).min().unwrap_or(1);
        let last_line = positions.iter().map(|at| at.line).max().unwrap_or(1);
        let mut excerpt = Self {
            path: labels.first().map(|label| head(files, label.place)).unwrap_or_default(),
            is_cell: labels.first().is_some_and(|label| files.get(label.place.file).sheet().is_some()),
            text: String::new(),
            first_line,
            lines: last_line - first_line + 1,
            marks: Vec::new(),
        };
        let mut marks: Vec<Option<Mark>> = labels.iter().map(|_| None).collect();
        for number in first_line..=last_line {
            if number > first_line {
                excerpt.text.push('\n');
            }
            let here: Vec<usize> = (0..labels.len()).filter(|&at| positions[at].line == number).collect();
            let spans: Vec<_> = here.iter().map(|&at| labels[at].place.span).collect();
            let Some(file) = labels.first().map(|label| files.get(label.place.file)) else { continue };
            let line = file.line(number);
            let shown =
                cut(file.text().get(line.range()).unwrap_or_default(), line.start, &spans, width.saturating_sub(FRAME));
            for (&at, (start, end)) in here.iter().zip(shown.marks) {
                let base = excerpt.text.len();
                let column = shown.text[..start].width();
                let label = labels[at].text.as_ref().map(|text| wrapped(text, width.saturating_sub(FRAME + column)));
                marks[at] = Some(Mark { start: base + start, end: base + end, position: positions[at], label });
            }
            excerpt.text.push_str(&shown.text);
        }
        excerpt.marks = marks.into_iter().flatten().collect();
        excerpt
    }

    /// Digits of the last line's number.
    pub(super) fn digits(&self) -> usize {
        (self.first_line + self.lines - 1).to_string().len()
    }

    /// The head that the renderer writes, and the one that is meant.
    pub(super) fn head(&self) -> Option<(String, String)> {
        let mark = self.marks.first().filter(|_| self.is_cell)?;
        let Position { line, column, .. } = mark.position;
        Some((format!("{}:{line}:{column}]", self.path), format!("{}]", self.path)))
    }

    /// What to underline; the first is primary.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.marks.iter().enumerate().map(|(at, mark)| {
            let (label, length) = (mark.label.clone(), mark.end - mark.start);
            if at == 0 {
                LabeledSpan::new_primary_with_span(label, (mark.start, length))
            } else {
                LabeledSpan::new(label, mark.start, length)
            }
        })
    }
}

/// A label in lines that fit beside its hook.
fn wrapped(text: &str, width: usize) -> String {
    let options = textwrap::Options::new(width.max(NARROWEST_LABEL)).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).join("\n")
}

/// The file, or the cell of a workbook.
fn head(files: &Files, place: Place) -> String {
    let shown = match files.cell(place) {
        Some(_) => files.shown(place),
        None => files.get(place.file).path().to_owned(),
    };
    visible(&shown).into_owned()
}

/// A line as shown, and where its places are in it.
struct Cut {
    text: String,
    marks: Vec<(usize, usize)>,
}

/// Cuts a line to a width, so that its first place is seen whole where that is possible.
fn cut(line: &str, line_start: usize, spans: &[crate::span::Span], width: usize) -> Cut {
    let width = width.max(20);
    let relative = |byte: usize| floor(line, byte.saturating_sub(line_start));
    let first = spans.iter().map(|span| relative(span.start)).min().unwrap_or(0);
    let last = spans.iter().map(|span| relative(span.end)).max().unwrap_or(0).max(first);
    let (from, to) = window(line, first, last, width);
    let mut cut = Cut { text: String::with_capacity(width + 8), marks: Vec::new() };
    // Where each character of the window starts in the shown text, and where the last one ends.
    let mut starts: Vec<(usize, usize)> = Vec::with_capacity(width);
    if from > 0 {
        cut.text.push(LEFT_OUT);
    }
    for (at, c) in line[from..to].char_indices() {
        starts.push((from + at, cut.text.len()));
        match c {
            '\t' => cut.text.push(' '),
            c => cut.text.push_str(&visible(c.encode_utf8(&mut [0; 4]))),
        }
    }
    starts.push((to, cut.text.len()));
    if to < line.len() {
        cut.text.push(LEFT_OUT);
    }
    let shown = |byte: usize| {
        let at = starts.partition_point(|(original, _)| *original < byte).min(starts.len() - 1);
        starts[at].1
    };
    cut.marks = spans.iter().map(|span| (shown(relative(span.start)), shown(relative(span.end)))).collect();
    cut
}

/// The bytes of a line to show: all of a short one, else a stretch that begins some way before the first place.
fn window(line: &str, first: usize, last: usize, width: usize) -> (usize, usize) {
    let fits = |text: &str| text.chars().take(width + 1).count() <= width;
    if fits(line) {
        return (0, line.len());
    }
    let room = width - 2;
    let from = if fits(&line[..last]) { 0 } else { back(line, first, room / 3) };
    let to = line[from..].char_indices().nth(room).map_or(line.len(), |(at, _)| from + at);
    (from, to)
}

/// The byte that stands some characters before another.
fn back(line: &str, byte: usize, characters: usize) -> usize {
    line[..byte].char_indices().rev().take(characters).last().map_or(byte, |(at, _)| at)
}

/// The character boundary at or before a byte.
fn floor(line: &str, byte: usize) -> usize {
    line.floor_char_boundary(byte.min(line.len()))
}

impl SourceCode for Excerpt {
    /// Asked without context, this tells the position of a label, for the snippet's head; asked with context, all lines.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::new(0.into(), self.text.len());
        let (line, column) = if before > 0 {
            (self.first_line, 1)
        } else {
            let mark = self.marks.iter().find(|mark| mark.start == span.offset()).or(self.marks.first());
            mark.map_or((self.first_line, 1), |mark| (mark.position.line, mark.position.column))
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            self.text.as_bytes(),
            whole,
            line - 1,
            column - 1,
            self.lines,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// The shown line with its places in brackets.
    fn shown(line: &str, places: &[&str], width: usize) -> String {
        let span = |place: &&str| {
            let start = line.find(place).expect("a place of the line");
            Span::new(start + 100, start + place.len() + 100)
        };
        let cut = cut(line, 100, &places.iter().map(span).collect::<Vec<_>>(), width);
        let mut text = cut.text;
        let mut marks = cut.marks;
        marks.sort_unstable();
        for (start, end) in marks.into_iter().rev() {
            text.insert(end, ']');
            text.insert(start, '[');
        }
        text
    }

    #[test]
    fn a_short_line_is_whole() {
        assert_eq!(shown("ARR of **$42.3M**, up 9%", &["$42.3M", "9%"], 80), "ARR of **[$42.3M]**, up [9%]");
    }

    #[test]
    fn a_long_line_is_cut_around_its_place() {
        let line = format!("{}€42.3M{}", "– ".repeat(300_000), " ×".repeat(300_000));
        let text = shown(&line, &["€42.3M"], 40);
        assert_eq!(text, "…– – – – – – [€42.3M] × × × × × × × × × ×…");
    }

    #[test]
    fn the_start_of_a_line_stays_where_the_place_is_near() {
        let text = shown(&format!("| ARR | $42.3M |{}", " x |".repeat(100)), &["$42.3M"], 40);
        assert_eq!(text, "| ARR | [$42.3M] | x | x | x | x | x | x…");
    }

    #[test]
    fn escapes_are_spelt_out_beside_exact_marks() {
        assert_eq!(shown("\u{1b}[2J\t$4M\u{202e}", &["$4M"], 80), "\\u{1b}[2J [$4M]\\u{202e}");
    }

    proptest::proptest! {
        #[test]
        fn any_place_of_any_text_can_be_shown(text in "(\\PC|[\\t\\r\\n\\x1b\u{202e}]){0,200}", places in proptest::collection::vec((0..400_usize, 0..40_usize), 1..4), width in 20..120_usize) {
            let mut files = Files::default();
            let file = files.add("deck.md", text);
            // Places need not fall on characters, nor inside the text: a rule's mistake must not take the report with it.
            let labels: Vec<Label> = places
                .into_iter()
                .map(|(start, length)| Label { place: Place { file, span: Span::new(start, start + length) }, text: Some("here".to_owned()) })
                .collect();
            let excerpt = Excerpt::of(&files, &labels, width);
            let longest = excerpt.text.lines().map(|line| line.chars().filter(|c| !c.is_ascii()).count()).max();
            proptest::prop_assert!(longest <= Some(width.max(30)));
            proptest::prop_assert!(!excerpt.text.chars().any(|c| c.is_control() && c != '\n'));
            for mark in &excerpt.marks {
                proptest::prop_assert!(excerpt.text.get(mark.start..mark.end).is_some());
            }
        }
    }

    #[test]
    fn an_empty_line_can_be_pointed_at() {
        assert_eq!(shown("", &[], 80), "");
        let mut files = Files::default();
        let file = files.add("deck.md", "");
        let place = Place { file, span: Span::new(0, 0) };
        assert_eq!(Excerpt::of(&files, &[Label { place, text: None }], 80).marks.len(), 1);
    }
}
