//! Which metric is the ratio of two others: `GOP margin` of GOP and revenue, `Leverage` of net debt and EBITDA.
//!
//! Enters: the names of all metrics, and what a source says of how they are computed. Leaves: ratios by their two operands.
//! Invariant: two operands have one ratio; where several metrics go by them, none does.

use std::collections::BTreeMap;

use super::{MetricId, Name, Vocabulary};
use crate::quantity::Unit;
use crate::source::SourceOfTruth;
use crate::source::formula::{Formula, Operator};
use crate::words::stems;

/// Ratios by their operands; one that several metrics could be is none.
#[derive(Clone, Debug, Default)]
pub(super) struct Ratios {
    of_two: BTreeMap<(MetricId, MetricId), Option<MetricId>>,
    /// Those whose name says of what it is one, and leaves unsaid that the whole is what is sold: a margin.
    of_sales: BTreeMap<MetricId, Option<MetricId>>,
}

impl Vocabulary {
    /// The metric that is one over the other.
    pub(crate) fn ratio_of(&self, top: MetricId, bottom: MetricId) -> Option<MetricId> {
        let two = self.ratios.of_two.get(&(top, bottom)).copied();
        let sold = || self.ratios.of_sales.get(&top).copied().filter(|_| is_sales(&self.term(bottom).label));
        two.or_else(sold).flatten()
    }

    /// Learns which metrics are ratios of others, now that all names are known.
    pub(crate) fn learn_ratios(&mut self, source: &SourceOfTruth) {
        let mut ratios = Ratios::default();
        for (id, term) in self.terms() {
            // A label that was taken for another metric is no name of its own.
            let own = self.metric_called(&term.label) == Some(id);
            if !own || !matches!(term.unit, None | Some(Unit::Percent | Unit::Multiple)) {
                continue;
            }
            let metric = term.source.and_then(|at| source.metrics.get(at));
            let spoken = metric.into_iter().flat_map(|metric| &metric.synonyms).map(|name| name.value.as_str());
            let formula = term.source.and_then(|at| source.formulas.of_metric.get(&at));
            if let Some((top, bottom)) = formula.and_then(quotient).and_then(|(a, b)| self.both(a, b)) {
                add(&mut ratios.of_two, (top, bottom), id);
            }
            let described = metric.and_then(|metric| metric.description.as_ref()).map(|text| text.value.as_str());
            for text in std::iter::once(term.label.as_str()).chain(spoken).chain(described) {
                if let Some((top, bottom)) = self.divided(text) {
                    add(&mut ratios.of_two, (top, bottom), id);
                }
            }
            if let Some(top) = self.part_of_sales(&term.label).filter(|top| *top != id) {
                add(&mut ratios.of_sales, top, id);
            }
            let leverage =
                stems(&term.label).iter().any(|stem| stem == "leverage") && term.unit == Some(Unit::Multiple);
            if let Some(two) = self.both("net debt", "EBITDA").filter(|_| leverage) {
                add(&mut ratios.of_two, two, id);
            }
        }
        self.ratios = ratios;
    }

    fn both(&self, top: &str, bottom: &str) -> Option<(MetricId, MetricId)> {
        Some((self.metric_called(top)?, self.metric_called(bottom)?))
    }

    fn metric_called(&self, name: &str) -> Option<MetricId> {
        match self.exact(&name.replace('_', " ")) {
            Some(Name::Metric(id)) => Some(id),
            _ => None,
        }
    }

    /// `Net debt / LTM EBITDA`, `staff costs as a share of income`, `Operating costs divided by total income.`
    fn divided(&self, text: &str) -> Option<(MetricId, MetricId)> {
        const BY: &[&str] = &[
            " divided by ",
            " as a percentage of ",
            " as a percent of ",
            " as a proportion of ",
            " as a share of ",
            " as a % of ",
            " as % of ",
            " over ",
            " / ",
            "/",
            " to ",
        ];
        let text = text.split(['.', ',', ';', '(']).next()?.to_lowercase();
        let (top, bottom) = BY.iter().find_map(|by| text.split_once(by))?;
        let bottom = ["ltm ", "ttm ", "last-twelve-months ", "last twelve months "]
            .iter()
            .find_map(|span| bottom.trim().strip_prefix(span))
            .unwrap_or(bottom.trim());
        self.both(top.trim(), bottom.trim_end_matches("ratio").trim())
    }

