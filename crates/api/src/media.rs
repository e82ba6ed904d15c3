//! `/media/…`: what a person sent, behind a signed link that opens without a key.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use engine::Engine;
use engine::decision::{MediaRefused, open_media};
use model::id::{ApplicationId, BlobId, SessionId};
use serde::Deserialize;
use uuid::Uuid;

use crate::problem::{Code, Problem};

/// The signature of a link.
#[derive(Deserialize)]
pub struct Signed {
    expires: i64,
    signature: String,
}

/// The bytes behind a link; a link that is forged, old or erased is no route of ours.
pub async fn show(
    State(engine): State<Engine>,
    path: Result<Path<(Uuid, Uuid, Uuid)>, PathRejection>,
    signed: Result<Query<Signed>, QueryRejection>,
) -> Result<Response, Problem> {
    let (Ok(Path((application, session, blob))), Ok(Query(signed))) = (path, signed) else {
        return Err(Problem::new(Code::NotFound));
    };
    let object = (ApplicationId(application), SessionId(session), BlobId(blob));
    match open_media(&engine, object, signed.expires, &signed.signature).await {
        Ok(media) => {
            let mut headers = HeaderMap::new();
            let kind = HeaderValue::from_str(&media.content_type);
            headers.insert(
                header::CONTENT_TYPE,
                kind.unwrap_or(HeaderValue::from_static("application/octet-stream")),
            );
            headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
            headers.insert(
                header::HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("cross-origin"),
            );
            Ok((headers, media.bytes.to_vec()).into_response())
        }
        Err(MediaRefused::Gone) => Err(Problem::new(Code::NotFound)),
        Err(MediaRefused::Store(error)) => Err(Problem::server_error(&error)),
    }
}
