//! Numbers of a sentence that are about something else than it is.
//!
//! Enters: a quantity's place in its sentence. Leaves: whether it is a part, an explanation, another time's figure or a count of other
//! things. Invariant: what is set aside here gets no metric, whatever stands around it.

use super::fits::is_counted;
use super::light::{is_light, strange_words};
use super::role::compares;
use super::{Reader, Role};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::claim::Direction;
use crate::quantity::{Sign, Unit};
use crate::vocabulary::is_measure;

impl Reader<'_> {
    /// Whether the quantity is a part of what is spoken of, an explanation, or a count of other things.
    pub(super) fn is_aside(&self) -> bool {
        let own = &self.items[self.at.checked_sub(1).map_or(0, |at| self.slots[at].at)..self.slot().at];
        part_of(self.slot().before) && !self.is_named_part() && !self.is_part_of_time()
            || self.is_exchange_rate()
            || self.is_supposed()
            || self.is_of_unknown_span()
            || self.is_source_of_sum()
            || self.is_of_it()
            || of_whole(self.slot().before)
            || self.is_of_stated_whole()
            || self.is_handled()
            || self.is_for_each()
            || self.is_narrowed_behind()
            || self.is_netted()
            || self.leaves_out()
            || self.is_elliptic()
            || self.is_excess()
            || self.is_at_unknown_part()
            || self.is_limit()
            || self.has_another_label()
            || self.counts_something_else()
            || self.explains(own)
    }

    /// `Of our 129 stores, 12 are franchised`, `Of 402 complaints received in the quarter, 131 were upheld`: a count behind the number
    /// of them all.
    fn is_of_counted(&self) -> bool {
        /// Words that say which they all are, at most.
        const WHICH: usize = 8;
        let own = self.clause_items();
        let opens = match own {
            [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Quantity(_), .. }, rest @ ..] => {
                let ends = |item: &Item| matches!(item.kind, Kind::Break(_) | Kind::Quantity(_));
                let end = rest.iter().position(ends).filter(|at| *at <= WHICH);
                end.is_some_and(|at| rest[at].kind == Kind::Break(Break::Comma))
            }
            _ => false,
        };
        // `Of our 1,482 scholars, 896 are at university`: the part has a name. `Of 315 completions, 84 fell in Q4`: or a time.
        let part = self.slot().after.iter().any(|item| matches!(item.kind, Kind::Segment(_)));
        let timed = match self.slot().after {
            [link, rest @ ..] => {
                let verb = matches!(link.kind, Kind::Word(_) | Kind::Cue(Cue::Is | Cue::Move(_)));
                let rest = if verb { rest } else { self.slot().after };
                matches!(rest, [of, Item { kind: Kind::Period(_), .. }, ..] if of.kind == Kind::Cue(Cue::Of))
            }
            [] => false,
        };
        opens && !timed && !part && self.named_after().is_none()
    }

    /// `Capex of £1.1m on the Leeds site`, `approved capex of £1.4m`: a part of the metric, or what is only allowed.
    fn is_narrowed_behind(&self) -> bool {
        let slot = self.slot();
        let named = match slot.before {
            [rest @ .., Item { kind: Kind::Metric(..), .. }, Item { kind: Kind::Cue(Cue::Of), .. }] => Some(rest),
            _ => None,
        };
        let Some(head) = named.filter(|_| slot.role == Role::Level) else { return false };
        let on = match slot.after {
            [Item { kind: Kind::Word(led), .. }, rest @ ..] => {
                let words = rest.iter().take(2).take_while(|item| matches!(item.kind, Kind::Word(_))).count();
                matches!(led.as_str(), "on" | "for") && strange_words(&rest[..words]) > 0
            }
            _ => false,
        };
        let allowed = matches!(head.last().map(|item| &item.kind), Some(Kind::Word(stem)) if matches!(stem.as_str(), "approved" | "authorised" | "authorized" | "sanctioned"));
        on || allowed
    }

    /// `Of total income of £3.11m, £1.3m is restricted`: a part of what was just stated.
    fn is_of_stated_whole(&self) -> bool {
        match self.clause_items() {
            [of, head @ .., link, Item { kind: Kind::Quantity(_), .. }, comma] => {
                let named = matches!(head.last(), Some(Item { kind: Kind::Metric(..), .. })) && head.len() <= 3;
                of.kind == Kind::Cue(Cue::Of)
                    && named
                    && link.kind == Kind::Cue(Cue::Of)
                    && comma.kind == Kind::Break(Break::Comma)
                    && self.slot().role == Role::Level
                    && self.named_after().is_none()
            }
            _ => false,
        }
    }

    /// `$93M of it in Commercial`, `73 of them`: a part of the number before.
    fn is_of_it(&self) -> bool {
        match self.slot().after {
            [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Word(stem), .. }, ..] => {
                matches!(stem.as_str(), "it" | "them")
            }
            _ => false,
        }
    }

    /// `without that, income would have beaten budget by £60k`: what did not happen. `Will have` is a forecast.
    fn is_supposed(&self) -> bool {
        let have = |item: &Item| item.is_word(&["have", "been"]);
        self.clause_items().windows(2).any(|two| two[0].kind == Kind::Cue(Cue::Would) && have(&two[1]))
    }

    /// `the $4.1M of its launch quarter`, `612 in the peak week`: a time that has a name of its own.
    fn is_of_unknown_span(&self) -> bool {
        let [led, rest @ ..] = self.slot().after else { return false };
        let named = rest.iter().take_while(|item| matches!(item.kind, Kind::Word(_))).count();
        match &rest[..named] {
            [head @ .., Item { kind: Kind::Word(span), .. }] => {
                let time = matches!(span.as_str(), "quarter" | "month" | "week" | "season" | "year" | "half");
                led.kind == Kind::Cue(Cue::Of) && time && strange_words(head) > 0
            }
            _ => false,
        }
    }

    /// `assuming ¥145 to the dollar`: what another currency costs.
    fn is_exchange_rate(&self) -> bool {
        const MONEY: &[&str] =
            &["dollar", "euro", "pound", "sterling", "yen", "franc", "krona", "krone", "rupee", "renminbi"];
        let money = matches!(self.slot().quantity.unit, Unit::Currency(_));
        match &self.items[self.slot().at + 1..] {
            [Item { kind: Kind::Cue(Cue::To | Cue::Per), .. }, Item { kind: Kind::Word(stem), .. }, ..] => {
                money && MONEY.contains(&stem.as_str())
            }
            _ => false,
        }
    }

    /// `Revenue reached £49.2m: £42.8m from our own restaurants`: where a part of the sum comes from, told behind it.
    fn is_source_of_sum(&self) -> bool {
        let Some(sum) = self.at.checked_sub(1).map(|at| &self.slots[at]) else { return false };
        let told = matches!(
            &self.items[sum.at + 1..self.slot().at],
            [Item { kind: Kind::Break(Break::Colon | Break::Clause), .. }]
        );
        let from = match &self.items[self.slot().at + 1..] {
            [Item { kind: Kind::Cue(Cue::From), .. }, rest @ ..] => {
                let words = rest.iter().take_while(|item| matches!(item.kind, Kind::Word(_))).count();
                words > 0 && strange_words(&rest[..words]) > 0
            }
            _ => false,
        };
        told && from && sum.quantity.unit == self.slot().quantity.unit
    }

    /// `of which $162.3 million was labor`: a part that has a name of its own.
    pub(super) fn is_named_part(&self) -> bool {
        let slot = self.slot();
        let named = match slot.after {
            [Item { kind: Kind::Cue(Cue::Is), .. }, Item { kind: Kind::Metric(_, Fit::Plain), .. }, rest @ ..] => {
                rest.first().is_none_or(|item| matches!(item.kind, Kind::Period(_)))
            }
            _ => false,
        };
        named && slot.role.is_level() && part_of(slot.before)
    }

    /// `of which €11.4m fell in the fourth quarter`: what a part of the time had of it.
    fn is_part_of_time(&self) -> bool {
        is_part_of_time(self.slot().before, self.slot().after)
    }

    /// Whether the number explains the one before, or makes it up, and is about something else than the sentence.
    fn explains(&self, own: &[Item]) -> bool {
        let own = &own[own.iter().rposition(|item| item.kind == Kind::Break(Break::Clause)).map_or(0, |at| at + 1)..];
        let explaining = |item: &Item| matches!(item.kind, Kind::Cue(Cue::Because | Cue::Made | Cue::Regarding));
        let Some(at) = own.iter().rposition(explaining) else { return false };
        let rest = &own[at + 1..];
        // `because capital expenditure rose to €11.4m`: the explanation is a clause of its own, with subject and verb.
        let mut clause = rest.iter().filter(|item| !matches!(&item.kind, Kind::Word(stem) if is_light(stem)));
        if own[at].kind == Kind::Cue(Cue::Because)
            && let Some(Kind::Metric(_, Fit::Plain | Fit::Loose)) = clause.next().map(|item| &item.kind)
            && let Some(Kind::Cue(Cue::Is | Cue::Move(_))) = clause.next().map(|item| &item.kind)
            && !clause.any(|item| matches!(item.kind, Kind::Metric(..) | Kind::Cue(Cue::Because)))
        {
            return false;
        }
        // `helped order intake to £48.6m`.
        if let [Item { kind: Kind::Metric(_, Fit::Plain | Fit::Loose), .. }, Item { kind: Kind::Cue(Cue::To), .. }] =
            rest
        {
            return false;
        }
        // `Thanks to higher volumes, revenue climbed …`: the explanation ends where the subject stands with its verb.
        let subject = |three: &[Item]| {
            three[0].kind == Kind::Break(Break::Comma)
                && matches!(three[1].kind, Kind::Metric(..))
                && matches!(three[2].kind, Kind::Cue(Cue::Is | Cue::Move(_)))
        };
        if rest.windows(3).any(subject) {
            return false;
        }
        match own[at].kind {
            // `income attributable to shareholders rose to $5M`: the words narrow the subject, whose verb follows.
            Kind::Cue(Cue::Regarding) => !has_verb(rest),
            Kind::Cue(Cue::Made) => {
                let after_level = self.at.checked_sub(1).is_some_and(|at| self.slots[at].role.is_level());
                // `offset by an allowance totalling $48.6M`, `consisting of $24.2M of net income`: a number with a name of its own.
                let named = match rest {
                    [.., Item { kind: Kind::Metric(_, fit), .. }, Item { kind: Kind::Cue(Cue::Of | Cue::Is), .. }] => {
                        *fit != Fit::Other && !rest.iter().any(moves)
                    }
                    [] | [Item { kind: Kind::Cue(Cue::Of), .. }] => self.named_after().is_some() || self.is_from_part(),
                    // `offset by a $13.5M increase in working capital`, where that is what a row is called.
                    [Item { kind: Kind::Cue(Cue::By), .. }] => {
                        matches!(self.slot().after.first().map(|item| &item.kind), Some(Kind::Metric(_, Fit::Plain)))
                    }
                    _ => false,
                };
                !(after_level && named)
            }
            _ => true,
        }
    }

    /// `comprising £22.9m from the UK and £13.9m from Europe`, `made up of £22.9m in the UK`.
    fn is_from_part(&self) -> bool {
        match self.slot().after {
            [led, Item { kind: Kind::Segment(_), .. }, ..] => matches!(led.kind, Kind::Cue(Cue::From | Cue::Of)),
            _ => false,
        }
    }

    /// `0.98x in the second half and 1.50x in the first`: of which half is left to the reader.
    fn is_elliptic(&self) -> bool {
        const ORDINALS: &[&str] = &["first", "second", "third", "fourth", "former", "latter"];
        match self.slot().after {
            [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Word(stem), .. }, rest @ ..] => {
                ORDINALS.contains(&stem.as_str()) && rest.first().is_none_or(|item| matches!(item.kind, Kind::Break(_)))
            }
            _ => false,
        }
    }

    /// `two days too many`, `three posts too few`: by how much it misses what it should be.
    fn is_excess(&self) -> bool {
        let too = |item: &Item| item.is_word(&["too"]);
        self.slot().after.iter().take(2).any(too)
    }

    /// `A$8.0m at Business Daily and A$5.1m at the regional titles`: in a list of parts, one that nothing knows is not the one before.
    fn is_at_unknown_part(&self) -> bool {
        let Some(previous) = self.at.checked_sub(1).map(|at| &self.slots[at]) else { return false };
        let (between, after) = (&self.items[previous.at + 1..self.slot().at], self.slot().after);
        let small = |item: &&Item| matches!(&item.kind, Kind::Word(stem) if is_light(stem));
        let (Some(link), Some(own)) = (between.first(), after.first()) else { return false };
        let places = matches!(link.kind, Kind::Cue(Cue::Is | Cue::From | Cue::Of)) && link.kind == own.kind;
        let known = between[1..].iter().find(|item| !small(item));
        let unknown = after[1..].iter().find(|item| !small(item));
        places
            && matches!(known.map(|item| &item.kind), Some(Kind::Segment(_)))
            && matches!(unknown.map(|item| &item.kind), Some(Kind::Word(_)))
    }

    /// `drawn to €118.5m of €150m`: what there is of it, or may be.
    fn is_limit(&self) -> bool {
        let slot = self.slot();
        let after_amount = self
            .at
            .checked_sub(1)
            .is_some_and(|at| self.slots[at].at + 2 == slot.at && self.slots[at].quantity.unit == slot.quantity.unit);
        let of = matches!(slot.before, [Item { kind: Kind::Cue(Cue::Of), .. }]);
        of && after_amount && matches!(slot.quantity.unit, Unit::Currency(_))
    }

    /// `having paid $38M for it`: what was done with so much is no level of what the sentence is about.
    fn is_handled(&self) -> bool {
        const DONE: &[&str] = &[
            "paid",
            "made",
            "earned",
            "lost",
            "pay",
            "spent",
            "released",
            "invested",
            "repaid",
            "borrowed",
            "returned",
            "lent",
            "transferred",
            "repurchased",
            "bought",
            "issued",
            "donated",
            "awarded",
            "burning",
            "collected",
            "wrote",
            "settled",
            // `gave back £0.6m of that`, `took back`: a part of what was won or lost before.
            "back",
        ];
        let done = |item: &Item| item.is_word(DONE);
        // `City Infrastructure spent $38.9M` under "Expenses": a part of the business does what the title counts.
        // `Hotels earned $11.6M`: so does a line that a table has for it.
        let earns = matches!(self.slot().before.last().map(|item| &item.kind), Some(Kind::Word(stem)) if matches!(stem.as_str(), "earned" | "made" | "collected"));
        let part = self.slot().before.iter().any(|item| match item.kind {
            Kind::Segment(_) => true,
            Kind::Metric(id, _) => {
                let term = self.scope.vocabulary.term(id);
                earns && term.source.is_none() && !is_measure(&term.label)
            }
            _ => false,
        });
        self.slot().role.is_level()
            && !part
            && self.slot().before.last().is_some_and(done)
            && self.named_after().is_none()
    }

    /// `74 members of staff (71)`: a bracket with nothing but a number of the same kind is mostly another time's figure, and does not
    /// say whose.
    pub(super) fn is_bare_bracket(&self) -> bool {
        let slot = self.slot();
        let Some(previous) = self.at.checked_sub(1).map(|at| &self.slots[at]) else { return false };
        let opened = slot.is_bracketed();
        // `ahead of the same nine months of 2024 ($140M)`: the period before the bracket says whose it is.
        let dated = slot.at.checked_sub(2).is_some_and(|at| matches!(self.items[at].kind, Kind::Period(_)));
        let sets_beside =
            |item: &Item| compares(item) || matches!(item.kind, Kind::Cue(Cue::Versus | Cue::From | Cue::Move(_)));
        if opened && dated && self.items[previous.at..slot.at].iter().any(sets_beside) {
            return false;
        }
        let closed = matches!(self.items.get(slot.at + 1), None | Some(Item { kind: Kind::Break(_), .. }));
        let bracketed = opened && closed && !self.is_named_before_bracket(slot.at - 1)
            || slot.quantity.sign == Sign::Brackets && slot.before.is_empty();
        let alike = previous.quantity.unit.comparable(&slot.quantity.unit)
            || matches!((&previous.quantity.unit, &slot.quantity.unit), (Unit::Count, Unit::Bare));
        bracketed && previous.role == Role::Level && alike
    }

    /// `revenue (£44.7m) and order intake (£48.6m)`: a name that has no number yet stands right before the bracket that opens here.
    fn is_named_before_bracket(&self, open: usize) -> bool {
        let head = &self.items[..open];
        let [rest @ .., Item { kind: Kind::Metric(..), .. }] = head else { return false };
        let own =
            rest.iter().rposition(|item| matches!(item.kind, Kind::Quantity(_))).map_or(rest, |at| &rest[at + 1..]);
        own.len() == rest.len() || own.iter().any(|item| matches!(item.kind, Kind::Break(_)))
    }

    /// `(September 86.5%; target 90%)`, `(was $53M)`: inside a bracket, a word of its own right before a number says what that is.
    fn has_another_label(&self) -> bool {
        let before = &self.items[..self.slot().at];
        let Some(open) = before.iter().rposition(|item| item.kind == Kind::Break(Break::Open)) else { return false };
        if before[open..].iter().any(|item| item.kind == Kind::Break(Break::Close)) {
            return false;
        }
        match &before[open + 1..] {
            // `47.8% of total assets ($148.9M)`: the bracket is of what stands right before it.
            [] => matches!(before[..open].last(), Some(Item { kind: Kind::Word(stem), .. }) if !is_light(stem)),
            // `Gross margin (at 42.5%) improved`.
            [Item { kind: Kind::Cue(Cue::Is), .. }] => !self.is_named_before_bracket(open),
            [.., edge, Item { kind: Kind::Word(stem), .. }] => matches!(edge.kind, Kind::Break(_)) && !is_light(stem),
            [Item { kind: Kind::Word(stem), .. }] => !is_light(stem),
            _ => false,
        }
    }

    /// `71 joined`, `31 of 114 opportunities`: a count of things that the metric in view does not count.
    fn counts_something_else(&self) -> bool {
        let slot = self.slot();
        if !is_counted(&slot.quantity.unit) {
            return self.is_rate_of_time();
        }
        let acted =
            matches!(slot.after.first().map(|item| &item.kind), Some(Kind::Word(stem)) if lexicon::is_verb(stem));
        let of_count = matches!(slot.after.first().map(|item| &item.kind), Some(Kind::Cue(Cue::Of)))
            && self
                .slots
                .get(self.at + 1)
                .is_some_and(|next| is_counted(&next.quantity.unit) && next.at <= slot.at + 3);
        // `our ten largest customers`, `3 new stores`
        let chosen = matches!(slot.after.first().map(|item| &item.kind), Some(Kind::Word(stem)) if matches!(stem.as_str(), "largest" | "biggest" | "top" | "smallest" | "best" | "newest"));
        // `(24 of 1,329)`: what a rate is taken of is mostly another time's figure; it is left to `ratio-mismatch`.
        let bracketed =
            self.is_whole() && slot.after.is_empty() && slot.beyond.is_empty() && slot.quantity.noun.is_none();
        // `the top ten customers`.
        let picked = matches!(slot.before.last().map(|item| &item.kind), Some(Kind::Word(stem)) if matches!(stem.as_str(), "top" | "largest" | "biggest" | "leading"));
        acted
            || of_count
            || chosen
            || picked
            || bracketed
            || self.is_rate_of_time()
            || self.is_of_those()
            || self.is_of_counted()
    }
}

