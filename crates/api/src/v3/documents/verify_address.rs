//! `POST /v3/poa/` (features §9.5).

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use engine::Engine;
use engine::documents::{self, Expected};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::form::{Accepts, Form};
use super::view;
use crate::body::fields::{Parsed, wrong};
use crate::body::values;
use crate::caller::{Caller, may};
use crate::openapi::{DetailView, InvalidView, KeyRefusals, RateRefusals};
use crate::problem::Problem;

const DOCUMENT: Accepts = Accepts { endings: &["tiff", "jpg", "jpeg", "png", "pdf", "webp"], megabytes: 15 };

const ACTIONS: &[&str] = &["DECLINE", "NO_ACTION"];

const CHOSEN: [&str; 6] = [
    "poa_name_mismatch_action",
    "poa_document_issues_action",
    "poa_document_authenticity_action",
    "poa_unsupported_language_action",
    "poa_address_mismatch_action",
    "poa_issuer_not_identified_action",
];

/// Languages of documents, in the contract's order.
const LANGUAGES: [&str; 51] = [
    "ar", "bn", "hy", "bg", "bs", "ca", "cnr", "sq", "zh", "hr", "cs", "da", "nl", "en", "et", "fi", "fr",
    "ka", "kk", "de", "el", "he", "hi", "hu", "id", "it", "ja", "ko", "ky", "lv", "lt", "mk", "mn", "ms",
    "no", "fa", "pl", "pt", "ro", "ru", "sr", "sk", "sl", "so", "es", "sv", "th", "tr", "uk", "uz", "vi",
];

const KINDS: [&str; 4] =
    ["utility_bill", "bank_statement", "government_issued_document", "other_poa_document"];

/// A proof of address, and what it should say.
#[derive(ToSchema)]
#[schema(as = VerifyAddress, example = json!({
    "document": "(bill.pdf)", "expected_address": "12 Mill Lane, Oxford OX1 2AB", "expected_country": "GBR",
    "expected_first_name": "Alice", "expected_last_name": "Baker", "poa_languages_allowed": "en,es",
    "save_api_request": true, "vendor_data": "user-123"
}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct VerifyAddressForm {
    /// A letter, bill or statement: `tiff`, `jpg`, `jpeg`, `png`, `pdf` or `webp`, 15 MB at most.
    #[schema(value_type = String, format = "binary")]
    document: Vec<u8>,
    /// Opens an encrypted PDF.
    document_password: Option<String>,
    /// Compared with the address on the document.
    expected_address: Option<String>,
    /// ISO 3166-1, two or three letters.
    expected_country: Option<String>,
    expected_first_name: Option<String>,
    expected_last_name: Option<String>,
    /// ISO 639-1 codes with commas between them; every language if not given.
    poa_languages_allowed: Option<String>,
    /// `type:months` with commas between them: how old each type may be, 1 to 120, or -1 for any age. Types that are not
    /// named are then not accepted.
    #[schema(
        default = "utility_bill:3,bank_statement:3,government_issued_document:12,other_poa_document:12"
    )]
    poa_document_age_months: Option<String>,
    /// Taken and not applied: names follow `poa_address_mismatch_action`.
    #[schema(default = "DECLINE")]
    poa_name_mismatch_action: Option<String>,
    /// `DECLINE` or `NO_ACTION`, like those below.
    #[schema(default = "DECLINE")]
    poa_document_issues_action: Option<String>,
    #[schema(default = "DECLINE")]
    poa_document_authenticity_action: Option<String>,
    #[schema(default = "DECLINE")]
    poa_unsupported_language_action: Option<String>,
    #[schema(default = "DECLINE")]
    poa_address_mismatch_action: Option<String>,
    #[schema(default = "DECLINE")]
    poa_issuer_not_identified_action: Option<String>,
    /// Whether the call becomes a session.
    #[schema(default = true)]
    save_api_request: Option<bool>,
    /// Your name for the person.
    vendor_data: Option<String>,
    /// Any JSON, written as a text; echoed.
    metadata: Option<String>,
}

/// What a proof of address came to.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct AddressAnswerView {
    /// The session if the call was saved; else an id that names nothing.
    request_id: Uuid,
    /// The fields of `poa_verifications` in decisions, without the file, what it tells of itself, scores and the node.
    #[schema(value_type = Object)]
    poa: Value,
    vendor_data: Option<String>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
    /// ISO 8601 in UTC.
    created_at: String,
}

/// The form, read and judged.
pub(super) struct VerifyAddress(documents::VerifyAddress);

impl<S: Send + Sync> FromRequest<S> for VerifyAddress {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let mut form = Form::of(request).await?;
        let read = read(&mut form);
        form.fields.finish(read).map(Self).map_err(Problem::fields)
    }
}

