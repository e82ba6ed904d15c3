//! Rate limits (core API §8; claims 21 and 22).

use engine::limits::Limits;
use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::Reply;
use testkit::database::Database;

fn few() -> Limits {
    Limits { reads: 5, writes: 3, session_creates: 4, ..Limits::off() }
}

fn behind_a_proxy(limits: &Limits) -> Limits {
    Limits { trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()], ..limits.clone() }
}

fn number(reply: &Reply, header: &str) -> i64 {
    reply.header(header).parse().unwrap_or_else(|_| panic!("no number in {header} of {:?}", reply.headers))
}

testkit::both_databases! {
    async fn the_documented_headers_count_down_to_a_refusal_that_says_when_to_come_back(database: &Database) {
        let app = TestApp::start_with(database, few()).await;
        let now = app.clock.now().as_second();
        let unknown = "/v3/session/00000000-0000-7000-8000-000000000000/decision/";
        for remaining in (0..5).rev() {
            let reply = app.integrator().get(unknown).await;
            assert_eq!(reply.status, 404, "refused requests count as much as others");
            assert_eq!((number(&reply, "x-ratelimit-limit"), number(&reply, "x-ratelimit-remaining")), (5, remaining));
            assert_eq!(number(&reply, "x-ratelimit-reset"), now + 60);
            assert_eq!(reply.header("retry-after"), "");
        }
        let refused = app.integrator().get(unknown).await;
        assert_eq!(refused.status, 429);
        let detail = "GET request rate limit exceeded. You can make up to 5 requests per minute.";
        assert_eq!(refused.body, json!({"detail": detail}));
        assert_eq!((number(&refused, "retry-after"), number(&refused, "x-ratelimit-remaining")), (60, 0));
        assert_eq!(number(&refused, "x-ratelimit-reset"), now + 60);
        assert_eq!(app.sandbox_integrator().get(unknown).await.status, 404, "another key has its own window");
        app.clock.advance(SignedDuration::from_secs(59));
        assert_eq!(app.integrator().get(unknown).await.status, 429);
        app.clock.advance(SignedDuration::from_secs(1));
        assert_eq!(app.integrator().get(unknown).await.status, 404, "the window slid on");
    }

    async fn creates_and_other_writes_are_counted_apart(database: &Database) {
        let app = TestApp::start_with(database, few()).await;
        let body = json!({"workflow_id": app.live.kyc});
        for _ in 0..4 {
            assert_eq!(app.integrator().post("/v3/session/", &body).await.status, 201);
        }
        let refused = app.integrator().post("/v3/session/", &body).await;
        let detail = "Session creation rate limit exceeded. You can make up to 4 requests per minute.";
        assert_eq!((refused.status, refused.body), (429, json!({"detail": detail})));
        for _ in 0..3 {
            assert_eq!(app.integrator().post("/v3/workflows/", &json!({})).await.status, 400);
        }
        let refused = app.integrator().delete(&format!("/v3/workflows/{}/", app.live.kyc)).await;
        let detail = "Write request rate limit exceeded. You can make up to 3 requests per minute.";
        assert_eq!((refused.status, refused.body), (429, json!({"detail": detail})));
    }

    async fn pages_health_and_the_hosted_flow_are_not_counted(database: &Database) {
        let app = TestApp::start_with(database, few()).await;
        for _ in 0..8 {
            let health = app.stranger().get("/system/healthcheck").await;
            assert_eq!((health.status, health.header("x-ratelimit-limit")), (200, ""));
            let flow = app.stranger().with("x-session-token", "abcdefghijkl").get("/flow/v1/session").await;
            assert_eq!(flow.status, 404);
        }
    }

    async fn a_forged_forwarding_header_or_an_invented_key_does_not_reset_a_window(database: &Database) {
        let app = TestApp::start_with(database, few()).await;
        let mut statuses = Vec::new();
        for n in 0..8 {
            let stranger = app.stranger().with("x-forwarded-for", &format!("198.51.100.{n}"));
            let stranger = if n % 2 == 0 { stranger.with("x-api-key", &format!("{n:0>43}")) } else { stranger };
            statuses.push(stranger.get("/v3/workflows/").await.status);
        }
        assert_eq!(statuses, [403, 403, 403, 403, 403, 429, 429, 429]);
        assert_eq!(app.integrator().get("/v3/workflows/").await.status, 200, "who has a key is not affected");
    }

    async fn behind_a_trusted_proxy_each_address_has_its_own_window(database: &Database) {
        let app = TestApp::start_with(database, behind_a_proxy(&few())).await;
        let from = |chain: &str| app.stranger().with("x-forwarded-for", chain);
        for _ in 0..5 {
            assert_eq!(from("203.0.113.7").get("/v3/workflows/").await.status, 403);
        }
        assert_eq!(from("203.0.113.7").get("/v3/workflows/").await.status, 429);
        assert_eq!(from("203.0.113.8").get("/v3/workflows/").await.status, 403);
        let forged = from("198.51.100.1, 203.0.113.7").get("/v3/workflows/").await;
        assert_eq!(forged.status, 429, "only what the proxy itself added is believed");
        let through_two = from("203.0.113.7, 127.0.0.9").get("/v3/workflows/").await;
        assert_eq!(through_two.status, 429, "a second trusted proxy is passed over");
    }

    async fn registrations_are_counted_by_the_address_behind_the_proxy(database: &Database) {
        let app = TestApp::start_with(database, behind_a_proxy(&Limits::off())).await;
        let register = async |n: u32, address: &str| {
            let body = json!({"email": format!("dev{n}@example.com"), "password": "MyStr0ng!Pass"});
            app.stranger().with("x-forwarded-for", address).post("/programmatic/register/", &body).await.status
        };
        for n in 0..5 {
            assert_eq!(register(n, "203.0.113.7").await, 201);
        }
        assert_eq!(register(6, "203.0.113.7").await, 429);
        assert_eq!(register(7, "203.0.113.8").await, 201);
    }

    async fn who_guesses_session_tokens_is_refused_for_a_while(database: &Database) {
        let limits = Limits { token_misses: 4, token_misses_in_all: 10, ..Limits::off() };
        let app = TestApp::start_with(database, behind_a_proxy(&limits)).await;
        let session = app.integrator().post("/v3/session/", &json!({"workflow_id": app.live.kyc})).await;
        let token = session.text("session_token");
        let show = async |address: &str, token: &str| {
            let person = app.stranger().with("x-forwarded-for", address).with("x-session-token", token);
            person.get("/flow/v1/session").await
        };
        for n in 0..4 {
            assert_eq!(show("203.0.113.7", &format!("guess{n:0>7}")).await.status, 404);
        }
        for _ in 0..9 {
            let open_tab = show("203.0.113.20", "one-and-same").await;
            assert_eq!(open_tab.status, 404, "the same token again guesses nothing");
        }
        let refused = show("203.0.113.7", &token).await;
        assert_eq!((refused.status, refused.body["code"].clone()), (429, json!("throttled")), "the right token too");
        assert_eq!(number(&refused, "retry-after"), 600);
        assert_eq!(show("203.0.113.8", &token).await.status, 200, "others are not affected");
        for n in 0..6 {
            show(&format!("198.51.100.{n}"), "aaaaaaaaaaaa").await;
        }
        assert_eq!(show("203.0.113.9", "aaaaaaaaaaaa").await.status, 404);
        assert_eq!(show("203.0.113.9", &token).await.status, 429, "in a crowd, one miss is enough");
        assert_eq!(show("203.0.113.8", &token).await.status, 200, "who misses nothing is not affected");
        app.clock.advance(SignedDuration::from_secs(601));
        assert_eq!(show("203.0.113.7", &token).await.status, 200);
    }

    async fn every_answer_names_its_request(database: &Database) {
        let app = TestApp::start(database).await;
        let made = app.stranger().get("/system/healthcheck").await;
        assert_eq!(made.header("x-request-id").len(), 36);
        let given = app.stranger().with("x-request-id", "trace-17").get("/nowhere").await;
        assert_eq!((given.status, given.header("x-request-id")), (404, "trace-17"));
        let long = app.stranger().with("x-request-id", &"x".repeat(65)).get("/nowhere").await;
        assert_eq!(long.header("x-request-id").len(), 36);
        assert_eq!(long.body, json!({"detail": "Not found."}));
        assert_ne!(long.body, Value::Null);
    }
}

proptest::proptest! {
    #[test]
    fn words_of_strangers_are_read_or_refused(text in "\\PC{0,60}") {
        let _ = text.parse::<model::network::Network>();
        let _ = text.parse::<engine::credits::Money>();
        let _ = engine::sandbox::Script::parse(&text);
        let _ = engine::sandbox::Scenario::of_magic_email(&text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_processes_share_one_window_on_postgresql() {
    let database = Database::postgres().await;
    let (one, two) =
        (TestApp::start_with(&database, few()).await, TestApp::start_with(&database, few()).await);
    let key = &one.live.application.api_key;
    let callers = [one.stranger().with("x-api-key", key), two.stranger().with("x-api-key", key)];
    let requests = (0..40).map(|n| callers[n % 2].get("/v3/workflows/"));
    let replies = futures::future::join_all(requests).await;
    let admitted = replies.iter().filter(|reply| reply.status == 200).count();
    assert_eq!(admitted, 5, "however they arrive");
    drop((one, two));
    database.finish().await;
}
