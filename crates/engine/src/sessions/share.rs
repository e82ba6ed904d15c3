//! Reusable verification: a finished session is lent to another application, which takes a copy (core API §3.9).
//!
//! The copy has a key of its own, so that each application erases what is its own. What belongs to the integration and
//! not to the person (metadata, callback, expected and contact details, reviews) stays where it is.

use jiff::SignedDuration;
use model::id::{ApplicationId, SessionId};
use model::status::SessionStatus;
use serde_json::json;
use store::{Mode, Scope};

use super::{ChangeRefused, Record};
use crate::{Engine, audit};

mod import;
mod token;

pub use import::{ImportRefused, ImportShared, import_shared};

/// What was minted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareToken {
    /// A JSON Web Token.
    pub token: String,
    /// Who may redeem it.
    pub for_application: ApplicationId,
    /// `user` or `business`.
    pub session_kind: String,
}

/// Why a session is not shared.
#[derive(Debug, thiserror::Error)]
pub enum ShareRefused {
    /// There is no such session, or it was erased.
    #[error("no such session")]
    NotFound,
    /// It is not decided.
    #[error("only finished sessions can be shared")]
    NotFinished,
    /// There is no such application.
    #[error("target application does not exist")]
    UnknownTarget,
    /// It is the caller's own.
    #[error("cannot share a session with the same application")]
    SameApplication,
    /// A sandbox's made-up result must not pass for a real one.
    #[error("sandbox and live applications cannot share sessions")]
    OtherMode,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Mints a token with which that application may take a copy of the session for so long.
pub async fn share(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    for_application: ApplicationId,
    life: SignedDuration,
) -> Result<ShareToken, ShareRefused> {
    let mut tx = engine.store.begin().await?;
    let record = Record::load(engine, &mut tx, scope, id).await.map_err(|refused| match refused {
        ChangeRefused::Store(error) => ShareRefused::Store(error),
        ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => ShareRefused::NotFound,
    })?;
    if for_application == scope.application_id() {
        return Err(ShareRefused::SameApplication);
    }
    let target: Option<Mode> = store::applications::mode_of_any(&mut tx, for_application).await?;
    match target {
        None => return Err(ShareRefused::UnknownTarget),
        Some(mode) if mode != scope.mode() => return Err(ShareRefused::OtherMode),
        Some(_) => {}
    }
    if !is_finished(record.session.status()) {
        return Err(ShareRefused::NotFinished);
    }
    audit::note(engine, &mut tx, scope, "session.shared", id, json!({"for_application_id": for_application}))
        .await?;
    tx.commit().await?;
    let claims = token::Claims {
        session_id: id,
        session_kind: Some(record.row.kind.clone()),
        from_application_id: scope.application_id(),
        for_application_id: for_application,
        iat: engine.now().as_second(),
        exp: (engine.now() + life).as_second(),
    };
    let session_kind = record.row.kind;
    Ok(ShareToken { token: token::sign(&engine.keyring, &claims), for_application, session_kind })
}

fn is_finished(status: SessionStatus) -> bool {
    matches!(status, SessionStatus::Approved | SessionStatus::Declined | SessionStatus::InReview)
}
