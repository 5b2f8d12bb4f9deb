//! What titles say of a table: its metric and its time.
//!
//! Enters: a grid's caption, corner, lead and heading. Leaves: the metric and the period that they name.
//! Invariant: what stands nearest to the table is asked first.

use crate::bind::table::name::{
    is_by_time, is_dimension, is_general, is_statement, known, strip_numbering, title_name, without_arrangement,
};
use crate::bind::table::{only_period, walked_period};
use crate::document::Document;
use crate::grid::Grid;
use crate::period::Period;
use crate::quantity::Unit;
use crate::vocabulary::{MetricId, Name, is_measure, names_a_measure};
use crate::words::stems;

use super::Layouter;

/// The metric of a title such as `Revenue by region`, in the caption, else the heading.
pub(in crate::bind::table) fn by_title(grid: &Grid, document: &Document) -> Option<(String, &'static str)> {
    for (text, place) in texts(grid, document) {
        let lower = text.to_ascii_lowercase();
        if let Some(at) = lower.find(" by ")
            && !is_by_time(&lower[at + 4..])
        {
            let name = text[..at].rsplit([':', '.']).next().unwrap_or_default().trim();
            let name = name.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
            let name = strip_numbering(&name);
            // `Portfolio, by collection`.
            let name = without_arrangement(name.trim_end_matches([',', ';', '–', '—', ' '])).to_owned();
            // `ARR and customers by segment` names two.
            // `Year to date by school` names a time.
            let timed = !name.is_empty() && title_name(&name).is_empty();
            if !name.is_empty() && !timed && name.split_whitespace().count() <= 5 && !name.contains(" and ") {
                return Some((name, place));
            }
        }
    }
    None
}

/// A text that names a table.
pub(super) struct Title<'a> {
    text: &'a str,
    /// What is left of it without units, periods and general words.
    name: String,
    /// Where it stands.
    place: &'static str,
}

/// What names a table, each cut to its name once for all rows that ask.
pub(super) fn titles<'a>(grid: &'a Grid, document: &'a Document) -> Vec<Title<'a>> {
    texts(grid, document).map(|(text, place)| Title { text, name: title_name(text), place }).collect()
}

/// The texts that name a table and where they stand, the nearest first.
fn texts<'a>(grid: &'a Grid, document: &'a Document) -> impl Iterator<Item = (&'a str, &'static str)> {
    let heading = document.heading_of(grid.block).map(|flow| (flow.text(), "the heading"));
    grid.titles().map(|flow| (flow.text(), "the table's title")).chain(heading)
}

/// Whether a name is that of one thing, and not of a statement, a kind of row or anything general.
fn is_one_thing(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let one = (1..=4).contains(&words) && !name.contains(" and ") && !name.contains('&');
    // A corner `Customer` says what the rows are, a title `Customers` what is counted.
    one && !is_general(name) && !is_statement(name) && (!is_dimension(name) || counts(name))
}

/// `Cash flow`, `Reserves movement`: what a walk is called, not what it is of.
fn is_of_a_walk(name: &str) -> bool {
    const WALKS: &[&str] = &[
        "flow",
        "movement",
        "reconciliation",
        "bridge",
        "walk",
        "change",
        "summary",
        "analysis",
        "statement",
        "note",
        "waterfall",
    ];
    stems(name).iter().any(|stem| WALKS.contains(&stem.as_str()))
}

/// Whether a name's noun is one of things that are counted: `Pupils`, `Rooms available`.
fn counts(name: &str) -> bool {
    name.ends_with('s') && crate::grid::counts_things(name)
}

/// Whether a name is that of one measure: `Sales volume`, not `Revenue and profit` nor `Income statement`.
fn names_one_measure(name: &str) -> bool {
    is_one_thing(name) && names_a_measure(name)
}

