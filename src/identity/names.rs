//! What the lines of financial statements are called.
//!
//! Enters: a line of a table. Leaves: the part it plays in the identities.
//! Invariant: a qualifier that makes another thing of a line (`adjusted`, `segment`, `per share`) leaves it without a part.

use crate::grid::{Line, LineKind};
use crate::words::{is_determiner, words};

/// The part that a line plays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Revenue,
    /// What an organisation takes in, whether it calls it revenue or income.
    Income,
    CostOfSales,
    GrossProfit,
    OperatingExpenses,
    Expenses,
    OperatingIncome,
    Surplus,
    BeforeTax,
    Tax,
    AfterTax,
    Ebitda,
    Depreciation,
    Assets,
    Liabilities,
    Equity,
    LiabilitiesAndEquity,
    GrossMargin,
    OperatingMargin,
    EbitdaMargin,
    NetMargin,
    NetDebt,
    Leverage,
}

impl Role {
    /// Whether a line of this part can play another: revenue is income, operating expenses are expenses, net income is what is left.
    pub(super) fn is(self, wanted: Self) -> bool {
        self == wanted
            || matches!(
                (self, wanted),
                (Self::Revenue, Self::Income)
                    | (Self::OperatingExpenses, Self::Expenses)
                    | (Self::AfterTax | Self::OperatingIncome, Self::Surplus)
            )
    }
}

/// Stems of the names of each part, with `total`, determiners and what stands in brackets left out.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Revenue,
        &[
            "revenue",
            "net revenue",
            "operating revenue",
            "sale",
            "net sale",
            "turnover",
            "net turnover",
            "revenue and other income",
        ],
    ),
    (Role::Income, &["income", "receipt", "revenue and support", "support and revenue", "income and endowment"]),
    (
        Role::CostOfSales,
        &[
            "cost of sale",
            "cost of revenue",
            "cost of good sold",
            "cost of product sold",
            "cost of good and service sold",
            "cog",
        ],
    ),
    (Role::GrossProfit, &["gross profit", "gross margin", "gross income", "gross loss"]),
    (Role::OperatingExpenses, &["operating expense", "operating cost", "opex", "operating expenditure"]),
    (
        Role::Expenses,
        &[
            "expense",
            "expenditure",
            "cost",
            "spending",
            "cost and expense",
            "expense and cost",
            "operating cost and expense",
            "payment",
        ],
    ),
    (
        Role::OperatingIncome,
        &[
            "operating income",
            "operating profit",
            "operating result",
            "operating loss",
            "operating earning",
            "income from operation",
            "profit from operation",
            "loss from operation",
            "operating surplus",
            "ebit",
        ],
    ),
    (
        Role::Surplus,
        &[
            "surplus",
            "net surplus",
            "deficit",
            "net deficit",
            "net result",
            "result",
            "net",
            "change in net asset",
            "excess of revenue over expense",
        ],
    ),
    (
        Role::BeforeTax,
        &[
            "profit before tax",
            "profit before taxation",
            "profit before income tax",
            "loss before tax",
            "loss before taxation",
            "income before tax",
            "income before income tax",
            "income before provision for income tax",
            "earning before tax",
            "earning before income tax",
            "loss before income tax",
            "pre tax profit",
            "pretax profit",
            "pretax income",
        ],
    ),
    (
        Role::Tax,
        &[
            "tax",
            "taxation",
            "income tax",
            "tax expense",
            "tax charge",
            "income tax expense",
            "income tax provision",
            "income tax benefit",
            "provision for income tax",
            "provision for tax",
            "benefit from income tax",
            "tax on profit",
        ],
    ),
    (
        Role::AfterTax,
        &[
            "profit after tax",
            "profit after taxation",
            "profit",
            "loss",
            "net income",
            "net profit",
            "net earning",
            "net loss",
            "loss after tax",
        ],
    ),
    (Role::Ebitda, &["ebitda"]),
    (
        Role::Depreciation,
        &[
            "depreciation",
            "depreciation and amortisation",
            "depreciation and amortization",
            "depreciation amortisation",
            "depreciation amortization",
        ],
    ),
    (Role::Assets, &["asset"]),
    (Role::Liabilities, &["liability", "creditor"]),
    (
        Role::Equity,
        &[
            "equity",
            "shareholder equity",
            "stockholder equity",
            "shareowner equity",
            "member equity",
            "net asset",
            "fund",
            "shareholder fund",
            "capital and reserve",
        ],
    ),
    (
        Role::LiabilitiesAndEquity,
        &[
            "liability and equity",
            "equity and liability",
            "liability and shareholder equity",
            "liability and stockholder equity",
            "liability and net asset",
            "liability and fund",
        ],
    ),
    (Role::GrossMargin, &["gross margin", "gross profit margin"]),
    (Role::OperatingMargin, &["operating margin", "operating profit margin", "ebit margin"]),
    (Role::EbitdaMargin, &["ebitda margin"]),
    (Role::NetMargin, &["net margin", "net profit margin", "profit margin"]),
    (Role::NetDebt, &["net debt"]),
    (Role::Leverage, &["net debt ebitda", "net debt to ebitda", "net debt over ebitda", "leverage", "leverage ratio"]),
];

