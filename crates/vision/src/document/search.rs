//! From a picture to the outlines in it.

use super::edges::Edges;
use super::judge::{Judge, MEASURES};
use super::lines::{self, Edge};
use super::quads::{self, Quad, area, overlap};
use super::shrink::shrink;
use super::zone::{Zone, lower_half};
use super::{Found, Outline, Shape, beyond, plane, refine};
use crate::geometry::Point;
use image::RgbImage;

/// Longer side of the picture in which edges are looked for.
const COARSE_SIDE: u32 = 384;
/// Longer side of the picture in which the corners are then made exact.
const FINE_SIDE: u32 = 1024;
/// A side of the coarse picture below this shows no document.
const LEAST_SIDE: u32 = 24;
/// Proposals below this are not reported.
const BELIEVED: f32 = 0.75;
/// Documents reported.
const MOST_DOCUMENTS: usize = 6;

pub(super) fn search(picture: &RgbImage, zone: Option<Zone>) -> Found {
    let (fine, fine_step) = shrink(picture, FINE_SIDE);
    let (coarse, coarse_step) = shrink(&fine, COARSE_SIDE);
    if coarse.width().min(coarse.height()) < LEAST_SIDE {
        return Found::default();
    }
    let size = (picture.width() as f32, picture.height() as f32);
    let field = Edges::of(&coarse);
    let edges = lines::edges(&field);
    let judge = Judge::new(&coarse, &field, &edges);
    let proposals = quads::quads(&edges, (coarse.width() as f32, coarse.height() as f32));
    let step = coarse_step * fine_step;
    let mut judged: Vec<(Quad, f32)> = proposals
        .into_iter()
        .map(|quad| {
            let confidence = judge.confidence(&quad);
            let corners = quad.corners.map(|corner| corner * step);
            let confidence = zone.map_or(confidence, |zone| zone.weighed(&corners, confidence));
            (quad, confidence)
        })
        .collect();
    judged.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut outlines: Vec<Outline> = Vec::new();
    for (quad, confidence) in separate(judged) {
        let is_border = quad.sides.map(|side| edges[side].is_border);
        let corners = quad.corners.map(|corner| corner * coarse_step);
        let corners = refine::refined(&fine, corners, is_border, 2.0 * coarse_step + 1.5);
        let corners = corners.map(|corner| corner * fine_step);
        let is_border = if fills(&corners, zone, size) { [false; 4] } else { is_border };
        outlines.push(outline(corners, is_border, confidence, zone, size));
    }
    let mut found = Found { outlines };
    if let Some(zone) = zone {
        found.outlines.truncate(1);
        found.outlines.iter_mut().for_each(|outline| read_by(outline, zone, size));
    }
    if found.outlines.is_empty() {
        found.outlines.extend(filling(zone, size));
    }
    found
}

/// Believed proposals that do not share ground, and are not much smaller than the first.
fn separate(judged: Vec<(Quad, f32)>) -> Vec<(Quad, f32)> {
    let mut kept: Vec<(Quad, f32)> = Vec::new();
    for (quad, confidence) in judged {
        if confidence < BELIEVED || kept.len() == MOST_DOCUMENTS {
            break;
        }
        let fits = |(other, _): &(Quad, f32)| {
            overlap(&quad.corners, &other.corners) < 0.1 && area(&quad.corners) > 0.4 * area(&other.corners)
        };
        if kept.iter().all(fits) {
            kept.push((quad, confidence));
        }
    }
    kept
}

fn outline(
    corners: [Point; 4],
    is_border: [bool; 4],
    confidence: f32,
    zone: Option<Zone>,
    size: (f32, f32),
) -> Outline {
    let corners = beyond::completed(corners, is_border, zone.map(|zone| zone.shape()), size);
    let cut_off = std::array::from_fn(|side| {
        is_border[side] || is_outside(corners[side], size) || is_outside(corners[(side + 1) % 4], size)
    });
    let shape = Shape::nearest(plane::proportion(&corners, size)).0;
    Outline { corners, confidence, shape, cut_off, spread: None }
}

