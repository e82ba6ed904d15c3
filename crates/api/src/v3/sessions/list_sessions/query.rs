//! What the list is asked for.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::sessions::{Kinds, ListSessions};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::problem::Problem;
use crate::v3::page::Slice;

/// Values of one list that are looked at; what would need more asks twice.
const MOST: usize = 200;

const SERVICES: [&str; 11] = [
    "ID_VERIFICATION",
    "FACE_MATCH",
    "AGE_ESTIMATION",
    "FACE_SEARCH",
    "POA",
    "AML",
    "KYB_REGISTRY",
    "PASSIVE_LIVENESS",
    "DATABASE_VALIDATION",
    "PHONE_VERIFICATION",
    "EMAIL_VERIFICATION",
];

/// The list's query, read and judged.
pub(in crate::v3::sessions) struct ListQuery {
    pub(super) wanted: ListSessions,
    pub(super) slice: Slice,
    /// What was sent beside `limit` and `offset`, for the links to other pages.
    pub(super) filters: Vec<(String, String)>,
}

impl IntoParams for ListQuery {
    fn into_params(
        parameter_in: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
    ) -> Vec<utoipa::openapi::path::Parameter> {
        let mut parameters = Slice::into_params(&parameter_in);
        parameters.extend(Documented::into_params(parameter_in));
        parameters
    }
}

/// The filters as the document shows them.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "documentation")]
struct Documented {
    /// `user` (default), `business` or `all`.
    session_kind: Option<String>,
    /// Exact statuses, comma-separated: `Approved,In Review`.
    status: Option<String>,
    /// Exactly what the create was given.
    vendor_data: Option<String>,
    /// A session's id or how its number begins, vendor data, a document's or personal number, a telephone number, an
    /// e-mail address, or words of a name.
    search: Option<String>,
    /// Workflow ids, comma-separated.
    workflow_id: Option<String>,
    /// Created on this day or later, UTC.
    #[param(format = "date", example = "2026-06-01")]
    date_from: Option<String>,
    /// Created on this day or earlier, UTC.
    #[param(format = "date", example = "2026-06-30")]
    date_to: Option<String>,
    /// Issuing states, ISO 3166-1 alpha-3, comma-separated.
    country: Option<String>,
    /// Codes of document types, comma-separated: `P`, `ID`, `DL`, `RP`…
    document_type: Option<String>,
    /// Names of documents, comma-separated.
    document_name: Option<String>,
    /// Regions of documents, comma-separated.
    region: Option<String>,
    /// Codes of warnings, comma-separated; sessions that raised any.
    warning: Option<String>,
    /// `HOSTED`, `API`, `MIGRATED`, comma-separated, or `ALL`.
    session_type: Option<String>,
    /// Which single check a session of type `API` is.
    api_service: Option<String>,
    /// Words of a name that was screened.
    screened_full_name: Option<String>,
    /// All sessions of one person of yours.
    #[param(format = "uuid")]
    didit_internal_id: Option<String>,
    /// Another id of a person; no session here has one.
    #[param(format = "uuid")]
    euuid: Option<String>,
    /// `true`: sessions that went to review before anything else.
    status_initialized_as_in_review: Option<bool>,
    /// Whether the document waits for a reviewer.
    is_kyc_to_be_reviewed: Option<bool>,
    /// Names of organisations, comma-separated; matches your own only.
    organization_name: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for ListQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Self::read(parts.uri.query().unwrap_or_default())
    }
}

impl ListQuery {
    fn read(query: &str) -> Result<Self, Problem> {
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        let (paging, filters): (Vec<_>, Vec<_>) =
            pairs.partition(|(name, _)| name == "limit" || name == "offset");
        let slice = Slice::of(&paging);
        let mut read = Reading { filters: &filters, errors: Map::new() };
        let (wanted, errors) = (read.everything(slice), read.errors);
        if errors.is_empty() { Ok(Self { wanted, slice, filters }) } else { Err(Problem::fields(errors)) }
    }
}

/// The filters, and the mistakes found so far.
struct Reading<'a> {
    filters: &'a [(String, String)],
    errors: Map<String, Value>,
}

