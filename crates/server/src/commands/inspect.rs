//! `bonafide inspect document`: what the document check sees in a picture.

mod sight;
mod view;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;
use jiff::civil::Date;
use vision::reader::LineReader;
use vision::text::Reader;
use vision::{Limits, Upload};

use crate::clock;
use crate::data::read_bytes;
use crate::models::Folder;
use sight::Sight;

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
    /// Look for the machine-readable zone and for nothing else.
    #[arg(long)]
    mrz_only: bool,
    /// The folder of the neural networks that read print; without them print is not read.
    #[arg(long, value_name = "DIR", default_value = "bonafide-data/models")]
    models: PathBuf,
}

/// What the checks look with.
struct Eyes {
    zone: LineReader,
    print: Option<Reader>,
    today: Date,
    mrz_only: bool,
}

/// What one file came to.
struct Inspected {
    sight: Option<Sight>,
    warnings: Vec<String>,
    millis: u128,
}

impl InspectDocument {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let print = if self.mrz_only { None } else { Folder::at(self.models.clone()).text_reader() };
        if print.is_none() && !self.mrz_only {
            eprintln!(
                "print is not read: no networks in {}; `bonafide models pull` fetches them",
                self.models.display()
            );
        }
        let eyes = Eyes {
            zone: LineReader::new().context("the line reader cannot be loaded")?,
            print,
            today: self.today.unwrap_or_else(clock::today),
            mrz_only: self.mrz_only,
        };
        let mut unreadable = 0;
        for file in &self.files {
            let inspected = inspect(file, &eyes);
            unreadable += usize::from(inspected.sight.as_ref().is_none_or(Sight::is_empty));
            if self.json {
                println!("{}", inspected.line(file));
            } else {
                inspected.print(file);
            }
        }
        if unreadable == self.files.len() && !self.json {
            bail!("nothing was found to read");
        }
        Ok(())
    }
}

fn inspect(file: &Path, eyes: &Eyes) -> Inspected {
    let begin = Instant::now();
    let (sight, warnings) = match look(file, eyes) {
        Ok(sight) => {
            let warnings = sight.warnings();
            (Some(sight), warnings)
        }
        Err(error) => (None, vec![format!("{error:#}")]),
    };
    Inspected { sight, warnings, millis: begin.elapsed().as_millis() }
}

fn look(file: &Path, eyes: &Eyes) -> anyhow::Result<Sight> {
    let bytes = read_bytes(file)?;
    let picture = Upload::new(&bytes).decode(Limits::default())?;
    Ok(Sight::of(&picture, eyes))
}
