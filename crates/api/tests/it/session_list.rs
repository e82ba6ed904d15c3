//! The list of sessions by API: rows, filters, search, pages, refusals.

use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::{Caller, Reply};

async fn create(app: &TestApp, mut body: Value) -> Reply {
    body["workflow_id"] = json!(app.sandbox.kyc);
    let reply = app.sandbox_integrator().post("/v3/session/", &body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply
}

/// Four sessions: one approved, one declined, one of Jürgen Müller not started, one of nobody.
async fn four(app: &TestApp) -> Vec<String> {
    let mut ids = Vec::new();
    for body in [
        json!({"vendor_data": "User-123", "sandbox_scenario": "approve"}),
        json!({"vendor_data": "other", "sandbox_scenario": "decline_document_expired"}),
        json!({
            "expected_details": {"first_name": "Jürgen", "last_name": "Müller-O'Hara", "id_country": "DEU"},
            "contact_details": {"email": "Juergen@Example.org", "phone": "+4915112345678"}
        }),
        json!({}),
    ] {
        let scenario = body.get("sandbox_scenario").is_some();
        let id = create(app, body).await.text("session_id");
        if scenario {
            let path = format!("/v3/session/{id}/sandbox/complete/");
            assert_eq!(app.sandbox_integrator().post(&path, &json!({})).await.status, 200);
        }
        ids.push(id);
    }
    ids
}

/// Positions in `ids` of what a query finds.
async fn found(api: &Caller, ids: &[String], query: &str) -> Vec<usize> {
    let reply = api.get(&format!("/v3/sessions/?{query}")).await;
    assert_eq!(reply.status, 200, "{query}: {}", reply.body);
    let rows = reply.body["results"].as_array().unwrap();
    assert_eq!(reply.body["count"], json!(rows.len()), "{query}");
    rows.iter().map(|row| ids.iter().position(|id| row["session_id"] == json!(id)).unwrap()).collect()
}

testkit::both_databases! {
    async fn a_row_says_what_is_known(database: &Database) {
        let app = TestApp::start(database).await;
        let ids = four(&app).await;
        let api = app.sandbox_integrator();
        let reply = api.get("/v3/sessions").await;
        assert_eq!(reply.status, 200, "without the slash too");
        assert_eq!((&reply.body["count"], &reply.body["next"], &reply.body["previous"]), (&json!(4), &Value::Null, &Value::Null));
        let rows = reply.body["results"].as_array().unwrap();
        let numbers: Vec<_> = rows.iter().map(|row| row["session_number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, [4, 3, 2, 1], "newest first");
        let approved = &rows[3];
        assert_eq!(approved["session_id"], json!(ids[0]));
        for (field, value) in [
            ("session_kind", json!("user")), ("status", json!("Approved")), ("document_type", json!("Passport")),
            ("full_name", json!("ALEX SAMPLE")), ("country", json!("UTO")), ("vendor_data", json!("User-123")),
            ("portrait_image", Value::Null), ("phone_number", Value::Null),
        ] {
            assert_eq!(approved[field], value, "{field}");
        }
        let features: Vec<_> = approved["features"].as_array().unwrap().iter().map(|step| (step["feature"].as_str().unwrap(), step["status"].as_str().unwrap())).collect();
        assert_eq!(features[0], ("ID_VERIFICATION", "Approved"));
        let contact = &rows[1];
        assert_eq!(contact["full_name"], json!("Jürgen Müller-O'Hara"));
        assert_eq!(contact["country"], json!("DEU"));
        assert_eq!(contact["phone_number"], json!({"number": "+4915112345678", "is_verified": false}));
        assert_eq!(contact["email_address"], json!({"email": "Juergen@Example.org", "is_verified": false}));
        assert!(contact["features"].as_array().unwrap().iter().all(|step| step["status"] == "Not Finished"));
        assert_eq!((&rows[0]["full_name"], &rows[0]["additional_details"]), (&Value::Null, &Value::Null));
        let keys: Vec<_> = rows[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, [
            "session_id", "session_kind", "session_number", "session_url", "portrait_image", "document_type", "full_name",
            "country", "status", "vendor_data", "didit_internal_id", "created_at", "features", "phone_number",
            "email_address", "additional_details"
        ]);
    }

    async fn filters_combine(database: &Database) {
        let app = TestApp::start(database).await;
        let (ids, api) = (four(&app).await, app.sandbox_integrator());
        let kyc = app.sandbox.kyc;
        let other = "11111111-2222-3333-4444-555555555555";
        for (query, expected) in [
            ("status=Approved", vec![0]),
            ("status=Approved,Declined", vec![1, 0]),
            ("status=Not%20Started&status=Declined", vec![1]),
            ("status=approved", vec![]),
            ("status=Nonsense", vec![]),
            ("vendor_data=User-123", vec![0]),
            ("vendor_data=user-123", vec![]),
            ("vendor_data=User", vec![]),
            ("country=uto,ESP", vec![1, 0]),
            ("country=DEU", vec![2]),
            ("country=DEU&status=Approved", vec![]),
            ("document_type=P", vec![1, 0]),
            ("document_type=ID", vec![]),
            ("warning=DOCUMENT_EXPIRED,POSSIBLE_FRAUD", vec![1]),
            (&format!("workflow_id={kyc},nonsense"), vec![3, 2, 1, 0]),
            (&format!("workflow_id={other}"), vec![]),
            ("workflow_id=nonsense", vec![]),
            ("date_from=2026-06-01&date_to=2026-06-01", vec![3, 2, 1, 0]),
            ("date_from=2026-06-02", vec![]),
            ("date_to=2026-05-31", vec![]),
            ("date_to=9999-12-31&date_from=-009999-01-01".split('&').next().unwrap(), vec![3, 2, 1, 0]),
            ("session_kind=business", vec![]),
            ("session_kind=ALL&status=Approved", vec![0]),
            ("session_type=HOSTED", vec![3, 2, 1, 0]),
            ("session_type=API,MIGRATED", vec![]),
            ("session_type=ALL", vec![3, 2, 1, 0]),
            ("api_service=AML", vec![]),
            ("status_initialized_as_in_review=true", vec![]),
            ("is_kyc_to_be_reviewed=false", vec![1, 0]),
            ("is_kyc_to_be_reviewed=true", vec![]),
            ("organization_name=Acme", vec![3, 2, 1, 0]),
            ("organization_name=Other", vec![]),
            (&format!("didit_internal_id={other}"), vec![]),
            (&format!("euuid={other}"), vec![]),
            ("region=CA&document_name=x&screened_full_name=jane", vec![]),
            ("unknown=1&limit=-1&offset=x&is_kyc_to_be_reviewed=maybe", vec![3, 2, 1, 0]),
        ] {
            assert_eq!(found(&api, &ids, query).await, expected, "{query}");
        }
    }

    async fn whole_words_and_whole_numbers_are_found_however_they_are_typed(database: &Database) {
        let app = TestApp::start(database).await;
        let (ids, api) = (four(&app).await, app.sandbox_integrator());
        for (query, expected) in [
            ("alex", vec![1, 0]),
            ("sample%20ALEX", vec![1, 0]),
            ("alex%20jones", vec![]),
            ("ale", vec![]),
            ("muller", vec![2]),
            ("M%C3%BCLLER", vec![2]),
            ("mueller%20juergen", vec![2]),
            ("o%27hara", vec![2]),
            ("USER-123", vec![0]),
            ("user%20123", vec![0]),
            ("x00000000", vec![1, 0]),
            ("X-0000%200000", vec![1, 0]),
            ("%2B49%20151%2012345678", vec![2]),
            ("juergen@example.ORG", vec![2]),
            ("juergen@", vec![2]),
            ("3", vec![2]),
            ("%00", vec![]),
            ("%FF%FE", vec![]),
            (&ids[3], vec![3]),
            (&"a".repeat(5000), vec![]),
        ] {
            assert_eq!(found(&api, &ids, &format!("search={query}")).await, expected, "{query}");
        }
        assert_eq!(found(&api, &ids, "search=alex&status=Declined").await, [1]);
        // What is erased is not found, and another application finds nothing at all.
        assert_eq!(api.delete(&format!("/v3/session/{}/delete/", ids[0])).await.status, 204);
        assert_eq!(found(&api, &ids, "search=alex").await, [1]);
        assert_eq!(found(&api, &ids, "").await, [3, 2, 1]);
        for query in ["", "search=alex", &format!("search={}", ids[3]), "vendor_data=other"] {
            assert_eq!(found(&app.integrator(), &ids, query).await, [0_usize; 0], "{query}");
        }
    }

    async fn pages_link_to_each_other_under_the_same_filters(database: &Database) {
        let app = TestApp::start(database).await;
        let (ids, api) = (four(&app).await, app.sandbox_integrator());
        let first = api.get("/v3/sessions/?limit=3&country=UTO,DEU&session_kind=all").await.body;
        assert_eq!((&first["count"], first["results"].as_array().unwrap().len()), (&json!(3), 3));
        assert_eq!(first["next"], Value::Null);
        let first = api.get("/v3/sessions/?limit=2&country=UTO%2CDEU").await.body;
        let next = first["next"].as_str().unwrap();
        assert_eq!(next, format!("{}/v3/sessions/?limit=2&offset=2&country=UTO%2CDEU", app.base_url));
        let second = api.get(next.strip_prefix(&app.base_url).unwrap()).await.body;
        assert_eq!(second["results"][0]["session_id"], json!(ids[0]));
        assert_eq!(second["next"], Value::Null);
        assert_eq!(second["previous"], json!(format!("{}/v3/sessions/?limit=2&offset=0&country=UTO%2CDEU", app.base_url)));
    }

    async fn values_of_a_wrong_type_are_refused(database: &Database) {
        let app = TestApp::start(database).await;
        let api = app.integrator();
        for (query, body) in [
            ("session_kind=foo", json!({"session_kind": "Must be \"user\", \"business\", or \"all\"."})),
            ("date_from=yesterday", json!({"date_from": ["Enter a valid date."]})),
            ("date_to=2026-02-30", json!({"date_to": ["Enter a valid date."]})),
            ("didit_internal_id=7", json!({"didit_internal_id": ["Enter a valid UUID."]})),
            ("euuid=7", json!({"euuid": ["Enter a valid UUID."]})),
            ("api_service=FOO", json!({"api_service": ["Select a valid choice. FOO is not one of the available choices."]})),
        ] {
            let refused = api.get(&format!("/v3/sessions/?{query}")).await;
            assert_eq!((refused.status, refused.body), (400, body), "{query}");
        }
        assert_eq!(app.stranger().get("/v3/sessions/").await.status, 403);
    }
}
