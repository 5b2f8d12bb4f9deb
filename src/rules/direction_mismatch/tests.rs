//! Words against numbers: what is contradicted, and what is not.

mod sourced;
mod swapped;
mod turns;

use super::DirectionMismatch;
use crate::footing::tests::check;
use crate::rules::Rule;
use crate::rules::examples::Binder;

#[test]
fn outcomes_and_plans_of_one_sentence() {
    let says = |performance: &str, expected: &[&str]| {
        let table = "| | Oct 2025 | Sep 2025 |\n| Bed occupancy | 74.6% | 75.8% |\n| Surplus | (3.1) | (2.0) |\n| Planned surplus | (0.9) | (0.5) |\n";
        check(&DirectionMismatch, &format!("# October 2025\n\n{performance}\n\n{table}"), expected);
    };
    says("Bed occupancy was 74.6% (75.8% in September), ahead of the trajectory of 76.0%.", &["ahead"]);
    says("Bed occupancy was 74.6% (75.8% in September), short of the trajectory of 76.0%.", &[]);
    says("Bed occupancy rose 1.2pp.", &["rose"]);
    says("Bed occupancy fell 1.2pp.", &[]);
    says("Bed occupancy rose 1.4pp.", &[]);
    says("Bed occupancy came down to 74.6% from 75.8% as planned, well above the 70.0% target.", &[]);
    says("Turnover was £2,210k against a budget of £2,600k, so we beat budget by £390k.", &["beat"]);
    says("Turnover was £2,610k against a budget of £2,600k, so we beat budget by £10k.", &[]);
    says("Turnover was £2,210k against a budget of £2,600k. Nurses beat budget.", &[]);
    says("Payroll came to £2,210k against a budget of £2,600k, so we beat budget.", &[]);
    says("Turnover was £2,210k against a budget of £2,600k, and above plan in Europe.", &[]);
    says("Referrals doubled from 2,210 to 2,600.", &["doubled"]);
    says("Referrals more than doubled to 4,600, from 2,210.", &[]);
    says("Referrals almost halved from 2,210 to 1,180.", &[]);
    says("Referrals rose from 2,600 to 2,210.", &["rose"]);
    says("Referrals declined to 2,210 from 2,600.", &[]);
}

#[test]
fn favourable_is_up_of_what_should_be_high() {
    let says = |word: &str, income: &str, expected: &[&str]| {
        let text = format!(
            "# October 2025\n\nFee income was {word} to budget by $544K.\n\n| $K | Actual | Budget |\n| Fee income | {income} | 19,480 |\n"
        );
        check(&DirectionMismatch, &text, expected);
    };
    says("favourable", "18,936", &["favourable"]);
    says("unfavourable", "18,936", &[]);
    says("favourable", "20,024", &[]);
}

/// A sentence of which no table says anything.
#[track_caller]
fn alone(text: &str, expected: &[&str]) {
    check(&DirectionMismatch, &format!("# October 2025\n\n- {text}\n"), expected);
}

/// How many words of a sentence do not fit its numbers.
fn found(text: &str) -> usize {
    let mut findings = Vec::new();
    DirectionMismatch.check(&Binder::of(&format!("# October 2025\n\n- {text}\n")).bound(), &mut findings);
    findings.len()
}

