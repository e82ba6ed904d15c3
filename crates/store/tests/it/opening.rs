//! Starting, starting again, and starting with the wrong key.

use store::{Error, Keyring, Store, organizations};
use testkit::both_databases;

use crate::story::organization;

both_databases! {
    async fn a_second_start_finds_what_the_first_committed(database: &Database) {
        let row = organization();
        let mut tx = database.store.begin().await.unwrap();
        organizations::insert(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();

        let again = database.reopen(&database.keyring).await.unwrap();
        let found = organizations::find(&mut again.read().await.unwrap(), row.id).await.unwrap();
        assert_eq!(found, Some(row));
        again.close().await;
    }

    async fn a_wrong_master_key_is_named_at_the_start(database: &Database) {
        let refused = database.reopen(&Keyring::from_master([8; 32])).await;
        assert!(matches!(refused, Err(Error::WrongMasterKey)), "{refused:?}");
    }

    async fn a_dropped_transaction_leaves_nothing(database: &Database) {
        let row = organization();
        let mut tx = database.store.begin().await.unwrap();
        organizations::insert(&mut tx, &row).await.unwrap();
        drop(tx);
        let found = organizations::find(&mut database.store.read().await.unwrap(), row.id).await.unwrap();
        assert_eq!(found, None);
    }

    async fn a_reading_transaction_cannot_write(database: &Database) {
        let mut tx = database.store.read().await.unwrap();
        let refused = organizations::insert(&mut tx, &organization()).await;
        assert!(matches!(refused, Err(Error::Driver(_))), "{refused:?}");
    }

    async fn a_reading_transaction_sees_one_moment(database: &Database) {
        let mut reader = database.store.read().await.unwrap();
        assert_eq!(organizations::list(&mut reader).await.unwrap(), []);
        let mut tx = database.store.begin().await.unwrap();
        organizations::insert(&mut tx, &organization()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(organizations::list(&mut reader).await.unwrap(), []);
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_named() {
    let refused = Store::open_postgres("not an address", 1, &Keyring::from_master([7; 32])).await;
    assert!(matches!(refused, Err(Error::Address("database"))), "{refused:?}");
}
