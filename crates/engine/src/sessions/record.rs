//! A session in hand: loaded from its rows, changed only through `apply`, saved with its effects in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use model::feature::Feature;
use model::id::SessionId;
use model::report::Report;
use model::session::{Event, Refused, Session, State, Step};
use model::workflow::NodeId;
use serde::{Deserialize, Serialize};
use store::reports::ReportRow;
use store::sessions::SessionRow;
use store::{Mode, Place, Scope, SessionKey, Tx};

use super::{Personal, Service, terms};
use crate::flow::{Allowed, Visitor};
use crate::reviews::{self, Review};
use crate::webhooks::SessionEvent;
use crate::workflows::Definition;
use crate::{Engine, entities, jobs, parties, webhooks, workflows};

/// A loaded session.
pub struct Record {
    /// Whose it is.
    pub scope: Scope,
    /// Its row as last saved.
    pub row: SessionRow,
    /// Its sealed part, opened.
    pub personal: Personal,
    /// Its lifecycle.
    pub session: Session,
    /// The pinned workflow version.
    pub definition: Definition,
    /// What was noted and changed by hand, oldest first.
    pub reviews: Vec<Review>,
    /// On which device the person is, if a person loaded it.
    pub(crate) device: Option<String>,
    /// Seals and opens everything of this session.
    pub(crate) key: SessionKey,
}

/// The lifecycle facts of the `state` column; nothing personal.
#[derive(Serialize, Deserialize)]
pub(super) struct Lifecycle {
    pub(super) state: State,
    pub(super) attempts: u32,
}

