//! Keeping an entity in step with its sessions, in the transaction that changes the session.

use model::feature::Feature;
use model::id::EntityId;
use model::report::Report;
use model::status::{FeatureStatus, SessionStatus};
use serde_json::{Value, json};
use store::{Scope, Tx};

use super::record::Record as Entity;
use super::{EntityStatus, Kind, Profile};
use crate::Engine;
use crate::sessions::Record;

/// A session was made, perhaps with something found already: its entity counts it, and comes to be if it is new. Says
/// whether anyone wants to hear of it.
pub(crate) async fn session_created(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
) -> Result<bool, store::Error> {
    let Some(vendor_data) = record.personal.vendor_data.clone() else { return Ok(false) };
    let (kind, scope) = (kind_of(record), &record.scope);
    let mut entity = found_or_made(engine, tx, scope, kind, &vendor_data).await?;
    let now = engine.now();
    entity.row.session_count += 1;
    entity.row.first_session_at.get_or_insert(now);
    entity.row.last_session_at = Some(now);
    if kind == Kind::Business {
        introduce(&mut entity.profile, record);
    }
    follow(&mut entity, kind, record, SessionStatus::NotStarted);
    entity.save(engine, tx, scope).await
}

/// A company that nothing is known of takes what the integrator expects of it.
fn introduce(profile: &mut Profile, record: &Record) {
    let expected = |name: &str| {
        let details = record.personal.expected_details.as_ref()?;
        details.get(name)?.as_str().map(str::to_owned)
    };
    let fields = [
        (&mut profile.legal_name, "company_name"),
        (&mut profile.registration_number, "registration_number"),
        (&mut profile.country_code, "registry_country"),
    ];
    for (field, name) in fields {
        if field.is_none() {
            *field = expected(name);
        }
    }
}

/// The id of the entity that a session is about.
pub(crate) async fn id_of(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
) -> Result<Option<EntityId>, store::Error> {
    let Some(vendor_data) = &record.personal.vendor_data else { return Ok(None) };
    let hash = super::vendor_hash(engine, &record.scope, kind_of(record), vendor_data);
    Ok(store::entities::find_by_vendor(tx, &record.scope, &hash).await?.map(|row| row.id))
}

async fn found_or_made(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    vendor_data: &str,
) -> Result<Entity, store::Error> {
    if let Some(entity) = Entity::claim(engine, tx, scope, kind, vendor_data).await? {
        return Ok(entity);
    }
    let profile = Profile { vendor_data: Some(vendor_data.to_owned()), ..Profile::default() };
    if let Some(entity) = Entity::insert(engine, tx, scope, kind, profile, EntityStatus::Active).await? {
        return Ok(entity);
    }
    // Made in parallel, in between.
    Entity::claim(engine, tx, scope, kind, vendor_data).await?.ok_or(store::Error::Stale)
}

/// A session's status or reports changed: counters, features and, once approved, what was verified follow.
pub(crate) async fn session_changed(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    was: SessionStatus,
) -> Result<(), store::Error> {
    let Some(vendor_data) = &record.personal.vendor_data else { return Ok(()) };
    let kind = kind_of(record);
    // Deleted since: it does not come back by itself.
    let Some(mut entity) = Entity::claim(engine, tx, &record.scope, kind, vendor_data).await? else {
        return Ok(());
    };
    follow(&mut entity, kind, record, was);
    entity.save(engine, tx, &record.scope).await.map(drop)
}

fn follow(entity: &mut Entity, kind: Kind, record: &Record, was: SessionStatus) {
    let now = record.session.status();
    count(entity, was, -1);
    count(entity, now, 1);
    for report in record.session.reports_in_order() {
        if let Some(name) = feature(kind, report) {
            entity.profile.features.insert(name.to_owned(), json!(report.status.as_str()));
        }
    }
    if now == SessionStatus::Approved && was != SessionStatus::Approved {
        for report in record.session.reports_in_order() {
            if report.status == FeatureStatus::Approved {
                learn(&mut entity.profile, record, report);
            }
        }
    }
}

/// Whom a session is about, by its workflow.
pub(crate) fn kind_of(record: &Record) -> Kind {
    if record.session.graph.is_business() { Kind::Business } else { Kind::User }
}

fn count(entity: &mut Entity, status: SessionStatus, by: i64) {
    let counter = match status {
        SessionStatus::Approved => &mut entity.row.approved_count,
        SessionStatus::Declined => &mut entity.row.declined_count,
        SessionStatus::InReview => &mut entity.row.in_review_count,
        _ => return,
    };
    *counter = (*counter + by).max(0);
}

/// Under which name a report counts: of a company the registry's alone, as `KYB`.
fn feature(kind: Kind, report: &Report) -> Option<&'static str> {
    match (kind, report.feature) {
        (Kind::Business, Feature::KybRegistry) => Some("KYB"),
        (Kind::Business, _) => None,
        (Kind::User, feature) => Some(feature.display_name()),
    }
}

/// Takes over what an approved report of an approved session verified.
fn learn(profile: &mut Profile, record: &Record, report: &Report) {
    let text = |name: &str| report.fields.get(name).and_then(Value::as_str).map(str::to_owned);
    match report.feature {
        Feature::Ocr => {
            profile.full_name = text("full_name").or(profile.full_name.take());
            profile.date_of_birth = text("date_of_birth").or(profile.date_of_birth.take());
            add(&mut profile.issuing_states, text("issuing_state"));
            let portrait = text("portrait_image").map(|media| (record.row.id, media));
            profile.portrait = portrait.or(profile.portrait.take());
        }
        Feature::EmailVerification => add(&mut profile.approved_emails, text("email")),
        Feature::PhoneVerification => {
            add(&mut profile.approved_phones, text("full_number").or_else(|| text("phone_number")));
        }
        _ => {}
    }
}

fn add(list: &mut Vec<String>, value: Option<String>) {
    if let Some(value) = value
        && !list.contains(&value)
    {
        list.push(value);
    }
}
