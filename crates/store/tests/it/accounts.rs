//! Operators, their codes, their keys, and what is counted against them.

use model::id::AccountId;
use store::accounts::{AccountRow, CodeRow};
use store::logins::LoginRow;
use store::signing_keys::SigningKeyRow;
use store::{
    Actor, Constraint, Error, Tx, accounts, attempts, audit, logins, organizations, second_factors,
    signing_keys,
};
use testkit::both_databases;

use crate::story::{at, fresh, noon, organization};

async fn account(tx: &mut Tx, email_hash: &str) -> AccountRow {
    let owner = organization();
    organizations::insert(tx, &owner).await.unwrap();
    AccountRow {
        id: fresh::<AccountId>(),
        organization_id: owner.id,
        email_hash: email_hash.into(),
        sealed_email: vec![1, 0, 255],
        password_hash: "$argon2id$".into(),
        verified_at: None,
        failed_logins: 0,
        locked_until: None,
        created_at: noon(),
    }
}

both_databases! {
    async fn an_account_is_found_as_it_was_kept(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let mut row = account(&mut tx, "a").await;
        accounts::insert(&mut tx, &row).await.unwrap();
        assert_eq!(accounts::find(&mut tx, row.id).await.unwrap(), Some(row.clone()));

        row.verified_at = Some(at(60));
        row.password_hash = "$argon2id$2".into();
        accounts::set_verified(&mut tx, row.id, at(60)).await.unwrap();
        accounts::set_password(&mut tx, row.id, &row.password_hash).await.unwrap();
        assert_eq!(accounts::find_by_email_hash(&mut tx, "a").await.unwrap(), Some(row));
        assert_eq!(accounts::find_by_email_hash(&mut tx, "b").await.unwrap(), None);
    }

    async fn an_address_has_one_account(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let first = account(&mut tx, "a").await;
        let second = account(&mut tx, "a").await;
        accounts::insert(&mut tx, &first).await.unwrap();
        let refused = accounts::insert(&mut tx, &second).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::Email))), "{refused:?}");
    }

    async fn changing_an_account_that_is_gone_is_stale(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let never_kept = account(&mut tx, "a").await;
        assert!(matches!(accounts::set_password(&mut tx, never_kept.id, "x").await, Err(Error::Stale)));
        assert!(matches!(accounts::set_verified(&mut tx, never_kept.id, at(1)).await, Err(Error::Stale)));
    }

    async fn parallel_failed_logins_are_all_counted_with_or_without_an_account(database: &Database) {
        let guesses = (0..20).map(|_| async {
            let mut tx = database.store.begin().await.unwrap();
            let count = logins::count_failure(&mut tx, "a", noon()).await.unwrap();
            tx.commit().await.unwrap();
            count
        });
        let mut counts = futures::future::join_all(guesses).await;
        counts.sort_unstable();
        assert_eq!(counts, (1..=20).collect::<Vec<i64>>());
        let mut tx = database.store.begin().await.unwrap();
        logins::lock(&mut tx, "a", at(900)).await.unwrap();
        let guard = logins::find_guard(&mut tx, "a").await.unwrap().unwrap();
        assert_eq!((guard.failures, guard.locked_until), (20, Some(at(900))));
        logins::forgive(&mut tx, "a").await.unwrap();
        assert_eq!(logins::find_guard(&mut tx, "a").await.unwrap(), None);
    }

    async fn who_takes_turns_sees_what_those_before_have_counted(database: &Database) {
        let five = (0..20).map(|_| async {
            let mut tx = database.store.begin().await.unwrap();
            attempts::take_turn(&mut tx, "register", "address", noon()).await.unwrap();
            let room = attempts::count_since(&mut tx, "register", "address", at(0)).await.unwrap() < 5;
            if room {
                attempts::record(&mut tx, "register", "address", noon()).await.unwrap();
            }
            tx.commit().await.unwrap();
            room
        });
        let room = futures::future::join_all(five).await;
        assert_eq!(room.into_iter().filter(|room| *room).count(), 5);
    }

    async fn a_refresh_token_is_replaced_once_and_ends_with_its_login(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let owner = account(&mut tx, "a").await;
        accounts::insert(&mut tx, &owner).await.unwrap();
        let login = LoginRow {
            id: fresh(),
            account_id: owner.id,
            refresh_hash: "one".into(),
            expires_at: at(60),
            revoked_at: None,
            created_at: noon(),
        };
        logins::insert(&mut tx, &login).await.unwrap();
        assert!(logins::refresh(&mut tx, login.id, ("one", "two"), at(90)).await.unwrap());
        assert!(!logins::refresh(&mut tx, login.id, ("one", "three"), at(90)).await.unwrap());
        logins::revoke(&mut tx, login.id, at(5)).await.unwrap();
        assert!(!logins::refresh(&mut tx, login.id, ("two", "three"), at(90)).await.unwrap());
        let kept = logins::find(&mut tx, login.id).await.unwrap().unwrap();
        assert_eq!((kept.refresh_hash.as_str(), kept.revoked_at), ("two", Some(at(5))));
        logins::forget_before(&mut tx, at(91)).await.unwrap();
        assert_eq!(logins::find(&mut tx, login.id).await.unwrap(), None);
    }

    async fn a_code_of_a_step_is_used_once_and_never_one_before_it(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let owner = account(&mut tx, "a").await;
        accounts::insert(&mut tx, &owner).await.unwrap();
        assert!(second_factors::put_pending(&mut tx, owner.id, &[1], noon()).await.unwrap());
        assert!(second_factors::put_pending(&mut tx, owner.id, &[2], noon()).await.unwrap());
        assert!(second_factors::use_step(&mut tx, owner.id, 100).await.unwrap());
        for step in [100, 99] {
            assert!(!second_factors::use_step(&mut tx, owner.id, step).await.unwrap());
        }
        second_factors::confirm(&mut tx, owner.id, at(1)).await.unwrap();
        assert!(!second_factors::put_pending(&mut tx, owner.id, &[3], at(2)).await.unwrap());
        second_factors::put_recovery_codes(&mut tx, owner.id, &["r".to_owned()]).await.unwrap();
        assert!(second_factors::use_recovery_code(&mut tx, owner.id, "r", at(3)).await.unwrap());
        assert!(!second_factors::use_recovery_code(&mut tx, owner.id, "r", at(4)).await.unwrap());
        second_factors::delete(&mut tx, owner.id).await.unwrap();
        assert_eq!(second_factors::find(&mut tx, owner.id).await.unwrap(), None);
    }

    async fn the_record_of_an_organisation_counts_without_a_gap_whoever_writes(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let owner = organization();
        organizations::insert(&mut tx, &owner).await.unwrap();
        tx.commit().await.unwrap();
        let writes = (0..10).map(|number| async move {
            let mut tx = database.store.begin().await.unwrap();
            let entry = audit::NewEntry {
                id: fresh(),
                organization_id: owner.id,
                application_id: None,
                actor: Actor::System,
                action: "story.told",
                object: "object",
                details: "{}",
                sealed_source: Some(vec![1]),
                created_at: at(number),
            };
            audit::append(&mut tx, &entry).await.unwrap();
            // Every other one changes its mind: its number is given to the next.
            if number % 2 == 0 {
                tx.commit().await.unwrap();
            }
        });
        futures::future::join_all(writes).await;
        let mut tx = database.store.read().await.unwrap();
        let filter = audit::Filter { action: Some("story.told".into()), ..audit::Filter::default() };
        let rows = audit::list(&mut tx, owner.id, &filter, (10, 0)).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
        assert_eq!(audit::count(&mut tx, owner.id, &filter).await.unwrap(), 5);
        let none = audit::Filter { from: Some(at(100)), ..audit::Filter::default() };
        assert_eq!(audit::list(&mut tx, owner.id, &none, (10, 0)).await.unwrap(), []);
    }

    async fn a_new_code_replaces_the_old_and_its_tries(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let owner = account(&mut tx, "a").await;
        accounts::insert(&mut tx, &owner).await.unwrap();
        let code = |code_hash: &str| CodeRow {
            account_id: owner.id,
            code_hash: code_hash.into(),
            expires_at: at(900),
            attempts: 0,
            created_at: noon(),
        };
        assert_eq!(accounts::count_code_attempt(&mut tx, owner.id).await.unwrap(), None);
        accounts::put_code(&mut tx, &code("first")).await.unwrap();
        assert_eq!(accounts::count_code_attempt(&mut tx, owner.id).await.unwrap(), Some(1));
        assert_eq!(accounts::count_code_attempt(&mut tx, owner.id).await.unwrap(), Some(2));
        accounts::put_code(&mut tx, &code("second")).await.unwrap();
        assert_eq!(accounts::find_code(&mut tx, owner.id).await.unwrap(), Some(code("second")));
        accounts::delete_code(&mut tx, owner.id).await.unwrap();
        assert_eq!(accounts::find_code(&mut tx, owner.id).await.unwrap(), None);
    }

    async fn attempts_are_counted_per_subject_action_and_window(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        for second in [0, 10, 20] {
            attempts::record(&mut tx, "register", "address", at(second)).await.unwrap();
        }
        attempts::record(&mut tx, "login", "address", at(20)).await.unwrap();
        attempts::record(&mut tx, "register", "elsewhere", at(20)).await.unwrap();
        assert_eq!(attempts::count_since(&mut tx, "register", "address", at(0)).await.unwrap(), 3);
        assert_eq!(attempts::count_since(&mut tx, "register", "address", at(10)).await.unwrap(), 2);
        assert_eq!(attempts::count_since(&mut tx, "register", "address", at(21)).await.unwrap(), 0);
        assert_eq!(attempts::forget_before(&mut tx, at(20)).await.unwrap(), 2);
        assert_eq!(attempts::count_since(&mut tx, "register", "address", at(0)).await.unwrap(), 1);
    }

    async fn signing_keys_are_listed_newest_first_and_kept_once(database: &Database) {
        let key = |id: &str, second| SigningKeyRow {
            id: id.into(),
            sealed_private_key: vec![7],
            public_key: "public".into(),
            created_at: at(second),
        };
        let mut tx = database.store.begin().await.unwrap();
        signing_keys::insert(&mut tx, &key("old", 0)).await.unwrap();
        signing_keys::insert(&mut tx, &key("new", 1)).await.unwrap();
        signing_keys::insert(&mut tx, &key("old", 2)).await.unwrap();
        assert_eq!(signing_keys::list(&mut tx).await.unwrap(), [key("new", 1), key("old", 0)]);
    }
}
