//! Pins: a human says what a number states, and the binder believes it.
//!
//! Enters: comments of the form `NUMBER = METRIC [of SEGMENT] [@ PERIOD [SCENARIO]]`. Leaves: the claims they are about, bound so.
//! Invariant: a pin behind its number is about that line, any other about the next block; one that settles nothing is told by
//! `unused-waiver`.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::Measure;
use crate::deck::Deck;
use crate::document::{Directive, Document};
use crate::error::{Failure, suggestion};
use crate::finding::Confidence;
use crate::period::Period;
use crate::scenario;
use crate::source;
use crate::span::{FileId, Place, Span};
use crate::vocabulary::MetricId;
use crate::words::on_one_line;

/// What a pin says.
struct Pin {
    metric: MetricId,
    segment: Option<String>,
    period: Option<Period>,
    scenario: Option<String>,
}

/// Whether a comment is a pin: it is no waiver, and it says that something is something.
pub(crate) fn is_pin(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    !matches!(word, "allow" | "allow-file") && text.contains('=')
}

/// Binds the claims that pins are about.
pub(super) fn apply(deck: &mut Deck) {
    let written = Written::new(deck);
    let mut settled: Vec<(Vec<&[usize]>, Pin, usize)> = Vec::new();
    for document in &deck.documents {
        for directive in document.directives.iter().filter(|directive| is_pin(&directive.text)) {
            if let Ok((claims, pin)) = written.meant(deck, document, directive) {
                settled.push((claims, pin, deck.files.position(document.file, directive.span.start).line));
            }
        }
    }
    // The pin nearest above a number has the last word, and each number is settled once however many pins name it.
    let mut chosen: Vec<Option<usize>> = vec![None; deck.claims.len()];
    for (number, (claims, ..)) in settled.iter().enumerate() {
        for &at in claims.iter().copied().flatten() {
            chosen[at] = Some(number);
        }
    }
    let pinned = deck.claims.iter_mut().zip(chosen).filter_map(|(claim, number)| Some((claim, settled.get(number?)?)));
    for (claim, (_, pin, line)) in pinned {
        claim.metric = Some(pin.metric);
        claim.segment.clone_from(&pin.segment);
        claim.period = pin.period.or(claim.period);
        claim.scenario = pin.scenario.clone().or_else(|| Some(scenario::ACTUAL.to_owned()));
        (claim.measure, claim.base, claim.direction, claim.mover) = (Measure::Level, None, None, None);
        claim.operands = [None, None];
        (claim.blocked, claim.loose, claim.plain, claim.confidence) = (false, false, true, Confidence::High);
        claim.evidence = vec![format!("pinned on line {line}")];
    }
}

/// What keeps a pin from settling anything.
enum Flaw {
    /// The metric is none.
    Metric(String),
    /// The scenario is none.
    Scenario(String),
    /// The period is none, in the words of what reads periods.
    Period(String),
    /// No number that it is about is written so.
    Number(String),
}

/// The pins that settle nothing, each with the reason.
pub(crate) fn flaws(deck: &Deck) -> Vec<(Place, Failure)> {
    let written = Written::new(deck);
    let mut flaws = Vec::new();
    for document in &deck.documents {
        for directive in document.directives.iter().filter(|directive| is_pin(&directive.text)) {
            if let Err(flaw) = written.meant(deck, document, directive) {
                let said = flaw.said(deck, flaws.len() < ADVISED);
                flaws.push((Place { file: document.file, span: directive.span }, said));
            }
        }
    }
    flaws
}

/// Pins that are told what they probably mean: each is compared with every name of the deck, and nobody reads further.
const ADVISED: usize = 100;

impl Flaw {
    /// In words, and with the name that is probably meant when `advised`.
    fn said(self, deck: &Deck, advised: bool) -> Failure {
        match self {
            Self::Metric(name) => {
                // The metric, or the metric of a segment.
                let [whole, part] = [name.as_str(), name.rsplit_once(" of ").map_or("", |(metric, _)| metric)];
                let nearest =
                    |name: &str| if advised && !name.is_empty() { suggestion(name, deck.metric_names()) } else { None };
                let meant = nearest(whole).or_else(|| nearest(part));
                let failure = Failure::new(format!("this pin names `{name}`, which is no metric"));
                failure.with_suggestion(meant, "`tieout claims` lists the metrics")
            }
            Self::Scenario(name) => Failure::new(format!("this pin names `{name}`, which is no scenario"))
                .with_help("write actual, plan, budget, forecast, guidance, target, or one that the metric file uses"),
            Self::Period(error) => Failure::new(format!("this pin's period: {error}")),
            Self::Number(number) => {
                Failure::new(format!("no number on this pin's line or in the block after it is written `{number}`"))
                    .with_help("write the number as the deck does, or delete the pin")
            }
        }
    }
}

