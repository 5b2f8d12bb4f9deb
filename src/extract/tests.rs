use super::*;
use crate::quantity::Qualifier;

/// What a text says, one mention after the other: `span = value unit`, with the qualifier when it is not exact.
fn said(text: &str, decimal: DecimalMark) -> String {
    let mentions = scan(text, decimal).into_iter().map(|mention| {
        let span = &text[mention.range.clone()];
        match mention.kind {
            MentionKind::Quantity(quantity) => format!("{span} = {}", number(&quantity)),
            MentionKind::Period(..) => format!("{span} is a period"),
            MentionKind::Aside(why) => format!("{span} is {}", why.reason()),
            MentionKind::Malformed(_) => format!("{span} is malformed"),
            MentionKind::ImpossibleDate(_) => format!("{span} is no date"),
        }
    });
    mentions.collect::<Vec<_>>().join("; ")
}

fn number(quantity: &Quantity) -> String {
    let end = |end: Option<rust_decimal::Decimal>| end.map_or("?".to_owned(), |end| end.to_string());
    let value =
        quantity.value.map_or_else(|| format!("{}..{}", end(quantity.low), end(quantity.high)), |v| v.to_string());
    let noun = quantity.noun.as_deref().map_or(String::new(), |noun| format!(" of {noun}"));
    match quantity.qualifier {
        Qualifier::Exact | Qualifier::Range => format!("{value} {}{noun}", quantity.unit),
        qualifier => format!("{} {value} {}{noun}", qualifier.name(), quantity.unit),
    }
}

fn check(cases: &[(&str, &str)]) {
    for (text, want) in cases {
        assert_eq!(said(text, DecimalMark::Point), *want, "{text}");
    }
}

#[test]
fn money_by_sign_code_and_word() {
    check(&[
        ("$42.3M", "$42.3M = 42300000 USD"),
        ("US$1.2bn", "US$1.2bn = 1200000000 USD"),
        ("£4,977m", "£4,977m = 4977000000 GBP"),
        ("USD34.6 million", "USD34.6 million = 34600000 USD"),
        ("34.6 million USD raised", "34.6 million USD = 34600000 USD"),
        ("Cash flow (£000)", "£000 is part of a name or description"),
        ("cents@000$ customers", "cents@000 is an identifier"),
        ("$0 and £0.00", "$0 = 0 USD; £0.00 = 0 GBP"),
        ("USDm 4.2", "USDm 4.2 = 4200000 USD"),
        ("30 MEUR", "30 MEUR = 30000000 EUR"),
        ("4.2 M€", "4.2 M€ = 4200000 EUR"),
        ("AUD A$3,500.00", "AUD A$3,500.00 = 3500 AUD"),
        ("hk $ 10.5 billion", "hk $ 10.5 billion = 10500000000 HKD"),
        ("a $ 4 billion plan", "$ 4 billion = 4000000000 USD"),
        ("Rs. 3.5 crore", "Rs. 3.5 crore = 35000000 INR"),
        ("moved to encoding_rs 0.6.6", "0.6.6 is a version"),
        (
            "provisions of R118.4m, R3,862m and R1.2 billion",
            "R118.4m = 118400000 ZAR; R3,862m = 3862000000 ZAR; R1.2 billion = 1200000000 ZAR",
        ),
        ("R12,450 a unit on rule R12 of R1.5", "R12,450 = 12450 ZAR; R12 is an identifier; R1.5 is an identifier"),
        ("Release R2 m of the ledger", "R2 is an identifier"),
        ("₹35 lakh", "₹35 lakh = 3500000 INR"),
        ("12 million Canadian dollars", "12 million Canadian dollars = 12000000 CAD"),
        ("20 billion francs", "20 billion francs = 20000000000 francs"),
        ("20 billion Swiss francs", "20 billion Swiss francs = 20000000000 CHF"),
        ("5 million DOT (~$25 million)", "5 million DOT = 5000000 DOT; ~$25 million = about 25000000 USD"),
        ("10 usd 20 eur", "10 usd = 10 USD; 20 eur = 20 EUR"),
        ("usd 10 eur 20", "usd 10 = 10 USD; eur 20 = 20 EUR"),
        ("COP 27 in Egypt", "27 = 27 count"),
        ("COP 27 million", "COP 27 million = 27000000 COP"),
        ("31 of 50 deals won 3 prizes", "31 = 31 count; 50 = 50 count of deals; 3 = 3 count of prizes"),
    ]);
}

