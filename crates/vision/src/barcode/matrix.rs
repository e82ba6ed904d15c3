//! QR, Aztec and Data Matrix: the library finds them at any angle; it is given the picture at several sizes, and
//! busy patches enlarged.

use super::library::{self, Payload, Threshold};
use super::patches::Texture;
use super::{Barcode, Symbology, keep};
use crate::geometry::Point;
use crate::pyramid::Pyramid;
use crate::quad::{self, Projection};

/// Longer sides at which the whole picture is searched.
const WHOLE: [u32; 2] = [1600, 800];
/// Patches that are enlarged, and the longer sides they are brought to.
const MOST_PATCHES: usize = 4;
const PATCH_SIDES: [f32; 2] = [700.0, 350.0];

pub(super) fn read(pyramid: &Pyramid, wanted: &[Symbology], found: &mut Vec<Barcode>) {
    let side = pyramid.full().width().max(pyramid.full().height());
    let before = found.len();
    for target in WHOLE {
        if target == WHOLE[1] && side <= target {
            continue;
        }
        let (picture, step) = pyramid.resized(target.min(side));
        for symbology in wanted {
            for threshold in [Threshold::Local, Threshold::Global] {
                if let Some(payload) = library::decode(&picture, *symbology, threshold) {
                    let corners = around(&payload.points, step);
                    keep(found, barcode(*symbology, payload, corners));
                    break;
                }
            }
        }
        if found.len() > before {
            return;
        }
    }
    for patch in Texture::of(pyramid).mosaics().into_iter().take(MOST_PATCHES) {
        let read = squares(patch.corners).into_iter().find_map(|part| read_patch(pyramid, part, wanted));
        if let Some(barcode) = read {
            keep(found, barcode);
        }
    }
}

/// The patch, and the squares at its ends and in its middle if it is longer than high: print beside a code may have
/// become part of its patch, and an Aztec code is only found from within.
fn squares(patch: [Point; 4]) -> Vec<[Point; 4]> {
    let (width, height) = quad::size(patch);
    let mut parts = vec![patch];
    let share = width.min(height) / width.max(height).max(1.0);
    if share < 0.85 {
        let [a, b, c, d] = patch;
        for begin in [0.0, 1.0 - share, (1.0 - share) / 2.0] {
            let end = begin + share;
            let between = |from: Point, to: Point, at: f32| from + (to - from) * at;
            parts.push(if width > height {
                [between(a, b, begin), between(a, b, end), between(d, c, end), between(d, c, begin)]
            } else {
                [between(a, d, begin), between(b, c, begin), between(b, c, end), between(a, d, end)]
            });
        }
    }
    parts
}

fn read_patch(pyramid: &Pyramid, patch: [Point; 4], wanted: &[Symbology]) -> Option<Barcode> {
    let (width, height) = quad::size(patch);
    let projection = Projection::onto(patch)?;
    for side in PATCH_SIDES {
        let zoom = side / width.max(height).max(1.0);
        let (width, height) = ((width * zoom) as u32, (height * zoom) as u32);
        let cutting = quad::cut_grey(pyramid, patch, width.max(1), height.max(1))?;
        for threshold in [Threshold::Local, Threshold::Global] {
            for symbology in wanted {
                if let Some(payload) = library::decode(&cutting, *symbology, threshold) {
                    let corners = around(&payload.points, 1.0)
                        .map(|point| projection.at(point.x / width as f32, point.y / height as f32));
                    return Some(barcode(*symbology, payload, corners));
                }
            }
        }
    }
    None
}

fn barcode(symbology: Symbology, payload: Payload, corners: [Point; 4]) -> Barcode {
    Barcode { symbology, bytes: payload.bytes, text: payload.text, corners }
}

/// An upright box around the places that the library names, in pixels `step` times as large.
pub(super) fn around(points: &[Point], step: f32) -> [Point; 4] {
    let fold = |pick: fn(f32, f32) -> f32, of: fn(&Point) -> f32| {
        points.iter().map(of).filter(|value| value.is_finite()).reduce(pick).unwrap_or(0.0) * step
    };
    let (left, right) = (fold(f32::min, |p| p.x), fold(f32::max, |p| p.x));
    let (top, bottom) = (fold(f32::min, |p| p.y), fold(f32::max, |p| p.y));
    [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Point::new(x, y))
}
