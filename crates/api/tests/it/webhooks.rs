//! How events reach destinations: when, how often, in which order, and that one destination does not wait for another.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::app::Reply;
use testkit::{Answer, HttpSink, TestApp};
use tokio::sync::watch;

const PATH: &str = "/v3/webhook/destinations/";

async fn destination(app: &TestApp, url: &str, profile: &str) -> Reply {
    let body =
        json!({"label": "A", "url": url, "subscribed_events": ["status.updated"], "retry_profile": profile});
    let created = app.sandbox_integrator().post(PATH, &body).await;
    assert_eq!(created.status, 201, "{}", created.body);
    assert_eq!(created.text("retry_profile"), profile);
    created
}

/// A new session: one event.
async fn session(app: &TestApp) -> String {
    let body = json!({"workflow_id": app.sandbox.kyc, "sandbox_scenario": "approve"});
    app.sandbox_integrator().post("/v3/session/", &body).await.text("session_id")
}

/// Lets this much time pass in small steps, doing what is due; says after how many seconds each request came.
async fn arrivals(app: &TestApp, sink: &HttpSink, step: SignedDuration, time: SignedDuration) -> Vec<i64> {
    let (start, mut seen, mut at) = (app.clock.now(), 0, Vec::new());
    loop {
        app.run_jobs().await;
        let passed = app.clock.now().duration_since(start);
        let new = sink.requests().len() - seen;
        at.extend(std::iter::repeat_n(passed.as_secs(), new));
        seen += new;
        if passed >= time {
            return at;
        }
        app.clock.advance(step);
    }
}

/// The runner of a real server, until it is dropped.
struct Running(watch::Sender<bool>);

impl Running {
    fn start(app: &TestApp) -> Self {
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(engine::jobs::run(app.engine.clone(), stopped));
        Self(stop)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.send(true);
    }
}

