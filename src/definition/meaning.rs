//! Whether two definitions of a term can both hold.
//!
//! Enters: two texts. Leaves: the phrases that exclude one another.
//! Invariant: order, punctuation, articles, and what only one of the two says are no conflict. Something has to be said by one that
//! the other says otherwise: included for excluded, gross for net, a quarter for a month, 12 months for 13.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::extract::{DecimalMark, Mention, MentionKind, scan};
use crate::quantity::{Quantity, Unit};
use crate::words::{on_one_line, words};

/// Phrases of two definitions that exclude one another, as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Conflict {
    /// The first's.
    pub(crate) first: String,
    /// The second's.
    pub(crate) second: String,
}

/// Words of which a definition means one and not the others, in groups; those in one entry mean the same. `*` stands for any ending.
const RIVALS: &[&[&[&str]]] = &[
    &[&["contract*", "commit*"], &["recogni*"], &["bill*", "invoic*"], &["collect*", "received", "paid"], &["book*"]],
    &[&["gross"], &["net"]],
    &[&["signed", "binding", "written"], &["verbal*", "oral*", "unsigned", "indicative"]],
    &[&["opening", "beginning", "start"], &["closing", "end"], &["average", "mean"]],
    &[&["before"], &["after"]],
    &[&["day", "daily"], &["week*"], &["month*"], &["quarter*"], &["year*", "annual*"]],
    &[&["median"], &["average", "mean"], &["total", "sum"]],
    &[&["minimum", "least"], &["maximum", "most"]],
    &[&["first"], &["last"]],
    &[&["basic"], &["diluted"]],
    &[&["actual"], &["budget*"], &["forecast*"], &["plan*"]],
    &[
        &["revenue", "sale", "turnover"],
        &["profit", "earning", "surplus"],
        &["cost", "expense", "expenditure"],
        &["cash"],
    ],
    // Whichever income is meant.
    &[&["income"], &["cost", "expense", "expenditure"]],
    &[
        &["customer", "client"],
        &["user"],
        &["employee", "staff", "colleague"],
        &["contractor"],
        &["donor"],
        &["member"],
    ],
    &[&["pre"], &["post"]],
    &[&["once"], &["twice"]],
    &[&["calendar"], &["working", "business"]],
    &[&["domestic"], &["international", "overseas"]],
    &[&["permanent"], &["temporary", "agency"]],
    &[&["existing"], &["new"]],
];

/// Words that say how, not what.
const SMALL: &[&str] = &[
    "the", "a", "an", "of", "at", "in", "on", "for", "to", "by", "and", "or", "from", "as", "is", "are", "was", "were",
    "be", "been", "that", "which", "who", "whose", "with", "it", "its", "their", "our", "we", "this", "these", "those",
    "than", "then", "not", "no", "yet", "all", "any", "each", "every", "also", "only", "per", "over", "during",
    "within", "between", "into", "other", "such", "whether", "if", "when", "where", "has", "have", "had", "do", "doe",
    "did", "s",
];

/// What two definitions say that cannot both hold.
pub(crate) fn conflicts(first: &str, second: &str) -> Vec<Conflict> {
    let (a, b) = (Text::new(first), Text::new(second));
    let mut found = scopes(&a, &b);
    let near = a.is_near(&b);
    let others: Vec<Conflict> = rivals(&a, &b).into_iter().chain(numbers(&a, &b)).collect();
    // One rival word between texts that have little in common is a paraphrase as likely as not.
    if near || found.len() + others.len() >= 2 {
        found.extend(others);
    }
    found
}

/// Whether two definitions have most of their words in common: enough to say that a sentence is meant as one.
pub(crate) fn resembles(first: &str, second: &str) -> bool {
    let (a, b) = (Text::new(first).content(), Text::new(second).content());
    a.intersection(&b).count() * 10 >= a.len().min(b.len()) * 6 && a.len().min(b.len()) >= 3
}

