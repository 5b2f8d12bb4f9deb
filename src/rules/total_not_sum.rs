//! A total is not the sum of its parts.
//!
//! Totals, subtotals and grand totals are added up down columns and across rows. Which lines a total adds up is read off the
//! table: a run of lines just above it (or below, for a total at the top), earlier subtotals standing for their parts, rows that
//! say "less" taken away, "of which" rows left out, dashes taken as nothing. A result may also be the first line of its run less
//! all the others, where two or more other columns show it. Percentages, averages, prices and ratios are not summed, and a year is
//! summed from its quarters only where other rows show that it is meant to be.
//!
//! Every figure stands for half a unit of its last place either way, so a sum of n parts may be off by n + 1 halves.
//!
//! The rule speaks where a sum is plainly meant: the same lines add up in other columns, or the label says total and one slip of
//! the keyboard explains the difference. A table that lawfully does not sum raises nothing. It points at the cell that most likely
//! is wrong, else at the total. A total that is off by a unit or two beyond rounding is a warning.
//!
//! A list is added up as well where the paragraph above it ends with a total (`we spent a total of $21,674.66.`) and every item has one
//! amount of that currency.
//!
//! What to do: check the total against the ledger. If the parts are rounded and the total is not, say so, and allow the finding:
//! `<!-- tieout: allow total-not-sum -- rounding agreed with the auditors -->`.
//!
//! ```deck
//! # Sales by region
//!
//! | $ thousands | 2030 | 2031 |
//! | --- | ---: | ---: |
//! | North | 1,204 | 1,377 |
//! | South | 893 | 921 |
//! | Total | 2,097 | 2,398 |
//! ```
//! ```finding
//! total-not-sum at 2,398: digit-typo
//! ```
//!
//! A row that says it is inside the one above is no part of the total:
//!
//! ```quiet-deck
//! # Sales by region
//!
//! | $ thousands | 2030 | 2031 |
//! | --- | ---: | ---: |
//! | North | 1,204 | 1,377 |
//! | of which online | 310 | 402 |
//! | South | 893 | 921 |
//! | Total | 2,097 | 2,298 |
//! ```

mod listed;

use crate::deck::Deck;
use crate::finding::Finding;
use crate::footing::wording;
use crate::rules::{Family, Rule};

/// The rule.
#[derive(Debug)]
pub(crate) struct TotalNotSum;

impl Rule for TotalNotSum {
    fn name(&self) -> &'static str {
        "total-not-sum"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("total_not_sum.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        findings.extend(wording::misses(deck, self.name(), false));
        findings.extend(listed::wrong(deck));
    }
}

#[cfg(test)]
mod tests {
    use super::TotalNotSum;
    use crate::footing::tests::check;

    #[track_caller]
    fn says(table: &str, expected: &[&str]) {
        check(&TotalNotSum, table, expected);
    }

    #[test]
    fn one_column_needs_the_word_total_and_one_slip() {
        says("| $k | 2031 |\n| North | 1,377 |\n| South | 921 |\n| Total | 2,398 |\n", &["2,398: digit-typo"]);
        says("| $k | 2031 |\n| North | 1,377 |\n| South | 921 |\n| Total | 2,289 |\n", &["2,289: transposed-digits"]);
        // Nothing says that these are all the parts.
        says("| $k | 2031 |\n| North | 1,377 |\n| South | 921 |\n| Total | 3,115 |\n", &[]);
        says("| $k | 2031 |\n| North | 1,377 |\n| South | 921 |\n| Margin | 2,398 |\n", &[]);
    }

    #[test]
    fn other_columns_prove_what_is_added_up() {
        let table = |total: &str| {
            format!(
                "| $k | 2030 | 2031 | 2032 |\n| North | 377 | 401 | 420 |\n| South | 121 | 134 | 139 |\n| Total | 498 | {total} | 559 |\n"
            )
        };
        says(&table("535"), &[]);
        says(&table("536"), &[]);
        says(&table("538"), &["538: rounding-plug"]);
        says(&table("553"), &["553: transposed-digits"]);
        says(&table("635"), &["635: digit-typo"]);
        says(&table("771"), &["771: unknown"]);
        // A result is the first line less the others, where two other columns say so.
        let result = |cost: &str| {
            format!(
                "| $k | 2029 | 2030 | 2031 | 2032 |\n| Gross profit | 2,610 | 2,673 | 2,749 | 2,888 |\n| Selling | 1,396 | 1,431 | {cost} | 1,524 |\n| Research | 371 | 389 | 405 | 412 |\n| Operating income | 843 | 853 | 855 | 952 |\n"
            )
        };
        says(&result("1,489"), &[]);
        says(&result("1,498"), &["1,498: transposed-digits"]);
        // What a few of its lines come to with their signs turned is no reading of a total.
        says(
            "| CHF m | Actual | Budget | Variance |\n| Milling | 11.9 | 12.9 | −1.0 |\n| Turning | 7.9 | 7.2 | 0.7 |\n| Grinding | 2.4 | 4.1 | 1.7 |\n| Services | 24.9 | 23.9 | 1.0 |\n| Corporate | −9.0 | −9.0 | 0.0 |\n| Group EBIT | 38.1 | 39.1 | −1.0 |\n",
            &["1.7: sign-flip"],
        );
    }

