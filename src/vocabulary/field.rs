//! What the field knows of names whoever uses them: abbreviations, which way is good, what a negative income is called.
//!
//! Enters: a metric's label. Leaves: other spellings of it, or which way is good.
//! Invariant: where the field is of two minds, nothing is said.

use std::sync::LazyLock;

use crate::source::Better;
use crate::words::stems;

/// The abbreviations that finance and operations use, each with what it stands for. Those that stand for several things (`LTV`,
/// `ADR` of a share) are here only where the things are never reported side by side under one name.
const SPELLINGS: &[(&str, &str)] = &[
    // Results and cash.
    ("eps", "earnings per share"),
    ("pbt", "profit before tax"),
    ("pat", "profit after tax"),
    ("ebt", "earnings before tax"),
    ("ebit", "earnings before interest and tax"),
    ("ebitda", "earnings before interest tax depreciation and amortisation"),
    ("ebitda", "earnings before interest tax depreciation and amortization"),
    ("capex", "capital expenditure"),
    ("opex", "operating expenses"),
    ("cog", "cost of goods sold"),
    ("r&d", "research and development"),
    ("sg&a", "selling general and administrative"),
    ("g&a", "general and administrative"),
    ("d&a", "depreciation and amortisation"),
    ("d&a", "depreciation and amortization"),
    ("fcf", "free cash flow"),
    ("dso", "days sales outstanding"),
    ("dpo", "days payables outstanding"),
    ("dio", "days inventory outstanding"),
    ("roce", "return on capital employed"),
    ("roic", "return on invested capital"),
    ("roe", "return on equity"),
    ("rote", "return on tangible equity"),
    ("rotce", "return on tangible common equity"),
    ("roa", "return on assets"),
    ("nav", "net asset value"),
    // Subscriptions and marketplaces.
    ("arr", "annual recurring revenue"),
    ("arr", "annualised recurring revenue"),
    ("arr", "annualized recurring revenue"),
    ("mrr", "monthly recurring revenue"),
    ("nrr", "net revenue retention"),
    ("grr", "gross revenue retention"),
    ("ndr", "net dollar retention"),
    ("acv", "annual contract value"),
    ("tcv", "total contract value"),
    ("rpo", "remaining performance obligations"),
    ("crpo", "current remaining performance obligations"),
    ("cac", "customer acquisition cost"),
    ("ltv", "lifetime value"),
    ("clv", "customer lifetime value"),
    ("arpu", "average revenue per user"),
    ("arpa", "average revenue per account"),
    ("aov", "average order value"),
    ("asp", "average selling price"),
    ("gmv", "gross merchandise value"),
    ("gtv", "gross transaction value"),
    ("tpv", "total payment volume"),
    ("dau", "daily active users"),
    ("wau", "weekly active users"),
    ("mau", "monthly active users"),
    ("nps", "net promoter score"),
    ("enps", "employee net promoter score"),
    ("csat", "customer satisfaction"),
    // Banks, insurers and funds.
    ("nii", "net interest income"),
    ("nim", "net interest margin"),
    ("lcr", "liquidity coverage ratio"),
    ("nsfr", "net stable funding ratio"),
    ("cet1", "common equity tier 1"),
    ("cet1", "cet1 ratio"),
    ("cet1", "common equity tier 1 ratio"),
    ("rwa", "risk weighted assets"),
    ("ecl", "expected credit losses"),
    ("npl", "non performing loans"),
    ("ltv", "loan to value"),
    ("gwp", "gross written premiums"),
    ("gwp", "gross written premium"),
    ("nwp", "net written premiums"),
    ("scr", "solvency capital requirement"),
    ("aum", "assets under management"),
    ("fum", "funds under management"),
    ("aua", "assets under administration"),
    // Hotels and property.
    ("adr", "average daily rate"),
    ("adr", "average room rate"),
    ("adr", "average rate"),
    ("revpar", "revenue per available room"),
    ("trevpar", "total revenue per available room"),
    ("goppar", "gross operating profit per available room"),
    ("gop", "gross operating profit"),
    ("noi", "net operating income"),
    ("ffo", "funds from operations"),
    ("affo", "adjusted funds from operations"),
    ("wault", "weighted average unexpired lease term"),
    ("wale", "weighted average lease expiry"),
    // People, safety and operations.
    ("fte", "full time equivalent"),
    ("fte", "full time equivalent employees"),
    ("fte", "full time equivalent staff"),
    ("ltifr", "lost time injury frequency rate"),
    ("trifr", "total recordable injury frequency rate"),
    ("trir", "total recordable incident rate"),
    ("oee", "overall equipment effectiveness"),
    ("otif", "on time in full"),
    ("alos", "average length of stay"),
];

