//! Numbers under lines that name their part, their scenario or their time.

use super::shown;
use crate::rules::examples::Binder;

const APPENDIX: &str = "| £m | FY31 actual | FY31 budget | FY30 actual |\n|---|---:|---:|---:|\n| Revenue | 84.2 | 86.0 | 79.5 |\n\n## Revenue by division (£m)\n\n| | FY31 | FY30 |\n|---|---:|---:|\n| Consumer | 38.4 | 37.9 |\n| Services | 45.8 | 41.6 |\n| Total | 84.2 | 79.5 |";

#[test]
fn lines_above_name_parts_scenarios_and_times() {
    for (text, expected) in [
        ("- Consumer\n  - Revenue £38.4m", "£38.4m = Revenue Consumer FY2031"),
        ("Services division:\n\n- Revenue £45.8m", "£45.8m = Revenue Services FY2031"),
        ("- Budget\n  - Revenue £86.0m", "£86.0m = Revenue FY2031 budget"),
        ("- Actual\n  - Revenue £84.2m", "£84.2m = Revenue FY2031"),
        ("## Last year\n\nRevenue £79.5m.", "£79.5m = Revenue FY2030"),
        ("- Last year\n  - Revenue £79.5m", "£79.5m = Revenue FY2030"),
        // More is said than a name, or it is the title of what became of the budget.
        ("- Consumer and its budget\n  - Revenue £84.2m", "£84.2m = Revenue FY2031"),
        ("## Budget\n\nRevenue was £84.2m.", "£84.2m = Revenue FY2031"),
        ("## Actual against last year\n\nRevenue was £84.2m.", "£84.2m = Revenue FY2031"),
    ] {
        let text = format!("# FY31 results\n\n{text}\n");
        let deck = Binder::named("slides.md", &text).and("appendix.md", APPENDIX).bound();
        assert_eq!(shown(&deck)[0], expected, "{text}");
    }
}
