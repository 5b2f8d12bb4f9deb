//! Names of the vocabulary in a sentence, and what the words around make of them.
//!
//! Enters: a text's words and mentions. Leaves: items for metrics and segments, each with its [`Fit`].
//! Invariant: a word that may make a name another thing's is never passed over.

use std::ops::Range;

use super::places::place_of;
use super::{Fit, Item, Kind, overlaps};
use crate::bind::lexicon::{self, Cue};
use crate::extract::{Mention, MentionKind};
use crate::quantity::Unit;
use crate::scenario;
use crate::vocabulary::{Found, MetricId, Name, Term, Vocabulary};
use crate::words::{Word, is_determiner, stems};

/// `On a non-GAAP basis gross margin was …`: the qualifier makes another metric of every name in the sentence, known or not. Behind
/// several numbers (`EBIT of $5M rose by 2% on a normalised basis`) it is about the last of them alone.
pub(super) fn qualify(vocabulary: &Vocabulary, items: &mut Vec<Item>) {
    let word = |item: &Item| match &item.kind {
        Kind::Word(stem) => Some(stem.clone()),
        _ => None,
    };
    let is_basis = |item: &Item| word(item).is_some_and(|stem| stem == "basis");
    let Some(basis) = items.iter().position(is_basis) else { return };
    let Some(on) = items[..basis].iter().rposition(|item| word(item).is_some_and(|stem| stem == "on")) else { return };
    let Some(qualifier) = items[on + 1..basis].iter().map(word).collect::<Option<Vec<String>>>() else { return };
    if qualifier == ["gaap"] || !qualifier.iter().any(|stem| lexicon::is_modifier(stem)) {
        return;
    }
    let qualified = |id: MetricId, fit: Fit| match vocabulary.exact(&format!(
        "{} {}",
        qualifier.join(" "),
        vocabulary.term(id).label
    )) {
        Some(Name::Metric(other)) => Kind::Metric(other, fit),
        _ => Kind::Metric(id, Fit::Other),
    };
    let named = items[..on].iter().rposition(|item| matches!(item.kind, Kind::Metric(..)));
    let numbers =
        |from: usize| (from..on).filter(|&at| matches!(items[at].kind, Kind::Quantity(_))).collect::<Vec<_>>();
    if let Some(named) = named
        && let [_, .., last] = numbers(named).as_slice()
        && let Kind::Metric(id, fit) = items[named].kind
    {
        let at = items[*last].range.start;
        items.insert(*last, Item { range: at..at, kind: qualified(id, fit) });
        return;
    }
    for item in items {
        if let Kind::Metric(id, fit) = item.kind {
            item.kind = qualified(id, fit);
        }
    }
}

/// `cost of licence revenue`: of the metric that is called cost of revenue, if any, and never of revenue.
pub(super) fn costs_of(vocabulary: &Vocabulary, items: &mut [Item]) {
    for at in 3..items.len() {
        let led = items[at - 3].is_word(&["cost"])
            && items[at - 2].kind == Kind::Cue(Cue::Of)
            && matches!(items[at - 1].kind, Kind::Segment(_));
        if let (true, Kind::Metric(id, fit)) = (led, &items[at].kind) {
            let label = stems(&vocabulary.term(*id).label).into_iter().filter(|stem| stem != "total");
            items[at].kind = match vocabulary.exact(&format!("cost of {}", label.collect::<Vec<_>>().join(" "))) {
                Some(Name::Metric(cost)) => Kind::Metric(cost, *fit),
                _ => Kind::Metric(*id, Fit::Other),
            };
        }
    }
}

/// `EBITDA was €37.2m; the margin reached 40.7%`: a bare margin is that of the one result which its sentence, or else the last sentence
/// that names one, speaks of. Where several are named it may be the margin of any.
pub(super) fn own_margins(vocabulary: &Vocabulary, sentences: &mut [Vec<Item>]) {
    let mut last: Vec<MetricId> = Vec::new();
    for items in sentences {
        let mut own: Vec<MetricId> = items.iter().filter_map(|item| result(vocabulary, item)).collect();
        own.sort_unstable();
        own.dedup();
        let mut margins = if own.is_empty() { &last } else { &own }.iter().map(|id| margin_of(vocabulary, *id));
        if let Some(Some(margin)) = margins.next()
            && margins.all(|other| other == Some(margin))
        {
            bare_margins(items, margin);
        }
        if !own.is_empty() {
            last = own;
        }
    }
}

