//! What makes stored data unreadable without the operator's master key, and unreadable for ever without the session's.
//!
//! The master key derives one key per purpose (HKDF-SHA256, RFC 5869). Each session has a random key of its own that is
//! stored wrapped; everything personal is sealed with it (AES-256-GCM, NIST SP 800-38D, random 96-bit nonces), so that
//! deleting one small row erases the person.

mod cipher;
mod keyring;
mod session_key;
#[cfg(test)]
mod tests;

use std::fmt;

pub use keyring::Keyring;
pub use session_key::SessionKey;

/// Where a sealed value lies. It is authenticated with the value: moved to another row or column, the value does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    table: &'static str,
    id: String,
}

impl Place {
    /// `table` may carry a column when a row holds several sealed values: `deliveries.request`.
    pub fn new(table: &'static str, id: impl fmt::Display) -> Self {
        Self { table, id: id.to_string() }
    }

    fn associated_data(&self) -> Vec<u8> {
        format!("{}\0{}", self.table, self.id).into_bytes()
    }

    /// The error of a value here that is not what was written.
    pub fn corrupt(&self) -> crate::Error {
        crate::Error::Corrupt { table: self.table, id: self.id.clone() }
    }
}
