//! Open Semantic Interchange.
//!
//! Enters: the tree of a YAML or JSON file with `semantic_model`. Leaves: the metrics of its models and their datasets.
//! Invariant: two metrics that the format tells apart stay apart.
//!
//! A metric of a dataset is called `dataset.metric` in the format, since another dataset may have one of the same name. Synonyms
//! stand under `ai_context.synonyms`; an `ai_context` that is one text may be anything, and is not read.

use std::collections::BTreeMap;

use super::{Metric, arithmetic, named, synonyms, text};
use crate::node::Node;
use crate::node::decode::Decoder;

/// The metrics of a file.
pub(super) fn read(decoder: &mut Decoder<'_>, root: &Node) -> Vec<Metric> {
    let mut found: Vec<(Option<String>, Metric)> = Vec::new();
    for model in root.get("semantic_model").map(Node::items).unwrap_or_default() {
        let metrics = model.get("metrics").map(Node::items).unwrap_or_default();
        // An unqualified name in an expression is a metric of the model; everything else is a column.
        let names: Vec<&str> = metrics.iter().filter_map(|metric| metric.get("name")?.text()).collect();
        found.extend(metrics.iter().filter_map(|node| Some((None, metric(decoder, node, &names)?))));
        for dataset in model.get("datasets").map(Node::items).unwrap_or_default() {
            let name = dataset.get("name").and_then(Node::text).map(str::to_owned);
            for node in dataset.get("metrics").map(Node::items).unwrap_or_default() {
                found.extend(metric(decoder, node, &[]).map(|metric| (name.clone(), metric)));
            }
        }
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (_, metric) in &found {
        *times.entry(metric.name.clone()).or_default() += 1;
    }
    let apart = |(dataset, metric): (Option<String>, Metric)| match dataset {
        Some(dataset) if times.get(&metric.name) > Some(&1) => qualified(&dataset, metric),
        _ => metric,
    };
    found.into_iter().map(apart).collect()
}

/// A metric under the name that tells it from those of other datasets.
fn qualified(dataset: &str, metric: Metric) -> Metric {
    let label = format!("{} {}", super::words(dataset), metric.label);
    Metric { name: format!("{dataset}.{}", metric.name), label, ..metric }
}

fn metric(decoder: &mut Decoder<'_>, node: &Node, names: &[&str]) -> Option<Metric> {
    let mut metric = named(decoder, node)?;
    if let Some(context) = node.get("ai_context") {
        synonyms(decoder, context, &mut metric);
    }
    let dialects = node.get("expression").and_then(|expression| expression.get("dialects")).map(Node::items);
    let ansi = |dialect: &&Node| dialect.get("dialect").and_then(Node::text) == Some("ANSI_SQL");
    let expression = dialects.unwrap_or_default().iter().find(ansi);
    let expression = expression.and_then(|dialect| text(decoder, dialect, "expression"));
    let own = |name: &str| (names.contains(&name) && name != metric.name).then(|| name.to_owned());
    metric.formula = expression.and_then(|expression| arithmetic(&expression, own));
    Some(metric)
}