/// What a definition adds to one that it otherwise repeats word for word: `managed and tenanted pubs` for `managed pubs`.
pub(crate) fn widened(wide: &str, narrow: &str) -> Option<Conflict> {
    /// Shorter texts have their words by chance.
    const FEWEST: usize = 4;
    let (a, b) = (Text::new(wide), Text::new(narrow));
    let said = |text: &Text<'_>| -> Vec<(usize, String)> {
        let content = text.tokens.iter().enumerate().filter(|(_, token)| is_content(&token.stem));
        content.map(|(at, token)| (at, root(&token.stem))).collect()
    };
    let (ours, theirs) = (said(&a), said(&b));
    let mut rest = theirs.iter().peekable();
    let mut added = Vec::new();
    for (at, word) in &ours {
        if rest.next_if(|(_, other)| other == word).is_none() {
            added.push(*at);
        }
    }
    let joined = |at: &&usize| at.checked_sub(1).is_some_and(|before| a.tokens[before].stem == "and");
    let at = **added.iter().find(joined).as_ref()?;
    let inside = ours.last().is_some_and(|(last, _)| *last != at);
    let repeated = rest.peek().is_none() && theirs.len() >= FEWEST && added.len() <= 2;
    (repeated && inside)
        .then(|| Conflict { first: a.phrase(at - 1..at + 1), second: narrow.trim().trim_end_matches('.').to_owned() })
}

/// A word of a definition.
struct Token {
    stem: String,
    range: Range<usize>,
    /// Words that no comma or full stop parts have the same.
    clause: usize,
}

struct Text<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        let mut clause = 0;
        for word in words(text) {
            let end = tokens.last().map_or(0, |last| last.range.end);
            clause += usize::from(text[end..word.range.start].contains([',', ';', '.', ':', '(', ')', '–', '—']));
            tokens.push(Token { stem: word.stem, range: word.range, clause });
        }
        Self { text, tokens }
    }

    /// The stems of words that carry meaning, without their endings.
    fn content(&self) -> BTreeSet<String> {
        self.tokens.iter().filter(|token| is_content(&token.stem)).map(|token| root(&token.stem)).collect()
    }

    /// Whether the two have a good part of their words in common.
    fn is_near(&self, other: &Text<'_>) -> bool {
        let (a, b) = (self.content(), other.content());
        let common = a.intersection(&b).count();
        common * 100 >= a.len().min(b.len()) * 35 && common >= 2
    }

    /// The words that carry meaning just before and just behind a token, in its clause.
    fn around(&self, at: usize) -> [BTreeSet<String>; 2] {
        let clause = self.tokens[at].clause;
        let content = |token: &&Token| token.clause == clause && is_content(&token.stem);
        let roots = |token: &Token| root(&token.stem);
        let before = self.tokens[..at].iter().rev().filter(content).take(2).map(roots).collect();
        let behind = self.tokens[at + 1..].iter().filter(content).take(4).map(roots).collect();
        [before, behind]
    }

    fn phrase(&self, tokens: Range<usize>) -> String {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => on_one_line(&self.text[first.range.start..last.range.end]),
            _ => String::new(),
        }
    }

    /// Whether a token ends what something is divided by.
    fn divides(&self, at: usize) -> bool {
        let clause = self.clause(at);
        let divided = self.tokens[clause.start..at].iter().any(|token| token.stem == "divided");
        divided && !self.tokens[at + 1..clause.end].iter().any(|token| is_content(&token.stem))
    }

    /// The tokens of a token's clause.
    fn clause(&self, at: usize) -> Range<usize> {
        let clause = self.tokens[at].clause;
        let start = self.tokens[..at].iter().rposition(|token| token.clause != clause).map_or(0, |before| before + 1);
        let len = self.tokens[at..].iter().take_while(|token| token.clause == clause).count();
        start..at + len
    }
}

fn is_content(stem: &str) -> bool {
    !SMALL.contains(&stem)
}

