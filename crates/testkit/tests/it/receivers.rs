//! The programs of `examples/receivers` take what Bonafide signs and refuse everything else.

use std::time::{SystemTime, UNIX_EPOCH};

use outbound::{
    Reach, canonical, sign,
    webhook::{Courier, Outcome},
};
use serde_json::{Value, json};
use testkit::{
    Answer, HttpSink,
    receivers::{Program, Receiver, Settings},
};

const SECRET: &str = "kq1mDq0mWfT3Yy8b9hVYxJ0sSx2m1n7p3Q5r6T8u9vA";

/// A running receiver whose Bonafide is a sink.
struct Integration {
    bonafide: HttpSink,
    receiver: Receiver,
    client: reqwest::Client,
}

impl Integration {
    async fn of(program: Program) -> Self {
        // Making a courier installs the process's TLS provider, which the plain client needs too.
        let _ = Courier::new(Reach::AllowLoopback);
        #[expect(clippy::disallowed_methods, reason = "the test plays the part of a stranger's client")]
        let client = reqwest::Client::new();
        let bonafide = HttpSink::start().await;
        let settings = Settings {
            base_url: bonafide.url(""),
            api_key: "key-1".to_owned(),
            webhook_secret: SECRET.to_owned(),
            workflow_id: "22222222-3333-4444-5555-666666666666".to_owned(),
        };
        let receiver = Receiver::start(program, &settings).await;
        Self { bonafide, receiver, client }
    }

    /// Posts `body` as a webhook with the given signature and timestamp; gives back the status.
    async fn post(&self, body: &str, signature: &str, timestamp: &str) -> u16 {
        let request = self.client.post(self.receiver.webhook_url()).body(body.to_owned());
        let request = request.header("Content-Type", "application/json");
        let request = request.header("X-Signature-V2", signature).header("X-Timestamp", timestamp);
        request.send().await.expect("an answer").status().as_u16()
    }

    async fn is_verified(&self, user: &str) -> bool {
        self.receiver.is_verified(&self.client, user).await
    }
}

fn now() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "the receivers compare with the real time")]
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970").as_secs()
}

fn approval(user: &str, timestamp: u64) -> Value {
    json!({
        "webhook_type": "status.updated",
        "event_id": format!("event-of-{user}"),
        "timestamp": timestamp,
        "session_id": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "status": "Approved",
        "vendor_data": user,
        "metadata": {"plan": "señor 😀 \u{2028}", "ratio": 0.25, "empty": {}, "none": null},
        "decision": {"id_verifications": [{"score": 95.0, "name": "O'Brien-Łukasz"}], "reviews": []},
    })
}

async fn starts_a_verification(program: Program) {
    let integration = Integration::of(program).await;
    let session = json!({"session_id": "s-1", "session_token": "t-1", "url": "http://127.0.0.1/session/t-1"});
    integration.bonafide.answer_with([Answer::Json(201, session)]);
    let page = integration.receiver.verify(&integration.client, "user-7").await;
    assert_eq!(page, "http://127.0.0.1/session/t-1");
    let asked = &integration.bonafide.requests()[0];
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/v3/session/"));
    assert_eq!(asked.header("x-api-key"), Some("key-1"));
    assert_eq!(asked.json()["vendor_data"], "user-7");
    assert_eq!(asked.json()["workflow_id"], "22222222-3333-4444-5555-666666666666");
    assert!(!integration.is_verified("user-7").await);
}

async fn takes_genuine_webhooks_and_refuses_forged_ones(program: Program) {
    let integration = Integration::of(program).await;
    let courier = Courier::new(Reach::AllowLoopback);
    let target = integration.receiver.webhook_url();

    for _ in 0..2 {
        let delivery = courier.deliver(&target, SECRET, &approval("honest", now())).await;
        assert_eq!(delivery.outcome, Outcome::Delivered, "{:?}", delivery.error);
    }
    assert!(integration.is_verified("honest").await);

    let wrong_secret = courier.deliver(&target, "another secret", &approval("forged", now())).await;
    assert_eq!(wrong_secret.response_status, Some(401));

    let envelope = approval("forged", now());
    let body = canonical(&envelope);
    let genuine = sign(SECRET, body.as_bytes(), &envelope);
    let flipped = body.replacen("Approved", "Approvee", 1);
    assert_eq!(integration.post(&flipped, &genuine.v2, &genuine.timestamp).await, 401);
    assert_eq!(integration.post("not json", &genuine.v2, &genuine.timestamp).await, 401);
    assert_eq!(integration.post(&body, &genuine.v2, "yesterday").await, 401);
    assert_eq!(integration.post(&body, "", &genuine.timestamp).await, 401);

    let old = approval("forged", now() - 301);
    let stale = courier.deliver(&target, SECRET, &old).await;
    assert_eq!(stale.response_status, Some(401));
    assert!(!integration.is_verified("forged").await);

    assert_eq!(integration.post(&body, &genuine.v2, &genuine.timestamp).await, 200);
    assert!(integration.is_verified("forged").await, "the refusals above were about the forgery alone");
}

#[tokio::test]
async fn the_express_program_starts_a_verification() {
    starts_a_verification(Program::Express).await;
}

#[tokio::test]
async fn the_fastapi_program_starts_a_verification() {
    starts_a_verification(Program::FastApi).await;
}

#[tokio::test]
async fn the_express_program_takes_genuine_webhooks_and_refuses_forged_ones() {
    takes_genuine_webhooks_and_refuses_forged_ones(Program::Express).await;
}

#[tokio::test]
async fn the_fastapi_program_takes_genuine_webhooks_and_refuses_forged_ones() {
    takes_genuine_webhooks_and_refuses_forged_ones(Program::FastApi).await;
}
