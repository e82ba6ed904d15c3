//! The PDF report of a session: what an operator hands to an auditor (core API §3.10).
//!
//! Everything the decision says, with thumbnails of what the person sent, the reviews and the course of events. Written as
//! PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1); English only, rendered anew at every call.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use jiff::Timestamp;
use krilla::image::Image;
use model::id::{BlobId, SessionId};
use model::status::SessionStatus;
use serde_json::{Map, Value};
use store::Scope;
use vision::{Limits, Upload};

use crate::sessions::{ChangeRefused, Record};
use crate::{Engine, decision};

mod content;
mod lettering;
mod paper;
mod print;

use content::{Picture, Section};
use paper::{FAINT, Paper, Thumbnail};
use print::Imprint;
pub use print::Unprintable;

/// Pixels of a thumbnail's longer side: sharp on paper at 150 points.
const THUMBNAIL_PIXELS: u32 = 420;
/// A report shows at most this many pictures.
const PICTURES: usize = 40;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportRefused {
    /// There is no such session, or it was erased.
    #[error("no such session")]
    NotFound,
    /// Nothing was decided yet, or it ended without a decision.
    #[error("a session that is {0} has no report")]
    NotDecided(SessionStatus),
    /// The document could not be written.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The database or the object store.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<ChangeRefused> for ReportRefused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::Store(error) => Self::Store(error),
            ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => Self::NotFound,
        }
    }
}

/// Everything that goes on the paper, gathered before any drawing.
struct Material {
    brand: String,
    workflow: String,
    decision: Map<String, Value>,
    events: Vec<(Timestamp, String, String)>,
    /// Encoded pictures by blob.
    pictures: Vec<(String, Vec<u8>)>,
}

/// The report as a file.
pub async fn pdf_report(engine: &Engine, scope: &Scope, id: SessionId) -> Result<Vec<u8>, ReportRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::load(engine, &mut tx, scope, id).await?;
    let status = record.session.status();
    let decided = [
        SessionStatus::Approved,
        SessionStatus::Declined,
        SessionStatus::InReview,
        SessionStatus::KycExpired,
    ];
    if !decided.contains(&status) {
        return Err(ReportRefused::NotDecided(status));
    }
    let application = store::applications::find(&mut tx, scope).await?.ok_or(ReportRefused::NotFound)?;
    let version = store::workflows::find_pinned(&mut tx, scope, record.row.workflow_version_id).await?;
    let workflow = version.map(|version| version.label).unwrap_or_default();
    let Value::Object(decision) = decision::view(engine, &record) else {
        return Err(ReportRefused::NotFound);
    };
    let events = events(&mut tx, &record).await?;
    drop(tx);
    let pictures = pictures(engine, &record, &decision).await;
    let material = Material { brand: application.name, workflow, decision, events, pictures };
    let made_at = engine.now();
    let _core = engine.pictures().acquire().await.expect("the semaphore is never closed");
    let file = tokio::task::spawn_blocking(move || draw(material, id, made_at)).await;
    Ok(file.expect("drawing does not panic")?)
}

/// What happened, oldest first: when, which event, which status.
async fn events(
    tx: &mut store::Tx,
    record: &Record,
) -> Result<Vec<(Timestamp, String, String)>, store::Error> {
    let rows = store::events::list(tx, &record.scope, record.row.id).await?;
    rows.into_iter()
        .map(|row| {
            let envelope: Value = record.key.open_json(&store::Place::new("events", row.id), &row.sealed)?;
            let status = envelope.get("status").and_then(Value::as_str).unwrap_or_default().to_owned();
            Ok((row.created_at, row.kind, status))
        })
        .collect()
}

/// The bytes of every picture that the decision names. One that cannot be fetched is left out: the report says so.
async fn pictures(engine: &Engine, record: &Record, decision: &Map<String, Value>) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let named = content::checks(decision).into_iter().flat_map(|section| section.pictures);
    for Picture { blob, .. } in named.take(PICTURES) {
        let Ok(id) = blob.parse::<BlobId>() else { continue };
        if let Ok(bytes) = engine.blobs.get(&record.key, record.row.id, id).await {
            found.push((blob, bytes.to_vec()));
        }
    }
    found
}