/// A stem without the endings that `annual` and `annualised`, `churn` and `churned`, `charge` and `charged` differ in.
fn root(stem: &str) -> String {
    let plain = |bare: &&str| bare.len() >= 4 && !stem.ends_with("eed");
    let bare = ["ed", "ing", "e"].iter().find_map(|end| stem.strip_suffix(end)).filter(plain);
    bare.unwrap_or(stem).chars().take(6).collect()
}

fn meet(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.intersection(b).next().is_some()
}

/// Words of one group that stand in one context and are not the same.
fn rivals(a: &Text<'_>, b: &Text<'_>) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    for group in RIVALS {
        let (ours, theirs) = (members(a, group), members(b, group));
        let has = |of: &[(usize, usize)], class: usize| of.iter().any(|(_, other)| *other == class);
        'group: for &(at, _) in ours.iter().filter(|(_, class)| !has(&theirs, *class)) {
            for &(other, _) in theirs.iter().filter(|(_, class)| !has(&ours, *class)) {
                let ([before, behind], [their_before, their_behind]) = (a.around(at), b.around(other));
                // `divided by forecast income`, `divided by pay and non-pay costs`: one place in one formula.
                if a.divides(at) && b.divides(other)
                    || meet(&behind, &their_behind)
                    || (behind.is_empty() && their_behind.is_empty() && meet(&before, &their_before))
                {
                    found.push(Conflict { first: a.phrase(at..at + 1), second: b.phrase(other..other + 1) });
                    break 'group;
                }
            }
        }
    }
    found
}

/// The tokens of a group, each with the entry it belongs to.
fn members(text: &Text<'_>, group: &[&[&str]]) -> Vec<(usize, usize)> {
    let class = |stem: &str| {
        let is = |name: &&str| name.strip_suffix('*').map_or(*name == stem, |start| stem.starts_with(start));
        group.iter().position(|names| names.iter().any(is))
    };
    text.tokens.iter().enumerate().filter_map(|(at, token)| Some((at, class(&token.stem)?))).collect()
}

/// What a definition takes in or leaves out.
struct Scope {
    /// In, or out.
    within: bool,
    /// The roots of what it is about.
    about: BTreeSet<String>,
    phrase: String,
}

/// What one takes in and the other leaves out.
fn scopes(a: &Text<'_>, b: &Text<'_>) -> Vec<Conflict> {
    let (ours, theirs) = (bounds(a), bounds(b));
    let mut found = Vec::new();
    for scope in &ours {
        let against = |other: &&Scope| other.within != scope.within && same(&other.about, &scope.about);
        let agrees = theirs.iter().any(|other| other.within == scope.within && same(&other.about, &scope.about));
        if let Some(other) = theirs.iter().find(against).filter(|_| !agrees) {
            found.push(Conflict { first: scope.phrase.clone(), second: other.phrase.clone() });
        }
        if let Some(second) = added(b, scope).filter(|_| !agrees) {
            found.push(Conflict { first: scope.phrase.clone(), second });
        }
    }
    for scope in theirs.iter().filter(|scope| !ours.iter().any(|own| same(&own.about, &scope.about))) {
        found.extend(added(a, scope).map(|first| Conflict { first, second: scope.phrase.clone() }));
    }
    found
}

/// `operating expenses and impairment, over income`: what one text leaves out, counted in by the other.
fn added(text: &Text<'_>, left_out: &Scope) -> Option<String> {
    let is = |at: usize, stems: &[&str]| text.tokens.get(at).is_some_and(|token| stems.contains(&token.stem.as_str()));
    let content =
        |at: usize| text.tokens.get(at).filter(|token| is_content(&token.stem)).map(|token| root(&token.stem));
    let joins = (0..text.tokens.len()).filter(|&at| !left_out.within && is(at, &["and", "plus"]));
    joins.map(|at| at..text.clause(at).end).find_map(|range| {
        let mut missing = left_out.about.clone();
        let end = range
            .clone()
            .skip(1)
            .find(|&at| content(at).is_some_and(|root| missing.remove(&root)) && missing.is_empty())?;
        // Nothing else stands between: the whole of it is what is added.
        let others = (range.start + 1..=end).filter_map(content).filter(|root| !left_out.about.contains(root)).count();
        (others == 0).then(|| text.phrase(range.start..end + 1))
    })
}

