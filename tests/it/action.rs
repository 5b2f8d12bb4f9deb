//! The GitHub Action: valid, and safe against what its inputs hold. Its scripts are run as a runner would run them.

use std::fs;
use std::path::Path;

use serde_yaml::Value;

fn action() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    serde_yaml::from_str(&fs::read_to_string(path).expect("action.yml")).expect("YAML")
}

#[test]
fn inputs_reach_the_shell_as_values_only() {
    let action = action();
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    let mut used = String::new();
    for step in steps {
        if let Some(uses) = step["uses"].as_str() {
            let commit = uses.split_once('@').map(|(_, commit)| commit).unwrap_or_default();
            assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{uses} is not pinned");
            continue;
        }
        assert_eq!(step["shell"], "bash", "a step of a composite action names its shell");
        let script = step["run"].as_str().expect("a script");
        assert!(!script.contains("${{"), "an expression is spliced into the script:\n{script}");
        used += &serde_yaml::to_string(step).expect("YAML");
    }
    for (name, input) in action["inputs"].as_mapping().expect("inputs") {
        let name = name.as_str().expect("a name");
        assert!(input["description"].as_str().is_some_and(|text| !text.is_empty()), "{name} is not described");
        assert!(used.contains(&format!("${{{{ inputs.{name} }}}}")), "{name} is not used");
    }
}

/// Runs in a shell, which Windows keeps elsewhere.
#[cfg(unix)]
mod run {
    use std::collections::BTreeMap;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::PathBuf;
    use std::process::Command;

    use serde_yaml::Value;

    use super::action;
    use crate::deck::{Deck, Run};

    /// A machine that runs steps of the action in a deck's folder.
    struct Runner {
        deck: Deck,
        /// What stands in place of expressions that are no inputs.
        context: Vec<(&'static str, String)>,
    }

    /// What a step left behind.
    struct Step {
        run: Run,
        outputs: BTreeMap<String, String>,
        summary: String,
    }

    impl Runner {
        /// The folder of temporary files has a space in its name, as on a machine of somebody's own.
        fn new(deck: Deck) -> Self {
            let runner = Self { deck, context: Vec::new() };
            let bin = runner.temp().join("tieout/bin");
            fs::create_dir_all(&bin).expect("a folder");
            symlink(assert_cmd::cargo::cargo_bin("tieout"), bin.join("tieout")).expect("a link");
            runner
        }

        fn temp(&self) -> PathBuf {
            self.deck.path().join(".runner temp")
        }

        /// Runs the step of that id; inputs that are not given have their defaults.
        fn step(&self, id: &str, inputs: &[(&str, &str)]) -> Step {
            let action = action();
            let steps = action["runs"]["steps"].as_sequence().expect("steps");
            let step = steps.iter().find(|step| step["id"] == id).expect("the step");
            let (output, summary, script) =
                (self.temp().join("output"), self.temp().join("summary"), self.temp().join("script.sh"));
            for file in [&output, &summary] {
                fs::write(file, "").expect("a file");
            }
            fs::write(&script, step["run"].as_str().expect("a script")).expect("a file");
            // As GitHub calls a step's shell.
            let mut shell = Command::new("bash");
            shell.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]).arg(&script).current_dir(self.deck.path());
            let path = format!("{}:{}", self.temp().join("path").display(), std::env::var("PATH").unwrap_or_default());
            shell.env_clear().env("PATH", path).env("RUNNER_TEMP", self.temp()).env("GITHUB_OUTPUT", &output);
            shell.env("GITHUB_STEP_SUMMARY", &summary).env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"));
            for (name, value) in step["env"].as_mapping().expect("an environment") {
                let value = self.evaluated(value.as_str().expect("a value"), &action["inputs"], inputs);
                shell.env(name.as_str().expect("a name"), value);
            }
            let ran = shell.output().expect("bash");
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
            let lines = fs::read_to_string(&output).expect("outputs");
            let output = |line: &str| {
                let (name, value) = line.split_once('=').expect("an output");
                (name.to_owned(), value.to_owned())
            };
            Step {
                run: Run {
                    code: ran.status.code().expect("a code"),
                    stdout: text(ran.stdout),
                    stderr: text(ran.stderr),
                },
                outputs: lines.lines().map(output).collect(),
                summary: fs::read_to_string(summary).expect("a summary"),
            }
        }

