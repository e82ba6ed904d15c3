//! Windows that several processes count in, and receipts of writes that may be repeated.

use futures::future::join_all;
use jiff::Timestamp;
use store::receipts::{self, Reservation};
use store::request_counts::{Counted, Use, forget_before, take};
use store::{Error, Store};
use testkit::both_databases;
use uuid::Uuid;

use crate::story::{at, noon};

async fn use_at(store: &Store, second: i64, limit: i64) -> Counted {
    let slice = noon().as_millisecond() + second * 1000;
    let after = slice - 60_000;
    take(store, &Use { caller_hash: "somebody", limit_name: "reads", slice, after, limit }).await.unwrap()
}

async fn reserve(store: &Store, key: &str) -> Option<Reservation> {
    let id = Uuid::from_u128(key.len() as u128);
    let mut tx = store.begin().await.unwrap();
    let ours = receipts::reserve(&mut tx, id, ("caller", key, "request"), at(30), noon()).await.unwrap();
    tx.commit().await.unwrap();
    ours.then_some(Reservation { id, taken: 1 })
}

both_databases! {
    async fn a_window_admits_as_many_as_it_holds_however_many_come_at_once(database: &Database) {
        let uses = join_all((0..60).map(|_| use_at(&database.store, 0, 20))).await;
        assert_eq!(uses.iter().filter(|counted| counted.admitted).count(), 20);
        assert!(uses.iter().all(|counted| (1..=20).contains(&counted.used) && counted.earlier == 0));
    }

    async fn a_window_slides_over_its_slices(database: &Database) {
        let store = &database.store;
        for second in [0, 10, 20] {
            assert!(use_at(store, second, 3).await.admitted);
        }
        let full = use_at(store, 59, 3).await;
        let first = noon().as_millisecond();
        assert_eq!((full.admitted, full.used, full.earlier, full.oldest), (false, 0, 3, Some(first)));
        let room = use_at(store, 60, 3).await;
        assert_eq!((room.admitted, room.used, room.earlier), (true, 1, 2), "the first has left");
        assert_eq!(room.oldest, Some(first + 10_000));
        assert!(!use_at(store, 61, 3).await.admitted, "refusals take no place");
        let mut tx = store.begin().await.unwrap();
        assert!(forget_before(&mut tx, at(600)).await.unwrap() >= 4);
    }

    async fn a_change_carries_the_mark_of_its_request_or_there_is_no_change(database: &Database) {
        let store = &database.store;
        let ours = reserve(store, "k").await.unwrap();
        assert_eq!(reserve(store, "k").await, None, "reserved once");
        receipts::carried(ours, async {
            let tx = store.begin().await.unwrap();
            drop(tx);
        })
        .await;
        let begun = async || receipts::has_begun(&mut store.read().await.unwrap(), ours).await.unwrap();
        assert!(!begun().await, "what was rolled back left no mark");
        let mut tx = store.begin().await.unwrap();
        let row = receipts::find(&mut tx, "caller", "k").await.unwrap().unwrap();
        assert!(receipts::take_up(&mut tx, &row, at(90)).await.unwrap());
        tx.commit().await.unwrap();
        let late = receipts::carried(ours, store.begin()).await;
        assert!(matches!(late, Err(Error::Stale)), "who lost the request can change nothing");
        let theirs = Reservation { taken: 2, ..ours };
        receipts::carried(theirs, async { store.begin().await.unwrap().commit().await.unwrap() }).await;
        assert!(begun().await);
        let mut tx = store.begin().await.unwrap();
        let row = receipts::find(&mut tx, "caller", "k").await.unwrap().unwrap();
        assert!(!receipts::take_up(&mut tx, &row, at(120)).await.unwrap(), "what has begun is not taken up");
        assert_eq!(receipts::forget_before(&mut tx, at(1)).await.unwrap(), 1);
        assert_eq!(receipts::find(&mut tx, "caller", "k").await.unwrap(), None);
    }
}

/// Not a test of speed, but it says how dear a counted request is: `--nocapture` shows it.
#[tokio::test(flavor = "multi_thread")]
async fn counting_waits_for_no_disk_on_postgresql() {
    let database = testkit::database::Database::postgres().await;
    let begin: Timestamp = noon();
    #[expect(clippy::disallowed_methods, reason = "measures real time")]
    let clock = || Timestamp::now();
    let (count, start) = (2000, clock());
    for n in 0..count {
        use_at(&database.store, n / 500, 100_000).await;
    }
    let each = clock().duration_since(start).as_micros() / i128::from(count);
    println!("one use takes {each} µs (from {begin})");
    assert!(each < 50_000, "{each} µs");
    database.finish().await;
}
