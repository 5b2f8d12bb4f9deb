//! The names of metrics and segments, and finding them in text.
//!
//! Enters: the source's metrics, and the labels of the deck's own tables. Leaves: a [`Vocabulary`] that finds the longest
//! name at each word of a text in one pass.
//! Invariant: where a `not` phrase or a longer name covers a name, the shorter name is not found.

mod field;
mod ratio;
mod short;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::quantity::Unit;
use crate::source::{Better, Metric, PeriodType, SourceOfTruth};
use crate::words::{Word, is_determiner, stems};

pub(crate) use field::{is_flow, is_measure, losses, may_be_bad, names_a_measure, passes_through, polarity, respelled};
pub(crate) use short::is_incoming;

/// A metric of the vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MetricId(pub(crate) u32);

/// A metric as the vocabulary knows it: defined by a source, or only named by a table of the deck.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its key in a source, or the table's label.
    pub name: String,
    /// What to call it in messages.
    pub label: String,
    /// Index into the source's metrics, if one defines it.
    pub source: Option<usize>,
    /// Balance or flow, where known.
    pub period_type: Option<PeriodType>,
    /// Which way is good, where known.
    pub better: Option<Better>,
    /// What it is measured in, where known.
    pub unit: Option<Unit>,
    /// Stems of the titles and headers around a label: words that may stand beside it without making it another thing.
    pub(crate) surroundings: BTreeSet<String>,
    /// The segments that a source, or else the deck's tables, state it for, in lower case.
    parts: BTreeSet<String>,
    /// Whether tables state it for the whole.
    pub(crate) tabled: bool,
    /// How it is known.
    pub(crate) known: Known,
}

/// How a metric is known.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Known {
    /// By a source, by a label, or by what several places say in so many words.
    #[default]
    Named,
    /// By what running text says in passing: nothing is held against its numbers without a slip that explains the difference.
    InPassing,
    /// By two sentences or more, or by the label of a line, where nothing else has the name.
    Coined,
    /// By words of running text that may be short for a label's: nothing is of it unless numbers confirm which label that is.
    ForShort,
}

impl Term {
    /// Whether source and tables state the metric for the whole alone, so that a title's segment cannot be meant.
    pub(crate) fn has_no_part(&self, segment: &str) -> bool {
        (self.source.is_some() || self.tabled) && !self.parts.contains(&segment.to_lowercase())
    }

    /// Which way is good: as the source declares it, else as the field takes it where the name leaves no doubt.
    pub(crate) fn polarity(&self) -> Option<Better> {
        self.better.or_else(|| polarity(&self.label))
    }

    /// Whether its name says that it is for each of something: `Contribution per box` of boxes, whatever unit a source gives it.
    pub(crate) fn is_for_each(&self, of: &str) -> bool {
        let of = stems(of);
        let spelled = |words: &[String]| Unit::each(Unit::Bare, &words.join(" "));
        let named = |name: &str| {
            let own = stems(name);
            let each = own.iter().position(|stem| stem == "per").map_or(own.len(), |per| per + 1);
            own.get(each..each + of.len()).is_some_and(|each| !each.is_empty() && spelled(each) == spelled(&of))
        };
        named(&self.label) || named(&self.name.replace('_', " "))
    }

    /// Whether more than running text in passing names it.
    pub(crate) fn is_named(&self) -> bool {
        self.known == Known::Named
    }

    /// Whether a source or table states the metric for a part of this name.
    pub(crate) fn has_part(&self, segment: &str) -> bool {
        self.parts.contains(&segment.to_lowercase())
    }

    /// Whether a word belongs to the surroundings that the metric was named in.
    pub(crate) fn speaks_of(&self, stem: &str) -> bool {
        self.surroundings.contains(stem)
    }
}

/// What a name stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Name {
    /// A metric.
    Metric(MetricId),
    /// A segment, by its canonical spelling.
    Segment(String),
    /// A phrase that is neither, so that no part of it is found.
    Nothing,
}

/// A name found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    /// What it stands for.
    pub(crate) name: Name,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Its words, as indices into the text's words.
    pub(crate) words: Range<usize>,
    /// Whether it is only short for the name.
    pub(crate) short: bool,
}

