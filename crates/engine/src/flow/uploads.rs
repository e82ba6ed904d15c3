//! Resumable uploads: announced with size and checksum, sent in chunks, complete when every byte is there.

use model::id::UploadId;
use model::session::{Event, Progress, State};
use model::workflow::NodeId;
use sha2::{Digest, Sha256};
use store::Tx;
use store::uploads::UploadRow;
use vision::PictureKind;

use super::{FlowRefused, FlowView, Visitor, view};
use crate::Engine;
use crate::questionnaires::Kind;
use crate::sessions::Record;

/// A picture may be this large.
pub const UPLOAD_BYTES: u64 = 10 * 1024 * 1024;
/// A chunk may be this large.
pub const CHUNK_BYTES: usize = 256 * 1024;

/// How a PDF begins (ISO 32000-1 §7.5.2).
pub(super) const PDF: &[u8] = b"%PDF-";

const RECEIVING: &str = "receiving";
pub(super) const COMPLETE: &str = "complete";

/// What the page announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// For which step.
    pub node: NodeId,
    /// `front` or `back`.
    pub part: String,
    /// In bytes.
    pub size: u64,
    /// In hex.
    pub sha256: String,
}

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadProgress {
    /// Its id.
    pub id: UploadId,
    /// Where it goes on.
    pub offset: u64,
    /// Whether it was known before.
    pub resumed: bool,
}

/// Announces a file, or finds where its interrupted upload goes on.
pub async fn start_upload(
    engine: &Engine,
    visitor: &Visitor,
    new: NewUpload,
) -> Result<UploadProgress, FlowRefused> {
    if new.size == 0 || new.size > UPLOAD_BYTES {
        return Err(FlowRefused::TooLarge);
    }
    let mut tx = engine.store.begin().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let attempt = attempt_at(&record, &new.node, &new.part)?;
    let known = store::uploads::find_part(&mut tx, record.row.id, &new.node.0, &new.part, attempt).await?;
    let size = i64::try_from(new.size).map_err(|_| FlowRefused::TooLarge)?;
    let sha256 = new.sha256.to_ascii_lowercase();
    let replaced = known.as_ref().map(|row| row.id);
    let progress = match known {
        Some(row) if row.size == size && row.sha256 == sha256 => {
            return Ok(UploadProgress { id: row.id, offset: offset(&row), resumed: true });
        }
        // Another picture for the same side: the old one is forgotten.
        Some(row) => {
            let fresh = UploadRow { size, sha256, received: 0, state: RECEIVING.to_owned(), ..row.clone() };
            store::uploads::save(&mut tx, &fresh, row.received).await?;
            UploadProgress { id: row.id, offset: 0, resumed: false }
        }
        None => {
            let id = UploadId(engine.uuid());
            let row = UploadRow {
                id,
                session_id: record.row.id,
                node_id: new.node.0,
                part: new.part,
                attempt,
                size,
                sha256,
                received: 0,
                state: RECEIVING.to_owned(),
                blob_id: None,
                created_at: engine.now(),
            };
            if !store::uploads::insert(&mut tx, &row).await? {
                return Err(FlowRefused::Busy);
            }
            UploadProgress { id, offset: 0, resumed: false }
        }
    };
    let record = record.apply(engine, &mut tx, Event::Active).await?;
    tx.commit().await?;
    if let Some(id) = replaced {
        engine.blobs.delete_upload(record.row.id, id).await?;
    }
    Ok(progress)
}

/// The attempt at work, if this part is asked for now.
fn attempt_at(record: &Record, node: &NodeId, part: &str) -> Result<i64, FlowRefused> {
    let progress = current(record, node)?;
    if let Some(questionnaire) = record.personal.questionnaires.get(&node.0) {
        progress.consented_at.ok_or(FlowRefused::Lifecycle(model::session::Refused::Early))?;
        questionnaire.content.question_of_part(part).ok_or(FlowRefused::UnknownPart)?;
        return Ok(i64::from(progress.attempt));
    }
    let choice = progress.choice.as_ref().ok_or(FlowRefused::Lifecycle(model::session::Refused::Early))?;
    if !choice.sides().contains(&part) {
        return Err(FlowRefused::UnknownPart);
    }
    Ok(i64::from(progress.attempt))
}

