//! The six characters that prove an e-mail address.

use jiff::SignedDuration;
use model::id::AccountId;
use store::Tx;
use store::accounts::CodeRow;

use crate::{Engine, secrets};

/// How long a code is good for (core API §1.2).
const LIFETIME: SignedDuration = SignedDuration::from_mins(15);
/// So often may a code be guessed: 5 in 36⁶.
const MAX_GUESSES: i64 = 5;

/// Makes a new code the account's only one; mail it once the transaction is committed.
pub(super) async fn issue(engine: &Engine, tx: &mut Tx, account: AccountId) -> Result<String, store::Error> {
    let code = secrets::code::<6>();
    let now = engine.now();
    let row = CodeRow {
        account_id: account,
        code_hash: engine.keyring.hash_code(&account.to_string(), &code),
        expires_at: now + LIFETIME,
        attempts: 0,
        created_at: now,
    };
    store::accounts::put_code(tx, &row).await?;
    Ok(code)
}

/// Whether this is the account's live code. The guess is counted; commit also when it was wrong.
pub(super) async fn guess(
    engine: &Engine,
    tx: &mut Tx,
    account: AccountId,
    code: &str,
) -> Result<bool, store::Error> {
    let Some(guesses) = store::accounts::count_code_attempt(tx, account).await? else { return Ok(false) };
    let Some(row) = store::accounts::find_code(tx, account).await? else { return Ok(false) };
    let live = guesses <= MAX_GUESSES && engine.now() < row.expires_at;
    let code = code.trim().to_ascii_uppercase();
    Ok(engine.keyring.code_matches(&account.to_string(), &code, &row.code_hash) && live)
}
