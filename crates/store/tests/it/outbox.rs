//! Events, destinations and the log of deliveries.

use model::id::DeliveryId;
use store::deliveries::{self, DeliveryRow, DeliverySummary};
use store::destinations::DestinationRow;
use store::events::EventRow;
use store::{Constraint, Error, destinations, events};
use testkit::both_databases;

use crate::story::{at, destination, event, fresh, session_with_key, tenant};

fn delivery(event: &EventRow, destination: &DestinationRow, attempt: i64) -> DeliveryRow {
    DeliveryRow {
        id: fresh::<DeliveryId>(),
        application_id: destination.application_id,
        destination_id: destination.id,
        event_id: event.id,
        session_id: event.session_id,
        webhook_type: event.kind.clone(),
        attempt,
        request_url: destination.url.clone(),
        sealed_request: vec![1, 2],
        response_status: Some(503),
        response_time_ms: Some(attempt * 10),
        status: "failed".into(),
        created_at: at(attempt),
        cause: None,
        replay_id: None,
    }
}

both_databases! {
    async fn a_sessions_events_are_numbered_without_gaps(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let (session, _) = session_with_key(database, &mut tx, &ours).await;
        let (other, _) = session_with_key(database, &mut tx, &ours).await;
        let mut expected = Vec::new();
        for sequence in 1..=3 {
            assert_eq!(events::next_sequence(&mut tx, session.id).await.unwrap(), sequence);
            let row = event(&session, sequence);
            events::insert(&mut tx, &row).await.unwrap();
            expected.push(row);
        }
        assert_eq!(events::next_sequence(&mut tx, other.id).await.unwrap(), 1);
        assert_eq!(events::list(&mut tx, &ours, session.id).await.unwrap(), expected);
        assert_eq!(events::list(&mut tx, &theirs, session.id).await.unwrap(), []);
        assert_eq!(events::find(&mut tx, &ours, expected[1].id).await.unwrap(), Some(expected[1].clone()));
        assert_eq!(events::find(&mut tx, &theirs, expected[1].id).await.unwrap(), None);
    }

    async fn a_place_in_the_order_is_taken_once(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let (session, _) = session_with_key(database, &mut tx, &scope).await;
        events::insert(&mut tx, &event(&session, 1)).await.unwrap();
        let refused = events::insert(&mut tx, &event(&session, 1)).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::EventSequence))), "{refused:?}");
    }

    async fn an_event_need_not_be_of_a_session(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let (session, _) = session_with_key(database, &mut tx, &scope).await;
        for _ in 0..2 {
            let mut row = event(&session, 1);
            row.session_id = None;
            events::insert(&mut tx, &row).await.unwrap();
            assert_eq!(events::find(&mut tx, &scope, row.id).await.unwrap(), Some(row));
        }
    }

    async fn an_application_names_an_address_once_while_it_lives(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let first = destination(&ours, "https://example.org/hook");
        assert!(destinations::insert(&mut tx, &first).await.unwrap());
        let again = destination(&ours, "https://example.org/hook");
        assert!(!destinations::insert(&mut tx, &again).await.unwrap());
        let foreign = destination(&theirs, "https://example.org/hook");
        assert!(destinations::insert(&mut tx, &foreign).await.unwrap());
        assert_eq!(destinations::list(&mut tx, &ours).await.unwrap(), std::slice::from_ref(&first));
        assert_eq!(destinations::find(&mut tx, &theirs, first.id).await.unwrap(), None);

        assert!(!destinations::delete(&mut tx, &theirs, first.id, at(1)).await.unwrap());
        assert!(destinations::delete(&mut tx, &ours, first.id, at(1)).await.unwrap());
        assert!(!destinations::delete(&mut tx, &ours, first.id, at(1)).await.unwrap());
        assert_eq!(destinations::find(&mut tx, &ours, first.id).await.unwrap(), None);
        assert!(matches!(destinations::save(&mut tx, &first).await, Err(Error::Stale)));
        assert!(destinations::insert(&mut tx, &again).await.unwrap());
    }

    async fn a_saved_destination_is_found_as_saved(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let mut row = destination(&scope, "https://example.org/hook");
        destinations::insert(&mut tx, &row).await.unwrap();
        row.label = "Staging".into();
        row.url = "https://example.org/other".into();
        row.enabled = false;
        row.webhook_version = "v2".into();
        row.subscribed_events = "[]".into();
        row.sealed_secret = vec![8];
        row.updated_at = at(4);
        destinations::save(&mut tx, &row).await.unwrap();
        assert_eq!(destinations::find(&mut tx, &scope, row.id).await.unwrap(), Some(row));
        assert!(destinations::insert(&mut tx, &destination(&scope, "https://example.org/hook")).await.unwrap());
    }

    async fn an_address_cannot_be_changed_to_a_taken_one(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let (first, mut second) = (destination(&scope, "https://a.example"), destination(&scope, "https://b.example"));
        destinations::insert(&mut tx, &first).await.unwrap();
        destinations::insert(&mut tx, &second).await.unwrap();
        second.url = first.url;
        let refused = destinations::save(&mut tx, &second).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::DestinationUrl))), "{refused:?}");
    }

    async fn every_attempt_is_logged_and_counted(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let (session, _) = session_with_key(database, &mut tx, &ours).await;
        let target = destination(&ours, "https://example.org/hook");
        destinations::insert(&mut tx, &target).await.unwrap();
        let nothing = deliveries::summarize(&mut tx, &ours, target.id).await.unwrap();
        assert_eq!(nothing, DeliverySummary {
            total: 0,
            failed: 0,
            min_response_time_ms: None,
            avg_response_time_ms: None,
            max_response_time_ms: None,
            last_delivery_at: None,
        });

        let told = event(&session, 1);
        events::insert(&mut tx, &told).await.unwrap();
        let first = delivery(&told, &target, 1);
        let mut second = delivery(&told, &target, 2);
        second.status = "delivered".into();
        second.response_status = Some(200);
        second.response_time_ms = Some(25);
        let mut third = delivery(&told, &target, 3);
        (third.response_status, third.response_time_ms) = (None, None);
        for row in [&first, &second, &third] {
            deliveries::insert(&mut tx, row).await.unwrap();
        }
        let attempts = deliveries::list_for_event(&mut tx, &ours, told.id, target.id).await.unwrap();
        assert_eq!(attempts, [first.clone(), second.clone(), third]);
        let found = deliveries::find(&mut tx, &ours, target.id, second.id).await.unwrap();
        assert_eq!(found, Some(second.clone()));
        assert_eq!(deliveries::find(&mut tx, &theirs, target.id, second.id).await.unwrap(), None);
        assert_eq!(deliveries::list_for_event(&mut tx, &theirs, told.id, target.id).await.unwrap(), []);
        let summary = deliveries::summarize(&mut tx, &ours, target.id).await.unwrap();
        assert_eq!(summary, DeliverySummary {
            total: 3,
            failed: 2,
            min_response_time_ms: Some(10),
            avg_response_time_ms: Some(17),
            max_response_time_ms: Some(25),
            last_delivery_at: Some(at(3)),
        });
        assert_eq!(deliveries::summarize(&mut tx, &theirs, target.id).await.unwrap(), nothing);
    }

    async fn the_log_is_paged_newest_first(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let (session, _) = session_with_key(database, &mut tx, &ours).await;
        let target = destination(&ours, "https://example.org/hook");
        destinations::insert(&mut tx, &target).await.unwrap();
        let told = event(&session, 1);
        events::insert(&mut tx, &told).await.unwrap();
        let mut rows: Vec<_> = (1..=3).map(|attempt| delivery(&told, &target, attempt)).collect();
        for row in &rows {
            deliveries::insert(&mut tx, row).await.unwrap();
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.id));
        let all = deliveries::Filter::default();
        assert_eq!(deliveries::count(&mut tx, &ours, target.id, &all).await.unwrap(), 3);
        assert_eq!(deliveries::list(&mut tx, &ours, target.id, &all, 2, 0).await.unwrap(), rows[..2]);
        assert_eq!(deliveries::list(&mut tx, &ours, target.id, &all, 2, 2).await.unwrap(), rows[2..]);
        assert_eq!(deliveries::list(&mut tx, &theirs, target.id, &all, 2, 0).await.unwrap(), []);
    }
}
