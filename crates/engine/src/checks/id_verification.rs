//! ID verification (features §2): from what was read of a document to a report with every warning.

mod age;
mod document_type;
mod expected;
mod facts;
mod fields;
mod names;
mod numbers;
pub(crate) mod others;
mod picture;
mod print;

pub(crate) use fields::empty as blank_fields;
#[cfg(test)]
mod tests;

use document::aamva::{self, Licence};
use document::crosscheck::{self, Disagreement, Severity, Source};
use document::mrz::{CheckName, Finding, Mrz, Resolved, alpha3};
use document::printed::TextLine;
use jiff::civil::Date;
use model::feature::Feature;
use model::report::Report;
use model::session::{Choice, Verdict};
use model::status::FeatureStatus;
use model::warning::{Action, Risk, Warning};
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value, json};
use vision::quality::Quality;
use vision::recapture::Cues;

pub(crate) use self::age::on as age_on;
use self::document_type::DocumentType;
use self::facts::{Facts, Sources};

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
#[derive(Default)]
pub struct Side {
    /// `front` or `back`.
    pub side: String,
    /// `media:{blob}` of the document laid flat, or of the whole picture where its outline was not seen; nothing if the
    /// picture could not be decoded.
    pub picture: Option<String>,
    /// `media:{blob}` of the whole picture.
    pub whole: Option<String>,
    /// What the recogniser's lines resolve to; nothing if no machine-readable zone was found.
    pub reading: Option<Resolved>,
    /// What the barcode of a North American licence says.
    pub licence: Option<Licence>,
    /// Every barcode in the contract's form.
    pub barcodes: Vec<Value>,
    /// Whether the picture does not show all of the document.
    pub is_cut_off: bool,
    /// How good the picture is; nothing if it could not be decoded.
    pub quality: Option<Quality>,
    /// Traces of screens and copies; nothing where no outline was seen.
    pub cues: Option<Cues>,
    /// Lines of print; nothing where print is not read on this installation.
    pub lines: Option<Vec<TextLine>>,
}

/// How often a person may show their document in all, where the workflow does not say.
const ATTEMPTS: u32 = 3;

/// The report on what the pictures show. Its status follows from the warnings, except that a document of which
/// nothing was read, or an age or expiry that could not be judged, is never approved, whatever the settings.
pub fn judge(evidence: &Evidence) -> Report {
    let mut case = Case { evidence, warnings: Vec::new() };
    let reading = best_reading(evidence.sides);
    let sources = Sources::of(evidence, reading);
    let facts = sources.facts(evidence);
    match &facts {
        Some(facts) => case.weigh(&sources, facts),
        None => case.nothing_read(reading),
    }
    picture::weigh(&mut case);
    let fields = fields::of(evidence, &sources, facts.as_ref());
    let mut report = Report::judged(evidence.node_id.clone(), Feature::Ocr, fields, case.warnings);
    let unjudged = facts.is_none_or(|facts| is_unjudged(evidence, &facts));
    if unjudged && report.status == FeatureStatus::Approved {
        report.status = FeatureStatus::InReview;
    }
    report
}

/// Whether the pictures show a document of a kind that is read.
pub fn recognises(evidence: &Evidence) -> bool {
    Sources::of(evidence, best_reading(evidence.sides)).facts(evidence).is_some()
}

