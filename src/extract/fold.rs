//! Words folded to lower case without allocating, and looking them up in sorted tables.
//!
//! Enters: a word as written. Leaves: its lower-case form on the stack.
//! Invariant: a word that is too long for any table folds to nothing.

/// Longest word of any table, in bytes.
const LONGEST: usize = 20;

/// A word in lower case.
pub(super) struct Folded {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Folded {
    /// Folds ASCII letters; other letters stay as they are.
    pub(super) fn new(word: &str) -> Option<Self> {
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        Some(Self { bytes, len: word.len() })
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

/// The entry of a word, whatever its case, in a table sorted by its lower-case words.
pub(super) fn look_up<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let folded = Folded::new(word)?;
    let at = table.binary_search_by_key(&folded.as_str(), |(word, _)| word).ok()?;
    table.get(at).map(|(_, entry)| *entry)
}

/// Whether a word, whatever its case, is in a sorted list of lower-case words.
pub(super) fn is_among(list: &[&str], word: &str) -> bool {
    Folded::new(word).is_some_and(|folded| list.binary_search(&folded.as_str()).is_ok())
}
