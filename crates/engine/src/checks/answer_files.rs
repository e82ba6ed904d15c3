//! Files that answer a question: pictures are redrawn upright without what the camera wrote beside the pixels; a PDF
//! is kept as it came.

use model::id::BlobId;
use store::blobs::BlobRow;
use store::uploads::UploadRow;
use vision::{Limits, STORED_SIDE, Upload};
use zeroize::Zeroizing;

use crate::Engine;
use crate::flow::FlowRefused;
use crate::sessions::Record;

/// Stores one file for good; the caller writes the row. `pdf` is how a PDF begins.
pub(crate) async fn keep_file(
    engine: &Engine,
    record: &Record,
    upload: &UploadRow,
    pdf: &[u8],
) -> Result<BlobRow, FlowRefused> {
    let session = record.row.id;
    let size = u64::try_from(upload.size).unwrap_or(0);
    let bytes = engine.blobs.join_chunks(&record.key, session, upload.id, size).await?;
    let (bytes, content_type) = if bytes.starts_with(pdf) {
        (bytes, "application/pdf")
    } else {
        (redrawn(engine, bytes).await?, "image/jpeg")
    };
    let id = BlobId(engine.uuid());
    engine.blobs.put(&record.key, session, id, &bytes).await?;
    Ok(BlobRow {
        id,
        session_id: session,
        kind: "questionnaire_file".to_owned(),
        content_type: content_type.to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        sha256: None,
        created_at: engine.now(),
    })
}

/// Decodes on a thread of its own, a bounded number at once.
async fn redrawn(engine: &Engine, bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, FlowRefused> {
    let _place = engine.pictures().acquire().await;
    let drawn = tokio::task::spawn_blocking(move || {
        let picture = Upload::new(&bytes).decode(Limits::default()).ok()?;
        picture.upright_jpeg(STORED_SIDE).ok().map(Zeroizing::new)
    });
    // What cannot be decoded is no picture, whatever its first bytes say.
    drawn.await.ok().flatten().ok_or(FlowRefused::NotAnImage)
}
