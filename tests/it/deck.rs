//! A deck in a scratch folder, and runs of the command in it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// A scratch folder with the files of a deck.
pub(crate) struct Deck(TempDir);

/// What a run left behind.
pub(crate) struct Run {
    /// Its exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Deck {
    /// Writes files, each with its path.
    pub(crate) fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let deck = Self(TempDir::new().expect("a scratch folder"));
        for (path, text) in files {
            deck.write(path, text.as_bytes());
        }
        deck
    }

    /// Writes one more file.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs the command in the folder; arguments are parted by spaces.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        run(command(self.0.path()).args(arguments.split_whitespace()))
    }

    /// The JSON of a run that must not stop.
    pub(crate) fn json(&self, arguments: &str) -> serde_json::Value {
        let run = self.run(arguments);
        assert!(run.code < 2, "{}", run.stderr);
        serde_json::from_str(&run.stdout).expect("JSON on standard output")
    }

    /// The failures of a run that must stop: what stands on standard error.
    pub(crate) fn failure(&self, arguments: &str) -> String {
        let run = self.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        run.stderr
    }
}

/// The command, in a folder, with nothing of the environment but the path.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("tieout").expect("the binary is built");
    command.current_dir(folder).env_clear().env("NO_COLOR", "1");
    command
}

/// Runs a command.
pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the command runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run {
        code: output.status.code().expect("the command ends by itself"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}
