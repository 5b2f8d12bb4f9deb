//! A whole check: a Markdown deck, and behind a line `%%%` a metric file.
//!
//! Holds: nothing panics; findings and claims point into their files; the same input gives the same findings.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::config::Config;
use tieout::document::Role;
use tieout::source::SourceOfTruth;
use tieout::span::Files;
use tieout::{bind, check, read, source};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (deck, metrics) = text.split_once("\n%%%\n").unwrap_or((&text, ""));
    let mut files = Files::default();
    let source = if metrics.is_empty() {
        SourceOfTruth::default()
    } else {
        let file = files.add("metrics.yaml", metrics);
        match source::load(&files, &[file]) {
            Ok(source) => source,
            Err(_) => return,
        }
    };
    let file = files.add("deck.md", deck);
    let document = read::markdown::read(file, deck, Role::Slides);
    let mut deck = bind::bind(files, vec![document], source, Config::default());
    let findings = check::check(&mut deck);
    for place in findings.iter().map(|finding| finding.place).chain(deck.claims.iter().map(|claim| claim.place)) {
        assert!(deck.files.get(place.file).text().get(place.span.range()).is_some(), "{place:?}");
    }
    assert_eq!(findings, check::check(&mut deck), "the same deck, checked again");
});
