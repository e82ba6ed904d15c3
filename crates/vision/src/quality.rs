//! Is a photograph of a document good enough, and if not, what the person can do about it.
//!
//! The same measurement serves an uploaded picture and every frame of a live camera, so it looks at a small flat copy of
//! the document and at a few hundred edges, whatever the size of the picture.

mod cover;
mod focus;
mod tone;

use crate::document::{Found, Outline, Shape, flatten_to};
use crate::geometry::Point;
use image::RgbImage;
use serde::Serialize;

/// Size of the flat copy that light and colour are measured on.
const CELLS: (u32, u32) = (128, 84);
/// Focus below this is a reason.
const SHARP: f32 = 40.0;
/// Fewer pixels than this per millimetre of the document are a reason: a machine-readable capital of 2.6 mm then has 8.
const LEAST_DETAIL: f32 = 3.1;

/// Scores from 0 (worst) to 100, and reasons, the most important first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    pub focus_score: f32,
    pub brightness_score: f32,
    pub brightness_issue: BrightnessIssue,
    pub is_document_fully_visible: bool,
    pub resolution_score: f32,
    /// 0.45 focus + 0.30 brightness + 0.25 resolution.
    pub overall_score: f32,
    /// How much colour the document shows; a black-and-white copy has next to none.
    pub colour_score: f32,
    pub reasons: Vec<Reason>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BrightnessIssue {
    Ok,
    TooDark,
    TooBright,
}

/// What a person can change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    NoDocument,
    /// More documents than one.
    SeveralDocuments {
        count: usize,
    },
    /// Upper, right, lower, left side.
    CutOff {
        sides: [bool; 4],
    },
    TooDark,
    TooBright,
    /// Reflections that hide print.
    Glare {
        regions: Vec<Region>,
    },
    /// `motion` if the camera moved, else it was out of focus.
    Blurred {
        motion: bool,
    },
    TooSmall {
        pixels_per_mm: f32,
    },
    /// Fingers or things that lie over the document's edge.
    Covered {
        regions: Vec<Region>,
    },
    BlackAndWhite,
}

/// A part of the document.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Region {
    /// Left, top, right and bottom as fractions of the document's width and height.
    pub on_document: [f32; 4],
    /// The same place in the picture, in pixels, beginning with the document's upper left.
    pub corners: [Point; 4],
}

/// Measures the best document of the picture, or the whole picture if none was found.
pub fn measure(picture: &RgbImage, found: &Found) -> Quality {
    let outline = found.best();
    let whole = whole(picture);
    let corners = outline.map_or(whole, |outline| outline.corners);
    let flat = flatten_to(picture, &corners, CELLS);
    let tone = tone::measure(&flat);
    let pixels_per_mm = outline
        .map_or_else(|| detail(&whole, Shape::Page), |outline| detail(&outline.corners, outline.shape));
    let focus = focus::measure(picture, &corners, pixels_per_mm);
    let resolution_score = ((pixels_per_mm - 2.0) / 6.0 * 100.0).clamp(0.0, 100.0);
    let overall_score = 0.45 * focus.score + 0.30 * tone.brightness_score + 0.25 * resolution_score;
    let reasons = match outline {
        None => light(&tone).into_iter().chain([Reason::NoDocument]).collect(),
        Some(outline) => reasons(picture, found, outline, &tone, &focus, pixels_per_mm),
    };
    Quality {
        focus_score: focus.score,
        brightness_score: tone.brightness_score,
        brightness_issue: tone.issue,
        is_document_fully_visible: outline.is_some_and(Outline::is_whole),
        resolution_score,
        overall_score,
        colour_score: tone.colour_score,
        reasons,
    }
}

fn reasons(
    picture: &RgbImage,
    found: &Found,
    outline: &Outline,
    tone: &tone::Tone,
    focus: &focus::Focus,
    pixels_per_mm: f32,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if found.outlines.len() > 1 {
        reasons.push(Reason::SeveralDocuments { count: found.outlines.len() });
    }
    if !outline.is_whole() {
        reasons.push(Reason::CutOff { sides: outline.cut_off });
    }
    reasons.extend(light(tone));
    let region = |part: &[f32; 4]| Region::new(*part, &outline.corners);
    if !tone.glare.is_empty() {
        reasons.push(Reason::Glare { regions: tone.glare.iter().map(region).collect() });
    }
    if focus.score < SHARP {
        reasons.push(Reason::Blurred { motion: focus.motion });
    }
    if pixels_per_mm < LEAST_DETAIL {
        reasons.push(Reason::TooSmall { pixels_per_mm });
    }
    let covered = cover::covered(picture, outline);
    if !covered.is_empty() {
        reasons.push(Reason::Covered { regions: covered.iter().map(region).collect() });
    }
    if tone.is_colourless && outline.shape != Shape::Letter {
        reasons.push(Reason::BlackAndWhite);
    }
    reasons
}

fn light(tone: &tone::Tone) -> Option<Reason> {
    match tone.issue {
        BrightnessIssue::Ok => None,
        BrightnessIssue::TooDark => Some(Reason::TooDark),
        BrightnessIssue::TooBright => Some(Reason::TooBright),
    }
}

impl Region {
    fn new(on_document: [f32; 4], corners: &[Point; 4]) -> Self {
        let [left, top, right, bottom] = on_document;
        let part = crate::document::part(corners, on_document);
        let plain =
            || [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Point::new(x, y));
        Self { on_document, corners: part.unwrap_or_else(plain) }
    }
}

fn whole(picture: &RgbImage) -> [Point; 4] {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)].map(|(x, y)| Point::new(x, y))
}

/// Pixels per millimetre, taking a lying page for one of 125 mm and a standing one for A4.
fn detail(corners: &[Point; 4], shape: Shape) -> f32 {
    let side = |from: usize, to: usize| (corners[to] - corners[from]).length();
    let (across, down) = (side(0, 1).min(side(3, 2)), side(1, 2).min(side(0, 3)));
    let longer = match shape {
        Shape::Card => 85.6,
        Shape::Page if across >= down => 125.0,
        Shape::Page => 297.0,
        Shape::Letter => 279.4,
    };
    across.max(down) / longer
}
