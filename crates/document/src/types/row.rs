//! Rows of the table and how they are written in TOML.

use serde::{Deserialize, Serialize};

use crate::mrz;

/// Kind of document (contract, features §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Code {
    #[serde(rename = "P")]
    Passport,
    #[serde(rename = "ID")]
    IdentityCard,
    #[serde(rename = "DL")]
    DrivingLicence,
    #[serde(rename = "RP")]
    ResidencePermit,
    #[serde(rename = "HIC")]
    HealthInsuranceCard,
    #[serde(rename = "TC")]
    TaxCard,
    #[serde(rename = "SSC")]
    SocialSecurityCard,
    #[serde(rename = "WP")]
    WorkPermit,
    #[serde(rename = "VISA")]
    Visa,
    #[serde(rename = "PSC")]
    PublicServiceCard,
    #[serde(rename = "BC")]
    BirthCertificate,
    #[serde(rename = "OTHER")]
    Other,
}

impl Code {
    const ALL: [(Self, &'static str, &'static str); 12] = [
        (Self::Passport, "P", "Passport"),
        (Self::IdentityCard, "ID", "Identity Card"),
        (Self::DrivingLicence, "DL", "Driver's License"),
        (Self::ResidencePermit, "RP", "Residence Permit"),
        (Self::HealthInsuranceCard, "HIC", "Health Insurance Card"),
        (Self::TaxCard, "TC", "Tax Card"),
        (Self::SocialSecurityCard, "SSC", "Social Security Card"),
        (Self::WorkPermit, "WP", "Work Permit"),
        (Self::Visa, "VISA", "Visa"),
        (Self::PublicServiceCard, "PSC", "Public Service Card"),
        (Self::BirthCertificate, "BC", "Birth Certificate"),
        (Self::Other, "OTHER", "Other"),
    ];

    fn row(self) -> (Self, &'static str, &'static str) {
        Self::ALL.into_iter().find(|(code, ..)| *code == self).unwrap_or(Self::ALL[11])
    }

    /// `P`, `ID`, `DL` …
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// The name on the wire: `Identity Card`.
    pub fn display_name(self) -> &'static str {
        self.row().2
    }

    /// The code of a short or display name in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let row = Self::ALL
            .into_iter()
            .find(|(_, code, name)| code.eq_ignore_ascii_case(text) || name.eq_ignore_ascii_case(text));
        row.map(|(code, ..)| code)
    }
}

/// Which machine-readable zone a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MrzFormat {
    #[serde(rename = "TD1")]
    Td1,
    #[serde(rename = "TD2")]
    Td2,
    #[serde(rename = "TD3")]
    Td3,
    #[serde(rename = "MRVA")]
    MrvA,
    #[serde(rename = "MRVB")]
    MrvB,
    #[serde(rename = "FRENCH_NATIONAL_ID")]
    FrenchId,
}

impl MrzFormat {
    /// The format's name in [`mrz::Format`].
    pub fn format(self) -> mrz::Format {
        match self {
            Self::Td1 => mrz::Format::Td1,
            Self::Td2 => mrz::Format::Td2,
            Self::Td3 => mrz::Format::Td3,
            Self::MrvA => mrz::Format::MrvA,
            Self::MrvB => mrz::Format::MrvB,
            Self::FrenchId => mrz::Format::FrenchId,
        }
    }
}

/// Which barcode a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Barcode {
    /// PDF417 with the AAMVA card design standard.
    Aamva,
    Pdf417,
    Qr,
    DataMatrix,
    Aztec,
    #[serde(rename = "code_128")]
    Code128,
    #[serde(rename = "code_39")]
    Code39,
}

/// What is checked of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    Mrz,
    Barcode,
    Portrait,
    ExpiryDate,
    PersonalNumber,
    DocumentNumber,
}

/// A rectangle on a side of the flattened document, in fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// `1` front, `2` back.
    pub side: u8,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

