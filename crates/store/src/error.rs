//! What can stop the store.

/// Why a read or a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or was out of reach.
    #[error("the database: {0}")]
    Driver(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the migrations: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The object store refused or was out of reach.
    #[error("the object store: {0}")]
    Objects(#[from] object_store::Error),
    /// A stored value does not open with its key or is not what was written.
    #[error("{table} {id} is damaged or was sealed with another key")]
    Corrupt {
        /// Where it lies.
        table: &'static str,
        /// Which row or object.
        id: String,
    },
    /// The row changed, or the job's lease passed to another worker, since it was read.
    #[error("the row changed since it was read")]
    Stale,
    /// Another row has this value already. On PostgreSQL the transaction is lost.
    #[error("{0} is taken")]
    Taken(Constraint),
    /// The database was made with another master key.
    #[error("the master key is not the one this database was made with")]
    WrongMasterKey,
    /// The address of the database or of the object store does not parse.
    #[error("the address of the {0} is not valid")]
    Address(&'static str),
}

macro_rules! constraints {
    ($($(#[$doc:meta])* $name:ident = $postgres:literal, $sqlite:literal;)+) => {
        /// A rule of uniqueness.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Constraint {
            $($(#[$doc])* $name,)+
        }

        impl Constraint {
            /// PostgreSQL names the constraint, SQLite the columns.
            fn named_in(error: &dyn sqlx::error::DatabaseError) -> Option<Self> {
                let name = error.constraint().unwrap_or_default();
                let columns = error.message().strip_prefix("UNIQUE constraint failed: ").unwrap_or_default();
                match (name, columns) {
                    $(($postgres, _) | (_, $sqlite) => Some(Self::$name),)+
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for Constraint {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$name => f.write_str($sqlite),)+
                }
            }
        }
    };
}

constraints! {
    /// One account per e-mail address.
    Email = "accounts_email_hash_key", "accounts.email_hash";
    /// One application per API key.
    ApiKey = "applications_api_key_hash_key", "applications.api_key_hash";
    /// One application per client id.
    ClientId = "applications_client_id_key", "applications.client_id";
    /// One row per version of a workflow.
    WorkflowVersion = "workflows_version_key", "workflows.application_id, workflows.workflow_id, workflows.version";
    /// One row per version of a questionnaire.
    QuestionnaireVersion = "questionnaires_version_key", "questionnaires.application_id, questionnaires.group_id, questionnaires.version";
    /// One session per number in an application.
    SessionNumber = "sessions_number_key", "sessions.application_id, sessions.number";
    /// One session per token.
    SessionToken = "sessions_token_hash_key", "sessions.token_hash";
    /// One unfinished session per vendor data and workflow.
    ReuseKey = "sessions_reuse_key_key", "sessions.reuse_key";
    /// A session is taken over once by an application.
    SharedFrom = "sessions_shared_from_key", "sessions.application_id, sessions.shared_from";
    /// A row of an import is brought once.
    ExternalHash = "sessions_external_hash_key", "sessions.application_id, sessions.external_hash";
    /// One upload per part and attempt.
    UploadPart = "uploads_part_key", "uploads.session_id, uploads.node_id, uploads.part, uploads.attempt";
    /// One event per place in a session's order.
    EventSequence = "events_sequence_key", "events.session_id, events.sequence";
    /// One list per name in an application.
    ListName = "lists_name_key", "lists.application_id, lists.name";
    /// One live destination per address in an application.
    DestinationUrl = "destinations_live_url_key_key", "destinations.live_url_key";
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let taken = error
            .as_database_error()
            .filter(|error| error.is_unique_violation())
            .and_then(Constraint::named_in);
        taken.map_or(Self::Driver(error), Self::Taken)
    }
}
