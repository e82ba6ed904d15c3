//! Which lists, or which entries of one, are asked for.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use engine::lists::{EntryType, LIST_TYPES, Order, Wanted};
use serde_json::{Map, json};

use crate::problem::{Code, Problem};
use crate::v3::page::Slice;

const DEFAULT_LIMIT: u32 = 25;
const MAX_LIMIT: u32 = 500;

/// The query of `GET /v3/lists/`.
pub(super) struct ListsQuery {
    pub(super) slice: Slice,
    list_type: Option<String>,
    entry_type: Option<String>,
    ordering: Option<String>,
}

impl ListsQuery {
    /// As the engine wants it.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        let ordering = self.ordering.as_deref().unwrap_or("-created_at");
        let order = match ordering.trim_start_matches('-') {
            "entry_count" => Order::EntryCount,
            "last_entry_added_at" => Order::LastEntryAddedAt,
            _ => Order::CreatedAt,
        };
        Wanted {
            list_type: self.list_type.as_deref(),
            entry_type: self.entry_type.as_deref(),
            order,
            descending: ordering.starts_with('-'),
        }
    }

    /// What links to other pages carry on.
    pub(super) fn filters(&self) -> Vec<(String, String)> {
        let filters =
            [("list_type", &self.list_type), ("entry_type", &self.entry_type), ("ordering", &self.ordering)];
        filters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ListsQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let mut given = given(parts, state).await?;
        let slice = slice(&given);
        let mut errors = Map::new();
        let mut choice = |name: &str, options: &[&str]| {
            let value = given.remove(name).filter(|value| !value.is_empty())?;
            if !options.contains(&value.as_str()) {
                let shown: String = value.chars().take(100).collect();
                let message = format!("Select a valid choice. {shown} is not one of the available choices.");
                errors.insert(name.to_owned(), json!([message]));
            }
            Some(value)
        };
        let list_type = choice("list_type", &LIST_TYPES);
        let entry_type = choice("entry_type", EntryType::NAMES);
        let ordering = choice(
            "ordering",
            &[
                "created_at",
                "-created_at",
                "entry_count",
                "-entry_count",
                "last_entry_added_at",
                "-last_entry_added_at",
            ],
        );
        if errors.is_empty() {
            Ok(Self { slice, list_type, entry_type, ordering })
        } else {
            Err(Problem::fields(errors))
        }
    }
}

/// The query of `GET /v3/lists/{uuid}/entries/`.
pub(super) struct EntriesQuery {
    pub(super) slice: Slice,
    pub(super) search: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for EntriesQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let mut given = given(parts, state).await?;
        Ok(Self { slice: slice(&given), search: given.remove("search") })
    }
}

async fn given<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<HashMap<String, String>, Problem> {
    let Query(given) = Query::from_request_parts(parts, state).await.map_err(|_| Code::NotFound)?;
    Ok(given)
}

/// What does not parse is ignored, as the contract does.
fn slice(given: &HashMap<String, String>) -> Slice {
    let number = |name: &str| given.get(name).and_then(|text| text.parse::<u32>().ok());
    let limit = number("limit").filter(|limit| *limit > 0).unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
    Slice { limit, offset: number("offset").unwrap_or(0) }
}
