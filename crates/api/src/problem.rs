//! What a refused request is told: one closed list of codes behind bodies of the shape the contract demands.
//!
//! The contract's bodies are those of Django REST Framework: `{"detail": …}`, or `{"field": ["…"]}` for input
//! that is wrong. Routes that are our own carry the code as well.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::caller::Needs;

mod code;

pub use code::Code;

/// A request that was refused, and nothing was changed.
#[derive(Debug, Clone)]
pub struct Problem {
    code: Code,
    body: Body,
    with_code: bool,
    retry_after: Option<u64>,
    needs: Option<Needs>,
}

#[derive(Debug, Clone)]
enum Body {
    Detail(String),
    Fields(Map<String, Value>),
    /// Sentences without a name for what they are about.
    List(Vec<String>),
}

impl Problem {
    /// The code with its own sentence.
    pub fn new(code: Code) -> Self {
        Self::detail(code, code.sentence())
    }

    /// The code with a sentence for this occasion.
    pub fn detail(code: Code, detail: impl Into<String>) -> Self {
        Self { code, body: Body::Detail(detail.into()), with_code: false, retry_after: None, needs: None }
    }

    /// Input that is wrong, one entry per field.
    pub fn fields(errors: Map<String, Value>) -> Self {
        Self {
            code: Code::Invalid,
            body: Body::Fields(errors),
            with_code: false,
            retry_after: None,
            needs: None,
        }
    }

    /// One field that is wrong: `{"field": ["message"]}`.
    pub fn field(name: &str, message: impl Into<String>) -> Self {
        Self::fields(Map::from_iter([(name.to_owned(), json!([message.into()]))]))
    }

    /// One field that turned out wrong while the request was carried out: the contract answers those with a plain
    /// text, `{"field": "message"}`.
    pub fn field_text(name: &str, message: impl Into<String>) -> Self {
        Self::fields(Map::from_iter([(name.to_owned(), Value::from(message.into()))]))
    }

    /// The request as a whole is wrong: the contract answers some of those with a bare list, `["message"]`.
    pub fn list(message: impl Into<String>) -> Self {
        Self { body: Body::List(vec![message.into()]), ..Self::new(Code::Invalid) }
    }

    /// The code under the name that some single checks of the contract use: `{"error": …}`.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        let body = Body::Fields(Map::from_iter([("error".to_owned(), Value::from(message.into()))]));
        Self { body, ..Self::new(code) }
    }

    /// Too often; `seconds` until it may work again.
    pub fn throttled(seconds: u64) -> Self {
        let detail = format!("Request was throttled. Expected available in {seconds} seconds.");
        Self { retry_after: Some(seconds), ..Self::detail(Code::Throttled, detail) }
    }

    /// Worth asking again after so many seconds.
    #[must_use]
    pub fn after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// Something of ours broke. The caller learns that and no more; the log gets the chain of sources.
    pub fn server_error(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut chain = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            chain = format!("{chain}: {cause}");
            source = cause.source();
        }
        tracing::error!(error = chain, "request failed");
        Self::new(Code::ServerError)
    }

    /// Remembers the permission that was missing.
    #[must_use]
    pub fn needing(self, permission: &'static str) -> Self {
        Self { needs: Some(Needs(permission)), ..self }
    }

    /// Says its code in the body too, for routes that are not the contract's.
    #[must_use]
    pub fn with_code(self) -> Self {
        Self { with_code: true, ..self }
    }

    /// The same with another field in the body, for routes that are not the contract's.
    #[must_use]
    pub fn and(mut self, name: &str, value: Value) -> Self {
        let mut fields = self.body();
        fields.insert(name.to_owned(), value);
        self.body = Body::Fields(fields);
        self
    }

    /// The code behind the body.
    pub fn code(&self) -> Code {
        self.code
    }

    fn body(&self) -> Map<String, Value> {
        match &self.body {
            Body::Detail(detail) => Map::from_iter([("detail".to_owned(), Value::from(detail.as_str()))]),
            Body::Fields(fields) => fields.clone(),
            Body::List(messages) => Map::from_iter([("detail".to_owned(), json!(messages))]),
        }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = self.body();
        if self.with_code {
            body.insert("code".to_owned(), Value::from(self.code.as_str()));
        }
        let body = match &self.body {
            Body::List(messages) => json!(messages),
            Body::Detail(_) | Body::Fields(_) => Value::Object(body),
        };
        let mut response = (self.code.status(), Json(body)).into_response();
        // For the edge, which counts some refusals.
        response.extensions_mut().insert(self.code);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(needs) = self.needs {
            response.extensions_mut().insert(needs);
        }
        debug_assert_ne!(response.status(), StatusCode::OK);
        response
    }
}
