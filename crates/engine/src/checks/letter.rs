//! Opens a letter, bill or statement and reads its lines: a PDF by its text, or by its pictures where it has none; a
//! picture by its print. On a thread of its own, a bounded number at once.

use document::proof_of_address::{self, ProofOfAddress};
use jiff::civil::Date;
use vision::pdf::{Facts, Pdf};
use vision::text::Detail;
use vision::{Decoded, Limits, STORED_SIDE, Upload};

use super::look::Unseen;
use crate::Engine;

/// What was read, and the file as it is kept.
pub(crate) struct Letter {
    pub(crate) paper: ProofOfAddress,
    /// What a PDF tells of itself.
    pub(crate) facts: Option<Facts>,
    /// A PDF as it came; a picture redrawn without what the camera wrote beside the pixels.
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_type: &'static str,
}

/// Pages that are read.
const PAGES: usize = 5;
/// A page with less text than this was scanned.
const LEAST_TEXT: usize = 40;
/// A letter may be larger than a picture of a card.
const BYTES: usize = 15 * 1024 * 1024;

/// Opens and reads a file.
pub(crate) async fn read(
    engine: &Engine,
    bytes: Vec<u8>,
    password: Option<String>,
    today: Date,
) -> Result<Letter, Unseen> {
    let _place = engine.pictures().acquire().await;
    let engine = engine.clone();
    let read = tokio::task::spawn_blocking(move || {
        if Pdf::is_one(&bytes) {
            let password = password.as_deref().filter(|password| !password.is_empty());
            let pdf = Pdf::open(bytes.clone(), password)?;
            let paper = paper(&lines_of_pdf(&engine, &pdf)?, today);
            let facts = Some(pdf.facts());
            return Ok(Letter { paper, facts, bytes, content_type: "application/pdf" });
        }
        let picture = Upload::new(&bytes).decode(Limits { bytes: BYTES, ..Limits::default() })?;
        let paper = paper(&print(&engine, &picture)?, today);
        let bytes = picture.upright_jpeg(STORED_SIDE).map_err(|_| Unseen::Broken)?;
        Ok(Letter { paper, facts: None, bytes, content_type: "image/jpeg" })
    });
    read.await.unwrap_or_else(|panic| {
        tracing::error!(%panic, "reading a letter failed");
        Err(Unseen::Broken)
    })
}

fn paper(lines: &[String], today: Date) -> ProofOfAddress {
    proof_of_address::read(&lines.iter().map(String::as_str).collect::<Vec<_>>(), today)
}

fn lines_of_pdf(engine: &Engine, pdf: &Pdf) -> Result<Vec<String>, Unseen> {
    let mut lines: Vec<String> = Vec::new();
    for page in 0..pdf.page_count().min(PAGES) {
        let written: Vec<String> = pdf.lines(page).into_iter().map(|line| line.text).collect();
        if written.iter().map(String::len).sum::<usize>() >= LEAST_TEXT {
            lines.extend(written);
            continue;
        }
        match pdf.picture(page) {
            Ok(picture) => lines.extend(print(engine, &picture)?),
            // A page without text and without a picture says nothing; the only one has to say something.
            Err(refused) if pdf.page_count() == 1 => return Err(refused.into()),
            Err(_) => {}
        }
    }
    Ok(lines)
}

fn print(engine: &Engine, picture: &Decoded) -> Result<Vec<String>, Unseen> {
    let Some(reader) = &engine.text else { return Err(Unseen::NoPrint) };
    let lines = reader.read_in(picture.pixels(), Detail::Sheet);
    Ok(lines.into_iter().map(|line| line.text).collect())
}
