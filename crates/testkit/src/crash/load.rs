//! Integrators who do not give up: a request without an answer is sent again until it has one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::create_for;
use super::ledger::Ledger;
use crate::HttpSink;
use crate::program::Site;

/// An answer that does not come in this time was cut off.
const PATIENCE: Duration = Duration::from_secs(20);

/// The integrators' program.
#[derive(Clone)]
pub(super) struct Load(Arc<Inner>);

struct Inner {
    client: Client,
    base_url: String,
    api_key: String,
    workflow: Value,
    ledger: Arc<Ledger>,
    people: AtomicU64,
    enough: AtomicBool,
}

impl Load {
    pub(super) fn new(site: &Site, ready: &Value, ledger: Arc<Ledger>) -> Self {
        // Making a courier installs the process's TLS provider, which this client needs too.
        let _ = outbound::webhook::Courier::new(outbound::Reach::AllowLoopback);
        #[expect(clippy::disallowed_methods, reason = "the test plays the part of a stranger's client")]
        let client = Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client");
        Self(Arc::new(Inner {
            client,
            base_url: site.base_url(),
            api_key: ready["sandbox"]["api_key"].as_str().expect("a sandbox key").to_owned(),
            workflow: ready["workflows"]["kyc"].clone(),
            ledger,
            people: AtomicU64::new(0),
            enough: AtomicBool::new(false),
        }))
    }

    /// Subscribes the receiver instead of the server's own inbox, and says with which secret.
    pub(super) async fn subscribe(&self, sink: &HttpSink) -> String {
        let path = "/v3/webhook/destinations/";
        let (_, inboxes) = self.send(Method::GET, path, None).await.expect("a list");
        for inbox in inboxes.as_array().expect("a list") {
            let id = inbox["uuid"].as_str().expect("an id");
            let off =
                self.send(Method::PATCH, &format!("{path}{id}/"), Some(&json!({"enabled": false}))).await;
            assert_eq!(off.expect("an answer").0, 200);
        }
        let wanted =
            json!({"label": "sink", "url": sink.url("/webhook"), "subscribed_events": ["status.updated"]});
        let (status, made) = self.send(Method::POST, path, Some(&wanted)).await.expect("an answer");
        assert_eq!(status, 201, "{made}");
        made["secret_shared_key"].as_str().expect("a secret").to_owned()
    }

    /// Lets so many integrators work, each serving one person after another.
    pub(super) fn start(&self, integrators: u32) -> JoinSet<()> {
        let mut crowd = JoinSet::new();
        for _ in 0..integrators {
            let load = self.clone();
            crowd.spawn(async move {
                while !load.0.enough.load(Ordering::Relaxed) {
                    load.serve_next_person().await;
                }
            });
        }
        crowd
    }

    /// Lets everyone finish with the person in hand.
    pub(super) async fn finish(&self, mut crowd: JoinSet<()>) {
        self.0.enough.store(true, Ordering::Relaxed);
        while let Some(ended) = crowd.join_next().await {
            ended.expect("integrators do not panic");
        }
    }

    async fn serve_next_person(&self) {
        let person = format!("person-{}", self.0.people.fetch_add(1, Ordering::Relaxed));
        if rand::random_ratio(1, 4) {
            // A double click: two at once make one session.
            tokio::join!(self.create(&person), self.create(&person));
        } else {
            self.create(&person).await;
        }
        pause().await;
        if rand::random_ratio(1, 4) {
            self.create(&person).await;
        }
        if rand::random_ratio(3, 4) {
            self.complete(&person).await;
        }
        pause().await;
    }

    async fn create(&self, person: &str) {
        let body = create_for(&self.0.workflow, person);
        match self.insist(Method::POST, "/v3/session/", Some(&body)).await {
            (201, answer) => self.0.ledger.created(person, &answer),
            (status, answer) => self.0.ledger.surprise(format!("a create was answered {status} {answer}")),
        }
    }

    async fn complete(&self, person: &str) {
        let Some(id) = self.0.ledger.session_id(person) else { return };
        match self.insist(Method::POST, &format!("/v3/session/{id}/sandbox/complete/"), None).await {
            (200, answer) if answer["status"] == "Approved" => self.0.ledger.completed(person),
            (status, answer) => {
                self.0.ledger.surprise(format!("completing {id} was answered {status} {answer}"));
            }
        }
    }

    /// Sends until there is an answer.
    async fn insist(&self, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        loop {
            match self.send(method.clone(), path, body).await {
                Ok(answered) => return answered,
                Err(error) if error.is_connect() => {}
                Err(_) => self.0.ledger.cut_off(),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// One request. Status and body.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(u16, Value), reqwest::Error> {
        let request = self.0.client.request(method, format!("{}{path}", self.0.base_url));
        let request = request.header("x-api-key", &self.0.api_key);
        let request = if let Some(body) = body { request.json(body) } else { request };
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(rand::random_range(0..150))).await;
}
