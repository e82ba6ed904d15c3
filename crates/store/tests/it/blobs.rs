//! Encrypted objects, in a folder and in memory.

use model::id::{BlobId, SessionId, UploadId};
use store::blobs::{Blobs, S3Settings};
use store::{Error, SessionKey};

use crate::story::fresh;

fn stores() -> (tempfile::TempDir, [Blobs; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let local = Blobs::local(folder.path()).unwrap();
    (folder, [local, Blobs::memory()])
}

#[tokio::test]
async fn an_object_opens_with_its_sessions_key_alone() {
    let (_folder, stores) = stores();
    for blobs in stores {
        let (session, blob) = (fresh::<SessionId>(), fresh::<BlobId>());
        let key = SessionKey::generate();
        blobs.put(&key, session, blob, b"a photograph").await.unwrap();
        assert_eq!(blobs.get(&key, session, blob).await.unwrap().as_slice(), b"a photograph");
        let other = blobs.get(&SessionKey::generate(), session, blob).await;
        assert!(matches!(other, Err(Error::Corrupt { table: "objects", .. })));
        let missing = blobs.get(&key, session, fresh::<BlobId>()).await;
        assert!(matches!(missing, Err(Error::Objects(_))));
    }
}

#[tokio::test]
async fn chunks_join_in_order_however_they_arrived() {
    let (_folder, stores) = stores();
    for blobs in stores {
        let (session, upload) = (fresh::<SessionId>(), fresh::<UploadId>());
        let key = SessionKey::generate();
        for (offset, chunk) in [(6, &b"world"[..]), (0, &b"hel"[..]), (3, &b"lo "[..])] {
            blobs.put_chunk(&key, session, upload, offset, chunk).await.unwrap();
        }
        assert_eq!(blobs.join_chunks(&key, session, upload, 11).await.unwrap().as_slice(), b"hello world");
        let too_long = blobs.join_chunks(&key, session, upload, 10).await;
        assert!(matches!(too_long, Err(Error::Corrupt { .. })));
        let incomplete = blobs.join_chunks(&key, session, upload, 12).await;
        assert!(matches!(incomplete, Err(Error::Objects(_))));
        blobs.delete_upload(session, upload).await.unwrap();
        assert!(blobs.join_chunks(&key, session, upload, 11).await.is_err());
    }
}

#[tokio::test]
async fn an_empty_chunk_never_joins_for_ever() {
    let blobs = Blobs::memory();
    let (session, upload) = (fresh::<SessionId>(), fresh::<UploadId>());
    let key = SessionKey::generate();
    blobs.put_chunk(&key, session, upload, 0, b"").await.unwrap();
    let joined = blobs.join_chunks(&key, session, upload, 1).await;
    assert!(matches!(joined, Err(Error::Corrupt { .. })));
}

#[tokio::test]
async fn deleting_a_sessions_objects_leaves_the_others() {
    let (_folder, stores) = stores();
    for blobs in stores {
        let (gone, kept) = (fresh::<SessionId>(), fresh::<SessionId>());
        let (blob, upload) = (fresh::<BlobId>(), fresh::<UploadId>());
        let key = SessionKey::generate();
        for session in [gone, kept] {
            blobs.put(&key, session, blob, b"a photograph").await.unwrap();
            blobs.put_chunk(&key, session, upload, 0, b"part").await.unwrap();
        }
        blobs.delete_session(gone).await.unwrap();
        blobs.delete_session(gone).await.unwrap();
        assert!(blobs.get(&key, gone, blob).await.is_err());
        assert!(blobs.join_chunks(&key, gone, upload, 4).await.is_err());
        assert!(blobs.get(&key, kept, blob).await.is_ok());
        assert!(blobs.join_chunks(&key, kept, upload, 4).await.is_ok());
    }
}

#[test]
fn a_bucket_needs_no_connection_to_be_named() {
    let settings = S3Settings {
        endpoint: Some("http://127.0.0.1:9000".into()),
        bucket: "bonafide".into(),
        region: "eu-central-1".into(),
        access_key_id: "id".into(),
        secret_access_key: "key".into(),
        allow_http: true,
    };
    assert!(Blobs::s3(&settings).is_ok());
}
