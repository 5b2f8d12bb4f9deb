//! Whether it happened: the scenario of a quantity.
//!
//! Enters: a quantity's place in its sentence. Leaves: its scenario, and for a variance the one that it is against.
//! Invariant: a plan that a number is compared with is never that number's own scenario.

mod headed;

use super::light::strange_words;
use super::role::{compares, has_scenario};
use super::{Reader, Reading, Role, Slot};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Base;
use crate::extract::MentionKind;
use crate::period::Expression;
use crate::scenario;

impl Reader<'_> {
    pub(super) fn scenario(&self, reading: &mut Reading) {
        let slot = self.slot();
        if let Role::Variance(_) = slot.role {
            let near = slot.after.iter().chain(slot.beyond).chain(slot.before).find_map(scenario_of);
            let anywhere = || self.items.iter().find_map(scenario_of);
            reading.base = near.or_else(anywhere).map(|name| Base::Scenario(name.to_owned()));
            reading.scenario = Some(scenario::ACTUAL.to_owned());
            return;
        }
        let own = self
            .limit()
            .or_else(|| self.slashed())
            .or_else(|| self.bracketed_plan())
            .or_else(|| self.apposed_plan())
            .or_else(|| self.scenario_after())
            .or_else(|| self.scenario_before())
            .or_else(|| self.compared_plan())
            .or_else(|| self.headed_plan())
            .or_else(|| self.suffix(slot));
        let own = own.or_else(|| self.opened_before());
        // `is expected to be $450M ($428M in 2024)`.
        let over = || self.is_in_bracket() && self.own_period().is_some_and(|(own, _)| self.is_over(own));
        let name =
            own.or_else(|| self.expectation().filter(|_| !over())).or(self.scope.scenario).unwrap_or(scenario::ACTUAL);
        reading.scenario = Some(name.to_owned());
    }

    /// `$0.6m below budget ($18.0m)`: the bracket gives the plan that stands before it.
    fn bracketed_plan(&self) -> Option<&'static str> {
        let slot = self.slot();
        let before = slot.at.checked_sub(2).filter(|_| slot.is_bracketed() && slot.role.is_level())?;
        if self.opens_comparison() || self.at == 0 { None } else { scenario_of(&self.items[before]) }
    }

    /// `£7.90m, the budgeted figure, …`, `£43.9m, our plan`: the number's other name.
    fn apposed_plan(&self) -> Option<&'static str> {
        let [comma, plan, rest @ ..] = &self.items[self.slot().at + 1..] else { return None };
        let figure = |item: &Item| matches!(&item.kind, Kind::Word(stem) if is_figure(stem));
        let rest = if rest.first().is_some_and(figure) { &rest[1..] } else { rest };
        let closes = rest.first().is_none_or(|item| matches!(item.kind, Kind::Break(at) if at != Break::Colon));
        let apposed = comma.kind == Kind::Break(Break::Comma) && closes && self.slot().role.is_level();
        scenario_of(plan).filter(|_| apposed)
    }

    /// `Revenue/budget: £44.7m/£43.9m`: two names, and two numbers in their order.
    fn slashed(&self) -> Option<&'static str> {
        let own = self.clause_items();
        let colon = own.iter().position(|item| item.kind == Kind::Break(Break::Colon))?;
        let [.., first, comma, second] = &own[..colon] else { return None };
        let pair = comma.kind == Kind::Break(Break::Comma)
            && matches!(first.kind, Kind::Metric(..) | Kind::Scenario(scenario::ACTUAL))
            && scenario_of(second).is_some();
        let start = self.slot().at - own.len() + colon + 1;
        let numbers = &self.items[start..];
        let two = matches!(
            numbers,
            [
                Item { kind: Kind::Quantity(_), .. },
                Item { kind: Kind::Break(Break::Comma), .. },
                Item { kind: Kind::Quantity(_), .. },
                rest @ ..,
            ] if rest.first().is_none_or(|item| matches!(item.kind, Kind::Break(_)))
        );
        if !pair || !two {
            return None;
        }
        match self.slot().at - start {
            0 => Some(scenario::ACTUAL),
            2 => scenario_of(second),
            _ => None,
        }
    }

    /// `beat budget (€25.1m vs €23.4m)`: the first in the bracket is what was reached.
    fn opens_comparison(&self) -> bool {
        let beside = |next: &Slot<'_>| {
            let between = &self.items[self.slot().at + 1..next.at];
            next.role == Role::OtherLevel && between.iter().all(|item| item.kind != Kind::Break(Break::Close))
        };
        self.slot().is_bracketed() && self.slots.get(self.at + 1).is_some_and(beside)
    }

    /// `above the 13.5% floor`, `a regulatory minimum of 11.2%`, `our covenant is 3.5x`: what the number has to keep to, which is not
    /// what it was.
    fn limit(&self) -> Option<&'static str> {
        let slot = self.slot();
        let word = |item: &Item| matches!(&item.kind, Kind::Word(stem) if lexicon::is_limit(stem));
        // `the 13.5% floor`, `the 3.0x leverage covenant`; not `$12.3M on the shop floor`, `$3.9M required careful control`.
        let behind = match slot.after {
            [Item { kind: Kind::Metric(..), .. }, limit, ..] => word(limit),
            [limit, rest @ ..] => {
                let required = limit.is_word(&["required"]);
                word(limit) && !(required && !(rest.is_empty() && slot.beyond.is_empty()))
            }
            [] => false,
        };
        let parts = |item: &Item| {
            matches!(
                item.kind,
                Kind::Quantity(_) | Kind::Break(Break::Comma | Break::Clause | Break::And | Break::Close)
            )
        };
        let mut ahead = slot.before.iter().rev().take_while(|item| !parts(item));
        // `the limit fell to 3.0x, above the minimum`: what stands between the word and its number only states it.
        let states = |item: &Item| match &item.kind {
            Kind::Word(stem) => lexicon::is_limit(stem) || lexicon::is_transparent(stem),
            Kind::Cue(Cue::Is | Cue::Of) | Kind::Break(Break::Colon | Break::Open) => true,
            _ => false,
        };
        let led = ahead.by_ref().take_while(|item| states(item)).any(word) || self.is_limited();
        (slot.role.is_level() && (led || behind)).then_some(scenario::LIMIT)
    }

    /// `Minimum EBITDA is $2.0M`, `our floor for EBITDA is $2.0M`, `Covenant: EBITDA of $2.0M`: the name of what is limited stands
    /// between. What is `covenant leverage` is measured as the covenant has it.
    fn is_limited(&self) -> bool {
        let before = self.slot().before;
        let Some(name) = before.iter().rposition(|item| matches!(item.kind, Kind::Metric(..))) else { return false };
        let stated = before[name + 1..].iter().all(|item| {
            matches!(item.kind, Kind::Cue(Cue::Is | Cue::Of) | Kind::Break(Break::Colon))
                || matches!(&item.kind, Kind::Word(stem) if lexicon::is_transparent(stem))
        });
        let limits = |item: &Item| matches!(&item.kind, Kind::Word(stem) if lexicon::is_limit(stem));
        let led = match &before[..name] {
            [.., limit, Item { kind: Kind::Break(Break::Colon), .. }] => limits(limit),
            [.., limit, Item { kind: Kind::Word(stem), .. }] if stem == "for" => limits(limit),
            // `threshold EBITDA`, `the minimum EBITDA`; what is `covenant EBITDA` is measured.
            [.., limit @ Item { kind: Kind::Word(stem), .. }] => limits(limit) && stem != "covenant",
            _ => false,
        };
        stated && led
    }

    /// `$43.0M plan`, `$50,000 budgeted`, `96.0% we budgeted`; not `$5M more than planned`.
    fn scenario_after(&self) -> Option<&'static str> {
        let slot = self.slot();
        if !slot.role.is_level() {
            return None;
        }
        if slot.after.iter().take(2).any(compares) {
            return None;
        }
        // `$76.8M where we had budgeted $75.5M`, `$6.9m matched the budget of $6.8m`: what follows is another number's.
        const TURNS: &[&str] = &["where", "whereas", "matched", "matching", "equalled", "equaled", "met", "meeting"];
        if slot.after.first().is_some_and(|item| item.is_word(TURNS)) {
            return None;
        }
        // `under the 85.0% we aim for`, `above the 98% we promised`.
        if slot.before.iter().rev().take(2).any(compares)
            && let [Item { kind: Kind::Word(who), .. }, wish, ..] = slot.after
        {
            let wishes = match &wish.kind {
                Kind::Cue(Cue::Future | Cue::Would) => true,
                Kind::Word(stem) => matches!(stem.as_str(), "want" | "wanted" | "promised" | "set" | "need"),
                _ => false,
            };
            if wishes && matches!(who.as_str(), "we" | "they") {
                return Some("target");
            }
        }
        // `$26.5M we had planned`: only small words stand between.
        // `funds the plan`: what something is done to, not what the number is.
        let near = slot.after.iter().take(2).position(|item| scenario_of(item).is_some());
        let near = near.filter(|&at| strange_words(&slot.after[..at]) == 0).and_then(|at| scenario_of(&slot.after[at]));
        near.or_else(|| {
            let light = |item: &&Item| match &item.kind {
                Kind::Word(stem) => lexicon::is_transparent(stem) || is_kind_of_plan(stem),
                kind => *kind == Kind::Cue(Cue::Of),
            };
            let words = slot.after.iter().take(4).take_while(light).count();
            slot.after.get(words).and_then(scenario_of)
        })
    }

    /// `plan of $43.0M`, `budget: $328,000`, `the budget was $5M`; not `on budget at $75,000`.
    fn scenario_before(&self) -> Option<&'static str> {
        let before = self.slot().before;
        for (at, item) in before.iter().enumerate().rev() {
            match &item.kind {
                Kind::Scenario(name) => {
                    // `ahead of plan: 1,386 against 1,395`, `ahead of plan at 1,386`: the plan is what the number is compared with.
                    let stated = matches!(before.get(at + 1), Some(Item { kind: Kind::Cue(Cue::Is), .. }));
                    // `lower than plan at £99.4m`.
                    let head = self.slot().at - before.len() + at;
                    let near = || before[..at].iter().rev().take(3);
                    let than = matches!(
                        &self.items[..head],
                        [.., Item { kind: Kind::Cue(Cue::Move(_)), .. }, Item { kind: Kind::Cue(Cue::Versus), .. }]
                    ) || near().any(|item| item.kind == Kind::Cue(Cue::Versus))
                        && near().any(|item| matches!(item.kind, Kind::Cue(Cue::Move(_))));
                    let compared = (than || near().take(2).any(compares))
                        && (before[at..].iter().any(|item| item.kind == Kind::Break(Break::Colon))
                            || stated
                            || self.opens_comparison());
                    if compared {
                        return None;
                    }
                    // `on budget at $75,000`, `in line with plan`; not `compared with a budgeted surplus of $17,500`.
                    let on = match &before[..at] {
                        [.., Item { kind: Kind::Cue(Cue::Versus), .. }, Item { kind: Kind::Word(_), .. }] => false,
                        [.., Item { kind: Kind::Word(stem), .. }] => stem == "on" || stem == "with",
                        _ => false,
                    };
                    // `in line with a budget of £1.70m`: the number behind `of` is the plan's own.
                    let own = matches!(&before[at + 1..], [Item { kind: Kind::Cue(Cue::Of), .. }]);
                    return ((!on || own) && *name != scenario::ACTUAL).then_some(*name);
                }
                // `a planned surplus of $200K`, `(budget: a deficit of $28,500)`, `we had budgeted for EBITDA of $7.9m`.
                Kind::Metric(..) => {
                    let mut ahead = before[..at].iter().rev();
                    let planned = ahead.find(|item| item.kind != Kind::Break(Break::Colon)).and_then(scenario_of);
                    let planned = planned.or_else(|| planned_for(&before[..at]));
                    let direct = before[at + 1..].iter().all(|item| matches!(item.kind, Kind::Cue(Cue::Of | Cue::Is)));
                    return planned.filter(|_| direct);
                }
                Kind::Quantity(_) | Kind::Break(Break::Comma | Break::Clause | Break::And | Break::Close) => {
                    return None;
                }
                _ => {}
            }
        }
        None
    }

    /// `ahead of plan: 1,386 against 1,395`: the second number is the plan's.
    fn compared_plan(&self) -> Option<&'static str> {
        let slot = self.slot();
        if slot.role != Role::OtherLevel
            || !matches!(slot.before.first().map(|item| &item.kind), Some(Kind::Cue(Cue::Versus)))
        {
            return None;
        }
        let head = &self.items[..self.slots.first()?.at];
        head.iter().any(compares).then(|| head.iter().find_map(scenario_of)).flatten()
    }

    /// `Punctuality was 81.2%; the target is 82%`, `81.2%; Q2: 80.4%`: a clause that names nothing but a plan or a time is of what the one
    /// before it is of.
    pub(super) fn is_plan_of_clause_before(&self) -> bool {
        let own = self.clause_items();
        let plain = |item: &Item| match &item.kind {
            Kind::Scenario(_)
            | Kind::Period(_)
            | Kind::Cue(Cue::Is | Cue::Of | Cue::To)
            | Kind::Break(Break::Colon) => true,
            Kind::Word(stem) => lexicon::is_transparent(stem) || lexicon::is_limit(stem) || stem == "set",
            _ => false,
        };
        let limit = |item: &Item| matches!(&item.kind, Kind::Word(stem) if lexicon::is_limit(stem));
        let time = matches!(
            own,
            [Item { kind: Kind::Period(_), .. }]
                | [Item { kind: Kind::Period(_), .. }, Item { kind: Kind::Break(_), .. }]
        );
        (time || own.iter().any(|item| scenario_of(item).is_some() || limit(item))) && own.iter().all(plain)
    }

    /// `we expect …`, `guidance for FY25 revenue is …`: what is said before makes the rest of the clause a forecast.
    fn expectation(&self) -> Option<&'static str> {
        let own = self.clause_items();
        // `Our plan for the quarter had assumed revenue of …`: what the plan says.
        let says = |item: &Item| item.is_word(PLANNING);
        let planned = own.iter().position(|item| scenario_of(item).is_some()).filter(|&at| {
            let mut verbs = own[at + 1..].iter().take_while(|item| !matches!(item.kind, Kind::Quantity(_)));
            // `The budget has revenue of …`.
            let holds = own.get(at + 1).is_some_and(|item| item.is_word(HOLDING));
            (holds || verbs.any(says))
                && !own[..at]
                    .iter()
                    .any(|item| compares(item) || matches!(item.kind, Kind::Cue(Cue::Versus | Cue::Move(_))))
        });
        if let Some(name) = planned.and_then(|at| scenario_of(&own[at])) {
            return Some(name);
        }
        own.iter().enumerate().find_map(|(at, item)| match item.kind {
            Kind::Cue(Cue::Future | Cue::Would) => Some("forecast"),
            // `was $138.2M, above our guidance of $137M, and grew`: what is compared with says nothing of the rest.
            Kind::Scenario(name @ ("guidance" | "forecast" | "target" | "consensus")) => {
                let set = |item: &Item| compares(item) || item.kind == Kind::Cue(Cue::Versus);
                let compared = own[..at].iter().rev().take(2).any(set);
                (!compared && !self.is_left_behind(own, at)).then_some(name)
            }
            _ => None,
        })
    }

    /// `We enter the second half with …`: what is there already has happened, whatever the place speaks of.
    fn opened_before(&self) -> Option<&'static str> {
        let slot = self.slot();
        let opens = |item: &Item| matches!(self.expression(item), Some(Expression::StartOf(_)));
        let (opening, _) = slot.before.iter().rev().find(|item| opens(item)).and_then(|item| self.resolve(item))?;
        let calendar = &self.scope.context.calendar;
        let past = opening.bounds(calendar).1 <= self.scope.context.reporting?.bounds(calendar).1;
        past.then_some(scenario::ACTUAL)
    }

    /// Scenario that a period's suffix gives (`2025E`), when the period stands directly beside the quantity.
    fn suffix(&self, slot: &Slot<'_>) -> Option<&'static str> {
        slot.after.iter().chain(slot.before.iter().rev()).find_map(|item| match item.kind {
            Kind::Period(mention) => match &self.scope.mentions[mention].kind {
                MentionKind::Period(_, scenario) => *scenario,
                _ => None,
            },
            _ => None,
        })
    }
}