#[test]
fn numbers_that_nothing_names() {
    alone("30+ days past due eased to 3.4% from 3.1%.", &["eased"]);
    alone("30+ days past due eased to 3.1% from 3.4%.", &[]);
    alone("Beef and packaging fell 60 bps to 29.7% of sales from 29.1%: mostly beef.", &["fell"]);
    alone("Beef and packaging fell 60 bps to 29.1% of sales from 29.7%: mostly beef.", &[]);
    alone("Net leverage down to 2.35x from 2.27x at March 31.", &["down"]);
    alone("We reduced the number of open posts to 48 from 41.", &["reduced"]);
    alone("Churn was 2.4%, down from 2.1% a year ago.", &["down"]);
    alone("Churn was 2.4%, up 0.3 points from 2.1%.", &[]);
    alone("Sales came to $8.4M in the month, down 12% on last year's $7.5M.", &["down"]);
    alone("Sickness absence worsened to 4.1% from 4.6%.", &["worsened"]);
    alone("Sickness absence improved to 4.1% from 4.6%.", &[]);
    alone("The mix improved to 41% from 46%.", &[]);
    alone("The compliance risk index improved to 1.87 from 2.31.", &[]);
    alone("We closed the quarter at 1,204 customers, well ahead of our target of 1,250.", &["ahead"]);
    alone("The spread widened from 340 bps to 310 bps.", &["widened"]);
    // Numbers one step apart, each rounded.
    alone("Deposits edged up to $3.14B from $3.15B at the end of June.", &["up"]);
    alone("Deposits edged up to $3.15B from $3.15B at the end of June.", &[]);
    alone("Postage halved from £1.9m in the first quarter to £3.9m in the second.", &["halved"]);
    alone("Postage halved from £3.9m in the first quarter to £1.9m in the second.", &[]);
}

#[test]
fn plans_that_nothing_names() {
    alone("Four-hour performance was 74.6% (75.8% in September), ahead of the trajectory of 76.0%.", &["ahead"]);
    alone("Four-hour performance was 76.6% (75.8% in September), ahead of the trajectory of 76.0%.", &[]);
    alone("Room sales finished ahead of budget at $145.6M, against $146.4M.", &["ahead"]);
    alone("Room sales finished short of budget at $145.6M, against $146.4M.", &[]);
    alone("Fee income of $26.1 million was in excess of the $27.5 million budgeted.", &["excess"]);
    alone("Fee income of $28.1 million was in excess of the $27.5 million budgeted.", &[]);
    alone("Fee income of $26.1 million was better than the $27.5 million budgeted.", &["better"]);
    alone("Fee income of $26.1 million was worse than the $27.5 million budgeted.", &[]);
    alone("Attrition of 4.1% was better than the 4.6% budgeted.", &[]);
    alone("Median turnaround was 18.4 hours, slower than the 19.0 hours we budgeted.", &["slower"]);
    alone("Median turnaround was 18.4 hours, faster than the 19.0 hours we budgeted.", &[]);
    alone("Bookings of $4.1M beat the $4.3M we planned.", &["beat"]);
    alone("Bookings of $4.1M were above budget ($4.3M).", &["above"]);
    alone("Bookings were $4.6M, adrift of the target of $4.3M.", &["adrift"]);
    alone("Bookings of $4.1M were below the budget of $4.3M.", &[]);
    alone("Lettings were $4.6M, trailing the budget of $4.3M.", &["trailing"]);
    alone("Lettings were $4.1M, lagging the budget of $4.3M.", &[]);
    alone("Earnings of $4.1M beat the $4.3M we planned.", &["beat"]);
    // The stop of an abbreviation parts no subject.
    alone("Costs (incl. rent) were £44.8m against a budget of £46.1m: better.", &[]);
    alone("Staff costs excl. fees were £44.8m against a budget of £46.1m: better.", &[]);
    // By how much an outcome differs is no outcome.
    alone("Bookings came to $4.6M, $0.3M over the budget of $4.3M.", &[]);
    alone("Bookings did well: $0.3M over the budget of $4.3M.", &[]);
}

#[test]
fn what_should_be_low_is_ahead_of_its_plan_either_way() {
    for text in [
        "Churn was 2.1%, ahead of the target of 2.5%.",
        "The combined ratio was 94.1%, ahead of the target of 95.0%.",
        "The deficit of £3.1m was ahead of the plan of £3.4m.",
        "Bookings of $4.1M were ahead of budget by $4.3M of services.",
    ] {
        alone(text, &[]);
    }
    let churn = "Churn was 2.1% in October, ahead of the target of 2.5%.\n\n| | Oct 2025 |\n| Churn | 2.1% |\n";
    check(&DirectionMismatch, &format!("# October 2025\n\n{churn}"), &[]);
}

