//! Sharing a finished session with another application, which takes a copy.

use engine::accounts::{NewApplication, create_application, create_organization};
use engine::workflows::{Template, create_from_template};
use jiff::SignedDuration;
use model::id::{BlobId, SessionId, WorkflowId};
use serde_json::{Value, json};
use store::{Mode, Place};
use testkit::TestApp;
use testkit::app::Caller;

/// An application of another organisation, with a workflow.
async fn neighbour(app: &TestApp, mode: Mode) -> (NewApplication, WorkflowId, Caller) {
    let mut tx = app.engine.store.begin().await.unwrap();
    let organization = create_organization(&app.engine, &mut tx, "Other").await.unwrap();
    let other = create_application(&app.engine, &mut tx, organization, "Other", mode).await.unwrap();
    let workflow = WorkflowId(app.engine.uuid());
    create_from_template(&app.engine, &mut tx, &other.scope, workflow, Template::Kyc).await.unwrap();
    tx.commit().await.unwrap();
    let caller = app.stranger().with("x-api-key", &other.api_key);
    (other, workflow, caller)
}

/// An approved session with a portrait.
async fn approved(app: &TestApp) -> SessionId {
    let api = app.sandbox_integrator();
    let body = json!({
        "workflow_id": app.sandbox.kyc, "sandbox_scenario": "approve", "vendor_data": "theirs",
        "metadata": {"secret": "of the source"}, "callback": "https://source.example/done"
    });
    let id = api.post("/v3/session/", &body).await.text("session_id");
    assert_eq!(api.post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await.status, 200);
    let (id, scope) = (id.parse::<SessionId>().unwrap(), app.sandbox.application.scope);
    let mut tx = app.engine.store.begin().await.unwrap();
    let key = store::session_keys::find(&mut tx, &app.engine.keyring, id).await.unwrap().unwrap();
    let blob = BlobId(app.engine.uuid());
    app.engine.blobs.put(&key, id, blob, b"a portrait").await.unwrap();
    let row = store::blobs::BlobRow {
        id: blob,
        session_id: id,
        kind: "portrait".into(),
        content_type: "image/png".into(),
        size: 10,
        sha256: None,
        created_at: app.engine.now(),
    };
    store::blobs::insert(&mut tx, &row).await.unwrap();
    let mut report = store::reports::list(&mut tx, &scope, id).await.unwrap().remove(0);
    let place = Place::new("reports", format!("{id}/{}", report.node_id));
    let mut opened: Value = key.open_json(&place, &report.sealed).unwrap();
    opened["fields"]["portrait_image"] = json!(format!("media:{blob}"));
    report.sealed = key.seal_json(&place, &opened);
    store::reports::put(&mut tx, &report).await.unwrap();
    tx.commit().await.unwrap();
    id
}

