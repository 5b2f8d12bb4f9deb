//! Adjectives of places: `European revenue` is the revenue of Europe.
//!
//! Enters: words. Leaves: the place that a word is the adjective of.
//! Invariant: an adjective stands for one place only.

/// Adjectives by the place that they are of, in lower case.
const PLACES: &[(&str, &str)] = &[
    ("african", "africa"),
    ("american", "america"),
    ("asian", "asia"),
    ("australian", "australia"),
    ("brazilian", "brazil"),
    ("british", "britain"),
    ("canadian", "canada"),
    ("chinese", "china"),
    ("dutch", "netherlands"),
    ("european", "europe"),
    ("french", "france"),
    ("german", "germany"),
    ("indian", "india"),
    ("irish", "ireland"),
    ("italian", "italy"),
    ("japanese", "japan"),
    ("mexican", "mexico"),
    ("nordic", "nordics"),
    ("polish", "poland"),
    ("scottish", "scotland"),
    ("spanish", "spain"),
    ("swedish", "sweden"),
    ("swiss", "switzerland"),
    ("welsh", "wales"),
];

/// The place that an adjective is of.
pub(super) fn place_of(adjective: &str) -> Option<&'static str> {
    PLACES.iter().find(|(word, _)| *word == adjective).map(|(_, place)| *place)
}
