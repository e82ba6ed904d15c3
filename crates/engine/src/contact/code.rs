//! The code itself: made, hashed, compared in constant time.

use jiff::SignedDuration;
use model::id::SessionId;
use model::workflow::NodeId;
use store::verification_codes::CodeRow;

use crate::{Engine, secrets};

/// How long a code is good (features §10.1).
pub(super) const LIFETIME: SignedDuration = SignedDuration::from_mins(5);
/// The same in the words of messages.
pub(super) const MINUTES: u32 = 5;
/// What sandbox applications take as the right code (features §23).
pub(super) const SANDBOX_CODE: &str = "123456";

/// A fresh code of so many digits, or upper-case letters and digits.
pub(super) fn generate(size: usize, alphanumeric: bool) -> String {
    secrets::typed_code(size, alphanumeric)
}

/// The keyed hash that is stored instead of the code.
pub(super) fn hash(engine: &Engine, session: SessionId, node: &NodeId, attempt: u32, code: &str) -> String {
    engine.keyring.hash_code(&subject(session, &node.0, i64::from(attempt)), &typed(code))
}

/// Whether this is the code of that row.
pub(super) fn matches(engine: &Engine, row: &CodeRow, code: &str) -> bool {
    engine.keyring.code_matches(
        &subject(row.session_id, &row.node_id, row.attempt),
        &typed(code),
        &row.code_hash,
    )
}

fn subject(session: SessionId, node: &str, attempt: i64) -> String {
    format!("verification_codes/{session}/{node}/{attempt}")
}

/// People type lower case and paste blanks.
fn typed(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}
