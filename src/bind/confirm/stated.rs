//! What the source and the deck's tables state, by its digits: for numbers whose sentence says only in part, or in other words, what
//! they are of: `212 residents in 234 registered beds`, `Debtors fell to €6,104k` beside a row `Trade debtors`.
//!
//! Enters: the facts of the source and the bound cells of tables. Leaves: for a number, the one thing that is stated with these very
//! digits at its time.
//! Invariant: the fewer digits a number has, the more of the name must stand beside it; what two things have is of neither.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::bind::adopt::Named;
use crate::bind::base::time;
use crate::bind::echo::{content, root};
use crate::cause::significant;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::digits::Digits;
use crate::period::Period;
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::scenario;
use crate::vocabulary::MetricId;
use crate::words::stems;

/// Numbers whose first digits are alike that are looked at for one claim, at most.
const MANY: usize = 256;

/// What a number is of what it would be in another scale.
const SCALES: [Decimal; 4] = [
    Decimal::from_parts(1000, 0, 0, false, 0),
    Decimal::from_parts(1_000_000, 0, 0, false, 0),
    Decimal::from_parts(1, 0, 0, false, 3),
    Decimal::from_parts(1, 0, 0, false, 6),
];

/// A level that is stated.
pub(super) struct Level {
    pub(super) metric: MetricId,
    pub(super) segment: Option<String>,
    /// As [`time`] has it.
    pub(super) time: Period,
    pub(super) scenario: String,
    pub(super) quantity: Quantity,
    /// The table that states it, if none of the sources does.
    grid: Option<usize>,
}

/// Everything that is stated.
pub(super) struct Stated {
    levels: Vec<Level>,
    /// The same by their digits, as a number from one to ten.
    by_digits: Vec<(Decimal, usize)>,
    by_key: BTreeMap<(MetricId, Option<String>, Period), Vec<usize>>,
    /// The names of each metric by the words that tell it from others.
    names: BTreeMap<MetricId, Vec<BTreeSet<String>>>,
    /// The same with their general words: `Other loan`.
    full: BTreeMap<MetricId, Vec<BTreeSet<String>>>,
    /// The metrics in each unit that is no mere count or amount.
    units: BTreeMap<String, BTreeSet<MetricId>>,
    /// The tables of which a sentence quotes an amount, so that their scale is known.
    quoted: BTreeSet<usize>,
}

/// How well what stands around a number says what it is of, the best last.
type Rank = (bool, bool, usize, usize);

impl Stated {
    pub(super) fn new(deck: &Deck, named: &Named) -> Self {
        let mut levels = Vec::new();
        for fact in &deck.source.facts {
            let metric = deck.vocabulary.of_source(fact.metric);
            let unit = deck.vocabulary.term(metric).unit.clone().unwrap_or(Unit::Bare);
            if let Some(quantity) = Quantity::exact(fact.value, Decimal::ZERO, unit) {
                let (segment, scenario) = (fact.segment.clone(), fact.scenario.clone());
                let time = time(deck, metric, fact.period);
                levels.push(Level { metric, segment, time, scenario, quantity, grid: None });
            }
        }
        let cells = deck.claims.iter().filter(|claim| claim.cell.is_some() && claim.measure == Measure::Level);
        for claim in cells.filter(|claim| claim.quantity.value.is_some()) {
            if let (Some(metric), Some(period)) = (claim.metric, claim.period) {
                let scenario = claim.scenario_or_actual().to_owned();
                let (segment, quantity) = (claim.segment.clone(), claim.quantity.clone());
                let (time, grid) = (time(deck, metric, period), claim.cell.map(|(grid, ..)| grid));
                levels.push(Level { metric, segment, time, scenario, quantity, grid });
            }
        }
        let mut by_digits = Vec::new();
        let mut by_key: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let (mut names, mut full) = (BTreeMap::new(), BTreeMap::new());
        let mut units: BTreeMap<String, BTreeSet<MetricId>> = BTreeMap::new();
        for (at, level) in levels.iter().enumerate() {
            let id = level.metric;
            by_digits.extend(level.quantity.value.and_then(digits).map(|digits| (digits, at)));
            by_key.entry((id, level.segment.clone(), level.time)).or_default().push(at);
            let term = deck.vocabulary.term(id);
            names.entry(id).or_insert_with(|| match term.source {
                Some(source) => named.words(source).to_vec(),
                None => vec![content(&term.label)],
            });
            full.entry(id).or_insert_with(|| spelled(deck, id));
            if let unit @ (Unit::Measure(_) | Unit::Per(..)) = &level.quantity.unit {
                units.entry(unit.to_string()).or_default().insert(id);
            }
        }
        by_digits.sort_unstable();
        Self { levels, by_digits, by_key, names, full, units, quoted: BTreeSet::new() }
    }

