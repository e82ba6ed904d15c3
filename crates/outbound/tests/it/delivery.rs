//! The courier against a real HTTP server on the loopback interface.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use outbound::{
    Reach, Unreachable, sign,
    webhook::{Courier, EXCERPT_BYTES, Outcome, USER_AGENT, Undelivered},
};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use serde_json::{Value, json};
use testkit::{Answer, HttpSink};

const SECRET: &str = "s3cret";

fn event() -> Value {
    json!({
        "webhook_type": "status.updated", "timestamp": 1_774_970_000, "session_id": "s-1",
        "status": "Approved", "vendor_data": "señor", "score": 95.0,
    })
}

/// Short beside five seconds, long beside a busy machine's pauses.
const HASTE: Duration = Duration::from_millis(1500);

/// A courier that does not wait five seconds.
fn hasty() -> Courier {
    Courier::with(Reach::AllowLoopback, HASTE, Arc::new(Answers::of(&[&["127.0.0.1:0"]])))
}

/// Names that resolve to what the test says, one list per lookup, the last one for ever.
struct Answers {
    lists: Vec<Vec<SocketAddr>>,
    lookups: AtomicUsize,
}

impl Answers {
    fn of(lists: &[&[&str]]) -> Self {
        let parse = |list: &&[&str]| list.iter().map(|text| text.parse().expect("an address")).collect();
        Self { lists: lists.iter().map(parse).collect(), lookups: AtomicUsize::new(0) }
    }
}

impl Resolve for Answers {
    fn resolve(&self, _: Name) -> Resolving {
        let lookup = self.lookups.fetch_add(1, Ordering::SeqCst);
        let list = self.lists[lookup.min(self.lists.len() - 1)].clone();
        Box::pin(async move { Ok(Box::new(list.into_iter()) as Addrs) })
    }
}

