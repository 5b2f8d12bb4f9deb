//! A number as it was written: value, resolution, interval, unit, qualifier and sign.
//!
//! Enters (from `extract`): what the lexer read. Leaves: exact decimals and the interval that the writing stands for.
//! Invariant: `low ≤ value ≤ high` wherever the three exist, and no binary floating point anywhere.
//!
//! Conventions: a figure stands for itself plus or minus half a unit of its last written place (XBRL Calculations 1.1,
//! SEC EFM 6.5.12). Values are in base units: `$42.3M` is 42300000 USD; percentages, points and basis points are as written.

use std::fmt;

use rust_decimal::Decimal;

/// A number with its unit, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The value in base units, with the sign that is written. `None` for a range.
    pub value: Option<Decimal>,
    /// Place value of the last digit written, after scale: `$42.3M` → 100000.
    pub resolution: Decimal,
    /// Least value that the writing can stand for; `None` when unbounded.
    pub low: Option<Decimal>,
    /// Greatest value that the writing can stand for; `None` when unbounded.
    pub high: Option<Decimal>,
    /// What is counted or measured.
    pub unit: Unit,
    /// The thing counted, as written, for counts: `customers` in `1,282 customers`.
    pub noun: Option<String>,
    /// How exactly the author meant it.
    pub qualifier: Qualifier,
    /// How the sign is written.
    pub sign: Sign,
    /// Scale that the number itself carries (`M` in `$42.3M` → 1000000); 1 when none is written.
    pub scale: Decimal,
    /// Whether a scale is written beside the number itself. A table's own scale applies only where there is none.
    pub scaled: bool,
    /// Whether the number is written in words (`two-thirds`, `eleven`, `doubled`).
    pub in_words: bool,
}

/// How exactly a number is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Qualifier {
    /// As written, to its last digit.
    Exact,
    /// `about`, `~`, `roughly`: one more unit either way in the last non-zero digit.
    About,
    /// `at least`, `450+`, `≥`.
    AtLeast,
    /// `more than`, `over`, `>`.
    MoreThan,
    /// `at most`, `up to`, `≤`.
    AtMost,
    /// `less than`, `under`, `below`, `<`.
    LessThan,
    /// Two ends: `$4–5M`.
    Range,
}

impl Qualifier {
    /// Its name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::AtLeast => "at-least",
            Self::MoreThan => "more-than",
            Self::AtMost => "at-most",
            Self::LessThan => "less-than",
            Self::Range => "range",
        }
    }
}

/// How a sign is written. Brackets are a presentation; a minus is a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum Sign {
    /// None written.
    #[default]
    None,
    /// `+`.
    Plus,
    /// `-`, `−`, `–` directly before the number.
    Minus,
    /// `(1,234)`, `<1,234>`.
    Brackets,
}

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
    /// A measure by its own word: `TEU`, `GWh`, `t`, `g`.
    Measure(String),
    /// An amount for each of something: `USD/share`.
    Per(Box<Unit>, String),
    /// Nothing says: a bare number.
    Bare,
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
