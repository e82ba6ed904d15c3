//! The rules of the house that no compiler knows.

mod arrows;
mod exceptions;
mod secrets;
mod sizes;
mod sources;

use anyhow::bail;

/// Checks everything and lists every breach.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut breaches = arrows::check()?;
    let files = sources::rust_files()?;
    breaches.extend(sizes::check(&files));
    breaches.extend(sources::check(&files));
    breaches.extend(secrets::check(&files));
    breaches.extend(sources::registry_hosts()?);
    breaches.extend(sources::named_tests("docs/claims.md", &files)?);
    if breaches.is_empty() {
        println!("  {} Rust files, no breach", files.len());
        return Ok(());
    }
    for breach in &breaches {
        println!("  ✗ {breach}");
    }
    bail!("{} breaches of the house rules", breaches.len())
}
