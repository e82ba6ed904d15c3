//! Documents checked by API alone. The pictures are synthetic, made by `bonafide specimen`.

use engine::credits::Credits;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::{Caller, Reply};

const PASSPORT: &[u8] = include_bytes!("pictures/passport.jpg");
const EXPIRED: &[u8] = include_bytes!("pictures/expired-passport.jpg");
const CARD_FRONT: &[u8] = include_bytes!("pictures/card-front.jpg");
const CARD_BACK: &[u8] = include_bytes!("pictures/card-back.jpg");

/// A field of a form: its name, the name of its file if it is one, and what it holds.
pub(crate) type Field<'a> = (&'a str, Option<&'a str>, &'a [u8]);

pub(crate) async fn send(caller: &Caller, path: &str, fields: &[Field<'_>]) -> Reply {
    let mut form = Vec::new();
    for (name, file, content) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        form.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        form.extend_from_slice(content);
        form.extend(b"\r\n");
    }
    form.extend(b"--b--\r\n");
    caller.send(Method::POST, path, Some("multipart/form-data; boundary=b"), form).await
}

async fn verify(caller: &Caller, fields: &[Field<'_>]) -> Reply {
    send(caller, "/v3/id-verification/", fields).await
}

fn front(picture: &[u8]) -> Field<'_> {
    ("front_image", Some("front.jpg"), picture)
}

fn risks(report: &Value) -> Vec<&str> {
    report["warnings"].as_array().unwrap().iter().map(|warning| warning["risk"].as_str().unwrap()).collect()
}

