//! What the hosted page says to the server.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::{Caller, Reply};

const NODE: &str = "id_verification_1";

/// The beginning of a PNG, and nothing that a check could read.
fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(300_000, 7);
    bytes
}

/// A whole PNG, eight by eight and white.
fn white_dot() -> Vec<u8> {
    let text = "89504e470d0a1a0a0000000d4948445200000008000000080800000000e164e1570000000e4944415478da63f80f050c943100f7c03fc1af5c0fcd0000000049454e44ae426082";
    hex::decode(text).unwrap()
}

async fn person(app: &TestApp) -> Caller {
    let body = json!({"workflow_id": app.live.kyc, "callback": "https://yourapp.com/done?a=1"});
    let session = app.integrator().post("/v3/session/", &body).await;
    app.stranger().with("x-session-token", &session.text("session_token"))
}

async fn put(person: &Caller, upload: &str, offset: usize, bytes: &[u8]) -> Reply {
    let path = format!("/flow/v1/uploads/{upload}?offset={offset}");
    person.send(Method::PUT, &path, Some("application/octet-stream"), bytes.to_vec()).await
}

async fn announce(person: &Caller, bytes: &[u8], sha256: &str) -> Reply {
    let body = json!({"node_id": NODE, "part": "front", "size": bytes.len(), "sha256": sha256});
    person.post("/flow/v1/uploads", &body).await
}

async fn at_capture(app: &TestApp) -> Caller {
    let person = person(app).await;
    person.post("/flow/v1/session/open", &json!({"language": "es"})).await;
    person.post("/flow/v1/session/consent", &json!({})).await;
    let choice = json!({"country": "ESP", "document_type": "P"});
    let chosen = person.post(&format!("/flow/v1/steps/{NODE}/choose"), &choice).await;
    assert_eq!(
        (chosen.status, chosen.body["step"]["state"].clone()),
        (200, json!("capture")),
        "{}",
        chosen.body
    );
    person
}

/// Announces, sends and completes one side.
async fn send(person: &Caller, part: &str, bytes: &[u8]) -> Reply {
    let body = json!({"node_id": NODE, "part": part, "size": bytes.len(), "sha256": sha256(bytes)});
    let upload = person.post("/flow/v1/uploads", &body).await.text("upload_id");
    for (at, chunk) in bytes.chunks(262_144).enumerate() {
        assert_eq!(put(person, &upload, at * 262_144, chunk).await.status, 200);
    }
    person.post(&format!("/flow/v1/uploads/{upload}/complete"), &json!({})).await
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}

