//! Credits: unlimited unless metered, never below nothing.

use engine::credits::{self, Credits, Money};
use serde_json::{Value, json};
use testkit::TestApp;

fn metered() -> Credits {
    Credits { metered: true, ..Credits::default() }
}

async fn pay_in(app: &TestApp, amount: &str) -> Money {
    let organization = app.live.application.scope.organization_id();
    let added = credits::top_up(&app.engine, organization, amount.parse().unwrap(), "invoice 1").await;
    added.unwrap().unwrap()
}

async fn balance(app: &TestApp) -> String {
    let reply = app.integrator().get("/v3/billing/balance/").await;
    assert_eq!(reply.status, 200);
    reply.text("balance")
}

testkit::both_databases! {
    async fn a_server_that_charges_nothing_has_a_boundless_balance(database: &Database) {
        let app = TestApp::start(database).await;
        let reply = app.integrator().get("/v3/billing/balance").await;
        assert_eq!(reply.body, json!({
            "balance": "999999999.9999", "auto_refill_enabled": false, "auto_refill_amount": null,
            "auto_refill_threshold": null
        }));
        assert_eq!(app.stranger().get("/v3/billing/balance/").await.status, 403);
    }

    async fn a_session_is_paid_when_it_is_made_and_sandbox_sessions_never(database: &Database) {
        let app = TestApp::start_metered(database, metered()).await;
        let body = json!({"workflow_id": app.live.kyc, "vendor_data": "v"});
        let refused = app.integrator().post("/v3/session/", &body).await;
        assert_eq!(refused.status, 400);
        assert!(refused.text("detail").starts_with("You don't have enough credits to perform this request."));
        assert_eq!(pay_in(&app, "0.12").await, Money(1200));
        let made = app.integrator().post("/v3/session/", &body).await;
        assert_eq!((made.status, made.body["session_number"].clone()), (201, json!(1)), "nothing was made before");
        assert_eq!(balance(&app).await, "0.0700");
        assert_eq!(app.integrator().post("/v3/session/", &body).await.status, 201);
        assert_eq!(balance(&app).await, "0.0700", "an unfinished session handed out again costs nothing");
        let sandbox = app.sandbox_integrator().post("/v3/session/", &json!({"workflow_id": app.sandbox.kyc})).await;
        assert_eq!((sandbox.status, balance(&app).await), (201, "0.0700".to_owned()));
    }

    async fn parallel_creates_never_overdraw(database: &Database) {
        let app = TestApp::start_metered(database, metered()).await;
        pay_in(&app, "0.5").await;
        let body = json!({"workflow_id": app.live.kyc});
        let creates = (0..40).map(|_| async { app.integrator().post("/v3/session/", &body).await.status });
        let statuses = futures::future::join_all(creates).await;
        let made = statuses.iter().filter(|status| **status == 201).count();
        assert_eq!((made, statuses.iter().filter(|status| **status == 400).count()), (10, 30));
        assert_eq!(balance(&app).await, "0.0000");
        let mut tx = app.engine.store.read().await.unwrap();
        let organization = app.live.application.scope.organization_id();
        let entries = store::credits::list(&mut tx, organization).await.unwrap();
        assert_eq!(entries.len(), 11);
        assert!(entries.iter().all(|(_, _, after)| *after >= 0), "{entries:?}");
        assert_eq!(entries.iter().map(|(_, amount, _)| amount).sum::<i64>(), 0, "the entries come to the balance");
    }

    async fn single_checks_are_refused_before_anything_is_sent(database: &Database) {
        let app = TestApp::start_metered(database, metered()).await;
        let send = async || app.integrator().post("/v3/email/send/", &json!({"email": "alex@example.com"})).await;
        let refused = send().await;
        assert_eq!(refused.status, 403, "{}", refused.body);
        assert!(refused.text("error").starts_with("You don't have enough credits to perform this request."));
        pay_in(&app, "0.04").await;
        let sent = send().await;
        assert_eq!((sent.status, balance(&app).await), (200, "0.0100".to_owned()), "{}", sent.body);
        assert_eq!(app.mail.wait_for(1).await.len(), 1, "and only then");
    }

    async fn workflows_show_what_they_cost_where_they_cost_something(database: &Database) {
        let features = json!([{"feature": "OCR"}, {"feature": "LIVENESS"}, {"feature": "FACE_MATCH"}]);
        let body = json!({"workflow_label": "Priced", "features": features});
        for (credits, price) in [(metered(), 0.15), (Credits::default(), 0.0)] {
            let app = TestApp::start_metered(database, credits).await;
            let made = app.integrator().post("/v3/workflows/", &body).await;
            for key in ["total_price", "min_price", "max_price"] {
                assert_eq!(made.body[key], json!(price), "{}", made.body);
            }
        }
    }

    async fn paying_in_leads_to_the_operator_s_page_or_says_who_to_ask(database: &Database) {
        let app = TestApp::start(database).await;
        let path = "/v3/billing/top-up/";
        let post = async |body: Value| {
            let reply = app.integrator().post(path, &body).await;
            (reply.status, reply.body)
        };
        assert_eq!(post(json!({})).await, (400, json!(["amount_in_dollars is required."])));
        assert_eq!(post(json!({"amount_in_dollars": "lots"})).await, (400, json!(["amount_in_dollars must be a number."])));
        assert_eq!(post(json!({"amount_in_dollars": 49.99})).await, (400, json!(["Amount must be at least $50."])));
        let bad = json!({"amount_in_dollars": 50, "success_url": "javascript:alert(1)"});
        assert_eq!(post(bad).await, (400, json!(["success_url must be a URL."])));
        let told = post(json!({"amount_in_dollars": 50})).await;
        assert_eq!(told, (400, json!(["Credits are added by the operator of this server."])));
        let page = Credits { top_up_url: Some("https://pay.example.org/?shop=1".to_owned()), ..metered() };
        let paid = TestApp::start_metered(database, page).await;
        let reply = paid.integrator().post(path, &json!({"amount_in_dollars": 50, "cancel_url": "https://a.example/"})).await;
        let reference = reply.text("checkout_session_id");
        assert_eq!(
            reply.text("checkout_session_url"),
            format!("https://pay.example.org/?shop=1&amount=50.00&reference={reference}&cancel_url=https%3A%2F%2Fa.example%2F")
        );
    }
}
