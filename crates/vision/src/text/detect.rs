//! Where lines of text are: the network marks text pixel by pixel, the marks are gathered into boxes.

use image::RgbImage;
use image::imageops::{self, FilterType};
use rten::Model;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::outline::{self, Boxed};
use super::{Detail, crop};
use crate::geometry::Point;
use crate::workers::Workers;

/// A pixel is text above this probability.
const TEXT: f32 = 0.3;
/// A box is text if its pixels have this probability on average.
const BOX: f32 = 0.5;
/// How far a box is moved outwards: this times its area over its perimeter. The network marks the middle of a line.
const UNCLIP: f32 = 1.6;
/// Thinner boxes, in pixels of the network's picture, are specks.
const THINNEST: f32 = 3.0;
/// A picture has no more lines.
const MOST_BOXES: usize = 400;

impl Detail {
    /// Bounds for the longer side of the network's picture.
    fn sides(self) -> (f32, f32) {
        match self {
            Self::Card => (960.0, 1280.0),
            Self::Sheet => (1280.0, 1920.0),
        }
    }
}

pub(super) fn find(model: &Model, workers: &Workers, picture: &RgbImage, detail: Detail) -> Vec<[Point; 4]> {
    let longer = picture.width().max(picture.height()) as f32;
    if picture.width() < 8 || picture.height() < 8 {
        return Vec::new();
    }
    let (least, most) = detail.sides();
    let zoom = longer.clamp(least, most) / longer;
    let side = |length: u32| ((length as f32 * zoom / 32.0).round() as u32).max(1) * 32;
    let (width, height) = (side(picture.width()), side(picture.height()));
    let sized = shrunk(picture, width, height);
    let Some(marks) = marks(model, workers, &sized) else { return Vec::new() };
    let scale = (picture.width() as f32 / width as f32, picture.height() as f32 / height as f32);
    let mut boxes: Vec<[Point; 4]> = outline::boxes(&marks, width as usize, TEXT, MOST_BOXES)
        .into_iter()
        .filter(|found| found.score >= BOX && found.thickness() >= THINNEST)
        .map(|found| unclipped(&found).map(|corner| Point::new(corner.x * scale.0, corner.y * scale.1)))
        .collect();
    sort(&mut boxes);
    boxes
}

/// Halved until the rest is small enough for plain resampling, which would otherwise skip pixels.
fn shrunk(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let filter = if picture.width() > width { FilterType::Triangle } else { FilterType::CatmullRom };
    if picture.width() >= 3 * width {
        let half = imageops::thumbnail(picture, width * 2, height * 2);
        return imageops::resize(&half, width, height, FilterType::Triangle);
    }
    imageops::resize(picture, width, height, filter)
}

/// Probability of text for every pixel.
fn marks(model: &Model, workers: &Workers, picture: &RgbImage) -> Option<Vec<f32>> {
    let (width, height) = picture.dimensions();
    let input = NdTensor::from_data([1, 3, height as usize, width as usize], crop::planes(picture, width));
    let output = workers.run(|options| model.run_one(input.into(), Some(options))).ok()?;
    let marks: NdTensor<f32, 4> = output.try_into().ok()?;
    let expected = [1, 1, height as usize, width as usize];
    (marks.shape() == expected).then(|| marks.to_vec())
}

fn unclipped(found: &Boxed) -> [Point; 4] {
    let (width, height) = (found.across * 2.0, found.down * 2.0);
    let margin = width * height * UNCLIP / (2.0 * (width + height)).max(1.0);
    found.corners(margin)
}

/// From the top down; boxes that share a row, from left to right.
fn sort(boxes: &mut Vec<[Point; 4]>) {
    let middle = |corners: &[Point; 4]| f32::midpoint(corners[0].y, corners[2].y);
    let height = |corners: &[Point; 4]| (corners[3].y - corners[0].y).abs().max(4.0);
    boxes.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut ordered: Vec<[Point; 4]> = Vec::with_capacity(boxes.len());
    let mut row: Vec<[Point; 4]> = Vec::new();
    for corners in boxes.drain(..) {
        let apart = row.first().is_some_and(|first| middle(&corners) - middle(first) > height(first) * 0.5);
        if apart {
            row.sort_by(|a, b| a[0].x.total_cmp(&b[0].x));
            ordered.append(&mut row);
        }
        row.push(corners);
    }
    row.sort_by(|a, b| a[0].x.total_cmp(&b[0].x));
    ordered.append(&mut row);
    *boxes = ordered;
}
