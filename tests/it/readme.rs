//! What README shows is what the command prints.
//!
//! A fenced block whose info string names a file after the language (```` ```yaml metrics.yaml ````) is that file of a small deck.
//! In ```` ```console ```` blocks a line that begins with `$ ` is a command and the lines after it are its output; a line `[…]`
//! stands for any number of lines. `tieout …` runs in the small deck's folder, `cargo run … -- …` in the repository; what else a
//! reader may type is not run. With `TIEOUT_UPDATE_README=1` in the environment, output without `[…]` is rewritten.

use std::fs;
use std::path::Path;

use crate::deck::{Deck, command, run};

/// A stretch of the page, line by line.
enum Part {
    Text(Vec<String>),
    File { path: String, lines: Vec<String> },
    Console(Vec<Example>),
}

/// A command of a console block, and the lines that are shown below it.
struct Example {
    command: String,
    output: Vec<String>,
}

/// Takes the page apart. Fences themselves belong to the text around a block.
fn parts(page: &str) -> Vec<Part> {
    let mut parts = vec![Part::Text(Vec::new())];
    let mut fenced = false;
    for line in page.lines() {
        let last = parts.last_mut().expect("there is always a part");
        let fence = line.strip_prefix("```");
        match (last, fence) {
            (Part::Text(lines), Some(info)) if !fenced => {
                lines.push(line.to_owned());
                fenced = true;
                match info.split_once(' ') {
                    Some((_, path)) => parts.push(Part::File { path: path.to_owned(), lines: Vec::new() }),
                    None if info == "console" => parts.push(Part::Console(Vec::new())),
                    None => {}
                }
            }
            (_, Some("")) => {
                fenced = false;
                parts.push(Part::Text(vec![line.to_owned()]));
            }
            (Part::Text(lines) | Part::File { lines, .. }, _) => lines.push(line.to_owned()),
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

/// What a command of the page prints; `None` for one that does not run tieout, such as `cargo test`.
fn printed(typed: &str, small_deck: &Path) -> Option<Vec<String>> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, arguments) = match typed.strip_prefix("tieout ") {
        Some(arguments) => (small_deck, arguments),
        None => (repository, typed.strip_prefix("cargo run --release -- ")?),
    };
    let run = run(command(folder).args(arguments.split_whitespace()));
    assert!(run.code < 2, "{typed}: {}", run.stderr);
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
    let update = std::env::var_os("TIEOUT_UPDATE_README").is_some();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let page = fs::read_to_string(&path).expect("README.md");
    let deck = Deck::of([]);
    let (mut executed, mut written) = (0, Vec::new());
    for part in parts(&page) {
        match part {
            Part::Text(lines) => written.extend(lines),
            Part::File { path, lines } => {
                deck.write(&path, (lines.join("\n") + "\n").as_bytes());
                written.extend(lines);
            }
            Part::Console(examples) => {
                for Example { command, mut output } in examples {
                    if let Some(printed) = printed(&command, deck.path()) {
                        executed += 1;
                        if update && !output.contains(&"[…]".to_owned()) {
                            output.clone_from(&printed);
                        }
                        let (printed_text, shown) = (printed.join("\n"), output.join("\n"));
                        assert!(
                            agrees(&output, &printed),
                            "`{command}` prints\n{printed_text}\n\nREADME shows\n{shown}"
                        );
                    }
                    written.push(format!("$ {command}"));
                    written.extend(output);
                }
            }
        }
    }
    assert!(executed > 0, "README shows no run");
    if update {
        fs::write(path, written.join("\n") + "\n").expect("README.md can be written");
    }
}

/// The YAML blocks that are not files of the small deck: examples of a metric file, of settings, of a workflow.
fn yaml_examples(page: &str) -> Vec<String> {
    let mut examples = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line == "```yaml" {
            examples.push(lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect());
        }
    }
    examples
}

#[test]
fn the_yaml_that_is_shown_can_be_used() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let (mut metric_files, mut settings) = (0, 0);
    for example in yaml_examples(&page) {
        let deck = Deck::of([("slides.md", "# Q3 FY25\n\nNothing to report.\n")]);
        if example.contains("\nmetrics:") {
            deck.write("metrics.yaml", example.as_bytes());
            metric_files += 1;
        } else if example.starts_with("version:") {
            deck.write("tieout.yaml", example.as_bytes());
            deck.write("2025-08.md", b"# August\n");
            deck.write("finance/metrics.yaml", b"version: 1\nmetrics:\n  - {name: arr, values: {FY2025-Q3: 1}}\n");
            settings += 1;
        }
        let run = deck.run("check");
        assert!(run.code < 2, "{}\nin\n{example}", run.stderr);
    }
    assert_eq!((metric_files, settings), (2, 1));
}

#[test]
fn elisions_stand_for_any_lines() {
    let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for (shown, printed, expected) in [
        ("a b", "a b", true),
        ("a", "a b", false),
        ("a […]", "a b c", true),
        ("[…] c", "a b c", true),
        ("a […] b", "a c", false),
    ] {
        assert_eq!(agrees(&lines(shown), &lines(printed)), expected, "{shown} against {printed}");
    }
}

#[test]
fn a_page_comes_apart_into_files_and_commands() {
    let page = "# Title\n```yaml metrics.yaml\nversion: 1\n```\ntext\n```console\n$ tieout check\nout\n$ cargo test\n```\n```sh\n$ x\n```\n";
    let told: Vec<String> = parts(page)
        .iter()
        .map(|part| match part {
            Part::Text(lines) => format!("text {}", lines.len()),
            Part::File { path, lines } => format!("file {path} {}", lines.len()),
            Part::Console(examples) => examples.iter().map(|e| format!("[{} {}]", e.command, e.output.len())).collect(),
        })
        .collect();
    assert_eq!(told, ["text 2", "file metrics.yaml 1", "text 3", "[tieout check 1][cargo test 0]", "text 3", "text 1"]);
}