/// Takes the word `margin` that stands alone for a metric.
fn bare_margins(items: &mut [Item], margin: MetricId) {
    let named = |kind: &Kind| matches!(kind, Kind::Word(_) | Kind::Metric(..) | Kind::Segment(_));
    for at in 0..items.len() {
        let bare = items[at].is_word(&["margin"])
            && !at.checked_sub(1).is_some_and(|before| named(&items[before].kind))
            // `a margin of 40.7%`, and no `margin of safety`.
            && !matches!(items.get(at + 1..), Some([of, rest @ ..]) if of.kind == Kind::Cue(Cue::Of)
                && !matches!(rest.first().map(|item| &item.kind), Some(Kind::Quantity(_))));
        if bare {
            items[at].kind = Kind::Metric(margin, Fit::Loose);
        }
    }
}

/// A metric that has, or may have, a margin: a result, or a margin itself.
fn result(vocabulary: &Vocabulary, item: &Item) -> Option<MetricId> {
    const RESULTS: &[&str] = &[
        "profit",
        "income",
        "result",
        "surplus",
        "earning",
        "ebitda",
        "ebit",
        "ebita",
        "loss",
        "margin",
        "contribution",
    ];
    let Kind::Metric(id, fit) = item.kind else { return None };
    let own = stems(&vocabulary.term(id).label);
    let result = own.iter().any(|stem| RESULTS.contains(&stem.as_str())) || margin_of(vocabulary, id).is_some();
    (fit != Fit::Other && result).then_some(id)
}

/// `EBITDA margin` of EBITDA, `gross margin` of gross profit, `net interest margin` of net interest income; a margin is its own.
fn margin_of(vocabulary: &Vocabulary, id: MetricId) -> Option<MetricId> {
    let label = stems(&vocabulary.term(id).label);
    let exact = |text: &str| match vocabulary.exact(text) {
        Some(Name::Metric(margin)) => Some(margin),
        _ => None,
    };
    match label.split_last()? {
        (kind, _) if kind == "margin" => Some(id),
        (kind, rest @ [_, ..]) if matches!(kind.as_str(), "profit" | "income" | "result" | "surplus" | "earning") => {
            exact(&format!("{} margin", rest.join(" "))).or_else(|| exact(&format!("{} margin", label.join(" "))))
        }
        _ => exact(&format!("{} margin", label.join(" "))),
    }
}

/// Names of the vocabulary. A name gives way to a period or date that it overlaps; a quantity inside a name is part of it.
pub(super) fn names(text: &str, words: &[Word], mentions: &[Mention], vocabulary: &Vocabulary, items: &mut Vec<Item>) {
    let periods: Vec<Range<usize>> =
        mentions.iter().filter(|m| matches!(m.kind, MentionKind::Period(..))).map(|m| m.range.clone()).collect();
    let found = vocabulary.find_said(words);
    adjectives(words, &found, vocabulary, items);
    let places: Vec<Range<usize>> = items.iter().map(|item| item.range.clone()).collect();
    for (at, name) in found.iter().enumerate() {
        // `North American revenue` is not also of the segment North.
        let within_place = || matches!(name.name, Name::Segment(_)) && overlaps(&places, &name.range);
        if overlaps(&periods, &name.range) || within_place() {
            continue;
        }
        let kind = match &name.name {
            Name::Metric(id) => {
                let part = vocabulary.segment(&text[name.range.clone()]);
                if let Some(segment) = part.filter(|_| is_part_here(text, name, mentions, vocabulary.term(*id))) {
                    items.push(Item { range: name.range.clone(), kind: Kind::Segment(segment.to_owned()) });
                    continue;
                }
                let before_it = at.checked_sub(1).and_then(|before| found.get(before));
                if before_it.is_some_and(|other| says_kind(text, other, name, vocabulary.term(*id))) {
                    continue;
                }
                let before = at.checked_sub(1).and_then(|at| found.get(at)).map_or(0, |previous| previous.words.end);
                let after = found.get(at + 1).map_or(words.len(), |next| next.words.start);
                abbreviated(text, words, &name.words, vocabulary, *id).unwrap_or_else(|| {
                    let term = vocabulary.term(*id);
                    let (own, short) = (name.words.clone(), name.short);
                    let named =
                        Named { text, words, name: own, free: before..after, mentions, vocabulary, term, short };
                    Kind::Metric(*id, named.fit())
                })
            }
            Name::Segment(_) if is_left_out(words, name.words.start) => Kind::Cue(Cue::Foreign),
            Name::Segment(segment) => Kind::Segment(segment.clone()),
            Name::Nothing => continue,
        };
        // `61,330 TEU`: the unit of a number may be a metric's name.
        let within = |mention: &&Mention| {
            let quantity = matches!(mention.kind, MentionKind::Quantity(_));
            quantity && mention.range.start < name.range.start && name.range.end <= mention.range.end
        };
        let holding = mentions[mentions.partition_point(|mention| mention.range.end < name.range.end)..].first();
        let range = holding.filter(within).map_or(name.range.clone(), |mention| mention.range.end..mention.range.end);
        items.push(Item { range, kind });
    }
}

