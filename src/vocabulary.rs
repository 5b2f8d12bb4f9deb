//! The names of metrics and segments, and finding them in text.

/// A metric of the vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MetricId(pub(crate) u32);

/// Every name that the source and the deck's own tables give.
#[derive(Debug, Default)]
pub struct Vocabulary {}
