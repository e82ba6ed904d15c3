//! `POST /v3/session/imports/`.

use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{StatusCode, header};
use axum::{Json, RequestExt};
use engine::Engine;
use engine::imports::{self, CreateRefused, Format, NewImport, Source};
use model::id::WorkflowId;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::TYPES;
use super::view::ImportView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::{Code, Problem};

/// What to import. Either `file` or `source_file_url`.
#[derive(ToSchema)]
#[schema(as = SessionImport, example = json!({
    "import_type": "user_verification", "workflow_id": "9f9b1234-aaaa-bbbb-cccc-1234567890ab",
    "source_file_url": "https://files.example.com/exports/sessions.ndjson"
}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct ImportFields {
    /// `user_verification`, the only one that is available.
    #[schema(default = "user_verification")]
    import_type: Option<String>,
    /// The workflow that the sessions belong to.
    workflow_id: Uuid,
    /// `csv` or `ndjson`; told by the name's ending unless given.
    source_format: Option<String>,
    /// An https address that is publicly reachable. It is fetched by us, without following redirects; 25 MB at most.
    #[schema(format = "uri")]
    source_file_url: Option<String>,
    /// In a multipart form: the file itself, as far as a request may be large.
    #[schema(value_type = Option<String>, format = "binary")]
    file: Option<Vec<u8>>,
}

/// The fields that are not the file.
struct Wanted {
    workflow_id: Uuid,
    format: Option<Format>,
    url: Option<String>,
}

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let import_type = fields.optional("import_type", values::choice(TYPES))?;
        if let Some(kind) = import_type.filter(|kind| *kind != TYPES[0]) {
            return fields.reject("import_type", format!("Imports of {kind} are not available."));
        }
        let format = fields.optional("source_format", values::choice(&["csv", "ndjson"]));
        let url = fields.optional("source_file_url", values::text(4096));
        let workflow_id = match fields.optional("workflow_id", values::uuid)? {
            Some(id) => Some(id),
            None => fields.reject("workflow_id", "This field is required for this import type."),
        };
        Some(Self { workflow_id: workflow_id?, format: format?.and_then(Format::parse), url: url? })
    }
}

/// Either form of the request.
pub(super) struct CreateImport(NewImport);

impl<S: Send + Sync> FromRequest<S> for CreateImport {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let (wanted, file): (Wanted, Option<(String, Vec<u8>)>) =
            if kind.trim().to_ascii_lowercase().starts_with("multipart/form-data") {
                let form = request.extract::<Multipart, _>().await;
                let (fields, file) = form_fields(form.map_err(|_| Code::ParseError)?).await?;
                (Fields::of(fields).read()?, file)
            } else {
                (Body::<Wanted>::from_request(request, state).await?.0, None)
            };
        let source = match (wanted.url, file) {
            (Some(_), Some(_)) => {
                return Err(Problem::field("file", "Use either file or source_file_url, not both."));
            }
            (None, None) => return Err(Problem::field("file", "Upload a file or provide source_file_url.")),
            (Some(url), None) => Source::Url(url),
            (None, Some((name, bytes))) => Source::File { name, bytes },
        };
        Ok(Self(NewImport { workflow_id: WorkflowId(wanted.workflow_id), format: wanted.format, source }))
    }
}

/// The form's texts, and its file under its name.
async fn form_fields(
    mut form: Multipart,
) -> Result<(Map<String, Value>, Option<(String, Vec<u8>)>), Problem> {
    let (mut fields, mut file) = (Map::new(), None);
    while let Some(field) = form.next_field().await.map_err(|_| Code::ParseError)? {
        let (name, filename) =
            (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned));
        let bytes = field.bytes().await.map_err(|_| Code::ParseError)?;
        if name == "file" {
            file = Some((filename.unwrap_or_default(), bytes.to_vec()));
        } else if let Some(text) = std::str::from_utf8(&bytes).ok().filter(|text| !text.is_empty()) {
            fields.insert(name, Value::from(text));
        }
    }
    Ok((fields, file))
}

/// Import verifications made elsewhere
///
/// A job reads the file row by row, each becoming a session of type `MIGRATED`; no webhooks are sent. Rows are known by
/// their `external_id`: one that was brought before is skipped, so a file can be sent again. Live applications only.
#[utoipa::path(
    post, path = "/v3/session/imports/", tag = "sessions", security(("api_key" = [])),
    request_body(content((ImportFields = "application/json"), (ImportFields = "multipart/form-data"))),
    responses((status = 201, description = "Accepted.", body = ImportView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_import(
    caller: Caller<may::CreateSessions>,
    State(engine): State<Engine>,
    wanted: Result<CreateImport, Problem>,
) -> Result<(StatusCode, Json<ImportView>), Problem> {
    if caller.scope.mode() == store::Mode::Sandbox {
        return Err(CreateRefused::Sandbox.into());
    }
    let import = imports::create(&engine, &caller.scope, wanted?.0).await?;
    Ok((StatusCode::CREATED, Json(import.into())))
}

impl From<CreateRefused> for Problem {
    fn from(refused: CreateRefused) -> Self {
        match refused {
            CreateRefused::Sandbox => Self::detail(
                Code::PermissionDenied,
                "Verification imports are not enabled for sandbox applications.",
            ),
            CreateRefused::UnknownWorkflow => Self::field("workflow_id", "Invalid workflow_id."),
            CreateRefused::UnknownFormat => Self::field("file", "Only CSV and NDJSON files are supported."),
            CreateRefused::TooLarge => Self::field("file", "Import file exceeds the maximum allowed size."),
            CreateRefused::Unreachable(error) => Self::field("source_file_url", format!("{error}.")),
            CreateRefused::Store(error) => Self::server_error(&error),
        }
    }
}
