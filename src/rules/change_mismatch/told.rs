//! Sentences that state a change with both its figures: each as it is right, and with one number that is wrong.

use super::ChangeMismatch;
use crate::rules::examples::{assert_found_when_replaced, assert_silent};

/// The sentence, a number of it, what stands there instead when it is wrong.
const TOLD: &[(&str, &str, &str)] = &[
    // The time stands between the subject and the verb, or anywhere else.
    (
        "Revenue for the second quarter of 2026 increased 53%, or $8.8 million, to $25.4 million compared to $16.6 million for the second quarter of 2025.",
        "53%",
        "63%",
    ),
    (
        "Revenue for the second quarter of 2026 increased 53%, or $8.8 million, to $25.4 million compared to $16.6 million for the second quarter of 2025.",
        "$8.8 million",
        "$9.8 million",
    ),
    ("Revenue in 2025 increased 53% to $25.4 million compared to $16.6 million in 2024.", "53%", "45%"),
    ("Revenue in 2025 increased by 53% to $25.4 million from $16.6 million in 2024.", "53%", "45%"),
    (
        "Total revenue for fiscal 2025 was $25.4 million, an increase of 53% compared to $16.6 million for fiscal 2024.",
        "53%",
        "43%",
    ),
    (
        "Service revenue for the three months ended June 30, 2026 decreased 12% to $14.6 million, compared to $16.6 million for the three months ended June 30, 2025.",
        "12%",
        "21%",
    ),
    (
        "Operating expenses for Q3 2025 rose $2.4 million, or 14%, to $19.0 million from $16.6 million in Q3 2024.",
        "14%",
        "24%",
    ),
    (
        "Operating expenses for Q3 2025 rose $2.4 million, or 14%, to $19.0 million from $16.6 million in Q3 2024.",
        "$2.4 million",
        "$4.2 million",
    ),
    (
        "Gross profit during 2025 grew 20% year over year to $12.0 million, compared with $10.0 million in 2024.",
        "20%",
        "30%",
    ),
    (
        "Interest cost in the first half of 2025 fell by $0.4 million, or 20%, to $1.6 million versus $2.0 million in the first half of 2024.",
        "20%",
        "30%",
    ),
    (
        "In 2025, subscription revenue increased 15% to $115.0 million as compared to $100.0 million in 2024.",
        "15%",
        "25%",
    ),
    ("Headcount at the end of March increased 10% to 330 people compared to 300 people a year earlier.", "10%", "16%"),
    (
        "Net sales for the year ended 31 December 2025 declined 8% from the prior year to £46.0m, compared to £50.0m in the prior year.",
        "8%",
        "18%",
    ),
    ("Rental income increased 6% in the quarter, to €5.3m, from €5.0m in the same quarter of last year.", "6%", "9%"),
    (
        "For the first quarter of 2026, billings were $60.0 million, up 20% year-over-year compared to $50.0 million in the first quarter of 2025.",
        "20%",
        "30%",
    ),
    (
        "Net loss for the second quarter of 2026 decreased 10% to $9.0 million compared to a net loss of $10.0 million for the second quarter of 2025.",
        "10%",
        "20%",
    ),
    (
        "Research and development expense in 2025 increased $1.0 million to $6.0 million compared to $5.0 million in 2024.",
        "$1.0 million",
        "$2.0 million",
    ),
    // The amount and the growth with no comma before `to`.
    (
        "Interest expense increased 27% or $6,290 to $29,664 for the year ended 2025 compared to $23,374 for 2024.",
        "27%",
        "37%",
    ),
    (
        "Interest expense increased 27% or $6,290 to $29,664 for the year ended 2025 compared to $23,374 for 2024.",
        "$6,290",
        "$6,920",
    ),
    (
        "Cost of product revenue decreased 25% or $1,000 to $3,000 for the three months ended June 30, 2025 as compared to $4,000 for the three months ended June 30, 2024.",
        "25%",
        "35%",
    ),
    ("Other costs rose by 20% or $2.0 million to $12.0 million from $10.0 million.", "20%", "30%"),
    ("Other costs rose $2.0 million or 20% to $12.0 million from $10.0 million.", "20%", "30%"),
    ("Other costs rose $2.0 million (20%) to $12.0 million, compared with $10.0 million.", "20%", "30%"),
    ("Other costs rose 20% ($2.0 million) to $12.0 million, against $10.0 million.", "20%", "30%"),
    // Brackets and asides.
    ("Venture funding dropped 42% ($5.2B in 2023 compared to $8.9B in 2022).", "42%", "61%"),
    ("Venture funding dropped 42% (from $8.9B to $5.2B).", "42%", "61%"),
    ("Venture funding dropped 42% in 2023 (from $8.9B in 2022 to $5.2B).", "42%", "61%"),
    ("Venture funding dropped 42% ($5.2B vs. $8.9B).", "42%", "61%"),
    ("There was a 31% decrease in transactions, from 180 in 2022 to 124 in 2023.", "31%", "41%"),
    ("We saw a 31% decrease in transactions from 180 in 2022 to 124 in 2023.", "31%", "41%"),
    ("Series A raised $1.3B across 46 deals in 2023, down 69% from $4.2B across 96 deals in 2022.", "69%", "52%"),
    ("Series A raised $1.3B over 46 deals, a 69% decrease from $4.2B over 96 deals.", "69%", "52%"),
    (
        "Money for Series B rounds dropped by 69%. It was $1.3B across 46 deals in 2023, down from $4.2B across 96 deals.",
        "69%",
        "52%",
    ),
    ("Funding saw a 69% drop. It was $1.3B across 18 deals in 2023, compared to $4.2B across 45 deals.", "69%", "60%"),
    ("Ticket sales grew 20%. They went from £10.0k to £12.0k.", "20%", "30%"),
    ("Complaints fell 25% in the year – from 80 to 60.", "25%", "15%"),
    ("A 25% fall in complaints, from 80 to 60, was welcome.", "25%", "15%"),
    ("Costs increased by 20% [from €5.0m to €6.0m].", "20%", "30%"),
    // Hedges leave room, but not for everything.
    ("Funding fell by about 30% to $10.6B in 2023 from $15.1B in 2022.", "30%", "50%"),
    ("Funding fell by about 33% to $10.6B in 2023 from $15.1B in 2022.", "33%", "55%"),
    ("Revenue in 2025 increased approximately 50% to $25.4 million compared to $16.6 million in 2024.", "50%", "85%"),
    ("Revenue grew roughly 50% to $25.4 million from $16.6 million.", "50%", "90%"),
    ("Revenue grew nearly 55% to $25.4 million from $16.6 million.", "55%", "75%"),
    ("Revenue grew ~53% to $25.4 million from $16.6 million.", "53%", "83%"),
    ("Total money for seed rounds dropped by about 69%. It was $1.3B in 2023, down from $4.2B.", "69%", "45%"),
    ("Revenue grew more than 50% to $25.4 million from $16.6 million.", "50%", "60%"),
    ("Revenue grew 53% to about $25.4 million from about $16.6 million.", "53%", "73%"),
    ("Complaints fell by about 25%, from 80 to 60.", "25%", "45%"),
    // An outcome, its budget, and by how much they differ.
    (
        "Total revenue was $453.2K as compared to the budget of $290.9K. The results are better by $162.3K.",
        "$162.3K",
        "$126.3K",
    ),
    (
        "Total revenue, YTD was $1,256.3K as compared to the budget of $1,201.2K. The results are BETTER by $55.1K, with conference income ahead.",
        "$55.1K",
        "$75.1K",
    ),
    (
        "Total spending is $465.4K which is LESS than the YTD expense budget of $485.5K by $20.1K due to events.",
        "$20.1K",
        "$30.1K",
    ),
    ("Income was $453.2K against a budget of $290.9K, a variance of $162.3K.", "$162.3K", "$126.3K"),
    ("Income was $453.2K versus the plan of $290.9K, a favourable variance of $162.3K.", "$162.3K", "$126.3K"),
    ("Income of £412,000 against a budget of £430,000, a shortfall of £18,000.", "£18,000", "£28,000"),
    ("Costs were €2.45m compared with a forecast of €2.30m, which is an overspend of €0.15m.", "€0.15m", "€0.25m"),
    ("Costs were €2.45m compared with a budget of €2.30m. This is €0.15m over budget.", "€0.15m", "€0.25m"),
    ("Costs were €2.45m compared with a budget of €2.30m. The variance is €0.15m.", "€0.15m", "€0.25m"),
    ("Costs were €2.45m compared with a budget of €2.30m. That is worse by €0.15m.", "€0.15m", "€0.25m"),
    ("Payroll in June came to $84,200 against the budget of $80,000; the variance was $4,200.", "$4,200", "$6,200"),
    ("Payroll in June came to $84,200 vs. a budget of $80,000 (a variance of $4,200).", "$4,200", "$6,200"),
    ("Sales of £3.40m were higher than the budget of £3.10m by £0.30m.", "£0.30m", "£0.50m"),
    ("Sales were £3.40m vs the target of £3.10m, or £0.30m better.", "£0.30m", "£0.50m"),
    ("Sales were £3.40m, compared to the target of £3.60m, so £0.20m short.", "£0.20m", "£0.40m"),
    ("Ticket sales grew 20% year over year. They were £12.0k in Q2 2025, compared to £10.0k in Q2 2024.", "20%", "30%"),
];

