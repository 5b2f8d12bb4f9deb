//! Amounts for each of something, in whichever spelling.

use super::{check_sourced, shown};
use crate::rules::examples::Binder;

#[test]
fn a_metric_whose_name_says_for_each_of_what_it_is() {
    let source = "metric,period,scenario,segment,value,unit
profit_per_ticket,FY2025-Q3,actual,,12.40,USD
profit_per_ticket,FY2025-Q3,actual,North,11.20,USD
fares,FY2025-Q3,actual,,9100000,USD
price_per_tonne,FY2025-Q3,actual,,412,USD/tonne
";
    check_sourced(
        source,
        &[
            ("Profit per ticket was $12.40 a ticket.", &["$12.40 a ticket = profit_per_ticket FY2025-Q3"]),
            (
                "North's profit per ticket was $11.20 per ticket.",
                &["$11.20 per ticket = profit_per_ticket North FY2025-Q3"],
            ),
            ("Price per tonne was $412/t.", &["$412/t = price_per_tonne FY2025-Q3"]),
            // For each of something else.
            ("Profit per ticket was $12.40 a customer.", &["$12.40 a customer = ?"]),
            ("Fares were $9.10 a ticket.", &["$9.10 a ticket = ?"]),
        ],
    );
}

#[test]
fn units_of_tables_and_of_text_are_one() {
    let table = "| | Q3 FY25 |\n|---|---:|\n| Average price, €/MWh | 58.7 |\n| Freight, $ per TEU | 412 |";
    for (text, expected) in [
        ("The average price slipped to €58.7/MWh.", "€58.7/MWh = Average price FY2025-Q3"),
        ("Freight was $412 per TEU.", "$412 per TEU = Freight FY2025-Q3"),
    ] {
        let deck = Binder::of(&format!("---\nperiod: Q3 FY25\n---\n\n{table}\n\n{text}\n")).bound();
        assert_eq!(shown(&deck).last().map(String::as_str), Some(expected), "{text}");
    }
}
