//! What an event and its log entries are sealed with: the session's key, or the keyring where there is no session.

use model::id::SessionId;
use serde_json::Value;
use store::{Place, SessionKey, Tx};

use crate::Engine;

/// Opens and seals everything about one event.
#[expect(clippy::large_enum_variant, reason = "one at a time, and never for long")]
pub(crate) enum Seal {
    /// Gone when the session is erased.
    Session(SessionKey),
    /// Of a user, a business or a test: emptied when its subject is erased.
    Keyring,
}

impl Seal {
    /// The seal of events of this session, or of none; nothing if the session was erased.
    pub(crate) async fn of(
        engine: &Engine,
        tx: &mut Tx,
        session: Option<SessionId>,
    ) -> Result<Option<Self>, store::Error> {
        let Some(session) = session else { return Ok(Some(Self::Keyring)) };
        Ok(store::session_keys::find(tx, &engine.keyring, session).await?.map(Self::Session))
    }

    /// What is in it; nothing if it was emptied.
    pub(crate) fn open(
        &self,
        engine: &Engine,
        place: &Place,
        sealed: &[u8],
    ) -> Result<Option<Value>, store::Error> {
        match self {
            _ if sealed.is_empty() => Ok(None),
            Self::Session(key) => key.open_json(place, sealed).map(Some),
            Self::Keyring => {
                let text = engine.keyring.open_text(place, sealed)?;
                serde_json::from_str(&text).map(Some).map_err(|_| place.corrupt())
            }
        }
    }

    /// Seals it for this place.
    pub(crate) fn close(&self, engine: &Engine, place: &Place, value: &Value) -> Vec<u8> {
        match self {
            Self::Session(key) => key.seal_json(place, value),
            Self::Keyring => by_the_keyring(engine, place, value),
        }
    }
}

pub(super) fn by_the_keyring(engine: &Engine, place: &Place, value: &Value) -> Vec<u8> {
    engine.keyring.seal(place, value.to_string().as_bytes())
}
