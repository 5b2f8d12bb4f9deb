//! What a deck says its terms mean.
//!
//! Enters: a bound deck. Leaves: each definition with its term and the place of its words.
//! Invariant: a text that states what happened to a term is no definition of it; where that cannot be told, there is none.
//!
//! Definitions are said outright ("ARR is defined as …", "Inventory days = …"), or stand where definitions stand: under a heading that
//! says so, in a table with a column of definitions, behind the keys of a glossary in YAML, in footnotes.

pub(crate) mod meaning;

use std::ops::Range;

use crate::deck::Deck;
use crate::document::{Block, BlockKind, Document, Flow, Table};
use crate::span::Place;
use crate::vocabulary::{MetricId, Name, Vocabulary};
use crate::words::{stems, words};

/// What a deck says a term means.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    /// The metric that the term names, if it does.
    pub(crate) metric: Option<MetricId>,
    /// The term as terms are compared.
    pub(crate) key: Vec<String>,
    /// The term as written.
    pub(crate) term: String,
    /// What it means.
    pub(crate) text: String,
    /// Where that stands.
    pub(crate) place: Place,
    /// On which slide.
    pub(crate) slide: usize,
    /// Whether the text says, or the place shows, that this is a definition and nothing else.
    pub(crate) outright: bool,
    /// Whether nothing but its form says so: a sentence that could as well say what happened to the term.
    pub(crate) loose: bool,
}

/// Where a text stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Setting {
    /// Among definitions.
    Glossary,
    /// Among notes, which may be definitions.
    Notes,
    /// Anywhere else.
    Text,
}

/// A term and its meaning, as ranges of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Stated {
    term: Range<usize>,
    meaning: Range<usize>,
    outright: bool,
    loose: bool,
}

/// Terms of more words are sentences.
const LONGEST_TERM: usize = 6;

/// Texts of more bytes are chapters, not definitions.
const LONGEST_MEANING: usize = 1500;

/// Every definition of a deck, in reading order.
pub(crate) fn all(deck: &Deck) -> Vec<Definition> {
    let mut found = Vec::new();
    for document in &deck.documents {
        for block in &document.blocks {
            let mut take = |term: &str, flow: &Flow, meaning: Range<usize>, (outright, loose): (bool, bool)| {
                let place = Place { file: document.file, span: flow.span(meaning.clone()) };
                let text = flow.text().get(meaning).unwrap_or_default();
                let found_here = definition(&deck.vocabulary, term, text, place, block.slide, (outright, loose));
                // What no word calls a definition is one only of what the source defines.
                found.extend(found_here.filter(|it| !it.loose || it.metric.is_some()));
            };
            match &block.kind {
                BlockKind::Heading(..) | BlockKind::Quote(_) | BlockKind::Tile { .. } => {}
                BlockKind::Table(table) => entries(table).into_iter().for_each(|(term, flow)| {
                    take(term.text(), flow, 0..flow.text().len(), (true, false));
                }),
                BlockKind::Field(keys, flow) if keys.iter().rev().skip(1).any(|key| is_glossary(key.text())) => {
                    let term = keys.last().map(|key| key.text().replace('_', " ")).unwrap_or_default();
                    take(&term, flow, 0..flow.text().len(), (true, false));
                }
                _ => {
                    let Some(flow) = block.flow() else { continue };
                    for stated in stated(flow.text(), setting(document, block)) {
                        take(&flow.text()[stated.term], flow, stated.meaning, (stated.outright, stated.loose));
                    }
                }
            }
        }
    }
    found
}

fn definition(
    vocabulary: &Vocabulary,
    term: &str,
    text: &str,
    place: Place,
    slide: usize,
    (outright, loose): (bool, bool),
) -> Option<Definition> {
    let term = term.trim().trim_matches(['"', '“', '”', '*', '‘', '’']).trim();
    let (bare, bracketed) = without_brackets(term);
    let key = stems(&bare);
    // A meaning takes a few words; what starts with a number is a value.
    let wordy =
        words(text).len() >= 3 && text.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '“' || c == '"');
    if key.is_empty() || !wordy || text.len() > LONGEST_MEANING {
        return None;
    }
    let metric = [term, &bare, bracketed].into_iter().find_map(|name| match vocabulary.exact(name) {
        Some(Name::Metric(id)) => Some(id),
        _ => None,
    });
    Some(Definition { metric, key, term: term.to_owned(), text: text.to_owned(), place, slide, outright, loose })
}

/// `Annual recurring revenue (ARR)` → the name, and what stands in brackets.
fn without_brackets(term: &str) -> (String, &str) {
    match (term.find('('), term.find(')')) {
        (Some(open), Some(close)) if open < close => {
            (format!("{}{}", &term[..open], &term[close + 1..]), &term[open + 1..close])
        }
        _ => (term.to_owned(), ""),
    }
}

