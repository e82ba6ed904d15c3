//! What is true of a photograph.

use super::Distortion;
use super::laying::Laying;
use crate::document::Side;
use crate::photograph::pose::Pose;
use crate::photograph::scene::Background;
use crate::sheet::{Content, Place, Sheet};
use serde::Serialize;

/// What a perfect reader would say of a photograph.
#[derive(Clone, Debug, Serialize)]
pub struct CaptureTruth {
    pub seed: u64,
    pub width: u32,
    pub height: u32,
    pub background: Background,
    pub distortions: Vec<Applied>,
    /// Empty if there is no document in the picture.
    pub documents: Vec<Seen>,
}

/// A distortion with its strength.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Applied {
    pub name: Distortion,
    pub strength: f32,
}

/// One document in a photograph.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    pub layout: &'static str,
    pub kind: &'static str,
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    pub subdivision: &'static str,
    pub side: Side,
    /// Upper left, upper right, lower right and lower left corner of the page in pixels, as the page is read; they
    /// may lie outside the picture.
    pub corners: [[f32; 2]; 4],
    /// The same of what carries the page's image, where that is more than the page: the booklet, the paper of a copy,
    /// a screen with its frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<[[f32; 2]; 4]>,
    /// Share of the page that lies inside the picture.
    pub visible: f32,
    /// Clockwise turn of the page in the picture, and the nearest number of quarter turns, 0 to 3.
    pub rotation_degrees: f32,
    pub quarter_turns: u8,
    /// In the middle of the page.
    pub pixels_per_mm: f32,
    /// Of a bent page: how many millimetres its middle column is shifted down; its corners are where they are.
    pub bow_mm: f32,
    /// What hides parts of it.
    pub obstructions: Vec<Obstruction>,
    /// Boxes are shares of the page, not of the picture.
    #[serde(flatten)]
    pub content: Content,
}

/// Something on top of a document.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Obstruction {
    pub name: &'static str,
    #[serde(rename = "box")]
    pub place: Place,
}

/// The truth of one sheet in its pose.
pub(super) fn seen(sheet: &Sheet, pose: Pose, laying: &Laying, frame: (u32, u32)) -> Seen {
    let obstructions = laying.obstructions(sheet);
    Seen {
        layout: sheet.layout,
        kind: sheet.kind,
        country: sheet.country,
        subdivision: sheet.subdivision,
        side: sheet.side,
        corners: pose.corners(),
        carrier: carrier(sheet, pose, laying),
        visible: visible(sheet, pose, frame),
        rotation_degrees: pose.rotation_degrees(),
        quarter_turns: pose.quarter_turns,
        pixels_per_mm: pose.scale,
        bow_mm: laying.bow,
        obstructions: obstructions.into_iter().map(|(name, place)| Obstruction { name, place }).collect(),
        content: sheet.content.clone(),
    }
}

fn carrier(sheet: &Sheet, pose: Pose, laying: &Laying) -> Option<[[f32; 2]; 4]> {
    let outer = laying.carrier(sheet);
    let larger = outer.width > sheet.width_mm + 0.01 || outer.height > sheet.height_mm + 0.01;
    larger.then(|| pose.quadrilateral([outer.left, outer.top, outer.right(), outer.bottom()]))
}

/// By a grid of points on the page.
fn visible(sheet: &Sheet, pose: Pose, frame: (u32, u32)) -> f32 {
    const STEPS: u8 = 32;
    let to_picture = pose.to_picture();
    let inside = |(x, y): (f32, f32)| x >= 0.0 && y >= 0.0 && x <= frame.0 as f32 && y <= frame.1 as f32;
    let share = |step: u8| (f32::from(step) + 0.5) / f32::from(STEPS);
    let points = (0..STEPS).flat_map(|row| (0..STEPS).map(move |column| (share(column), share(row))));
    let count =
        points.filter(|(u, v)| inside(to_picture.apply(u * sheet.width_mm, v * sheet.height_mm))).count();
    count as f32 / f32::from(STEPS).powi(2)
}
