//! The tie-out report as one page that needs nothing else: no network, no second file.
//!
//! Enters: a [`Report`]. Leaves: HTML with its own style and script, and a policy that lets nothing else in.
//! Invariant: text of the deck reaches the page only through the template's escaping, and never its script or style; a browser takes
//! no script and no style but the two whose digests the policy names.

mod page;
mod slides;

use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, context};

use crate::Report;
use crate::report::Tally;
use page::Page;

const TEMPLATE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// SHA-256 of [`STYLE`] and [`SCRIPT`] in base 64, as a content security policy names them.
const STYLE_DIGEST: &str = "fi3hXosAj01D49tXVvb1Gf4qIkAsodDpUpxbr4+/IE0=";
const SCRIPT_DIGEST: &str = "XeTS2mFxsxUrJn+NblMWI2bd3Ru5A0Ws718sPI32t9s=";

/// What the report comes to, in one sentence.
pub fn verdict(report: &Report) -> String {
    page::verdict(&Tally::of(&report.deck))
}

/// Writes the report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let page = Page::of(report);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; script-src 'sha256-{SCRIPT_DIGEST}'; base-uri 'none'; form-action 'none'"
    );
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(io::Error::other)?;
    environment.set_syntax(syntax);
    let page = context! { page => Value::from(Serde(&page)), policy, style => STYLE, script => SCRIPT };
    let rendered = environment.render_str(TEMPLATE, page).map_err(io::Error::other)?;
    out.write_all(rendered.as_bytes())?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests;
