//! Versions of workflows.

use model::id::{WorkflowId, WorkflowVersionId};
use store::workflows::WorkflowRow;
use store::{Constraint, Error, Scope, workflows};
use testkit::both_databases;

use crate::story::{at, fresh, noon, tenant};

fn version(scope: &Scope, workflow_id: WorkflowId, version: i64, status: &str) -> WorkflowRow {
    WorkflowRow {
        id: fresh::<WorkflowVersionId>(),
        workflow_id,
        application_id: scope.application_id(),
        version,
        status: status.into(),
        label: "Standard".into(),
        definition: r#"{"nodes":[]}"#.into(),
        is_default: false,
        created_at: at(version),
        updated_at: at(version),
        deleted_at: None,
        revision: 0,
        published_at: None,
    }
}

both_databases! {
    async fn a_session_begins_on_the_newest_published_version(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let workflow = fresh::<WorkflowId>();
        assert_eq!(workflows::latest_version(&mut tx, &scope, workflow).await.unwrap(), None);
        let first = version(&scope, workflow, 1, "published");
        let second = version(&scope, workflow, 2, "published");
        let draft = version(&scope, workflow, 3, "draft");
        for row in [&draft, &first, &second] {
            workflows::insert(&mut tx, row).await.unwrap();
        }
        assert_eq!(workflows::find_published(&mut tx, &scope, workflow).await.unwrap(), Some(second.clone()));
        assert_eq!(workflows::latest_version(&mut tx, &scope, workflow).await.unwrap(), Some(3));
        assert_eq!(workflows::find(&mut tx, &scope, first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(workflows::list(&mut tx, &scope).await.unwrap(), [draft, second, first]);
    }

    async fn a_deleted_version_is_gone_but_for_its_sessions(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let mut row = version(&scope, fresh(), 1, "published");
        workflows::insert(&mut tx, &row).await.unwrap();
        assert!(workflows::delete(&mut tx, &scope, row.id, at(9)).await.unwrap());
        assert!(!workflows::delete(&mut tx, &scope, row.id, at(9)).await.unwrap());
        assert_eq!(workflows::find(&mut tx, &scope, row.id).await.unwrap(), None);
        assert_eq!(workflows::find_published(&mut tx, &scope, row.workflow_id).await.unwrap(), None);
        assert_eq!(workflows::list(&mut tx, &scope).await.unwrap(), []);
        assert!(matches!(workflows::save(&mut tx, &row, 0).await, Err(Error::Stale)));
        row.deleted_at = Some(at(9));
        assert_eq!(workflows::find_pinned(&mut tx, &scope, row.id).await.unwrap(), Some(row));
    }

    async fn a_saved_version_is_found_as_saved(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let mut row = version(&scope, fresh(), 1, "draft");
        workflows::insert(&mut tx, &row).await.unwrap();
        row.status = "published".into();
        row.label = "Strict".into();
        row.definition = r#"{"nodes":[1]}"#.into();
        row.is_default = true;
        row.updated_at = at(5);
        workflows::save(&mut tx, &row, 0).await.unwrap();
        assert_eq!(workflows::find(&mut tx, &scope, row.id).await.unwrap(), Some(row.clone()));

        workflows::clear_default(&mut tx, &scope).await.unwrap();
        row.is_default = false;
        assert_eq!(workflows::find(&mut tx, &scope, row.id).await.unwrap(), Some(row));
    }

    async fn another_tenant_finds_none_of_it(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let mut row = version(&ours, fresh(), 1, "published");
        row.is_default = true;
        workflows::insert(&mut tx, &row).await.unwrap();
        assert_eq!(workflows::find(&mut tx, &theirs, row.id).await.unwrap(), None);
        assert_eq!(workflows::find_pinned(&mut tx, &theirs, row.id).await.unwrap(), None);
        assert_eq!(workflows::find_published(&mut tx, &theirs, row.workflow_id).await.unwrap(), None);
        assert_eq!(workflows::latest_version(&mut tx, &theirs, row.workflow_id).await.unwrap(), None);
        assert_eq!(workflows::list(&mut tx, &theirs).await.unwrap(), []);
        assert!(!workflows::delete(&mut tx, &theirs, row.id, noon()).await.unwrap());
        workflows::clear_default(&mut tx, &theirs).await.unwrap();
        assert_eq!(workflows::find(&mut tx, &ours, row.id).await.unwrap(), Some(row));
    }

    async fn a_version_number_is_taken_once(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let scope = tenant(&mut tx).await;
        let workflow = fresh::<WorkflowId>();
        workflows::insert(&mut tx, &version(&scope, workflow, 1, "draft")).await.unwrap();
        let refused = workflows::insert(&mut tx, &version(&scope, workflow, 1, "draft")).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::WorkflowVersion))), "{refused:?}");
    }

    async fn two_applications_may_hold_a_workflow_under_the_same_ids(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (live, sandbox) = (tenant(&mut tx).await, tenant(&mut tx).await);
        let first = version(&live, fresh(), 1, "published");
        let mut second = first.clone();
        second.application_id = sandbox.application_id();
        second.label = "Rehearsal".into();
        workflows::insert(&mut tx, &first).await.unwrap();
        workflows::insert(&mut tx, &second).await.unwrap();
        assert_eq!(workflows::find(&mut tx, &sandbox, first.id).await.unwrap(), Some(second));
        assert_eq!(workflows::find(&mut tx, &live, first.id).await.unwrap(), Some(first));
    }
}
