//! What every use case needs, in one cheap handle.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use model::feature::Feature;
use model::id::uuid_at;
use outbound::Reach;
use outbound::mail::Mailer;
use outbound::sms::Texter;
use outbound::webhook::Courier;
use store::blobs::Blobs;
use store::{Keyring, Mode, Store};
use tokio::sync::{Notify, Semaphore};
use uuid::Uuid;
use vision::reader::LineReader;

use crate::credits::Credits;
use crate::limits::{Limits, LocalState};
use crate::upkeep::Swept;

/// Where the time comes from. Only `server` and tests make one.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks this function.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

/// The parts that an engine is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The master key's derivations.
    pub keyring: Keyring,
    /// Encrypted objects.
    pub blobs: Blobs,
    /// The time.
    pub clock: Clock,
    /// Calls webhook destinations.
    pub courier: Courier,
    /// Sends e-mail.
    pub mailer: Mailer,
    /// Sends text messages; when off, phone checks do not run.
    pub texter: Texter,
    /// Reads machine-readable lines; without it, document checks do not run.
    pub reader: Option<LineReader>,
    /// Reads print; without it, documents are read by zone and barcode alone.
    pub text: Option<vision::text::Reader>,
    /// Documents that are supported.
    pub documents: document::types::Table,
    /// Where people and integrators reach this server, without a trailing slash: `https://id.example.org`.
    pub base_url: String,
    /// Which addresses webhooks may reach; `dev` lets integrators listen on this machine.
    pub reach: Reach,
    /// What callers may do how often.
    pub limits: Limits,
    /// What they are charged.
    pub credits: Credits,
}

/// The engine. Cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    parts: Parts,
    nudge: Notify,
    nudge_deliveries: Notify,
    /// Pictures judged at once: each takes a core and a few hundred megabytes.
    pictures: Semaphore,
    /// Passwords hashed at once: each takes a core and 19 megabytes, and anyone may ask for one.
    heavy_work: Semaphore,
    limiting: LocalState,
    swept: Swept,
}

impl Engine {
    /// An engine of these parts that judges so many pictures at once.
    pub fn new(parts: Parts, pictures_at_once: usize) -> Self {
        let pictures = Semaphore::new(pictures_at_once.max(1));
        let heavy_work = Semaphore::new(pictures_at_once.max(1));
        let (limiting, swept) = (LocalState::default(), Swept::default());
        let (nudge, nudge_deliveries) = (Notify::new(), Notify::new());
        Self(Arc::new(Inner { parts, nudge, nudge_deliveries, pictures, heavy_work, limiting, swept }))
    }

    /// The time, to the millisecond: what is answered at once and what is read back later are then the same.
    pub fn now(&self) -> Timestamp {
        let now = self.0.parts.clock.now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// A fresh identifier that sorts by time.
    pub fn uuid(&self) -> Uuid {
        uuid_at(self.now(), rand::random())
    }

    /// Features whose evidence a person can give on the hosted page of this version. Phone numbers need a provider of
    /// text messages, but not in the sandbox, which sends none.
    pub fn collectable(&self, mode: Mode) -> BTreeSet<Feature> {
        let mut features = BTreeSet::from([
            Feature::Ocr,
            Feature::EmailVerification,
            Feature::Questionnaire,
            Feature::KybKeyPeople,
        ]);
        if self.texter.is_on() || mode == Mode::Sandbox {
            features.insert(Feature::PhoneVerification);
        }
        features
    }

    /// Wakes the runner: a transaction left work to be done.
    pub fn nudge(&self) {
        self.0.nudge.notify_one();
        self.0.nudge_deliveries.notify_one();
    }

    /// Waits for [`Engine::nudge`].
    pub(crate) async fn nudged(&self) {
        self.0.nudge.notified().await;
    }

    /// The same for who delivers.
    pub(crate) async fn nudged_for_deliveries(&self) {
        self.0.nudge_deliveries.notified().await;
    }

    pub(crate) fn pictures(&self) -> &Semaphore {
        &self.0.pictures
    }

    pub(crate) fn limiting(&self) -> &LocalState {
        &self.0.limiting
    }

    pub(crate) fn swept(&self) -> &Swept {
        &self.0.swept
    }

    pub(crate) fn heavy_work(&self) -> &Semaphore {
        &self.0.heavy_work
    }
}

impl std::ops::Deref for Engine {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}
