//! What a workbook may cost, found out before it is opened: it comes by mail, and the reader takes every size on trust.
//!
//! Enters: the bytes of a file, and cells as they are read. Leaves: nothing, or why it is refused.
//! Invariant: memory and time stay within a fixed multiple of the limits here, whatever an archive says of itself.

use std::io::{BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Bytes of all parts of a workbook, unpacked.
const LARGEST: u64 = 512 << 20;

/// Cells of a sheet that say something.
pub(super) const MOST_CELLS: usize = 5_000_000;

/// Fields of all rows up to the last that says something: a table of a million rows and twenty columns.
pub(super) const MOST_FIELDS: u64 = 20_000_000;

/// Bytes of text in a sheet: one long text can stand in every cell, and is stored once.
pub(super) const MOST_TEXT: usize = 64 << 20;

/// Refuses what would unpack to more than anybody's model, and sheets whose empty cells alone would fill the memory.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    unpacked(bytes, LARGEST)
}

fn unpacked(bytes: &[u8], largest: u64) -> Result<(), String> {
    if !bytes.starts_with(b"PK") {
        return Ok(());
    }
    // What is no archive after all is told by the reader, in its own words.
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    if archive.len() as u64 > LARGEST / 1024 {
        return Err("it has too many parts".to_owned());
    }
    let mut total: u64 = 0;
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { continue };
        // What an archive says of itself is what its maker wrote there, but the reader stops where it says: see the tests.
        total = total.saturating_add(part.size());
        if total > largest {
            return Err(format!("unpacked it is larger than {} MiB, as no workbook of figures is", largest >> 20));
        }
        if part.name().is_ok_and(|name| name == "content.xml") {
            grid(BufReader::new(part))?;
        }
    }
    Ok(())
}

/// Refuses an OpenDocument sheet whose used range is too large. Its rows and cells may stand for any number of themselves.
fn grid(content: impl BufRead) -> Result<(), String> {
    let mut reader = Reader::from_reader(content);
    let (mut buffer, mut sheet) = (Vec::new(), Extent::default());
    loop {
        buffer.clear();
        // What is no XML is told by the reader of workbooks.
        let Ok(event) = reader.read_event_into(&mut buffer) else { return Ok(()) };
        match event {
            Event::Eof => return Ok(()),
            Event::Start(start) | Event::Empty(start) => match start.name().as_ref() {
                "table:table" => sheet = Extent::default(),
                "table:table-row" => sheet.row(repeated(&start, "table:number-rows-repeated")),
                "table:table-cell" | "table:covered-table-cell" => {
                    let says =
                        start.attributes().flatten().any(|attribute| attribute.key.as_ref().starts_with("office:"));
                    sheet.cells(repeated(&start, "table:number-columns-repeated"), says);
                }
                _ => {}
            },
            // A cell of text may have no attribute that says so.
            Event::Text(_) => sheet.says(),
            _ => {}
        }
        if sheet.size() > MOST_CELLS as u64 {
            return Err(format!("a sheet has more than {MOST_CELLS} cells from the first to the last that is used"));
        }
    }
}

fn repeated(start: &BytesStart<'_>, name: &str) -> u64 {
    let attribute = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    attribute.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1)
}

/// How far the used cells of a sheet reach.
#[derive(Default)]
struct Extent {
    /// Rows before the one that is being read, and how many it stands for.
    above: u64,
    row: u64,
    /// Cells of this row before and with the one that is being read.
    column: u64,
    /// Last row and column that are used.
    rows: u64,
    columns: u64,
}

impl Extent {
    fn row(&mut self, repeated: u64) {
        self.above = self.above.saturating_add(self.row);
        (self.row, self.column) = (repeated, 0);
    }

    fn cells(&mut self, repeated: u64, says: bool) {
        self.column = self.column.saturating_add(repeated);
        if says {
            self.says();
        }
    }

    fn says(&mut self) {
        if self.column > 0 {
            self.rows = self.above.saturating_add(self.row);
            self.columns = self.columns.max(self.column);
        }
    }

    fn size(&self) -> u64 {
        self.rows.saturating_mul(self.columns)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of one part.
    fn archive(name: &str, part: &[u8]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(part).expect("a part");
        archive.finish().expect("an archive").into_inner()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let bomb = archive("xl/worksheets/sheet1.xml", &vec![b' '; 3 << 20]);
        assert!(bomb.len() < 10_000, "{} bytes", bomb.len());
        assert_eq!(
            unpacked(&bomb, 2 << 20),
            Err("unpacked it is larger than 2 MiB, as no workbook of figures is".to_owned())
        );
        assert_eq!(unpacked(&bomb, 3 << 20), Ok(()));
        assert_eq!(check(&bomb), Ok(()));
    }

    #[test]
    fn no_part_is_longer_than_the_archive_says() {
        let mut bomb = archive("a", &vec![b' '; 3 << 20]);
        let honest = (3_u32 << 20).to_le_bytes();
        let places: Vec<usize> =
            bomb.windows(4).enumerate().filter(|(_, at)| *at == honest).map(|(at, _)| at).collect();
        assert!(!places.is_empty());
        places.into_iter().for_each(|at| bomb[at..at + 4].copy_from_slice(&9_u32.to_le_bytes()));
        let mut archive = ZipArchive::new(Cursor::new(bomb)).expect("an archive");
        let mut read = Vec::new();
        let ended = archive.by_index(0).expect("a part").read_to_end(&mut read);
        assert!(ended.is_err() && read.len() < 1024, "{ended:?}, {} bytes", read.len());
    }

    #[test]
    fn sheets_that_repeat_their_cells() {
        let sheet = |rows: &str| {
            let content = format!("<office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet>");
            check(&archive("content.xml", content.as_bytes()))
        };
        let far = |rows: u64, columns: u64| {
            format!(
                "<table:table-row><table:table-cell office:value='1'/></table:table-row>\
                 <table:table-row table:number-rows-repeated='{rows}'><table:table-cell/></table:table-row>\
                 <table:table-row><table:table-cell table:number-columns-repeated='{columns}'/>\
                 <table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
            )
        };
        let too_large = Err("a sheet has more than 5000000 cells from the first to the last that is used".to_owned());
        assert_eq!(sheet(&far(100, 10)), Ok(()));
        assert_eq!(sheet(&far(1_048_574, 16_383)), too_large);
        assert_eq!(sheet(&far(u64::MAX, u64::MAX)), too_large);
        let full = "<table:table-row table:number-rows-repeated='1048576'>\
                    <table:table-cell table:number-columns-repeated='16384' office:value='1'/></table:table-row>";
        assert_eq!(sheet(full), too_large);
        let empty = full.replace(" office:value='1'", "");
        assert_eq!(sheet(&empty), Ok(()), "every sheet of LibreOffice ends like this");
    }
}
