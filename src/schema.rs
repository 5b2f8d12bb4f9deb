//! JSON Schemas (2020-12) of the files that people write: `tieout.yaml`, metric files, exported slides.
//!
//! Enters: the declarations that the readers take their keys from. Leaves: a schema as JSON, for editors and for other checks.
//! Invariant: a key that a reader refuses is refused by the schema. What is finer than a key (whether a name is a period, a formula
//! correct, a scenario not a slip of the pen) is left to tieout itself.

mod json;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::config::declared::CONFIG;
use crate::node::shape::{Key, Mapping, Others, Shape};
use crate::read::yaml::declared::DECK;
use crate::rules;
use crate::source::yaml::declared::METRIC_FILE;
use json::{Json, object};

/// A file that has a schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Schema {
    /// A metric file.
    Metrics,
    /// `tieout.yaml`.
    Config,
    /// A deck exported as YAML or JSON.
    Slides,
}

impl Schema {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Metrics, Self::Config, Self::Slides];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Metrics => "metrics",
            Self::Config => "config",
            Self::Slides => "slides",
        }
    }

    fn root(self) -> &'static Mapping {
        match self {
            Self::Metrics => &METRIC_FILE,
            Self::Config => &CONFIG,
            Self::Slides => &DECK,
        }
    }

    /// The schema as JSON, indented, with a line break at its end.
    pub fn text(self) -> String {
        let root = self.root();
        let mut definitions = Definitions::default();
        let Json::Object(body) = definitions.mapping(root) else { return String::new() };
        let mut entries = vec![
            ("$schema".to_owned(), Json::text("https://json-schema.org/draft/2020-12/schema")),
            ("title".to_owned(), Json::text(&format!("tieout {}", self.name()))),
        ];
        entries.extend(body);
        // A file of comments only settles nothing.
        if root.may_be_empty && root.keys.iter().all(|key| !key.required) {
            let kind = entries.iter_mut().find(|(name, _)| name == "type");
            kind.into_iter().for_each(|(_, kind)| *kind = Json::words(["object", "null"]));
        }
        entries.push(("$defs".to_owned(), Json::Object(definitions.found.into_iter().collect())));
        format!("{}\n", Json::Object(entries))
    }
}

/// The definitions that a schema refers to, by name.
#[derive(Default)]
struct Definitions {
    found: BTreeMap<String, Json>,
}

impl Definitions {
    /// Refers to a definition, which is made when it is first needed.
    fn refer(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.found.contains_key(name) {
            // It may refer to itself.
            self.found.insert(name.to_owned(), Json::Object(Vec::new()));
            let made = make(self);
            self.found.insert(name.to_owned(), made);
        }
        object([("$ref", Json::text(&format!("#/$defs/{name}")))])
    }

    fn mapping(&mut self, mapping: &Mapping) -> Json {
        let mut properties: Vec<(String, Json)> =
            mapping.keys.iter().map(|key| (key.name.to_owned(), self.key(key, mapping.may_be_empty))).collect();
        let others = match &mapping.others {
            Others::Refused => Json::Switch(false),
            Others::Anything => Json::Switch(true),
            Others::Rules(levels) => {
                properties.extend(rules::known().into_iter().map(|rule| (rule.to_owned(), level(rule, &levels()))));
                Json::Switch(false)
            }
            Others::Named(what, shape) => described(self.shape(shape), &format!("Under {what}.")),
        };
        let required = mapping.keys.iter().filter(|key| key.required).map(|key| key.name);
        let mut entries = vec![("description", Json::text(mapping.about)), ("type", Json::text("object"))];
        if !properties.is_empty() {
            entries.push(("properties", Json::Object(properties)));
        }
        if mapping.keys.iter().any(|key| key.required) {
            entries.push(("required", Json::words(required)));
        }
        entries.push(("additionalProperties", others));
        object(entries)
    }

    fn key(&mut self, key: &Key, may_be_empty: bool) -> Json {
        let shape = self.shape(&key.shape);
        described(if may_be_empty { or_nothing(shape) } else { shape }, key.about)
    }

