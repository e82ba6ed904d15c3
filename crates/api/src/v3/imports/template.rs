//! `GET /v3/session/imports/template/`.

use axum::extract::RawQuery;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::imports::COLUMNS;
use url::form_urlencoded;

use super::TYPES;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, QueryRefusals};
use crate::problem::Problem;

/// Download the import's template
///
/// The header of a CSV file; NDJSON rows have the same names. `external_id` and `status` have to be filled in.
#[utoipa::path(
    get, path = "/v3/session/imports/template/", tag = "sessions", security(("api_key" = [])),
    params(("import_type" = Option<String>, Query, description = "`user_verification`, the default.")),
    responses((status = 200, description = "A CSV file.", body = String, content_type = "text/csv"), QueryRefusals, KeyRefusals)
)]
pub(super) async fn download_template(
    _caller: Caller<may::ReadSessions>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, value)| name == "import_type" && !value.is_empty());
    let kind = asked.last().map_or_else(|| TYPES[0].to_owned(), |(_, value)| value.into_owned());
    if kind != TYPES[0] {
        let known = TYPES.contains(&kind.as_str());
        let shown: String = kind.chars().take(100).collect();
        let message = if known {
            format!("Imports of {kind} are not available.")
        } else {
            format!("\"{shown}\" is not a valid choice.")
        };
        return Err(Problem::field("import_type", message));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=user_verification_template.csv"),
    ];
    Ok((headers, format!("{}\r\n", COLUMNS.join(","))).into_response())
}
