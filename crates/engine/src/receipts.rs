//! `Idempotency-Key`: a write that is repeated under its key is carried out once and answered as the first time.
//!
//! The key is reserved before the write. Every transaction of the write marks the reservation ([`carry_out`]), so that
//! after a crash it is known whether something changed: if not, the next to ask carries the request out; if so, nobody
//! does, and whoever asks is told that the answer was lost. Answers are kept for a day, sealed with the key of the
//! session that they name, so that they go with it, else with the installation's.

use std::time::Duration;

use jiff::SignedDuration;
use model::id::{OrganizationId, SessionId};
use sha2::{Digest, Sha256};
use store::Place;
use store::receipts::{self, ReceiptRow, Reservation, Settled};

use crate::Engine;
use crate::limits::Caller;

/// How long an answer is repeated.
pub const LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Longer than a write takes. After a crash, what was in hand waits so long for the next to ask.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// How long a repeated request waits for the first one's answer.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_AGAIN: Duration = Duration::from_millis(20);
const LOOK_AGAIN_AT_MOST: Duration = Duration::from_millis(250);

/// A write under a key.
#[derive(Debug, Clone, Copy)]
pub struct Write<'a> {
    /// Whose it is.
    pub caller: &'a Caller,
    /// Their key.
    pub key: &'a str,
    /// Method, path and query.
    pub target: &'a str,
    /// The body as sent.
    pub body: &'a [u8],
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`, if there was a body.
    pub content_type: Option<String>,
    /// Byte for byte.
    pub body: Vec<u8>,
    /// The session that it names.
    pub session_id: Option<SessionId>,
    /// What an operator had to be allowed, and where: whoever is not any more does not get it again.
    pub demanded: Option<(OrganizationId, String)>,
}

/// What to do with a write.
#[derive(Debug)]
pub enum Turn {
    /// It is the first: [`carry_out`] it, then [`settle`] it.
    Ours(Reservation),
    /// It was answered before.
    Answered(Answer),
    /// The key belongs to another request.
    Different,
    /// The first is still being carried out.
    Busy,
    /// The first changed something, and its answer was lost.
    Lost,
    /// The answer was about a session that has been erased.
    Erased,
}

/// Decides whose turn it is; waits a while for a first one that is under way.
pub async fn take_turn(engine: &Engine, write: &Write<'_>) -> Result<Turn, store::Error> {
    let hashes = Hashes::of(engine, write);
    let mut pause = LOOK_AGAIN;
    let waiting = async {
        loop {
            if let Some(turn) = look(engine, &hashes).await? {
                return Ok(turn);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LOOK_AGAIN_AT_MOST);
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or(Ok(Turn::Busy))
}

struct Hashes {
    caller: String,
    key: String,
    request: String,
}

impl Hashes {
    fn of(engine: &Engine, write: &Write<'_>) -> Self {
        let body = hex::encode(Sha256::digest(write.body));
        Self {
            caller: write.caller.hash().to_owned(),
            key: engine.keyring.lookup("receipts.key", write.key),
            request: engine.keyring.lookup("receipts.request", &format!("{}\n{body}", write.target)),
        }
    }
}

/// Nothing while somebody else carries the request out.
async fn look(engine: &Engine, hashes: &Hashes) -> Result<Option<Turn>, store::Error> {
    let mut tx = engine.store.read().await?;
    let known = receipts::find(&mut tx, &hashes.caller, &hashes.key).await?;
    drop(tx);
    let now = engine.now();
    let Some(row) = known else { return reserve(engine, hashes).await };
    if row.created_at + LIFE <= now {
        let mut tx = engine.store.begin().await?;
        receipts::forget(&mut tx, &row).await?;
        tx.commit().await?;
        return reserve(engine, hashes).await;
    }
    if row.request_hash != hashes.request {
        return Ok(Some(Turn::Different));
    }
    if row.status.is_some() {
        return opened(engine, &row).await.map(Some);
    }
    if row.leased_until > now {
        return Ok(None);
    }
    if row.begun {
        return Ok(Some(Turn::Lost));
    }
    let mut tx = engine.store.begin().await?;
    let ours = receipts::take_up(&mut tx, &row, now + LEASE).await?;
    tx.commit().await?;
    let id = row.id.parse().map_err(|_| store::Error::Corrupt { table: "receipts", id: row.id })?;
    Ok(ours.then_some(Turn::Ours(Reservation { id, taken: row.taken + 1 })))
}

async fn reserve(engine: &Engine, hashes: &Hashes) -> Result<Option<Turn>, store::Error> {
    let (id, now) = (engine.uuid(), engine.now());
    let mut tx = engine.store.begin().await?;
    let hashes = (hashes.caller.as_str(), hashes.key.as_str(), hashes.request.as_str());
    let ours = receipts::reserve(&mut tx, id, hashes, now + LEASE, now).await?;
    tx.commit().await?;
    Ok(ours.then_some(Turn::Ours(Reservation { id, taken: 1 })))
}

/// Runs the write so that its changes carry the reservation's mark.
pub async fn carry_out<F: Future>(reservation: Reservation, write: F) -> F::Output {
    receipts::carried(reservation, write).await
}

/// Keeps the answer, or gives the key back where there is none to keep. A failure of ours that came after a change
/// keeps the key from being used again.
pub async fn settle(engine: &Engine, reservation: Reservation, answer: &Answer) -> Result<(), store::Error> {
    let mut tx = engine.store.begin().await?;
    if is_kept(answer.status) {
        let (session_id, sealed_body) = sealed(engine, &mut tx, reservation, answer).await?;
        let settled = Settled {
            status: i64::from(answer.status),
            content_type: answer.content_type.as_deref(),
            session_id,
            sealed_body: sealed_body.as_deref(),
            demanded: answer.demanded.as_ref().map(|(organization, name)| (*organization, name.as_str())),
        };
        receipts::settle(&mut tx, reservation, &settled).await?;
    } else if answer.status >= 500 && receipts::has_begun(&mut tx, reservation).await? {
        receipts::leave(&mut tx, reservation, engine.now()).await?;
    } else {
        receipts::release(&mut tx, reservation).await?;
    }
    tx.commit().await
}

/// Successes, and refusals that the same request would meet again. Not: who may call, how often, what stands in the way
/// just now, and failures of ours.
const fn is_kept(status: u16) -> bool {
    match status {
        401 | 403 | 408 | 409 | 425 | 429 => false,
        200..=299 | 400..=499 => true,
        _ => false,
    }
}

async fn sealed(
    engine: &Engine,
    tx: &mut store::Tx,
    reservation: Reservation,
    answer: &Answer,
) -> Result<(Option<SessionId>, Option<Vec<u8>>), store::Error> {
    if answer.body.is_empty() {
        return Ok((None, None));
    }
    let key = match answer.session_id {
        Some(id) => store::session_keys::find(tx, &engine.keyring, id).await?,
        None => None,
    };
    let place = place(&reservation.id.to_string());
    Ok(match key {
        Some(key) => (answer.session_id, Some(key.seal(&place, &answer.body))),
        None => (None, Some(engine.keyring.seal(&place, &answer.body))),
    })
}

async fn opened(engine: &Engine, row: &ReceiptRow) -> Result<Turn, store::Error> {
    let body = match (&row.sealed_body, row.session_id) {
        (None, _) => Vec::new(),
        (Some(sealed), None) => engine.keyring.open(&place(&row.id), sealed)?.to_vec(),
        (Some(sealed), Some(session)) => {
            let mut tx = engine.store.read().await?;
            match store::session_keys::find(&mut tx, &engine.keyring, session).await? {
                Some(key) => key.open(&place(&row.id), sealed)?.to_vec(),
                None => return Ok(Turn::Erased),
            }
        }
    };
    let status = row.status.and_then(|status| u16::try_from(status).ok()).unwrap_or(200);
    let content_type = row.content_type.clone();
    let demanded = row.organization_id.zip(row.permission.clone());
    Ok(Turn::Answered(Answer { status, content_type, body, session_id: row.session_id, demanded }))
}

fn place(id: &str) -> Place {
    Place::new("receipts", id)
}

/// Forgets receipts whose day is over.
pub(crate) async fn forget_old(engine: &Engine) -> Result<(), store::Error> {
    let mut tx = engine.store.begin().await?;
    receipts::forget_before(&mut tx, engine.now() - LIFE).await?;
    tx.commit().await
}
