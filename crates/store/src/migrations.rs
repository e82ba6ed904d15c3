//! The schema's history, one lineage for both databases. See `migrations/README.md`.

use std::borrow::Cow;

use sqlx::AssertSqlSafe;
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every file of the folder, in order.
pub const FILES: &[(&str, &str)] = &[
    ("0001_tenants", include_str!("../../../migrations/0001_tenants.sql")),
    ("0002_workflows", include_str!("../../../migrations/0002_workflows.sql")),
    ("0003_sessions", include_str!("../../../migrations/0003_sessions.sql")),
    ("0004_evidence", include_str!("../../../migrations/0004_evidence.sql")),
    ("0005_events", include_str!("../../../migrations/0005_events.sql")),
    ("0006_jobs", include_str!("../../../migrations/0006_jobs.sql")),
    ("0007_audit", include_str!("../../../migrations/0007_audit.sql")),
    ("0008_reviews", include_str!("../../../migrations/0008_reviews.sql")),
    ("0009_session_data", include_str!("../../../migrations/0009_session_data.sql")),
    ("0010_questionnaires", include_str!("../../../migrations/0010_questionnaires.sql")),
    ("0011_verification_codes", include_str!("../../../migrations/0011_verification_codes.sql")),
    ("0012_entities", include_str!("../../../migrations/0012_entities.sql")),
    ("0013_webhooks", include_str!("../../../migrations/0013_webhooks.sql")),
    ("0014_access", include_str!("../../../migrations/0014_access.sql")),
    ("0015_limits", include_str!("../../../migrations/0015_limits.sql")),
    ("0016_business_sessions", include_str!("../../../migrations/0016_business_sessions.sql")),
    ("0017_approvals", include_str!("../../../migrations/0017_approvals.sql")),
];

pub(crate) fn sqlite() -> Migrator {
    with_bytes_as("BLOB")
}

pub(crate) fn postgres() -> Migrator {
    with_bytes_as("BYTEA")
}

fn with_bytes_as(word: &str) -> Migrator {
    let migrations = FILES
        .iter()
        .map(|&(name, text)| {
            let version = name[..4].parse().expect("a migration's name starts with its number");
            let text = AssertSqlSafe(text.replace("{{bytes}}", word)).into_sql_str();
            Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, text, false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}
