//! Reports, uploads and what is known of objects.

use model::id::{BlobId, SessionId, UploadId};
use store::Error;
use store::blobs::{self, BlobRow};
use store::erasure::{self, Which};
use store::reports::{self, ReportRow};
use store::uploads::{self, UploadRow};
use testkit::both_databases;

use crate::story::{at, fresh, noon, session_with_key, tenant};

fn report(session_id: SessionId, node_id: &str, attempt: i64, second: i64) -> ReportRow {
    ReportRow {
        session_id,
        node_id: node_id.into(),
        attempt,
        feature: "ID_VERIFICATION".into(),
        status: "Approved".into(),
        sealed: vec![attempt as u8],
        created_at: at(second),
    }
}

fn upload(session_id: SessionId, part: &str) -> UploadRow {
    UploadRow {
        id: fresh::<UploadId>(),
        session_id,
        node_id: "id_verification_1".into(),
        part: part.into(),
        attempt: 1,
        size: 1_000,
        sha256: "00".repeat(32),
        received: 0,
        state: "receiving".into(),
        blob_id: None,
        created_at: noon(),
    }
}

fn blob(session_id: SessionId) -> BlobRow {
    BlobRow {
        id: fresh::<BlobId>(),
        session_id,
        kind: "front".into(),
        content_type: "image/jpeg".into(),
        size: 1_000,
        sha256: Some("00".repeat(32)),
        created_at: noon(),
    }
}

both_databases! {
    async fn the_latest_attempt_is_the_report_and_the_others_its_history(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let (session, _) = session_with_key(database, &mut tx, &scope).await;
        let first = report(session.id, "id_verification_1", 1, 10);
        let second = report(session.id, "id_verification_1", 2, 30);
        let other = report(session.id, "face_match_1", 1, 20);
        for row in [&first, &other, &second] {
            reports::put(&mut tx, row).await.unwrap();
        }
        let listed = reports::list(&mut tx, &scope, session.id).await.unwrap();
        assert_eq!(listed, [second.clone(), other]);
        let history = reports::history(&mut tx, &scope, session.id, "id_verification_1").await.unwrap();
        assert_eq!(history, [first, second]);
    }

    async fn a_report_of_the_same_attempt_is_replaced(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (scope, stranger) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let (session, _) = session_with_key(database, &mut tx, &scope).await;
        let mut row = report(session.id, "id_verification_1", 1, 10);
        reports::put(&mut tx, &row).await.unwrap();
        row.status = "Declined".into();
        row.sealed = vec![9];
        reports::put(&mut tx, &row).await.unwrap();
        assert_eq!(reports::list(&mut tx, &scope, session.id).await.unwrap(), [row]);
        assert_eq!(reports::list(&mut tx, &stranger, session.id).await.unwrap(), []);
        assert_eq!(reports::history(&mut tx, &stranger, session.id, "id_verification_1").await.unwrap(), []);
    }

    async fn an_upload_is_begun_once_per_part_and_attempt(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let (session, _) = session_with_key(database, &mut tx, &scope).await;
        let (front, back) = (upload(session.id, "front"), upload(session.id, "back"));
        assert!(uploads::insert(&mut tx, &front).await.unwrap());
        assert!(!uploads::insert(&mut tx, &upload(session.id, "front")).await.unwrap());
        assert!(uploads::insert(&mut tx, &back).await.unwrap());
        let mut again = upload(session.id, "front");
        again.attempt = 2;
        assert!(uploads::insert(&mut tx, &again).await.unwrap());

        let found = uploads::find_part(&mut tx, session.id, "id_verification_1", "front", 1).await.unwrap();
        assert_eq!(found, Some(front.clone()));
        assert_eq!(uploads::find(&mut tx, session.id, back.id).await.unwrap(), Some(back));
        assert_eq!(uploads::find(&mut tx, fresh(), front.id).await.unwrap(), None);
        assert_eq!(uploads::list(&mut tx, session.id).await.unwrap().len(), 3);
    }

    async fn a_chunk_sent_twice_is_counted_once(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let (session, _) = session_with_key(database, &mut tx, &scope).await;
        let mut row = upload(session.id, "front");
        uploads::insert(&mut tx, &row).await.unwrap();
        row.received = 400;
        uploads::save(&mut tx, &row, 0).await.unwrap();
        assert!(matches!(uploads::save(&mut tx, &row, 0).await, Err(Error::Stale)));

        let object = blob(session.id);
        blobs::insert(&mut tx, &object).await.unwrap();
        row.received = 1_000;
        row.state = "complete".into();
        row.blob_id = Some(object.id);
        uploads::save(&mut tx, &row, 400).await.unwrap();
        assert_eq!(uploads::find(&mut tx, session.id, row.id).await.unwrap(), Some(row));
    }

    async fn an_object_is_known_to_its_tenant_until_its_session_is_deleted(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let (session, _) = session_with_key(database, &mut tx, &ours).await;
        let (mut first, second) = (blob(session.id), blob(session.id));
        first.sha256 = None;
        blobs::insert(&mut tx, &first).await.unwrap();
        blobs::insert(&mut tx, &second).await.unwrap();
        assert_eq!(blobs::find(&mut tx, &ours, first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(blobs::find(&mut tx, &theirs, first.id).await.unwrap(), None);
        let mut expected = [first.clone(), second];
        expected.sort_by_key(|row| row.id);
        assert_eq!(blobs::list(&mut tx, &ours, session.id).await.unwrap(), expected);
        assert_eq!(blobs::list(&mut tx, &theirs, session.id).await.unwrap(), []);

        erasure::erase(&mut tx, &ours, Which::One(session.id), at(1)).await.unwrap();
        assert_eq!(blobs::find(&mut tx, &ours, first.id).await.unwrap(), None);
        assert_eq!(blobs::list(&mut tx, &ours, session.id).await.unwrap(), []);
    }
}
