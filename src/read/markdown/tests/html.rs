//! HTML inside Markdown.

use super::{check, source_of};

#[test]
fn tables_spread_spanning_cells() {
    check(
        "<table>\n<caption>Sales, &pound;m</caption>\n<thead><tr><th rowspan=2></th><th colspan=\"2\">FY&nbsp;25</th></tr>\n\
         <tr><th>Q1</th><th>Q2</th></tr></thead>\n<tr><td>UK<td><b>4</b><td>5 <b>x</b></tr>\n\n    <tr><td>&emsp;DE</td><td>6<br>(7)</td></tr>\n</table>\n\nEnd\n",
        &[
            "1 table caption \"Sales, £m\" #[ | FY\u{a0}25 | ] #[ | Q1 | Q2] [UK | *4 | 5 x] [>>DE | 6\n(7) | ]",
            r#"1 p "End""#,
        ],
    );
}

#[test]
fn markdown_inside_cells_belongs_to_them() {
    check("<table><tr><td>\n\n**ARR**\n\n- 4\n\n</td><td>5</td></tr></table>\n", &["1 table [ARR\n4 | 5]"]);
}

#[test]
fn a_table_without_an_end_takes_nothing_that_follows() {
    check("<table><tr><td>4</td></tr>\n\n# Next\n\nARR\n", &["1 table [4]", r#"2 h1 "Next""#, r#"2 p "ARR" ^1"#]);
}

#[test]
fn tiles_are_lines() {
    check(
        "<div class=\"tiles\">\n<div class=\"tile\"><strong>$42.3M</strong><span>ARR</span></div>\n<div><b>$1</b>.4M\n   Cash</div>\n</div>\n",
        &[r#"1 p "$42.3M\nARR""#, r#"1 p "$1.4M\nCash""#],
    );
    assert_eq!(source_of("<div>from\n  <b>$1</b>.4M</div>\n", "$1.4M"), "$1</b>.4M");
    assert_eq!(source_of("> <p>\n> &#36;1<i>.4M</i></p>\n", "$1.4M"), "&#36;1<i>.4M");
}

#[test]
fn a_number_and_its_label_under_one_parent_are_a_tile() {
    check(
        "<div class=\"kpis\">\n  <div class=\"kpi\">\n    <div class=\"value\">$42.3M</div>\n    <div class=\"label\">ARR</div>\n  </div>\n  \
         <div class=\"kpi\"><p>Customers<p>1,247<p>+4% YoY</div>\n</div>\n",
        &[r#"1 p "$42.3M\nARR""#, r#"1 p "Customers\n1,247\n+4% YoY""#],
    );
    check("<div><div>ARR 4</div><div>Cash 5</div></div>\n", &[r#"1 p "ARR 4""#, r#"1 p "Cash 5""#]);
    check("<dl><dt>ARR<dd>4</dd><dt>Cash</dt><dd>5</dd></dl>\n", &[r#"1 p "ARR\n4""#, r#"1 p "Cash\n5""#]);
    check("<p>ARR</p>\n<p>4</p>\n", &[r#"1 p "ARR""#, r#"1 p "4""#]);
}

#[test]
fn elements_have_their_meaning() {
    check(
        "<h2>Sales <small>4</small></h2>\n<ul><li>UK 5<li><p>DE <br>6</p></ul>\n<blockquote>ours: 7</blockquote>\n<style>p { margin: 8px }</style>\n\
         <script>if (a < 9) { b = \"</div>\" }</script>\n<!-- gone 10 -->\n",
        &[r#"1 h2 "Sales 4""#, r#"1 item "UK 5" ^0"#, r#"1 item "DE \n6" ^0"#, r#"1 quote "ours: 7" ^0"#],
    );
    check("```=html\n<p>ARR 4</p>\n```\n", &[r#"1 p "ARR 4""#]);
}

#[test]
fn what_is_no_tag_is_text() {
    check(
        "<div>\na < b, 3<4, <5%, <jane@x.org> & <unfinished\n</div>\n",
        &[r#"1 p "a < b, 3<4, <5%, <jane@x.org> & <unfinished""#],
    );
}
