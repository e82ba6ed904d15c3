//! Documents checked by API alone (features §2.6, §9.5, §22): one call, one answer, kept as a session of its own where
//! the caller wants that.

use jiff::Timestamp;
use model::feature::Feature;
use model::id::SessionId;
use model::report::Report;
use model::workflow::Config;
use serde_json::Value;
use store::{Mode, Scope, SessionKey, Tx};
use uuid::Uuid;
use vision::Unreadable;

use crate::checks::id_verification::others::{self, Whose};
use crate::checks::look::Unseen;
use crate::checks::media::Media;
use crate::contact::standalone::without_node;
use crate::decision::{MediaLife, link_media};
use crate::sessions::{ChangeRefused, Record, Service, ServiceCall, vendor_hash};
use crate::{Engine, audit, credits, lists};

mod address;
mod identity;

pub use document::types::{DocumentType, Table};
pub use vision::pdf::PdfRefused;

pub use crate::checks::proof_of_address::Expected;
pub use address::{VerifyAddress, verify_address};
pub use identity::{VerifyIdentity, verify_identity};

/// A file as it was sent.
pub struct SentFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Opens an encrypted PDF.
    pub password: Option<String>,
}

/// What a caller says besides the documents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Call {
    /// Whether the call becomes a session.
    pub save: bool,
    /// The integrator's name for the person.
    pub vendor_data: Option<String>,
    /// The integrator's own data.
    pub metadata: Option<Value>,
}

/// What a call came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The session where it was kept; else an id that names nothing.
    pub request_id: Uuid,
    /// What was found, as in the decision but without a node.
    pub report: Value,
    /// As it was sent.
    pub vendor_data: Option<String>,
    /// As it was sent.
    pub metadata: Option<Value>,
    /// When.
    pub created_at: Timestamp,
}

/// Why there is no answer, and nothing was kept or charged.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The organisation's balance does not hold the price.
    #[error("{0}")]
    InsufficientCredits(String),
    /// No document was recognised in the pictures.
    #[error("no document was recognised")]
    NotRecognised,
    /// A file is no picture that can be read.
    #[error("{part}: {reason}")]
    Unreadable {
        /// Which of the files.
        part: &'static str,
        /// What is wrong with it.
        reason: Unreadable,
    },
    /// A file is a PDF that is not read.
    #[error("{part}: {reason}")]
    Pdf {
        /// Which of the files.
        part: &'static str,
        /// What is wrong with it.
        reason: PdfRefused,
    },
    /// What the check needs is not there.
    #[error("{0}")]
    Unavailable(String),
    /// A defect of ours.
    #[error("looking at a picture failed")]
    Broken,
    /// The database or the object store.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<ChangeRefused> for Refused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::Store(error) => Self::Store(error),
            // Somebody else changed the same rows at the same moment: write again.
            ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => Self::Store(store::Error::Stale),
        }
    }
}

impl Refused {
    fn of(part: &'static str, unseen: Unseen) -> Self {
        match unseen {
            Unseen::Unreadable(reason) => Self::Unreadable { part, reason },
            Unseen::Pdf(reason) => Self::Pdf { part, reason },
            Unseen::Broken => Self::Broken,
            Unseen::NoReader | Unseen::NoPrint => Self::Unavailable(unseen.to_string()),
        }
    }
}

/// Whether a code of two or three letters is a country's.
pub fn is_country(code: &str) -> bool {
    document::country::alpha3(code).is_some()
}

/// The alpha-3 code of a country; nothing for what is none.
pub fn country(code: &str) -> Option<&'static str> {
    document::country::alpha3(code)
}

/// The English name of a country.
pub fn country_name(code: &str) -> Option<&'static str> {
    document::country::name(code)
}

/// Parallel calls about one user take turns this often.
const TURNS: u32 = 20;

/// A judged call, not kept yet.
struct Judged {
    report: Report,
    media: Media,
}

