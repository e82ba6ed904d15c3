//! How OAuth's clients ask: a form or JSON, the client's id and secret in the body or as `Authorization: Basic`
//! (RFC 6749 §2.3.1).

use std::collections::HashMap;

use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use utoipa::ToSchema;

use crate::body;
use crate::problem::{Code, Problem};

/// The text fields of a request.
pub(super) struct ClientForm {
    fields: HashMap<String, String>,
    basic: Option<(String, String)>,
}

/// What such a request may say.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the document's shape; the fields are read by name")]
pub(super) struct ClientFields {
    /// Unless sent as `Authorization: Basic`.
    client_id: Option<String>,
    /// The application's API key, unless sent as `Authorization: Basic`.
    client_secret: Option<String>,
    #[schema(example = "client_credentials")]
    grant_type: Option<String>,
    token: Option<String>,
}

impl ClientForm {
    /// The client's id and secret.
    pub(super) fn client(&self) -> Result<(&str, &str), Problem> {
        if let Some((id, secret)) = &self.basic {
            return Ok((id, secret));
        }
        let named = self.fields.get("client_id").zip(self.fields.get("client_secret"));
        named.map(|(id, secret)| (id.as_str(), secret.as_str())).ok_or(Problem::new(Code::PermissionDenied))
    }

    /// A field that must be there.
    pub(super) fn required(&self, name: &str) -> Result<&str, Problem> {
        let value = self.fields.get(name).filter(|value| !value.is_empty());
        value.map(String::as_str).ok_or_else(|| Problem::field(name, "This field is required."))
    }
}

impl<S: Send + Sync> FromRequest<S> for ClientForm {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let basic = basic(request.headers());
        let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_json =
            media_type.is_some_and(|text| text.to_ascii_lowercase().starts_with("application/json"));
        let bytes: Bytes = request.extract().await.map_err(|_| Problem::new(Code::ParseError))?;
        let fields = if is_json && !bytes.is_empty() {
            let object = body::object(&bytes)?;
            object.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()
        } else {
            url::form_urlencoded::parse(&bytes).into_owned().collect()
        };
        Ok(Self { fields, basic })
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}
