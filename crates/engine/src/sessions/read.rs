//! Reading a session's decision.

use model::id::SessionId;
use serde_json::Value;
use store::Scope;

use super::{ChangeRefused, Record};
use crate::Engine;
use crate::decision::{self, MediaLife};

/// Why a session is not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadRefused {
    /// There is no such session, or it was erased.
    #[error("no such session")]
    NotFound,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<ChangeRefused> for ReadRefused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::Store(error) => Self::Store(error),
            ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => Self::NotFound,
        }
    }
}

/// The decision as it stands, at any moment of the session's life, with fresh media links.
pub async fn decision(engine: &Engine, scope: &Scope, id: SessionId) -> Result<Value, ReadRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::load(engine, &mut tx, scope, id).await?;
    let mut view = decision::view(engine, &record);
    decision::link_media(engine, &record.scope, id, MediaLife::Read, &mut view);
    Ok(view)
}