#[derive(Clone, Debug, Default)]
struct Branch {
    next: BTreeMap<String, Branch>,
    name: Option<Name>,
    /// The metric that is called so for short, where nothing has the name.
    short: Option<MetricId>,
}

/// Every name that the source and the deck's own tables give.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    terms: Vec<Term>,
    root: Branch,
    segments: Vec<String>,
    /// The same by their names in lower case.
    folded: BTreeMap<String, String>,
    /// The metrics that are stated for a segment, by its name in lower case.
    whose: BTreeMap<String, Vec<MetricId>>,
    /// Which metrics are ratios of which others.
    ratios: ratio::Ratios,
}

impl Vocabulary {
    /// The names that a source gives.
    pub fn from_source(source: &SourceOfTruth) -> Self {
        let mut vocabulary = Self::default();
        // A metric's own label goes before what another is also called: `Gross margin` before the `Gross margin $` of a profit.
        for (at, metric) in source.metrics.iter().enumerate() {
            let id = vocabulary.push(term(metric, at));
            vocabulary.teach(&metric.label, Name::Metric(id));
        }
        for (at, metric) in source.metrics.iter().enumerate() {
            let spoken = metric.name.replace('_', " ");
            for name in std::iter::once(&spoken).chain(metric.synonyms.iter().map(|s| &s.value)) {
                vocabulary.teach(name, Name::Metric(MetricId(at as u32)));
            }
        }
        // What the field abbreviates goes by either spelling, unless a source gives that name to another metric.
        for (at, metric) in source.metrics.iter().enumerate() {
            let labels = std::iter::once(metric.label.as_str()).chain(metric.synonyms.iter().map(|s| s.value.as_str()));
            for alias in labels.flat_map(respelled) {
                vocabulary.teach(&alias, Name::Metric(MetricId(at as u32)));
            }
        }
        // An income is a loss when it is negative, and is then called so.
        for (at, metric) in source.metrics.iter().enumerate() {
            for alias in losses(&metric.label) {
                vocabulary.teach(&alias, Name::Metric(MetricId(at as u32)));
            }
        }
        // `not` phrases come last and never displace a metric's own name: a phrase that is another metric is found as that one.
        for phrase in source.metrics.iter().flat_map(|metric| &metric.not) {
            vocabulary.teach(phrase, Name::Nothing);
        }
        for fact in &source.facts {
            if let Some(segment) = &fact.segment {
                vocabulary.add_part(MetricId(fact.metric as u32), segment);
            }
        }
        let named = source.dimensions.iter().flat_map(|(_, segments)| segments.iter());
        for segment in named.chain(source.facts.iter().filter_map(|fact| fact.segment.as_ref())) {
            vocabulary.add_segment(segment);
        }
        vocabulary
    }

    /// The metric behind an id.
    pub fn term(&self, id: MetricId) -> &Term {
        &self.terms[id.0 as usize]
    }

    /// Every metric, in the order they were learned.
    pub fn terms(&self) -> impl Iterator<Item = (MetricId, &Term)> {
        self.terms.iter().enumerate().map(|(at, term)| (MetricId(at as u32), term))
    }

    /// The one metric that counts those who work here, if it is one.
    pub(crate) fn people(&self) -> Option<MetricId> {
        let counted = |term: &Term| matches!(term.unit, None | Some(Unit::Count | Unit::Bare));
        let mut found = self.terms().filter(|(_, term)| counted(term) && field::counts_people(&term.label));
        found.next().filter(|_| found.next().is_none()).map(|(id, _)| id)
    }

    /// The metric that a source defines under this index.
    pub fn of_source(&self, index: usize) -> MetricId {
        // Terms of the source are pushed first, in its order.
        MetricId(index as u32)
    }

    /// The segment of this name, whatever else the name may mean.
    pub(crate) fn segment(&self, name: &str) -> Option<&str> {
        self.folded.get(&name.trim().to_lowercase()).map(String::as_str)
    }

