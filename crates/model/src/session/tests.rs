use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::decision;
use crate::feature::Feature;
use crate::status::{FeatureStatus, SessionStatus};
use crate::workflow::{Config, Outcome};

fn start() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn session(features: &[Feature]) -> Session {
    let graph = Graph::linear(features.iter().map(|feature| (*feature, Config::new(), None)).collect());
    let timers = Timers { kyc: Some(SignedDuration::from_hours(24 * 90)), ..Timers::default() };
    Session::create(graph, timers, BTreeSet::from([Feature::Ocr]), start())
}

fn report(node: &str, status: FeatureStatus) -> Report {
    let mut report = Report::judged(node.into(), Feature::Ocr, Map::new(), Vec::new());
    report.status = status;
    report.of_attempt(1)
}

fn go(session: Session, events: &[Event], now: Timestamp) -> Session {
    events.iter().fold(session, |session, event| session.apply(event.clone(), now).unwrap().next)
}

fn to_checking() -> Vec<Event> {
    let choice = Choice { country: "UTO".into(), document_type: "P".into() };
    let node = NodeId::from("id_verification_1");
    vec![Event::Opened, Event::Consented, Event::Chosen(node.clone(), choice), Event::EvidenceComplete(node)]
}

fn reported(status: FeatureStatus, verdict: Verdict) -> Event {
    Event::Reported { report: report("id_verification_1", status), verdict }
}

#[test]
fn a_clean_document_approves_and_announces_it() {
    let checking = go(session(&[Feature::Ocr]), &to_checking(), start());
    let step = checking.apply(reported(FeatureStatus::Approved, Verdict::Final), start()).unwrap();
    assert_eq!(step.next.status(), SessionStatus::Approved);
    assert_eq!(step.effects, [Effect::Announce(SessionStatus::Approved)]);
}

#[test]
fn a_check_that_did_not_run_sends_the_session_to_review() {
    let checking = go(session(&[Feature::Ocr, Feature::Liveness]), &to_checking(), start());
    let step = checking.apply(reported(FeatureStatus::Approved, Verdict::Final), start()).unwrap();
    let node = NodeId::from("liveness_1");
    assert_eq!(step.effects, [Effect::RunCheck { node: node.clone(), attempt: 2 }]);
    let report = Report::not_run(node, Feature::Liveness, "no model installed").of_attempt(2);
    let step = step.next.apply(Event::Reported { report, verdict: Verdict::Final }, start()).unwrap();
    assert_eq!(step.next.status(), SessionStatus::InReview);
}

#[test]
fn a_status_node_cannot_approve_a_check_that_did_not_run() {
    let report = Report::not_run("liveness_1".into(), Feature::Liveness, "no model installed");
    let reports = BTreeMap::from([(report.node_id.clone(), report)]);
    assert_eq!(decision::roll_up(Outcome::Approved, &reports), SessionStatus::InReview);
    assert_eq!(decision::roll_up(Outcome::Determine, &BTreeMap::new()), SessionStatus::InReview);
}

#[test]
fn a_bad_photo_may_be_repeated_until_the_attempts_are_spent() {
    let mut session = go(session(&[Feature::Ocr]), &to_checking(), start());
    for attempt in 1..=3 {
        let report = report("id_verification_1", FeatureStatus::Declined).of_attempt(attempt);
        session = go(session, &[Event::Reported { report, verdict: Verdict::RetryUpTo(3) }], start());
        if attempt < 3 {
            let State::InProgress(progress) = &session.state else { panic!("retry keeps the session open") };
            assert!(matches!(progress.phase, Phase::Retrying { .. }));
            session = go(session, &[Event::EvidenceComplete("id_verification_1".into())], start());
        }
    }
    assert_eq!(session.status(), SessionStatus::Declined);
}

#[test]
fn steps_cannot_be_skipped_or_repeated() {
    let opened = go(session(&[Feature::Ocr]), &[Event::Opened], start());
    let node = NodeId::from("id_verification_1");
    let early = opened.clone().apply(Event::EvidenceComplete(node.clone()), start());
    assert_eq!(early.unwrap_err(), Refused::Early);
    let checking = go(session(&[Feature::Ocr]), &to_checking(), start());
    let twice = checking.clone().apply(Event::EvidenceComplete(node), start());
    assert_eq!(twice.unwrap_err(), Refused::NotCurrent);
    let stale = report("id_verification_1", FeatureStatus::Approved).of_attempt(2);
    let stale = Event::Reported { report: stale, verdict: Verdict::Final };
    assert_eq!(checking.apply(stale, start()).unwrap_err(), Refused::NotCurrent);
}

