//! `GET /v3/billing/balance/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, credits};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;
use crate::problem::Problem;

/// What is left.
#[derive(Serialize, ToSchema)]
pub(super) struct BalanceView {
    /// In dollars, with four decimals. `999999999.9999` where this server charges nothing.
    #[schema(example = "1234.5600")]
    balance: String,
    /// Never: there is no payment provider behind this server.
    auto_refill_enabled: bool,
    auto_refill_amount: Option<String>,
    auto_refill_threshold: Option<String>,
}

/// Get the credit balance
///
/// The organisation's, over all its applications.
#[utoipa::path(
    get, path = "/v3/billing/balance/", tag = "billing", security(("api_key" = [])),
    responses((status = 200, description = "The balance.", body = BalanceView), KeyRefusals)
)]
pub(super) async fn get_balance(
    caller: Caller<may::ReadSubscription>,
    State(engine): State<Engine>,
) -> Result<Json<BalanceView>, Problem> {
    let balance = credits::balance(&engine, &caller.scope).await;
    let balance = balance.map_err(|error| Problem::server_error(&error))?.to_string();
    let (auto_refill_amount, auto_refill_threshold) = (None, None);
    Ok(Json(BalanceView { balance, auto_refill_enabled: false, auto_refill_amount, auto_refill_threshold }))
}
