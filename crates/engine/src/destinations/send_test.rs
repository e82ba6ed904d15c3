//! A sample event, sent now to one destination.

use model::id::{DeliveryId, DestinationId, EventId};
use serde_json::json;
use store::Scope;
use store::events::EventRow;

use super::{Delivery, Refused, Request, get_delivery};
use crate::webhooks::{self, DeliverWebhook, Sample};
use crate::{Engine, audit};

/// Posts the sample, marked as a test, whether or not the destination is enabled or wants such events, and says how that
/// went. It is not tried again.
pub async fn send_test(
    engine: &Engine,
    scope: &Scope,
    destination: DestinationId,
    sample: Sample,
) -> Result<(Delivery, Option<Request>), Refused> {
    let id = EventId(engine.uuid());
    let event = EventRow {
        id,
        application_id: scope.application_id(),
        session_id: None,
        subject_id: None,
        sequence: 0,
        kind: sample.kind().to_owned(),
        sealed: webhooks::sealed_sample(engine, scope, sample, id),
        created_at: engine.now(),
    };
    let mut tx = engine.store.begin().await?;
    store::destinations::find(&mut tx, scope, destination).await?.ok_or(Refused::NotFound)?;
    store::events::insert(&mut tx, &event).await?;
    let details = json!({"sample": sample.name()});
    audit::note(engine, &mut tx, scope, "destination.tested", destination, details).await?;
    tx.commit().await?;
    let wanted = DeliverWebhook::test(&event, destination);
    let sent: DeliveryId = webhooks::send_now(engine, scope, &wanted).await?.ok_or(Refused::NotFound)?;
    get_delivery(engine, scope, destination, sent).await
}
