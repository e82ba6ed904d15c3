//! The one way bytes are encrypted here: `format (1) || nonce (12) || ciphertext || tag (16)`.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use zeroize::Zeroizing;

use super::Place;
use crate::Error;

/// First byte of every sealed value, so that a later format can be told apart.
const FORMAT: u8 = 1;
const NONCE: usize = 12;

/// The cipher for a 256-bit key.
pub(super) fn with_key(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(key.into())
}

/// A random nonce is safe for 2³² values under one key (NIST SP 800-38D §8.3).
pub(super) fn seal(cipher: &Aes256Gcm, place: &Place, plaintext: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE] = rand::random();
    let payload = Payload { msg: plaintext, aad: &place.associated_data() };
    let ciphertext =
        cipher.encrypt(&Nonce::from(nonce), payload).expect("a plaintext under 64 GiB always encrypts");
    let mut sealed = Vec::with_capacity(1 + NONCE + ciphertext.len());
    sealed.push(FORMAT);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&ciphertext);
    sealed
}

pub(super) fn open(cipher: &Aes256Gcm, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (&[FORMAT, ref nonce @ ..], ciphertext) =
        sealed.split_first_chunk::<{ 1 + NONCE }>().ok_or_else(|| place.corrupt())?
    else {
        return Err(place.corrupt());
    };
    let nonce: [u8; NONCE] = nonce.to_owned();
    let payload = Payload { msg: ciphertext, aad: &place.associated_data() };
    cipher.decrypt(&Nonce::from(nonce), payload).map(Zeroizing::new).map_err(|_| place.corrupt())
}