/// Whether a word of moving is among the items.
fn moves(item: &Item) -> bool {
    matches!(item.kind, Kind::Cue(Cue::Move(_) | Cue::Noun(_)))
}

/// Whether the items have a verb of stating, or one of moving that goes on with `to` or `by`.
fn has_verb(items: &[Item]) -> bool {
    items.iter().any(|item| item.kind == Kind::Cue(Cue::Is))
        || items.windows(2).any(|two| moves(&two[0]) && matches!(two[1].kind, Kind::Cue(Cue::To | Cue::By)))
}

/// `of which $36.6m was …`, `including $1.1m`.
fn part_of(before: &[Item]) -> bool {
    before.iter().rev().take(3).any(|item| item.kind == Kind::Cue(Cue::Part))
}

/// Whether a part follows that is told by when it was: `of which €11.4m fell in the fourth quarter`.
pub(super) fn is_part_of_time(before: &[Item], after: &[Item]) -> bool {
    let happened = |item: &Item| match &item.kind {
        Kind::Cue(Cue::Is | Cue::Move(Direction::Down)) => true,
        Kind::Word(stem) => matches!(stem.as_str(), "arose" | "spent" | "incurred" | "earned"),
        _ => false,
    };
    let verbs = after.iter().take_while(|item| happened(item)).count();
    let dated = match &after[verbs..] {
        [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Period(_), .. }, rest @ ..] => rest.is_empty(),
        _ => false,
    };
    let which = matches!(before, [.., Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Cue(Cue::Part), .. }]);
    dated && which
}

/// `Of the valuation allowance, $42.8 million was …`: a part of what is named.
fn of_whole(before: &[Item]) -> bool {
    matches!(
        before,
        [
            Item { kind: Kind::Cue(Cue::Of), .. },
            Item { kind: Kind::Metric(..), .. },
            Item { kind: Kind::Break(Break::Comma), .. },
            ..
        ]
    )
}