/// `European revenue`: the segment of the place, where the vocabulary has it and the word is part of no other name.
fn adjectives(words: &[Word], found: &[Found], vocabulary: &Vocabulary, items: &mut Vec<Item>) {
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.capital) {
        let named = || found.get(found.partition_point(|name| name.words.end <= at));
        if let Some((first, segment)) = segment_of(words, at, vocabulary)
            && named().is_none_or(|name| name.words.start > at)
        {
            let range = words[first].range.start..word.range.end;
            items.push(Item { range, kind: Kind::Segment(segment) });
        }
    }
}

/// `Scheduled passenger revenue` of a table with `Scheduled passenger` and `Total revenue`: of what kind the metric right before is, and
/// no total.
fn says_kind(text: &str, other: &Found, name: &Found, term: &Term) -> bool {
    let glued = text.get(other.range.end..name.range.start) == Some(" ");
    let total = || stems(&term.label).first().is_some_and(|first| first == "total");
    glued && matches!(other.name, Name::Metric(_)) && name.words.len() == 1 && (name.short || total())
}

/// The segment that an adjective at a place is of, and its first word: `North American` of North America.
fn segment_of(words: &[Word], at: usize, vocabulary: &Vocabulary) -> Option<(usize, String)> {
    let place = place_of(&words[at].stem)?;
    let longer = at.checked_sub(1).and_then(|before| {
        let segment = vocabulary.segment(&format!("{} {place}", words[before].stem))?;
        Some((before, segment.to_owned()))
    });
    longer.or_else(|| Some((at, vocabulary.segment(place)?.to_owned())))
}

/// `Stores: £398.2m (+1.5%)`: where a name is both a metric's that is counted and a segment's, an amount or percentage right behind it
/// is the segment's.
fn is_part_here(text: &str, name: &Found, mentions: &[Mention], term: &Term) -> bool {
    let counted = matches!(term.unit, Some(Unit::Count | Unit::Measure(_)));
    if !counted {
        return false;
    }
    let from = name.range.end;
    let next = mentions[mentions.partition_point(|mention| mention.range.start < from)..].iter().find_map(|mention| {
        match &mention.kind {
            MentionKind::Quantity(quantity) => Some((mention.range.start, &quantity.unit)),
            _ => None,
        }
    });
    let Some((at, unit)) = next else { return false };
    let near = text.get(from..at).is_some_and(|gap| gap.len() < 60 && !gap.contains(['.', ';']));
    near && matches!(unit, Unit::Currency(_) | Unit::Percent)
}

/// `underlying earnings before interest and tax (EBIT)`: what stands before the words that a name in brackets abbreviates is said of
/// the name too.
fn abbreviated(text: &str, words: &[Word], name: &Range<usize>, vocabulary: &Vocabulary, id: MetricId) -> Option<Kind> {
    let [word] = &words[name.clone()] else { return None };
    let enclosed = text[..word.range.start].ends_with('(') && text[word.range.end..].starts_with(')');
    let letters: Vec<char> = word.stem.chars().collect();
    if !enclosed || letters.len() < 2 {
        return None;
    }
    let mut first = name.start;
    for letter in letters.iter().rev() {
        let own = |word: &&Word| word.stem.starts_with(*letter);
        first = first.checked_sub(1)?;
        if !own(&&words[first]) && matches!(words[first].stem.as_str(), "and" | "of" | "the" | "in" | "on" | "for") {
            first = first.checked_sub(1)?;
        }
        own(&&words[first]).then_some(())?;
    }
    let before = &words[first.checked_sub(1)?];
    let term = vocabulary.term(id);
    if !lexicon::is_modifier(&before.stem) || term.speaks_of(&before.stem) {
        return None;
    }
    Some(match vocabulary.exact(&format!("{} {}", before.stem, term.label)) {
        Some(Name::Metric(other)) => Kind::Metric(other, Fit::Plain),
        _ => Kind::Metric(id, Fit::Other),
    })
}

