//! A receiver of webhooks that writes down what it is sent and answers as it is told.

use std::{
    collections::{BTreeMap, VecDeque},
    convert::Infallible,
    future,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Json, Response},
};
use futures::stream;
use serde_json::Value;
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

/// How long [`HttpSink::wait_for`] and the mail sink's twin wait before they give up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// A real HTTP server on a loopback port; it stops when dropped.
pub struct HttpSink {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

/// What the sink does with one request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// This status and no body.
    Status(u16),
    /// This status and a JSON body.
    Json(u16, Value),
    /// This status and these bytes.
    Bytes(u16, Vec<u8>),
    /// Status 200 after a pause.
    Late(Duration),
    /// A temporary redirect (307) to this address.
    Redirect(String),
    /// The request is read and never answered.
    Hang,
    /// Status 200 and a body that never ends.
    Endless,
}

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct ReceivedRequest {
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

#[derive(Default)]
struct Shared {
    requests: Mutex<Vec<ReceivedRequest>>,
    script: Mutex<VecDeque<Answer>>,
    arrived: Notify,
}

impl HttpSink {
    /// Listens on a free loopback port and answers 200 until told otherwise.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free loopback port");
        let address = listener.local_addr().expect("the port that was bound");
        let shared = Arc::new(Shared::default());
        let router = Router::new().fallback(receive).with_state(shared.clone());
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("serving a bound port does not end");
        });
        Self { address, shared, server }
    }

    /// The address of `path`, which starts with a slash, at this sink.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers the next requests with these, one each and in order; after them 200 again.
    pub fn answer_with(&self, answers: impl IntoIterator<Item = Answer>) {
        locked(&self.shared.script).extend(answers);
    }

    /// All requests so far, oldest first.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        locked(&self.shared.requests).clone()
    }

    /// Waits until `count` requests have arrived in all and gives them back.
    ///
    /// # Panics
    /// When they have not arrived after fifteen seconds.
    pub async fn wait_for(&self, count: usize) -> Vec<ReceivedRequest> {
        let enough = async {
            loop {
                let arrival = self.shared.arrived.notified();
                let requests = self.requests();
                if requests.len() >= count {
                    return requests;
                }
                arrival.await;
            }
        };
        let Ok(requests) = tokio::time::timeout(PATIENCE, enough).await else {
            panic!("{} of {count} requests arrived in {PATIENCE:?}", self.requests().len());
        };
        requests
    }
}

impl Drop for HttpSink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl ReceivedRequest {
    /// The header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(&name.to_ascii_lowercase()).map(String::as_str)
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

async fn receive(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let received = ReceivedRequest {
        method: head.method.to_string(),
        path: head.uri.to_string(),
        headers: headers.collect(),
        body: body.to_vec(),
    };
    let answer = locked(&shared.script).pop_front().unwrap_or(Answer::Status(200));
    locked(&shared.requests).push(received);
    shared.arrived.notify_waiters();
    respond(answer).await
}

async fn respond(answer: Answer) -> Response {
    let status = |code| StatusCode::from_u16(code).expect("a scripted status is between 100 and 999");
    match answer {
        Answer::Status(code) => status(code).into_response(),
        Answer::Json(code, value) => (status(code), Json(value)).into_response(),
        Answer::Bytes(code, bytes) => (status(code), bytes).into_response(),
        Answer::Late(pause) => {
            tokio::time::sleep(pause).await;
            StatusCode::OK.into_response()
        }
        Answer::Redirect(to) => (StatusCode::TEMPORARY_REDIRECT, [("location", to)]).into_response(),
        Answer::Hang => future::pending().await,
        Answer::Endless => {
            let chunk = Bytes::from_static(&[b'x'; 4096]);
            Body::from_stream(stream::repeat(Ok::<_, Infallible>(chunk))).into_response()
        }
    }
}

/// A panic in one test thread must not hide what arrived.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
