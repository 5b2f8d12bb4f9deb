//! Policy: levels, and what a human has accepted.
//!
//! Enters: findings as the rules made them. Leaves: findings that are to be reported.
//! Invariant: levels and waivers are applied here and nowhere else.

use crate::deck::Deck;
use crate::finding::{Finding, Level};
use crate::rules::Rule;
use crate::span::Place;

/// The level of a rule under the deck's configuration.
pub(super) fn level(deck: &Deck, rule: &dyn Rule) -> Level {
    deck.config.rules.get(rule.name()).copied().unwrap_or_else(|| rule.level())
}

/// Applies configured levels, then takes out what is waived.
pub(super) fn apply(deck: &mut Deck, findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept = Vec::with_capacity(findings.len());
    let mut waived = Vec::new();
    for mut finding in findings {
        if let Some(&level) = deck.config.rules.get(finding.rule) {
            finding.level = level;
        }
        if finding.level == Level::Off {
            continue;
        }
        if is_waived(deck, &finding) { waived.push(finding.place) } else { kept.push(finding) }
    }
    deck.waived = waived;
    kept
}

fn is_waived(deck: &Deck, finding: &Finding) -> bool {
    by_configuration(deck, finding) || by_comment(deck, finding)
}

fn by_configuration(deck: &Deck, finding: &Finding) -> bool {
    let path = deck.files.get(finding.place.file).path();
    let text = deck.files.slice(finding.place);
    deck.config.waivers.iter().any(|waiver| {
        waiver.rule == finding.rule
            && deck.config.waiver_covers(waiver, path)
            && waiver.text.as_deref().is_none_or(|wanted| text.contains(wanted))
    })
}

/// `<!-- tieout: allow RULE -- reason -->`: covers its own line and the next block; `allow-file` the document.
fn by_comment(deck: &Deck, finding: &Finding) -> bool {
    let Some(document) = deck.documents.iter().find(|document| document.file == finding.place.file) else {
        return false;
    };
    document.directives.iter().any(|directive| {
        let Some(waiver) = Waiver::parse(&directive.text) else { return false };
        if waiver.rule != finding.rule {
            return false;
        }
        if waiver.file {
            return true;
        }
        let line = |byte| deck.files.position(finding.place.file, byte).line;
        let same_line = line(directive.span.start) <= line(finding.place.span.start)
            && line(finding.place.span.start) <= line(directive.span.end);
        let block = directive.next_block.and_then(|at| document.blocks.get(at));
        same_line || block.is_some_and(|block| covers(block.span, finding.place))
    })
}

fn covers(span: crate::span::Span, place: Place) -> bool {
    span.start <= place.span.start && place.span.start < span.end.max(span.start + 1)
}

/// An inline waiver, taken apart.
struct Waiver<'a> {
    rule: &'a str,
    file: bool,
}

impl<'a> Waiver<'a> {
    /// A waiver without a reason is none.
    fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (file, rest) = match text.strip_prefix("allow-file ") {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix("allow ")?),
        };
        let (rule, reason) = rest.split_once("--")?;
        (!reason.trim().is_empty()).then_some(Self { rule: rule.trim(), file })
    }
}
