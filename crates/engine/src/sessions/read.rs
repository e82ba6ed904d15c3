//! Reading a session's decision.

use jiff::Timestamp;
use model::feature::Feature;
use model::id::SessionId;
use serde_json::Value;
use store::Scope;

use super::{CallbackMethod, ChangeRefused, Created, Record};
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

/// A session as its create answered it, as of now.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrieved {
    /// What the create answered, with today's status.
    pub session: Created,
    /// Which device goes to the callback.
    pub callback_method: CallbackMethod,
    /// What the workflow verifies, by display name.
    pub features: Vec<&'static str>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends unfinished, or the approval does.
    pub expires_at: Option<Timestamp>,
}

/// The session itself, without what was found.
pub async fn retrieve(engine: &Engine, scope: &Scope, id: SessionId) -> Result<Retrieved, ReadRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::load(engine, &mut tx, scope, id).await?;
    let features: Vec<Feature> =
        record.session.graph.features_in_order().into_iter().map(|(_, feature, _)| feature).collect();
    Ok(Retrieved {
        session: record.created(engine),
        callback_method: record.personal.callback_method,
        features: model::decision::feature_names(&features),
        created_at: record.row.created_at,
        expires_at: record.session.expires_at(),
    })
}

/// What a decision is read with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Include {
    /// The timeline and what else the console shows.
    pub events: bool,
}

/// The decision as it stands, at any moment of the session's life, with fresh media links.
pub async fn decision(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    include: Include,
) -> Result<Value, ReadRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::load(engine, &mut tx, scope, id).await?;
    let mut view = if include.events {
        decision::expanded(engine, &mut tx, &record).await?
    } else {
        decision::view(engine, &record)
    };
    decision::link_media(engine, &record.scope, id, MediaLife::Read, &mut view);
    Ok(view)
}
