//! An endpoint that notes when it first heard of each session, or one that never answers.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The endpoint; it stops when dropped.
pub(crate) struct Receiver {
    address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct Heard {
    first: HashMap<String, Instant>,
    requests: usize,
    hangs: bool,
}

impl Receiver {
    pub(crate) async fn start(hangs: bool) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free loopback port");
        let address = listener.local_addr().expect("the port that was bound");
        let heard = Arc::new(Mutex::new(Heard { hangs, ..Heard::default() }));
        let router = Router::new().fallback(receive).with_state(Arc::clone(&heard));
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("serving a bound port does not end");
        });
        Self { address, heard, server }
    }

    /// One of its addresses.
    pub(crate) fn url(&self, number: u32) -> String {
        format!("http://{}/{number}", self.address)
    }

    pub(crate) fn count(&self) -> usize {
        self.heard.lock().expect("nobody panics with it").requests
    }

    pub(crate) fn first_arrival(&self, session: &str) -> Instant {
        self.heard.lock().expect("nobody panics with it").first[session]
    }

    /// Until it has heard of each.
    pub(crate) async fn wait_for<'a>(&self, sessions: impl Iterator<Item = &'a str>) {
        for session in sessions {
            while !self.heard.lock().expect("nobody panics with it").first.contains_key(session) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }

    /// Until so many requests have arrived.
    pub(crate) async fn wait_for_count(&self, count: usize) {
        while self.count() < count {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn receive(State(heard): State<Arc<Mutex<Heard>>>, body: Bytes) -> StatusCode {
    let at = Instant::now();
    let event: Value = serde_json::from_slice(&body).expect("webhooks are JSON");
    let session = event["session_id"].as_str().expect("an event of a session").to_owned();
    let hangs = {
        let mut heard = heard.lock().expect("nobody panics with it");
        heard.first.entry(session).or_insert(at);
        heard.requests += 1;
        heard.hangs
    };
    if hangs {
        std::future::pending::<()>().await;
    }
    StatusCode::OK
}
