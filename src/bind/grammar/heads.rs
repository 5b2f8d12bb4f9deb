//! People who are counted and not named as a metric: `486 people at quarter end`, `We are 88`.
//!
//! Enters: a count that opens its clause. Leaves: the metric that counts those who work here.
//! Invariant: one metric alone counts them, and nothing says which people are meant or what they did.

use super::fits::is_counted;
use super::subject::Subject;
use super::{Reader, Role};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Item, Kind};
use crate::finding::Confidence;

/// What those who work somewhere are called.
const PEOPLE: &[&str] = &["people", "employee", "colleague", "staff"];

impl Reader<'_> {
    pub(super) fn people(&self) -> Option<Subject> {
        let slot = self.slot();
        if slot.role != Role::Level || !is_counted(&slot.quantity.unit) {
            return None;
        }
        let ends = |rest: &[Item]| {
            let mut rest = rest.iter().skip_while(|item| item.kind == Kind::Cue(Cue::Is));
            rest.next()
                .is_none_or(|item| matches!(item.kind, Kind::Break(_) | Kind::Period(_) | Kind::Cue(Cue::Versus)))
        };
        let ours = |item: &Item| {
            item.is_word(&["we", "now", "employ", "employed", "had", "have"])
                || matches!(item.kind, Kind::Period(_) | Kind::Cue(Cue::Is | Cue::Of))
        };
        let clause = self.clause_items();
        let named = match slot.after {
            [noun, rest @ ..] if noun.is_word(PEOPLE) => ends(rest) && clause.iter().all(ours),
            rest => ends(rest) && matches!(clause, [we, is] if we.is_word(&["we"]) && is.kind == Kind::Cue(Cue::Is)),
        };
        let id = self.scope.vocabulary.people().filter(|id| named && self.fits(*id))?;
        let evidence = format!("{} counts people", self.label(id));
        Some(Subject { metric: id, evidence, confidence: Confidence::Medium, whole: None })
    }
}
