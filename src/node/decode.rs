//! Decoding of trees into settings: known keys, required values, and located failures for everything else.
//!
//! Enters: nodes of a file that the user owns (configuration, metric file). Leaves: values, and every mistake of the file at once.
//! Invariant: a value that is refused leaves a failure; nothing is ignored silently.

use std::collections::HashMap;

use super::shape::{Key, Mapping, Shape, words};
use super::{Node, Value};
use crate::error::{Failure, suggestion};
use crate::period::{Calendar, NamedBy, Period};
use crate::source::Located;
use crate::span::{FileId, Place, Span};

/// Decodes one file and keeps count of its mistakes.
#[derive(Debug)]
pub(crate) struct Decoder<'t> {
    file: FileId,
    text: &'t str,
    failures: Vec<Failure>,
    /// Periods that were read before: a long file repeats them under every metric and segment.
    periods: HashMap<String, Period>,
}

const NAMED_BY: &[(&str, NamedBy)] = &[("start", NamedBy::Start), ("end", NamedBy::End)];

/// The fiscal calendar, in `tieout.yaml` and in metric files.
pub(crate) const CALENDAR: Mapping = Mapping::closed(
    "calendar",
    "The fiscal calendar: the calendar year unless it says otherwise.",
    &[
        Key::new(
            "year_start",
            Shape::DayOfYear,
            "Month and day on which the fiscal year starts: `02-01`. 1 January when it is missing.",
        ),
        Key::new(
            "year_named_by",
            Shape::Word(|| words(NAMED_BY)),
            "Whether a fiscal year is named by the calendar year that it starts or ends in. `end` when it is missing.",
        ),
    ],
);

fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// A key or value short enough to repeat in a message.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

impl<'t> Decoder<'t> {
    pub(crate) fn new(file: FileId, text: &'t str) -> Self {
        Self { file, text, failures: Vec::new(), periods: HashMap::new() }
    }

