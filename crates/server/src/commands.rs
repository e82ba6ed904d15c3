//! Commands that end by themselves.

pub(crate) mod credits;
pub(crate) mod inspect;
pub(crate) mod models;
pub(crate) mod specimen;
