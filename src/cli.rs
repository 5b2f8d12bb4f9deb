//! The command line: what can be asked, and the exit code of each answer.
//!
//! Enters: arguments. Leaves: a report on standard output or in a file, failures on standard error, and an exit code.
//! Invariant: 0 is nothing at or above `--fail-on`, 1 is findings, 2 is that tieout could not do its job.

mod baseline;
mod beside;
mod diff;
mod fix;
mod format;
mod init;
mod manual;
mod output;
mod progress;
mod report;
mod watch;

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tieout::error::{Failure, reason};
use tieout::finding::Level;
use tieout::period::Period;
use tieout::report::{claims, csv, failures, json, rules as rule_list, trace as trace_table};
use tieout::{Options, Report, Stopped, rules, schema};

use output::{Color, Output};

const EXAMPLES: &str = "\
Examples:
  tieout check                              the deck in this folder
  tieout check slides.md appendix.md --metrics finance/metrics.yaml
  tieout check decks/2025-q3 --fail-on warning
  tieout check --format terminal --format json=tieout.json
  tieout claims slides.md                   what each number was taken to be
  tieout trace arr                          where ARR is defined, and every place that states it
  tieout fix --diff                         the numbers it would put right, as a diff
  tieout diff --rev v1..                    what changed since v1, and what is stale now
  tieout report --output tie-out.html       the report to send on
  tieout init                               a metric file proposed from the deck's own tables
  tieout explain value-mismatch             what a rule means and how to live with it

Exit codes: 0 nothing to report, 1 findings, 2 tieout could not do its job.";

/// A linter for the numbers in a board deck.
///
/// Reads slides, appendix and the source of truth, works out which fact each number states, and reports where they disagree
/// and why.
#[derive(Parser)]
#[command(name = "tieout", version, after_help = EXAMPLES, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    color: Color,
}

#[derive(Subcommand)]
enum Command {
    /// Check a deck and report where its numbers disagree
    Check(Check),
    /// List every number and what it was taken to be
    Claims(Claims),
    /// Show where a metric is defined and every place that states it
    Trace(Trace),
    /// Rewrite numbers that disagree with the source, in the deck's own style
    Fix(fix::Fix),
    /// Show what changed between two versions of a deck and its sources, and what is stale now
    Diff(diff::Diff),
    /// Write the tie-out report: every slide with its numbers marked, every metric, the whole ledger
    Report(report::ReportFile),
    /// Propose a metric file and settings for a deck that has none
    Init(init::Init),
    /// List the rules
    Rules(Rules),
    /// Print the JSON Schema of a file, for editors
    Schema(Schema),
    /// Print a rule's manual page
    Explain {
        /// Name of the rule, such as value-mismatch
        rule: String,
    },
    /// Print a script that completes the command line in a shell
    Completions(manual::Completions),
    /// Print a manual page, for `man`
    Man(manual::Man),
}

/// What a deck is held against.
#[derive(Args, Clone)]
struct Against {
    /// A metric file, besides those found, such as model.xlsx#KPIs; may be given several times
    #[arg(long, value_name = "FILE")]
    metrics: Vec<PathBuf>,
    /// The configuration, instead of the nearest tieout.yaml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The reporting period, such as FY2025-Q3
    #[arg(long, value_name = "PERIOD", value_parser = Period::parse)]
    period: Option<Period>,
}

/// What to read.
#[derive(Args)]
struct Deck {
    /// Files and folders of the deck [default: the current folder]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    against: Against,
    /// Report these rules and no others; one that is off by default is a warning then
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not report these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
}

impl Deck {
    fn check(self) -> Result<Report, Trouble> {
        checked(&self.options())
    }

    fn options(self) -> Options {
        let Self { paths, against: Against { metrics, config, period }, select, ignore } = self;
        Options { paths, metrics, config, period, select, ignore, unsaved: None }
    }
}

/// Checks, and tells a terminal how it goes where that takes long.
fn checked(options: &Options) -> Result<Report, Trouble> {
    progress::shown(|progress| tieout::check_paths_watched(options, progress)).map_err(Trouble::Stopped)
}

#[derive(Args)]
struct Check {
    #[command(flatten)]
    deck: Deck,
    #[command(flatten)]
    formats: format::Formats,
    #[command(flatten)]
    baselines: baseline::Baselines,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Take the text of this file from standard input, as an editor does before it is saved
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    /// Check again whenever a file of the deck changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["stdin_filename", "write_baseline"])]
    watch: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum FailOn {
    #[default]
    Error,
    Warning,
    Never,
}

impl FailOn {
    fn is_met(self, report: &Report) -> bool {
        let least = match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Never => return false,
        };
        report.findings.iter().any(|finding| finding.level >= least)
    }
}

#[derive(Args)]
struct Claims {
    #[command(flatten)]
    deck: Deck,
    /// List the numbers that were set aside too, and why
    #[arg(long)]
    all: bool,
    /// For people, for tools, or for a spreadsheet
    #[arg(long, value_enum, default_value_t)]
    format: ClaimsFormat,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Args)]
struct Trace {
    /// Name, label or synonym of a metric, or a label of the deck's own tables
    metric: String,
    #[command(flatten)]
    deck: Deck,
    /// For people, or for tools
    #[arg(long, value_enum, default_value_t)]
    format: TableFormat,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Args)]
struct Rules {
    /// For people, or for tools
    #[arg(long, value_enum, default_value_t)]
    format: TableFormat,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Args)]
