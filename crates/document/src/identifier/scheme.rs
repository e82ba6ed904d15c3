//! The table of schemes.

use serde::Serialize;

use super::arithmetic::Checked;
use super::verdict::{Encoded, Verdict};
use super::{africa, america, asia, eastern_europe, northern_europe, western_europe};

/// What a scheme numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person, for life.
    Person,
    /// A person, for taxes, social security or health.
    Register,
    /// A card or booklet.
    Document,
}

/// A scheme of numbers.
#[derive(Clone, Copy)]
pub struct Scheme {
    /// Alpha-2 in lower case and the number's name: `es_dni`.
    pub id: &'static str,
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    pub kind: Kind,
    /// As printed on documents, parted by ` | `.
    pub names: &'static str,
    /// `9` a digit, `A` a letter, `X` either; `c` a check digit or letter.
    pub format: &'static str,
    /// Whether a check digit vouches for it, or its form alone.
    pub has_check_digit: bool,
    pub(super) check: fn(&str) -> Checked,
}

impl std::fmt::Debug for Scheme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Scheme").field(&self.id).finish()
    }
}

impl Scheme {
    /// Whether a value is a number of this scheme. Groups may be parted by spaces, hyphens, points and slashes.
    pub fn check(&self, value: &str) -> Verdict {
        // No number is anywhere near this long, and sums must not run over.
        let outcome = if value.len() > 128 { Err(super::Fault::Length) } else { (self.check)(value.trim()) };
        match outcome {
            Ok(encoded) => Verdict { scheme: self.id, fault: None, encoded },
            Err(fault) => Verdict { scheme: self.id, fault: Some(fault), encoded: Encoded::default() },
        }
    }
}

/// Every scheme, by part of the world.
pub fn schemes() -> impl Iterator<Item = &'static Scheme> {
    [
        western_europe::SCHEMES,
        northern_europe::SCHEMES,
        eastern_europe::SCHEMES,
        america::SCHEMES,
        asia::SCHEMES,
        africa::SCHEMES,
    ]
    .into_iter()
    .flatten()
}

/// The scheme of an id.
pub fn scheme(id: &str) -> Option<&'static Scheme> {
    schemes().find(|scheme| scheme.id == id)
}

/// The verdict of every scheme of a country (alpha-3), valid ones first; empty where none is known.
pub fn check(country: &str, value: &str) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> =
        schemes().filter(|scheme| scheme.country == country).map(|scheme| scheme.check(value)).collect();
    verdicts.sort_by_key(|verdict| !verdict.valid());
    verdicts
}

/// The verdict of one scheme; `None` if there is no such scheme.
pub fn check_scheme(id: &str, value: &str) -> Option<Verdict> {
    scheme(id).map(|scheme| scheme.check(value))
}

/// One row of the table.
pub(super) const fn row(
    id: &'static str,
    country: &'static str,
    kind: Kind,
    names: &'static str,
    format: &'static str,
    check: fn(&str) -> Checked,
) -> Scheme {
    Scheme { id, country, kind, names, format, has_check_digit: has_check(format), check }
}

const fn has_check(format: &str) -> bool {
    let bytes = format.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'c' {
            return true;
        }
        at += 1;
    }
    false
}
