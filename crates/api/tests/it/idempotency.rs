//! `Idempotency-Key` (claims 1–3): a repeated write is carried out once and answered alike.

use std::collections::BTreeSet;

use engine::limits::{self, Credentials};
use engine::receipts::{self, Turn, Write};
use engine::sessions::{CreateSession, create};
use jiff::SignedDuration;
use serde_json::json;
use testkit::TestApp;
use testkit::app::Reply;

use crate::access::owner;

fn same(first: &Reply, again: &Reply) {
    // As text: the order of fields and the spelling of numbers count.
    assert_eq!((first.status, first.body.to_string()), (again.status, again.body.to_string()));
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(first.header("content-type"), again.header("content-type"));
}

async fn sessions(app: &TestApp) -> i64 {
    let reply = app.integrator().post("/v3/session/", &json!({"workflow_id": app.live.kyc})).await;
    reply.body["session_number"].as_i64().unwrap() - 1
}

/// What the server does first with a create under this key, as if it then stopped.
async fn cut_off(app: &TestApp, key: &str, body: &str, after_the_change: bool) {
    let credentials = Credentials { api_key: Some(&app.live.application.api_key), bearer: None };
    let caller = limits::identify(&app.engine, credentials, "127.0.0.1".parse().unwrap()).await;
    let write = Write { caller: &caller, key, target: "POST /v3/session/", body: body.as_bytes() };
    let Turn::Ours(reservation) = receipts::take_turn(&app.engine, &write).await.unwrap() else {
        panic!("the key was not used");
    };
    if after_the_change {
        let wanted = CreateSession { workflow_id: Some(app.live.kyc), ..CreateSession::default() };
        let scope = &app.live.application.scope;
        receipts::carry_out(reservation, create(&app.engine, scope, wanted)).await.unwrap();
    }
}

