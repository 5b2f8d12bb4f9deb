//! The spellings under which the label of a line may be met elsewhere.
//!
//! Enters: a label. Leaves: the label itself first, then what else is said for it.
//! Invariant: a spelling is never empty, and says the same of the same numbers but for their sign.

use crate::words::stems;

/// The spellings under which a label may be met: as it is, without brackets, with the bracketed words instead of the ones before
/// them (`operating income (loss)` is an operating loss too), without `total` and `of which`, and in the phrases that prose has for
/// shares, changes and cash flows.
pub(super) fn variants(name: &str) -> Vec<String> {
    let mut found = vec![name.to_owned()];
    found.extend(bracketed(name));
    // An income is a loss when it is negative.
    found.extend(crate::vocabulary::losses(name));
    for prefix in ["total ", "of which ", "of which: "] {
        let without: Vec<String> =
            found.iter().filter_map(|text| after(prefix, text)).map(|rest| rest.trim().to_owned()).collect();
        found.extend(without);
    }
    let net: Vec<String> = found
        .iter()
        .filter_map(|text| text.strip_prefix("Net ").filter(|rest| rest.split_whitespace().count() > 1))
        .map(str::to_owned)
        .collect();
    found.extend(net);
    found.extend(of_the_group(name));
    found.extend(netted(name));
    found.extend(without_kind(name));
    found.extend(provisions(name));
    found.extend(without_deduction(name));
    found.extend(signed(name));
    found.extend(shares(name));
    found.extend(changes(name));
    found.extend(cash_flows(name));
    found.retain(|text| !text.is_empty());
    found
}

/// What stands behind the words that a text starts with, however they are capitalised.
pub(super) fn after<'a>(prefix: &str, text: &'a str) -> Option<&'a str> {
    // A text in lower case may be longer or shorter than itself, so that its bytes are not the text's.
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// `Operating income (loss)`: without what stands in brackets, and with it in place of what it is the opposite of.
fn bracketed(name: &str) -> Vec<String> {
    let (Some(open), Some(close)) = (name.find('('), name.rfind(')')) else { return Vec::new() };
    if open > close {
        return Vec::new();
    }
    let (head, inner, tail) = (name[..open].trim(), name[open + 1..close].trim(), name[close + 1..].trim());
    let mut found = vec![format!("{head} {tail}").trim().to_owned()];
    let replaced = match inner.to_lowercase().as_str() {
        inner if is_opposite(inner) => 1,
        "used in" | "used for" | "provided by" => 2,
        _ => return found,
    };
    let words: Vec<&str> = head.split_whitespace().collect();
    let rest = words[..words.len().saturating_sub(replaced)].join(" ");
    found.push(format!("{rest} {inner} {tail}").trim().to_owned());
    found
}

fn is_opposite(word: &str) -> bool {
    matches!(word, "loss" | "losses" | "deficit" | "income" | "profit" | "surplus" | "gain" | "gains")
}

/// `Net additions (losses)` → `Net additions`: a name without the word for when it is negative.
pub(super) fn without_opposite(name: &str) -> &str {
    match name.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((head, inner)) if is_opposite(&inner.to_lowercase()) => head.trim(),
        _ => name,
    }
}

/// `Group revenue`, `Revenue, group`: what a company as a whole earns, has and owes goes without saying whose it is. Other things of a
/// group may be those of groups, `Group bookings`, and its costs, cash and heads those of the head office.
fn of_the_group(name: &str) -> Option<String> {
    const OWN: &[&str] = &[
        "revenue",
        "turnover",
        "sale",
        "income",
        "profit",
        "ebitda",
        "ebit",
        "ebita",
        "margin",
        "loss",
        "surplus",
        "deficit",
        "earning",
        "asset",
        "equity",
        "liability",
    ];
    let lower = name.to_lowercase();
    let before = ["group ", "consolidated "].iter().find(|word| lower.starts_with(**word));
    let behind = [", group", ", total", ", consolidated"].iter().find(|word| lower.ends_with(**word));
    let rest = match (before, behind) {
        (Some(word), _) => name.get(word.len()..)?,
        (None, Some(word)) => name.get(..name.len().checked_sub(word.len())?)?,
        (None, None) => return None,
    };
    let last = stems(rest).pop().filter(|last| OWN.contains(&last.as_str()));
    last.map(|_| rest.trim().to_owned())
}