/// The parts that are percentages.
const RATES: &[Role] = &[Role::GrossMargin, Role::OperatingMargin, Role::EbitdaMargin, Role::NetMargin];

/// The names that mean the whole only where they say so: every balance sheet has assets before it has them all.
const ONLY_TOTAL: &[Role] = &[Role::Assets, Role::Liabilities];

/// The part that a line plays, by its name and by whether its numbers are percentages: `Gross margin` is an amount to some.
pub(super) fn role(line: &Line, rate: bool) -> Option<Role> {
    if !matches!(line.kind, LineKind::Level | LineKind::Total | LineKind::Share) {
        return None;
    }
    let (name, total) = plain(&line.name);
    let named = |role: &&(Role, &[&str])| RATES.contains(&role.0) == rate && role.1.contains(&name.as_str());
    let first = NAMES.iter().find(named).map(|(role, _)| *role)?;
    let creditors = name == "creditor";
    (total || creditors || !ONLY_TOTAL.contains(&first)).then_some(first)
}

/// A name without brackets, determiners and the words around its core, and whether it says that it is all there is.
fn plain(name: &str) -> (String, bool) {
    let mut bare = String::new();
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => bare.push(' '),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let mut stems: Vec<String> =
        words(&bare).into_iter().map(|word| word.stem).filter(|stem| !is_determiner(stem)).collect();
    let before = stems.len();
    stems.retain(|stem| !matches!(stem.as_str(), "total" | "group" | "consolidated" | "less" | "%" | "all"));
    let total = stems.len() < before;
    let tail: [&[&str]; 2] = [&["for", "year"], &["for", "period"]];
    for tail in
        tail.into_iter().chain([&["for", "month"] as &[&str], &["for", "quarter"], &["on", "ordinary", "activity"]])
    {
        if stems.len() > tail.len() && stems.ends_with(&tail.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        {
            stems.truncate(stems.len() - tail.len());
        }
    }
    (stems.join(" "), total)
}

#[cfg(test)]
mod tests {
    use super::{Role, role};
    use crate::grid::Line;

    #[test]
    fn lines_are_known_by_their_names() {
        for (name, expected) in [
            ("Total revenues", Some(Role::Revenue)),
            ("Net surplus (deficit)", Some(Role::Surplus)),
            ("(Loss) income before income taxes", Some(Role::BeforeTax)),
            ("Provision for (benefit from) income taxes", Some(Role::Tax)),
            ("Profit for the year", Some(Role::AfterTax)),
            ("Surplus for the year", Some(Role::Surplus)),
            ("Total assets", Some(Role::Assets)),
            ("Total liabilities and stockholders’ equity", Some(Role::LiabilitiesAndEquity)),
            ("Less: cost of goods sold", Some(Role::CostOfSales)),
            ("Net debt / EBITDA", Some(Role::Leverage)),
            ("Adjusted operating profit", None),
            ("Deferred tax assets", None),
            ("Assets", None),
            ("Revenue per employee", None),
        ] {
            assert_eq!(role(&Line { name: name.to_owned(), ..Line::default() }, false), expected, "{name}");
        }
        let margin = Line { name: "Gross margin".to_owned(), ..Line::default() };
        assert_eq!((role(&margin, false), role(&margin, true)), (Some(Role::GrossProfit), Some(Role::GrossMargin)));
    }
}
