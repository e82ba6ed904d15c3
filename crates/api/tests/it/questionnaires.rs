//! Questionnaires, and their step in the flow.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Digest as _;
use testkit::TestApp;
use testkit::app::{Caller, Reply};

fn vendors_example() -> Value {
    let option = |value: &str, label: &str| json!({"value": value, "label": {"en": label}});
    json!({
        "title": "Customer Onboarding",
        "description": "Additional information needed for verification",
        "default_language": "en",
        "languages": ["en"],
        "is_active": true,
        "form_elements": [
            {"id": "occupation", "element_type": "short_text", "label": {"en": "What is your occupation?"},
             "is_required": true, "placeholder": {"en": "Software engineer"}},
            {"id": "source_of_funds", "element_type": "multiple_choice", "label": {"en": "Source of funds"}, "is_required": true,
             "options": [option("employment", "Employment"), option("business", "Business"), option("other", "Other")]}
        ]
    })
}

async fn workflow_asking(integrator: &Caller, questionnaire: &str, config: Value) -> Reply {
    let mut config = config;
    config["questionnaire_uuid"] = json!(questionnaire);
    let body = json!({"workflow_label": "Source of Funds", "features": [{"feature": "QUESTIONNAIRE", "config": config}]});
    let workflow = integrator.post("/v3/workflows/", &body).await;
    assert_eq!(workflow.status, 201, "{}", workflow.body);
    workflow
}

/// A person at the form, and the session's id.
async fn at_form(app: &TestApp, workflow: &Reply) -> (Caller, String) {
    let session =
        app.integrator().post("/v3/session/", &json!({"workflow_id": workflow.text("workflow_id")})).await;
    let person = app.stranger().with("x-session-token", &session.text("session_token"));
    person.post("/flow/v1/session/open", &json!({})).await;
    let view = person.post("/flow/v1/session/consent", &json!({})).await;
    assert_eq!(view.body["step"]["state"], "form", "{}", view.body);
    (person, session.text("session_id"))
}

async fn send(person: &Caller, part: &str, bytes: &[u8]) -> Reply {
    let sha256 = hex::encode(sha2::Sha256::digest(bytes));
    let body = json!({"node_id": "questionnaire_1", "part": part, "size": bytes.len(), "sha256": sha256});
    let started = person.post("/flow/v1/uploads", &body).await;
    if started.status >= 400 {
        return started;
    }
    let path = format!("/flow/v1/uploads/{}", started.text("upload_id"));
    let chunk = Some("application/octet-stream");
    assert_eq!(
        person.send(Method::PUT, &format!("{path}?offset=0"), chunk, bytes.to_vec()).await.status,
        200
    );
    person.post(&format!("{path}/complete"), &json!({})).await
}

const ANSWERS: &str = "/flow/v1/steps/questionnaire_1/answers";

