//! Pages and their files, embedded in the binary.

pub mod docs;
pub mod embedded;
pub mod hosted;
pub mod link;