/// A label with each abbreviation of the field spelled out, and each phrase abbreviated: `Adjusted EPS` → `adjusted earnings per
/// share`.
pub(crate) fn respelled(label: &str) -> Vec<String> {
    let padded = format!(" {} ", stems(label).join(" "));
    let swap = |from: &str, to: &str| padded.contains(from).then(|| padded.replacen(from, to, 1).trim().to_owned());
    STEMMED.iter().flat_map(|(short, long)| [swap(short, long), swap(long, short)]).flatten().collect()
}

/// The same as words are compared, between blanks.
static STEMMED: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let spaced = |text: &str| format!(" {} ", stems(text).join(" "));
    SPELLINGS.iter().map(|(short, long)| (spaced(short), spaced(long))).collect()
});

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
        "utilisation",
        "utilization",
        "conversion",
        "cover",
        "promoter",
    ];
    const DOWN: &[&str] = &[
        "churn",
        "cost",
        "expense",
        "bad",
        "impairment",
        "leverage",
        "gearing",
        "wastage",
        "shrinkage",
        "mortality",
        "readmission",
        "delinquency",
        "fraud",
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
        "wage",
        "salary",
        "payroll",
        "overhead",
        "cogs",
        "opex",
        "wait",
        "outage",
        "saidi",
        "ltifr",
        "trifr",
        "trir",
        "emission",
        "leakage",
        "rework",
        "cancellation",
        "risk",
        "interruption",
        "burst",
        "spill",
        "pollution",
        "breach",
        "failure",
        "fault",
        "default",
        "payback",
    ];
    const DOWN_PHRASES: &[[&str; 2]] = &[
        ["combined", "ratio"],
        ["claim", "ratio"],
        ["loss", "ratio"],
        ["expense", "ratio"],
        ["staff", "turnover"],
        ["labour", "turnover"],
        ["employee", "turnover"],
        ["sale", "outstanding"],
        ["net", "debt"],
        ["debtor", "day"],
        ["handling", "time"],
        ["waiting", "time"],
        ["wait", "time"],
        ["queue", "time"],
        ["queuing", "time"],
        ["response", "time"],
        ["lead", "time"],
        ["turnaround", "time"],
        ["resolution", "time"],
        ["repair", "time"],
        ["cycle", "time"],
        ["relet", "time"],
        ["receivable", "day"],
        ["inventory", "day"],
        ["stock", "day"],
        ["cash", "burn"],
        ["day", "late"],
        ["minute", "late"],
        ["waiting", "list"],
    ];
    let stems = stems(label);
    let any = |words: &[&str]| stems.iter().any(|stem| words.contains(&stem.as_str()));
    // Words of a phrase say nothing of their own: `days sales outstanding` are no sales.
    if stems.windows(2).any(|two| DOWN_PHRASES.iter().any(|phrase| two == phrase)) {
        return Some(Better::Down);
    }
    // `Repairs in target`, `Invoices paid on time`.
    let met = stems
        .windows(2)
        .any(|two| matches!(two[0].as_str(), "in" | "within" | "on") && matches!(two[1].as_str(), "target" | "time"));
    // Income is good, what it is taxed with is not.
    let income = any(&["income"]) && !any(&["tax"]);
    match (any(UP) || income || met, any(DOWN)) {
        (true, false) => Some(Better::Up),
        (false, true) => Some(Better::Down),
        _ => None,
    }
}

/// What the field knows to come or go over a time, and not to stand on a day.
pub(crate) fn is_flow(label: &str) -> bool {
    const FLOWS: &[&str] = &[
        "revenue",
        "sale",
        "turnover",
        "income",
        "cost",
        "expense",
        "expenditure",
        "spend",
        "profit",
        "ebitda",
        "ebit",
        "earning",
        "loss",
        "surplus",
        "capex",
        "opex",
        "depreciation",
        "dividend",
        "booking",
        "flow",
    ];
    stems(label).iter().any(|stem| FLOWS.contains(&stem.as_str()))
}

