//! A change, growth or variance is not what its own two figures give.
//!
//! The two figures are stated in the same sentence (`rose 12% to $56M from $48M`, `$58.9m, 41% more than the $41.9m of 2024`), whatever
//! they are of, or the source states them, or a table of the deck does. The claim is recomputed by interval arithmetic over the figures as they are written: `$62M` against `$48.2M` gives
//! growth between 27.5% and 29.8%, so `29%` passes and `31%` does not. Amounts, percentages, points and basis points are held
//! against the difference of their own kind. Growth from a base that is not positive is left alone.
//!
//! Growth of which nobody says on what ("Texas grew 27.1% to $14.9M") should be that on the year before or on the period before.
//!
//! Which way a change goes is told by its sign, else by its words: `down $3M`, `$2,320 under budget`. In a column of a table, the
//! other rows show what signs mean: where shortfalls of income are in brackets, one without is a sign flip; costs above plan may be in
//! brackets where the column says what is favourable.
//!
//! ```deck
//! # Q3 FY25 review
//!
//! ARR ended Q3 FY25 at $42.3M, up 11% year over year from $33.1M.
//! ```
//! ```metrics
//! metrics:
//!   - name: arr
//!     label: ARR
//!     unit: USD
//!     period_type: instant
//!     values: {FY2024-Q3: 33104900, FY2025-Q2: 38118400, FY2025-Q3: 42318204}
//! ```
//! ```finding
//! change-mismatch at 11%: wrong-base
//! ```
//!
//! The growth that the two levels give passes, to the places it shows:
//!
//! ```quiet-deck
//! # Q3 FY25 review
//!
//! ARR ended Q3 FY25 at $42.3M, up 28% year over year from $33.1M.
//! ```

mod baseless;
mod columns;
mod plain;
mod sentences;
#[cfg(test)]
mod told;

use std::collections::BTreeSet;

use crate::cause::{self, Neighbour, Side};
use crate::check::Verdict;
use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::finding::{Cause, CauseKind, Confidence, Correction, Finding, Level};
use crate::movement::{Expected, Movements, footing};
use crate::rules::{Family, Rule, self_contradiction};
use crate::span::Place;
use crate::vocabulary::MetricId;
use crate::wording;

use columns::Columns;
use plain::Plain;

/// The rule.
#[derive(Debug)]
pub(crate) struct ChangeMismatch;

impl Rule for ChangeMismatch {
    fn name(&self) -> &'static str {
        "change-mismatch"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("change_mismatch.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let movements = Movements::new(deck);
        let columns = Columns::new(deck, &movements);
        let mut plain = Plain::new(deck);
        for (at, claim) in deck.claims.iter().enumerate() {
            if !matches!(claim.measure, Measure::Change | Measure::Growth | Measure::Variance) || !columns.trusts(claim)
            {
                continue;
            }
            let found = match claim.confidence {
                Confidence::Low => unnamed(deck, &movements, claim),
                _ => named(deck, &movements, &columns, &mut plain, at),
            };
            findings.extend(found.or_else(|| baseless::wrong(deck, &movements, at)));
        }
        let told: BTreeSet<Place> = findings.iter().map(|finding| finding.place).collect();
        findings.extend(sentences::wrong(deck, &movements).into_iter().filter(|found| !told.contains(&found.place)));
    }
}

/// A change of a metric.
fn named(
    deck: &Deck,
    movements: &Movements<'_>,
    columns: &Columns<'_>,
    plain: &mut Plain<'_>,
    at: usize,
) -> Option<Finding> {
    let claim = &deck.claims[at];
    if is_of_another(deck, at) || footing::is_another(deck, claim) {
        return None;
    }
    let expected = movements.expected(at);
    let first = expected.first()?;
    let lawful = columns.sign_is_lawful(claim, &expected);
    if lawful == Some(false) {
        let found = finding(deck, movements, claim, first);
        let cause = Cause { kind: CauseKind::SignFlip, detail: "the other sign".to_owned(), alternatives: Vec::new() };
        return Some(Finding { cause: Some(cause), ..found });
    }
    let ties = matches!(deck.verdicts.get(at), Some(Verdict::Ties(_) | Verdict::PointsOnly(_)));
    if lawful == Some(true) || ties || expected.iter().any(|one| one.holds(claim)) {
        return None;
    }
    // A change column beside percentages is in points, whatever its header says; in a sentence it is `percent-for-points`.
    let in_points = || movements.in_points(claim).is_some_and(|(one, points)| one.holds(&points));
    let rate = claim.cell.is_some() || claim.measure == Measure::Growth;
    if rate && movements.is_rate(claim) && in_points() {
        return None;
    }
    // The right amount in the wrong direction is `direction-mismatch` where words give the direction.
    if claim.mover.is_some() && expected.iter().any(|one| one.holds_in_size(claim)) {
        return None;
    }
    let found = finding(deck, movements, claim, first);
    (self_contradiction::is_convincing_alone(deck, claim, &found) || plain.says(claim, first)).then_some(found)
}