/// What plans do.
const PLANNING: &[&str] =
    &["assumed", "assume", "call", "called", "envisage", "envisaged", "foresee", "foresaw", "provided", "allowed"];

/// What plans do that others do as well, so that the plan must stand right before it.
const HOLDING: &[&str] = &["has", "had", "have", "show", "include", "included", "contain", "contained"];

/// `the operating plan`, `our original budget`.
fn is_kind_of_plan(stem: &str) -> bool {
    matches!(stem, "operating" | "approved" | "agreed" | "original" | "revised" | "board")
}

/// `budgeted for`, `the budget was for`: what a plan is for.
fn planned_for(before: &[Item]) -> Option<&'static str> {
    let [rest @ .., Item { kind: Kind::Word(stem), .. }] = before else { return None };
    let rest = match rest {
        [rest @ .., Item { kind: Kind::Cue(Cue::Is), .. }] => rest,
        rest => rest,
    };
    let compared = rest.iter().rev().take(3).any(|item| compares(item) || item.kind == Kind::Cue(Cue::Versus));
    rest.last().and_then(scenario_of).filter(|_| stem == "for" && !compared)
}

/// `the budgeted figure`, `the planned level`.
fn is_figure(stem: &str) -> bool {
    matches!(stem, "figure" | "number" | "level" | "amount" | "value" | "sum")
}

fn scenario_of(item: &Item) -> Option<&'static str> {
    match item.kind {
        Kind::Scenario(name) if has_scenario(std::slice::from_ref(item)) => Some(name),
        _ => None,
    }
}
