//! What stops a run: bad usage, unreadable input, broken configuration. Content is never an error, only a finding.

use crate::span::Place;

/// Why the tool could not do its job. Exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// One sentence that names the thing and what is wrong with it.
    pub message: String,
    /// Where it stands, if in a file.
    pub place: Option<Place>,
    /// What to do next ("did you mean `synonyms`?").
    pub help: Option<String>,
}

impl Failure {
    /// A failure that is not about a place in a file.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), place: None, help: None }
    }

    /// A failure at a place.
    pub fn at(place: Place, message: impl Into<String>) -> Self {
        Self { message: message.into(), place: Some(place), help: None }
    }

    /// With advice.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What failures say, each as `text: message (help)` with the text at its place.
    pub(crate) fn told<'a>(failures: &[Failure], text: impl Fn(Place) -> &'a str) -> Vec<String> {
        let one = |failure: &Failure| {
            let at = failure.place.map(&text).unwrap_or_default();
            let help = failure.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{at}: {}{help}", failure.message)
        };
        failures.iter().map(one).collect()
    }
}
