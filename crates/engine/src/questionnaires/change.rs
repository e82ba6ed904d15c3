//! Making, changing and removing questionnaires. Versions follow the vendor's rules: without a `status` a published
//! version changes in place and a draft is published; `published` on a published version makes the next one.

use model::id::QuestionnaireId;
use serde_json::json;
use store::questionnaires::QuestionnaireRow;
use store::{Constraint, Scope, Tx};

use super::{Changes, Content, DRAFT, PUBLISHED, Questionnaire, Refused, opened};
use crate::workflows::Status;
use crate::{Engine, audit};

/// Parallel changes of one questionnaire take turns this often.
const TURNS: u32 = 20;

/// Makes a questionnaire; published unless a draft is asked for. Version 1 has the id of the group.
pub async fn create(engine: &Engine, scope: &Scope, changes: Changes) -> Result<Questionnaire, Refused> {
    let content = changes.applied(None, &|| engine.uuid())?;
    let (id, now) = (QuestionnaireId(engine.uuid()), engine.now());
    let published = changes.status != Some(Status::Draft);
    let row = QuestionnaireRow {
        id,
        group_id: id,
        application_id: scope.application_id(),
        version: 1,
        status: if published { PUBLISHED } else { DRAFT }.to_owned(),
        content: encoded(&content),
        published_at: published.then_some(now),
        created_at: now,
        updated_at: now,
    };
    let mut tx = engine.store.begin().await?;
    store::questionnaires::insert(&mut tx, &row).await?;
    let details = json!({"version": 1, "status": row.status});
    audit::note(engine, &mut tx, scope, "questionnaire.created", id, details).await?;
    tx.commit().await?;
    Ok(opened(row)?)
}

/// Applies a patch to one version and answers the resulting one, which may be the next. Sessions keep what they began
/// with.
pub async fn update(
    engine: &Engine,
    scope: &Scope,
    id: QuestionnaireId,
    changes: Changes,
) -> Result<Questionnaire, Refused> {
    for _ in 0..TURNS {
        match attempt(engine, scope, id, &changes).await {
            // Another request was faster: its change is what this one builds on.
            Err(Refused::Store(
                store::Error::Stale | store::Error::Taken(Constraint::QuestionnaireVersion),
            )) => {}
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

async fn attempt(
    engine: &Engine,
    scope: &Scope,
    id: QuestionnaireId,
    changes: &Changes,
) -> Result<Questionnaire, Refused> {
    let mut tx = engine.store.begin().await?;
    let row = store::questionnaires::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let published = row.status == PUBLISHED;
    if published && changes.status == Some(Status::Draft) {
        return Err(Refused::invalid("status", "Cannot revert a published version to draft."));
    }
    let before = opened(row.clone())?.content;
    let now = engine.now();
    let stays_draft = changes.status == Some(Status::Draft);
    let mut next = QuestionnaireRow {
        content: encoded(&changes.applied(Some(before), &|| engine.uuid())?),
        status: if stays_draft { DRAFT } else { PUBLISHED }.to_owned(),
        published_at: row.published_at.or((!stays_draft).then_some(now)),
        updated_at: now,
        ..row
    };
    if published && changes.status == Some(Status::Published) {
        next = next_version(engine, &mut tx, scope, next).await?;
    } else {
        store::questionnaires::save(&mut tx, &next).await?;
    }
    let details = json!({"version": next.version, "status": next.status});
    audit::note(engine, &mut tx, scope, "questionnaire.updated", next.id, details).await?;
    tx.commit().await?;
    Ok(opened(next)?)
}

async fn next_version(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    next: QuestionnaireRow,
) -> Result<QuestionnaireRow, store::Error> {
    store::questionnaires::delete_drafts(tx, scope, next.group_id, next.updated_at).await?;
    let latest = store::questionnaires::latest_version(tx, scope, next.group_id).await?.unwrap_or(0);
    let row = QuestionnaireRow {
        id: QuestionnaireId(engine.uuid()),
        version: latest + 1,
        published_at: Some(next.updated_at),
        created_at: next.updated_at,
        ..next
    };
    store::questionnaires::insert(tx, &row).await?;
    Ok(row)
}

/// Removes one version; a repeat finds nothing. Sessions that began with it go on.
pub async fn delete(engine: &Engine, scope: &Scope, id: QuestionnaireId) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    if !store::questionnaires::delete(&mut tx, scope, id, engine.now()).await? {
        return Err(Refused::NotFound);
    }
    audit::note(engine, &mut tx, scope, "questionnaire.deleted", id, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

fn encoded(content: &Content) -> String {
    serde_json::to_string(content).expect("a questionnaire has text keys only")
}