/// Whether a limit applies that could not be judged, because the date it needs was not read for certain. Settings may
/// wave a bad check digit through, but not the age and the expiry that hang on it.
fn is_unjudged(evidence: &Evidence, facts: &Facts) -> bool {
    let age = facts.birth.is_some() && facts.birth_is_certain;
    (age::is_restricted(evidence.config) && !age) || !facts.expiry_is_certain
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
            | Risk::DocumentNotFullyVisible
            | Risk::BarcodeNotDetected
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
        } else if self.evidence.choice.is_some_and(|choice| choice.document_type == "DL") {
            self.warn(Risk::CouldNotRecognizeDocument);
        } else if self.evidence.sides.iter().any(|side| side.picture.is_some()) {
            self.warn(Risk::MrzNotDetected);
        } else {
            self.warn(Risk::CouldNotRecognizeDocument);
        }
    }

    fn weigh(&mut self, sources: &Sources, facts: &Facts) {
        if let Some((mrz, findings)) = sources.zone {
            if !mrz.valid {
                let errors: Vec<String> = findings
                    .iter()
                    .filter(|finding| finding.breaks_validity())
                    .map(Finding::message)
                    .collect();
                self.warn_with(Risk::MrzValidationFailed, json!({ "errors": errors }));
            }
        } else if facts.kind == DocumentType::Passport {
            self.warn(Risk::MrzNotDetected);
        }
        self.weigh_kind(facts);
        self.weigh_sides();
        self.weigh_barcode(sources, facts);
        self.weigh_agreement(sources);
        self.weigh_completeness(facts);
        if facts.expiry.is_some_and(|date| date < self.evidence.today) && facts.expiry_is_certain {
            self.warn(Risk::DocumentExpired);
        }
        age::weigh(self, facts);
        numbers::weigh(self, facts);
        expected::weigh(self, facts);
    }

    /// Whether workflow and integrator accept this kind of document, and whether it is the one the person chose.
    fn weigh_kind(&mut self, facts: &Facts) {
        let (state, kind) = (&facts.state, facts.kind);
        let subtype = kind.subtype(None);
        let found = json!({
            "issuing_state": state,
            "document_type": kind.code(),
            "document_subtype": subtype,
            "document_region": facts.region,
            "document_region_with_subtype": facts.region.and_then(|region| kind.subtype(Some(region))),
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

    /// North American licences have a barcode, and it says what a zone beside it says.
    fn weigh_barcode(&mut self, sources: &Sources, facts: &Facts) {
        let Some(licence) = sources.licence else {
            let expected = facts.kind == DocumentType::DrivingLicence
                && matches!(facts.state.as_str(), "USA" | "CAN")
                && self.evidence.sides.iter().any(|side| side.side == "back");
            if expected {
                self.warn(Risk::BarcodeNotDetected);
            }
            return;
        };
        let unsound = |finding: &&aamva::Finding| {
            matches!(finding, aamva::Finding::UnknownIssuer { .. } | aamva::Finding::ImpossibleDate { .. })
        };
        let findings: Vec<&aamva::Finding> = licence.findings.iter().filter(unsound).collect();
        if !findings.is_empty() {
            self.warn_with(Risk::BarcodeValidationFailed, json!({ "findings": findings }));
        }
    }

    /// Zone, print, barcode, front and back tell one story.
    fn weigh_agreement(&mut self, sources: &Sources) {
        let zone = sources.zone.filter(|(mrz, _)| mrz.valid).map(|(mrz, _)| &mrz.fields);
        let [front, back] = &sources.printed;
        let barcode = sources.licence.map(|licence| &licence.fields);
        let differences = crosscheck::compare(zone, front.as_ref(), back.as_ref(), barcode);
        for risk in [Risk::BarcodeValidationFailed, Risk::DocumentSidesMismatch, Risk::MrzAndOcrNotSame] {
            let mine: Vec<&Disagreement> = differences
                .iter()
                .filter(|difference| difference.severity == Severity::Conflict && about(difference) == risk)
                .collect();
            let known = self.warnings.iter().any(|warning| warning.risk == risk);
            if !mine.is_empty() && !known {
                self.warn_with(risk, json!({ "differences": mine }));
            }
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

    fn weigh_completeness(&mut self, facts: &Facts) {
        if facts.surname.is_empty() && facts.given_names.is_empty() {
            self.warn(Risk::NameNotDetected);
        }
        if facts.number.is_empty() {
            self.warn(Risk::DocumentNumberNotDetected);
        }
        if facts.has_impossible_date {
            self.warn(Risk::InvalidDate);
        }
        // An issuer may not know the whole birth date. That matters where an age is asked for.
        let limited = age::is_restricted(self.evidence.config);
        if facts.birth.is_none() && (!facts.birth_is_incomplete || limited) {
            self.warn(Risk::DateOfBirthNotDetected);
        }
        if !facts.says_expiry {
            self.warn(Risk::ExpirationDateNotDetected);
        }
    }
}

/// The risk that a disagreement between two places is.
fn about(difference: &Disagreement) -> Risk {
    match (difference.left.source, difference.right.source) {
        (Source::Barcode, _) | (_, Source::Barcode) => Risk::BarcodeValidationFailed,
        (Source::Mrz, _) | (_, Source::Mrz) => Risk::MrzAndOcrNotSame,
        _ => Risk::DocumentSidesMismatch,
    }
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