/// `… and made €421k, €71k over budget`: a change directly behind a level of something that nothing names is one of that.
fn is_of_another(deck: &Deck, at: usize) -> bool {
    let claim = &deck.claims[at];
    let before = at.checked_sub(1).and_then(|at| deck.claims.get(at)).filter(|before| {
        let home = (before.document, before.block, before.sentence) == (claim.document, claim.block, claim.sentence);
        let level = before.measure == Measure::Level && before.quantity.unit == claim.quantity.unit;
        home && level && before.metric.is_none() && claim.cell.is_none()
    });
    before.and_then(|before| deck.between(before, claim)).is_some_and(|gap| matches!(gap.trim(), "," | "("))
}

/// A change of something that no table names, between two levels of its own sentence (`4,386 people, 153 more than the 4,251 of a
/// year before`), or of the only metric that its segment is a part of. Only a slip makes it a finding.
fn unnamed(deck: &Deck, movements: &Movements<'_>, claim: &Claim) -> Option<Finding> {
    if claim.cell.is_some() || claim.blocked || claim.metric.is_some() {
        return None;
    }
    let between = movements.by_operands(claim);
    let guessed = || {
        let metric = only_metric_with(deck, claim.segment.as_deref()?)?;
        Some(Claim { metric: Some(metric), confidence: Confidence::Medium, ..claim.clone() })
    };
    let (claim, expected) = match between.is_empty() {
        false => (Claim { confidence: Confidence::Medium, ..claim.clone() }, between),
        true => {
            let claim = guessed()?;
            let expected = movements.expected_of(&claim);
            (claim, expected)
        }
    };
    let first = expected.first()?;
    if expected.iter().any(|one| one.holds(&claim) || one.holds_in_size(&claim)) {
        return None;
    }
    let found = finding(deck, movements, &claim, first);
    let kind = found.cause.as_ref()?.kind;
    let told = match kind {
        CauseKind::WrongBase => true,
        CauseKind::TransposedDigits | CauseKind::DigitTypo => cause::significant(&claim.quantity) >= 3,
        _ => false,
    };
    told.then_some(found)
}

/// The metric that a segment is a part of, if there is one only.
fn only_metric_with(deck: &Deck, segment: &str) -> Option<MetricId> {
    match deck.vocabulary.with_part(segment) {
        [only] => Some(*only),
        _ => None,
    }
}

fn finding(deck: &Deck, movements: &Movements<'_>, claim: &Claim, expected: &Expected) -> Finding {
    let cause = cause(movements, claim, expected);
    let shown = deck.files.slice(claim.place).trim();
    let should = wording::between(claim, expected.interval);
    Finding {
        rule: "change-mismatch",
        level: Level::Error,
        confidence: claim.confidence,
        message: format!("{} is {shown} here, but {} gives {should}", wording::subject(deck, claim), expected.how),
        place: claim.place,
        slide: Some(claim.slide),
        related: expected.related(),
        help: Some(wording::help(claim, &cause, &should)),
        cause: Some(cause),
        fix: None,
        correction: expected.interval.middle().map(|value| Correction { place: claim.place, value }),
        fingerprint: String::new(),
    }
}

fn cause(movements: &Movements<'_>, claim: &Claim, expected: &Expected) -> Cause {
    let quantity = expected.in_direction(claim);
    let neighbours: Vec<Neighbour> = movements
        .other_bases(claim)
        .into_iter()
        .map(|(base, interval)| Neighbour {
            kind: CauseKind::WrongBase,
            distance: 0,
            name: match base {
                Base::Period(period) => format!("the {} on {period}", claim.measure.name()),
                other => format!("the {} against {other}", claim.measure.name()),
            },
            side: Side::Between(interval),
        })
        .collect();
    cause::explain(&quantity, &Side::Between(expected.interval), &neighbours)
}

#[cfg(test)]
mod tests {
    use super::ChangeMismatch;
    use crate::footing::tests::check;
    use crate::rules::examples::Binder;

    #[track_caller]
    fn says(text: &str, expected: &[&str]) {
        check(&ChangeMismatch, &format!("# October 2025\n\n{text}\n"), expected);
    }

