//! Giving a session its scenario after it was made, as the scenario picker of the hosted page does.

use model::id::SessionId;
use model::session::State;
use store::Mode;

use super::script::Script;
use crate::Engine;
use crate::sessions::{ChangeRefused, Record};

/// Why a session was not armed.
#[derive(Debug, thiserror::Error)]
pub enum ArmRefused {
    /// The token opens no sandbox session of this id.
    #[error("no such session")]
    NotFound,
    /// There is no such scenario.
    #[error("unknown sandbox scenario")]
    UnknownScenario,
    /// The person has begun.
    #[error("the verification has started")]
    Started,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Parallel changes of one session take turns this often.
const TURNS: u32 = 20;

/// Arms or re-arms the session that this token opens. Values that the scenario before wrote make way for the new
/// one's; what the integrator or the person gave stays.
pub async fn arm(engine: &Engine, token: &str, id: SessionId, words: &str) -> Result<(), ArmRefused> {
    for _ in 0..TURNS {
        match once(engine, token, id, words).await {
            Err(ArmRefused::Store(store::Error::Stale)) => {}
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

/// Whether this token opens a session, whose page may then show the catalogue.
pub async fn opens(engine: &Engine, token: &str) -> Result<bool, store::Error> {
    let mut tx = engine.store.read().await?;
    match Record::of_token(engine, &mut tx, token).await {
        Ok(_) => Ok(true),
        Err(ChangeRefused::Store(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

async fn once(engine: &Engine, token: &str, id: SessionId, words: &str) -> Result<(), ArmRefused> {
    let mut tx = engine.store.begin().await?;
    let mut record = Record::of_token(engine, &mut tx, token).await.map_err(|refused| match refused {
        ChangeRefused::Store(error) => ArmRefused::Store(error),
        ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => ArmRefused::NotFound,
    })?;
    if record.row.id != id || record.scope.mode() == Mode::Live {
        return Err(ArmRefused::NotFound);
    }
    let script = Script::parse(words).ok_or(ArmRefused::UnknownScenario)?;
    let State::NotStarted { .. } = record.session.state else { return Err(ArmRefused::Started) };
    let personal = &mut record.personal;
    if let Some(before) = personal.sandbox_scenario.as_deref().and_then(Script::parse) {
        before.withdraw_from(&mut personal.contact_details);
    }
    script.write_to(&mut personal.contact_details);
    personal.sandbox_scenario = Some(words.to_owned());
    record.keep_personal(engine, &mut tx).await?;
    Ok(tx.commit().await?)
}
