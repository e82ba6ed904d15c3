//! The application's sessions, filtered and in pages (core API §3.5).

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use model::id::{SessionId, WorkflowVersionId};
use model::status::SessionStatus;
use store::reports::ReportRow;
use store::sessions::SessionRow;
use store::{Scope, Tx};

use super::{Record, Service, record};
use crate::Engine;
use crate::access::Reach;
use crate::workflows::Definition;

mod filter;
mod row;

pub use row::{BusinessRow, Listed, PersonRow};

/// Which kinds of sessions are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kinds {
    /// Of persons.
    #[default]
    User,
    /// Of businesses.
    Business,
    /// A page of each, persons first.
    All,
}

/// What is asked for. Lists mean any of theirs; all of it has to fit together.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "core API §3.5")]
pub struct ListSessions {
    pub kinds: Kinds,
    pub limit: u32,
    pub offset: u32,
    pub statuses: Option<Vec<String>>,
    pub vendor_data: Option<String>,
    pub search: Option<String>,
    pub workflow_ids: Option<Vec<String>>,
    pub date_from: Option<Date>,
    /// The whole day is meant.
    pub date_to: Option<Date>,
    pub countries: Option<Vec<String>>,
    pub document_types: Option<Vec<String>>,
    pub document_names: Option<Vec<String>>,
    pub regions: Option<Vec<String>>,
    pub warnings: Option<Vec<String>>,
    pub session_types: Option<Vec<String>>,
    pub api_service: Option<String>,
    pub screened_full_name: Option<String>,
    pub organization_names: Option<Vec<String>>,
    pub initially_in_review: bool,
    pub document_in_review: Option<bool>,
    /// Asks for what no session has here, such as another person's internal id.
    pub impossible: bool,
}

impl ListSessions {
    /// No more than a key of this reach may see.
    pub fn within(&mut self, reach: &Reach) {
        if let Some(workflows) = &reach.workflows {
            let mut ids: Vec<String> = workflows.iter().map(ToString::to_string).collect();
            if let Some(wanted) = &self.workflow_ids {
                ids.retain(|id| wanted.contains(id));
            }
            self.impossible |= ids.is_empty();
            self.workflow_ids = Some(ids);
        }
        if reach.approved_only {
            let approved = SessionStatus::Approved.as_str();
            self.impossible |=
                self.statuses.as_ref().is_some_and(|wanted| !wanted.iter().any(|status| status == approved));
            self.statuses = Some(vec![approved.to_owned()]);
        }
    }
}

/// One page.
#[derive(Debug)]
pub struct Listing {
    /// Sessions of the kinds that were asked for.
    pub count: usize,
    /// Sessions by which the pages are counted: persons', unless only businesses' were asked for.
    pub paged: usize,
    /// These of them, the highest numbers first.
    pub rows: Vec<Listed>,
}

/// The page of the application's sessions that was asked for.
pub async fn list(engine: &Engine, scope: &Scope, wanted: &ListSessions) -> Result<Listing, store::Error> {
    let mut tx = engine.store.read().await?;
    let mut listing = Listing { count: 0, paged: 0, rows: Vec::new() };
    let kinds: &[&'static str] = match wanted.kinds {
        Kinds::User => &["user"],
        Kinds::Business => &["business"],
        Kinds::All => &["user", "business"],
    };
    let nothing = wanted.impossible || !is_own_organization(&mut tx, scope, wanted).await?;
    for (index, kind) in kinds.iter().enumerate().filter(|_| !nothing) {
        let filter = filter::of(engine, scope, wanted, kind);
        let count = usize::try_from(store::sessions::count(&mut tx, scope, &filter).await?).unwrap_or(0);
        listing.count += count;
        if index == 0 {
            listing.paged = count;
        }
        let (limit, offset) = (i64::from(wanted.limit), i64::from(wanted.offset));
        let rows = store::sessions::page(&mut tx, scope, &filter, limit, offset).await?;
        open(engine, &mut tx, scope, rows, &mut listing.rows).await?;
    }
    Ok(listing)
}

async fn is_own_organization(
    tx: &mut Tx,
    scope: &Scope,
    wanted: &ListSessions,
) -> Result<bool, store::Error> {
    let Some(names) = &wanted.organization_names else { return Ok(true) };
    let own = store::organizations::find(tx, scope.organization_id()).await?;
    Ok(own.is_some_and(|own| names.contains(&own.name)))
}

/// Opens the sessions of a page, with as many statements as for one.
async fn open(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    rows: Vec<SessionRow>,
    listed: &mut Vec<Listed>,
) -> Result<(), store::Error> {
    let ids: Vec<SessionId> = rows.iter().map(|row| row.id).collect();
    let mut keys = store::session_keys::find_many(tx, &engine.keyring, &ids).await?;
    let mut reports: HashMap<SessionId, Vec<ReportRow>> = HashMap::new();
    for report in store::reports::list_of_many(tx, &ids).await? {
        reports.entry(report.session_id).or_default().push(report);
    }
    let mut workflows: HashMap<(WorkflowVersionId, i64), (String, Definition)> = HashMap::new();
    for row in rows {
        // Erased between two statements.
        let Some(key) = keys.remove(&row.id) else { continue };
        let version = (row.workflow_version_id, record::revision(&row, &key)?);
        if let std::collections::hash_map::Entry::Vacant(e) = workflows.entry(version) {
            e.insert(workflow(tx, scope, version).await?);
        }
        let (label, definition) = &workflows[&version];
        let reports = reports.remove(&row.id).unwrap_or_default();
        let record = Record::assemble(engine, scope, row, key, definition.clone(), reports);
        listed.push(row::of(engine, &record.map_err(record::broken)?, label));
    }
    Ok(())
}

async fn workflow(
    tx: &mut Tx,
    scope: &Scope,
    (version, revision): (WorkflowVersionId, i64),
) -> Result<(String, Definition), store::Error> {
    if let Some(service) = Service::of_version(version) {
        return Ok((service.name().to_owned(), service.definition()));
    }
    let row = store::workflows::find_pinned(tx, scope, version).await?;
    let label = row.map(|row| row.label).unwrap_or_default();
    Ok((label, crate::workflows::pinned(tx, scope, version, revision).await?))
}

/// When a day begins, in UTC. The first moment that there is, for a day before it.
fn begins(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::MIN, |begin| begin.timestamp())
}

/// When a day is over, in UTC; nothing on the last day that there is.
fn ends(day: Date) -> Option<Timestamp> {
    day.checked_add(1.day()).ok().map(begins)
}
