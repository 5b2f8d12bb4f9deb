//! What is found of stated ratios, and what is not.

use super::RatioMismatch;
use crate::footing::tests::check;

#[track_caller]
fn says(text: &str, expected: &[&str]) {
    check(&RatioMismatch, text, expected);
}

#[test]
fn shares_of_what_was_counted_before() {
    let donors = |share: &str| {
        format!(
            "# 2024\n\nWe counted 18,246 donors (2023: 16,905), who gave €187 on average.\n\n- 7,319 of them, {share}, give every month.\n"
        )
    };
    says(&donors("40.1%"), &[]);
    says(&donors("41.0%"), &["41.0%: transposed-digits"]);
    // Of the donors of the year before.
    says(&donors("43.3%"), &[]);
}

#[test]
fn shares_of_a_metric() {
    let pay =
        |text: &str| format!("# May 2025\n\n{text}\n\n| £k | May 2025 |\n| Pay | 33,990 |\n| Deposits | 14,972 |\n");
    says(&pay("Agency cost £905k, down from £948k the month before and now 2.7% of pay."), &[]);
    says(&pay("Agency cost £905k, down from £948k the month before and now 3.7% of pay."), &["3.7%"]);
    says(&pay("Deposits grew to £14.97m. They fund 45.0% of pay."), &["45.0%: digit-typo"]);
    says(&pay("Deposits grew to £14.97m. They fund 44.0% of pay."), &[]);
    // Of something else, plainly.
    says(&pay("Agency cost £905k, and nurses cost 12.0% of pay."), &[]);
}

#[test]
fn cover_of_the_amount_before() {
    let cover = |share: &str| {
        format!(
            "EUR 5.05m of loans are more than 30 days past due. The allowance of EUR 6.12m covers {share} of them.\n"
        )
    };
    says(&cover("121%"), &[]);
    says(&cover("131%"), &["131%: digit-typo"]);
    says("EUR 5.05m of EUR 148.6m is past due. The allowance of EUR 6.12m covers 131% of it.\n", &[]);
}

#[test]
fn shares_listed_behind_their_parts() {
    let channels = |shares: &str| {
        format!("Brokers brought £158.2m, our branches £38.9m and the website £17.5m, that is {shares} respectively.\n")
    };
    says(&channels("74%, 18% and 8%"), &[]);
    says(&channels("74%, 22% and 8%"), &["22%"]);
    // Of something else.
    says(&channels("12%, 22% and 8%"), &[]);
}

#[test]
fn shares_of_one_whole_listed_by_name() {
    let shares = |shares: &str| {
        format!(
            "# FY2025\n\nFees, grants and rent make up {shares} of income, respectively.\n\n| £000 | FY2025 |\n| Fees | 6,100 |\n| Grants | 3,000 |\n| Rent | 900 |\n| Income | 10,000 |\n"
        )
    };
    says(&shares("61%, 30% and 9%"), &[]);
    says(&shares("61%, 30% and 12%"), &["12%"]);
    // Of another time or whole.
    says(&shares("55%, 36% and 9%"), &[]);
}

#[test]
fn shares_listed_before_the_names_of_their_parts() {
    let shares = |shares: &str| {
        format!(
            "# Q2 2031\n\nThe pipeline is €2.5m: {shares}.\n\n| Pipeline, €m | Q2 2031 |\n| Signed | 1.25 |\n| In talks | 0.88 |\n| New | 0.37 |\n| Total | 2.50 |\n"
        )
    };
    says(&shares("50% signed, 35% in talks and 15% new"), &[]);
    says(&shares("50% signed, 38% in talks and 15% new"), &["38%"]);
    // They divide nothing.
    says(&shares("50% signed, 38% in talks and 65% new"), &[]);
}

