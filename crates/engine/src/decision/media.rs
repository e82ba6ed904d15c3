//! Signed, short-lived links to what a person sent (features §21).

use model::id::{ApplicationId, BlobId, SessionId};
use serde_json::Value;
use store::Scope;
use zeroize::Zeroizing;

use super::{life, media_path};
use crate::Engine;

/// Which reader a link is for (decisions: media link lifetime).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaLife {
    /// Decision reads: 60 minutes.
    Read,
    /// Webhooks: 4 hours, since they may be retried.
    Webhook,
}

/// What a link opens.
pub struct Media {
    /// The plain bytes.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Their media type.
    pub content_type: String,
}

/// Why a link opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum MediaRefused {
    /// Forged, altered, expired, or the session was erased: all the same to the caller.
    #[error("this link is not valid, or not any more")]
    Gone,
    /// The database or the object store.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Replaces every `media:{blob}` in a decision by a signed link.
pub fn link_media(engine: &Engine, scope: &Scope, session: SessionId, kind: MediaLife, value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(blob) = text.strip_prefix("media:") {
                *text = link(engine, scope, session, kind, blob);
            }
        }
        Value::Array(items) => {
            for item in items {
                link_media(engine, scope, session, kind, item);
            }
        }
        Value::Object(map) => {
            // What the integrator sent is echoed as it is, even if it looks like one of our references.
            for (key, item) in map {
                if !matches!(key.as_str(), "metadata" | "vendor_data" | "expected_details") {
                    link_media(engine, scope, session, kind, item);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn link(engine: &Engine, scope: &Scope, session: SessionId, kind: MediaLife, blob: &str) -> String {
    let expires = (engine.now() + life(kind)).as_second();
    let path = media_path(scope, session, blob);
    let signature = engine.keyring.sign_link(&format!("{path}?expires={expires}"));
    format!("{}{path}?expires={expires}&signature={signature}", engine.base_url)
}

/// The bytes behind a link.
pub async fn open_media(
    engine: &Engine,
    (application, session, blob): (ApplicationId, SessionId, BlobId),
    expires: i64,
    signature: &str,
) -> Result<Media, MediaRefused> {
    let signed = format!("/media/{application}/{session}/{blob}?expires={expires}");
    if !engine.keyring.link_is_ours(&signed, signature) || engine.now().as_second() > expires {
        return Err(MediaRefused::Gone);
    }
    let mut tx = engine.store.read().await?;
    let scope =
        store::applications::scope_for_signed_link(&mut tx, application).await?.ok_or(MediaRefused::Gone)?;
    let row = store::blobs::find(&mut tx, &scope, blob).await?.ok_or(MediaRefused::Gone)?;
    let key =
        store::session_keys::find(&mut tx, &engine.keyring, session).await?.ok_or(MediaRefused::Gone)?;
    drop(tx);
    let bytes = engine.blobs.get(&key, session, blob).await?;
    Ok(Media { bytes, content_type: row.content_type })
}