impl Layouter<'_> {
    /// The metric that the title, else the heading, is the name of, periods and general words aside.
    pub(in crate::bind::table) fn title_metric(&self) -> Option<(MetricId, &'static str)> {
        self.titles.iter().find_map(|title| match known(self.vocabulary, &title.name) {
            Some(Name::Metric(id)) => Some((id, title.place)),
            _ => None,
        })
    }

    /// The metric of a table of segments: known, or named by the title for the first time.
    pub(super) fn titled_metric(&mut self) -> Option<(MetricId, &'static str)> {
        if let Some(found) = self.title_metric() {
            return Some(found);
        }
        if let Some(name) = self.captioned() {
            return Some((self.learn(&name), "the table's title"));
        }
        let named = self.titles.iter().find(|Title { name, place, .. }| {
            let one = name.split_whitespace().count() <= 5 && !name.contains(" and ");
            // A heading is the name of a slide first of all.
            let physical = || name.split_whitespace().count() <= 3 && is_measure(name) && self.is_physical();
            let measured = *place != "the heading" || names_a_measure(name) || physical();
            !is_general(name) && !is_statement(name) && !is_dimension(name) && one && measured
        })?;
        let (name, place) = (named.name.clone(), named.place);
        Some((self.learn(&name), place))
    }

    /// The measure that the caption or the lead names, known or not.
    pub(in crate::bind::table) fn captioned_measure(&mut self) -> Option<(MetricId, &'static str)> {
        let name = self.grid.titles().map(|flow| title_name(flow.text())).find(|name| names_one_measure(name))?;
        Some((self.learn(&name), "the table's title"))
    }

    /// `Homes owned and managed`: the one metric among those that can be meant whose name stands in a title.
    pub(super) fn metric_in_a_title(&self, can: impl Fn(MetricId) -> bool) -> Option<(MetricId, &'static str)> {
        self.titles.iter().find_map(|Title { text, place, .. }| {
            let found = self.vocabulary.find(&crate::words::words(text));
            let mut metrics = found.iter().filter_map(|found| match found.name {
                Name::Metric(id) => Some(id),
                _ => None,
            });
            let first = metrics.next().filter(|first| metrics.all(|other| other == *first))?;
            can(first).then_some((first, *place))
        })
    }

    /// Whether the caption, corner or lead names one thing that is measured.
    pub(super) fn caption_is_a_measure(&self) -> bool {
        self.captioned().is_some()
    }

    /// The one thing that is measured by the name of the caption or corner: `Revenue €m`; by its unit, `Output, GWh`; or what is
    /// counted, `Pupils` over whole numbers. Where a corner only says what the rows are, `Depot`, the lead may be that name.
    fn captioned(&self) -> Option<String> {
        let measured = |text: &str| {
            let name = title_name(text);
            // Two of these three.
            let by_unit = || {
                let told = [is_measure(&name), self.is_physical(), crate::grid::states_a_unit(text)];
                told.into_iter().filter(|told| *told).count() > 1
            };
            let measured = || names_a_measure(&name) || by_unit() || counts(&name) && self.is_counted();
            (is_one_thing(&name) && measured()).then_some(name)
        };
        let mut titles = self.grid.titles().map(|flow| flow.text());
        let nearest = titles.next()?;
        let corner = || nearest.split_whitespace().count() <= 2 && !names_a_measure(nearest);
        measured(nearest).or_else(|| titles.next().filter(|_| corner()).and_then(measured))
    }

    /// Whether all plain numbers of the table are in a unit of nature: `GWh`, `t`.
    fn is_physical(&self) -> bool {
        self.has_only(|unit| matches!(unit, Unit::Measure(_)))
    }

    fn is_counted(&self) -> bool {
        self.has_only(|unit| matches!(unit, Unit::Count | Unit::Bare))
    }

    fn has_only(&self, is: impl Fn(&Unit) -> bool) -> bool {
        let plain = self.grid.cells.iter().flat_map(|row| row.iter().zip(&self.grid.columns));
        let mut plain = plain
            .filter(|(_, column)| !column.kind.is_movement())
            .filter_map(|(cell, _)| cell.quantity.as_ref())
            .peekable();
        plain.peek().is_some() && plain.all(|quantity| is(&quantity.unit))
    }

    /// What rows of a walk that say nothing but where it starts and ends are balances of: the one thing that its title names.
    pub(super) fn balance_of(&mut self) -> Option<(MetricId, &'static str)> {
        let known = |name: &str| match known(self.vocabulary, name) {
            Some(Name::Metric(id)) => Some(id),
            _ => None,
        };
        let names = |Title { name, place, .. }: &Title<'_>| {
            let said = *place != "the heading" || is_measure(name) || counts(name);
            is_one_thing(name) && said || known(name).is_some()
        };
        let title = self.titles.iter().find(|title| !is_of_a_walk(&title.name) && names(title))?;
        if let Some(id) = known(&title.name) {
            return Some((id, title.place));
        }
        let (name, place) = (title.name.clone(), title.place);
        Some((self.learn(&name), place))
    }

    /// `Share of group revenue`, `Revenue mix`: the numbers under it are shares.
    pub(super) fn titles_speak_of_shares(&self) -> bool {
        self.titles.iter().any(|title| {
            let stems = stems(title.text);
            let starts = |words: &[&str]| stems.iter().zip(words).filter(|(a, b)| a == b).count() == words.len();
            starts(&["share", "of"])
                || starts(&["%", "of"])
                || stems.iter().any(|stem| matches!(stem.as_str(), "mix" | "split"))
        })
    }

    pub(super) fn title_period(&self) -> Option<Period> {
        let context = self.contexts.context(self.grid.document);
        let period = |text: &str| only_period(text, &context).or_else(|| walked_period(text, &context));
        let heading =
            || self.document.heading_of(self.grid.block).and_then(|flow| walked_period(flow.text(), &context));
        self.grid.titles().find_map(|flow| period(flow.text())).or_else(heading)
    }
}
