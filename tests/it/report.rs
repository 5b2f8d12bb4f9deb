//! `tieout report`, in a real browser.
//!
//! With `TIEOUT_PICTURES=FOLDER` in the environment, the page is also photographed there, for people to look at.

use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use crate::browser::Page;
use crate::deck::{Deck, command, run};

const SLIDES: &str = "---\ntitle: Board <b>update</b>\nperiod: Q3 FY30\n---\n\n# Recurring revenue\n\n\
    ARR was **$38.1M** at the end of Q3 FY30, with cash of $4.0M.\n\n\
    <script>document.title = 'taken'</script>\n\nRead `</script><script>alert(1)</script>` and [more](javascript:alert(2)).\n\n\
    ---\n\n# Outlook\n\n\"></style><img src=x onerror=alert(3)> We have 7 offices.\n";
const METRICS: &str = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, period_type: instant, owner: \
    '<img src=x onerror=alert(4)>', values: {FY2030-Q2: 38118400, FY2030-Q3: 42318204}}\n  - {name: cash, label: Cash, unit: USD, \
    period_type: instant, values: {FY2030-Q3: 4012000}}\n";

fn deck() -> Deck {
    let deck = Deck::of([("slides.md", SLIDES), ("metrics.yaml", METRICS)]);
    let run = deck.run("report");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, "wrote tieout-report.html: 1 number disagrees; 1 of 3 tie out.\n");
    deck
}

/// Whether each number is a mark, and the texts of the slides that show.
const STATE: &str = "JSON.stringify([[...document.querySelectorAll('button.n')].map(n => n.firstChild.data + (n.disabled ? ' off' : '')), \
    [...document.querySelectorAll('.slide:not([hidden]) h4')].map(h => h.textContent), \
    [...document.querySelectorAll('#ledger tr.line:not([hidden])')].length, \
    [...document.querySelectorAll('#findings .finding:not([hidden])')].length, document.getElementById('shown').textContent])";

fn state(page: &mut Page) -> serde_json::Value {
    serde_json::from_str(page.value(STATE).as_str().expect("a text")).expect("JSON")
}

fn choose(page: &mut Page, name: &str, value: &str) {
    page.value(&format!(
        "(() => {{ const s = document.querySelector('[name={name}]'); s.value = '{value}'; \
         s.dispatchEvent(new Event('change', {{bubbles: true}})); }})()"
    ));
}

#[test]
fn filters_show_the_numbers_that_are_asked_for() {
    let deck = deck();
    let Some(mut page) = Page::open(&deck.path().join("tieout-report.html")) else { return };
    let everything = json!([["$38.1M", "$4.0M", "7"], ["Recurring revenue", "Outlook"], 3, 1, ""]);
    assert_eq!(state(&mut page), everything);
    page.value("document.querySelector('[name=status][value=untraced]').click()");
    let traced = json!([["$38.1M", "$4.0M", "7 off"], ["Recurring revenue"], 2, 1, "2 of 3 numbers"]);
    assert_eq!(state(&mut page), traced);
    page.value("document.querySelector('[name=status][value=untraced]').click()");
    choose(&mut page, "rule", "value-mismatch");
    let found = json!([["$38.1M", "$4.0M off", "7 off"], ["Recurring revenue"], 1, 1, "1 of 3 numbers"]);
    assert_eq!(state(&mut page), found);
    choose(&mut page, "rule", "");
    page.value("(() => { const s = document.querySelector('[name=metric]'); \
                s.value = [...s.options].find(o => o.text === 'Cash').value; s.dispatchEvent(new Event('change', {bubbles: true})); })()");
    let cash = json!([["$38.1M off", "$4.0M", "7 off"], ["Recurring revenue"], 1, 0, "1 of 3 numbers"]);
    assert_eq!(state(&mut page), cash);
    assert_eq!(
        page.value("[...document.querySelectorAll('.metric:not([hidden]) h3')].map(h => h.textContent).join()"),
        "Cash"
    );
    choose(&mut page, "path", "slides.md");
    assert_eq!(state(&mut page), cash);
    page.value("document.querySelector('[type=reset]').click()");
    page.value("new Promise(done => setTimeout(done))");
    assert_eq!(state(&mut page), everything);
    assert_eq!(page.noise, Vec::<String>::new());
}

