//! Waivers: findings that a human accepted, with a reason.
//!
//! Enters: the `tieout:` comments of the documents, and the waivers of `tieout.yaml`. Leaves: [`Waiver`]s that know what they cover.
//! Invariant: every comment that means to be a waiver becomes one; what keeps it from having an effect is said of it, never ignored.

use std::cell::LazyCell;

use super::Places;
use crate::bind::pin;
use crate::deck::Deck;
use crate::document::{BlockKind, Directive, Document};
use crate::error::Failure;
use crate::finding::Finding;
use crate::rules;
use crate::span::{Files, Place, Span};

/// A waiver, as somebody wrote it.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule that it is about.
    pub rule: String,
    /// Where it stands.
    pub place: Place,
    /// What it covers.
    pub scope: Scope,
    /// Why the finding is accepted.
    pub reason: String,
    /// What keeps it from having an effect: it gives no reason, or names no rule.
    pub flaw: Option<Failure>,
    /// Whether a finding matched it.
    pub used: bool,
}

/// A finding that a human accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waived {
    /// What would have been reported.
    pub finding: Finding,
    /// Why it was accepted.
    pub reason: String,
    /// Where that is said: in the deck, in `tieout.yaml`, or in a metric file under `accept:`.
    pub by: Place,
}

/// What a waiver covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// `allow`: the comment's own line; where it stands by itself or behind a heading, the block after it too.
    Nearby(Option<Span>),
    /// `allow-file`: the document.
    Document,
    /// What the waiver of that index in `tieout.yaml` says.
    Configured(usize),
}

impl Waiver {
    /// Every waiver of a deck: those of the documents, then those of the configuration.
    pub(super) fn of(deck: &Deck) -> Vec<Self> {
        let mut waivers = Vec::new();
        // Most decks have no comment to look around.
        let told = LazyCell::new(|| told(deck));
        for document in &deck.documents {
            let said = document.directives.iter().filter_map(|directive| Self::comment(document, directive));
            waivers.extend(said.map(|waiver| waiver.narrowed(&deck.files, &told)));
        }
        waivers.extend(deck.config.waivers.iter().enumerate().map(|(at, waiver)| Self {
            rule: waiver.rule.clone(),
            place: waiver.place,
            scope: Scope::Configured(at),
            reason: waiver.reason.clone(),
            flaw: None,
            used: false,
        }));
        waivers
    }

    /// `allow RULE -- reason`; `None` for what is no waiver, such as a pin.
    fn comment(document: &Document, directive: &Directive) -> Option<Self> {
        let text = directive.text.trim();
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let nearby = Scope::Nearby(directive.next_block.and_then(|at| document.blocks.get(at)).map(|block| block.span));
        let (scope, misspelt) = match word {
            "allow" => (nearby, None),
            "allow-file" => (Scope::Document, None),
            _ if pin::is_pin(text) => return None,
            word => (nearby, Some(unknown_word(word))),
        };
        let (rule, reason) = split_reason(rest);
        let nameless = || rules::known().iter().all(|known| *known != rule).then(|| unknown_rule(rule));
        let unreasoned = || reason.is_empty().then(no_reason);
        Some(Self {
            rule: rule.to_owned(),
            place: Place { file: document.file, span: directive.span },
            scope,
            reason: reason.to_owned(),
            flaw: misspelt.or_else(nameless).or_else(unreasoned),
            used: false,
        })
    }

    /// Behind something that is told, a comment is about that line and not about what comes next.
    fn narrowed(self, files: &Files, told: &Places) -> Self {
        let [own] = files.stretches(self.place, None)[..] else { return self };
        // Without the line break, which may be shorter than the stretch allows for.
        let own = Span::new(own.start, own.end.saturating_sub("\r\n".len()).max(self.place.span.end));
        let (comment, text) = (self.place.span, files.get(self.place.file).text());
        let part = |from: usize, to: usize| text.get(from..to.min(text.len())).unwrap_or_default();
        let alone =
            part(own.start, comment.start).trim_end().is_empty() && part(comment.end, own.end).trim_start().is_empty();
        match self.scope {
            Scope::Nearby(Some(_)) if !alone && told.meet(Place { span: own, ..self.place }) => {
                Self { scope: Scope::Nearby(None), ..self }
            }
            _ => self,
        }
    }

    /// Whether it accepts a finding.
    pub(super) fn accepts(&self, deck: &Deck, finding: &Finding) -> bool {
        self.flaw.is_none() && self.rule == finding.rule && self.covers(deck, finding.place)
    }

    /// The lines that an inline waiver stands on, and the block after it; nothing for one that covers whole documents. What it covers
    /// starts in one of them.
    pub(crate) fn stretches(&self, deck: &Deck) -> Vec<Place> {
        let Scope::Nearby(block) = self.scope else { return Vec::new() };
        let stretches = deck.files.stretches(self.place, block);
        stretches.into_iter().map(|span| Place { span, ..self.place }).collect()
    }