    /// Every segment, by its canonical spelling.
    pub fn segments(&self) -> &[String] {
        &self.segments
    }

    /// Learns a metric that only a table names. A name that is known already keeps its meaning.
    pub(crate) fn add_label(&mut self, label: &str) -> MetricId {
        if let Some(Name::Metric(id)) = self.exact(label) {
            return id;
        }
        let id = self.push(Term {
            name: label.to_owned(),
            label: label.to_owned(),
            source: None,
            period_type: None,
            better: None,
            unit: None,
            surroundings: BTreeSet::new(),
            parts: BTreeSet::new(),
            tabled: false,
            known: Known::Named,
        });
        self.teach(label, Name::Metric(id));
        for alias in respelled(label) {
            self.teach(&alias, Name::Metric(id));
        }
        id
    }

    /// Learns what a metric is measured in, from the first number that says so.
    pub(crate) fn learn_unit(&mut self, id: MetricId, unit: &Unit) {
        let term = &mut self.terms[id.0 as usize];
        if term.unit.is_none() && *unit != Unit::Bare {
            term.unit = Some(unit.clone());
        }
    }

    /// Learns which parts of a metric the deck's tables state.
    pub(crate) fn learn_part(&mut self, id: MetricId, segment: Option<&str>) {
        let term = &mut self.terms[id.0 as usize];
        match segment {
            _ if term.source.is_some() => {}
            Some(segment) => self.add_part(id, segment),
            None => term.tabled = true,
        }
    }

    fn add_part(&mut self, id: MetricId, segment: &str) {
        let segment = segment.to_lowercase();
        if self.terms.get_mut(id.0 as usize).is_some_and(|term| term.parts.insert(segment.clone())) {
            self.whose.entry(segment).or_default().push(id);
        }
    }

