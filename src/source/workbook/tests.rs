//! Workbooks read, and their mistakes told.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::*;
use crate::source::{Layout, load_with};
use crate::span::Files;

/// The bytes of a workbook with one sheet.
fn book(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("KPIs").expect("a name");
    fill(sheet).expect("cells");
    book.save_to_buffer().expect("a workbook")
}

/// Facts as `metric period scenario segment = value ±slack at CELL`, or failures as `CELL: message (help)`.
fn told(bytes: Vec<u8>, settings: &TableSettings) -> Vec<String> {
    let help = |failure: &Failure| failure.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    let listing = match listing(bytes, "model.xlsx", settings) {
        Ok(listing) => listing,
        Err(failure) => return vec![format!("{}{}", failure.message, help(&failure))],
    };
    let mut files = Files::default();
    let file = files.add_listing("model.xlsx".to_owned(), listing.text, Some(listing.sheet));
    match load_with(&files, &[(file, settings.clone())]) {
        Ok(source) => source
            .facts
            .iter()
            .map(|fact| {
                let slack = if fact.slack.is_zero() { String::new() } else { format!(" ±{}", fact.slack.normalize()) };
                let segment = fact.segment.as_ref().map(|segment| format!(" {segment}")).unwrap_or_default();
                let cell = files.cell(fact.place).expect("a cell");
                let (name, value) = (&source.metrics[fact.metric].name, fact.value.normalize());
                format!("{name} {} {}{segment} = {value}{slack} at {cell}", fact.period, fact.scenario)
            })
            .collect(),
        Err(failures) => failures
            .iter()
            .map(|failure| {
                let cell = failure.place.and_then(|place| files.cell(place)).unwrap_or_default();
                format!("{cell}: {}{}", failure.message, help(failure))
            })
            .collect(),
    }
}

fn write_rows(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) -> Result<(), XlsxError> {
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            let (row, column) = (first + row as u32, column as u16);
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number)?,
                Err(_) if text.is_empty() => sheet,
                Err(_) => sheet.write_string(row, column, *text)?,
            };
        }
    }
    Ok(())
}

#[test]
fn a_wide_sheet_below_a_title() {
    let bytes = book(|sheet| {
        write_rows(
            sheet,
            0,
            &[
                &["Northstar, key figures"],
                &[],
                &["USD thousands", "FY2030-Q2", "FY2030-Q3", "FY2030-Q3 budget"],
                &["Income"],
                &["Revenue", "8800.25", "9102", "9000"],
                &["Gross margin"],
                &["Source: ledger"],
            ],
        )?;
        sheet.write_number_with_format(5, 1, 0.69, &Format::new().set_num_format("0.0%"))?;
        sheet.write_number_with_format(5, 2, 0.7125, &Format::new().set_num_format("0%"))?;
        Ok(())
    });
    assert_eq!(
        told(bytes, &TableSettings::default()),
        [
            "Revenue FY2030-Q2 actual = 8800250 ±5 at KPIs!B5",
            "Revenue FY2030-Q3 actual = 9102000 ±500 at KPIs!C5",
            "Revenue FY2030-Q3 budget = 9000000 ±500 at KPIs!D5",
            "gross_margin FY2030-Q2 actual = 69 at KPIs!B6",
            "gross_margin FY2030-Q3 actual = 71.25 at KPIs!C6",
        ]
    );
}

#[test]
fn a_long_sheet_with_dates_and_scaled_formats() {
    let bytes = book(|sheet| {
        write_rows(
            sheet,
            0,
            &[&["Metric", "Period", "Scenario", "Segment", "Value", "Unit"], &["arr", "", "", "EMEA", "", "USD"]],
        )?;
        let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2030, 9, 1)?;
        sheet.write_datetime_with_format(1, 1, &date, &Format::new().set_num_format("mmm yy"))?;
        sheet.write_number_with_format(1, 4, 42_318_204, &Format::new().set_num_format("#,##0,"))?;
        Ok(())
    });
    assert_eq!(told(bytes, &TableSettings::default()), ["arr 2030-09 actual EMEA = 42318204 at KPIs!E2"]);
}

