//! JSON request bodies: read within the limit, decoded once, walked field by field.

use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};

use crate::problem::{Code, Problem};

pub mod fields;
#[cfg(test)]
mod tests;
pub mod values;

pub use fields::Fields;

/// A request type that knows how to read itself out of a JSON object.
///
/// `None` only after a mistake was recorded in `fields`.
pub trait Read: Sized {
    /// Takes the fields it knows.
    fn read(fields: &mut Fields) -> Option<Self>;
}

/// The JSON body of a request, read as `T`. An empty body reads as an empty object.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: Read> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let media_type = media_type(&request);
        let bytes = request.extract::<Bytes, _>().await.map_err(|_| Problem::new(Code::ParseError))?;
        if bytes.is_empty() {
            return Fields::of(Map::new()).read().map(Self);
        }
        if !media_type.eq_ignore_ascii_case("application/json") {
            let detail = format!("Unsupported media type \"{media_type}\" in request.");
            return Err(Problem::detail(Code::UnsupportedMediaType, detail));
        }
        Fields::of(object(&bytes)?).read().map(Self)
    }
}

/// The whole object, for operations that look at something else before they read it.
pub struct Whole(pub Map<String, Value>);

impl Read for Whole {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self(fields.take_all()))
    }
}

/// The body's media type without parameters, as the client wrote it.
fn media_type(request: &Request) -> String {
    let header = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    header.split(';').next().unwrap_or("").trim().chars().take(100).collect()
}

/// Bytes of strangers to a JSON object. Never panics; depth is limited by the parser (128).
pub fn object(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Problem::detail(Code::ParseError, format!("JSON parse error - {error}")))?;
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => {
            let kind = values::kind(&other);
            let message = format!("Invalid data. Expected a dictionary, but got {kind}.");
            Err(Problem::fields(Map::from_iter([("non_field_errors".to_owned(), json!([message]))])))
        }
        Err(error) => Err(Problem::detail(Code::ParseError, format!("JSON parse error - {error}"))),
    }
}
