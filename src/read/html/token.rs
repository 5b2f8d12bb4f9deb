//! A tolerant HTML tokenizer: tags, comments and the text between them.
//!
//! Enters: text that may be HTML. Leaves: [`Token`]s in order that cover it. Invariant: linear, and whatever is no tag is text.

use std::ops::Range;

use memchr::{memchr, memmem};

/// A piece of markup, with its bytes in the tokenized text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Token<'a> {
    /// Text, entities undecoded.
    Text(Range<usize>),
    /// An opening tag.
    Open(Tag<'a>),
    /// A closing tag.
    Close(Tag<'a>),
    /// A comment with what stands between `<!--` and `-->`.
    Comment(Range<usize>, Range<usize>),
    /// A doctype, processing instruction or the like.
    Other(Range<usize>),
}

/// A tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tag<'a> {
    /// The whole tag.
    pub(crate) range: Range<usize>,
    /// Its name as written.
    pub(crate) name: &'a str,
    /// What follows the name.
    pub(crate) attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads one tag that is alone in a text, as Markdown's inline HTML is. `None` for comments and the like.
    pub(crate) fn alone(text: &'a str) -> Option<(bool, Tag<'a>)> {
        match Tokens::new(text).next()? {
            Token::Open(tag) => Some((true, tag)),
            Token::Close(tag) => Some((false, tag)),
            _ => None,
        }
    }

    /// Whether it has that name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether its name is one of those.
    pub(crate) fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Whether it closes itself: `<br/>`.
    pub(crate) fn is_empty(&self) -> bool {
        self.attributes.ends_with('/')
    }

    /// The value of an attribute, quotes taken off.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            if rest.is_empty() || end == 0 && !rest.starts_with('=') {
                return None;
            }
            let (key, after) = rest.split_at(end);
            let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
                rest = after;
                continue;
            };
            let (value, after) = match value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = after;
        }
    }

    /// Whether its `class` names one of those.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|names| names.split_ascii_whitespace().any(|name| name == class))
    }
}

/// The tokens of a text.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// The token after the text that was handed out last.
    pending: Option<Token<'a>>,
    /// Bytes that may still be spent on tags that turn out to have no end, so that hostile input stays linear.
    patience: usize,
    /// No comment ends after this byte.
    last_comment_end: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let last_comment_end = if text.contains("<!--") { text.rfind("-->").unwrap_or(0) } else { 0 };
        Self { text, at: 0, pending: None, patience: 4 * text.len(), last_comment_end }
    }

    /// Goes on after the closing tag of a raw element (`script`, `style` …). False when it does not come.
    pub(crate) fn skip_past(&mut self, name: &str) -> bool {
        self.pending = None;
        let rest = &self.text[self.at..];
        for found in memmem::find_iter(rest.as_bytes(), b"</") {
            let after = found + 2 + name.len();
            if rest.get(found + 2..after).is_some_and(|there| there.eq_ignore_ascii_case(name)) {
                let end = memchr(b'>', &rest.as_bytes()[after..]).map_or(rest.len(), |at| after + at + 1);
                self.at += end;
                return true;
            }
        }
        self.at = self.text.len();
        false
    }

    /// The tag, comment or declaration that starts at a `<`, if it is one.
    fn markup(&mut self, start: usize) -> Option<Token<'a>> {
        let rest = &self.text[start..];
        let bytes = rest.as_bytes();
        match bytes.get(1)? {
            b'!' if rest.starts_with("<!--") => {
                let inner = start + 4;
                if inner > self.last_comment_end {
                    return None;
                }
                let end = inner + memmem::find(&self.text.as_bytes()[inner..], b"-->")?;
                Some(Token::Comment(start..end + 3, inner..end))
            }
            b'!' | b'?' => self.end_of_tag(start).map(|end| Token::Other(start..end)),
            b'/' if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => self.tag(start, 2).map(Token::Close),
            byte if byte.is_ascii_alphabetic() => self.tag(start, 1).map(Token::Open),
            _ => None,
        }
    }

    fn tag(&mut self, start: usize, prefix: usize) -> Option<Tag<'a>> {
        let end = self.end_of_tag(start)?;
        let inner = &self.text[start + prefix..end - 1];
        let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(name_end);
        // `<https://…>` and `<jane@…>` are addresses, not tags.
        let named = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        named.then(|| Tag { range: start..end, name, attributes: attributes.trim() })
    }

    /// One past the `>` that ends a tag. Quoted values may hold `>`; a `<` outside of quotes means that this was no tag.
    fn end_of_tag(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let mut assigned = false;
        while at < bytes.len() && at - start <= self.patience {
            match bytes[at] {
                b'>' => return Some(at + 1),
                b'<' => break,
                quote @ (b'"' | b'\'') if assigned => match memchr(quote, &bytes[at + 1..]) {
                    Some(length) => at += length + 1,
                    None => at = bytes.len() - 1,
                },
                _ => {}
            }
            assigned = bytes[at] == b'=' || (assigned && bytes[at].is_ascii_whitespace());
            at += 1;
        }
        self.patience = self.patience.saturating_sub(at.min(bytes.len()) - start);
        None
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(token) = self.pending.take() {
            self.at = token.end();
            return Some(token);
        }
        let start = self.at;
        let mut from = start;
        while let Some(found) = self.text.as_bytes().get(from..).and_then(|rest| memchr(b'<', rest)) {
            let open = from + found;
            match self.markup(open) {
                Some(token) if open == start => {
                    self.at = token.end();
                    return Some(token);
                }
                Some(token) => {
                    self.pending = Some(token);
                    self.at = open;
                    return Some(Token::Text(start..open));
                }
                None => from = open + 1,
            }
        }
        self.at = self.text.len();
        (start < self.at).then_some(Token::Text(start..self.at))
    }
}

impl Token<'_> {
    fn end(&self) -> usize {
        match self {
            Token::Text(range) | Token::Comment(range, _) | Token::Other(range) => range.end,
            Token::Open(tag) | Token::Close(tag) => tag.range.end,
        }
    }
}
