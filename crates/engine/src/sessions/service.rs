//! Sessions that no workflow made: one call of a standalone service, kept as a session of its own (features §22).

use std::collections::BTreeSet;

use model::feature::Feature;
use model::id::{SessionId, WorkflowId, WorkflowVersionId};
use model::report::Report;
use model::session::{Event, Session, Verdict};
use model::workflow::{Config, Graph, NodeId};
use serde_json::Value;
use store::sessions::SessionRow;
use store::{Scope, SessionKey, Tx};
use uuid::Uuid;

use super::record::{lifecycle, place, token_hash, vendor_hash};
use super::{ChangeRefused, Personal, Record, terms};
use crate::workflows::{Definition, Settings};
use crate::{Engine, entities, secrets, webhooks};

/// A service that is called without a workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Service {
    EmailVerification,
    PhoneVerification,
    IdVerification,
    ProofOfAddress,
}

/// Minutes that a code is waited for (features §10.1).
const MINUTES: u32 = 5;

impl Service {
    const ALL: [Self; 4] =
        [Self::EmailVerification, Self::PhoneVerification, Self::IdVerification, Self::ProofOfAddress];

    /// The contract's `api_service`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EmailVerification => "EMAIL_VERIFICATION",
            Self::PhoneVerification => "PHONE_VERIFICATION",
            Self::IdVerification => "ID_VERIFICATION",
            Self::ProofOfAddress => "POA",
        }
    }

    const fn feature(self) -> Feature {
        match self {
            Self::EmailVerification => Feature::EmailVerification,
            Self::PhoneVerification => Feature::PhoneVerification,
            Self::IdVerification => Feature::Ocr,
            Self::ProofOfAddress => Feature::ProofOfAddress,
        }
    }

    /// Stands where other sessions name their workflow version. No workflow has such an id: theirs hold a time.
    const fn marker(self) -> Uuid {
        match self {
            Self::EmailVerification => Uuid::from_u128(1),
            Self::PhoneVerification => Uuid::from_u128(2),
            Self::IdVerification => Uuid::from_u128(3),
            Self::ProofOfAddress => Uuid::from_u128(4),
        }
    }

    pub(super) fn of(row: &SessionRow) -> Option<Self> {
        Self::of_version(row.workflow_version_id)
    }

    pub(super) fn of_version(version: WorkflowVersionId) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.marker() == version.0)
    }

    /// A workflow of this one step.
    pub(super) fn definition(self) -> Definition {
        let settings =
            Settings { session_expiration_time: MINUTES, idle_time: MINUTES, ..Settings::default() };
        Definition { graph: Graph::linear(vec![(self.feature(), Config::new(), None)]), settings }
    }

    /// The id of that step.
    pub(crate) fn node(self) -> NodeId {
        NodeId(format!("{}_1", self.feature().node_stem()))
    }
}

/// What a standalone call says about itself.
pub(crate) struct ServiceCall {
    pub(crate) id: SessionId,
    /// Seals the session. What belongs to it may have been sealed before.
    pub(crate) key: SessionKey,
    pub(crate) service: Service,
    pub(crate) vendor_data: Option<String>,
    pub(crate) metadata: Option<Value>,
}

impl Record {
    /// The service that made this session, if no workflow did.
    pub fn service(&self) -> Option<Service> {
        Service::of(&self.row)
    }

    /// Makes the session of a standalone call within the caller's transaction, as far as `report` says: waiting where it
    /// is not final, else decided.
    pub(crate) async fn of_service(
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
        call: ServiceCall,
        report: Report,
    ) -> Result<Self, ChangeRefused> {
        let (now, key, definition) = (engine.now(), call.key, call.service.definition());
        let personal = Personal {
            token: secrets::token::<9>(),
            vendor_data: call.vendor_data,
            metadata: call.metadata,
            ..Personal::default()
        };
        let timers = definition.settings.timers();
        let mut session =
            Session::create(definition.graph.clone(), timers, [call.service.feature()].into(), now);
        for event in events_of(&report) {
            session = session.apply(event, now)?.next;
        }
        let row = SessionRow {
            id: call.id,
            application_id: scope.application_id(),
            number: store::sessions::next_number(tx, scope).await?,
            token_hash: token_hash(engine, &personal.token),
            vendor_hash: personal.vendor_data.as_ref().map(|vendor| vendor_hash(engine, scope, vendor)),
            reuse_key: None,
            workflow_id: WorkflowId(call.service.marker()),
            workflow_version_id: WorkflowVersionId(call.service.marker()),
            workflow_version: 0,
            status: session.status().as_str().to_owned(),
            state: lifecycle(&session),
            sealed: key.seal_json(&place(call.id), &personal),
            due_at: session.due_at(),
            version: 1,
            created_at: now,
            updated_at: now,
            kind: "user".to_owned(),
            session_type: "API".to_owned(),
        };
        store::sessions::insert(tx, &row).await?;
        store::session_keys::insert(tx, &engine.keyring, row.id, &key, now).await?;
        let record = Self {
            scope: *scope,
            row,
            personal,
            session,
            definition,
            key,
            device: None,
            reviews: Vec::new(),
        };
        store::reports::put(tx, &record.report_row(engine, &report)).await?;
        terms::write(engine, tx, &record, &BTreeSet::new()).await?;
        let name = terms::hash(engine, scope, terms::Kind::Service, call.service.name());
        store::session_terms::insert(tx, call.id, &[name]).await?;
        webhooks::announce(engine, tx, &record).await?;
        Box::pin(entities::session_created(engine, tx, &record)).await?;
        Ok(record)
    }
}

/// What a call comes to in a session's life.
fn events_of(report: &Report) -> Vec<Event> {
    let mut events = vec![Event::Opened, Event::Consented];
    if report.is_final() {
        events.push(Event::EvidenceComplete(report.node_id.clone()));
        events.push(Event::Reported { report: report.clone(), verdict: Verdict::Final });
    } else {
        events.push(Event::Noted(report.clone()));
    }
    events
}
