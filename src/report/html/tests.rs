use sha2::{Digest, Sha256};

use super::*;
use crate::report::sample;
use crate::rules::examples::Binder;

fn page(report: &Report) -> String {
    sample::written(|out| write(report, out))
}

fn of(deck: &str) -> String {
    let mut deck = Binder::of(deck).bound();
    let findings = crate::check::check(&mut deck);
    page(&Report::new(deck, findings))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let bits = chunk.iter().chain(&[0; 2]).take(3).fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        let letter = |at: usize| if at <= chunk.len() { char::from(LETTERS[bits >> (18 - 6 * at) & 63]) } else { '=' };
        (0..4).map(letter).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[test]
fn the_policy_names_the_style_and_the_script() {
    let digest = |text: &str| base64(&Sha256::digest(text));
    assert_eq!(base64(b"fooba"), "Zm9vYmE=");
    assert_eq!((STYLE_DIGEST, SCRIPT_DIGEST), (digest(STYLE).as_str(), digest(SCRIPT).as_str()));
}

#[test]
fn every_number_has_its_mark_and_its_line() {
    for report in [sample::report(), sample::clean_report()] {
        let page = page(&report);
        for at in 0..report.deck.claims.len() {
            for part in [format!("id=\"n{at}\""), format!("id=\"l{at}\"")] {
                assert_eq!(page.matches(&part).count(), 1, "{part}");
            }
        }
    }
}

#[test]
fn numbers_in_every_kind_of_block_are_marked_where_they_stand() {
    let page = of("# Q3 FY30: $4.1M\n\nARR of **$42**.3M and&nbsp;&euro;5m\n\n- Up 9%\n  - or 3 pp\n\n> Said $7M\n\n\
                   | £m | FY30 |\n|---|--:|\n| Cash | 4.0 |\n\n[^1]: Of $8M.\n");
    for number in ["$4.1M", "$42.3M", "€5m", "9%", "3 pp", "4.0"] {
        let marked = format!(">{number}<span class=\"vh\">");
        assert_eq!(page.matches(&marked).count(), 1, "{number} in {page}");
    }
    assert!(!page.contains("also read here"), "a number was not found in its text");
}

#[test]
fn text_of_the_deck_is_inert() {
    let page = of(
        "# <script>alert(1)</script> \"></style>\n\nARR was $4M <img src=x onerror=alert(1)> [link](javascript:alert(1)) \
                   {{ page }} \u{202e}$5M.\n\n`</script>` `<!--` $6M\n",
    );
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("</script>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    for hostile in ["<img", "href=\"javascript", "onerror=\"", "<!--", "\u{202e}", "style=\""] {
        assert!(!page.contains(hostile), "{hostile}");
    }
}

#[test]
fn nothing_is_fetched() {
    let page = page(&sample::report());
    for reference in ["http://", "https://", " src=", "@import", "url(", "<link"] {
        assert!(!page.contains(reference), "{reference}");
    }
}