testkit::both_databases! {
    async fn a_person_opens_consents_chooses_and_uploads(database: &Database) {
        let app = TestApp::start(database).await;
        let person = person(&app).await;
        let fresh = person.get("/flow/v1/session").await;
        assert_eq!((fresh.status, fresh.text("status"), fresh.text("application_name")), (200, "Not Started".to_owned(), "Acme".to_owned()));
        let opened = person.post("/flow/v1/session/open", &json!({"language": "es"})).await;
        assert_eq!((opened.text("status"), opened.body["consent_given"].clone()), ("In Progress".to_owned(), json!(false)));
        assert_eq!(opened.body["steps"], json!([{"node_id": NODE, "feature": "OCR", "state": "current"}]));
        let consented = person.post("/flow/v1/session/consent", &json!({})).await;
        assert_eq!((consented.body["consent_given"].clone(), consented.body["step"]["state"].clone()), (json!(true), json!("choose")));
        let choose = format!("/flow/v1/steps/{NODE}/choose");
        let refused = person.post(&choose, &json!({"country": "ESP", "document_type": "LIBRARY"})).await;
        assert_eq!((refused.status, refused.text("code")), (400, "document_not_allowed".to_owned()));
        let chosen = person.post(&choose, &json!({"country": "ESP", "document_type": "P"})).await;
        assert_eq!((chosen.body["step"]["state"].clone(), chosen.body["step"]["sides"].clone()), (json!("capture"), json!(["front"])));
        assert_eq!(chosen.body["redirect_url"], Value::Null, "not before the end");
        let bytes = picture();
        let started = announce(&person, &bytes, &sha256(&bytes)).await;
        assert_eq!((started.status, started.body["offset"].clone(), started.body["chunk_bytes"].clone()), (201, json!(0), json!(262_144)));
        let upload = started.text("upload_id");
        let first = put(&person, &upload, 0, &bytes[..262_144]).await;
        assert_eq!((first.status, first.body), (200, json!({"offset": 262_144})));
        let again = announce(&person, &bytes, &sha256(&bytes)).await;
        assert_eq!((again.status, again.text("upload_id"), again.body["offset"].clone()), (200, upload.clone(), json!(262_144)));
        let wrong = put(&person, &upload, 0, &bytes[..262_144]).await;
        assert_eq!((wrong.status, wrong.text("code"), wrong.body["offset"].clone()), (409, "offset_mismatch".to_owned(), json!(262_144)));
        let early = person.post(&format!("/flow/v1/uploads/{upload}/complete"), &json!({})).await;
        assert_eq!((early.status, early.text("code")), (400, "incomplete".to_owned()));
        assert_eq!(put(&person, &upload, 262_144, &bytes[262_144..]).await.body, json!({"offset": 300_000}));
        let done = person.post(&format!("/flow/v1/uploads/{upload}/complete"), &json!({})).await;
        assert_eq!((done.status, done.body["step"]["state"].clone()), (200, json!("checking")), "{}", done.body);
    }

    async fn in_the_sandbox_pictures_are_kept_and_decide_nothing(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let body = json!({"workflow_id": app.sandbox.kyc, "sandbox_scenario": "decline_mrz_validation"});
        let session = integrator.post("/v3/session/", &body).await;
        let person = app.stranger().with("x-session-token", &session.text("session_token"));
        person.post("/flow/v1/session/open", &json!({})).await;
        person.post("/flow/v1/session/consent", &json!({})).await;
        person.post(&format!("/flow/v1/steps/{NODE}/choose"), &json!({"country": "UTO", "document_type": "P"})).await;
        let done = send(&person, "front", &white_dot()).await;
        assert_eq!(done.status, 200, "{}", done.body);
        app.run_jobs().await;
        let path = format!("/v3/session/{}/decision/", session.text("session_id"));
        let report = integrator.get(&path).await.body["id_verifications"][0].clone();
        assert_eq!(report["status"], "Declined", "{report}");
        assert_eq!(report["warnings"][0]["risk"], "MRZ_VALIDATION_FAILED");
        assert_eq!(report["first_name"], "ALEX", "from the scenario");
        let link = report["front_image"].as_str().unwrap().strip_prefix(&app.base_url).unwrap().to_owned();
        assert_eq!(app.stranger().get(&link).await.status, 200, "the picture itself");
    }

    async fn damaged_and_foreign_files_are_refused_and_can_be_sent_again(database: &Database) {
        let app = TestApp::start(database).await;
        let person = at_capture(&app).await;
        let text = vec![b'a'; 5_000];
        for (sha256, code) in [("0".repeat(64), "checksum_mismatch"), (sha256(&text), "not_an_image")] {
            let upload = announce(&person, &text, &sha256).await.text("upload_id");
            put(&person, &upload, 0, &text).await;
            let refused = person.post(&format!("/flow/v1/uploads/{upload}/complete"), &json!({})).await;
            assert_eq!((refused.status, refused.text("code")), (400, code.to_owned()));
        }
        let body = json!({"node_id": NODE, "part": "front", "size": 11_000_000, "sha256": "0".repeat(64)});
        let refused = person.post("/flow/v1/uploads", &body).await;
        assert_eq!((refused.status, refused.text("code")), (400, "too_large".to_owned()));
        let state = person.get("/flow/v1/session").await.body["step"]["state"].clone();
        assert_eq!(state, "capture", "the step goes on");
    }

    async fn a_picture_can_be_taken_again_before_its_check(database: &Database) {
        let app = TestApp::start(database).await;
        let person = at_capture(&app).await;
        let bytes = picture();
        let upload = announce(&person, &bytes, &sha256(&bytes)).await.text("upload_id");
        put(&person, &upload, 0, &bytes[..262_144]).await;
        let discarded = person.delete(&format!("/flow/v1/steps/{NODE}/uploads/front")).await;
        assert_eq!((discarded.status, discarded.body["step"]["uploaded"].clone()), (200, json!([])));
        let anew = announce(&person, &bytes, &sha256(&bytes)).await;
        assert_eq!(anew.body["offset"], 0);
    }

    async fn both_sides_are_asked_for_again_after_a_failed_try(database: &Database) {
        let app = TestApp::start(database).await;
        let person = at_capture(&app).await;
        let choice = json!({"country": "ESP", "document_type": "ID"});
        let chosen = person.post(&format!("/flow/v1/steps/{NODE}/choose"), &choice).await;
        assert_eq!(chosen.body["step"]["sides"], json!(["front", "back"]));
        for part in ["front", "back"] {
            send(&person, part, &picture()).await;
        }
        app.run_jobs().await;
        let failed = person.get("/flow/v1/session").await;
        let step = &failed.body["step"];
        assert_eq!((&step["state"], &step["uploaded"]), (&json!("retry"), &json!([])), "{}", failed.body);
        let again = send(&person, "front", &picture()).await;
        let step = &again.body["step"];
        assert_eq!((&step["state"], &step["uploaded"]), (&json!("capture"), &json!(["front"])), "now the back");
    }

    async fn a_link_that_leads_nowhere_says_so(database: &Database) {
        let app = TestApp::start(database).await;
        for caller in [
            app.stranger(),
            app.stranger().with("x-session-token", "AAAAAAAAAAAA"),
            app.stranger().with("x-session-token", "not a token at all"),
            app.integrator(),
        ] {
            let reply = caller.get("/flow/v1/session").await;
            assert_eq!((reply.status, reply.text("code")), (404, "session_not_found".to_owned()));
        }
        let one = at_capture(&app).await;
        let bytes = picture();
        let upload = announce(&one, &bytes, &sha256(&bytes)).await.text("upload_id");
        let other = at_capture(&app).await;
        assert_eq!(put(&other, &upload, 0, &bytes[..1024]).await.status, 404, "not theirs");
    }
}
