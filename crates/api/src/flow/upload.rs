//! Pictures, sent in pieces that survive a lost connection.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use engine::Engine;
use engine::flow::{self, CHUNK_BYTES, NewUpload};
use model::id::UploadId;
use model::workflow::NodeId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::view::FlowBody;
use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::SessionToken;
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// A file that is about to come.
pub(super) struct StartUpload(NewUpload);

impl Read for StartUpload {
    fn read(fields: &mut Fields) -> Option<Self> {
        let node = fields.required("node_id", values::text(100));
        let part = fields.required("part", values::text(100));
        let size = fields.required("size", values::integer(1, i64::MAX));
        let sha256 = fields.required("sha256", sha256);
        let size = u64::try_from(size?).ok()?;
        Some(Self(NewUpload { node: NodeId(node?), part: part?, size, sha256: sha256? }))
    }
}

fn sha256(value: &Value) -> Parsed<String> {
    match value.as_str() {
        Some(text) if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Ok(text.to_owned())
        }
        _ => wrong("Must be 64 hexadecimal digits."),
    }
}

/// Where an upload stands.
#[derive(Serialize)]
pub(super) struct UploadView {
    upload_id: Uuid,
    offset: u64,
    chunk_bytes: usize,
}

/// `POST /flow/v1/uploads`
pub(super) async fn start(
    SessionToken(token): SessionToken,
    State(engine): State<Engine>,
    Body(StartUpload(new)): Body<StartUpload>,
) -> Result<(StatusCode, Json<UploadView>), Problem> {
    let progress = flow::start_upload(&engine, &token, new).await?;
    let status = if progress.resumed { StatusCode::OK } else { StatusCode::CREATED };
    let view = UploadView { upload_id: progress.id.0, offset: progress.offset, chunk_bytes: CHUNK_BYTES };
    Ok((status, Json(view)))
}

#[derive(Deserialize)]
pub(super) struct At {
    offset: u64,
}

/// `PUT /flow/v1/uploads/{id}?offset=N`
pub(super) async fn put_chunk(
    SessionToken(token): SessionToken,
    PathId(id): PathId<UploadId>,
    State(engine): State<Engine>,
    at: Result<Query<At>, QueryRejection>,
    bytes: Bytes,
) -> Result<Json<Value>, Problem> {
    let Ok(Query(At { offset })) = at else {
        return Err(Problem::detail(Code::Invalid, "The query must hold `offset`.").with_code());
    };
    let offset = flow::put_chunk(&engine, &token, id, offset, &bytes).await?;
    Ok(Json(json!({"offset": offset})))
}

/// `POST /flow/v1/uploads/{id}/complete`
pub(super) async fn complete(
    SessionToken(token): SessionToken,
    PathId(id): PathId<UploadId>,
    State(engine): State<Engine>,
) -> Result<Json<FlowBody>, Problem> {
    Ok(Json(flow::complete_upload(&engine, &token, id).await?.into()))
}

/// `DELETE /flow/v1/steps/{node_id}/uploads/{part}`
pub(super) async fn discard(
    SessionToken(token): SessionToken,
    Path((node, part)): Path<(String, String)>,
    State(engine): State<Engine>,
) -> Result<Json<FlowBody>, Problem> {
    Ok(Json(flow::discard_upload(&engine, &token, &NodeId(node), &part).await?.into()))
}
