//! Which unit and scale a table's bare numbers are in.
//!
//! Enters: what the table's surroundings, its column and its row state. Leaves: quantities in base units.
//! Invariant: a unit or scale written beside the number itself always wins, and percentages are never scaled.

use rust_decimal::Decimal;

use super::noun::{self, Implied};
use super::units::{self, Site, Stated};
use super::{Line, LineKind};
use crate::document::{Block, BlockKind, Document, Table};
use crate::quantity::{Quantity, Unit};

/// What holds for every number of a table that has nothing nearer.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// The unit.
    pub(super) unit: Option<Unit>,
    /// The scale.
    pub(super) scale: Option<Decimal>,
    /// Whether both come from the document's notice alone, and from nothing that stands at the table.
    far: bool,
    /// What the corner, caption or heading counts: `New customers by channel`.
    counted: Option<String>,
    /// Whether the corner, caption or heading speaks of money: `EBITDA by division`.
    money: bool,
}

impl Frame {
    /// Whether a line speaks of money, where a title that counts would make its numbers counts.
    pub(super) fn is_overruled_by(&self, line: &Line) -> bool {
        self.counted.is_some() && noun::speaks_of_money(&line.name)
    }

    /// Holds a notice that is for all tables against the rows of one.
    pub(super) fn fit(&mut self, rows: &[Line], implied: &[Option<Implied>], whole: impl Fn(usize) -> bool) {
        let money = |line: &Line| noun::speaks_of_money(&line.name);
        let total = |line: &Line| line.kind == LineKind::Total;
        let last = rows.iter().rposition(|line| line.kind.is_plain());
        let spoken = rows.iter().enumerate().any(|(at, line)| Some(at) != last && !total(line) && money(line));
        // Divisions that add up to money are amounts of it, whatever their names count.
        self.money = !spoken && (self.money || rows.iter().any(|line| total(line) && money(line)));
        // `Rooms revenue, €'000` under "thousands of euro": who says it again for a row says that the other rows are in something else.
        let again = |line: &Line| line.unit.is_some() && line.unit == self.unit && line.scale == self.scale;
        let open = || (0..rows.len()).filter(|&at| rows[at].unit.is_none() && rows[at].kind != LineKind::Section);
        let counted = |at: &usize| matches!(implied[*at], Some(Implied::Count(_) | Implied::Weak(_)));
        let count = open().filter(counted).count();
        let counts = !self.money
            && !spoken
            && count >= 2
            && count * 2 >= open().count()
            && open().filter(|at| !counted(at)).all(|at| implied[at].is_none() && whole(at));
        if self.far && (counts || rows.iter().any(again)) {
            (self.unit, self.scale) = (None, None);
        }
    }

    /// Takes what a farther source adds: a scale to a currency, a currency to a scale.
    fn extend(&mut self, said: &Stated) {
        let open = match &self.unit {
            None => true,
            Some(Unit::Currency(_)) => matches!(said.unit, None | Some(Unit::Currency(_))),
            Some(_) => false,
        };
        if !open {
            return;
        }
        if self.unit.is_none() && (self.scale.is_none() || matches!(said.unit, Some(Unit::Currency(_)))) {
            self.unit = said.unit.clone();
        }
        if self.scale.is_none() {
            self.scale = said.scale;
        }
    }
}

/// Reads what surrounds a table: corner, stated unit, caption, lead-in, headings, the document's own notice.
pub(super) fn frame(document: &Document, at: usize, table: &Table, corners: &[&str], notice: &Stated) -> Frame {
    let mut frame = Frame::default();
    for corner in corners {
        frame.extend(&units::stated(corner, Site::Label));
    }
    if let Some(unit) = &table.unit {
        frame.extend(&units::stated(unit.text(), Site::Label));
    }
    if let Some(caption) = &table.caption {
        frame.extend(&units::stated(caption.text(), Site::Caption));
    }
    let mut heading = document.blocks[at].heading;
    for lead in leads(document, at) {
        if let Some(flow) = lead.flow() {
            // `Units distributed, GWh`: a phrase right before a table is its caption.
            let site = if is_phrase(flow.text()) { Site::Caption } else { Site::Prose };
            frame.extend(&last_sentence(flow.text(), site));
        }
    }
    // A heading's own heading always comes before it, so this ends.
    let mut below = at;
    let mut nearest = true;
    while let Some(index) = heading.filter(|&index| index < below) {
        let Some(block) = document.blocks.get(index) else { break };
        if let BlockKind::Heading(_, flow) = &block.kind {
            // `Deliveries by market, thousand m³`: the heading right over a table may be its caption.
            let caption = std::mem::take(&mut nearest) && is_phrase(flow.text());
            frame.extend(&units::stated(flow.text(), if caption { Site::Caption } else { Site::Prose }));
        }
        below = index;
        heading = block.heading;
    }
    if frame.unit.is_none()
        && frame.scale.is_none()
        && let Some(said) = note_below(document, at)
    {
        frame.extend(&said);
    }
    frame.far = frame.unit.is_none() && frame.scale.is_none();
    frame.extend(notice);
    if frame.far {
        let near = table.caption.iter().chain(document.heading_of(at)).map(crate::document::Flow::text);
        let counted = |text: &str| match noun::implied(&super::clean_name(text)) {
            Some(Implied::Count(noun) | Implied::Weak(noun)) => Some(noun),
            _ => None,
        };
        frame.counted = corners.iter().copied().chain(near.clone()).find_map(counted);
        frame.money = corners.iter().copied().chain(near).any(noun::speaks_of_money);
    }
    frame
}

