//! Pictures and files that a report refers to (`media:{blob}`) before they are stored.

use model::id::{BlobId, SessionId};
use serde_json::Value;
use store::blobs::BlobRow;
use store::{SessionKey, Tx};

use crate::Engine;

/// What a report refers to, in hand.
#[derive(Default)]
pub(crate) struct Media(Vec<Medium>);

struct Medium {
    id: BlobId,
    kind: String,
    content_type: &'static str,
    bytes: Vec<u8>,
}

impl Media {
    /// Takes a file and says how reports refer to it.
    pub(crate) fn add(
        &mut self,
        engine: &Engine,
        kind: String,
        content_type: &'static str,
        bytes: Vec<u8>,
    ) -> String {
        let id = BlobId(engine.uuid());
        self.0.push(Medium { id, kind, content_type, bytes });
        format!("media:{id}")
    }

    /// Stores every file, sealed with the session's key. Nothing knows them before [`Media::note`].
    pub(crate) async fn put(
        &self,
        engine: &Engine,
        key: &SessionKey,
        session: SessionId,
    ) -> Result<(), store::Error> {
        for medium in &self.0 {
            engine.blobs.put(key, session, medium.id, &medium.bytes).await?;
        }
        Ok(())
    }

    /// Makes the stored files known. The session's row is there.
    pub(crate) async fn note(
        &self,
        engine: &Engine,
        tx: &mut Tx,
        session: SessionId,
    ) -> Result<(), store::Error> {
        for medium in &self.0 {
            let row = BlobRow {
                id: medium.id,
                session_id: session,
                kind: medium.kind.clone(),
                content_type: medium.content_type.to_owned(),
                size: i64::try_from(medium.bytes.len()).unwrap_or(i64::MAX),
                sha256: None,
                created_at: engine.now(),
            };
            store::blobs::insert(tx, &row).await?;
        }
        Ok(())
    }

    /// Puts the files themselves, in base64, where a report refers to them: for callers that want nothing stored.
    pub(crate) fn inline(&self, value: &mut Value) {
        use base64::Engine as _;
        match value {
            Value::String(text) => {
                let medium = text.strip_prefix("media:").and_then(|id| self.find(id));
                if let Some(medium) = medium {
                    *text = base64::engine::general_purpose::STANDARD.encode(&medium.bytes);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.inline(item)),
            Value::Object(map) => map.values_mut().for_each(|item| self.inline(item)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn find(&self, id: &str) -> Option<&Medium> {
        self.0.iter().find(|medium| medium.id.to_string() == id)
    }
}
