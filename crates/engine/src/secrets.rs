//! Randomness for tokens, keys and codes, in one place so that nothing else reaches for it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `BYTES` random bytes in the URL-safe base64 alphabet: 9 are a session token (12 characters, 72 bits), 16 a
/// client id (22), 32 an API key or a webhook secret (43).
pub(crate) fn token<const BYTES: usize>() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; BYTES]>())
}

/// A code for people to type: upper-case letters and digits.
pub(crate) fn code<const CHARACTERS: usize>() -> String {
    const ALPHABET: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    (0..CHARACTERS).map(|_| char::from(ALPHABET[rand::random_range(0..ALPHABET.len())])).collect()
}

/// A code of so many digits, or upper-case letters and digits.
pub(crate) fn typed_code(size: usize, alphanumeric: bool) -> String {
    const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let characters = if alphanumeric { ALPHABET.len() } else { 10 };
    (0..size).map(|_| char::from(ALPHABET[rand::random_range(0..characters)])).collect()
}
