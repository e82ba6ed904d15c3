//! Operators, their codes, their keys, and what is counted against them.

use model::id::AccountId;
use store::accounts::{AccountRow, CodeRow};
use store::signing_keys::SigningKeyRow;
use store::{Constraint, Error, Tx, accounts, attempts, organizations, signing_keys};
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
        row.locked_until = Some(at(900));
        row.failed_logins = 5;
        row.password_hash = "$argon2id$2".into();
        accounts::save(&mut tx, &row).await.unwrap();
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

    async fn saving_an_account_that_is_gone_is_stale(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let never_kept = account(&mut tx, "a").await;
        assert!(matches!(accounts::save(&mut tx, &never_kept).await, Err(Error::Stale)));
        assert!(matches!(accounts::count_failed_login(&mut tx, never_kept.id).await, Err(Error::Stale)));
    }

    async fn parallel_failed_logins_are_all_counted(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let row = account(&mut tx, "a").await;
        accounts::insert(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();

        let guesses = (0..20).map(|_| async {
            let mut tx = database.store.begin().await.unwrap();
            let count = accounts::count_failed_login(&mut tx, row.id).await.unwrap();
            tx.commit().await.unwrap();
            count
        });
        let mut counts = futures::future::join_all(guesses).await;
        counts.sort_unstable();
        assert_eq!(counts, (1..=20).collect::<Vec<i64>>());
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
