//! What a metric is called for short.

use super::{YEARS, check_sourced, check_tabled};

/// A landlord and brewer that gives no synonyms.
const SOURCE: &str = "metric,period,scenario,segment,value,unit
total_income,FY2025-Q3,actual,,58200000,GBP
research_income,FY2025-Q3,actual,,8200000,GBP
current_tenant_arrears,FY2025-Q3,actual,,3468000,GBP
beer_duty,FY2025-Q3,actual,,9800000,GBP
tuition_fees,FY2025-Q3,actual,,19800000,GBP
departure_punctuality,FY2025-Q3,actual,,80.6,percent
empty_running,FY2025-Q3,actual,,17.9,percent
gross_margin,FY2025-Q3,actual,,41.2,percent
taxes_paid,FY2025-Q3,actual,,3100000,GBP
average_weekly_rent,FY2025-Q3,actual,,121,GBP
";

#[test]
fn a_word_of_one_name_alone_is_short_for_it() {
    check_sourced(
        SOURCE,
        &[
            ("Income for the quarter was £58.70m.", &["£58.70m = total_income FY2025-Q3"]),
            ("Arrears were £3,486k at the end of September.", &["£3,486k = current_tenant_arrears FY2025-Q3"]),
            ("Duty of £9.5m was paid.", &["£9.5m = beer_duty FY2025-Q3"]),
            ("Tuition was £18.9m.", &["£18.9m = tuition_fees FY2025-Q3"]),
            ("Punctuality was 86.0%.", &["86.0% = departure_punctuality FY2025-Q3"]),
            // Other income, other duty, another thing of tuition.
            ("Conference income was £2.1m.", &["£2.1m = ?"]),
            ("Spirits duty was £2.1m.", &["£2.1m = ?"]),
            ("Tuition discounts came to £2.1m.", &["£2.1m = ?"]),
            // Of another kind.
            ("Punctuality cost us £2.1m.", &["£2.1m = ?"]),
            // Words that any number may stand beside.
            ("Still running, it fell to 16.5%.", &["16.5% = ?"]),
            ("The contract paid £2.1m.", &["£2.1m = ?"]),
            // What each pays is not what all do.
            ("Rent was £2.1m.", &["£2.1m = ?"]),
            ("The margin for error is 3.5%.", &["3.5% = ?"]),
        ],
    );
}

#[test]
fn a_table_is_named_for_short_too() {
    let table = format!(
        "{YEARS}| Scheduled passenger | 14,820 | 14,100 |\n| Charter | 1,260 | 1,200 |\n| Fleet insurance | 870 | 852 |\n| Total revenue | 16,080 | 15,300 |"
    );
    check_tabled(&[
        ("Insurance was $879k in 2031.", &table, &["$879k = Fleet insurance FY2031"]),
        // Of what kind a line is, and not the total of that kind.
        (
            "Scheduled passenger revenue was $14,820k in 2031, $720k more than in 2030.",
            &table,
            &["$14,820k = Scheduled passenger FY2031", "$720k = Scheduled passenger FY2031 change on FY2030"],
        ),
        ("Charter earned $1,260k in 2031.", &table, &["$1,260k = Charter FY2031"]),
    ]);
}

#[test]
fn a_part_is_of_the_metric_that_is_stated_for_it() {
    const PARTS: &str = "metric,period,scenario,segment,value,unit
revenue,FY2025-Q3,actual,,261300000,EUR
passenger_revenue,FY2025-Q3,actual,,209700000,EUR
passenger_revenue,FY2025-Q3,actual,Long-haul,57400000,EUR
passenger_revenue,FY2025-Q3,actual,Domestic,152300000,EUR
fuel_cost,FY2025-Q3,actual,,61000000,EUR
fuel_cost,FY2025-Q3,actual,Long-haul,31000000,EUR
";
    check_sourced(
        PARTS,
        &[
            ("Long-haul revenue was €57.4m.", &["€57.4m = passenger_revenue Long-haul FY2025-Q3"]),
            ("Revenue was €261.3m.", &["€261.3m = revenue FY2025-Q3"]),
            // A share is of the whole that is named.
            ("Long-haul was 22% of revenue.", &["22% = revenue Long-haul FY2025-Q3 share"]),
        ],
    );
    const TOTALS: &str = "metric,period,scenario,segment,value,unit
total_income,FY2025-Q3,actual,,9100000,GBP
lottery_sales,FY2025-Q3,actual,,3000000,GBP
lottery_sales,FY2025-Q3,actual,Wales,600000,GBP
total_costs,FY2025-Q3,actual,,8000000,GBP
";
    check_sourced(
        TOTALS,
        &[
            ("Income in Wales was £0.6m.", &["£0.6m = lottery_sales Wales FY2025-Q3"]),
            // What comes in is no part of what is spent.
            ("Costs in Wales were £0.4m.", &["£0.4m = total_costs Wales FY2025-Q3"]),
        ],
    );
}

