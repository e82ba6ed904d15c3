//! The whole server on a loopback port, with a clock that stands still and a mail server that remembers.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use engine::accounts::{NewApplication, create_application, create_organization};
use engine::credits::Credits;
use engine::limits::Limits;
use engine::workflows::{Template, create_from_template};
use engine::{Clock, Engine, Parts};
use jiff::{SignedDuration, Timestamp};
use model::id::WorkflowId;
use outbound::Reach;
use outbound::mail::{Mailer, Security, SmtpSettings};
use outbound::sms::{Hook, Texter};
use outbound::webhook::Courier;
use store::Mode;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use vision::reader::LineReader;

use crate::database::Database;
use crate::{HttpSink, SmtpSink};

mod caller;

pub use caller::{Caller, Reply};

/// How long the provider of text messages may take.
const TEXT_PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// A running server with one organisation, a live and a sandbox application.
pub struct TestApp {
    /// `http://127.0.0.1:PORT`
    pub base_url: String,
    /// The engine behind it.
    pub engine: Engine,
    /// Its clock.
    pub clock: ManualClock,
    /// Where its mail goes.
    pub mail: SmtpSink,
    /// Where its text messages go: the hook of a provider.
    pub texts: HttpSink,
    /// The live application.
    pub live: Application,
    /// The sandbox application.
    pub sandbox: Application,
    client: reqwest::Client,
    server: JoinHandle<()>,
}

/// An application with its key and a KYC workflow.
pub struct Application {
    /// Scope, name and key.
    pub application: NewApplication,
    /// Its KYC workflow.
    pub kyc: WorkflowId,
}

/// A clock that moves only when it is told to.
#[derive(Clone)]
pub struct ManualClock(Arc<Mutex<Timestamp>>);

impl ManualClock {
    fn new() -> Self {
        let start = "2026-06-01T12:00:00Z".parse().expect("an instant");
        Self(Arc::new(Mutex::new(start)))
    }

    /// The time that it shows.
    pub fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panics while holding the clock")
    }

    /// Lets time pass.
    pub fn advance(&self, time: SignedDuration) {
        *self.0.lock().expect("nobody panics while holding the clock") += time;
    }
}

impl TestApp {
    /// Starts a server on this database that counts no requests.
    pub async fn start(database: &Database) -> Self {
        Self::start_with(database, Limits::off()).await
    }

    /// Starts a server on this database that charges for sessions.
    pub async fn start_metered(database: &Database, credits: Credits) -> Self {
        Self::assemble(database, Limits::off(), credits).await
    }

    /// Starts a server on this database that counts requests. On PostgreSQL several may share it.
    pub async fn start_with(database: &Database, limits: Limits) -> Self {
        Self::assemble(database, limits, Credits::default()).await
    }

    async fn assemble(database: &Database, limits: Limits, credits: Credits) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free loopback port");
        let base_url = format!("http://{}", listener.local_addr().expect("the port that was bound"));
        let (clock, mail, texts) = (ManualClock::new(), SmtpSink::start().await, HttpSink::start().await);
        let engine = engine(database, &base_url, &clock, &mail, &texts, (limits, credits));
        let (live, sandbox) = provision(&engine).await;
        let service = api::router(engine.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            axum::serve(listener, service).await.expect("the server runs until it is dropped");
        });
        #[expect(clippy::disallowed_methods, reason = "the test plays the part of a stranger's client")]
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { base_url, engine, clock, mail, texts, live, sandbox, client, server }
    }

    /// A program with the live application's key.
    pub fn integrator(&self) -> Caller {
        self.stranger().with("x-api-key", &self.live.application.api_key)
    }

    /// A program with the sandbox application's key.
    pub fn sandbox_integrator(&self) -> Caller {
        self.stranger().with("x-api-key", &self.sandbox.application.api_key)
    }

    /// A program without a key.
    pub fn stranger(&self) -> Caller {
        Caller::new(self.client.clone(), &self.base_url)
    }

    /// Does every job that is due.
    pub async fn run_jobs(&self) {
        engine::jobs::run_due(&self.engine).await.expect("the job table can be read");
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn engine(
    database: &Database,
    base_url: &str,
    clock: &ManualClock,
    mail: &SmtpSink,
    texts: &HttpSink,
    (limits, credits): (Limits, Credits),
) -> Engine {
    let texts = Hook::with_patience(Reach::AllowLoopback, &texts.url("/texts"), "s3cret", TEXT_PATIENCE)
        .expect("an address on this machine");
    let smtp = SmtpSettings {
        host: mail.host(),
        port: mail.port(),
        security: Security::None,
        credentials: None,
        from: "Bonafide <no-reply@bonafide.test>".to_owned(),
    };
    let time = clock.clone();
    let parts = Parts {
        store: database.store.clone(),
        keyring: database.keyring.clone(),
        blobs: database.blobs.clone(),
        clock: Clock::new(move || time.now()),
        courier: Courier::new(Reach::AllowLoopback),
        mailer: Mailer::smtp(&smtp).expect("a relay on this machine"),
        texter: Texter::Hook(texts),
        reader: Some(LineReader::new().expect("the committed weights")),
        text: None,
        documents: engine::documents::Table::built_in(),
        base_url: base_url.to_owned(),
        reach: Reach::AllowLoopback,
        limits,
        credits,
    };
    Engine::new(parts, 2)
}

async fn provision(engine: &Engine) -> (Application, Application) {
    let mut tx = engine.store.begin().await.expect("a transaction");
    let organization = create_organization(engine, &mut tx, "Acme").await.expect("an organisation");
    let mut applications = Vec::new();
    for (name, mode) in [("Acme", Mode::Live), ("Acme sandbox", Mode::Sandbox)] {
        let application = create_application(engine, &mut tx, organization, name, mode).await;
        let application = application.expect("an application");
        let kyc = WorkflowId(engine.uuid());
        let workflow = create_from_template(engine, &mut tx, &application.scope, kyc, Template::Kyc).await;
        workflow.expect("a workflow");
        applications.push(Application { application, kyc });
    }
    tx.commit().await.expect("a commit");
    let sandbox = applications.pop().expect("two were made");
    (applications.pop().expect("two were made"), sandbox)
}
