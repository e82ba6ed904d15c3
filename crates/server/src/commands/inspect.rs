//! `bonafide inspect document`: what the document check sees in a picture.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;
use document::mrz::{self, Resolved};
use jiff::civil::Date;
use serde_json::{Value, json};
use vision::reader::LineReader;
use vision::{Limits, Upload, read_mrz};

use crate::clock;
use crate::data::read_bytes;

/// Pictures to read.
#[derive(Debug, Args)]
pub(crate) struct InspectDocument {
    /// JPEG, PNG, WebP or TIFF pictures.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// One JSON object per line and file.
    #[arg(long)]
    json: bool,
    /// The day that two-digit years are read by; today if not given.
    #[arg(long)]
    today: Option<Date>,
}

/// What one file came to.
struct Inspected {
    resolved: Option<Resolved>,
    warnings: Vec<String>,
    millis: u128,
}

impl InspectDocument {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let reader = LineReader::new().context("the line reader cannot be loaded")?;
        let today = self.today.unwrap_or_else(clock::today);
        let mut unreadable = 0;
        for file in &self.files {
            let inspected = inspect(file, &reader, today);
            unreadable += usize::from(inspected.resolved.is_none());
            if self.json {
                println!("{}", inspected.line(file));
            } else {
                inspected.print(file);
            }
        }
        if unreadable == self.files.len() && !self.json {
            bail!("no machine-readable zone was found");
        }
        Ok(())
    }
}

fn inspect(file: &Path, reader: &LineReader, today: Date) -> Inspected {
    let begin = Instant::now();
    let (resolved, warnings) = match look(file, reader, today) {
        Ok(Some(resolved)) => {
            let warnings = resolved.findings.iter().map(mrz::Finding::message).collect();
            (Some(resolved), warnings)
        }
        Ok(None) => (None, vec!["MRZ_NOT_DETECTED".to_owned()]),
        Err(error) => (None, vec![format!("{error:#}")]),
    };
    Inspected { resolved, warnings, millis: begin.elapsed().as_millis() }
}

fn look(file: &Path, reader: &LineReader, today: Date) -> anyhow::Result<Option<Resolved>> {
    let bytes = read_bytes(file)?;
    let picture = Upload::new(&bytes).decode(Limits::default())?;
    let reading = read_mrz(&picture, reader);
    Ok((!reading.is_empty()).then(|| mrz::resolve(&reading.lines, today)))
}

impl Inspected {
    fn line(&self, file: &Path) -> Value {
        json!({
            "file": file,
            "mrz": self.resolved.as_ref().map_or(Value::Null, Resolved::inspection),
            "warnings": self.warnings,
            "ms": self.millis,
        })
    }

    fn print(&self, file: &Path) {
        println!("{} ({} ms)", file.display(), self.millis);
        if let Some(mrz) = self.resolved.as_ref().and_then(|resolved| resolved.mrz.as_ref()) {
            for line in &mrz.lines {
                println!("  {line}");
            }
            let verdict = if mrz.valid { "valid" } else { "NOT valid" };
            println!("  {} {verdict}: {} {}", mrz.format.name(), mrz.fields.given_names, mrz.fields.surname);
        }
        for warning in &self.warnings {
            println!("  ! {warning}");
        }
    }
}
