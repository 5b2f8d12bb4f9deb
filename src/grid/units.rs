//! What a header, caption, row label or lead-in says of the unit and scale of other numbers: `£m`, `$'000`, `(in millions,
//! except per share amounts)`, `Amounts in thousands of US dollars`, `DSO (days)`.
//!
//! Enters: a text and where it stands. Leaves: a [`Stated`] with the bytes that said so, to be cut from names.
//! Invariant: a scale beside a written number (`$42.3 million`) is that number's own and is never stated for others.

mod token;

use std::ops::Range;

use rust_decimal::Decimal;

use crate::extract::{self, DecimalMark};
use crate::quantity::Unit;
use token::{Atom, Token, currency_code, scale_word, tokens};

/// What a text says of the unit and scale of other numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stated {
    /// The unit.
    pub(super) unit: Option<Unit>,
    /// The scale.
    pub(super) scale: Option<Decimal>,
    /// The bytes that said so, in order.
    pub(super) ranges: Vec<Range<usize>>,
    /// Whether the text says nothing else.
    pub(super) whole: bool,
}

impl Stated {
    /// Whether anything was said.
    pub(super) fn any(&self) -> bool {
        self.unit.is_some() || self.scale.is_some()
    }
}

/// Where a text stands, which decides how much a loose mention in it may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Site {
    /// A row or column label, a corner, a stated unit.
    Label,
    /// A caption or chart title: its end may name any unit.
    Caption,
    /// A heading or the paragraph before: prose, where only set phrases about money and scale count.
    Prose,
}

/// Reads what a text states of the unit and scale of other numbers.
pub(super) fn stated(text: &str, site: Site) -> Stated {
    // `90+ days`: how old something is, and no unit of what is that old.
    if site == Site::Label && super::dates::is_age(text) {
        return Stated::default();
    }
    let mut tokens = tokens(text);
    if site != Site::Prose {
        scale_what_is_named(&mut tokens);
    }
    leave_what_judges(text, &mut tokens);
    if site != Site::Prose {
        join_measures(text, &mut tokens);
    }
    if site == Site::Label {
        join_rates(text, &mut tokens);
        name_pence(text, &mut tokens);
    }
    let mut said = Stated::default();
    let mut used = vec![false; tokens.len()];
    for phrase in phrases(&tokens) {
        if site == Site::Label && is_ticked(text, &tokens, &phrase) {
            said.ranges.push(tokens[0].range.start..tokens[2].range.end);
        } else if accepted(&tokens, &phrase, site) {
            take(text, &tokens, &phrase, &mut said, &mut used);
        }
    }
    if site == Site::Label && said.unit.is_none() {
        lone_code(&tokens, &mut said, &mut used);
    }
    said.whole = said.any()
        && tokens
            .iter()
            .zip(&used)
            .all(|(token, used)| *used || matches!(token.atom, Atom::Break | Atom::Open | Atom::Close));
    said
}

/// `Volume, thousand hl`, `(million bottles)`: what stands between a scale and the end of a phrase is counted, and no money of the table.
fn scale_what_is_named(tokens: &mut [Token]) {
    for at in 1..tokens.len().saturating_sub(1) {
        let apart = matches!(tokens[at - 1].atom, Atom::Break | Atom::Open);
        let scale = matches!(tokens[at].atom, Atom::Scale { letter: false, .. });
        let ends = tokens.get(at + 2).is_none_or(|token| token.atom == Atom::Close);
        if apart && scale && ends && tokens[at + 1].atom == Atom::Word {
            tokens[at + 1].atom = Atom::Unit(Unit::Count);
        }
    }
}

/// `Consumption, litres per day`, `Interruptions, minutes per property`, `Price, € per MWh`: what is measured for each of something, in
/// one. Durations stay what they are, for whatever each of them is.
fn join_rates(text: &str, tokens: &mut Vec<Token>) {
    let mut at = 2;
    while at < tokens.len() {
        let per = text.get(tokens[at - 1].range.clone()) == Some("per");
        let of = matches!(tokens[at].atom, Atom::Word | Atom::Unit(_));
        let apart = at < 3 || matches!(tokens[at - 3].atom, Atom::Break | Atom::Open);
        let ends = tokens.get(at + 1).is_none_or(|next| matches!(next.atom, Atom::Close | Atom::Break));
        let each = |unit: Unit| {
            let of = text.get(tokens[at].range.clone()).unwrap_or_default();
            Atom::Unit(Unit::each(unit, of))
        };
        let joined = || match &tokens[at - 2].atom {
            Atom::Currency { code, .. } => Some(each(Unit::Currency((*code).to_owned()))),
            Atom::Unit(unit @ Unit::Measure(_)) => Some(each(unit.clone())),
            Atom::Unit(unit @ Unit::Duration(_)) => Some(Atom::Unit(unit.clone())),
            _ => None,
        };
        if per
            && of
            && apart
            && ends
            && let Some(atom) = joined()
        {
            let range = tokens[at - 2].range.start..tokens[at].range.end;
            tokens.splice(at - 2..=at, [Token { range, atom }]);
        }
        at += 1;
    }
}