/// Whether two are about one thing: most of the shorter in the longer.
fn same(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.intersection(b).count() * 2 > a.len().min(b.len())
}

/// Everything that a text includes or excludes.
fn bounds(text: &Text<'_>) -> Vec<Scope> {
    let stem = |at: usize| text.tokens.get(at).map_or("", |token| token.stem.as_str());
    let mut found = Vec::new();
    for at in 0..text.tokens.len() {
        let clause = text.clause(at);
        let negated =
            (clause.start..at).rev().take(2).any(|before| matches!(stem(before), "not" | "never" | "without"));
        let passive = (clause.start..at)
            .rev()
            .take(3)
            .any(|before| matches!(stem(before), "is" | "are" | "be" | "been" | "was" | "were"));
        let word = stem(at);
        let (within, objects) = match word {
            // `trial accounts excluded`: at the end of its clause.
            "excluded" if at + 1 == clause.end && at > clause.start => (negated, clause.start..at),
            "included" if at + 1 == clause.end && at > clause.start => (!negated, clause.start..at),
            // `, with restricted cash`.
            "with" if at == clause.start && at > 0 => (true, at + 1..clause.end),
            // The point of `excl.` ends no clause.
            "excl" | "ex" | "incl" if at + 1 < text.tokens.len() => {
                (if word == "incl" { !negated } else { negated }, at + 1..text.clause(at + 1).end)
            }
            _ if word.starts_with("exclud") && passive => (negated, clause.start..at),
            _ if word.starts_with("includ") && passive => (!negated, clause.start..at),
            "counted" | "considered" if passive && negated => (false, clause.start..at),
            "omitted" | "ignored" | "disregarded" if passive => (negated, clause.start..at),
            // `are left out`, `credit losses are not in it`, `are no part of it`.
            "left" if passive && stem(at + 1) == "out" => (negated, clause.start..at),
            "in" if passive && matches!(stem(at + 1), "it" | "them") => (!negated, clause.start..at),
            "part" if passive && stem(at + 1) == "of" => {
                (!negated && stem(at.wrapping_sub(1)) != "no", clause.start..at)
            }
            "exclusive" if stem(at + 1) == "of" => (negated, at + 1..clause.end),
            "inclusive" if stem(at + 1) == "of" => (!negated, at + 1..clause.end),
            _ if word.starts_with("exclud") => (negated, at + 1..clause.end),
            _ if word.starts_with("includ") => (!negated, at + 1..clause.end),
            "except" | "before" => (false, at + 1..clause.end),
            "without" if !stem(at + 1).starts_with("includ") => (false, at + 1..clause.end),
            "regardless" | "irrespective" => (true, at + 1..clause.end),
            "whether" => (true, at + 1..clause.end),
            _ => continue,
        };
        let about: BTreeSet<String> = objects.clone().map(stem).filter(|stem| is_content(stem)).map(root).collect();
        if !about.is_empty() {
            let end = at + 1 + usize::from(matches!(word, "in" | "left"));
            let phrase = objects.start.min(at)..objects.end.max(end);
            found.push(Scope { within, about, phrase: text.phrase(phrase) });
        }
    }
    found
}

/// The only number of a kind in each, when they differ.
fn numbers(a: &Text<'_>, b: &Text<'_>) -> Vec<Conflict> {
    let (ours, theirs) = (quantities(a.text), quantities(b.text));
    let alone =
        |of: &[(Quantity, Range<usize>)], unit: &Unit| of.iter().filter(|(own, _)| own.unit == *unit).count() == 1;
    let mut found = Vec::new();
    for (own, range) in ours.iter().filter(|(own, _)| alone(&ours, &own.unit) && alone(&theirs, &own.unit)) {
        let Some((other, their_range)) = theirs.iter().find(|(other, _)| other.unit == own.unit) else { continue };
        let differ = if own.qualifier == other.qualifier { own.value != other.value } else { !own.agrees_with(other) };
        let shared = a.beside(range).into_iter().zip(b.beside(their_range)).any(|(a, b)| meet(&a, &b));
        if differ && shared {
            found.push(Conflict {
                first: a.text[range.clone()].to_owned(),
                second: b.text[their_range.clone()].to_owned(),
            });
        }
    }
    found
}

