//! Looking at questionnaires.

use model::id::QuestionnaireId;
use store::Scope;

use super::{Questionnaire, Refused, opened};
use crate::Engine;
use crate::workflows::Page;

/// Every version of the application's questionnaires, newest first.
pub async fn list(
    engine: &Engine,
    scope: &Scope,
    limit: i64,
    offset: i64,
) -> Result<Page<Questionnaire>, Refused> {
    let mut tx = engine.store.read().await?;
    let count = store::questionnaires::count(&mut tx, scope).await?;
    let rows = store::questionnaires::list(&mut tx, scope, limit, offset).await?;
    let items = rows.into_iter().map(opened).collect::<Result<_, _>>()?;
    Ok(Page { count: usize::try_from(count).unwrap_or(0), items })
}

/// One version.
pub async fn get(engine: &Engine, scope: &Scope, id: QuestionnaireId) -> Result<Questionnaire, Refused> {
    let mut tx = engine.store.read().await?;
    let row = store::questionnaires::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    Ok(opened(row)?)
}
