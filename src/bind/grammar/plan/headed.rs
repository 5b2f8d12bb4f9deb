//! The plan that a whole clause is headed by: `Budget: revenue £82.4m, EBIT £3.6m`.
//!
//! Enters: a quantity's place in its sentence. Leaves: the scenario that heads its clause, or that it is only told beside one.
//! Invariant: a plan heads names and numbers alone; where the clause says anything else, it heads nothing more.

use super::{is_kind_of_plan, scenario_of};
use crate::bind::grammar::light::is_light;
use crate::bind::grammar::role::compares;
use crate::bind::grammar::{Reader, Role};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};

impl Reader<'_> {
    /// `Budget for the quarter was revenue of £82.4m and EBIT of £3.6m`, `Budget: revenue £82.4m, EBIT £3.6m`, `We had planned for EBIT of
    /// £3.6m and DSO of 51 days`: a clause that says what a plan was, up to where it says anything else.
    pub(super) fn headed_plan(&self) -> Option<&'static str> {
        if let Some(plan) = self.announced_plan() {
            return Some(plan);
        }
        let own = self.clause_items();
        let who = |item: &Item| item.is_word(&["we", "they", "had", "have"]);
        let own = &own[own.iter().take_while(|item| who(item)).count()..];
        let [plan, rest @ ..] = own else { return None };
        let time = |item: &&Item| match &item.kind {
            Kind::Period(_) | Kind::Cue(Cue::Of) => true,
            Kind::Word(stem) => stem == "for",
            _ => false,
        };
        let led = rest.iter().take_while(time).count();
        let lists_for = rest[..led].iter().any(|item| item.is_word(&["for"]));
        let named =
            |item: Option<&Item>| matches!(item.map(|item| &item.kind), Some(Kind::Metric(..) | Kind::Quantity(_)));
        let own = self.slot().at;
        let compared = rest.iter().any(|item| compares(item) || item.kind == Kind::Cue(Cue::Versus));
        let stated = matches!(rest.get(led), Some(Item { kind: Kind::Cue(Cue::Is), .. }));
        // `had EBITDA of £3.6m`, `was for revenue of …`.
        let (told, list) = match &rest[led..] {
            [is, list @ ..] if is.kind == Kind::Cue(Cue::Is) => {
                let list = match list {
                    [Item { kind: Kind::Word(stem), .. }, list @ ..] if stem == "for" => list,
                    list => list,
                };
                (matches!(list.first(), Some(Item { kind: Kind::Metric(..), .. })), list)
            }
            [Item { kind: Kind::Word(stem), .. }, list @ ..] if stem == "had" || stem == "has" => {
                (matches!(list.first(), Some(Item { kind: Kind::Metric(..), .. })), list)
            }
            [colon, list @ ..] if colon.kind == Kind::Break(Break::Colon) => {
                (named(list.first().or_else(|| self.items.get(own))), list)
            }
            list if lists_for => (named(list.first().or_else(|| self.items.get(own))), list),
            _ => return None,
        };
        // Nothing but a list of names and numbers.
        let lists = list.iter().all(|item| match &item.kind {
            Kind::Metric(..) | Kind::Quantity(_) | Kind::Period(_) | Kind::Segment(_) => true,
            Kind::Break(at) => matches!(at, Break::Comma | Break::And),
            Kind::Cue(cue) => matches!(cue, Cue::Of | Cue::Is),
            Kind::Word(stem) => stem == "with",
            Kind::Scenario(_) => false,
        });
        scenario_of(plan).filter(|_| told && (lists || stated && !compared) && self.slot().role == Role::Level)
    }

    /// `The full-year budget is unchanged: revenue of £8.1m and costs of £7.6m`: what a plan that is spoken of alone, before a colon, has.
    fn announced_plan(&self) -> Option<&'static str> {
        let own = self.clause_items();
        let colon = own.iter().position(|item| item.kind == Kind::Break(Break::Colon))?;
        let (head, rest) = (&own[..colon], &own[colon + 1..]);
        let named = head.iter().find_map(scenario_of)?;
        let plain = |item: &Item| match &item.kind {
            Kind::Scenario(name) => *name == named,
            Kind::Period(_) | Kind::Cue(Cue::Is | Cue::Of) => true,
            Kind::Word(stem) => is_light(stem) || is_kind_of_plan(stem) || stem == "unchanged",
            _ => false,
        };
        let told = rest.iter().any(|item| matches!(item.kind, Kind::Metric(..)));
        let compared = rest.iter().any(|item| compares(item) || item.kind == Kind::Cue(Cue::Versus));
        (told && !compared && head.iter().all(plain) && self.slot().role == Role::Level).then_some(named)
    }

    /// `We are on course for our forecast: net debt is …`, `The forecast of $80.4M is supported by the backlog of …`, `we forecast $80.4M on
    /// a backlog that stands at …`: what is said of a forecast is no forecast.
    pub(super) fn is_left_behind(&self, own: &[Item], at: usize) -> bool {
        let on_course = own[..at].iter().any(|item| item.is_word(&["course", "track"]))
            && own[at..].iter().any(|item| item.kind == Kind::Break(Break::Colon));
        let behind = &own[at + 1..];
        let number = behind.iter().position(|item| matches!(item.kind, Kind::Quantity(_)));
        let supported = number.is_some_and(|number| {
            let rest = &behind[number..];
            let done = rest.windows(3).any(|three| {
                three[0].kind == Kind::Cue(Cue::Is)
                    && matches!(&three[1].kind, Kind::Word(stem) if stem.ends_with("ed"))
                    && matches!(three[2].kind, Kind::Cue(Cue::By))
            });
            // The relative word may be left out as a determiner.
            let stands = rest.iter().position(|item| item.is_word(&["on", "with"])).is_some_and(|on| {
                matches!(&rest[on + 1..], [Item { kind: Kind::Metric(..), .. }, stands, ..] if stands.kind == Kind::Cue(Cue::Is) || stands.is_word(&["that", "which"]))
            });
            done || stands
        });
        on_course || supported
    }
}