/// One supported document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentType {
    /// Alpha-3.
    pub country: String,
    pub code: Code,
    /// Name for people: `Driver's License (Texas)`.
    pub name: String,
    /// Registry code on the wire: `ID_CARD_GENERIC`, `TEXAS_DRIVER_LICENSE_GENERIC`.
    pub subtype: String,
    /// State or province, as people call it; empty for the whole country.
    pub region: String,
    /// Two letters of the region as in addresses and barcodes; empty for the whole country.
    pub region_code: String,
    pub sides: u8,
    pub mrz: Option<MrzFormat>,
    /// Side of the machine-readable zone.
    pub mrz_side: Option<u8>,
    pub barcode: Option<Barcode>,
    pub barcode_side: Option<u8>,
    pub portrait: Option<Area>,
    pub checks: Vec<Check>,
    /// Scheme of the personal number on it (`document::identifier`).
    pub personal_number: Option<String>,
    /// Scheme of the document number.
    pub document_number: Option<String>,
    /// Printed words by which it is known, as printed.
    pub keywords: Vec<String>,
    /// Whether a chip answers by NFC.
    pub chip: bool,
    /// Keywords as they are compared.
    #[serde(skip)]
    pub(super) folded_keywords: Vec<String>,
    #[serde(skip)]
    pub(super) removed: bool,
}

/// Why an operator's table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("{0}")]
    Toml(String),
    #[error("{0:?} is no country of ISO 3166-1")]
    Country(String),
    #[error("{0:?} is no scheme of national numbers")]
    Scheme(String),
    #[error("sides are 1 or 2, not {0}")]
    Sides(u8),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    document: Vec<Row>,
}

/// A row as written: for several countries, or for several regions of one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    countries: Vec<String>,
    code: Code,
    #[serde(default)]
    subtype: Option<String>,
    #[serde(default)]
    name: Option<String>,
    /// `TX Texas`.
    #[serde(default)]
    regions: Vec<String>,
    #[serde(default = "two")]
    sides: u8,
    #[serde(default)]
    mrz: Option<MrzFormat>,
    #[serde(default)]
    mrz_side: Option<u8>,
    #[serde(default)]
    barcode: Option<Barcode>,
    #[serde(default)]
    barcode_side: Option<u8>,
    #[serde(default)]
    portrait: Option<Area>,
    #[serde(default)]
    checks: Option<Vec<Check>>,
    #[serde(default)]
    personal_number: Option<String>,
    #[serde(default)]
    document_number: Option<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    chip: bool,
    /// Takes the document out of the table.
    #[serde(default)]
    removed: bool,
}

fn two() -> u8 {
    2
}

impl File {
    pub(super) fn read(text: &str) -> Result<Vec<Row>, Unreadable> {
        let file: Self = toml::from_str(text).map_err(|error| Unreadable::Toml(error.to_string()))?;
        for row in &file.document {
            if let Some(wrong) = row.countries.iter().find(|code| crate::country::alpha3(code) != Some(code))
            {
                return Err(Unreadable::Country(wrong.clone()));
            }
            let schemes = [&row.personal_number, &row.document_number];
            if let Some(wrong) =
                schemes.into_iter().flatten().find(|id| crate::identifier::scheme(id).is_none())
            {
                return Err(Unreadable::Scheme(wrong.clone()));
            }
            if !(1..=2).contains(&row.sides) {
                return Err(Unreadable::Sides(row.sides));
            }
        }
        Ok(file.document)
    }
}

/// Territories whose people have another state's passports, and those without people.
pub(super) fn issues_passports(country: &str) -> bool {
    const WITHOUT: &str = "ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM \
        HMD IMN IOT JEY MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF";
    !WITHOUT.split_whitespace().any(|code| code == country)
}

impl Row {
    /// The passport that every state issues by ICAO 9303-4.
    pub(super) fn passport(country: &str) -> DocumentType {
        let row = Self {
            countries: vec![country.to_owned()],
            code: Code::Passport,
            subtype: None,
            name: None,
            regions: Vec::new(),
            sides: 1,
            mrz: Some(MrzFormat::Td3),
            mrz_side: None,
            barcode: None,
            barcode_side: None,
            portrait: None,
            checks: None,
            personal_number: None,
            document_number: None,
            keywords: Vec::new(),
            chip: true,
            removed: false,
        };
        row.of(country, "")
    }

