//! The keys of a file that the user owns, declared once: the decoder refuses what is not declared, the JSON Schema prints it.
//!
//! Enters: nothing. Leaves: the vocabulary in which `tieout.yaml`, metric files and decks declare their [`Mapping`]s.
//! Invariant: a key that is read is declared with its meaning, since the decoder takes its known keys from here.

/// A mapping and what may stand in it.
#[derive(Debug)]
pub(crate) struct Mapping {
    /// Its name among the definitions of a schema.
    pub(crate) name: &'static str,
    /// What it is, for the reader of the schema.
    pub(crate) about: &'static str,
    /// The keys that have a meaning of their own.
    pub(crate) keys: &'static [Key],
    /// What any other key holds.
    pub(crate) others: Others,
    /// Whether a key may be left without a value, and then says nothing.
    pub(crate) may_be_empty: bool,
}

/// One key.
#[derive(Debug)]
pub(crate) struct Key {
    /// As it is written.
    pub(crate) name: &'static str,
    /// What it says, in a sentence.
    pub(crate) about: &'static str,
    /// What stands under it.
    pub(crate) shape: Shape,
    /// Whether the mapping means nothing without it.
    pub(crate) required: bool,
}

/// What a key that is not declared holds.
#[derive(Debug)]
pub(crate) enum Others {
    /// There is none: it is a mistake.
    Refused,
    /// Whatever it is, it is read.
    Anything,
    /// The name of a rule, with a word from a list.
    Rules(fn() -> Vec<&'static str>),
    /// A name of the user's own, and what it is a name of.
    Named(&'static str, Shape),
}

/// What a value looks like.
#[derive(Debug)]
pub(crate) enum Shape {
    /// The version of the format: 1.
    Version,
    /// Text that says something; a plain number is text too.
    Text,
    /// One text or a list of them.
    Texts,
    /// `true` or `false`.
    Switch,
    /// One of a few words.
    Word(fn() -> Vec<&'static str>),
    /// The name of a rule.
    Rule,
    /// The name of a period.
    Period,
    /// Month and day.
    DayOfYear,
    /// The number of a row of a sheet, from 1.
    Row,
    /// A number, plain or as people write it; nothing where there is none yet.
    Amount,
    /// An equation, with or without quotes.
    Equation,
    /// Anything.
    Anything,
    /// A list.
    List(&'static Shape),
    /// A mapping.
    Mapping(&'static Mapping),
    /// One or the other.
    Either(&'static [Shape]),
    /// It, or nothing at all.
    Optional(&'static Shape),
}

impl Mapping {
    /// A mapping with these keys and no others.
    pub(crate) const fn closed(name: &'static str, about: &'static str, keys: &'static [Key]) -> Self {
        Self { name, about, keys, others: Others::Refused, may_be_empty: false }
    }

    /// The names of its keys.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.keys.iter().map(|key| key.name)
    }
}

impl Key {
    /// A key that may be missing.
    pub(crate) const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, about, shape, required: false }
    }

    /// A key that the mapping means nothing without.
    pub(crate) const fn required(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { required: true, ..Self::new(name, shape, about) }
    }
}

/// The words of a table of choices.
pub(crate) fn words<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}