/// The claims by how they are written, each list in reading order: a deck may have many pins, and none looks at all of them.
struct Written {
    claims: BTreeMap<(FileId, String), Vec<usize>>,
    /// The scenarios that the source speaks of.
    scenarios: BTreeSet<String>,
}

impl Written {
    /// Nothing for a deck without pins.
    fn new(deck: &Deck) -> Self {
        let mut written: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let pinned = |document: &Document| document.directives.iter().any(|directive| is_pin(&directive.text));
        let files: BTreeSet<FileId> =
            deck.documents.iter().filter(|document| pinned(document)).map(|document| document.file).collect();
        for (at, claim) in deck.claims.iter().enumerate().filter(|(_, claim)| files.contains(&claim.place.file)) {
            written.entry((claim.place.file, plain(deck.files.slice(claim.place)))).or_default().push(at);
        }
        for list in written.values_mut() {
            list.sort_by_key(|&at| deck.claims[at].place);
        }
        let facts = if files.is_empty() { &[][..] } else { deck.source.facts.as_slice() };
        Self { claims: written, scenarios: facts.iter().map(|fact| fact.scenario.clone()).collect() }
    }

    /// The claims that a pin is about, and what it says of them.
    fn meant(&self, deck: &Deck, document: &Document, directive: &Directive) -> Result<(Vec<&[usize]>, Pin), Flaw> {
        let text = directive.text.split(" -- ").next().unwrap_or_default();
        let (number, meaning) = text.split_once('=').unwrap_or((text, ""));
        let pin = read(deck, meaning.trim(), &self.scenarios)?;
        let number = plain(number);
        let alike = self.claims.get(&(document.file, number.clone())).map_or(&[][..], Vec::as_slice);
        let before = |byte| alike.partition_point(|&at| deck.claims[at].place.span.start < byte);
        let within = |stretches: Vec<Span>| -> Vec<&[usize]> {
            let claims =
                stretches.into_iter().filter_map(|stretch| alike.get(before(stretch.start)..before(stretch.end)));
            claims.filter(|claims| !claims.is_empty()).collect()
        };
        // Behind its number a pin says nothing of the same number further on.
        let own = within(deck.files.stretches(Place { file: document.file, span: directive.span }, None));
        let claims = if own.is_empty() { within(directive.stretches(document, &deck.files)) } else { own };
        if claims.is_empty() {
            return Err(Flaw::Number(number.chars().take(40).collect()));
        }
        Ok((claims, pin))
    }
}

/// `arr of EMEA @ FY2025-Q3 plan`.
fn read(deck: &Deck, meaning: &str, scenarios: &BTreeSet<String>) -> Result<Pin, Flaw> {
    let (name, when) = meaning.split_once('@').map_or((meaning, ""), |(name, when)| (name.trim(), when.trim()));
    let (metric, segment) = match deck.metric_named(name) {
        Some(metric) => (metric, None),
        None => {
            let parts = name
                .rsplit_once(" of ")
                .and_then(|(of, segment)| Some((deck.metric_named(of.trim())?, segment.trim())));
            let (metric, segment) = parts.ok_or_else(|| Flaw::Metric(name.to_owned()))?;
            let known = deck.vocabulary.segments().iter().find(|known| known.eq_ignore_ascii_case(segment));
            (metric, Some(known.cloned().unwrap_or_else(|| segment.to_owned())))
        }
    };
    if when.is_empty() {
        return Ok(Pin { metric, segment, period: None, scenario: None });
    }
    let (period, scenario) = match (Period::parse(when), when.rsplit_once(char::is_whitespace)) {
        (Ok(period), _) => (period, None),
        (Err(error), None) => return Err(Flaw::Period(error.to_string())),
        (Err(_), Some((period, scenario))) => {
            let period = Period::parse(period.trim()).map_err(|error| Flaw::Period(error.to_string()))?;
            (period, Some(named_scenario(scenario, scenarios)?))
        }
    };
    Ok(Pin { metric, segment, period: Some(period), scenario })
}

