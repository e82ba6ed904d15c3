//! The object store itself.

use std::path::Path as FolderPath;
use std::sync::Arc;

use futures::TryStreamExt;
use model::id::{BlobId, ImportId, SessionId, UploadId};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use zeroize::Zeroizing;

use crate::{Error, Place, SessionKey};

/// Where an S3-compatible store is and how to enter it.
#[derive(Clone)]
pub struct S3Settings {
    /// For a store that is not Amazon's: its address.
    pub endpoint: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The region; many compatible stores take any.
    pub region: String,
    /// The id of the access key.
    pub access_key_id: String,
    /// The access key.
    pub secret_access_key: String,
    /// Whether an address that is not TLS may be used. Objects are encrypted, the access key's signatures are not secret.
    pub allow_http: bool,
}

/// Encrypted objects. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// In a folder, which must exist. What is put is on the disk before it is acknowledged.
    pub fn local(folder: &FolderPath) -> Result<Self, Error> {
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self(Arc::new(store)))
    }

    /// In a bucket.
    pub fn s3(settings: &S3Settings) -> Result<Self, Error> {
        // The client of the bucket needs to know which cryptography TLS uses; an error means that it knows already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key_id)
            .with_secret_access_key(&settings.secret_access_key)
            .with_allow_http(settings.allow_http);
        if let Some(endpoint) = &settings.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        Ok(Self(Arc::new(builder.build()?)))
    }

    /// In memory, for tests.
    pub fn memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Keeps bytes under a blob's id; what was there is replaced.
    pub async fn put(
        &self,
        key: &SessionKey,
        session: SessionId,
        blob: BlobId,
        bytes: &[u8],
    ) -> Result<(), Error> {
        self.put_at(key, blob_path(session, blob), bytes).await
    }

    /// The bytes of a blob; [`Error::Objects`] if there are none, [`Error::Corrupt`] if they do not open.
    pub async fn get(
        &self,
        key: &SessionKey,
        session: SessionId,
        blob: BlobId,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.get_at(key, blob_path(session, blob)).await
    }

    /// Removes one blob; one that is not there is removed already.
    pub async fn delete(&self, session: SessionId, blob: BlobId) -> Result<(), Error> {
        match self.0.delete(&blob_path(session, blob)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps one chunk of an upload, known by where it starts.
    pub async fn put_chunk(
        &self,
        key: &SessionKey,
        session: SessionId,
        upload: UploadId,
        offset: u64,
        bytes: &[u8],
    ) -> Result<(), Error> {
        self.put_at(key, chunk_path(session, upload, offset), bytes).await
    }

    /// The whole upload of `size` bytes: its chunks joined from the first on. [`Error::Objects`] if one is missing,
    /// [`Error::Corrupt`] if one does not open or they hold more than was announced.
    pub async fn join_chunks(
        &self,
        key: &SessionKey,
        session: SessionId,
        upload: UploadId,
        size: u64,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut whole = Zeroizing::new(Vec::with_capacity(size as usize));
        while (whole.len() as u64) < size {
            let path = chunk_path(session, upload, whole.len() as u64);
            let corrupt = place(&path).corrupt();
            let chunk = self.get_at(key, path).await?;
            if chunk.is_empty() || whole.len() as u64 + chunk.len() as u64 > size {
                return Err(corrupt);
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole)
    }

    /// Removes the chunks of an upload that was joined or given up.
    pub async fn delete_upload(&self, session: SessionId, upload: UploadId) -> Result<(), Error> {
        self.delete_under(&Path::from(format!("sessions/{session}/uploads/{upload}"))).await
    }

    /// Removes everything a session kept. Its key's destruction is the erasure; this frees the space.
    pub async fn delete_session(&self, session: SessionId) -> Result<(), Error> {
        self.delete_under(&Path::from(format!("sessions/{session}"))).await
    }

    /// Keeps the file of an import, under the import's own key.
    pub async fn put_import(&self, key: &SessionKey, import: ImportId, bytes: &[u8]) -> Result<(), Error> {
        self.put_at(key, import_path(import), bytes).await
    }

    /// The file of an import.
    pub async fn get_import(&self, key: &SessionKey, import: ImportId) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.get_at(key, import_path(import)).await
    }

    /// Removes the file of an import that is over.
    pub async fn delete_import(&self, import: ImportId) -> Result<(), Error> {
        match self.0.delete(&import_path(import)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn put_at(&self, key: &SessionKey, path: Path, bytes: &[u8]) -> Result<(), Error> {
        let sealed = key.seal(&place(&path), bytes);
        self.0.put(&path, PutPayload::from(sealed)).await?;
        Ok(())
    }

    async fn get_at(&self, key: &SessionKey, path: Path) -> Result<Zeroizing<Vec<u8>>, Error> {
        let sealed = self.0.get(&path).await?.bytes().await?;
        key.open(&place(&path), &sealed)
    }

    async fn delete_under(&self, prefix: &Path) -> Result<(), Error> {
        let paths: Vec<Path> =
            self.0.list(Some(prefix)).map_ok(|object| object.location).try_collect().await?;
        for path in paths {
            match self.0.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

fn import_path(import: ImportId) -> Path {
    Path::from(format!("imports/{import}"))
}

fn blob_path(session: SessionId, blob: BlobId) -> Path {
    Path::from(format!("sessions/{session}/blobs/{blob}"))
}

/// Chunks sort by offset, for whoever looks at the folder.
fn chunk_path(session: SessionId, upload: UploadId, offset: u64) -> Path {
    Path::from(format!("sessions/{session}/uploads/{upload}/{offset:012}"))
}

fn place(path: &Path) -> Place {
    Place::new("objects", path)
}
