//! Movements of earlier times, and sentences that tell of more than one.

use super::DirectionMismatch;
use crate::footing::tests::check;

#[track_caller]
fn says(text: &str, expected: &[&str]) {
    let table = "| £k | Q1 2025 | Q2 2025 | Q3 2025 | Q4 2025 |\n| Fee income | 912 | 874 | 953 | 921 |\n| Rent | 310 | 301 | 322 | 340 |\n";
    check(&DirectionMismatch, &format!("# Q4 2025\n\n{table}\n{text}\n"), expected);
}

#[test]
fn what_moved_within_an_earlier_time() {
    for text in [
        "Fee income fell in Q2.",
        "Fee income fell by £38k in the second quarter.",
        "Fee income was down in Q2 2025.",
        "Fee income rose by £79k in Q3.",
        "Rent dipped in the second quarter.",
    ] {
        says(text, &[]);
    }
    says("Fee income rose in Q2.", &["rose"]);
    says("Rent fell in Q3.", &["fell"]);
    // Set beside that time, and not told of it.
    says("Rent was lower than in Q2.", &["lower"]);
    says("Rent was down on Q2.", &["down"]);
    says("Rent was higher than in Q2.", &[]);
}

#[test]
fn every_movement_has_its_own_level() {
    for text in [
        "Rent fell to £301k in Q2 before recovering to £322k in Q3.",
        "Rent dipped to £301k in Q2, then rose to £322k in Q3 and £340k in Q4.",
        "Rent fell in Q2 and has since recovered to £340k.",
        "Fee income slipped to £921k in Q4 after rising to £953k in Q3.",
        "Fee income had risen to £953k in Q3 before slipping to £921k.",
    ] {
        says(text, &[]);
    }
    says("Rent fell to £322k in Q3 from £301k in Q2.", &["fell"]);
}
