//! The tie-out workbook, for those who live in a spreadsheet: summary, ledger, findings, metrics.
//!
//! Enters: a [`Report`]. Leaves: an XLSX file.
//! Invariant: text is never a formula or a link, numbers are numbers, and the same report gives the same bytes.

use std::io::{self, Write};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::ledger::{ledger, rules_at, shown};
use super::{Slides, Tally, html, statements};
use crate::Report;
use crate::finding::{CauseKind, Finding};

/// Rows of a sheet in the format, less its header.
const MOST_ROWS: usize = 1_048_575;

/// Characters that a cell can hold.
const MOST_CHARACTERS: usize = 32_767;

/// Writes the workbook.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(report).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The day that spreadsheets were born on: the file says nothing of when it was written.
    let born = ExcelDateTime::from_ymd(1900, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("Tie-out report").set_creation_datetime(&born));
    let lines = ledger(report);
    summary(report, workbook.add_worksheet().set_name("Summary")?)?;
    let rows = report.deck.claims.iter().zip(&lines).map(|(claim, line)| {
        let against = line.against.iter().map(|side| format!("{} · {}", side.what, side.place));
        let text = |text: &Option<String>| Cell::Text(text.clone().unwrap_or_default());
        vec![
            Cell::Text(line.number.clone()),
            Cell::Text(line.status.name().to_owned()),
            text(&line.metric),
            text(&line.period),
            text(&line.scenario),
            text(&line.segment),
            Cell::Text(line.measure.clone()),
            Cell::Number(claim.quantity.value),
            Cell::Number(claim.quantity.low),
            Cell::Number(claim.quantity.high),
            Cell::Text(line.unit.clone()),
            Cell::Text(against.collect::<Vec<_>>().join("; ")),
            Cell::Text(line.evidence.join("; ")),
            Cell::Text(rules_at(report, line)),
            Cell::Text(line.path.clone()),
            Cell::Number(Some(line.slide.into())),
            Cell::Text(line.place.clone()),
        ]
    });
    table(workbook.add_worksheet().set_name("Ledger")?, &LEDGER, rows)?;
    let slides = Slides::of(&report.deck);
    let rows = report.findings.iter().map(|finding| found(report, &slides, finding));
    table(workbook.add_worksheet().set_name("Findings")?, &FINDINGS, rows)?;
    let pages = statements::pages(report, &lines);
    let rows = pages.iter().flat_map(|page| {
        page.lines.iter().map(|line| {
            let [period, scenario, segment] = line.key.clone().map(Cell::Text);
            vec![
                Cell::Text(page.name.label.clone()),
                period,
                scenario,
                segment,
                Cell::Text(line.measure.clone()),
                Cell::Number(line.value),
                Cell::Text(line.unit.clone()),
                Cell::Text(line.number.clone()),
                Cell::Text(line.status.to_owned()),
                Cell::Text(line.place.clone()),
            ]
        })
    });
    table(workbook.add_worksheet().set_name("Metrics")?, &METRICS, rows)?;
    workbook.save_to_buffer()
}

/// Columns with their widths in characters.
type Columns<const N: usize> = [(&'static str, u8); N];

const LEDGER: Columns<17> = [
    ("Number", 14),
    ("Status", 10),
    ("Metric", 24),
    ("Period", 12),
    ("Scenario", 10),
    ("Segment", 14),
    ("Measure", 18),
    ("Value", 16),
    ("At least", 16),
    ("At most", 16),
    ("Unit", 10),
    ("Held against", 44),
    ("Evidence", 44),
    ("Rules", 20),
    ("Document", 24),
    ("Slide", 7),
    ("Where", 26),
];

const FINDINGS: Columns<11> = [
    ("Severity", 10),
    ("Rule", 20),
    ("Confidence", 11),
    ("Number", 14),
    ("Message", 60),
    ("Probable cause", 34),
    ("Next", 44),
    ("A fix would write", 16),
    ("Slide", 7),
    ("Where", 26),
    ("Other sides", 60),
];

const METRICS: Columns<10> = [
    ("Metric", 24),
    ("Period", 12),
    ("Scenario", 10),
    ("Segment", 14),
    ("Measure", 18),
    ("Value", 16),
    ("Unit", 10),
    ("As written", 14),
    ("Status", 10),
    ("Where", 26),
];

fn found(report: &Report, slides: &Slides, finding: &Finding) -> Vec<Cell> {
    let files = &report.deck.files;
    let cause = finding.cause.as_ref().filter(|cause| cause.kind != CauseKind::Unknown);
    let others = finding.related.iter().map(|side| {
        let slide = slides.at(side.place).map(|slide| format!(", slide {slide}")).unwrap_or_default();
        format!("{} · {}{slide}", shown(&side.message), shown(&files.shown(side.place)))
    });
    vec![
        Cell::Text(finding.level.name().to_owned()),
        Cell::Text(finding.rule.to_owned()),
        Cell::Text(finding.confidence.name().to_owned()),
        Cell::Text(shown(files.slice(finding.place))),
        Cell::Text(shown(&finding.message)),
        Cell::Text(cause.map(|cause| format!("{}: {}", cause.kind.name(), shown(&cause.detail))).unwrap_or_default()),
        Cell::Text(finding.help.as_deref().map(shown).unwrap_or_default()),
        Cell::Text(finding.fix.as_ref().map(|fix| shown(&fix.replacement)).unwrap_or_default()),
        Cell::Number(finding.slide.map(Into::into)),
        Cell::Text(shown(&files.shown_exactly(finding.place))),
        Cell::Text(others.collect::<Vec<_>>().join("; ")),
    ]
}

fn summary(report: &Report, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let tally = Tally::of(&report.deck);
    sheet.set_column_width(0, 16)?.set_column_width(1, 60)?;
    sheet.write_string_with_format(0, 0, "Tie-out report", &Format::new().set_bold().set_font_size(16))?;
    sheet.write_string(1, 0, html::verdict(report))?;
    let known = report.since.as_ref().map(|since| ("known already", since.known.len()));
    let counts = [
        ("disagrees", tally.disagree),
        ("tied", tally.tied),
        ("agreed", tally.agreed),
        ("derived", tally.derived),
        ("waived", tally.waived),
        ("ambiguous", tally.ambiguous),
        ("untraced", tally.untraced),
        ("numbers", tally.claims),
        ("documents", tally.documents),
        ("slides", tally.slides),
        ("findings", report.findings.len()),
    ];
    let left = Format::new().set_align(FormatAlign::Left).set_num_format("#,##0");
    let bold = Format::new().set_bold();
    for (row, (name, count)) in (3_u32..).zip(counts.into_iter().chain(known)) {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_number_with_format(row, 1, Decimal::from(count).to_f64().unwrap_or_default(), &left)?;
    }
    Ok(())
}

/// What stands in a cell.
enum Cell {
    Text(String),
    Number(Option<Decimal>),
}

/// A table with a header that stays in view and can be filtered by.
fn table<const N: usize>(
    sheet: &mut Worksheet,
    columns: &Columns<N>,
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
    let formats: Vec<Format> = (0..=MOST_PLACES).map(number_format).collect();
    for (column, (name, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *name, &head)?;
    }
    let mut last = 0;
    for (row, cells) in (1_u32..).zip(rows.take(MOST_ROWS)) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    let text: String = text.chars().take(MOST_CHARACTERS).collect();
                    sheet.write_string(row, column, text)?;
                }
                Cell::Number(value) => {
                    let Some(value) = value.map(|value| value.normalize()) else { continue };
                    let Some(number) = value.to_f64() else { continue };
                    let places = usize::try_from(value.scale()).unwrap_or_default().min(MOST_PLACES);
                    if let Some(format) = formats.get(places) {
                        sheet.write_number_with_format(row, column, number, format)?;
                    }
                }
            }
        }
        last = row;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last, u16::try_from(columns.len() - 1).unwrap_or_default())?;
    Ok(())
}

