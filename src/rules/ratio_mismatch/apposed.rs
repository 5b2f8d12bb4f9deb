//! Ratios set beside their two operands: `212 residents in 234 beds, an occupancy of 90.6%`, `EBITDA of £18.4m on revenue of £112.0m is
//! a margin of 16.4%`, `£31.3m of fees from 812 fee earners, or £38.6k per head`.
//!
//! Enters: three quantities of a sentence. Leaves: the ratio with what its operands give. Invariant: words name the ratio or join its
//! operands, every way round that the words allow is tried, and a ratio that is far from all of them is one of something else.

use rust_decimal::Decimal;

use super::spelled_out::before;
use super::{Said, Stated, contradicts, exactly, money, slip};
use crate::check::interval;
use crate::finding::CauseKind;
use crate::interval::Interval;
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::stops;
use crate::words::{Word, is_determiner, stems, words};

/// Words between an operand and the next number, at most.
const FILL: usize = 8;

/// Bytes behind a number that are looked at.
const NEAR: usize = 48;

/// The ratio of three quantities, if two of them are its operands and it is not what they give.
pub(super) fn ratio<'a>(text: &str, three: [Said<'a>; 3]) -> Option<Stated<'a>> {
    let gap = |a: Said<'_>, b: Said<'_>| text.get(a.0.range.end..b.0.range.start);
    let [a, b, c] = three;
    let (ab, bc) = (gap(a, b)?, gap(b, c)?);
    let behind = text.get(c.0.range.end..)?;
    let behind = behind.get(..behind.floor_char_boundary(NEAR)).unwrap_or_default();
    let head = before(text, a.0);
    let (ratio, [one, other], readings) = named(head, [a, b, c], (ab, bc), behind)
        .or_else(|| runway(head, [a, b, c], (ab, bc), behind))
        .or_else(|| within(head, [a, b, c], (ab, bc), behind))
        .or_else(|| opened(head, [a, b, c], (ab, bc), behind))?;
    let near = |reading: &&Interval| ratio.1.value.is_some_and(|value| reading.is_within(Decimal::TWO, value.abs()));
    let wrong = readings.iter().all(|reading| contradicts(ratio.1, *reading));
    // `2.6` for `6.2` is far from it, and plainly it.
    let swapped =
        |reading: &&Interval| slip(ratio.1, **reading).is_some_and(|cause| cause.kind == CauseKind::TransposedDigits);
    let nearest = readings.iter().find(near).or_else(|| readings.iter().find(swapped)).filter(|_| wrong)?;
    Some((ratio.0, vec![one.0, other.0], *nearest))
}

/// A ratio, its operands, and what they give in each way that they can be taken.
type Read<'a> = (Said<'a>, [Said<'a>; 2], Vec<Interval>);

/// `£2.9m a month`, as an amount.
fn monthly(quantity: &Quantity) -> Quantity {
    match &quantity.unit {
        Unit::Per(unit, each) if each == "month" => Quantity { unit: unit.as_ref().clone(), ..quantity.clone() },
        _ => quantity.clone(),
    }
}

/// `Cash of A at a burn of B a month gives R months of runway`: what lasts so long.
fn runway<'a>(head: &str, [a, b, r]: [Said<'a>; 3], (ab, bc): (&str, &str), behind: &str) -> Option<Read<'a>> {
    let one = [monthly(a.1), monthly(b.1)];
    let (joining, linking) = (words(ab), words(bc));
    let months = r.1.unit == Unit::Duration("months") && operands(&one[0], &one[1]) && money(&one[0]) == money(&one[1]);
    let near = joining.len() <= FILL && linking.len() <= 6 && !stops::parts(ab) && !stops::parts(bc);
    if !months || !near || !is_runway(head, &joining, &linking, behind) {
        return None;
    }
    let [first, second] = &one;
    let (high, low) = if first.value? < second.value? { (second, first) } else { (first, second) };
    let (top, bottom) = if first.value? < second.value? { (b, a) } else { (a, b) };
    Some((r, [top, bottom], vec![quotient(high, low, &r.1.unit)?]))
}

