//! What one person may not do alone (claim 20): asked by one, approved by another, done once, and both on record.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::{Caller, Reply};
use testkit::database::Database;

use crate::access::{Owner, logged_in, owner};

/// An organisation of two that demands a second person, with a sandbox application.
struct Office {
    app: TestApp,
    ann: Owner,
    ben: Owner,
    /// A program with the sandbox application's own key.
    program: Caller,
    sandbox: String,
}

impl Office {
    async fn open(database: &Database) -> Self {
        let app = TestApp::start(database).await;
        let ann = owner(&app, "ann@yourapp.com").await;
        let ben = ann.colleague(&app, "ben@yourapp.com", "admin").await;
        let applications = format!("/organizations/me/{}/applications/", ann.organization);
        let made =
            ann.requests.post(&applications, &json!({"name": "Tests", "environment": "sandbox"})).await;
        let program = app.stranger().with("x-api-key", &made.text("api_key"));
        let office = Self { program, sandbox: made.text("uuid"), app, ann, ben };
        let demanded = office.demand(&office.ann, true).await;
        assert_eq!((demanded.status, &demanded.body["require_second_person"]), (200, &json!(true)));
        office
    }

    async fn demand(&self, who: &Owner, needed: bool) -> Reply {
        let path = format!("/organizations/{}/", self.ann.organization);
        who.requests.patch(&path, &json!({"require_second_person": needed})).await
    }

    /// Their requests about the sandbox application's sessions.
    fn at_work(&self, who: &Owner) -> Caller {
        let organization = self.ann.organization.as_str();
        who.requests
            .clone()
            .with("x-didit-organization-id", organization)
            .with("x-didit-application-id", &self.sandbox)
    }

    async fn session(&self, scenario: &str) -> String {
        let workflows = self.program.get("/v3/workflows/").await;
        let workflow = &workflows.body["results"][0]["workflow_id"];
        let body = json!({"workflow_id": workflow, "sandbox_scenario": scenario});
        let id = self.program.post("/v3/session/", &body).await.text("session_id");
        let done = self.program.post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await;
        assert_eq!(done.status, 200, "{}", done.body);
        id
    }

    async fn approve_session(&self, who: &Caller, id: &str) -> Reply {
        let body = json!({"new_status": "Approved", "comment": "Seen in person"});
        who.patch(&format!("/v3/session/{id}/update-status/"), &body).await
    }

    async fn status(&self, id: &str) -> String {
        self.program.get(&format!("/v3/session/{id}/decision/")).await.text("status")
    }

    fn path(&self, rest: &str) -> String {
        format!("/organizations/{}/approvals/{rest}", self.ann.organization)
    }

    async fn says(&self, who: &Owner, approval: &str, word: &str) -> Reply {
        who.requests.post(&self.path(&format!("{approval}/{word}/")), &json!({})).await
    }

    /// The record of changes about this object, oldest first.
    async fn record(&self, object: &str) -> Vec<Value> {
        let path = format!("/v3/audit/{}/audit-logs/?object_id={object}", self.ann.organization);
        let mut entries = self.ann.requests.get(&path).await.body["results"].as_array().unwrap().clone();
        entries.reverse();
        entries
    }
}

/// The request that now waits, as told to whoever may not do it alone.
fn waiting(reply: &Reply) -> String {
    assert_eq!(
        (reply.status, reply.text("code")),
        (403, "second_person_needed".to_owned()),
        "{}",
        reply.body
    );
    assert!(reply.text("detail").starts_with("A second person must approve this."));
    reply.text("approval_id")
}

fn refused(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status, reply.text("code")), (status, code.to_owned()), "{}", reply.body);
}