#[test]
fn multiples_of_what_was_said_before() {
    let multiple = |text: &str| {
        format!(
            "# Q2 2025\n\n- Net debt was €96.4m, down from €112.7m.\n- {text}\n\n| €m | Q2 2025 |\n| Net debt | 96.4 |\n"
        )
    };
    says(&multiple("That is 2.3x EBITDA of €42.4m."), &[]);
    says(&multiple("That is 2.7x EBITDA of €42.4m."), &["2.7x"]);
    // Of a debt that is not the one before.
    says(&multiple("Gross debt is 4.7x EBITDA of €42.4m."), &[]);
}

#[test]
fn multiples_of_what_is_named() {
    let debt = |text: &str| {
        format!("# May 2025\n\n| €k | May 2025 |\n| Net debt | (148,300) |\n| Operating surplus | 3,171 |\n\n{text}\n")
    };
    says(&debt("Net debt was 2.3x EBITDA of €69.8m for the last twelve months. Our covenant is 3.5x."), &["2.3x"]);
    says(&debt("Net debt was 2.1x EBITDA of €69.8m for the last twelve months. Our covenant is 3.5x."), &[]);
    says(&debt("Our covenant on net debt was 2.3x EBITDA of €69.8m."), &[]);
    says(&debt("The limit for net debt in the covenants was 2.3x EBITDA of €69.8m."), &[]);
    let cover = |ratio: &str| {
        debt(&format!(
            "Cover, that is operating surplus over interest payable of €1,684k, was {ratio}; the covenant is 1.25x."
        ))
    };
    says(&cover("2.1x"), &["2.1x"]);
    says(&cover("1.9x"), &[]);
}

#[test]
fn multiples_and_unit_costs() {
    says(
        "Net debt of EUR 12.9 million corresponds to 2.6 times the EBITDA of the last year, EUR 4.48 million.\n",
        &["2.6 times"],
    );
    says("Net debt of EUR 12.9 million corresponds to 2.9 times the EBITDA of the last year, EUR 4.48 million.\n", &[]);
    says("ARR per customer averaged $65.7k ($67.2m over 1,184 customers).\n", &["$65.7k: transposed-digits"]);
    says("ARR per customer averaged $56.7k ($67.2m over 1,184 customers); it was $53.2k in May.\n", &[]);
    says("Renewals were 19.4% of the total, not the 18.4% ($6.2m of $33.7m) of last year.\n", &[]);
    says("Of 13 grants applied for, 6 were won (54%).\n", &["54%"]);
    says("Of 13 grants applied for, 6 were won (46%).\n", &[]);
    says("The worth of 13 grants was cut, 6 were won (54%).\n", &[]);
    says("The win rate was 30%: 31 of 114 opportunities.\n", &["30%"]);
    // 3.1k may be 3,149, and 11.4k 11,351.
    says("The win rate was 27.6%: 3.1k of 11.4k opportunities.\n", &[]);
    says("Renewals came to 14.8% ($6.2m of $33.7m).\n", &["14.8%: transposed-digits"]);
    says(
        "Tuck shop profit of £5.7m was 14.5% of takings of £49.8m; a year ago it was £4.6m.\n",
        &["14.5%: digit-typo"],
    );
    says("Tuck shop profit of £5.7m was 11.4% of takings of £49.8m.\n", &[]);
    says("Sales were £158.2m, £38.9m and £17.5m (prior year 74%, 18% and 9%).\n", &[]);
    says("Sales were £158.2m, £38.9m and £17.5m, that is 74%, 18% and 9%.\n", &["9%"]);
    says("Tuck shop profit of £5.7m, 14.5% of takings (£49.8m).\n", &["14.5%: digit-typo"]);
    says("Tuck shop profit of £5.7m was 14.5% of takings and of £49.8m.\n", &[]);
    says("Tuck shop profit was £5.7m. A share of 14.5% of takings of £49.8m went elsewhere.\n", &[]);
    says("Renewals came to 14.8% ($6.2m of $33.7m in hardware).\n", &["14.8%: transposed-digits"]);
    says("Renewals came to 14.8% ($6.2m of $33.7m, before churn).\n", &[]);
    says("We raised $65.7k ($67.2k over 3 rounds).\n", &[]);
    says("Net debt rose to £23.6m, 2.1 times LTM EBITDA of £11.2m.\n", &[]);
    says("Net debt rose to £23.6m, 2.6 times LTM EBITDA of £11.2m.\n", &["2.6 times"]);
    says("Marketing of £1,265k bought 41,300 new buyers, a CAC of £30.63.\n", &[]);
    says("Marketing of £1,265k bought 41,300 new buyers, a CAC of £36.03.\n", &["£36.03: transposed-digits"]);
}