    /// Looks again at which tables have numbers that the text repeats, as far as it is bound.
    pub(super) fn quote(&mut self, deck: &Deck) {
        self.quoted = self.quoted(deck);
    }

    fn quoted(&self, deck: &Deck) -> BTreeSet<usize> {
        let amount = |claim: &&Claim| {
            let level = claim.cell.is_none() && claim.measure == Measure::Level;
            level && matches!(claim.quantity.unit, Unit::Currency(_)) && significant(&claim.quantity) > 2
        };
        let cells = |claim: &Claim| {
            let (metric, period) = (claim.metric?, claim.period?);
            let levels = self.by_key.get(&(metric, claim.segment.clone(), time(deck, metric, period)))?;
            let own = claim.quantity.magnitude();
            let levels = levels.iter().map(|&at| &self.levels[at]);
            levels.filter(|level| level.quantity.magnitude().agrees_with(&own)).find_map(|level| level.grid)
        };
        deck.claims.iter().filter(amount).filter_map(cells).collect()
    }

    /// The levels of a metric and part at a time, in a scenario.
    pub(super) fn at<'a>(
        &'a self,
        metric: MetricId,
        segment: Option<&str>,
        time: Period,
        scenario: &'a str,
    ) -> impl Iterator<Item = &'a Quantity> {
        let found = self.by_key.get(&(metric, segment.map(str::to_owned), time));
        let levels = found.into_iter().flatten().map(|&at| &self.levels[at]);
        levels.filter(move |level| level.scenario == scenario).map(|level| &level.quantity)
    }

    /// Every scenario that something is stated for, but for what happened.
    pub(super) fn plans(&self) -> BTreeSet<String> {
        self.levels.iter().map(|level| &level.scenario).filter(|name| *name != scenario::ACTUAL).cloned().collect()
    }

    /// The one level that a number is, by its digits and by the words of its sentence and title.
    pub(super) fn level(&self, deck: &Deck, claim: &Claim, around: &Around<'_>) -> Option<&Level> {
        let known = known(claim);
        if known < 2 || claim.quantity.qualifier != Qualifier::Exact {
            return None;
        }
        let own = claim.quantity.magnitude();
        let found = self.near(&own)?.filter(|level| is_number(level, &own));
        self.best(deck, claim, around, found, |level| self.rank(level, claim, known, around))
    }

    /// The one level that a number would be in another scale or, where nothing is stated that is the number, with two digits swapped,
    /// if the sentence has the level's whole name.
    pub(super) fn slipped(&self, deck: &Deck, claim: &Claim, around: &Around<'_>) -> Option<&Level> {
        let own = claim.quantity.magnitude();
        let known = known(claim);
        let whole = claim.quantity.qualifier == Qualifier::Exact && claim.measure == Measure::Level;
        if !whole || known < 3 {
            return None;
        }
        let mut found = Vec::new();
        // A table whose scale nobody knows may have been read in the wrong one.
        let scaled = |level: &&Level| level.grid.is_none_or(|grid| self.quoted.contains(&grid));
        // `in EUR m: Road 144.6`: a number without a unit of its own has its scale from elsewhere.
        let scales = SCALES.iter().filter(|_| matches!(own.unit, Unit::Currency(_)));
        for meant in scales.filter_map(|factor| own.shifted(*factor)) {
            found.extend(self.near(&meant)?.filter(scaled).filter(|level| is_number(level, &meant)));
        }
        if known > 3 {
            if self.near(&own)?.any(|level| is_number(level, &own)) {
                return None;
            }
            let digits = own.value.and_then(|value| Digits::of(value, own.resolution));
            let swapped: Vec<Decimal> = digits.iter().flat_map(Digits::swapped).map(|(_, value)| value).collect();
            for meant in swapped.into_iter().filter_map(|value| own.with_value(value)) {
                found.extend(self.near(&meant)?.filter(|level| is_number(level, &meant)));
            }
        }
        let whole = |level: &Level| {
            let names = self.full.get(&level.metric).into_iter().flatten();
            names.into_iter().any(|name| !name.is_empty() && name.iter().all(|word| around.beside(word)))
        };
        let named = |level: &Level| self.rank(level, claim, known, around).filter(|_| whole(level));
        self.best(deck, claim, around, found.into_iter(), named)
    }

    /// The one of some levels that the words around a number name best.
    fn best<'a>(
        &self,
        deck: &Deck,
        claim: &Claim,
        around: &Around<'_>,
        levels: impl Iterator<Item = &'a Level>,
        rank: impl Fn(&Level) -> Option<Rank>,
    ) -> Option<&'a Level> {
        let times = around.times(deck, claim);
        let mut best: Option<(Rank, &Level)> = None;
        let mut tied = false;
        for level in levels {
            let term = deck.vocabulary.term(level.metric);
            // A part that the metric is not stated for is what the title or a word beside speaks of, and not the number.
            let meant = claim.segment.as_ref().is_none_or(|segment| {
                level.segment.as_ref() == Some(segment) || level.segment.is_none() && term.has_no_part(segment)
            });
            let apart = !meant || !times.iter().any(|period| time(deck, level.metric, *period) == level.time);
            if apart || !in_scenario(claim, level) || around.states(deck, claim, level) {
                continue;
            }
            let Some(rank) = rank(level) else { continue };
            match &best {
                Some((first, other)) if *first == rank => tied |= !same(other, level),
                Some((first, _)) if *first > rank => {}
                _ => (best, tied) = (Some((rank, level)), false),
            }
        }
        best.filter(|_| !tied).map(|(_, level)| level)
    }

    /// The levels with about the same digits; none where too many have them.
    fn near(&self, own: &Quantity) -> Option<impl Iterator<Item = &Level>> {
        let middle = digits(own.value?)?;
        // What rounds to the same, on either side.
        let wide = Decimal::new(6, 2);
        let narrow = Decimal::new(6, 3);
        let about = middle.checked_mul(if significant(own) < 3 { wide } else { narrow })?;
        let from = self.by_digits.partition_point(|(digits, _)| *digits < middle - about);
        let to = self.by_digits.partition_point(|(digits, _)| *digits <= middle + about);
        let found = self.by_digits.get(from..to).filter(|found| found.len() <= MANY)?;
        Some(found.iter().map(|(_, at)| &self.levels[*at]))
    }

    fn rank(&self, level: &Level, claim: &Claim, known: usize, around: &Around<'_>) -> Option<Rank> {
        // A part must be named itself.
        let part = level.segment.as_deref().map(content);
        let told = part.as_ref().is_none_or(|part| {
            claim.segment == level.segment || !part.is_empty() && part.iter().all(|word| around.says(word))
        });
        if !told {
            return None;
        }
        let alone = self.units.get(&claim.quantity.unit.to_string()).is_some_and(|ids| ids.len() == 1);
        let names = self.names.get(&level.metric).into_iter().flatten();
        let ranked = names.map(|name| {
            let beside = name.iter().filter(|word| around.beside(word)).count();
            let whole = !name.is_empty() && beside == name.len();
            let half = beside > 0 && beside * 2 >= name.len();
            let titled = name.iter().filter(|word| around.says(word)).count();
            let enough = match known {
                2 => whole && name.len() > 1,
                3 => half || alone || part.is_some() && titled > 0,
                4 => titled > 0 || alone || part.is_some(),
                _ => true,
            };
            enough.then_some((whole && name.len() > 1, half, beside, titled))
        });
        ranked.flatten().max()
    }
}

