//! What is swept away from time to time: windows that are over, answers whose day is over, sessions past their retention.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::{Engine, limits, receipts, webhook_settings};

/// When this process swept last, in seconds since 1970.
#[derive(Debug, Default)]
pub(crate) struct Swept(AtomicI64);

const EVERY_SECONDS: i64 = 60;

/// Sweeps if it is time. Several processes may do it at once; nothing is lost by it.
pub(crate) async fn run(engine: &Engine) -> Result<(), store::Error> {
    let (swept, now) = (&engine.swept().0, engine.now().as_second());
    let last = swept.load(Ordering::Relaxed);
    if now.saturating_sub(last) < EVERY_SECONDS
        || swept.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_err()
    {
        return Ok(());
    }
    limits::forget_old(engine).await?;
    receipts::forget_old(engine).await?;
    accounts_attempts(engine).await?;
    old_secrets(engine).await?;
    webhook_settings::erase_old_sessions(engine).await
}

/// Secrets of webhook destinations whose rotation is over.
async fn old_secrets(engine: &Engine) -> Result<(), store::Error> {
    let mut tx = engine.store.begin().await?;
    store::destinations::drop_old_secrets(&mut tx, engine.now()).await?;
    tx.commit().await
}

/// Counted attempts such as registrations matter for an hour, failed logins for a day, logins until they end.
async fn accounts_attempts(engine: &Engine) -> Result<(), store::Error> {
    let mut tx = engine.store.begin().await?;
    let before = engine.now() - jiff::SignedDuration::from_hours(48);
    store::attempts::forget_before(&mut tx, before).await?;
    store::logins::forget_before(&mut tx, before).await?;
    tx.commit().await
}