        /// A value of `env:` with its expressions evaluated.
        fn evaluated(&self, value: &str, declared: &Value, inputs: &[(&str, &str)]) -> String {
            let mut value = value.to_owned();
            for (name, input) in declared.as_mapping().expect("inputs") {
                let name = name.as_str().expect("a name");
                let given = inputs.iter().find(|(given, _)| *given == name).map(|(_, value)| *value);
                let stated = given.or_else(|| input["default"].as_str()).unwrap_or_default();
                if value == format!("${{{{ inputs.{name} }}}}") {
                    return stated.to_owned();
                }
            }
            for (expression, stated) in &self.context {
                value = value.replace(&format!("${{{{ {expression} }}}}"), stated);
            }
            assert!(!value.contains("${{"), "{value} was not evaluated");
            value
        }
    }

    const METRICS: &str =
        "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2025-Q3: 42318204}}\n";

    fn slides(value: &str) -> String {
        format!("# Recurring revenue\n\nARR closed at {value}.\n")
    }

    #[test]
    fn a_deck_is_checked_whatever_its_files_are_called() {
        let names = ["a b's \"deck\".md", "$(touch pwned).md", "`touch pwned`; touch pwned #.md", "-leading.md"];
        let deck = Deck::of([("finance/the metrics.yaml", METRICS)]);
        for name in names {
            deck.write(name, slides("$42.3M").as_bytes());
        }
        deck.write(names[1], slides("$45.3M").as_bytes());
        let runner = Runner::new(deck);
        let paths = format!("{}\n\n", names.join("\n"));
        let step = runner.step(
            "check",
            &[
                ("paths", &paths),
                ("metrics", "finance/the metrics.yaml\n"),
                ("period", "Q3 FY25"),
                ("format", "terminal\ncsv=the ledger.csv"),
            ],
        );
        assert_eq!(step.run.code, 1, "{}{}", step.run.stdout, step.run.stderr);
        let of = |name: &str| step.outputs.get(name).map(String::as_str).unwrap_or_default();
        assert_eq!((of("findings"), of("claims"), of("tied")), ("1", "4", "3"), "{:?}", step.outputs);
        assert!(step.run.stdout.contains("1 error · 4 numbers in 4 documents"), "{}", step.run.stdout);
        assert!(step.run.stdout.contains("\n::error "), "{}", step.run.stdout);
        assert!(step.summary.contains("45.3M here"), "{}", step.summary);
        let path = runner.deck.path();
        assert!(path.join("the ledger.csv").is_file());
        assert!(!path.join("pwned").exists(), "an input was executed");
        let report = fs::read_to_string(of("report")).expect("a report");
        assert!(report.to_lowercase().starts_with("<!doctype html>") && report.contains("45.3M"), "{}", of("report"));
        let sarif: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(of("sarif")).expect("a report")).expect("JSON");
        assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn a_clean_deck_passes() {
        let runner = Runner::new(Deck::of([("metrics.yaml", METRICS), ("slides.md", &slides("$42.3M"))]));
        let step = runner.step("check", &[("period", "FY2025-Q3"), ("format", "")]);
        assert_eq!((step.run.code, step.run.stdout.contains("::error")), (0, false), "{}", step.run.stderr);
        assert_eq!(step.outputs["findings"], "0");
    }

    #[test]
    fn an_input_is_never_a_command() {
        for (input, value) in [
            ("fail-on", "never; touch pwned"),
            ("fail-on", "$(touch pwned)"),
            ("period", "`touch pwned`"),
            ("config", "--help\n$(touch pwned)"),
            ("metrics", "$(touch pwned)\n'; touch pwned; '"),
            ("paths", "\"; touch pwned; \""),
            ("format", "$(touch pwned)"),
            ("baseline", "x; touch pwned"),
        ] {
            let runner = Runner::new(Deck::of([("slides.md", slides("$42.3M").as_str())]));
            let step = runner.step("check", &[(input, value)]);
            assert_eq!(step.run.code, 2, "{input}: {value}: {}", step.run.stdout);
            assert!(step.run.stdout.contains("::error title=tieout::"), "{}", step.run.stdout);
            assert!(!runner.deck.path().join("pwned").exists(), "{input}: {value}");
        }
    }

    #[test]
    fn what_a_baseline_knows_does_not_fail() {
        let deck = Deck::of([("metrics.yaml", METRICS), ("slides.md", &slides("$45.3M"))]);
        deck.run("check --period FY2025-Q3 --write-baseline known.json");
        let runner = Runner::new(deck);
        let inputs = [("period", "FY2025-Q3"), ("baseline", "known.json")];
        let step = runner.step("check", &inputs);
        assert_eq!((step.run.code, step.outputs["findings"].as_str()), (0, "0"), "{}", step.run.stdout);
        assert_eq!(runner.step("check", &inputs[..1]).run.code, 1);
    }

    /// A runner whose `curl` takes files from a folder, of which one is a release of 9.9.9.
    fn with_releases(checksum: Option<&str>) -> Runner {
        let mut runner = Runner::new(Deck::of([]));
        let (folder, bin) = (runner.temp().join("releases/v9.9.9"), runner.temp().join("path"));
        let packed = folder.join("tieout-9.9.9-x86_64-unknown-linux-musl");
        fs::create_dir_all(&packed).expect("a folder");
        fs::create_dir_all(&bin).expect("a folder");
        fs::write(packed.join("tieout"), "#!/bin/sh\necho released\n").expect("a file");
        fs::set_permissions(packed.join("tieout"), fs::Permissions::from_mode(0o755)).expect("permissions");
        let name = "tieout-9.9.9-x86_64-unknown-linux-musl.tar.gz";
        let pack = format!(
            "tar -czf {name} tieout-9.9.9-x86_64-unknown-linux-musl && (sha256sum {name} || shasum -a 256 {name}) > SHA256SUMS"
        );
        assert!(Command::new("sh").args(["-c", &pack]).current_dir(&folder).status().expect("sh").success());
        if let Some(checksum) = checksum {
            fs::write(folder.join("SHA256SUMS"), format!("{checksum}  {name}\n")).expect("a file");
        }
        // The arguments are options, `--output`, a file, and last the address.
        let curl =
            "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --output ] && out=$2; shift; done\ncp \"$1\" \"$out\"\n";
        fs::write(bin.join("curl"), curl).expect("a file");
        fs::set_permissions(bin.join("curl"), fs::Permissions::from_mode(0o755)).expect("permissions");
        fs::remove_file(runner.temp().join("tieout/bin/tieout")).expect("a file");
        let releases = runner.temp().join("releases").display().to_string();
        runner.context = vec![
            ("github.action_ref", "main".to_owned()),
            ("runner.os", "Linux".to_owned()),
            ("runner.arch", "X64".to_owned()),
            ("github.server_url", releases),
            ("github.action_repository || github.repository", String::new()),
        ];
        // `SERVER/REPOSITORY/releases/download` is the folder itself here.
        let link = runner.temp().join("releases/releases");
        symlink(".", link).expect("a link");
        symlink(".", runner.temp().join("releases/download")).expect("a link");
        runner
    }

    #[test]
    fn a_release_is_installed_by_its_checksum() {
        let runner = with_releases(None);
        let step = runner.step("install", &[("version", "v9.9.9")]);
        assert_eq!(step.run.code, 0, "{}{}", step.run.stdout, step.run.stderr);
        assert_eq!(step.outputs["installed"], "true");
        let ran = Command::new(runner.temp().join("tieout/bin/tieout")).output().expect("the binary");
        assert_eq!(ran.stdout, b"released\n");

        let wrong = with_releases(Some(&"0".repeat(64)));
        let step = wrong.step("install", &[("version", "9.9.9")]);
        assert_eq!(step.run.code, 1);
        assert!(step.run.stdout.contains("its SHA-256 differs"), "{}", step.run.stdout);
        assert!(!wrong.temp().join("tieout/bin/tieout").exists());
    }

    #[test]
    fn without_a_release_it_is_built() {
        let runner = with_releases(None);
        let step = runner.step("install", &[]);
        assert_eq!((step.run.code, step.outputs["installed"].as_str()), (0, "false"), "{}", step.run.stderr);
        assert_eq!(step.outputs["sources"].len(), 64);
        for version in ["1.0.0", "$(touch pwned)", "../../9.9.9", "9.9.9\npwned=1"] {
            let step = runner.step("install", &[("version", version)]);
            assert_eq!((step.run.code, step.outputs.len()), (1, 0), "{version}");
        }
        assert!(!runner.deck.path().join("pwned").exists());
    }
}
