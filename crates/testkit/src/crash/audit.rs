//! The books against the server, its database, and what the receiver got.

use std::collections::{BTreeMap, BTreeSet};

use model::id::ApplicationId;
use outbound::{canonical, sign};
use reqwest::Method;
use serde_json::Value;
use store::sessions::SessionRow;
use store::{Keyring, Place, Scope, Store, Tx};

use super::Outcome;
use super::ledger::Ledger;
use super::load::Load;
use crate::database::MASTER_KEY;
use crate::program::Site;
use crate::{HttpSink, ReceivedRequest};

/// Statuses of a sandbox session in their order.
const STORY: [&str; 3] = ["Not Started", "In Progress", "Approved"];

/// What was acknowledged is what the server says now.
pub(super) async fn acknowledged(load: &Load, ledger: &Ledger, outcome: &mut Outcome) {
    for (person, known) in ledger.people() {
        let path = format!("/v3/session/{}/decision/", known.session_id);
        let (status, decision) = load.send(Method::GET, &path, None).await.expect("the server is up");
        let url = decision["session_url"].as_str().unwrap_or_default();
        let same = status == 200
            && decision["session_number"] == known.number
            && decision["vendor_data"] == person.as_str()
            && url.ends_with(&format!("/session/{}", known.token));
        let ended = decision["status"] == "Approved";
        if !same || known.completed && !ended {
            outcome.breaches.push(format!("{known:?} of {person} is now {status} {decision}"));
        }
    }
}

/// One session per person, and for each the events of its story, once and in order. Hands back all events.
pub(super) async fn stored(
    site: &Site,
    ready: &Value,
    ledger: &Ledger,
    outcome: &mut Outcome,
) -> BTreeMap<String, String> {
    let (store, keyring) = open(site).await;
    let mut tx = store.read().await.expect("a transaction");
    let id: ApplicationId =
        ready["sandbox"]["application_id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let scope = store::applications::scope_for_command_line(&mut tx, id).await.expect("a read");
    let scope = scope.expect("the sandbox application");
    let everyone = store::sessions::Filter { kind: "user", ..Default::default() };
    let sessions = store::sessions::page(&mut tx, &scope, &everyone, i64::MAX, 0).await.expect("a read");
    let people: BTreeSet<&Option<String>> = sessions.iter().map(|row| &row.vendor_hash).collect();
    if people.len() != sessions.len() || sessions.len() != ledger.people().len() {
        let (sessions, known) = (sessions.len(), ledger.people().len());
        outcome
            .breaches
            .push(format!("{sessions} sessions of {} people, {known} were acknowledged", people.len()));
    }
    let mut events = BTreeMap::new();
    for row in &sessions {
        let told = story(&mut tx, &scope, &keyring, row, &mut events).await;
        let end = STORY.iter().position(|status| *status == row.status).map_or(0, |last| last + 1);
        if told != STORY[..end] || end == 0 {
            outcome.breaches.push(format!("session {} is {} after events {told:?}", row.id, row.status));
        }
    }
    if let Some(job) = store::jobs::list_failed(&mut tx, 1).await.expect("a read").first() {
        outcome.breaches.push(format!("a job was given up: {job:?}"));
    }
    if store::jobs::count_open(&mut tx).await.expect("a read") > 0 {
        outcome.breaches.push("work is left over".to_owned());
    }
    (outcome.sessions, outcome.events) = (sessions.len(), events.len());
    drop(tx);
    store.close().await;
    events
}

/// The statuses that a session's events announced, by sequence without gaps.
async fn story(
    tx: &mut Tx,
    scope: &Scope,
    keyring: &Keyring,
    row: &SessionRow,
    events: &mut BTreeMap<String, String>,
) -> Vec<String> {
    let key =
        store::session_keys::find(tx, keyring, row.id).await.expect("a read").expect("a key per session");
    let mut told = Vec::new();
    for (index, event) in store::events::list(tx, scope, row.id).await.expect("a read").iter().enumerate() {
        let place = Place::new("events", event.id);
        let mut envelope: Value =
            key.open_json(&place, &event.sealed).expect("the session's key opens its events");
        let status = envelope["status"].as_str().unwrap_or("no status").to_owned();
        let in_order = usize::try_from(event.sequence).is_ok_and(|sequence| sequence == index + 1);
        told.push(if in_order { status } else { format!("{status} as number {}", event.sequence) });
        // The place in the session's story is written into the body when it is sent.
        envelope["sequence"] = event.sequence.into();
        events.insert(event.id.to_string(), canonical(&envelope));
    }
    told
}

/// Every event arrived, none that is not in the database, and every copy of it says the same and is signed.
pub(super) fn delivered(
    sink: &HttpSink,
    secret: &str,
    events: &BTreeMap<String, String>,
    outcome: &mut Outcome,
) {
    let mut arrived = BTreeSet::new();
    for request in sink.requests() {
        outcome.webhooks += 1;
        let mut body = request.json();
        if !is_signed(&request, secret, &body) {
            outcome.breaches.push(format!("a signature does not fit {body}"));
        }
        body.as_object_mut().map(|fields| fields.remove("timestamp"));
        let id = body["event_id"].as_str().unwrap_or_default().to_owned();
        if events.get(&id) != Some(&canonical(&body)) {
            outcome
                .breaches
                .push(format!("the receiver was told {body}, the database has {:?}", events.get(&id)));
        }
        outcome.repeats += usize::from(!arrived.insert(id));
    }
    for id in events.keys().filter(|id| !arrived.contains(*id)) {
        outcome.breaches.push(format!("event {id} never arrived"));
    }
}

fn is_signed(request: &ReceivedRequest, secret: &str, body: &Value) -> bool {
    request.header("x-signature-v2") == Some(sign(secret, &request.body, body).v2.as_str())
}

async fn open(site: &Site) -> (Store, Keyring) {
    let keyring = Keyring::from_master(MASTER_KEY);
    let store = match &site.database {
        Some(url) => Store::open_postgres(url, 2, &keyring).await,
        None => Store::open_sqlite(&site.data.join("bonafide.db"), &keyring).await,
    };
    (store.expect("the database opens"), keyring)
}