impl Text<'_> {
    /// The words that carry meaning before and behind a range.
    fn beside(&self, range: &Range<usize>) -> [BTreeSet<String>; 2] {
        let content = |token: &&Token| is_content(&token.stem);
        let before = self.tokens.iter().rev().filter(|token| token.range.end <= range.start).filter(content).take(3);
        let behind = self.tokens.iter().filter(|token| token.range.start >= range.end).filter(content).take(3);
        [before.map(|token| root(&token.stem)).collect(), behind.map(|token| root(&token.stem)).collect()]
    }
}

fn quantities(text: &str) -> Vec<(Quantity, Range<usize>)> {
    let quantity = |mention: Mention| match mention.kind {
        MentionKind::Quantity(quantity) if quantity.value.is_some() && !small(&quantity) => {
            Some((quantity, mention.range))
        }
        MentionKind::Period(..) => stretch(text, mention.range),
        _ => None,
    };
    scan(text, DecimalMark::Point).into_iter().filter_map(quantity).collect()
}

/// `the last 12 months` is a period to a claim and a length to a definition.
fn stretch(text: &str, range: Range<usize>) -> Option<(Quantity, Range<usize>)> {
    // `twelve months ago`: the number and its unit, whatever the rest makes of them.
    let said = words(text.get(range.clone())?);
    let pairs = said.windows(2).map(|two| range.start + two[0].range.start..range.start + two[1].range.end);
    let (start, length) = pairs.into_iter().find_map(|pair| {
        let found = scan(text.get(pair.clone())?, DecimalMark::Point).into_iter().next()?;
        (found.range.start == 0 && matches!(found.kind, MentionKind::Quantity(_))).then_some((pair.start, found))
    })?;
    match length.kind {
        MentionKind::Quantity(quantity) if matches!(quantity.unit, Unit::Duration(_)) => {
            Some((quantity, start + length.range.start..start + length.range.end))
        }
        _ => None,
    }
}

/// `one`, `two`: words of speech.
fn small(quantity: &Quantity) -> bool {
    quantity.in_words && matches!(quantity.unit, Unit::Bare | Unit::Count)
}

#[cfg(test)]
mod tests {
    use super::{conflicts, widened};

    #[track_caller]
    fn check(first: &str, second: &str, expected: &[(&str, &str)]) {
        for (first, second, turn) in [(first, second, false), (second, first, true)] {
            let found = conflicts(first, second);
            let found: Vec<(&str, &str)> = found
                .iter()
                .map(|it| {
                    if turn { (it.second.as_str(), it.first.as_str()) } else { (it.first.as_str(), it.second.as_str()) }
                })
                .collect();
            assert_eq!(found, expected, "{first:?} / {second:?}");
        }
    }

    #[test]
    fn said_otherwise() {
        check(
            "Signed yearly subscription fees at month end, excluding one-off work.",
            "Yearly subscription fees, including one-off work",
            &[("excluding one-off work", "including one-off work")],
        );
        check(
            "Operating expenses over income, before impairment of loans",
            "operating expenses and loan impairment divided by income",
            &[("before impairment of loans", "and loan impairment")],
        );
        check(
            "Fees of all shops that are open; shops under repair are excluded.",
            "fees of all shops, whether open or under repair",
            &[("shops under repair are excluded", "whether open or under repair")],
        );
        check("Gross sales less returns, over orders", "net sales less returns over orders", &[("Gross", "net")]);
        check("Stock at year end over cost of sales", "average stock over the cost of sales", &[("end", "average")]);
        check("Fees of the last month times twelve", "fees of the last quarter times twelve", &[("month", "quarter")]);
        check(
            "People with a gift in the last 12 months",
            "people with a gift in the last 18 months",
            &[("12 months", "18 months")],
        );
        check(
            "Orders received and verbal commitments not yet shipped",
            "signed orders not yet shipped",
            &[("verbal", "signed")],
        );
        check(
            "Fees of today over those of then, excluding customers who churned",
            "fees of today over those of then, including churn",
            &[("excluding customers who churned", "including churn")],
        );
        check(
            "Fees of today over those of then, excluding amounts that were charged",
            "fees of today over those of then, including charges",
            &[("excluding amounts that were charged", "including charges")],
        );
        check("Orders over 250 euro per customer", "orders over 250 euro per user", &[("customer", "user")]);
    }

