//! `--format` and `--output`: which reports a run writes, and where each goes.
//!
//! Enters: values of the form FORMAT or FORMAT=FILE. Leaves: one [`Destination`] a report.
//! Invariant: at most one report goes to standard output, and no two into one file.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use tieout::Report;
use tieout::error::Failure;
use tieout::report::format::{Content, FORMATS, Format, Reader};

use super::Trouble;
use super::output::{self, Color, Output, Staged};

/// Which reports, and where to.
#[derive(Args)]
pub(super) struct Formats {
    /// A form of the report, with the file to write it to; may be given several times, without a file once
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = WantedParser)]
    wanted: Vec<Wanted>,
    /// Write the report that has no file of its own to this one instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// `sarif`, `sarif=out.sarif`.
#[derive(Clone)]
struct Wanted {
    format: &'static Format,
    file: Option<PathBuf>,
}

#[derive(Clone)]
struct WantedParser;

impl TypedValueParser for WantedParser {
    type Value = Wanted;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Wanted, clap::Error> {
        let invalid = |shown: String, failure: &Failure| {
            let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
            if let Some(argument) = argument {
                error.insert(ContextKind::InvalidArg, ContextValue::String(argument.to_string()));
            }
            error.insert(ContextKind::InvalidValue, ContextValue::String(shown));
            let names = FORMATS.iter().map(|format| format.name.to_owned()).collect();
            error.insert(ContextKind::ValidValue, ContextValue::Strings(names));
            if let Some(help) = &failure.help {
                let help = vec![help.clone().into()];
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(help));
            }
            error
        };
        // A file name need not be Unicode; a format's name is.
        let bytes = value.as_encoded_bytes();
        let (name, file) = match bytes.iter().position(|byte| *byte == b'=') {
            Some(at) => (&bytes[..at], Some(after(value, at + 1))),
            None => (bytes, None),
        };
        let name = String::from_utf8_lossy(name);
        let format = Format::named(&name).map_err(|failure| invalid(name.clone().into_owned(), &failure))?;
        Ok(Wanted { format, file: file.filter(|file| !file.as_os_str().is_empty()) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.summary))))
    }
}

/// What stands after an equals sign that is known to be there.
#[cfg(unix)]
fn after(value: &OsStr, at: usize) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(&value.as_bytes()[at..]))
}

/// What stands after an equals sign that is known to be there.
#[cfg(not(unix))]
fn after(value: &OsStr, at: usize) -> PathBuf {
    PathBuf::from(value.to_string_lossy().get(at..).unwrap_or_default())
}

/// A report and where it goes.
pub(super) struct Destination {
    format: &'static Format,
    file: Option<PathBuf>,
}

impl Destination {
    /// Where it goes, if not to standard output.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }
}

impl Formats {
    /// One destination a report; the terminal's when nothing is said.
    pub(super) fn destinations(self) -> Result<Vec<Destination>, Failure> {
        let Self { wanted, mut output } = self;
        let mut destinations: Vec<Destination> =
            wanted.into_iter().map(|Wanted { format, file }| Destination { format, file }).collect();
        if destinations.is_empty() {
            destinations.extend(FORMATS.first().map(|format| Destination { format, file: None }));
        }
        let mut homeless = destinations.iter_mut().filter(|destination| destination.file.is_none());
        match (homeless.next(), homeless.next()) {
            (Some(first), Some(second)) => {
                let (first, second) = (first.format.name, second.format.name);
                return Err(Failure::new(format!("both `{first}` and `{second}` would go to the same place"))
                    .with_help(format!("say where one of them goes: `--format {second}=FILE`")));
            }
            (Some(only), None) => only.file = output.take(),
            (None, _) => {}
        }
        if let Some(output) = output {
            return Err(Failure::new(format!("nothing would go to {}", output.display()))
                .with_help("every format has a file of its own; leave `--output` out"));
        }
        let mut taken = BTreeSet::new();
        for file in destinations.iter().filter_map(|destination| destination.file.as_ref()) {
            // `a` and `./a` are one file.
            if !taken.insert(std::path::absolute(file).unwrap_or_else(|_| file.clone())) {
                return Err(Failure::new(format!("two reports would go to {}", file.display())));
            }
        }
        Ok(destinations)
    }
}

/// Writes every report: none of the files changes unless all could be written.
pub(super) fn write(report: &Report, destinations: &[Destination], color: Color) -> Result<(), Trouble> {
    let mut staged: Vec<Staged> = Vec::new();
    for destination in destinations {
        if let Some(file) = &destination.file {
            refuse_input(report, file)?;
            let output = Output::new(Some(file.clone()), color);
            staged.push(output.stage(|out| destination.format.write(report, &reader(&output), out))?);
        }
    }
    staged.into_iter().try_for_each(Staged::keep)?;
    for destination in destinations.iter().filter(|destination| destination.file.is_none()) {
        let output = Output::new(None, color);
        let write = |out: &mut dyn std::io::Write| destination.format.write(report, &reader(&output), out);
        match destination.format.content {
            Content::Styled => output.write(write)?,
            Content::Plain => output.write_untouched(write)?,
            Content::Binary if output::is_terminal() => {
                let name = destination.format.name;
                let failure = Failure::new(format!("a report of the form `{name}` cannot be shown on a terminal"));
                return Err(failure.with_help(format!("say where it goes: `--format {name}=FILE`")).into());
            }
            Content::Binary => output.write_untouched(write)?,
        }
    }
    Ok(())
}

fn reader(output: &Output) -> Reader {
    Reader { style: output.style(), below_root: below_root().unwrap_or_default() }
}

/// The working directory below the checkout of a job on GitHub; `None` elsewhere.
fn below_root() -> Option<String> {
    let root = std::fs::canonicalize(std::env::var_os("GITHUB_WORKSPACE")?).ok()?;
    let here = std::fs::canonicalize(std::env::current_dir().ok()?).ok()?;
    let below = here.strip_prefix(&root).ok()?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/"))
}

/// A report never replaces what it was made from.
pub(super) fn refuse_input(report: &Report, file: &Path) -> Result<(), Failure> {
    let Ok(real) = std::fs::canonicalize(file) else { return Ok(()) };
    let read = report.deck.files.iter().map(|(_, input)| Path::new(input.path()));
    for input in read {
        if std::fs::canonicalize(input).is_ok_and(|input| input == real) {
            return Err(Failure::new(format!("{} is part of the deck; a report cannot go there", file.display())));
        }
    }
    Ok(())
}
