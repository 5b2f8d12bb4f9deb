//! One cell breaks the total of its row and the total of its column.
//!
//! A table that is added up both ways checks itself: when one changed cell puts the sum down its column and the sum across its row
//! right, that cell is the one to look at. The rule reports it once, in place of the two totals.
//!
//! What to do: check the cell that is pointed at against the ledger; the totals around it are consistent with the number that
//! is proposed.
//!
//! ```deck
//! # Revenue by channel
//!
//! | £m | H1 | H2 | FY31 |
//! | --- | ---: | ---: | ---: |
//! | Shops | 176.2 | 236.1 | 412.3 |
//! | Wholesale | 31.4 | 27.9 | 59.3 |
//! | Online | 44.0 | 63.8 | 97.8 |
//! | Total | 251.6 | 317.8 | 569.4 |
//! ```
//! ```finding
//! cross-total at 63.8: digit-typo
//! ```
//!
//! Sums that are off by rounding only are no finding:
//!
//! ```quiet-deck
//! # Revenue by channel
//!
//! | £m | H1 | H2 | FY31 |
//! | --- | ---: | ---: | ---: |
//! | Shops | 176.2 | 236.1 | 412.3 |
//! | Wholesale | 31.4 | 27.9 | 59.3 |
//! | Online | 44.0 | 53.8 | 97.8 |
//! | Total | 251.6 | 317.9 | 569.4 |
//! ```

use crate::deck::Deck;
use crate::finding::Finding;
use crate::footing::wording;
use crate::rules::{Family, Rule};

/// The rule.
#[derive(Debug)]
pub(crate) struct CrossTotal;

impl Rule for CrossTotal {
    fn name(&self) -> &'static str {
        "cross-total"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("cross_total.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        findings.extend(wording::misses(deck, self.name(), true));
    }
}

#[cfg(test)]
mod tests {
    use super::CrossTotal;
    use crate::footing::tests::check;
    use crate::rules::total_not_sum::TotalNotSum;

    const TABLE: &str = "\
| £m | H1 | H2 | FY31 |
| Shops | 176.2 | 236.1 | 412.3 |
| Wholesale | 31.4 | 27.9 | 59.3 |
| Online | 44.0 | 53.8 | 97.8 |
| Total | 251.6 | 317.8 | 569.4 |
";

    #[test]
    fn one_cell_breaks_both_sums() {
        check(&CrossTotal, TABLE, &[]);
        let broken = TABLE.replace("53.8", "63.8");
        check(&CrossTotal, &broken, &["63.8: digit-typo"]);
        check(&TotalNotSum, &broken, &[]);
    }

    #[test]
    fn the_corner_breaks_both_sums_too() {
        check(&CrossTotal, &TABLE.replace("569.4", "596.4"), &["596.4: transposed-digits"]);
    }

    #[test]
    fn a_total_that_its_other_sum_vouches_for_is_not_the_suspect() {
        // The row of totals adds up, so the part is wrong, and no single column says which way.
        let table =
            "| $k | East | West | Total |\n| A | 120 | 130 | 250 |\n| B | 240 | 250 | |\n| Total | 360 | 383 | 743 |\n";
        check(&CrossTotal, table, &[]);
    }
}