pub(super) fn current<'record>(
    record: &'record Record,
    node: &NodeId,
) -> Result<&'record Progress, FlowRefused> {
    match &record.session.state {
        State::InProgress(progress)
            if progress.node == *node && progress.phase != model::session::Phase::Checking =>
        {
            Ok(progress)
        }
        State::InProgress(_) => Err(FlowRefused::Lifecycle(model::session::Refused::NotCurrent)),
        _ => Err(FlowRefused::Lifecycle(model::session::Refused::WrongStatus)),
    }
}

/// Keeps the next bytes; says where the upload goes on. The chunk is stored before the row counts it.
pub async fn put_chunk(
    engine: &Engine,
    visitor: &Visitor,
    id: UploadId,
    at: u64,
    bytes: &[u8],
) -> Result<u64, FlowRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let row = find(&mut tx, &record, id).await?;
    drop(tx);
    let expected = offset(&row);
    if at != expected {
        return Err(FlowRefused::OffsetMismatch { expected });
    }
    let end = at + bytes.len() as u64;
    let size = u64::try_from(row.size).unwrap_or(0);
    let short_of_end = end < size && bytes.len() != CHUNK_BYTES;
    if bytes.is_empty() || bytes.len() > CHUNK_BYTES || end > size || (short_of_end && bytes.len() < 1024) {
        return Err(FlowRefused::ChunkSize);
    }
    engine.blobs.put_chunk(&record.key, record.row.id, id, at, bytes).await?;
    let mut tx = engine.store.begin().await?;
    let received = i64::try_from(end).map_err(|_| FlowRefused::TooLarge)?;
    let counted = UploadRow { received, ..row.clone() };
    match store::uploads::save(&mut tx, &counted, row.received).await {
        Ok(()) => tx.commit().await?,
        // The same chunk came twice at once: whoever was first has counted it.
        Err(store::Error::Stale) => return Err(FlowRefused::Busy),
        Err(error) => return Err(error.into()),
    }
    Ok(end)
}

/// Checks a file that has arrived; when it was the last side, its check starts.
pub async fn complete_upload(
    engine: &Engine,
    visitor: &Visitor,
    id: UploadId,
) -> Result<FlowView, FlowRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let row = find(&mut tx, &record, id).await?;
    drop(tx);
    if row.state != COMPLETE {
        verify(engine, &record, &row).await?;
    }
    let mut tx = engine.store.begin().await?;
    let mut record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let seen = row;
    let row = find(&mut tx, &record, id).await?;
    if row.state != COMPLETE {
        // What is marked complete is what was verified, not a picture that took its place meanwhile.
        if row != seen {
            return Err(FlowRefused::Busy);
        }
        let done = UploadRow { state: COMPLETE.to_owned(), ..row.clone() };
        store::uploads::save(&mut tx, &done, row.received).await?;
        let node = NodeId(row.node_id.clone());
        if every_side_is_there(&mut tx, &record, &node).await? {
            record = record.apply(engine, &mut tx, Event::EvidenceComplete(node)).await?;
        } else {
            record = record.apply(engine, &mut tx, Event::Active).await?;
        }
    }
    let view = view::of(engine, &mut tx, &record).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(view)
}

