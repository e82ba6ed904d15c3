//! Whose data a query may touch.

use model::id::{ApplicationId, OrganizationId};

use crate::column::IdText;

/// Whether an application verifies real people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Real people.
    Live,
    /// Scenarios for integrators' tests.
    Sandbox,
}

impl Mode {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Sandbox => "sandbox",
        }
    }
}

impl TryFrom<String> for Mode {
    type Error = UnknownMode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "live" => Ok(Self::Live),
            "sandbox" => Ok(Self::Sandbox),
            _ => Err(UnknownMode),
        }
    }
}

/// A stored mode that this version does not know.
#[derive(Debug, thiserror::Error)]
#[error("not a mode of an application")]
pub struct UnknownMode;

/// The tenant on whose behalf a query runs.
///
/// Every query that reads a tenant's data takes one, and only this crate can make one: from an API key, from a session's
/// token, from a job's row, from an account's own organisation, or for the operator's command line. A query without the
/// tenant filter cannot be written by forgetting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Scope {
    #[sqlx(try_from = "IdText")]
    application_id: ApplicationId,
    #[sqlx(try_from = "IdText")]
    organization_id: OrganizationId,
    #[sqlx(try_from = "String")]
    mode: Mode,
}

impl Scope {
    pub(crate) fn new(application_id: ApplicationId, organization_id: OrganizationId, mode: Mode) -> Self {
        Self { application_id, organization_id, mode }
    }

    /// The application that owns the data.
    pub fn application_id(&self) -> ApplicationId {
        self.application_id
    }

    /// The organisation that owns the application.
    pub fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    /// Live or sandbox.
    pub fn mode(&self) -> Mode {
        self.mode
    }
}