#[test]
fn parts_of_a_currency() {
    check(&[
        ("5.1p", "5.1p = 0.051 GBP"),
        ("34¢", "34¢ = 0.34 USD"),
        ("64.2 cents a dozen", "64.2 cents a dozen = 64.2 cents/dozen"),
        ("12 dollars and 45 cents", "12 dollars and 45 cents = 12.45 USD"),
        ("15 dollars 50.", "15 dollars 50 = 15.5 USD"),
        ("15 dollars 50 times", "15 dollars = 15 USD; 50 times = 50 x"),
        ("€0.94 per share", "€0.94 per share = 0.94 EUR/share"),
        ("$1.1M a month", "$1.1M a month = 1100000 USD/month"),
        ("$12/user/month", "$12/user/month = 12 USD/user/month"),
        ("€412/t", "€412/t = 412 EUR/t"),
        ("$80M a year later", "$80M = 80000000 USD"),
        ("$4.2M per plan", "$4.2M = 4200000 USD"),
    ]);
}

#[test]
fn signs_and_brackets() {
    check(&[
        ("−4% and -$4M and $-4M", "−4% = -4 percent; -$4M = -4000000 USD; $-4M = -4000000 USD"),
        ("+14%/+23%", "+14% = 14 percent; +23% = 23 percent"),
        ("minus five percent", "minus five percent = -5 percent"),
        ("(1,234)", "(1,234) = -1234 count"),
        ("(52)% fell", "(52)% = -52 percent"),
        ("EPS of $(0.32)", "$(0.32) = -0.32 USD"),
        ("$ (1,800.00)", "$ (1,800.00) = -1800 USD"),
        ("a fee of <$73.2> here", "<$73.2> = -73.2 USD"),
        ("<5%", "<5% = less-than 5 percent"),
        ("a cash flow of ($3.4M)", "($3.4M) = -3400000 USD"),
        ("revenue ($10.2M) rose", "$10.2M = 10200000 USD"),
        ("243 guests came (85%)", "243 = 243 count of guests; 85% = 85 percent"),
        ("costs (Store: $14M)", "$14M = 14000000 USD"),
        ("€58m – 12% up", "€58m = 58000000 EUR; 12% = 12 percent"),
    ]);
}

#[test]
fn rates_and_multiples() {
    check(&[
        ("120bps, 30 basis points", "120bps = 120 bps; 30 basis points = 30 bps"),
        ("1.5 pp, 2% points, 3 points", "1.5 pp = 1.5 pp; 2% points = 2 pp; 3 points = 3 pp"),
        ("a promoter score 3 points up", "3 points = 3 points"),
        ("per cent of ten", "per cent of ten = 10 percent"),
        ("2.5x, 12.9×, 10.84:1", "2.5x = 2.5 x; 12.9× = 12.9 x; 10.84:1 = 10.84 x"),
        ("doubled, two-thirds", "doubled = 2 x; two-thirds = 66.67 percent"),
        ("one in four", "one in four = 25 percent"),
        ("half the estate, the better half", "half = 50 percent"),
    ]);
}