#[test]
fn numbers_of_two_things() {
    for text in [
        // Lists, brackets, clauses, losses, ranks, ratios, and a scale that is written once.
        "Texas and Ohio rose to $5M and $4M from $6M and $3M.",
        "ARR was $62M (services $4M), up from $50M.",
        "Sales fell as the price of beef went to $5.1 a pound from $4.2.",
        "Costs fell and we upgraded 45 sites to 48 from 40.",
        "The result fell to a loss of $3.2M from a profit of $1.2M.",
        "We rose to 4 from 7 in the ranking, a league of 20.",
        "Our ranking rose to 4 from 7.",
        "Growth slowed to 5% from 7%.",
        "The rise in the price of beef took the margin to 14.1% from 15.3%.",
        "Sales climbed whereas the price was £41 against £44 in June.",
        "The waiting list grew whereas complaints were 41 (June: 48).",
        "Revenue rose 12% year on year to $56M, against $60M in Q2.",
        "Staff per child fell from 1:4 to 1:6.",
        "The price rose to $3.2 from $2.9 million.",
        "Sites rose to 14 countries from 20 partners.",
        "Revenue of $4M rose on plans of $5M, from $3M.",
    ] {
        alone(text, &[]);
    }
}

#[test]
fn what_is_said_of_a_named_metric_without_an_amount() {
    let says = |text: &str, expected: &[&str]| {
        let table = "| £k | Actual | Budget | Prior year |\n| Fee income | 4,812 | 4,750 | 4,391 |\n| Grant income | 1,206 | 1,240 | 1,188 |\n| Agency costs | 418 | 395 | 442 |\n| Staff costs | 3,140 | 3,165 | 2,982 |\n| Surplus | (388) | (210) | 297 |\n";
        check(&DirectionMismatch, &format!("# Report, May 2025\n\n{text}\n\n{table}"), expected);
    };
    says("Fee income was behind budget.", &["behind"]);
    says("Fee income was ahead of budget.", &[]);
    says("Fee income missed budget in the month.", &["missed"]);
    says("Fee income came in well below budget at £4,812k.", &["below"]);
    says("At £4,812k, fee income is well short of budget (£4,750k).", &["short"]);
    says("Agency costs were under budget, at £418k.", &["under"]);
    says("Agency costs were over budget, at £418k.", &[]);
    says("Staff costs were over budget.", &["over"]);
    says("Grant income is running ahead of budget, but fee income is behind plan.", &["ahead"]);
    says("The surplus was ahead of budget.", &["ahead"]);
    says("The surplus was behind budget.", &[]);
    says("Agency costs are up on last year.", &["up"]);
    says("Agency costs are down on last year.", &[]);
    says("Staff costs were lower than last year.", &["lower"]);
    for text in [
        // Of other times, parts, footings, and of what is not said.
        "Fee income was behind budget in April.",
        "Fee income was behind budget for the third month running.",
        "Fee income was not behind budget.",
        "Fee income is expected to be behind budget.",
        "Underlying fee income was behind budget.",
        "In retail, fee income was behind budget.",
        "In retail costs rose and fee income was behind budget.",
        "Fee income per head was behind budget.",
        "Fee and grant income were behind budget.",
        "Fee income was behind budget assumptions.",
        "Fee income for the year to date is behind budget.",
        "Staff costs were ahead of budget.",
        "The bidder for fee income was behind budget.",
    ] {
        says(text, &[]);
    }
}

#[test]
fn what_is_lower_than_its_plan() {
    let says = |stock: &str, expected: &[&str]| {
        let table = "| £m | Sep 2025 | Budget |\n| Stock | 99.4 | 101.0 |\n| Debt | 88.0 | 84.0 |\n";
        check(&DirectionMismatch, &format!("# September 2025\n\n{stock}\n\n{table}"), expected);
    };
    says("Stock closed lower than plan at £99.4m (budget: £101.0m).", &[]);
    says("Stock closed higher than plan at £99.4m (budget: £101.0m).", &["higher"]);
}