    /// The metrics that a source or table states for a part of this name.
    pub(crate) fn with_part(&self, segment: &str) -> &[MetricId] {
        self.whose.get(&segment.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// Learns that a metric which only tables name is a balance.
    pub(crate) fn learn_instant(&mut self, id: MetricId) {
        let term = &mut self.terms[id.0 as usize];
        if term.source.is_none() && term.period_type.is_none() {
            term.period_type = Some(PeriodType::Instant);
        }
    }

    /// Learns that a metric is a balance, whoever names it.
    pub(crate) fn settle_instant(&mut self, id: MetricId) {
        self.terms[id.0 as usize].period_type = Some(PeriodType::Instant);
    }

    /// Learns that what only tables name, and what counts heads, is a balance: `Employees` of a year are those at its end.
    pub(crate) fn learn_heads(&mut self) {
        for term in &mut self.terms {
            let counted = matches!(term.unit, Some(Unit::Count | Unit::Bare) | None);
            if term.source.is_none() && term.period_type.is_none() && counted && field::counts_heads(&term.label) {
                term.period_type = Some(PeriodType::Instant);
            }
        }
    }

    /// Learns how a metric is known that no source or label names.
    pub(crate) fn learn_known(&mut self, id: MetricId, known: Known) {
        self.terms[id.0 as usize].known = known;
    }

    /// Learns the words around a metric that only tables name.
    pub(crate) fn learn_surroundings(&mut self, id: MetricId, text: &str) {
        let term = &mut self.terms[id.0 as usize];
        if term.source.is_none() {
            term.surroundings.extend(stems(text));
        }
    }

    /// Learns what metrics are called for short, now that the labels of tables are known.
    pub(crate) fn learn_shorts(&mut self, source: &SourceOfTruth) {
        let synonyms = source.metrics.iter().enumerate().flat_map(|(at, metric)| {
            let id = self.of_source(at);
            metric.synonyms.iter().map(move |synonym| (id, synonym.value.as_str()))
        });
        let not = source.metrics.iter().flat_map(|metric| &metric.not);
        let others: Vec<String> = self.segments.iter().chain(not).cloned().collect();
        let terms: Vec<(MetricId, &Term)> = self.terms().collect();
        for (name, id) in short::names(&terms, synonyms, &others) {
            self.branch(name).short = Some(id);
        }
    }

    /// Whether a text is short for a metric's name.
    pub(crate) fn is_short(&self, text: &str) -> bool {
        let found = self.find_said(&crate::words::words(text));
        matches!(found.as_slice(), [one] if one.short && one.words.len() == stems(text).len())
    }

    /// Learns another spelling of a metric, unless it is taken.
    pub(crate) fn add_alias(&mut self, alias: &str, id: MetricId) {
        self.teach(alias, Name::Metric(id));
    }

    /// Learns a segment.
    pub(crate) fn add_segment(&mut self, segment: &str) {
        if let Entry::Vacant(new) = self.folded.entry(segment.to_lowercase()) {
            new.insert(segment.to_owned());
            self.segments.push(segment.to_owned());
            self.teach(segment, Name::Segment(segment.to_owned()));
        }
    }

    /// Learns another spelling of a segment, unless it is taken.
    pub(crate) fn add_segment_alias(&mut self, alias: &str, segment: &str) {
        self.teach(alias, Name::Segment(segment.to_owned()));
    }

    /// What a whole text names, and nothing beside it.
    pub(crate) fn exact(&self, text: &str) -> Option<Name> {
        let mut branch = &self.root;
        for stem in stems(text) {
            branch = branch.next.get(&stem)?;
        }
        branch.name.clone()
    }

    /// The names in a text's words, longest first at each word, never overlapping.
    pub(crate) fn find(&self, words: &[Word]) -> Vec<Found> {
        self.found(words, false)
    }

    /// The same, with what is said for short.
    pub(crate) fn find_said(&self, words: &[Word]) -> Vec<Found> {
        self.found(words, true)
    }

    fn found(&self, words: &[Word], said: bool) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest(&words[at..], said) {
                Some((name, count, short)) => {
                    let range = words[at].range.start..words[at + count - 1].range.end;
                    if name != Name::Nothing {
                        found.push(Found { name, range, words: at..at + count, short });
                    }
                    at += count;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, words: &[Word], said: bool) -> Option<(Name, usize, bool)> {
        let mut branch = &self.root;
        let mut best = None;
        for (at, word) in words.iter().enumerate() {
            if at > 0 && is_determiner(&word.stem) {
                continue;
            }
            let Some(next) = branch.next.get(&word.stem) else { break };
            branch = next;
            if let Some(name) = &branch.name {
                best = Some((name.clone(), at + 1, false));
            } else if let Some(id) = branch.short.filter(|_| said) {
                best = Some((Name::Metric(id), at + 1, true));
            }
        }
        best
    }

    /// Takes metrics for others wherever they are named from now on.
    pub(crate) fn rename(&mut self, names: &BTreeMap<MetricId, MetricId>) {
        let mut open = vec![&mut self.root];
        while let Some(branch) = open.pop() {
            if let Some(Name::Metric(id)) = &mut branch.name {
                *id = names.get(id).copied().unwrap_or(*id);
            }
            branch.short = branch.short.map(|id| names.get(&id).copied().unwrap_or(id));
            open.extend(branch.next.values_mut());
        }
    }

    fn push(&mut self, term: Term) -> MetricId {
        self.terms.push(term);
        MetricId(u32::try_from(self.terms.len() - 1).expect("internal: fewer than 2^32 metrics"))
    }

    fn teach(&mut self, phrase: &str, name: Name) {
        let stems = stems(phrase);
        if !stems.is_empty() {
            self.branch(stems).name.get_or_insert(name);
        }
    }

    /// Where the names of some words are kept.
    fn branch(&mut self, stems: Vec<String>) -> &mut Branch {
        stems.into_iter().fold(&mut self.root, |branch, stem| branch.next.entry(stem).or_default())
    }
}

fn term(metric: &Metric, at: usize) -> Term {
    Term {
        name: metric.name.clone(),
        label: metric.label.clone(),
        source: Some(at),
        period_type: metric.period_type,
        better: metric.better,
        unit: metric.unit.clone(),
        surroundings: BTreeSet::new(),
        parts: BTreeSet::new(),
        tabled: false,
        known: Known::Named,
    }
}