/// The words around a number, and the times that it can be of.
pub(super) struct Around<'a> {
    pub(super) words: &'a BTreeSet<String>,
    pub(super) title: BTreeSet<String>,
    pub(super) place: Option<Period>,
    /// The bound claims of its sentence.
    pub(super) bound: Vec<&'a Claim>,
}

impl Around<'_> {
    fn beside(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    fn says(&self, word: &str) -> bool {
        self.words.contains(word) || self.title.contains(word)
    }

    /// The time that the number states, else those that are usual to compare with.
    fn times(&self, deck: &Deck, claim: &Claim) -> Vec<Period> {
        match (claim.period, self.place) {
            (Some(own), _) => vec![own],
            (None, Some(now)) => {
                let mut times = vec![now, now.before(), now.year_before()];
                times.dedup();
                times.into_iter().map(|period| period.plain(&deck.calendar)).collect()
            }
            (None, None) => Vec::new(),
        }
    }

    /// Whether the sentence states a level elsewhere: it does so once.
    fn states(&self, deck: &Deck, claim: &Claim, level: &Level) -> bool {
        self.bound.iter().any(|other| {
            other.metric == Some(level.metric)
                && other.segment == level.segment
                && other.measure == Measure::Level
                && other.place != claim.place
                && other.scenario_or_actual() == level.scenario
                && other.period.is_some_and(|period| time(deck, level.metric, period) == level.time)
        })
    }
}