/// Why a change did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ChangeRefused {
    /// There is no such session, or it was erased.
    #[error("no such session")]
    NotFound,
    /// The lifecycle does not allow it.
    #[error(transparent)]
    Lifecycle(#[from] Refused),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Record {
    /// The session of this id, with its lock on SQLite or its version guard on PostgreSQL.
    pub(crate) async fn load(
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
        id: SessionId,
    ) -> Result<Self, ChangeRefused> {
        let row = store::sessions::find(tx, scope, id).await?.ok_or(ChangeRefused::NotFound)?;
        Self::of(engine, tx, scope, row).await
    }

    /// The session that this token opens.
    pub(crate) async fn of_token(engine: &Engine, tx: &mut Tx, token: &str) -> Result<Self, ChangeRefused> {
        let hash = token_hash(engine, token);
        let found = store::sessions::find_by_token_hash(tx, &hash).await?;
        let (scope, row) = found.ok_or(ChangeRefused::NotFound)?;
        Self::of(engine, tx, &scope, row).await
    }

    /// The session that this person has open.
    pub(crate) async fn of_visitor(
        engine: &Engine,
        tx: &mut Tx,
        visitor: &Visitor,
    ) -> Result<Self, ChangeRefused> {
        let record = Self::of_token(engine, tx, &visitor.token).await?;
        Ok(Self { device: visitor.device.clone(), ..record })
    }

    pub(super) async fn of(
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
        row: SessionRow,
    ) -> Result<Self, ChangeRefused> {
        let key = store::session_keys::find(tx, &engine.keyring, row.id).await?;
        let key = key.ok_or(ChangeRefused::NotFound)?;
        let definition = match Service::of(&row) {
            Some(service) => service.definition(),
            None => workflows::pinned(tx, scope, row.workflow_version_id, revision(&row, &key)?).await?,
        };
        let reports = store::reports::list(tx, scope, row.id).await?;
        let mut record = Self::assemble(engine, scope, row, key, definition, reports)?;
        record.reviews = reviews::load(tx, scope, &record.key, record.row.id).await?;
        Ok(record)
    }

    /// A session of rows that were read, without its reviews.
    pub(super) fn assemble(
        engine: &Engine,
        scope: &Scope,
        row: SessionRow,
        key: SessionKey,
        definition: Definition,
        sealed_reports: Vec<ReportRow>,
    ) -> Result<Self, ChangeRefused> {
        let Lifecycle { state, attempts } =
            serde_json::from_str(&row.state).map_err(|_| corrupt("sessions", row.id))?;
        let personal: Personal = key.open_json(&place(row.id), &row.sealed)?;
        let mut reports = BTreeMap::new();
        for report in sealed_reports {
            let report: Report = key.open_json(&report_place(row.id, &report.node_id), &report.sealed)?;
            reports.insert(report.node_id.clone(), report);
        }
        let session = Session {
            state,
            graph: definition.graph.clone(),
            attempts,
            reports,
            timers: definition.settings.timers(),
            collectable: collectable(engine, scope.mode(), &definition, &personal),
        };
        Ok(Self { scope: *scope, row, personal, session, definition, reviews: Vec::new(), device: None, key })
    }

    /// Applies one event and writes everything that follows from it; the caller commits.
    pub(crate) async fn apply(
        self,
        engine: &Engine,
        tx: &mut Tx,
        event: Event,
    ) -> Result<Self, ChangeRefused> {
        let step = self.session.clone().apply(event, engine.now())?;
        self.save(engine, tx, step).await
    }

    /// Writes what the integrator or the person said, where nothing else changed. The caller commits.
    pub(crate) async fn keep_personal(&mut self, engine: &Engine, tx: &mut Tx) -> Result<(), store::Error> {
        self.row.sealed = self.key.seal_json(&place(self.row.id), &self.personal);
        self.row.updated_at = engine.now();
        store::sessions::save(tx, &self.row, self.row.version).await?;
        self.row.version += 1;
        Ok(())
    }

    /// Writes a step: the row, the reports that changed, the events and the jobs. The caller commits.
    pub(crate) async fn save(
        mut self,
        engine: &Engine,
        tx: &mut Tx,
        step: Step,
    ) -> Result<Self, ChangeRefused> {
        let was: Personal = self.key.open_json(&place(self.row.id), &self.row.sealed)?;
        let found_by = terms::of(&was, &self.session);
        for report in step.next.reports.values() {
            if self.session.reports.get(&report.node_id) != Some(report) {
                store::reports::put(tx, &self.report_row(engine, report)).await?;
            }
        }
        let was = std::mem::replace(&mut self.session, step.next);
        if let Some(device) = &self.device {
            self.personal.devices.note(device);
        }
        let version = self.row.version;
        self.refresh_row(engine, tx).await?;
        match store::sessions::save(tx, &self.row, version).await {
            // A parallel create took the person's place in between; the caller looks again.
            Err(store::Error::Taken(store::Constraint::ReuseKey)) => return Err(store::Error::Stale.into()),
            saved => saved?,
        }
        self.row.version = version + 1;
        terms::write(engine, tx, &self, &found_by).await?;
        for effect in step.effects {
            match effect {
                model::session::Effect::Announce(status) => {
                    Box::pin(webhooks::announce(engine, tx, &self)).await?;
                    jobs::enqueue_notice(engine, tx, &self, status).await?;
                }
                model::session::Effect::AnnounceData => {
                    webhooks::announce_session(engine, tx, &self, SessionEvent::DataUpdated).await?;
                }
                model::session::Effect::RunCheck { node, attempt } => {
                    jobs::enqueue_check(engine, tx, &self, &node, attempt).await?;
                }
            }
        }
        if was.status() != self.session.status() || was.reports != self.session.reports {
            Box::pin(entities::session_changed(engine, tx, &self, was.status())).await?;
        }
        if was.status() != self.session.status() {
            Box::pin(parties::child_moved(engine, tx, &self)).await?;
        }
        Ok(self)
    }

    async fn refresh_row(&mut self, engine: &Engine, tx: &mut Tx) -> Result<(), store::Error> {
        let status = self.session.status();
        status.as_str().clone_into(&mut self.row.status);
        self.row.state = lifecycle(&self.session);
        self.row.due_at = self.session.due_at();
        self.row.updated_at = engine.now();
        self.row.sealed = self.key.seal_json(&place(self.row.id), &self.personal);
        self.row.reuse_key = match (&self.row.reuse_key, status.is_unfinished()) {
            (Some(key), true) => Some(key.clone()),
            (None, true) => self.free_reuse_key(engine, tx).await?,
            (_, false) => None,
        };
        Ok(())
    }

    /// A session that is open again takes its place back unless a newer one has it.
    async fn free_reuse_key(&self, engine: &Engine, tx: &mut Tx) -> Result<Option<String>, store::Error> {
        let Some(vendor_data) = &self.personal.vendor_data else { return Ok(None) };
        let key = reuse_key(engine, &self.row, vendor_data);
        let taken = store::sessions::find_by_reuse_key(tx, &self.scope, &key).await?;
        Ok(taken.is_none().then_some(key))
    }

    pub(super) fn report_row(&self, engine: &Engine, report: &Report) -> ReportRow {
        ReportRow {
            session_id: self.row.id,
            node_id: report.node_id.0.clone(),
            attempt: i64::from(report.attempt),
            feature: report.feature.workflow_name().to_owned(),
            status: report.status.as_str().to_owned(),
            sealed: self.key.seal_json(&report_place(self.row.id, &report.node_id.0), report),
            created_at: engine.now(),
        }
    }

    /// The settings of a node.
    pub(crate) fn config(&self, node: &NodeId) -> model::workflow::Config {
        self.session.graph.config(node).map(|(_, config)| config.clone()).unwrap_or_default()
    }

    /// Where the person opens the flow, with the language segment if the integrator chose one.
    pub fn url(&self, engine: &Engine) -> String {
        session_url(engine, &self.personal)
    }

    /// [`Record::url`], as long as there is something for the person to do there: a session that was brought from
    /// elsewhere never had a page.
    pub(crate) fn hosted_url(&self, engine: &Engine) -> Option<String> {
        let brought = self.row.session_type == "MIGRATED" || self.personal.shared_from.is_some();
        let open = self.service().is_none() && (!brought || self.session.status().is_unfinished());
        open.then(|| self.url(engine))
    }

    /// Where the person goes afterwards: the session's own callback, else the workflow's.
    pub fn callback(&self) -> Option<&str> {
        self.personal.callback.as_deref().or(self.definition.settings.callback_url.as_deref())
    }
}

