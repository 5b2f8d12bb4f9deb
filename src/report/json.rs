//! JSON, for tools. Each version of a contract is a module of its own, with types apart from the internal ones.
//!
//! Enters: a [`Report`](crate::Report). Leaves: the documents `tieout/check/1`, `tieout/claims/1` and `tieout/rules/1`.
//! Invariant: a change of internal types never changes a version that has been released.

pub mod v1;