fn read(form: &mut Form) -> Option<documents::VerifyAddress> {
    let document = form.required("document", &DOCUMENT);
    let address = form.fields.optional("expected_address", values::opaque(1024));
    let country = form.fields.optional("expected_country", country);
    let first = form.fields.optional("expected_first_name", values::opaque(255));
    let last = form.fields.optional("expected_last_name", values::opaque(255));
    let languages = form.fields.optional("poa_languages_allowed", languages);
    let ages = form.fields.optional("poa_document_age_months", ages);
    let mut actions = Some(Map::new());
    for name in CHOSEN {
        match (&mut actions, form.fields.optional(name, values::choice(ACTIONS))) {
            (Some(actions), Some(chosen)) => {
                actions.insert(name.to_owned(), Value::from(chosen.unwrap_or("DECLINE")));
            }
            _ => actions = None,
        }
    }
    let call = form.call();
    let names: Vec<String> = [first?, last?].into_iter().flatten().collect();
    let name = Some(names.join(" ").trim().to_owned()).filter(|name| !name.is_empty());
    Some(documents::VerifyAddress {
        document: document?,
        expected: Expected { name, address: address?, country: country? },
        languages: languages?,
        ages: ages?,
        actions: actions?,
        call: call?,
    })
}

fn country(value: &Value) -> Parsed<String> {
    let code = values::text(3)(value)?;
    if engine::documents::is_country(&code) {
        Ok(code)
    } else {
        wrong("Enter a valid ISO 3166-1 country code.")
    }
}

fn languages(value: &Value) -> Parsed<Vec<String>> {
    let known = &LANGUAGES;
    let mut languages = Vec::new();
    for code in value.as_str().unwrap_or_default().split(',').map(str::trim).filter(|code| !code.is_empty()) {
        let code = code.to_lowercase();
        if !known.contains(&code.as_str()) {
            let all: Vec<String> = known.iter().map(|code| format!("'{code}'")).collect();
            let shown: String = code.chars().take(20).collect();
            return wrong(format!(
                "Invalid language code: '{shown}'. Must be one of the supported languages: [{}].",
                all.join(", ")
            ));
        }
        languages.push(code);
    }
    Ok(languages)
}

fn ages(value: &Value) -> Parsed<Vec<(String, i64)>> {
    let mut ages = Vec::new();
    let text = value.as_str().unwrap_or_default();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (kind, months) = pair.split_once(':').unwrap_or((pair, ""));
        let (kind, months) = (kind.trim().to_lowercase(), months.trim());
        let shown = |text: &str| text.chars().take(40).collect::<String>();
        if !KINDS.contains(&kind.as_str()) {
            return wrong(format!("Invalid key: '{}'. Must be one of: {}.", shown(&kind), KINDS.join(", ")));
        }
        match months.parse::<i64>() {
            Ok(number) if number == -1 || (1..=120).contains(&number) => ages.push((kind, number)),
            _ => {
                return wrong(format!(
                    "Invalid integer value for '{kind}': '{}'. Must be -1 (unlimited) or a positive integer between 1 and 120.",
                    shown(months)
                ));
            }
        }
    }
    Ok(ages)
}

/// Check a proof of address
///
/// Reads a bill, statement or letter, compares it with what you expect, looks for signs that the file was changed, and
/// answers at once. What is wrong with a document that could be read is told in `warnings`; one that cannot be read is
/// refused and costs nothing. Sandbox applications get an invented bill.
#[utoipa::path(
    post, path = "/v3/poa/", tag = "standalone", security(("api_key" = [])),
    request_body(content = VerifyAddressForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The document was read.", body = AddressAnswerView, example = json!({
            "request_id": "4b523a8d-ed32-45e4-8aa8-a89eda459d88",
            "poa": {
                "status": "Approved", "document_type": "UTILITY_BILL", "document_subtype": "WATER_BILL",
                "issuer": "Example Water Ltd", "issue_date": "2026-05-10", "name_on_document": "ALICE BAKER",
                "poa_address": "12 Mill Lane, Oxford OX1 2AB", "warnings": []
            },
            "vendor_data": "user-123", "metadata": null, "created_at": "2026-06-12T02:29:02.439655+00:00"
        })),
        (status = 400, description = "A field is wrong, or the document cannot be read.", body = InvalidView,
         example = json!({"error": ["Error extracting POA information"]})),
        (status = 413, description = "The form is larger than 24 MB.", body = DetailView),
        (status = 415, description = "The form is not sent as `multipart/form-data`.", body = DetailView),
        (status = 503, description = "Print cannot be read on this installation.", body = DetailView),
        KeyRefusals, RateRefusals
    )
)]
pub(super) async fn verify_address(
    caller: Caller<may::CreateSessions>,
    State(engine): State<Engine>,
    wanted: Result<VerifyAddress, Problem>,
) -> Result<Json<Value>, Problem> {
    let answer = documents::verify_address(&engine, &caller.scope, wanted?.0).await?;
    Ok(Json(view::body("poa", answer)))
}
