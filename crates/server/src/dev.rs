//! `bonafide dev`: the local loop. Everything in one folder, two applications, and an inbox for what they send.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use engine::limits::Limits;
use engine::{Engine, workflows::Template};
use outbound::Reach;
use outbound::mail::Mailer;
use outbound::sms::Texter;
use outbound::webhook::Courier;
use serde_json::{Value, json};
use store::blobs::Blobs;
use store::{Keyring, Store};

use crate::config::server::cores;
use crate::data::DataFolder;
use crate::lifecycle;
use crate::models::Folder;

mod inbox;
mod installation;
mod mails;

use installation::{Face, Installation};

/// Options of the local loop.
#[derive(Debug, Args)]
pub(crate) struct Dev {
    /// Where everything is kept; the next start goes on from it.
    #[arg(long, default_value = "bonafide-data")]
    data: PathBuf,
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 4800)]
    port: u16,
    /// Keep the rows in this PostgreSQL database instead of a file in the folder: `postgres://…`.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// The folder of the neural networks; `models` in the data folder if not given.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Print one line of JSON when ready, for programs.
    #[arg(long)]
    json: bool,
    /// Count no requests: for benchmarks and test suites that send thousands a minute.
    #[arg(long)]
    no_limits: bool,
}

/// PostgreSQL connections, as many as `serve` takes by default.
const CONNECTIONS: u32 = 16;

impl Dev {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let data = DataFolder::open(&self.data)?;
        let keyring = Keyring::from_master(data.master_key()?);
        let store = self
            .open_store(&data, &keyring)
            .await
            .with_context(|| format!("the data in {} cannot be opened", self.data.display()))?;
        let listener = lifecycle::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let blobs = Blobs::local(&data.path("blobs"))?;
        let mailer = Mailer::outbox(data.path("outbox"), "Bonafide <dev@bonafide.localhost>")?;
        let courier = Courier::new(Reach::AllowLoopback);
        let mut parts =
            lifecycle::parts(store, keyring, blobs, mailer, courier, base_url, Reach::AllowLoopback);
        parts.texter = Texter::Outbox(data.path("outbox"));
        if self.no_limits {
            parts.limits = Limits::off();
        }
        let models = self.models.clone().map_or_else(|| Folder::of_data(&self.data), Folder::at);
        parts.text = models.text_reader();
        let engine = Engine::new(parts, cores());
        let installation = Installation::open(&engine, &data).await?;
        let inbox = inbox::router(engine.clone(), &installation, data.path("outbox"));
        let router = api::router(engine.clone()).merge(inbox);
        if let Some(lack) = models.lack() {
            tracing::warn!(
                folder = %models.path().display(),
                "neural networks are missing, and the checks that need them will not run ({lack}); \
                 `bonafide models pull` fetches them"
            );
        }
        if self.json {
            println!("{}", ready_line(&engine, &installation));
        } else {
            greet(&engine, &installation);
        }
        lifecycle::run(engine, router, listener).await
    }

    async fn open_store(&self, data: &DataFolder, keyring: &Keyring) -> Result<Store, store::Error> {
        match &self.database {
            Some(url) => Store::open_postgres(url, CONNECTIONS, keyring).await,
            None => Store::open_sqlite(&data.path("bonafide.db"), keyring).await,
        }
    }
}

/// What a program that starts us has to know.
fn ready_line(engine: &Engine, installation: &Installation) -> Value {
    let face = |face: &Face| {
        json!({
            "api_key": face.application.api_key,
            "application_id": face.application.scope.application_id(),
            "webhook_secret": face.secret,
        })
    };
    json!({
        "base_url": engine.base_url,
        "live": face(&installation.live),
        "sandbox": face(&installation.sandbox),
        "workflows": {
            "kyc": installation.workflow(Template::Kyc),
            "age": installation.workflow(Template::AdaptiveAgeVerification),
            "biometric": installation.workflow(Template::BiometricAuthentication),
            "address": installation.workflow(Template::AddressVerification),
        },
    })
}

/// The same for people, with a first command to copy.
fn greet(engine: &Engine, installation: &Installation) {
    let (base, live, sandbox) = (&engine.base_url, &installation.live, &installation.sandbox);
    let kyc = installation.workflow(Template::Kyc);
    println!(
        "\n  Bonafide is ready at {base}\n\n\
         \x20 live     API key  {}\n           webhook secret  {}\n\
         \x20 sandbox  API key  {}\n           webhook secret  {}\n\
         \x20 workflow KYC      {kyc}\n\n\
         \x20 Inbox of webhooks and mails   {base}/dev/inbox\n\
         \x20 API, to read and try          {base}/docs\n\n\
         \x20 A first session:\n\n\
         \x20 curl -s {base}/v3/session/ -H 'x-api-key: {}' \\\n\
         \x20   -H 'content-type: application/json' -d '{{\"workflow_id\":\"{kyc}\",\"vendor_data\":\"user-1\"}}'\n\n\
         \x20 Ctrl-C stops; the next start goes on from the same data.\n",
        live.application.api_key,
        live.secret,
        sandbox.application.api_key,
        sandbox.secret,
        live.application.api_key,
    );
}
