//! Machine-readable zones, barcodes, printed fields, national numbers and document rules. Text in, findings out. Pure.
//!
//! One module per thing that a document says or is: [`mrz`] the machine-readable zone, [`aamva`] the barcode of North
//! American licences, [`printed`] the visual zone, [`identifier`] national numbers, [`crosscheck`] whether they agree,
//! [`types`] which documents there are, [`proof_of_address`] bills and statements, [`country`] codes of countries.
//!
//! It knows what the characters of a machine-readable zone mean, which of them a check digit covers and when a
//! zone may be called valid. It refuses to know pixels, the clock (`today` is passed in) and what a finding
//! means for a session: that is the engine's affair.
//!
//! ```
//! use document::mrz::{Format, Record, compose};
//!
//! let record = Record {
//!     document_code: "P".into(), issuing_state: "UTO".into(), nationality: "UTO".into(),
//!     document_number: "L898902C3".into(), surname: "Eriksson".into(), given_names: "Anna Maria".into(),
//!     birth_date: jiff::civil::date(1974, 8, 12).into(), expiry_date: jiff::civil::date(2012, 4, 15),
//!     sex: document::mrz::Sex::Female, optional_data: "ZE184226B".into(), optional_data_2: String::new(),
//! };
//! let lines = compose(Format::Td3, &record).expect("the record fits a passport");
//! assert_eq!(lines[1], "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
//! ```

mod fold;

pub mod aamva;
pub mod country;
pub mod crosscheck;
pub mod identifier;
pub mod mrz;
pub mod printed;
pub mod proof_of_address;
pub mod types;
