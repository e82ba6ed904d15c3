//! What we sign is what receivers compute: thousands of generated bodies are checked by real Node
//! and Python processes with the code that integrators copy, our example's and the guide's own.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use outbound::{canonical, sign};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use serde_json::{Map, Value, json};

const SECRET: &str = "kq1mDq0mWfT3Yy8b9hVYxJ0sSx2m1n7p3Q5r6T8u9vA";
const CASES: usize = 2_000;

/// What a receiver is given, and what it ought to say.
struct Case {
    body: String,
    signature: String,
    raw: String,
    simple: String,
    timestamp: String,
}

impl Case {
    fn genuine(envelope: &Value) -> Self {
        let body = canonical(envelope);
        let signed = sign(SECRET, body.as_bytes(), envelope);
        Self {
            body,
            signature: signed.v2,
            raw: signed.raw,
            simple: signed.simple,
            timestamp: signed.timestamp,
        }
    }

    fn line(&self) -> String {
        let Self { body, signature, raw, simple, timestamp } = self;
        json!({"body": body, "v2": signature, "raw": raw, "simple": simple, "timestamp": timestamp})
            .to_string()
    }
}

/// A program that reads cases, one JSON object per line, and answers `true` or `false` to each.
struct Receiver {
    program: &'static str,
    arguments: Vec<String>,
}

impl Receiver {
    fn node(harness: &str, code: &Path) -> Self {
        Self { program: "node", arguments: vec![script(harness), code.display().to_string()] }
    }

    fn python(harness: &str, code: &Path) -> Self {
        Self {
            program: "python3",
            arguments: vec!["-B".to_owned(), script(harness), code.display().to_string()],
        }
    }

    /// One process for all cases.
    fn accepts(&self, cases: &[Case]) -> Vec<bool> {
        let input = cases.iter().fold(String::new(), |mut input, case| {
            writeln!(input, "{}", case.line()).expect("writing to a String cannot fail");
            input
        });
        let mut process = Command::new(self.program)
            .args(&self.arguments)
            .env("DIDIT_WEBHOOK_SECRET", SECRET)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} is needed for this test: {error}", self.program));
        let mut stdin = process.stdin.take().expect("piped");
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = process.wait_with_output().expect("the program ends");
        writer.join().expect("no panic").expect("the program reads all cases");
        assert!(output.status.success(), "{} {:?} failed", self.program, self.arguments);
        let answers: Vec<bool> =
            String::from_utf8_lossy(&output.stdout).lines().map(|line| line == "true").collect();
        assert_eq!(answers.len(), cases.len(), "one answer per case");
        answers
    }

    fn accepts_one(&self, envelope: &Value) -> bool {
        self.accepts(&[Case::genuine(envelope)])[0]
    }
}

fn script(name: &str) -> String {
    format!("{}/tests/it/receivers_code/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn example(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/receivers").join(path)
}

fn express_example() -> Receiver {
    Receiver::node("example.js", &example("express/signature.js"))
}

fn fastapi_example() -> Receiver {
    Receiver::python("example.py", &example("fastapi"))
}

fn now() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "receivers compare with the real time")]
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970").as_secs()
}

/// An envelope with `extra` in it, sent now.
fn envelope(extra: &Value) -> Value {
    json!({
        "webhook_type": "status.updated", "timestamp": now(), "session_id": "s-1", "status": "Declined",
        "event_id": "e-1", "metadata": extra,
    })
}

/// Numbers that both languages read and write alike: see `outbound::canonical`.
fn portable_number() -> impl Strategy<Value = Value> {
    let largest = (1_i64 << 53) - 1;
    prop_oneof![
        (-largest..=largest).prop_map(Value::from),
        (0..=10_000_i32).prop_map(|score| Value::from(f64::from(score) / 100.0)),
        (-1_000_000_i32..1_000_000).prop_map(|whole| Value::from(f64::from(whole))),
        (0.0001..9e15_f64).prop_map(Value::from),
        (-1.0..-0.0001_f64).prop_map(Value::from),
        Just(Value::from(-0.0)),
    ]
}

