//! What README shows is what the command prints.
//!
//! In ```` ```console ```` blocks a line that begins with `$ ` is a command and the lines after it are its output; a line `[…]`
//! stands for any number of lines. With `TIEOUT_UPDATE_README=1` in the environment, blocks without `[…]` are rewritten.

use std::fs;
use std::path::Path;

use crate::deck::{command, run};

/// A command of a block, and the lines that are shown below it.
struct Example {
    command: String,
    output: Vec<String>,
}

/// A stretch of the page.
enum Part {
    Text(Vec<String>),
    Console(Vec<Example>),
}

fn parts(page: &str) -> Vec<Part> {
    let mut parts = vec![Part::Text(Vec::new())];
    for line in page.lines() {
        match (parts.last_mut().expect("there is always a part"), line) {
            (Part::Text(lines), "```console") => {
                lines.push(line.to_owned());
                parts.push(Part::Console(Vec::new()));
            }
            (Part::Text(lines), _) => lines.push(line.to_owned()),
            (Part::Console(_), "```") => parts.push(Part::Text(vec![line.to_owned()])),
            (Part::Console(examples), _) => match line.strip_prefix("$ ") {
                Some(command) => examples.push(Example { command: command.to_owned(), output: Vec::new() }),
                None => {
                    let example = examples.last_mut().expect("a console block begins with a command");
                    example.output.push(line.to_owned());
                }
            },
        }
    }
    parts
}

/// The arguments of a command line that runs tieout; `None` for others, such as `cargo test`.
fn arguments(command: &str) -> Option<Vec<String>> {
    let rest = ["tieout ", "cargo run --release -- ", "cargo run --release --quiet -- "]
        .iter()
        .find_map(|start| command.strip_prefix(start))?;
    Some(rest.split_whitespace().map(|word| word.trim_matches('\'').to_owned()).collect())
}

fn printed(command_line: &str, root: &Path) -> Option<Vec<String>> {
    let run = run(command(root).args(arguments(command_line)?));
    assert!(run.code < 2, "{command_line}: {}", run.stderr);
    Some(run.stdout.trim_end().lines().map(str::to_owned).collect())
}

/// Whether lines are as shown, where `[…]` stands for any number of them.
fn agrees(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((line, rest)) if line == "[…]" => (0..=printed.len()).any(|skipped| agrees(rest, &printed[skipped..])),
        Some((line, rest)) => printed.first() == Some(line) && agrees(rest, &printed[1..]),
    }
}

#[test]
fn every_command_prints_what_is_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let update = std::env::var_os("TIEOUT_UPDATE_README").is_some();
    let path = root.join("README.md");
    let page = fs::read_to_string(&path).expect("README.md");
    let mut executed = 0;
    let mut written: Vec<String> = Vec::new();
    for part in parts(&page) {
        let examples = match part {
            Part::Text(lines) => {
                written.extend(lines);
                continue;
            }
            Part::Console(examples) => examples,
        };
        for Example { command, mut output } in examples {
            if let Some(printed) = printed(&command, root) {
                executed += 1;
                if update && !output.contains(&"[…]".to_owned()) {
                    output.clone_from(&printed);
                }
                assert!(agrees(&output, &printed), "`{command}` prints\n{}\nand README shows\n{}", printed.join("\n"), output.join("\n"));
            }
            written.push(format!("$ {command}"));
            written.extend(output);
        }
    }
    assert!(executed > 0, "README shows no run");
    if update {
        fs::write(path, written.join("\n") + "\n").expect("README.md can be written");
    }
}

#[test]
fn elisions_stand_for_any_lines() {
    let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for (shown, printed, expected) in
        [("a b", "a b", true), ("a", "a b", false), ("a […]", "a b c", true), ("[…] c", "a b c", true), ("a […] b", "a c", false)]
    {
        assert_eq!(agrees(&lines(shown), &lines(printed)), expected, "{shown} against {printed}");
    }
}
