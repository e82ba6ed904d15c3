//! Every way to ask wrongly has its documented answer, and changes nothing.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::TestApp;

const DENIED: &str = "You do not have permission to perform this action.";

async fn count_workflows(app: &TestApp) -> Value {
    app.integrator().get("/v3/workflows/").await.body["count"].clone()
}

testkit::both_databases! {
    async fn whatever_is_wrong_with_a_key_the_answer_is_one_403(database: &Database) {
        let app = TestApp::start(database).await;
        let id = "11111111-2222-3333-4444-555555555555";
        let routes = [
            ("POST", "/v3/session/".to_owned()),
            ("GET", format!("/v3/session/{id}/decision/")),
            ("POST", format!("/v3/session/{id}/sandbox/complete/")),
            ("GET", "/v3/workflows/".to_owned()),
            ("POST", "/v3/workflows/".to_owned()),
            ("GET", format!("/v3/workflows/{id}/")),
            ("PATCH", format!("/v3/workflows/{id}/")),
            ("DELETE", format!("/v3/workflows/{id}/")),
            ("GET", "/v3/webhook/destinations/".to_owned()),
            ("POST", "/v3/webhook/destinations/".to_owned()),
            ("GET", format!("/v3/webhook/destinations/{id}/")),
            ("PATCH", format!("/v3/webhook/destinations/{id}/")),
            ("DELETE", format!("/v3/webhook/destinations/{id}/")),
            ("GET", format!("/v3/webhook/destinations/{id}/deliveries/")),
            ("GET", format!("/v3/webhook/destinations/{id}/deliveries/{id}/")),
            ("POST", format!("/v3/webhook/destinations/{id}/deliveries/{id}/resend/")),
        ];
        let unknown = "A".repeat(43);
        for (method, path) in routes {
            let method: Method = method.parse().unwrap();
            for caller in [
                app.stranger(),
                app.stranger().with("x-api-key", "short"),
                app.stranger().with("x-api-key", &unknown),
                app.stranger().with("authorization", "Bearer nonsense"),
            ] {
                let reply = caller.send(method.clone(), &path, Some("application/json"), b"{}".to_vec()).await;
                assert_eq!((reply.status, &reply.body), (403, &json!({"detail": DENIED})), "{method} {path}");
            }
        }
    }

    async fn bodies_that_cannot_be_read_are_refused_by_kind(database: &Database) {
        let app = TestApp::start(database).await;
        let before = count_workflows(&app).await;
        let send = async |media_type: Option<&'static str>, body: Vec<u8>| {
            app.integrator().send(Method::POST, "/v3/workflows/", media_type, body).await
        };
        let json = Some("application/json");
        let broken = send(json, b"{\"features\": [".to_vec()).await;
        assert_eq!(broken.status, 400);
        assert!(broken.text("detail").starts_with("JSON parse error - "), "{}", broken.body);
        let latin = send(json, b"{\"workflow_label\": \"Caf\xe9\"}".to_vec()).await;
        assert_eq!(latin.status, 400);
        assert!(latin.text("detail").starts_with("JSON parse error - "), "{}", latin.body);
        let deep = send(json, format!("{}1{}", "[".repeat(5000), "]".repeat(5000)).into_bytes()).await;
        assert_eq!(deep.status, 400);
        let list = send(json, b"[1]".to_vec()).await;
        let message = "Invalid data. Expected a dictionary, but got list.";
        assert_eq!((list.status, list.body), (400, json!({"non_field_errors": [message]})));
        let plain = send(Some("text/plain; charset=utf-8"), b"{}".to_vec()).await;
        let message = "Unsupported media type \"text/plain\" in request.";
        assert_eq!((plain.status, plain.body), (415, json!({"detail": message})));
        let none = send(None, b"{}".to_vec()).await;
        assert_eq!(none.status, 415);
        let empty = send(None, Vec::new()).await;
        assert_eq!((empty.status, empty.body), (400, json!({"features": ["This field is required."]})));
        let with_charset = send(Some("application/json; charset=utf-8"), b"{}".to_vec()).await;
        assert_eq!(with_charset.status, 400);
        assert_eq!(count_workflows(&app).await, before);
    }

    async fn a_body_of_20_mb_is_received_and_refused(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"features": [{"feature": "OCR"}], "workflow_label": "a".repeat(20_000_000)});
        for path in ["/v3/workflows/", "/v3/session/", "/programmatic/register/", "/flow/v1/uploads"] {
            let reply = app.integrator().post(path, &body).await;
            assert_eq!(reply.status, 413, "{path}");
            assert_eq!(reply.text("detail"), "Request body exceeds the limit of 5 MB.");
        }
        let reply = app.stranger().send(Method::GET, "/system/healthcheck", None, Vec::new()).await;
        assert_eq!(reply.status, 200);
    }

    async fn what_is_not_there_is_404_and_what_is_not_done_there_is_405(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        for path in [
            "/nothing",
            "/v3/nothing/",
            "/v3/session/not-a-uuid/decision/",
            "/v3/session/AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE/decision/",
            "/v3/session/11111111-2222-3333-4444-555555555555/decision/",
            "/v3/workflows/11111111-2222-3333-4444-555555555555/",
            "/v3/workflows/1/",
            "/static/flow/nothing.js",
            "/media/a/b/c",
        ] {
            let reply = integrator.get(path).await;
            assert_eq!((reply.status, reply.body), (404, json!({"detail": "Not found."})), "{path}");
        }
        let path = "/v3/webhook/destinations/11111111-2222-3333-4444-555555555555/";
        let reply = integrator.get(path).await;
        assert_eq!((reply.status, reply.body), (404, json!({"detail": "Webhook destination not found."})));
        let reply = integrator.send(Method::PUT, "/v3/workflows/", None, Vec::new()).await;
        assert_eq!((reply.status, reply.body.clone()), (405, json!({"detail": "Method \"PUT\" not allowed."})));
        assert!(reply.header("allow").contains("POST"), "{:?}", reply.headers);
    }

    async fn paths_answer_with_and_without_the_slash_and_never_redirect(database: &Database) {
        let app = TestApp::start(database).await;
        for path in ["/v3/workflows", "/v3/workflows/", "/v3/workflows?limit=1", "/v3/workflows/?limit=1"] {
            assert_eq!(app.integrator().get(path).await.status, 200, "{path}");
        }
        for path in ["/system/healthcheck", "/system/healthcheck/"] {
            let reply = app.stranger().get(path).await;
            assert_eq!((reply.status, reply.text("status")), (200, "ok".to_owned()), "{path}");
            assert_eq!(reply.text("timestamp"), "2026-06-01T12:00:00.000Z");
        }
        for path in ["/organizations/me", "/auth/v2/organizations/me", "/auth/v2/organizations/me/"] {
            assert_eq!(app.stranger().get(path).await.status, 403, "{path}");
        }
    }

    async fn answers_carry_the_headers_that_protect_them(database: &Database) {
        let app = TestApp::start(database).await;
        let reply = app.integrator().get("/v3/workflows/").await;
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("content-type"), "application/json");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"));
        let page = app.stranger().get("/session/3FaJ9wLqX2Mz").await;
        let policy = page.header("content-security-policy").to_owned();
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe-inline"), "{policy}");
        assert!(!policy.contains("frame-ancestors"), "integrators embed the page: {policy}");
        assert!(page.header("content-type").starts_with("text/html"));
        assert_eq!(app.stranger().get("/es/session/3FaJ9wLqX2Mz").await.status, page.status);
    }
}