fn draw(material: Material, id: SessionId, made_at: Timestamp) -> Result<Vec<u8>, Unprintable> {
    let text = |name: &str| material.decision.get(name).and_then(Value::as_str).unwrap_or_default();
    let number = material.decision.get("session_number").and_then(Value::as_i64).unwrap_or_default();
    let title = format!("Verification report {number}");
    let mut paper = Paper::new();
    paper.title(&title);
    paper.paragraph(&format!("{}, {}: {}", material.brand, material.workflow, text("status")), FAINT);
    paper.paragraph(&format!("Made {} from the records of that moment.", instant(made_at)), FAINT);
    if text("environment") == "sandbox" {
        paper.remark("warning", "SANDBOX", "The results in this report are simulated. Nobody was verified.");
    }
    let facts = content::facts(&material.decision);
    let checks = content::checks(&material.decision);
    section(&mut paper, facts, &[]);
    summary(&mut paper, &checks);
    for given in content::given(&material.decision) {
        section(&mut paper, given, &[]);
    }
    for check in checks {
        section(&mut paper, check, &material.pictures);
    }
    reviews(&mut paper, material.decision.get("reviews"));
    timeline(&mut paper, &material.events);
    let imprint = Imprint { title, brand: material.brand, session_id: id.to_string(), made_at };
    print::print(paper, &imprint)
}

/// Every check with its outcome and the warnings of all, before the details.
fn summary(paper: &mut Paper, checks: &[Section]) {
    paper.heading("Checks and warnings", None);
    if checks.is_empty() {
        paper.paragraph("No check has run.", FAINT);
        return;
    }
    let rows: Vec<Vec<String>> = checks
        .iter()
        .map(|check| {
            let risks: Vec<&str> = check.remarks.iter().map(|remark| remark.risk.as_str()).collect();
            let risks = if risks.is_empty() { "none".to_owned() } else { risks.join(", ") };
            vec![check.title.clone(), check.status.clone().unwrap_or_default(), risks]
        })
        .collect();
    paper.table(&["Check", "Status", "Warnings"], &rows, &[0.42, 0.16, 0.42]);
}

fn section(paper: &mut Paper, section: Section, pictures: &[(String, Vec<u8>)]) {
    paper.heading(&section.title, section.status.as_deref());
    for remark in &section.remarks {
        paper.remark(&remark.severity, &remark.risk, &remark.says);
    }
    if section.rows.is_empty() && section.pictures.is_empty() {
        paper.paragraph("Nothing was recorded.", FAINT);
    }
    paper.facts(&section.rows);
    let mut thumbnails = Vec::new();
    for Picture { blob, shows } in section.pictures {
        match pictures.iter().find(|(name, _)| *name == blob).and_then(|(_, bytes)| thumbnail(bytes)) {
            Some(image) => thumbnails.push(Thumbnail { image, shows }),
            None => {
                paper.paragraph(&format!("{shows}: kept, but not a picture that can be shown here."), FAINT);
            }
        }
    }
    paper.thumbnails(thumbnails);
}

/// A small JPEG without anything but its pixels.
fn thumbnail(bytes: &[u8]) -> Option<Image> {
    let decoded = Upload::new(bytes).decode(Limits::default()).ok()?;
    let pixels = decoded.pixels();
    let scale = f64::from(THUMBNAIL_PIXELS) / f64::from(pixels.width().max(pixels.height()).max(1));
    let side = |length: u32| ((f64::from(length) * scale.min(1.0)).round() as u32).max(1);
    let small =
        image::imageops::resize(pixels, side(pixels.width()), side(pixels.height()), FilterType::Triangle);
    let mut jpeg = Vec::new();
    small.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, 80)).ok()?;
    Image::from_jpeg(jpeg.into(), false).ok()
}

fn reviews(paper: &mut Paper, reviews: Option<&Value>) {
    let entries = reviews.and_then(Value::as_array).filter(|entries| !entries.is_empty());
    paper.heading("Reviews", None);
    let Some(entries) = entries else {
        paper.paragraph("No one has reviewed this session.", FAINT);
        return;
    };
    let text =
        |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|entry| ["created_at", "user", "new_status", "comment"].map(|name| text(entry, name)).to_vec())
        .collect();
    paper.table(&["When", "Who", "New status", "Comment"], &rows, &[0.26, 0.22, 0.16, 0.36]);
}

fn timeline(paper: &mut Paper, events: &[(Timestamp, String, String)]) {
    paper.heading("Timeline", None);
    let rows: Vec<Vec<String>> =
        events.iter().map(|(at, kind, status)| vec![instant(*at), kind.clone(), status.clone()]).collect();
    paper.table(&["When (UTC)", "Event", "Status"], &rows, &[0.34, 0.33, 0.33]);
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
