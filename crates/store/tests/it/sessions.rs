//! Sessions: found by id, token and reuse key, saved under a guard, numbered, timed, deleted.

use std::collections::HashSet;

use store::erasure::{self, Which};
use store::{Constraint, Error, session_keys, sessions};
use testkit::both_databases;

use crate::story::{at, committed_tenant, fresh, noon, session, session_with_key, tenant};

fn people() -> sessions::Filter {
    sessions::Filter { kind: "user", ..sessions::Filter::default() }
}

both_databases! {
    async fn a_session_is_found_as_it_was_kept(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let mut row = session(&ours, 1);
        row.vendor_hash = Some("vendor".into());
        row.reuse_key = Some("vendor and workflow".into());
        row.due_at = Some(at(60));
        assert!(sessions::insert(&mut tx, &row).await.unwrap());

        assert_eq!(sessions::find(&mut tx, &ours, row.id).await.unwrap(), Some(row.clone()));
        assert_eq!(sessions::find(&mut tx, &theirs, row.id).await.unwrap(), None);
        let by_token = sessions::find_by_token_hash(&mut tx, &row.token_hash).await.unwrap();
        assert_eq!(by_token, Some((ours, row.clone())));
        assert_eq!(sessions::find_by_token_hash(&mut tx, "no token").await.unwrap(), None);
        let by_key = sessions::find_by_reuse_key(&mut tx, &ours, "vendor and workflow").await.unwrap();
        assert_eq!(by_key, Some(row));
        assert_eq!(sessions::find_by_reuse_key(&mut tx, &theirs, "vendor and workflow").await.unwrap(), None);
    }

    async fn a_saved_session_is_one_version_further(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let mut row = session(&scope, 1);
        row.reuse_key = Some("key".into());
        sessions::insert(&mut tx, &row).await.unwrap();
        row.status = "Approved".into();
        row.state = "{}".into();
        row.sealed = vec![3];
        row.reuse_key = None;
        row.vendor_hash = Some("vendor".into());
        row.token_hash = "another token".into();
        row.due_at = Some(at(7));
        row.updated_at = at(5);
        sessions::save(&mut tx, &row, 1).await.unwrap();
        row.version = 2;
        assert_eq!(sessions::find(&mut tx, &scope, row.id).await.unwrap(), Some(row));
    }

    async fn of_two_writers_who_read_the_same_version_one_is_told(database: &Database) {
        let scope = committed_tenant(database).await;
        let row = session(&scope, 1);
        let mut tx = database.store.begin().await.unwrap();
        sessions::insert(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();

        let writers = (0..8).map(|_| async {
            let mut tx = database.store.begin().await.unwrap();
            let saved = sessions::save(&mut tx, &row, 1).await;
            if saved.is_ok() {
                tx.commit().await.unwrap();
            }
            saved
        });
        let saved = futures::future::join_all(writers).await;
        assert_eq!(saved.iter().filter(|saved| saved.is_ok()).count(), 1);
        assert_eq!(saved.iter().filter(|saved| matches!(saved, Err(Error::Stale))).count(), 7);
    }

    async fn two_hundred_parallel_creates_with_one_reuse_key_make_one_session(database: &Database) {
        let scope = committed_tenant(database).await;
        let creates = (0..200).map(|_| {
            let store = database.store.clone();
            tokio::spawn(async move {
                let mut tx = store.begin().await.unwrap();
                if let Some(found) = sessions::find_by_reuse_key(&mut tx, &scope, "one").await.unwrap() {
                    return (found.id, false);
                }
                let mut row = session(&scope, sessions::next_number(&mut tx, &scope).await.unwrap());
                row.reuse_key = Some("one".into());
                let made = sessions::insert(&mut tx, &row).await.unwrap();
                let found = sessions::find_by_reuse_key(&mut tx, &scope, "one").await.unwrap().unwrap();
                tx.commit().await.unwrap();
                (found.id, made)
            })
        });
        let outcomes: Vec<_> = futures::future::try_join_all(creates).await.unwrap();
        assert_eq!(outcomes.iter().filter(|(_, made)| *made).count(), 1);
        assert_eq!(outcomes.iter().map(|(id, _)| id).collect::<HashSet<_>>().len(), 1);
    }

    async fn two_hundred_parallel_creates_get_two_hundred_numbers(database: &Database) {
        let (ours, theirs) = (committed_tenant(database).await, committed_tenant(database).await);
        let creates = (0..200).map(|turn| {
            let store = database.store.clone();
            let scope = if turn % 2 == 0 { ours } else { theirs };
            tokio::spawn(async move {
                let mut tx = store.begin().await.unwrap();
                let row = session(&scope, sessions::next_number(&mut tx, &scope).await.unwrap());
                assert!(sessions::insert(&mut tx, &row).await.unwrap());
                tx.commit().await.unwrap();
                row.number
            })
        });
        let mut numbers = futures::future::try_join_all(creates).await.unwrap();
        numbers.sort_unstable();
        let expected: Vec<i64> = (1..=100).flat_map(|number| [number, number]).collect();
        assert_eq!(numbers, expected);
    }

    async fn a_number_is_taken_once_per_application(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        sessions::insert(&mut tx, &session(&scope, 1)).await.unwrap();
        let refused = sessions::insert(&mut tx, &session(&scope, 1)).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::SessionNumber))), "{refused:?}");
    }

    async fn a_token_belongs_to_one_session(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let first = session(&scope, 1);
        sessions::insert(&mut tx, &first).await.unwrap();
        let mut second = session(&scope, 2);
        second.token_hash = first.token_hash;
        let refused = sessions::insert(&mut tx, &second).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::SessionToken))), "{refused:?}");
    }

    async fn a_saved_reuse_key_is_taken_once(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let mut first = session(&scope, 1);
        first.reuse_key = Some("one".into());
        let mut second = session(&scope, 2);
        sessions::insert(&mut tx, &first).await.unwrap();
        sessions::insert(&mut tx, &second).await.unwrap();
        second.reuse_key = first.reuse_key;
        let refused = sessions::save(&mut tx, &second, 1).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::ReuseKey))), "{refused:?}");
    }

    async fn due_sessions_are_listed_longest_overdue_first(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let due = [(&ours, 1, Some(at(30))), (&theirs, 1, Some(at(10))), (&ours, 2, Some(at(31))), (&ours, 3, None)];
        let mut ids = Vec::new();
        for (scope, number, due_at) in due {
            let mut row = session(scope, number);
            row.due_at = due_at;
            sessions::insert(&mut tx, &row).await.unwrap();
            ids.push(row.id);
        }
        let listed = sessions::list_due(&mut tx, at(30), 10).await.unwrap();
        assert_eq!(listed, [(theirs, ids[1]), (ours, ids[0])]);
        assert_eq!(sessions::list_due(&mut tx, at(30), 1).await.unwrap(), [(theirs, ids[1])]);
        assert_eq!(sessions::list_due(&mut tx, noon(), 10).await.unwrap(), []);
    }

    async fn a_page_of_sessions_is_newest_first_and_the_tenants_own(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let rows: Vec<_> = (1..=3).map(|number| session(&ours, number)).collect();
        for row in rows.iter().chain([&session(&theirs, 1)]) {
            sessions::insert(&mut tx, row).await.unwrap();
        }
        let page = sessions::page(&mut tx, &ours, &people(), 2, 0).await.unwrap();
        assert_eq!(page, [rows[2].clone(), rows[1].clone()]);
        assert_eq!(sessions::page(&mut tx, &ours, &people(), 2, 2).await.unwrap(), [rows[0].clone()]);
        assert_eq!(sessions::count(&mut tx, &ours, &people()).await.unwrap(), 3);
    }

    async fn a_deleted_session_is_found_by_nothing_and_frees_its_vendor_data(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let mut row = session(&ours, 1);
        row.reuse_key = Some("one".into());
        row.due_at = Some(at(1));
        sessions::insert(&mut tx, &row).await.unwrap();
        let this = Which::One(row.id);
        assert_eq!(erasure::erase(&mut tx, &theirs, this, at(2)).await.unwrap(), []);
        assert_eq!(erasure::erase(&mut tx, &ours, this, at(2)).await.unwrap(), [row.id]);
        assert_eq!(erasure::erase(&mut tx, &ours, this, at(3)).await.unwrap(), []);
        assert_eq!(erasure::list_erased(&mut tx, &ours, at(2), None, 9).await.unwrap(), [row.id]);

        assert_eq!(sessions::find(&mut tx, &ours, row.id).await.unwrap(), None);
        assert_eq!(sessions::find_by_token_hash(&mut tx, &row.token_hash).await.unwrap(), None);
        assert_eq!(sessions::find_by_reuse_key(&mut tx, &ours, "one").await.unwrap(), None);
        assert_eq!(sessions::page(&mut tx, &ours, &people(), 9, 0).await.unwrap(), []);
        assert_eq!(sessions::list_due(&mut tx, at(9), 9).await.unwrap(), []);
        assert!(matches!(sessions::save(&mut tx, &row, 2).await, Err(Error::Stale)));
        let mut next = session(&ours, 2);
        next.reuse_key = Some("one".into());
        assert!(sessions::insert(&mut tx, &next).await.unwrap());
    }

    async fn a_session_key_is_found_until_it_is_destroyed(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let (row, key) = session_with_key(database, &mut tx, &scope).await;
        let place = store::Place::new("sessions", row.id);
        let sealed = key.seal(&place, b"personal");
        let found = session_keys::find(&mut tx, &database.keyring, row.id).await.unwrap().unwrap();
        assert_eq!(found.open(&place, &sealed).unwrap().as_slice(), b"personal");

        assert!(session_keys::destroy(&mut tx, row.id).await.unwrap());
        assert!(!session_keys::destroy(&mut tx, row.id).await.unwrap());
        assert!(session_keys::find(&mut tx, &database.keyring, row.id).await.unwrap().is_none());
        assert!(session_keys::find(&mut tx, &database.keyring, fresh()).await.unwrap().is_none());
    }
}
