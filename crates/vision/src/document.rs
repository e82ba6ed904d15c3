//! Where documents lie in a picture: their corners, how sure that is, and the document laid flat.
//!
//! Straight edges are voted for, pairs of pairs of them are proposed as outlines, and each proposal is judged by what is
//! seen along its sides, at its corners, inside and outside. Nothing here reads; a machine-readable zone that was read
//! helps to tell the document from other paper.

mod beyond;
mod edges;
mod flatten;
mod judge;
mod lines;
mod plane;
mod quads;
mod refine;
mod search;
mod shape;
mod shrink;
mod zone;

pub use flatten::{flatten, flatten_to};
pub use shape::Shape;

use crate::geometry::Point;
use crate::mrz::MrzReading;
use image::RgbImage;
use plane::Projection;
use zone::Zone;

/// The documents of a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The most certain one first; empty if none was seen.
    pub outlines: Vec<Outline>,
}

/// One document.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Upper left, upper right, lower right, lower left in picture pixels, possibly outside the picture: as the document
    /// is read if its machine-readable zone told so, else as it lies in the picture.
    pub corners: [Point; 4],
    /// 0 to 1; proposals below three quarters are not reported.
    pub confidence: f32,
    pub shape: Shape,
    /// Upper, right, lower and left side: does the picture not show all of it?
    pub cut_off: [bool; 4],
    /// The corners of both pages if `corners` are those of one page of an open booklet.
    pub spread: Option<[Point; 4]>,
}

impl Found {
    /// The most certain document.
    pub fn best(&self) -> Option<&Outline> {
        self.outlines.first()
    }
}

impl Outline {
    /// Is all of the document in the picture?
    pub fn is_whole(&self) -> bool {
        !self.cut_off.contains(&true)
    }
}

/// Looks for documents by their outlines alone.
pub fn find(picture: &RgbImage) -> Found {
    search::search(picture, None)
}

/// Looks for the document to which a machine-readable zone of the same picture belongs; like [`find`] if it is empty.
pub fn find_around(picture: &RgbImage, zone: &MrzReading) -> Found {
    search::search(picture, Zone::of(zone))
}

/// Where a part of a document lies in the picture: left, top, right and bottom as fractions of its width and height, from
/// its four corners. Nothing if three of them lie on a line.
pub fn part(corners: &[Point; 4], [left, top, right, bottom]: [f32; 4]) -> Option<[Point; 4]> {
    let plane = Projection::of((1.0, 1.0), corners)?;
    Some([plane.at(left, top), plane.at(right, top), plane.at(right, bottom), plane.at(left, bottom)])
}

#[doc(hidden)]
pub use search::{measured, straight_edges};
