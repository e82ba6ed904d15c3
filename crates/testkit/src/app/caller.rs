//! Somebody who sends requests.

use reqwest::Method;
use serde_json::Value;

/// A client with the headers that say who it is.
#[derive(Clone)]
pub struct Caller {
    client: reqwest::Client,
    base_url: String,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body if it was JSON, else its text.
    pub body: Value,
    /// Every header.
    pub headers: reqwest::header::HeaderMap,
}

/// What came back when it is a file.
#[derive(Debug, Clone)]
pub struct FileReply {
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`
    pub media_type: String,
    /// `Content-Disposition`
    pub disposition: String,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body's field as text.
    ///
    /// # Panics
    ///
    /// If there is no such text.
    pub fn text(&self, field: &str) -> String {
        let value = self.body.get(field).and_then(Value::as_str);
        value.unwrap_or_else(|| panic!("no text {field} in {} {}", self.status, self.body)).to_owned()
    }
}

impl Caller {
    pub(super) fn new(client: reqwest::Client, base_url: &str) -> Self {
        Self { client, base_url: base_url.to_owned(), headers: Vec::new() }
    }

    /// The same with another header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// `GET`
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    /// `GET` of a file.
    ///
    /// # Panics
    ///
    /// If no answer comes.
    pub async fn get_bytes(&self, path: &str) -> FileReply {
        let mut request = self.client.get(format!("{}{path}", self.base_url));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = request.send().await.expect("the server answers");
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        FileReply {
            status: response.status().as_u16(),
            media_type: header("content-type"),
            disposition: header("content-disposition"),
            bytes: response.bytes().await.expect("the answer ends").to_vec(),
        }
    }

    /// `DELETE`
    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None, Vec::new()).await
    }

    /// `POST` of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, Some("application/json"), body.to_string().into_bytes()).await
    }

    /// `PATCH` with JSON.
    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, Some("application/json"), body.to_string().into_bytes()).await
    }

    /// Any method and any bytes.
    ///
    /// # Panics
    ///
    /// If no answer comes.
    pub async fn send(&self, method: Method, path: &str, media_type: Option<&str>, body: Vec<u8>) -> Reply {
        let mut request = self.client.request(method, format!("{}{path}", self.base_url)).body(body);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
        }
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("the answer ends");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Reply { status, body, headers }
    }
}
