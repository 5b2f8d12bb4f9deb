//! Text inside a line: markup undone, bytes kept.

use super::{check, source_of};

#[test]
fn numbers_split_by_markup_are_one_number_with_their_bytes() {
    assert_eq!(source_of("Sales of **$12**.4M\n", "$12.4M"), "$12**.4M");
    assert_eq!(source_of("Sales of \\$12.4M\n", "$12.4M"), "$12.4M");
    assert_eq!(source_of("Sales of &pound;12.4m\n", "£12.4m"), "&pound;12.4m");
    assert_eq!(source_of("Sales of <b>$12</b>.4M\n", "$12.4M"), "$12</b>.4M");
    assert_eq!(source_of("Sales of `$12.4M`\n", "$12.4M"), "$12.4M");
    assert_eq!(source_of("Sales of [$12](a.md).4M\n", "$12.4M"), "$12](a.md).4M");
    assert_eq!(source_of("Größe – _$12_.4M\n", "$12.4M"), "$12_.4M");
}

#[test]
fn one_tilde_means_about_and_two_strike_out() {
    check("up ~10%~ to ~$40M\n", &[r#"1 p "up ~10%~ to ~$40M""#]);
    check("from ~~$41M~~ $42M\n", &[r#"1 p "from  $42M""#]);
    check("from <del>$41M</del>$42M\n", &[r#"1 p "from $42M""#]);
}

#[test]
fn dollars_are_no_mathematics_and_quotes_stay_straight() {
    check("from $42.3M to $8 -- \"up\"\n", &[r#"1 p "from $42.3M to $8 -- \"up\"""#]);
}

#[test]
fn marks_that_are_not_said() {
    check("ARR[^1] rose[^2] 4%\n\n[^1]: Unaudited.\n", &[r#"1 p "ARR rose 4%""#, r#"1 note[1] "Unaudited.""#]);
    check("ARR<sup>1</sup> on 21<sup>st</sup> May<sup>(a)</sup>\n", &[r#"1 p "ARR on 21st May""#]);
    check("![width 50%](a.png){width=50%}\n\n[up 4%](b){.x} and [5%]{.red}\n", &[r#"1 p "up 4% and [5%]""#]);
    check("See [the plan][1] and [2]. {{< pagebreak 3 >}}\n", &[r#"1 p "See the plan and [2].""#]);
}

#[test]
fn lines_of_a_paragraph_stay_lines() {
    check("**$4M**\nARR\n\n$5M  \nCash<br>net\n", &[r#"1 p "$4M\nARR""#, r#"1 p "$5M\nCash\nnet""#]);
}
