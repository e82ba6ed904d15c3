//! Lists in pages of `limit` and `offset`, in the contract's envelope.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use engine::Engine;
use engine::workflows::Page;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::{Code, Problem};

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 500;

/// Which part of a list is asked for. What does not parse is ignored, as the contract does.
#[derive(Debug, Clone, Copy, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Slice {
    /// How many at most; 50 unless said.
    #[param(required = false, minimum = 1, maximum = 500)]
    pub(super) limit: u32,
    /// How many to skip.
    #[param(required = false)]
    pub(super) offset: u32,
}

#[derive(Default, Deserialize)]
struct Raw {
    limit: Option<String>,
    offset: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Slice {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(raw) = Query::<Raw>::from_request_parts(parts, state).await.map_err(|_| Code::NotFound)?;
        let number = |text: Option<String>| text.and_then(|text| text.parse::<u32>().ok());
        let limit = number(raw.limit).filter(|limit| *limit > 0).unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
        Ok(Self { limit, offset: number(raw.offset).unwrap_or(0) })
    }
}

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct PageView<T: ToSchema> {
    /// How many there are in all.
    count: usize,
    /// The next page, if there is one.
    #[schema(format = "uri")]
    next: Option<String>,
    /// The page before, if there is one.
    #[schema(format = "uri")]
    previous: Option<String>,
    /// These.
    results: Vec<T>,
}

impl<T: ToSchema> PageView<T> {
    /// The page at `path`, each item as `view` shows it.
    pub(super) fn of<I>(
        engine: &Engine,
        path: &str,
        slice: Slice,
        page: Page<I>,
        view: impl Fn(I) -> T,
    ) -> Self {
        let Slice { limit, offset } = slice;
        let link = |offset: u32| format!("{}{path}?limit={limit}&offset={offset}", engine.base_url);
        let after = offset.saturating_add(limit);
        Self {
            next: (usize::try_from(after).is_ok_and(|after| after < page.count)).then(|| link(after)),
            previous: (offset > 0).then(|| link(offset.saturating_sub(limit))),
            count: page.count,
            results: page.items.into_iter().map(view).collect(),
        }
    }
}
