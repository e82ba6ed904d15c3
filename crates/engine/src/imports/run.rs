//! The job that reads an import's file, a few rows per transaction.

use model::id::{ImportErrorId, ImportId};
use serde_json::{Map, Value};
use store::imports::{ImportErrorRow, ImportRow};
use store::jobs::Job;
use store::workflows::WorkflowRow;
use store::{Scope, SessionKey, Tx};

use super::file::Row;
use super::{FILE_BYTES, Format, MOST_ROWS, SealedRow, Status, origin, person, row_place, rows};
use crate::jobs::{JobError, ReadImport};
use crate::{Engine, jobs};

/// Rows in one transaction: others write too.
const AT_ONCE: usize = 25;
/// Rows in one job, far fewer than a lease allows; the next job goes on.
const PER_JOB: usize = 500;
/// How often a file that does not arrive is asked for.
const TRIES: i64 = 4;

/// What can end an import for good.
enum Broken {
    /// The file is wrong or nobody hands it out.
    File(String),
    /// Something of ours, to be tried again.
    Ours(JobError),
}

impl From<store::Error> for Broken {
    fn from(error: store::Error) -> Self {
        Self::Ours(error.into())
    }
}

/// Reads on from where the import stands.
pub(crate) async fn run(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let ReadImport { import_id } = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let mut tx = engine.store.read().await?;
    let import = store::imports::find(&mut tx, &scope, import_id).await?;
    let Some(import) = import.filter(|import| import.completed_at.is_none()) else {
        drop(tx);
        return settle(engine, job).await;
    };
    let workflow = store::workflows::find_published(&mut tx, &scope, import.workflow_id).await?;
    drop(tx);
    match read_on(engine, job, &scope, import.clone(), workflow).await {
        Ok(()) => Ok(()),
        Err(Broken::Ours(error)) => Err(error),
        Err(Broken::File(error)) => end(engine, job, import_id, &scope, &error).await,
    }
}

async fn settle(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let mut tx = engine.store.begin().await?;
    store::jobs::complete(&mut tx, job).await?;
    Ok(tx.commit().await?)
}

async fn read_on(
    engine: &Engine,
    job: &Job,
    scope: &Scope,
    mut import: ImportRow,
    workflow: Option<WorkflowRow>,
) -> Result<(), Broken> {
    let workflow = workflow.ok_or_else(|| Broken::File("The workflow was deleted.".to_owned()))?;
    let key = store::imports::unwrap(&engine.keyring, &import)?;
    let bytes = file(engine, job, &mut import, &key).await?;
    let format = Format::parse(&import.source_format).unwrap_or(Format::Csv);
    let rows = rows(format, &bytes).map_err(Broken::File)?;
    if rows.len() > MOST_ROWS {
        return Err(Broken::File(format!("The file has more than {MOST_ROWS} rows.")));
    }
    import.total_rows = rows.len() as i64;
    import.started_at = import.started_at.or(Some(engine.now()));
    Status::Processing.as_str().clone_into(&mut import.status);
    let mut left = PER_JOB;
    loop {
        let start = usize::try_from(import.checkpoint_row).unwrap_or(0).min(rows.len());
        let some = &rows[start..rows.len().min(start + AT_ONCE.min(left))];
        left -= some.len();
        let before = import.checkpoint_row;
        let mut tx = engine.store.begin().await?;
        for (index, row) in some.iter().enumerate() {
            take(engine, &mut tx, scope, &mut import, &key, &workflow, (start + index, row)).await?;
        }
        import.checkpoint_row = (start + some.len()) as i64;
        import.updated_at = engine.now();
        let over = import.checkpoint_row == import.total_rows;
        if over {
            Status::Completed.as_str().clone_into(&mut import.status);
            import.completed_at = Some(engine.now());
        }
        store::imports::save(&mut tx, &import, before).await?;
        if over || left == 0 {
            if !over {
                jobs::enqueue_import(engine, &mut tx, scope, import.id).await?;
            }
            store::jobs::complete(&mut tx, job).await?;
        }
        tx.commit().await?;
        if over {
            forget_file(engine, import.id).await;
        }
        if over || left == 0 {
            engine.nudge();
            return Ok(());
        }
    }
}

/// The file's bytes: those that are kept, or else fetched and kept first, so that every row is read of the same file.
async fn file(
    engine: &Engine,
    job: &Job,
    import: &mut ImportRow,
    key: &SessionKey,
) -> Result<Vec<u8>, Broken> {
    if import.size.is_some() {
        return Ok(engine.blobs.get_import(key, import.id).await?.to_vec());
    }
    let url = origin(key, import)?.url.ok_or_else(|| Broken::File("The file is not here.".to_owned()))?;
    let bytes = match engine.courier.fetch(&url, FILE_BYTES).await {
        Ok(bytes) => bytes,
        Err(unfetched) if unfetched.is_final() || job.attempts >= TRIES => {
            return Err(Broken::File(format!("{unfetched}.")));
        }
        Err(unfetched) => return Err(Broken::Ours(JobError::Unfetched(unfetched))),
    };
    engine.blobs.put_import(key, import.id, &bytes).await?;
    import.size = Some(bytes.len() as i64);
    let mut tx = engine.store.begin().await?;
    store::imports::save(&mut tx, import, import.checkpoint_row).await?;
    tx.commit().await?;
    Ok(bytes)
}

/// Makes a session of a row, or notes why not.
async fn take(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    import: &mut ImportRow,
    key: &SessionKey,
    workflow: &WorkflowRow,
    (index, row): (usize, &Row),
) -> Result<(), store::Error> {
    let empty = Map::new();
    let refused = match row {
        Ok(fields) => match person::of(engine, fields) {
            Ok(person) => {
                if person::settle(engine, tx, scope, workflow, person).await? {
                    import.created_count += 1;
                } else {
                    import.skipped_count += 1;
                }
                return Ok(());
            }
            Err(error) => (error, fields),
        },
        Err(error) => (error.clone(), &empty),
    };
    let (error, raw_row) = refused;
    import.failed_count += 1;
    let id = ImportErrorId(engine.uuid());
    let external_id = raw_row.get("external_id").and_then(Value::as_str).map(str::to_owned);
    let sealed = SealedRow { external_id, error, raw_row: raw_row.clone() };
    let row = ImportErrorRow {
        id,
        import_id: import.id,
        row_number: index as i64 + 1,
        sealed_row: key.seal_json(&row_place(id), &sealed),
        created_at: engine.now(),
    };
    store::imports::insert_error(tx, &row).await
}

/// Ends an import that cannot go on; what it made stays.
async fn end(engine: &Engine, job: &Job, id: ImportId, scope: &Scope, error: &str) -> Result<(), JobError> {
    let mut tx = engine.store.begin().await?;
    if let Some(mut import) =
        store::imports::find(&mut tx, scope, id).await?.filter(|row| row.completed_at.is_none())
    {
        Status::Failed.as_str().clone_into(&mut import.status);
        import.last_error = Some(error.to_owned());
        import.updated_at = engine.now();
        import.completed_at = Some(engine.now());
        store::imports::save(&mut tx, &import, import.checkpoint_row).await?;
    }
    store::jobs::complete(&mut tx, job).await?;
    tx.commit().await?;
    forget_file(engine, id).await;
    Ok(())
}

async fn forget_file(engine: &Engine, id: ImportId) {
    if let Err(error) = engine.blobs.delete_import(id).await {
        tracing::warn!(import = %id, %error, "the file of an import that is over was not removed");
    }
}
