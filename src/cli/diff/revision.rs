//! The files of a revision, in a folder of their own.
//!
//! Enters: the name of a revision. Leaves: a folder that only its owner can read, gone when it is done with.
//! Invariant: git is asked by arguments, never through a shell; a name that could be an option is refused, and no file is written
//! outside the folder.

use std::fs::{self, DirBuilder, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use tieout::error::Failure;

use super::Trouble;

/// Files that can be part of a deck or say what is.
const EXTENSIONS: [&str; 15] = [
    "md",
    "markdown",
    "qmd",
    "smd",
    "yaml",
    "yml",
    "json",
    "csv",
    "xlsx",
    "xlsm",
    "xlsb",
    "xls",
    "ods",
    "gitignore",
    "ignore",
];

/// The files of a revision.
pub(super) struct Revision {
    folder: PathBuf,
    /// Where in the repository the working directory is.
    prefix: PathBuf,
}

impl Revision {
    /// Extracts a revision of the repository that the working directory is in.
    pub(super) fn extract(name: &str) -> Result<Self, Trouble> {
        let unknown = || Failure::new(format!("`{name}` is no revision of this repository"));
        if name.starts_with('-') {
            return Err(unknown().into());
        }
        let prefix = git(&["rev-parse", "--show-prefix"])?
            .ok_or_else(|| Failure::new("`--rev` needs a git repository, and this folder is in none"))?;
        let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])?
            .ok_or_else(unknown)?;
        let listing = git(&["ls-tree", "-r", "-z", "--full-tree", commit.trim()])?.ok_or_else(unknown)?;
        let revision = Self { folder: private_folder()?, prefix: PathBuf::from(prefix.trim_end_matches(['\n', '\r'])) };
        let trouble = |error| Trouble::Io(format!("cannot extract {name}"), error);
        revision.fill(&listing).map_err(trouble)?;
        Ok(revision)
    }

    /// Where a path of the working directory is in the revision.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        self.folder.join("tree").join(&self.prefix).join(path)
    }

    fn fill(&self, listing: &str) -> io::Result<()> {
        let files: Vec<(&str, &str)> = listing.split('\0').filter_map(entry).collect();
        fs::create_dir_all(self.folder.join("tree").join(&self.prefix))?;
        // The list goes through a file: two pipes at once could wait for one another.
        let list = self.folder.join("list");
        fs::write(&list, files.iter().flat_map(|(blob, _)| [*blob, "\n"]).collect::<String>())?;
        let mut child = Command::new("git")
            .args(["cat-file", "--batch"])
            .stdin(File::open(&list)?)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let written = child.stdout.take().map_or(Ok(()), |out| self.write_files(&files, BufReader::new(out)));
        child.wait()?;
        written
    }

    fn write_files(&self, files: &[(&str, &str)], mut blobs: impl BufRead) -> io::Result<()> {
        for (_, path) in files {
            let mut head = String::new();
            blobs.read_line(&mut head)?;
            let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
            let size = size.ok_or_else(|| io::Error::other(format!("git has lost {path}")))?;
            let target = self.folder.join("tree").join(path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            io::copy(&mut blobs.by_ref().take(size), &mut File::create(target)?)?;
            // A line break ends every blob.
            blobs.read_exact(&mut [0])?;
        }
        Ok(())
    }
}

impl Drop for Revision {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Blob and path of a file that matters: no link, no submodule, nothing that leads out of the tree.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (head, path) = line.split_once('\t')?;
    let mut head = head.split(' ');
    let (mode, kind, blob) = (head.next()?, head.next()?, head.next()?);
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let matters = path
        .rsplit(['.', '/'])
        .next()
        .is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)));
    (mode.starts_with("100") && kind == "blob" && inside && matters).then_some((blob, path))
}

/// What git answers; `None` when it refuses.
fn git(arguments: &[&str]) -> Result<Option<String>, Trouble> {
    let answer = Command::new("git").args(arguments).stdin(Stdio::null()).output();
    let answer = answer.map_err(|error| Trouble::Io("cannot run git".to_owned(), error))?;
    Ok(answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).into_owned()))
}

/// A new folder that nobody else can look into: decks are confidential.
fn private_folder() -> Result<PathBuf, Trouble> {
    let trouble = |error| Trouble::Io("cannot make a scratch folder".to_owned(), error);
    let parent = fs::canonicalize(std::env::temp_dir()).map_err(trouble)?;
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    for number in 0..1000 {
        let folder = parent.join(format!("tieout-{}-{number}", std::process::id()));
        match builder.create(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder).map_err(trouble),
        }
    }
    Err(trouble(io::Error::from(io::ErrorKind::AlreadyExists)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_matter_and_stay_inside_are_taken() {
        for (line, expected) in [
            ("100644 blob abc\tdeck/slides.md", Some(("abc", "deck/slides.md"))),
            ("100755 blob abc\ta b.YAML", Some(("abc", "a b.YAML"))),
            ("100644 blob abc\t.gitignore", Some(("abc", ".gitignore"))),
            ("120000 blob abc\tslides.md", None),
            ("160000 commit abc\tsub.md", None),
            ("100644 blob abc\t../slides.md", None),
            ("100644 blob abc\t/etc/x.md", None),
            ("100644 blob abc\tlogo.png", None),
            ("", None),
        ] {
            assert_eq!(entry(line), expected, "{line}");
        }
    }
}
