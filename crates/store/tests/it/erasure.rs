//! What a thief of the disks finds: nothing. What is left of an erased person: nothing that opens.

use model::id::{BlobId, UploadId};
use sqlx::Connection;
use store::reports::ReportRow;
use store::{Error, Place, destinations, events, reports, session_keys, sessions};
use testkit::both_databases;
use testkit::database::Database;

use crate::story::{at, committed_tenant, destination, event, fresh, noon, session_with_key};

/// Something personal that occurs nowhere else, not even in another run of this test.
fn canary() -> String {
    format!("Erika Mustermann {}", uuid::Uuid::new_v4())
}

/// Plants the canary everywhere where something personal or secret belongs.
async fn plant(database: &Database, canary: &str) -> store::sessions::SessionRow {
    let scope = committed_tenant(database).await;
    let mut tx = database.store.begin().await.unwrap();
    let (mut session, key) = session_with_key(database, &mut tx, &scope).await;
    session.sealed = key.seal_json(&Place::new("sessions", session.id), &canary);
    session.vendor_hash = Some(database.keyring.lookup("sessions.vendor", canary));
    session.reuse_key = Some(database.keyring.lookup("sessions.reuse", canary));
    sessions::save(&mut tx, &session, session.version).await.unwrap();
    let mut event = event(&session, 1);
    event.sealed = key.seal(&Place::new("events", event.id), canary.as_bytes());
    events::insert(&mut tx, &event).await.unwrap();
    let report = ReportRow {
        session_id: session.id,
        node_id: "id_verification_1".into(),
        attempt: 1,
        feature: "ID_VERIFICATION".into(),
        status: "Approved".into(),
        sealed: key.seal(&Place::new("reports", session.id), canary.as_bytes()),
        created_at: noon(),
    };
    reports::put(&mut tx, &report).await.unwrap();
    let mut target = destination(&scope, "https://example.org/hook");
    target.sealed_secret = database.keyring.seal(&Place::new("destinations", target.id), canary.as_bytes());
    destinations::insert(&mut tx, &target).await.unwrap();
    let (blob, upload) = (fresh::<BlobId>(), fresh::<UploadId>());
    database.blobs.put(&key, session.id, blob, canary.as_bytes()).await.unwrap();
    database.blobs.put_chunk(&key, session.id, upload, 0, canary.as_bytes()).await.unwrap();
    tx.commit().await.unwrap();
    session.version += 1;
    session
}

both_databases! {
    async fn stolen_files_reveal_nothing_personal(database: &Database) {
        let canary = canary();
        let session = plant(database, &canary).await;
        // The scan can see: what is not sealed is found.
        assert!(database.contains(&session.token_hash).await);
        assert!(!database.contains(&canary).await);
        assert!(!database.contains("Erika Mustermann").await);
    }

    async fn without_its_key_nothing_of_a_session_opens(database: &Database) {
        let session = plant(database, &canary()).await;
        let place = Place::new("sessions", session.id);
        let mut tx = database.store.begin().await.unwrap();
        let key = session_keys::find(&mut tx, &database.keyring, session.id).await.unwrap().unwrap();
        assert!(key.open_json::<String>(&place, &session.sealed).unwrap().starts_with("Erika"));
        assert!(session_keys::destroy(&mut tx, session.id).await.unwrap());
        tx.commit().await.unwrap();

        let mut tx = database.store.read().await.unwrap();
        assert!(session_keys::find(&mut tx, &database.keyring, session.id).await.unwrap().is_none());
        let guessed = store::SessionKey::generate().open(&place, &session.sealed);
        assert!(matches!(guessed, Err(Error::Corrupt { table: "sessions", .. })));
    }

    async fn a_value_moved_to_another_row_does_not_open(database: &Database) {
        let session = plant(database, &canary()).await;
        let mut tx = database.store.read().await.unwrap();
        let key = session_keys::find(&mut tx, &database.keyring, session.id).await.unwrap().unwrap();
        let (scope, _) = sessions::find_by_token_hash(&mut tx, &session.token_hash).await.unwrap().unwrap();
        let event = events::list(&mut tx, &scope, session.id).await.unwrap().remove(0);
        assert!(key.open(&Place::new("events", event.id), &event.sealed).is_ok());
        assert!(key.open(&Place::new("sessions", session.id), &event.sealed).is_err());
        assert_eq!(event.created_at, at(0));
    }
}

/// On SQLite at once. PostgreSQL overwrites a dead row when it vacuums and reuses its place; until then whoever has its
/// disk and the master key could still open it.
#[expect(clippy::disallowed_methods, reason = "reads the file as a thief would")]
#[tokio::test(flavor = "multi_thread")]
async fn a_destroyed_key_is_overwritten_in_the_file() {
    let database = Database::sqlite().await;
    let session = plant(&database, &canary()).await;
    let mut connection =
        sqlx::SqliteConnection::connect(&format!("sqlite://{}", database.address())).await.unwrap();
    let wrapped: Vec<u8> = sqlx::query_scalar("SELECT wrapped FROM session_keys WHERE session_id = $1")
        .bind(session.id.to_string())
        .fetch_one(&mut connection)
        .await
        .unwrap();
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let in_file = || {
        let bytes = std::fs::read(database.address()).unwrap();
        bytes.windows(wrapped.len()).any(|window| window == wrapped)
    };
    assert!(in_file());
    let mut tx = database.store.begin().await.unwrap();
    assert!(session_keys::destroy(&mut tx, session.id).await.unwrap());
    tx.commit().await.unwrap();
    database.store.close().await;
    assert!(!in_file());
}