/// `Receivables, net` are net receivables; `Other income and expenses, net` is other income, net of expenses.
fn netted(name: &str) -> Vec<String> {
    let Some(rest) = name.strip_suffix(", net").map(str::trim) else { return Vec::new() };
    let mut found = vec![format!("net {rest}")];
    found.extend(rest.split_once(" and ").map(|(income, expenses)| format!("{income} net of {expenses}")));
    found
}

/// `Long-term debt, less current portion` is that debt net of its current portion, and mostly called by its first words alone.
fn without_deduction(name: &str) -> Vec<String> {
    let Some((head, rest)) = name.split_once(", ") else { return Vec::new() };
    let rest = rest.trim();
    let Some(what) = rest.strip_prefix("net of ").or_else(|| rest.strip_prefix("less ")) else { return Vec::new() };
    if head.split_whitespace().count() < 2 {
        return Vec::new();
    }
    vec![format!("{head} net of {what}"), format!("{head} less {what}"), head.to_owned()]
}

/// `Provision for income taxes` is the income tax provision, and the income tax expense.
fn provisions(name: &str) -> Vec<String> {
    let Some(what) = after("provision for ", name).map(str::trim) else { return Vec::new() };
    let spent = if what.to_lowercase().contains("tax") { Some(format!("{what} expense")) } else { None };
    [format!("{what} provision")].into_iter().chain(spent).collect()
}

/// `Less: unamortized issuance costs`: how a line enters the sum is no part of its name.
fn signed(name: &str) -> Option<String> {
    let (sign, rest) = name.split_once(':').or_else(|| name.split_once(' '))?;
    let added =
        matches!(sign.trim().to_lowercase().as_str(), "less" | "add" | "plus" | "deduct" | "add/(less)" | "add back");
    (added && !rest.trim().is_empty()).then(|| rest.trim().to_owned())
}

/// `Depreciation and amortization expense` goes by what is spent on, where that is more than a word.
fn without_kind(name: &str) -> Option<String> {
    let (rest, kind) = name.rsplit_once(' ')?;
    let spent = matches!(kind.to_lowercase().as_str(), "expense" | "expenses" | "costs");
    let wordy = rest.split_whitespace().filter(|word| word.len() > 3).count() > 1;
    (spent && wordy).then(|| rest.to_owned())
}

/// A label that names a part and its whole: `Gross profit % to net sales`, `R&D as a percentage of revenue`.
pub(super) fn part_and_whole(name: &str) -> Option<(&str, &str)> {
    const MARKS: &[&str] = &["%", "percent", "percentage"];
    let lower = name.to_ascii_lowercase();
    let found = MARKS.iter().flat_map(|mark| [format!(" {mark} of "), format!(" {mark} to ")]);
    let (at, length) = found.filter_map(|mark| lower.find(&mark).map(|at| (at, mark.len()))).min()?;
    let mut part = name[..at].trim();
    for small in [" a", " as", ","] {
        part = part.strip_suffix(small).unwrap_or(part).trim_end();
    }
    let whole = name[at + length..].trim();
    (!part.is_empty() && !whole.is_empty()).then_some((part, whole))
}

/// How prose says a share that a label names.
fn shares(name: &str) -> Vec<String> {
    let Some((part, whole)) = part_and_whole(name) else { return Vec::new() };
    let marks = ["as a percentage of", "as a percent of", "as a % of", "% of", "percentage of"];
    marks.iter().map(|mark| format!("{part} {mark} {whole}")).collect()
}

