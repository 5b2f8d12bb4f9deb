//! Which fixes to apply: those that leave the deck cleaner and nothing new to say.
//!
//! Enters: a checked deck. Leaves: the texts of its documents with the fixes in them, each fix that was made, and each that was left.
//! Invariant: the texts have been read and checked again: what was fixed is found no more, and nothing is found that was not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Fixer;
use crate::check::Places;
use crate::deck::Deck;
use crate::discover::Format;
use crate::document::Document;
use crate::finding::{Finding, Fix, Level};
use crate::span::{FileId, Place, Span};
use crate::{Report, bind, check, read};

/// Fixes to write, and the deck with them in it.
#[derive(Debug)]
pub struct Plan {
    /// What is rewritten, in order of place.
    pub applied: Vec<Applied>,
    /// Numbers that disagree and stay as they are, in order of place.
    pub left: Vec<Left>,
    /// The new texts of the documents that change.
    pub texts: Vec<(FileId, String)>,
    /// The deck as it is then; `None` when nothing is rewritten.
    pub after: Option<Report>,
}

/// A number that is rewritten.
#[derive(Clone, Debug)]
pub struct Applied {
    /// Index of its finding.
    pub finding: usize,
    /// What the number is about: `ARR, FY2025-Q3`.
    pub subject: String,
    /// What is written where.
    pub fix: Fix,
}

/// A number that stays as it is.
#[derive(Clone, Debug)]
pub struct Left {
    /// Index of its finding.
    pub finding: usize,
    /// Why, in words.
    pub reason: String,
    /// Whether it would be rewritten if unsafe fixes were asked for.
    pub on_request: bool,
}

/// How often the deck is checked again before what still raises something new is left alone altogether.
const ROUNDS: usize = 8;

/// Plans the fixes of a deck; with `all`, also those that a human should look at.
pub fn plan(report: &Report, all: bool) -> Plan {
    let (mut chosen, mut left) = choose(report, all);
    for round in 0..=ROUNDS {
        if chosen.is_empty() {
            break;
        }
        let texts = texts(&report.deck, &chosen);
        let Some(after) = checked_with(&report.deck, &texts) else {
            refuse(&mut chosen, &mut left, |_| true, "the document could not be read again");
            break;
        };
        let edits = Edits::new(&chosen);
        let blamed = blamed(report, &after, &chosen, &edits, round == ROUNDS);
        if blamed.is_empty() {
            left.sort_by_key(|left| left.finding);
            return Plan { applied: chosen, left, texts, after: Some(after) };
        }
        for (at, reason) in blamed {
            refuse(&mut chosen, &mut left, |applied| applied.finding == at, &reason);
        }
    }
    left.sort_by_key(|left| left.finding);
    Plan { applied: Vec::new(), left, texts: Vec::new(), after: None }
}

/// The fixes to try, one a place, and the disagreements that have none.
fn choose(report: &Report, all: bool) -> (Vec<Applied>, Vec<Left>) {
    let fixer = Fixer::new(&report.deck);
    let (mut chosen, mut left) = (Vec::<Applied>::new(), Vec::new());
    for (finding, found) in report.findings.iter().enumerate() {
        let mut leave = |reason: &str, on_request| left.push(Left { finding, reason: reason.to_owned(), on_request });
        match fixer.fix(found) {
            Ok(fix) if !fix.safe && !all => {
                leave(&format!("{}; --unsafe-fixes writes {}", fixer.doubt(found), fix.replacement), true);
            }
            Ok(fix) => {
                let taken = chosen.last().is_some_and(|last| {
                    last.fix.place.file == fix.place.file && last.fix.place.span.meets(fix.place.span)
                });
                if !taken {
                    chosen.push(Applied { finding, subject: fixer.subject(fix.place), fix });
                }
            }
            Err(unfixable) if concerns_a_number(found) => leave(unfixable.reason(), false),
            Err(_) => {}
        }
    }
    (chosen, left)
}

/// Whether a finding is about a number that a source or another statement could put right.
fn concerns_a_number(finding: &Finding) -> bool {
    matches!(finding.rule, "value-mismatch" | "self-contradiction") && finding.level > Level::Info
}

fn refuse(chosen: &mut Vec<Applied>, left: &mut Vec<Left>, which: impl Fn(&Applied) -> bool, reason: &str) {
    let refused = chosen.iter().filter(|applied| which(applied));
    left.extend(refused.map(|applied| Left { finding: applied.finding, reason: reason.to_owned(), on_request: false }));
    chosen.retain(|applied| !which(applied));
}