#[test]
fn ratios_beside_their_operands() {
    for (text, right, wrong, found) in [
        ("1,845 pupils for 271 teachers: {} pupils per teacher.", "6.8", "7.8", "7.8"),
        ("We have 1,845 pupils and 271 teachers, a ratio of {} to one.", "6.8", "7.8", "7.8"),
        ("We have 271 teachers and 193 assistants. With 1,845 pupils that is {} per teacher.", "6.8", "7.8", "7.8"),
        (
            "Fee income of £31,320k from 812 fee earners is {} a head.",
            "£38.6k",
            "£36.8k",
            "£36.8k a head: transposed-digits",
        ),
        (
            "With 871 people and revenue of $46.1M, revenue per head is {}.",
            "$52.9k",
            "$59.2k",
            "$59.2k: transposed-digits",
        ),
        ("Marketing spent £1.26m to win 4,130 customers, {} each.", "£305", "£350", "£350: transposed-digits"),
        ("EBITDA was £18.4m and net debt £38.6m, leverage of {}.", "2.1x", "2.7x", "2.7x"),
        ("EBITDA of £18.4m on revenue of £112.0m is a margin of {}.", "16.4%", "14.6%", "14.6%: transposed-digits"),
        ("On revenue of £112.0m we made EBITDA of £18.4m, a {} margin.", "16.4%", "14.6%", "14.6%: transposed-digits"),
        ("EBITDA was £18.4m, {} of revenue of £112.0m.", "16.4%", "14.6%", "14.6%: transposed-digits"),
        ("Interest of £4.2m was covered {} by EBITDA of £18.4m.", "4.4 times", "4.9 times", "4.9 times"),
        ("EBITDA of £18.4m covered interest of £4.2m {}.", "4.4 times", "4.9 times", "4.9 times"),
        ("Cash of $75.2M at a burn of $2.9M a month gives {} of runway.", "26 months", "29 months", "29 months"),
        ("{} of cases (371 of 412) were on time.", "90%", "94%", "94%"),
        ("371 of 412 cases were on time: {}.", "90%", "94%", "94%"),
        (
            "We closed April with 212 residents in 234 beds, an occupancy of {}.",
            "90.6%",
            "96.0%",
            "96.0%: transposed-digits",
        ),
        ("Of £9.4m raised, £2.1m ({}) was from legacies.", "22%", "27%", "27%"),
        ("Of the 64 opportunities that closed we won {}, that is 19.", "30%", "32%", "32%"),
        ("$18.9M, or {}, of the $46.1M came from ten customers.", "41%", "44%", "44%"),
        ("The cost per patient was {}: £1,236k for 3,000 patients.", "£412", "£421", "£421: transposed-digits"),
    ] {
        says(&text.replace("{}", right), &[]);
        says(&text.replace("{}", wrong), &[found]);
    }
}

