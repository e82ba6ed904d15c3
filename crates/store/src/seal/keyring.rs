//! The keys that follow from the operator's master key.

use std::fmt;
use std::sync::Arc;

use aes_gcm::Aes256Gcm;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use super::{Place, cipher};
use crate::Error;

/// One key per purpose, all derived from the master key. Cheap to clone; gone from memory with the last clone.
#[derive(Clone)]
pub struct Keyring(Arc<Keys>);

struct Keys {
    wrap: Aes256Gcm,
    secrets: Aes256Gcm,
    lookup: Zeroizing<[u8; 32]>,
    codes: Zeroizing<[u8; 32]>,
    links: Zeroizing<[u8; 32]>,
}

impl Keyring {
    /// Derives every key. The master key is wiped from this copy.
    pub fn from_master(mut master: [u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"bonafide"), &master);
        let derive = |purpose: &str| {
            let mut key = Zeroizing::new([0; 32]);
            hkdf.expand(purpose.as_bytes(), key.as_mut_slice()).expect("32 bytes are within HKDF's limit");
            key
        };
        let keys = Keys {
            wrap: cipher::with_key(&derive("wrap session keys v1")),
            secrets: cipher::with_key(&derive("seal tenant secrets v1")),
            lookup: derive("look up columns v1"),
            codes: derive("hash one-time codes v1"),
            links: derive("sign media links v1"),
        };
        master.zeroize();
        Self(Arc::new(keys))
    }

    /// The keyed hash under which a value is found, as 64 hexadecimal digits. The same value hashes differently per column,
    /// so that columns cannot be joined by whoever steals the database.
    pub fn lookup(&self, column: &str, value: &str) -> String {
        hex::encode(mac(&self.0.lookup, column, value.as_bytes()).finalize().into_bytes())
    }

    /// The keyed hash of a short code; `subject` is whose code it is. Without the key it cannot be guessed offline.
    pub fn hash_code(&self, subject: &str, code: &str) -> String {
        hex::encode(mac(&self.0.codes, subject, code.as_bytes()).finalize().into_bytes())
    }

    /// Whether this code has that hash, in constant time.
    pub fn code_matches(&self, subject: &str, code: &str, hash: &str) -> bool {
        hex::decode(hash)
            .is_ok_and(|hash| mac(&self.0.codes, subject, code.as_bytes()).verify_slice(&hash).is_ok())
    }

    /// The signature of a link that opens without an API key, as 64 hexadecimal digits.
    pub fn sign_link(&self, link: &str) -> String {
        hex::encode(mac(&self.0.links, "media", link.as_bytes()).finalize().into_bytes())
    }

    /// Whether this signature is ours, in constant time.
    pub fn link_is_ours(&self, link: &str, signature: &str) -> bool {
        hex::decode(signature).is_ok_and(|signature| {
            mac(&self.0.links, "media", link.as_bytes()).verify_slice(&signature).is_ok()
        })
    }

    /// Seals what belongs to a tenant and not to a verified person: API keys, webhook secrets, e-mail addresses of operators.
    pub fn seal(&self, place: &Place, plaintext: &[u8]) -> Vec<u8> {
        cipher::seal(&self.0.secrets, place, plaintext)
    }

    /// Opens what [`Keyring::seal`] sealed for the same place; [`Error::Corrupt`] otherwise.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        cipher::open(&self.0.secrets, place, sealed)
    }

    /// [`Keyring::open`] for what is text.
    pub fn open_text(&self, place: &Place, sealed: &[u8]) -> Result<String, Error> {
        let bytes = self.open(place, sealed)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| place.corrupt())
    }

    pub(super) fn wrap(&self, place: &Place, key: &[u8; 32]) -> Vec<u8> {
        cipher::seal(&self.0.wrap, place, key)
    }

    pub(super) fn unwrap(&self, place: &Place, wrapped: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
        let bytes = cipher::open(&self.0.wrap, place, wrapped)?;
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| place.corrupt())?;
        Ok(Zeroizing::new(key))
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(redacted)")
    }
}

/// The context and the value are kept apart by the context's length.
fn mac(key: &[u8; 32], context: &str, value: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(&(context.len() as u64).to_be_bytes());
    mac.update(context.as_bytes());
    mac.update(value);
    mac
}
