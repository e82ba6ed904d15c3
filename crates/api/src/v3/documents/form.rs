//! Forms with files (`multipart/form-data`), read as the contract's server reads them: every field is a text, files have
//! an ending and a size.

use std::collections::BTreeMap;

use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::{Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use engine::documents::{Call, SentFile};
use serde_json::{Map, Value, json};

use crate::body::fields::{Parsed, wrong};
use crate::body::{Fields, values};
use crate::problem::{Code, Problem};

/// What a file may be.
pub(super) struct Accepts {
    /// Endings in the order in which refusals name them.
    pub(super) endings: &'static [&'static str],
    /// Largest size in MiB.
    pub(super) megabytes: usize,
}

/// A form's texts and files.
pub(super) struct Form {
    /// The texts, and the mistakes found so far.
    pub(super) fields: Fields,
    files: BTreeMap<String, (String, Bytes)>,
}

impl Form {
    /// Reads a form. A request without a body is an empty one.
    pub(super) async fn of(request: Request) -> Result<Self, Problem> {
        let header = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let media_type = header.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        match media_type.as_str() {
            "multipart/form-data" => Self::multipart(request).await,
            // Such forms have no files, so that the required one is missing.
            "" | "application/x-www-form-urlencoded" => {
                Ok(Self { fields: Fields::of(Map::new()), files: BTreeMap::new() })
            }
            other => {
                let shown: String = other.chars().take(100).collect();
                let detail = format!("Unsupported media type \"{shown}\" in request.");
                Err(Problem::detail(Code::UnsupportedMediaType, detail))
            }
        }
    }

    async fn multipart(request: Request) -> Result<Self, Problem> {
        let mut form = request.extract::<Multipart, _>().await.map_err(|_| broken())?;
        let (mut texts, mut files) = (Map::new(), BTreeMap::new());
        while let Some(field) = form.next_field().await.map_err(|_| broken())? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|_| broken())?;
            if let Some(file_name) = file_name {
                files.insert(name, (file_name, bytes));
            } else if let Some(text) = std::str::from_utf8(&bytes).ok().filter(|text| !text.is_empty()) {
                texts.insert(name, Value::from(text));
            }
        }
        Ok(Self { fields: Fields::of(texts), files })
    }

    /// A file that must be there.
    pub(super) fn required(&mut self, name: &str, accepts: &Accepts) -> Option<SentFile> {
        if self.files.contains_key(name) {
            return self.optional(name, accepts)?;
        }
        let message = if self.fields.has(name) {
            "The submitted data was not a file. Check the encoding type on the form."
        } else {
            "No file was submitted."
        };
        self.fields.reject(name, message)
    }

    /// A file that may be missing. The outer `None` is a recorded mistake.
    #[expect(clippy::option_option, reason = "wrong, absent, sent: three answers")]
    pub(super) fn optional(&mut self, name: &str, accepts: &Accepts) -> Option<Option<SentFile>> {
        let Some((file_name, bytes)) = self.files.remove(name) else { return Some(None) };
        // Browsers send an empty nameless file for a field that was left alone.
        if bytes.is_empty() && file_name.is_empty() {
            return Some(None);
        }
        if let Some(message) = refusal(&file_name, bytes.len(), accepts) {
            return self.fields.reject(name, message);
        }
        let password = self.fields.optional(&format!("{name}_password"), values::opaque(255));
        Some(Some(SentFile { bytes: bytes.into(), password: password? }))
    }

    /// What every such operation takes besides its documents.
    pub(super) fn call(&mut self) -> Option<Call> {
        let save = self.fields.optional("save_api_request", flag);
        let vendor_data = self.fields.optional("vendor_data", values::opaque(2048));
        let metadata = self.fields.optional("metadata", json_text);
        Some(Call {
            save: save?.unwrap_or(true),
            vendor_data: vendor_data?.filter(|text| !text.is_empty()),
            metadata: metadata?.filter(|metadata| !metadata.is_null()),
        })
    }
}

fn broken() -> Problem {
    Problem::detail(Code::ParseError, "Multipart form parse error - the form is not complete.")
}

/// Why a file is not taken, in the contract's words.
fn refusal(file_name: &str, size: usize, accepts: &Accepts) -> Option<String> {
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if !accepts.endings.contains(&ending.as_str()) {
        let shown: String = ending.chars().take(20).collect();
        let allowed = accepts.endings.join(", ");
        return Some(format!("File extension “{shown}” is not allowed. Allowed extensions are: {allowed}."));
    }
    if size == 0 {
        return Some("The submitted file is empty.".to_owned());
    }
    let megabytes = accepts.megabytes;
    (size > megabytes * 1024 * 1024).then(|| format!("File size should not exceed {megabytes} MB"))
}

/// Yes or no as forms spell it.
pub(super) fn flag(value: &Value) -> Parsed<bool> {
    match value.as_str().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "1" | "yes" | "y" | "on" => Ok(true),
        "false" | "f" | "0" | "no" | "n" | "off" => Ok(false),
        _ => wrong("Must be a valid boolean."),
    }
}

/// A whole number between two bounds, both included.
pub(super) fn whole(min: i64, max: i64) -> impl Fn(&Value) -> Parsed<i64> {
    move |value| match value.as_str().unwrap_or_default().trim().parse::<i64>() {
        Ok(number) => values::integer(min, max)(&json!(number)),
        Err(_) => wrong("A valid integer is required."),
    }
}

/// Any JSON, written as a text.
fn json_text(value: &Value) -> Parsed<Value> {
    let text = value.as_str().unwrap_or_default();
    serde_json::from_str(text).or_else(|_| wrong("Value must be valid JSON."))
}
