//! Words as numbers, so that looking one up in a sorted table compares no strings.
//!
//! Enters: a word as written. Leaves: its key, and its entry in a table.
//! Invariant: keys sort as the lower-case words do, and a word too long for a key is in no table.

/// Longest word that has a key, in bytes.
const LONGEST: usize = 16;

/// The key of a word, whatever its case: its bytes in lower case, the first highest. ASCII letters alone are folded.
pub(super) const fn key(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    if bytes.len() > LONGEST || bytes.is_empty() {
        return None;
    }
    let mut key = 0;
    let mut at = 0;
    while at < bytes.len() {
        key = key << 8 | bytes[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    Some(key << (8 * (LONGEST - bytes.len())))
}

/// The bit of a key's first byte: most words of a text start like no word of a table.
const fn start(key: u128) -> u32 {
    1 << ((key >> (8 * (LONGEST - 1))) as u32 & 31)
}

/// The starts of all keys.
pub(super) const fn starts(keys: &[u128]) -> u32 {
    let mut bits = 0;
    let mut at = 0;
    while at < keys.len() {
        bits |= start(keys[at]);
        at += 1;
    }
    bits
}

/// The keys of a table's words, in its order.
pub(super) const fn keys<T: Copy, const N: usize>(list: &[(&str, T)]) -> [u128; N] {
    let mut keys = [0; N];
    let mut at = 0;
    while at < N {
        keys[at] = key(list[at].0).expect("internal: a word of a table has a key");
        at += 1;
    }
    keys
}

/// The keys of a list of words, in its order.
pub(super) const fn word_keys<const N: usize>(list: &[&str]) -> [u128; N] {
    let mut keys = [0; N];
    let mut at = 0;
    while at < N {
        keys[at] = key(list[at]).expect("internal: a word of a list has a key");
        at += 1;
    }
    keys
}

/// A set of words, sorted.
pub(super) struct Words {
    pub(super) keys: &'static [u128],
    pub(super) starts: u32,
}

impl Words {
    /// Whether a word, whatever its case, is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    /// Its place among them.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let first = word.as_bytes().first()?.to_ascii_lowercase();
        if self.starts & 1 << (u32::from(first) & 31) == 0 {
            return None;
        }
        self.keys.binary_search(&key(word)?).ok()
    }
}

/// Words with what each means, sorted by the word.
pub(super) struct Table<T: 'static> {
    pub(super) list: &'static [(&'static str, T)],
    pub(super) words: Words,
}

impl<T: Copy> Table<T> {
    /// What a word, whatever its case, means.
    pub(super) fn of(&self, word: &str) -> Option<T> {
        let at = self.words.find(word)?;
        self.list.get(at).map(|(_, entry)| *entry)
    }
}

/// The set of a constant list of words in lower case.
macro_rules! words {
    ($list:expr) => {{
        const KEYS: &[u128] = &$crate::extract::fold::word_keys::<{ $list.len() }>($list);
        $crate::extract::fold::Words { keys: KEYS, starts: $crate::extract::fold::starts(KEYS) }
    }};
}

/// The table of a constant list of words in lower case and their meanings.
macro_rules! table {
    ($list:expr) => {{
        const KEYS: &[u128] = &$crate::extract::fold::keys::<_, { $list.len() }>($list);
        let words = $crate::extract::fold::Words { keys: KEYS, starts: $crate::extract::fold::starts(KEYS) };
        $crate::extract::fold::Table { list: $list, words }
    }};
}

pub(super) use {table, words};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_words_do() {
        let sorted = ["a", "ab", "abc", "b", "million", "millions", "zł"];
        assert!(sorted.is_sorted_by_key(|word| key(word)));
        assert_eq!(key("MilliOn"), key("million"));
        assert_eq!((key(""), key("seventeen letters")), (None, None));
    }
}
