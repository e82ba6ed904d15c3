//! `GET /v3/session/{session_id}/generate-pdf/` (core API §3.10).

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use engine::Engine;
use engine::pdf_report::{ReportRefused, pdf_report};
use model::id::SessionId;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// The report as PDF
///
/// Everything the decision says, with thumbnails, reviews and the course of events, as PDF/A-2a and PDF/UA-1. For sessions
/// that are `Approved`, `Declined`, `In Review` or `Kyc Expired`; others are refused with 403. Rendered anew at every call.
#[utoipa::path(
    get, path = "/v3/session/{session_id}/generate-pdf/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "From the create's answer.")),
    responses((status = 200, description = "The report.", content_type = "application/pdf", body = Vec<u8>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn generate_pdf(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::ReadSessions>,
    State(engine): State<Engine>,
) -> Result<impl IntoResponse, Problem> {
    let file = pdf_report(&engine, &caller.scope, id).await?;
    let name = format!("attachment; filename=session_{id}.pdf");
    Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, name)], file))
}

impl From<ReportRefused> for Problem {
    fn from(refused: ReportRefused) -> Self {
        match refused {
            ReportRefused::NotFound => Self::new(Code::NotFound),
            ReportRefused::NotDecided(status) => Self::detail(
                Code::PermissionDenied,
                format!(
                    "A PDF report exists for sessions that are Approved, Declined, In Review or Kyc Expired. This session is {status}."
                ),
            ),
            ReportRefused::Unprintable(error) => Self::server_error(&error),
            ReportRefused::Store(error) => Self::server_error(&error),
        }
    }
}
