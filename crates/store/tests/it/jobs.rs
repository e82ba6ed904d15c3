//! Jobs: each claimed by one worker, again when its lease lapses, finished once.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use store::jobs::{self, Job, NO_LANE, NewJob};
use store::{Error, Scope, Store, Tx};
use testkit::both_databases;

use crate::story::{at, committed_tenant, noon, tenant};

const LEASE: SignedDuration = SignedDuration::from_secs(30);

fn work<'a>(kind: &'a str, lane: &'static str, due_at: Timestamp) -> NewJob<'a> {
    NewJob { scope: None, kind, payload: "{}", lane, due_at }
}

async fn enqueue(store: &Store, count: usize, lane: &'static str) {
    enqueue_due(store, count, lane, noon()).await;
}

async fn enqueue_due(store: &Store, count: usize, lane: &'static str, due_at: Timestamp) {
    let mut tx = store.begin().await.unwrap();
    for _ in 0..count {
        jobs::enqueue(&mut tx, &work("run_check", lane, due_at), noon()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn claim_in_lane(store: &Store, lane: &str, limit: i64) -> Vec<Job> {
    let mut tx = store.begin().await.unwrap();
    let claimed = jobs::claim_in_lane(&mut tx, lane, at(1), limit, LEASE).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

async fn open(store: &Store) -> i64 {
    jobs::count_open(&mut store.read().await.unwrap()).await.unwrap()
}

/// Claims one by one until nothing is left, completing each; says which jobs it did.
async fn worker(store: Store) -> Vec<Job> {
    let mut done = Vec::new();
    loop {
        let claimed = jobs::claim(&store, at(1), 3, LEASE).await.unwrap();
        if claimed.is_empty() {
            return done;
        }
        for job in claimed {
            let mut tx = store.begin().await.unwrap();
            jobs::complete(&mut tx, &job).await.unwrap();
            tx.commit().await.unwrap();
            done.push(job);
        }
    }
}

both_databases! {
    async fn four_racing_workers_do_every_job_once(database: &Database) {
        enqueue(&database.store, 400, NO_LANE).await;
        let workers = (0..4).map(|_| tokio::spawn(worker(database.store.clone())));
        let done = futures::future::try_join_all(workers).await.unwrap().concat();
        assert_eq!(done.len(), 400);
        assert_eq!(done.iter().map(|job| job.id).collect::<HashSet<_>>().len(), 400);
        assert!(done.iter().all(|job| job.attempts == 1));
        assert_eq!(open(&database.store).await, 0);
    }

    async fn a_job_comes_back_as_it_was_enqueued_with_its_tenant(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope: Scope = tenant(&mut tx).await;
        let job = NewJob { scope: Some(&scope), kind: "deliver", payload: r#"{"a":1}"#, lane: NO_LANE, due_at: at(2) };
        let id = jobs::enqueue(&mut tx, &job, noon()).await.unwrap();
        tx.commit().await.unwrap();
        let claimed = jobs::claim(&database.store, at(2), 9, LEASE).await.unwrap();
        let expected = Job {
            id,
            scope: Some(scope),
            kind: "deliver".into(),
            payload: r#"{"a":1}"#.into(),
            lane: NO_LANE.into(),
            attempts: 1,
            failures: 0,
            due_at: at(2),
            created_at: noon(),
        };
        assert_eq!(claimed, [expected]);
    }

    async fn a_job_is_not_enqueued_by_a_change_that_did_not_commit(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        jobs::enqueue(&mut tx, &work("run_check", NO_LANE, noon()), noon()).await.unwrap();
        drop(tx);
        assert_eq!(jobs::claim(&database.store, at(1), 9, LEASE).await.unwrap(), []);
    }

    async fn jobs_are_claimed_longest_due_first_and_not_before(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        for (kind, due) in [("third", 20), ("first", 0), ("second", 10), ("later", 21)] {
            jobs::enqueue(&mut tx, &work(kind, NO_LANE, at(due)), noon()).await.unwrap();
        }
        assert_eq!(jobs::next_due(&mut tx).await.unwrap(), Some(noon()));
        tx.commit().await.unwrap();
        let kinds = async |limit| {
            let claimed = jobs::claim(&database.store, at(20), limit, LEASE).await.unwrap();
            claimed.into_iter().map(|job| job.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(2).await, ["first", "second"]);
        assert_eq!(kinds(9).await, ["third"]);
        assert_eq!(kinds(9).await, Vec::<String>::new());
        let mut tx = database.store.read().await.unwrap();
        assert_eq!(jobs::next_due(&mut tx).await.unwrap(), Some(at(21)));
    }

    async fn a_lapsed_lease_passes_to_another_and_the_first_worker_cannot_finish(database: &Database) {
        enqueue(&database.store, 1, NO_LANE).await;
        let first = jobs::claim(&database.store, noon(), 1, LEASE).await.unwrap().remove(0);
        assert_eq!(jobs::claim(&database.store, at(30), 1, LEASE).await.unwrap(), []);
        let second = jobs::claim(&database.store, at(31), 1, LEASE).await.unwrap().remove(0);
        assert_eq!((second.id, second.attempts), (first.id, 2));

        let mut tx = database.store.begin().await.unwrap();
        assert!(matches!(jobs::complete(&mut tx, &first).await, Err(Error::Stale)));
        assert!(matches!(jobs::retry_at(&mut tx, &first, at(60), "late").await, Err(Error::Stale)));
        assert!(matches!(jobs::fail(&mut tx, &first, at(60), "late").await, Err(Error::Stale)));
        jobs::complete(&mut tx, &second).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(open(&database.store).await, 0);
    }

    async fn a_retried_job_comes_back_when_it_is_due(database: &Database) {
        enqueue(&database.store, 1, NO_LANE).await;
        let job = jobs::claim(&database.store, noon(), 1, LEASE).await.unwrap().remove(0);
        let mut tx = database.store.begin().await.unwrap();
        jobs::retry_at(&mut tx, &job, at(60), "503").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(jobs::claim(&database.store, at(59), 1, LEASE).await.unwrap(), []);
        let again = jobs::claim(&database.store, at(60), 1, LEASE).await.unwrap();
        assert_eq!(again[0].attempts, 2);
    }

    async fn a_failed_job_is_kept_and_never_claimed_again(database: &Database) {
        enqueue(&database.store, 1, NO_LANE).await;
        let job = jobs::claim(&database.store, noon(), 1, LEASE).await.unwrap().remove(0);
        let mut tx: Tx = database.store.begin().await.unwrap();
        jobs::fail(&mut tx, &job, at(1), "404").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(jobs::claim(&database.store, at(9_999), 1, LEASE).await.unwrap(), []);
        assert_eq!(open(&database.store).await, 0);
        let failed = jobs::list_failed(&mut database.store.read().await.unwrap(), 9).await.unwrap();
        assert_eq!(failed.len(), 1);
        assert_eq!((failed[0].id, failed[0].failed_at, failed[0].attempts), (job.id, at(1), 1));
        assert_eq!(failed[0].last_error.as_deref(), Some("404"));
    }

    async fn a_crowded_lane_does_not_keep_the_others_waiting(database: &Database) {
        let store = &database.store;
        enqueue(store, 50, "slow destination").await;
        enqueue_due(store, 2, "quick destination", at(1)).await;
        enqueue_due(store, 1, "later destination", at(9)).await;
        assert_eq!(jobs::claim(store, at(1), 10, LEASE).await.unwrap(), [], "lanes are claimed apart");
        assert_eq!(jobs::due_lanes(store, at(1)).await.unwrap(), ["quick destination", "slow destination"]);
        let slow = claim_in_lane(store, "slow destination", 4).await;
        assert!(slow.len() == 4 && slow.iter().all(|job| job.lane == "slow destination" && job.attempts == 1));
        assert_eq!(claim_in_lane(store, "quick destination", 4).await.len(), 2);
        assert_eq!(jobs::due_lanes(store, at(1)).await.unwrap(), ["slow destination"], "46 are left");
        let lapsed = jobs::due_lanes(store, at(32)).await.unwrap();
        assert_eq!(lapsed, ["later destination", "quick destination", "slow destination"], "leases ran out");
    }

    async fn what_has_a_place_waits_for_the_first_try_of_what_is_before_it(database: &Database) {
        let store = &database.store;
        let mut tx = store.begin().await.unwrap();
        for (kind, order) in [
            ("second", Some(("a", 2))),
            ("first", Some(("a", 1))),
            ("of another", Some(("b", 7))),
            ("of none", None),
        ] {
            jobs::enqueue_in_order(&mut tx, &work(kind, "lane", noon()), order, noon()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut claimed = claim_in_lane(store, "lane", 9).await;
        claimed.sort_by(|a, b| a.kind.cmp(&b.kind));
        let kinds: Vec<_> = claimed.iter().map(|job| job.kind.as_str()).collect();
        assert_eq!(kinds, ["first", "of another", "of none"]);
        assert_eq!(claim_in_lane(store, "lane", 9).await, [], "the first is being tried");
        let mut tx = store.begin().await.unwrap();
        jobs::retry_after_failure(&mut tx, &claimed[0], at(60), "503").await.unwrap();
        tx.commit().await.unwrap();
        let second = claim_in_lane(store, "lane", 9).await;
        assert_eq!((second.len(), second[0].kind.as_str(), second[0].failures), (1, "second", 0));
    }

    async fn only_work_that_was_done_counts_as_a_failure(database: &Database) {
        let store = &database.store;
        enqueue(store, 1, NO_LANE).await;
        let claim = async |now| jobs::claim(store, now, 1, LEASE).await.unwrap().remove(0);
        let first = claim(noon()).await;
        let lapsed = claim(at(31)).await;
        assert_eq!((lapsed.attempts, lapsed.failures), (2, 0));
        let mut tx = store.begin().await.unwrap();
        assert!(matches!(jobs::retry_after_failure(&mut tx, &first, at(60), "late").await, Err(Error::Stale)));
        jobs::retry_after_failure(&mut tx, &lapsed, at(60), "503").await.unwrap();
        tx.commit().await.unwrap();
        let third = claim(at(60)).await;
        assert_eq!((third.attempts, third.failures), (3, 1));
    }

    async fn claims_of_an_idle_queue_are_empty(database: &Database) {
        committed_tenant(database).await;
        assert_eq!(jobs::claim(&database.store, at(1), 10, LEASE).await.unwrap(), []);
        let mut tx = database.store.read().await.unwrap();
        assert_eq!(jobs::next_due(&mut tx).await.unwrap(), None);
    }
}