testkit::both_databases! {
    async fn a_passport_is_read_and_kept_as_a_session(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let metadata = br#"{"flow": "onboarding", "n": 1}"#;
        let read = verify(&integrator, &[
            front(PASSPORT), ("vendor_data", None, b"user-1"), ("metadata", None, metadata),
        ]).await;
        assert_eq!(read.status, 200, "{}", read.body);
        let report = &read.body["id_verification"];
        assert_eq!(report["status"], "Approved", "{report}");
        let expected = json!(["Passport", "16JG39941", "1960-11-04", "2035-03-06", "FRA", "OCEANE EUGENIE", "MONTREZEL", 65]);
        let names = ["document_type", "document_number", "date_of_birth", "expiration_date", "issuing_state", "first_name", "last_name", "age"];
        assert_eq!(names.map(|name| report[name].clone()).to_vec(), *expected.as_array().unwrap());
        assert_eq!((&report["mrz"]["mrz_type"], &report["barcodes"], &report["back_image"]), (&json!("TD3"), &json!([]), &Value::Null));
        for absent in ["node_id", "front_video", "full_front_image", "matches", "extra_files"] {
            assert!(report.get(absent).is_none(), "{absent}");
        }
        assert_eq!((read.text("vendor_data"), &read.body["metadata"]), ("user-1".to_owned(), &json!({"flow": "onboarding", "n": 1})));
        assert!(read.text("created_at").ends_with("+00:00"));
        let link = report["front_image"].as_str().unwrap().strip_prefix(&app.base_url).unwrap().to_owned();
        assert_eq!(app.stranger().get(&link).await.status, 200);

        let id = read.text("request_id");
        let decision = integrator.get(&format!("/v3/session/{id}/decision/")).await;
        assert_eq!((decision.text("status"), &decision.body["features"]), ("Approved".to_owned(), &json!(["ID_VERIFICATION"])), "{}", decision.body);
        assert_eq!((&decision.body["metadata"]["n"], &decision.body["session_url"]), (&json!(1), &Value::Null));
        let kept = &decision.body["id_verifications"][0];
        assert_eq!((&kept["document_number"], &kept["node_id"]), (&json!("16JG39941"), &json!("id_verification_1")));
        let listed = integrator.get("/v3/sessions/?api_service=ID_VERIFICATION").await;
        assert_eq!(listed.body["results"][0]["session_id"], id);
        assert_eq!(integrator.delete(&format!("/v3/session/{id}/delete/")).await.status, 204);
        assert_eq!(app.stranger().get(&link).await.status, 404, "the picture is gone with its session");
    }

    async fn what_is_not_saved_is_nowhere(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let read = verify(&integrator, &[front(CARD_FRONT), ("back_image", Some("b.JPG"), CARD_BACK), ("save_api_request", None, b"false")]).await;
        assert_eq!(read.status, 200, "{}", read.body);
        let report = &read.body["id_verification"];
        assert_eq!((&report["document_type"], &report["mrz"]["mrz_type"]), (&json!("Identity Card"), &json!("TD1")), "{report}");
        for side in ["front_image", "back_image"] {
            let text = report[side].as_str().unwrap();
            assert!(text.starts_with("/9j/"), "a JPEG in base64");
        }
        let id = read.text("request_id");
        assert_eq!(integrator.get(&format!("/v3/session/{id}/decision/")).await.status, 404);
        assert_eq!(integrator.get("/v3/sessions/").await.body["count"], 0);
    }

    async fn an_expired_document_declines_and_an_unreadable_picture_is_refused(database: &Database) {
        let app = TestApp::start_metered(database, Credits { metered: true, ..Credits::default() }).await;
        let integrator = app.integrator();
        let poor = verify(&integrator, &[front(PASSPORT)]).await;
        assert_eq!(poor.status, 403);
        assert!(poor.text("error").starts_with("You don't have enough credits to perform this request."));
        let organization = app.live.application.scope.organization_id();
        engine::credits::top_up(&app.engine, organization, "0.05".parse().unwrap(), "invoice").await.unwrap();
        let nothing = verify(&integrator, &[("front_image", Some("dot.png"), &white())]).await;
        assert_eq!((nothing.status, nothing.body), (400, json!({"error": "COULD_NOT_RECOGNIZE_DOCUMENT"})));
        let broken = verify(&integrator, &[front(&PASSPORT[..20_000])]).await;
        assert_eq!(broken.status, 400);
        assert!(broken.body["front_image"][0].as_str().unwrap().starts_with("Upload a valid image"), "{}", broken.body);
        let old = verify(&integrator, &[front(EXPIRED)]).await;
        let report = &old.body["id_verification"];
        assert_eq!((old.status, &report["status"], risks(report)), (200, &json!("Declined"), vec!["DOCUMENT_EXPIRED"]), "what failed cost nothing: {}", old.body);
        let warning = &report["warnings"][0];
        assert_eq!((&warning["log_type"], warning.get("node_id")), (&json!("error"), None));
        assert_eq!(verify(&integrator, &[front(PASSPORT)]).await.status, 403, "and the answer cost all there was");
    }

    async fn what_is_wrong_with_a_form_is_told_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let refused = async |fields: &[Field<'_>]| {
            let reply = verify(&app.integrator(), fields).await;
            assert_eq!(reply.status, 400, "{}", reply.body);
            reply.body
        };
        assert_eq!(refused(&[]).await, json!({"front_image": ["No file was submitted."]}));
        let text: Field = ("front_image", Some("front.txt"), b"hello");
        let message = "File extension “txt” is not allowed. Allowed extensions are: tiff, jpg, jpeg, png, webp, pdf.";
        assert_eq!(refused(&[text]).await, json!({"front_image": [message]}));
        let large = vec![0; 10 * 1024 * 1024 + 1];
        assert_eq!(refused(&[front(&large)]).await, json!({"front_image": ["File size should not exceed 10 MB"]}));
        let wrong = refused(&[
            front(PASSPORT), ("invalid_mrz_action", None, b"REVIEW"), ("minimum_age", None, b"121"),
            ("perform_document_liveness", None, b"maybe"), ("metadata", None, b"{"), ("preferred_characters", None, b"runes"),
        ]).await;
        assert_eq!(wrong, json!({
            "perform_document_liveness": ["Must be a valid boolean."],
            "minimum_age": ["Ensure this value is less than or equal to 120."],
            "invalid_mrz_action": ["\"REVIEW\" is not a valid choice."],
            "preferred_characters": ["\"runes\" is not a valid choice."],
            "metadata": ["Value must be valid JSON."],
        }));
        let json = app.integrator().post("/v3/id-verification/", &json!({})).await;
        assert_eq!(json.status, 415);
        let huge = vec![0; 25 * 1024 * 1024];
        assert_eq!(verify(&app.integrator(), &[front(&huge)]).await.status, 413);
        assert_eq!(verify(&app.stranger(), &[front(PASSPORT)]).await.status, 403);
        let svg: Field = ("front_image", Some("a.jpg"), b"<svg xmlns='http://www.w3.org/2000/svg'/>");
        assert!(refused(&[svg]).await["front_image"][0].is_string());
    }

    async fn the_sandbox_answers_with_an_invented_document(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let refused = verify(&integrator, &[("front_image", Some("a.exe"), b"x")]).await;
        assert_eq!(refused.status, 400, "what is sent is looked at");
        let read = verify(&integrator, &[("front_image", Some("a.jpg"), b"x"), ("vendor_data", None, b"v")]).await;
        let report = &read.body["id_verification"];
        assert_eq!((read.status, &report["status"], &report["first_name"]), (200, &json!("Approved"), &json!("ALEX")), "{}", read.body);
        assert_eq!((read.text("vendor_data"), integrator.get("/v3/sessions/").await.body["count"].clone()), ("v".to_owned(), json!(0)));
    }
}

/// A whole PNG, eight by eight and white.
fn white() -> Vec<u8> {
    let text = "89504e470d0a1a0a0000000d4948445200000008000000080800000000e164e1570000000e4944415478da63f80f050c943100f7c03fc1af5c0fcd0000000049454e44ae426082";
    hex::decode(text).unwrap()
}