/// `Head grade (g/t)`, `Leakage, Ml/d`, `Water held, Ml`, `Volume, '000 m³`, `litres per head per day`: behind a break, in brackets or as
/// the whole of a label, what would be one measure behind a number is one.
fn join_measures(text: &str, tokens: &mut Vec<Token>) {
    let mut from = 0;
    while from < tokens.len() {
        let apart = from == 0 || matches!(tokens[from - 1].atom, Atom::Break | Atom::Open);
        let ends = |token: &Token| matches!(token.atom, Atom::Break | Atom::Close);
        let end = from + tokens[from..].iter().take_while(|token| !ends(token)).count();
        // What leads a label is its name, whatever it measures besides: `Mt Isa`, `GB, total`.
        if apart && (from > 0 || end == tokens.len()) {
            let scales = tokens[from..end].iter().take_while(|token| matches!(token.atom, Atom::Scale { .. })).count();
            let measure = (from..=from + scales).find_map(|at| Some((at, measure_of(text, &tokens[at..end])?)));
            if let Some((at, joined)) = measure {
                tokens.splice(at..end, [joined]);
            }
        }
        from += 1;
    }
}

/// What a run would measure behind a number, as one token; none where its words are units already, or a lone letter, which is rather a
/// mark.
fn measure_of(text: &str, run: &[Token]) -> Option<Token> {
    let range = run.first()?.range.start..run.last()?.range.end;
    let written = text.get(range.clone())?;
    if written.chars().count() < 2 || !run.iter().any(|token| matches!(token.atom, Atom::Word | Atom::Slash)) {
        return None;
    }
    let (read, number) = extract::cell(&format!("1 {written}"), DecimalMark::Point)?;
    let mut amount = &number.unit;
    while let Unit::Per(of, _) = amount {
        amount = of;
    }
    (matches!(amount, Unit::Measure(_)) && !number.scaled && read.end == written.len() + 2)
        .then_some(Token { range, atom: Atom::Unit(number.unit) })
}

/// `Earnings per share (p)`, `DPS, p`: behind what is told for each share the letter is pence, and no footnote.
fn name_pence(text: &str, tokens: &mut [Token]) {
    const EACH: &[&str] = &["share", "eps", "dps", "dividend", "nav"];
    let Some(at) = tokens.iter().rposition(|token| text.get(token.range.clone()) == Some("p")) else { return };
    let apart = at > 0 && matches!(tokens[at - 1].atom, Atom::Open | Atom::Break);
    let ends = tokens[at + 1..].iter().all(|token| matches!(token.atom, Atom::Close | Atom::Break));
    let words = super::words::lower_words(text);
    if apart && ends && words.iter().any(|word| EACH.contains(&word.as_str())) {
        tokens[at].atom = Atom::Minor("GBP");
    }
}

/// The letters of `£k B/(W)` and `£k F/(A)` say what is favourable, and no billions.
fn leave_what_judges(text: &str, tokens: &mut [Token]) {
    for at in 2..tokens.len() {
        let [letter, slash, open] = &tokens[at - 2..=at] else { continue };
        let judges = matches!(text.get(letter.range.clone()), Some("B" | "b" | "F" | "f"));
        if judges && slash.atom == Atom::Slash && open.atom == Atom::Open {
            tokens[at - 2].atom = Atom::Word;
        }
    }
}

/// Whether a label is nothing but `x`, `[x]` or `(x)`: times, over ratios; over anything else a mark that somebody made.
pub(super) fn is_cross(label: &str) -> bool {
    let bare = label.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']).trim();
    matches!(bare, "x" | "X")
}

/// What a snake_case key says: `revenue_eur_m` is `revenue`, in millions of euros.
pub(super) fn snake_case(key: &str) -> Option<(String, Stated)> {
    if !super::dates::is_key(key) {
        return None;
    }
    let parts: Vec<&str> = key.split('_').collect();
    let mut said = Stated::default();
    let mut kept = parts.len();
    while kept > 1 {
        let unit = match parts[kept - 1] {
            "pct" | "percent" => Some(Unit::Percent),
            "pp" => Some(Unit::Points),
            "bps" => Some(Unit::BasisPoints),
            "days" => Some(Unit::Duration("days")),
            "months" => Some(Unit::Duration("months")),
            "count" => Some(Unit::Count),
            "x" => Some(Unit::Multiple),
            part => currency_code(&part.to_ascii_uppercase()).map(|code| Unit::Currency(code.to_owned())),
        };
        match (unit, scale_word(parts[kept - 1], true)) {
            (Some(unit), _) if said.unit.is_none() => said.unit = Some(unit),
            (None, Some(power)) if said.scale.is_none() && said.unit.is_none() => {
                said.scale = Some(power_of_ten(power))
            }
            _ => break,
        }
        kept -= 1;
    }
    // A trailing `_m` without a unit is a letter, not a scale, unless it is a word.
    if said.unit.is_none() && parts.get(kept).is_some_and(|part| part.len() == 1) {
        said.scale = None;
        kept = parts.len();
    }
    Some((parts[..kept].join(" "), said))
}