#[test]
fn counts_durations_measures() {
    check(&[
        ("1,282 active customers", "1,282 = 1282 count of customers"),
        ("nine staff", "nine = 9 count of staff"),
        ("two and a half million", "two and a half million = 2500000 count"),
        ("one of them", ""),
        ("one store", "one = 1 count of store"),
        ("47 days, 17.4 months", "47 days = 47 days; 17.4 months = 17.4 months"),
        ("a 30-year bond", "30-year is part of a name or description"),
        ("9,340 tonnes, 48 TEU", "9,340 tonnes = 9340 t; 48 TEU = 48 TEU"),
        (
            "133.9 Ml/d, 171 kWh/m² at 4.2 m³/s",
            "133.9 Ml/d = 133.9 Ml/day; 171 kWh/m² = 171 kWh/m²; 4.2 m³/s = 4.2 m³/second",
        ),
        ("41 hl at 12 km/h and 3.1 t/ha", "41 hl = 41 hl; 12 km/h = 12 km/hour; 3.1 t/ha = 3.1 t/ha"),
        ("61.4 g per tonne-km", "61.4 g per tonne-km = 61.4 g/tonne-km"),
        ("42.3m units, 5 m tall", "42.3m = 42300000 count of units; 5 m is part of a name or description"),
        ("31 of 114", "31 = 31 count; 114 = 114 count"),
        ("1, 2, 3", "1 = 1 count; 2 = 2 count; 3 = 3 count"),
    ]);
}

#[test]
fn how_exactly_it_is_meant() {
    check(&[
        ("about $40M", "$40M = about 40000000 USD"),
        ("c. £4m", "£4m = about 4000000 GBP"),
        ("450+ sites", "450+ = at-least 450 count of sites"),
        ("more than 600 sites", "600 = more-than 600 count of sites"),
        ("no more than 12", "12 = at-most 12 count"),
        ("7.7% above $488m", "7.7% = 7.7 percent; $488m = 488000000 USD"),
        ("over 3 years", "3 years = 3 years"),
        ("up to 41.8% from 40.3%", "41.8% = 41.8 percent; 40.3% = 40.3 percent"),
        ("up to 41.8%", "41.8% = at-most 41.8 percent"),
        ("$5M or more", "$5M = at-least 5000000 USD"),
        ("≥ 5%", "≥ 5% = at-least 5 percent"),
    ]);
}

#[test]
fn ranges_share_currency_unit_and_scale() {
    check(&[
        ("$4–5M", "$4–5M = 4000000..5000000 USD"),
        ("between 40 and 45%", "between 40 and 45% = 40..45 percent"),
        ("6.115 to 6.130 billion", "6.115 to 6.130 billion = 6115000000..6130000000 count"),
        ("£590m–£600m", "£590m–£600m = 590000000..600000000 GBP"),
        ("€4–5 per share", "€4–5 per share = 4..5 EUR/share"),
        ("5.1p–5.4p", "5.1p–5.4p = 0.051..0.054 GBP"),
        ("5 to 7 days", "5 to 7 days = 5..7 days"),
        ("from 12% to 15%", "12% = 12 percent; 15% = 15 percent"),
        ("rose 1.6% to 14.2%", "1.6% = 1.6 percent; 14.2% = 14.2 percent"),
        ("in a rise of 2% to 9%", "2% = 2 percent; 9% = 9 percent"),
        ("40% and 45%", "40% = 40 percent; 45% = 45 percent"),
    ]);
}

#[test]
fn what_is_no_claim() {
    check(&[
        (
            "page 12 and slide 3",
            "12 is a reference to a page, section or item; 3 is a reference to a page, section or item",
        ),
        ("Notes 3, 4 and 5", "3, 4 and 5 is a reference to a page, section or item"),
        ("the 3rd store", "3rd is an ordinal"),
        ("1. Approve", "1 is an ordinal"),
        ("2.4. Pay rose", "2.4 is an ordinal"),
        ("EBITDA1, revenue[3]", "EBITDA1 is a footnote mark; [3] is a footnote mark"),
        ("v4.2 and SOC 2", "v4.2 is a version; 2 is a version"),
        ("+1 555 0142", "+1 555 0142 is a telephone number"),
        ("line 020 7946 0018", "020 7946 0018 is a telephone number"),
        (
            "QR-2024-1107, ISO 9001, 3D, 5G",
            ["QR-2024-1107 is an identifier", "9001 is an identifier", "3D is an identifier", "5G is an identifier"]
                .join("; ")
                .leak(),
        ),
        ("401(k), 10-K", "401(k) is an identifier; 10-K is an identifier"),
        ("see https://a.example/q3?x=1.", "https://a.example/q3?x=1 is an address or path"),
        ("mail to b2@c.example", "b2@c.example is an address or path"),
        ("At month 8 the trust was on plan", "8 is a date"),
        ("each month 8 stores open", "8 = 8 count of stores"),
        ("at 10:30 or 9am", "10:30 is a time of day; 9am is a time of day"),
        ("11,2", "11,2 is digits that can be read in several ways"),
    ]);
}

