//! Lists, what is on them, and what that does.

use serde_json::{Value, json};
use testkit::TestApp;

const PATH: &str = "/v3/lists/";

testkit::both_databases! {
    async fn every_application_has_ten_system_block_lists(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let page = integrator.get(PATH).await;
        assert_eq!((page.status, page.body["count"].clone()), (200, json!(10)), "{}", page.body);
        let lists = page.body["results"].as_array().unwrap().clone();
        assert!(lists.iter().all(|list| list["is_system"] == true && list["list_type"] == "blocklist"));
        assert!(!lists.iter().any(|list| list["entry_type"] == "country" || list["entry_type"] == "key"));
        let path = format!("{PATH}{}/", lists[0]["uuid"].as_str().unwrap());
        assert_eq!(integrator.patch(&path, &json!({"name": "Mine"})).await.status, 400, "they stay as they are");
        assert_eq!(integrator.delete(&path).await.status, 400);
        assert_eq!(app.sandbox_integrator().get(&path).await.status, 404, "not theirs");
        let half = integrator.get("/v3/lists/?limit=6&list_type=blocklist").await.body;
        let next = half["next"].as_str().unwrap().strip_prefix(&app.base_url).unwrap().to_owned();
        assert!(next.contains("list_type=blocklist"), "{next}");
        let rest = integrator.get(&next).await.body;
        assert_eq!((rest["results"].as_array().unwrap().len(), &rest["next"]), (4, &Value::Null));
        let wrong = integrator.get("/v3/lists/?entry_type=shoe&ordering=colour").await;
        assert_eq!(wrong.status, 400);
        let message = "Select a valid choice. shoe is not one of the available choices.";
        assert_eq!(wrong.body["entry_type"], json!([message]));
    }

    async fn a_list_is_made_read_changed_and_removed(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let body = json!({"name": "Trusted partners", "description": "By hand", "list_type": "allowlist", "entry_type": "email"});
        let made = integrator.post(PATH, &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let expected = json!({"is_system": false, "entry_count": 0, "last_entry_added_at": null});
        for (name, value) in body.as_object().unwrap().iter().chain(expected.as_object().unwrap()) {
            assert_eq!(&made.body[name], value, "{name}");
        }
        let taken = integrator.post(PATH, &body).await;
        assert_eq!((taken.status, taken.body), (400, json!({"name": ["A list with this name already exists."]})));
        assert_eq!(app.sandbox_integrator().post(PATH, &body).await.status, 201, "a name per application");
        let path = format!("{PATH}{}/", made.text("uuid"));
        assert_eq!(app.sandbox_integrator().patch(&path, &json!({})).await.status, 404, "not theirs");
        let changed = integrator.patch(&path, &json!({"name": "Partners", "description": null})).await;
        assert_eq!((changed.status, changed.text("name"), changed.body["description"].clone()), (200, "Partners".to_owned(), Value::Null));
        let entries = format!("{path}entries/");
        for value in ["One@Example.com", "two@example.com"] {
            let entry = json!({"value": value, "display_label": "A partner", "metadata": {"n": 1}});
            assert_eq!(integrator.post(&entries, &entry).await.status, 201);
            app.clock.advance(jiff::SignedDuration::from_secs(1));
        }
        let again = integrator.post(&entries, &json!({"value": "ONE@example.com"})).await;
        assert_eq!((again.status, again.body["value"].is_array()), (400, true));
        let page = integrator.get(&entries).await.body;
        assert_eq!((&page["count"], &page["results"][1]["value"]), (&json!(2), &json!("one@example.com")));
        assert_eq!((&page["results"][0]["added_by"], &page["results"][0]["metadata"]), (&json!("api"), &json!({"n": 1})));
        let found = integrator.get(&format!("{entries}?search=TWO")).await.body;
        assert_eq!((&found["count"], &found["results"][0]["value"]), (&json!(1), &json!("two@example.com")));
        assert_eq!(integrator.get("/v3/lists/?ordering=-entry_count&limit=1").await.body["results"][0]["entry_count"], 2);
        assert_eq!(app.sandbox_integrator().get(&entries).await.status, 404, "not theirs");
        assert_eq!(app.sandbox_integrator().post(&entries, &json!({"value": "x@example.com"})).await.status, 404);
        let entry = format!("{entries}{}/", page["results"][0]["uuid"].as_str().unwrap());
        assert_eq!(app.sandbox_integrator().delete(&entry).await.status, 404);
        assert_eq!((integrator.delete(&entry).await.status, integrator.delete(&entry).await.status), (204, 404));
        assert_eq!((integrator.delete(&path).await.status, integrator.get(&path).await.status), (204, 404));
    }

    async fn what_cannot_be_on_a_list_is_refused(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let required = json!(["This field is required."]);
        let missing = integrator.post(PATH, &json!({"list_type": "blocklist"})).await;
        let errors = json!({"name": required, "list_type": ["\"blocklist\" is not a valid choice."], "entry_type": required});
        assert_eq!((missing.status, missing.body), (400, errors));
        let lists = integrator.get(PATH).await.body;
        let entries_of = |kind: &str| {
            let list = lists["results"].as_array().unwrap().iter().find(|list| list["entry_type"] == kind).unwrap();
            format!("{PATH}{}/entries/", list["uuid"].as_str().unwrap())
        };
        let cases = [
            ("email", "nobody"), ("phone", "612345678"), ("ip_address", "203.0.113.0/40"), ("device_fingerprint", "x"),
            ("face", "aGVsbG8="), ("document", "  "), ("user", ""),
        ];
        for (kind, value) in cases {
            let reply = integrator.post(&entries_of(kind), &json!({"value": value})).await;
            assert_eq!((reply.status, reply.body["value"].is_array()), (400, true), "{kind} {}", reply.body);
        }
        let nothing = integrator.post(&entries_of("email"), &json!({})).await;
        assert_eq!((nothing.status, nothing.body), (400, json!({"value": required})));
        let nowhere = json!({"reference_session_id": "11111111-2222-3333-4444-555555555555"});
        let reply = integrator.post(&entries_of("document"), &nowhere).await;
        assert_eq!((reply.status, reply.body), (400, json!({"reference_session_id": ["Session not found."]})));
        let upload = format!("{}face-upload/", entries_of("face"));
        assert_eq!(integrator.post(&upload, &json!({"image": "aGVsbG8="})).await.status, 405, "only an entry's DELETE is there");
        for path in ["/v3/lists/nothing/", "/v3/lists/11111111-2222-3333-4444-555555555555/entries/"] {
            assert_eq!(integrator.get(path).await.status, 404, "{path}");
        }
    }

    async fn what_a_session_holds_goes_on_the_list(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let body = json!({"workflow_id": app.sandbox.kyc, "sandbox_scenario": "approve", "vendor_data": "user-1"});
        let session = integrator.post("/v3/session/", &body).await.text("session_id");
        let reference = json!({"session_id": session, "blocklist_document": true});
        let early = integrator.post("/v3/blocklist/add/", &reference).await;
        assert_eq!((early.status, early.body["session_id"].is_array()), (400, true), "nothing was read yet: {}", early.body);
        integrator.post(&format!("/v3/session/{session}/sandbox/complete/"), &json!({})).await;
        let added = integrator.post("/v3/blocklist/add/", &reference).await;
        assert_eq!((added.status, &added.body["items"]), (200, &json!(["document"])), "{}", added.body);
        assert_eq!(integrator.post("/v3/blocklist/add/", &reference).await.status, 200, "twice is once");
        assert_eq!(app.integrator().post("/v3/blocklist/add/", &reference).await.status, 400, "not theirs");
        let items = integrator.get("/v3/blocklist/?item_type=document").await.body;
        assert_eq!(items.as_array().unwrap().len(), 1);
        assert_eq!((&items[0]["session_id"], &items[0]["session_number"]), (&json!(session), &json!(1)));
        assert_eq!((&items[0]["document_number"], &items[0]["document_type"]), (&json!("x00000000"), &json!("Passport")));
        assert_eq!(integrator.get("/v3/blocklist/?item_type=phone").await.body, json!([]));
        assert_eq!(integrator.get("/v3/blocklist/?item_type=shoe").await.status, 400);
        assert_eq!(app.integrator().get("/v3/blocklist/").await.body, json!([]), "theirs is empty");
        let face = integrator.post("/v3/blocklist/add/", &json!({"session_id": session, "blocklist_face": true})).await;
        assert_eq!((face.status, face.body["blocklist_face"].is_array()), (400, true), "{}", face.body);
        let none = integrator.post("/v3/blocklist/add/", &json!({"session_id": session})).await;
        assert_eq!(none.status, 400);
        let lists = integrator.get("/v3/lists/?entry_type=document").await.body;
        let entries = format!("{PATH}{}/entries/", lists["results"][0]["uuid"].as_str().unwrap());
        let mismatch = integrator.post(&entries, &json!({"reference_session_id": session, "value": "other"})).await;
        assert_eq!((mismatch.status, mismatch.body["value"].is_array()), (400, true));
        let undone = json!({"session_id": session, "unblock_document": true});
        assert_eq!(integrator.post("/v3/blocklist/remove/", &undone).await.status, 200);
        let entry = integrator.post(&entries, &json!({"reference_session_id": session, "value": "X0000-0000"})).await;
        assert_eq!((entry.status, &entry.body["reference_session_number"]), (201, &json!(1)), "{}", entry.body);
    }
}
