//! What kind of document a zone or barcode belongs to, in the contract's words (features §2.2).

use document::mrz::{Format, Mrz};
use model::session::Choice;
use model::workflow::Config;
use serde_json::{Map, Value};

/// A kind of document that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DocumentType {
    Passport,
    IdentityCard,
    ResidencePermit,
    DrivingLicence,
    Visa,
    #[default]
    Other,
}

impl DocumentType {
    /// The kind by format and document code. Cards of citizens and of residents often have the same code; there the
    /// person's choice counts, and without one a holder of another nationality has a permit.
    pub(super) fn of(mrz: &Mrz, choice: Option<&Choice>) -> Self {
        let possible = Self::possible(mrz);
        let chosen =
            choice.and_then(|choice| possible.iter().find(|kind| kind.code() == choice.document_type));
        chosen.or(possible.first()).copied().unwrap_or(Self::Other)
    }

    /// The kinds a zone may belong to, the likeliest first.
    fn possible(mrz: &Mrz) -> &'static [Self] {
        let code = mrz.fields.document_code.as_bytes();
        match (mrz.format, code.first(), code.get(1)) {
            (Format::MrvA | Format::MrvB, _, _) => &[Self::Visa],
            (Format::FrenchId, _, _) => &[Self::IdentityCard],
            (Format::Td3, _, _) => &[Self::Passport],
            // Passport cards: PP and the like, or IP (United States, Ireland).
            (_, Some(b'P'), _) | (_, Some(b'I'), Some(b'P')) => &[Self::Passport, Self::IdentityCard],
            // Crew member certificates (ICAO 9303-5 §4.2.2.1).
            (_, Some(b'A'), Some(b'C')) => &[Self::Other],
            // Permits: IR, AR and CR by habit (EU 2017/1954), C1 and C2 in the United States.
            (_, _, Some(b'R' | b'1' | b'2')) => &[Self::ResidencePermit],
            _ if mrz.fields.nationality == mrz.fields.issuing_state => {
                &[Self::IdentityCard, Self::ResidencePermit]
            }
            _ => &[Self::ResidencePermit, Self::IdentityCard],
        }
    }

    /// The kind of a short code.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        [Self::Passport, Self::IdentityCard, Self::ResidencePermit, Self::DrivingLicence]
            .into_iter()
            .find(|kind| kind.code() == code)
    }

    /// The contract's short code.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Passport => "P",
            Self::IdentityCard => "ID",
            Self::ResidencePermit => "RP",
            Self::DrivingLicence => "DL",
            Self::Visa => "VISA",
            Self::Other => "OTHER",
        }
    }

    /// The contract's display name.
    pub(super) fn display_name(self) -> &'static str {
        match self {
            Self::Passport => "Passport",
            Self::IdentityCard => "Identity Card",
            Self::ResidencePermit => "Residence Permit",
            Self::DrivingLicence => "Driver's License",
            Self::Visa => "Visa",
            Self::Other => "Other",
        }
    }

    /// The registry's subtype, with the region that issued it before it; a zone or barcode does not tell more.
    pub(super) fn subtype(self, region: Option<&str>) -> Option<String> {
        let plain = match self {
            Self::Passport => "PASSPORT_GENERIC",
            Self::IdentityCard => "ID_CARD_GENERIC",
            Self::ResidencePermit => "RESIDENCE_PERMIT_GENERIC",
            Self::DrivingLicence => "DRIVER_LICENSE_GENERIC",
            Self::Visa | Self::Other => return None,
        };
        let region: Option<String> = region.map(|name| {
            name.chars()
                .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
                .collect()
        });
        Some(region.map_or_else(|| plain.to_owned(), |region| format!("{region}_{plain}")))
    }

    /// Whether the workflow's `documents_allowed` and the session's `expected_document_types` take this kind from
    /// this state. Absent, null and empty all mean everything that proves an identity.
    pub(super) fn is_accepted(
        self,
        state: &str,
        config: &Config,
        expected: Option<&Map<String, Value>>,
    ) -> bool {
        if matches!(self, Self::Visa | Self::Other) {
            return false;
        }
        let allowed =
            config.get("documents_allowed").and_then(Value::as_object).filter(|map| !map.is_empty());
        let in_workflow = allowed.is_none_or(|countries| {
            countries
                .iter()
                .filter(|(country, _)| super::same_state(country, state))
                .any(|(_, types)| is_enabled(types, self.code()))
        });
        let wanted = expected
            .and_then(|expected| expected.get("expected_document_types")?.as_array())
            .filter(|types| !types.is_empty());
        let expected = wanted.is_none_or(|types| {
            types.iter().filter_map(Value::as_str).any(|code| code.eq_ignore_ascii_case(self.code()))
        });
        in_workflow && expected
    }
}

fn is_enabled(types: &Value, code: &str) -> bool {
    let flag = types.get(code).and_then(|settings| settings.get("enabled"));
    flag.is_some_and(|flag| flag.as_i64() == Some(1) || flag.as_bool() == Some(true))
}