    /// The value, or every mistake in the order of the file.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Vec<Failure>> {
        let mut failures = self.failures;
        failures.sort_by_key(|failure| failure.place);
        if failures.is_empty() { Ok(value) } else { Err(failures) }
    }

    /// The root of the file's one document; `None` with a failure where there are several or the syntax is broken.
    pub(crate) fn root(&mut self) -> Option<Node> {
        match super::parse(self.text) {
            Ok(tree) => {
                if let Some(second) = tree.further.first() {
                    self.fail(second.span, "a second YAML document starts here; one file holds one document");
                }
                tree.root.filter(|root| !root.is_null())
            }
            Err(error) => {
                self.fail(error.span, format!("this is not valid YAML: {}", error.message));
                None
            }
        }
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub(crate) fn fail(&mut self, span: Span, message: impl Into<String>) {
        self.failures.push(Failure::at(self.place(span), message));
    }

    pub(crate) fn fail_with_help(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.failures.push(Failure::at(self.place(span), message).with_help(help));
    }

    fn expected(&mut self, node: &Node, what: &str, shape: &str) {
        let found = match &node.value {
            Value::Scalar { .. } if node.is_null() => "nothing",
            Value::Scalar { flow, .. } if flow.is_blank() => "only white space",
            Value::Scalar { .. } => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
            Value::Alias => "an alias, which is not followed",
        };
        self.fail(node.span, format!("`{what}` must be {shape}, but here is {found}"));
    }

    /// The entries of a mapping, each key once.
    pub(crate) fn mapping<'n>(&mut self, node: &'n Node, what: &str) -> &'n [(Node, Node)] {
        if !matches!(node.value, Value::Mapping(_)) {
            self.expected(node, what, "a mapping");
        }
        for (first, again) in node.duplicate_keys() {
            let key = again.text().map(quoted).unwrap_or_default();
            let of = if what.is_empty() { String::new() } else { format!(" of `{what}`") };
            let line = self.text.get(..first.span.start).unwrap_or_default().matches('\n').count() + 1;
            let message = format!("the key {key}{of} is given twice, first on line {line}");
            self.fail_with_help(again.span, message, "keep one of the two");
        }
        node.entries()
    }

    /// The entries of a mapping whose keys are all declared.
    pub(crate) fn settings<'n>(&mut self, node: &'n Node, what: &str, declared: &Mapping) -> &'n [(Node, Node)] {
        let entries = self.mapping(node, what);
        for (key, _) in entries {
            let name = key.text().unwrap_or_default();
            if !declared.names().any(|known| known == name) {
                self.unknown(key, "key", declared.names(), "the keys here");
            }
        }
        entries
    }

    /// Refuses a word that is none of the known ones.
    pub(crate) fn unknown<'a>(
        &mut self,
        node: &Node,
        kind: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
        what: &str,
    ) {
        let word = node.text().unwrap_or_default();
        let failure = Failure::at(self.place(node.span), format!("{} is not a known {kind}", quoted(word)));
        let meant = suggestion(word, known.clone());
        self.failures.push(failure.with_suggestion(meant, format!("{what} are {}", listed(known))));
    }

    /// The items of a list.
    pub(crate) fn list<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        if !matches!(node.value, Value::Sequence(_)) {
            self.expected(node, what, "a list");
        }
        node.items()
    }

    /// Text that says something; its place is the text inside any quotes.
    pub(crate) fn text(&mut self, node: &Node, what: &str) -> Option<Located<String>> {
        let Some(flow) = node.flow().filter(|flow| !node.is_null() && !flow.is_blank()) else {
            self.expected(node, what, "text");
            return None;
        };
        let text = flow.text().trim();
        let start = flow.text().len() - flow.text().trim_start().len();
        Some(Located { value: text.to_owned(), place: self.place(flow.span(start..start + text.len())) })
    }

    /// One text or a list of them.
    pub(crate) fn texts(&mut self, node: &Node, what: &str) -> Vec<Located<String>> {
        match &node.value {
            Value::Sequence(items) => items.iter().filter_map(|item| self.text(item, what)).collect(),
            _ => self.text(node, what).into_iter().collect(),
        }
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&mut self, node: &Node, what: &str, choices: &[(&str, T)]) -> Option<T> {
        let word = self.text(node, what)?.value;
        let chosen = choices.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
        if chosen.is_none() {
            self.unknown(node, what, choices.iter().map(|(name, _)| *name), "the choices");
        }
        chosen
    }

    /// A required key's value, else a failure at the mapping.
    pub(crate) fn required<'n>(&mut self, node: &'n Node, key: &str, of: &str) -> Option<&'n Node> {
        let found = node.get(key);
        if found.is_none() && matches!(node.value, Value::Mapping(_)) {
            self.fail(node.span, format!("this {of} has no `{key}`"));
        }
        found
    }

    /// The version of the format: 1 is the only one there is.
    pub(crate) fn version(&mut self, node: &Node) {
        if self.text(node, "version").is_some_and(|version| version.value != "1") {
            let found = node.text().map(quoted).unwrap_or_default();
            self.fail_with_help(node.span, format!("version {found} is not known"), "this release reads version 1");
        }
    }

    /// A period's name.
    pub(crate) fn period(&mut self, node: &Node) -> Option<Period> {
        let name = self.text(node, "period")?;
        if let Some(period) = self.periods.get(&name.value) {
            return Some(*period);
        }
        match Period::parse(&name.value) {
            Ok(period) => {
                self.periods.insert(name.value, period);
                Some(period)
            }
            Err(error) => {
                self.fail(node.span, error.to_string());
                None
            }
        }
    }

    /// `{year_start: 02-01, year_named_by: end}`.
    pub(crate) fn calendar(&mut self, node: &Node) -> Option<Calendar> {
        let mut calendar = Calendar::default();
        for (key, value) in self.settings(node, "calendar", &CALENDAR) {
            match key.text() {
                Some("year_start") => (calendar.start_month, calendar.start_day) = self.month_day(value)?,
                Some("year_named_by") => {
                    calendar.named_by = self.choice(value, "year_named_by", NAMED_BY)?;
                }
                _ => {}
            }
        }
        Some(calendar)
    }

    fn month_day(&mut self, node: &Node) -> Option<(i8, i8)> {
        let text = self.text(node, "year_start")?.value;
        let (month, day) = text.split_once('-').unwrap_or((&text, "1"));
        let date = month.parse().ok().zip(day.parse().ok()).filter(|(month, day)| {
            // A year can start on any day that every year has.
            jiff::civil::Date::new(2023, *month, *day).is_ok()
        });
        if date.is_none() {
            let message = format!("{} is not a day of the year", quoted(&text));
            self.fail_with_help(node.span, message, "write month and day, like `02-01` for 1 February");
        }
        date
    }
}
