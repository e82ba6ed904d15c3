//! What must never be written down where many look: secrets and persons' data, seeded as canaries and looked for in every
//! log line and in every refusal (claim 23).

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};

use reqwest::Method;
use serde_json::json;
use testkit::TestApp;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::access::owner;

/// Everything that this test process logs, at the finest level of our own crates.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    let filter = "debug,api=trace,engine=trace,store=trace,outbound=trace,sqlx=trace";
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(EnvFilter::new(filter)).with_writer(log.clone());
    subscriber.try_init().unwrap();
    log
});

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

testkit::both_databases! {
    async fn secrets_and_persons_are_in_no_log_and_no_refusal(database: &Database) {
        let log = &*LOG;
        tracing::info!("the canaries fly");
        let app = TestApp::start(database).await;
        let owner = owner(&app, "canary.owner@yourapp.com").await;
        let integrator = app.stranger().with("x-api-key", &owner.api_key);
        let workflow = integrator.get("/v3/workflows/").await.body["results"][0]["workflow_id"].clone();
        let person = json!({
            "workflow_id": workflow, "vendor_data": "canaryvendordata", "metadata": {"note": "canarymetadata"},
            "callback": "https://canarycallback.example.com/",
            "contact_details": {"email": "nobody@canarymail.example.com", "phone": "+447700900781", "send_notification_emails": true},
            "expected_details": {"first_name": "Canaryfirstname", "last_name": "Canarylastname", "identification_number": "CANARYIDNUMBER"}
        });
        let session = integrator.post("/v3/session/", &person).await;
        assert_eq!(session.status, 201, "{}", session.body);
        let hook = json!({"url": "https://hooks.example.com/a", "label": "A", "subscribed_events": ["status.updated"]});
        let destination = integrator.post("/v3/webhook/destinations/", &hook).await;
        let enrolled = owner.requests.post("/auth/v2/2fa/enroll/", &json!({})).await;
        app.run_jobs().await;

        let secrets = [
            owner.api_key.clone(),
            owner.authorization.trim_start_matches("Bearer ").to_owned(),
            session.text("session_token"),
            destination.text("secret_shared_key"),
            enrolled.text("secret"),
            "Canary-Passw0rd".to_owned(),
        ];
        let mut refusals = String::new();
        let path = format!("/v3/session/{}/decision/", session.text("session_id"));
        let half = format!("{}x", &owner.api_key[..42]);
        for caller in [app.stranger().with("x-api-key", &half), app.stranger().with("authorization", &owner.authorization)] {
            refusals += &caller.get("/v3/workflows/").await.body.to_string();
            refusals += &caller.post("/v3/session/", &json!({"workflow_id": session.text("session_token")})).await.body.to_string();
        }
        let wrong = json!({"email": "canary.owner@yourapp.com", "password": "Canary-Passw0rd"});
        refusals += &app.stranger().post("/programmatic/login/", &wrong).await.body.to_string();
        refusals += &app.stranger().post("/programmatic/register/", &wrong).await.body.to_string();
        refusals += &app.stranger().post("/auth/v2/token/refresh/", &json!({"refresh_token": secrets[1]})).await.body.to_string();
        let broken = format!("{{\"password\": \"Canary-Passw0rd\", \"token\": \"{}\"", owner.api_key).into_bytes();
        let reply = app.stranger().send(Method::POST, "/programmatic/login/", Some("application/json"), broken).await;
        refusals += &reply.body.to_string();
        refusals += &integrator.get(&path.replace("decision", "nothing")).await.body.to_string();
        refusals += &integrator.post(&format!("/v3/session/{}/sandbox/complete/", session.text("session_id")), &json!({})).await.body.to_string();

        let logged = log.text();
        assert!(logged.contains("the canaries fly") && logged.contains("an invitation was refused"), "nothing was logged");
        let persons = [
            "canaryvendordata", "canarymetadata", "canarycallback", "canarymail", "7700900781", "Canaryfirstname",
            "Canarylastname", "CANARYIDNUMBER", "canary.owner@",
        ];
        for canary in secrets.iter().map(String::as_str).chain(persons) {
            let line = logged.lines().find(|line| line.contains(canary));
            assert!(line.is_none(), "{canary} was logged: {}", line.unwrap_or_default());
        }
        for secret in &secrets {
            assert!(!refusals.contains(secret.as_str()), "{secret} was answered: {refusals}");
        }
    }
}