/// A power of ten as a decimal.
pub(super) fn power_of_ten(power: u32) -> Decimal {
    Decimal::from(10_u64.pow(power.min(18)))
}

/// Maximal runs of unit atoms with at least one that is not mere glue.
fn phrases(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, token) in tokens.iter().enumerate() {
        let inside = !matches!(
            token.atom,
            Atom::Word | Atom::Slash | Atom::Number | Atom::Open | Atom::Close | Atom::Break | Atom::Proviso
        );
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|from| from..tokens.len()));
    found.retain(|range| tokens[range.clone()].iter().any(|token| !matches!(token.atom, Atom::Glue | Atom::PerShare)));
    found
}

/// Whether a run of unit words is said of other numbers, going by where it stands.
fn accepted(tokens: &[Token], phrase: &Range<usize>, site: Site) -> bool {
    let run = &tokens[phrase.clone()];
    // `(per million hours)`, `per 1,000 patients`: for how many a rate is told.
    if run[0].atom == Atom::PerShare
        && run.len() > 1
        && !run.iter().any(|token| matches!(token.atom, Atom::Currency { .. }))
    {
        return false;
    }
    let before = phrase.start.checked_sub(1).map(|at| &tokens[at].atom);
    let after = tokens.get(phrase.end).map(|token| &token.atom);
    let glyph = run.iter().any(|token| matches!(token.atom, Atom::Currency { glyph: true, .. }));
    let scale = run.iter().any(|token| matches!(token.atom, Atom::Scale { .. }));
    let word_scale = run.iter().any(|token| matches!(token.atom, Atom::Scale { letter: false, .. }));
    // A number right after the sign is money, not a statement: `$42.3M`, `$5-9`.
    if after == Some(&Atom::Number) && matches!(run.last(), Some(token) if matches!(token.atom, Atom::Currency { .. }))
    {
        return false;
    }
    // A lone letter is a footnote mark or an initial unless brackets or a break say otherwise.
    let lone_letter = run.len() == 1 && matches!(run[0].atom, Atom::Scale { letter: true, .. });
    let opened = before == Some(&Atom::Open) || noun_before(tokens, phrase);
    let bracketed = opened && matches!(after, Some(Atom::Close | Atom::Break | Atom::Proviso) | None);
    let closing = match after {
        None | Some(Atom::Slash) => true,
        Some(Atom::Break | Atom::Proviso) => {
            tokens[phrase.end..].iter().all(|token| token.atom == Atom::Break) || scale
        }
        _ => false,
    };
    let opening = before.is_none();
    let money = glyph || scale;
    // A number before makes it that number's own (`42.3 million`), except that `2019 £m` heads a column.
    if before == Some(&Atom::Number) && !(site == Site::Label && glyph && (scale || closing)) {
        return false;
    }
    if site == Site::Caption && (bracketed || (closing && before == Some(&Atom::Break) && !lone_letter)) {
        return true;
    }
    if site != Site::Label {
        let introduced = word_scale
            && matches!(run.first(), Some(token) if matches!(token.atom, Atom::Glue | Atom::Currency { .. }))
            && run.iter().any(|token| token.atom == Atom::Glue);
        return money
            && !lone_letter
            && (bracketed
                || (closing && (before == Some(&Atom::Break) || opening || introduced))
                || (introduced && opening));
    }
    // `B/(W)` is better or worse, no billions.
    let slashed = lone_letter && after == Some(&Atom::Slash);
    if bracketed || (opening && closing && !slashed) {
        return true;
    }
    if lone_letter {
        return before == Some(&Atom::Break) && closing;
    }
    let glued = run.first().is_some_and(|token| token.atom == Atom::Glue);
    (closing && (before == Some(&Atom::Break) || glyph || glued || lone_tail(run)))
        || (opening && (glyph || percent(run) || lone_tail(run)))
        || (glyph && scale)
}

/// `[x] Shops`: a box before a label is ticked, and says nothing of numbers. Behind a name it is a unit, `EV/EBITDA [x]`.
fn is_ticked(text: &str, tokens: &[Token], phrase: &Range<usize>) -> bool {
    let [open, _, close, _, ..] = tokens else { return false };
    *phrase == (1..2) && is_cross(&text[open.range.start..close.range.end]) && text[open.range.clone()] == *"["
}