/// A damaged or foreign file is forgotten, so that the same part can be sent again from the start.
async fn verify(engine: &Engine, record: &Record, row: &UploadRow) -> Result<(), FlowRefused> {
    if row.received != row.size {
        return Err(FlowRefused::Incomplete);
    }
    let size = u64::try_from(row.size).unwrap_or(0);
    let refused = match engine.blobs.join_chunks(&record.key, record.row.id, row.id, size).await {
        Ok(bytes) if hex::encode(Sha256::digest(&*bytes)) != row.sha256 => FlowRefused::ChecksumMismatch,
        Ok(bytes) if PictureKind::sniff(&bytes).is_some() => return Ok(()),
        Ok(bytes) if takes_pdf(record, row) && bytes.starts_with(PDF) => return Ok(()),
        Ok(_) => FlowRefused::NotAnImage,
        // A chunk is missing or damaged: only sending it again helps.
        Err(store::Error::Objects(_) | store::Error::Corrupt { .. }) => FlowRefused::ChecksumMismatch,
        Err(error) => return Err(error.into()),
    };
    forget(engine, record, row).await?;
    Err(refused)
}

/// Whether the file answers a question that takes more than pictures.
fn takes_pdf(record: &Record, row: &UploadRow) -> bool {
    let questionnaire = record.personal.questionnaires.get(&row.node_id);
    let question = questionnaire.and_then(|found| found.content.question_of_part(&row.part));
    question.is_some_and(|question| question.kind == Kind::FileUpload)
}

async fn forget(engine: &Engine, record: &Record, row: &UploadRow) -> Result<(), FlowRefused> {
    let mut tx = engine.store.begin().await?;
    let fresh = UploadRow { received: 0, state: RECEIVING.to_owned(), ..row.clone() };
    store::uploads::save(&mut tx, &fresh, row.received).await?;
    tx.commit().await?;
    engine.blobs.delete_upload(record.row.id, row.id).await?;
    Ok(())
}

async fn every_side_is_there(tx: &mut Tx, record: &Record, node: &NodeId) -> Result<bool, FlowRefused> {
    let there = uploaded(tx, record).await?;
    let progress = current(record, node)?;
    let sides = progress.choice.as_ref().map(model::session::Choice::sides).unwrap_or_default();
    Ok(!sides.is_empty() && sides.iter().all(|side| there.iter().any(|part| part == side)))
}

/// The parts of the current attempt that arrived whole.
pub(super) async fn uploaded(tx: &mut Tx, record: &Record) -> Result<Vec<String>, store::Error> {
    let State::InProgress(progress) = &record.session.state else { return Ok(Vec::new()) };
    let rows = store::uploads::list(tx, record.row.id).await?;
    let mine = rows.into_iter().filter(|row| super::is_evidence(row, &progress.node, progress.attempt));
    Ok(mine.map(|row| row.part).collect())
}

/// The person takes a picture again before its check has started.
pub async fn discard_upload(
    engine: &Engine,
    visitor: &Visitor,
    node: &NodeId,
    part: &str,
) -> Result<FlowView, FlowRefused> {
    let mut tx = engine.store.begin().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let attempt = attempt_at(&record, node, part)?;
    let row = store::uploads::find_part(&mut tx, record.row.id, &node.0, part, attempt).await?;
    let row = row.ok_or(FlowRefused::UploadNotFound)?;
    let fresh = UploadRow { received: 0, state: RECEIVING.to_owned(), ..row.clone() };
    store::uploads::save(&mut tx, &fresh, row.received).await?;
    let record = record.apply(engine, &mut tx, Event::Active).await?;
    let view = view::of(engine, &mut tx, &record).await?;
    tx.commit().await?;
    engine.blobs.delete_upload(record.row.id, row.id).await?;
    Ok(view)
}

async fn find(tx: &mut Tx, record: &Record, id: UploadId) -> Result<UploadRow, FlowRefused> {
    let row = store::uploads::find(tx, record.row.id, id).await?.ok_or(FlowRefused::UploadNotFound)?;
    // An upload of an attempt that is over takes no more bytes.
    let progress = current(record, &NodeId(row.node_id.clone()))?;
    if row.attempt == i64::from(progress.attempt) { Ok(row) } else { Err(FlowRefused::UploadNotFound) }
}

fn offset(row: &UploadRow) -> u64 {
    u64::try_from(row.received).unwrap_or(0)
}
