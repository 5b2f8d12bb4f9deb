//! Naming rows that are metrics.
//!
//! Enters: the names of a table's rows. Leaves: what each row is about; new labels enter the vocabulary.
//! Invariant: rows of one table with different numbers never become one metric for the likeness of their names.

use std::collections::{BTreeMap, BTreeSet};

use crate::bind::table::name::{is_general, known, title_name};
use crate::bind::table::spelling::variants;
use crate::bind::table::{Layout, Subject};
use crate::grid::{Grid, Line, LineKind};
use crate::vocabulary::{MetricId, Name, names_a_measure};
use crate::words::stems;

use super::{Layouter, is_bare_total};

/// `% of revenue`, `growth, %`, `YoY`: how something moves or what share it is, without saying of what.
fn names_no_subject(name: &str) -> bool {
    name.trim_start().starts_with('%') || is_general(name)
}

/// What a line without a subject of its own is of: the nearest metric above it.
fn above(subjects: &[Subject], grid: &Grid) -> Subject {
    let level = |at: &usize| grid.rows[*at].kind.is_plain();
    let nearest = (0..subjects.len()).rev().find(level);
    nearest.and_then(|at| subjects.get(at)).filter(|subject| subject.metric().is_some()).cloned().unwrap_or_default()
}

impl Layouter<'_> {
    /// Rows as metrics; a label that stands twice for one time is qualified by its section.
    pub(super) fn metric_rows(&mut self, names: &[String]) -> Vec<Subject> {
        let key = |row: &Line, name: &String| {
            let end = row.kind.is_balance().then_some(row.kind as u8);
            // `Budget EBITDA` and `Actual EBITDA` are two ends of a walk.
            let plan = row.says_scenario().then_some(row.scenario).flatten();
            (name.to_lowercase(), row.period.as_ref().map(|period| format!("{period:?}")), end, plan)
        };
        let mut count: BTreeMap<_, usize> = BTreeMap::new();
        for (row, name) in self.grid.rows.iter().zip(names) {
            *count.entry(key(row, name)).or_default() += 1;
        }
        self.keep_apart(names);
        let rolled = self.rolled();
        let mut summed = self.summed(names);
        let mut subjects = Vec::with_capacity(names.len());
        for (at, (row, name)) in self.grid.rows.iter().zip(names).enumerate() {
            if let Some(part) = summed.remove(&at) {
                subjects.push(part);
                continue;
            }
            let unique = count.get(&key(row, name)).copied().unwrap_or(0) < 2;
            subjects.push(match row.kind {
                LineKind::Section | LineKind::Other => Subject::Nothing,
                kind if kind.is_movement() && names_no_subject(name) => above(&subjects, self.grid),
                LineKind::Opening | LineKind::Closing if is_general(name) => match &rolled {
                    Some(rolled) => self.metric(rolled),
                    None => self.balanced(),
                },
                LineKind::OfWhich if self.is_segment(name) && above(&subjects, self.grid) != Subject::Nothing => {
                    self.part_of(above(&subjects, self.grid), name)
                }
                _ if unique => self.margin_of(name, &subjects).unwrap_or_else(|| self.metric(name)),
                _ => match row.groups.last().map(|group| group.text().trim().trim_end_matches(':')) {
                    Some(group) => match self.closing(group).filter(|_| !names_a_measure(name) && !is_general(name)) {
                        Some(whole) => {
                            self.vocabulary.add_segment(name);
                            Subject::Part(whole, name.clone())
                        }
                        None => self.metric(&format!("{group} {name}")),
                    },
                    None => Subject::Nothing,
                },
            });
        }
        subjects
    }

    /// `Margin` below `Adjusted EBITDA`: the margin that goes by the name of the row above.
    fn margin_of(&self, name: &str, before: &[Subject]) -> Option<Subject> {
        let stems = stems(name);
        let bare = stems.iter().any(|stem| stem == "margin")
            && stems.iter().all(|stem| matches!(stem.as_str(), "margin" | "%"));
        let above = above(before, self.grid).metric().filter(|_| bare)?;
        match known(self.vocabulary, &format!("{} margin", self.vocabulary.term(above).label))? {
            Name::Metric(id) => Some(Subject::Metric(id)),
            _ => None,
        }
    }

    /// Whether a name is that of a segment and of nothing else.
    fn is_segment(&self, name: &str) -> bool {
        matches!(known(self.vocabulary, name), Some(Name::Segment(_)))
    }

    /// `of which resorts` under `Rooms`: a known segment's part of the row above.
    fn part_of(&self, whole: Subject, name: &str) -> Subject {
        match (whole.metric(), known(self.vocabulary, name)) {
            (Some(id), Some(Name::Segment(segment))) => Subject::Part(id, segment),
            _ => Subject::Nothing,
        }
    }

    /// `Balance at 1 April 2025` under `Cash, £'000`, `Opening` under `Postpaid subscribers`: the balance is of what the title names.
    fn balanced(&mut self) -> Subject {
        self.balance_of().map_or(Subject::Nothing, |(id, _)| Subject::Metric(id))
    }

    /// The metric of the total that closes a section under its name: `Revenue:` over `Europe`, `Asia` and `Total revenue`. Labels that
    /// several sections share are parts of it.
    fn closing(&mut self, section: &str) -> Option<MetricId> {
        let name = stems(section);
        let closes = |row: &&Line| {
            let spelled = || variants(&row.name).iter().any(|variant| stems(variant) == name);
            row.kind == LineKind::Total && spelled()
        };
        let total = self.grid.rows.iter().find(closes)?.name.clone();
        match self.metric(&total) {
            Subject::Metric(id) => Some(id),
            _ => None,
        }
    }

    /// The metric of a source that the table's one total is called by.
    pub(super) fn total_in_source(&self, rows: &[String]) -> Option<(MetricId, &'static str)> {
        let mut totals = self.grid.rows.iter().zip(rows).filter(|(row, _)| row.kind == LineKind::Total);
        let (_, name) = totals.next().filter(|_| totals.next().is_none())?;
        match known(self.vocabulary, name) {
            Some(Name::Metric(id)) if self.vocabulary.term(id).source.is_some() => Some((id, "the table's total")),
            _ => None,
        }
    }

    /// The bare total of rows that are metrics themselves, under a corner that names what they come to: `Operating costs £k`.
    pub(super) fn close(&self, layout: &mut Layout, rows: &[String]) {
        let Some(title) = self.grid.title.as_ref().map(|flow| title_name(flow.text())) else { return };
        let Some(Name::Metric(id)) = known(self.vocabulary, &title) else { return };
        let bare = |at: &usize| is_bare_total(&self.grid.rows[*at], &rows[*at]);
        let mut totals = (0..rows.len()).filter(bare);
        let stated = layout.rows.iter().any(|subject| subject.metric() == Some(id));
        if let (Some(at), None, false) = (totals.next(), totals.next(), stated) {
            layout.rows[at] = Subject::Metric(id);
        }
    }

    /// Rows that only qualify the title's metric: `GAAP` and `Non-GAAP` under "Gross margin".
    pub(super) fn qualify(&self, layout: &mut Layout, rows: &[String]) {
        let Some((id, _)) = self.title_metric() else { return };
        let label = self.vocabulary.term(id).label.clone();
        for (subject, name) in layout.rows.iter_mut().zip(rows) {
            let together = self.vocabulary.exact(&format!("{name} {label}"));
            match (together, stems(name).join(" ").as_str()) {
                (Some(Name::Metric(other)), _) if other != id => *subject = Subject::Metric(other),
                (_, "gaap" | "reported" | "statutory" | "ifrs") => *subject = Subject::Metric(id),
                _ => {}
            }
        }
    }

    /// `Voyage revenue` and `Net voyage revenue` in one table are two metrics, though either may be met under the other's name
    /// where it stands alone.
    fn keep_apart(&mut self, names: &[String]) {
        let valued = |at: &usize| !matches!(self.grid.rows[*at].kind, LineKind::Section | LineKind::Other);
        let rows: Vec<usize> = (0..names.len()).filter(|at| valued(at) && !is_general(&names[*at])).collect();
        let mut by_name: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for &at in &rows {
            by_name.entry(stems(&names[at])).or_insert(at);
        }
        let mut apart = BTreeSet::new();
        for &at in &rows {
            let own = stems(&names[at]);
            let spelled = variants(&names[at]).iter().map(|variant| stems(variant)).collect::<BTreeSet<_>>();
            let others =
                spelled.iter().filter(|spelling| **spelling != own).filter_map(|spelling| by_name.get(spelling));
            for &other in others.filter(|other| self.differ(at, **other)) {
                apart.extend([at, other]);
            }
        }
        for &at in &apart {
            self.vocabulary.add_label(&names[at]);
        }
        for &at in &apart {
            self.learn(&names[at]);
        }
    }

    /// Whether two rows state different numbers in some column.
    fn differ(&self, one: usize, other: usize) -> bool {
        let cells = self.grid.cells[one].iter().zip(&self.grid.cells[other]);
        cells.filter_map(|(a, b)| a.quantity.as_ref().zip(b.quantity.as_ref())).any(|(a, b)| a.value != b.value)
    }
}
