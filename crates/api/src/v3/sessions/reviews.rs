//! `GET` and `POST /v3/sessions/{session_id}/reviews/` (features §18).

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use engine::Engine;
use engine::reviews::{self, Note, Order, Review};
use engine::sessions::ReadRefused;
use model::id::{ReviewId, SessionId};
use model::status::SessionStatus;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};
use crate::v3::page::{PageView, Slice};

/// One of the ten, spelled exactly.
pub(super) fn status(value: &Value) -> Parsed<SessionStatus> {
    let known = value.as_str().and_then(|text| text.parse().ok());
    known.map_or_else(|| wrong(format!("\"{}\" is not a valid choice.", values::plain(value))), Ok)
}

/// A note about a session.
#[derive(ToSchema)]
#[schema(as = ReviewNote, example = json!({"new_status": "In Review", "comment": "Flagged for a manual re-check."}))]
pub(super) struct AddReview {
    /// A status that the note speaks of; the session keeps its own.
    #[schema(value_type = Option<String>)]
    new_status: Option<SessionStatus>,
    /// The note.
    comment: Option<String>,
}

impl Read for AddReview {
    fn read(fields: &mut Fields) -> Option<Self> {
        let new_status = fields.optional("new_status", status);
        let comment = fields.optional("comment", values::opaque(10_000));
        Some(Self { new_status: new_status?, comment: comment? })
    }
}

/// A note as it was kept.
#[derive(Serialize, ToSchema)]
pub(super) struct NoteView {
    /// `Unknown` for a program's note.
    user: String,
    new_status: Option<&'static str>,
    comment: Option<String>,
    /// ISO 8601 in UTC.
    created_at: String,
}

/// An entry of a session's trail.
#[derive(Serialize, ToSchema)]
pub(super) struct ReviewView {
    #[schema(value_type = Uuid)]
    uuid: ReviewId,
    /// `STATUS_UPDATED`, `KYC_DATA_UPDATED` and the like.
    #[schema(example = "STATUS_UPDATED")]
    activity_type: &'static str,
    #[schema(example = "API Client")]
    actor_display: String,
    actor_email: Option<String>,
    /// `API_KEY`, `CONSOLE_USER` or `SYSTEM`.
    #[schema(example = "API_KEY")]
    actor_type: String,
    new_status: Option<&'static str>,
    previous_status: Option<&'static str>,
    comment: Option<String>,
    mentioned_emails: Vec<String>,
    #[schema(value_type = Option<Object>)]
    previous_value: Option<Value>,
    #[schema(value_type = Option<Object>)]
    new_value: Option<Value>,
    changed_fields: Vec<String>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
    created_at: String,
}

impl From<Review> for ReviewView {
    fn from(review: Review) -> Self {
        let entry = review.entry;
        Self {
            uuid: review.id,
            activity_type: review.activity.as_str(),
            actor_display: entry.author.display,
            actor_email: entry.author.email,
            actor_type: entry.author.kind,
            new_status: entry.new_status.map(SessionStatus::as_str),
            previous_status: entry.previous_status.map(SessionStatus::as_str),
            comment: entry.comment,
            mentioned_emails: Vec::new(),
            previous_value: entry.previous_value,
            new_value: entry.new_value,
            changed_fields: entry.changed_fields,
            metadata: entry.metadata,
            created_at: engine::decision::instant(review.created_at),
        }
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Ordering {
    ordering: Option<String>,
}

/// List what was noted and changed by hand
///
/// Decisions, corrections and notes, newest first; `ordering=created_at` reads them as they happened.
#[utoipa::path(
    get, path = "/v3/sessions/{session_id}/reviews/", tag = "sessions", security(("api_key" = [])),
    params(
        ("session_id" = Uuid, Path, description = "From the create's answer."),
        ("ordering" = Option<String>, Query, description = "`-created_at` unless given; anything unknown is ignored."),
        Slice,
    ),
    responses((status = 200, description = "One page.", body = PageView<ReviewView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_reviews(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::ReadSessions>,
    slice: Slice,
    ordering: Result<Query<Ordering>, QueryRejection>,
    State(engine): State<Engine>,
) -> Result<Json<PageView<ReviewView>>, Problem> {
    let ordering = ordering.map(|Query(ordering)| ordering).unwrap_or_default();
    let oldest_first = ordering.ordering.as_deref() == Some("created_at");
    let order = if oldest_first { Order::OldestFirst } else { Order::NewestFirst };
    let part = (slice.limit as usize, slice.offset as usize);
    let page = reviews::list(&engine, &caller.scope, id, order, part).await.map_err(unread)?;
    let (path, count) = (format!("/v3/sessions/{id}/reviews/"), page.count);
    let asked: Vec<_> = ordering.ordering.map(|order| ("ordering".to_owned(), order)).into_iter().collect();
    let page = PageView::of(&engine, &path, slice, page, ReviewView::from);
    Ok(Json(page.filtered(&engine, &path, slice, &asked, count)))
}

/// Add a note
///
/// The session stays as it is and nobody is told; `update-status` decides.
#[utoipa::path(
    post, path = "/v3/sessions/{session_id}/reviews/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "From the create's answer.")),
    request_body = AddReview,
    responses((status = 201, description = "The note.", body = NoteView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn add_review(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
    Body(note): Body<AddReview>,
) -> Result<(StatusCode, Json<NoteView>), Problem> {
    let note = Note { status: note.new_status, comment: note.comment };
    let review = reviews::add(&engine, &caller.scope, id, note).await.map_err(unread)?;
    let view = NoteView {
        user: review.entry.author.email.unwrap_or(review.entry.author.display),
        new_status: review.entry.new_status.map(SessionStatus::as_str),
        comment: review.entry.comment,
        created_at: engine::decision::instant(review.created_at),
    };
    Ok((StatusCode::CREATED, Json(view)))
}

fn unread(refused: ReadRefused) -> Problem {
    match refused {
        ReadRefused::NotFound => Problem::detail(Code::NotFound, "Session not found."),
        ReadRefused::Store(error) => Problem::server_error(&error),
    }
}