/// What is right, although another figure stands near.
const RIGHT: &[&str] = &[
    "Ticket sales for the group grew 20% from the prior year. They were £12.0k, down from £13.0k in the first quarter.",
    "Revenue in Q2 2026 grew 12% year over year to $25.4 million, compared to $24.1 million in Q1 2026.",
    "Revenue in Q2 2026 grew 12% from a year ago to $25.4 million, and compares with $24.1 million in the prior quarter.",
    "Revenue in 2025 increased 45% to $25.4 million compared to guidance of $24.0 million.",
    "Revenue in 2025 increased 45% to $25.4 million compared to a budget of $24.0 million.",
    "Organic revenue in 2025 increased 45% to $25.4 million compared to $16.6 million in 2024.",
    "Revenue in 2025 increased 45% at constant currency to $25.4 million compared to $16.6 million in 2024.",
    "Revenue and profit increased 45% and 12% to $25.4 million and $3.1 million compared to $16.6 million and $2.9 million, respectively.",
    "Revenue increased 45% to $25.4 million and profit to $3.1 million compared to $2.0 million.",
    "Revenue increased 45% to $25.4 million; the grant was $3.1 million compared to $2.0 million in 2024.",
    "Volumes fell 8%, while prices rose to $14.20 compared to $13.10 in 2024.",
    "Gross margin in 2025 increased 3% to 45% compared to 42% in 2024.",
    "Spending dropped 61% (travel $5.2m, training $8.9m).",
    "Funding dropped 61% (of $5.2B in 2023, $1.9B was debt).",
    "A 31% decrease in transactions took fees from $180k in 2022 to $124.4k in 2023.",
    "A 31% decrease in price, with volumes from 180 in 2022 to 224 in 2023.",
    "Deals fell by 52% in the year. The average was $28M, down from $44M.",
    "Deals fell by 52% to 46. It was $1.3B in 2023, down from $4.2B.",
    "Revenue grew by about 55% to $25.4 million from $16.6 million.",
    "Revenue grew by more than 50% to $25.4 million from $16.6 million.",
    "Revenue grew by over 25% to $25.4 million from $16.6 million.",
    "Costs are expected to fall by up to 60% to $9.0 million from $16.6 million.",
    "Revenue was $453.2K as compared to the budget of $290.9K. Expenses are better by $12.3K.",
    "Revenue was $453.2K as compared to the budget of $290.9K. The grant came in at $126.3K.",
    "Revenue was $453.2K as compared to the budget of $290.9K, with conferences ahead by $126.3K.",
    "Revenue was $453.2K as compared to the budget of $290.9K and $400.0K last year. The results are better by $53.2K.",
    "Revenue was $453.2K against a budget of $290.9K, a variance of which $126.3K is timing.",
    "Revenue was $453.2K against a budget of $290.9K, $126.3K of it from grants.",
    "Revenue was $453.2K against a budget of $290.9K. It is $12.3K better than in May.",
    "Costs of $90.0K and revenue of $453.2K were compared to the budget. It is better by $12.3K.",
    "The shortfall of $12.3K in March and a budget of $290.9K against $278.6K leave $40.0K.",
    "Costs were less than the budget of $485.5K by June, when $20.1K was left.",
    "Sales were £3.40m, compared to the target of £3.60m. Margin was a shortfall of £0.9m.",
    "Sales were £3.40m, compared to a full-year target of £13.60m, so £1.20m short for the half.",
    "Sales beat the budget of £3.10m by £0.30m; wages of £1.2m were over the budget of £1.0m.",
    "A budget of £3.10m, better by £0.30m than the £2.80m of 2024, is proposed against spending of £2.95m.",
    "Payroll came to $84.2K against the budget of $80.0K. The variance of $12.0K in travel is timing.",
];

#[test]
fn changes_with_both_figures() {
    assert_found_when_replaced(&ChangeMismatch, TOLD);
}

#[test]
fn changes_of_something_else() {
    assert_silent(&ChangeMismatch, RIGHT);
}
