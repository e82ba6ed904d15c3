//! ID verification by machine-readable zone (features §2): from what was read to a report with every warning.

mod age;
mod document_type;
mod expected;
mod fields;
mod names;

pub(crate) use fields::empty as blank_fields;
#[cfg(test)]
mod tests;

use document::mrz::{CheckName, Finding, Mrz, Resolved, alpha3};
use jiff::civil::Date;
use model::feature::Feature;
use model::report::Report;
use model::session::{Choice, Verdict};
use model::status::FeatureStatus;
use model::warning::{Action, Risk, Warning};
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value, json};

pub(crate) use self::age::on as age_on;
use self::document_type::DocumentType;

/// What the check looks at.
pub struct Evidence<'a> {
    /// The node that asks.
    pub node_id: &'a NodeId,
    /// Its settings, features §2.3.
    pub config: &'a Config,
    /// What the person said they would show.
    pub choice: Option<&'a Choice>,
    /// The pictures, front first.
    pub sides: &'a [Side],
    /// What the integrator expects, the keys of core API §3.2.
    pub expected: Option<&'a Map<String, Value>>,
    /// The day on which it is judged (UTC).
    pub today: Date,
}

/// One picture and what was read from it.
pub struct Side {
    /// `front` or `back`.
    pub side: String,
    /// `media:{blob}` of the stored upright picture; nothing if the picture could not be decoded.
    pub picture: Option<String>,
    /// What the recogniser's lines resolve to; nothing if no machine-readable zone was found.
    pub reading: Option<Resolved>,
}

/// How often a person may show their document in all, where the workflow does not say.
const ATTEMPTS: u32 = 3;

/// The report on what the pictures show. Its status follows from the warnings, except that a document of which
/// nothing was read, or an age or expiry that could not be judged, is never approved, whatever the settings.
pub fn judge(evidence: &Evidence) -> Report {
    let mut case = Case { evidence, warnings: Vec::new() };
    let reading = best_reading(evidence.sides);
    let document = reading.and_then(|reading| {
        let mrz = reading.mrz.as_ref()?;
        Some((mrz, reading.findings.as_slice(), DocumentType::of(mrz, evidence.choice)))
    });
    match &document {
        Some((mrz, findings, kind)) => case.weigh(mrz, findings, *kind),
        None => case.nothing_read(reading),
    }
    let fields = fields::of(evidence, document.as_ref());
    let warnings = case.warnings;
    let mut report = Report::judged(evidence.node_id.clone(), Feature::Ocr, fields, warnings);
    let unjudged = document.as_ref().is_none_or(|(mrz, _, _)| is_unjudged(evidence, mrz));
    if unjudged && report.status == FeatureStatus::Approved {
        report.status = FeatureStatus::InReview;
    }
    report
}

/// Whether a limit applies that could not be judged, because the date it needs was not read for certain. Settings may
/// wave a bad check digit through, but not the age and the expiry that hang on it.
fn is_unjudged(evidence: &Evidence, mrz: &Mrz) -> bool {
    let age = mrz.fields.date_of_birth.is_some() && holds(mrz, CheckName::BirthDate);
    (age::is_restricted(evidence.config) && !age) || !holds(mrz, CheckName::ExpiryDate)
}

/// Whether another picture could change the report: only what could not be read tempts fate again, not what was
/// read well and is not good enough.
pub fn verdict(report: &Report, config: &Config) -> Verdict {
    let deciding = || report.warnings.iter().filter(|warning| warning.action != Action::NoAction);
    let settled =
        deciding().any(|warning| warning.action == Action::Decline && !is_recoverable(warning.risk));
    if !settled && deciding().any(|warning| is_recoverable(warning.risk)) {
        Verdict::RetryUpTo(attempts(config))
    } else {
        Verdict::Final
    }
}

/// How often the person may show their document in all.
pub fn attempts(config: &Config) -> u32 {
    let set = config.get("id_verification_max_retry_attempts").and_then(Value::as_u64);
    set.and_then(|attempts| u32::try_from(attempts).ok()).unwrap_or(ATTEMPTS).max(1)
}

/// Risks that come from the picture rather than from the document.
fn is_recoverable(risk: Risk) -> bool {
    matches!(
        risk,
        Risk::MrzNotDetected
            | Risk::MrzValidationFailed
            | Risk::CouldNotRecognizeDocument
            | Risk::CouldNotDetectDocumentType
            | Risk::NameNotDetected
            | Risk::DateOfBirthNotDetected
            | Risk::DocumentNumberNotDetected
            | Risk::InvalidDate
            | Risk::ExpirationDateNotDetected
            | Risk::DocumentSidesMismatch
    )
}

/// The side with the zone: a valid one before others, the front before the back.
fn best_reading(sides: &[Side]) -> Option<&Resolved> {
    let readings = || sides.iter().filter_map(|side| side.reading.as_ref());
    let zone = |reading: &&Resolved| reading.mrz.is_some();
    let valid = |reading: &&Resolved| reading.mrz.as_ref().is_some_and(|mrz| mrz.valid);
    readings().find(valid).or_else(|| readings().find(zone)).or_else(|| readings().next())
}

