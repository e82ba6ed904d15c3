//! Business sessions: key people, their own sessions, and what those come to.

use serde_json::{Value, json};
use testkit::app::{Caller, Reply};
use testkit::{HttpSink, TestApp};

/// A business workflow that verifies owners by this one.
async fn business_workflow(integrator: &Caller, kyc: &Value) -> Value {
    let config = json!({
        "kyb_require_ubo_kyc": true, "kyb_ubo_verification_workflow": kyc, "kyb_notify_parties_by_email": true
    });
    let features = json!([{"feature": "KYB_REGISTRY"}, {"feature": "KYB_KEY_PEOPLE", "config": config}]);
    let body = json!({"workflow_label": "Companies", "features": features});
    let made = integrator.post("/v3/workflows/", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made.body["uuid"].clone()
}

async fn start(integrator: &Caller, workflow: &Value) -> Reply {
    let details = json!({"company_name": "Acme Trading Ltd", "registration_number": "12345678", "registry_country": "GB", "first_name": "Jane"});
    let body = json!({
        "workflow_id": workflow, "vendor_data": "company-1", "expected_details": details,
        "contact_details": {"email": "office@example.com", "phone": "+15550101000"}
    });
    let session = integrator.post("/v3/session/", &body).await;
    assert_eq!(session.status, 201, "{}", session.body);
    session
}

fn owner(name: &str, share: f64) -> Value {
    json!({
        "first_name": name, "last_name": "Sample", "email": format!("{}@example.com", name.to_lowercase()),
        "roles": [{"role": "ubo", "ownership_percent": share}]
    })
}

fn path(session: &Reply) -> String {
    format!("/v3/session/{}/kyb/parties/", session.text("session_id"))
}

async fn decision(integrator: &Caller, session: &Reply) -> Value {
    integrator.get(&format!("/v3/session/{}/decision/", session.text("session_id"))).await.body
}

async fn complete(integrator: &Caller, party: &Value) {
    let child = party["kyc_session_id"].as_str().unwrap();
    let done = integrator.post(&format!("/v3/session/{child}/sandbox/complete/"), &json!({})).await;
    assert_eq!(done.status, 200, "{}", done.body);
}

testkit::both_databases! {
    async fn a_company_waits_for_its_owners_and_is_approved_with_them(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let sink = HttpSink::start().await;
        let hook = json!({"label": "A", "url": sink.url("/hook"), "subscribed_events": ["status.updated"]});
        integrator.post("/v3/webhook/destinations/", &hook).await;
        let workflow = business_workflow(&integrator, &json!(app.sandbox.kyc)).await;
        let session = start(&integrator, &workflow).await;
        let early = decision(&integrator, &session).await;
        assert_eq!((&early["session_kind"], &early["key_people_checks"]), (&json!("business"), &json!([])));
        assert!(early.get("id_verifications").is_none(), "arrays of its own kind only");
        assert!(early["expected_details"].get("first_name").is_none() && early["contact_details"]["phone"].is_null());
        let submit = format!("{}submit/", path(&session));
        let nobody = integrator.post(&submit, &json!({"locale": "en"})).await;
        assert_eq!((nobody.status, nobody.body), (400, json!({"parties": ["This field is required."]})));
        let director = json!({"first_name": "Dan", "last_name": "Sample", "roles": [{"role": "director"}]});
        let parties = json!([owner("Jane", 60.0), owner("Joe", 10.0), director]);
        let named = integrator.post(&submit, &json!({"locale": "es", "parties": parties})).await;
        assert_eq!((named.status, named.text("status")), (200, "Awaiting User".to_owned()), "{}", named.body);
        let required: Vec<_> = named.body["parties"].as_array().unwrap().iter().map(|party| party["requires_verification"].clone()).collect();
        assert_eq!((required, &named.body["already_submitted"]), (vec![json!(true), json!(false), json!(false)], &json!(false)));
        let jane = named.body["parties"][0].clone();
        assert!(jane["kyc_session_url"].as_str().unwrap().contains("/es/session/"), "{jane}");
        let again = integrator.post(&submit, &json!({})).await;
        assert_eq!((again.status, &again.body["already_submitted"], &again.body["parties"][0]["uuid"]), (200, &json!(true), &jane["uuid"]));
        let waiting = decision(&integrator, &session).await;
        let check = &waiting["key_people_checks"][0];
        assert_eq!((&waiting["status"], &check["status"]), (&json!("Awaiting User"), &json!("Awaiting User")));
        assert_eq!(check["ubo_kyc_summary"], json!({"total": 1, "approved": 0, "flagged": 0, "pending": 1}));
        assert_eq!(check["submitted"]["parties"][0]["kyc_session_status"], "Not Started");
        app.run_jobs().await;
        let invite = app.mail.wait_for(1).await.remove(0);
        assert!(invite.text().contains("/es/session/"), "the owner is invited");
        complete(&integrator, &jane).await;
        for _ in 0..10 {
            app.run_jobs().await;
            app.clock.advance(jiff::SignedDuration::from_secs(5));
        }
        let done = decision(&integrator, &session).await;
        assert_eq!(done["status"], "Approved", "{done}");
        assert_eq!(done["key_people_checks"][0]["ubo_kyc_summary"]["approved"], 1);
        let business = integrator.get("/v3/businesses/company-1/").await.body;
        assert_eq!((&business["approved_count"], &business["legal_name"], &business["features"]), (&json!(1), &json!("Acme Trading Ltd"), &json!({"KYB": "Approved"})));
        assert_eq!(integrator.get("/v3/users/").await.body["count"], 0, "a company is no user");
        let events: Vec<Value> = sink.wait_for(7).await.iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect();
        let of_company: Vec<_> = events.iter().filter(|event| event["session_kind"] == "business").collect();
        let statuses: Vec<_> = of_company.iter().map(|event| event["status"].clone()).collect();
        assert_eq!(statuses, ["Not Started", "In Progress", "Awaiting User", "Approved"]);
        for event in of_company {
            assert_eq!(event["business_session_id"], session.body["session_id"]);
            assert_eq!(event["vendor_business_id"], business["didit_internal_id"]);
        }
    }

    async fn an_owner_who_fails_declines_the_company(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let workflow = business_workflow(&integrator, &json!(app.sandbox.kyc)).await;
        let session = start(&integrator, &workflow).await;
        let mut jane = owner("Jane", 60.0);
        jane["email"] = json!("decline_document_expired@sandbox.example");
        let parties = json!({"parties": [jane, owner("Joe", 40.0)]});
        let named = integrator.post(&format!("{}submit/", path(&session)), &parties).await;
        complete(&integrator, &named.body["parties"][0]).await;
        app.run_jobs().await;
        assert_eq!(decision(&integrator, &session).await["status"], "Awaiting User", "the other is not done");
        complete(&integrator, &named.body["parties"][1]).await;
        app.run_jobs().await;
        let done = decision(&integrator, &session).await;
        assert_eq!((&done["status"], &done["key_people_checks"][0]["ubo_kyc_summary"]["flagged"]), (&json!("Declined"), &json!(1)));
    }

    async fn a_registry_that_was_not_asked_never_approves(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let workflow = business_workflow(&integrator, &json!(app.live.kyc)).await;
        let session = start(&integrator, &workflow).await;
        let submit = format!("{}submit/", path(&session));
        let director = json!({"first_name": "Dan", "last_name": "Sample", "roles": [{"role": "director"}]});
        let named = integrator.post(&submit, &json!({"parties": [director]})).await;
        assert_eq!((named.status, named.text("status")), (200, "In Review".to_owned()), "{}", named.body);
        let view = decision(&integrator, &session).await;
        assert_eq!(view["registry_checks"][0]["status"], "Not Finished");
        assert_eq!(view["registry_checks"][0]["company"]["company_name"], "Acme Trading Ltd");
        assert_eq!(view["key_people_checks"][0]["status"], "Approved");
        app.run_jobs().await;
        assert_eq!(decision(&integrator, &session).await["status"], "In Review", "the check's own job comes too late");
    }

    async fn a_dead_link_of_a_party_is_replaced(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let workflow = business_workflow(&integrator, &json!(app.sandbox.kyc)).await;
        let session = start(&integrator, &workflow).await;
        let named = integrator.post(&format!("{}submit/", path(&session)), &json!({"parties": [owner("Jane", 60.0)]})).await;
        let party = named.body["parties"][0].clone();
        let regenerate = format!("{}{}/regenerate/", path(&session), party["uuid"].as_str().unwrap());
        assert_eq!(integrator.post(&regenerate, &json!({})).await.status, 400, "the link is good");
        assert_eq!(app.integrator().post(&regenerate, &json!({})).await.status, 404, "not theirs");
        let child = party["kyc_session_id"].as_str().unwrap();
        assert_eq!(integrator.delete(&format!("/v3/session/{child}/delete/")).await.status, 204);
        let replaced = integrator.post(&regenerate, &json!({})).await;
        assert_eq!(replaced.status, 200, "{}", replaced.body);
        assert_ne!(replaced.body["kyc_session_id"], party["kyc_session_id"]);
        let nowhere = format!("{}11111111-2222-3333-4444-555555555555/regenerate/", path(&session));
        assert_eq!(integrator.post(&nowhere, &json!({})).await.status, 404);
    }

    async fn parties_that_make_no_sense_are_refused_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let workflow = business_workflow(&integrator, &json!(app.sandbox.kyc)).await;
        let session = start(&integrator, &workflow).await;
        let submit = format!("{}submit/", path(&session));
        let required = json!(["This field is required."]);
        let cases = [
            (json!({"parties": "me"}), json!({"parties": ["Expected a list of items but got type \"str\"."]})),
            (json!({"parties": [{}]}), json!({"parties": {"0": {"roles": required}}})),
            (
                json!({"parties": [{"entity_type": "company", "roles": [{"role": "ubo"}]}]}),
                json!({"parties": {"0": {"company_name": required}}}),
            ),
            (
                json!({"parties": [{"first_name": "A", "last_name": "B", "roles": [{"role": "king", "ownership_percent": 200}]}]}),
                json!({"parties": {"0": {"roles": {"0": {"role": ["\"king\" is not a valid choice."], "ownership_percent": ["Must be between 0 and 100."]}}}}}),
            ),
        ];
        for (body, errors) in cases {
            let reply = integrator.post(&submit, &body).await;
            assert_eq!((reply.status, &reply.body), (400, &errors));
        }
        let sound = json!({"parties": [owner("Jane", 60.0)]});
        assert_eq!(app.integrator().post(&submit, &sound).await.status, 404, "not theirs");
        let person = integrator.post("/v3/session/", &json!({"workflow_id": app.sandbox.kyc})).await;
        assert_eq!(integrator.post(&format!("{}submit/", path(&person)), &sound).await.status, 404, "no business session");
    }
}
