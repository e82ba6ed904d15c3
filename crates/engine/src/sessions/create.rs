//! A new session, or the unfinished one that the same person already has (core API §3.2–3.4).

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use model::feature::Feature;
use model::id::{BlobId, SessionId, WorkflowId};
use model::session::{Event, Session};
use model::status::SessionStatus;
use serde_json::{Map, Value, json};
use store::blobs::BlobRow;
use store::sessions::SessionRow;
use store::workflows::WorkflowRow;
use store::{Mode, Scope, SessionKey, Tx};
use vision::PictureKind;

use super::record::{broken, collectable, lifecycle, place, reuse_key, session_url, token_hash, vendor_hash};
use super::{CallbackMethod, Personal, Record, retries, terms};
use crate::entities::{self, Kind};
use crate::questionnaires::{self, Questionnaire};
use crate::sandbox::Script;
use crate::workflows::Definition;
use crate::{Engine, audit, credits, jobs, secrets, webhook_settings, webhooks};

/// `portrait_image` may be this large once decoded.
const PORTRAIT_BYTES: usize = 2 * 1024 * 1024;
/// Parallel creates for one person wait for one another this often.
const TURNS: u32 = 200;

/// What a create asks for.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "core API §3.2")]
pub struct CreateSession {
    pub workflow_id: Option<WorkflowId>,
    pub callback: Option<String>,
    pub callback_method: CallbackMethod,
    pub vendor_data: Option<String>,
    pub metadata: Option<Value>,
    pub language: Option<String>,
    pub contact_details: Option<Map<String, Value>>,
    pub expected_details: Option<Map<String, Value>>,
    pub portrait_image: Option<Vec<u8>>,
    pub sandbox_scenario: Option<String>,
}

/// What a create answers (core API §3.3).
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "core API §3.3")]
pub struct Created {
    pub session_id: SessionId,
    pub session_number: i64,
    pub session_token: String,
    pub url: String,
    pub vendor_data: Option<String>,
    pub metadata: Option<Value>,
    pub status: SessionStatus,
    pub workflow_id: WorkflowId,
    pub workflow_version: i64,
    pub callback: Option<String>,
}

