//! A finding as the renderer wants it.
//!
//! Enters: a [`Finding`] and the deck. Leaves: a [`Diagnostic`] whose text is safe to show.
//! Invariant: the other sides that stand near the number share its snippet; the rest have their own, so every side is shown.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, Severity, SourceCode};

use super::Style;
use super::excerpt::{Excerpt, Label};
use crate::deck::Deck;
use crate::finding::{Confidence, Finding, Level};
use crate::report::{Slides, cause, visible};
use crate::span::{Files, Place};

/// Lines between two places that one snippet still shows together.
const NEAR: usize = 2;

/// Snippets of other sides at most; a total may have a hundred parts.
const MOST_SNIPPETS: usize = 8;

/// Labels in one snippet at most.
const MOST_LABELS: usize = 12;

/// What the renderer draws: words, or a snippet.
pub(super) struct Shown {
    code: Option<String>,
    severity: Severity,
    message: String,
    because: Option<Because>,
    excerpt: Option<Excerpt>,
}

/// The cause line.
#[derive(Debug)]
struct Because(String);

/// A finding, ready to be drawn.
pub(super) struct Drawing {
    /// What it says.
    pub(super) words: Shown,
    /// Its own snippet, then those of the other sides that do not stand beside it.
    pub(super) snippets: Vec<Shown>,
    /// How many places are left out.
    pub(super) left_out: usize,
}

impl Shown {
    fn words(finding: &Finding) -> Self {
        Self {
            code: Some(code(finding)),
            severity: severity(finding),
            message: visible(&finding.message).into_owned(),
            because: cause(finding).map(|cause| Because(visible(&cause).into_owned())),
            excerpt: None,
        }
    }

    fn snippet(finding: &Finding, excerpt: Excerpt) -> Self {
        Self { code: None, severity: severity(finding), message: String::new(), because: None, excerpt: Some(excerpt) }
    }

    /// The head that the renderer writes, and the one that is meant, where they differ.
    pub(super) fn head(&self) -> Option<(String, String)> {
        self.excerpt.as_ref().and_then(Excerpt::head)
    }

    /// Digits of the line numbers of a snippet.
    pub(super) fn digits(&self) -> usize {
        self.excerpt.as_ref().map_or(0, Excerpt::digits)
    }
}

fn severity(finding: &Finding) -> Severity {
    match finding.level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Info | Level::Off => Severity::Advice,
    }
}

/// Makes a finding ready to be drawn.
pub(super) fn drawing(finding: &Finding, deck: &Deck, slides: &Slides, style: Style) -> Drawing {
    let files = &deck.files;
    let (mut near, mut far) = (vec![side(finding.place, on_slide(finding.slide, deck))], Vec::new());
    for other in &finding.related {
        let beside = is_near(files, finding.place, other.place) && !other.place.span.meets(finding.place.span);
        if beside && near.len() < MOST_LABELS {
            near.push(side(other.place, Some(other.message.clone())));
            continue;
        }
        let message = match on_slide(slides.at(other.place), deck) {
            Some(slide) => format!("{}, {slide}", other.message),
            None => other.message.clone(),
        };
        far.push(side(other.place, Some(message)));
    }
    let groups = group(far, files);
    let left_out = groups.iter().skip(MOST_SNIPPETS).map(Vec::len).sum();
    let groups = std::iter::once(near).chain(groups.into_iter().take(MOST_SNIPPETS));
    let snippets = groups.map(|sides| Shown::snippet(finding, Excerpt::of(files, &sides, style.width)));
    Drawing { words: Shown::words(finding), snippets: snippets.collect(), left_out }
}

/// `error: value-mismatch`, and how sure it is where that is worth knowing.
fn code(finding: &Finding) -> String {
    let sure = match finding.confidence {
        Confidence::High => "",
        Confidence::Medium => " (medium confidence)",
        Confidence::Low => " (low confidence)",
    };
    format!("{}: {}{sure}", finding.level.name(), finding.rule)
}

/// The slide, where there is more than one to choose from.
fn on_slide(slide: Option<usize>, deck: &Deck) -> Option<String> {
    let several = deck.documents.iter().any(|document| document.slides > 1);
    slide.filter(|_| several).map(|slide| format!("slide {slide}"))
}

fn side(place: Place, text: Option<String>) -> Label {
    Label { place, text: text.map(|text| visible(&text).into_owned()) }
}

fn is_near(files: &Files, a: Place, b: Place) -> bool {
    let line = |place: Place| files.position(place.file, place.span.start).line;
    a.file == b.file && line(a).abs_diff(line(b)) <= NEAR
}

/// Puts sides together that stand near one another and say the same, as the parts of a total do. What is said of several sides is
/// said at the first.
fn group(sides: Vec<Label>, files: &Files) -> Vec<Vec<Label>> {
    let mut groups: Vec<Vec<Label>> = Vec::new();
    let mut last: Option<(Place, Option<String>)> = None;
    for mut side in sides {
        let (place, text) = (side.place, side.text.clone());
        let (mut same, mut near) = (false, false);
        if let Some((last_place, last_text)) = &last {
            same = *last_text == text;
            near = same && !last_place.span.meets(place.span) && is_near(files, *last_place, place);
        }
        if same {
            side.text = None;
        }
        match groups.last_mut() {
            Some(group) if near && group.len() < MOST_LABELS => group.push(side),
            _ => groups.push(vec![side]),
        }
        last = Some((place, text));
    }
    groups
}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref().map(|excerpt| Box::new(excerpt.labels()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

impl std::error::Error for Shown {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.because.as_ref().map(|because| because as &dyn std::error::Error)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Because {}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