struct Schema {
    /// Of which file
    #[arg(value_enum)]
    of: SchemaOf,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaOf {
    /// A metric file
    Metrics,
    /// tieout.yaml
    Config,
    /// A deck exported as YAML or JSON
    Slides,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum ClaimsFormat {
    #[default]
    #[value(alias = "terminal")]
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum TableFormat {
    #[default]
    #[value(alias = "terminal")]
    Table,
    Json,
}

/// Why there is no answer.
enum Trouble {
    Stopped(Stopped),
    Io(String, io::Error),
}

impl From<tieout::error::Failure> for Trouble {
    fn from(failure: tieout::error::Failure) -> Self {
        Self::Stopped(Stopped { files: tieout::span::Files::default(), failures: vec![failure] })
    }
}

/// Answers the command line of the process.
pub(crate) fn run() -> ExitCode {
    // Usage errors leave with 2, --help and --version with 0.
    let Arguments { command, color } = Arguments::parse();
    let answer = match command {
        Command::Check(arguments) => check(arguments, color),
        Command::Claims(arguments) => list_claims(arguments, color),
        Command::Trace(arguments) => trace_metric(arguments, color),
        Command::Fix(arguments) => fix::run(arguments, color),
        Command::Diff(arguments) => diff::run(arguments, color),
        Command::Report(arguments) => report::run(arguments, color),
        Command::Init(arguments) => init::run(arguments, color),
        Command::Rules(arguments) => list_rules(&arguments, color),
        Command::Schema(arguments) => print_schema(arguments, color),
        Command::Explain { rule } => explain(&rule, color),
        Command::Completions(arguments) => manual::completions(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Man(arguments) => manual::man(&arguments).map(|()| ExitCode::SUCCESS),
    };
    match answer {
        Ok(code) => code,
        Err(trouble) => {
            tell(&trouble, color);
            ExitCode::from(2)
        }
    }
}

fn check(arguments: Check, color: Color) -> Result<ExitCode, Trouble> {
    // Bad usage is told before anything is read.
    let destinations = arguments.formats.destinations()?;
    let mut options = arguments.deck.options();
    if let Some(path) = arguments.stdin_filename {
        options.unsaved = Some((path, from_stdin()?));
    }
    let run = CheckRun { options, baselines: arguments.baselines, destinations, color };
    if arguments.watch {
        return Ok(watch::run(&run));
    }
    Ok(ExitCode::from(u8::from(arguments.fail_on.is_met(&run.once()?))))
}

/// A check that can be made again.
struct CheckRun {
    options: Options,
    baselines: baseline::Baselines,
    destinations: Vec<format::Destination>,
    color: Color,
}

impl CheckRun {
    /// Checks, and writes every report.
    fn once(&self) -> Result<Report, Trouble> {
        let known = self.baselines.read()?;
        let mut report = checked(&self.options)?;
        self.baselines.apply(known.as_ref(), &mut report)?;
        format::write(&report, &self.destinations, self.color)?;
        Ok(report)
    }
}

/// The document that an editor hands over.
fn from_stdin() -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    // One byte more than is read of a file, so that what is too large is told in the same words.
    let read = io::stdin().lock().take(Options::LARGEST_DOCUMENT + 1).read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|error| Trouble::Io("standard input".to_owned(), error))
}

/// Where what is told of a deck goes: never over a file of the deck itself.
fn output(report: &Report, file: Option<PathBuf>, color: Color) -> Result<Output, Failure> {
    file.iter().try_for_each(|file| format::refuse_input(report, file))?;
    Ok(Output::new(file, color))
}

fn list_claims(arguments: Claims, color: Color) -> Result<ExitCode, Trouble> {
    let report = arguments.deck.check()?;
    output(&report, arguments.output, color)?.write(|out| match arguments.format {
        ClaimsFormat::Table => claims::write(&report, arguments.all, out),
        ClaimsFormat::Json => json::v1::claims(&report, arguments.all, out),
        ClaimsFormat::Csv => csv::write(&report, arguments.all, out),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn trace_metric(arguments: Trace, color: Color) -> Result<ExitCode, Trouble> {
    let report = arguments.deck.check()?;
    let trace = tieout::trace::trace(&report, &arguments.metric)?;
    output(&report, arguments.output, color)?.write(|out| match arguments.format {
        TableFormat::Table => trace_table::write(&report, &trace, out),
        TableFormat::Json => json::v1::trace(&report, &trace, out),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn list_rules(arguments: &Rules, color: Color) -> Result<ExitCode, Trouble> {
    Output::new(arguments.output.clone(), color).write(|out| match arguments.format {
        TableFormat::Table => rule_list::write(out),
        TableFormat::Json => json::v1::rules(out),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn print_schema(arguments: Schema, color: Color) -> Result<ExitCode, Trouble> {
    let schema = match arguments.of {
        SchemaOf::Metrics => schema::Schema::Metrics,
        SchemaOf::Config => schema::Schema::Config,
        SchemaOf::Slides => schema::Schema::Slides,
    };
    Output::new(arguments.output, color).write(|out| out.write_all(schema.text().as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

fn explain(name: &str, color: Color) -> Result<ExitCode, Trouble> {
    let Some(rule) = rules::named(name) else {
        return Err(rules::unknown(name).into());
    };
    Output::new(None, color).write(|out| rule_list::explain(rule, out))?;
    Ok(ExitCode::SUCCESS)
}

/// Says on standard error what went wrong. Where that cannot be written either, the exit code has to do.
fn tell(trouble: &Trouble, color: Color) {
    let mut out = anstream::AutoStream::new(io::stderr().lock(), color.choice(&io::stderr()));
    let _ = match trouble {
        Trouble::Stopped(stopped) => failures::write(stopped, true, &mut out),
        Trouble::Io(what, error) => writeln!(out, "error: {what}: {}", reason(error)),
    };
}