/// The operands first, then the ratio by its name: `A in B, an occupancy of R`, `A and B, leverage of R`, `A from B, or R per head`.
fn named<'a>(head: &str, [a, b, r]: [Said<'a>; 3], (ab, bc): (&str, &str), behind: &str) -> Option<Read<'a>> {
    if !is_plain(ab) || words(bc).len() > FILL || stops::parts(bc) || !operands(a.1, b.1) {
        return None;
    }
    let (joining, linking) = (words(ab), words(bc));
    let compared = joining.iter().any(|word| is_comparing(&word.stem));
    let said = |stem: &str| linking.iter().any(|word| word.stem == stem);
    let last = linking.last().map_or("", |word| word.stem.as_str());
    let name = linking.iter().rfind(|word| is_ratio(&word.stem));
    // `a margin of`, `a ratio of`; `, a 14.6% margin`.
    let led = name.is_some() && matches!(last, "of" | "at" | "is" | "was" | "to");
    let next = words(behind).into_iter().next().filter(|_| behind.starts_with(' '));
    let trailed = matches!(last, "a" | "an") && next.as_ref().is_some_and(|word| is_ratio(&word.stem));
    let whole = matches!(ab.trim(), "of" | "of the" | "of our" | "out of" | "out of a total of")
        || ab.trim_end().ends_with(" out of sales of");
    let apposed =
        matches!(bc.trim(), ":" | "," | "(" | ", or" | "–") || bc.trim_end().ends_with(':') && linking.len() <= 6;
    let both = |top: Said<'_>, bottom: Said<'_>| quotient(top.1, bottom.1, &r.1.unit);
    if money(a.1).is_some() && money(b.1).is_some() && !says_which(name.or(next.as_ref()), head, ab, bc) {
        return None;
    }
    match &r.1.unit {
        // `(£3,120 against £2,940) left the loss ratio at 64.1%` sets the cost of two years side by side.
        Unit::Percent if alike(a.1, b.1) && (led || trailed) && (!compared || said("ratio") && !bc.contains(')')) => {
            Some((r, [a, b], either(both(a, b), both(b, a))))
        }
        // `£36m of the £50m facility, 72% of it`.
        Unit::Percent
            if alike(a.1, b.1)
                && whole
                && linking.len() <= 3
                && matches!(bc.trim_end().rsplit_once([',', '(']), Some((noun, "")) if is_plain(noun))
                && (ends(behind) || behind.starts_with(" of it")) =>
        {
            Some((r, [a, b], vec![both(a, b)?]))
        }
        // `£14.2m of £58.0m, 24%`: a share of what is named last.
        Unit::Percent if alike(a.1, b.1) && whole && apposed && ends(behind) => Some((r, [a, b], vec![both(a, b)?])),
        Unit::Multiple | Unit::Bare | Unit::Count if alike_or_counts(a.1, b.1) && led && !compared => {
            Some((r, [a, b], either(both(a, b), both(b, a))))
        }
        Unit::Bare | Unit::Count if is_count(a.1) && is_count(b.1) && per(behind).is_some() && apposed && !compared => {
            Some((r, [a, b], either(both(a, b), both(b, a))))
        }
        Unit::Multiple if alike(a.1, b.1) && bc.trim().is_empty() && covers(&joining) => {
            Some((r, [a, b], vec![both(a, b)?]))
        }
        unit if each(unit).is_some() => {
            let (money, count) = if is_count(b.1) { (a, b) } else { (b, a) };
            let average = said("average") || per(behind).is_some() || per_before(bc) || matches!(unit, Unit::Per(..));
            let linked = linking.len() <= 5 && linking.iter().all(is_linking);
            let plain = average && linked && !is_partly(head);
            (plain && is_count(count.1)).then(|| Some((r, [money, count], vec![both(money, count)?])))?
        }
        _ => None,
    }
}

/// Whether the words say what each of two amounts is. `A in the month and B in the quarter` are two of one thing; and a margin is of
/// sales: `after costs of A the shops contributed B, a margin of R` leaves unsaid what was sold.
fn says_which(ratio: Option<&Word>, head: &str, ab: &str, bc: &str) -> bool {
    const SALES: &[&str] =
        &["revenue", "sale", "turnover", "income", "taking", "fee", "billing", "premium", "receipt", "gmv", "nfi"];
    let joining = words(ab);
    let behind_and = joining.iter().rposition(|word| word.stem == "and").map(|and| &joining[and + 1..]);
    let again = behind_and.is_some_and(|rest| rest.iter().all(is_linking));
    let of_sales = || {
        let said = words(head).into_iter().chain(words(ab)).chain(words(bc));
        said.into_iter().any(|word| SALES.contains(&word.stem.as_str()))
    };
    !again && (ratio.is_none_or(|word| word.stem != "margin") || of_sales())
}