    #[test]
    fn rounding_grows_with_the_parts() {
        says(
            "| $m | 2030 | 2031 |\n| A | 1.4 | 2.2 |\n| B | 1.4 | 2.2 |\n| C | 1.4 | 2.2 |\n| Total | 4.4 | 6.8 |\n",
            &[],
        );
    }

    #[test]
    fn counted_things_do_not_round() {
        says(
            "| Function | June | July |\n| Sales headcount | 41 | 44 |\n| Support headcount | 32 | 31 |\n| Total headcount | 73 | 76 |\n",
            &["76: unknown"],
        );
    }

    #[test]
    fn subtotals_sections_and_parts_of_parts() {
        let table = |grand: &str| {
            format!(
                "| £k | 2030 | 2031 |\n| Assets: | | |\n| Cash | 1,204 | 1,377 |\n| of which restricted | 200 | 180 |\n| Stock | 893 | 921 |\n| Total current | 2,097 | 2,298 |\n| Fixed: | | |\n| Plant | 3,310 | 3,405 |\n| Land | 800 | 800 |\n| Total fixed | 4,110 | 4,205 |\n| Total assets | 6,207 | {grand} |\n"
            )
        };
        says(&table("6,503"), &[]);
        says(&table("6,530"), &["6,530: transposed-digits"]);
    }

    #[test]
    fn a_wrong_subtotal_is_reported_once() {
        says(
            "| £k | 2030 | 2031 |\n| Cash | 1,204 | 1,377 |\n| Stock | 893 | 921 |\n| Total current | 2,097 | 2,798 |\n| Plant | 3,310 | 3,405 |\n| Land | 800 | 800 |\n| Total fixed | 4,110 | 4,205 |\n| Total assets | 6,207 | 6,503 |\n",
            &["2,798: digit-typo"],
        );
    }

    #[test]
    fn deductions_dashes_and_brackets() {
        says(
            "| £k | 2030 | 2031 |\n| Gross | 1,204 | 1,377 |\n| Less: allowance | 104 | 77 |\n| Other | – | 12 |\n| Total | 1,100 | 1,312 |\n",
            &[],
        );
        says(
            "| £k | 2030 | 2031 |\n| Gross | 1,204 | 1,377 |\n| Allowance | (104) | (77) |\n| Other | – | 12 |\n| Total | 1,100 | 1,412 |\n",
            &["1,412: digit-typo"],
        );
    }

    #[test]
    fn a_subtotal_with_the_wrong_sign() {
        let table = |flow: &str| {
            format!(
                "| £m | H1 FY31 | H1 FY30 |\n| Operating profit | 65.8 | 59.8 |\n| Depreciation | 16.9 | 16.4 |\n| EBITDA | 82.7 | 76.2 |\n| Working capital | (9.9) | (14.3) |\n| Capital spending | (18.1) | (15.9) |\n| Cash from operations | 54.7 | {flow} |\n"
            )
        };
        says(&table("46.0"), &[]);
        says(&table("(46.0)"), &["(46.0): sign-flip"]);
        // Another number may be no sum at all.
        says(&table("43.1"), &[]);
    }

    #[test]
    fn one_column_proves_the_other_of_a_result_in_bold() {
        let table = |before: &str, result: &str| {
            format!(
                "| €m | H1 FY31 | H1 FY30 |\n| Premiums | 218.4 | 202.6 |\n| Claims | (139.7) | (143.9) |\n| Expenses | (61.2) | (56.4) |\n| {result} | 17.5 | {before} |\n"
            )
        };
        says(&table("2.3", "**Result**"), &[]);
        says(&table("3.2", "**Result**"), &["3.2: transposed-digits"]);
        // Nothing sets the line off, or no slip explains it.
        says(&table("3.2", "Result"), &[]);
        says(&table("6.8", "**Result**"), &[]);
        says(
            "| | Posts | Filled |\n| Wards | 2,014.0 | 1,842.6 |\n| Theatres | 441.5 | 418.3 |\n| Labs | 330.2 | 269.8 |\n| **Hospital** | 2,785.7 | 2,557.7 |\n",
            &["269.8: transposed-digits"],
        );
    }

