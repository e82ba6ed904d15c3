//! `POST /flow/v1/steps/{node_id}/contact` sends a code, `POST /flow/v1/steps/{node_id}/code` takes it.

use axum::Json;
use axum::extract::{Path, State};
use engine::Engine;
use engine::contact::steps::{self, StepRefused};
use model::workflow::NodeId;
use serde_json::{Value, json};

use super::view::FlowBody;
use crate::body::fields::Parsed;
use crate::body::{Body, Fields, Read, values};
use crate::caller::SessionToken;
use crate::problem::{Code, Problem};

/// An address; nothing where the integrator named it.
pub(super) struct Address(Option<Typed>);

enum Typed {
    Email(Value),
    Phone(String),
}

impl Read for Address {
    fn read(fields: &mut Fields) -> Option<Self> {
        let email = fields.optional("email", |value| Ok(value.clone()));
        let phone = fields.optional("phone", values::text(40));
        let typed = email?.map(Typed::Email).or(phone?.map(Typed::Phone));
        Some(Self(typed))
    }
}

pub(super) async fn send_code(
    SessionToken(token): SessionToken,
    Path(node): Path<String>,
    State(engine): State<Engine>,
    Body(Address(typed)): Body<Address>,
) -> Result<Json<FlowBody>, Problem> {
    let typed = match typed {
        None => None,
        Some(Typed::Phone(number)) => Some(number),
        Some(Typed::Email(value)) => Some(address(&value)?),
    };
    Ok(Json(steps::send_code(&engine, &token, &NodeId(node), typed).await?.into()))
}

fn address(value: &Value) -> Result<String, Problem> {
    let parsed: Parsed<String> = values::email(value);
    parsed.map_err(|_| Problem::new(Code::InvalidAddress).with_code())
}

/// What the person typed.
pub(super) struct Guess(String);

impl Read for Guess {
    fn read(fields: &mut Fields) -> Option<Self> {
        // People paste codes with blanks and dashes.
        let code = fields.required("code", values::text(40))?;
        Some(Self(code.chars().filter(|c| c.is_alphanumeric()).take(16).collect()))
    }
}

pub(super) async fn check_code(
    SessionToken(token): SessionToken,
    Path(node): Path<String>,
    State(engine): State<Engine>,
    Body(Guess(code)): Body<Guess>,
) -> Result<Json<FlowBody>, Problem> {
    Ok(Json(steps::check_code(&engine, &token, &NodeId(node), &code).await?.into()))
}

pub(super) fn refused(refused: &StepRefused) -> Problem {
    let code = match refused {
        StepRefused::InvalidAddress => Code::InvalidAddress,
        StepRefused::NumberNotAllowed => Code::NumberNotAllowed,
        StepRefused::CorporateOnly => Code::CorporateOnly,
        StepRefused::Undeliverable => Code::Undeliverable,
        StepRefused::NotSent => Code::NotSent,
        StepRefused::TooSoon { seconds } => {
            return Problem::new(Code::TooSoon).with_code().and("seconds", json!(seconds));
        }
        StepRefused::NoSendsLeft => Code::NoSendsLeft,
        StepRefused::TooMany => Code::TooManyCodes,
        StepRefused::WrongCode { left } => {
            return Problem::new(Code::WrongCode).with_code().and("attempts_left", json!(left));
        }
        StepRefused::CodeExpired => Code::CodeExpired,
    };
    Problem::new(code).with_code()
}