testkit::both_databases! {
    async fn a_repeated_write_is_answered_byte_for_byte_for_a_day_across_a_restart(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"workflow_id": app.live.kyc, "metadata": {"b": 1.50, "a": "ñ"}});
        let caller = app.integrator().with("Idempotency-Key", "order-1");
        let first = caller.post("/v3/session/", &body).await;
        assert_eq!((first.status, first.header("idempotent-replayed")), (201, ""));
        same(&first, &caller.post("/v3/session/", &body).await);
        let restarted = TestApp::start(database).await;
        restarted.clock.advance(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
        let again = restarted.stranger().with("x-api-key", &app.live.application.api_key);
        same(&first, &again.with("Idempotency-Key", "order-1").post("/v3/session", &body).await);
        restarted.run_jobs().await;
        restarted.clock.advance(SignedDuration::from_mins(2));
        restarted.run_jobs().await;
        let later = restarted.stranger().with("x-api-key", &app.live.application.api_key);
        let later = later.with("Idempotency-Key", "order-1").post("/v3/session/", &body).await;
        assert_eq!(later.status, 201);
        assert_ne!(later.text("session_id"), first.text("session_id"), "after a day the key is free");
    }

    async fn refusals_are_repeated_too(database: &Database) {
        let app = TestApp::start(database).await;
        let caller = app.integrator().with("Idempotency-Key", "wrong");
        let first = caller.post("/v3/session/", &json!({})).await;
        assert_eq!(first.status, 400);
        same(&first, &caller.post("/v3/session/", &json!({})).await);
    }

    async fn every_kind_of_write_is_carried_out_once(database: &Database) {
        let app = TestApp::start(database).await;
        let keyed = |key: &str| app.integrator().with("Idempotency-Key", key);
        let workflow = json!({"workflow_label": "Once", "features": [{"feature": "OCR"}]});
        let made = keyed("w").post("/v3/workflows/", &workflow).await;
        assert_eq!(made.status, 201, "{}", made.body);
        same(&made, &keyed("w").post("/v3/workflows/", &workflow).await);
        let path = format!("/v3/workflows/{}/", made.text("uuid"));
        let changed = keyed("p").patch(&path, &json!({"workflow_label": "Twice"})).await;
        same(&changed, &keyed("p").patch(&path, &json!({"workflow_label": "Twice"})).await);
        let gone = keyed("d").delete(&path).await;
        assert_eq!(gone.status, 204);
        let again = keyed("d").delete(&path).await;
        assert_eq!((again.status, again.header("idempotent-replayed")), (204, "true"), "and not 404");
    }

    async fn a_key_used_for_something_else_is_refused_and_changes_nothing(database: &Database) {
        let app = TestApp::start(database).await;
        let caller = app.integrator().with("Idempotency-Key", "k");
        let body = json!({"workflow_id": app.live.kyc});
        assert_eq!(caller.post("/v3/session/", &body).await.status, 201);
        let other = caller.post("/v3/session/", &json!({"workflow_id": app.live.kyc, "vendor_data": "x"})).await;
        assert_eq!(other.status, 422, "{}", other.body);
        assert_eq!(caller.post("/v3/workflows/", &body).await.status, 422, "another path");
        assert_eq!(sessions(&app).await, 1);
        let theirs = app.sandbox_integrator().with("Idempotency-Key", "k");
        let theirs = theirs.post("/v3/session/", &json!({"workflow_id": app.sandbox.kyc})).await;
        assert_eq!(theirs.status, 201, "keys of different callers are different keys");
        let unusable = app.integrator().with("Idempotency-Key", &"k".repeat(256));
        assert_eq!(unusable.post("/v3/session/", &body).await.status, 400);
    }

    async fn two_hundred_parallel_creates_with_one_key_make_one_session(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"workflow_id": app.live.kyc});
        let caller = app.integrator().with("Idempotency-Key", "all-at-once");
        let replies = futures::future::join_all((0..200).map(|_| caller.post("/v3/session/", &body))).await;
        assert!(replies.iter().all(|reply| reply.status == 201), "each is answered as a create");
        let ids: BTreeSet<String> = replies.iter().map(|reply| reply.text("session_id")).collect();
        assert_eq!((ids.len(), sessions(&app).await), (1, 1));
    }

    async fn who_may_not_call_is_neither_stored_nor_shown_what_was(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"workflow_id": app.live.kyc});
        let first = app.integrator().with("Idempotency-Key", "k").post("/v3/session/", &body).await;
        assert_eq!(first.status, 201);
        let stranger = app.stranger().with("Idempotency-Key", "k");
        assert_eq!(stranger.post("/v3/session/", &body).await.status, 403);
        let wrong = stranger.with("x-api-key", &"x".repeat(43));
        assert_eq!(wrong.post("/v3/session/", &body).await.status, 403);
    }

    async fn an_operator_who_may_not_any_more_does_not_learn_what_was_answered(database: &Database) {
        let app = TestApp::start(database).await;
        let ann = owner(&app, "ann@yourapp.com").await;
        let ben = ann.colleague(&app, "ben@yourapp.com", "admin").await;
        let bens = ben.requests.clone().with("Idempotency-Key", "new-application");
        let applications = format!("/organizations/me/{}/applications/", ann.organization);
        let make = async || bens.post(&applications, &json!({"name": "Ben's"})).await;
        let first = make().await;
        assert_eq!(first.status, 201, "{}", first.body);
        same(&first, &make().await);
        let members = format!("/organizations/{}/members/", ann.organization);
        let listed = ann.requests.get(&members).await.body;
        let ben = listed.as_array().unwrap().iter().find(|member| member["email"] == "ben@yourapp.com").unwrap();
        let path = format!("{members}{}/", ben["uuid"].as_str().unwrap());
        assert_eq!(ann.requests.patch(&path, &json!({"role": "reader"})).await.status, 200);
        assert_eq!(make().await.status, 403, "readers make no applications");
        assert_eq!(ann.requests.patch(&path, &json!({"role": "admin"})).await.status, 200);
        same(&first, &make().await);
        assert_eq!(ann.requests.delete(&path).await.status, 204);
        assert_eq!(make().await.status, 403, "strangers learn nothing");
        assert_eq!(ann.requests.get(&applications).await.body.as_array().map(Vec::len), Some(2));
    }

    async fn a_write_cut_off_before_it_changed_anything_is_carried_out_by_the_next(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"workflow_id": app.live.kyc}).to_string();
        cut_off(&app, "cut", &body, false).await;
        app.clock.advance(SignedDuration::from_secs(31));
        let caller = app.integrator().with("Idempotency-Key", "cut");
        let post = || caller.send(reqwest::Method::POST, "/v3/session/", Some("application/json"), body.clone().into());
        let done = post().await;
        assert_eq!(done.status, 201, "{}", done.body);
        same(&done, &post().await);
        assert_eq!(sessions(&app).await, 1);
    }

    async fn a_write_cut_off_after_it_changed_something_is_not_done_again(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"workflow_id": app.live.kyc}).to_string();
        cut_off(&app, "cut", &body, true).await;
        app.clock.advance(SignedDuration::from_secs(31));
        let caller = app.integrator().with("Idempotency-Key", "cut");
        let told = caller.send(reqwest::Method::POST, "/v3/session/", Some("application/json"), body.into()).await;
        assert_eq!(told.status, 409, "{}", told.body);
        assert!(told.text("detail").contains("took effect"));
        assert_eq!(sessions(&app).await, 1);
    }

    async fn an_answer_is_unreadable_at_rest_and_goes_with_its_session(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"workflow_id": app.live.kyc, "vendor_data": "canary-5f2d"});
        let caller = app.integrator().with("Idempotency-Key", "canary-7a1c");
        let first = caller.post("/v3/session/", &body).await;
        for marker in ["canary-5f2d", "canary-7a1c", &first.text("session_token")] {
            assert!(!database.contains(marker).await, "{marker}");
        }
        let id = first.text("session_id").parse().unwrap();
        let mut tx = app.engine.store.begin().await.unwrap();
        assert!(store::session_keys::destroy(&mut tx, id).await.unwrap());
        tx.commit().await.unwrap();
        let again = caller.post("/v3/session/", &body).await;
        assert_eq!(again.status, 409);
        assert!(!again.body.to_string().contains(&first.text("session_token")), "{}", again.body);
    }
}
