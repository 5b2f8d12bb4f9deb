//! What identifies a finding across edits elsewhere in the deck.
//!
//! Enters: findings in order. Leaves: each with its fingerprint.
//! Invariant: line numbers have no part in it; the words of the line do, so that a finding keeps its fingerprint while text is
//! added, taken out or moved around it.

use std::collections::BTreeMap;

use crate::deck::Deck;
use crate::finding::Finding;

/// Gives every finding its fingerprint: rule, path, the line it stands on, and its number among findings that share all three.
pub(super) fn assign(deck: &Deck, findings: &mut [Finding]) {
    let mut seen: BTreeMap<u64, u64> = BTreeMap::new();
    for finding in findings {
        let file = deck.files.get(finding.place.file);
        let text = file.text();
        let start = finding.place.span.start.min(text.len());
        let bytes = text.as_bytes();
        let from = memchr::memrchr(b'\n', &bytes[..start]).map_or(0, |at| at + 1);
        let to = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |at| start + at);
        let line = text.get(from..to).unwrap_or_default().trim();
        let shared = digest(&[finding.rule, file.path(), line, deck.files.slice(finding.place)]);
        let number = seen.entry(shared).or_default();
        finding.fingerprint = format!("{:016x}", shared.wrapping_add(*number));
        *number += 1;
    }
}

/// FNV-1a of 64 bits (Fowler, Noll and Vo): the same on every machine and in every version, which the standard hasher does not promise.
fn digest(parts: &[&str]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_published_one() {
        // The empty input's digest is the offset basis; one zero byte multiplies it once.
        assert_eq!(digest(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(digest(&[""]), 0xcbf2_9ce4_8422_2325_u64.wrapping_mul(0x0000_0100_0000_01b3));
        assert_ne!(digest(&["a", "b"]), digest(&["ab"]));
    }
}
