//! A number as it was written: value, resolution, interval, unit, qualifier and sign.
//!
//! Enters (from `extract`): what the lexer read. Leaves: exact decimals and the interval that the writing stands for.
//! Invariant: `low ≤ value ≤ high` wherever the three exist, and no binary floating point anywhere.
//!
//! Conventions: a figure stands for itself plus or minus half a unit of its last written place (XBRL Calculations 1.1,
//! SEC EFM 6.5.12). Values are in base units: `$42.3M` is 42300000 USD; percentages, points and basis points are as written.
//! The words `cents` and `pence` name no currency by themselves, so they stay the unit as written (50 `cents`), and
//! [`Quantity::in_unit`] makes 0.50 USD of them where the currency is known; the signs do name one (`5.1p` is 0.051 GBP).

mod compare;
mod interval;
mod render;
mod restate;
mod unit;

use rust_decimal::Decimal;

pub(crate) use render::digits;
pub use unit::Unit;

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

/// What the lexer read of a number, before its interval is worked out.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// The value in base units, with its sign.
    pub(crate) value: Decimal,
    /// Place value of the last digit written, after scale.
    pub(crate) resolution: Decimal,
    /// What is counted or measured.
    pub(crate) unit: Unit,
    /// The thing counted.
    pub(crate) noun: Option<String>,
    /// How exactly it is meant; not a range, which [`Quantity::range`] makes.
    pub(crate) qualifier: Qualifier,
    /// How the sign is written.
    pub(crate) sign: Sign,
    /// The scale written beside it, if one is.
    pub(crate) scale: Option<Decimal>,
    /// Whether it is written in words.
    pub(crate) in_words: bool,
}

impl Quantity {
    /// A plain number as written to a place: `Quantity::exact(42.3, 0.1, USD)` stands for 42.25 to 42.35. `None` when the interval
    /// does not fit in a decimal.
    pub fn exact(value: Decimal, resolution: Decimal, unit: Unit) -> Option<Self> {
        Self::written(Written {
            value,
            resolution,
            unit,
            noun: None,
            qualifier: Qualifier::Exact,
            sign: if value.is_sign_negative() && !value.is_zero() { Sign::Minus } else { Sign::None },
            scale: None,
            in_words: false,
        })
    }

    /// Whether it counts things one by one: `1,184 customers`, but neither `1.2k` nor `over 1,100`.
    pub(crate) fn is_exact_count(&self) -> bool {
        matches!(self.unit, Unit::Count | Unit::Bare) && self.qualifier == Qualifier::Exact && !self.scaled
    }

    /// The quantity that was written, with its interval. `None` when the interval does not fit in a decimal.
    pub(crate) fn written(written: Written) -> Option<Self> {
        let Written { value, resolution, unit, noun, qualifier, sign, scale, in_words } = written;
        let (low, high) = interval::bounds(qualifier, value, resolution)?;
        Some(Self {
            value: Some(value.normalize()),
            resolution: resolution.normalize(),
            low,
            high,
            unit,
            noun,
            qualifier,
            sign,
            scale: scale.unwrap_or(Decimal::ONE).normalize(),
            scaled: scale.is_some(),
            in_words,
        })
    }

    /// The range whose ends are two quantities of one unit; its ends are as written, without their own half-widths.
    pub(crate) fn range(from: &Self, to: &Self) -> Option<Self> {
        let (low, high) = (from.value?, to.value?);
        if low > high {
            return None;
        }
        Some(Self {
            value: None,
            resolution: from.resolution.min(to.resolution),
            low: Some(low),
            high: Some(high),
            qualifier: Qualifier::Range,
            ..to.clone()
        })
    }

    /// The same number in another unit, nothing converted: for a unit that stands in a table's header.
    #[must_use]
    pub fn with_unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// The same number, meant otherwise. Ranges stay ranges. `None` when the interval does not fit in a decimal.
    pub fn with_qualifier(mut self, qualifier: Qualifier) -> Option<Self> {
        if let (Some(value), true) = (self.value, qualifier != Qualifier::Range) {
            (self.low, self.high) = interval::bounds(qualifier, value, self.resolution)?;
            self.qualifier = qualifier;
        }
        Some(self)
    }

    /// The number under a scale that stands elsewhere: in the header, the caption, the paragraph before. A number with its own scale,
    /// and one whose unit no scale touches (`41.5%` in a table of millions), stay as they are. `None` when it does not fit in a decimal.
    pub fn rescaled(&self, factor: Decimal) -> Option<Self> {
        if self.scaled || !self.unit.takes_scale() {
            return Some(self.clone());
        }
        let times = |x: Decimal| x.checked_mul(factor).map(|x| x.normalize());
        let end = |x: Option<Decimal>| x.map_or(Some(None), |x| times(x).map(Some));
        Some(Self {
            value: end(self.value)?,
            resolution: times(self.resolution)?,
            low: end(self.low)?,
            high: end(self.high)?,
            scale: factor.normalize(),
            scaled: true,
            ..self.clone()
        })
    }

    /// The number with its sign turned: an outflow shown as a positive number, a loss as a negative one.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            value: self.value.map(turned),
            low: self.high.map(turned),
            high: self.low.map(turned),
            qualifier: match self.qualifier {
                Qualifier::AtLeast => Qualifier::AtMost,
                Qualifier::MoreThan => Qualifier::LessThan,
                Qualifier::AtMost => Qualifier::AtLeast,
                Qualifier::LessThan => Qualifier::MoreThan,
                other => other,
            },
            sign: match self.sign {
                Sign::None | Sign::Plus => Sign::Minus,
                Sign::Minus | Sign::Brackets => Sign::None,
            },
            ..self.clone()
        }
    }

    /// The number without its sign, for words that carry the direction ("down 0.7 pp") and costs shown in brackets.
    #[must_use]
    pub fn magnitude(&self) -> Self {
        match self.value {
            Some(value) if value.is_sign_negative() => self.negated(),
            _ => self.clone(),
        }
    }
}

fn turned(value: Decimal) -> Decimal {
    if value.is_zero() { value } else { -value }
}

#[cfg(test)]
mod tests;