/// `plan`, `Budgeted`, or a scenario of the source's own.
fn named_scenario(written: &str, scenarios: &BTreeSet<String>) -> Result<String, Flaw> {
    let name = source::scenario_name(written);
    if scenarios.contains(&name) || scenario::scan(&name).iter().any(|(_, known)| *known == name) {
        return Ok(name);
    }
    Err(Flaw::Scenario(written.to_owned()))
}

/// A number without the markup in it.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '*' | '_' | '`')).collect();
    on_one_line(&text)
}

#[cfg(test)]
mod tests {
    use crate::claim::Status;
    use crate::rules::examples::Binder;

    const SOURCE: &str = "metrics:\n  - name: arr\n    label: ARR\n    unit: USD\n    period_type: instant\n    \
                          values: {FY2030-Q3: 42318204}\n    plan: {FY2030-Q3: 43000000}\n    \
                          segments: {EMEA: {FY2030-Q3: 11200000}}\n  \
                          - {name: net_new_arr, label: Net new ARR, unit: USD, values: {}}\n";

    /// Status of the first claim and its evidence, then what is found.
    fn said(pin: &str, sentence: &str) -> Vec<String> {
        let text = format!("# Review\n\n<!-- tieout: {pin} -->\n\n{sentence}\n");
        let mut deck = Binder::of(&text).with_source("metrics.yaml", SOURCE).bound();
        let findings = crate::check::check(&mut deck);
        let claim = &deck.claims[0];
        let mut said = vec![claim.status.name().to_owned(), claim.evidence.join("; ")];
        said.extend(findings.iter().map(|finding| {
            format!("{}: {} ({})", finding.rule, finding.message, finding.help.as_deref().unwrap_or_default())
        }));
        said
    }

    #[test]
    fn a_pin_settles_what_a_number_states() {
        for (pin, number, status) in [
            ("$43.0M = arr @ FY2030-Q3 plan", "**$43.0M**", Status::Tied),
            ("$42.3M = ARR @ Q3 FY30", "$42.3M", Status::Tied),
            ("$11.2M = arr of EMEA @ FY2030-Q3 -- as the table on page 4", "$11.2M", Status::Tied),
            ("$43.0M = arr @ FY2030-Q3", "$43.0M", Status::Disagrees),
        ] {
            let said = said(pin, &format!("We are at {number} now."));
            assert_eq!((said[0].as_str(), said[1].as_str()), (status.name(), "pinned on line 3"), "{pin}: {said:?}");
        }
    }

    #[test]
    fn a_pin_behind_its_number_is_about_that_line() {
        let text = "# Review\n\n- We are at $42.3M. <!-- tieout: $42.3M = arr @ FY2030-Q3 -->\n- They are at $42.3M.\n";
        let deck = Binder::of(text).with_source("metrics.yaml", SOURCE).bound();
        let bound: Vec<bool> = deck.claims.iter().map(|claim| claim.metric.is_some()).collect();
        assert_eq!(bound, [true, false]);
    }

    #[test]
    fn a_pin_that_settles_nothing_is_told() {
        for (pin, expected) in [
            ("$9.9M = arr @ FY2030-Q3", "no number on this pin's line or in the block after it is written `$9.9M`"),
            (
                "$42.3M = acv @ FY2030-Q3",
                "this pin names `acv`, which is no metric (`tieout claims` lists the metrics)",
            ),
            (
                "$42.3M = net nwe ARR @ FY2030-Q3",
                "this pin names `net nwe ARR`, which is no metric (did you mean `Net new ARR`?)",
            ),
            ("$42.3M = ar of EMEA", "this pin names `ar of EMEA`, which is no metric (did you mean `arr`?)"),
            ("$42.3M = arr @ FY2030-Q3 pla", "this pin names `pla`, which is no scenario"),
            ("$42.3M = arr @ FY2030-Q9", "this pin's period: `FY2030-Q9` is not a period"),
        ] {
            let said = said(pin, "We are at $42.3M now.");
            assert!(said[2].starts_with(&format!("unused-waiver: {expected}")), "{pin}: {said:?}");
        }
    }
}
