//! Numbers that a sentence takes from a table row which it names only in part: "cash from operations was $45.0 million" beside a
//! row "Net cash provided by operating activities".
//!
//! Enters: bound claims, and the words of each sentence. Leaves: further claims bound to rows that only tables name.
//! Invariant: a row is taken for meant only when the sentence quotes one of its numbers exactly and shares half of its label's
//! words, or shares all of them; such bindings are never more than medium evidence.

mod passing;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::cause::significant;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::Confidence;
use crate::period::{Calendar, Period};
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::vocabulary::MetricId;
use crate::words::{is_determiner, stems};

/// The words of a sentence, by document and number.
pub(super) type SentenceWords = BTreeMap<(usize, usize), BTreeSet<String>>;

/// Words of labels that say nothing of which row it is.
const COMMON: &[&str] = &[
    "total", "net", "other", "and", "of", "the", "for", "from", "by", "in", "to", "on", "at", "with", "before",
    "after", "per", "loss", "income", "expense", "cost", "amount", "year", "ended", "million", "thousand", "billion",
    "provided", "used", "activity", "gross",
];

/// A row that only tables name.
struct Row {
    words: BTreeSet<String>,
    /// Its cells, as indices of claims.
    cells: Vec<usize>,
    /// Whether its label says that it is in percent: `Arrears, % of rent roll`.
    percent: bool,
}

impl Row {
    /// Whether a number is a level of the row: also what the sentence tells as a share, where the label is that of one.
    fn takes(&self, claim: &Claim) -> bool {
        claim.measure == Measure::Level || self.is_told(claim)
    }

    /// `3.71% of the rent roll` for a row of that name.
    fn is_told(&self, claim: &Claim) -> bool {
        self.percent && claim.measure == Measure::Share && claim.quantity.unit == Unit::Percent
    }

    /// A bare number of the row in its own unit, else in that of the sentence that quotes it.
    fn in_unit_of(&self, cell: &Quantity, claim: &Quantity) -> Quantity {
        match cell.unit {
            Unit::Bare if self.percent => cell.clone().with_unit(Unit::Percent),
            Unit::Bare => cell.clone().with_unit(claim.unit.clone()),
            _ => cell.clone(),
        }
    }
}

/// Binds what sentences echo from tables.
pub(super) fn bind(deck: &mut Deck, sentences: &SentenceWords, silent: &BTreeSet<usize>) {
    let rows = rows(deck);
    passing::settle(deck, &rows, silent);
    let mut by_word: BTreeMap<&str, Vec<MetricId>> = BTreeMap::new();
    for (id, row) in &rows {
        for word in &row.words {
            by_word.entry(word).or_default().push(*id);
        }
    }
    let mut by_sentence: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, claim) in deck.claims.iter().enumerate() {
        if let Some(sentence) = claim.sentence {
            by_sentence.entry((claim.document, sentence)).or_default().push(at);
        }
    }
    let mut bindings = Vec::new();
    for (sentence, claims) in &by_sentence {
        let Some(words) = sentences.get(sentence) else { continue };
        if let Some(best) = best_row(deck, &rows, &by_word, words, claims, silent) {
            bindings.extend(echoes(deck, &rows[&best.id], best, claims, silent));
        }
    }
    for (at, id, evidence) in bindings {
        let over = rows.get(&id).is_some_and(|row| is_over_times(deck, row, at, silent));
        let claim = &mut deck.claims[at];
        claim.period = claim.period.filter(|_| !over);
        claim.metric = Some(id);
        // Of a row that is a share by name, what the sentence tells as a share is a level.
        if claim.measure == Measure::Share {
            claim.measure = Measure::Level;
            claim.base = None;
        }
        claim.confidence = Confidence::Medium;
        claim.evidence.insert(0, evidence);
    }
}

