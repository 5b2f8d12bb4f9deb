//! What stopped a run, for people.
//!
//! Enters: [`Stopped`]. Leaves: a line for each failure, `error: path:line:column: what is wrong`, and a line of help where there is some.
//! Invariant: nothing from a file can act on the terminal.

use std::io::{self, Write};

use anstyle::AnsiColor;

use crate::Stopped;
use crate::report::visible;

/// Writes every failure.
pub fn write(stopped: &Stopped, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let (error, help) = if color {
        (AnsiColor::Red.on_default().bold(), AnsiColor::Cyan.on_default())
    } else {
        (anstyle::Style::new(), anstyle::Style::new())
    };
    for failure in &stopped.failures {
        write!(out, "{error}error:{error:#} ")?;
        if let Some(place) = failure.place {
            write!(out, "{}: ", visible(&stopped.files.shown_exactly(place)))?;
        }
        writeln!(out, "{}", visible(&failure.message))?;
        if let Some(advice) = &failure.help {
            writeln!(out, "  {help}help:{help:#} {}", visible(advice))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Failure;
    use crate::report::sample;
    use crate::span::{Files, Place, Span};

    #[test]
    fn a_failure_says_where_and_what_next() {
        let mut files = Files::default();
        let file = files.add("metrics.yaml", "version: 1\nsynonims: [\u{1b}]\n");
        let place = Place { file, span: Span::new(11, 19) };
        let failures = vec![
            Failure::at(place, "unknown key `synonims\u{1b}`").with_help("did you mean `synonyms`?"),
            Failure::new("slides.md: no such file or folder"),
        ];
        assert_eq!(
            sample::written(|out| write(&Stopped { files, failures }, false, out)),
            "error: metrics.yaml:2:1: unknown key `synonims\\u{1b}`\n  help: did you mean `synonyms`?\n\
             error: slides.md: no such file or folder\n"
        );
    }
}
