//! Those who work somewhere, counted without the name of the metric that counts them.

use super::check;

#[test]
fn people_are_the_headcount() {
    check(&[
        ("- 318 people at quarter end", &["318 = headcount FY2025-Q3"]),
        ("We are 318.", &["318 = headcount FY2025-Q3"]),
        ("In Q3 FY25 we employed 318 people.", &["318 = headcount FY2025-Q3"]),
        // What they did says that not all are meant.
        ("318 people attended the fair.", &["318 = ?"]),
        ("We trained 318 people.", &["318 = ?"]),
        ("318 people in Leeds use it.", &["318 = ?"]),
    ]);
}

#[test]
fn a_title_is_of_what_is_to_come_where_it_is_of_nothing_else() {
    check(&[
        ("# People and outlook\n\nHeadcount was 318.", &["318 = headcount FY2025-Q3"]),
        ("# Outlook and guidance\n\nHeadcount: 318.", &["318 = headcount FY2025-Q3 forecast"]),
        (
            "The budget has revenue of $56.2M and headcount of 318.",
            &["$56.2M = revenue FY2025-Q3 budget", "318 = headcount FY2025-Q3 budget"],
        ),
        ("Against budget we had headcount of 318.", &["318 = headcount FY2025-Q3"]),
    ]);
}
