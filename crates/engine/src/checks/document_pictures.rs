//! From uploaded pictures to a document report: join, decode, read, keep upright, judge.

use document::mrz::{self, Resolved};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::feature::Feature;
use model::id::BlobId;
use model::report::Report;
use model::session::{State, Verdict};
use model::warning::{Risk, Warning};
use model::workflow::NodeId;
use store::blobs::BlobRow;
use store::uploads::UploadRow;
use vision::{Limits, STORED_SIDE, Upload, read_mrz};
use zeroize::Zeroizing;

use super::id_verification::{self, Evidence, Side};
use crate::jobs::{JobError, RunCheck};
use crate::sessions::Record;
use crate::{Engine, flow};

/// Judges the pictures of one attempt.
pub(super) async fn judge(
    engine: &Engine,
    record: &Record,
    node: &NodeId,
    attempt: u32,
) -> Result<(Report, Verdict), JobError> {
    if engine.reader.is_none() {
        let reason = "the reader for machine-readable zones could not be loaded";
        return Ok((Report::not_run(node.clone(), Feature::Ocr, reason), Verdict::Final));
    }
    let mut tx = engine.store.read().await?;
    let uploads = store::uploads::list(&mut tx, record.row.id).await?;
    drop(tx);
    let today = engine.now().to_zoned(TimeZone::UTC).date();
    let mut sides = Vec::new();
    for upload in uploads.iter().filter(|upload| flow::is_evidence(upload, node, attempt)) {
        sides.push(look_at(engine, record, upload, today).await?);
    }
    if sides.is_empty() {
        let reason = "there is no picture of a document that this version of Bonafide can read";
        return Ok((Report::not_run(node.clone(), Feature::Ocr, reason), Verdict::Final));
    }
    sides.sort_by_key(|side| side.side != "front");
    let config = record.config(node);
    let evidence = Evidence {
        node_id: node,
        config: &config,
        choice: match &record.session.state {
            State::InProgress(progress) => progress.choice.as_ref(),
            _ => None,
        },
        sides: &sides,
        expected: record.personal.expected_details.as_ref(),
        today,
    };
    let mut report = id_verification::judge(&evidence);
    if shows_one_picture_twice(&uploads, node, attempt) {
        let warning = Warning::under(Risk::DocumentSidesMismatch, &config, node);
        report = Report::judged(
            report.node_id,
            Feature::Ocr,
            report.fields,
            [report.warnings, vec![warning]].concat(),
        );
    }
    let verdict = id_verification::verdict(&report, &config);
    Ok((report, verdict))
}

/// The same file for front and back shows one side only.
fn shows_one_picture_twice(uploads: &[UploadRow], node: &NodeId, attempt: u32) -> bool {
    let mine = uploads.iter().filter(|upload| flow::is_evidence(upload, node, attempt));
    let digests: Vec<&str> = mine.map(|upload| upload.sha256.as_str()).collect();
    matches!(digests[..], [front, back] if front == back)
}

/// Removes what was uploaded for an attempt that is judged: the upright picture is kept, and what the camera wrote
/// beside the pixels (where and when it was taken) is gone. A crash before this leaves it to the session's erasure.
pub(super) async fn forget_originals(engine: &Engine, judged: &RunCheck) {
    let gone = async {
        let mut tx = engine.store.read().await?;
        let uploads = store::uploads::list(&mut tx, judged.session_id).await?;
        drop(tx);
        for upload in uploads.iter().filter(|upload| flow::is_evidence(upload, &judged.node, judged.attempt))
        {
            engine.blobs.delete_upload(judged.session_id, upload.id).await?;
        }
        Ok::<(), store::Error>(())
    };
    if let Err(error) = gone.await {
        tracing::warn!(session = %judged.session_id, %error, "an original picture was not removed");
    }
}

/// Reads one picture and keeps it upright, without what the camera wrote beside the pixels.
async fn look_at(
    engine: &Engine,
    record: &Record,
    upload: &UploadRow,
    today: Date,
) -> Result<Side, JobError> {
    let session = record.row.id;
    let size = u64::try_from(upload.size).unwrap_or(0);
    let bytes = engine.blobs.join_chunks(&record.key, session, upload.id, size).await?;
    let seen = see(engine, bytes, today).await?;
    let picture = match seen.jpeg {
        Some(jpeg) => Some(format!("media:{}", keep(engine, record, &upload.part, &jpeg).await?)),
        None => None,
    };
    Ok(Side { side: upload.part.clone(), picture, reading: seen.reading })
}

/// What a picture came to.
#[derive(Default)]
struct Seen {
    reading: Option<Resolved>,
    jpeg: Option<Vec<u8>>,
}

/// Decodes and reads on a thread of its own, a bounded number at once.
async fn see(engine: &Engine, bytes: Zeroizing<Vec<u8>>, today: Date) -> Result<Seen, JobError> {
    let _place = engine.pictures().acquire().await;
    let engine = engine.clone();
    let looked = tokio::task::spawn_blocking(move || {
        let Some(reader) = &engine.reader else { return Seen::default() };
        let picture = match Upload::new(&bytes).decode(Limits::default()) {
            Ok(picture) => picture,
            Err(unreadable) => {
                tracing::info!(%unreadable, "an uploaded picture could not be decoded");
                return Seen::default();
            }
        };
        let found = read_mrz(&picture, reader);
        let reading = (!found.is_empty()).then(|| mrz::resolve(&found.lines, today));
        Seen { reading, jpeg: picture.upright_jpeg(STORED_SIDE).ok() }
    });
    // A failure of ours is no finding about the person's document.
    looked.await.map_err(|panic| {
        tracing::error!(%panic, "judging a picture failed");
        JobError::Broken
    })
}

async fn keep(engine: &Engine, record: &Record, part: &str, jpeg: &[u8]) -> Result<BlobId, store::Error> {
    let id = BlobId(engine.uuid());
    engine.blobs.put(&record.key, record.row.id, id, jpeg).await?;
    let row = BlobRow {
        id,
        session_id: record.row.id,
        kind: format!("{part}_image"),
        content_type: "image/jpeg".to_owned(),
        size: jpeg.len() as i64,
        sha256: None,
        created_at: engine.now(),
    };
    let mut tx = engine.store.begin().await?;
    store::blobs::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(id)
}