/// The paragraphs that lead into a block: the one its reader names, and the one right before it on the slide.
pub(super) fn leads(document: &Document, at: usize) -> Vec<&Block> {
    let block = &document.blocks[at];
    let named = block.lead.and_then(|lead| document.blocks.get(lead));
    let before = at.checked_sub(1).filter(|before| block.lead != Some(*before)).map(|before| &document.blocks[before]);
    let before = before.filter(|before| before.slide == block.slide && matches!(before.kind, BlockKind::Paragraph(_)));
    named.into_iter().chain(before).collect()
}

/// `All figures in £m.`, `£000`: a note right below a table that says nothing but the unit of its amounts.
fn note_below(document: &Document, at: usize) -> Option<Stated> {
    const LONGEST: usize = 80;
    let (block, next) = (document.blocks.get(at)?, document.blocks.get(at + 1)?);
    let BlockKind::Paragraph(flow) = &next.kind else { return None };
    let text = flow.text().trim().trim_end_matches('.');
    if next.slide != block.slide || text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let noted = ["all ", "figures", "amounts", "numbers", "values"].iter().any(|word| lower.starts_with(word));
    let said = units::stated(text, Site::Prose);
    (said.any() && (noted || said.whole)).then_some(said)
}

/// What the end of a lead-in says: a long paragraph may speak of other units earlier.
fn last_sentence(text: &str, site: Site) -> Stated {
    let trimmed = text.trim_end().trim_end_matches(['.', ':']);
    let start = trimmed.rfind(". ").map_or(0, |at| at + 2);
    units::stated(trimmed.get(start..).unwrap_or_default(), site)
}

/// Whether a paragraph is a phrase of a few words that states no number, and no sentence.
fn is_phrase(text: &str) -> bool {
    let text = text.trim_end();
    let plain = !text.ends_with('.') && !text.contains(|c: char| c.is_ascii_digit());
    plain && text.split_whitespace().count() <= 8
}

/// A notice that holds for all tables after it: "All amounts in £m unless otherwise stated."
pub(super) fn notice(block: &Block) -> Option<Stated> {
    let BlockKind::Paragraph(flow) = &block.kind else { return None };
    let text = flow.text();
    if text.len() > 200 {
        return None;
    }
    let lower = text.to_lowercase();
    let general = ["unless", "except where", "all amounts", "all figures", "all numbers", "all tables"]
        .iter()
        .any(|phrase| lower.contains(phrase));
    let said = units::stated(text, Site::Prose);
    (general && said.any()).then_some(said)
}

/// The unit and scale of bare numbers in a cell.
pub(super) struct Reading {
    unit: Option<Unit>,
    scale: Option<Decimal>,
    noun: Option<String>,
}

