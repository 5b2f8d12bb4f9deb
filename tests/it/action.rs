//! The GitHub Action: valid, and safe against what its inputs hold.

use std::fs;
use std::path::Path;

use serde_yaml::Value;

#[test]
fn inputs_reach_the_shell_as_values_only() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let action: Value = serde_yaml::from_str(&fs::read_to_string(path).expect("action.yml")).expect("YAML");
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    let mut used = String::new();
    for step in steps {
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