    /// A document for each country and each region.
    pub(super) fn spread(self) -> Vec<DocumentType> {
        let none = [String::new()];
        let regions = if self.regions.is_empty() { &none[..] } else { &self.regions[..] };
        self.countries
            .iter()
            .flat_map(|country| regions.iter().map(|region| self.of(country, region)))
            .collect()
    }

    fn of(&self, country: &str, region: &str) -> DocumentType {
        let (region_code, region) = region.split_once(' ').unwrap_or(("", region));
        let mrz_side = self.mrz.map(|_| self.mrz_side.unwrap_or(self.sides));
        DocumentType {
            country: country.to_owned(),
            code: self.code,
            name: self.title(region),
            subtype: self.registry_code(region),
            region: region.to_owned(),
            region_code: region_code.to_owned(),
            sides: self.sides,
            mrz: self.mrz,
            mrz_side,
            barcode: self.barcode,
            barcode_side: self.barcode.map(|_| self.barcode_side.unwrap_or(self.sides)),
            portrait: self.portrait,
            checks: self.checks.clone().unwrap_or_else(|| self.usual_checks()),
            personal_number: self.personal_number.clone(),
            document_number: self.document_number.clone(),
            keywords: self.keywords.clone(),
            folded_keywords: self.folded_keywords(),
            chip: self.chip,
            removed: self.removed,
        }
    }

    /// The country's name stands on all of its documents and tells none from another.
    fn folded_keywords(&self) -> Vec<String> {
        let words = self.keywords.iter().filter(|keyword| crate::printed::nationality(keyword).is_none());
        words.map(|keyword| crate::fold::squeeze(keyword)).collect()
    }

    fn title(&self, region: &str) -> String {
        let name = self.name.clone().unwrap_or_else(|| self.code.display_name().to_owned());
        if region.is_empty() { name } else { format!("{name} ({region})") }
    }

    /// Region in front, then the kind, as the contract's `QUEENSLAND_DRIVER_LICENSE_GENERIC`.
    fn registry_code(&self, region: &str) -> String {
        let kind = self.subtype.clone().unwrap_or_else(|| {
            let kind = match (self.code, self.chip) {
                (Code::Passport, true) => "EPASSPORT",
                (Code::Passport, false) => "PASSPORT_GENERIC",
                (Code::IdentityCard, _) => "ID_CARD_GENERIC",
                (Code::DrivingLicence, _) => "DRIVER_LICENSE_GENERIC",
                (Code::ResidencePermit, _) => "RESIDENCE_PERMIT_GENERIC",
                (Code::HealthInsuranceCard, _) => "HEALTH_INSURANCE_CARD_GENERIC",
                (Code::TaxCard, _) => "TAX_CARD_GENERIC",
                (Code::SocialSecurityCard, _) => "SOCIAL_SECURITY_CARD_GENERIC",
                _ => "GENERIC",
            };
            kind.to_owned()
        });
        if region.is_empty() {
            return kind;
        }
        let region: String = crate::fold::fold(region).to_uppercase().replace(' ', "_");
        format!("{region}_{kind}")
    }

    fn usual_checks(&self) -> Vec<Check> {
        let no_portrait = matches!(
            self.code,
            Code::HealthInsuranceCard | Code::TaxCard | Code::SocialSecurityCard | Code::BirthCertificate
        );
        [
            (Check::Mrz, self.mrz.is_some()),
            (Check::Barcode, self.barcode.is_some()),
            (Check::Portrait, !no_portrait),
            (Check::ExpiryDate, !no_portrait),
            (Check::PersonalNumber, self.personal_number.is_some()),
            (Check::DocumentNumber, self.document_number.is_some()),
        ]
        .into_iter()
        .filter_map(|(check, applies)| applies.then_some(check))
        .collect()
    }
}
