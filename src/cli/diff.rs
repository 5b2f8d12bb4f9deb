//! `tieout diff`: what changed between two versions of a deck and its sources.
//!
//! Enters: two paths, or revisions of a repository. Leaves: the changes, and exit code 1 when the deck says something stale.
//! Invariant: nothing of the repository is changed, not even its index.

mod revision;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use tieout::diff::{Version, diff, root};
use tieout::error::Failure;
use tieout::report::{diff as diff_table, json};
use tieout::{Options, Report};

use super::format::refuse_input;
use super::output::Color;
use super::{Against, TableFormat, Trouble};
use revision::Revision;

#[derive(Args)]
pub(super) struct Diff {
    /// The version before and the one after, files or folders; with --rev, the paths of the deck
    #[arg(value_name = "OLD NEW")]
    paths: Vec<PathBuf>,
    /// Two revisions of the git repository, such as v1..v2; the files as they are when the second is left out
    #[arg(long, value_name = "A..B")]
    rev: Option<String>,
    #[command(flatten)]
    against: Against,
    /// For people, or for tools
    #[arg(long, value_enum, default_value_t)]
    format: TableFormat,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A version that has been read.
struct Side {
    report: Report,
    root: String,
}

pub(super) fn run(mut arguments: Diff, color: Color) -> Result<ExitCode, Trouble> {
    let [old, new] = match arguments.rev.take() {
        Some(range) => revisions(&arguments, &range)?,
        None => match arguments.paths.as_slice() {
            [old, new] => [old, new].map(|path| checked(vec![path.clone()], arguments.against.clone(), root(path))),
            _ => {
                let failure = Failure::new("a diff is between two versions");
                return Err(failure
                    .with_help("name both, `tieout diff OLD NEW`, or revisions: `tieout diff --rev A..B`")
                    .into());
            }
        },
    };
    let (old, new) = (old?, new?);
    let changes =
        diff(Version { report: &old.report, root: &old.root }, Version { report: &new.report, root: &new.root });
    arguments.output.iter().try_for_each(|file| refuse_input(&old.report, file))?;
    super::output(&new.report, arguments.output, color)?.write(|out| match arguments.format {
        TableFormat::Table => diff_table::write(&changes, out),
        TableFormat::Json => json::v1::diff(&changes, out),
    })?;
    Ok(ExitCode::from(u8::from(changes.stale() > 0)))
}

/// `A..B`: both as they were; `A` or `A..`: then, and now.
fn revisions(arguments: &Diff, range: &str) -> Result<[Result<Side, Trouble>; 2], Trouble> {
    let (from, to) = range.split_once("..").unwrap_or((range, ""));
    let of = |name: &str| -> Result<Side, Trouble> {
        let here = [PathBuf::from(".")];
        let paths = if arguments.paths.is_empty() { &here } else { arguments.paths.as_slice() };
        if name.is_empty() {
            return checked(paths.to_vec(), arguments.against.clone(), String::new());
        }
        let revision = Revision::extract(name)?;
        // What the revision does not have is taken as it is now.
        let then =
            |path: &PathBuf| Some(revision.path(path)).filter(|then| then.exists()).unwrap_or_else(|| path.clone());
        let Against { metrics, config, period } = &arguments.against;
        let against =
            Against { metrics: metrics.iter().map(then).collect(), config: config.as_ref().map(then), period: *period };
        let paths = paths.iter().map(|path| revision.path(path)).collect();
        checked(paths, against, root(&revision.path(Path::new("."))))
    };
    Ok([of(from), of(to)])
}

fn checked(paths: Vec<PathBuf>, against: Against, root: String) -> Result<Side, Trouble> {
    let Against { metrics, config, period } = against;
    let options = Options { paths, metrics, config, period, ..Options::default() };
    let report = super::checked(&options)?;
    Ok(Side { report, root })
}