fn setting(document: &Document, block: &Block) -> Setting {
    let text = |at: usize| document.blocks.get(at).and_then(Block::flow).map(Flow::text).unwrap_or_default();
    let lead = block.lead.map(text).filter(|lead| words(lead).len() <= LONGEST_TERM).is_some_and(is_glossary);
    let mut heading = block.heading;
    let mut notes = matches!(block.kind, BlockKind::Footnote(..));
    if lead {
        return Setting::Glossary;
    }
    while let Some(at) = heading {
        if is_glossary(text(at)) {
            return Setting::Glossary;
        }
        notes |= stems(text(at)).iter().any(|stem| matches!(stem.as_str(), "note" | "footnote" | "basi"));
        heading = document.blocks.get(at).and_then(|block| block.heading).filter(|up| *up < at);
    }
    if notes { Setting::Notes } else { Setting::Text }
}

/// Whether a title or key says that definitions follow.
fn is_glossary(title: &str) -> bool {
    let stems = stems(&title.replace('_', " "));
    let names = |stem: &String| {
        matches!(stem.as_str(), "definition" | "defined" | "glossary" | "terminology" | "methodology" | "abbreviation")
    };
    let how = stems.windows(3).any(|three| {
        three[0] == "how"
            && three[1] == "we"
            && matches!(three[2].as_str(), "count" | "measure" | "calculate" | "define")
    });
    // `How the indicators are worked out`.
    let explains =
        |stem: &String| matches!(stem.as_str(), "worked" | "calculated" | "measured" | "computed" | "derived");
    let from = stems.iter().position(|stem| stem == "how").unwrap_or(stems.len());
    let explained = stems[from..].iter().any(explains);
    how || explained || stems.iter().any(names)
}

/// Terms and meanings of a table that has a column of definitions.
fn entries(table: &Table) -> Vec<(&Flow, &Flow)> {
    let Some((header, body)) = table.rows.split_first() else { return Vec::new() };
    let says = |names: &'static [&'static str]| {
        header.cells.iter().position(|cell| {
            let stems = stems(cell.flow.text());
            stems.len() <= 3 && stems.iter().any(|stem| names.contains(&stem.as_str()))
        })
    };
    let Some(meaning) = says(&["definition", "meaning"]) else { return Vec::new() };
    let term = says(&["term", "metric", "kpi", "measure", "abbreviation", "indicator"]).unwrap_or(0);
    if term == meaning {
        return Vec::new();
    }
    body.iter().filter_map(|row| Some((&row.cells.get(term)?.flow, &row.cells.get(meaning)?.flow))).collect()
}

/// The definitions of a running text.
fn stated(text: &str, mut setting: Setting) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    for (at, sentence) in sentences(text).into_iter().enumerate() {
        // `**How we measure.** OTIF: …`: a heading that runs into its paragraph.
        let title = &text[sentence.clone()];
        if at == 0 && title.ends_with('.') && words(title).len() <= LONGEST_TERM && is_glossary(title) {
            setting = Setting::Glossary;
            continue;
        }
        match said(text, sentence.clone(), setting) {
            Some(stated) => found.push(stated),
            // What follows a definition where definitions or notes stand goes on with it.
            None if setting != Setting::Text => {
                if let Some(last) = found.last_mut() {
                    last.meaning.end = sentence.end;
                }
            }
            None => {}
        }
    }
    for stated in &mut found {
        let kept =
            text[stated.meaning.clone()].trim_end_matches(|c: char| c == '.' || c == ';' || c.is_whitespace()).len();
        stated.meaning.end = stated.meaning.start + kept;
    }
    found
}

/// Words between a term and its meaning that leave no doubt.
const OUTRIGHT: &[&str] = &[
    " is defined as ",
    " are defined as ",
    " means ",
    " mean ",
    " refers to ",
    " refer to ",
    " is calculated as ",
    " are calculated as ",
    " is computed as ",
    " is measured as ",
];