testkit::both_databases! {
    async fn a_questionnaire_is_made_read_listed_changed_and_deleted(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let created = integrator.post("/v3/questionnaires/", &vendors_example()).await;
        assert_eq!(created.status, 201, "{}", created.body);
        let id = created.text("questionnaire_id");
        assert_eq!((created.text("questionnaire_group_id"), created.body["version"].clone(), created.text("status")), (id.clone(), json!(1), "published".to_owned()));
        assert_eq!(created.body["graph"]["start_node"], "occupation");
        let node = &created.body["graph"]["nodes"]["occupation"];
        assert_eq!((node["element_type"].clone(), node["next"].clone(), node["title"].clone()), (json!("SHORT_TEXT"), json!("source_of_funds"), json!({"en": "What is your occupation?"})));
        assert_eq!(created.body["sections"][0]["items"][1]["choices"][0]["value"], "employment");
        let path = format!("/v3/questionnaires/{id}/");
        assert_eq!(integrator.get(&path).await.body, created.body);
        assert_eq!(app.sandbox_integrator().get(&path).await.status, 404, "not theirs");
        let list = integrator.get("/v3/questionnaires/").await;
        assert_eq!((list.body["count"].clone(), list.body["results"][0]["question_types"].clone()), (json!(1), json!(["SHORT_TEXT", "MULTIPLE_CHOICE"])));
        let renamed = integrator.patch(&path, &json!({"title": "Updated Customer Onboarding"})).await;
        assert_eq!((renamed.status, renamed.text("questionnaire_id"), renamed.text("title")), (200, id.clone(), "Updated Customer Onboarding".to_owned()));
        app.clock.advance(SignedDuration::from_secs(1));
        let next = integrator.patch(&path, &json!({"status": "published"})).await;
        assert_eq!((next.body["version"].clone(), next.text("questionnaire_group_id")), (json!(2), id.clone()));
        assert_ne!(next.text("questionnaire_id"), id);
        let back = integrator.patch(&path, &json!({"status": "draft"})).await;
        assert_eq!((back.status, back.body), (400, json!({"status": ["Cannot revert a published version to draft."]})));
        assert_eq!(integrator.delete(&path).await.status, 204);
        assert_eq!((integrator.delete(&path).await.status, integrator.get(&path).await.status), (404, 404));
        assert_eq!(integrator.get("/v3/questionnaires/?limit=1").await.body["results"][0]["uuid"], next.text("questionnaire_id"));
    }

    async fn what_a_questionnaire_cannot_be_is_refused_where_it_is_wrong(database: &Database) {
        let app = TestApp::start(database).await;
        let refused = async |change: Value| {
            let mut body = vendors_example();
            body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let reply = app.integrator().post("/v3/questionnaires/", &body).await;
            assert_eq!(reply.status, 400, "{change} {}", reply.body);
            reply.body
        };
        let graph = refused(json!({"graph": {}})).await;
        assert!(graph["graph"].to_string().contains("only accepts simple `form_elements`"));
        let one = |element: Value| json!({"form_elements": [element]});
        assert_eq!(refused(one(json!({"element_type": "short_text"}))).await, json!({"form_elements": [{"label": ["This field is required."]}]}));
        assert_eq!(refused(one(json!({"element_type": "hologram", "label": {"en": "x"}}))).await["form_elements"][0]["element_type"], json!(["\"hologram\" is not a valid choice."]));
        for (field, value) in [("languages", json!(["es"])), ("languages", json!("en")), ("languages", json!(["en", "../x"])), ("default_language", json!("es")),
            ("title", json!("")), ("title", json!(null)), ("form_elements", json!([])), ("form_elements", json!({})), ("form_elements", json!([3, null])),
            ("is_active", json!("yes")), ("status", json!("archived")), ("description", json!("a\u{0}b"))] {
            let wrong = refused(json!({field: value})).await;
            assert!(wrong.get(field).is_some(), "{wrong}");
        }
        let untranslated = refused(json!({"languages": ["en", "es"]})).await;
        assert_eq!(untranslated["form_elements"][0]["label"], json!(["Missing translation for: es."]));
        let choice = |options: Value| one(json!({"element_type": "dropdown", "label": {"en": "x"}, "options": options}));
        assert_eq!(refused(choice(json!([{"value": "a"}]))).await["form_elements"][0]["options"], json!([{"label": ["This field is required."]}]));
        assert_eq!(refused(choice(json!([]))).await["form_elements"][0]["options"], json!(["This field is required."]));
        let conditional = json!({"element_type": "short_text", "label": {"en": "x"}, "required_if": {"a": 1}, "branches": [1]});
        let conditional = refused(one(conditional)).await;
        assert!(conditional["form_elements"][0]["required_if"].is_array() && conditional["form_elements"][0]["branches"].is_array());
        for validation in [json!({"pattern": "("}), json!({"min": "x"}), json!({"min_length": 5, "max_length": 2}), json!(3)] {
            let wrong = refused(one(json!({"element_type": "short_text", "label": {"en": "x"}, "validation": validation}))).await;
            assert!(!wrong["form_elements"][0]["validation"].is_null(), "{wrong}");
        }
        assert_eq!(app.integrator().get("/v3/questionnaires/").await.body["count"], 0);
    }

    async fn a_person_answers_and_the_decision_tells(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let made = integrator.post("/v3/questionnaires/", &vendors_example()).await;
        let workflow = workflow_asking(&integrator, &made.text("questionnaire_id"), json!({})).await;
        let (person, session) = at_form(&app, &workflow).await;
        let wrong = person.post(ANSWERS, &json!({"answers": {"source_of_funds": {"value": ["theft"]}}})).await;
        assert_eq!(wrong.status, 400);
        assert_eq!(wrong.body["answers"], json!({"occupation": ["This field is required."], "source_of_funds": ["\"theft\" is not a valid choice."]}));
        for nonsense in [json!({}), json!({"answers": []}), json!({"answers": {"occupation": 3}})] {
            assert_eq!(person.post(ANSWERS, &nonsense).await.status, 400, "{nonsense}");
        }
        assert_eq!(person.post("/flow/v1/steps/elsewhere/answers", &json!({"answers": {}})).await.status, 409);
        let given = json!({"answers": {"occupation": {"value": "Nurse"}, "source_of_funds": {"value": ["business", "employment"]}}});
        let done = person.post(ANSWERS, &given).await;
        assert_eq!((done.status, done.text("status")), (200, "Approved".to_owned()), "{}", done.body);
        assert_eq!(person.post(ANSWERS, &given).await.status, 409, "once");
        let decision = integrator.get(&format!("/v3/session/{session}/decision/")).await;
        let response = &decision.body["questionnaire_responses"][0];
        assert_eq!((response["node_id"].clone(), response["status"].clone(), response["title"].clone()), (json!("questionnaire_1"), json!("Approved"), json!("Customer Onboarding")));
        assert_eq!(response["questionnaire_id"], made.body["questionnaire_id"]);
        assert!(response.get("warnings").is_none());
        let items = &response["sections"][0]["items"];
        assert_eq!((items[0]["answer"].clone(), items[0]["title"].clone(), items[0]["value"].clone()), (json!({"value": "Nurse"}), json!("What is your occupation?"), json!("occupation")));
        assert_eq!(items[1]["answer"], json!({"value": "employment,business", "values": ["employment", "business"]}));
    }

    async fn later_edits_do_not_reach_a_session(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let made = integrator.post("/v3/questionnaires/", &vendors_example()).await;
        let id = made.text("questionnaire_id");
        let workflow = workflow_asking(&integrator, &id, json!({"review_questionnaire_manually": true})).await;
        let (person, _) = at_form(&app, &workflow).await;
        let path = format!("/v3/questionnaires/{id}/");
        let other = json!([{"id": "only", "element_type": "number", "label": {"en": "How many?"}}]);
        assert_eq!(integrator.patch(&path, &json!({"form_elements": other})).await.status, 200);
        let (later, _) = at_form(&app, &workflow).await;
        let asked = |view: &Value| view["step"]["form"]["elements"][0]["id"].clone();
        assert_eq!(asked(&person.get("/flow/v1/session").await.body), "occupation");
        assert_eq!(asked(&later.get("/flow/v1/session").await.body), "only");
        assert_eq!(integrator.delete(&path).await.status, 204);
        let given = json!({"answers": {"occupation": {"value": "Nurse"}, "source_of_funds": {"value": ["other"]}}});
        let done = person.post(ANSWERS, &given).await;
        assert_eq!(done.text("status"), "In Review", "a human reads every form");
        let orphan = integrator.post("/v3/session/", &json!({"workflow_id": workflow.text("workflow_id")})).await;
        let person = app.stranger().with("x-session-token", &orphan.text("session_token"));
        person.post("/flow/v1/session/open", &json!({})).await;
        app.run_jobs().await;
        let decision = integrator.get(&format!("/v3/session/{}/decision/", orphan.text("session_id"))).await;
        assert_eq!((decision.text("status"), decision.body["questionnaire_responses"][0]["status"].clone()), ("In Review".to_owned(), json!("Not Finished")));
    }

    async fn files_are_answers_and_answers_decide(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let body = json!({"title": "Proof", "form_elements": [
            {"id": "proof", "element_type": "FILE_UPLOAD", "title": "Proof", "is_required": true, "max_files": 2},
            {"id": "photo", "element_type": "image", "title": "Photo"},
            {"id": "income", "element_type": "number", "title": "Income"}
        ]});
        let made = integrator.post("/v3/questionnaires/", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let rules = json!([{"field": "questionnaire.answers.income", "operator": "greater_than", "value": 100_000, "status": "Declined"}]);
        let workflow = workflow_asking(&integrator, &made.text("questionnaire_id"), json!({"status_rules": rules})).await;
        let (person, session) = at_form(&app, &workflow).await;
        let pdf = b"%PDF-1.7 and so on".to_vec();
        assert_eq!(send(&person, "proof.3", &pdf).await.text("code"), "unknown_part");
        assert_eq!(send(&person, "photo.1", &pdf).await.text("code"), "not_an_image");
        assert_eq!(send(&person, "proof.1", b"neither one nor the other").await.text("code"), "not_an_image");
        let missing = person.post(ANSWERS, &json!({"answers": {}})).await;
        assert_eq!(missing.body["answers"], json!({"proof": ["This field is required."]}));
        let sent = send(&person, "proof.1", &pdf).await;
        assert_eq!((sent.status, sent.body["step"]["uploaded"].clone()), (200, json!(["proof.1"])), "{}", sent.body);
        let done = person.post(ANSWERS, &json!({"answers": {"income": {"value": "250000"}}})).await;
        assert_eq!(done.text("status"), "Declined", "{}", done.body);
        let decision = integrator.get(&format!("/v3/session/{session}/decision/")).await;
        let answer = &decision.body["questionnaire_responses"][0]["sections"][0]["items"][0]["answer"];
        let url = answer["files"][0].as_str().unwrap();
        let file = app.stranger().get(url.strip_prefix(&app.base_url).unwrap()).await;
        assert_eq!((file.status, file.header("content-type"), file.body.as_str()), (200, "application/pdf", Some("%PDF-1.7 and so on")));
    }

    async fn the_sandbox_answers_by_itself(database: &Database) {
        let app = TestApp::start(database).await;
        let sandbox = app.sandbox_integrator();
        let made = sandbox.post("/v3/questionnaires/", &vendors_example()).await;
        let workflow = workflow_asking(&sandbox, &made.text("questionnaire_id"), json!({})).await;
        let session = sandbox.post("/v3/session/", &json!({"workflow_id": workflow.text("workflow_id")})).await;
        let id = session.text("session_id");
        let done = sandbox.post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await;
        assert_eq!(done.text("status"), "Approved");
        let decision = sandbox.get(&format!("/v3/session/{id}/decision/")).await;
        assert_eq!(decision.body["questionnaire_responses"][0]["sections"][0]["items"][0]["answer"]["value"], "Sample answer");
    }
}