/// The ratio between its operands: `A, or R, of the B`, `A was R of revenue of B`, `A, R of takings (B)`, `Interest of A was covered R by EBITDA of B`.
fn within<'a>(_: &str, [a, r, b]: [Said<'a>; 3], (ar, rb): (&str, &str), _: &str) -> Option<Read<'a>> {
    if !operands(a.1, b.1) || !alike(a.1, b.1) || words(rb).len() > FILL || stops::parts(rb) {
        return None;
    }
    let leading = words(ar);
    let states = |word: &Word| {
        matches!(word.stem.as_str(), "was" | "is" | "were" | "are" | "represent" | "represented" | "equal" | "equalled")
    };
    let stated = match leading.as_slice() {
        [link] => states(link),
        [which, link] => matches!(which.stem.as_str(), "which" | "that") && states(link),
        _ => false,
    };
    let stated = stated && !ar.contains([')', '(', ':', '\n']);
    let apposed = matches!(ar.trim(), "," | ", or" | "(" | "or" | ", i.e.") || stated;
    let linking = words(rb);
    let of = linking.first().is_some_and(|word| word.stem == "of") && linking.len() <= 4;
    let bracketed = rb.trim_end().ends_with('(') && !ar.contains('(');
    let last = bracketed
        || linking
            .last()
            .is_some_and(|word| matches!(word.stem.as_str(), "of" | "the" | "our") || is_of_all(&word.stem))
            && !linking.iter().any(|word| word.stem == "and");
    let closed = !ar.contains('(') || rb.trim_start().starts_with(')');
    let marks = rb.trim_end().trim_end_matches('(').trim_start().trim_start_matches([',', ')']);
    let marks = marks.contains([',', ';', ':', '(', ')', '\n']);
    match r.1.unit {
        Unit::Percent if apposed && of && last && closed && !marks => {
            Some((r, [a, b], vec![quotient(a.1, b.1, &r.1.unit)?]))
        }
        Unit::Multiple if covers(&words(ar)) && linking.first().is_some_and(|word| word.stem == "by") => {
            Some((r, [b, a], vec![quotient(b.1, a.1, &r.1.unit)?]))
        }
        _ => None,
    }
}

/// The ratio first, or the whole: `R of cases (A of B)`, `the cost per patient was R: A for B patients`, `Of B raised, A (R)`,
/// `Of the N we won R, that is K`.
fn opened<'a>(head: &str, [x, y, z]: [Said<'a>; 3], (xy, yz): (&str, &str), behind: &str) -> Option<Read<'a>> {
    let of = |text: &str| matches!(text.trim(), "of" | "of the" | "out of" | "of our");
    let near = |gap: &str| words(gap).len() <= FILL && !stops::parts(gap);
    if !near(xy) || !near(yz) {
        return None;
    }
    // `Gearing is R, with debt of A and assets of B`, `interest cover was R (EBITDA A, interest B)`.
    let led = words(head).iter().rev().take(4).any(|word| is_ratio(&word.stem));
    let opens = xy.trim_start().starts_with(['(', ':']) || xy.trim_start().starts_with(", with ");
    let inside = xy.trim_start().trim_start_matches(['(', ':', ',']);
    let unbroken = |gap: &str| !gap.contains(['(', ')', ':', ';', '\n', '–', '—']);
    let compared = words(yz).iter().any(|word| is_comparing(&word.stem));
    let closed =
        !xy.contains('(') || words(behind.split(')').next().unwrap_or_default()).len() <= 3 && behind.contains(')');
    let scaled = matches!(x.1.unit, Unit::Percent | Unit::Multiple | Unit::Bare | Unit::Count);
    if led
        && opens
        && scaled
        && closed
        && !compared
        && operands(y.1, z.1)
        && alike(y.1, z.1)
        && unbroken(inside)
        && unbroken(yz)
    {
        return Some((x, [y, z], either(quotient(y.1, z.1, &x.1.unit), quotient(z.1, y.1, &x.1.unit))));
    }
    let opening = matches!(head.trim(), "Of" | "Of the" | "Of our" | "Of all" | "Out of" | "Of all the");
    if x.1.unit == Unit::Percent && xy.trim_start().starts_with("of ") && xy.trim_end().ends_with('(') && of(yz) {
        let plain =
            words(xy).len() <= 4 && behind.trim_start().starts_with(')') && operands(y.1, z.1) && alike(y.1, z.1);
        return plain.then(|| Some((x, [y, z], vec![quotient(y.1, z.1, &x.1.unit)?])))?;
    }
    if each(&x.1.unit).is_some() && xy.trim() == ":" && per_before(head) {
        let joined = matches!(yz.trim(), "for" | "over" | "across" | "from" | "/");
        let plain = joined && operands(y.1, z.1) && is_count(z.1) && money(y.1).is_some();
        return plain.then(|| Some((x, [y, z], vec![quotient(y.1, z.1, &x.1.unit)?])))?;
    }
    if !opening || !operands(x.1, x.1) {
        return None;
    }
    // `Of £9.4m raised, £2.1m (22%) was from legacies`.
    if z.1.unit == Unit::Percent && alike(x.1, y.1) && operands(x.1, y.1) && xy.trim_end().ends_with(',') {
        let joined = yz.trim() == "(" && behind.starts_with(')')
            || (yz.trim_end().ends_with(", or")
                || yz.trim_end().ends_with(',') && !yz.trim_end_matches([',', ' ']).contains(','))
                && ends(behind);
        return joined.then(|| Some((z, [y, x], vec![quotient(y.1, x.1, &z.1.unit)?])))?;
    }
    // `Of the 64 that closed we won 30%, that is 19`.
    let again = matches!(yz.trim(), ", that is" | ", or" | "(" | ", i.e." | ", which is");
    if y.1.unit == Unit::Percent
        && alike(x.1, z.1)
        && operands(x.1, z.1)
        && again
        && (ends(behind) || behind.starts_with(')'))
    {
        return Some((y, [z, x], vec![quotient(z.1, x.1, &y.1.unit)?]));
    }
    None
}

