//! `POST /v3/users/delete/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind, Selector};
use utoipa::ToSchema;

use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, SecondPersonRefusals};
use crate::problem::Problem;
use crate::v3::entities::{DeletedView, names};

/// Whom to delete.
#[derive(ToSchema)]
#[schema(example = json!({"vendor_data_list": ["user-123"]}))]
#[expect(dead_code, reason = "describes the body; it is read as a selector")]
pub(super) struct DeleteUsersFields {
    /// These, exactly as sent.
    vendor_data_list: Option<Vec<String>>,
    /// Everyone; the lists are then ignored.
    delete_all: Option<bool>,
}

pub(super) struct DeleteUsers(Selector);

impl Read for DeleteUsers {
    fn read(fields: &mut Fields) -> Option<Self> {
        let all = fields.optional("delete_all", values::boolean);
        let names = fields.optional("vendor_data_list", names);
        let selector = match (all?.unwrap_or(false), names?) {
            (true, _) => Selector::All,
            (false, names) => Selector::VendorData(names.unwrap_or_default()),
        };
        Some(Self(selector))
    }
}

/// Delete users for ever
///
/// What is known of them is erased at once. Their sessions and block list entries stay. It may need a
/// second person.
#[utoipa::path(
    post, path = "/v3/users/delete/", tag = "users", security(("api_key" = [])), request_body = DeleteUsersFields,
    responses((status = 200, description = "How many there were.", body = DeletedView), BodyRefusals, SecondPersonRefusals)
)]
pub(super) async fn delete_users(
    caller: Caller<may::DeleteUsers>,
    State(engine): State<Engine>,
    Body(DeleteUsers(selector)): Body<DeleteUsers>,
) -> Result<Json<DeletedView>, Problem> {
    let deleted = entities::delete(&engine, &caller.scope, Kind::User, selector).await?;
    Ok(Json(DeletedView { deleted }))
}