/// Whether a name speaks of something that is measured, by a word of the field: `Adjusted operating profit`, not `Aerospace`.
pub(crate) fn names_a_measure(name: &str) -> bool {
    const MEASURES: &[&str] = &[
        "admission",
        "arpa",
        "arpu",
        "arr",
        "asset",
        "attendance",
        "aum",
        "award",
        "backlog",
        "booking",
        "cac",
        "capex",
        "cash",
        "churn",
        "cost",
        "customer",
        "debt",
        "deficit",
        "deposit",
        "depreciation",
        "dividend",
        "donation",
        "donor",
        "earning",
        "ebit",
        "ebitda",
        "employee",
        "enrollment",
        "enrolment",
        "eps",
        "equity",
        "expenditure",
        "expense",
        "fee",
        "fte",
        "gmv",
        "grant",
        "grr",
        "guest",
        "headcount",
        "income",
        "inventory",
        "liability",
        "loan",
        "loss",
        "ltv",
        "margin",
        "mrr",
        "nav",
        "nrr",
        "occupancy",
        "opex",
        "order",
        "passenger",
        "patient",
        "payable",
        "premium",
        "profit",
        "rate",
        "ratio",
        "receivable",
        "remaining",
        "retention",
        "revenue",
        "sale",
        "shipment",
        "spend",
        "spending",
        "spent",
        "staff",
        "student",
        "subscriber",
        "surplus",
        "taking",
        "tpv",
        "turnover",
        "user",
        "utilisation",
        "utilization",
        "visitor",
        "volume",
        "yield",
    ];
    stems(name).iter().any(|stem| MEASURES.contains(&stem.as_str()))
}

/// Whether a label may name a measure: besides those that plainly do, by what is good or bad about it, by an abbreviation of the field,
/// or by a word that little but a measure goes by.
pub(crate) fn is_measure(label: &str) -> bool {
    const MORE: &[&str] = &[
        "cover",
        "coverage",
        "gearing",
        "headroom",
        "liquidity",
        "runway",
        "penetration",
        "conversion",
        "outlay",
        "payroll",
        "wage",
        "salary",
        "price",
        "tonnage",
        "footfall",
        "traffic",
        "basket",
        "ticket",
        "rent",
        "rental",
        "stock",
        "provision",
        "claim",
        "score",
        "index",
        "production",
        "output",
        "throughput",
        "capacity",
        "availability",
        "share",
        "generation",
        "completion",
        "pipeline",
        "enquiry",
        "factor",
    ];
    let own = stems(label);
    let short = |stem: &str| SPELLINGS.iter().any(|(short, _)| *short == stem);
    let said = own.iter().any(|stem| MORE.contains(&stem.as_str()) || short(stem));
    said || names_a_measure(label) || polarity(label).is_some() || may_be_bad(label)
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
    counts(label, HEADS)
}

/// Whether a label counts those who work here, by the head.
pub(super) fn counts_people(label: &str) -> bool {
    const PEOPLE: &[&str] = &["headcount", "employee", "colleague", "staff", "people", "workforce"];
    counts(label, PEOPLE)
}

/// Whether the noun of a label is one of these, and no word says that they moved or are averaged.
fn counts(label: &str, nouns: &[&str]) -> bool {
    const MOVED: &[&str] = &[
        "new", "average", "added", "lost", "won", "joined", "left", "lapsed", "change", "growth", "gained", "hired",
        "churned", "per",
    ];
    let stems = stems(label);
    stems.last().is_some_and(|last| nouns.contains(&last.as_str()))
        && !stems.iter().any(|stem| MOVED.contains(&stem.as_str()))
}

/// Whether a label counts what passes through a business in a time, and of which there is no stock: passengers, requests, visits.
pub(crate) fn passes_through(label: &str) -> bool {
    const FLOWS: &[&str] = &[
        "passenger",
        "request",
        "visit",
        "visitor",
        "order",
        "call",
        "transaction",
        "parcel",
        "shipment",
        "delivery",
        "journey",
        "trip",
        "meal",
        "admission",
        "attendance",
        "appointment",
        "application",
        "booking",
        "movement",
        "specimen",
        "sample",
        "scan",
        "procedure",
        "registration",
        "teu",
        "container",
        "tonne",
        "barrel",
    ];
    stems(label).last().is_some_and(|last| FLOWS.contains(&last.as_str()))
}
