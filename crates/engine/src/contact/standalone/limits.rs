//! How often codes may be sent: to one address, and by one application. Counted before anything is sent, in one
//! statement each, so that parallel sends cannot all find room.

use jiff::SignedDuration;
use store::{Scope, Tx};

use super::Refused;
use crate::Engine;
use crate::contact::Kind;

const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// Sends to one phone number (features §10.5).
const TO_ONE_NUMBER: i64 = 4;
/// Mails to one address: the contract knows no limit, but nobody needs more.
const TO_ONE_MAILBOX: i64 = 10;
/// Text messages of one application: each costs money, and pumping numbers is a trade.
const TEXTS: i64 = 1_000;
/// Mails of one application.
const MAILS: i64 = 5_000;

/// Counts one send in a transaction of its own.
pub(super) async fn reserve(
    engine: &Engine,
    scope: &Scope,
    kind: Kind,
    subject: &str,
) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    count(engine, &mut tx, scope, kind, subject).await?;
    Ok(tx.commit().await?)
}

/// Counts one send. What is refused is not counted if the caller then ends the transaction without a commit.
pub(in crate::contact) async fn count(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    subject: &str,
) -> Result<(), Refused> {
    let now = engine.now();
    let (to_one, of_all) = match kind {
        Kind::Email => (TO_ONE_MAILBOX, MAILS),
        Kind::Phone => (TO_ONE_NUMBER, TEXTS),
    };
    if store::send_windows::count(tx, subject, WINDOW, now).await? > to_one {
        return Err(match kind {
            Kind::Phone => Refused::NumberCap,
            Kind::Email => Refused::Throttled(3600),
        });
    }
    let application = application(engine, scope, kind);
    if store::send_windows::count(tx, &application, WINDOW, now).await? > of_all {
        return Err(Refused::Throttled(3600));
    }
    store::send_windows::forget_before(tx, now - WINDOW - WINDOW).await?;
    Ok(())
}

/// Takes it back: the provider was down, which is not the person's fault.
pub(super) async fn release(
    engine: &Engine,
    scope: &Scope,
    kind: Kind,
    subject: &str,
) -> Result<(), store::Error> {
    let mut tx = engine.store.begin().await?;
    uncount(engine, &mut tx, scope, kind, subject).await?;
    tx.commit().await
}

/// The same within the caller's transaction.
pub(in crate::contact) async fn uncount(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    subject: &str,
) -> Result<(), store::Error> {
    store::send_windows::uncount(tx, subject).await?;
    store::send_windows::uncount(tx, &application(engine, scope, kind)).await
}

fn application(engine: &Engine, scope: &Scope, kind: Kind) -> String {
    engine
        .keyring
        .lookup("send_windows.application", &format!("{}/{}", scope.application_id(), kind.as_str()))
}
