//! A proof of address by API alone (features §9.5).

use jiff::tz::TimeZone;
use model::feature::Feature;
use model::report::Report;
use model::warning::{Action, Risk};
use model::workflow::Config;
use serde_json::{Map, Value, json};
use store::{Mode, Scope};

use super::{Answer, Call, Errand, Judged, Refused, SentFile};
use crate::checks::letter::{self, Letter};
use crate::checks::media::Media;
use crate::checks::proof_of_address::{self, Evidence, Expected};
use crate::contact::standalone::without_node;
use crate::sessions::Service;
use crate::{Engine, sandbox};

/// What a call asks for.
pub struct VerifyAddress {
    /// The letter, bill or statement.
    pub document: SentFile,
    /// Whom and where it should name.
    pub expected: Expected,
    /// Languages that are taken; nothing means every one.
    pub languages: Option<Vec<String>>,
    /// How many months old each kind may be; nothing means the contract's defaults.
    pub ages: Option<Vec<(String, i64)>>,
    /// What to do about risks, by the names of the settings.
    pub actions: Map<String, Value>,
    /// The rest.
    pub call: Call,
}

/// Reads and judges a document. Sandbox applications get an invented one, whatever they send.
pub async fn verify_address(
    engine: &Engine,
    scope: &Scope,
    wanted: VerifyAddress,
) -> Result<Answer, Refused> {
    let VerifyAddress { document, expected, languages, ages, actions, call } = wanted;
    let settings = settings(&actions);
    let errand = Errand::new(engine, scope, Service::ProofOfAddress, settings, call);
    if scope.mode() == Mode::Sandbox {
        let report = sandbox::standalone(engine, &errand.service.node(), Feature::ProofOfAddress);
        return Ok(shortened(errand.shown(without_node(report.to_wire()))));
    }
    errand.pay(Feature::ProofOfAddress).await?;
    let judged = judge(&errand, document, expected, languages.as_deref(), ages.as_deref()).await;
    match judged {
        Ok(judged) => Box::pin(errand.answer(judged)).await.map(shortened),
        Err(refused) => {
            errand.refund(Feature::ProofOfAddress).await?;
            Err(refused)
        }
    }
}

async fn judge(
    errand: &Errand<'_>,
    document: SentFile,
    expected: Expected,
    languages: Option<&[String]>,
    ages: Option<&[(String, i64)]>,
) -> Result<Judged, Refused> {
    let engine = errand.engine;
    let today = engine.now().to_zoned(TimeZone::UTC).date();
    let read = letter::read(engine, document.bytes, document.password, today).await;
    let Letter { paper, facts, bytes, content_type } =
        read.map_err(|unseen| Refused::of("document", unseen))?;
    let (mut media, file) = (Media::default(), (bytes.len(), content_type));
    let kept = media.add(engine, "poa_document".to_owned(), content_type, bytes);
    let node = errand.service.node();
    let evidence = Evidence {
        node_id: &node,
        config: &errand.settings,
        paper: &paper,
        facts: facts.as_ref(),
        file,
        document: Some(kept),
        expected,
        verified_name: None,
        ages,
        languages,
        today,
    };
    Ok(Judged { report: settled(proof_of_address::judge(&evidence)), media })
}

/// The caller's actions, by default all that declines (features §9.5).
fn settings(actions: &Map<String, Value>) -> Config {
    let chosen = |name: &str| actions.get(name).cloned().unwrap_or_else(|| json!("DECLINE"));
    [
        ("poa_document_issues_action", chosen("poa_document_issues_action")),
        ("poa_document_authenticity_action", chosen("poa_document_authenticity_action")),
        ("poa_unsupported_language_action", chosen("poa_unsupported_language_action")),
        ("poa_name_or_address_mismatch_action", chosen("poa_address_mismatch_action")),
        ("poa_issuer_not_identified_action", chosen("poa_issuer_not_identified_action")),
        ("poa_issue_date_not_detected_action", json!("DECLINE")),
        ("poa_unparsable_or_invalid_address_action", json!("NO_ACTION")),
        ("poa_unsupported_document_type_action", json!("NO_ACTION")),
    ]
    .into_iter()
    .map(|(name, action)| (name.to_owned(), action))
    .collect()
}

/// Without the risks that this service never speaks of. A name that is missing declines here.
fn settled(report: Report) -> Report {
    let mut warnings = report.warnings;
    warnings.retain(|warning| warning.risk != Risk::FutureIssueDate);
    for warning in &mut warnings {
        if warning.action == Action::Review {
            warning.action = Action::Decline;
        }
    }
    Report::judged(report.node_id, report.feature, report.fields, warnings)
}

/// The fields that this service answers with.
fn shortened(mut answer: Answer) -> Answer {
    const LEFT_OUT: [&str; 5] = [
        "document_file",
        "document_metadata",
        "name_match_score_expected_details",
        "name_match_score_id_verification",
        "extra_files",
    ];
    if let Value::Object(report) = &mut answer.report {
        for name in LEFT_OUT {
            report.shift_remove(name);
        }
    }
    answer
}
