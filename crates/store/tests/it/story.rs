//! What every story begins with: an instant, ids, an application, a session.

use jiff::{SignedDuration, Timestamp};
use model::id::{
    ApplicationId, DestinationId, EventId, OrganizationId, SessionId, WorkflowId, WorkflowVersionId, uuid_at,
};
use store::applications::ApplicationRow;
use store::destinations::DestinationRow;
use store::events::EventRow;
use store::organizations::OrganizationRow;
use store::sessions::SessionRow;
use store::{Mode, Place, Scope, SessionKey, Tx, applications, organizations, session_keys, sessions};
use testkit::database::Database;
use uuid::Uuid;

/// The instant at which every story begins.
pub(crate) fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// So many seconds into the story.
pub(crate) fn at(seconds: i64) -> Timestamp {
    noon() + SignedDuration::from_secs(seconds)
}

/// An id that nobody has.
pub(crate) fn fresh<Id: From<Uuid>>() -> Id {
    Id::from(uuid_at(noon(), Uuid::new_v4().as_bytes()[..10].try_into().unwrap()))
}

pub(crate) fn organization() -> OrganizationRow {
    OrganizationRow { id: fresh(), name: "Nordlicht Bank".into(), second_person: false, created_at: noon() }
}

pub(crate) fn application(organization_id: OrganizationId, mode: Mode) -> ApplicationRow {
    let id: ApplicationId = fresh();
    ApplicationRow {
        id,
        organization_id,
        name: "Accounts".into(),
        mode,
        client_id: format!("client {id}"),
        api_key_hash: format!("hash {id}"),
        sealed_api_key: vec![1, 2, 3],
        created_at: noon(),
    }
}

/// A live application of an organisation of its own.
pub(crate) async fn tenant(tx: &mut Tx) -> Scope {
    let organization = organization();
    organizations::insert(tx, &organization).await.unwrap();
    applications::insert(tx, &application(organization.id, Mode::Live)).await.unwrap()
}

/// [`tenant`] in a transaction of its own.
pub(crate) async fn committed_tenant(database: &Database) -> Scope {
    let mut tx = database.store.begin().await.unwrap();
    let scope = tenant(&mut tx).await;
    tx.commit().await.unwrap();
    scope
}

/// A session that was not inserted yet.
pub(crate) fn session(scope: &Scope, number: i64) -> SessionRow {
    let id: SessionId = fresh();
    SessionRow {
        id,
        application_id: scope.application_id(),
        number,
        token_hash: format!("token {id}"),
        vendor_hash: None,
        reuse_key: None,
        workflow_id: fresh::<WorkflowId>(),
        workflow_version_id: fresh::<WorkflowVersionId>(),
        workflow_version: 1,
        status: "Not Started".into(),
        state: r#"{"status":"Not Started"}"#.into(),
        sealed: vec![0xff, 0, 1],
        due_at: None,
        version: 1,
        created_at: noon(),
        updated_at: noon(),
        kind: "user".into(),
        session_type: "HOSTED".into(),
    }
}

/// An inserted session with its key.
pub(crate) async fn session_with_key(
    database: &Database,
    tx: &mut Tx,
    scope: &Scope,
) -> (SessionRow, SessionKey) {
    let key = SessionKey::generate();
    let number = sessions::next_number(tx, scope).await.unwrap();
    let mut row = session(scope, number);
    row.sealed = key.seal(&Place::new("sessions", row.id), b"personal");
    assert!(sessions::insert(tx, &row).await.unwrap());
    session_keys::insert(tx, &database.keyring, row.id, &key, noon()).await.unwrap();
    (row, key)
}

pub(crate) fn event(session: &SessionRow, sequence: i64) -> EventRow {
    EventRow {
        id: fresh::<EventId>(),
        application_id: session.application_id,
        session_id: Some(session.id),
        subject_id: None,
        sequence,
        kind: "status.updated".into(),
        sealed: vec![9, 9],
        created_at: noon(),
    }
}

pub(crate) fn destination(scope: &Scope, url: &str) -> DestinationRow {
    DestinationRow {
        id: fresh::<DestinationId>(),
        application_id: scope.application_id(),
        label: "Backend".into(),
        url: url.into(),
        enabled: true,
        webhook_version: "v3".into(),
        subscribed_events: r#"["status.updated"]"#.into(),
        sealed_secret: vec![4, 5, 6],
        created_at: noon(),
        updated_at: noon(),
        retry_profile: None,
        sealed_previous_secret: None,
        previous_secret_until: None,
        switched: None,
    }
}
