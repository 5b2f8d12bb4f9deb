//! Definitions that a team publishes already: a dbt semantic layer, Open Semantic Interchange.
//!
//! Enters: the tree of a YAML or JSON file. Leaves: metrics with their names and definitions, and no value.
//! Invariant: what tieout has no word for is left out, never guessed; what it takes over keeps its place in the file.
//!
//! Both formats say what a metric is called and how a warehouse computes it, and neither holds figures. Names, labels, synonyms,
//! descriptions and owners are taken over. A formula is taken over where it is arithmetic over other metrics and nothing else: SQL,
//! filters and windows are not computed here, and half a formula would be a wrong one.

mod dbt;
mod osi;
#[cfg(test)]
mod tests;

use super::{Located, Metric, formula, words};
use crate::node::decode::Decoder;
use crate::node::{Node, Value};

/// Who published a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Publisher {
    /// dbt's semantic layer (MetricFlow), in the form of dbt 1.6 and that of 1.12.
    /// <https://docs.getdbt.com/docs/build/metrics-overview>
    Dbt,
    /// Open Semantic Interchange, now Apache Ossie, 0.1 and 0.2.
    /// <https://github.com/open-semantic-interchange/OSI/blob/main/core-spec/spec.md>
    Osi,
}

impl Publisher {
    /// By the keys that only one of the formats has; `None` for everything else, a metric file among it.
    pub(crate) fn of(root: &Node) -> Option<Self> {
        let is_list = |key: &str| root.get(key).is_some_and(|value| matches!(value.value, Value::Sequence(_)));
        if is_list("semantic_model") {
            return Some(Self::Osi);
        }
        let metrics = root.get("metrics").map(Node::items).unwrap_or_default();
        // A file of one's own may have any slip in it, but not the values of a metric and another's keys.
        let own = metrics.iter().any(|metric| metric.get("values").is_some() || metric.get("segments").is_some());
        let models = root.get("models").map(Node::items).unwrap_or_default();
        let of_model = |model: &Node| model.get("semantic_model").is_some() || model.get("metrics").is_some();
        let published = is_list("semantic_models") || models.iter().any(of_model) || metrics.iter().any(dbt::is_metric);
        (published && !own).then_some(Self::Dbt)
    }
}

/// Reads the definitions of a file.
pub(super) fn read(decoder: &mut Decoder<'_>, publisher: Publisher, root: &Node) -> Vec<Metric> {
    let found = match publisher {
        Publisher::Dbt => dbt::read(decoder, root),
        Publisher::Osi => osi::read(decoder, root),
    };
    // Both formats want names to be unique; where one is not, the first definition counts, as for the tools that publish them.
    let mut names = std::collections::BTreeSet::new();
    found.into_iter().filter(|metric| names.insert(metric.name.clone())).collect()
}

/// A metric by its `name`, with what both formats call alike.
fn named(decoder: &mut Decoder<'_>, node: &Node) -> Option<Metric> {
    decoder.mapping(node, "metrics");
    let name = decoder.required(node, "name", "metric")?;
    let name = decoder.text(name, "name")?;
    let mut metric = Metric::named(&name.value, words(&name.value), name.place);
    if let Some(label) = text(decoder, node, "label") {
        metric.label = label.value;
    }
    metric.description = text(decoder, node, "description");
    Some(metric)
}

/// The text under a key, if there is any. What a template is put into is not what anybody reads.
fn text(decoder: &mut Decoder<'_>, node: &Node, key: &str) -> Option<Located<String>> {
    let value = node.get(key).filter(|value| value.flow().is_some_and(|flow| !flow.is_blank()) && !value.is_null())?;
    decoder.text(value, key).filter(|text| !text.value.contains("{{"))
}

/// The `synonyms` of a mapping: one or a list.
fn synonyms(decoder: &mut Decoder<'_>, node: &Node, metric: &mut Metric) {
    if let Some(value) = node.get("synonyms").filter(|value| !value.is_null()) {
        let known = |metric: &Metric, text: &str| metric.synonyms.iter().any(|synonym| synonym.value == text);
        for synonym in decoder.texts(value, "synonyms") {
            if !known(metric, &synonym.value) {
                metric.synonyms.push(synonym);
            }
        }
    }
}

/// A formula of a published expression, where it is arithmetic over names that have a counterpart.
fn arithmetic(expression: &Located<String>, counterpart: impl Fn(&str) -> Option<String>) -> Option<Located<String>> {
    let value = formula::arithmetic(&expression.value).then(|| formula::renamed(&expression.value, counterpart))??;
    Some(Located { value, place: expression.place })
}
