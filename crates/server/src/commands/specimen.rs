//! `bonafide specimen`: pictures for trying the product.

mod choice;
mod listing;
mod making;
mod progress;

use std::path::{Path, PathBuf};

use anyhow::Context;
use choice::Choice;
use clap::Args;
use jiff::civil::Date;
use specimen::{Difficulty, Fonts, Kind, Made, PersonOptions, camera_clip, make_with};

use crate::clock;
use crate::data::read_bytes;

/// What to make.
#[derive(Debug, Args)]
#[command(
    after_help = "See docs/specimen.md for what each attack and distortion does, and for the truth files."
)]
pub(crate) struct Specimen {
    /// passport, id-card, driving-licence, residence-permit, utility-bill, bank-statement, td2, visa-a or visa-b.
    #[arg(long, default_value = "passport")]
    kind: String,
    #[command(flatten)]
    choice: Choice,
    /// easy, medium or hard.
    #[arg(long, default_value = "easy")]
    difficulty: Difficulty,
    /// How many.
    #[arg(short = 'n', long, default_value_t = 1)]
    count: u64,
    /// The same seed makes the same pictures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to write them.
    #[arg(long, default_value = "specimens")]
    out: PathBuf,
    /// The day the documents are shown on; today if not given.
    #[arg(long)]
    today: Option<Date>,
    /// Make documents that have expired.
    #[arg(long)]
    expired: bool,
    /// Also write each document as a film for Chromium's fake camera (.y4m); only with no choice of layout.
    #[arg(long)]
    y4m: bool,
    /// Say which kinds, layouts, attacks, distortions and backgrounds there are, and make nothing.
    #[arg(long)]
    list: bool,
    /// The machine-readable typeface, OCR-B (Debian: fonts-ocr-b).
    #[arg(long, default_value = "/usr/share/fonts/opentype/ocr-b/OCRB.otf")]
    ocr_font: PathBuf,
    /// The folder of `DejaVuSans.ttf` and `DejaVuSans-Bold.ttf` (Debian: fonts-dejavu-core).
    #[arg(long, default_value = "/usr/share/fonts/truetype/dejavu")]
    text_fonts: PathBuf,
}

impl Specimen {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        if self.list {
            print!("{}", listing::text());
            return Ok(());
        }
        let today = self.today.unwrap_or_else(clock::today);
        let options = PersonOptions { expired: self.expired, ..PersonOptions::default() };
        // The five designs that chance draws need no layout, and stay what they were for every seed.
        let Some(kind) = self.kind.parse::<Kind>().ok().filter(|_| self.choice.is_open()) else {
            anyhow::ensure!(
                !self.y4m,
                "--y4m films the designs of chance: leave the choice of layout and --attack out"
            );
            let work = self.choice.work(&self.kind, self.difficulty)?;
            let seeds = self.seed..self.seed.saturating_add(self.count);
            return making::make(&work, seeds, (today, &options), &self.fonts()?, &self.folder()?);
        };
        let (fonts, folder) = (self.fonts()?, self.folder()?);
        for seed in self.seed..self.seed.saturating_add(self.count) {
            let made = make_with(kind, self.difficulty, seed, today, &options, &fonts);
            self.write(kind, &made, seed, &folder)?;
        }
        Ok(())
    }

    fn folder(&self) -> anyhow::Result<PathBuf> {
        std::fs::create_dir_all(&self.out)
            .with_context(|| format!("{} cannot be made", self.out.display()))?;
        Ok(self.out.clone())
    }

    fn fonts(&self) -> anyhow::Result<Fonts> {
        let read = |path: &Path| {
            read_bytes(path).context(
                "the typefaces are missing; on Debian: apt-get install fonts-ocr-b fonts-dejavu-core",
            )
        };
        let text = self.text_fonts.join("DejaVuSans.ttf");
        let bold = self.text_fonts.join("DejaVuSans-Bold.ttf");
        Ok(Fonts::parse(read(&self.ocr_font)?, read(&text)?, read(&bold)?)?)
    }

    fn write(&self, kind: Kind, made: &Made, seed: u64, folder: &Path) -> anyhow::Result<()> {
        let name = format!("{}-{}-{seed}", kind.name(), self.difficulty.name());
        for photograph in made.photographs() {
            let side = serde_json::to_value(photograph.truth.side)?;
            let path = folder.join(format!("{name}-{}", side.as_str().unwrap_or_default()));
            put(&path.with_extension("jpg"), &photograph.jpeg)?;
            put(&path.with_extension("json"), &serde_json::to_vec_pretty(&photograph.truth)?)?;
        }
        if self.y4m {
            let page = made.document.machine_readable();
            put(&folder.join(format!("{name}.y4m")), &camera_clip(page, 8, seed))?;
        }
        Ok(())
    }
}

/// Writes a file and says so.
fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    store(path, bytes)?;
    println!("{}", path.display());
    Ok(())
}

/// Writes a file.
fn store(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the command writes the files it was asked for")]
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}
