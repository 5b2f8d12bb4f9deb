//! Places by where they are, so that those which meet another are found without looking at all of them.
//!
//! Enters: places in some order. Leaves: for a place, which of them share a byte with it.
//! Invariant: a look-up costs what it finds and a logarithm, as long as places do not nest deeply.

use crate::span::Place;

/// An index of places.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The places by file and start, each with its number in the order they were given.
    sorted: Vec<(Place, usize)>,
    /// The greatest end among the places of the same file up to each of them.
    reach: Vec<usize>,
}

impl Places {
    /// Indexes places.
    pub(crate) fn new(places: impl IntoIterator<Item = Place>) -> Self {
        let mut sorted: Vec<_> = places.into_iter().enumerate().map(|(at, place)| (place, at)).collect();
        sorted.sort_unstable();
        let mut reach: Vec<usize> = Vec::with_capacity(sorted.len());
        for (at, (place, _)) in sorted.iter().enumerate() {
            let before = at.checked_sub(1).filter(|&before| sorted[before].0.file == place.file);
            reach.push(before.map_or(place.span.end, |before| reach[before].max(place.span.end)));
        }
        Self { sorted, reach }
    }

    /// Numbers of the places that share a byte with another, last in the file first.
    pub(crate) fn meeting(&self, other: Place) -> impl Iterator<Item = usize> + '_ {
        let end =
            self.sorted.partition_point(|(place, _)| (place.file, place.span.start) < (other.file, other.span.end));
        (0..end)
            .rev()
            .take_while(move |&at| self.sorted[at].0.file == other.file && self.reach[at] > other.span.start)
            .filter(move |&at| self.sorted[at].0.span.meets(other.span))
            .map(|at| self.sorted[at].1)
    }

    /// Whether any of the places shares a byte with another.
    pub(crate) fn meet(&self, other: Place) -> bool {
        self.meeting(other).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{FileId, Span};

    fn place((file, start, length): (u32, usize, usize)) -> Place {
        Place { file: FileId(file), span: Span::new(start, start + length) }
    }

    proptest::proptest! {
        #[test]
        fn the_same_places_are_found_as_by_looking_at_all(
            places in proptest::collection::vec((0..3_u32, 0..30_usize, 0..9_usize), 0..20),
            other in (0..3_u32, 0..30_usize, 0..9_usize),
        ) {
            let other = place(other);
            let places: Vec<Place> = places.into_iter().map(place).collect();
            let mut found: Vec<usize> = Places::new(places.iter().copied()).meeting(other).collect();
            found.sort_unstable();
            let expected: Vec<usize> = (0..places.len())
                .filter(|&at| places[at].file == other.file && places[at].span.meets(other.span))
                .collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
