//! Any bytes, read as a Markdown deck.
//!
//! Holds: every span lies in the file, on whole characters; a block's heading and lead stand before it, its slide exists.

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
    let file = files.add("deck.md", text.as_ref());
    let document = read::markdown::read(file, &text, Role::Slides);
    sound::holds(&text, &document);
});
