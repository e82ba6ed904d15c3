//! From an engine to a running server and back: listen, run jobs, stop cleanly.

use std::net::SocketAddr;

use anyhow::Context;
use axum::Router;
use engine::credits::Credits;
use engine::limits::Limits;
use engine::{Engine, Parts};
use outbound::Reach;
use outbound::sms::Texter;
use outbound::webhook::Courier;
use store::blobs::Blobs;
use store::{Keyring, Store};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use vision::reader::LineReader;

use crate::clock;
use crate::config::Config;

/// The production face.
pub(crate) async fn serve(config: Config) -> anyhow::Result<()> {
    // First of all, because it decides which cryptography every TLS connection of this process uses.
    let courier = Courier::new(Reach::PublicOnly);
    let keyring = Keyring::from_master(config.keys.master_key()?);
    let store = config.database.open(&keyring).await?;
    let (blobs, mailer) = (config.storage.open()?, config.mail.open()?);
    let mut parts =
        parts(store, keyring, blobs, mailer, courier, config.server.base_url(), Reach::PublicOnly);
    parts.texter = config.sms.open()?;
    parts.text = config.documents.text_reader();
    parts.documents = config.documents.table()?;
    parts.credits = config.credits.read()?;
    parts.limits = config.limits.with_proxies(&config.server.trusted_proxies);
    let listener = listen(config.server.listen).await?;
    tracing::info!(address = %config.server.listen, base_url = %parts.base_url, "bonafide serves");
    let engine = Engine::new(parts, config.server.pictures_at_once());
    run(engine.clone(), api::router(engine), listener).await
}

/// The parts that do not depend on the way of running.
pub(crate) fn parts(
    store: Store,
    keyring: Keyring,
    blobs: Blobs,
    mailer: outbound::mail::Mailer,
    courier: Courier,
    base_url: String,
    reach: Reach,
) -> Parts {
    let reader = LineReader::new();
    if let Err(error) = &reader {
        tracing::error!(%error, "machine-readable zones cannot be read: document checks will not run");
    }
    Parts {
        store,
        keyring,
        blobs,
        clock: clock::system(),
        courier,
        mailer,
        texter: Texter::Off,
        reader: reader.ok(),
        text: None,
        documents: engine::documents::Table::built_in(),
        base_url,
        reach,
        limits: Limits::default(),
        credits: Credits::default(),
    }
}

/// Binds, or says who to ask.
pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let busy = || format!("{address} cannot be listened on; is another server running there?");
    TcpListener::bind(address).await.with_context(busy)
}

/// Serves and runs jobs until Ctrl-C or SIGTERM; then finishes what is in hand and closes the database.
pub(crate) async fn run(engine: Engine, router: Router, listener: TcpListener) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let runner = tokio::spawn(engine::jobs::run(engine.clone(), stopped.clone()));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(until_true(stopped));
    let server = tokio::spawn(server.into_future());
    told_to_stop().await?;
    tracing::info!("stopping: no new requests, finishing what is in hand");
    let _ = stop.send(true);
    // A page that keeps its connection open must not keep the server from ending.
    let _ = tokio::time::timeout(std::time::Duration::from_secs(5), server).await;
    runner.await?;
    engine.store.close().await;
    Ok(())
}

async fn until_true(mut flag: watch::Receiver<bool>) {
    let _ = flag.wait_for(|stop| *stop).await;
}

async fn told_to_stop() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => Ok(pressed?),
        _ = terminate.recv() => Ok(()),
    }
}
