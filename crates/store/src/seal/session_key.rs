//! The key of one session.

use std::fmt;

use aes_gcm::Aes256Gcm;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{Keyring, Place, cipher};
use crate::Error;

/// Seals everything that is known of one person in one session. Stored only wrapped, see [`crate::session_keys`].
#[derive(Clone)]
pub struct SessionKey {
    key: Zeroizing<[u8; 32]>,
    cipher: Aes256Gcm,
}

impl SessionKey {
    /// A fresh random key.
    pub fn generate() -> Self {
        Self::from_bytes(Zeroizing::new(rand::random()))
    }

    fn from_bytes(key: Zeroizing<[u8; 32]>) -> Self {
        let cipher = cipher::with_key(&key);
        Self { key, cipher }
    }

    /// The form in which the key may be stored.
    pub(crate) fn wrap(&self, keyring: &Keyring, place: &Place) -> Vec<u8> {
        keyring.wrap(place, &self.key)
    }

    pub(crate) fn unwrap(keyring: &Keyring, place: &Place, wrapped: &[u8]) -> Result<Self, Error> {
        keyring.unwrap(place, wrapped).map(Self::from_bytes)
    }

    /// Seals bytes for one place.
    pub fn seal(&self, place: &Place, plaintext: &[u8]) -> Vec<u8> {
        cipher::seal(&self.cipher, place, plaintext)
    }

    /// Opens what [`SessionKey::seal`] sealed for the same place; [`Error::Corrupt`] otherwise.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        cipher::open(&self.cipher, place, sealed)
    }

    /// Seals a value as JSON.
    pub fn seal_json(&self, place: &Place, value: &impl Serialize) -> Vec<u8> {
        let json = serde_json::to_vec(value).expect("our own types always have a JSON form");
        self.seal(place, &Zeroizing::new(json))
    }

    /// Opens what [`SessionKey::seal_json`] sealed.
    pub fn open_json<T: DeserializeOwned>(&self, place: &Place, sealed: &[u8]) -> Result<T, Error> {
        let json = self.open(place, sealed)?;
        serde_json::from_slice(&json).map_err(|_| place.corrupt())
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(redacted)")
    }
}
