//! Reading users and businesses.

use store::{Scope, Tx};

use super::record::Record;
use super::{Entity, Kind, Refused, activity};
use crate::Engine;
use crate::decision::{MediaLife, link_media};
use crate::workflows::Page;

/// The latest session first.
pub async fn list(
    engine: &Engine,
    scope: &Scope,
    kind: Kind,
    limit: u32,
    offset: u32,
) -> Result<Page<Entity>, Refused> {
    let mut tx = engine.store.read().await?;
    let count = store::entities::count(&mut tx, scope, kind.as_str()).await?;
    let rows =
        store::entities::list(&mut tx, scope, kind.as_str(), i64::from(limit), i64::from(offset)).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let record = Record::of(engine, &mut tx, kind, row).await?;
        items.push(shown(engine, &mut tx, scope, &record).await?);
    }
    Ok(Page { count: usize::try_from(count).unwrap_or(0), items })
}

/// The entity of exactly this vendor data.
pub async fn get(engine: &Engine, scope: &Scope, kind: Kind, vendor_data: &str) -> Result<Entity, Refused> {
    let mut tx = engine.store.read().await?;
    let found = Record::find(engine, &mut tx, scope, kind, vendor_data).await?;
    let record = found.ok_or(Refused::NotFound)?;
    Ok(whole(engine, &mut tx, scope, &record).await?)
}

/// With everything that is shown where one entity is read.
pub(super) async fn whole(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    record: &Record,
) -> Result<Entity, store::Error> {
    let activities = activity::list(tx, scope, record).await?;
    Ok(Entity { activities, ..shown(engine, tx, scope, record).await? })
}

/// With a link to the portrait, if the session that took it was not erased.
async fn shown(engine: &Engine, tx: &mut Tx, scope: &Scope, record: &Record) -> Result<Entity, store::Error> {
    let mut entity = record.entity();
    if let Some((session, media)) = &record.profile.portrait
        && store::sessions::find(tx, scope, *session).await?.is_some()
    {
        let mut link = serde_json::Value::from(media.as_str());
        link_media(engine, scope, *session, MediaLife::Read, &mut link);
        entity.portrait_url = link.as_str().map(str::to_owned);
    }
    Ok(entity)
}