#[test]
fn a_place_before_a_name_is_its_segment() {
    const PLACES: &str = "metric,period,scenario,segment,value,unit
revenue,FY2025-Q3,actual,,9100000,GBP
revenue,FY2025-Q3,actual,Europe,1500000,GBP
revenue,FY2025-Q3,actual,North,400000,GBP
revenue,FY2025-Q3,actual,North America,2100000,GBP
";
    check_sourced(
        PLACES,
        &[
            ("European overall revenue was £1.5m.", &["£1.5m = revenue Europe FY2025-Q3"]),
            ("Asian overall revenue was £1.5m.", &["£1.5m = ?"]),
            ("North American revenue was £2.1m.", &["£2.1m = revenue North America FY2025-Q3"]),
            // The bracket says how much the change is.
            (
                "The increase in Europe revenue (£0.3m, or 25%) was as planned.",
                &["£0.3m = revenue Europe FY2025-Q3 change", "25% = revenue Europe FY2025-Q3 growth"],
            ),
            ("Last Christmas revenue was £8.2m.", &["£8.2m = ?"]),
        ],
    );
}

#[test]
fn what_will_have_come_is_forecast_and_what_would_have_is_nothing() {
    const SOURCE: &str = "metric,period,scenario,segment,value,unit
revenue,FY2025-Q3,actual,,9100000,GBP
revenue,FY2025-Q4,forecast,,9400000,GBP
occupancy,FY2025-Q3,actual,,81.2,percent
occupancy,FY2025-Q3,target,,82,percent
";
    check_sourced(
        SOURCE,
        &[
            ("By Q4 revenue will have grown to £9.4m.", &["£9.4m = revenue FY2025-Q4 forecast"]),
            ("By Q4 revenue would have grown to £9.4m.", &["£9.4m = ?"]),
            (
                "Occupancy was 81.2%; the target is 82%.",
                &["81.2% = occupancy FY2025-Q3", "82% = occupancy FY2025-Q3 target"],
            ),
            // The plan's clause is of what the one before it is of, and not of one further back.
            ("Occupancy was 81.2%; hiring stopped; the target is 84%.", &["81.2% = occupancy FY2025-Q3", "84% = ?"]),
        ],
    );
}

#[test]
fn averages_and_what_is_told_for_each_are_no_levels() {
    const SOURCE: &str = "metric,period,scenario,segment,value,unit
revenue,FY2025-Q3,actual,,76800000,USD
gross_profit,FY2025-Q3,actual,,32400000,USD
orders,FY2025-Q3,actual,,82200000,USD
net_debt,FY2025-Q3,actual,,71700000,USD
employees,FY2025-Q3,actual,,1118,count
leverage,FY2025-Q3,actual,,1.54,x
";
    check_sourced(
        SOURCE,
        &[
            ("The average number of employees was 1,115.", &["1,115 = ?"]),
            ("Revenue averaged $72.4M over the last four quarters.", &["$72.4M = ?"]),
            ("Annualised revenue is $307.2M.", &["$307.2M = ?"]),
            ("For every $100 of revenue we keep $42.20 of gross profit.", &["$100 = ?", "$42.20 = ?"]),
            ("We have $68.1M of net debt capacity.", &["$68.1M = ?"]),
            ("- Employees won: 131", &["131 = ?"]),
            ("Leverage 1.54 : 1 at the end of the quarter.", &["1.54 : 1 = leverage FY2025-Q3"]),
            ("Revenue of $76.8M was as planned, on average days.", &["$76.8M = revenue FY2025-Q3"]),
        ],
    );
}