#[test]
fn mistakes_are_told_at_their_cells() {
    let grid = |rows: &'static [&'static [&'static str]]| book(move |sheet| write_rows(sheet, 0, rows));
    let none = TableSettings::default();
    assert_eq!(
        told(grid(&[&["metric", "FY2030-Q1"], &["arr", "soon"], &["cash", "#REF!"]]), &none),
        ["KPIs!B2: `soon` is not a number", "KPIs!B3: this cell holds the error `#REF!`"]
    );
    let merged = book(|sheet| {
        write_rows(sheet, 0, &[&["metric", "", "", "FY2031"], &["arr", "1", "2", "3"]])?;
        sheet.merge_range(0, 1, 0, 2, "FY2030", &Format::new())?;
        Ok(())
    });
    assert_eq!(
        told(merged, &none),
        [
            "KPIs!C2: the column of this number has no header (a header that is merged over several columns names only the first: write one into each)"
        ]
    );
    assert_eq!(
        told(grid(&[&["a", "b", "c"], &["1", "2", "3"]]), &none),
        [
            "KPIs!A1: this table has no `metric` column (name the columns metric, period, scenario, segment, value, unit)"
        ]
    );
    assert!(told(b"PK\x03\x04 no zip".to_vec(), &none)[0].starts_with("model.xlsx: this is not a workbook"));
}

#[test]
fn one_of_several_sheets() {
    let bytes = || {
        let mut book = Workbook::new();
        for name in ["Notes", "KPIs", "Plan"] {
            let sheet = book.add_worksheet();
            sheet.set_name(name).expect("a name");
            let rows: &[&[&str]] = &[&["metric", "FY2030"], &["arr", "7"]];
            write_rows(sheet, 0, if name == "Notes" { &[&["Nothing"]] } else { rows }).expect("cells");
        }
        book.save_to_buffer().expect("a workbook")
    };
    let of = |sheet: &str| TableSettings { sheet: Some(sheet.to_owned()), ..TableSettings::default() };
    assert_eq!(told(bytes(), &of("plan")), ["arr FY2030 actual = 7 at Plan!B2"]);
    assert_eq!(told(bytes(), &of("KPI")), ["model.xlsx: there is no sheet `KPI` (did you mean `KPIs`?)"]);
    assert_eq!(
        told(bytes(), &TableSettings::default()),
        [
            "model.xlsx: several sheets state metrics: `KPIs`, `Plan` (name those that count, each by itself: `--metrics model.xlsx#KPIs`, or `{path: …, sheet: KPIs}` under `sources`)"
        ]
    );
}

#[test]
fn header_row_and_layout_are_as_settled() {
    let bytes = || {
        let rows: &[&[&str]] =
            &[&["metric", "FY2029"], &["old", "1"], &["metric", "period", "FY2030"], &["arr", "FY2030", "7"]];
        book(|sheet| write_rows(sheet, 0, rows))
    };
    let settings = TableSettings { header_row: Some(3), layout: Some(Layout::Wide), ..TableSettings::default() };
    assert_eq!(told(bytes(), &settings), ["arr FY2030 actual = 7 at KPIs!C4"]);
    let settings = TableSettings { header_row: Some(4), ..TableSettings::default() };
    assert_eq!(told(bytes(), &settings).len(), 1);
}

#[test]
fn open_document_sheets() {
    let content = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="KPIs">
<table:table-row><table:table-cell office:value-type="string"><text:p>metric</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2030-09-01"><text:p>Sep 30</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>arr</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="42318204"><text:p>42,318,204</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"#;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let manifest = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest),
    ] {
        zip.start_file(name, stored).expect("an entry");
        zip.write_all(text.as_bytes()).expect("bytes");
    }
    let bytes = zip.finish().expect("an archive").into_inner();
    assert_eq!(told(bytes, &TableSettings::default()), ["arr 2030-09 actual = 42318204 at KPIs!B2"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(at in 0_usize..6000, byte in any::<u8>(), cut in 0_usize..6000) {
        let mut bytes = book(|sheet| write_rows(sheet, 0, &[&["metric", "FY2030"], &["arr", "7"]]));
        if let Some(old) = bytes.get_mut(at) {
            *old = byte;
        }
        bytes.truncate(bytes.len().saturating_sub(cut.saturating_sub(3000)));
        told(bytes, &TableSettings::default());
    }
}

/// A sheet as other programs write it: the same cells in the older formats, beside a sheet of notes. Written with SheetJS
/// 0.18.5 (XLS), pyxlsbwriter 0.1.0 (XLSB) and odfpy 1.4 (ODS).
#[test]
fn other_formats_of_workbooks() {
    let expected = [
        "Revenue FY2030-Q2 actual = 8800250 ±5 at KPIs!B4",
        "Revenue FY2030-Q3 actual = 9102000 ±500 at KPIs!C4",
        "Revenue FY2030-Q3 budget = 9000000 ±500 at KPIs!D4",
        "gross_profit FY2030-Q2 actual = 6104000 ±500 at KPIs!B5",
        "gross_profit FY2030-Q3 actual = 6377000 ±500 at KPIs!C5",
    ];
    for (extension, bytes) in [
        ("xls", include_bytes!("../../../testdata/workbooks/kpis.xls").as_slice()),
        ("xlsb", include_bytes!("../../../testdata/workbooks/kpis.xlsb").as_slice()),
        ("ods", include_bytes!("../../../testdata/workbooks/kpis.ods").as_slice()),
    ] {
        let found = told(bytes.to_vec(), &TableSettings::default());
        assert_eq!(found, expected, "{extension}");
    }
}

#[test]
fn cells_far_apart_cost_no_more_than_others() {
    let bytes = book(|sheet| {
        write_rows(sheet, 0, &[&["metric", "period", "value"], &["ARR", "FY2030-Q3", "42"]])?;
        sheet.write_string(1_048_575, 16_383, "the far corner")?;
        Ok(())
    });
    let listing = listing(bytes, "model.xlsx", &TableSettings::default()).expect("a sheet");
    assert_eq!(listing.sheet.cells.len(), 7);
    assert_eq!(listing.sheet.cells.last().map(|cell| (cell.row, cell.column)), Some((1_048_575, 16_383)));
}

#[test]
fn a_sheet_that_is_all_blanks_is_refused() {
    let bytes = book(|sheet| {
        for row in 0..1300 {
            sheet.write_string(row, 16_383, "x")?;
        }
        Ok(())
    });
    let said = told(bytes, &TableSettings::default());
    let expected =
        "model.xlsx: this workbook is too large: the sheet `KPIs` has cells too far to the right in too many rows";
    assert!(said.len() == 1 && said[0].starts_with(expected), "{said:?}");
}