    /// Whether a place is one that it is about.
    pub(crate) fn covers(&self, deck: &Deck, place: Place) -> bool {
        match self.scope {
            Scope::Configured(at) => deck.config.waivers.get(at).is_some_and(|waiver| {
                deck.config.waiver_covers(waiver, deck.files.get(place.file).path())
                    && waiver.text.as_deref().is_none_or(|wanted| deck.files.slice(place).contains(wanted))
            }),
            _ if self.place.file != place.file => false,
            Scope::Document => true,
            Scope::Nearby(block) => {
                let line = |byte| deck.files.position(place.file, byte).line;
                let own = line(self.place.span.start)..=line(self.place.span.end);
                own.contains(&line(place.span.start)) || block.is_some_and(|block| holds(block, place.span))
            }
        }
    }
}

/// Where a deck tells something: its numbers, and its texts but for headings, which are about what stands below them.
fn told(deck: &Deck) -> Places {
    let texts = deck.documents.iter().flat_map(|document| {
        let blocks = document.blocks.iter();
        let blocks = blocks.filter(|block| !matches!(block.kind, BlockKind::Heading(..) | BlockKind::Table(_)));
        blocks.map(|block| Place { file: document.file, span: block.span })
    });
    Places::new(deck.claims.iter().map(|claim| claim.place).chain(texts))
}

fn holds(block: Span, span: Span) -> bool {
    block.start <= span.start && span.start < block.end.max(block.start + 1)
}

/// The rule, and the reason behind `--` (or the dash that an editor makes of it).
fn split_reason(text: &str) -> (&str, &str) {
    let cut = ["--", "—", "–"].iter().filter_map(|dash| Some((text.find(dash)?, dash.len()))).min();
    let (rule, reason) = cut.map_or((text, ""), |(at, dash)| (&text[..at], &text[at + dash..]));
    (rule.trim(), reason.trim_matches(['-', '—', '–', ' ', '\n', '\t']))
}

fn unknown_word(word: &str) -> Failure {
    let shown: String = word.chars().take(40).collect();
    let said = match shown.as_str() {
        "" => "this comment asks nothing of tieout".to_owned(),
        shown => format!("tieout does not know what `{shown}` asks of it"),
    };
    Failure::new(said).with_help(
        "write `allow RULE -- reason`, `allow-file RULE -- reason` for the whole document, or what a number states: `$42.3M = arr @ FY2025-Q3`",
    )
}

fn unknown_rule(rule: &str) -> Failure {
    if rule.is_empty() {
        return Failure::new("this waiver names no rule").with_help("write `allow RULE -- reason`");
    }
    rules::unknown(rule)
}

fn no_reason() -> Failure {
    Failure::new("this waiver gives no reason, so it has no effect")
        .with_help("say who agreed to it and why: `allow RULE -- rounding plug agreed with the auditors`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::Binder;

    /// Which numbers of a deck are accepted.
    #[track_caller]
    fn accepts(name: &str, text: &str, expected: &[&str]) {
        let source = "version: 1\nmetrics: [{name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204}}]\n";
        let mut deck = Binder::named(name, text).with_source("metrics.yaml", source).bound();
        crate::check::check(&mut deck);
        let accepted: Vec<&str> = deck.waived.iter().map(|waived| deck.files.slice(waived.finding.place)).collect();
        assert_eq!(accepted, expected, "{text}");
    }

    #[test]
    fn a_comment_behind_a_number_is_about_that_number() {
        let waiver = "<!-- tieout: allow value-mismatch -- agreed -->";
        for (text, expected) in [
            (format!("ARR was $41.1M in Q3 FY30. {waiver}\n\nARR was $41.2M in Q3 FY30.\n"), &["$41.1M"][..]),
            (format!("- ARR was $41.1M in Q3 FY30. {waiver}\n- ARR was $41.2M in Q3 FY30.\n"), &["$41.1M"]),
            (format!("{waiver}\nARR was $41.1M in Q3 FY30.\n\nARR was $41.2M in Q3 FY30.\n"), &["$41.1M"]),
            (format!("{waiver} {waiver}\r\n\r\nARR was $41.1M in Q3 FY30.\r\n"), &["$41.1M"]),
            (format!("# Q3 FY30 {waiver}\nARR was $41.1M.\n\nARR was $41.2M.\n"), &["$41.1M"]),
        ] {
            accepts("slides.md", &text, expected);
        }
        let waiver = "# tieout: allow value-mismatch -- agreed";
        for (text, expected) in [
            (
                format!("slides:\n- bullets:\n  - ARR was $41.1M in Q3 FY30 {waiver}\n  - ARR was $41.2M in Q3 FY30\n"),
                &["$41.1M"][..],
            ),
            (
                format!("slides:\n- bullets: {waiver}\n  - ARR was $41.1M in Q3 FY30\n  - ARR was $41.2M in Q3 FY30\n"),
                &["$41.1M"],
            ),
            (
                format!(
                    "slides:\n- bullets:\n  {waiver}\n  - ARR was $41.1M in Q3 FY30\n  - ARR was $41.2M in Q3 FY30\n"
                ),
                &["$41.1M"],
            ),
        ] {
            accepts("slides.yaml", &text, expected);
        }
    }

    #[test]
    fn rule_and_reason_are_told_apart() {
        for (text, expected) in [
            ("total-not-sum -- agreed", ("total-not-sum", "agreed")),
            ("total-not-sum — agreed -- twice", ("total-not-sum", "agreed -- twice")),
            ("total-not-sum --", ("total-not-sum", "")),
            ("total-not-sum", ("total-not-sum", "")),
            ("-- agreed", ("", "agreed")),
        ] {
            assert_eq!(split_reason(text), expected, "{text}");
        }
    }
}
