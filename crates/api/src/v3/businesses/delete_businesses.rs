//! `POST /v3/businesses/delete/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind, Selector};
use model::id::EntityId;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, SecondPersonRefusals};
use crate::problem::Problem;
use crate::v3::entities::{DeletedView, names};

/// Whom to delete.
#[derive(ToSchema)]
#[schema(example = json!({"vendor_data_list": ["business-123"]}))]
#[expect(dead_code, reason = "describes the body; it is read as a selector")]
pub(super) struct DeleteBusinessesFields {
    /// These, exactly as sent.
    vendor_data_list: Option<Vec<String>>,
    /// These, by our own ids.
    didit_internal_id_list: Option<Vec<Uuid>>,
    /// Everyone; the lists are then ignored.
    delete_all: Option<bool>,
}

pub(super) struct DeleteBusinesses(Selector);

impl Read for DeleteBusinesses {
    fn read(fields: &mut Fields) -> Option<Self> {
        let all = fields.optional("delete_all", values::boolean);
        let names = fields.optional("vendor_data_list", names);
        let ids = fields.optional("didit_internal_id_list", values::list(values::uuid));
        let (names, ids) = (names?.unwrap_or_default(), ids?.unwrap_or_default());
        let selector = if all?.unwrap_or(false) {
            Selector::All
        } else if names.is_empty() {
            Selector::Ids(ids.into_iter().map(EntityId).collect())
        } else {
            Selector::VendorData(names)
        };
        Some(Self(selector))
    }
}

/// Delete businesses for ever
///
/// What is known of them is erased at once. Their sessions and block list entries stay. It may need a
/// second person.
#[utoipa::path(
    post, path = "/v3/businesses/delete/", tag = "businesses", security(("api_key" = [])), request_body = DeleteBusinessesFields,
    responses((status = 200, description = "How many there were.", body = DeletedView), BodyRefusals, SecondPersonRefusals)
)]
pub(super) async fn delete_businesses(
    caller: Caller<may::DeleteBusinesses>,
    State(engine): State<Engine>,
    Body(DeleteBusinesses(selector)): Body<DeleteBusinesses>,
) -> Result<Json<DeletedView>, Problem> {
    let deleted = entities::delete(&engine, &caller.scope, Kind::Business, selector).await?;
    Ok(Json(DeletedView { deleted }))
}
