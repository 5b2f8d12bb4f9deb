//! The forms that the report of a check can take, and the registry that lists them.
//!
//! Enters: a [`Report`] and where it will be read. Leaves: bytes on a writer.
//! Invariant: a format is known to the command line, its help and its completions by its line in [`FORMATS`] alone.
//! Adding a format means adding its file beside this one and its line here.

use std::io::{self, Write};

use super::terminal::Style;
use super::{csv, github, html, json, junit, markdown, sarif, terminal};
use crate::Report;
use crate::config::anchor::joined;
use crate::error::{Failure, suggestion};

/// A form that the report of a check can take.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Who reads it, in a few words.
    pub summary: &'static str,
    /// What its bytes are.
    pub content: Content,
    write: fn(&Report, &Reader, &mut dyn Write) -> io::Result<()>,
}

/// What the bytes of a format are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
    /// Text with colours where [`Style::color`] asks for them.
    Styled,
    /// Text for a program, or for another program to show: never touched on its way out.
    Plain,
    /// Bytes that no terminal can show.
    Binary,
}

/// Where a report will be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reader {
    /// What the place can show.
    pub style: Style,
    /// The working directory as seen from the root of the repository, `decks/q3`; empty when it is the root or there is none. Code
    /// hosts count paths from the root; all other formats from the working directory.
    pub below_root: String,
}

/// Every format of a check, in the order of the help; the first is written when nothing is asked for.
pub static FORMATS: &[Format] = &[
    Format {
        name: "terminal",
        summary: "for people",
        content: Content::Styled,
        write: |report, reader, out| terminal::write(report, reader.style, out),
    },
    Format {
        name: "json",
        summary: "the document tieout/check/1",
        content: Content::Plain,
        write: |report, _, out| json::v1::check(report, out),
    },
    Format {
        name: "github",
        summary: "annotations for the log of GitHub Actions",
        content: Content::Plain,
        write: github::write,
    },
    Format { name: "sarif", summary: "SARIF 2.1.0, for code scanning", content: Content::Plain, write: sarif::write },
    Format {
        name: "sarif-all",
        summary: "SARIF 2.1.0 with what was accepted and what a baseline knows, for viewers that tell them apart",
        content: Content::Plain,
        write: sarif::write_all,
    },
    Format {
        name: "markdown",
        summary: "for a job summary or a comment on a pull request",
        content: Content::Plain,
        write: |report, _, out| markdown::write(report, out),
    },
    Format {
        name: "junit",
        summary: "JUnit XML: every number a test",
        content: Content::Plain,
        write: |report, _, out| junit::write(report, out),
    },
    Format {
        name: "csv",
        summary: "the whole ledger: every number, what it states and what became of it",
        content: Content::Plain,
        write: |report, _, out| csv::write(report, false, out),
    },
    Format {
        name: "html",
        summary: "the slides with every number marked, for any browser",
        content: Content::Plain,
        write: |report, _, out| html::write(report, out),
    },
    #[cfg(feature = "office")]
    Format {
        name: "xlsx",
        summary: "a workbook: summary, ledger, findings, metrics",
        content: Content::Binary,
        write: |report, _, out| super::xlsx::write(report, out),
    },
];

impl Reader {
    /// A shown path as it counts from the root of the repository. What lies outside stays as it is.
    pub(super) fn at_root(&self, shown: &str) -> String {
        joined(&self.below_root, shown)
    }
}

impl Format {
    /// Writes the report in this form.
    pub fn write(&self, report: &Report, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(report, reader, out)
    }

    /// The format of that name.
    ///
    /// # Errors
    /// When there is none; the failure says which was probably meant.
    pub fn named(name: &str) -> Result<&'static Self, Failure> {
        let names = || FORMATS.iter().map(|format| format.name);
        FORMATS.iter().find(|format| format.name == name).ok_or_else(|| {
            let failure = Failure::new(format!("`{name}` is not a format"));
            let formats = format!("the formats are {}", names().collect::<Vec<_>>().join(", "));
            failure.with_suggestion(suggestion(name, names()), formats)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_format_writes_the_sample_and_is_found_by_its_name() {
        for format in FORMATS {
            for report in [sample::report(), sample::clean_report()] {
                let bytes = sample::bytes(|out| format.write(&report, &Reader::default(), out));
                assert!(!bytes.is_empty(), "{}", format.name);
                assert!(format.content == Content::Binary || std::str::from_utf8(&bytes).is_ok(), "{}", format.name);
            }
            let found = Format::named(format.name).expect("a format of the registry");
            assert!(std::ptr::eq(found, format), "{} stands there twice", format.name);
        }
    }

    #[test]
    fn a_misspelt_name_has_a_suggestion() {
        let failure = Format::named("jsn").expect_err("no such format");
        assert_eq!(failure.to_string(), "`jsn` is not a format");
        assert_eq!(failure.help.as_deref(), Some("did you mean `json`?"));
    }
}
