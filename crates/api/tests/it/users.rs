//! Users and businesses by API, and as sessions make and change them.

use serde_json::{Value, json};
use testkit::app::Reply;
use testkit::{HttpSink, TestApp};

async fn finish(app: &TestApp, vendor_data: &str, scenario: &str) -> Reply {
    let integrator = app.sandbox_integrator();
    let body =
        json!({"workflow_id": app.sandbox.kyc, "vendor_data": vendor_data, "sandbox_scenario": scenario});
    let session = integrator.post("/v3/session/", &body).await;
    assert_eq!(session.status, 201, "{}", session.body);
    let path = format!("/v3/session/{}/sandbox/complete/", session.text("session_id"));
    integrator.post(&path, &json!({})).await
}

testkit::both_databases! {
    async fn the_first_session_makes_a_user_and_every_session_keeps_it_current(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let empty = integrator.get("/v3/users/").await;
        assert_eq!((empty.status, empty.body), (200, json!({"count": 0, "next": null, "previous": null, "results": []})));
        let body = json!({"workflow_id": app.sandbox.kyc, "vendor_data": "user abc/1"});
        integrator.post("/v3/session/", &body).await;
        let path = "/v3/users/user%20abc%2F1/";
        let fresh = integrator.get(path).await;
        assert_eq!(fresh.status, 200, "{}", fresh.body);
        assert_eq!((&fresh.body["status"], &fresh.body["session_count"], &fresh.body["full_name"]), (&json!("ACTIVE"), &json!(1), &Value::Null));
        assert_eq!(fresh.body["first_session_at"], fresh.body["last_session_at"]);
        integrator.post("/v3/session/", &body).await;
        assert_eq!(integrator.get(path).await.body["session_count"], 1, "the same session again");
        assert_eq!(finish(&app, "user abc/1", "approve").await.text("status"), "Approved");
        assert_eq!(finish(&app, "user abc/1", "decline_document_expired").await.text("status"), "Declined");
        let user = integrator.get(path).await.body;
        let counts = ["session_count", "approved_count", "declined_count", "in_review_count"].map(|name| user[name].clone());
        assert_eq!(counts, [json!(2), json!(1), json!(1), json!(0)]);
        assert_eq!((&user["full_name"], &user["effective_name"]), (&json!("ALEX SAMPLE"), &json!("ALEX SAMPLE")));
        assert_eq!((&user["issuing_states"], &user["date_of_birth"]), (&json!(["UTO"]), &json!("1992-06-01")));
        assert_eq!(user["features"], json!({"ID_VERIFICATION": "Declined"}));
        assert_eq!(user["features_list"], json!([{"feature": "ID_VERIFICATION", "status": "Declined"}]));
        assert_eq!((&user["tags"], &user["comments"], &user["metadata"]), (&json!([]), &json!([]), &json!({})));
        assert_eq!(app.integrator().get(path).await.status, 404, "not theirs");
        assert_eq!(integrator.get("/v3/users/USER%20ABC%2F1/").await.status, 404, "taken as sent");
        let list = integrator.get("/v3/users/?limit=1").await.body;
        assert_eq!((&list["count"], &list["next"]), (&json!(1), &Value::Null));
        assert!(list["results"][0].get("comments").is_none());
    }

    async fn users_are_made_listed_changed_and_deleted_by_api(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let body = json!({
            "vendor_data": "user-456", "full_name": "Jane Smith", "display_name": "Jane S.", "date_of_birth": "1990-05-15",
            "metadata": {"tier": "premium"}, "approved_emails": ["jane@example.com"]
        });
        let made = integrator.post("/v3/users/create/", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        for (name, value) in body.as_object().unwrap() {
            assert_eq!(&made.body[name], value, "{name}");
        }
        let keys: Vec<_> = made.body.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys.len(), 25, "{keys:?}");
        let again = integrator.post("/v3/users/create/", &body).await;
        let message = json!({"vendor_data": ["A user with this vendor_data already exists."]});
        assert_eq!((again.status, again.body), (400, message));
        let theirs = app.sandbox_integrator().post("/v3/users/create/", &body).await;
        assert_eq!(theirs.status, 201, "another application's user of the same name");
        let path = "/v3/users/user-456/";
        let patch = json!({"display_name": null, "metadata": {}, "issuing_states": ["ESP"]});
        let changed = integrator.patch(path, &patch).await;
        assert_eq!((changed.status, changed.text("effective_name")), (200, "Jane Smith".to_owned()));
        assert_eq!((&changed.body["metadata"], &changed.body["issuing_states"]), (&json!({}), &json!(["ESP"])));
        let comment = changed.body["comments"][0].clone();
        assert_eq!(comment["comment_type"], "PROFILE_UPDATED");
        assert_eq!(comment["changed_fields"], json!(["display_name", "issuing_states", "metadata"]));
        assert_eq!(integrator.get(path).await.body, changed.body);
        for name in ["a", "b"] {
            integrator.post("/v3/users/create/", &json!({"vendor_data": name})).await;
        }
        let page = integrator.get("/v3/users/?limit=2").await.body;
        assert_eq!((page["count"].clone(), page["results"].as_array().unwrap().len()), (json!(3), 2));
        let next = page["next"].as_str().unwrap().strip_prefix(&app.base_url).unwrap().to_owned();
        assert_eq!(integrator.get(&next).await.body["results"].as_array().unwrap().len(), 1);
        let nobody = integrator.post("/v3/users/delete/", &json!({})).await;
        assert_eq!((nobody.status, nobody.body), (400, json!(["Provide vendor_data_list or set delete_all=true."])));
        let gone = integrator.post("/v3/users/delete/", &json!({"vendor_data_list": ["user-456", "nobody"]})).await;
        assert_eq!((gone.status, gone.body), (200, json!({"deleted": 1})));
        assert_eq!(integrator.get(path).await.status, 404);
        assert_eq!(app.sandbox_integrator().get(path).await.status, 200, "theirs stays");
        assert_eq!(integrator.post("/v3/users/create/", &body).await.status, 201, "the name is free again");
        let all = integrator.post("/v3/users/delete/", &json!({"delete_all": true, "vendor_data_list": []})).await;
        assert_eq!(all.body, json!({"deleted": 3}));
    }

    async fn what_a_user_cannot_be_is_refused_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let invalid = "Invalid status. Valid options are: ACTIVE, FLAGGED, BLOCKED";
        let cases = [
            (json!({}), json!({"vendor_data": ["This field is required."]})),
            (json!({"vendor_data": " "}), json!({"vendor_data": ["This field may not be blank."]})),
            (json!({"vendor_data": "a", "metadata": "x"}), json!({"metadata": ["Metadata must be a JSON object."]})),
            (json!({"vendor_data": "a", "status": "Active"}), json!({"status": [invalid]})),
            (json!({"vendor_data": "a\u{0}"}), json!({"vendor_data": ["Null characters are not allowed."]})),
            (json!({"vendor_data": "a", "approved_emails": [1]}), json!({"approved_emails": {"0": ["Not a valid string."]}})),
        ];
        for (body, errors) in cases {
            let reply = integrator.post("/v3/users/create/", &body).await;
            assert_eq!((reply.status, &reply.body), (400, &errors));
        }
        integrator.post("/v3/users/create/", &json!({"vendor_data": "a"})).await;
        let wrong = integrator.patch("/v3/users/a/", &json!({"status": "INVALID", "date_of_birth": "1/2/1990"})).await;
        let date = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.";
        assert_eq!(wrong.body, json!({"status": ["\"INVALID\" is not a valid choice."], "date_of_birth": [date]}));
        let wrong = integrator.patch("/v3/users/a/update-status/", &json!({})).await;
        assert_eq!((wrong.status, wrong.body), (400, json!({"status": ["This field is required."]})));
        for path in ["/v3/users/nobody/", "/v3/users/%00/", "/v3/users/%FF%FE/"] {
            assert_eq!(integrator.get(path).await.status, 404, "{path}");
            assert_eq!(integrator.patch(path, &json!({})).await.status, 404, "{path}");
        }
        assert_eq!(app.sandbox_integrator().patch("/v3/users/a/", &json!({})).await.status, 404, "not theirs");
        assert_eq!(app.stranger().get("/v3/users/").await.status, 403);
    }

    async fn a_blocked_user_begins_no_session_until_unblocked(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let session = json!({"workflow_id": app.live.kyc, "vendor_data": "User-9"});
        assert_eq!(integrator.post("/v3/session/", &session).await.status, 201);
        let path = "/v3/users/User-9/update-status/";
        assert_eq!(app.sandbox_integrator().patch(path, &json!({"status": "BLOCKED"})).await.status, 404, "not theirs");
        let blocked = integrator.patch(path, &json!({"status": "BLOCKED"})).await;
        assert_eq!((blocked.status, blocked.text("status")), (200, "BLOCKED".to_owned()));
        let comment = &blocked.body["comments"][0];
        assert_eq!((&comment["comment_type"], &comment["previous_status"], &comment["new_status"]), (&json!("STATUS_CHANGED"), &json!("ACTIVE"), &json!("BLOCKED")));
        let refused = integrator.post("/v3/session/", &session).await;
        assert_eq!(refused.status, 400, "{}", refused.body);
        assert!(refused.body["vendor_data"].is_array());
        let spelled_otherwise = json!({"workflow_id": app.live.kyc, "vendor_data": "USER-9"});
        assert_eq!(integrator.post("/v3/session/", &spelled_otherwise).await.status, 400, "the list ignores letter case");
        let lists = integrator.get("/v3/lists/?entry_type=user&list_type=blocklist").await.body;
        let list = format!("/v3/lists/{}/entries/", lists["results"][0]["uuid"].as_str().unwrap());
        let entries = integrator.get(&list).await.body;
        assert_eq!((&entries["count"], &entries["results"][0]["value"]), (&json!(1), &json!("user-9")));
        assert_eq!(entries["results"][0]["added_by"], "system");
        let entry = format!("{list}{}/", entries["results"][0]["uuid"].as_str().unwrap());
        assert_eq!(integrator.delete(&entry).await.status, 204);
        assert_eq!(integrator.get("/v3/users/User-9/").await.text("status"), "ACTIVE", "deleting the entry unblocks");
        assert_eq!(integrator.post("/v3/session/", &session).await.status, 201);
        let listed = integrator.post(&list, &json!({"value": "User-9", "comment": "again"})).await;
        assert_eq!(listed.status, 201, "{}", listed.body);
        assert_eq!(integrator.get("/v3/users/User-9/").await.text("status"), "BLOCKED", "an entry blocks");
        integrator.patch(path, &json!({"status": "FLAGGED"})).await;
        assert_eq!(integrator.get(&list).await.body["count"], 0, "any other status takes it off the list");
        assert_eq!(integrator.post("/v3/session/", &session).await.status, 201);
    }

    async fn subscribers_hear_what_changed_of_a_user(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let events = ["user.status.updated", "user.data.updated"];
        let body = json!({"label": "A", "url": sink.url("/hook"), "subscribed_events": events});
        assert_eq!(app.sandbox_integrator().post("/v3/webhook/destinations/", &body).await.status, 201);
        finish(&app, "user-1", "approve").await;
        app.sandbox_integrator().patch("/v3/users/user-1/update-status/", &json!({"status": "FLAGGED"})).await;
        // An event waits for the one before it, and the clock stands still.
        let mut received = Vec::new();
        for _ in 0..20 {
            app.run_jobs().await;
            app.clock.advance(jiff::SignedDuration::from_secs(5));
        }
        for request in sink.wait_for(2).await {
            received.push(serde_json::from_slice::<Value>(&request.body).unwrap());
        }
        let of = |kind: &str| received.iter().filter(|event| event["webhook_type"] == kind).collect::<Vec<_>>();
        let status = of("user.status.updated");
        assert_eq!(status.len(), 1, "{received:?}");
        assert_eq!((&status[0]["previous_status"], &status[0]["status"]), (&json!("ACTIVE"), &json!("FLAGGED")));
        assert_eq!((&status[0]["vendor_data"], &status[0]["environment"]), (&json!("user-1"), &json!("sandbox")));
        let data = of("user.data.updated");
        let first = data.iter().find(|event| event["changes"].get("vendor_data").is_some()).unwrap();
        assert_eq!(first["changes"]["session_count"], json!({"previous": null, "current": 1}));
        let approved = data.iter().find(|event| event["changes"].get("approved_count").is_some()).unwrap();
        assert_eq!(approved["changes"]["approved_count"], json!({"previous": 0, "current": 1}));
        assert!(approved["changed_fields"].as_array().unwrap().contains(&json!("full_name")));
    }

    async fn businesses_mirror_users(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let body = json!({
            "vendor_data": "company-789", "display_name": "New Corp", "legal_name": "New Corp International Ltd",
            "registration_number": "98765432", "country_code": "DE", "metadata": {"industry": "fintech"}
        });
        let made = integrator.post("/v3/businesses/create/", &body).await;
        assert_eq!((made.status, made.text("effective_name")), (201, "New Corp".to_owned()), "{}", made.body);
        assert_eq!(made.body.as_object().unwrap().len(), 21, "{}", made.body);
        let again = integrator.post("/v3/businesses/create/", &body).await;
        assert_eq!(again.body, json!({"vendor_data": ["A business with this vendor_data already exists."]}));
        for _ in 0..2 {
            assert_eq!(integrator.post("/v3/businesses/create/", &json!({})).await.status, 201, "vendor_data may be absent");
        }
        assert_eq!(integrator.get("/v3/businesses/").await.body["count"], 3);
        let path = "/v3/businesses/company-789/";
        assert_eq!(integrator.get(path).await.body, made.body);
        assert_eq!(app.sandbox_integrator().get(path).await.status, 404, "not theirs");
        let blocked = integrator.patch(path, &json!({"status": "BLOCKED", "legal_name": "Newer Corp Ltd"})).await;
        assert_eq!((blocked.status, blocked.text("legal_name")), (200, "Newer Corp Ltd".to_owned()));
        let list = integrator.get("/v3/lists/?entry_type=business").await.body["results"][0].clone();
        assert_eq!(list["entry_count"], 1, "a patch keeps the block list in step");
        let active = integrator.patch(&format!("{path}update-status/"), &json!({"status": "ACTIVE"})).await;
        assert_eq!((active.status, active.text("status")), (200, "ACTIVE".to_owned()));
        assert_eq!(app.sandbox_integrator().patch(&format!("{path}update-status/"), &json!({"status": "ACTIVE"})).await.status, 404);
        let nobody = integrator.post("/v3/businesses/delete/", &json!({})).await;
        let message = "Provide vendor_data_list, didit_internal_id_list, or set delete_all=true.";
        assert_eq!((nobody.status, nobody.body), (400, json!([message])));
        let ids = json!({"didit_internal_id_list": [made.body["didit_internal_id"]]});
        assert_eq!(app.sandbox_integrator().post("/v3/businesses/delete/", &ids).await.body, json!({"deleted": 0}));
        assert_eq!(integrator.post("/v3/businesses/delete/", &ids).await.body, json!({"deleted": 1}));
        assert_eq!(integrator.get(path).await.status, 404);
    }
}
