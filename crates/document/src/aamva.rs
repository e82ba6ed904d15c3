//! Driving licences and identity cards of the United States and Canada: what the PDF417 on the back says (AAMVA
//! DL/ID Card Design Standard, annex D of versions 2000 to 2025, header numbers 0 to 11).
//!
//! ```
//! let payload = b"@\n\x1e\rANSI 636026080001DL00310080DLDCSSAMPLE\nDACANNA\nDADMARIA\nDBB01311990\nDBA01312030\nDAQD123\n\r";
//! let licence = document::aamva::parse(payload);
//! assert_eq!(licence.issuer.map(|issuer| issuer.name), Some("Arizona"));
//! assert_eq!(licence.fields.date_of_birth, Some(jiff::civil::date(1990, 1, 31)));
//! ```

mod compose;
mod element;
mod finding;
mod header;
mod issuer;
mod licence;
mod name;
mod split;
mod value;

pub use compose::{Record, Uncomposable, compose};
pub use element::element_name;
pub use finding::Finding;
pub use header::{Header, Subfile};
pub use issuer::{Country, Issuer, issuer, issuers};
pub use licence::{Element, Fields, Kind, Licence, parse};
pub use value::{Compliance, Height, Sex, Weight};
