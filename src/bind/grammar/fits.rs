//! Whether a quantity can be of a metric at all, by what it is measured in and what it counts.
//!
//! Enters: a quantity's place in its sentence and a metric. Leaves: whether unit and noun allow it.
//! Invariant: a metric whose unit nothing says can have any number, but for nouns that are not its own.

use super::{Reader, Role};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::Kind;
use crate::quantity::Unit;
use crate::vocabulary::MetricId;
use crate::words::stems;

impl Reader<'_> {
    /// Whether the quantity can be of this metric, by its unit and noun.
    pub(super) fn fits(&self, id: MetricId) -> bool {
        let slot = self.slot();
        let term = self.scope.vocabulary.term(id);
        // `€8.20 a box` of a contribution per box is in what the contribution is in.
        let unit = match &slot.quantity.unit {
            Unit::Per(amount, of) if term.unit.as_ref() == Some(amount) && term.is_for_each(of) => amount,
            unit => unit,
        };
        if !self.noun_fits(id) || self.is_time_taken() && !matches!(term.unit, Some(Unit::Duration(_))) {
            return false;
        }
        // `With 1,845 pupils that is 7.8 per teacher`: what is counted for each of something is another measure.
        let each = is_counted(unit) && matches!(slot.after.first().map(|item| &item.kind), Some(Kind::Cue(Cue::Per)));
        let counts = || {
            let rates = ["per", "rate", "ratio", "frequency", "average"];
            matches!(term.unit, Some(Unit::Count)) && !rates.iter().any(|word| named_stem(&term.label, word))
        };
        if each && counts() {
            return false;
        }
        match (slot.role, &term.unit) {
            (_, None) | (Role::Growth(_) | Role::Share, Some(_)) => true,
            (Role::Variance(_), Some(_)) if *unit == Unit::Percent => true,
            (Role::Change(_) | Role::Variance(_), Some(Unit::Percent)) => {
                matches!(unit, Unit::Points | Unit::BasisPoints | Unit::Percent)
            }
            // A bare number takes the unit of a metric that is counted or measured.
            (_, Some(Unit::Duration(_) | Unit::Multiple | Unit::Count | Unit::Measure(_) | Unit::Bare))
                if matches!(unit, Unit::Bare) =>
            {
                true
            }
            // An NPS in points is told by its number alone, and so is by how many it moved.
            (_, Some(Unit::Measure(word)))
                if is_score(word) && matches!(unit, Unit::Bare | Unit::Count | Unit::Points) =>
            {
                true
            }
            // `earnings per share of 24.9p`.
            (_, Some(Unit::Per(amount, _))) if **amount == *unit => true,
            (_, Some(known)) => known.comparable(unit),
        }
    }

    /// Whether the noun that is counted can be what the metric counts.
    fn noun_fits(&self, id: MetricId) -> bool {
        let Some(noun) = self.slot().quantity.noun.as_deref() else { return true };
        let term = self.scope.vocabulary.term(id);
        let named = |text: &str| {
            let own = stems(text);
            stems(noun).iter().any(|stem| own.contains(stem))
        };
        named(&term.label)
            || named(&term.name.replace('_', " "))
            || matches!(noun, "people" | "staff" | "heads" | "units" | "employees" | "colleagues" | "ftes" | "fte")
                && term.unit != Some(Unit::Percent)
                && ["headcount", "head", "fte", "employee", "staff", "people", "colleague", "team"]
                    .iter()
                    .any(|word| named_stem(&term.label, word))
    }
}

/// `points`, of which a score is one.
fn is_score(unit: &str) -> bool {
    matches!(unit.to_lowercase().as_str(), "points" | "point" | "pts" | "score")
}

pub(super) fn is_counted(unit: &Unit) -> bool {
    matches!(unit, Unit::Count | Unit::Bare)
}

fn named_stem(label: &str, word: &str) -> bool {
    stems(label).iter().any(|stem| stem == word)
}
