//! Identifiers in paths. Routes match well-formed lower-case UUIDs; anything else is no route of ours.

use axum::extract::{FromRequestParts, Path, RawPathParams};
use axum::http::request::Parts;
use model::id::ApplicationId;
use uuid::Uuid;

use crate::problem::{Code, Problem};

/// The one id in the path.
pub struct PathId<T>(pub T);

/// The two ids in the path, outer first.
pub struct PathIds<A, B>(pub A, pub B);

impl<S: Send + Sync, T: From<Uuid>> FromRequestParts<S> for PathId<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| Code::NotFound)?;
        Ok(Self(id(&text)?.into()))
    }
}

impl<S: Send + Sync, A: From<Uuid>, B: From<Uuid>> FromRequestParts<S> for PathIds<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path((outer, inner)) =
            Path::<(String, String)>::from_request_parts(parts, state).await.map_err(|_| Code::NotFound)?;
        Ok(Self(id(&outer)?.into(), id(&inner)?.into()))
    }
}

/// The last id in the path, for routes that an extractor of the caller reads the others of.
pub struct LastPathId<T>(pub T);

impl<S: Send + Sync, T: From<Uuid>> FromRequestParts<S> for LastPathId<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Code::NotFound)?;
        let (_, last) = params.iter().last().ok_or(Code::NotFound)?;
        Ok(Self(id(last)?.into()))
    }
}

/// The application's id in the path.
pub struct PathApplication(pub ApplicationId);

impl<S: Send + Sync> FromRequestParts<S> for PathApplication {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        path_uuid(parts, &["application_id", "application"]).await.map(|id| Self(ApplicationId(id)))
    }
}

/// The id in the path under one of these names; what is no id is no route of ours.
pub async fn path_uuid(parts: &mut Parts, names: &[&str]) -> Result<Uuid, Problem> {
    maybe_path_uuid(parts, names).await?.ok_or_else(|| Problem::new(Code::NotFound))
}

/// [`path_uuid`] for routes that may have none.
pub async fn maybe_path_uuid(parts: &mut Parts, names: &[&str]) -> Result<Option<Uuid>, Problem> {
    let params = RawPathParams::from_request_parts(parts, &()).await;
    let Ok(params) = params else { return Ok(None) };
    params.iter().find(|(name, _)| names.contains(name)).map(|(_, text)| id(text)).transpose()
}

fn id(text: &str) -> Result<Uuid, Problem> {
    match Uuid::try_parse(text) {
        Ok(uuid) if uuid.hyphenated().to_string() == text => Ok(uuid),
        _ => Err(Problem::new(Code::NotFound)),
    }
}