/// Keys in the plane where both languages sort alike, and not of digits alone.
fn portable_key() -> impl Strategy<Value = String> {
    let any_text = prop::collection::vec(prop::char::range('\0', '\u{ffff}'), 0..8)
        .prop_map(|characters| characters.into_iter().collect::<String>());
    prop_oneof!["[a-zA-Z_]{1,12}", any_text].prop_filter("digits alone", |key| {
        key != "__proto__" && (key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

fn portable_text() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "\u{2028}", "\u{7f}", "\0", "\"", "\\", "/", "é", "e\u{301}", "😀", "\r\n",
    ]);
    let pieces = prop::collection::vec(prop_oneof![awkward.prop_map(str::to_owned), any::<String>()], 0..4);
    pieces.prop_map(|pieces| pieces.concat())
}

fn portable_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        portable_number(),
        portable_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let members = prop::collection::hash_map(portable_key(), inner.clone(), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// A new set of bodies in every run; a failure prints the body itself.
fn generated_cases() -> Vec<Case> {
    let mut runner = TestRunner::new(Config::default());
    let strategy = portable_value();
    let draw = |_| strategy.new_tree(&mut runner).expect("a value").current();
    let drawn: Vec<Value> = (0..CASES).map(draw).collect();
    // Signed only now: drawing takes longer on a busy machine than a signature stays fresh.
    drawn.iter().map(|extra| Case::genuine(&envelope(extra))).collect()
}

/// Bodies as events without a session have them: fields of the simple signature missing, null or empty.
fn generated_cases_with_gaps() -> Vec<Case> {
    let mut runner = TestRunner::new(Config::default());
    let gap =
        prop_oneof![Just(None), Just(Some(Value::Null)), Just(Some(json!(""))), Just(Some(json!("ä😀")))];
    let strategy = (portable_value(), gap.clone(), gap.clone(), gap);
    let draw = |_| strategy.new_tree(&mut runner).expect("a value").current();
    let drawn: Vec<_> = (0..CASES).map(draw).collect();
    let cases = drawn.into_iter().map(|(extra, session, status, kind)| {
        let mut envelope = envelope(&extra);
        let fields = envelope.as_object_mut().expect("an envelope is an object");
        for (name, value) in [("session_id", session), ("status", status), ("webhook_type", kind)] {
            match value {
                Some(value) => fields.insert(name.to_owned(), value),
                None => fields.remove(name),
            };
        }
        Case::genuine(&envelope)
    });
    cases.collect()
}

fn agrees_where_fields_are_missing(receiver: &Receiver) {
    let cases = generated_cases_with_gaps();
    for (accepted, case) in receiver.accepts(&cases).into_iter().zip(&cases) {
        assert!(accepted, "refused: {}", case.body);
    }
}

#[test]
fn the_express_example_accepts_bodies_that_lack_what_the_simple_signature_covers() {
    agrees_where_fields_are_missing(&express_example());
}

#[test]
fn the_fastapi_example_accepts_bodies_that_lack_what_the_simple_signature_covers() {
    agrees_where_fields_are_missing(&fastapi_example());
}

fn agrees_with_our_signatures(receiver: &Receiver) {
    let cases = generated_cases();
    for (accepted, case) in receiver.accepts(&cases).into_iter().zip(&cases) {
        assert!(accepted, "refused: {}", case.body);
    }
}

fn refuses_forgeries(receiver: &Receiver) {
    let genuine = || Case::genuine(&envelope(&json!({"name": "señor 😀"})));
    let forge = |change: fn(&mut Case)| {
        let mut case = genuine();
        change(&mut case);
        case
    };
    let cases = [
        genuine(),
        forge(|case| case.body = case.body.replace("Declined", "Declinee")),
        forge(|case| {
            case.signature.replace_range(0..1, if case.signature.starts_with('0') { "1" } else { "0" });
        }),
        forge(|case| case.signature = sign("another secret", b"", &Value::Null).v2),
        forge(|case| case.signature.truncate(63)),
        forge(|case| case.timestamp = (now() - 302).to_string()),
        forge(|case| case.timestamp = (now() + 310).to_string()),
    ];
    assert_eq!(receiver.accepts(&cases), [true, false, false, false, false, false, false]);
}

#[test]
fn the_express_example_accepts_every_generated_body() {
    agrees_with_our_signatures(&express_example());
}

#[test]
fn the_fastapi_example_accepts_every_generated_body() {
    agrees_with_our_signatures(&fastapi_example());
}

#[test]
fn the_express_example_refuses_forgeries() {
    refuses_forgeries(&express_example());
}

#[test]
fn the_fastapi_example_refuses_forgeries() {
    refuses_forgeries(&fastapi_example());
}

#[test]
fn the_limits_of_writing_json_again_are_those_that_canonical_documents() {
    let (node, python) = (express_example(), fastapi_example());
    for (extra, in_node, in_python) in [
        (json!({"10": 1, "a": 2, "9": 3}), false, true),
        (json!({"__proto__": {"a": 1}}), false, true),
        (json!({"\u{1f600}": 1, "\u{ff5e}": 2}), false, true),
        (json!(9_007_199_254_740_993_i64), false, true),
        (json!(0.00001), true, false),
        (json!(0.0001), true, true),
        (json!(9_007_199_254_740_991_i64), true, true),
    ] {
        let envelope = envelope(&extra);
        assert_eq!(node.accepts_one(&envelope), in_node, "Node: {extra}");
        assert_eq!(python.accepts_one(&envelope), in_python, "Python: {extra}");
    }
}

/// The founding guide's own text, when the contract stands beside the checkout; it belongs to
/// others and never enters the repository. Its code is cut out, unchanged, into `folder`.
fn guide_code(folder: &Path, from: &str, to: &str) -> Option<PathBuf> {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/contract/founding-guide.txt");
    #[expect(clippy::disallowed_methods, reason = "a test reads its data")]
    let Ok(text) = fs::read_to_string(&guide) else {
        println!("not run: {} is absent", guide.display());
        return None;
    };
    let (_, after) = text.split_once(from).expect("the guide has this code");
    let (inside, _) = after.split_once(to).expect("the guide's code ends so");
    let file = folder.join("guide.txt");
    #[expect(clippy::disallowed_methods, reason = "a test writes to its own folder")]
    fs::write(&file, format!("{from}{inside}{to}")).expect("a temporary folder can be written");
    Some(file)
}

#[test]
fn the_guides_own_node_code_accepts_what_we_sign_and_refuses_forgeries() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let end = "crypto.timingSafeEqual(a, b);\n}";
    if let Some(code) = guide_code(folder.path(), "const crypto = require(\"crypto\");", end) {
        let receiver = Receiver::node("guide.js", &code);
        agrees_with_our_signatures(&receiver);
        refuses_forgeries(&receiver);
    }
}

#[test]
fn the_guides_own_python_code_accepts_what_we_sign_and_refuses_forgeries() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let end = "return {\"received\": True}";
    if let Some(code) = guide_code(folder.path(), "from fastapi import FastAPI, Request, HTTPException", end)
    {
        let receiver = Receiver::python("guide.py", &code);
        agrees_with_our_signatures(&receiver);
        refuses_forgeries(&receiver);
    }
}