/// How many digits say what a number is of: what the words set aside takes one more.
fn known(claim: &Claim) -> usize {
    significant(&claim.quantity).saturating_sub(usize::from(claim.blocked))
}

/// A number as one from one to ten.
fn digits(value: Decimal) -> Option<Decimal> {
    let mantissa = value.abs().normalize().mantissa();
    let places = mantissa.checked_ilog10()?;
    Decimal::try_from_i128_with_scale(mantissa, places).ok()
}

/// The words of a metric's names, but for those that join them and the one that says that it is a sum.
fn spelled(deck: &Deck, id: MetricId) -> Vec<BTreeSet<String>> {
    const JOINING: &[&str] = &["of", "and", "in", "on", "for", "per", "at", "by", "to", "total"];
    let term = deck.vocabulary.term(id);
    let synonyms = term.source.map(|at| &deck.source.metrics[at].synonyms).into_iter().flatten();
    let labels = std::iter::once(term.label.as_str()).chain(synonyms.map(|synonym| synonym.value.as_str()));
    let words = |label: &str| {
        stems(label).into_iter().filter(|stem| !JOINING.contains(&stem.as_str())).map(|stem| root(&stem)).collect()
    };
    labels.map(words).collect()
}

fn same(a: &Level, b: &Level) -> bool {
    a.metric == b.metric && a.segment == b.segment && a.time == b.time && a.scenario == b.scenario
}

/// Plan and budget are one thing in most decks.
fn in_scenario(claim: &Claim, level: &Level) -> bool {
    let own = claim.scenario_or_actual();
    let plan = |name: &str| matches!(name, "plan" | "budget");
    own == level.scenario || plan(own) && plan(&level.scenario)
}

fn is_number(level: &Level, own: &Quantity) -> bool {
    let alike = match (&level.quantity.unit, &own.unit) {
        (Unit::Bare, Unit::Percent | Unit::Points | Unit::BasisPoints) => return false,
        (Unit::Bare, unit) => level.quantity.clone().with_unit(unit.clone()),
        (Unit::Per(amount, _), unit) if **amount == *unit => level.quantity.clone().with_unit(unit.clone()),
        (_, Unit::Bare) => level.quantity.clone().with_unit(Unit::Bare),
        _ => level.quantity.clone(),
    };
    match alike.value.filter(|_| alike.resolution.is_zero()) {
        Some(exact) => {
            let counted = |unit: &Unit| matches!(unit, Unit::Count | Unit::Bare);
            let one = alike.unit == own.unit || counted(&alike.unit) && counted(&own.unit);
            one && own.consistent_with_exact(exact.abs(), false)
        }
        None => alike.magnitude().agrees_with(own),
    }
}
