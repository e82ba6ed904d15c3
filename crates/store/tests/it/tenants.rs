//! Organisations and applications: who a key or a token speaks for.

use store::{Constraint, Error, Mode, applications, organizations};
use testkit::both_databases;

use crate::story::{application, fresh, organization};

both_databases! {
    async fn organisations_are_listed_oldest_first(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (first, mut second) = (organization(), organization());
        second.created_at = crate::story::at(1);
        organizations::insert(&mut tx, &second).await.unwrap();
        organizations::insert(&mut tx, &first).await.unwrap();
        assert_eq!(organizations::list(&mut tx).await.unwrap(), [first, second]);
        assert_eq!(organizations::find(&mut tx, fresh()).await.unwrap(), None);
    }

    async fn an_api_key_speaks_for_its_application_alone(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let owner = organization();
        organizations::insert(&mut tx, &owner).await.unwrap();
        let live = application(owner.id, Mode::Live);
        let sandbox = application(owner.id, Mode::Sandbox);
        applications::insert(&mut tx, &live).await.unwrap();
        let scope = applications::insert(&mut tx, &sandbox).await.unwrap();
        assert_eq!(applications::find(&mut tx, &scope).await.unwrap(), Some(sandbox.clone()));
        tx.commit().await.unwrap();

        let found = applications::authenticate(&database.store, &sandbox.api_key_hash).await.unwrap();
        assert_eq!(found, Some(scope));
        assert_eq!(scope.application_id(), sandbox.id);
        assert_eq!(scope.organization_id(), owner.id);
        assert_eq!(scope.mode(), Mode::Sandbox);
        assert_eq!(applications::authenticate(&database.store, "hash of nothing").await.unwrap(), None);
    }

    async fn a_member_sees_the_applications_of_their_organisation_alone(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let (ours, theirs) = (organization(), organization());
        organizations::insert(&mut tx, &ours).await.unwrap();
        organizations::insert(&mut tx, &theirs).await.unwrap();
        let own = application(ours.id, Mode::Live);
        let scope = applications::insert(&mut tx, &own).await.unwrap();
        let foreign = application(theirs.id, Mode::Live);
        applications::insert(&mut tx, &foreign).await.unwrap();

        assert_eq!(applications::list_for_member(&mut tx, ours.id).await.unwrap(), [(scope, own.clone())]);
        let found = applications::find_for_member(&mut tx, ours.id, own.id).await.unwrap();
        assert_eq!(found, Some((scope, own)));
        assert_eq!(applications::find_for_member(&mut tx, ours.id, foreign.id).await.unwrap(), None);
        let operator = applications::scope_for_command_line(&mut tx, foreign.id).await.unwrap();
        assert_eq!(operator.map(|scope| scope.organization_id()), Some(theirs.id));
        assert_eq!(applications::scope_for_signed_link(&mut tx, foreign.id).await.unwrap(), operator);
    }

    async fn an_api_key_belongs_to_one_application(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let owner = organization();
        organizations::insert(&mut tx, &owner).await.unwrap();
        let first = application(owner.id, Mode::Live);
        applications::insert(&mut tx, &first).await.unwrap();
        let mut second = application(owner.id, Mode::Live);
        second.api_key_hash = first.api_key_hash;
        let refused = applications::insert(&mut tx, &second).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::ApiKey))), "{refused:?}");
    }

    async fn a_client_id_belongs_to_one_application(database: &Database) {
        let mut tx = database.store.begin().await.unwrap();
        let owner = organization();
        organizations::insert(&mut tx, &owner).await.unwrap();
        let first = application(owner.id, Mode::Live);
        applications::insert(&mut tx, &first).await.unwrap();
        let mut second = application(owner.id, Mode::Live);
        second.client_id = first.client_id;
        let refused = applications::insert(&mut tx, &second).await;
        assert!(matches!(refused, Err(Error::Taken(Constraint::ClientId))), "{refused:?}");
    }
}