/// `of the group's £131m`, `of total £131m`: words for all that there is.
fn is_of_all(stem: &str) -> bool {
    matches!(
        stem,
        "group" | "company" | "total" | "trust" | "society" | "association" | "university" | "bank" | "whole"
    )
}

/// Whether two numbers can be operands: exact, positive, and no percentages.
fn operands(a: &Quantity, b: &Quantity) -> bool {
    let fits = |it: &Quantity| {
        let amount = money(it).is_some() || is_count(it);
        amount && it.qualifier == Qualifier::Exact && it.value.is_some_and(|value| value > Decimal::ZERO)
    };
    fits(a) && fits(b)
}

fn is_count(quantity: &Quantity) -> bool {
    matches!(quantity.unit, Unit::Count | Unit::Bare | Unit::Measure(_))
}

/// Whether two are amounts of one kind.
fn alike(a: &Quantity, b: &Quantity) -> bool {
    let counts = is_count(a) && is_count(b) && a.scale == b.scale;
    money(a).is_some() && money(a) == money(b) || counts && exactly(a) && exactly(b)
}

fn alike_or_counts(a: &Quantity, b: &Quantity) -> bool {
    alike(a, b) || is_count(a) && is_count(b)
}

/// The currency of a unit cost.
fn each(unit: &Unit) -> Option<&Unit> {
    match unit {
        Unit::Per(unit, _) => each(unit),
        Unit::Currency(_) => Some(unit),
        _ => None,
    }
}

/// What one number over another is, in the unit of their ratio.
pub(super) fn quotient(top: &Quantity, bottom: &Quantity, unit: &Unit) -> Option<Interval> {
    // What is counted one by one is no rounding.
    let level = |it: &Quantity| if it.is_exact_count() { it.value.map(Interval::exact) } else { interval(it) };
    let (top, below) = (level(top)?, level(bottom)?);
    match unit {
        Unit::Percent => top.share_of(below),
        _ => top.over(below),
    }
}

