//! `GET /organizations/{organization}/approvals/`.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use engine::Engine;
use engine::approvals::{self, Filter};
use model::id::ApplicationId;
use utoipa::IntoParams;
use uuid::Uuid;

use super::view::ApprovalView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals, QueryRefusals};
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};

/// Which requests are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document's shape; the query is read into the engine's filter")]
pub(super) struct ApprovalQuery {
    /// How many at most; 50 unless said.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// How many to skip.
    offset: Option<u32>,
    /// Such as `pending`.
    status: Option<String>,
    /// Such as `session.delete`.
    action: Option<String>,
    application_id: Option<Uuid>,
    /// The id of what it is about.
    object_id: Option<String>,
}

/// A reading of the query: what is wanted, and the pairs that links repeat.
pub(super) struct Wanted {
    slice: Slice,
    filter: Filter,
    pairs: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let mut pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let slice = Slice::of(&pairs);
        pairs.retain(|(name, value)| !value.is_empty() && name != "limit" && name != "offset");
        let mut filter = Filter::default();
        for (name, value) in &pairs {
            let text = || Some(value.chars().filter(|c| *c != '\0').take(200).collect());
            match name.as_str() {
                "status" => filter.status = text(),
                "action" => filter.action = text(),
                "object_id" => filter.object = text(),
                "application_id" => {
                    let id = Uuid::try_parse(value);
                    let id = id.map_err(|_| Problem::field(name, "Must be a valid UUID."))?;
                    filter.application_id = Some(ApplicationId(id));
                }
                _ => {}
            }
        }
        Ok(Self { slice, filter, pairs })
    }
}

/// List what waits for a second person
///
/// And what became of it, newest first.
#[utoipa::path(
    get, path = "/organizations/{organization}/approvals/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ApprovalQuery),
    responses((status = 200, description = "One page.", body = PageView<ApprovalView>), QueryRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_approvals(
    operator: Operator<may::ListApprovals>,
    Wanted { slice, filter, pairs }: Wanted,
    State(engine): State<Engine>,
) -> Result<Json<PageView<ApprovalView>>, Problem> {
    let part = (i64::from(slice.limit), i64::from(slice.offset));
    let listed = approvals::list(&engine, &operator.member, &filter, part).await;
    let page = listed.map_err(|error| Problem::server_error(&error))?;
    let (path, count) = (format!("/organizations/{}/approvals/", operator.member.organization()), page.count);
    let page = PageView::of(&engine, &path, slice, page, ApprovalView::from);
    Ok(Json(page.filtered(&engine, &path, slice, &pairs, count)))
}
