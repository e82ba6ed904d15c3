//! `GET /v3/blocklist/`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Query, State};
use engine::decision::instant;
use engine::lists::{BlockedItem, EntryType};
use engine::{Engine, lists};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// One blocked value.
#[derive(Serialize, ToSchema)]
#[schema(as = BlocklistItem)]
pub(super) struct BlocklistItemView {
    /// `face`, `document`, `phone` or `email`.
    r#type: &'static str,
    /// The session that it was taken from.
    session_id: Option<Uuid>,
    session_number: Option<i64>,
    #[schema(format = "date-time")]
    blocklisted_at: String,
    face_image: Option<String>,
    document_type: Option<String>,
    document_number: Option<String>,
    phone_number: Option<String>,
    email: Option<String>,
}

impl From<BlockedItem> for BlocklistItemView {
    fn from(item: BlockedItem) -> Self {
        let value = |kind: EntryType| (item.kind == kind).then(|| item.value.clone());
        Self {
            r#type: item.kind.as_str(),
            session_id: item.session_id.map(|id| id.0),
            session_number: item.session_number,
            blocklisted_at: instant(item.blocklisted_at),
            face_image: None,
            document_number: value(EntryType::Document),
            phone_number: value(EntryType::Phone),
            email: value(EntryType::Email),
            document_type: item.document_type,
        }
    }
}

/// List what is on the block list
///
/// Newest first.
#[utoipa::path(
    get, path = "/v3/blocklist/", tag = "lists", security(("api_key" = [])),
    params(("item_type" = Option<String>, Query, description = "`face`, `document`, `phone` or `email`.")),
    responses((status = 200, description = "All of it.", body = Vec<BlocklistItemView>), BodyRefusals, KeyRefusals)
)]
pub(super) async fn list_blocklist(
    caller: Caller<may::ReadBlocklist>,
    State(engine): State<Engine>,
    query: Result<Query<HashMap<String, String>>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Vec<BlocklistItemView>>, Problem> {
    let wanted = query.ok().and_then(|Query(mut given)| given.remove("item_type"));
    let only = wanted.map(|name| item_type(&name)).transpose()?;
    let items = lists::blocked(&engine, &caller.scope, only).await?;
    Ok(Json(items.into_iter().map(BlocklistItemView::from).collect()))
}

fn item_type(name: &str) -> Result<EntryType, Problem> {
    let known = EntryType::of_name(name).filter(|kind| {
        matches!(kind, EntryType::Face | EntryType::Document | EntryType::Phone | EntryType::Email)
    });
    let shown: String = name.chars().take(100).collect();
    known.ok_or_else(|| Problem::field("item_type", format!("\"{shown}\" is not a valid choice.")))
}
