//! What is not Markdown's own text: code blocks, HTML, comments.
//!
//! Enters: events of such blocks, on the walk. Leaves: charts, tables and texts of HTML, notes, directives.
//! Invariant: every byte that reaches the outline has its place in the file, also through a block's indentation.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::document::Flow;
use crate::read::chart;
use crate::read::html::token;
use crate::span::Span;

use super::super::comment::{self, Comment};
use super::super::outline::Outline;
use super::Walker;

impl Walker<'_, '_> {
    /// Takes the raw text of a code or HTML block, up to its end.
    pub(super) fn collect<'e>(&mut self, events: &mut impl Iterator<Item = (Event<'e>, Range<usize>)>) {
        self.raw = Flow::default();
        for (event, range) in events {
            match event {
                Event::Text(text) | Event::Html(text) => {
                    let span = Span::new(self.base + range.start, self.base + range.end);
                    match self.file.get(span.range()) == Some(&*text) {
                        true => self.raw.push_verbatim(&text, span.start),
                        false => self.raw.push_replaced(&text, span),
                    }
                }
                Event::End(_) => return,
                _ => {}
            }
        }
    }

    pub(super) fn inline_html(&mut self, html: &str, span: Span, comments: bool) {
        if let Some(inner) = html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) {
            let start = span.start + 4;
            self.comment(Span::new(start, start + inner.len()), span, comments);
            return;
        }
        self.reach(span);
        match token::Tag::alone(html) {
            Some((true, tag)) => self.passage.open_tag(&tag, span),
            Some((false, tag)) => self.passage.close_tag(&tag),
            None => {}
        }
    }

    pub(super) fn html(&mut self, comments: bool) {
        let raw = std::mem::take(&mut self.raw);
        let file = self.file;
        self.markup
            .feed(&raw, self.outline, &mut |outline, inner, whole| take_comment(file, inner, whole, comments, outline));
    }

    pub(super) fn comment(&mut self, inner: Span, whole: Span, comments: bool) {
        take_comment(self.file, inner, whole, comments, self.outline);
    }

    pub(super) fn code(&mut self, language: &str, span: Span, comments: bool) {
        // Indented rows of a table that a blank line cut in two, and raw HTML as pandoc writes it.
        if (self.markup.in_table() && language.is_empty()) || chart::is_html(language) {
            self.html(comments);
            return;
        }
        self.outline.occupy();
        let raw = std::mem::take(&mut self.raw);
        let span = self.trimmed(span);
        match chart::read(language, &raw) {
            Ok(None) => {}
            Ok(Some(table)) => self.outline.table(table, span, self.parent()),
            Err(problem) => self.outline.problem(problem.message, problem.span),
        }
    }
}

/// Hears a comment out: a directive, a setting, or words for the speaker.
fn take_comment(file: &str, inner: Span, whole: Span, comments: bool, outline: &mut Outline) {
    let text = file.get(inner.range()).unwrap_or_default();
    match comment::classify(text) {
        Comment::Tieout(said) => outline.directive(said, whole),
        Comment::Setting => {}
        Comment::Note if comments && outline.dialect().comments_are_notes() => {
            let before = outline.set_notes(true);
            Walker::new(file, inner.start, outline).run(inner.range(), false);
            outline.set_notes(before);
        }
        Comment::Note => {}
    }
}
