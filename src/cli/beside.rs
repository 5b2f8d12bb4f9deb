//! Files written whole: first beside their place, then moved into it.
//!
//! Enters: a path, and what is written there. Leaves: the file, whole, or what was there before.
//! Invariant: nobody ever reads half a file, and what is not moved into its place leaves nothing behind.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Names that are tried for a file beside another.
const TRIES: u32 = 64;

/// A new file that waits beside its place.
pub(super) struct Beside {
    file: PathBuf,
    path: PathBuf,
    done: bool,
}

impl Beside {
    /// A new file beside `path`, to be filled. What a link leads to is meant, not the link. A file that is read-only is not replaced.
    pub(super) fn of(path: &Path) -> io::Result<(Self, File)> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        // Moving another file into its place would not ask.
        if fs::metadata(&path).is_ok_and(|known| known.permissions().readonly()) {
            return Err(io::Error::other("the file is read-only"));
        }
        let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?.to_string_lossy();
        let process = std::process::id();
        let beside = |number: u32| path.with_file_name(format!(".{name}.{process}-{number}.tmp"));
        let new = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
        // In a container every process has the same number, and one that was killed may have left its file behind.
        let free = (0..TRIES).map(|number| (beside(number), new(&beside(number))));
        let mut free = free.skip_while(|(_, made)| made.as_ref().is_err_and(is_taken));
        let (file, made) = free.next().ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
        made.map(|made| (Self { file, path: path.clone(), done: false }, made))
    }

    /// The place it waits for.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the place of whatever is there.
    pub(super) fn replace(mut self) -> io::Result<()> {
        fs::rename(&self.file, &self.path)?;
        self.done = true;
        Ok(())
    }

    /// Takes its place only where nothing is.
    pub(super) fn settle(self) -> io::Result<()> {
        match fs::hard_link(&self.file, &self.path) {
            // A file system without links is asked for a new file instead.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                let mut new = OpenOptions::new().write(true).create_new(true).open(&self.path)?;
                io::copy(&mut File::open(&self.file)?, &mut new)?;
                new.sync_all()
            }
            linked => linked,
        }
    }
}

fn is_taken(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AlreadyExists
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.done {
            // Somebody else has taken it away, or nobody may: either changes nothing about the deck.
            let _ = fs::remove_file(&self.file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// A file with a text, beside a path.
    fn filled(path: &Path, text: &str) -> Beside {
        let (beside, mut file) = Beside::of(path).expect("a new file");
        file.write_all(text.as_bytes()).expect("a new file takes text");
        beside
    }

    #[test]
    fn a_file_is_whole_or_what_it_was_and_nothing_stays_behind() {
        let folder = tempfile::TempDir::new().expect("a scratch folder");
        let path = folder.path().join("report.html");
        let text = || fs::read_to_string(&path).expect("a file");
        filled(&path, "one").settle().expect("nothing is there");
        assert!(filled(&path, "two").settle().is_err(), "something is there");
        assert_eq!(text(), "one");
        filled(&path, "three").replace().expect("a file is there");
        drop(filled(&path, "four"));
        // Two at a time do not get into each other's way.
        drop((filled(&path, "five"), filled(&path, "six")));
        assert_eq!(text(), "three");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