/// The texts of the documents that change. Fixes stand in order of place and do not overlap.
fn texts(deck: &Deck, chosen: &[Applied]) -> Vec<(FileId, String)> {
    let mut by_file: BTreeMap<FileId, Vec<&Fix>> = BTreeMap::new();
    for Applied { fix, .. } in chosen {
        by_file.entry(fix.place.file).or_default().push(fix);
    }
    let rewritten = |(file, fixes): (FileId, Vec<&Fix>)| {
        let before = deck.files.get(file).text();
        let mut text = String::with_capacity(before.len() + fixes.len());
        let mut from = 0;
        for fix in fixes {
            text.push_str(before.get(from..fix.place.span.start).unwrap_or_default());
            text.push_str(&fix.replacement);
            from = fix.place.span.end;
        }
        text.push_str(before.get(from..).unwrap_or_default());
        (file, text)
    };
    by_file.into_iter().map(rewritten).collect()
}

/// The deck with other texts, read, bound and checked anew; `None` where a document cannot be read any more.
fn checked_with(deck: &Deck, texts: &[(FileId, String)]) -> Option<Report> {
    let mut files = deck.files.clone();
    for (file, text) in texts {
        files = files.with_text(*file, text.clone());
    }
    let reread = |document: &Document| {
        let changed = texts.iter().find(|(file, _)| *file == document.file);
        let Some((file, text)) = changed else { return Some(document.clone()) };
        match Format::of(Path::new(files.get(*file).path())) {
            Some(Format::Markdown) => Some(read::markdown::read(*file, text, document.role)),
            _ => read::yaml::read(*file, text, document.role).ok(),
        }
    };
    let documents: Option<Vec<Document>> = deck.documents.iter().map(reread).collect();
    let mut deck = bind::bind(files, documents?, (*deck.source).clone(), deck.config.clone());
    let findings = check::check(&mut deck);
    Some(Report::new(deck, findings))
}

/// Where the bytes of a file have gone: for each fix, where its bytes end in the old text and in the new one.
struct Edits(BTreeMap<FileId, Vec<(usize, usize)>>);

impl Edits {
    fn new(chosen: &[Applied]) -> Self {
        let mut edits: BTreeMap<FileId, Vec<(usize, usize)>> = BTreeMap::new();
        for Applied { fix, .. } in chosen {
            let ends = edits.entry(fix.place.file).or_default();
            let start = moved(ends, fix.place.span.start);
            ends.push((fix.place.span.end, start + fix.replacement.len()));
        }
        Self(edits)
    }

    /// Where a place of the old text starts in the new one.
    fn start(&self, place: Place) -> usize {
        moved(self.0.get(&place.file).map_or(&[], Vec::as_slice), place.span.start)
    }
}

fn moved(ends: &[(usize, usize)], byte: usize) -> usize {
    let after = ends.partition_point(|(old, _)| *old <= byte);
    let last = after.checked_sub(1).and_then(|at| ends.get(at));
    last.map_or(byte, |(old, new)| new + (byte - old))
}

/// The fixes that did not settle their finding, or that raise something new, each with the reason to leave it.
fn blamed(
    report: &Report,
    after: &Report,
    chosen: &[Applied],
    edits: &Edits,
    everything: bool,
) -> BTreeMap<usize, String> {
    let counts = |finding: &&Finding| finding.level > Level::Info;
    let moved = |finding: &Finding| (finding.rule, finding.place.file, edits.start(finding.place));
    let known: BTreeSet<_> = report.findings.iter().filter(counts).map(moved).collect();
    let fixed: BTreeMap<_, usize> =
        chosen.iter().map(|applied| (moved(&report.findings[applied.finding]), applied.finding)).collect();
    let places = Places::new(chosen.iter().map(|Applied { fix, .. }| {
        let start = edits.start(fix.place);
        Place { file: fix.place.file, span: Span::new(start, start + fix.replacement.len()) }
    }));
    let mut blamed = BTreeMap::new();
    for found in after.findings.iter().filter(counts) {
        let key = (found.rule, found.place.file, found.place.span.start);
        if let Some(finding) = fixed.get(&key) {
            blamed.insert(*finding, "it would still disagree".to_owned());
        } else if !known.contains(&key) {
            let reason = format!("{} would say: {}", found.rule, found.message);
            let sides = std::iter::once(found.place).chain(found.related.iter().map(|side| side.place));
            let touched: BTreeSet<usize> = sides.flat_map(|side| places.meeting(side)).collect();
            let guilty: Vec<&Applied> = chosen
                .iter()
                .enumerate()
                .filter(|(at, _)| everything || touched.is_empty() || touched.contains(at))
                .map(|(_, applied)| applied)
                .collect();
            for applied in guilty {
                blamed.entry(applied.finding).or_insert_with(|| reason.clone());
            }
        }
    }
    blamed
}
