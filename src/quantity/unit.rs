//! What a quantity is in, and which units may be held against each other.
//!
//! Enters (from `extract`, files): unit words, normalised. Leaves: [`Unit`]s and the factors between those of one kind.
//! Invariant: a factor exists only within a kind; kinds never compare with one another silently.

use std::fmt;

use rust_decimal::Decimal;

/// What a quantity is in. Kinds never compare with one another silently.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub enum Unit {
    /// An amount of money: ISO 4217 code, or a crypto ticker.
    Currency(String),
    /// Per cent.
    Percent,
    /// Percentage points.
    Points,
    /// Basis points: hundredths of a percentage point.
    BasisPoints,
    /// A multiple: `2.5x`, `doubled`.
    Multiple,
    /// A counted thing; the noun is beside it in the quantity.
    Count,
    /// A span of time: `months`, `days`, `years`, `hours`, `minutes`, `weeks`.
    Duration(&'static str),
    /// A measure by its own word: `TEU`, `GWh`, `t`, `g`, `cents`.
    Measure(String),
    /// An amount for each of something: `USD/share`.
    Per(Box<Unit>, String),
    /// Nothing says: a bare number.
    Bare,
}

impl Unit {
    /// An amount for each of something, in one spelling for all that write it: `EUR/t` of `€ per tonne`, `EUR/MWh` of `€/mwh`.
    pub(crate) fn each(amount: Unit, of: &str) -> Unit {
        let word = of.trim().to_lowercase();
        let normal = match word.as_str() {
            "annum" | "yr" => "year",
            "mo" => "month",
            "wk" => "week",
            "hr" => "hour",
            "tonne" | "tonnes" => "t",
            "liter" => "litre",
            "bbl" => "barrel",
            "shares" => "share",
            "teu" => "TEU",
            other => {
                let signs = || PREFIXED.iter().flat_map(|family| family.iter().map(|(sign, _)| *sign));
                signs().find(|sign| sign.eq_ignore_ascii_case(other)).unwrap_or(other)
            }
        };
        Self::Per(Box::new(amount), normal.to_owned())
    }

    /// Whether the two are of one kind, so that comparing their values (after [`Unit::factor_to`]) says something.
    /// A bare number is a count of something unsaid; that of a metric with a unit takes that unit first.
    pub fn comparable(&self, other: &Unit) -> bool {
        self.factor_to(other).is_some()
    }

    /// By what to multiply a value in this unit to have it in the other: 0.01 from `bps` to `pp` or from `cents` to a currency that has
    /// cents. `None` between kinds.
    pub fn factor_to(&self, other: &Unit) -> Option<Decimal> {
        let hundredth = Decimal::new(1, 2);
        match (self, other) {
            (a, b) if a == b => Some(Decimal::ONE),
            (Self::Count | Self::Bare, Self::Count | Self::Bare) => Some(Decimal::ONE),
            (Self::BasisPoints, Self::Points) => Some(hundredth),
            (Self::Points, Self::BasisPoints) => Some(Decimal::ONE_HUNDRED),
            (Self::Measure(word), Self::Currency(code)) if is_minor_unit(word, code) => Some(hundredth),
            (Self::Currency(code), Self::Measure(word)) if is_minor_unit(word, code) => Some(Decimal::ONE_HUNDRED),
            (Self::Measure(a), Self::Measure(b)) => between_measures(a, b),
            (Self::Per(a, of), Self::Per(b, per)) if of == per => a.factor_to(b),
            (Self::Duration(a), Self::Duration(b)) => between_durations(a, b),
            _ => None,
        }
    }

    /// Whether a table's scale (`in thousands`) applies to numbers in this unit.
    pub(crate) fn takes_scale(&self) -> bool {
        matches!(self, Self::Currency(_) | Self::Count | Self::Measure(_) | Self::Bare)
    }
}

/// Whether the word names the hundredth part of the currency.
fn is_minor_unit(word: &str, code: &str) -> bool {
    match word {
        "pence" => code == "GBP",
        "cents" => {
            const WITH_CENTS: &[&str] =
                &["AUD", "BBD", "BZD", "CAD", "EUR", "HKD", "JMD", "NZD", "SGD", "TTD", "TWD", "USD", "ZAR"];
            WITH_CENTS.contains(&code)
        }
        _ => false,
    }
}

/// Measures of one quantity by the power of ten that their prefix stands for: the prefixes of the International System of Units
/// (BIPM, *The International System of Units*, 9th ed., table 7), the tonne as a million grams.
const PREFIXED: &[&[(&str, u32)]] = &[
    &[("mg", 0), ("g", 3), ("kg", 6), ("t", 9), ("kt", 12), ("Mt", 15)],
    &[("kWh", 3), ("MWh", 6), ("GWh", 9), ("TWh", 12)],
    &[("kW", 3), ("MW", 6), ("GW", 9)],
    &[("GJ", 9), ("TJ", 12)],
    &[("MB", 6), ("GB", 9), ("TB", 12), ("PB", 15)],
    &[("tCO2e", 0), ("ktCO2e", 3)],
    &[("m", 0), ("km", 3)],
];

/// Measures that differ by a power of ten.
fn between_measures(from: &str, to: &str) -> Option<Decimal> {
    let power =
        |family: &[(&str, u32)], word: &str| family.iter().find(|(name, _)| *name == word).map(|(_, power)| *power);
    let (from, to) = PREFIXED.iter().find_map(|family| Some((power(family, from)?, power(family, to)?)))?;
    let factor = Decimal::from(10_u64.checked_pow(from.abs_diff(to))?);
    if from < to { Decimal::ONE.checked_div(factor) } else { Some(factor) }
}

/// Durations whose ratio is a whole number whatever the calendar.
fn between_durations(from: &str, to: &str) -> Option<Decimal> {
    const WHOLE: &[(&str, &str, u32)] = &[
        ("years", "quarters", 4),
        ("years", "months", 12),
        ("quarters", "months", 3),
        ("weeks", "days", 7),
        ("days", "hours", 24),
        ("hours", "minutes", 60),
        ("minutes", "seconds", 60),
    ];
    // Only downwards: a day is a whole number of hours, an hour no finite decimal of a day.
    WHOLE.iter().find(|(a, b, _)| (*a, *b) == (from, to)).map(|&(_, _, factor)| Decimal::from(factor))
}

impl fmt::Display for Unit {
    /// The spelling of machine output.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currency(code) => f.write_str(code),
            Self::Percent => f.write_str("percent"),
            Self::Points => f.write_str("pp"),
            Self::BasisPoints => f.write_str("bps"),
            Self::Multiple => f.write_str("x"),
            Self::Count | Self::Bare => f.write_str("count"),
            Self::Duration(word) => f.write_str(word),
            Self::Measure(word) => f.write_str(word),
            Self::Per(unit, of) => write!(f, "{unit}/{of}"),
        }
    }
}