    #[test]
    fn two_parts_two_totals_and_averages_beside_them() {
        let two = |total: &str| {
            format!(
                "| £k | 2031 | 2030 |\n| Plant | 1,426 | 1,389 |\n| Software | 884 | 912 |\n| **Fixed** | {total} | 2,301 |\n| Stock | 375 | 348 |\n| Cash | 249 | 316 |\n| **Current** | 624 | 664 |\n"
            )
        };
        says(&two("2,310"), &[]);
        says(&two("2,130"), &["2,130: transposed-digits"]);
        let surplus = |actual: &str| {
            format!(
                "| £k | Actual | Budget |\n| Fees | 2,310 | 2,290 |\n| Grants | 480 | 500 |\n| **Total income** | 2,790 | 2,790 |\n| Pay | 1,640 | 1,655 |\n| Premises | 512 | 505 |\n| **Total costs** | 2,152 | 2,160 |\n| **Left over** | {actual} | 630 |\n"
            )
        };
        says(&surplus("638"), &[]);
        says(&surplus("683"), &["683: transposed-digits"]);
        says(
            "| | Units | Value £k | Weeks in hand |\n| Boots | 84,200 | 2,190 | 11 |\n| Coats | 151,700 | 2,882 | 14 |\n| Hats | 62,300 | 561 | 19 |\n| Total | 289,200 | 5,633 | 13 |\n",
            &["289,200: transposed-digits"],
        );
        // An overspend has a sign of its own.
        says(
            "| £k | Approved | Forecast cost | Variance |\n| Depot | 4,200 | 4,330 | 130 |\n| System | 1,850 | 1,810 | 40 |\n| Fleet | 2,600 | 2,600 | 0 |\n| Total | 8,650 | 8,740 | 90 |\n",
            &["40: sign-flip"],
        );
    }

    #[test]
    fn a_short_number_is_not_the_total_for_being_near_it() {
        says(
            "| $bn | Q1 | Q2 | Q3 |\n| Equity | 0.7 | 0.6 | 0.9 |\n| Bonds | 0.3 | 0.2 | 0.8 |\n| Property | 0.9 | 0.3 | 0.5 |\n| Total | 1.9 | 1.1 | 0.6 |\n",
            &["0.8: sign-flip"],
        );
    }

    #[test]
    fn a_part_with_the_wrong_sign() {
        says(
            "| €m | Actual | Budget | Variance |\n| Rail | 6.2 | 6.6 | 0.4 |\n| Sea | 4.9 | 4.3 | 0.6 |\n| Air | 3.4 | 3.3 | 0.1 |\n| Total | 14.5 | 14.2 | 0.3 |\n",
            &["0.4: sign-flip"],
        );
    }

    #[test]
    fn changes_vouch_for_the_figures_that_they_are_between() {
        let table = |boats: &str, total: &str| {
            format!(
                "| $k | Mar 2031 | Jun 2031 | Change |\n| Homes | 19,240 | 19,985 | 745 |\n| Boats | 12,655 | {boats} | 457 |\n| Farms | 9,108 | 9,526 | 418 |\n| Total | 41,003 | {total} | 1,620 |\n"
            )
        };
        says(&table("13,112", "42,623"), &[]);
        says(&table("13,812", "42,623"), &["13,812: digit-typo"]);
        says(&table("13,112", "42,263"), &["42,263: transposed-digits"]);
    }

    #[test]
    fn totals_at_the_top() {
        says(
            "| £k | 2030 | 2031 | 2032 |\n| Total income | 2,097 | 2,298 | 2,518 |\n| Gifts | 1,204 | 1,377 | 1,500 |\n| Grants | 893 | 921 | 918 |\n",
            &["2,518: digit-typo"],
        );
    }

    #[test]
    fn what_opens_a_quarter_opens_its_first_month() {
        says(
            "| $k | Apr 2031 | May 2031 | Jun 2031 | Q2 2031 |\n| Receipts | 410 | 420 | 430 | 1,260 |\n| Payments | (380) | (400) | (395) | (1,175) |\n| Net flow | 30 | 20 | 35 | 85 |\n| Opening cash | 210 | 240 | 260 | 210 |\n",
            &[],
        );
    }

    #[test]
    fn quarters_sum_to_their_year_for_flows_only() {
        says(
            "| $k | Q1 2031 | Q2 2031 | Q3 2031 | Q4 2031 | FY2031 |\n| Revenue | 101 | 112 | 123 | 134 | 470 |\n| Cost | 61 | 62 | 63 | 64 | 250 |\n| Profit | 40 | 50 | 60 | 70 | 320 |\n| Cash | 310 | 305 | 300 | 290 | 290 |\n",
            &["320: digit-typo"],
        );
    }

    #[test]
    fn averages_shares_and_ratios_are_no_sums() {
        says(
            "| | Units | Average price | Share |\n| A | 120 | 3.10 | 40% |\n| B | 180 | 2.40 | 60% |\n| Total | 300 | 2.68 | 100% |\n",
            &[],
        );
    }

    #[test]
    fn a_lawful_table_that_does_not_sum() {
        says(
            "| $m | 2030 | 2031 |\n| Total revenue | 812 | 904 |\n| Operating income | 120 | 131 |\n| Total assets | 2,310 | 2,508 |\n| Total debt | 400 | 380 |\n",
            &[],
        );
    }
}
