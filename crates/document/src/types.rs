//! The table of supported documents: data that an operator extends with a file of the same form.
//!
//! The table that comes with the program is `types/documents.toml`; passports of every country follow from ISO 3166-1.
//!
//! ```
//! let table = document::types::Table::built_in();
//! let card = table.lookup("DEU", "ID").first().copied().expect("German identity cards");
//! assert_eq!((card.sides, card.personal_number.as_deref()), (2, None));
//! let before = table.lookup("DEU", "HIC").len();
//! let more = "[[document]]\ncountries = [\"DEU\"]\ncode = \"HIC\"\nsides = 2\nsubtype = \"HIC_GENERIC\"\n";
//! let table = table.extended(more).expect("a table of the same form");
//! assert_eq!(table.lookup("DEU", "HIC").len(), before + 1);
//! ```

mod classify;
mod row;

use crate::country;

pub use classify::{Candidate, Evidence};
pub use row::{Area, Barcode, Check, Code, DocumentType, MrzFormat, Unreadable};
use row::{File, Row};

/// Supported documents, an operator's own before those of the program.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    documents: Vec<DocumentType>,
}

impl Table {
    /// The documents that the program knows.
    pub fn built_in() -> Self {
        let mut documents = Vec::new();
        for row in
            File::read(include_str!("types/documents.toml")).expect("the built-in table is well formed")
        {
            documents.extend(row.spread());
        }
        let has_passport = |country: &str, documents: &[DocumentType]| {
            documents.iter().any(|known| known.country == country && known.code == Code::Passport)
        };
        for country in country::all() {
            if !has_passport(country, &documents) && row::issues_passports(country) {
                documents.push(Row::passport(country));
            }
        }
        documents.sort_by(|a, b| {
            (&a.country, a.code.code(), &a.region).cmp(&(&b.country, b.code.code(), &b.region))
        });
        Self { documents }
    }

    /// With an operator's own rows, which come first and replace rows of the same country, code, region and subtype.
    pub fn extended(&self, text: &str) -> Result<Self, Unreadable> {
        let own: Vec<DocumentType> = File::read(text)?.into_iter().flat_map(Row::spread).collect();
        let same = |a: &DocumentType, b: &DocumentType| {
            (&a.country, a.code, &a.region, &a.subtype) == (&b.country, b.code, &b.region, &b.subtype)
        };
        let kept = self.documents.iter().filter(|known| !own.iter().any(|row| same(row, known))).cloned();
        let documents = own.iter().cloned().chain(kept).filter(|row| !row.removed).collect();
        Ok(Self { documents })
    }

    /// Every document.
    pub fn documents(&self) -> &[DocumentType] {
        &self.documents
    }

    /// The documents of a country (alpha-3) and code (`P`, `ID`, `DL` …).
    pub fn lookup(&self, country: &str, code: &str) -> Vec<&DocumentType> {
        self.documents.iter().filter(|known| known.country == country && known.code.code() == code).collect()
    }

    /// The countries that have documents here, in the order of their codes.
    pub fn countries(&self) -> Vec<&str> {
        let mut countries: Vec<&str> = self.documents.iter().map(|known| known.country.as_str()).collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    }
}
