//! What stops a run: bad usage, unreadable input, broken configuration. Content is never an error, only a finding.

use std::io;

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

    /// With the name that was probably meant, or other advice where there is none.
    pub(crate) fn with_suggestion(self, meant: Option<&str>, otherwise: impl Into<String>) -> Self {
        match meant {
            Some(meant) => self.with_help(format!("did you mean `{meant}`?")),
            None => self.with_help(otherwise),
        }
    }
}

/// What the system says of a file, in the words of every other message and without its error number where that is plain.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "a folder, not a file".to_owned(),
        _ => error.to_string(),
    }
}

/// The known name that was probably meant: at most a third of it is different, upper and lower case aside.
pub(crate) fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing costs the product of both lengths, and no known name is long.
    const LONGEST: usize = 60;
    if name.len() > LONGEST {
        return None;
    }
    let name = name.to_lowercase();
    let closeness = |candidate: &str| {
        let distance = strsim::damerau_levenshtein(&name, &candidate.to_lowercase());
        (distance * 3 <= candidate.chars().count().max(3)).then_some(distance)
    };
    let near = known.into_iter().filter_map(|known| Some((closeness(known)?, known)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
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
