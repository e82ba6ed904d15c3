//! Workflows as operators draw them.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::{Caller, Reply};

/// An operator who is logged in, and the prefix of their application's routes.
async fn operator(app: &TestApp) -> (Caller, String) {
    let email = "operator@yourapp.com";
    let body = json!({"email": email, "password": "MyStr0ng!Pass"});
    assert_eq!(app.stranger().post("/programmatic/register/", &body).await.status, 201);
    let code = app.mail.wait_for(1).await.pop().and_then(|mail| mail.code()).unwrap();
    let verified =
        app.stranger().post("/programmatic/verify-email/", &json!({"email": email, "code": code})).await;
    let id = |what: &str| verified.body[what]["uuid"].as_str().unwrap().to_owned();
    let prefix = format!("/v3/organization/{}/application/{}", id("organization"), id("application"));
    (app.stranger().with("authorization", &format!("Bearer {}", verified.text("access_token"))), prefix)
}

async fn put(caller: &Caller, path: &str, body: &Value) -> Reply {
    caller.send(Method::PUT, path, Some("application/json"), body.to_string().into_bytes()).await
}

/// Minors are declined at once; everybody else shows their face too.
fn drawn() -> Value {
    json!({"start_node": "ocr", "nodes": {
        "ocr": {"node_type": "feature", "feature": "OCR", "next": "age"},
        "age": {"node_type": "branch", "next": "face", "branches": [
            {"id": "minor", "rules": [{"field": "kyc.age", "operator": "less_than", "value": 18}], "goto": "no"}]},
        "face": {"node_type": "feature", "feature": "LIVENESS", "next": "end"},
        "no": {"node_type": "status", "session_status": "Declined"},
        "end": {"node_type": "status", "session_status": "Determine"}
    }})
}

