//! Paths as they are shown.
//!
//! Enters: paths as people type them. Leaves: absolute paths to open, and paths to show.
//! Invariant: a shown path is relative to the working directory, with forward slashes and no `./`.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::config::Anchor;

/// The working directory of a run.
#[derive(Clone, Debug)]
pub(crate) struct Directory(PathBuf);

impl Directory {
    /// The directory of the process.
    pub(crate) fn current() -> io::Result<Self> {
        std::env::current_dir().map(Self)
    }

    /// A path to open: absolute, without `.` and, where the file system can tell what they mean, without `..`.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        let joined: PathBuf = self.0.join(path).components().collect();
        if joined.components().any(|part| part == Component::ParentDir) {
            return fs::canonicalize(&joined).unwrap_or(joined);
        }
        joined
    }

    /// The path to show for an absolute path.
    pub(crate) fn shown(&self, path: &Path) -> String {
        if let Ok(below) = path.strip_prefix(&self.0) {
            return join(below.components());
        }
        // A link may lead to the same place by another name.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let directory = fs::canonicalize(&self.0).unwrap_or_else(|_| self.0.clone());
        let shared = path.components().zip(directory.components()).take_while(|(a, b)| a == b).count();
        if shared == 0 {
            return path.to_string_lossy().replace('\\', "/");
        }
        let up = directory.components().skip(shared).map(|_| Component::ParentDir);
        join(up.chain(path.components().skip(shared)))
    }

    /// How paths of a configuration in `folder` relate to shown paths.
    pub(crate) fn anchor(&self, folder: &Path) -> Anchor {
        let with_slash = |path: String| if path == "." { String::new() } else { format!("{path}/") };
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let directory = fs::canonicalize(&self.0).unwrap_or_else(|_| self.0.clone());
        match directory.strip_prefix(&folder) {
            Ok(above) => Anchor { below: String::new(), above: with_slash(join(above.components())) },
            Err(_) => Anchor { below: with_slash(self.shown(&folder)), above: String::new() },
        }
    }
}

fn join<'a>(components: impl Iterator<Item = Component<'a>>) -> String {
    let parts: Vec<_> = components.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_from_the_working_directory() {
        let directory = Directory(PathBuf::from("/board/q3"));
        for (typed, shown) in [
            ("slides.md", "slides.md"),
            ("./slides.md", "slides.md"),
            ("appendix/./cash.md", "appendix/cash.md"),
            (".", "."),
            ("/board/q3/slides.md", "slides.md"),
            ("/board/metrics.yaml", "../metrics.yaml"),
            ("/elsewhere/metrics.yaml", "../../elsewhere/metrics.yaml"),
        ] {
            assert_eq!(directory.shown(&directory.absolute(Path::new(typed))), shown, "{typed}");
        }
    }

    #[test]
    fn a_configuration_may_stand_above_or_below() {
        let directory = Directory(PathBuf::from("/board/q3"));
        for (folder, below, above) in [("/board/q3", "", ""), ("/board", "", "q3/"), ("/board/q3/deck", "deck/", "")] {
            let expected = Anchor { below: below.to_owned(), above: above.to_owned() };
            assert_eq!(directory.anchor(Path::new(folder)), expected, "{folder}");
        }
    }
}