/// The warnings as they gather.
struct Case<'a> {
    evidence: &'a Evidence<'a>,
    warnings: Vec<Warning>,
}

impl Case<'_> {
    fn warn(&mut self, risk: Risk) {
        self.warnings.push(Warning::under(risk, self.evidence.config, self.evidence.node_id));
    }

    fn warn_with(&mut self, risk: Risk, context: Value) {
        let warning = Warning::under(risk, self.evidence.config, self.evidence.node_id);
        self.warnings.push(warning.with(context));
    }

    /// No zone: an unsupported one was recognised, the picture shows none, or there is no picture.
    fn nothing_read(&mut self, reading: Option<&Resolved>) {
        if let Some(zone) = reading.and_then(Resolved::unsupported) {
            self.warn_with(Risk::DocumentNotSupported, json!({ "document_type": zone }));
        } else if self.evidence.sides.iter().any(|side| side.picture.is_some()) {
            self.warn(Risk::MrzNotDetected);
        } else {
            self.warn(Risk::CouldNotRecognizeDocument);
        }
    }

    fn weigh(&mut self, mrz: &Mrz, findings: &[Finding], kind: DocumentType) {
        if !mrz.valid {
            let errors: Vec<String> =
                findings.iter().filter(|finding| finding.breaks_validity()).map(Finding::message).collect();
            self.warn_with(Risk::MrzValidationFailed, json!({ "errors": errors }));
        }
        self.weigh_kind(mrz, kind);
        self.weigh_sides();
        self.weigh_completeness(mrz, findings);
        if mrz.fields.expiration_date.is_some_and(|date| date < self.evidence.today)
            && holds(mrz, CheckName::ExpiryDate)
        {
            self.warn(Risk::DocumentExpired);
        }
        age::weigh(self, mrz);
        expected::weigh(self, mrz);
    }

    /// Whether workflow and integrator accept this kind of document, and whether it is the one the person chose.
    fn weigh_kind(&mut self, mrz: &Mrz, kind: DocumentType) {
        let state = &mrz.fields.issuing_state;
        let found = json!({
            "issuing_state": state,
            "document_type": kind.code(),
            "document_subtype": kind.subtype(),
            "document_region": null,
            "document_region_with_subtype": null,
        });
        if !kind.is_accepted(state, self.evidence.config, self.evidence.expected) {
            self.warn_with(Risk::DocumentNotSupported, found);
        } else if let Some(choice) = self.evidence.choice
            && (!same_state(&choice.country, state) || choice.document_type != kind.code())
        {
            let chosen = json!({ "issuing_state": choice.country, "document_type": choice.document_type });
            self.warn_with(Risk::DataInconsistent, json!({ "chosen": chosen, "found": found }));
        }
    }

    /// Two sides that both carry a valid zone must be one document.
    fn weigh_sides(&mut self) {
        let mut zones = self
            .evidence
            .sides
            .iter()
            .filter_map(|side| side.reading.as_ref()?.mrz.as_ref().filter(|mrz| mrz.valid))
            .map(|mrz| (&mrz.fields.document_number, &mrz.fields.birth_date));
        if let Some(first) = zones.next()
            && zones.any(|other| other != first)
        {
            self.warn(Risk::DocumentSidesMismatch);
        }
    }

    fn weigh_completeness(&mut self, mrz: &Mrz, findings: &[Finding]) {
        let fields = &mrz.fields;
        if fields.surname.is_empty() && fields.given_names.is_empty() {
            self.warn(Risk::NameNotDetected);
        }
        if fields.document_number.is_empty() {
            self.warn(Risk::DocumentNumberNotDetected);
        }
        if findings.iter().any(|finding| matches!(finding, Finding::ImpossibleDate { .. })) {
            self.warn(Risk::InvalidDate);
        }
        // An issuer may not know the whole birth date. That matters where an age is asked for.
        let incomplete = findings.contains(&Finding::IncompleteBirthDate);
        if fields.date_of_birth.is_none() && (!incomplete || age::is_restricted(self.evidence.config)) {
            self.warn(Risk::DateOfBirthNotDetected);
        }
        // A date that stands for "does not run out" was detected: it has a text and no finding against it.
        let blank = fields.expiry_date.is_empty() || findings.iter().any(is_about_expiry);
        if fields.expiration_date.is_none() && blank {
            self.warn(Risk::ExpirationDateNotDetected);
        }
    }
}

fn is_about_expiry(finding: &Finding) -> bool {
    use document::mrz::Field::ExpiryDate;
    matches!(finding, Finding::NoExpiryDate | Finding::ImpossibleDate { field: ExpiryDate })
}

/// Whether a check digit holds; formats without it have nothing to hold.
fn holds(mrz: &Mrz, name: CheckName) -> bool {
    mrz.checks.iter().filter(|check| check.name == name).all(|check| check.holds)
}

/// Whether two codes mean one state: Germany's letter, and the several kinds of British nationals.
fn same_state(one: &str, other: &str) -> bool {
    let state = |code: &str| match alpha3(&code.to_ascii_uppercase()) {
        "GBD" | "GBN" | "GBO" | "GBP" | "GBS" => "GBR".to_owned(),
        "XKX" => "RKS".to_owned(),
        code => code.to_owned(),
    };
    state(one) == state(other)
}
