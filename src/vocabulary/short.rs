//! What a metric is called for short: `Income` for `Total income`, `Tuition` for `Tuition fees`, `Punctuality` for `Departure punctuality`.
//!
//! Enters: the names of all metrics and segments. Leaves: shorter names that can be of one metric only.
//! Invariant: a short name is none of the longer ones, and each of its words stands in one metric's names alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{MetricId, Term};
use crate::quantity::Unit;
use crate::words::stems;

/// Words that say of what kind an amount is, so that what stands before them may stand for it: `Tuition fees`.
const KINDS: &[&str] = &["fee", "income", "revenue", "sale", "duty", "subscription", "grant"];

/// Whether words name money that comes in: income, sales, fees.
pub(crate) fn is_incoming(stems: &[String]) -> bool {
    stems.iter().any(|stem| stem != "duty" && KINDS.contains(&stem.as_str()))
}

/// Last words that too many things are called for short.
const GENERAL: &[&str] = &[
    "base",
    "factor",
    "mix",
    "head",
    "end",
    "start",
    "use",
    "date",
    "figure",
    "basis",
    "rest",
    "half",
    "part",
    "side",
    "area",
    "kind",
    "type",
    "step",
    "pace",
    "market",
    "sector",
    "industry",
    "median",
    "record",
    "quality",
    "status",
    "trend",
    "report",
    "note",
    "new",
    "margin",
    "rate",
    "ratio",
    "cost",
    "profit",
    "loss",
    "price",
    "volume",
    "number",
    "value",
    "share",
    "time",
    "day",
    "score",
    "index",
    "level",
    "total",
    "balance",
    "growth",
    "return",
    "yield",
    "average",
    "result",
    "cover",
    "coverage",
    "fund",
    "loan",
    "debt",
    "flow",
    "capital",
    "spend",
    "charge",
    "provision",
    "unit",
    "count",
    "month",
    "quarter",
    "year",
    "week",
    "hour",
    "minute",
    "expense",
    "expenditure",
    "equity",
    "asset",
    "liability",
    "percentage",
    "percent",
    "fee",
    "income",
    "work",
    "case",
    "cash",
    "gain",
    "item",
    "amount",
    "size",
    "length",
    "life",
    "target",
    "plan",
    "budget",
    "point",
    "interest",
    "tax",
    "people",
    "service",
    "capacity",
    "amortisation",
    "amortization",
    "depreciation",
    "contribution",
    "performance",
    "compensation",
    "employee",
    "staff",
    "activity",
    "other",
    "change",
    "movement",
    "position",
    "period",
    "project",
    "product",
    "group",
    "line",
    "term",
    "revenue",
    "sale",
    "ebitda",
    "ebit",
    "turnover",
    "surplus",
    "deficit",
    "commitment",
    "facility",
    "limit",
];

/// First words that only say more of what follows, and name nothing.
const LEADS: &[&str] = &[
    "contract",
    "project",
    "order",
    "property",
    "business",
    "market",
    "government",
    "public",
    "charitable",
    "company",
    "net",
    "gross",
    "other",
    "operating",
    "adjusted",
    "underlying",
    "average",
    "new",
    "total",
    "organic",
    "recurring",
    "annual",
    "monthly",
    "like",
    "direct",
    "indirect",
    "fixed",
    "variable",
    "deferred",
    "current",
    "general",
    "staff",
    "interest",
    "finance",
    "capital",
    "financial",
    "segment",
    "external",
    "internal",
    "core",
    "non",
    "own",
    "same",
    "first",
    "statutory",
    "basic",
    "diluted",
    "trading",
    "administrative",
    "product",
    "service",
    "customer",
    "group",
];

/// The short names of metrics, as stems, each with its metric.
pub(super) fn names<'a>(
    terms: &[(MetricId, &'a Term)],
    spoken: impl Iterator<Item = (MetricId, &'a str)>,
    others: &'a [String],
) -> Vec<(Vec<String>, MetricId)> {
    let mut whose: BTreeMap<String, BTreeSet<Option<MetricId>>> = BTreeMap::new();
    let labels = terms.iter().map(|(id, term)| (Some(*id), term.label.as_str()));
    let all = labels.chain(spoken.map(|(id, name)| (Some(id), name)));
    for (id, name) in all.chain(others.iter().map(|other| (None, other.as_str()))) {
        for stem in stems(name) {
            whose.entry(stem).or_default().insert(id);
        }
    }
    // `rent` is no name of what one table calls `Average weekly rent` where another has rental income.
    let own = |id: MetricId, stem: &String| {
        let mut like = whose.range(stem.clone()..).take_while(|(other, _)| other.starts_with(stem.as_str()));
        like.all(|(_, ids)| ids.iter().all(|other| *other == Some(id)))
    };
    let mut found: BTreeMap<Vec<String>, BTreeSet<MetricId>> = BTreeMap::new();
    for (id, term) in terms.iter().copied().filter(|(_, term)| term.is_named()) {
        let label = stems(&term.label);
        let plain = label.iter().all(|stem| stem.chars().all(char::is_alphabetic));
        let joined = label.iter().any(|stem| {
            const JOINING: &[&str] = &["of", "and", "per", "to", "in", "on", "by", "for", "less"];
            // What one of many is on average is called otherwise than what all are.
            const EACH: &[&str] = &["average", "median", "weekly", "daily", "hourly"];
            JOINING.contains(&stem.as_str()) || EACH.contains(&stem.as_str())
        });
        let [first, rest @ ..] = label.as_slice() else { continue };
        let Some(last) = rest.last().filter(|_| plain && !joined && label.len() <= 4) else { continue };
        // `Total income`: of all income there is but one.
        if first == "total" {
            found.entry(rest.to_vec()).or_default().insert(id);
        } else if !GENERAL.contains(&last.as_str()) && !may_act(last) && own(id, last) {
            found.entry(vec![last.clone()]).or_default().insert(id);
        }
        let amount = matches!(term.unit, Some(Unit::Currency(_)));
        if amount
            && label.len() == 2
            && KINDS.contains(&last.as_str())
            && !LEADS.contains(&first.as_str())
            && own(id, first)
        {
            found.entry(vec![first.clone()]).or_default().insert(id);
        }
    }
    let only = |(name, ids): (Vec<String>, BTreeSet<MetricId>)| {
        let mut ids = ids.into_iter();
        let id = ids.next().filter(|_| ids.next().is_none())?;
        Some((name, id))
    };
    found.into_iter().filter_map(only).collect()
}

/// `Empty running`, `Calls answered`: a last word that says other things elsewhere.
fn may_act(stem: &str) -> bool {
    const DONE: &[&str] =
        &["paid", "sold", "lost", "won", "held", "made", "left", "spent", "drawn", "due", "lent", "met", "run", "out"];
    ["ing", "ed", "ly"].iter().any(|end| stem.ends_with(end)) || DONE.contains(&stem)
}
