//! Workbooks: XLSX, XLSM, XLSB, XLS and ODS.
//!
//! Enters: the bytes of a file. Leaves: the [`Listing`] of the sheet that states metrics, which is read like any other table.
//! Invariant: a number is the cell's exact stored value, to the fifteen digits that spreadsheets keep; how it is shown changes its
//! unit (per cent), never its digits.

#[cfg(feature = "office")]
mod bounds;
#[cfg(feature = "office")]
mod cell;
#[cfg(feature = "office")]
mod open;
#[cfg(all(test, feature = "office"))]
mod tests;

use super::csv::{self, Field, Header};
use super::settings::TableSettings;
use super::{SourceOfTruth, table_failure};
use crate::error::Failure;
use crate::extract::DecimalMark;
use crate::span::{FileId, Place, Sheet, SheetCell, Span};

/// Rows in which a header is looked for.
const HEADER_ROWS: usize = 40;

/// A sheet as text: a row of the sheet is a line, its cells are parted by bars.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listing {
    pub(crate) text: String,
    pub(crate) sheet: Sheet,
}

/// Reads the sheet of a workbook that states metrics.
#[cfg(feature = "office")]
pub(crate) fn listing(bytes: Vec<u8>, shown: &str, settings: &TableSettings) -> Result<Listing, Failure> {
    open::listing(bytes, shown, settings)
}

/// This build reads no workbooks.
#[cfg(not(feature = "office"))]
pub(crate) fn listing(_: Vec<u8>, shown: &str, _: &TableSettings) -> Result<Listing, Failure> {
    Err(Failure::new(format!("{shown}: this build of tieout does not read workbooks"))
        .with_help("build it with the feature `office`, or save the sheet as CSV"))
}

/// Reads the facts of a listed sheet.
pub(super) fn read(
    file: FileId,
    text: &str,
    sheet: &Sheet,
    settings: &TableSettings,
) -> Result<SourceOfTruth, Vec<Failure>> {
    let rows: Vec<_> = rows(text, sheet).collect();
    let (at, header) = header(&rows, sheet, settings).map_err(|refusal| vec![table_failure(file, refusal)])?;
    let body = &rows[at + 1..];
    if let Some(field) = headless(&rows[at], body, &header) {
        let failure = Failure::at(Place { file, span: field.span }, "the column of this number has no header");
        let help = "a header that is merged over several columns names only the first: write one into each";
        return Err(vec![failure.with_help(help)]);
    }
    csv::facts(file, (&header, &rows[at]), body, DecimalMark::Point, true)
}

/// Whether a sheet can be read at all.
#[cfg(feature = "office")]
fn states_metrics(listing: &Listing, settings: &TableSettings) -> bool {
    let tried = if settings.header_row.is_some() { usize::MAX } else { HEADER_ROWS };
    let rows: Vec<_> = rows(&listing.text, &listing.sheet).take(tried).collect();
    header(&rows, &listing.sheet, settings).is_ok()
}

/// The rows of a listing that say something, each with as many fields as its last cell needs.
fn rows<'t>(text: &'t str, sheet: &Sheet) -> impl Iterator<Item = Vec<Field<'t>>> {
    sheet.cells.chunk_by(|a, b| a.row == b.row).map(|cells| {
        let mut row: Vec<Field<'t>> = Vec::new();
        for SheetCell { span, column, .. } in cells {
            // A missing cell stands where the next one starts.
            row.resize(*column as usize, Field::new("", Span::new(span.start, span.start)));
            row.push(Field::new(text.get(span.range()).unwrap_or_default(), *span));
        }
        row
    })
}

/// The first row that can be a header, among those of the listing.
fn header(rows: &[Vec<Field<'_>>], sheet: &Sheet, settings: &TableSettings) -> Result<(usize, Header), csv::Refusal> {
    let mut first = None;
    let (skipped, tried) = match settings.header_row {
        // Rows of a listing are those that say something; their first cell knows its number.
        Some(number) => (rows.iter().position(|row| row_number(row, sheet) == Some(number)).unwrap_or(rows.len()), 1),
        None => (0, HEADER_ROWS),
    };
    for (at, row) in rows.iter().enumerate().skip(skipped).take(tried) {
        match Header::read_as(row, settings.layout) {
            Ok(header) => return Ok((at, header)),
            // The row with most to say is the one that was meant.
            Err(refusal) if row.len() > 2 && first.is_none() => first = Some(refusal),
            Err(_) => {}
        }
    }
    let nothing = || (Span::default(), "this sheet has no header".to_owned(), csv::COLUMNS.to_owned());
    Err(first.unwrap_or_else(nothing))
}

/// The number of a row, from 1.
fn row_number(row: &[Field<'_>], sheet: &Sheet) -> Option<u32> {
    let start = row.last()?.span.start;
    let at = sheet.cells.partition_point(|cell| cell.span.start < start);
    sheet.cells.get(at).map(|cell| cell.row + 1)
}

/// A number in a column without a header, between columns that have one.
fn headless<'r, 't>(head: &[Field<'t>], body: &'r [Vec<Field<'t>>], header: &Header) -> Option<&'r Field<'t>> {
    let blank = |at: usize| head.get(at).is_none_or(|field| field.text().is_empty());
    let between = (header.first_value()..=head.len()).filter(|&at| blank(at));
    let columns: Vec<usize> = between.collect();
    body.iter().find_map(|row| {
        let named = row.first().is_some_and(|field| !field.text().is_empty());
        let number = |field: &&Field<'_>| field.text().starts_with(|c: char| c.is_ascii_digit() || c == '-');
        columns.iter().filter(|_| named).filter_map(|&at| row.get(at)).find(number)
    })
}
