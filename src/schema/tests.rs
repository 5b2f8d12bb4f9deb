//! The schemas and the readers agree: on every sample, on a table of cases, and on every declared key with good and bad values.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::*;
use crate::config::Config;
use crate::document::Role;
use crate::source::yaml;
use crate::span::FileId;

/// Whether the reader of such a file takes a text.
fn is_read(schema: Schema, text: &str) -> bool {
    match schema {
        Schema::Metrics => yaml::read(FileId(0), text).is_ok(),
        Schema::Config => Config::parse(FileId(0), text, &rules::known()).is_ok(),
        Schema::Slides => crate::read::yaml::read(FileId(0), text, Role::Slides).is_ok(),
    }
}

fn validator(schema: Schema) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&schema.text()).expect("a schema is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "a schema of its own meta-schema");
    jsonschema::validator_for(&schema).expect("a schema that can be used")
}

/// YAML as the JSON that an editor validates: keys are text.
fn json_of(yaml: &serde_yaml::Value) -> Value {
    match yaml {
        serde_yaml::Value::Mapping(entries) => {
            let key = |key: &serde_yaml::Value| match key {
                serde_yaml::Value::String(text) => text.clone(),
                other => serde_yaml::to_string(other).expect("a scalar").trim().to_owned(),
            };
            Value::Object(entries.iter().map(|(name, value)| (key(name), json_of(value))).collect())
        }
        serde_yaml::Value::Sequence(items) => items.iter().map(json_of).collect(),
        serde_yaml::Value::Tagged(tagged) => json_of(&tagged.value),
        scalar => serde_json::to_value(scalar).expect("a scalar"),
    }
}

fn parsed(text: &str) -> Value {
    json_of(&serde_yaml::from_str(text).expect("YAML"))
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[track_caller]
fn is_valid(schema: Schema, what: &str, text: &str) {
    let found: Vec<String> = validator(schema)
        .iter_errors(&parsed(text))
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert_eq!(found, [""; 0], "{what} against the schema of {}", schema.name());
    assert!(is_read(schema, text), "{what}");
}

#[test]
fn every_sample_is_valid() {
    let mut counts = [0; 3];
    let samples = fs::read_dir(repository().join("testdata")).expect("testdata");
    let folders: Vec<PathBuf> =
        samples.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    for file in folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder")) {
        let path = file.expect("an entry").path();
        let schema = match path.file_name().and_then(|name| name.to_str()).expect("a name") {
            "metrics.yaml" => Schema::Metrics,
            "tieout.yaml" => Schema::Config,
            name if name.ends_with(".yaml") => Schema::Slides,
            _ => continue,
        };
        counts[schema as usize] += 1;
        is_valid(schema, &path.display().to_string(), &fs::read_to_string(&path).expect("a file"));
    }
    assert!(counts[Schema::Metrics as usize] > 1 && counts[Schema::Slides as usize] > 1, "{counts:?}");
}

