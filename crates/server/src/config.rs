//! The configuration: one TOML file, every key also as an environment variable `BONAFIDE__SECTION__KEY`, secrets also
//! from a file named by `BONAFIDE__SECTION__KEY_FILE`. Unknown keys are refused.

use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::data::read_text;
use crate::telemetry::Log;

mod credits;
mod database;
mod documents;
mod keys;
mod limits;
mod mail;
pub(crate) mod server;
mod sms;
mod storage;
#[cfg(test)]
mod tests;

/// Everything that can be configured; docs/configuration.md describes each key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) server: server::Server,
    pub(crate) database: database::Database,
    pub(crate) keys: keys::Keys,
    pub(crate) storage: storage::Storage,
    #[serde(default)]
    pub(crate) mail: mail::Mail,
    #[serde(default)]
    pub(crate) limits: limits::Limits,
    #[serde(default)]
    pub(crate) sms: sms::Sms,
    #[serde(default)]
    pub(crate) credits: credits::Credits,
    #[serde(default)]
    pub(crate) documents: documents::Documents,
    #[serde(default)]
    pub(crate) log: Log,
}

const PREFIX: &str = "BONAFIDE__";

impl Config {
    /// Reads the file and lays the environment over it.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let environment = std::env::vars().filter(|(name, _)| name.starts_with(PREFIX));
        Self::parse(&read_text(path)?, environment).with_context(|| format!("in {}", path.display()))
    }

    fn parse(text: &str, environment: impl Iterator<Item = (String, String)>) -> anyhow::Result<Self> {
        let mut table: Table = text.parse()?;
        for (name, value) in environment {
            overlay(&mut table, &name, value)
                .with_context(|| format!("in the environment variable {name}"))?;
        }
        Ok(table.try_into()?)
    }

    /// Prints what the configuration means; secrets are starred out.
    pub(crate) fn show(&self) -> anyhow::Result<()> {
        let mut shown = Table::try_from(self)?;
        redact(&mut shown);
        print!("{}", toml::to_string_pretty(&shown)?);
        Ok(())
    }
}

/// Puts one variable in its place: the last two parts of its name are section and key.
fn overlay(table: &mut Table, name: &str, value: String) -> anyhow::Result<()> {
    let path = name.trim_start_matches(PREFIX).to_ascii_lowercase();
    let (section, key) = path.split_once("__").context("not of the form BONAFIDE__SECTION__KEY")?;
    let (key, value, from_file) = match key.strip_suffix("_file") {
        Some(key) => (key, read_text(Path::new(&value))?.trim().to_owned(), true),
        None => (key, value, false),
    };
    let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    let section = section.as_table_mut().context("not a section")?;
    // Numbers and booleans as TOML writes them; secrets and everything else are text.
    if from_file || is_secret(key) {
        section.insert(key.to_owned(), Value::String(value));
        return Ok(());
    }
    let parsed =
        value.parse::<i64>().map(Value::Integer).or_else(|_| value.parse::<bool>().map(Value::Boolean));
    section.insert(key.to_owned(), parsed.unwrap_or(Value::String(value)));
    Ok(())
}

fn redact(table: &mut Table) {
    for (key, value) in table.iter_mut() {
        match value {
            Value::Table(section) => redact(section),
            Value::String(text) if is_secret(key) => "****".clone_into(text),
            Value::String(text) if key == "url" => *text = without_password(text),
            _ => {}
        }
    }
}

fn is_secret(key: &str) -> bool {
    matches!(key, "master_key" | "password" | "secret_access_key" | "auth_token" | "secret")
}

fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 < at => {
            format!("{}****{}", &address[..scheme + 3], &address[at..])
        }
        _ => address.to_owned(),
    }
}
