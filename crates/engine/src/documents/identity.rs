//! An identity document by API alone (features §2.6): the judge of the hosted check under the caller's own actions.

use jiff::tz::TimeZone;
use model::feature::Feature;
use model::report::Report;
use model::warning::{Action, Risk};
use model::workflow::Config;
use serde_json::{Map, Value, json};
use store::{Mode, Scope};
use zeroize::Zeroizing;

use super::{Answer, Call, Errand, Judged, Refused, SentFile};
use crate::checks::id_verification::{self, Evidence, Side};
use crate::checks::look::{self, look};
use crate::checks::media::Media;
use crate::contact::standalone::without_node;
use crate::sessions::Service;
use crate::{Engine, sandbox};

/// What a call asks for.
pub struct VerifyIdentity {
    /// The front of the document.
    pub front: SentFile,
    /// Its back.
    pub back: Option<SentFile>,
    /// Whether screens, copies and replaced portraits are looked for.
    pub document_liveness: bool,
    /// What to do about risks, by the names of the settings (`invalid_mrz_action`…).
    pub actions: Map<String, Value>,
    /// Names as the document's own script writes them, where it prints two.
    pub non_latin: bool,
    /// The rest.
    pub call: Call,
}

/// Reads and judges a document. Sandbox applications get an invented one, whatever they send.
pub async fn verify_identity(
    engine: &Engine,
    scope: &Scope,
    wanted: VerifyIdentity,
) -> Result<Answer, Refused> {
    let VerifyIdentity { front, back, document_liveness, actions, non_latin, call } = wanted;
    let settings = settings(&actions, document_liveness, non_latin);
    let errand = Errand::new(engine, scope, Service::IdVerification, settings, call);
    if scope.mode() == Mode::Sandbox {
        let report = sandbox::standalone(engine, &errand.service.node(), Feature::Ocr);
        return Ok(shortened(errand.shown(without_node(report.to_wire()))));
    }
    errand.pay(Feature::Ocr).await?;
    let judged = judge(&errand, front, back).await;
    let answered = match judged {
        Ok(judged) => Box::pin(errand.answer(judged)).await,
        Err(refused) => {
            errand.refund(Feature::Ocr).await?;
            return Err(refused);
        }
    };
    answered.map(shortened)
}

/// A picture less genuine than this, of 100, is declined where document liveness is asked for.
const DECLINED_BELOW: u8 = 30;

async fn judge(errand: &Errand<'_>, front: SentFile, back: Option<SentFile>) -> Result<Judged, Refused> {
    let engine = errand.engine;
    let today = engine.now().to_zoned(TimeZone::UTC).date();
    let mut media = Media::default();
    let mut sides: Vec<Side> = Vec::new();
    for (side, part, file) in [("front", "front_image", Some(front)), ("back", "back_image", back)] {
        let Some(file) = file else { continue };
        let file = look::SentFile { bytes: Zeroizing::new(file.bytes), password: file.password };
        let seen = look(engine, file, today).await.map_err(|unseen| Refused::of(part, unseen))?;
        sides.push(seen.into_side(engine, side, &mut media));
    }
    let node = errand.service.node();
    let evidence = Evidence {
        node_id: &node,
        config: &errand.settings,
        choice: None,
        sides: &sides,
        expected: None,
        today,
    };
    if !id_verification::recognises(&evidence) {
        return Err(Refused::NotRecognised);
    }
    Ok(Judged { report: settled(id_verification::judge(&evidence)), media })
}

/// The caller's actions, and for everything that the contract calls informational nothing (features §2.5, column S).
fn settings(actions: &Map<String, Value>, document_liveness: bool, non_latin: bool) -> Config {
    const INFORMATIONAL: [&str; 9] = [
        "document_or_personal_number_format_mismatch_action",
        "unparsed_address_action",
        "duplicated_user_action",
        "invalid_code_action",
        "critical_field_occlusion_action",
        "image_quality_too_low_action",
        "image_too_blurry_action",
        "image_too_bright_action",
        "image_too_dark_action",
    ];
    let mut settings: Config =
        INFORMATIONAL.into_iter().map(|key| (key.to_owned(), json!("NO_ACTION"))).collect();
    settings.insert("inconsistent_data_action".to_owned(), json!("DECLINE"));
    let characters = if non_latin { "non_latin" } else { "latin" };
    settings.insert("preferred_characters".to_owned(), json!(characters));
    if document_liveness {
        for cue in ["screen_replay", "printed_copy", "portrait_replace"] {
            settings.insert(format!("document_liveness_{cue}_decline_threshold"), json!(DECLINED_BELOW));
        }
    }
    settings.extend(actions.clone());
    settings
}

/// Without the risks that this service never speaks of; declined if any that is left declines, else approved.
fn settled(report: Report) -> Report {
    let unspoken = |risk: Risk| {
        matches!(risk, Risk::MrzNotDetected | Risk::CouldNotDetectDocumentType | Risk::InvalidDate)
    };
    let mut warnings = report.warnings;
    warnings.retain(|warning| !unspoken(warning.risk));
    for warning in &mut warnings {
        // Nobody is there to review.
        let unsettled = warning.risk == Risk::DocumentLivenessNotComputed;
        if warning.action == Action::Review && !unsettled {
            warning.action = Action::Decline;
        }
    }
    Report::judged(report.node_id, report.feature, report.fields, warnings)
}

/// The fields that this service answers with: no films, no whole pictures, no other sessions.
fn shortened(mut answer: Answer) -> Answer {
    const LEFT_OUT: [&str; 9] = [
        "front_video",
        "back_video",
        "full_front_image",
        "full_back_image",
        "extra_files",
        "matches",
        "verification_method",
        "assurance",
        "wallet_provider",
    ];
    if let Value::Object(report) = &mut answer.report {
        for name in LEFT_OUT {
            report.shift_remove(name);
        }
        let barcodes = report.shift_remove("barcodes").unwrap_or_else(|| json!([]));
        report.insert("barcodes".to_owned(), barcodes);
        if let Some(mrz) = report.get_mut("mrz").filter(|mrz| mrz.is_null()) {
            *mrz = json!({});
        }
    }
    answer
}
