//! dbt's semantic layer.
//!
//! Enters: the tree of a YAML file of a dbt project. Leaves: its metrics.
//! Invariant: a metric that is filtered, or computed over a window, has no formula.
//!
//! Metrics stand under `metrics`, and in the form of dbt 1.12 under `models[].metrics`; what a type needs stands under `type_params`,
//! or beside the name. A measure with `create_metric: true` is a metric too. Keys of one's own stand under `config.meta`, formerly
//! under `meta`: <https://docs.getdbt.com/reference/resource-configs/meta>. Of these `synonyms` and `owner` are read.

use super::{Located, Metric, arithmetic, named, synonyms, text};
use crate::node::decode::Decoder;
use crate::node::{Node, Value};
use crate::source::formula;

/// <https://docs.getdbt.com/docs/build/metrics-overview>
const TYPES: [&str; 5] = ["simple", "ratio", "derived", "cumulative", "conversion"];

/// Windows that are the same period of the year before, whatever the period's grain.
const A_YEAR: [&str; 5] = ["1 year", "1 years", "12 months", "12 month", "4 quarters"];

/// Whether an entry of `metrics` is dbt's.
pub(super) fn is_metric(node: &Node) -> bool {
    let of_type =
        node.get("type").and_then(Node::text).is_some_and(|kind| TYPES.contains(&kind.to_lowercase().as_str()));
    of_type || node.get("type_params").is_some()
}

/// The metrics of a file.
pub(super) fn read(decoder: &mut Decoder<'_>, root: &Node) -> Vec<Metric> {
    let mut found = Vec::new();
    let mut list = |decoder: &mut Decoder<'_>, holder: &Node| {
        if let Some(metrics) = holder.get("metrics").filter(|metrics| !metrics.is_null()) {
            let metrics = decoder.list(metrics, "metrics");
            found.extend(metrics.iter().filter(|metric| is_enabled(metric)).filter_map(|node| metric(decoder, node)));
        }
    };
    list(decoder, root);
    for model in root.get("models").map(Node::items).unwrap_or_default() {
        list(decoder, model);
        if let Some(semantic_model) = model.get("semantic_model") {
            list(decoder, semantic_model);
        }
    }
    for model in root.get("semantic_models").map(Node::items).unwrap_or_default() {
        for measure in model.get("measures").map(Node::items).unwrap_or_default() {
            if is_true(measure.get("create_metric")) {
                found.extend(defined(decoder, measure));
            }
        }
    }
    found
}

fn is_true(node: Option<&Node>) -> bool {
    node.and_then(Node::text).is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

/// Whether the project has the metric at all.
fn is_enabled(metric: &Node) -> bool {
    let enabled = metric.get("config").and_then(|config| config.get("enabled")).and_then(Node::text);
    !enabled.is_some_and(|text| text.eq_ignore_ascii_case("false"))
}

/// What is said of a metric or measure beside how it is computed.
fn defined(decoder: &mut Decoder<'_>, node: &Node) -> Option<Metric> {
    let mut metric = named(decoder, node)?;
    for meta in [node.get("config").and_then(|config| config.get("meta")), node.get("meta")].into_iter().flatten() {
        synonyms(decoder, meta, &mut metric);
        metric.owner = metric.owner.take().or_else(|| text(decoder, meta, "owner").map(|owner| owner.value));
    }
    Some(metric)
}

fn metric(decoder: &mut Decoder<'_>, node: &Node) -> Option<Metric> {
    let mut metric = defined(decoder, node)?;
    let parameters = node.get("type_params").filter(|value| matches!(value.value, Value::Mapping(_))).unwrap_or(node);
    let kind = node.get("type").and_then(Node::text).unwrap_or_default().to_lowercase();
    if is_filtered(node) {
        return Some(metric);
    }
    metric.formula = match kind.as_str() {
        "ratio" => ratio(decoder, parameters),
        "derived" => derived(decoder, parameters),
        _ => None,
    };
    Some(metric)
}

fn is_filtered(node: &Node) -> bool {
    node.get("filter").is_some_and(|filter| !filter.is_null())
}

/// `numerator` by `denominator`.
fn ratio(decoder: &mut Decoder<'_>, parameters: &Node) -> Option<Located<String>> {
    let numerator = input(decoder, parameters.get("numerator")?)?;
    let denominator = input(decoder, parameters.get("denominator")?)?;
    let value = format!("{} / {}", numerator.formula, denominator.formula);
    let place = decoder.place(parameters.get("numerator")?.span);
    formula::parse(&value).is_ok().then_some(Located { value, place })
}

/// `expr` over the inputs, each under its alias or its name.
fn derived(decoder: &mut Decoder<'_>, parameters: &Node) -> Option<Located<String>> {
    let inputs = parameters.get("metrics").or_else(|| parameters.get("input_metrics"))?.items();
    let inputs: Vec<Input> = inputs.iter().map(|node| input(decoder, node)).collect::<Option<_>>()?;
    let expression = text(decoder, parameters, "expr")?;
    arithmetic(&expression, |name| {
        let mut of_name = inputs.iter().filter(|input| input.name == name);
        of_name.next().filter(|_| of_name.next().is_none()).map(|input| input.formula.clone())
    })
}

/// A metric as another one uses it.
struct Input {
    /// What the expression calls it.
    name: String,
    /// What that is to tieout.
    formula: String,
}

/// An input by its name, or with an alias and a window; `None` for one that is another number than the metric.
fn input(decoder: &mut Decoder<'_>, node: &Node) -> Option<Input> {
    if let Value::Scalar { .. } = node.value {
        let name = decoder.text(node, "metric")?.value;
        return Some(Input { formula: name.clone(), name });
    }
    let metric = text(decoder, node, "name")?.value;
    let name = text(decoder, node, "alias").map_or_else(|| metric.clone(), |alias| alias.value);
    let to_grain = node.get("offset_to_grain").is_some_and(|grain| !grain.is_null());
    if is_filtered(node) || to_grain {
        return None;
    }
    match text(decoder, node, "offset_window").map(|window| window.value.to_lowercase()) {
        None => Some(Input { formula: metric, name }),
        Some(window) if A_YEAR.contains(&window.as_str()) => {
            Some(Input { formula: format!("year_ago({metric})"), name })
        }
        Some(_) => None,
    }
}
