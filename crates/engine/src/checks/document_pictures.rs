//! From uploaded pictures to a document report: join, decode, read, keep upright, judge.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::feature::Feature;
use model::report::Report;
use model::session::{State, Verdict};
use model::warning::{Risk, Warning};
use model::workflow::NodeId;
use store::uploads::UploadRow;

use super::id_verification::{self, Evidence, Side};
use super::look::{Seen, SentFile, Unseen, look};
use super::media::Media;
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
    let (mut sides, mut media) = (Vec::new(), Media::default());
    for upload in uploads.iter().filter(|upload| flow::is_evidence(upload, node, attempt)) {
        sides.push(look_at(engine, record, upload, today, &mut media).await?);
    }
    keep(engine, record, &media).await?;
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
    let print = evidence.choice.is_some_and(|choice| choice.document_type == "DL");
    if print && engine.text.is_none() && !id_verification::recognises(&evidence) {
        let reason = "print is not read on this installation: the networks for it are missing";
        return Ok((Report::not_run(node.clone(), Feature::Ocr, reason), Verdict::Final));
    }
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

/// Reads one picture. What cannot be opened shows nothing, and the other side may still tell enough.
async fn look_at(
    engine: &Engine,
    record: &Record,
    upload: &UploadRow,
    today: Date,
    media: &mut Media,
) -> Result<Side, JobError> {
    let size = u64::try_from(upload.size).unwrap_or(0);
    let bytes = engine.blobs.join_chunks(&record.key, record.row.id, upload.id, size).await?;
    let seen = match look(engine, SentFile { bytes, password: None }, today).await {
        Ok(seen) => seen,
        Err(Unseen::Broken) => return Err(JobError::Broken),
        Err(unseen) => {
            tracing::info!(%unseen, "an uploaded picture shows nothing");
            Seen::default()
        }
    };
    Ok(seen.into_side(engine, &upload.part, media))
}

async fn keep(engine: &Engine, record: &Record, media: &Media) -> Result<(), store::Error> {
    media.put(engine, &record.key, record.row.id).await?;
    let mut tx = engine.store.begin().await?;
    media.note(engine, &mut tx, record.row.id).await?;
    tx.commit().await
}
