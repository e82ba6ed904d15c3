//! A session at a glance: what the list shows of the person, from whichever step said it first (core API §3.5).

use model::feature::Feature;
use model::report::Report;
use model::session::Session;
use model::status::FeatureStatus;
use serde_json::{Map, Value};

use super::Personal;

/// The contract's names of document types, and the codes by which they are asked for (features §2.2).
const DOCUMENT_TYPES: [(&str, &str); 12] = [
    ("Passport", "P"),
    ("Identity Card", "ID"),
    ("Driver's License", "DL"),
    ("Residence Permit", "RP"),
    ("Health Insurance Card", "HIC"),
    ("Tax Card", "TC"),
    ("Social Security Card", "SSC"),
    ("Work Permit", "WP"),
    ("Visa", "VISA"),
    ("Public Service Card", "PSC"),
    ("Birth Certificate", "BC"),
    ("Other", "OTHER"),
];

/// The first of those above that the list shows by name; it is silent about the others.
const SHOWN: usize = 6;

/// The known facts of a session, borrowed from it.
pub(super) struct Summary<'a> {
    personal: &'a Personal,
    reports: Vec<&'a Report>,
}

impl<'a> Summary<'a> {
    pub(super) fn of(personal: &'a Personal, session: &'a Session) -> Self {
        Self { personal, reports: session.reports_in_order() }
    }

    /// Every report, in workflow order.
    pub(super) fn reports(&self) -> &[&'a Report] {
        &self.reports
    }

    /// The first report of a feature that ran.
    pub(super) fn report(&self, feature: Feature) -> Option<&'a Report> {
        let ran = |report: &&&Report| report.feature == feature && report.not_run.is_none();
        self.reports.iter().find(ran).copied()
    }

    /// A text of the first report of a feature, `/`-separated where it lies deeper; nothing if it is empty.
    pub(super) fn text(&self, feature: Feature, path: &str) -> Option<&'a str> {
        text(&self.report(feature)?.fields, path)
    }

    fn expected(&self, name: &str) -> Option<&'a str> {
        text(self.personal.expected_details.as_ref()?, name)
    }

    pub(super) fn full_name(&self) -> Option<String> {
        let found = self
            .text(Feature::Ocr, "full_name")
            .or_else(|| self.text(Feature::Aml, "screened_data/full_name"))
            .or_else(|| self.text(Feature::DatabaseValidation, "screened_data/full_name"))
            .or_else(|| self.text(Feature::ProofOfAddress, "name_on_document"));
        let expected = || {
            let names: Vec<&str> =
                ["first_name", "last_name"].into_iter().filter_map(|name| self.expected(name)).collect();
            (!names.is_empty()).then(|| names.join(" "))
        };
        found.map(str::to_owned).or_else(expected)
    }

    /// ISO 3166-1 alpha-3.
    pub(super) fn country(&self) -> Option<&'a str> {
        self.text(Feature::Ocr, "issuing_state")
            .or_else(|| self.text(Feature::DatabaseValidation, "issuing_state"))
            .or_else(|| self.text(Feature::ProofOfAddress, "issuing_state"))
            .or_else(|| self.expected("id_country"))
            .or_else(|| self.expected("country"))
            .or_else(|| self.expected("nationality"))
    }

    /// The name that the list shows.
    pub(super) fn document_type(&self) -> Option<&'static str> {
        let read = self.text(Feature::Ocr, "document_type")?;
        DOCUMENT_TYPES[..SHOWN].iter().find(|(name, _)| *name == read).map(|(name, _)| *name)
    }

    /// The code that the list is asked for.
    pub(super) fn document_code(&self) -> Option<&'static str> {
        let read = self.text(Feature::Ocr, "document_type")?;
        DOCUMENT_TYPES.iter().find(|(name, code)| *name == read || *code == read).map(|(_, code)| *code)
    }

    /// The chip's picture, else the document's, else the one that liveness was judged by; as `media:{blob}`.
    pub(super) fn portrait(&self) -> Option<&'a str> {
        self.text(Feature::Nfc, "portrait_image")
            .or_else(|| self.text(Feature::Ocr, "portrait_image"))
            .or_else(|| self.text(Feature::Liveness, "reference_image"))
    }

    /// The number and whether it was proven.
    pub(super) fn phone(&self) -> Option<(&'a str, bool)> {
        self.contact(Feature::PhoneVerification, "full_number", "phone")
    }

    /// The address and whether it was proven.
    pub(super) fn email(&self) -> Option<(&'a str, bool)> {
        self.contact(Feature::EmailVerification, "email", "email")
    }

    fn contact(&self, feature: Feature, field: &str, given: &str) -> Option<(&'a str, bool)> {
        let approved = self.report(feature).is_some_and(|report| report.status == FeatureStatus::Approved);
        let verified = self.text(feature, field).map(|contact| (contact, approved));
        let details = self.personal.contact_details.as_ref();
        verified.or_else(|| text(details?, given).map(|contact| (contact, false)))
    }
}

/// The code of a document's name; nothing for what is none.
pub(crate) fn document_code(name: &Value) -> Option<&'static str> {
    let name = name.as_str()?;
    DOCUMENT_TYPES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

/// A text that is not empty, `/`-separated where it lies deeper.
fn text<'a>(fields: &'a Map<String, Value>, path: &str) -> Option<&'a str> {
    let mut names = path.split('/');
    let first = fields.get(names.next()?)?;
    let value = names.try_fold(first, |value, name| value.get(name))?;
    value.as_str().map(str::trim).filter(|text| !text.is_empty())
}
