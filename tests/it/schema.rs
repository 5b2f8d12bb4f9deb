//! `tieout schema`: JSON on standard output.

use crate::deck::Deck;

#[test]
fn each_file_has_a_schema() {
    let deck = Deck::of([]);
    for (name, key) in [("metrics", "metrics"), ("config", "waivers"), ("slides", "slides")] {
        let schema = deck.json(&format!("schema {name}"));
        assert!(schema["properties"][key]["description"].is_string(), "{name}");
    }
    assert_eq!(deck.run("schema decks").code, 2);
}