#[test]
fn what_is_said_of_a_part() {
    let says = |text: &str, expected: &[&str]| {
        let table = "| Revenue, £m | Q3 FY25 | Q3 FY24 |\n| On-trade | 26.1 | 24.2 |\n| Off-trade | 15.4 | 15.9 |\n| Total | 41.5 | 40.1 |\n";
        check(&DirectionMismatch, &format!("# Q3 FY25\n\n{table}\n{text}\n"), expected);
    };
    says("Off-trade revenue was up on last year.", &["up"]);
    says("Off-trade revenue was down on last year.", &[]);
    says("Off-trade was up on last year.", &["up"]);
    says("Off-trade volumes were up on last year.", &[]);
    says("Off-trade revenue rose year on year, as did on-trade.", &["rose"]);
    says("Off-trade revenue fell year on year.", &[]);
    says("Off-trade revenue rose quarter on quarter.", &[]);
    says("Off-trade prices and on-trade revenue were up on last year.", &[]);
    says("On-trade and Off-trade were up on last year.", &[]);
}

#[test]
fn numbers_with_their_times() {
    alone("The backlog grew to 412 cases (prior quarter: 455).", &["grew"]);
    alone("The backlog shrank to 412 cases (prior quarter: 455).", &[]);
    alone("The backlog grew to 412 cases (target: 455).", &[]);
    alone("Open vacancies are up at 31, against 38 in June.", &["up"]);
    alone("Open vacancies are up at 31, against 38 budgeted.", &[]);
    alone("Staff turnover has risen, from 14.2% to 12.9%.", &["risen"]);
    alone("Revenue of $46.1M was down from $44.8M in August.", &["down"]);
    alone("Overdue rent was £46.1k, higher than the £48.8k of August.", &["higher"]);
    alone("Yield weakened to 5.4% (2024: 5.1%).", &["weakened"]);
    alone("Yield weakened to 5.4% (2024: 5.6%).", &[]);
}

#[test]
fn movements_of_which_nobody_says_from_what() {
    let says = |text: &str, expected: &[&str]| {
        let table = "| | Q2 2025 | Q1 2025 | Q2 2024 |\n| Median wait (days) | 46 | 49 | 52 |\n| Referrals | 8,412 | 8,145 | 7,960 |\n| Vacancies | 88 | 94 | 80 |\n";
        check(&DirectionMismatch, &format!("# Report, Q2 2025\n\n{text}\n\n{table}"), expected);
    };
    says("The median wait rose to 46 days.", &["rose"]);
    says("The median wait fell to 46 days.", &[]);
    says("Vacancies rose to 88.", &[]);
    says("After the winter referrals fell to 8,412 in June 2025.", &[]);
    says("Referrals did not fall to 8,412.", &[]);
    says("Referrals fell by 267.", &["fell"]);
    says("Referrals rose by 267.", &[]);
    says("Referrals fell by 120.", &[]);
    says("Referrals less 267 were private.", &[]);
}

#[test]
fn plans_and_multiples_in_more_words() {
    alone("Spend was £418k against a budget of £395k, £23k under.", &["under"]);
    alone("Spend was £418k against a budget of £395k, £23k over.", &[]);
    alone("Attendance of 3,120 was ahead of the 3,400 expected.", &["ahead"]);
    alone("Income of £5.1m fell short of the £4.9m budget.", &["short"]);
    alone("Costs of £4.4m were over the £4.6m budget.", &["over"]);
    alone("Costs of £4.4m were over three years in the £4.6m making.", &[]);
    alone("Complaints halved, from 48 to 39.", &["halved"]);
    alone("Complaints more than halved to 21 from 48.", &[]);
    alone("Complaints more than halved to 31 from 48.", &["halved"]);
    alone("Complaints almost halved to 26 from 48.", &[]);
}
