//! Machine-readable zones by ICAO Doc 9303 parts 3 to 7.

mod check_digit;
mod compose;
mod field;
mod format;
mod sex;
mod transliterate;

pub use check_digit::check_digit;
pub use compose::{PartialDate, Record, Uncomposable, compose};
pub use field::{CheckName, Field};
pub use format::Format;
pub use sex::Sex;
pub use transliterate::transliterate;
