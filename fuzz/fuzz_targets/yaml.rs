//! Any bytes, read as a YAML or JSON export of slides.
//!
//! Holds: what the Markdown reader has to hold, or the file is refused.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::document::Role;
use tieout::read;
use tieout::span::Files;

#[path = "../sound.rs"]
mod sound;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut files = Files::default();
    let file = files.add("deck.yaml", text.as_ref());
    if let Ok(document) = read::yaml::read(file, &text, Role::Slides) {
        sound::holds(&text, &document);
    }
});