/// Counts of which a text says `7.8 per teacher`, behind `271 teachers and 193 assistants … With 1,845 pupils that is`.
pub(super) fn per_noun<'a>(text: &str, quantities: &[Said<'a>]) -> Vec<Stated<'a>> {
    let found = quantities.windows(2).enumerate().filter_map(|(at, two)| {
        let [top, ratio] = *two else { return None };
        let between = text.get(top.0.range.end..ratio.0.range.start)?;
        let behind = text.get(ratio.0.range.end..)?;
        let said = words(behind.get(..behind.floor_char_boundary(NEAR))?);
        let per = said.iter().take(2).position(|word| word.stem == "per")?;
        let each = &said.get(per + 1)?.stem;
        let noun = |it: &Said<'_>| it.1.noun.as_deref().map(stems).and_then(|stems| stems.last().cloned());
        // The last number of them, and there is one only.
        let mut named = quantities[..at].iter().rev().take(8).filter(|it| noun(it).as_ref() == Some(each));
        let bottom = *named.next().filter(|_| named.next().is_none())?;
        let plain = words(between).len() <= 5 && !stops::parts(between) && is_count(ratio.1) && exactly(ratio.1);
        let counted =
            operands(top.1, bottom.1) && is_count(top.1) && is_count(bottom.1) && noun(&top).as_ref() != Some(each);
        let expected = quotient(top.1, bottom.1, &ratio.1.unit)?;
        let near = ratio.1.value.is_some_and(|value| expected.is_within(Decimal::TWO, value.abs()));
        (plain && counted && near && contradicts(ratio.1, expected)).then(|| (ratio.0, vec![top.0, bottom.0], expected))
    });
    found.collect()
}

fn either(one: Option<Interval>, other: Option<Interval>) -> Vec<Interval> {
    one.into_iter().chain(other).collect()
}

/// Whether a stretch between two operands sets nothing apart.
fn is_plain(gap: &str) -> bool {
    words(gap).len() <= FILL && !stops::parts(gap) && !gap.contains([',', ':', '(', ')', '\n', '–', '—'])
}

/// Words by which two numbers are two of one thing, and not parts of a ratio.
fn is_comparing(stem: &str) -> bool {
    matches!(
        stem,
        "against"
            | "from"
            | "versus"
            | "vs"
            | "compared"
            | "to"
            | "than"
            | "up"
            | "down"
            | "rose"
            | "fell"
            | "grew"
            | "budget"
            | "plan"
            | "target"
    )
}

/// Names of ratios of two stated figures.
fn is_ratio(stem: &str) -> bool {
    matches!(
        stem,
        "ratio"
            | "margin"
            | "occupancy"
            | "utilisation"
            | "utilization"
            | "leverage"
            | "gearing"
            | "cover"
            | "coverage"
            | "conversion"
    )
}

fn covers(said: &[Word]) -> bool {
    said.iter().any(|word| matches!(word.stem.as_str(), "covered" | "cover" | "covering"))
}

/// Whether months are said of money that runs out.
fn is_runway(head: &str, joining: &[Word], linking: &[Word], behind: &str) -> bool {
    let cue = |word: &Word| matches!(word.stem.as_str(), "burn" | "runway" | "last");
    let said =
        joining.iter().chain(linking).any(cue) || words(head).iter().any(cue) || words(behind).iter().take(3).any(cue);
    said && !linking.iter().any(|word| word.stem == "than")
}

/// Whether what follows a number ends what is said of it.
fn ends(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with([')', ',', ';', '.', '\n'])
}

/// `a head`, `per customer`, `each`: what follows an average.
fn per(behind: &str) -> Option<()> {
    let said = words(behind.split([',', ';', '(']).next()?);
    let stem = |at: usize| said.get(at).map_or("", |word| word.stem.as_str());
    let found =
        matches!(stem(0), "per" | "each" | "apiece") || stem(1) == "per" || matches!(stem(0), "a") && stem(1) == "head";
    found.then_some(())
}

/// `The cost per patient was`, `or per head`.
fn per_before(text: &str) -> bool {
    let said = words(text);
    said.iter().rev().take(4).any(|word| word.stem == "per")
}

/// Words between the operands of an average and the average.
fn is_linking(word: &Word) -> bool {
    is_determiner(&word.stem)
        || matches!(
            word.stem.as_str(),
            "or" | "is"
                | "was"
                | "which"
                | "average"
                | "averaging"
                | "of"
                | "at"
                | "that"
                | "per"
                | "customer"
                | "head"
                | "employee"
                | "revenue"
                | "fee"
                | "earner"
                | "fte"
                | "patient"
                | "gift"
                | "pupil"
                | "each"
                | "about"
                | "then"
                | "cost"
        )
}

/// Whether only a part of the amount is what is counted.
fn is_partly(head: &str) -> bool {
    words(head)
        .iter()
        .any(|word| matches!(word.stem.as_str(), "including" | "excluding" | "most" | "part" | "half" | "up" | "down"))
}