testkit::both_databases! {
    async fn a_shared_session_is_copied_once_under_a_key_of_its_own(database: &Database) {
        let app = TestApp::start(database).await;
        let (other, workflow, theirs) = neighbour(&app, Mode::Sandbox).await;
        let (ours, id) = (app.sandbox_integrator(), approved(&app).await);
        let target = json!({"for_application_id": other.scope.application_id()});
        let shared = ours.post(&format!("/v3/session/{id}/share/"), &target).await;
        assert_eq!((shared.status, &shared.body["session_kind"]), (200, &json!("user")), "{}", shared.body);
        assert_eq!(shared.body["for_application_id"], target["for_application_id"]);
        assert_eq!(shared.text("share_token").split('.').count(), 3);

        let import = json!({"share_token": shared.text("share_token"), "trust_review": true, "workflow_id": workflow});
        assert_eq!(ours.post("/v3/session/import-shared/", &import).await.status, 403, "not for the source");
        let unknown = json!({"share_token": shared.text("share_token"), "trust_review": true, "workflow_id": app.sandbox.kyc});
        let refused = theirs.post("/v3/session/import-shared/", &unknown).await;
        assert_eq!((refused.status, refused.text("detail")), (404, "Workflow does not exist for this application.".into()));
        let copy = theirs.post("/v3/session/import-shared/", &import).await;
        assert_eq!(copy.status, 201, "{}", copy.body);
        let again = theirs.post("/v3/session/import-shared/", &import).await;
        assert_eq!((again.status, again.text("detail")), (403, "This session has already been shared with your application.".into()));

        let copied = copy.text("session_id");
        let original = ours.get(&format!("/v3/session/{id}/decision/")).await.body;
        let read = theirs.get(&format!("/v3/session/{copied}/decision/")).await.body;
        assert_eq!(read, copy.body);
        for (field, value) in [
            ("status", json!("Approved")), ("session_number", json!(1)), ("session_url", Value::Null), ("metadata", Value::Null),
            ("callback", Value::Null), ("vendor_data", json!("theirs")), ("workflow_id", json!(workflow)),
        ] {
            assert_eq!(read[field], value, "{field}");
        }
        let (before, after) = (&original["id_verifications"][0], &read["id_verifications"][0]);
        assert_eq!((&before["document_number"], &before["status"]), (&after["document_number"], &after["status"]));
        let link = after["portrait_image"].as_str().unwrap();
        assert!(!link.contains(&id.to_string()) && link.contains(&copied), "{link}");
        assert_eq!(app.stranger().get(link.strip_prefix(&app.base_url).unwrap()).await.body, json!("a portrait"));
        let user = theirs.get("/v3/users/theirs/").await.body;
        assert_eq!((&user["session_count"], &user["approved_count"]), (&json!(1), &json!(1)), "{user}");
        assert_eq!(user["effective_name"], read["id_verifications"][0]["full_name"]);
        // Each erases what is its own, and nobody reaches the other's.
        assert_eq!(theirs.get(&format!("/v3/session/{id}/decision/")).await.status, 404);
        assert_eq!(ours.get(&format!("/v3/session/{copied}/decision/")).await.status, 404);
        assert_eq!(theirs.get("/v3/sessions/?search=alex").await.body["count"], json!(1));
        assert_eq!(ours.delete(&format!("/v3/session/{id}/delete/")).await.status, 204);
        assert_eq!(app.stranger().get(link.strip_prefix(&app.base_url).unwrap()).await.body, json!("a portrait"));
        assert_eq!(theirs.delete(&format!("/v3/session/{copied}/delete/")).await.status, 204);
        assert_eq!(app.stranger().get(link.strip_prefix(&app.base_url).unwrap()).await.status, 404);
    }

    async fn what_is_not_trusted_goes_to_review_and_what_is_gone_is_not_copied(database: &Database) {
        let app = TestApp::start(database).await;
        let (other, workflow, theirs) = neighbour(&app, Mode::Sandbox).await;
        let ours = app.sandbox_integrator();
        let target = json!({"for_application_id": other.scope.application_id(), "ttl_in_seconds": 60});
        let (first, second) = (approved(&app).await, approved(&app).await);
        let mut tokens = Vec::new();
        for id in [first, second] {
            tokens.push(ours.post(&format!("/v3/session/{id}/share/"), &target).await.text("share_token"));
        }
        let import = |token: &str| json!({
            "share_token": token, "trust_review": false, "workflow_id": workflow, "vendor_data": "mine"
        });
        let copy = theirs.post("/v3/session/import-shared/", &import(&tokens[0])).await;
        assert_eq!((copy.status, copy.text("status"), copy.text("vendor_data")), (201, "In Review".into(), "mine".into()));
        assert_eq!(ours.delete(&format!("/v3/session/{second}/delete/")).await.status, 204);
        let gone = theirs.post("/v3/session/import-shared/", &import(&tokens[1])).await;
        assert_eq!((gone.status, gone.text("detail")), (404, "Original session does not exist.".into()));
        app.clock.advance(SignedDuration::from_secs(60));
        let late = theirs.post("/v3/session/import-shared/", &import(&tokens[1])).await;
        assert_eq!((late.status, late.text("detail")), (401, "Share token has expired.".into()));
        let forged = theirs.post("/v3/session/import-shared/", &import("a.b.c")).await;
        assert_eq!((forged.status, forged.text("detail")), (401, "Invalid share token.".into()));
        assert_eq!(app.stranger().post("/v3/session/import-shared/", &import(&tokens[0])).await.status, 403);
        let empty = theirs.post("/v3/session/import-shared/", &json!({})).await;
        let required = json!(["This field is required."]);
        assert_eq!((empty.status, empty.body), (400, json!({
            "share_token": required, "trust_review": required, "workflow_id": required
        })));
    }

    async fn only_what_may_be_shared_is(database: &Database) {
        let app = TestApp::start(database).await;
        let (other, _, theirs) = neighbour(&app, Mode::Sandbox).await;
        let (live, _, _) = neighbour(&app, Mode::Live).await;
        let (ours, id) = (app.sandbox_integrator(), approved(&app).await);
        let path = format!("/v3/session/{id}/share/");
        let target = json!(other.scope.application_id());
        let field = |message: &str| json!({"for_application_id": [message]});
        for (body, answer) in [
            (json!({}), field("This field is required.")),
            (json!({"for_application_id": "x"}), field("Must be a valid UUID.")),
            (json!({"for_application_id": "11111111-2222-3333-4444-555555555555"}), field("Target application does not exist.")),
            (json!({"for_application_id": app.sandbox.application.scope.application_id()}), field("Cannot share a session with the same application.")),
            (json!({"for_application_id": live.scope.application_id()}), field("Sandbox and live applications cannot share sessions.")),
            (json!({"for_application_id": target, "ttl_in_seconds": 59}), json!({"ttl_in_seconds": ["Ensure this value is greater than or equal to 60."]})),
            (json!({"for_application_id": target, "ttl_in_seconds": 86401}), json!({"ttl_in_seconds": ["Ensure this value is less than or equal to 86400."]})),
        ] {
            let refused = ours.post(&path, &body).await;
            assert_eq!((refused.status, refused.body), (400, answer), "{body}");
        }
        let unfinished = ours.post("/v3/session/", &json!({"workflow_id": app.sandbox.kyc})).await.text("session_id");
        let refused = ours.post(&format!("/v3/session/{unfinished}/share/"), &json!({"for_application_id": target})).await;
        assert_eq!((refused.status, refused.body), (400, json!({
            "detail": ["Only finished sessions (\"Approved\", \"Declined\", \"In Review\") can be shared."]
        })));
        let own = json!({"for_application_id": app.sandbox.application.scope.application_id()});
        assert_eq!(theirs.post(&path, &own).await.status, 404, "not theirs to share");
    }
}
