//! Machine-readable zones by ICAO Doc 9303 parts 3 to 7.

mod check_digit;
mod class;
mod compose;
mod country;
mod date;
mod decode;
mod deviation;
mod driving_licence;
mod field;
mod finding;
mod format;
mod name;
mod parse;
mod resolve;
mod sex;
mod transliterate;
mod view;
mod zone;

pub use check_digit::check_digit;
pub use compose::{PartialDate, Record, Uncomposable, compose};
pub use country::{alpha3, country_name};
pub use driving_licence::{DrivingLicenceZone, driving_licence};
pub use field::{CheckName, Field};
pub use finding::{Finding, Unsupported};
pub use format::Format;
pub use parse::{Parsed, parse};
pub use resolve::{Repair, RepairReason, Resolved, resolve};
pub use sex::Sex;
pub use transliterate::transliterate;
pub use zone::{Check, Fields, Mrz};
