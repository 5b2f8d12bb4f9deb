//! Opening a workbook and listing a sheet.
//!
//! Enters: bytes. Leaves: a [`Listing`]. Invariant: whatever the bytes are, there is a listing or a failure.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader, Sheets, Style, open_workbook_auto_from_rs};

use super::{Listing, bounds, cell, states_metrics};
use crate::error::{Failure, suggestion};
use crate::source::settings::TableSettings;
use crate::span::{Sheet, SheetCell, Span};

/// Lists the sheet that is asked for, else the only one that states metrics.
pub(super) fn listing(bytes: Vec<u8>, shown: &str, settings: &TableSettings) -> Result<Listing, Failure> {
    let broken = |why: String| {
        Failure::new(format!("{shown}: this is not a workbook that can be read: {why}"))
            .with_help("open it in a spreadsheet and save it again as .xlsx")
    };
    // Workbooks come from everywhere, and the reader is not ours: its panic must not be the end of a run.
    let read = catch_unwind(AssertUnwindSafe(|| chosen(bytes, shown, settings, &broken)));
    read.unwrap_or_else(|_| Err(broken("the reader gave up".to_owned())))
}

fn chosen(
    bytes: Vec<u8>,
    shown: &str,
    settings: &TableSettings,
    broken: &dyn Fn(String) -> Failure,
) -> Result<Listing, Failure> {
    bounds::check(&bytes).map_err(|why| too_large(shown, &why))?;
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let names = book.sheet_names();
    let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if let Some(wanted) = &settings.sheet {
        let same = |name: &&String| name.to_lowercase() == wanted.to_lowercase();
        let Some(name) = names.iter().find(same) else {
            let failure = Failure::new(format!("{shown}: there is no sheet `{wanted}`"));
            let meant = suggestion(wanted, names.iter().map(String::as_str));
            return Err(failure.with_suggestion(meant, format!("its sheets are {listed}")));
        };
        return sheet(&mut book, name, shown, broken);
    }
    let mut found = Vec::new();
    for name in &names {
        let listing = sheet(&mut book, name, shown, broken)?;
        if names.len() == 1 || states_metrics(&listing, settings) {
            found.push(listing);
        }
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::new(format!("{shown}: no sheet has a row of column names that tieout knows"))
            .with_help(format!("name the sheet, as in `{shown}#KPIs`; its sheets are {listed}"))),
        _ => {
            let several = found.iter().map(|listing| format!("`{}`", listing.sheet.name)).collect::<Vec<_>>();
            let first = &found[0].sheet.name;
            Err(Failure::new(format!("{shown}: several sheets state metrics: {}", several.join(", "))).with_help(
                format!("name those that count, each by itself: `--metrics {shown}#{first}`, or `{{path: …, sheet: {first}}}` under `sources`"),
            ))
        }
    }
}

fn too_large(shown: &str, why: &str) -> Failure {
    Failure::new(format!("{shown}: this workbook is too large: {why}"))
        .with_help("save the sheet with the figures as a workbook of its own, or as CSV")
}

fn sheet(
    book: &mut Sheets<Cursor<Vec<u8>>>,
    name: &str,
    shown: &str,
    broken: &dyn Fn(String) -> Failure,
) -> Result<Listing, Failure> {
    let cells = cells(book, name, shown, broken)?;
    let width = |row: &[Cell]| row.last().map_or(0, |((_, column), _)| u64::from(*column) + 1);
    let spread = cells.chunk_by(|(a, _), (b, _)| a.0 == b.0).map(width).sum::<u64>();
    if spread > bounds::MOST_FIELDS {
        return Err(too_large(shown, &format!("the sheet `{name}` has cells too far to the right in too many rows")));
    }
    Ok(list(name, cells))
}

/// A cell by row and column, both from 0, as it is written down.
type Cell = ((u32, u32), String);

