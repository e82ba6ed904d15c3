//! Lists in pages of `limit` and `offset`, in the contract's envelope.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::Engine;
use engine::workflows::Page;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 500;

/// Which part of a list is asked for. What does not parse is ignored, as the contract does.
#[derive(Debug, Clone, Copy, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Slice {
    /// How many at most; 50 unless said.
    #[param(required = false, minimum = 1, maximum = 500)]
    pub(crate) limit: u32,
    /// How many to skip.
    #[param(required = false)]
    pub(crate) offset: u32,
}

impl<S: Send + Sync> FromRequestParts<S> for Slice {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Ok(Self::of(&pairs))
    }
}

impl Slice {
    /// The slice that these query parameters ask for; of several values the last counts.
    pub(crate) fn of(pairs: &[(String, String)]) -> Self {
        let number = |wanted: &str| {
            let sent = pairs.iter().rev().find(|(name, _)| name == wanted);
            sent.and_then(|(_, text)| text.parse::<u32>().ok())
        };
        let limit = number("limit").filter(|limit| *limit > 0).unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
        Self { limit, offset: number("offset").unwrap_or(0) }
    }
}

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct PageView<T: ToSchema> {
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
    pub(crate) fn of<I>(
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

    /// The same page of a filtered list: its links repeat the filters and follow a count of their own.
    pub(crate) fn filtered(
        self,
        engine: &Engine,
        path: &str,
        slice: Slice,
        filters: &[(String, String)],
        count: usize,
    ) -> Self {
        let Slice { limit, offset } = slice;
        let link = |offset: u32| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("limit", &limit.to_string()).append_pair("offset", &offset.to_string());
            query.extend_pairs(filters);
            format!("{}{path}?{}", engine.base_url, query.finish())
        };
        let after = offset.saturating_add(limit);
        Self {
            next: (usize::try_from(after).is_ok_and(|after| after < count)).then(|| link(after)),
            previous: (offset > 0).then(|| link(offset.saturating_sub(limit))),
            ..self
        }
    }
}