/// The definition that a sentence is, if it is one.
fn said(text: &str, sentence: Range<usize>, setting: Setting) -> Option<Stated> {
    let own = &text[sentence.clone()];
    let stated = |term: Range<usize>, meaning: usize, outright: bool| {
        let term = sentence.start + term.start..sentence.start + term.end;
        let short = (1..=LONGEST_TERM).contains(&words(&text[term.clone()]).len());
        (short && meaning < own.len()).then_some(Stated {
            term,
            meaning: sentence.start + meaning..sentence.end,
            outright,
            loose: false,
        })
    };
    for opening in ["We define ", "we define "] {
        if let Some(rest) = own.strip_prefix(opening)
            && let Some(at) = rest.find(" as ")
        {
            return stated(opening.len()..opening.len() + at, opening.len() + at + " as ".len(), true);
        }
    }
    for verb in OUTRIGHT {
        if let Some(at) = own.find(verb) {
            return stated(0..at, at + verb.len(), true);
        }
    }
    if let Some(at) = own.find(" = ") {
        // `Note: cash = …`.
        let start = own[..at].rfind(": ").map_or(0, |mark| mark + ": ".len());
        return stated(start..at, at + " = ".len(), true);
    }
    if setting == Setting::Text {
        let joints = [" is ", " are ", " counts ", " count ", " comprises ", " comprise ", ": "];
        let joint = joints.into_iter().filter_map(|joint| Some((own.find(joint)?, joint.len()))).min();
        // `Cash excludes restricted cash`: the verb itself is part of what is meant.
        let verbs = [" includes ", " include ", " excludes ", " exclude "];
        let verb = verbs.into_iter().filter_map(|verb| own.find(verb)).min().map(|at| (at, 1));
        let (at, len) = joint.into_iter().chain(verb).min()?;
        // `Cover is profit divided by interest`: how it is worked out is what it means.
        let formula = own[at + len..].contains(" divided by ") && own[at..at + len].trim() != ":";
        return stated(0..at, at + len, formula).map(|stated| Stated { loose: !formula, ..stated });
    }
    let listed = [": ", " — ", " – "].into_iter().filter_map(|mark| Some((own.find(mark)?, mark.len()))).min();
    if let Some((at, len)) = listed {
        return stated(0..at, at + len, setting == Setting::Glossary);
    }
    let copula = [" is ", " are "].into_iter().filter_map(|verb| Some((own.find(verb)?, verb.len()))).min();
    copula.filter(|_| setting == Setting::Glossary).and_then(|(at, len)| stated(0..at, at + len, true))
}

/// The sentences of a text, as ranges without white space at their ends.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let ends = text.match_indices(['.', ';', '\n']).map(|(at, mark)| (at + mark.len(), mark));
    for (end, mark) in ends.chain([(text.len(), "\n")]) {
        let rest = text[end..].trim_start_matches(' ');
        let opens = rest.is_empty() || (rest.len() < text.len() - end && rest.starts_with(char::is_uppercase));
        // Lines of a block of text are definitions of their own only when each says so; elsewhere a line goes on with the one before.
        let line =
            mark == "\n" && rest.split('\n').next().is_some_and(|next| next.contains(": ") || next.contains(" = "));
        if !(opens && mark != "\n" || line || end == text.len()) {
            continue;
        }
        let sentence = text[start..end].trim_end();
        let lead = sentence.len() - sentence.trim_start().len();
        if sentence.len() > lead {
            found.push(start + lead..start + sentence.len());
        }
        start = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::rules::examples::Binder;

    /// `term: meaning` of each definition, with `?` where it may be none.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let deck = Binder::of(text).bound();
        let found: Vec<String> = all(&deck)
            .iter()
            .map(|definition| {
                assert!(!deck.files.slice(definition.place).is_empty());
                let doubt = if definition.outright { "" } else { "?" };
                format!("{}{doubt}: {}", definition.term, definition.text.replace('\n', " "))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn where_definitions_stand() {
        check(
            "# A7. Definitions\n\n- **ARR**: contracted fees of the\n  last month. It excludes services.\n- *NRR* — fees kept\n  of a year ago\n- Churn rate is the share lost in a month.\n",
            &[
                "ARR: contracted fees of the last month. It excludes services",
                "NRR: fees kept of a year ago",
                "Churn rate: the share lost in a month",
            ],
        );
        check(
            "| KPI | Unit | Definition |\n|---|---|---|\n| Net ARR | $ | Fees less churn, annualised |\n",
            &["Net ARR: Fees less churn, annualised"],
        );
        check(
            "Text[^1].\n\n[^1]: ARR: fees of the last month times twelve.\n",
            &["ARR?: fees of the last month times twelve"],
        );
    }

    #[test]
    fn titles_that_run_into_their_text() {
        check(
            "**How we measure.** *OTIF*: lines delivered in full on the day. *EBITDA*: profit before depreciation.\n",
            &["OTIF: lines delivered in full on the day", "EBITDA: profit before depreciation"],
        );
        check(
            "# Attachment 7: How the indicators are worked out\n\n- **Cover**: net debt over annual earnings.\n",
            &["Cover: net debt over annual earnings"],
        );
        check("How we did. OTIF: a good month for the whole team.\n", &[]);
    }

    #[test]
    fn what_says_that_it_is_one() {
        check(
            "Stock days = stock at year end over cost of sales, times 365. EBITDA is defined as profit before tax and depreciation.\n\nWe define “active” as seen within 30 days.\n",
            &[
                "Stock days: stock at year end over cost of sales, times 365",
                "EBITDA: profit before tax and depreciation",
                "active: seen within 30 days",
            ],
        );
        check(
            "Cash peaked in May. Cash days is cash divided by annual income, times 365. Cover was profit divided by interest.\n",
            &["Cash days: cash divided by annual income, times 365"],
        );
    }

    #[test]
    fn what_is_none() {
        check(
            "# Notes\n\n- ARR: $42.3M, up 11%\n- This means that we are short of people in the north of the country.\n",
            &[],
        );
        check("# Results\n\n- ARR: a strong quarter for new business\n- Cash is tight for another month.\n", &[]);
    }
}
