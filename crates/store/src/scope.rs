//! Whose data a query may touch.

use std::net::IpAddr;

use model::id::{AccountId, ApplicationId, OrganizationId};
use uuid::Uuid;

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

/// On whose word a change is made; the audit log keeps it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Actor {
    /// A timer, a job or the command line.
    #[default]
    System,
    /// An integrator's program: the named key, or the application's own.
    ApiKey(Option<Uuid>),
    /// Someone who operates the organisation.
    Account(AccountId),
    /// The person who is verified.
    Person,
}

impl Actor {
    /// As it is stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::System => "system",
            Self::ApiKey(_) => "api_key",
            Self::Account(_) => "account",
            Self::Person => "person",
        }
    }

    /// Which one, where there are several.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::ApiKey(id) => *id,
            Self::Account(id) => Some(id.0),
            Self::System | Self::Person => None,
        }
    }
}

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
    #[sqlx(skip)]
    actor: Actor,
    #[sqlx(skip)]
    source: Option<IpAddr>,
}

impl Scope {
    pub(crate) fn new(application_id: ApplicationId, organization_id: OrganizationId, mode: Mode) -> Self {
        Self { application_id, organization_id, mode, actor: Actor::System, source: None }
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

    /// The same tenant, on this one's word.
    #[must_use]
    pub fn acting(self, actor: Actor) -> Self {
        Self { actor, ..self }
    }

    /// The same tenant, asked for from this network address.
    #[must_use]
    pub fn coming_from(self, source: IpAddr) -> Self {
        Self { source: Some(source), ..self }
    }

    /// From where, if it is known.
    pub fn source(&self) -> Option<IpAddr> {
        self.source
    }

    /// On whose word.
    pub fn actor(&self) -> Actor {
        self.actor
    }
}
