//! `GET /v3/supported-documents/` (features §2.2).

use axum::Json;
use axum::extract::{Query, State};
use engine::Engine;
use engine::documents::{self, DocumentType};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;

/// What is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SupportedQuery {
    /// One country, two or three letters.
    country: Option<String>,
    /// One type: `P`, `ID`, `DL`, `RP`…
    document_type: Option<String>,
}

/// The documents of one country.
#[derive(Serialize, ToSchema)]
pub(super) struct CountryView {
    /// ISO 3166-1 alpha-3.
    country: String,
    /// In English.
    country_name: Option<&'static str>,
    /// Each with its type, subtype, region, sides, zone, barcode and the checks that apply.
    #[schema(value_type = Vec<Object>)]
    documents: Vec<Value>,
}

/// Supported documents.
#[derive(Serialize, ToSchema)]
pub(super) struct SupportedView {
    /// Countries.
    count: usize,
    results: Vec<CountryView>,
}

/// List supported documents
///
/// What this server reads, country by country; its operator can add to it. A workflow's `documents_allowed` takes the same
/// codes.
#[utoipa::path(
    get, path = "/v3/supported-documents/", tag = "standalone", security(("api_key" = [])),
    params(SupportedQuery),
    responses((status = 200, description = "The documents.", body = SupportedView), KeyRefusals)
)]
pub(super) async fn list_supported_documents(
    _caller: Caller<may::ReadWorkflows>,
    State(engine): State<Engine>,
    Query(wanted): Query<SupportedQuery>,
) -> Json<SupportedView> {
    let country = wanted.country.as_deref().map(documents::country);
    let of_country = |code: &str| country.is_none_or(|country| country == Some(code));
    let of_type = |document: &&DocumentType| {
        wanted.document_type.as_deref().is_none_or(|kind| document.code.code().eq_ignore_ascii_case(kind))
    };
    let mut results: Vec<CountryView> = Vec::new();
    let mut sorted: Vec<&DocumentType> = engine.documents.documents().iter().filter(of_type).collect();
    sorted.sort_by(|a, b| a.country.cmp(&b.country));
    for document in sorted.into_iter().filter(|document| of_country(&document.country)) {
        let shown = shown(document);
        match results.last_mut().filter(|last| last.country == document.country) {
            Some(last) => last.documents.push(shown),
            None => results.push(CountryView {
                country: document.country.clone(),
                country_name: documents::country_name(&document.country),
                documents: vec![shown],
            }),
        }
    }
    Json(SupportedView { count: results.len(), results })
}

fn shown(document: &DocumentType) -> Value {
    json!({
        "document_type": document.code.code(),
        "name": document.code.display_name(),
        "subtype": document.subtype,
        "region": document.region,
        "sides": document.sides,
        "mrz": document.mrz,
        "barcode": document.barcode,
        "checks": document.checks,
    })
}