impl<'a> Reading<'a> {
    fn everything(&mut self, slice: Slice) -> ListSessions {
        let unknown_person = self.uuid("didit_internal_id").is_some();
        let impossible = self.uuid("euuid").is_some() || unknown_person;
        ListSessions {
            kinds: self.kinds(),
            limit: slice.limit,
            offset: slice.offset,
            statuses: self.list("status"),
            vendor_data: self.verbatim("vendor_data").map(str::to_owned),
            search: self.text("search").map(str::to_owned),
            workflow_ids: self.list("workflow_id").map(|ids| ids.iter().filter_map(|id| lower(id)).collect()),
            date_from: self.date("date_from"),
            date_to: self.date("date_to"),
            countries: self.list("country"),
            document_types: self.list("document_type"),
            document_names: self.document_names(),
            regions: self.list("region"),
            warnings: self.list("warning"),
            session_types: self.list("session_type").filter(|types| !types.iter().any(|kind| kind == "ALL")),
            api_service: self.api_service(),
            screened_full_name: self.text("screened_full_name").map(str::to_owned),
            organization_names: self.list("organization_name"),
            initially_in_review: self.truth("status_initialized_as_in_review") == Some(true),
            document_in_review: self.truth("is_kyc_to_be_reviewed"),
            impossible,
        }
    }

    /// The last value that was sent, as it is; nothing if it is empty.
    fn verbatim(&self, name: &str) -> Option<&'a str> {
        let sent = self.filters.iter().rev().find(|(sent, _)| sent == name);
        sent.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.verbatim(name).map(str::trim).filter(|text| !text.is_empty())
    }

    fn list(&self, name: &str) -> Option<Vec<String>> {
        let text = self.text(name)?;
        let values =
            text.split(',').map(str::trim).filter(|value| !value.is_empty() && !value.contains('\0'));
        Some(values.take(MOST).map(str::to_owned).collect())
    }

    /// One name may have a comma in it; several have a ` - ` each.
    fn document_names(&self) -> Option<Vec<String>> {
        let text = self.text("document_name")?;
        if text.matches(" - ").count() > 1 { self.list("document_name") } else { Some(vec![text.to_owned()]) }
    }

    /// What is neither true nor false is not asked.
    fn truth(&self, name: &str) -> Option<bool> {
        match self.text(name)?.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    fn kinds(&mut self) -> Kinds {
        match self.text("session_kind").map(str::to_ascii_lowercase).as_deref() {
            None | Some("user") => Kinds::User,
            Some("business") => Kinds::Business,
            Some("all") => Kinds::All,
            Some(_) => {
                let message = "Must be \"user\", \"business\", or \"all\".";
                self.errors.insert("session_kind".to_owned(), json!(message));
                Kinds::User
            }
        }
    }

    fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.text(name)?;
        let date = Some(text).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
        if date.is_none() {
            self.refuse(name, "Enter a valid date.");
        }
        date
    }

    fn uuid(&mut self, name: &str) -> Option<Uuid> {
        let text = self.text(name)?;
        let uuid = Uuid::try_parse(text).ok();
        if uuid.is_none() {
            self.refuse(name, "Enter a valid UUID.");
        }
        uuid
    }

    fn api_service(&mut self) -> Option<String> {
        let service = self.text("api_service")?;
        if !SERVICES.contains(&service) {
            let shown: String = service.chars().take(100).collect();
            let message = format!("Select a valid choice. {shown} is not one of the available choices.");
            self.refuse("api_service", &message);
        }
        Some(service.to_owned())
    }

    fn refuse(&mut self, name: &str, message: &str) {
        self.errors.insert(name.to_owned(), json!([message]));
    }
}

/// An id as it is stored.
fn lower(text: &str) -> Option<String> {
    Uuid::try_parse(text).ok().map(|uuid| uuid.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_are_split_and_what_is_empty_is_not_asked() {
        let read =
            ListQuery::read("status=Approved,In%20Review,&search=+&workflow_id=x&limit=0&vendor_data=%20a")
                .unwrap();
        let asked = &read.wanted;
        assert_eq!(asked.statuses.as_deref(), Some(&["Approved".to_owned(), "In Review".to_owned()][..]));
        assert_eq!((&asked.search, asked.workflow_ids.as_deref()), (&None, Some(&[][..])));
        assert_eq!((asked.limit, asked.vendor_data.as_deref()), (50, Some(" a")));
    }

    proptest! {
        #[test]
        fn no_query_is_too_strange(query in "\\PC*", pairs in prop::collection::vec(("[a-z_]{1,20}", "\\PC{0,20}"), 0..8)) {
            let _ = ListQuery::read(&query);
            let text: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let _ = ListQuery::read(&text.join("&"));
        }
    }
}