/// `(Shares in thousands)`: a noun between the bracket and the phrase.
fn noun_before(tokens: &[Token], phrase: &Range<usize>) -> bool {
    let introduced = tokens[phrase.start].atom == Atom::Glue
        && tokens[phrase.clone()].iter().any(|token| matches!(token.atom, Atom::Scale { .. }));
    introduced && matches!(tokens[..phrase.start], [.., Token { atom: Atom::Open, .. }, Token { atom: Atom::Word, .. }])
}

/// `Inventory days`, `Growth %`: units that mean themselves at the end of a label.
fn lone_tail(run: &[Token]) -> bool {
    matches!(run, [Token { atom: Atom::Unit(Unit::Duration("days") | Unit::Percent), .. }])
}

fn percent(run: &[Token]) -> bool {
    matches!(run.first(), Some(Token { atom: Atom::Unit(Unit::Percent), .. }))
}

/// Adds what a phrase says. What is said twice keeps its first meaning; a minor unit divides.
fn take(text: &str, tokens: &[Token], phrase: &Range<usize>, said: &mut Stated, used: &mut [bool]) {
    let run = &tokens[phrase.clone()];
    // `% of total` keeps its words: they name the whole.
    let core = |atom: &Atom| !matches!(atom, Atom::Glue | Atom::PerShare);
    let Some(last) = run.iter().rposition(|token| core(&token.atom)) else { return };
    let trailing =
        phrase.end == tokens.len() || matches!(tokens[phrase.end].atom, Atom::Close | Atom::Break | Atom::Proviso);
    let end = if trailing { run.len() } else { last + 1 };
    let per_share = run.iter().any(|token| token.atom == Atom::PerShare);
    for token in &run[..end] {
        match &token.atom {
            Atom::Currency { code, glyph } => {
                let said_before = matches!(said.unit, Some(Unit::Currency(_)));
                if said.unit.is_none() || (*glyph && !said_before) {
                    said.unit = Some(Unit::Currency((*code).to_owned()));
                }
            }
            Atom::Minor(code) if said.unit.is_none() => {
                said.unit = Some(Unit::Currency((*code).to_owned()));
                said.scale = Some(Decimal::new(1, 2));
            }
            Atom::Scale { power, .. } if said.scale.is_none() => said.scale = Some(power_of_ten(*power)),
            Atom::Unit(unit) if said.unit.is_none() => said.unit = Some(unit.clone()),
            _ => {}
        }
    }
    if per_share && let Some(unit @ (Unit::Currency(_) | Unit::Measure(_))) = &said.unit {
        said.unit = Some(Unit::each(unit.clone(), "share"));
    }
    let mut first = phrase.start;
    let mut beyond = phrase.start + end;
    // `€/t`: money for each of something.
    if let [slash, of, ..] = &tokens[beyond..]
        && slash.atom == Atom::Slash
        && !matches!(of.atom, Atom::Open | Atom::Close | Atom::Break | Atom::Number)
        && let Some(Unit::Currency(_)) = said.unit
    {
        let of = text.get(of.range.clone()).unwrap_or_default();
        said.unit = said.unit.take().map(|unit| Unit::each(unit, of));
        beyond += 2;
    }
    if noun_before(tokens, phrase) {
        first -= 1;
    }
    // Brackets go with their content, provisos too.
    if first > 0 && tokens[first - 1].atom == Atom::Open {
        first -= 1;
        let close = tokens[beyond..].iter().position(|token| token.atom == Atom::Close);
        beyond = close.map_or(tokens.len(), |at| beyond + at + 1);
    } else {
        let provided = tokens[beyond..].iter().find(|token| token.atom != Atom::Break);
        if provided.is_some_and(|token| token.atom == Atom::Proviso) {
            beyond = tokens.len();
        }
    }
    used[first..beyond].fill(true);
    // `Days sales outstanding` is called so.
    let named = first == 0
        && matches!(tokens[0].atom, Atom::Unit(Unit::Duration(_)))
        && tokens.get(beyond).is_some_and(|next| next.atom == Atom::Word);
    if !named {
        said.ranges.push(tokens[first].range.start..tokens[beyond - 1].range.end);
    }
}

/// A currency code in capitals means its currency anywhere in a label: `Approximate USD monthly rate`.
fn lone_code(tokens: &[Token], said: &mut Stated, used: &mut [bool]) {
    for (at, token) in tokens.iter().enumerate() {
        if let Atom::Currency { code, glyph: true } = token.atom
            && token.range.len() == 3
            && tokens.get(at + 1).is_none_or(|next| next.atom != Atom::Number)
        {
            said.unit = Some(Unit::Currency(code.to_owned()));
            said.ranges.push(token.range.clone());
            used[at] = true;
            return;
        }
    }
}
