//! What identifies a finding across edits elsewhere in the deck.
//!
//! Enters: findings in order. Leaves: each with its fingerprint.
//! Invariant: line numbers have no part in it; the words of the line do, so that a finding keeps its fingerprint while text is
//! added, taken out or moved around it. Where the command is run from has no part in it either: the path is the configuration's.

use std::collections::BTreeMap;

use crate::deck::Deck;
use crate::finding::Finding;

/// Bytes on either side of a finding that a line adds to its fingerprint. A whole export may stand on one line: an edit at its other end is
/// an edit elsewhere.
const NEIGHBOURHOOD: usize = 500;

/// Gives every finding its fingerprint: rule, path, the line it stands on, and its number among findings that share all three.
pub(super) fn assign<'a>(deck: &Deck, findings: impl IntoIterator<Item = &'a mut Finding>) {
    let mut seen: BTreeMap<u64, u64> = BTreeMap::new();
    for finding in findings {
        let file = deck.files.get(finding.place.file);
        let text = file.text();
        let start = finding.place.span.start.min(text.len());
        let end = finding.place.span.end.clamp(start, text.len());
        let from = text.floor_char_boundary(start.saturating_sub(NEIGHBOURHOOD));
        let to = text.ceil_char_boundary((end + NEIGHBOURHOOD).min(text.len()));
        let bytes = text.as_bytes();
        let from = memchr::memrchr(b'\n', &bytes[from..start]).map_or(from, |at| from + at + 1);
        let to = memchr::memchr(b'\n', &bytes[start..to]).map_or(to, |at| start + at);
        let line = text.get(from..to).unwrap_or_default().trim();
        let path = deck.config.anchor.relative(file.path());
        let shared = digest(&[finding.rule, &path, line, deck.files.slice(finding.place)]);
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
    use crate::rules::examples::Binder;

    #[test]
    fn the_digest_is_the_published_one() {
        // The empty input's digest is the offset basis; one zero byte multiplies it once.
        assert_eq!(digest(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(digest(&[""]), 0xcbf2_9ce4_8422_2325_u64.wrapping_mul(0x0000_0100_0000_01b3));
        assert_ne!(digest(&["a", "b"]), digest(&["ab"]));
    }

    /// The fingerprints of a deck whose numbers differ from those of its source, in the order of the findings.
    fn fingerprints(deck: &str) -> Vec<String> {
        let source =
            "metrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204, FY2030-Q2: 40110000}}\n";
        let mut deck = Binder::of(deck).with_source("metrics.yaml", source).bound();
        crate::check::check(&mut deck).into_iter().map(|finding| finding.fingerprint).collect()
    }

    #[test]
    fn edits_elsewhere_and_another_order_change_nothing() {
        let (one, two) = ("ARR was $46.3M in Q3 FY30.", "ARR was $31.9M in Q2 FY30.");
        let before = fingerprints(&format!("# Review\n\n{one}\n\n{two}\n"));
        assert_eq!(before.len(), 2);
        let mut after = fingerprints(&format!("# Review of the board\n\nMore words.\n\n{two}\n\nAnd more.\n\n{one}\n"));
        after.reverse();
        assert_eq!(after, before);
        let again = fingerprints(&format!("# Review\n\n{one}\n\n{one}\n\n{two}\n"));
        assert!(before.iter().all(|known| again.contains(known)), "another like it takes nothing away: {again:?}");
        assert!(
            !fingerprints("# Review\n\nARR was $46.4M in Q3 FY30.\n").contains(&before[0]),
            "another number is new"
        );
    }

    #[test]
    fn what_is_accepted_has_one_of_its_own_and_takes_none_away() {
        let deck = "# Review\n\nARR was $46.3M in Q3 FY30. <!-- tieout: allow value-mismatch -- agreed -->\n\nARR was $46.3M in Q3 FY30.\n";
        let alone = fingerprints("# Review\n\nARR was $46.3M in Q3 FY30.\n");
        let source = "metrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204}}\n";
        let mut deck = Binder::of(deck).with_source("metrics.yaml", source).bound();
        let findings = crate::check::check(&mut deck);
        let found: Vec<&str> = findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        let accepted: Vec<&str> = deck.waived.iter().map(|waived| waived.finding.fingerprint.as_str()).collect();
        assert_eq!((found, accepted.len()), (vec![alone[0].as_str()], 1));
        assert!(!accepted[0].is_empty() && accepted[0] != alone[0], "{accepted:?}");
    }

    #[test]
    fn an_edit_far_away_on_the_same_line_changes_nothing() {
        let deck = |words: &str| {
            let filler = "and so on, ".repeat(60);
            format!("# Review\n\n{words} {filler} as before. ARR was $46.3M in Q3 FY30. {filler} {words}\n")
        };
        let before = fingerprints(&deck("Welcome"));
        assert_eq!((before.len(), &before), (1, &fingerprints(&deck("A warm welcome"))));
    }
}
