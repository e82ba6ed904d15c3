//! Who calls with an API key.

use store::Scope;

use super::provision::api_key_hash;
use crate::Engine;

/// Keys have this many characters; anything else need not be looked up.
const LENGTH: usize = 43;

/// The application whose key this is.
pub async fn authenticate_key(engine: &Engine, api_key: &str) -> Result<Option<Scope>, store::Error> {
    if api_key.len() != LENGTH {
        return Ok(None);
    }
    store::applications::authenticate(&engine.store, &api_key_hash(engine, api_key)).await
}
