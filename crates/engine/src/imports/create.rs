//! A new import: checked, kept, left to the job.

use model::id::{ImportId, WorkflowId};
use outbound::Unreachable;
use serde_json::json;
use store::imports::ImportRow;
use store::{Mode, Scope, SessionKey};

use super::{FILE_BYTES, Format, Import, Origin, Status, origin_place, view};
use crate::{Engine, audit, jobs};

/// Where the rows come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// Fetched by the job.
    Url(String),
    /// Sent with the request.
    File {
        /// As the client called it.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// The workflow that the sessions belong to.
    pub workflow_id: WorkflowId,
    /// Told by the name's ending unless given.
    pub format: Option<Format>,
    /// The rows.
    pub source: Source,
}

/// Why nothing is imported.
#[derive(Debug, thiserror::Error)]
pub enum CreateRefused {
    /// A sandbox has nobody's real verifications.
    #[error("verification imports are not enabled for sandbox applications")]
    Sandbox,
    /// The application has no published workflow of this id.
    #[error("no published workflow has this id")]
    UnknownWorkflow,
    /// Neither CSV nor NDJSON.
    #[error("only CSV and NDJSON files are supported")]
    UnknownFormat,
    /// Larger than a file may be.
    #[error("import file exceeds the maximum allowed size")]
    TooLarge,
    /// The address may not be called.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// The database or the object store.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Accepts an import.
pub async fn create(engine: &Engine, scope: &Scope, wanted: NewImport) -> Result<Import, CreateRefused> {
    if scope.mode() == Mode::Sandbox {
        return Err(CreateRefused::Sandbox);
    }
    let id = ImportId(engine.uuid());
    let key = SessionKey::generate();
    let (url, filename, bytes) = match wanted.source {
        Source::Url(url) => {
            let parsed = engine.reach.check(&url)?;
            let last =
                parsed.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
            let filename = if last.is_empty() { "import".to_owned() } else { last.to_owned() };
            (Some(url), filename, None)
        }
        Source::File { name, bytes } if bytes.len() <= FILE_BYTES => (None, name, Some(bytes)),
        Source::File { .. } => return Err(CreateRefused::TooLarge),
    };
    let format = wanted.format.or_else(|| Format::of_name(&filename)).ok_or(CreateRefused::UnknownFormat)?;
    let origin = Origin { url, filename: filename.chars().take(255).collect() };
    let row = ImportRow {
        id,
        application_id: scope.application_id(),
        workflow_id: wanted.workflow_id,
        import_type: "user_verification".to_owned(),
        source_format: format.as_str().to_owned(),
        wrapped: store::imports::wrap(&engine.keyring, id, &key),
        sealed_source: key.seal_json(&origin_place(id), &origin),
        status: Status::Pending.as_str().to_owned(),
        size: bytes.as_ref().map(|bytes| bytes.len() as i64),
        total_rows: 0,
        checkpoint_row: 0,
        created_count: 0,
        skipped_count: 0,
        failed_count: 0,
        last_error: None,
        created_at: engine.now(),
        updated_at: engine.now(),
        started_at: None,
        completed_at: None,
    };
    let mut tx = engine.store.read().await?;
    let workflow = store::workflows::find_published(&mut tx, scope, wanted.workflow_id).await?;
    workflow.ok_or(CreateRefused::UnknownWorkflow)?;
    drop(tx);
    if let Some(bytes) = bytes {
        engine.blobs.put_import(&key, id, &bytes).await?;
    }
    let mut tx = engine.store.begin().await?;
    store::imports::insert(&mut tx, &row).await?;
    jobs::enqueue_import(engine, &mut tx, scope, id).await?;
    audit::note(engine, &mut tx, scope, "import.created", id, json!({"workflow_id": wanted.workflow_id}))
        .await?;
    tx.commit().await?;
    engine.nudge();
    Ok(view(engine, row)?)
}
