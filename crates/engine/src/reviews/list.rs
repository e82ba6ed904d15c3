//! A session's trail, page by page.

use model::id::SessionId;
use store::Scope;

use super::Review;
use crate::Engine;
use crate::sessions::{ReadRefused, Record};
use crate::workflows::Page;

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest first.
    #[default]
    NewestFirst,
    /// As it happened.
    OldestFirst,
}

/// One page of what was noted and changed by hand.
pub async fn list(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    order: Order,
    (limit, offset): (usize, usize),
) -> Result<Page<Review>, ReadRefused> {
    let mut tx = engine.store.read().await?;
    let mut reviews = Record::load(engine, &mut tx, scope, id).await?.reviews;
    if order == Order::NewestFirst {
        reviews.reverse();
    }
    Ok(Page { count: reviews.len(), items: reviews.into_iter().skip(offset).take(limit).collect() })
}
