//! The names of metrics and segments, and finding them in text.

/// A metric of the vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MetricId(pub(crate) u32);

/// Every name that the source and the deck's own tables give.
#[derive(Debug, Default)]
pub struct Vocabulary {
    terms: Vec<Term>,
}

/// A metric as the vocabulary knows it: defined by a source, or only named by a table of the deck.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its key in a source, or the table's label.
    pub name: String,
    /// Balance or flow, where known.
    pub period_type: Option<crate::source::PeriodType>,
}

impl Vocabulary {
    /// The names that a source gives.
    pub fn from_source(source: &crate::source::SourceOfTruth) -> Self {
        let term = |metric: &crate::source::Metric| Term { name: metric.name.clone(), period_type: metric.period_type };
        Self { terms: source.metrics.iter().map(term).collect() }
    }

    /// The metric behind an id.
    pub fn term(&self, id: MetricId) -> &Term {
        &self.terms[id.0 as usize]
    }

    /// The metric that a source defines under this index.
    pub fn of_source(&self, index: usize) -> MetricId {
        MetricId(index as u32)
    }
}