#[test]
fn unopened_sessions_expire_and_opened_ones_are_abandoned() {
    let hours = |count| start() + SignedDuration::from_hours(count);
    let fresh = session(&[Feature::Ocr]);
    assert_eq!(fresh.clone().apply(Event::TimerFired, hours(1)).unwrap_err(), Refused::NotDue);
    assert_eq!(go(fresh.clone(), &[Event::TimerFired], hours(7 * 24)).status(), SessionStatus::Expired);
    let opened = go(fresh, &[Event::Opened], start());
    assert_eq!(opened.due_at(), Some(hours(24)));
    assert_eq!(go(opened, &[Event::TimerFired], hours(24)).status(), SessionStatus::Abandoned);
}

#[test]
fn an_approval_ends_the_day_after_the_document_expires() {
    let checking = go(session(&[Feature::Ocr]), &to_checking(), start());
    let mut found = report("id_verification_1", FeatureStatus::Approved);
    found.fields.insert("expiration_date".into(), json!("2026-02-01"));
    let approved = go(checking, &[Event::Reported { report: found, verdict: Verdict::Final }], start());
    let midnight: Timestamp = "2026-02-02T00:00:00Z".parse().unwrap();
    assert_eq!(approved.due_at(), Some(midnight));
    let ended = go(approved, &[Event::TimerFired], midnight);
    assert_eq!(ended.status(), SessionStatus::KycExpired);
    let report = &ended.reports[&NodeId::from("id_verification_1")];
    assert_eq!(report.status, FeatureStatus::Expired);
    assert_eq!(report.warnings.len(), 1);
}

#[test]
fn resubmission_reopens_the_named_steps_and_keeps_the_others() {
    let review = |status| Event::Reviewed { status, nodes: vec!["id_verification_1".into()] };
    let declined = go(session(&[Feature::Ocr]), &to_checking(), start());
    let declined = go(declined, &[reported(FeatureStatus::Declined, Verdict::Final)], start());
    let again = go(declined, &[review(SessionStatus::Resubmitted)], start());
    assert_eq!(again.reports[&"id_verification_1".into()].status, FeatureStatus::ResubRequested);
    assert_eq!(
        again.clone().apply(review(SessionStatus::Resubmitted), start()).unwrap_err(),
        Refused::SameStatus
    );
    let opened = go(again, &[Event::Opened], start());
    let State::InProgress(progress) = &opened.state else { panic!("the step is open again") };
    assert_eq!((progress.attempt, progress.tries), (2, 1), "old evidence is not taken for new");
}

#[test]
fn resubmission_forgets_what_the_step_found_and_nothing_else() {
    let features = [Feature::Ocr, Feature::Aml];
    let mut found = report("id_verification_1", FeatureStatus::Approved);
    found.fields =
        json!({"first_name": "Ana", "matches": [{"source": "session"}], "extra_fields": {"a": 1}, "mrz": {}})
            .as_object()
            .unwrap()
            .clone();
    let checking = go(session(&features), &to_checking(), start());
    let running =
        go(checking, &[Event::Reported { report: found.clone(), verdict: Verdict::Final }], start());
    let aml = Report::judged("aml_1".into(), Feature::Aml, Map::new(), Vec::new()).of_attempt(2);
    let approved = go(running, &[Event::Reported { report: aml, verdict: Verdict::Final }], start());
    let redo = |node: &str| Event::Reviewed { status: SessionStatus::Resubmitted, nodes: vec![node.into()] };

    let again = go(approved.clone(), &[redo("id_verification_1")], start());
    let cleared = &again.reports[&"id_verification_1".into()];
    let nothing = json!({"first_name": null, "matches": [], "extra_fields": {}, "mrz": null});
    assert_eq!(Value::Object(cleared.fields.clone()), nothing);
    assert_eq!(cleared.to_wire()["status"], "Not Finished", "the array does not know Resub Requested");
    assert!(!again.redoes_itself(), "a document needs its holder");
    let opened = go(again, &[Event::Opened], start());
    let State::InProgress(progress) = &opened.state else { panic!("the step is open again") };
    assert_eq!(progress.node, "id_verification_1".into());

    let again = go(approved, &[redo("aml_1")], start());
    assert_eq!(again.reports[&"id_verification_1".into()], found, "kept");
    assert_eq!(again.reports[&"aml_1".into()].to_wire()["status"], "Resub Requested");
    assert!(again.redoes_itself());
    let step = again.apply(Event::Opened, start()).unwrap();
    assert!(step.effects.contains(&Effect::RunCheck { node: "aml_1".into(), attempt: 3 }));
}

