//! `tieout.yaml` read, and its mistakes told.

use super::*;
use crate::error::tests::told;
use crate::period::NamedBy;

const RULES: &[&str] = &["value-mismatch", "total-not-sum", "untraced-claim"];

fn parse(text: &str) -> Config {
    Config::parse(FileId(0), text, RULES).expect("a valid configuration")
}

/// Each failure as `text: message (help)`.
#[track_caller]
fn fails(text: &str, expected: &[&str]) {
    let failures = Config::parse(FileId(0), text, RULES).expect_err("a broken configuration");
    assert_eq!(told(&failures, |place| &text[place.span.range()]), expected);
}

#[test]
fn everything_that_can_be_settled() {
    let text = "
version: 1
calendar: {year_start: 02-01, year_named_by: start}
documents:
  - {path: \"q*.md\", role: appendix}
  - notes.md
sources: [metrics.yaml, {path: hr.csv}]
rules: {untraced-claim: off, total-not-sum: warning}
waivers:
  - {rule: total-not-sum, path: q3.md, text: \"$4M\", reason: agreed}
";
    let config = parse(text);
    assert_eq!(config.calendar, Some(Calendar { start_month: 2, start_day: 1, named_by: NamedBy::Start }));
    let documents: Vec<_> =
        config.documents.iter().map(|settings| (settings.path.value.as_str(), settings.role)).collect();
    assert_eq!(documents, [("q*.md", Some(Role::Appendix)), ("notes.md", None)]);
    let sources: Vec<_> = config
        .sources
        .iter()
        .map(|source| (source.path.value.as_str(), &text[source.path.place.span.range()]))
        .collect();
    assert_eq!(sources, [("metrics.yaml", "metrics.yaml"), ("hr.csv", "hr.csv")]);
    let rules: Vec<_> = config.rules.iter().map(|(rule, level)| (rule.as_str(), *level)).collect();
    assert_eq!(rules, [("total-not-sum", Level::Warning), ("untraced-claim", Level::Off)]);
    let [waiver] = config.waivers.as_slice() else { panic!("one waiver") };
    assert_eq!((waiver.text.as_deref(), waiver.reason.as_str()), (Some("$4M"), "agreed"));
    assert!(text[waiver.place.span.range()].starts_with("{rule"));
}

#[test]
fn nothing_settled() {
    for text in ["", "# only words\n", "rules:\nwaivers: []\n", "{}"] {
        assert!(parse(text).rules.is_empty(), "{text}");
    }
}

#[test]
fn mistakes_are_located() {
    fails("wavers: []", &["wavers: `wavers` is not a known key (did you mean `waivers`?)"]);
    fails(
        "rules: {totl-not-sum: off, value-mismatch: fatal}",
        &[
            "totl-not-sum: `totl-not-sum` is not a known rule (did you mean `total-not-sum`?)",
            "fatal: `fatal` is not a known level (the choices are `error`, `warning`, `info`, `off`)",
        ],
    );
    fails(
        "waivers:\n- {rule: total-not-sum}\n- {reason: x}",
        &[
            "{rule: total-not-sum}: this waiver gives no reason (say who agreed to it and why: `reason: rounding plug agreed with the auditors`)",
            "{reason: x}: this waiver has no `rule`",
        ],
    );
    fails(
        "waivers: [{rule: total-not-sum, reason: ' '}]",
        &["' ': `reason` must be text, but here is only white space"],
    );
    fails(
        "calendar: {year_start: 02-30}",
        &["02-30: `02-30` is not a day of the year (write month and day, like `02-01` for 1 February)"],
    );
    fails(
        "rules: {}\nrules: {}",
        &["rules: the key `rules` of `tieout.yaml` is given twice, first on line 1 (keep one of the two)"],
    );
    fails("documents: x.md", &["x.md: `documents` must be a list, but here is text"]);
    fails(
        "sources: [{file: x}]",
        &[
            "{file: x}: this source has no `path`",
            "file: `file` is not a known key (the keys here are `path`, `sheet`, `header_row`, `layout`, `decimal`, `delimiter`)",
        ],
    );
    fails("version: 2", &["2: version `2` is not known (this release reads version 1)"]);
    fails(
        "period: soonish",
        &[
            "soonish: `soonish` is not a period; write it like FY2025, FY2025-Q3, FY2025-H1, 2025-09, 2025-09-30, FY2025-Q3-YTD or FY2025-Q3-LTM",
        ],
    );
    fails("a: [", &["[: this is not valid YAML: unclosed bracket '['"]);
    fails(
        "---\nversion: 1\n---\nversion: 1\n",
        &["version: 1: a second YAML document starts here; one file holds one document"],
    );
}

#[test]
fn tables_are_read_as_is_settled() {
    let text = "sources: [a.csv, {path: model.xlsx, sheet: KPIs, header_row: 3, layout: wide}, {path: b.csv, decimal: comma, delimiter: tab}]\nfirst_source_wins: true\n";
    let config = parse(text);
    assert!(config.first_source_wins);
    let tables: Vec<_> = config.sources.into_iter().map(|source| source.table).collect();
    let sheet = TableSettings {
        sheet: Some("KPIs".to_owned()),
        header_row: Some(3),
        layout: Some(Layout::Wide),
        ..TableSettings::default()
    };
    let comma = TableSettings { decimal_comma: Some(true), delimiter: Some(b'\t'), ..TableSettings::default() };
    assert_eq!(tables, [TableSettings::default(), sheet, comma]);
    fails(
        "sources: [{path: a.csv, header_row: 0, layout: tall}]",
        &["0: `0` is not the number of a row", "tall: `tall` is not a known layout (the choices are `long`, `wide`)"],
    );
}