    fn shape(&mut self, shape: &Shape) -> Json {
        match shape {
            Shape::Version => object([("enum", Json::List(vec![Json::Number(1), Json::text("1")]))]),
            Shape::Text => self.refer("text", |_| {
                let about = "Text that says something. A plain number is text too.";
                described(scalar(&["string", "number", "boolean"], r"\S"), about)
            }),
            Shape::Texts => self.either(&[Shape::Text, Shape::List(&Shape::Text)]),
            Shape::Switch => object([("type", Json::text("boolean"))]),
            Shape::Word(words) => object([("enum", Json::words(words()))]),
            Shape::Rule => self.refer("rule", |_| object([("enum", Json::words(rules::known()))])),
            Shape::Period => self.refer("period", |_| {
                let about = "A period: FY2025, FY2025-Q3, FY2025-H1, 2025-09, 2025-09-30, FY2025-Q3-YTD, FY2025-Q3-LTM. `Q3 FY25` and the like are read as these.";
                described(scalar(&["string", "integer"], r"\d"), about)
            }),
            Shape::DayOfYear => {
                let month = "^(0?[1-9]|1[0-2])(-(0?[1-9]|[12][0-9]|3[01]))?$";
                let mut day = scalar(&["string", "integer"], month);
                day.push("minimum", Json::Number(1));
                day.push("maximum", Json::Number(12));
                day
            }
            Shape::Row => {
                let mut row = scalar(&["integer", "string"], "^[1-9][0-9]{0,6}$");
                row.push("minimum", Json::Number(1));
                row.push("maximum", Json::Number(1_048_576));
                row
            }
            Shape::Amount => self.refer("amount", |_| {
                let about = "A number, plain or as people write it: `42_318_204`, `$42.3M`, `71.5%`. Empty where there is none yet.";
                described(scalar(&["number", "string", "null"], r"^$|\S"), about)
            }),
            Shape::Equation => self.refer("equation", |definitions| {
                let text = definitions.shape(&Shape::Text);
                // `- a == sum(a, by: region)` without quotes is a mapping to YAML.
                let unquoted = [("minProperties", Json::Number(1)), ("maxProperties", Json::Number(1))];
                let mut unquoted = object(unquoted);
                unquoted.push("type", Json::text("object"));
                unquoted.push("additionalProperties", definitions.shape(&Shape::Text));
                object([("anyOf", Json::List(vec![text, unquoted]))])
            }),
            Shape::Anything => object([]),
            Shape::List(item) => object([("type", Json::text("array")), ("items", self.shape(item))]),
            Shape::Mapping(mapping) => self.refer(mapping.name, |definitions| definitions.mapping(mapping)),
            Shape::Either(shapes) => self.either(shapes),
            Shape::Optional(shape) => or_nothing(self.shape(shape)),
        }
    }

    fn either(&mut self, shapes: &[Shape]) -> Json {
        object([("anyOf", Json::List(shapes.iter().map(|shape| self.shape(shape)).collect()))])
    }
}

/// The level of one rule, with what the rule says.
fn level(rule: &str, levels: &[&str]) -> Json {
    let about = rules::named(rule).map(rules::summary).unwrap_or_default();
    let about = if about.is_empty() { "A rule of another version of tieout." } else { about.as_str() };
    described(object([("enum", Json::words(levels.iter().copied()))]), about)
}

fn scalar(kinds: &[&str], pattern: &str) -> Json {
    object([("type", Json::words(kinds.iter().copied())), ("pattern", Json::text(pattern))])
}

fn or_nothing(shape: Json) -> Json {
    match shape {
        Json::Object(entries) if entries.is_empty() => Json::Object(entries),
        shape => object([("anyOf", Json::List(vec![shape, object([("type", Json::text("null"))])]))]),
    }
}

/// A shape with what it says where it stands.
fn described(shape: Json, about: &str) -> Json {
    match shape {
        Json::Object(mut entries) => {
            entries.insert(0, ("description".to_owned(), Json::text(about)));
            Json::Object(entries)
        }
        shape => shape,
    }
}
