//! What is known of a proven address: its kind, and who else uses it. Nothing here asks another service.

use model::warning::{Risk, Warning};
use model::workflow::{Config, NodeId};
use serde_json::{Value, json};
use store::Tx;
use store::verification_codes::{CodeRow, Same};

use super::{Contact, disposable};
use crate::Engine;
use crate::lists::{self, EntryType};
use crate::sessions::Record;

/// Matches shown (features §10.3).
const SHOWN: i64 = 5;

/// The warnings about an address whose code was right, and the sessions that it is found in.
pub(super) async fn of(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    row: &CodeRow,
    contact: &Contact,
    config: &Config,
) -> Result<(Vec<Warning>, Vec<Value>), store::Error> {
    let node = NodeId(row.node_id.clone());
    let under = |risk| Warning::under(risk, config, &node);
    let mut warnings = Vec::new();
    match contact {
        Contact::Email(address) if disposable::is_disposable(address) => {
            warnings.push(under(Risk::DisposableEmailDetected));
        }
        Contact::Phone(number) if number.is_virtual() => warnings.push(under(Risk::VoipNumberDetected)),
        _ => {}
    }
    let (kind, risk) = match contact {
        Contact::Email(_) => (EntryType::Email, Risk::EmailInBlocklist),
        Contact::Phone(_) => (EntryType::Phone, Risk::PhoneNumberInBlocklist),
    };
    let hit = lists::find_hit(engine, tx, &record.scope, kind, contact.text()).await?;
    let blocked = hit.is_some();
    if let Some(hit) = hit {
        warnings.push(under(risk).with(json!({"blocklisted_session_id": hit.reference_session_id})));
    }
    let same =
        store::verification_codes::list_same(tx, row, record.row.vendor_hash.as_deref(), SHOWN).await?;
    let mut matches = Vec::with_capacity(same.len() + 1);
    matches.extend(blocked.then(|| listed(contact)));
    for other in &same {
        matches.extend(shown(engine, tx, record, other, contact, blocked).await?);
    }
    matches.truncate(SHOWN as usize);
    // Only who proved the address counts as its user: anyone can type a stranger's.
    if let Some(user) = same.iter().find(|other| other.state == "approved") {
        let risk = match contact {
            Contact::Email(_) => Risk::DuplicatedEmail,
            Contact::Phone(_) => Risk::DuplicatedPhoneNumber,
        };
        warnings.push(under(risk).with(json!({"duplicated_session_id": user.session_id})));
    }
    Ok((warnings, matches))
}

/// The other session as `matches` shows it; nothing if it was erased meanwhile.
async fn shown(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    same: &Same,
    contact: &Contact,
    blocked: bool,
) -> Result<Option<Value>, store::Error> {
    use crate::sessions::ChangeRefused::{Lifecycle, NotFound, Store};
    let other = match Record::load(engine, tx, &record.scope, same.session_id).await {
        Ok(other) => other,
        Err(NotFound | Lifecycle(_)) => return Ok(None),
        Err(Store(error)) => return Err(error),
    };
    let mut entry = json!({
        "session_id": other.row.id,
        "session_number": other.row.number,
        "vendor_data": other.personal.vendor_data,
        "verification_date": other.row.created_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "status": other.session.status(),
        "is_blocklisted": blocked,
        "api_service": other.service().map(crate::sessions::Service::name),
        "source": "session",
    });
    entry[field(contact)] = json!(contact.text());
    Ok(Some(entry))
}

/// The block list's own entry, which names no session and comes first (features §10.3).
fn listed(contact: &Contact) -> Value {
    let mut entry = json!({
        "session_id": null, "session_number": null, "vendor_data": null, "verification_date": null, "status": null,
        "is_blocklisted": true, "api_service": null, "source": "list_entry",
    });
    entry[field(contact)] = json!(contact.text());
    entry
}

const fn field(contact: &Contact) -> &'static str {
    match contact {
        Contact::Email(_) => "email",
        Contact::Phone(_) => "phone_number",
    }
}