#[test]
fn what_readme_shows_is_valid() {
    let page = fs::read_to_string(repository().join("README.md")).expect("README.md");
    let mut counts = [0; 3];
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```yaml") else { continue };
        let text: String = lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
        let is_metric_file = text.contains("\nmetrics:\n") && text.contains("version: 1\n");
        let schema = if is_metric_file {
            Schema::Metrics
        } else if text.contains("\nslides:") || text.starts_with("slides:") {
            Schema::Slides
        } else if text.starts_with("version: 1") {
            Schema::Config
        } else {
            continue;
        };
        counts[schema as usize] += 1;
        is_valid(schema, &format!("README's{info}:\n{text}"), &text);
    }
    assert!(counts[Schema::Metrics as usize] > 1 && counts[Schema::Config as usize] > 0, "{counts:?}");
}

#[test]
fn reader_and_schema_take_and_refuse_the_same() {
    for (schema, text, expected) in [
        (Schema::Config, "# nothing settled", true),
        (Schema::Config, "rules:\nwaivers: []", true),
        (Schema::Config, "period: Q3 FY25", true),
        (Schema::Config, "calendar: {year_start: 02-01}", true),
        (Schema::Config, "calendar: {start: 02-01}", false),
        (Schema::Config, "wavers: []", false),
        (Schema::Config, "rules: {totl-not-sum: off}", false),
        (Schema::Config, "rules: {total-not-sum: fatal}", false),
        (Schema::Config, "sources: [a.csv, {path: b.xlsx, sheet: KPIs, header_row: 3, layout: wide}]", true),
        (Schema::Config, "sources: [{sheet: KPIs}]", false),
        (Schema::Config, "waivers: [{rule: total-not-sum}]", false),
        (Schema::Metrics, "metrics: [{name: arr, values: {FY2025-Q3: 42_318_204, 2025-09: $4M, FY2024: }}]", true),
        (Schema::Metrics, "metrics: [{name: arr, plan: {FY2025: 4}, stretch: {FY2025: 5}}]", true),
        (Schema::Metrics, "metrics: [{name: arr, plan: }]", true),
        (Schema::Metrics, "metrics: [{name: arr, lable: ARR}]", false),
        (Schema::Metrics, "metrics: [{label: ARR}]", false),
        (Schema::Metrics, "metrics: [{name: arr, synonyms: recurring revenue}]", true),
        (Schema::Metrics, "metrics: [{name: arr, segments: {EMEA: {FY2025: 4, plan: {FY2025: 5}}}}]", true),
        (Schema::Metrics, "metrics: [{name: arr, segments: {EMEA: 4}}]", false),
        (Schema::Metrics, "metrics: [{name: arr, accept: [{period: FY2025, value: 4}]}]", false),
        (Schema::Metrics, "metrics: []\nchecks: [a == sum(a, by: region)]", true),
        (Schema::Metrics, "metrics: []\nchecks:\n  - a == sum(a, by: region)", true),
        (Schema::Metrics, "version: 2\nmetrics: []", false),
        (Schema::Metrics, "version: 1", false),
        (Schema::Slides, "slides: [{title: ARR, bullets: [a, [b, c]], anything: else}]", true),
    ] {
        assert_eq!(is_read(schema, text), expected, "the reader of {}: {text}", schema.name());
        assert_eq!(validator(schema).is_valid(&parsed(text)), expected, "the schema of {}: {text}", schema.name());
    }
}

/// Values that a shape takes.
fn good(shape: &Shape) -> Vec<Value> {
    match shape {
        Shape::Version => vec![json!(1), json!("1")],
        Shape::Text => vec![json!("words"), json!(7)],
        Shape::Texts => vec![json!("words"), json!(["one", "two"])],
        Shape::Switch => vec![json!(true), json!(false)],
        Shape::Word(words) => words().into_iter().map(Value::from).collect(),
        Shape::Rule => rules::known().into_iter().map(Value::from).collect(),
        Shape::Period => vec![json!("FY2025-Q3"), json!("2025-09-30")],
        Shape::DayOfYear => vec![json!("02-01"), json!(4)],
        Shape::Row => vec![json!(3), json!("3")],
        Shape::Amount => vec![json!(4), json!("$4.2M"), Value::Null],
        Shape::Equation => vec![json!("a == b")],
        Shape::Anything => vec![json!("words")],
        Shape::List(item) => {
            std::iter::once(json!([])).chain(good(item).into_iter().map(|item| json!([item]))).collect()
        }
        Shape::Mapping(mapping) => vec![minimal(mapping)],
        Shape::Either(shapes) => shapes.iter().flat_map(good).collect(),
        Shape::Optional(shape) => good(shape).into_iter().chain([Value::Null]).collect(),
    }
}

/// Values that a shape refuses.
fn bad(shape: &Shape) -> Vec<Value> {
    match shape {
        Shape::Version => vec![json!(2), json!("one")],
        Shape::Text => vec![Value::Null, json!(""), json!(" "), json!([]), json!({})],
        Shape::Texts => vec![Value::Null, json!({}), json!([[]])],
        Shape::Switch => vec![json!("maybe"), json!([])],
        Shape::Word(_) | Shape::Rule => vec![json!("zzqx"), json!([])],
        Shape::Period => vec![json!("soon"), json!([])],
        Shape::DayOfYear => vec![json!("13-01"), json!("soon"), json!(0), json!(13), json!([])],
        Shape::Row => vec![json!(0), json!(-1), json!(1.5), json!("x"), json!([])],
        Shape::Amount => vec![json!([]), json!({}), json!(true)],
        Shape::Equation => vec![json!([]), Value::Null],
        Shape::Anything | Shape::Either(_) => vec![],
        Shape::List(item) => {
            [json!("x"), json!({})].into_iter().chain(bad(item).into_iter().map(|item| json!([item]))).collect()
        }
        Shape::Mapping(_) => vec![json!("x"), json!([])],
        Shape::Optional(shape) => bad(shape).into_iter().filter(|value| !value.is_null()).collect(),
    }
}

/// What is required of a mapping and no more.
fn minimal(mapping: &Mapping) -> Value {
    if matches!(mapping.others, Others::Named("a period", _)) {
        // One that names no period may be anything.
        return json!({"FY2025": 4});
    }
    let required = mapping.keys.iter().filter(|key| key.required);
    Value::Object(required.map(|key| (key.name.to_owned(), good(&key.shape).remove(0))).collect())
}

type Embed<'a> = Box<dyn Fn(Value) -> Value + 'a>;

/// The mappings that a shape can hold, and how each is put into a value of the shape.
fn inner(shape: &Shape) -> Vec<(&'static Mapping, Embed<'static>)> {
    match shape {
        Shape::Mapping(mapping) => vec![(mapping, Box::new(|value| value))],
        Shape::List(item) => {
            let list = |(mapping, embed): (_, Embed<'static>)| {
                (mapping, Box::new(move |value| json!([embed(value)])) as Embed<'static>)
            };
            inner(item).into_iter().map(list).collect()
        }
        Shape::Either(shapes) => shapes.iter().flat_map(inner).collect(),
        Shape::Optional(shape) => inner(shape),
        _ => Vec::new(),
    }
}

/// Files with one thing in them that is right or wrong.
fn cases(mapping: &'static Mapping, wrap: &dyn Fn(Value) -> Value, found: &mut Vec<(Value, bool)>) {
    let with = |name: &str, value: Value| {
        let Value::Object(mut entries) = minimal(mapping) else { return wrap(Value::Null) };
        entries.insert(name.to_owned(), value);
        wrap(Value::Object(entries))
    };
    let mut key = |name: &str, shape: &Shape, may_be_empty: bool| {
        found.extend(good(shape).into_iter().map(|value| (with(name, value), true)));
        let refused = bad(shape).into_iter().map(|value| (with(name, value.clone()), may_be_empty && value.is_null()));
        found.extend(refused);
        for (mapping, embed) in inner(shape) {
            cases(mapping, &|value| with(name, embed(value)), found);
        }
    };
    for declared in mapping.keys {
        key(declared.name, &declared.shape, mapping.may_be_empty);
    }
    match &mapping.others {
        Others::Named(what, shape) => {
            let name = ["period", "scenario"].into_iter().find(|kind| what.contains(kind));
            key(name.map_or("region", |kind| if kind == "period" { "FY2025-Q3" } else { "plan" }), shape, false);
        }
        Others::Refused => found.push((with("zzqx", json!("x")), false)),
        Others::Rules(levels) => {
            for level in levels() {
                found.push((with("value-mismatch", json!(level)), true));
            }
            found.push((with("zzqx", json!("error")), false));
        }
        Others::Anything => found.push((with("zzqx", json!("x")), true)),
    }
    for missing in mapping.keys.iter().filter(|key| key.required) {
        let Value::Object(mut entries): Value = minimal(mapping) else { continue };
        entries.remove(missing.name);
        found.push((wrap(Value::Object(entries)), false));
    }
}

#[test]
fn every_declared_key_is_read_as_it_is_declared() {
    for schema in [Schema::Metrics, Schema::Config] {
        let (validator, mut found) = (validator(schema), Vec::new());
        cases(schema.root(), &|value| value, &mut found);
        assert!(found.len() > 100, "{} cases", found.len());
        for (value, expected) in found {
            let text = value.to_string();
            assert_eq!(is_read(schema, &text), expected, "the reader of {}: {text}", schema.name());
            assert_eq!(validator.is_valid(&value), expected, "the schema of {}: {text}", schema.name());
        }
    }
}

#[test]
fn every_key_has_a_description() {
    fn walk(at: &str, schema: &Value) {
        let empty = Map::new();
        for (name, key) in schema["properties"].as_object().unwrap_or(&empty) {
            let about = key["description"].as_str().unwrap_or_default();
            assert!(about.ends_with('.') && about.len() > 7, "{at}/{name}: {about:?}");
        }
        for (name, definition) in schema["$defs"].as_object().unwrap_or(&empty) {
            walk(&format!("{at}/{name}"), definition);
        }
    }
    for schema in Schema::ALL {
        walk(schema.name(), &serde_json::from_str(&schema.text()).expect("JSON"));
    }
}

/// With `TIEOUT_UPDATE_SCHEMAS=1` in the environment the files are rewritten.
#[test]
fn the_files_in_schemas_are_what_is_printed() {
    for schema in Schema::ALL {
        let path = repository().join(format!("schemas/{}.json", schema.name()));
        if std::env::var_os("TIEOUT_UPDATE_SCHEMAS").is_some() {
            fs::create_dir_all(repository().join("schemas")).expect("a folder");
            fs::write(&path, schema.text()).expect("a file");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        let name = schema.name();
        assert!(committed == schema.text(), "schemas/{name}.json: run TIEOUT_UPDATE_SCHEMAS=1 cargo test schema");
    }
}