/// The cells of a sheet that say something, row by row. Where the reader can give them one by one, they are never laid out as the
/// rectangle that they span, which two cells can make as large as they like.
fn cells(
    book: &mut Sheets<Cursor<Vec<u8>>>,
    name: &str,
    shown: &str,
    broken: &dyn Fn(String) -> Failure,
) -> Result<Vec<Cell>, Failure> {
    let mut found = Cells { cells: Vec::new(), text: 0 };
    // A chart or macro sheet has no cells.
    match book {
        Sheets::Xlsx(book) => {
            let Ok(mut reader) = book.worksheet_cells_reader(name) else { return Ok(Vec::new()) };
            let format = |style: &Style| style.number_format.as_ref().map(|format| format.format_code.to_string());
            let formats: Vec<Option<String>> = reader.styles().iter().map(format).collect();
            while let Some((cell, style)) =
                reader.next_cell_with_style_id().map_err(|error| broken(error.to_string()))?
            {
                // The first style is that of cells that have none.
                let format = formats.get(style).and_then(Option::as_deref).filter(|_| style > 0);
                let taken = found.take(cell.get_position(), cell.get_value(), Some(format));
                taken.map_err(|why| too_large(shown, &why))?;
            }
        }
        Sheets::Xlsb(book) => {
            let Ok(mut reader) = book.worksheet_cells_reader(name) else { return Ok(Vec::new()) };
            while let Some(cell) = reader.next_cell().map_err(|error| broken(error.to_string()))? {
                let taken = found.take(cell.get_position(), cell.get_value(), None);
                taken.map_err(|why| too_large(shown, &why))?;
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            let Ok(range) = book.worksheet_range(name) else { return Ok(Vec::new()) };
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                found.write((top + row as u32, left + column as u32), cell::text(data, None, true));
            }
        }
    }
    // They need not be stored in order, and one may be stored twice: the last counts, as it does where they are laid out.
    if !found.cells.is_sorted_by(|(a, _), (b, _)| a < b) {
        found.cells.reverse();
        found.cells.sort_by_key(|(at, _)| *at);
        found.cells.dedup_by_key(|(at, _)| *at);
    }
    Ok(found.cells)
}

/// Cells as they come, within bounds.
struct Cells {
    cells: Vec<Cell>,
    text: usize,
}

impl Cells {
    /// Takes a cell with its number format, where the file tells of formats at all.
    fn take(&mut self, at: (u32, u32), value: &DataRef<'_>, format: Option<Option<&str>>) -> Result<(), String> {
        if matches!(value, DataRef::Empty) {
            return Ok(());
        }
        if let DataRef::SharedString(text) = value {
            self.text += text.len();
        }
        if self.cells.len() >= bounds::MOST_CELLS || self.text > bounds::MOST_TEXT {
            let (cells, text) = (bounds::MOST_CELLS, bounds::MOST_TEXT >> 20);
            return Err(format!("a sheet may have {cells} cells and {text} MiB of text"));
        }
        self.write(at, cell::text(&Data::from(value.clone()), format.flatten(), format.is_none()));
        Ok(())
    }

    fn write(&mut self, at: (u32, u32), text: String) {
        if !text.is_empty() {
            self.cells.push((at, text));
        }
    }
}

/// Writes a sheet down.
fn list(name: &str, cells: Vec<Cell>) -> Listing {
    let mut listing = Listing { text: String::new(), sheet: Sheet { name: name.to_owned(), cells: Vec::new() } };
    let mut line = 0;
    for ((row, column), text) in cells {
        while line < row {
            listing.text.push('\n');
            line += 1;
        }
        if listing.sheet.cells.last().is_some_and(|last| last.row == row) {
            listing.text.push_str(" | ");
        }
        let start = listing.text.len();
        listing.text.push_str(&text);
        listing.sheet.cells.push(SheetCell { span: Span::new(start, listing.text.len()), row, column });
    }
    listing.text.push('\n');
    listing
}
