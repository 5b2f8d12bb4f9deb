//! `tieout completions` and `tieout man`: the command line, told to shells and to `man`.
//!
//! Enters: the command line's own declaration. Leaves: a script, or a page in roff.
//! Invariant: both are made from what is parsed, so that they cannot fall behind it.

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use tieout::error::Failure;

use super::output::{Color, Output};
use super::{Arguments, Trouble};

#[derive(Args)]
pub(super) struct Completions {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Args)]
pub(super) struct Man {
    /// Of which command, such as check; of tieout itself when left out
    command: Option<String>,
}

/// Prints a script that completes the command line.
pub(super) fn completions(arguments: &Completions) -> Result<(), Trouble> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "tieout", &mut script);
    Output::new(None, Color::Never).write_untouched(|out| out.write_all(&script))
}

/// Prints a manual page.
pub(super) fn man(arguments: &Man) -> Result<(), Trouble> {
    let mut tieout = Arguments::command();
    tieout.build();
    let page = match &arguments.command {
        None => tieout,
        Some(name) => {
            let Some(command) = tieout.find_subcommand(name) else {
                let names: Vec<&str> = tieout.get_subcommands().map(clap::Command::get_name).collect();
                return Err(Failure::new(format!("there is no command `{name}`"))
                    .with_help(format!("the commands are {}", names.join(", ")))
                    .into());
            };
            command.clone()
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text).map_err(|error| Trouble::Io("the manual page".to_owned(), error))?;
    Output::new(None, Color::Never).write_untouched(|out| out.write_all(&text))
}