/// One call on its way.
struct Errand<'a> {
    engine: &'a Engine,
    scope: &'a Scope,
    id: SessionId,
    service: Service,
    /// The caller's actions as the settings of a step.
    settings: Config,
    call: Call,
}

impl<'a> Errand<'a> {
    fn new(engine: &'a Engine, scope: &'a Scope, service: Service, settings: Config, call: Call) -> Self {
        Self { engine, scope, id: SessionId(engine.uuid()), service, settings, call }
    }

    /// Charges before any work; sandbox applications pay nothing.
    async fn pay(&self, feature: Feature) -> Result<(), Refused> {
        let price = credits::price_of(self.engine, feature);
        if self.scope.mode() == Mode::Live
            && !credits::charge_ahead(self.engine, self.scope, price, self.id).await?
        {
            return Err(Refused::InsufficientCredits(credits::insufficient(self.engine)));
        }
        Ok(())
    }

    /// Gives the price of a call back that has no answer.
    async fn refund(&self, feature: Feature) -> Result<(), Refused> {
        let price = credits::price_of(self.engine, feature);
        Ok(credits::give_back(self.engine, self.scope, price, self.id).await?)
    }

    /// Keeps what was judged if the caller wants it kept, and answers.
    async fn answer(self, judged: Judged) -> Result<Answer, Refused> {
        let Judged { report, media } = judged;
        // A call has no second try.
        let mut report = report.of_attempt(1);
        if self.call.save {
            report = self.keep(report, &media).await?;
        } else {
            let mut tx = self.engine.store.read().await?;
            self.compare(&mut tx, &mut report).await?;
        }
        let mut shown = without_node(report.to_wire());
        if self.call.save {
            link_media(self.engine, self.scope, self.id, MediaLife::Read, &mut shown);
        } else {
            media.inline(&mut shown);
        }
        Ok(self.shown(shown))
    }

    fn shown(self, report: Value) -> Answer {
        let Call { save: _, vendor_data, metadata } = self.call;
        Answer { request_id: self.id.0, report, vendor_data, metadata, created_at: self.engine.now() }
    }

    /// Looks for the document in other sessions and on the block lists.
    async fn compare(&self, tx: &mut Tx, report: &mut Report) -> Result<(), store::Error> {
        let (engine, scope) = (self.engine, self.scope);
        if report.feature == Feature::Ocr {
            let vendor = self.call.vendor_data.as_ref().map(|vendor| vendor_hash(engine, scope, vendor));
            let whose = Whose { session: self.id, vendor: vendor.as_deref(), config: &self.settings };
            Box::pin(others::compare(engine, tx, scope, &whose, report)).await?;
        }
        Box::pin(lists::screen(engine, tx, scope, report)).await.map(drop)
    }

    /// The files first, sealed with a key that is lost if the transaction is.
    async fn keep(&self, report: Report, media: &Media) -> Result<Report, Refused> {
        let key = SessionKey::generate();
        media.put(self.engine, &key, self.id).await?;
        for _ in 0..TURNS {
            match self.write(&key, report.clone(), media).await {
                Err(Refused::Store(store::Error::Stale)) => {}
                done => return done,
            }
        }
        Err(store::Error::Stale.into())
    }

    async fn write(&self, key: &SessionKey, mut report: Report, media: &Media) -> Result<Report, Refused> {
        let (engine, scope) = (self.engine, self.scope);
        let mut tx = engine.store.begin().await?;
        self.compare(&mut tx, &mut report).await?;
        let call = ServiceCall {
            id: self.id,
            key: key.clone(),
            service: self.service,
            vendor_data: self.call.vendor_data.clone(),
            metadata: self.call.metadata.clone(),
        };
        Box::pin(Record::of_service(engine, &mut tx, scope, call, report.clone())).await?;
        media.note(engine, &mut tx, self.id).await?;
        let details = serde_json::json!({"service": self.service.name(), "status": report.status});
        audit::note(engine, &mut tx, scope, "verification.document_checked", self.id, details).await?;
        tx.commit().await?;
        engine.nudge();
        Ok(report)
    }
}
