//! A reviewer's corrections of what a document said.

use serde_json::{Value, json};
use testkit::app::Reply;
use testkit::{HttpSink, TestApp};

use crate::lifecycle::{completed, completed_on, decision, listening, settle, told, workflow};

async fn correct(app: &TestApp, id: &str, body: &Value) -> Reply {
    app.sandbox_integrator().patch(&format!("/v3/session/{id}/update-data/"), body).await
}

async fn heard(app: &TestApp, sink: &HttpSink) -> Vec<Value> {
    settle(app).await;
    told(sink).into_iter().filter(|event| event["webhook_type"] == "data.updated").collect()
}

testkit::both_databases! {
    async fn what_was_misread_is_corrected_and_told(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let id = completed(&app, "approve", json!({})).await;
        let body = json!({
            "first_name": "Carmen", "last_name": "Espanola", "date_of_birth": "1980-01-01", "issuing_state": "esp",
            "document_type": "Identity Card", "marital_status": "MARRIED", "extra_fields": {"blood_group": "O+"},
            "parsed_address": {"street_1": "Avda de Madrid 34", "city": "Madrid", "postal_code": "28013", "country": "es"},
            "personal_number": null
        });
        let done = correct(&app, &id, &body).await;
        assert_eq!(done.status, 200, "{}", done.body);
        let keys: Vec<_> = done.body.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, [
            "document_type", "document_subtype", "document_number", "personal_number", "date_of_birth", "date_of_issue",
            "expiration_date", "issuing_state", "first_name", "last_name", "gender", "address", "place_of_birth",
            "nationality", "marital_status", "extra_fields", "parsed_address"
        ]);
        assert_eq!((&done.body["document_type"], &done.body["issuing_state"], &done.body["document_number"]), (&json!("ID"), &json!("ESP"), &json!("X00000000")));
        assert_eq!(done.body["parsed_address"]["formatted_address"], "Avda de Madrid 34, Madrid, 28013, ES");
        let now = decision(&app, &id).await.body;
        let entry = &now["id_verifications"][0];
        assert_eq!((&entry["full_name"], &entry["issuing_state_name"], &entry["age"]), (&json!("Carmen Espanola"), &json!("Spain"), &json!(46)));
        assert_eq!((&entry["document_type"], &entry["formatted_address"]), (&json!("Identity Card"), &done.body["parsed_address"]["formatted_address"]));
        assert_eq!((&now["status"], &entry["status"]), (&json!("Approved"), &json!("Approved")), "nothing is judged anew");
        let events = heard(&app, &sink).await;
        assert_eq!((events.len(), &events[0]["decision"], &events[0]["trigger"]), (1, &now, &json!("manual_review")));
        let trail = app.sandbox_integrator().get(&format!("/v3/sessions/{id}/reviews/")).await.body;
        let row = &trail["results"][0];
        assert_eq!((&row["activity_type"], &row["previous_value"]["first_name"], &row["new_value"]["first_name"]), (&json!("KYC_DATA_UPDATED"), &json!("ALEX"), &json!("Carmen")));
        let same = correct(&app, &id, &json!({"first_name": "Carmen"})).await;
        assert_eq!((same.status, heard(&app, &sink).await.len()), (200, 2), "told although nothing changed");
        let nothing = correct(&app, &id, &json!({})).await;
        assert_eq!((nothing.status, &nothing.body, heard(&app, &sink).await.len()), (200, &same.body, 2));
        let removed = correct(&app, &id, &json!({"extra_fields": {"blood_group": ""}, "parsed_address": null})).await;
        assert_eq!((&removed.body["extra_fields"], &removed.body["parsed_address"]), (&json!({}), &Value::Null));
    }

    async fn corrections_that_make_no_sense_are_refused_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let id = completed(&app, "approve", json!({})).await;
        let before = decision(&app, &id).await.body;
        let allowed = "Unsupported key. Allowed keys: address_type, city, region, street_1, street_2, postal_code, country";
        for (body, wrong) in [
            (json!({"gender": "X"}), json!({"gender": ["\"X\" is not a valid choice."]})),
            (json!({"document_type": "PASSPORT"}), json!({"document_type": ["\"PASSPORT\" is not a valid choice."]})),
            (json!({"issuing_state": "ES"}), json!({"issuing_state": ["Invalid ISO 3166-1 alpha-3 country code for issuing_state."]})),
            (json!({"marital_status": null}), json!({"marital_status": ["This field may not be null."]})),
            (json!({"date_of_birth": "01/02/1980"}), json!({"date_of_birth": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]})),
            (json!({"parsed_address": {"zipcode": "1"}}), json!({"parsed_address": {"zipcode": allowed}})),
            (json!({"parsed_address": {"country": "ESP"}}), json!({"parsed_address": {"country": "Invalid ISO 3166-1 alpha-2 country code."}})),
            (json!({"extra_fields": [1]}), json!({"extra_fields": ["This field must be a JSON object."]})),
            (json!({"first_name": "a\u{0}"}), json!({"first_name": ["Null characters are not allowed."]})),
        ] {
            let refused = correct(&app, &id, &body).await;
            assert_eq!((refused.status, refused.body), (400, wrong));
        }
        assert_eq!(decision(&app, &id).await.body, before, "nothing changed");
    }

    async fn only_what_was_read_and_judged_is_corrected(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let id = completed(&app, "approve", json!({})).await;
        let missing = |sentence: &str| json!({"detail": sentence});
        let elsewhere = integrator.patch(&format!("/v3/session/{id}/update-data/?node_id=x_1"), &json!({"gender": "F"})).await;
        assert_eq!((elsewhere.status, elsewhere.body), (404, missing("The session does not have a KYC for node 'x_1'.")));
        let address = integrator.patch(&format!("/v3/session/{id}/update-poa-data/"), &json!({})).await;
        assert_eq!((address.status, address.body), (404, missing("The session does not have a POA.")));
        let fresh = integrator.post("/v3/session/", &json!({"workflow_id": app.sandbox.kyc})).await.text("session_id");
        let early = correct(&app, &fresh, &json!({"gender": "F"})).await;
        assert_eq!((early.status, early.body), (404, missing("No Session matches the given query.")));
        let unknown = correct(&app, "11111111-2222-3333-4444-555555555555", &json!({})).await;
        assert_eq!((unknown.status, unknown.body), (404, missing("Not found.")));
        let foreign = app.integrator().patch(&format!("/v3/session/{id}/update-data/"), &json!({})).await;
        assert_eq!(foreign.status, 404, "not theirs");
    }

    async fn a_proof_of_address_is_corrected_and_told_when_it_changed(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let both = workflow(&app, &app.sandbox_integrator(), &["OCR", "PROOF_OF_ADDRESS"]).await;
        let id = completed_on(&app, &both, "approve", json!({})).await;
        let path = format!("/v3/session/{id}/update-poa-data/");
        let body = json!({
            "issuer": "Banco Example S.A.", "document_type": "BANK_STATEMENT", "issue_date": "2026-05-02",
            "extra_fields": {"bank_iban": "ES9121000418450200051332", "additional_names": ["C. Espanola"], "own": 1},
            "poa_parsed_address": {"street_1": "Avda de Madrid 34", "country": "ES"}
        });
        let done = app.sandbox_integrator().patch(&path, &body).await;
        assert_eq!((done.status, &done.body["poa_formatted_address"]), (200, &json!("Avda de Madrid 34, Sampleton, 00000, ES")), "{}", done.body);
        let extra = &done.body["extra_fields"];
        assert_eq!((&extra["bank_swift_bic"], &extra["additional_names"], &extra["own"]), (&Value::Null, &json!(["C. Espanola"]), &json!(1)));
        assert_eq!(heard(&app, &sink).await.len(), 1);
        assert_eq!(app.sandbox_integrator().patch(&path, &body).await.body, done.body);
        assert_eq!(heard(&app, &sink).await.len(), 1, "nothing changed, nobody is told");
        let names = json!({"extra_fields": {"additional_names": "C"}});
        let wrong = app.sandbox_integrator().patch(&path, &names).await;
        assert_eq!((wrong.status, wrong.body), (400, json!({"extra_fields": {"additional_names": "Must be a list or null."}})));
    }
}