    #[test]
    fn the_column_shows_what_signs_mean() {
        let table = |header: &str, other: &str, costs: &str| {
            format!(
                "| £k | Month actual | Month plan | {header} |\n| Care income | 48,320 | 48,050 | 270 |\n| Other income | 4,180 | 4,300 | {other} |\n| Total income | 52,500 | 52,350 | 150 |\n| Surplus | 175 | 200 | (25) |\n| Staff costs | 33,990 | 33,650 | {costs} |\n| Drug costs | 4,890 | 4,700 | (190) |\n| Energy costs | 890 | 700 | (190) |\n"
            )
        };
        says(&table("Month variance", "(120)", "(340)"), &[]);
        says(&table("Month variance", "120", "(340)"), &["120: sign-flip"]);
        says(&table("Month variance", "(120)", "340"), &["340: sign-flip"]);
        says(&table("Fav/(unfav)", "(120)", "(340)"), &[]);
        says(&table("Fav/(unfav)", "(120)", "340"), &["340: sign-flip"]);
    }

    #[test]
    fn rows_that_nothing_names_are_held_against_their_own_figures() {
        let table = |total: &str| {
            format!(
                "| $k | 2025 | 2024 | Growth |\n| North | 401 | 377 | 6.4% |\n| South | 134 | 121 | 10.7% |\n| East | 231 | 204 | 13.2% |\n| Total | 766 | 702 | {total} |\n"
            )
        };
        says(&table("9.1%"), &[]);
        says(&table("19.1%"), &["19.1%: digit-typo"]);
    }

    #[test]
    fn arrows_say_which_way_a_change_went() {
        let table = |costs: &str| {
            format!(
                "| $k | 2025 | 2024 | Change |\n| Sales | 4,010 | 3,770 | ▲ 6.4% |\n| Payroll costs | 1,210 | 1,340 | {costs} |\n| Stock | 2,310 | 2,040 | 13.2% ↑ |\n"
            )
        };
        says(&table("▼ 9.7%"), &[]);
        says(&table("↓ 9.7%"), &[]);
        says(&table("▼ 7.9%"), &["7.9%: transposed-digits"]);
    }

    #[test]
    fn costs_above_plan_in_brackets() {
        let table = |costs: &str, note: &str| {
            format!(
                "| £k | Actual | Budget | Variance |\n| Fee income | 12,636 | 12,570 | 66 |\n| Lettings | 283 | 265 | 18 |\n| Total income | 12,919 | 12,835 | 84 |\n| Total costs | 14,472 | 14,375 | {costs} |\n\n{note}\n"
            )
        };
        says(&table("(97)", ""), &[]);
        says(&table("97", ""), &[]);
        says(&table("(97)", "Variances are favourable / (adverse)."), &[]);
        says(&table("97", "Variances are favourable / (adverse)."), &["97: sign-flip"]);
        says(&table("(79)", "Variances are favourable / (adverse)."), &["(79): unknown"]);
        says(&table("97", "A negative variance on a cost line is favourable."), &[]);
    }

    #[test]
    fn headers_that_say_what_is_favourable() {
        let table = |header: &str| {
            format!(
                "| £k | Actual | Plan | {header} |\n| Care income | 48,320 | 48,050 | 270 |\n| Other income | 4,180 | 4,300 | (120) |\n| Total income | 52,500 | 52,350 | 150 |\n| Staff costs | 33,990 | 33,650 | 340 |\n"
            )
        };
        for header in ["Var F/(A)", "Var £k B/(W)", "Variance (f/a)", "Variance B/(W)", "Var Fav/(Adv)"] {
            says(&table(header), &["340: sign-flip"]);
        }
        says(&table("Staff/agency var"), &[]);
    }

