//! Formulas of metrics and checks: `gross_profit / revenue`, `sum(revenue, by: region)`, `arr - prior(arr)`.
//!
//! Enters: the text of a formula. Leaves: a tree that facts are put into.
//! Invariant: nesting is bounded, so no formula, however written, exhausts the stack.
//!
//! Grammar, loosest first: `a == b`; `a + b`, `a - b`; `a * b`, `a / b`; `-a`; numbers, metric names, `(a)`, and the calls
//! `sum(metric)`, `sum(metric, by: dimension)` over segments, `prior(metric)` for the period before and `year_ago(metric)`.

use std::ops::Range;

use rust_decimal::Decimal;

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Formula {
    /// A constant.
    Number(Decimal),
    /// A metric by name, in the period, scenario and segment at hand.
    Metric(String),
    /// The metric in the period before.
    Prior(String),
    /// The metric in the same period of the year before.
    YearAgo(String),
    /// The metric's segments added up; of one dimension, or of all.
    Sum(String, Option<String>),
    /// `-a`.
    Negative(Box<Formula>),
    /// Two operands.
    Binary(Operator, Box<Formula>, Box<Formula>),
}

/// What joins two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `==`, only outermost: a check.
    Equals,
    /// `+`.
    Plus,
    /// `-`.
    Minus,
    /// `*`.
    Times,
    /// `/`.
    Over,
}

impl Operator {
    /// How tightly it binds.
    fn power(self) -> u8 {
        match self {
            Self::Equals => 1,
            Self::Plus | Self::Minus => 2,
            Self::Times | Self::Over => 3,
        }
    }
}

/// What is wrong with a formula, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormulaError {
    /// One sentence.
    pub(crate) message: String,
    /// Bytes of the formula.
    pub(crate) range: Range<usize>,
}

impl Formula {
    /// Every metric that it names, in order.
    pub(crate) fn metrics(&self) -> Vec<&str> {
        self.leaves().into_iter().filter_map(Self::name).collect()
    }

    /// The metrics that it needs in the very period: not those of an earlier one, and not its own segments.
    pub(crate) fn operands(&self) -> Vec<&str> {
        self.leaves().into_iter().filter(|leaf| matches!(leaf, Self::Metric(_))).filter_map(Self::name).collect()
    }

    /// The dimensions that it adds up.
    pub(crate) fn dimensions(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for leaf in self.leaves() {
            if let Self::Sum(_, Some(by)) = leaf {
                found.push(by.as_str());
            }
        }
        found
    }

    /// Whether something in it is an equation.
    pub(crate) fn has_equation(&self) -> bool {
        match self {
            Self::Binary(Operator::Equals, ..) => true,
            Self::Binary(_, left, right) => left.has_equation() || right.has_equation(),
            Self::Negative(inner) => inner.has_equation(),
            _ => false,
        }
    }

    /// What stands at the ends of the tree, from left to right.
    pub(crate) fn leaves(&self) -> Vec<&Self> {
        let (mut found, mut open) = (Vec::new(), vec![self]);
        while let Some(formula) = open.pop() {
            match formula {
                Self::Negative(inner) => open.push(inner),
                Self::Binary(_, left, right) => open.extend([right.as_ref(), left.as_ref()]),
                leaf => found.push(leaf),
            }
        }
        found
    }

    /// The metric that a leaf names.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Metric(name) | Self::Prior(name) | Self::YearAgo(name) | Self::Sum(name, _) => Some(name),
            _ => None,
        }
    }

    /// Whether it multiplies or divides anything.
    pub(crate) fn multiplies(&self) -> bool {
        match self {
            Self::Binary(Operator::Times | Operator::Over, ..) => true,
            Self::Binary(_, left, right) => left.multiplies() || right.multiplies(),
            Self::Negative(inner) => inner.multiplies(),
            _ => false,
        }
    }
}

/// Deepest nesting that a formula may have.
const DEPTH: usize = 64;

/// Reads a formula.
pub(crate) fn parse(text: &str) -> Result<Formula, FormulaError> {
    let mut parser = Parser { text, tokens: tokens(text)?, at: 0 };
    let formula = parser.expression(0, 0)?;
    match parser.tokens.get(parser.at) {
        None => Ok(formula),
        Some((token, range)) => Err(FormulaError {
            message: format!("{} is not expected here", token.show(text, range)),
            range: range.clone(),
        }),
    }
}

