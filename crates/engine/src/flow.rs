//! What a person does on the hosted page. Every function takes the session's token, most of them with the device, and answers with the page's view.

use model::session::{Event, Refused};
use model::workflow::NodeId;
use store::uploads::UploadRow;

use crate::Engine;
use crate::contact::steps::StepRefused;
use crate::sessions::{ChangeRefused, Record};

mod answers;
mod choice;
mod device;
mod uploads;
mod view;

pub use answers::answer;
pub(crate) use choice::Allowed;
pub use choice::choose;
pub use device::{Devices, Visitor};
pub use uploads::{
    CHUNK_BYTES, NewUpload, UPLOAD_BYTES, UploadProgress, complete_upload, discard_upload, put_chunk,
    start_upload,
};
pub use view::{FlowResult, FlowStep, FlowView, StepPhase, StepState, StepSummary};

/// Why the page's request changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum FlowRefused {
    /// No session has this token, or it was erased.
    #[error("this link is not valid")]
    SessionNotFound,
    /// The session has ended, or this is not its turn.
    #[error(transparent)]
    Lifecycle(Refused),
    /// The workflow or the integrator does not accept this document.
    #[error("this document is not accepted here")]
    DocumentNotAllowed,
    /// The chosen document has no such side.
    #[error("the chosen document has no such side")]
    UnknownPart,
    /// No such upload in this session.
    #[error("no such upload")]
    UploadNotFound,
    /// The picture is larger than allowed.
    #[error("the file is larger than 10 MB")]
    TooLarge,
    /// A chunk is empty or longer than a chunk.
    #[error("a chunk has 1024 to 262144 bytes, or ends with the file")]
    ChunkSize,
    /// The chunk does not go on where the last one ended.
    #[error("the upload goes on at {expected}")]
    OffsetMismatch {
        /// Where it goes on.
        expected: u64,
    },
    /// Not everything has arrived.
    #[error("the upload is not complete")]
    Incomplete,
    /// What arrived is not what was announced.
    #[error("the file arrived damaged")]
    ChecksumMismatch,
    /// The bytes are no picture of a kind that is read.
    #[error("the file is not a JPEG, PNG, WebP or TIFF picture")]
    NotAnImage,
    /// Answers are missing or wrong, by question.
    #[error("some answers are missing or wrong")]
    Answers(serde_json::Map<String, serde_json::Value>),
    /// The address or the code.
    #[error(transparent)]
    Contact(#[from] StepRefused),
    /// Another request changed the session at the same moment.
    #[error("another request was faster; try again")]
    Busy,
    /// The database or the object store.
    #[error(transparent)]
    Store(store::Error),
}

impl From<ChangeRefused> for FlowRefused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotFound => Self::SessionNotFound,
            ChangeRefused::Lifecycle(refused) => Self::Lifecycle(refused),
            ChangeRefused::Store(error) => error.into(),
        }
    }
}

impl From<store::Error> for FlowRefused {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Self::Busy,
            error => Self::Store(error),
        }
    }
}

/// The session as the page shows it.
pub async fn view(engine: &Engine, visitor: &Visitor) -> Result<FlowView, FlowRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    view::of(engine, &mut tx, &record).await
}

/// The person opened the link. Opening an ended session is no error: the page shows how it ended.
pub async fn open(engine: &Engine, visitor: &Visitor) -> Result<FlowView, FlowRefused> {
    let mut tx = engine.store.begin().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    match record.session.clone().apply(Event::Opened, engine.now()) {
        Ok(step) => {
            let record = record.save(engine, &mut tx, step).await?;
            let view = view::of(engine, &mut tx, &record).await?;
            tx.commit().await?;
            engine.nudge();
            Ok(view)
        }
        Err(_) => view::of(engine, &mut tx, &record).await,
    }
}

/// The person agreed to their data being used.
pub async fn consent(engine: &Engine, visitor: &Visitor) -> Result<FlowView, FlowRefused> {
    change(engine, visitor, Event::Consented).await
}

async fn change(engine: &Engine, visitor: &Visitor, event: Event) -> Result<FlowView, FlowRefused> {
    let mut tx = engine.store.begin().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let record = record.apply(engine, &mut tx, event).await?;
    let view = view::of(engine, &mut tx, &record).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(view)
}

/// Whether an upload arrived whole and belongs to this attempt at this node.
pub(crate) fn is_evidence(upload: &UploadRow, node: &NodeId, attempt: u32) -> bool {
    upload.state == uploads::COMPLETE && upload.node_id == node.0 && upload.attempt == i64::from(attempt)
}