/// Does the document end where the picture ends, as scanners cut it? It has the proportions of one, and all but fills the
/// picture or has its machine-readable zone at the right distance from the borders.
fn fills(corners: &[Point; 4], zone: Option<Zone>, size: (f32, f32)) -> bool {
    let fitting = Shape::nearest(plane::proportion(corners, size)).1;
    let share = area(corners) / (size.0 * size.1).max(1.0);
    let placed = zone.is_some_and(|zone| {
        let mut corners = *corners;
        let turn = zone.turn(&corners);
        corners.rotate_left(turn);
        zone.agreement(&corners) > 0.5
    });
    (fitting < 0.05 && share > 0.88) || (fitting < 0.08 && share > 0.6 && placed)
}

/// By more than one percent of the picture.
fn is_outside(at: Point, (width, height): (f32, f32)) -> bool {
    let slack = 0.01 * width.max(height);
    at.x < -slack || at.y < -slack || at.x > width + slack || at.y > height + slack
}

/// Turns the outline as its zone is read, and takes the lower page of an open booklet.
fn read_by(outline: &mut Outline, zone: Zone, size: (f32, f32)) {
    let turn = zone.turn(&outline.corners);
    outline.corners.rotate_left(turn);
    outline.cut_off.rotate_left(turn);
    let is_page = zone.agreement(&outline.corners) > 0.5;
    if !is_page && zone.is_on_lower_half(&outline.corners) {
        outline.spread = Some(outline.corners);
        outline.corners = lower_half(&outline.corners).unwrap_or(outline.corners);
        let [_, right, lower, left] = outline.cut_off;
        outline.cut_off = [false, right, lower, left];
    }
    if is_page && outline.is_whole() {
        outline.shape = Shape::nearest(plane::proportion(&outline.corners, size)).0;
    } else {
        outline.shape = zone.shape();
    }
}

/// The picture itself as a document, as scanners deliver it: where the zone lies says so.
fn filling(zone: Option<Zone>, (width, height): (f32, f32)) -> Option<Outline> {
    let zone = zone?;
    let mut corners =
        [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)].map(|(x, y)| Point::new(x, y));
    let turn = zone.turn(&corners);
    corners.rotate_left(turn);
    let confidence = zone.agreement(&corners);
    (confidence > 0.5).then(|| Outline {
        corners,
        confidence,
        shape: zone.shape(),
        cut_off: [false; 4],
        spread: None,
    })
}

/// Proposals with what was measured of each: what the judge's weights are fitted to.
#[doc(hidden)]
pub fn measured(picture: &RgbImage) -> Vec<([Point; 4], [f32; MEASURES], f32)> {
    let (coarse, step) = shrink(&shrink(picture, FINE_SIDE).0, COARSE_SIDE);
    let step = step * (picture.width().max(picture.height()) as f32 / FINE_SIDE as f32).max(1.0);
    if coarse.width().min(coarse.height()) < LEAST_SIDE {
        return Vec::new();
    }
    let field = Edges::of(&coarse);
    let edges = lines::edges(&field);
    let judge = Judge::new(&coarse, &field, &edges);
    let quads = quads::quads(&edges, (coarse.width() as f32, coarse.height() as f32));
    let one = |quad: &Quad| {
        (quad.corners.map(|corner| corner * step), judge.measures(quad), judge.confidence(quad))
    };
    quads.iter().map(one).collect()
}

/// The straight edges of a picture, to look at.
#[doc(hidden)]
pub fn straight_edges(picture: &RgbImage) -> Vec<[Point; 2]> {
    let (coarse, step) = shrink(picture, COARSE_SIDE);
    let scaled = |edge: &Edge| edge.ends().map(|end| end * step);
    lines::edges(&Edges::of(&coarse)).iter().map(scaled).collect()
}
