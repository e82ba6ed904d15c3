//! Text messages against a real HTTP server: what arrives there, and what its answers mean.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use outbound::Reach;
use outbound::sms::{Channel, Hook, NotSent, Sent, Text, Texter, Twilio};
use serde_json::{Value, json};
use testkit::HttpSink;
use testkit::http_sink::Answer;

const TEXT: Text<'static> = Text {
    to: "+34699999999",
    body: "123456 is your Acme code.",
    code: "123456",
    application: "Acme",
    locale: "en",
    channel: Channel::Whatsapp,
    signals: &Value::Null,
    reference: "11111111-2222-3333-4444-555555555555",
};

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().expect("an instant")
}

fn twilio(sink: &HttpSink, from: &str) -> Texter {
    let made = Twilio::new(Reach::AllowLoopback, &sink.url("/"), "AC1", "t0ken&=", from);
    Texter::Twilio(made.expect("an address on this machine"))
}

fn hook(sink: &HttpSink) -> Texter {
    let url = sink.url("/texts?tenant=1");
    let made = Hook::with_patience(Reach::AllowLoopback, &url, "s3cret", Duration::from_millis(600));
    Texter::Hook(made.expect("an address on this machine"))
}

#[tokio::test]
async fn twilio_gets_a_form_with_basic_authentication() {
    let sink = HttpSink::start().await;
    sink.answer_with([Answer::Json(201, json!({"sid": "SM1", "status": "queued"}))]);
    let sent = twilio(&sink, "+15550100").send(&TEXT, now()).await;
    assert_eq!(sent, Ok(Sent { channel: Channel::Sms }), "it carries nothing else");
    let request = sink.requests().remove(0);
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/2010-04-01/Accounts/AC1/Messages.json")
    );
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    // `printf '%s' 'AC1:t0ken&=' | base64`
    assert_eq!(request.headers["authorization"], "Basic QUMxOnQwa2VuJj0=");
    let form = String::from_utf8(request.body).expect("a form is ASCII");
    assert_eq!(form, "To=%2B34699999999&From=%2B15550100&Body=123456+is+your+Acme+code.");
    sink.answer_with([Answer::Json(201, json!({"sid": "SM2"}))]);
    twilio(&sink, "MG5").send(&TEXT, now()).await.expect("taken");
    assert!(String::from_utf8_lossy(&sink.requests()[1].body).contains("MessagingServiceSid=MG5"));
}

#[tokio::test]
async fn the_hook_gets_signed_json() {
    let sink = HttpSink::start().await;
    sink.answer_with([Answer::Json(200, json!({"status": "sent", "channel": "whatsapp"}))]);
    assert_eq!(hook(&sink).send(&TEXT, now()).await, Ok(Sent { channel: Channel::Whatsapp }));
    let request = sink.requests().remove(0);
    let body: Value = serde_json::from_slice(&request.body).expect("JSON");
    assert_eq!(
        (&body["to"], &body["code"], &body["channel"]),
        (&json!("+34699999999"), &json!("123456"), &json!("whatsapp"))
    );
    assert_eq!(request.headers["x-timestamp"], body["timestamp"].to_string());
    let expected = outbound::sign("s3cret", &request.body, &body).raw;
    assert_eq!(request.headers["x-signature"], expected);
    assert_eq!(request.path, "/texts?tenant=1");
}

#[tokio::test]
async fn whatever_goes_wrong_at_the_provider_is_told_in_time() {
    let sink = HttpSink::start().await;
    let answers = [
        Answer::Status(500),
        Answer::Status(404),
        Answer::Redirect(sink.url("/elsewhere")),
        Answer::Hang,
        Answer::Late(Duration::from_secs(5)),
        Answer::Endless,
        Answer::Json(200, json!({"status": 7})),
    ];
    let count = answers.len();
    sink.answer_with(answers);
    let texter = hook(&sink);
    for number in 1..count {
        let started = Instant::now();
        let sent = texter.send(&TEXT, now()).await;
        assert!(matches!(sent, Err(NotSent::Unavailable(_))), "{number}: {sent:?}");
        assert!(started.elapsed() < Duration::from_secs(3), "{number}");
    }
    // A body that is no answer of ours says nothing; the status took the message.
    assert!(texter.send(&TEXT, now()).await.is_ok());
    assert_eq!(sink.requests().len(), count, "no redirect was followed, nothing was repeated");
    let nobody = Hook::new(Reach::AllowLoopback, "http://127.0.0.1:9/", "s3cret").expect("an address");
    assert!(matches!(Texter::Hook(nobody).send(&TEXT, now()).await, Err(NotSent::Unavailable(_))));
}

#[test]
fn addresses_inside_are_refused_before_anything_is_sent() {
    for url in
        ["http://sms.example.org/", "https://127.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/"]
    {
        assert!(Hook::new(Reach::PublicOnly, url, "s3cret").is_err(), "{url}");
        assert!(Twilio::new(Reach::PublicOnly, url, "AC1", "token", "+15550100").is_err(), "{url}");
    }
    assert!(Hook::new(Reach::PublicOnly, "https://sms.example.org/hook", "s3cret").is_ok());
}

#[tokio::test]
async fn without_a_provider_nothing_leaves_and_without_a_network_it_is_kept() {
    let off = Texter::Off.send(&TEXT, now()).await;
    assert!(matches!(off, Err(NotSent::Unavailable(_))));
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = Texter::Outbox(folder.path().to_owned());
    outbox.send(&TEXT, now()).await.expect("kept");
    let files: Vec<_> = folder.path().read_dir().expect("readable").flatten().collect();
    assert!(files.len() == 1 && files[0].file_name().to_string_lossy().ends_with(".sms.json"));
}