    #[test]
    fn sentences_that_state_both_figures() {
        says(
            "Lending of EUR 58.9m, 12.7% more than in the same quarter of 2024 (EUR 41.9m); Q2 had EUR 52.3m.",
            &["12.7%: wrong-base"],
        );
        says("Lending of EUR 58.9m, 40.6% more than in the same quarter of 2024 (EUR 41.9m); Q2 had EUR 52.3m.", &[]);
        says("Fees and charges grew 6.4% to £71.5m from £68.3m.", &["6.4%: transposed-digits"]);
        says("Fees and charges grew 4.7% to £71.5m from £68.3m.", &[]);
        says("Fees and charges grew from £68.3m to £71.5m, or 7.4 per cent.", &["7.4 per cent: transposed-digits"]);
        says("Fees and charges were £71.5m, up 4.7% from £68.3m.", &[]);
        says("Fees and charges were £71.5m, down 4.5% on last year's £74.9m.", &[]);
        says("Fees and charges were £71.5m, down 5.4% on last year's £74.9m.", &["5.4%: transposed-digits"]);
        says("Rent went from £1.20m to £1.32m, an increase of 12%.", &["12%: unknown"]);
        says("Rent went from £1.20m to £1.32m, an increase of 10%.", &[]);
        says("Fees were £3.4m versus £2.9m a year ago, a gain of 27%.", &["27%: unknown"]);
        says("Fees were £3.4m versus £2.9m a year ago, a gain of 17%.", &[]);
        says("Cash rose £1.4m to £9.8m from £8.1m.", &["£1.4m: digit-typo"]);
        says("Cash rose £1.7m to £9.8m from £8.1m.", &[]);
        says("Volumes fell 8% from 12,400 to 11,900 units.", &["8%: unknown"]);
        says("Orders came to 1,320, up 12% vs. 1,240 in the second quarter.", &["12%: unknown"]);
        says("Orders came to 1,320, up 12% compared with 1,240 in the second quarter.", &["12%: unknown"]);
        says("Orders came to 1,320, up 6% compared to 1,240 in the second quarter.", &[]);
        says("The spread narrowed 30 bps to 3.1% from 3.4%.", &[]);
        says("Home premium grew by £1.2m on the year, from £27.8m to £29.9m.", &["£1.2m: transposed-digits"]);
        says("Home premium grew by £2.1m on the year, from £27.8m to £29.9m.", &[]);
        says("Home premium in 2025 increased 47% to £25.4m compared to £16.6m in 2024.", &["47%: unknown"]);
        says("Home premium in 2025 increased 53% to £25.4m compared to £16.6m in 2024.", &[]);
        says("Home premium increased 63%, or £8.8m, to £25.4m compared to £16.6m for last year.", &["63%: digit-typo"]);
        says("Home premium increased 53%, or £8.8m, to £25.4m compared to £16.6m for last year.", &[]);
        says("Funding fell by about 50% to £10.6m in 2023 from £15.1m in 2022.", &["50%: unknown"]);
        says("Funding fell by about 30% to £10.6m in 2023 from £15.1m in 2022.", &[]);
        says("Funding dropped 61% (£5.2m in 2023 compared to £8.9m in 2022).", &["61%: unknown"]);
        says("Funding dropped 42% (£5.2m in 2023 compared to £8.9m in 2022).", &[]);
        says("A 31% decrease in transactions, from 139 in 2022 to 124 in 2023.", &["31%: unknown"]);
        says("A 11% decrease in transactions, from 139 in 2022 to 124 in 2023.", &[]);
        says(
            "Series A took £1.3m across 46 deals in 2023, down 52% from £4.2m across 96 deals in 2022.",
            &["52%: unknown"],
        );
    }

    #[test]
    fn growth_of_which_nobody_says_on_what() {
        let sales = |text: &str| {
            let table = "| Revenue, $K | Oct 2025 | Oct 2024 | Growth |\n| Texas | 14,917 | 12,257 | 21.7% |\n| Ohio | 8,846 | 7,931 | 11.5% |\n| Total | 23,763 | 20,188 | 17.7% |\n";
            format!("## Sales by region\n\n{text}\n\n{table}")
        };
        says(&sales("Texas grew 27.1% to $14.9M."), &["27.1%: transposed-digits"]);
        says(&sales("Texas grew 21.7% to $14.9M."), &[]);
        says(&sales("Ohio took 37% of the space, and grew by 1.5%."), &["1.5%: unknown"]);
        says(&sales("Ohio took 37% of the space, and grew by 11.5%."), &[]);
        // Of something in Ohio that no table has.
        says(&sales("In Ohio the number of visits grew by 1.5%."), &[]);
    }

    #[test]
    fn growth_to_a_level_that_the_source_knows() {
        let source = "version: 1\nmetrics: [{name: fees, label: Fees, unit: GBP, period_type: duration, values: {FY2030-Q3: 83.1M, FY2030-Q2: 79.8M, FY2029-Q3: 77.3M}}]\n";
        let found = |text: &str| {
            let deck = Binder::of(&format!("# Q3 FY30\n\n{text}\n"));
            crate::check::check(&mut deck.with_source("metrics.yaml", source).bound()).len()
        };
        for (text, count) in [
            ("Fees grew 5.1%, to £83.1m.", 1),
            ("Fees grew 7.5%, to £83.1m.", 0),
            ("Fees grew 4.1%, to £83.1m.", 0),
            ("Fees grew 5.1% at constant currency, to £83.1m.", 0),
            ("Fees grew 5.1%.", 0),
            ("Fees rose 5.1% on the year before.", 1),
            ("Fees rose 5.1% on the year before in local currency.", 0),
            ("On a like-for-like basis, fees rose 5.1% on the year before.", 0),
        ] {
            assert_eq!(found(text), count, "{text}");
        }
    }

