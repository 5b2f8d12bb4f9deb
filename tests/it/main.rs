//! Runs the `tieout` command from end to end: exit codes, what it says of bad input, its formats, and what README shows.

mod action;
mod bad_input;
mod baseline;
mod browser;
mod deck;
mod decks;
mod definitions;
mod diff;
mod discovery;
mod editors;
mod fix;
mod hostile;
mod init;
mod output;
mod progress;
mod readme;
mod report;
mod rules;
mod schema;
mod settings;
mod trace;
mod watch;
#[cfg(feature = "office")]
mod workbook;