testkit::both_databases! {
    async fn nobody_approves_a_declined_session_alone(database: &Database) {
        let office = Office::open(database).await;
        let id = office.session("decline_document_expired").await;
        let (ann, ben) = (office.at_work(&office.ann), office.at_work(&office.ben));
        let asked = waiting(&office.approve_session(&ann, &id).await);
        assert_eq!(office.status(&id).await, "Declined");
        assert_eq!(waiting(&office.approve_session(&ben, &id).await), asked, "one request for one thing");
        refused(&office.says(&office.ann, &asked, "approve").await, 403, "own_request");
        let request = office.ben.requests.get(&office.path(&format!("{asked}/"))).await;
        assert_eq!((request.text("status"), request.text("comment")), ("pending".into(), "Seen in person".into()));
        assert_eq!((request.text("action"), request.text("object_id")), ("session.approve".into(), id.clone()));
        assert_eq!(request.body["responsible"]["email"], "ann@yourapp.com");

        let approved = office.says(&office.ben, &asked, "approve").await;
        assert_eq!((approved.status, approved.text("status")), (200, "approved".into()), "{}", approved.body);
        assert_eq!(approved.body["decided_by"]["email"], "ben@yourapp.com");
        assert_eq!(office.status(&id).await, "Approved");
        refused(&office.says(&office.ben, &asked, "approve").await, 409, "not_pending");
        refused(&office.says(&office.ann, &asked, "refuse").await, 409, "not_pending");

        let changed = office.record(&id).await.pop().unwrap();
        assert_eq!((&changed["action"], &changed["actor"]["name"]), (&json!("session.status_updated"), &json!("ann@yourapp.com")));
        assert_eq!(changed["details"]["approved_by"], approved.body["decided_by"]["id"]);
        let steps = office.record(&asked).await;
        let steps: Vec<_> = steps.iter().map(|entry| (entry["action"].as_str().unwrap(), entry["actor"]["name"].as_str().unwrap())).collect();
        assert_eq!(steps, [("approval.requested", "ann@yourapp.com"), ("approval.granted", "ben@yourapp.com")]);
        let review = ann.get(&format!("/v3/sessions/{id}/reviews/")).await.body["results"][0].clone();
        assert_eq!((&review["actor_email"], &review["comment"]), (&json!("ann@yourapp.com"), &json!("Seen in person")));

        let open = office.session("approve").await;
        let declined = ann.patch(&format!("/v3/session/{open}/update-status/"), &json!({"new_status": "Declined"})).await;
        assert_eq!(declined.status, 200, "declining needs nobody: {}", declined.body);
    }

    async fn asking_for_steps_again_is_no_way_round(database: &Database) {
        let office = Office::open(database).await;
        let id = office.session("decline_document_expired").await;
        let ann = office.at_work(&office.ann);
        let again = ann.patch(&format!("/v3/session/{id}/update-status/"), &json!({"new_status": "Resubmitted"})).await;
        assert_eq!(again.status, 200, "{}", again.body);
        waiting(&office.approve_session(&ann, &id).await);
    }

    async fn nobody_approves_what_their_own_key_asked_or_what_nobody_stands_behind(database: &Database) {
        let office = Office::open(database).await;
        let id = office.session("decline_document_expired").await;
        let keys = format!("/organizations/{}/applications/{}/api-keys/", office.ann.organization, office.sandbox);
        let scopes = json!({"name": "Ann's", "scopes": {"sessions": "write"}});
        let key = office.ann.requests.post(&keys, &scopes).await.text("api_key");
        let anns = office.app.stranger().with("x-api-key", &key);
        let asked = waiting(&office.approve_session(&anns, &id).await);
        refused(&office.says(&office.ann, &asked, "approve").await, 403, "own_request");
        assert_eq!(office.says(&office.ann, &asked, "refuse").await.text("status"), "refused");
        refused(&office.says(&office.ben, &asked, "approve").await, 409, "not_pending");

        let asked = waiting(&office.approve_session(&office.program, &id).await);
        let taken = office.says(&office.ben, &asked, "approve").await;
        assert_eq!((taken.status, taken.text("status")), (200, "pending".into()), "{}", taken.body);
        assert_eq!(taken.body["responsible"]["email"], "ben@yourapp.com");
        assert_eq!(office.status(&id).await, "Declined");
        refused(&office.says(&office.ben, &asked, "approve").await, 403, "own_request");
        assert_eq!(office.says(&office.ann, &asked, "approve").await.text("status"), "approved");
        assert_eq!(office.status(&id).await, "Approved");
    }

    async fn nobody_erases_sessions_alone(database: &Database) {
        let office = Office::open(database).await;
        let (first, second) = (office.session("approve").await, office.session("approve").await);
        let path = format!("/v3/session/{first}/delete/");
        let asked = waiting(&office.at_work(&office.ann).delete(&path).await);
        assert_eq!(office.status(&first).await, "Approved");
        assert_eq!(office.says(&office.ben, &asked, "approve").await.text("status"), "approved");
        assert_eq!(office.program.get(&format!("/v3/session/{first}/decision/")).await.status, 404);
        let erased = office.record(&first).await.pop().unwrap();
        assert_eq!((&erased["action"], &erased["actor"]["name"]), (&json!("session.deleted"), &json!("ann@yourapp.com")));
        assert!(erased["details"]["approved_by"].is_string(), "{erased}");

        let batch = async |body: Value| office.at_work(&office.ben).post("/v3/sessions/delete/", &body).await;
        assert_eq!(batch(json!({"session_numbers": [4711]})).await.status, 204, "there is nobody to be forgotten");
        let some = waiting(&batch(json!({"session_numbers": [2]})).await);
        let all = waiting(&batch(json!({"delete_all": true})).await);
        let later = office.session("approve").await;
        refused(&office.says(&office.ben, &all, "approve").await, 403, "own_request");
        assert_eq!(office.says(&office.ann, &all, "approve").await.text("status"), "approved");
        assert_eq!(office.program.get(&format!("/v3/session/{second}/decision/")).await.status, 404);
        assert_eq!(office.status(&later).await, "Approved", "it was not there when this was asked");
        refused(&office.says(&office.ann, &some, "approve").await, 409, "object_changed");
        refused(&office.says(&office.ann, &some, "approve").await, 409, "not_pending");
    }

    async fn nobody_erases_users_or_businesses_alone(database: &Database) {
        let office = Office::open(database).await;
        for kind in ["users", "businesses"] {
            let create = async |name: &str| {
                let made = office.program.post(&format!("/v3/{kind}/create/"), &json!({"vendor_data": name})).await;
                assert_eq!(made.status, 201, "{}", made.body);
            };
            let there = async |name: &str| office.program.get(&format!("/v3/{kind}/{name}/")).await.status == 200;
            let delete = async |body: Value| office.program.post(&format!("/v3/{kind}/delete/"), &body).await;
            create("one").await;
            create("two").await;
            let nobody = delete(json!({"vendor_data_list": ["three"]})).await;
            assert_eq!((nobody.status, &nobody.body["deleted"]), (200, &json!(0)));
            let one = waiting(&delete(json!({"vendor_data_list": ["one"]})).await);
            assert_eq!(waiting(&delete(json!({"vendor_data_list": ["one", "three"]})).await), one);
            let all = waiting(&delete(json!({"delete_all": true})).await);
            create("later").await;
            for (approval, who) in [(&one, &office.ben), (&one, &office.ann), (&all, &office.ben)] {
                assert_eq!(office.says(who, approval, "approve").await.status, 200);
            }
            assert_eq!((there("one").await, there("two").await, there("later").await), (false, true, true));
            refused(&office.says(&office.ann, &all, "approve").await, 409, "object_changed");
            let all = waiting(&delete(json!({"delete_all": true})).await);
            for who in [&office.ann, &office.ben] {
                assert_eq!(office.says(who, &all, "approve").await.status, 200);
            }
            assert_eq!((there("two").await, there("later").await), (false, false));
        }
    }

    async fn what_has_changed_or_expired_is_not_approved_any_more(database: &Database) {
        let office = Office::open(database).await;
        let id = office.session("decline_document_expired").await;
        let ann = office.at_work(&office.ann);
        let asked = waiting(&office.approve_session(&ann, &id).await);
        let again = json!({"new_status": "Resubmitted"});
        assert_eq!(ann.patch(&format!("/v3/session/{id}/update-status/"), &again).await.status, 200);
        let anew = waiting(&office.approve_session(&ann, &id).await);
        assert_ne!(anew, asked, "it is another session than the one that was asked about");
        refused(&office.says(&office.ben, &asked, "approve").await, 409, "not_pending");
        assert_eq!(ann.patch(&format!("/v3/session/{id}/update-status/"), &json!({"new_status": "Declined"})).await.status, 200);
        refused(&office.says(&office.ben, &anew, "approve").await, 409, "object_changed");
        assert_eq!(office.status(&id).await, "Declined");

        let late = waiting(&office.approve_session(&ann, &id).await);
        office.app.clock.advance(SignedDuration::from_hours(72));
        let ben = logged_in(&office.app, "ben@yourapp.com").await;
        let path = office.path(&format!("{late}/approve/"));
        refused(&ben.post(&path, &json!({})).await, 409, "not_pending");
        let listed = async |query: &str| ben.get(&office.path(query)).await.body;
        assert_eq!(listed("?status=expired").await["results"][0]["uuid"], json!(late));
        assert_eq!(listed("?status=outdated").await["count"], 2);
        let page = listed(&format!("?object_id={id}&limit=1&offset=1")).await;
        assert_eq!((&page["count"], page["results"].as_array().unwrap().len()), (&json!(3), 1));
        assert!(page["next"].as_str().unwrap().contains(&format!("object_id={id}")), "{page}");
        assert_eq!(listed("?action=session.delete").await["count"], 0);
    }

    async fn a_key_is_shown_once_to_whoever_was_allowed_to_see_it(database: &Database) {
        let office = Office::open(database).await;
        let one = format!("/organizations/me/{}/applications/{}/", office.ann.organization, office.sandbox);
        let list = format!("/organizations/me/{}/applications/", office.ann.organization);
        assert_eq!(office.ann.requests.get(&one).await.body["api_key"], Value::Null);
        assert_eq!(office.ann.requests.get(&list).await.body[0]["api_key"], Value::Null);
        let made = office.ann.requests.post(&list, &json!({"name": "New"})).await;
        assert_eq!((made.status, &made.body["api_key"]), (201, &Value::Null));
        let rotated = office.ann.requests.post(&format!("{one}rotate-api-key/"), &json!({})).await;
        assert_eq!((rotated.status, &rotated.body["api_key"]), (200, &Value::Null));

        let reveal = async |who: &Owner| who.requests.post(&format!("{one}reveal-api-key/"), &json!({})).await;
        let asked = waiting(&reveal(&office.ann).await);
        refused(&office.says(&office.ann, &asked, "approve").await, 403, "own_request");
        assert_eq!(office.says(&office.ben, &asked, "approve").await.text("status"), "approved");
        let theirs = waiting(&reveal(&office.ben).await);
        assert_ne!(theirs, asked, "it was granted to somebody else");
        let shown = reveal(&office.ann).await;
        assert_eq!((shown.status, shown.text("api_key").len()), (200, 43), "{}", shown.body);
        let program = office.app.stranger().with("x-api-key", &shown.text("api_key"));
        assert_eq!(program.get("/v3/workflows/").await.status, 200);
        let entry = office.record(&office.sandbox).await.pop().unwrap();
        assert_eq!((&entry["action"], &entry["actor"]["name"]), (&json!("application.key_revealed"), &json!("ann@yourapp.com")));
        assert!(entry["details"]["approved_by"].is_string(), "{entry}");
        waiting(&reveal(&office.ann).await);

        let keys = format!("/organizations/{}/applications/{}/api-keys/", office.ann.organization, office.sandbox);
        let role = json!({"name": "Keys", "permissions": ["read:applications", "write:applications"]});
        let role = office.ann.requests.post(&format!("/organizations/{}/roles/", office.ann.organization), &role).await;
        let cleo = office.ann.colleague(&office.app, "cleo@yourapp.com", &role.text("uuid")).await;
        let more = cleo.requests.post(&keys, &json!({"name": "More", "scopes": {"sessions": "write"}})).await;
        assert_eq!(more.status, 403, "who cannot see the key alone makes none that may more than they: {}", more.body);
    }

    async fn one_person_neither_demands_a_second_for_nobody_nor_ends_it_alone(database: &Database) {
        let app = TestApp::start(database).await;
        let alone = owner(&app, "alone@yourapp.com").await;
        let path = format!("/organizations/{}/", alone.organization);
        let reply = alone.requests.patch(&path, &json!({"require_second_person": true})).await;
        assert_eq!((reply.status, reply.body["require_second_person"].is_array()), (400, true), "{}", reply.body);

        let office = Office::open(database).await;
        let asked = waiting(&office.demand(&office.ann, false).await);
        refused(&office.says(&office.ann, &asked, "approve").await, 403, "own_request");
        let reader = office.ann.colleague(&office.app, "reader@yourapp.com", "compliance_officer").await;
        let reply = office.says(&reader, &asked, "approve").await;
        assert_eq!((reply.status, reply.text("detail")), (403, "You do not have permission to perform this action.".into()));
        assert_eq!(office.says(&office.ben, &asked, "approve").await.text("status"), "approved");
        let id = office.session("decline_document_expired").await;
        assert_eq!(office.approve_session(&office.program, &id).await.status, 200, "one is enough again");
    }
}