/// `Changes in working capital` are an increase in it or a decrease.
fn changes(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let of =
        ["changes in ", "change in ", "increase (decrease) in ", "decrease (increase) in ", "(increase) decrease in "];
    let Some(rest) = of.iter().find_map(|prefix| lower.strip_prefix(prefix)) else { return Vec::new() };
    ["change in", "increase in", "decrease in"].iter().map(|change| format!("{change} {rest}")).collect()
}

/// The three sums of a cash flow statement, under all the phrases that statements and prose have for them.
fn cash_flows(name: &str) -> Vec<String> {
    const PHRASES: &[&str] =
        &["provided by", "used in", "used for", "from", "flow from", "flow provided by", "flow used in"];
    const ACTIVITIES: &[&[&str]] =
        &[&["operating activities", "operations"], &["investing activities"], &["financing activities"]];
    let own = stems(name);
    let own: Vec<&str> = own.iter().map(String::as_str).skip_while(|stem| *stem == "net").collect();
    let Some(("cash", rest)) = own.split_first().map(|(first, rest)| (*first, rest.join(" "))) else {
        return Vec::new();
    };
    let spelled = |text: &str| stems(text).join(" ");
    let either = ["provided by used in", "used in provided by"];
    let same = |rest: &str, activity: &str| {
        PHRASES.iter().copied().chain(either).any(|phrase| spelled(&format!("{phrase} {activity}")) == rest)
    };
    let Some(activities) = ACTIVITIES.iter().find(|all| all.iter().any(|activity| same(&rest, activity))) else {
        return Vec::new();
    };
    let phrases =
        activities.iter().flat_map(|activity| PHRASES.iter().map(move |phrase| format!("cash {phrase} {activity}")));
    phrases.flat_map(|phrase| [format!("net {phrase}"), phrase]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_met_under_other_spellings() {
        for (label, spelling, met) in [
            ("Operating income (loss)", "operating loss", true),
            ("Net additions (losses)", "net losses", true),
            ("Operating income", "operating loss", true),
            ("Total income", "loss", false),
            ("Net interest income", "net interest loss", false),
            ("Cash provided by (used in) financing activities", "net cash used in financing activities", true),
            ("Net cash provided by operating activities", "cash provided by operations", true),
            ("Net cash from operating activities", "cash generated from operations", false),
            ("Cash provided by investing activities", "cash provided by operations", false),
            ("Other income and expenses, net", "other income, net of expenses", true),
            ("Receivables, net", "receivables", false),
            ("Group operating profit", "operating profit", true),
            ("Revenue, group", "revenue", true),
            ("Group bookings", "bookings", false),
            ("Long-term debt, less current portion", "long-term debt, net of current portion", true),
            ("Trade receivables, net of allowance", "trade receivables", true),
            ("Gross profit % to net sales", "gross profit as a percentage of net sales", true),
            ("R&D as a percentage of revenue", "R&D as a % of revenue", true),
            ("Percentage of revenue", "percentage as a percentage of revenue", false),
            ("Depreciation and amortization expense", "depreciation and amortization", true),
            ("Operating expenses", "operating", false),
            ("Provision for income taxes", "income tax expense", true),
            ("Provision for credit losses", "credit loss expense", false),
            ("Less: unamortized issuance costs", "unamortized issuance costs", true),
            ("Changes in working capital", "increase in working capital", true),
            ("Of which: licences", "licences", true),
            // A letter may take more bytes in lower case or fewer: the sign of ohms three and two, a dotted I two and three.
            ("Total \u{2126} sensors", "\u{2126} sensors", true),
            (
                "Total \u{130}\u{130}\u{130}\u{130}\u{130}\u{130}\u{130}",
                "\u{130}\u{130}\u{130}\u{130}\u{130}\u{130}\u{130}",
                true,
            ),
        ] {
            let wanted = stems(spelling);
            let found = variants(label).iter().any(|variant| stems(variant) == wanted);
            assert_eq!(found, met, "{label} as {spelling}: {:?}", variants(label));
        }
    }
}