#[test]
fn without_a_choice_the_steps_that_were_tried_and_not_passed_are_redone() {
    let opened = go(session(&[Feature::Ocr, Feature::Liveness]), &[Event::Opened], start());
    let end = start() + SignedDuration::from_hours(24);
    let abandoned = go(opened, &[Event::TimerFired], end);
    let redo = Event::Reviewed { status: SessionStatus::Resubmitted, nodes: vec![] };
    assert_eq!(abandoned.apply(redo.clone(), end).unwrap_err(), Refused::NothingToRedo, "nothing was tried");
    let checking = go(session(&[Feature::Ocr, Feature::Liveness]), &to_checking(), start());
    let running = go(checking, &[reported(FeatureStatus::Approved, Verdict::Final)], start());
    let missing = Report::not_run("liveness_1".into(), Feature::Liveness, "no model installed").of_attempt(2);
    let in_review = go(running, &[Event::Reported { report: missing, verdict: Verdict::Final }], start());
    let again = go(in_review, &[redo], start());
    let State::Resubmitted { nodes, .. } = &again.state else { panic!("asked for again") };
    assert_eq!(nodes, &["liveness_1".into()]);
}

#[test]
fn one_check_is_judged_differently_and_the_session_stays_as_it_was() {
    let checking = go(session(&[Feature::Ocr]), &to_checking(), start());
    let approved = go(checking.clone(), &[reported(FeatureStatus::Approved, Verdict::Final)], start());
    let judge = |node: &str, status| Event::FeatureReviewed { node: node.into(), status };
    let step = approved.clone().apply(judge("id_verification_1", FeatureStatus::Declined), start()).unwrap();
    assert_eq!((step.next.status(), step.effects), (SessionStatus::Approved, vec![Effect::AnnounceData]));
    assert_eq!(step.next.reports[&"id_verification_1".into()].status, FeatureStatus::Declined);
    for (session, event, refused) in [
        (&approved, judge("id_verification_1", FeatureStatus::Approved), Refused::SameStatus),
        (&approved, judge("id_verification_1", FeatureStatus::Expired), Refused::WrongStatus),
        (&approved, judge("liveness_1", FeatureStatus::Declined), Refused::UnknownNode),
        (&checking, judge("id_verification_1", FeatureStatus::Declined), Refused::UnknownNode),
    ] {
        assert_eq!(session.clone().apply(event, start()).unwrap_err(), refused);
    }
}

#[test]
fn a_corrected_date_of_expiry_moves_the_end_of_the_approval() {
    let checking = go(session(&[Feature::Ocr]), &to_checking(), start());
    let correct = |date: &str| Event::Corrected {
        node: "id_verification_1".into(),
        fields: Map::from_iter([("expiration_date".to_owned(), json!(date))]),
    };
    assert_eq!(checking.clone().apply(correct("2026-02-01"), start()).unwrap_err(), Refused::WrongStatus);
    let approved = go(checking, &[reported(FeatureStatus::Approved, Verdict::Final)], start());
    let later = start() + SignedDuration::from_hours(24 * 20);
    let step = approved.apply(correct("2026-01-10"), later).unwrap();
    assert_eq!(
        (step.next.status(), &step.effects[..]),
        (SessionStatus::Approved, &[Effect::AnnounceData][..])
    );
    assert_eq!(go(step.next, &[Event::TimerFired], later).status(), SessionStatus::KycExpired);
}

#[test]
fn resubmission_needs_a_step_to_redo() {
    let approved = go(session(&[Feature::Ocr]), &to_checking(), start());
    let approved = go(approved, &[reported(FeatureStatus::Approved, Verdict::Final)], start());
    let review = |nodes| Event::Reviewed { status: SessionStatus::Resubmitted, nodes };
    assert_eq!(approved.clone().apply(review(vec![]), start()).unwrap_err(), Refused::NothingToRedo);
    assert_eq!(approved.apply(review(vec!["liveness_9".into()]), start()).unwrap_err(), Refused::UnknownNode);
}

