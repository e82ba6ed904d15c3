//! Encrypted objects in a folder or an S3-compatible store, and the rows that know them.
//!
//! Blob first, row after: a crash between the two leaves an object that nobody knows and nobody can read, never a row
//! without its object. Every object is sealed with its session's key and its own path as associated data.

mod objects;
mod rows;

pub use objects::{Blobs, S3Settings};
pub use rows::{BlobRow, delete, find, insert, list};