/// Why no session was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateRefused {
    /// The application has no published workflow of this id.
    #[error("no published workflow has this id")]
    UnknownWorkflow,
    /// The application allows callbacks to some origins only, and this is none of them.
    #[error("callback leads to an origin that is not allowed")]
    CallbackNotAllowed,
    /// The workflow compares faces with a portrait that was not sent.
    #[error("this workflow needs portrait_image")]
    PortraitRequired,
    /// The portrait is not a picture of an accepted kind.
    #[error("portrait_image must be a JPEG, PNG, WebP or TIFF picture")]
    PortraitKind,
    /// The portrait is too large.
    #[error("portrait_image is larger than 2 MB")]
    PortraitTooLarge,
    /// The person was declined on this workflow as often as it forgives.
    #[error("the person was declined too often to try again")]
    RetriesExhausted,
    /// The sandbox has no such scenario.
    #[error("unknown sandbox scenario")]
    UnknownScenario,
    /// The user or business of this vendor data may begin no session.
    #[error("the user of this vendor_data is blocked")]
    Blocked,
    /// The organisation's balance does not hold the workflow's price.
    #[error("{0}")]
    InsufficientCredits(String),
    /// The sandbox application has created as many sessions as it may in a day.
    #[error("the sandbox application may create {quota} sessions in 24 hours")]
    SandboxQuota {
        /// So many.
        quota: u32,
        /// Seconds until the oldest of them is a day old.
        seconds: u64,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Makes a session, or returns the person's unfinished one on the workflow's latest published version with its
/// callback and metadata replaced.
pub async fn create(engine: &Engine, scope: &Scope, wanted: CreateSession) -> Result<Created, CreateRefused> {
    if let Some(callback) = &wanted.callback
        && !webhook_settings::allows_callback(engine, scope, callback).await?
    {
        return Err(CreateRefused::CallbackNotAllowed);
    }
    let draft = Draft::check(engine, scope, wanted)?;
    draft.keep_portrait(engine).await?;
    let done = draft.take_turns(engine, scope).await;
    if draft.portrait.is_some() && done.as_ref().map_or(true, |created| created.session_id != draft.id) {
        // No session of this id came to be; nobody can open the object, and now nobody has to store it.
        if let Err(error) = engine.blobs.delete_session(draft.id).await {
            tracing::warn!(%error, "an unused portrait was not removed");
        }
    }
    done
}

/// Makes a session within a transaction, whoever else has one: for the parties of a business session.
pub(crate) async fn create_within(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    wanted: CreateSession,
) -> Result<SessionId, CreateRefused> {
    let draft = Draft::check(engine, scope, wanted)?;
    let workflow = store::workflows::find_published(tx, scope, draft.workflow_id).await?;
    let workflow = workflow.ok_or(CreateRefused::UnknownWorkflow)?;
    let definition = crate::workflows::definition(&workflow)?;
    if definition.settings.is_archived {
        return Err(CreateRefused::UnknownWorkflow);
    }
    if needs_portrait(&definition) {
        return Err(CreateRefused::PortraitRequired);
    }
    let questionnaires = questionnaires::pin(tx, scope, &definition.graph).await?;
    let (row, personal, session) = draft.rows(engine, scope, &workflow, &definition, questionnaires);
    let price = credits::of_workflow(&engine.credits, &session.graph).max;
    if !credits::charge(engine, tx, scope, price, row.id).await? {
        return Err(CreateRefused::InsufficientCredits(credits::insufficient(engine)));
    }
    draft.keep(engine, tx, scope, (row, personal, session, definition)).await?;
    Ok(draft.id)
}

/// Whom sessions of a workflow are about.
fn kind_of(definition: &Definition) -> Kind {
    if definition.graph.is_business() { Kind::Business } else { Kind::User }
}

/// What a business session takes of the details: the telephone number and whatever is about a person is ignored.
fn of_company(contact: &mut Option<Map<String, Value>>, expected: &mut Option<Map<String, Value>>) {
    const TAKEN: [&str; 3] = ["company_name", "registry_country", "registration_number"];
    if let Some(expected) = expected {
        expected.retain(|name, _| TAKEN.contains(&name.as_str()));
    }
    if let Some(contact) = contact {
        contact.shift_remove("phone");
    }
}

/// A create that was checked as far as that goes without the database.
struct Draft {
    wanted: CreateSession,
    workflow_id: WorkflowId,
    /// Of the session, should one be made.
    id: SessionId,
    key: SessionKey,
    portrait: Option<BlobRow>,
}

impl Draft {
    fn check(engine: &Engine, scope: &Scope, mut wanted: CreateSession) -> Result<Self, CreateRefused> {
        let workflow_id = wanted.workflow_id.ok_or(CreateRefused::UnknownWorkflow)?;
        let id = SessionId(engine.uuid());
        let portrait =
            wanted.portrait_image.as_deref().map(|bytes| portrait_row(engine, id, bytes)).transpose()?;
        if scope.mode() == Mode::Live {
            wanted.sandbox_scenario = None;
        }
        if let Some(words) = wanted.sandbox_scenario.as_deref() {
            let script = Script::parse(words).ok_or(CreateRefused::UnknownScenario)?;
            script.write_to(&mut wanted.contact_details);
        }
        Ok(Self { wanted, workflow_id, id, key: SessionKey::generate(), portrait })
    }

    /// Blob first, row after, and no transaction while it is written.
    async fn keep_portrait(&self, engine: &Engine) -> Result<(), store::Error> {
        let (Some(bytes), Some(row)) = (&self.wanted.portrait_image, &self.portrait) else { return Ok(()) };
        engine.blobs.put(&self.key, self.id, row.id, bytes).await
    }

    /// Parallel creates for one person: one makes the session, the others find it.
    async fn take_turns(&self, engine: &Engine, scope: &Scope) -> Result<Created, CreateRefused> {
        for _ in 0..TURNS {
            match Box::pin(self.attempt(engine, scope)).await {
                Err(CreateRefused::Store(store::Error::Stale)) => {}
                done => return done,
            }
        }
        Err(store::Error::Stale.into())
    }

    async fn attempt(&self, engine: &Engine, scope: &Scope) -> Result<Created, CreateRefused> {
        let mut tx = engine.store.begin().await?;
        let workflow = store::workflows::find_published(&mut tx, scope, self.workflow_id).await?;
        let workflow = workflow.ok_or(CreateRefused::UnknownWorkflow)?;
        let definition: Definition = serde_json::from_str(&workflow.definition)
            .map_err(|_| store::Error::Corrupt { table: "workflows", id: workflow.id.to_string() })?;
        if definition.settings.is_archived {
            return Err(CreateRefused::UnknownWorkflow);
        }
        if self.portrait.is_none() && needs_portrait(&definition) {
            return Err(CreateRefused::PortraitRequired);
        }
        let questionnaires = questionnaires::pin(&mut tx, scope, &definition.graph).await?;
        let (mut row, personal, session) = self.rows(engine, scope, &workflow, &definition, questionnaires);
        if let Some(vendor_data) = &self.wanted.vendor_data {
            let kind = kind_of(&definition);
            if Box::pin(entities::is_blocked(engine, &mut tx, scope, kind, vendor_data)).await? {
                return Err(CreateRefused::Blocked);
            }
            let key = reuse_key(engine, &row, vendor_data);
            if let Some(unfinished) = store::sessions::find_by_reuse_key(&mut tx, scope, &key).await? {
                if unfinished.due_at.is_none_or(|due| engine.now() < due) {
                    return self.reuse(engine, scope, tx, unfinished).await;
                }
                // Its time is over, only nobody has said so yet.
                let over = Record::of(engine, &mut tx, scope, unfinished).await.map_err(broken)?;
                over.apply(engine, &mut tx, Event::TimerFired).await.map_err(broken)?;
            }
            row.reuse_key = Some(key);
            if retries::are_exhausted(engine, &mut tx, scope, &row, &definition.settings).await? {
                return Err(CreateRefused::RetriesExhausted);
            }
        }
        within_quota(engine, &mut tx, scope).await?;
        let price = credits::of_workflow(&engine.credits, &session.graph).max;
        if !credits::charge(engine, &mut tx, scope, price, row.id).await? {
            return Err(CreateRefused::InsufficientCredits(credits::insufficient(engine)));
        }
        let (record, left_work) =
            self.keep(engine, &mut tx, scope, (row, personal, session, definition)).await?;
        tx.commit().await?;
        // A runner that looks in vain takes the database from the next create.
        if left_work {
            engine.nudge();
        }
        Ok(record.created(engine))
    }

    /// Writes the new session and what follows from it; says whether that leaves work for the runner.
    async fn keep(
        &self,
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
        (mut row, personal, session, definition): (SessionRow, Personal, Session, Definition),
    ) -> Result<(Record, bool), store::Error> {
        let key = self.key.clone();
        row.sealed = key.seal_json(&place(row.id), &personal);
        row.number = store::sessions::next_number(tx, scope).await?;
        if !store::sessions::insert(tx, &row).await? {
            return Err(store::Error::Stale);
        }
        store::session_keys::insert(tx, &engine.keyring, row.id, &key, engine.now()).await?;
        if let Some(blob) = &self.portrait {
            store::blobs::insert(tx, blob).await?;
        }
        let record = Record {
            scope: *scope,
            row,
            personal,
            session,
            definition,
            reviews: Vec::new(),
            device: None,
            key,
        };
        terms::write(engine, tx, &record, &BTreeSet::new()).await?;
        let told = Box::pin(entities::session_created(engine, tx, &record)).await?
            | webhooks::announce(engine, tx, &record).await?;
        let invited = jobs::enqueue_invite(engine, tx, &record).await?;
        // Last, because the record's next number makes others of the organisation wait.
        note(engine, tx, "session.created", &record).await?;
        Ok((record, told || invited))
    }

    fn rows(
        &self,
        engine: &Engine,
        scope: &Scope,
        workflow: &WorkflowRow,
        definition: &Definition,
        questionnaires: BTreeMap<String, Questionnaire>,
    ) -> (SessionRow, Personal, Session) {
        let (now, wanted) = (engine.now(), &self.wanted);
        let (mut contact_details, mut expected_details) =
            (wanted.contact_details.clone(), wanted.expected_details.clone());
        if definition.graph.is_business() {
            of_company(&mut contact_details, &mut expected_details);
        }
        let (graph, timers) = (definition.graph.clone(), definition.settings.timers());
        let personal = Personal {
            token: secrets::token::<9>(),
            vendor_data: wanted.vendor_data.clone(),
            metadata: wanted.metadata.clone(),
            callback: wanted.callback.clone(),
            callback_method: wanted.callback_method,
            language: wanted.language.clone(),
            contact_details,
            expected_details,
            portrait: self.portrait.as_ref().map(|blob| blob.id.to_string()),
            workflow_revision: workflow.revision,
            questionnaires,
            sandbox_scenario: wanted.sandbox_scenario.clone(),
            ..Personal::default()
        };
        let collectable = collectable(engine, scope.mode(), definition, &personal);
        let session = Session::create(graph, timers, collectable, now);
        let vendor = |vendor: &String| vendor_hash(engine, scope, vendor);
        let row = SessionRow {
            id: self.id,
            application_id: scope.application_id(),
            number: 0,
            token_hash: token_hash(engine, &personal.token),
            vendor_hash: personal.vendor_data.as_ref().map(vendor),
            reuse_key: None,
            workflow_id: workflow.workflow_id,
            workflow_version_id: workflow.id,
            workflow_version: workflow.version,
            status: session.status().as_str().to_owned(),
            state: lifecycle(&session),
            sealed: Vec::new(),
            due_at: session.due_at(),
            version: 1,
            created_at: now,
            updated_at: now,
            kind: kind_of(definition).as_str().to_owned(),
            session_type: "HOSTED".to_owned(),
        };
        (row, personal, session)
    }

    /// The person's unfinished session under the new callback and metadata; nothing is announced, its status is
    /// what it was.
    async fn reuse(
        &self,
        engine: &Engine,
        scope: &Scope,
        mut tx: Tx,
        unfinished: SessionRow,
    ) -> Result<Created, CreateRefused> {
        let mut record = Record::of(engine, &mut tx, scope, unfinished).await.map_err(broken)?;
        record.personal.callback.clone_from(&self.wanted.callback);
        record.personal.metadata.clone_from(&self.wanted.metadata);
        if self.wanted.language.is_some() {
            record.personal.language.clone_from(&self.wanted.language);
        }
        record.row.sealed = record.key.seal_json(&place(record.row.id), &record.personal);
        record.row.updated_at = engine.now();
        store::sessions::save(&mut tx, &record.row, record.row.version).await?;
        note(engine, &mut tx, "session.reused", &record).await?;
        tx.commit().await?;
        Ok(record.created(engine))
    }
}

/// Sandbox applications may create so many sessions in a day (core API §7).
async fn within_quota(engine: &Engine, tx: &mut Tx, scope: &Scope) -> Result<(), CreateRefused> {
    let quota = engine.limits.sandbox_sessions_per_day;
    if scope.mode() == Mode::Live || quota == 0 {
        return Ok(());
    }
    let Some(oldest) = store::sessions::nth_newest(tx, scope, i64::from(quota)).await? else { return Ok(()) };
    let wait = (oldest + SignedDuration::from_hours(24)).duration_since(engine.now()).as_secs();
    match u64::try_from(wait) {
        Ok(seconds) if seconds > 0 => Err(CreateRefused::SandboxQuota { quota, seconds }),
        _ => Ok(()),
    }
}

impl Record {
    pub(super) fn created(&self, engine: &Engine) -> Created {
        Created {
            session_id: self.row.id,
            session_number: self.row.number,
            session_token: self.personal.token.clone(),
            url: session_url(engine, &self.personal),
            vendor_data: self.personal.vendor_data.clone(),
            metadata: self.personal.metadata.clone(),
            status: self.session.status(),
            workflow_id: self.row.workflow_id,
            workflow_version: self.row.workflow_version,
            callback: self.callback().map(str::to_owned),
        }
    }
}

async fn note(engine: &Engine, tx: &mut Tx, action: &str, record: &Record) -> Result<(), store::Error> {
    let details = json!({ "workflow_id": record.row.workflow_id, "version": record.row.workflow_version });
    audit::note(engine, tx, &record.scope, action, record.row.id, details).await
}

fn portrait_row(engine: &Engine, session_id: SessionId, bytes: &[u8]) -> Result<BlobRow, CreateRefused> {
    if bytes.len() > PORTRAIT_BYTES {
        return Err(CreateRefused::PortraitTooLarge);
    }
    let kind = PictureKind::sniff(bytes).ok_or(CreateRefused::PortraitKind)?;
    Ok(BlobRow {
        id: BlobId(engine.uuid()),
        session_id,
        kind: "portrait_image".to_owned(),
        content_type: kind.media_type().to_owned(),
        size: bytes.len() as i64,
        sha256: None,
        created_at: engine.now(),
    })
}

/// A face is matched although no document of this workflow shows one before (founding guide: Biometric
/// Authentication and face-match-first workflows).
fn needs_portrait(definition: &Definition) -> bool {
    let features: Vec<Feature> =
        definition.graph.features_in_order().into_iter().map(|(_, feature, _)| feature).collect();
    let position = |wanted: Feature| features.iter().position(|feature| *feature == wanted);
    match (position(Feature::FaceMatch), position(Feature::Ocr)) {
        (Some(face), Some(document)) => face < document,
        (Some(_), None) => true,
        (None, _) => false,
    }
}