fn any_event() -> impl Strategy<Value = Event> {
    let node = || prop_oneof![Just(NodeId::from("id_verification_1")), Just(NodeId::from("liveness_1"))];
    let feature_status = prop_oneof![
        Just(FeatureStatus::Approved),
        Just(FeatureStatus::Declined),
        Just(FeatureStatus::InReview),
        Just(FeatureStatus::NotFinished)
    ];
    let status = proptest::sample::select(SessionStatus::ALL.to_vec());
    let party_status = prop_oneof![
        Just(FeatureStatus::AwaitingUser),
        Just(FeatureStatus::Approved),
        Just(FeatureStatus::Declined),
        Just(FeatureStatus::InReview)
    ];
    let choice = Choice { country: "UTO".into(), document_type: "P".into() };
    prop_oneof![
        3 => Just(Event::Opened),
        1 => Just(Event::Active),
        3 => Just(Event::Consented),
        2 => node().prop_map(move |node| Event::Chosen(node, choice.clone())),
        3 => node().prop_map(Event::EvidenceComplete),
        6 => (node(), feature_status, prop_oneof![4 => 1..3_u32, 1 => 3..6_u32], any::<bool>()).prop_map(|(node, status, attempt, last)| {
            let verdict = if last { Verdict::Final } else { Verdict::RetryUpTo(2) };
            Event::Reported { report: report(&node.0, status).of_attempt(attempt), verdict }
        }),
        2 => Just(Event::TimerFired),
        3 => (status, any::<bool>()).prop_map(|(status, named)| {
            Event::Reviewed { status, nodes: if named { vec!["id_verification_1".into()] } else { vec![] } }
        }),
        1 => (node(), prop_oneof![Just(FeatureStatus::Approved), Just(FeatureStatus::Declined)])
            .prop_map(|(node, status)| Event::FeatureReviewed { node, status }),
        1 => node().prop_map(|node| Event::Corrected { node, fields: Map::new() }),
        1 => (node(), party_status.clone()).prop_map(|(node, status)| Event::PartiesSubmitted(report(&node.0, status))),
        1 => (node(), party_status.clone()).prop_map(|(node, status)| Event::PartyMoved(report(&node.0, status))),
        1 => (node(), party_status).prop_map(|(node, status)| Event::PartiesEnded(report(&node.0, status))),
    ]
}

/// Runs events with the clock moving on, and hands every step to `check`.
fn walk(features: &[Feature], events: Vec<(Event, i64)>, mut check: impl FnMut(SessionStatus, &Step)) {
    let mut session = session(features);
    let mut now = start();
    for (event, hours) in events {
        now += SignedDuration::from_hours(hours);
        let before = session.status();
        if let Ok(step) = session.clone().apply(event, now) {
            check(before, &step);
            session = step.next;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn random_event_orders_never_leave_the_published_table(
        events in proptest::collection::vec((any_event(), prop_oneof![8 => Just(0_i64), 1 => 1..200_i64, 1 => 2_000..2_300_i64]), 1..40)
    ) {
        let features = [Feature::Ocr, Feature::Liveness];
        walk(&features[..=events.len() % 2], events, |before, step| {
            let after = step.next.status();
            let known = TRANSITIONS.iter().any(|way| way.from == before && way.to == after);
            assert!(before == after || known, "{before} -> {after} is not published");
            let announced = step.effects.contains(&Effect::Announce(after));
            assert_eq!(announced, before != after, "a change is announced exactly when it happens");
        });
    }
}

/// The table promises nothing that cannot happen.
#[test]
fn every_published_transition_is_reached() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let hours = prop_oneof![8 => Just(0_i64), 1 => 1..200_i64, 1 => 2_000..2_300_i64];
    let events = proptest::collection::vec((any_event(), hours), 20..60);
    let mut seen = BTreeSet::new();
    for _ in 0..2_000 {
        walk(&[Feature::Ocr], events.new_tree(&mut runner).unwrap().current(), |before, step| {
            seen.insert((before, step.next.status()));
        });
    }
    let missing: Vec<_> = TRANSITIONS.iter().filter(|way| !seen.contains(&(way.from, way.to))).collect();
    assert!(missing.is_empty(), "published but never reached: {missing:?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes the page that it checks when asked to")]
fn the_published_page_is_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/states/session.md");
    let page = render_table();
    if std::env::var("BONAFIDE_BLESS").is_ok() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(written, page, "run BONAFIDE_BLESS=1 cargo test -p model to renew docs/states/session.md");
}

#[test]
fn nothing_times_out_while_a_check_runs() {
    let checking = go(session(&[Feature::Ocr]), &to_checking(), start());
    assert_eq!(checking.due_at(), None);
    let late = start() + SignedDuration::from_hours(24 * 30);
    assert_eq!(checking.clone().apply(Event::TimerFired, late).unwrap_err(), Refused::NotDue);
    let step = checking.apply(reported(FeatureStatus::Approved, Verdict::Final), late).unwrap();
    assert_eq!(step.next.status(), SessionStatus::Approved);
}