testkit::both_databases! {
    async fn an_operator_draws_publishes_and_archives_a_workflow(database: &Database) {
        let app = TestApp::start(database).await;
        let (operator, prefix) = operator(&app).await;
        let all = format!("{prefix}/verification-settings/");
        let made = operator.post(&all, &json!({"workflow_label": "From a template", "workflow_type": "kyc"})).await;
        assert_eq!((made.status, made.text("workflow_type"), made.text("features")), (201, "kyc".to_owned(), "OCR".to_owned()), "{}", made.body);
        let one = format!("{all}{}/", made.text("uuid"));
        assert_eq!(operator.get(&one).await.body, made.body);
        let refused = operator.patch(&one, &json!({"features": [{"feature": "LIVENESS"}]})).await;
        assert_eq!((refused.status, refused.text("detail")), (400, "A published version cannot be edited. Create a draft first.".to_owned()));
        assert_eq!(operator.delete(&one).await.status, 400);
        let draft = operator.post(&format!("{one}create-draft/"), &json!({})).await;
        assert_eq!((draft.status, draft.text("status"), draft.body["version"].clone()), (201, "draft".to_owned(), json!(2)), "{}", draft.body);
        let again = operator.post(&format!("{one}create-draft/"), &json!({})).await;
        assert_eq!((again.status, again.text("uuid")), (200, draft.text("uuid")));
        let path = format!("{all}{}/", draft.text("uuid"));
        let graph = format!("{path}workflow-graph/");
        assert_eq!(put(&operator, &format!("{one}workflow-graph/"), &json!({"graph": drawn()})).await.status, 400);
        let kept = put(&operator, &graph, &json!({"graph": drawn()})).await;
        assert_eq!(kept.status, 200, "{}", kept.body);
        assert_eq!(kept.body["graph"]["nodes"]["age"]["branches"][1], json!({"id": "else", "logic": "and", "rules": [], "goto": "face"}));
        assert_eq!(kept.body["graph"]["nodes"]["age"]["branches"][0]["rules"][0]["node_id"], "ocr");
        assert_eq!(operator.get(&graph).await.body, kept.body);
        let renamed = operator.patch(&path, &json!({"workflow_label": "Adults"})).await;
        assert_eq!((renamed.text("status"), renamed.body["is_simple_workflow"].clone()), ("draft".to_owned(), json!(false)));
        let published = operator.patch(&path, &json!({"status": "published"})).await;
        assert_eq!((published.status, published.text("status"), published.text("features")), (200, "published".to_owned(), "OCR + LIVENESS".to_owned()));
        let archived = operator.patch(&path, &json!({"is_archived": true})).await;
        assert_eq!((archived.status, archived.body["is_archived"].clone()), (200, json!(true)), "{}", archived.body);
        assert_eq!(operator.get(&all).await.body["count"], 3);
    }

    async fn a_graph_is_judged_and_its_mistakes_are_named(database: &Database) {
        let app = TestApp::start(database).await;
        let (operator, prefix) = operator(&app).await;
        let validate = format!("{prefix}/workflow-graph/validate/");
        let sound = operator.post(&validate, &json!({"graph": drawn()})).await;
        assert_eq!((sound.status, sound.body["is_valid"].clone(), sound.body["errors"].clone()), (200, json!(true), json!({})), "{}", sound.body);
        let mut cycle = drawn();
        cycle["nodes"]["face"]["next"] = json!("ocr");
        let judged = operator.post(&validate, &json!({"graph": cycle})).await;
        assert_eq!((judged.body["is_valid"].clone(), judged.body["errors"]["face"].clone()), (json!(false), json!(["Node 'face' leads back to itself."])));
        let made = operator.post(&format!("{prefix}/verification-settings/"), &json!({"graph": drawn(), "status": "draft"})).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let graph = format!("{prefix}/verification-settings/{}/workflow-graph/", made.text("uuid"));
        let refused = put(&operator, &graph, &json!({"graph": cycle})).await;
        assert_eq!((refused.status, refused.body["graph"]["face"].clone()), (400, json!(["Node 'face' leads back to itself."])));
        let usable = async |node: &str| operator.post(&format!("{graph}branch-fields/"), &json!({"graph": drawn(), "node_id": node})).await;
        let names = |reply: &Reply| reply.body["fields"].as_array().unwrap().iter().map(|field| field["field"].clone()).collect::<Vec<_>>();
        let at_branch = names(&usable("age").await);
        assert!(at_branch.contains(&json!("kyc.age")) && !at_branch.contains(&json!("liveness.score")));
        assert!(names(&usable("end").await).contains(&json!("liveness.score")), "who gets there has shown their face");
        assert_eq!(usable("nowhere").await.status, 400);
        let catalogue = operator.get(&format!("{prefix}/workflow-graph/field-definitions/")).await;
        assert!(catalogue.body["operators"].as_array().unwrap().contains(&json!("fuzzy_match")));
        for nonsense in [json!({}), json!({"graph": 3}), json!({"graph": {"start_node": 1}}), json!({"graph": {"start_node": "x", "nodes": {"x": null}}})] {
            let status = put(&operator, &graph, &nonsense).await.status;
            assert_eq!(status, 400, "{nonsense}");
        }
        assert_eq!(app.integrator().get(&graph).await.status, 403, "no API key here");
        let other = prefix.replace(&prefix[17..53], "00000000-0000-7000-8000-000000000000");
        assert!([403, 404].contains(&operator.get(&format!("{other}/verification-settings/")).await.status));
    }

    async fn conditions_lead_a_sandbox_session(database: &Database) {
        let app = TestApp::start(database).await;
        let sandbox = app.sandbox_integrator();
        let made = sandbox.post("/v3/workflows/", &json!({"features": [{"feature": "OCR"}]})).await;
        let mut graph = drawn();
        graph["nodes"]["age"]["branches"][0]["rules"][0]["value"] = json!(99);
        let judged = engine::workflows::console::judge_graph(&graph).graph.unwrap();
        let changes = engine::workflows::Changes { graph: Some(json!(judged)), ..engine::workflows::Changes::default() };
        let id = made.text("uuid").parse().unwrap();
        engine::workflows::update(&app.engine, &app.sandbox.application.scope, id, changes).await.unwrap();
        let session = sandbox.post("/v3/session/", &json!({"workflow_id": made.text("workflow_id")})).await;
        let done = sandbox.post(&format!("/v3/session/{}/sandbox/complete/", session.text("session_id")), &json!({})).await;
        assert_eq!(done.text("status"), "Declined", "the status node says so");
        let decision = sandbox.get(&format!("/v3/session/{}/decision/", session.text("session_id"))).await;
        assert_eq!(decision.body["liveness_checks"], json!([]), "never asked");
    }
}