/// What applies to a number where a row and a column meet; `money`: whether either speaks of money under a title that counts.
pub(super) fn reading(
    frame: &Frame,
    row: &Line,
    column: &Line,
    implied: Option<&Implied>,
    money: bool,
    quantity: &Quantity,
) -> Reading {
    let near = frame.money
        || !frame.far && matches!(frame.unit, Some(Unit::Currency(_)))
        || matches!(column.unit, Some(Unit::Currency(_)));
    // A title that counts holds for every plain number under it, where only the document's notice speaks of money.
    let title = frame.counted.as_ref().filter(|_| {
        implied.is_none() && !near && row.scale.is_none() && column.unit.is_none() && column.scale.is_none() && !money
    });
    let title = title.map(|noun| Implied::Count(noun.clone()));
    let strong = match implied {
        Some(Implied::Weak(noun)) => (!near).then(|| Implied::Count(noun.clone())),
        _ => title,
    };
    let implied = strong.as_ref().or(implied.filter(|implied| !matches!(implied, Implied::Weak(_))));
    // Things are counted whole: 261.7 under a scale is an amount about them.
    let implied = implied.filter(|implied| {
        !matches!(implied, Implied::Count(_)) || quantity.resolution >= Decimal::ONE || row.scale.is_some()
    });
    let percent = |unit: &Option<Unit>| matches!(unit, Some(Unit::Percent | Unit::Points | Unit::BasisPoints));
    // A rate changes by points, unless the column says percent.
    let differs = matches!(column.kind, LineKind::Change | LineKind::Variance) && column.unit.is_none();
    if differs && row.unit == Some(Unit::Percent) {
        return Reading { unit: Some(Unit::Points), scale: None, noun: None };
    }
    for line in [row, column] {
        if percent(&line.unit) {
            return Reading { unit: line.unit.clone(), scale: None, noun: None };
        }
    }
    if matches!(column.kind, LineKind::Growth | LineKind::Share) && column.unit.is_none() {
        return Reading { unit: Some(Unit::Percent), scale: None, noun: None };
    }
    if row.unit.is_some() || row.scale.is_some() {
        let unit = row.unit.clone().or_else(|| match implied {
            Some(implied) => implied.unit(frame.unit.as_ref()),
            None => column.unit.clone().or_else(|| frame.unit.clone()),
        });
        let unit = match (unit, implied) {
            (Some(unit @ (Unit::Currency(_) | Unit::Measure(_))), Some(Implied::PerShare)) => {
                Some(Unit::Per(Box::new(unit), "share".to_owned()))
            }
            (unit, _) => unit,
        };
        return Reading { unit, scale: row.scale, noun: noun(implied) };
    }
    let unit = column.unit.clone().or_else(|| frame.unit.clone());
    let scale = match &column.unit {
        None if matches!(unit, Some(Unit::Percent | Unit::Points | Unit::BasisPoints)) => None,
        None | Some(Unit::Currency(_)) => column.scale.or(frame.scale),
        Some(_) => column.scale,
    };
    match implied {
        None => Reading { unit, scale, noun: None },
        // Counts are scaled by a plain `in thousands`, never by `$ thousands`.
        Some(count @ Implied::Count(_)) => {
            let money = matches!(unit, Some(Unit::Currency(_)));
            Reading {
                unit: count.unit(None),
                scale: scale.filter(|_| !money && column.unit.is_none() && column.scale.is_some()),
                noun: noun(implied),
            }
        }
        // `pence per share` over the whole table says it for each row.
        Some(Implied::PerShare) if matches!(unit, Some(Unit::Per(..))) => Reading { unit, scale, noun: None },
        Some(other) => {
            // A number with a sign of its own needs none from the table.
            let own = Some(&quantity.unit).filter(|_| *other == Implied::PerShare).cloned();
            let currency = unit.or(own).filter(|unit| matches!(unit, Unit::Currency(_)));
            Reading { unit: other.unit(currency.as_ref()), scale: None, noun: None }
        }
    }
}

fn noun(implied: Option<&Implied>) -> Option<String> {
    match implied {
        Some(Implied::Count(noun)) => Some(noun.clone()),
        _ => None,
    }
}

/// Puts a quantity into base units.
pub(super) fn apply(quantity: &mut Quantity, reading: &Reading) {
    let same = match (&quantity.unit, &reading.unit) {
        (Unit::Bare, _) | (Unit::Currency(_), None) => true,
        (Unit::Currency(own), Some(Unit::Currency(stated))) => own == stated,
        (Unit::Currency(own), Some(Unit::Per(stated, of))) if **stated == Unit::Currency(own.clone()) => {
            quantity.unit = Unit::Per(stated.clone(), of.clone());
            return;
        }
        _ => false,
    };
    if !same {
        return;
    }
    // While the number is bare it takes any scale: `pence per share` too.
    if let Some(rescaled) = reading.scale.and_then(|scale| quantity.rescaled(scale)) {
        *quantity = rescaled;
    }
    if quantity.unit == Unit::Bare
        && let Some(unit) = &reading.unit
    {
        quantity.unit = unit.clone();
        quantity.noun = quantity.noun.take().or_else(|| reading.noun.clone());
    }
}

/// What a row's label implies, with the exceptions that its own unit makes.
pub(super) fn implied(line: &Line) -> Option<Implied> {
    let per_share = |group: &crate::document::Flow| noun::implied(group.text()) == Some(Implied::PerShare);
    let found =
        noun::implied(&line.name).or_else(|| line.groups.last().is_some_and(per_share).then_some(Implied::PerShare));
    match (&line.unit, found) {
        // `Staff costs per head, £` and the like say their own unit; only "per share" adds to it.
        (Some(Unit::Currency(_) | Unit::Measure(_)), found @ Some(Implied::PerShare)) => found,
        (Some(_), _) => None,
        (None, found) => found,
    }
}
