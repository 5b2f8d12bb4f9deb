//! What titles say of a table: its metric and its time.
//!
//! Enters: a grid's caption, corner, lead and heading. Leaves: the metric and the period that they name.
//! Invariant: what stands nearest to the table is asked first.

use crate::bind::table::name::{
    is_dimension, is_general, is_statement, known, names_a_measure, strip_numbering, title_name, without_arrangement,
};
use crate::bind::table::{only_period, walked_period};
use crate::document::{BlockKind, Document};
use crate::grid::Grid;
use crate::period::Period;
use crate::vocabulary::{MetricId, Name};
use crate::words::stems;

use super::Layouter;

/// The metric of a title such as `Revenue by region`, in the caption, else the heading.
pub(in crate::bind::table) fn by_title(grid: &Grid, document: &Document) -> Option<(String, &'static str)> {
    let heading = heading(grid, document);
    for (text, place) in grid
        .titles()
        .map(|flow| (flow.text().to_owned(), "the table's title"))
        .chain(heading.map(|text| (text, "the heading")))
    {
        let lower = text.to_ascii_lowercase();
        if let Some(at) = lower.find(" by ")
            && !stems(&lower[at + 4..]).first().is_some_and(|stem| TIMES.contains(&stem.as_str()))
        {
            let name = text[..at].rsplit([':', '.']).next().unwrap_or_default().trim();
            let name = name.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
            let name = strip_numbering(&name);
            // `Portfolio, by collection`.
            let name = without_arrangement(name.trim_end_matches([',', ';', '–', '—', ' '])).to_owned();
            // `ARR and customers by segment` names two.
            if !name.is_empty() && name.split_whitespace().count() <= 5 && !name.contains(" and ") {
                return Some((name, place));
            }
        }
    }
    None
}

/// What a title can go by without being segmented.
const TIMES: &[&str] = &["quarter", "month", "year", "half", "period", "week", "day", "date"];

pub(super) fn heading(grid: &Grid, document: &Document) -> Option<String> {
    let at = document.blocks.get(grid.block)?.heading?;
    match &document.blocks.get(at)?.kind {
        BlockKind::Heading(_, flow) => Some(flow.text().to_owned()),
        _ => None,
    }
}

/// Whether a name is that of one measure: `Sales volume`, not `Revenue and profit` nor `Income statement`.
fn names_one_measure(name: &str) -> bool {
    let one = name.split_whitespace().count() <= 4 && !name.contains(" and ") && !name.contains('&');
    one && names_a_measure(name) && !is_general(name) && !is_statement(name) && !is_dimension(name)
}

impl Layouter<'_> {
    /// The metric that the title, else the heading, is the name of, periods and general words aside.
    pub(super) fn title_metric(&self) -> Option<(MetricId, &'static str)> {
        self.titles().find_map(|(text, place)| match known(self.vocabulary, &title_name(&text)) {
            Some(Name::Metric(id)) => Some((id, place)),
            _ => None,
        })
    }

    /// The metric of a table of segments: known, or named by the title for the first time.
    pub(super) fn titled_metric(&mut self) -> Option<(MetricId, &'static str)> {
        if let Some(found) = self.title_metric() {
            return Some(found);
        }
        let (name, place) = self.titles().map(|(text, place)| (title_name(&text), place)).find(|(name, place)| {
            let one = name.split_whitespace().count() <= 5 && !name.contains(" and ");
            // A heading is the name of a slide first of all.
            let measured = *place != "the heading" || names_a_measure(name);
            !is_general(name) && !is_statement(name) && !is_dimension(name) && one && measured
        })?;
        Some((self.learn(&name), place))
    }

    /// The measure that the caption or the lead names, known or not.
    pub(super) fn captioned_measure(&mut self) -> Option<(MetricId, &'static str)> {
        let name = self.grid.titles().map(|flow| title_name(flow.text())).find(|name| names_one_measure(name))?;
        Some((self.learn(&name), "the table's title"))
    }

    /// `Homes owned and managed`: the one metric among those that can be meant whose name stands in a title.
    pub(super) fn metric_in_a_title(&self, can: impl Fn(MetricId) -> bool) -> Option<(MetricId, &'static str)> {
        self.titles().find_map(|(text, place)| {
            let found = self.vocabulary.find(&crate::words::words(&text));
            let mut metrics = found.iter().filter_map(|found| match found.name {
                Name::Metric(id) => Some(id),
                _ => None,
            });
            let first = metrics.next().filter(|first| metrics.all(|other| other == *first))?;
            can(first).then_some((first, place))
        })
    }

    /// Whether the caption, corner or lead names one thing that is measured: `Revenue €m`.
    pub(super) fn caption_is_a_measure(&self) -> bool {
        self.grid.title.as_ref().is_some_and(|flow| names_one_measure(&title_name(flow.text())))
    }

    /// `Share of group revenue`, `Revenue mix`: the numbers under it are shares.
    pub(super) fn titles_speak_of_shares(&self) -> bool {
        self.titles().any(|(text, _)| {
            let stems = stems(&text);
            let starts = |words: &[&str]| stems.iter().zip(words).filter(|(a, b)| a == b).count() == words.len();
            starts(&["share", "of"])
                || starts(&["%", "of"])
                || stems.iter().any(|stem| matches!(stem.as_str(), "mix" | "split"))
        })
    }

    pub(super) fn titles(&self) -> impl Iterator<Item = (String, &'static str)> {
        let titles = self.grid.titles();
        titles
            .map(|flow| (flow.text().to_owned(), "the table's title"))
            .chain(heading(self.grid, self.document).map(|text| (text, "the heading")))
    }

    pub(super) fn title_period(&self) -> Option<Period> {
        let context = self.contexts.context(self.grid.document);
        let period = |text: &str| only_period(text, &context).or_else(|| walked_period(text, &context));
        let heading = || heading(self.grid, self.document).and_then(|text| walked_period(&text, &context));
        self.grid.titles().find_map(|flow| period(flow.text())).or_else(heading)
    }
}
