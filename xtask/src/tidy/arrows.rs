//! Which crate may use which (docs of the house, §2).

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Every allowed arrow; what is absent is forbidden. Development dependencies on `testkit` and `specimen` are free.
const ALLOWED: [(&str, &[&str]); 13] = [
    ("model", &[]),
    ("document", &["model"]),
    ("emrtd", &["model"]),
    ("screening", &["model"]),
    ("vision", &["model"]),
    ("specimen", &["model", "document", "emrtd", "screening", "vision"]),
    ("store", &["model"]),
    ("outbound", &["model"]),
    ("engine", &["model", "document", "emrtd", "screening", "vision", "specimen", "store", "outbound"]),
    (
        "api",
        &["model", "document", "emrtd", "screening", "vision", "specimen", "store", "outbound", "engine"],
    ),
    (
        "server",
        &[
            "model",
            "document",
            "emrtd",
            "screening",
            "vision",
            "specimen",
            "store",
            "outbound",
            "engine",
            "api",
        ],
    ),
    (
        "testkit",
        &[
            "model",
            "document",
            "emrtd",
            "screening",
            "vision",
            "specimen",
            "store",
            "outbound",
            "engine",
            "api",
            "server",
        ],
    ),
    ("xtask", &[]),
];

/// Crates that must stay free of IO.
const PURE: [&str; 6] = ["model", "document", "emrtd", "screening", "vision", "specimen"];
/// What would make them impure.
const IMPURE: [&str; 7] = ["tokio", "sqlx", "reqwest", "axum", "hyper", "object_store", "lettre"];
/// What the HTTP crate must not know, and what the engine must not.
const FOREIGN: [(&str, &[&str]); 3] =
    [("api", &["sqlx"]), ("engine", &["sqlx", "axum", "hyper"]), ("store", &["axum", "reqwest"])];

pub(super) fn check() -> anyhow::Result<Vec<String>> {
    let metadata = MetadataCommand::new().no_deps().exec()?;
    let ours: Vec<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let mut breaches = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            breaches.push(format!(
                "crate {name} is not in the table of arrows; a new crate needs a written reason"
            ));
            continue;
        };
        let uses = package.dependencies.iter().filter(|used| used.kind != DependencyKind::Development);
        for used in uses.map(|used| used.name.as_str()) {
            if ours.contains(&used) && !allowed.contains(&used) {
                breaches.push(format!("{name} must not use {used}"));
            }
            if PURE.contains(&name) && IMPURE.contains(&used) {
                breaches.push(format!("{name} is pure and must not use {used}"));
            }
            if FOREIGN.iter().any(|(crate_name, foreign)| *crate_name == name && foreign.contains(&used)) {
                breaches.push(format!("{name} must not know {used}"));
            }
        }
    }
    Ok(breaches)
}