    /// `GOP margin`, `Gross margin`, `Staff cost ratio`: the metric that it is the share of in what is sold.
    fn part_of_sales(&self, label: &str) -> Option<MetricId> {
        let label = stems(label);
        // Net interest margin is on what is lent.
        let sold = |rest: &[String]| !rest.is_empty() && !rest.iter().any(|stem| stem == "interest");
        let (kind, rest) = label.split_last().filter(|(_, rest)| sold(rest))?;
        let rest = rest.join(" ");
        match kind.as_str() {
            "ratio" => self.metric_called(&rest),
            "margin" => ["", " profit", " income", " result", " surplus"]
                .iter()
                .find_map(|result| self.metric_called(&format!("{rest}{result}"))),
            _ => None,
        }
    }
}

/// Of several metrics by the same operands none is theirs.
fn add<K: Ord>(ratios: &mut BTreeMap<K, Option<MetricId>>, operands: K, id: MetricId) {
    let own = ratios.entry(operands).or_insert(Some(id));
    if *own != Some(id) {
        *own = None;
    }
}

/// `gross_profit / revenue`, and a hundred times that.
fn quotient(formula: &Formula) -> Option<(&str, &str)> {
    match formula {
        Formula::Binary(Operator::Over, top, bottom) => match (top.as_ref(), bottom.as_ref()) {
            (Formula::Metric(top), Formula::Metric(bottom)) => Some((top, bottom)),
            _ => None,
        },
        Formula::Binary(Operator::Times, a, b) => match (a.as_ref(), b.as_ref()) {
            (Formula::Number(_), inner) | (inner, Formula::Number(_)) => quotient(inner),
            _ => None,
        },
        _ => None,
    }
}

/// What a margin is one of: all that is sold or earned. Net income is what is left of it.
fn is_sales(label: &str) -> bool {
    let own = stems(label);
    let Some((last, lead)) = own.split_last() else { return false };
    match last.as_str() {
        "revenue" | "sale" | "turnover" => {
            lead.iter().all(|stem| matches!(stem.as_str(), "total" | "net" | "group" | "gross"))
        }
        "income" => lead.iter().all(|stem| matches!(stem.as_str(), "total" | "group")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(labels: &[(&str, Unit)]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (label, unit) in labels {
            let id = vocabulary.add_label(label);
            vocabulary.learn_unit(id, unit);
        }
        vocabulary.learn_ratios(&SourceOfTruth::default());
        vocabulary
    }

    #[test]
    fn ratios_go_by_their_operands() {
        let pounds = || Unit::Currency("GBP".to_owned());
        let vocabulary = learned(&[
            ("Gross profit", pounds()),
            ("Revenue", pounds()),
            ("Net income", pounds()),
            ("Gross margin", Unit::Percent),
            ("Wage costs", pounds()),
            ("Wage cost ratio", Unit::Percent),
            ("Net debt", pounds()),
            ("EBITDA", pounds()),
            ("Leverage", Unit::Multiple),
            ("Loans", pounds()),
            ("Deposits", pounds()),
            ("Loans / LTM deposits", Unit::Percent),
        ]);
        let found = |top: &str, bottom: &str| {
            let (top, bottom) = vocabulary.both(top, bottom)?;
            vocabulary.ratio_of(top, bottom).map(|id| vocabulary.term(id).label.clone())
        };
        assert_eq!(found("gross profit", "revenue").as_deref(), Some("Gross margin"));
        assert_eq!(found("gross profit", "net income"), None);
        assert_eq!(found("wage costs", "revenue").as_deref(), Some("Wage cost ratio"));
        assert_eq!(found("net debt", "EBITDA").as_deref(), Some("Leverage"));
        assert_eq!(found("loans", "deposits").as_deref(), Some("Loans / LTM deposits"));
        assert_eq!(found("deposits", "loans"), None);
    }

    #[test]
    fn what_several_metrics_could_be_is_none() {
        let vocabulary = learned(&[
            ("Net debt", Unit::Currency("GBP".to_owned())),
            ("EBITDA", Unit::Currency("GBP".to_owned())),
            ("Leverage", Unit::Multiple),
            ("Net debt to EBITDA", Unit::Multiple),
        ]);
        let two = vocabulary.both("net debt", "EBITDA").and_then(|(top, bottom)| vocabulary.ratio_of(top, bottom));
        assert_eq!(two, None);
    }
}