#[test]
fn what_is_nearly_a_number() {
    check(&[
        ("$,398,433", "$,398,433 is malformed"),
        ("$1, 127.1K", "$1, 127.1K is malformed"),
        ("$11,2M", "$11,2M is malformed"),
        ("1,23,45.6.7", "1,23,45.6.7 is malformed"),
        ("12..5", "12..5 is malformed"),
        ("$1, $127", "$1 = 1 USD; $127 = 127 USD"),
        ("$12, 127 people", "$12 = 12 USD; 127 = 127 count of people"),
        ("99999999999999999999999999999.99", "99999999999999999999999999999.99 is malformed"),
        ("$9 trillion trillion", "$9 trillion = 9000000000000 USD"),
    ]);
}

#[test]
fn decimal_commas() {
    for (text, want) in [
        ("€ 1.234,50", "€ 1.234,50 = 1234.5 EUR"),
        ("12,5 %", "12,5 % = 12.5 percent"),
        ("4,2 Mio. €", "4,2 Mio. € = 4200000 EUR"),
        ("1 282 Kunden", "1 282 = 1282 count of kunden"),
    ] {
        assert_eq!(said(text, DecimalMark::Comma), want, "{text}");
    }
}

#[test]
fn cells_are_one_number() {
    for (text, want) in [
        ("(1,234)", "-1234 count"),
        ("$ 1,234.5", "1234.5 USD"),
        ("1,234-", "-1234 count"),
        ("- 12", "-12 count"),
        ("71.5% (1)", "71.5 percent"),
        ("2019", "2019 count"),
        ("12 stores", "12 count of stores"),
        ("<73.2>", "-73.2 count"),
        ("(22)", "-22 count"),
        ("47 days", "47 days"),
        ("(55) bps", "-55 bps"),
        ("€41–43m", "41000000..43000000 EUR"),
        ("$", "nothing"),
        ("–", "nothing"),
        ("n/a", "nothing"),
        ("EMEA", "nothing"),
        ("12 of 14", "nothing"),
        ("$,398", "nothing"),
    ] {
        let cell = Quantity::cell(text, DecimalMark::Point).map_or("nothing".to_owned(), |quantity| number(&quantity));
        assert_eq!(cell, want, "{text}");
    }
}

#[test]
fn unit_words_by_themselves() {
    for (word, want) in [
        ("tonnes", "t"),
        ("TEU", "TEU"),
        ("basis points", "bps"),
        ("%", "percent"),
        ("sq ft", "sq ft"),
        ("days", "days"),
        ("customers", "nothing"),
        ("$", "nothing"),
        ("", "nothing"),
    ] {
        assert_eq!(unit_named(word).map_or("nothing".to_owned(), |unit| unit.to_string()), want, "{word}");
    }
}

#[test]
fn a_cell_knows_its_bytes() {
    for (text, want) in [(" (1,234) (2)", "(1,234)"), ("12 stores", "12"), ("$ 5.5 *", "$ 5.5")] {
        let range = cell(text, DecimalMark::Point).map(|(range, _)| range).unwrap_or_default();
        assert_eq!(&text[range], want, "{text}");
    }
}