#[test]
fn ratios_before_their_operands() {
    for (text, right, wrong, found) in [
        ("The loan-to-value ratio is {}: loans of £31m on property of £50m.", "62%", "26%", "26%: transposed-digits"),
        ("Gearing is {}, with debt of £19m and assets of £50m.", "38%", "83%", "83%: transposed-digits"),
        ("Interest cover was {} (EBITDA £18.4m, interest £4.2m).", "4.4x", "4.9x", "4.9x"),
        ("Of 212 audits, 187 passed, {}.", "88%", "98%", "98%"),
    ] {
        says(&text.replace("{}", right), &[]);
        says(&text.replace("{}", wrong), &[found]);
    }
}

#[test]
fn numbers_that_are_no_operands() {
    for text in [
        "Revenue of £5.0m against £4.1m a year ago, a gross margin of 78%.\n",
        "Fewer claims (1,204 against 1,318) at a higher average cost (£3,120 against £2,940) left the loss ratio at 64.1%.\n",
        "Revenue rose to £5.0m from £4.1m, a margin of 78%.\n",
        "All but 4 of the 16 sites, 75%, are certified.\n",
        "We spent £1.26m on 4,130 customers, £20 each on average by post.\n",
        "Of £9.4m raised, £2.1m (up 20%) was from legacies.\n",
        "We have 1,845 pupils and 271 teachers, a growth of 7.8.\n",
        "Sales of £4.2m were made by 12 people, up 35% a head.\n",
    ] {
        says(text, &[]);
    }
}

#[test]
fn margins_of_sales_that_are_not_stated() {
    for text in [
        "After costs of £91,310 the cafés contributed £30,205, a margin of 24.9%.\n",
        "The cafés contributed £41,245 in May and £113,985 in the quarter, a margin of 28.6%.\n",
        "Profit was £2.1m in the north and £3.4m in the south, a margin of 11.2%.\n",
        "We earned £41,245 and £113,985, a 28.6% margin.\n",
    ] {
        says(text, &[]);
    }
    says("Takings of £121,515 left the cafés with £30,205, a margin of 42.9%.\n", &["42.9%: transposed-digits"]);
    says("Takings of £121,515 left the cafés with £30,205, a margin of 24.9%.\n", &[]);
    says("Dues of £7.0m are 6.3% of the society's £131.3m.\n", &["6.3%"]);
    says("Dues of £7.0m are 5.3% of the society's £131.3m.\n", &[]);
}

#[test]
fn shares_of_rows_that_the_sentence_names() {
    let costs = |text: &str| {
        format!(
            "# May 2025\n\n| £k | May 2025 |\n| Revenue | 4,860 |\n| Staff costs | 980 |\n| Rent | 110 |\n\n{text}\n"
        )
    };
    says(&costs("Staff costs were 20.2% of revenue."), &[]);
    says(&costs("Staff costs were 22.0% of revenue."), &["22.0%: transposed-digits"]);
    says(&costs("Agency staff costs were 22.0% of revenue."), &[]);
    says(&costs("Staff costs rose and were, with agency, 22.0% of revenue."), &[]);
    says(&costs("Marketing was £110k, 2.3% of revenue."), &[]);
    says(&costs("Marketing was £110k, 3.2% of revenue."), &["3.2%: transposed-digits"]);
    says(&costs("Marketing costs of £110k are 3.2% of revenue."), &["3.2%: transposed-digits"]);
    says("We have drawn £36m of the £50m facility, 62% of it.\n", &["62%"]);
    says("We have drawn £36m of the £50m facility, 72% of it.\n", &[]);
}

#[test]
fn amounts_per_unit_of_two_rows() {
    let fees =
        |text: &str| format!("# May 2025\n\n| | May 2025 |\n| NFI (£k) | 31,320 |\n| Fee earners | 812 |\n\n{text}\n");
    says(&fees("NFI per fee earner was £38.6k."), &[]);
    says(&fees("NFI per fee earner was £36.8k."), &["£36.8k: transposed-digits"]);
    // On an average of the year, say.
    says(&fees("NFI per fee earner was £39.9k."), &[]);
    says(&fees("Perm NFI per fee earner was £36.8k."), &[]);
}
