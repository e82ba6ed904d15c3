//! Codes that change every 30 seconds (TOTP, RFC 6238, on HOTP, RFC 4226): SHA-1, six digits, as every authenticator
//! application speaks it.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Seconds that a code is shown.
const STEP: i64 = 30;
/// How many steps a clock may be wrong, either way (RFC 6238 §5.2).
const DRIFT: i64 = 1;
/// Letters of base32 (RFC 4648 §6).
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step whose code this is, if it is one of about now.
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let current = now.as_second() / STEP;
    // Every step is compared, whichever fits.
    let fitting = (current - DRIFT..=current + DRIFT).filter(|step| {
        let expected = code_at(secret, *step);
        bool::from(expected.as_bytes().ct_eq(code.as_bytes()))
    });
    fitting.max()
}

/// The six digits of a step.
pub(super) fn code_at(secret: &[u8], step: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 0x0f);
    let word = u32::from_be_bytes([hash[offset], hash[offset + 1], hash[offset + 2], hash[offset + 3]]);
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// The secret as people type it: base32 without padding.
pub(super) fn base32(bytes: &[u8]) -> String {
    let digit = |index: usize| {
        let bits = (0..5).map(|bit| index * 5 + bit);
        let value = bits.fold(0_u8, |value, bit| {
            let byte = bytes.get(bit / 8).copied().unwrap_or(0);
            value << 1 | (byte >> (7 - bit % 8) & 1)
        });
        char::from(ALPHABET[usize::from(value)])
    };
    (0..(bytes.len() * 8).div_ceil(5)).map(digit).collect()
}

/// What an authenticator application reads from a QR code.
pub(super) fn uri(secret: &[u8], email: &str) -> String {
    let account: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    let secret = base32(secret);
    format!(
        "otpauth://totp/Bonafide:{account}?secret={secret}&issuer=Bonafide&algorithm=SHA1&digits=6&period={STEP}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 Appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(secret, seconds / STEP), code);
            let now = Timestamp::from_second(seconds).unwrap();
            assert_eq!(step_of(secret, code, now), Some(seconds / STEP));
        }
    }

    #[test]
    fn a_clock_may_be_half_a_minute_wrong_and_no_more() {
        let secret = b"12345678901234567890";
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let code = code_at(secret, 100);
        for seconds in [2970, 3000, 3059] {
            assert_eq!(step_of(secret, &code, at(seconds)), Some(100), "{seconds}");
        }
        for seconds in [2969, 3060] {
            assert_eq!(step_of(secret, &code, at(seconds)), None, "{seconds}");
        }
        assert_eq!(step_of(secret, "", at(3000)), None);
        assert_eq!(step_of(secret, "1234567", at(3000)), None);
    }

    /// RFC 4648 §10.
    #[test]
    fn secrets_are_written_in_base32() {
        for (bytes, text) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }
}
