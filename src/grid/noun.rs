//! Units that the nouns of a label imply: customers are counted, DSO is in days, earnings per share are not in millions.
//!
//! Enters: names of rows and columns. Leaves: an [`Implied`] unit, or none.
//! Invariant: a noun is only heeded at the head of its label: `Active customers`, not `Due from customers`.

use super::words::lower_words;
use crate::quantity::Unit;

/// The unit that a row's nouns imply, which keeps a table's money scale off its bare numbers.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Implied {
    /// Counted things.
    Count(String),
    /// What is counted where nothing near speaks of money: `Agency staff` in a table of thousands is what they cost.
    Weak(String),
    /// A stretch of time.
    Duration(&'static str),
    /// An amount for each of something.
    PerShare,
    /// A ratio, rate or price for each: never scaled, unit unknown.
    Ratio,
}

/// Nouns that are counted where nothing near says otherwise.
const WEAK: &[&str] = &[
    "staff",
    "contractors",
    "applications",
    "applicants",
    "patients",
    "trips",
    "homes",
    "households",
    "tenants",
    "flights",
    "passengers",
    "students",
    "pupils",
    "sites",
    "branches",
    "policies",
    "policyholders",
    "vehicles",
    "complaints",
    "incidents",
    "accidents",
    "hires",
    "joiners",
    "leavers",
    "nps",
    "admissions",
    "appointments",
    "calls",
    "tickets",
    "visitors",
    "guests",
    "beds",
    "rooms",
    "aircraft",
    "trucks",
    "schools",
    "projects",
    "hotels",
    "nights",
    "restaurants",
    "outlets",
    "plots",
    "berths",
    "lettings",
    "clinics",
    "colleagues",
    "completions",
    "registrations",
    "enrolments",
    "enrollments",
    "referrals",
    "discharges",
    "attendances",
    "consultations",
    "installations",
    "inspections",
    "cancellations",
    "arrivals",
    "departures",
    "sailings",
    "crossings",
    "journeys",
    "shipments",
    "cases",
    "nurses",
    "teachers",
    "drivers",
    "apprentices",
    "trainees",
];

/// What becomes of counted things, behind their noun: `Room-nights sold`.
const PARTICIPLES: &[&str] = &[
    "sold",
    "available",
    "completed",
    "opened",
    "closed",
    "served",
    "treated",
    "owned",
    "managed",
    "occupied",
    "handled",
    "installed",
    "received",
    "hired",
    "employed",
];

/// Words of money, beside which a counted title says nothing of a number.
const MONEY: &[&str] = &[
    "revenue", "revenues", "sales", "turnover", "income", "cost", "costs", "expense", "expenses", "spend", "profit",
    "loss", "margin", "ebitda", "ebit", "cash", "debt", "price", "prices", "value", "amount", "arr", "mrr", "fees",
    "capex", "opex", "pay", "salaries", "wages", "budget",
];

/// Whether a label speaks of money.
pub(super) fn speaks_of_money(label: &str) -> bool {
    lower_words(label).iter().any(|word| MONEY.contains(&word.as_str()))
}

/// What the nouns of a row's label imply of its unit.
pub(super) fn implied(label: &str) -> Option<Implied> {
    const COUNTED: &[&str] = &[
        "customers",
        "customer",
        "headcount",
        "employees",
        "employee",
        "fte",
        "ftes",
        "equivalents",
        "stores",
        "users",
        "subscribers",
        "members",
        "donors",
        "clients",
        "volunteers",
        "logos",
        "seats",
        "shareholders",
        "visits",
        "downloads",
    ];
    let words = lower_words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let text = words.join(" ");
    let pair = |a: &str, b: &str| words.windows(2).any(|pair| pair[0] == a && pair[1] == b);
    let over = label.split_once('/').is_some_and(|(_, below)| {
        ["ebitda", "equity", "assets", "sales", "revenue"].contains(&below.trim().to_lowercase().as_str())
    });
    if pair("per", "share")
        || text.contains("per common share")
        || text.contains("per ordinary share")
        || text.contains("per diluted share")
        || matches!(words.first(), Some(&"eps"))
        || words.last() == Some(&"eps")
    {
        return Some(Implied::PerShare);
    }
    // `31–60 days` is an age band of money.
    let band = label.contains(|c: char| c.is_ascii_digit());
    // `LTIFR (per million hours)`: for how many of them.
    let per = words.contains(&"per");
    let ends = |span: &&str| words.first() == Some(span) || !per && words.last() == Some(span);
    let span = ["days", "hours", "minutes"].into_iter().find(ends).filter(|_| !band);
    if matches!(words.as_slice(), ["dso" | "dpo" | "dio" | "dsi", ..]) {
        return Some(Implied::Duration("days"));
    }
    // `Re-let time, days`, `Hours worked`.
    if let Some(span) = span {
        return Some(Implied::Duration(span));
    }
    // `Change in statutory tax rate` is an amount of tax.
    let moved =
        words.iter().any(|word| matches!(*word, "change" | "changes" | "effect" | "impact" | "difference" | "at"));
    if words.contains(&"ratio")
        || words.contains(&"per")
        || words.contains(&"multiple")
        || (words.last() == Some(&"rate") && !moved)
        || over
        || pair("return", "on")
    {
        return Some(Implied::Ratio);
    }
    if pair("number", "of") {
        return Some(Implied::Count(
            words.iter().skip_while(|word| **word != "of").nth(1).copied().unwrap_or_default().to_owned(),
        ));
    }
    // The noun must head the label: `Customers over $100K`, `Active customers`, but not `Due from customers`, `Customer deposits`.
    let head = words
        .iter()
        .position(|word| matches!(*word, "over" | "above" | "by" | "at" | "in" | "with" | "of"))
        .unwrap_or(words.len());
    let noun = words[..head].iter().rfind(|word| !PARTICIPLES.contains(word)).copied().unwrap_or_default();
    let owed = words.iter().any(|word| {
        matches!(
            *word,
            "from"
                | "to"
                | "due"
                | "receivable"
                | "receivables"
                | "payable"
                | "for"
                | "cost"
                | "costs"
                | "loans"
                | "deposits"
                | "other"
        )
    });
    if owed || words.len() > 5 {
        return None;
    }
    match noun {
        noun if COUNTED.contains(&noun) => Some(Implied::Count(noun.to_owned())),
        noun if WEAK.contains(&noun) => Some(Implied::Weak(noun.to_owned())),
        _ => None,
    }
}

/// The unit of an implied count or duration.
impl Implied {
    /// The unit, where the noun settles it.
    pub(super) fn unit(&self, currency: Option<&Unit>) -> Option<Unit> {
        match self {
            Self::Count(_) | Self::Weak(_) => Some(Unit::Count),
            Self::Duration(word) => Some(Unit::Duration(word)),
            Self::PerShare => currency.map(|currency| Unit::Per(Box::new(currency.clone()), "share".to_owned())),
            Self::Ratio => None,
        }
    }
}