fn rows(deck: &Deck) -> BTreeMap<MetricId, Row> {
    let mut rows: BTreeMap<MetricId, Row> = BTreeMap::new();
    for (at, claim) in deck.claims.iter().enumerate() {
        let (Some(id), true) = (claim.metric, claim.cell.is_some()) else { continue };
        let term = deck.vocabulary.term(id);
        if term.source.is_some() {
            continue;
        }
        let row = rows.entry(id).or_insert_with(|| Row {
            words: content(&term.label),
            cells: Vec::new(),
            percent: term.label.contains('%'),
        });
        row.cells.push(at);
    }
    rows.retain(|_, row| !row.words.is_empty());
    rows
}

/// The words of a label that tell its row from others.
pub(super) fn content(label: &str) -> BTreeSet<String> {
    let words = stems(label).into_iter().filter(|stem| !COMMON.contains(&stem.as_str()) && !is_determiner(stem));
    words.filter(|stem| stem.chars().any(char::is_alphabetic) && stem.len() > 1).map(|stem| root(&stem)).collect()
}

/// The beginning of a word, so that `operating` meets `operations` and `terminations` meets `termination`.
pub(super) fn root(stem: &str) -> String {
    stem.chars().take(5).collect()
}

struct Best {
    id: MetricId,
    shared: usize,
    of: usize,
    quoted: usize,
}

/// The row that a sentence is about, if one stands out.
fn best_row(
    deck: &Deck,
    rows: &BTreeMap<MetricId, Row>,
    by_word: &BTreeMap<&str, Vec<MetricId>>,
    words: &BTreeSet<String>,
    claims: &[usize],
    silent: &BTreeSet<usize>,
) -> Option<Best> {
    let mut shared: BTreeMap<MetricId, usize> = BTreeMap::new();
    for word in words {
        for id in by_word.get(word.as_str()).into_iter().flatten() {
            *shared.entry(*id).or_default() += 1;
        }
    }
    let mut found: Vec<Best> = Vec::new();
    for (id, shared) in shared {
        let row = &rows[&id];
        let of = row.words.len();
        if shared * 2 < of {
            continue;
        }
        let quoted = claims.iter().filter(|&&at| quotes(deck, row, at, silent)).count();
        let whole = shared == of && of >= 2;
        if quoted > 0 || whole {
            found.push(Best { id, shared, of, quoted });
        }
    }
    // Most numbers quoted, then the label most fully named, then the longer one.
    found.sort_by(|a, b| (b.quoted, b.shared * a.of, b.of).cmp(&(a.quoted, a.shared * b.of, a.of)));
    let second = found.get(1).map(|other| (other.quoted, other.shared, other.of));
    let first = found.into_iter().next()?;
    (second != Some((first.quoted, first.shared, first.of))).then_some(first)
}

/// Whether a claim is, to the digit, one of the row's numbers.
fn quotes(deck: &Deck, row: &Row, at: usize, silent: &BTreeSet<usize>) -> bool {
    let claim = &deck.claims[at];
    significant(&claim.quantity) >= 3
        && row.cells.iter().any(|&cell| is_cell(deck, row, claim, &deck.claims[cell], silent))
}

fn is_cell(deck: &Deck, row: &Row, claim: &Claim, cell: &Claim, silent: &BTreeSet<usize>) -> bool {
    let apart =
        claim.period.is_some_and(|period| cell.period.is_some_and(|other| !same_time(period, other, &deck.calendar)));
    if apart || row.takes(claim) != (cell.measure == Measure::Level) {
        return false;
    }
    let powers: &[u32] = if cell.cell.is_some_and(|(grid, ..)| silent.contains(&grid)) { &[0, 3, 6, 9] } else { &[0] };
    powers.iter().any(|power| {
        let scaled = row.in_unit_of(&cell.quantity, &claim.quantity).rescaled(Decimal::from(10u64.pow(*power)));
        scaled.is_some_and(|scaled| scaled.magnitude().agrees_with(&claim.quantity.magnitude()))
    })
}