/// Places that a number is shown to at most.
const MOST_PLACES: usize = 6;

fn number_format(places: usize) -> Format {
    let fraction = if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
    Format::new().set_num_format(format!("#,##0{fraction}"))
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

    use super::*;
    use crate::report::sample;
    use crate::rules::examples::Binder;

    fn bytes(report: &Report) -> Vec<u8> {
        sample::bytes(|out| write(report, out))
    }

    fn open(report: &Report) -> Xlsx<io::Cursor<Vec<u8>>> {
        open_workbook_from_rs(io::Cursor::new(bytes(report))).expect("a workbook")
    }

    #[test]
    fn every_number_has_a_row_with_its_value() {
        let report = sample::report();
        let mut workbook = open(&report);
        assert_eq!(workbook.sheet_names(), ["Summary", "Ledger", "Findings", "Metrics"]);
        let ledger = workbook.worksheet_range("Ledger").expect("a sheet");
        let row = |at: usize| ledger.rows().nth(at).expect("a row").to_vec();
        assert_eq!(row(0)[0], Data::String("Number".to_owned()));
        assert_eq!(row(1)[..3], ["$42.3M", "disagrees", "ARR"].map(|text| Data::String(text.to_owned())));
        assert_eq!(row(1)[7..10], [42_300_000.0, 42_250_000.0, 42_350_000.0].map(Data::Float));
        assert_eq!(row(3)[7..9], [Data::Empty, Data::Float(4_000_000.0)], "a range has no value of its own");
        assert_eq!(ledger.rows().count(), 1 + report.deck.claims.len());
        let findings = workbook.worksheet_range("Findings").expect("a sheet");
        assert_eq!(findings.rows().count(), 1 + report.findings.len());
    }

    #[test]
    fn text_is_never_a_formula_or_a_link() {
        let deck = "# =1+1\n\n- =cmd|' /C calc'!A0 of $4M\n- https://example.com/x has $5M\n\n| £m | FY30 |\n|---|--:|\n\
                    | +SUM(A1) | 4.0 |\n| @SUM(A1) | 5.0 |\n";
        let source =
            "version: 1\nmetrics:\n  - {name: m, label: '=HYPERLINK(\"https://example.com\")', values: {FY2030: 1}}\n";
        let mut deck = Binder::of(deck).with_source("metrics.yaml", source).bound();
        let findings = crate::check::check(&mut deck);
        let report = Report::new(deck, findings);
        let mut workbook = open(&report);
        for sheet in workbook.sheet_names() {
            let formulas = workbook.worksheet_formula(&sheet).expect("a sheet");
            assert!(formulas.used_cells().next().is_none(), "{sheet}");
        }
        let metrics = workbook.worksheet_range("Metrics").expect("a sheet");
        assert!(metrics.used_cells().any(|(.., cell)| cell.to_string().starts_with("=HYPERLINK")));
        let names = zip::ZipArchive::new(io::Cursor::new(bytes(&report))).expect("an archive");
        assert!(
            names.file_names().all(|name| name.is_ok_and(|name| !name.contains("worksheets/_rels"))),
            "a link has a relation"
        );
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        let report = sample::report();
        let first = bytes(&report);
        let archive = zip::ZipArchive::new(io::Cursor::new(first.clone())).expect("an archive");
        assert!(archive.len() > 5);
        // Times in an archive have a resolution of two seconds.
        std::thread::sleep(std::time::Duration::from_millis(2100));
        assert_eq!(first, bytes(&report));
    }
}