/// Whether a text is arithmetic over numbers and at least one name, and nothing else.
pub(crate) fn arithmetic(text: &str) -> bool {
    let Ok(formula) = parse(text) else { return false };
    let plain = |leaf: &&Formula| matches!(leaf, Formula::Number(_) | Formula::Metric(_));
    formula.leaves().iter().all(plain) && !formula.metrics().is_empty() && !formula.has_equation()
}

/// A formula with other names for its metrics; `None` where one has no counterpart.
pub(crate) fn renamed(text: &str, counterpart: impl Fn(&str) -> Option<String>) -> Option<String> {
    let formula = parse(text).ok()?;
    let names = formula.metrics();
    let tokens = tokens(text).ok()?;
    let (mut written, mut done) = (String::new(), 0);
    for (at, (token, range)) in tokens.iter().enumerate() {
        let is_call = matches!(tokens.get(at + 1), Some((Token::Open, _)));
        if let Token::Name(name) = token
            && names.contains(&name.as_str())
            && !is_call
        {
            written.push_str(text.get(done..range.start)?);
            written.push_str(&counterpart(name)?);
            done = range.end;
        }
    }
    written.push_str(text.get(done..)?);
    Some(written).filter(|written| parse(written).is_ok())
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(Decimal),
    Name(String),
    Operator(Operator),
    Open,
    Close,
    Comma,
    Colon,
}

impl Token {
    fn show(&self, text: &str, range: &Range<usize>) -> String {
        format!("`{}`", text.get(range.clone()).unwrap_or_default())
    }
}

fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, FormulaError> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let mut end = at + c.len_utf8();
        let token = match c {
            _ if c.is_whitespace() => continue,
            '+' => Token::Operator(Operator::Plus),
            '-' | '−' | '–' => Token::Operator(Operator::Minus),
            '*' | '×' => Token::Operator(Operator::Times),
            '/' | '÷' => Token::Operator(Operator::Over),
            '=' => {
                if rest.next_if(|(_, c)| *c == '=').is_some() {
                    end += 1;
                }
                Token::Operator(Operator::Equals)
            }
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            ':' => Token::Colon,
            _ if c.is_ascii_digit() || c == '.' => {
                while let Some((at, c)) = rest.next_if(|(_, c)| c.is_ascii_digit() || matches!(c, '.' | '_')) {
                    end = at + c.len_utf8();
                }
                let digits = text[at..end].replace('_', "");
                let number = Decimal::from_str_exact(&digits)
                    .map_err(|_| FormulaError { message: format!("`{digits}` is not a number"), range: at..end })?;
                Token::Number(number)
            }
            _ if c.is_alphanumeric() || c == '_' => {
                while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric() || *c == '_') {
                    end = at + c.len_utf8();
                }
                Token::Name(text[at..end].to_owned())
            }
            _ => return Err(FormulaError { message: format!("`{c}` has no meaning in a formula"), range: at..end }),
        };
        found.push((token, at..end));
    }
    Ok(found)
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<(Token, Range<usize>)> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn end(&self) -> Range<usize> {
        self.text.len()..self.text.len()
    }

    /// Precedence climbing: operators that bind tighter than `floor`.
    fn expression(&mut self, floor: u8, depth: usize) -> Result<Formula, FormulaError> {
        if depth > DEPTH {
            return Err(FormulaError {
                message: format!("the formula is nested more than {DEPTH} deep"),
                range: self.end(),
            });
        }
        let mut left = self.operand(depth)?;
        while let Some(Token::Operator(operator)) = self.peek().cloned() {
            if operator.power() <= floor {
                break;
            }
            self.at += 1;
            let right = self.expression(operator.power(), depth + 1)?;
            left = Formula::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn operand(&mut self, depth: usize) -> Result<Formula, FormulaError> {
        let Some((token, range)) = self.next() else {
            return Err(FormulaError {
                message: "the formula ends where a value is expected".to_owned(),
                range: self.end(),
            });
        };
        match token {
            Token::Number(number) => Ok(Formula::Number(number)),
            Token::Operator(Operator::Minus) => Ok(Formula::Negative(Box::new(self.expression(2, depth + 1)?))),
            Token::Open => {
                let inner = self.expression(0, depth + 1)?;
                self.expect(&Token::Close, "a closing bracket")?;
                Ok(inner)
            }
            Token::Name(name) if self.peek() == Some(&Token::Open) => self.call(&name, range),
            Token::Name(name) => Ok(Formula::Metric(name)),
            other => Err(FormulaError {
                message: format!("{} stands where a value is expected", other.show(self.text, &range)),
                range,
            }),
        }
    }

    fn call(&mut self, function: &str, range: Range<usize>) -> Result<Formula, FormulaError> {
        self.expect(&Token::Open, "an opening bracket")?;
        let name = self.name()?;
        let formula = match function {
            "prior" => Formula::Prior(name),
            "year_ago" => Formula::YearAgo(name),
            "sum" if self.peek() == Some(&Token::Comma) => {
                self.at += 1;
                let key = self.name()?;
                if key != "by" {
                    return Err(FormulaError { message: format!("`sum` takes `by: dimension`, not `{key}`"), range });
                }
                self.expect(&Token::Colon, "a colon after `by`")?;
                Formula::Sum(name, Some(self.name()?))
            }
            "sum" => Formula::Sum(name, None),
            _ => {
                let message = format!("there is no function `{function}`; there are `sum`, `prior` and `year_ago`");
                return Err(FormulaError { message, range });
            }
        };
        self.expect(&Token::Close, "a closing bracket")?;
        Ok(formula)
    }

    fn name(&mut self) -> Result<String, FormulaError> {
        match self.next() {
            Some((Token::Name(name), _)) => Ok(name),
            Some((_, range)) => Err(FormulaError { message: "a name is expected here".to_owned(), range }),
            None => {
                Err(FormulaError { message: "the formula ends where a name is expected".to_owned(), range: self.end() })
            }
        }
    }

    fn expect(&mut self, wanted: &Token, what: &str) -> Result<(), FormulaError> {
        match self.next() {
            Some((token, _)) if token == *wanted => Ok(()),
            Some((_, range)) => Err(FormulaError { message: format!("{what} is expected here"), range }),
            None => {
                Err(FormulaError { message: format!("the formula ends where {what} is expected"), range: self.end() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        fn show(formula: &Formula) -> String {
            match formula {
                Formula::Number(number) => number.to_string(),
                Formula::Metric(name) => name.clone(),
                Formula::Prior(name) => format!("prior({name})"),
                Formula::YearAgo(name) => format!("year_ago({name})"),
                Formula::Sum(name, by) => format!("sum({name} by {by:?})"),
                Formula::Negative(inner) => format!("-{}", show(inner)),
                Formula::Binary(operator, a, b) => format!("({} {operator:?} {})", show(a), show(b)),
            }
        }
        match parse(text) {
            Ok(formula) => show(&formula),
            Err(error) => format!("{} at {:?}", error.message, error.range),
        }
    }

    #[test]
    fn precedence_and_association() {
        for (text, expected) in [
            ("gross_profit / revenue", "(gross_profit Over revenue)"),
            ("a - b - c", "((a Minus b) Minus c)"),
            ("a + b * c", "(a Plus (b Times c))"),
            ("(a + b) / c", "((a Plus b) Over c)"),
            ("-a + b", "(-a Plus b)"),
            ("arr - prior(arr)", "(arr Minus prior(arr))"),
            ("arr == sum(arr, by: region)", "(arr Equals sum(arr by Some(\"region\")))"),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        for (text, expected) in [
            ("a +", "the formula ends where a value is expected at 3..3"),
            ("a b", "`b` is not expected here at 2..3"),
            ("mean(a)", "there is no function `mean`; there are `sum`, `prior` and `year_ago` at 0..4"),
            ("a / (b", "the formula ends where a closing bracket is expected at 6..6"),
            ("a ? b", "`?` has no meaning in a formula at 2..3"),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
        assert!(shape(&"(".repeat(5000)).contains("nested more than"));
    }
}
