//! A deck that has been read and bound: everything that rules look at.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;

use crate::check::{Places, Statements, Verdict, Waived, Waiver};
use crate::claim::Claim;
use crate::config::Config;
use crate::document::{Document, Flow};
use crate::extract::{Aside, Mention, MentionKind};
use crate::facts::Index;
use crate::finding::{CauseKind, Correction, Finding};
use crate::grid::Grid;
use crate::period::{Calendar, Period};
use crate::quantity::Quantity;
use crate::source::SourceOfTruth;
use crate::span::{Files, Place};
use crate::vocabulary::{MetricId, Name, Vocabulary};

/// The documents that are checked together, and all that is known of them.
#[derive(Clone, Debug)]
pub struct Deck {
    /// Every file.
    pub files: Files,
    /// What the repository settled.
    pub config: Config,
    /// What is known of each document, in order of path.
    pub documents: Vec<Document>,
    /// What each block of each document says: `mentions[document][block]`, empty for tables.
    pub mentions: Vec<Vec<Vec<Mention>>>,
    /// Every table and chart, understood, in reading order.
    pub grids: Vec<Grid>,
    /// What the sources state.
    pub source: Arc<SourceOfTruth>,
    /// The facts of the sources by key; filled when the first rule asks.
    pub(crate) facts: Arc<OnceLock<Index>>,
    /// What the deck itself states of each fact; filled when the first rule asks.
    pub(crate) statements: OnceLock<Statements>,
    /// The fiscal calendar in force.
    pub calendar: Calendar,
    /// The period that each block's numbers are of unless they say otherwise: `times[document][block]`.
    pub(crate) times: Vec<Vec<Option<Period>>>,
    /// The names of metrics and segments.
    pub vocabulary: Vocabulary,
    /// Every claim, in reading order.
    pub claims: Vec<Claim>,
    /// The claims that a text states outright of their metric, by index.
    pub(crate) told: BTreeMap<usize, Told>,
    /// Numbers that are no claims, in reading order.
    pub asides: Vec<(Place, Aside)>,
    /// What the source says of each claim; filled by `check`.
    pub verdicts: Vec<Verdict>,
    /// Every waiver, and whether a finding matched it; filled by `check`.
    pub waivers: Vec<Waiver>,
    /// Findings that a human accepted; filled by `check`.
    pub waived: Vec<Waived>,
}

/// How a text states a number of a name, where nothing narrows what it is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Told {
    /// `Receipts were $214,520`, under a title that may not be the name of a part.
    Plainly,
    /// `4,912 colleagues`, `Receipts: $214,520`, `Receipts were $214,520` under `Europe`: it may be of some of them.
    Loosely,
}

impl Deck {
    /// What the deck itself states of each fact.
    pub(crate) fn statements(&self) -> &Statements {
        self.statements.get_or_init(|| Statements::new(self))
    }

    /// The text that a claim stands in.
    pub(crate) fn flow_of(&self, claim: &Claim) -> Option<&Flow> {
        self.documents.get(claim.document)?.blocks.get(claim.block)?.flow()
    }

    /// What stands between two claims of one text.
    pub(crate) fn between(&self, first: &Claim, second: &Claim) -> Option<&str> {
        let flow = self.flow_of(first).filter(|_| (first.document, first.block) == (second.document, second.block))?;
        flow.text().get(flow.range(first.place.span)?.end..flow.range(second.place.span)?.start)
    }

    /// The metric that somebody asks for: by its key, its label, a synonym, or a label of the deck's own tables.
    pub(crate) fn metric_named(&self, name: &str) -> Option<MetricId> {
        let exact = |name: &str| match self.vocabulary.exact(name) {
            Some(Name::Metric(id)) => Some(id),
            _ => None,
        };
        let by_key =
            || self.vocabulary.terms().find(|(_, term)| term.name.eq_ignore_ascii_case(name)).map(|(id, _)| id);
        exact(name).or_else(by_key).or_else(|| exact(&name.replace('_', " ")))
    }

    /// Every name that a metric can be asked for by.
    pub(crate) fn metric_names(&self) -> impl Iterator<Item = &str> {
        let synonyms = self.source.metrics.iter().flat_map(|metric| metric.synonyms.iter().map(|name| &name.value));
        let named = self.vocabulary.terms().flat_map(|(_, term)| [&term.name, &term.label]);
        named.chain(synonyms).map(String::as_str)
    }

    /// Puts the suspect numbers of findings right, in their claims, texts and tables, as if the author had done so.
    pub(crate) fn put_right(&mut self, findings: &[Finding]) {
        self.statements = OnceLock::new();
        let suspects: Vec<(&Finding, &Correction)> =
            findings.iter().filter_map(|finding| Some((finding, finding.correction.as_ref()?))).collect();
        let places = Places::new(suspects.iter().map(|(_, correction)| correction.place));
        for claim in &mut self.claims {
            let mut here: Vec<usize> = places.meeting(claim.place).collect();
            here.sort_unstable();
            for (finding, correction) in here.into_iter().map(|at| suspects[at]) {
                let value = as_presented(claim, finding, correction.value);
                let Some(quantity) = claim.quantity.rounded_from(value) else { continue };
                if let Some((grid, r, c)) = claim.cell {
                    self.grids[grid].cells[r][c].quantity = Some(quantity.clone());
                } else if let Some(stated) = stated(&self.documents, &mut self.mentions, claim) {
                    *stated = quantity.clone();
                }
                claim.quantity = quantity;
            }
        }
    }
}

/// The number of running text that a claim is read from, where it is read as it stands.
fn stated<'a>(
    documents: &[Document],
    mentions: &'a mut [Vec<Vec<Mention>>],
    claim: &Claim,
) -> Option<&'a mut Quantity> {
    let start = documents.get(claim.document)?.blocks.get(claim.block)?.flow()?.range(claim.place.span)?.start;
    let mentions = mentions.get_mut(claim.document)?.get_mut(claim.block)?;
    let at = mentions.binary_search_by_key(&start, |mention| mention.range.start).ok()?;
    match &mut mentions.get_mut(at)?.kind {
        MentionKind::Quantity(quantity) if *quantity == claim.quantity => Some(quantity),
        _ => None,
    }
}

/// What is right in the sign in which a number is shown: brackets around a cost are presentation, unless the sign itself is in question.
fn as_presented(claim: &Claim, finding: &Finding, value: Decimal) -> Decimal {
    let of_a_fact = matches!(finding.rule, "value-mismatch" | "self-contradiction");
    let flipped = finding.cause.as_ref().is_some_and(|cause| cause.kind == CauseKind::SignFlip);
    let negative = claim.quantity.value.is_some_and(|own| own.is_sign_negative());
    if of_a_fact && !flipped && negative { -value.abs() } else { value }
}