    #[test]
    fn said_in_figures_and_words() {
        check(
            "Fees today from customers of twelve months ago over their fees then",
            "fees today from customers of 6 months ago over their fees then",
            &[("twelve months", "6 months")],
        );
        check("Users seen once in the last 30 days", "users seen twice in the last 30 days", &[("once", "twice")]);
        check(
            "Users seen in the last 30 days, excluding trial accounts",
            "users seen in the last 30 days, trial accounts included",
            &[("excluding trial accounts", "trial accounts included")],
        );
        check(
            "Cash and equivalents, excluding restricted cash",
            "cash and equivalents, with restricted cash",
            &[("excluding restricted cash", "with restricted cash")],
        );
        check("Fees of twelve months ago", "fees of 12 months ago", &[]);
    }

    #[test]
    fn taken_in_besides() {
        let added = |wide: &str, narrow: &str| widened(wide, narrow).map(|conflict| conflict.first);
        let narrow = "Growth in sales of managed pubs open throughout both periods.";
        let wide = "growth in sales of managed and tenanted pubs open throughout both periods";
        assert_eq!(added(wide, narrow).as_deref(), Some("and tenanted"));
        assert_eq!(added(narrow, wide), None);
        assert_eq!(added("growth in sales of managed pubs open throughout both periods and audited", narrow), None);
        assert_eq!(added("sales of managed and tenanted pubs", "Sales of managed pubs"), None);
    }

    #[test]
    fn taken_in_and_left_out() {
        for (ours, left_out) in [
            ("Running costs over income. Loan losses are not in it", "Loan losses are not in it"),
            ("Running costs over income. Loan losses are left out", "Loan losses are left out"),
            ("Running costs over income. Loan losses are not counted", "Loan losses are not counted"),
            ("Running costs over income, exclusive of loan losses", "exclusive of loan losses"),
        ] {
            check(ours, "running costs and loan losses divided by income", &[(left_out, "and loan losses")]);
            check(ours, "running costs divided by income", &[]);
            check(ours, "running costs divided by income, without loan losses", &[]);
        }
        check(
            "Fees of a year ago still paid; shops closed in the year are in it",
            "fees of a year ago still paid; shops closed in the year are left out",
            &[("shops closed in the year are in it", "shops closed in the year are left out")],
        );
    }

    #[test]
    fn said_in_other_words() {
        for (first, second) in [
            (
                "Contracted annual fees at period end, excluding services.",
                "excluding services: annual fees contracted, at the end of the period",
            ),
            ("Contracted annual fees at period end, excluding services.", "annual fees"),
            (
                "Contracted annual fees at period end, excluding services.",
                "Annual fees at period end. Pilots are included from the day that they are paid.",
            ),
            ("Profit before interest and tax", "profit from operations, after central costs"),
            ("Profit before interest and tax", "Operating profit before interest and tax, after central costs"),
            (
                "Fees today of the customers of a year ago, over their fees then",
                "fees of last year's customers today, divided by what they paid then",
            ),
            ("Average monthly visits", "visits of a month on average, counted once a day"),
            ("Customers seen within 30 days", "customers that were seen in 30 days, of 12 countries"),
        ] {
            check(first, second, &[]);
        }
    }
}
