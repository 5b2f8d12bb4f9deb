//! Markdown tables.

use super::check;

#[test]
fn rows_cells_and_leads() {
    check(
        "In $K:\n\n| | Q3 |\n|---|---:|\n| ARR | **4** |\n|&nbsp;&nbsp;of which new | &minus;1 |\n| – churn | - |\n| short |\n",
        &[r#"1 p "In $K:""#, r#"1 table #[ | Q3] [ARR | *4] [>>of which new | −1] [>>churn | -] [short | ] <0"#],
    );
}

#[test]
fn cells_beyond_the_header_are_kept_and_reported() {
    check(
        "| a | b |\n|---|---|\n| x | 1 | 2 | **3** |\n| y | 4 | |\n",
        &[r#"1 table #[a | b |  | ] [x | 1 | 2 | *3] [y | 4 |  | ]"#, r#"problem "2 | **3**""#],
    );
}

#[test]
fn comments_behind_a_row_are_heard() {
    check(
        "| a |\n|---|\n| 1 | <!-- tieout: allow x -->\n| 2 | 3 | <!-->|\n",
        &[r#"1 table #[a |  | ] [1 |  | ] [2 | 3 | <!-->]"#, r#"tieout "allow x" @None"#, r#"problem "3 | <!-->""#],
    );
}

#[test]
fn captions_as_pandoc_has_them() {
    let table = "| a |\n|---|\n| 1 |\n";
    let read = r#"1 table caption "Sales, £m" #[a] [1]"#;
    check(&format!("Table: Sales, £m {{#tbl-a}}\n\n{table}"), &[read]);
    check(&format!("{table}\n: Sales, £m\n"), &[read]);
    check(&format!("**Sales, £m**\n\n{table}"), &[r#"1 p "Sales, £m""#, r#"1 table #[a] [1] <0"#]);
}
