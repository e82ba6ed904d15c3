//! What the installation knows of itself.

use crate::database::on;
use crate::seal::Keyring;
use crate::{Error, Tx};

const MASTER_KEY_CHECK: &str = "master_key_check";

/// The first start leaves a mark of its master key; a later start with another key is told so, instead of finding every
/// sealed value damaged.
pub(crate) async fn check_master_key(tx: &mut Tx, keyring: &Keyring) -> Result<(), Error> {
    let mark = keyring.lookup("meta.master_key_check", "bonafide");
    on!(tx, c => sqlx::query("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
        .bind(MASTER_KEY_CHECK).bind(&mark).execute(c).await.map(drop))?;
    let kept: String = on!(tx, c => sqlx::query_scalar("SELECT value FROM meta WHERE key = $1")
        .bind(MASTER_KEY_CHECK).fetch_one(c).await)?;
    if kept == mark { Ok(()) } else { Err(Error::WrongMasterKey) }
}