testkit::both_databases! {
    async fn a_compatible_destination_is_tried_three_times(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        destination(&app, &sink.url("/"), "compatible").await;
        sink.answer_with([503, 404, 500].map(Answer::Status));
        session(&app).await;
        let at = arrivals(&app, &sink, SignedDuration::from_secs(6), SignedDuration::from_mins(60)).await;
        assert_eq!((at.len(), at[0]), (3, 0), "{at:?}");
        assert!((54..=72).contains(&at[1]) && (216..=276).contains(&(at[2] - at[1])), "{at:?}");
        let ids: Vec<Value> = sink.requests().iter().map(|request| request.json()["event_id"].clone()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]));
    }

    async fn a_persistent_destination_is_tried_for_three_days(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        destination(&app, &sink.url("/"), "persistent").await;
        sink.answer_with([503, 401, 404, 500, 400, 502, 503, 500, 403, 500].map(Answer::Status));
        session(&app).await;
        let at = arrivals(&app, &sink, SignedDuration::from_mins(20), SignedDuration::from_hours(100)).await;
        assert_eq!((at.len(), at[0]), (10, 0), "{at:?}");
        assert!(at[9] >= 3 * 86_400, "{at:?}");
    }

    async fn a_persistent_destination_that_is_gone_is_not_tried_again(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        destination(&app, &sink.url("/"), "persistent").await;
        sink.answer_with([Answer::Status(410)]);
        session(&app).await;
        let at = arrivals(&app, &sink, SignedDuration::from_mins(20), SignedDuration::from_hours(10)).await;
        assert_eq!(at, [0]);
    }

    async fn a_profile_can_be_changed_and_an_unknown_one_is_refused(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let body = json!({"label": "A", "url": "https://a.example/", "retry_profile": "forever"});
        let refused = integrator.post(PATH, &body).await;
        let errors = json!({"retry_profile": ["\"forever\" is not a valid choice."]});
        assert_eq!((refused.status, refused.body), (400, errors));
        let created = integrator.post(PATH, &json!({"label": "A", "url": "https://a.example/"})).await;
        assert_eq!(created.text("retry_profile"), "compatible");
        let path = format!("{PATH}{}/", created.text("uuid"));
        assert_eq!(integrator.patch(&path, &json!({"retry_profile": "persistent"})).await.status, 200);
        assert_eq!(integrator.patch(&path, &json!({"label": "B"})).await.text("retry_profile"), "persistent");
    }

    async fn a_resend_takes_no_retry_away(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let destination = destination(&app, &sink.url("/"), "compatible").await;
        sink.answer_with((0..5).map(|_| Answer::Status(503)));
        session(&app).await;
        app.run_jobs().await;
        let log = format!("{PATH}{}/deliveries/", destination.text("uuid"));
        let first = app.sandbox_integrator().get(&log).await.body["results"][0]["uuid"].clone();
        let resend = format!("{log}{}/resend/", first.as_str().unwrap());
        for _ in 0..2 {
            assert_eq!(app.sandbox_integrator().post(&resend, &json!({})).await.status, 202);
        }
        app.run_jobs().await;
        assert_eq!(sink.requests().len(), 3, "the event, and twice by hand");
        arrivals(&app, &sink, SignedDuration::from_secs(6), SignedDuration::from_mins(60)).await;
        // Each of the three has its own two retries; the sink answers 200 after five refusals.
        let statuses = app.sandbox_integrator().get(&log).await.body["results"].clone();
        let refused = statuses.as_array().unwrap().iter().filter(|row| row["status"] == "failed").count();
        assert_eq!((refused, sink.requests().len()), (5, 8));
    }

    async fn a_sessions_events_are_first_tried_in_their_order_and_say_so(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        destination(&app, &sink.url("/"), "compatible").await;
        sink.answer_with((0..6).map(|_| Answer::Late(Duration::from_millis(50))));
        let sessions = [session(&app).await, session(&app).await, session(&app).await];
        for id in &sessions {
            let done = app.sandbox_integrator().post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await;
            assert_eq!(done.status, 200, "{}", done.body);
        }
        app.run_jobs().await;
        let mut seen: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for request in sink.requests() {
            let body = request.json();
            let sequence = body["sequence"].as_i64().unwrap();
            assert_eq!(request.header("x-webhook-sequence"), Some(sequence.to_string().as_str()));
            seen.entry(body["session_id"].as_str().unwrap().to_owned()).or_default().push(sequence);
        }
        assert_eq!(seen.len(), 3);
        assert!(seen.values().all(|order| *order == [1, 2, 3]), "{seen:?}");
    }

    async fn an_event_overtakes_the_retry_of_the_one_before_and_its_number_tells(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        destination(&app, &sink.url("/"), "compatible").await;
        sink.answer_with([Answer::Status(503)]);
        let id = session(&app).await;
        let path = format!("/v3/session/{id}/sandbox/complete/");
        assert_eq!(app.sandbox_integrator().post(&path, &json!({})).await.status, 200);
        arrivals(&app, &sink, SignedDuration::from_secs(10), SignedDuration::from_mins(2)).await;
        let order: Vec<i64> = sink.requests().iter().map(|request| request.json()["sequence"].as_i64().unwrap()).collect();
        assert_eq!(order, [1, 2, 3, 1]);
    }

    async fn hanging_destinations_delay_no_other(database: &Database) {
        let app = TestApp::start(database).await;
        let (healthy, hanging) = (HttpSink::start().await, HttpSink::start().await);
        hanging.answer_with((0..200).map(|_| Answer::Hang));
        for number in 0..9 {
            destination(&app, &hanging.url(&format!("/{number}")), "compatible").await;
        }
        destination(&app, &healthy.url("/"), "compatible").await;
        let _running = Running::start(&app);
        for _ in 0..5 {
            session(&app).await;
        }
        healthy.wait_for(5).await;
        hanging.wait_for(45).await;
        // Every one of the nine holds five places now, for five seconds; the one that answers is told at once.
        let begin = Instant::now();
        session(&app).await;
        healthy.wait_for(6).await;
        assert!(begin.elapsed() < Duration::from_secs(2), "{:?}", begin.elapsed());
    }

    async fn a_slow_destination_is_told_many_things_at_once(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        sink.answer_with((0..12).map(|_| Answer::Late(Duration::from_secs(2))));
        destination(&app, &sink.url("/"), "compatible").await;
        for _ in 0..12 {
            session(&app).await;
        }
        let _running = Running::start(&app);
        let begin = Instant::now();
        sink.wait_for(12).await;
        assert!(begin.elapsed() < Duration::from_secs(4), "12 at once: {:?}", begin.elapsed());
    }
}
