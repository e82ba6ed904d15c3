//! Sessions by what is asked of them. One statement counts and one reads a page, whatever the filters.

use std::fmt::Write;

use jiff::Timestamp;
use model::id::SessionId;
use sqlx::AssertSqlSafe;

use super::SessionRow;
use crate::database::on;
use crate::{Error, Scope, Tx};

/// What a session has to be; everything that is not asked is free.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// `user` or `business`.
    pub kind: &'static str,
    /// One of these statuses.
    pub statuses: Option<Vec<String>>,
    /// Made for the vendor data of this keyed hash.
    pub vendor_hash: Option<String>,
    /// Of one of these workflows.
    pub workflow_ids: Option<Vec<String>>,
    /// `HOSTED`, `MIGRATED` or `API`.
    pub session_types: Option<Vec<String>>,
    /// Not made before.
    pub created_from: Option<Timestamp>,
    /// Made before.
    pub created_before: Option<Timestamp>,
    /// Decided so at first.
    pub first_decision: Option<&'static str>,
    /// Found by one hash of each list.
    pub terms: Vec<Vec<String>>,
    /// Found by what somebody typed.
    pub search: Option<Search>,
}

/// What somebody typed, understood in every way it can be. One of them has to fit.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// The session's id.
    pub id: Option<SessionId>,
    /// How its number begins; digits.
    pub number_prefix: Option<String>,
    /// Found by one of these hashes.
    pub any: Vec<String>,
    /// Found by one hash of each of these lists; no list is no way.
    pub all: Vec<Vec<String>>,
}

/// A condition with its values.
struct Condition {
    text: String,
    values: Vec<Value>,
}

#[derive(Clone)]
enum Value {
    Text(String),
    Number(i64),
}

impl Condition {
    fn of(scope: &Scope, filter: &Filter) -> Self {
        let mut condition =
            Self { text: "deleted_at IS NULL AND application_id = ".to_owned(), values: Vec::new() };
        condition.value(Value::Text(scope.application_id().to_string()));
        condition.and("kind = ", Value::Text(filter.kind.to_owned()));
        condition.and_one_of("status", filter.statuses.as_deref());
        condition.and_one_of("workflow_id", filter.workflow_ids.as_deref());
        condition.and_one_of("session_type", filter.session_types.as_deref());
        if let Some(hash) = &filter.vendor_hash {
            condition.and("vendor_hash = ", Value::Text(hash.clone()));
        }
        if let Some(from) = filter.created_from {
            condition.and("created_at >= ", Value::Number(from.as_millisecond()));
        }
        if let Some(before) = filter.created_before {
            condition.and("created_at < ", Value::Number(before.as_millisecond()));
        }
        if let Some(decision) = filter.first_decision {
            condition.and("first_decision = ", Value::Text(decision.to_owned()));
        }
        for hashes in &filter.terms {
            condition.text.push_str(" AND ");
            condition.found_by(hashes);
        }
        if let Some(search) = &filter.search {
            condition.search(search);
        }
        condition
    }

    fn value(&mut self, value: Value) {
        self.values.push(value);
        let _ = write!(self.text, "${}", self.values.len());
    }

    fn and(&mut self, text: &str, value: Value) {
        self.text.push_str(" AND ");
        self.text.push_str(text);
        self.value(value);
    }

    fn and_one_of(&mut self, column: &str, values: Option<&[String]>) {
        let Some(values) = values else { return };
        self.text.push_str(" AND ");
        self.text.push_str(column);
        self.one_of(values);
    }

    /// `IN (…)`; nothing is in an empty list, on either database.
    fn one_of(&mut self, values: &[String]) {
        self.text.push_str(" IN (");
        for (index, value) in values.iter().enumerate() {
            self.text.push_str(if index == 0 { "" } else { ", " });
            self.value(Value::Text(value.clone()));
        }
        self.text.push_str(if values.is_empty() { "NULL)" } else { ")" });
    }

    fn found_by(&mut self, hashes: &[String]) {
        self.text.push_str("id IN (SELECT session_id FROM session_terms WHERE term_hash");
        self.one_of(hashes);
        self.text.push(')');
    }

    fn search(&mut self, search: &Search) {
        self.text.push_str(" AND (");
        self.found_by(&search.any);
        if let Some(id) = search.id {
            self.text.push_str(" OR id = ");
            self.value(Value::Text(id.to_string()));
        }
        if let Some(prefix) = &search.number_prefix {
            self.text.push_str(" OR CAST(number AS TEXT) LIKE ");
            self.value(Value::Text(format!("{prefix}%")));
        }
        for (index, hashes) in search.all.iter().enumerate() {
            self.text.push_str(if index == 0 { " OR (" } else { " AND " });
            self.found_by(hashes);
        }
        self.text.push_str(if search.all.is_empty() { ")" } else { "))" });
    }
}

/// How many of the scope's sessions are so.
pub async fn count(tx: &mut Tx, scope: &Scope, filter: &Filter) -> Result<i64, Error> {
    let Condition { text, values } = Condition::of(scope, filter);
    let text = format!("SELECT COUNT(*) FROM sessions WHERE {text}");
    Ok(on!(tx, c => {
        let mut query = sqlx::query_scalar(AssertSqlSafe(text));
        for value in values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        query.fetch_one(c).await
    })?)
}

/// Some of the scope's sessions that are so, those of the highest numbers first.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<Vec<SessionRow>, Error> {
    let mut condition = Condition::of(scope, filter);
    condition.text.push_str(" ORDER BY number DESC LIMIT ");
    condition.value(Value::Number(limit));
    condition.text.push_str(" OFFSET ");
    condition.value(Value::Number(offset));
    let Condition { text, values } = condition;
    let text = format!(concat!("SELECT ", columns!(), " FROM sessions WHERE {}"), text);
    Ok(on!(tx, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(text));
        for value in values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        query.fetch_all(c).await
    })?)
}
