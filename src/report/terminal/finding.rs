//! A finding as the renderer wants it.
//!
//! Enters: a [`Finding`] and the deck. Leaves: a [`Diagnostic`] whose text is safe to show.
//! Invariant: the other sides that stand near the number share its snippet; the rest have their own, so every side is shown.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, Severity, SourceCode};

use super::Style;
use super::excerpt::{Excerpt, Label};
use crate::deck::Deck;
use crate::finding::{Cause, CauseKind, Confidence, Finding, Level};
use crate::report::{Slides, visible};
use crate::span::{Files, Place};

/// Lines between two places that one snippet still shows together.
const NEAR: usize = 2;

/// Snippets of other sides at most; a total may have a hundred parts.
const MOST_SNIPPETS: usize = 8;

/// Labels in one snippet at most.
const MOST_LABELS: usize = 12;

/// Something to show: a finding, or another side of one.
pub(super) struct Shown {
    code: Option<String>,
    severity: Severity,
    message: String,
    because: Option<Because>,
    excerpt: Excerpt,
}

/// The cause line.
#[derive(Debug)]
struct Because(String);

/// A finding, ready to be drawn.
pub(super) struct Drawing {
    /// The finding with its own snippet.
    pub(super) main: Shown,
    /// The other sides that do not stand beside it.
    pub(super) others: Vec<Shown>,
    /// How many places are left out.
    pub(super) left_out: usize,
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
    let others = groups.into_iter().take(MOST_SNIPPETS).map(|sides| other_side(sides, files, style)).collect();
    let main = Shown {
        code: Some(code(finding)),
        severity: match finding.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info | Level::Off => Severity::Advice,
        },
        message: visible(&finding.message).into_owned(),
        because: finding.cause.as_ref().and_then(because),
        excerpt: Excerpt::of(files, &near, style.width),
    };
    Drawing { main, others, left_out }
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

fn because(cause: &Cause) -> Option<Because> {
    if cause.kind == CauseKind::Unknown {
        return None;
    }
    Some(Because(format!("{}: {}", cause.kind.name(), visible(&cause.detail))))
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

/// Puts sides together that stand near one another and say the same, as the parts of a total do.
fn group(sides: Vec<Label>, files: &Files) -> Vec<Vec<Label>> {
    let mut groups: Vec<Vec<Label>> = Vec::new();
    for side in sides {
        match groups.last_mut() {
            Some(group)
                if group.len() < MOST_LABELS
                    && group.last().is_some_and(|last| {
                        last.text == side.text
                            && !last.place.span.meets(side.place.span)
                            && is_near(files, last.place, side.place)
                    }) =>
            {
                group.push(side);
            }
            _ => groups.push(vec![side]),
        }
    }
    groups
}

/// The snippet of other sides; what they are is said once.
fn other_side(mut sides: Vec<Label>, files: &Files, style: Style) -> Shown {
    for side in sides.iter_mut().skip(1) {
        side.text = None;
    }
    Shown {
        code: None,
        severity: Severity::Advice,
        message: String::new(),
        because: None,
        excerpt: Excerpt::of(files, &sides, style.width),
    }
}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
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
