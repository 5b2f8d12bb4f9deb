use super::*;
use crate::rules::examples::Binder;

const SOURCE: &str = "version: 1
metrics:
  - {name: arr, label: ARR, unit: USD, period_type: instant, values: {FY2030-Q2: 38118400, FY2030-Q3: 42318204}}
  - {name: margin, label: Gross margin, unit: percent, formula: profit / revenue}
  - {name: profit, label: Gross profit, unit: USD, values: {FY2030-Q3: 6400000}}
  - {name: revenue, label: Revenue, unit: USD, values: {FY2030-Q3: 9100000}}
";

const DECK: &str = "# Q3 FY30

ARR was $42.3M in Q3 FY30, against $38.1M in Q2 FY30. Gross margin was 70.3% in Q3 FY30.

We opened 7 offices.

# Summary

- ARR in Q3 FY30: $42.3M
- Revenue in Q3 FY30: $9.1M
";

fn report(deck: &str, source: &str) -> Report {
    let mut deck = Binder::of(deck).with_source("metrics.yaml", source).bound();
    let findings = crate::check::check(&mut deck);
    Report::new(deck, findings)
}

/// The changes of claims and of facts, each in a line.
fn told(old: (&str, &str), new: (&str, &str)) -> (Vec<String>, Vec<String>) {
    let (old, new) = (report(old.0, old.1), report(new.0, new.1));
    let version = |report| Version { report, root: "" };
    let diff = diff(version(&old), version(&new));
    let text = |report: &Report, place: Option<Place>| {
        place.map_or("-".to_owned(), |place| report.deck.files.slice(place).to_owned())
    };
    let period = |key: &Key| key.period.clone().unwrap_or_default();
    let claims = diff.claims.iter().map(|change| {
        let (a, b) = (change.old.map(|claim| claim.place), change.new.map(|claim| claim.place));
        format!("{} {}: {} {}", change.key.metric, period(&change.key), text(&old, a), text(&new, b))
    });
    let facts = diff.facts.iter().map(|fact| {
        let change = &fact.change;
        let (a, b) = (change.old.map(|fact| fact.place), change.new.map(|fact| fact.place));
        let stale: Vec<String> = fact.stale.iter().map(|&at| text(&new, Some(new.deck.claims[at].place))).collect();
        let (a, b) = (text(&old, a), text(&new, b));
        format!(
            "{} {}: {a} {b} stale [{}] holding {}",
            change.key.metric,
            period(&change.key),
            stale.join(", "),
            fact.holding
        )
    });
    (claims.collect(), facts.collect())
}

#[test]
fn what_is_the_same_is_not_told() {
    assert_eq!(told((DECK, SOURCE), (DECK, SOURCE)), (vec![], vec![]));
    // Not even when it has moved.
    let (first, rest) = DECK.split_once("We opened").expect("a paragraph");
    let moved = format!("# New first slide\n\nWe opened{rest}\n{first}");
    assert_eq!(told((DECK, SOURCE), (&moved, SOURCE)), (vec![], vec![]));
}

#[test]
fn numbers_change_appear_and_vanish_by_fact_and_by_place() {
    let new = DECK
        .replacen("$42.3M", "$42.4M", 1)
        .replace("7 offices", "8 offices")
        .replace("- Revenue in Q3 FY30: $9.1M\n", "- Gross profit in Q3 FY30: $6.4M\n");
    assert_eq!(
        told((DECK, SOURCE), (&new, SOURCE)).0,
        ["ARR FY2030-Q3: $42.3M $42.4M", "Gross profit FY2030-Q3: - $6.4M", "Revenue FY2030-Q3: $9.1M -", " : 7 8"]
    );
}

#[test]
fn a_changed_fact_leaves_every_statement_of_it_stale() {
    let source = SOURCE.replace("42318204", "43318204").replace("6400000", "6500000");
    let deck = DECK.replacen("$42.3M", "$43.3M", 1);
    assert_eq!(
        told((DECK, SOURCE), (&deck, &source)).1,
        [
            "ARR FY2030-Q3: 42318204 43318204 stale [$42.3M] holding 1",
            // The margin follows from the profit.
            "Gross profit FY2030-Q3: 6400000 6500000 stale [70.3%] holding 0",
        ]
    );
}

#[test]
fn facts_appear_and_vanish() {
    let source = SOURCE
        .replace("FY2030-Q2: 38118400, ", "")
        .replace("{FY2030-Q3: 9100000}", "{FY2030-Q3: 9100000, FY2030-Q4: 1}");
    assert_eq!(
        told((DECK, SOURCE), (DECK, &source)).1,
        ["ARR FY2030-Q2: 38118400 - stale [] holding 0", "Revenue FY2030-Q4: - 1 stale [] holding 0"]
    );
}
