//! `POST /programmatic/register/`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, accounts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::body::{Body, Fields, Read, values};
use crate::caller::Peer;
use crate::openapi::{BodyRefusals, RateRefusals};
use crate::problem::Problem;

/// Who registers.
#[derive(ToSchema)]
pub(super) struct Register {
    /// Where the code goes.
    #[schema(format = "email", example = "developer@yourapp.com")]
    email: String,
    /// At least 8 characters, with `A`–`Z`, `a`–`z`, a digit and one of `!@#$%^&*()_+-=[]{}|;:,.<>?`. Only the first
    /// broken rule is told.
    #[schema(format = "password", example = "MyStr0ng!Pass")]
    password: String,
}

impl Read for Register {
    fn read(fields: &mut Fields) -> Option<Self> {
        let email = fields.required("email", values::email);
        let password = fields.required("password", values::verbatim(256));
        Some(Self { email: email?, password: password? })
    }
}

/// The code is on its way.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisteredView {
    message: &'static str,
    email: String,
}

/// Register
///
/// Mails a code of six characters that is good for 15 minutes. For an address that is not confirmed yet, another code.
/// Five per address of the network and hour.
#[utoipa::path(
    post, path = "/programmatic/register/", tag = "accounts", request_body = Register,
    responses((status = 201, description = "The code was mailed.", body = RegisteredView), BodyRefusals, RateRefusals)
)]
pub(super) async fn register(
    State(engine): State<Engine>,
    Peer(peer): Peer,
    Body(Register { email, password }): Body<Register>,
) -> Result<(StatusCode, Json<RegisteredView>), Problem> {
    accounts::register(&engine, &email, password, peer).await?;
    let message = "Registration successful. Check your email for the verification code.";
    Ok((StatusCode::CREATED, Json(RegisteredView { message, email })))
}
