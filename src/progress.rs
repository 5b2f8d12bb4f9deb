//! How far a run has come, for whoever waits for it.
//!
//! Enters: what the pipeline begins and ends. Leaves: one [`Step`] at any time. Invariant: looking on changes nothing about the report.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a run is at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub enum Step {
    /// The configuration, the sources and the documents are being found.
    #[default]
    Finding,
    /// The sources of truth are being read.
    Sources,
    /// Documents are being read.
    Documents {
        /// How many have been read.
        done: usize,
        /// How many there are.
        of: usize,
    },
    /// Numbers are being bound to facts.
    Binding,
    /// The rules look at the numbers.
    Checking,
}

/// A run that is under way. Another thread may ask where it is.
#[derive(Debug, Default)]
pub struct Progress(Mutex<Step>);

impl Progress {
    /// What the run is at.
    pub fn step(&self) -> Step {
        *self.lock()
    }

    pub(crate) fn enter(&self, step: Step) {
        *self.lock() = step;
    }

    /// One more document has been read.
    pub(crate) fn advance(&self) {
        if let Step::Documents { done, .. } = &mut *self.lock() {
            *done += 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Step> {
        // A step is whole at all times.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