/// `The quay is the largest item: £145m` beside `2026 | 2027 | Total`: whether a number is quoted from a column without a time, and the
/// row has another for the claim's.
fn is_over_times(deck: &Deck, row: &Row, at: usize, silent: &BTreeSet<usize>) -> bool {
    let claim = &deck.claims[at];
    let is = |cell: &Claim| is_cell(deck, row, claim, cell, silent);
    let cells = row.cells.iter().map(|&cell| &deck.claims[cell]);
    let timed = |cell: &Claim| cell.measure == Measure::Level && cell.period.is_some() && cell.period == claim.period;
    let (quoted, other): (Vec<&Claim>, Vec<&Claim>) = cells.partition(|cell| is(cell));
    quoted.iter().all(|cell| cell.period.is_none()) && !quoted.is_empty() && other.into_iter().any(timed)
}

fn same_time(a: Period, b: Period, calendar: &Calendar) -> bool {
    a == b || a.moment(calendar) == b.moment(calendar)
}

/// `Over 230%`: a percentage past which something is, or by which it grew.
fn is_bare_bound(quantity: &Quantity) -> bool {
    use Qualifier::{AtLeast, AtMost, LessThan, MoreThan};
    quantity.unit == Unit::Percent && matches!(quantity.qualifier, MoreThan | LessThan | AtLeast | AtMost)
}

/// The unbound claims of a sentence that are about its row: those that quote it, and those that stand for a time of which it has
/// a number in a like unit.
fn echoes(
    deck: &Deck,
    row: &Row,
    best: Best,
    claims: &[usize],
    silent: &BTreeSet<usize>,
) -> Vec<(usize, MetricId, String)> {
    let label = &deck.vocabulary.term(best.id).label;
    // A sentence states a row once for a time: where its number is found, the others are about something else.
    let stated: Vec<Period> = claims
        .iter()
        .map(|&at| (&deck.claims[at], at))
        .filter(|(claim, at)| {
            claim.metric == Some(best.id) && claim.measure == Measure::Level
                || claim.metric.is_none() && quotes(deck, row, *at, silent)
        })
        .filter_map(|(claim, _)| Some(claim.period?.moment(&deck.calendar)))
        .collect();
    let open = |claim: &Claim| claim.period.is_none_or(|period| !stated.contains(&period.moment(&deck.calendar)));
    // Of several shares in a sentence, who knows which is the row's.
    let lone = claims.iter().filter(|&&at| deck.claims[at].measure == Measure::Share).count() == 1;
    let mut found = Vec::new();
    // What else the sentence states of one time is not all of it the row's.
    let mut near: BTreeMap<(Option<Period>, Measure), Vec<usize>> = BTreeMap::new();
    for &at in claims {
        let claim = &deck.claims[at];
        let told = row.is_told(claim) && (lone || quotes(deck, row, at, silent));
        let other = matches!(claim.measure, Measure::Share | Measure::Variance) && !told;
        if claim.metric.is_some() || claim.blocked || other {
            continue;
        }
        let alike = |cell: &Claim| {
            (cell.measure == claim.measure || told && cell.measure == Measure::Level)
                && row.in_unit_of(&cell.quantity, &claim.quantity).unit.comparable(&claim.quantity.unit)
                && claim.period.zip(cell.period).is_some_and(|(a, b)| same_time(a, b, &deck.calendar))
        };
        if quotes(deck, row, at, silent) {
            found.push((
                at,
                best.id,
                format!(
                    "equals {label} in the table, and the sentence has {} of the {} words of that label",
                    best.shared, best.of
                ),
            ));
        } else if row.cells.iter().any(|&cell| alike(&deck.claims[cell]))
            && claim.quantity.value.is_some()
            // `two head offices`: a count of one digit is of anything.
            && (significant(&claim.quantity) > 1 || !matches!(claim.quantity.unit, Unit::Count | Unit::Bare))
            && open(claim)
            && !is_bare_bound(&claim.quantity)
        {
            let moment = claim.period.map(|period| period.moment(&deck.calendar));
            near.entry((moment, claim.measure)).or_default().push(at);
        }
    }
    let alone = near.into_values().filter(|claims| claims.len() == 1).flatten();
    found.extend(alone.map(|at| {
        let Best { id, shared, of, quoted } = best;
        let words =
            format!("the sentence has {shared} of the {of} words of {label} and quotes {quoted} of its numbers");
        (at, id, words)
    }));
    found
}
