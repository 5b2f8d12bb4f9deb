//! What a check depends on, as it stands on the disk: two looks tell whether to check again.
//!
//! Enters: the options of a run and the files that the last one read. Leaves: [`Stamps`].
//! Invariant: what a run writes itself is left out, so that a report never sets off the next one.
//!
//! The disk is asked rather than listened to: decks lie on network drives and in synchronised folders, which tell of no changes made
//! elsewhere, and a deck is few files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::discover::{self, Format};
use crate::run::Options;

/// When each file was last written, and its size in bytes; `None` for one that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<PathBuf, Option<(SystemTime, u64)>>);

impl Stamps {
    /// Looks at everything that a check of these options may read: what the paths hold, what was named, what was read the last time, and
    /// where a configuration may appear. Files to `leave` out are those that the run writes.
    pub fn of(options: &Options, read: &BTreeSet<PathBuf>, leave: &[&Path]) -> Self {
        let here = [PathBuf::from(".")];
        let paths = if options.paths.is_empty() { &here } else { options.paths.as_slice() };
        let mut files: BTreeSet<PathBuf> = read.iter().map(|path| absolute(path)).collect();
        files.extend(options.metrics.iter().map(|path| absolute(&discover::of_sheet(path).0)));
        files.extend(options.config.iter().map(|path| absolute(path)));
        for path in paths.iter().map(|path| absolute(path)) {
            let above = path.ancestors().flat_map(|folder| discover::CONFIGURATION.map(|name| folder.join(name)));
            files.extend(above.filter(|_| options.config.is_none()));
            if path.is_dir() {
                files.extend(
                    discover::walk(&path).flatten().map(ignore::DirEntry::into_path).filter(|path| may_be_read(path)),
                );
            } else {
                let beside = path.parent().and_then(|folder| fs::read_dir(folder).ok());
                files.extend(
                    beside.into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| is_table(path)),
                );
                files.insert(path);
            }
        }
        for written in leave {
            files.remove(&absolute(written));
        }
        Self(
            files
                .into_iter()
                .map(|path| {
                    let stamp = stamp(&path);
                    (path, stamp)
                })
                .collect(),
        )
    }

    /// These, and of a later look the files that have been read in between. What else is new there is a change.
    #[must_use]
    pub fn and_read(mut self, later: Self, read: &BTreeSet<PathBuf>) -> Self {
        let read: BTreeSet<PathBuf> = read.iter().map(|path| absolute(path)).collect();
        for (path, stamp) in later.0.into_iter().filter(|(path, _)| read.contains(path)) {
            self.0.entry(path).or_insert(stamp);
        }
        self
    }

    /// How many files there are.
    pub fn present(&self) -> usize {
        self.0.values().flatten().count()
    }

    /// How many files were written, appeared or vanished between two looks.
    pub fn changes(&self, later: &Self) -> usize {
        let known = |stamps: &Self, path: &Path| stamps.0.get(path).copied().flatten();
        let paths: BTreeSet<&PathBuf> = self.0.keys().chain(later.0.keys()).collect();
        paths.into_iter().filter(|path| known(self, path) != known(later, path)).count()
    }
}

/// One name for a file, however it is written: a report must be known for one in whatever way its place was given.
fn absolute(path: &Path) -> PathBuf {
    // What cannot be named so cannot be read either; the check says why.
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if path.is_dir() {
        return fs::canonicalize(&path).unwrap_or(path);
    }
    let whole = path.parent().and_then(|folder| fs::canonicalize(folder).ok()).zip(path.file_name());
    whole.map_or_else(|| path.clone(), |(folder, name)| folder.join(name))
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let known = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((known.modified().unwrap_or(SystemTime::UNIX_EPOCH), known.len()))
}

/// What a folder may add to a deck; a workbook is read only where it is named.
fn may_be_read(path: &Path) -> bool {
    Format::of(path).is_some_and(|format| format != Format::Workbook)
}

/// What may be read because a document stands beside it.
fn is_table(path: &Path) -> bool {
    may_be_read(path) && Format::of(path) != Some(Format::Markdown)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many changes are seen when something happens to a folder with a deck.
    fn seen(happens: impl FnOnce(&Path)) -> usize {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        for name in ["slides.md", "model.xlsx", "out.json", "notes.txt"] {
            fs::write(path.join(name), "1").expect("a file can be written");
        }
        let options =
            Options { paths: vec![path.to_owned()], metrics: vec![path.join("model.xlsx#KPIs")], ..Options::default() };
        let out = path.join(".").join("out.json");
        let look = || Stamps::of(&options, &BTreeSet::new(), &[&out]);
        let before = look();
        happens(path);
        before.changes(&look())
    }

    #[test]
    fn what_a_check_reads_is_watched() {
        let write =
            |name: &'static str| move |path: &Path| fs::write(path.join(name), "12").expect("a file can be written");
        assert_eq!(seen(|_| ()), 0);
        assert_eq!(seen(write("slides.md")), 1);
        assert_eq!(seen(write("model.xlsx")), 1, "named, by a sheet");
        assert_eq!(seen(write("appendix.md")), 1, "new");
        assert_eq!(seen(write("tieout.yaml")), 1, "settings");
        assert_eq!(seen(|path| fs::remove_file(path.join("slides.md")).expect("a file can be removed")), 1);
        assert_eq!(seen(write("out.json")), 0, "written by the run");
        assert_eq!(seen(write("notes.txt")), 0, "never read");
        assert_eq!(seen(write("other.xlsx")), 0, "not named");
    }
}
