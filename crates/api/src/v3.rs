//! The public v3 contract: what an integrator's program calls with its API key.

use engine::Engine;
use utoipa_axum::router::OpenApiRouter;

mod billing;
mod blocklist;
mod businesses;
mod contact;
mod destinations;
mod documents;
mod entities;
mod imports;
mod lists;
pub(crate) mod page;
mod parties;
mod questionnaires;
mod sandbox;
mod sessions;
mod users;
mod verification_settings;
mod webhook_settings;
mod workflows;

/// Every v3 route.
pub(crate) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .merge(sessions::routes())
        .merge(imports::routes())
        .merge(workflows::routes())
        .merge(destinations::routes())
        .merge(users::routes())
        .merge(businesses::routes())
        .merge(lists::routes())
        .merge(blocklist::routes())
        .merge(contact::routes())
        .merge(documents::routes())
        .merge(questionnaires::routes())
        .merge(verification_settings::routes())
        .merge(billing::routes())
        .merge(sandbox::routes())
        .merge(webhook_settings::routes())
        .merge(parties::routes())
}
