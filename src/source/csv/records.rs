//! CSV records with the bytes of each field (RFC 4180; the delimiter is one of `,` `;` tab `|`).
//!
//! Enters: text. Leaves: records of [`Field`]s, blank lines left out.
//! Invariant: a field's span is its bytes without quotes and without white space around them.

use std::borrow::Cow;

use crate::span::Span;

/// A cell of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field<'t> {
    text: Cow<'t, str>,
    /// Bytes of what it says.
    pub(crate) span: Span,
}

impl<'t> Field<'t> {
    pub(crate) fn new(text: &'t str, span: Span) -> Self {
        Self { text: Cow::Borrowed(text), span }
    }
}

impl Field<'_> {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// The delimiter of a file: whichever its first line has most of.
pub(super) fn delimiter(text: &str) -> u8 {
    let line = text.trim_start_matches('\u{feff}').lines().find(|line| !is_skipped(line)).unwrap_or_default();
    let mut best = (b',', 0);
    for candidate in [b',', b';', b'\t', b'|'] {
        let mut quoted = false;
        let count = line.bytes().filter(|&byte| {
            quoted ^= byte == b'"';
            !quoted && byte == candidate
        });
        let count = count.count();
        if count > best.1 {
            best = (candidate, count);
        }
    }
    best.0
}

/// Blank lines say nothing; a `#` before the header is a comment.
fn is_skipped(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// The records of a file.
pub(super) fn records(text: &str, delimiter: u8) -> Records<'_> {
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    while let Some(line) =
        text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()).filter(|line| is_skipped(line))
    {
        at += line.len();
    }
    Records { text, delimiter, at }
}

/// Walks the records of a file.
pub(super) struct Records<'t> {
    text: &'t str,
    delimiter: u8,
    at: usize,
}

impl<'t> Iterator for Records<'t> {
    type Item = Vec<Field<'t>>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.text.len() {
            let record = self.record();
            if record.len() > 1 || record.iter().any(|field| !field.text().trim().is_empty()) {
                return Some(record);
            }
        }
        None
    }
}

impl<'t> Records<'t> {
    fn record(&mut self) -> Vec<Field<'t>> {
        let mut fields = Vec::new();
        loop {
            fields.push(self.field());
            match self.text.as_bytes().get(self.at) {
                Some(&byte) if byte == self.delimiter => self.at += 1,
                Some(b'\r') => {
                    self.at += 1 + usize::from(self.text.as_bytes().get(self.at + 1) == Some(&b'\n'));
                    return fields;
                }
                Some(_) => {
                    self.at += 1;
                    return fields;
                }
                None => return fields,
            }
        }
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    /// A field, up to but not including what ends it.
    fn field(&mut self) -> Field<'t> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        if bytes.get(start) == Some(&b'"') {
            return self.quoted();
        }
        while self.at < bytes.len() && !self.is_end(bytes[self.at]) {
            self.at += 1;
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let lead = raw.len() - raw.trim_start().len();
        let text = raw.trim();
        Field { text: Cow::Borrowed(text), span: Span::new(start + lead, start + lead + text.len()) }
    }

    fn quoted(&mut self) -> Field<'t> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        self.at = start;
        let mut doubled = false;
        while let Some(&byte) = bytes.get(self.at) {
            if byte == b'"' {
                if bytes.get(self.at + 1) != Some(&b'"') {
                    break;
                }
                doubled = true;
                self.at += 1;
            }
            self.at += 1;
        }
        let end = self.at.min(bytes.len());
        // What stands between the closing quote and the delimiter belongs to no text.
        while self.at < bytes.len() && !self.is_end(bytes[self.at]) {
            self.at += 1;
        }
        let raw = self.text.get(start..end).unwrap_or_default();
        let lead = raw.len() - raw.trim_start().len();
        let text = raw.trim();
        let span = Span::new(start + lead, start + lead + text.len());
        let text = if doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
        Field { text, span }
    }
}
