//! What the field knows of names whoever uses them: abbreviations, which way is good, what a negative income is called.
//!
//! Enters: a metric's label. Leaves: other spellings of it, or which way is good.
//! Invariant: where the field is of two minds, nothing is said.

use crate::source::Better;
use crate::words::stems;

/// A label with each abbreviation of the field spelled out, and each phrase abbreviated: `Adjusted EPS` → `adjusted earnings per
/// share`.
pub(super) fn respelled(label: &str) -> Vec<String> {
    const SPELLINGS: &[(&str, &str)] = &[
        ("eps", "earnings per share"),
        ("pbt", "profit before tax"),
        ("ebt", "earnings before tax"),
        ("capex", "capital expenditure"),
        ("opex", "operating expenses"),
        ("cogs", "cost of goods sold"),
        ("arr", "annual recurring revenue"),
        ("mrr", "monthly recurring revenue"),
        ("nrr", "net revenue retention"),
        ("grr", "gross revenue retention"),
        ("dso", "days sales outstanding"),
        ("aov", "average order value"),
        ("gmv", "gross merchandise value"),
        ("nps", "net promoter score"),
        ("roce", "return on capital employed"),
        ("r&d", "research and development"),
        ("sg&a", "selling general and administrative"),
        ("g&a", "general and administrative"),
    ];
    let own = stems(label).join(" ");
    let padded = format!(" {own} ");
    let swap = |from: &str, to: &str| {
        let from = format!(" {} ", stems(from).join(" "));
        padded.contains(&from).then(|| padded.replacen(&from, &format!(" {to} "), 1).trim().to_owned())
    };
    SPELLINGS.iter().flat_map(|(short, long)| [swap(short, long), swap(long, short)]).flatten().collect()
}

/// Which way is good for a metric of this name, where everybody agrees: more profit, fewer accidents. Names with words of both kinds
/// (`cost income ratio`) say nothing.
pub(crate) fn polarity(label: &str) -> Option<Better> {
    const UP: &[&str] = &[
        "revenue",
        "sale",
        "profit",
        "margin",
        "ebitda",
        "surplus",
        "retention",
        "delivery",
        "occupancy",
        "satisfaction",
        "nps",
        "yield",
        "productivity",
        "reliability",
        "punctuality",
        "availability",
        "attendance",
        "performance",
        "compliance",
        "completion",
        "uptake",
        "uptime",
        "accuracy",
        "throughput",
    ];
    const DOWN: &[&str] = &[
        "churn",
        "cost",
        "expense",
        "accident",
        "incident",
        "injury",
        "defect",
        "scrap",
        "absence",
        "sickness",
        "vacancy",
        "overdue",
        "arrear",
        "complaint",
        "downtime",
        "dso",
        "delay",
        "attrition",
    ];
    let stems = stems(label);
    let any = |words: &[&str]| stems.iter().any(|stem| words.contains(&stem.as_str()));
    // `Repairs in target`, `Invoices paid on time`.
    let met = stems
        .windows(2)
        .any(|two| matches!(two[0].as_str(), "in" | "within" | "on") && matches!(two[1].as_str(), "target" | "time"));
    // Income is good, what it is taxed with is not.
    let income = any(&["income"]) && !any(&["tax", "taxe"]);
    match (any(UP) || income || met, any(DOWN)) {
        (true, false) => Some(Better::Up),
        (false, true) => Some(Better::Down),
        _ => None,
    }
}

/// Whether more of a metric is bad, or may be, by words that [`polarity`] leaves open.
pub(crate) fn may_be_bad(label: &str) -> bool {
    const OPEN: &[&str] = &[
        "loss",
        "debt",
        "burn",
        "wait",
        "case",
        "fall",
        "outflow",
        "deficit",
        "emission",
        "payback",
        "day",
        "time",
        "interruption",
        "saidi",
        "ltif",
        "leverage",
        "breach",
        "vacancy",
        "turnover",
        "waiting",
        "ratio",
        "infection",
        "leakage",
        "intensity",
        "length",
        "backlog",
        "agency",
    ];
    stems(label).iter().any(|stem| OPEN.contains(&stem.as_str()))
}

/// `Operating income` → `operating loss`; `Net surplus` → `net deficit`. Income that is turnover, such as a bank's total or interest
/// income, is no loss whatever its sign.
pub(crate) fn losses(label: &str) -> Vec<String> {
    const RESULTS: &[&str] =
        &["net", "operating", "comprehensive", "pretax", "tax", "ordinary", "underlying", "adjusted"];
    let stems = stems(label);
    let Some((last, head)) = stems.split_last() else { return Vec::new() };
    let Some(before) = head.last().filter(|word| *word != "total") else { return Vec::new() };
    let other = match last.as_str() {
        "income" if RESULTS.contains(&before.as_str()) => "loss",
        "profit" | "earning" => "loss",
        "surplus" => "deficit",
        _ => return Vec::new(),
    };
    vec![format!("{} {other}", head.join(" "))]
}

/// Whether a label counts heads: those there are, not those who came, went or were there on average.
pub(super) fn counts_heads(label: &str) -> bool {
    const HEADS: &[&str] = &["headcount", "fte", "employee", "colleague", "customer", "member", "subscriber", "tenant"];
    const MOVED: &[&str] = &[
        "new", "average", "added", "lost", "won", "joined", "left", "lapsed", "change", "growth", "gained", "hired",
        "churned", "per",
    ];
    let stems = stems(label);
    stems.last().is_some_and(|last| HEADS.contains(&last.as_str()))
        && !stems.iter().any(|stem| MOVED.contains(&stem.as_str()))
}