#[tokio::test]
async fn a_webhook_arrives_in_canonical_form_with_its_signatures_and_is_logged_as_sent() {
    let sink = HttpSink::start().await;
    sink.answer_with([Answer::Json(202, json!({"received": true}))]);
    let delivery = hasty().deliver(&sink.url("/hook?x=1"), SECRET, &event()).await;

    let [request] = sink.requests().try_into().expect("one request");
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/hook?x=1"));
    let body = r#"{"score":95,"session_id":"s-1","status":"Approved","timestamp":1774970000,"vendor_data":"señor","webhook_type":"status.updated"}"#;
    assert_eq!(request.body, body.as_bytes());
    let signatures = sign(SECRET, body.as_bytes(), &event());
    for (name, value) in [
        ("Content-Type", "application/json"),
        ("User-Agent", USER_AGENT),
        ("X-Signature-V2", &signatures.v2),
        ("X-Signature", &signatures.v2),
        ("X-Signature-Simple", &signatures.simple),
        ("X-Timestamp", "1774970000"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
        assert_eq!(delivery.request_headers[name], value, "{name}");
    }
    assert_eq!(delivery.outcome, Outcome::Delivered);
    assert_eq!(delivery.response_status, Some(202));
    assert!(delivery.response_time_ms.is_some_and(|ms| u128::from(ms) < HASTE.as_millis()));
    assert_eq!(delivery.request_body, body);
    assert_eq!(delivery.response_body_excerpt, r#"{"received":true}"#);
    assert_eq!(delivery.error, None);
}

#[tokio::test]
async fn server_errors_and_404_are_tried_again_and_other_refusals_are_final() {
    let sink = HttpSink::start().await;
    for (status, outcome) in [
        (500, Outcome::Retry),
        (503, Outcome::Retry),
        (404, Outcome::Retry),
        (400, Outcome::GiveUp),
        (401, Outcome::GiveUp),
        (410, Outcome::GiveUp),
    ] {
        sink.answer_with([Answer::Bytes(status, b"why".to_vec())]);
        let delivery = hasty().deliver(&sink.url("/"), SECRET, &event()).await;
        assert_eq!(delivery.outcome, outcome, "{status}");
        assert_eq!(delivery.response_status, Some(status));
        assert_eq!(delivery.error, Some(Undelivered::Status(status)));
        assert_eq!(delivery.response_body_excerpt, "why");
    }
}

#[tokio::test]
async fn redirects_are_recorded_and_not_followed() {
    let (sink, elsewhere) = (HttpSink::start().await, HttpSink::start().await);
    sink.answer_with([Answer::Redirect(elsewhere.url("/stolen"))]);
    let delivery = hasty().deliver(&sink.url("/"), SECRET, &event()).await;
    assert_eq!(delivery.outcome, Outcome::GiveUp);
    assert_eq!(delivery.error, Some(Undelivered::Redirected(307)));
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_tried_again() {
    let sink = HttpSink::start().await;
    sink.answer_with([Answer::Hang, Answer::Late(2 * HASTE)]);
    for _ in 0..2 {
        let started = Instant::now();
        let delivery = hasty().deliver(&sink.url("/"), SECRET, &event()).await;
        assert_eq!(delivery.outcome, Outcome::Retry);
        assert_eq!(delivery.error, Some(Undelivered::TimedOut));
        assert_eq!(delivery.response_status, None);
        assert!((HASTE..2 * HASTE).contains(&started.elapsed()), "{:?}", started.elapsed());
    }
}

#[tokio::test]
async fn the_couriers_own_patience_is_five_seconds() {
    let sink = HttpSink::start().await;
    sink.answer_with([Answer::Hang]);
    let started = Instant::now();
    let delivery = Courier::new(Reach::AllowLoopback).deliver(&sink.url("/"), SECRET, &event()).await;
    assert_eq!(delivery.error, Some(Undelivered::TimedOut));
    let waited = started.elapsed().as_secs_f64();
    assert!((4.9..6.5).contains(&waited), "{waited}");
}

#[tokio::test]
async fn an_endless_answer_is_cut_and_still_counts_by_its_status() {
    let sink = HttpSink::start().await;
    sink.answer_with([Answer::Endless, Answer::Bytes(200, vec![0xff; 3])]);
    let started = Instant::now();
    let delivery = hasty().deliver(&sink.url("/"), SECRET, &event()).await;
    assert_eq!(delivery.outcome, Outcome::Delivered);
    assert_eq!(delivery.response_body_excerpt.len(), EXCERPT_BYTES);
    assert!(started.elapsed() < HASTE, "reading stopped at the limit");

    let delivery = hasty().deliver(&sink.url("/"), SECRET, &event()).await;
    assert_eq!(delivery.response_body_excerpt, "\u{fffd}\u{fffd}\u{fffd}");
}

#[tokio::test]
async fn nobody_listening_is_tried_again() {
    let sink = HttpSink::start().await;
    let url = sink.url("/");
    drop(sink);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let delivery = hasty().deliver(&url, SECRET, &event()).await;
    assert_eq!(delivery.outcome, Outcome::Retry);
    assert!(
        matches!(&delivery.error, Some(Undelivered::NoConnection(why)) if why.contains("refused")),
        "{:?}",
        delivery.error
    );
}

#[tokio::test]
async fn credentials_in_the_address_reach_the_receiver_and_no_log() {
    let sink = HttpSink::start().await;
    let url = format!("http://carol:hunter2@127.0.0.1:{}/hook", sink.port());
    let delivery = hasty().deliver(&url, SECRET, &event()).await;
    assert_eq!(delivery.outcome, Outcome::Delivered);
    assert_eq!(sink.requests()[0].header("authorization"), Some("Basic Y2Fyb2w6aHVudGVyMg=="));
    drop(sink);
    tokio::time::sleep(Duration::from_millis(50)).await;
    for logged in [delivery, hasty().deliver(&url, SECRET, &event()).await] {
        let log = format!("{logged:?}");
        assert!(
            !log.contains("hunter2") && !log.contains("Y2Fyb2w6aHVudGVyMg") && !log.contains(SECRET),
            "{log}"
        );
    }
}

#[tokio::test]
async fn production_calls_neither_loopback_nor_plain_http() {
    let sink = HttpSink::start().await;
    let courier = Courier::new(Reach::PublicOnly);
    let refused = |error| Some(Undelivered::Unreachable(error));
    let plain = courier.deliver(&sink.url("/"), SECRET, &event()).await;
    assert_eq!((plain.outcome, plain.error), (Outcome::GiveUp, refused(Unreachable::NotHttps)));
    let literal = courier.deliver(&format!("https://127.0.0.1:{}/", sink.port()), SECRET, &event()).await;
    let loopback = "127.0.0.1".parse().unwrap();
    assert_eq!(
        (literal.outcome, literal.error),
        (Outcome::GiveUp, refused(Unreachable::NotPublic(loopback)))
    );
    let named = courier.deliver(&format!("https://localhost:{}/", sink.port()), SECRET, &event()).await;
    let inward = refused(Unreachable::ResolvesInward("localhost".to_owned()));
    assert_eq!((named.outcome, named.error), (Outcome::GiveUp, inward));
    assert!(sink.requests().is_empty());
}

#[tokio::test]
async fn names_that_resolve_inward_are_refused_whatever_they_are_called() {
    for (address, reach) in [
        ("127.0.0.1:0", Reach::PublicOnly),
        ("10.0.0.1:0", Reach::AllowLoopback),
        ("169.254.169.254:0", Reach::AllowLoopback),
        ("[fd00:ec2::254]:0", Reach::AllowLoopback),
        ("[::ffff:192.168.0.1]:0", Reach::AllowLoopback),
        ("[64:ff9b::a00:1]:0", Reach::AllowLoopback),
    ] {
        let courier = Courier::with(reach, Duration::from_secs(1), Arc::new(Answers::of(&[&[address]])));
        let delivery = courier.deliver("https://hooks.example.com/", SECRET, &event()).await;
        let inward = Unreachable::ResolvesInward("hooks.example.com".to_owned());
        assert_eq!(delivery.error, Some(Undelivered::Unreachable(inward)), "{address}");
        assert_eq!(delivery.outcome, Outcome::GiveUp);
    }
}

#[tokio::test]
async fn inward_addresses_are_dropped_from_a_mixed_answer() {
    let sink = HttpSink::start().await;
    let names = Answers::of(&[&["10.0.0.1:0", "192.168.1.1:0", "127.0.0.1:0"]]);
    let courier = Courier::with(Reach::AllowLoopback, Duration::from_secs(2), Arc::new(names));
    let url = format!("http://hooks.example.com:{}/", sink.port());
    let delivery = courier.deliver(&url, SECRET, &event()).await;
    assert_eq!(delivery.outcome, Outcome::Delivered, "{:?}", delivery.error);
    assert_eq!(sink.requests().len(), 1);
}

#[tokio::test]
async fn a_name_that_changes_its_answer_after_the_check_is_still_refused() {
    let sink = HttpSink::start().await;
    // The first lookup gives an address that may be called, every later one an inward address.
    let names = Arc::new(Answers::of(&[&["127.0.0.1:0"], &["169.254.169.254:0"]]));
    let rebinding = |names: &Arc<Answers>| {
        Courier::with(Reach::AllowLoopback, Duration::from_secs(2), names.clone() as Arc<dyn Resolve>)
    };
    let url = format!("http://rebind.example.com:{}/", sink.port());
    let first = rebinding(&names).deliver(&url, SECRET, &event()).await;
    assert_eq!(first.outcome, Outcome::Delivered, "{:?}", first.error);
    assert_eq!(names.lookups.load(Ordering::SeqCst), 1, "checked and connected with one and the same answer");
    let second = rebinding(&names).deliver(&url, SECRET, &event()).await;
    let inward = Unreachable::ResolvesInward("rebind.example.com".to_owned());
    assert_eq!(second.error, Some(Undelivered::Unreachable(inward)));
    assert_eq!(sink.requests().len(), 1);
}
