//! `POST /v3/billing/top-up/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use serde::Serialize;
use serde_json::Value;
use url::Url;
use utoipa::ToSchema;

use crate::body::{Body, Fields, Read};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// The contract's smallest amount.
const LEAST_DOLLARS: f64 = 50.0;

/// How much, and where the payer goes afterwards.
#[derive(ToSchema)]
pub(super) struct TopUp {
    /// In dollars, at least 50.
    #[schema(value_type = f64, minimum = 50, example = 50)]
    amount_in_dollars: Value,
    #[schema(value_type = Option<String>, format = "uri")]
    success_url: Value,
    #[schema(value_type = Option<String>, format = "uri")]
    cancel_url: Value,
}

impl Read for TopUp {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            amount_in_dollars: fields.raw("amount_in_dollars"),
            success_url: fields.raw("success_url"),
            cancel_url: fields.raw("cancel_url"),
        })
    }
}

/// Where to pay.
#[derive(Serialize, ToSchema)]
pub(super) struct CheckoutView {
    /// Stands in the page's address as `reference`.
    checkout_session_id: String,
    /// The operator's page.
    #[schema(format = "uri")]
    checkout_session_url: String,
}

/// Top up credits
///
/// Leads to the page that the operator of this server has configured for it (`[credits] top_up_url`), with the amount and
/// a reference. Without such a page, the operator adds credits on the command line, and this answers 400.
#[utoipa::path(
    post, path = "/v3/billing/top-up/", tag = "billing", security(("api_key" = [])), request_body = TopUp,
    responses((status = 200, description = "Where to pay.", body = CheckoutView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn top_up(
    _caller: Caller<may::WriteSubscription>,
    State(engine): State<Engine>,
    Body(wanted): Body<TopUp>,
) -> Result<Json<CheckoutView>, Problem> {
    let amount = match &wanted.amount_in_dollars {
        Value::Null => return Err(Problem::list("amount_in_dollars is required.")),
        value => value.as_f64().ok_or_else(|| Problem::list("amount_in_dollars must be a number."))?,
    };
    if amount < LEAST_DOLLARS {
        return Err(Problem::list("Amount must be at least $50."));
    }
    let success = address("success_url", &wanted.success_url)?;
    let cancel = address("cancel_url", &wanted.cancel_url)?;
    let Some(page) = engine.credits.top_up_url.as_deref().and_then(|page| Url::parse(page).ok()) else {
        return Err(Problem::list("Credits are added by the operator of this server."));
    };
    let checkout_session_id = engine.uuid().to_string();
    let mut page = page;
    page.query_pairs_mut()
        .append_pair("amount", &format!("{amount:.2}"))
        .append_pair("reference", &checkout_session_id)
        .extend_pairs(success.map(|url| ("success_url", url)))
        .extend_pairs(cancel.map(|url| ("cancel_url", url)));
    Ok(Json(CheckoutView { checkout_session_id, checkout_session_url: page.into() }))
}

/// A web address, or nothing.
fn address(name: &str, value: &Value) -> Result<Option<String>, Problem> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) => {
            Ok(Some(text.clone()))
        }
        _ => Err(Problem::list(format!("{name} must be a URL."))),
    }
}