    #[test]
    fn changes_of_a_level_that_nothing_names() {
        let meals = |made: &str| {
            let table = "| Revenue, £k | Oct 2025 | Budget | Var |\n| Bakery | 3,220 | 3,300 | (80) |\n| Meals | 2,960 | 2,850 | 110 |\n| Total | 6,180 | 6,150 | 30 |\n";
            format!("## Revenue by division\n\nMeals sold £2.96m {made}.\n\n{table}")
        };
        says(&meals("and made £421k, £71k over budget"), &[]);
        says(&meals("and was £101k over budget"), &["£101k: transposed-digits"]);
    }

    #[test]
    fn differences_that_are_plainly_said() {
        let budget = |text: &str| {
            let table = "| £k | Actual | Budget |\n| Energy | 212 | 240 |\n| Grant income | 1,206 | 1,240 |\n";
            format!("{text}\n\n{table}")
        };
        says(&budget("Energy was £82k under budget."), &["£82k: transposed-digits"]);
        says(&budget("Energy was £28k under budget."), &[]);
        says(&budget("Grant income missed its budget by £43k."), &["£43k: transposed-digits"]);
        says(&budget("Grant income was 3.8% short of budget."), &["3.8%: digit-typo"]);
        says(&budget("Grant income was 2.7% short of budget."), &[]);
        for text in [
            "Energy was £82k under budget in April.",
            "Energy was £82k under budget for the year to date.",
            "Energy at our sites was £3k under budget.",
        ] {
            says(&budget(text), &[]);
        }
    }

    #[test]
    fn changes_of_a_part_that_is_the_subject() {
        let said = |text: &str, expected: &[&str]| {
            let table = "| Revenue, £m | Q3 FY25 | Q3 FY24 |\n| On-trade | 26.1 | 24.2 |\n| Off-trade | 17.4 | 15.9 |\n| Total | 43.5 | 40.1 |\n";
            says(&format!("# Q3 FY25\n\n{table}\n{text}\n"), expected);
        };
        said("Off-trade grew 14.6% on last year.", &["14.6%: unknown"]);
        said("Off-trade grew 9.4% on last year.", &[]);
        said("Off-trade revenue grew 14.6% on last year.", &["14.6%: unknown"]);
        said("Off-trade volumes grew 14.6% on last year.", &[]);
    }

    #[test]
    fn changes_told_beside_what_the_number_is_set_against() {
        says("Orders were good. At €138.9m they were 8.2% over the €132.0m budgeted.", &["8.2%: unknown"]);
        says("Orders were good. At €138.9m they were 5.2% over the €132.0m budgeted.", &[]);
        says("Beer sales were £49.8m, against £45.4m last year: growth of 7.7%.", &["7.7%: digit-typo"]);
        says("Beer sales were £49.8m, against £45.4m last year: growth of 9.7%.", &[]);
    }

    #[test]
    fn changes_told_behind_the_number_that_they_led_to() {
        says(
            "Petty cash was £8,522k at the end of June, a fall of £330k from May's £8,825k.",
            &["£330k: transposed-digits"],
        );
        says("Petty cash was £8,522k at the end of June, a fall of £303k from May's £8,825k.", &[]);
    }

    #[test]
    fn changes_of_other_things() {
        for text in [
            "Fees grew from £68.3m to £71.5m, or 2.1% at constant currency.",
            "Fees grew from £68.3m to £71.5m, 9% of it volume.",
            "Fees grew 9% on last year, to £71.5m from £70.3m in May.",
            "Organic fees grew 9% to £71.5m from £68.3m.",
            "Fees grew 9% to £71.5m from £68.3m, excluding the rents of May.",
            "Margin rose 9% to 34% from 33%.",
            "Fees of £71.5m and rents of £3.1m, 12% more than budget, beat the £68.3m of May.",
            "Growth of 9% and £71.5m of fees compare with £68.3m.",
        ] {
            says(text, &[]);
        }
    }

    #[test]
    fn changes_of_what_no_table_names() {
        says("4,386 people at the end of September, 135 more than the 4,251 of a year before.", &[]);
        says(
            "4,386 people at the end of September, 153 more than the 4,251 of a year before.",
            &["153: transposed-digits"],
        );
        // No slip explains it: the numbers may be of several things.
        says("4,386 people at the end of September, 92 more than the 4,251 of a year before.", &[]);
    }
}