#[test]
fn the_detail_opens_by_keyboard_and_by_pointing() {
    let deck = deck();
    let Some(mut page) = Page::open(&deck.path().join("tieout-report.html")) else { return };
    let detail = "document.getElementById('detail').innerText";
    page.value("document.querySelector('#slides h2').tabIndex = -1; document.querySelector('#slides h2').focus()");
    page.press("Tab", 9);
    assert_eq!(page.value("document.activeElement.id"), "n0");
    let said = page.value(detail);
    let said = said.as_str().expect("a text");
    for part in [
        "$38.1M",
        "disagrees",
        "38,050,000 to 38,150,000",
        "source of truth: $42.3M",
        "metrics.yaml:3",
        "stale-period",
        "ARR named",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    page.press("Enter", 13);
    assert_eq!(page.value("document.activeElement.getAttribute('aria-pressed')"), "true");
    // Kept: another number's detail does not take its place, until Escape.
    page.press("Tab", 9);
    assert_eq!(page.value("document.activeElement.id"), "n1");
    assert!(page.value(detail).as_str().is_some_and(|said| said.starts_with("$38.1M")));
    page.press("Escape", 27);
    assert!(page.value(detail).as_str().is_some_and(|said| said.starts_with("Point at a number")));
    page.point_at("#n2");
    assert!(page.value(detail).as_str().is_some_and(|said| said.starts_with("7")));
    // From a finding to its number.
    page.value("document.querySelector('#findings a[data-n]').click()");
    assert_eq!(page.value("document.activeElement.id"), "n0");
    assert_eq!(page.noise, Vec::<String>::new());
}

#[test]
fn hostile_text_is_only_text() {
    let deck = deck();
    let Some(mut page) = Page::open(&deck.path().join("tieout-report.html")) else { return };
    assert_eq!(page.value("document.title"), "Tie-out: Board <b>update</b>");
    for (what, count) in
        [("script", 1), ("style", 1), ("img", 0), ("[href^=javascript]", 0), ("[onerror]", 0), ("b", 0)]
    {
        assert_eq!(page.value(&format!("document.querySelectorAll('{what}').length")), count, "{what}");
    }
    for (text, selector) in [("alert(1)", "#slides"), ("<img src=x onerror=alert(4)>", "#metrics")] {
        let shown = page.value(&format!("document.querySelector('{selector}').innerText"));
        assert!(shown.as_str().is_some_and(|shown| shown.contains(text)), "{text} in {shown}");
    }
    // What somebody adds to the page is refused by its policy.
    page.value("document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.com/x\" onerror=\"document.title = 1\">')");
    page.value("new Promise(done => setTimeout(done, 100))");
    assert_eq!(page.value("document.title"), "Tie-out: Board <b>update</b>");
    assert!(page.noise.iter().any(|said| said.contains("violates")), "{:?}", page.noise);
}

#[test]
fn every_control_has_a_name_and_colours_are_legible() {
    let deck = deck();
    let Some(mut page) = Page::open(&deck.path().join("tieout-report.html")) else { return };
    assert_eq!(
        page.value("[...document.querySelectorAll('button, select, input')].filter(e => !(e.labels?.length || e.innerText)).length"),
        0
    );
    for landmark in
        ["header", "nav[aria-label]", "main", "aside[aria-label]", "[role=search][aria-label]", "html[lang]"]
    {
        assert_eq!(page.value(&format!("document.querySelectorAll('{landmark}').length")), 1, "{landmark}");
    }
    // WCAG 2.2, 1.4.3: text of body size stands out from its ground by 4.5 to 1.
    let contrast = "(() => { const l = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255) \
        .map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4); return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; }; \
        const ground = e => { for (; e; e = e.parentElement) { const b = getComputedStyle(e).backgroundColor; \
        if (!/, 0\\)$/.test(b)) return b; } return 'rgb(255,255,255)'; }; \
        return [...document.querySelectorAll('p, dt, dd, td, th, h1, h2, h3, h4, a, span:not(.vh), label, button, output')] \
        .filter(e => e.innerText).map(e => { const a = l(getComputedStyle(e).color), b = l(ground(e)); \
        return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.className + ' ' + e.innerText.slice(0, 30)]; }) \
        .filter(([ratio]) => ratio < 4.5).map(String).join('\\n'); })()";
    for scheme in ["light", "dark"] {
        page.media(scheme);
        assert_eq!(page.value(contrast), "", "{scheme}");
    }
    for width in [360, 800, 1400] {
        page.size(width, 900);
        assert!(page.value("document.documentElement.scrollWidth <= innerWidth").as_bool() == Some(true), "{width}");
    }
}

#[test]
fn paper_gets_the_gist() {
    let folder = TempDir::new().expect("a scratch folder");
    let file = folder.path().join("report.html");
    let deck = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/lumen-saas");
    assert_eq!(run(command(&deck).args(["report", "--output"]).arg(&file)).code, 0);
    let Some(mut page) = Page::open(&file) else { return };
    let shown = "[...document.querySelectorAll('.scorecard, #findings, .slide, .metric, #ledger, .bar, #detail')] \
        .filter(e => e.checkVisibility()).map(e => e.className || e.id).filter((e, at, all) => all.indexOf(e) === at).join()";
    assert_eq!(page.value(shown), "bar,findings,slide,metric,ledger,detail");
    page.ask("Emulation.setEmulatedMedia", json!({"media": "print"}));
    assert_eq!(page.value(shown), "scorecard paper,findings,slide,metric");
    // 27 slides and 329 numbers.
    assert!(page.has_sheet(4));
    assert!(!page.has_sheet(13), "a sample deck is more than a dozen sheets");
}

/// Takes pictures of a sample deck's report where somebody asks for them.
#[test]
fn pictures() {
    let Some(folder) = std::env::var_os("TIEOUT_PICTURES") else { return };
    let folder = Path::new(&folder);
    let deck = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/lumen-saas");
    let file = folder.join("report.html");
    let run = run(command(&deck).args(["report", "--output"]).arg(&file));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let Some(mut page) = Page::open(&file) else { return };
    let save = |name: &str, data: &str| std::fs::write(folder.join(name), data).expect("a file can be written");
    for (scheme, width, part) in [
        ("light", 1400, "slides"),
        ("dark", 1400, "slides"),
        ("light", 1400, "metrics"),
        ("light", 420, "slides"),
        ("dark", 1400, "ledger"),
    ] {
        page.media(scheme);
        page.size(width, 1200);
        page.value("document.querySelector('button.n[data-s=disagrees]').click(); document.querySelector('button.n[data-s=disagrees]').click()");
        page.value("document.querySelector('button.n[data-s=disagrees]').click()");
        page.value(&format!("document.getElementById('{part}').scrollIntoView()"));
        let data = page.picture("Page.captureScreenshot");
        save(&format!("{scheme}-{width}-{part}.png.base64"), &data);
        page.press("Escape", 27);
    }
    let data = page.picture("Page.printToPDF");
    save("print.pdf.base64", &data);
}
