//! National numbers of persons and documents: form, check digits and what they say of the holder.
//!
//! One table of schemes, each with its country and a function that checks it. A number that holds its check digits
//! exists in form only; whether it was issued, only its issuer knows.
//!
//! ```
//! let verdicts = document::identifier::check("ESP", "12345678-Z");
//! assert!(verdicts.iter().any(|verdict| verdict.scheme == "es_dni" && verdict.valid()));
//! ```

mod africa;
mod america;
mod arithmetic;
mod asia;
mod eastern_europe;
mod northern_europe;
mod scheme;
mod verdict;
mod western_europe;

pub use scheme::{Kind, Scheme, check, check_scheme, scheme, schemes};
pub use verdict::{Birth, Encoded, Fault, Sex, Verdict};
