//! Section `[storage]`.

use std::path::PathBuf;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use store::blobs::{Blobs, S3Settings};

/// Where encrypted pictures are kept: a folder, or a bucket of an S3-compatible store.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Storage {
    /// The folder, when there is one machine.
    #[serde(default)]
    pub(crate) folder: Option<PathBuf>,
    /// The bucket, when there are more.
    #[serde(default)]
    pub(crate) bucket: Option<String>,
    /// Address of a store that is not Amazon's.
    #[serde(default)]
    pub(crate) endpoint: Option<String>,
    /// Region of the bucket.
    #[serde(default)]
    pub(crate) region: Option<String>,
    /// Id of the access key.
    #[serde(default)]
    pub(crate) access_key_id: Option<String>,
    /// The access key.
    #[serde(default)]
    pub(crate) secret_access_key: Option<String>,
    /// Allows an endpoint without TLS.
    #[serde(default)]
    pub(crate) allow_http: bool,
}

impl Storage {
    pub(crate) fn open(&self) -> anyhow::Result<Blobs> {
        if let Some(bucket) = &self.bucket {
            return Ok(Blobs::s3(&S3Settings {
                endpoint: self.endpoint.clone(),
                bucket: bucket.clone(),
                region: self.region.clone().unwrap_or_else(|| "us-east-1".to_owned()),
                access_key_id: self.access_key_id.clone().context("[storage] access_key_id is missing")?,
                secret_access_key: self
                    .secret_access_key
                    .clone()
                    .context("[storage] secret_access_key is missing")?,
                allow_http: self.allow_http,
            })?);
        }
        let folder = self.folder.as_ref().context("[storage] needs a folder or a bucket")?;
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Blobs::local(folder)?)
    }
}