/// The revision of its workflow version that a session began on.
pub(super) fn revision(row: &SessionRow, key: &SessionKey) -> Result<i64, store::Error> {
    let personal: Personal = key.open_json(&place(row.id), &row.sealed)?;
    Ok(personal.workflow_revision)
}

pub(super) fn lifecycle(session: &Session) -> String {
    let lifecycle = Lifecycle { state: session.state.clone(), attempts: session.attempts };
    serde_json::to_string(&lifecycle).expect("states have string keys only")
}

pub(super) fn session_url(engine: &Engine, personal: &Personal) -> String {
    let language = personal.language.as_ref().map(|language| format!("/{language}")).unwrap_or_default();
    format!("{}{language}/session/{}", engine.base_url, personal.token)
}

pub(super) fn token_hash(engine: &Engine, token: &str) -> String {
    engine.keyring.lookup("sessions.token", token)
}

/// One unfinished session per application, workflow version and vendor data (core API §3.4).
pub(super) fn reuse_key(engine: &Engine, row: &SessionRow, vendor_data: &str) -> String {
    let (application, version) = (row.application_id, row.workflow_version_id);
    engine.keyring.lookup("sessions.reuse", &format!("{application}/{version}/{vendor_data}"))
}

pub(super) fn place(id: SessionId) -> Place {
    Place::new("sessions", id)
}

/// Under which an application's sessions of one vendor data are found.
pub(crate) fn vendor_hash(engine: &Engine, scope: &Scope, vendor_data: &str) -> String {
    engine.keyring.lookup("sessions.vendor", &format!("{}/{vendor_data}", scope.application_id()))
}

/// What stops the reading of a session that is there.
pub(super) fn broken(refused: ChangeRefused) -> store::Error {
    match refused {
        ChangeRefused::Store(error) => error,
        ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => store::Error::Stale,
    }
}

fn report_place(id: SessionId, node: &str) -> Place {
    Place::new("reports", format!("{id}/{node}"))
}

/// What a person can give in this session. Where no document type is left that this version can read, asking for one
/// would lead nowhere: the check says at once that it did not run.
pub(super) fn collectable(
    engine: &Engine,
    mode: Mode,
    definition: &Definition,
    personal: &Personal,
) -> BTreeSet<Feature> {
    let expected = personal.expected_details.as_ref();
    let nodes = definition.graph.features_in_order();
    let mut documents = nodes.iter().filter(|(_, feature, _)| *feature == Feature::Ocr);
    let mut features = engine.collectable(mode);
    if documents.any(|(_, _, config)| Allowed::of(config, expected).types.is_empty()) {
        features.remove(&Feature::Ocr);
    }
    let missing = |node: &NodeId| !personal.questionnaires.contains_key(&node.0);
    if nodes.iter().any(|(node, feature, _)| *feature == Feature::Questionnaire && missing(node)) {
        features.remove(&Feature::Questionnaire);
    }
    features
}

fn corrupt(table: &'static str, id: impl std::fmt::Display) -> ChangeRefused {
    ChangeRefused::Store(store::Error::Corrupt { table, id: id.to_string() })
}