/// `outside the United States`: everything but what is named.
fn is_left_out(words: &[Word], name: usize) -> bool {
    let mut before = words[..name].iter().rev().map(|word| word.stem.as_str()).filter(|stem| !is_determiner(stem));
    match before.next() {
        Some("from") => matches!(before.next(), Some("apart" | "aside" | "separately")),
        Some(stem) => matches!(stem, "outside" | "excluding" | "except"),
        None => false,
    }
}

/// A metric's name among the words of a text.
struct Named<'a> {
    text: &'a str,
    words: &'a [Word],
    /// Its words, by index.
    name: Range<usize>,
    /// The words that no other name has, up to the names on either side.
    free: Range<usize>,
    mentions: &'a [Mention],
    vocabulary: &'a Vocabulary,
    term: &'a Term,
    /// Whether it is only short for the name.
    short: bool,
}

impl Named<'_> {
    /// What the words directly before and after the name make of its identity.
    fn fit(&self) -> Fit {
        match (self.before(), self.after()) {
            (Fit::Other, _) | (_, Fit::Other) => Fit::Other,
            (Fit::Loose, _) | (_, Fit::Loose) => Fit::Loose,
            _ if self.short => Fit::Loose,
            _ => Fit::Plain,
        }
    }

    fn before(&self) -> Fit {
        if is_left_out(self.words, self.name.start) {
            return Fit::Other;
        }
        let mut first = self.name.start;
        // `average monthly expenses`: the adjectives of time in between are looked through.
        while let Some(word) = self.preceding(first)
            && matches!(word.stem.as_str(), "monthly" | "quarterly" | "annual" | "yearly" | "total" | "overall")
        {
            first -= 1;
        }
        let Some(word) = self.preceding(first).filter(|word| !self.is_mentioned(word)) else { return Fit::Plain };
        // `European revenue`: of a known segment, or of a place that nothing else is stated for.
        if word.capital && place_of(&word.stem).is_some() {
            let placed = segment_of(self.words, first - 1, self.vocabulary).is_some();
            return if placed { Fit::Plain } else { Fit::Other };
        }
        let earlier = first.checked_sub(2).map_or("", |at| self.words[at].stem.as_str());
        // GAAP alone is what a figure is unless it says otherwise; "non-GAAP" is otherwise.
        let reported = word.stem == "gaap" && earlier != "non";
        // `we recognized other income of $103M`: a verb, where its subject stands before it.
        let acts = matches!(word.stem.as_str(), "recognised" | "recognized")
            && matches!(earlier, "we" | "company" | "group" | "also" | "have" | "has" | "had");
        // `cost of revenue`: what is not named as a cost is none. `net of bursaries`: what is taken off.
        if word.stem == "of" && matches!(earlier, "cost" | "net") {
            return Fit::Other;
        }
        if acts || reported || self.term.speaks_of(&word.stem) {
            return Fit::Plain;
        }
        // A capital in the middle of a text is a proper name: `Wesley revenue` is Wesley's.
        let proper = || word.capital && self.name.start > 1 && !self.words[self.name.start].capital;
        match self.is_open(word) {
            _ if lexicon::is_modifier(&word.stem) => Fit::Other,
            _ if self.is_attributive(first - 1) => Fit::Loose,
            true if proper() || self.is_bare() || self.short => Fit::Other,
            true => Fit::Loose,
            false => Fit::Plain,
        }
    }

    /// `Research income` is no `Total income`: of a label, only its last word is there.
    fn is_bare(&self) -> bool {
        let label = stems(&self.term.label);
        let total = label.first().is_some_and(|first| first == "total");
        total && self.name.len() == 1 && label.len() > 1
    }

    /// `1,431 paying customers`, `Our committed revenue`, `Churned ARR was`: a participle that says which of them, where no subject
    /// stands before it; what opens a clause with `-ing` may say what is done with all of them (`Growing revenue to $9M`).
    fn is_attributive(&self, at: usize) -> bool {
        let word = &self.words[at];
        if !lexicon::is_participle(&word.stem)
            || lexicon::cue(&word.stem).is_some()
            || lexicon::is_transparent(&word.stem)
        {
            return false;
        }
        let head = self.text[..word.range.start].trim_end();
        let before = at.checked_sub(1).map(|at| &self.words[at]).filter(|before| before.range.end == head.len());
        let counted = self.mentions[..self.mentions.partition_point(|mention| mention.range.end <= head.len())]
            .last()
            .is_some_and(|mention| mention.range.end == head.len() && matches!(mention.kind, MentionKind::Quantity(_)));
        let led = before.is_some_and(|before| is_determiner(&before.stem));
        // `Paying customers: 1,431`.
        let labels = || self.text[self.words[self.name.end - 1].range.end..].starts_with(':');
        counted || led || before.is_none() && (word.stem.ends_with("ed") || labels())
    }

    /// `NRR (Enterprise)`, `Reserves (unrestricted)`: which of them a bracket behind the name says.
    fn is_bracketed(&self) -> bool {
        let last = &self.words[self.name.end - 1];
        let Some(rest) = self.text.get(last.range.end..).and_then(|rest| rest.strip_prefix(" (")) else { return false };
        let Some((inside, _)) = rest.split_once(')') else { return false };
        let start = last.range.end + " (".len();
        let own = || self.words[self.name.end..].iter().take_while(|word| word.range.end <= start + inside.len());
        let open = |word: &Word| self.is_open(word) && !self.term.speaks_of(&word.stem);
        self.name.end < self.free.end && own().count() <= 2 && own().count() > 0 && own().all(open)
    }

    fn after(&self) -> Fit {
        let last = &self.words[self.name.end - 1];
        // `Teachers' pay`: whose something is, where the name is all that is said before it.
        let possessive = self.text[last.range.clone()].trim_end_matches(['s', 'S']).ends_with(['\'', '’']);
        if let (true, Some(word)) =
            (possessive, self.words.get(self.name.end).filter(|_| self.name.end < self.free.end))
            && self.is_glued(last, word)
            && lexicon::cue(&word.stem).is_none_or(|_| lexicon::is_head(&word.stem))
            && !self.term.speaks_of(&word.stem)
        {
            return Fit::Other;
        }
        if self.is_bracketed() {
            return Fit::Loose;
        }
        let Some(word) = self.words.get(self.name.end).filter(|word| {
            self.name.end < self.free.end && self.is_glued(last, word) && !self.term.speaks_of(&word.stem)
        }) else {
            return Fit::Plain;
        };
        // `book-to-bill ratio`, `occupancy rate`: what is a rate is called one.
        let rate = matches!(self.term.unit, Some(Unit::Percent | Unit::Multiple));
        if rate && !self.short && matches!(word.stem.as_str(), "ratio" | "rate" | "multiple") {
            return Fit::Plain;
        }
        let labelled = self.term.source.is_none() || self.short;
        // `Marketing expenses`, `Systems segment` under the labels Marketing and Systems: the word says of what kind the label is.
        let kind = matches!(word.stem.as_str(), "expense" | "cost" | "segment" | "division" | "business");
        if kind && labelled {
            return Fit::Loose;
        }
        // `ARR added in the year`, `Customers lost`: what came or went of it.
        if matches!(word.stem.as_str(), "added" | "lost" | "won" | "gained" | "signed" | "churned") {
            return Fit::Other;
        }
        // `Homes started: 145`: which of them.
        let told = self.text[word.range.end..].trim_start().starts_with(':');
        if told && lexicon::is_participle(&word.stem) && lexicon::cue(&word.stem).is_none() {
            return Fit::Loose;
        }
        let other = lexicon::is_head(&word.stem) || lexicon::is_modifier(&word.stem) || labelled && self.is_open(word);
        if other { Fit::Other } else { Fit::Plain }
    }

    /// The word right before another, if it belongs to no other name.
    fn preceding(&self, at: usize) -> Option<&Word> {
        let word = at.checked_sub(1).filter(|at| *at >= self.free.start).map(|at| &self.words[at])?;
        self.is_glued(word, &self.words[at]).then_some(word)
    }

    fn is_mentioned(&self, word: &Word) -> bool {
        let next = self.mentions.partition_point(|mention| mention.range.end <= word.range.start);
        self.mentions.get(next).is_some_and(|mention| mention.range.start < word.range.end)
    }

    fn is_glued(&self, left: &Word, right: &Word) -> bool {
        let gap = self.text.get(left.range.end..right.range.start);
        gap.is_some_and(|gap| gap.chars().all(|c| matches!(c, ' ' | '-' | '\n' | '\u{a0}')))
    }

    /// Whether a word may be part of a longer name.
    fn is_open(&self, word: &Word) -> bool {
        !self.is_mentioned(word)
            && !lexicon::is_transparent(&word.stem)
            && lexicon::cue(&word.stem).is_none()
            && scenario::of_word(&word.stem).is_none()
            && !lexicon::is_verb(&word.stem)
    }
}
