//! How much a proposal looks like a document on a background.

mod weights;

use super::edges::Edges;
use super::lines::Edge;
use super::plane::{Projection, proportion};
use super::quads::{Quad, area};
use super::shape::Shape;
use crate::geometry::Point;
use image::RgbImage;

/// Levels of each colour that the background's colours are told apart by.
const LEVELS: usize = 8;
/// Pixels between a side and where the colours beside it are looked up.
const BESIDE: f32 = 3.5;
/// Places along a side.
const PLACES: usize = 24;

/// What is measured of a proposal.
pub(crate) const MEASURES: usize = 18;

pub(super) struct Judge<'a> {
    picture: &'a RgbImage,
    field: &'a Edges,
    edges: &'a [Edge],
    /// How common a colour is along the rim of the picture, 0 to 1.
    rim: Vec<f32>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(picture: &'a RgbImage, field: &'a Edges, edges: &'a [Edge]) -> Self {
        Self { picture, field, edges, rim: rim(picture) }
    }

    /// 0 to 1.
    pub(super) fn confidence(&self, quad: &Quad) -> f32 {
        weights::confidence(&self.measures(quad))
    }

    pub(super) fn measures(&self, quad: &Quad) -> [f32; MEASURES] {
        let size = (self.picture.width() as f32, self.picture.height() as f32);
        let real: Vec<usize> = (0..4).filter(|side| !self.edges[quad.sides[*side]].is_border).collect();
        let mut covers: Vec<f32> = real.iter().map(|side| quad.cover[*side]).collect();
        covers.sort_by(f32::total_cmp);
        let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len().max(1) as f32;
        let ends = self.ends(quad, &real);
        let overruns = self.overruns(quad, &real);
        let strips: Vec<Strip> = real.iter().map(|side| self.strip(quad, *side)).collect();
        let contrasts: Vec<f32> = strips.iter().map(|strip| strip.contrast).collect();
        let (inside, busy) = self.inside(quad);
        let proportion = proportion(&quad.corners, size);
        let gap = Shape::nearest(proportion).1;
        let least = |values: &[f32]| values.iter().copied().fold(1.0, f32::min);
        let mean_of =
            |pick: fn(&Strip) -> f32| strips.iter().map(pick).sum::<f32>() / strips.len().max(1) as f32;
        [
            mean(&covers),
            covers.first().copied().unwrap_or(0.0),
            covers.get(1).copied().unwrap_or(0.0),
            mean(&ends),
            least(&ends),
            mean(&overruns),
            overruns.iter().copied().fold(0.0, f32::max),
            (area(&quad.corners) / (size.0 * size.1)).clamp(0.0, 1.0).sqrt(),
            gap.min(0.4),
            mean(&contrasts),
            least(&contrasts),
            inside,
            mean_of(|strip| strip.outside_rim),
            mean_of(|strip| strip.inside_rim),
            busy,
            (4 - real.len()) as f32,
            skew(&quad.corners),
            agreement(&strips),
        ]
    }

    /// For each corner that two real sides make and that lies in the picture: is there an edge close to it, on both?
    fn ends(&self, quad: &Quad, real: &[usize]) -> Vec<f32> {
        let mut ends = Vec::new();
        for &side in real {
            let edge = &self.edges[quad.sides[side]];
            let (from, to) = (edge.along(quad.corners[side]), edge.along(quad.corners[(side + 1) % 4]));
            let length = (to - from).abs();
            let way = (to - from).signum();
            let (near, far) = (0.05 * length, (0.16 * length).max(0.05 * length + 5.0));
            for (start, way) in [(from, way), (to, -way)] {
                let (cover, seen) = edge.cover(start + way * near, start + way * far);
                if seen > 0.5 {
                    ends.push(cover);
                }
            }
        }
        ends
    }

    /// For each end of a real side: does the edge go on beyond the corner?
    fn overruns(&self, quad: &Quad, real: &[usize]) -> Vec<f32> {
        let mut overruns = Vec::new();
        for &side in real {
            let edge = &self.edges[quad.sides[side]];
            let (from, to) = (edge.along(quad.corners[side]), edge.along(quad.corners[(side + 1) % 4]));
            let way = (to - from).signum();
            for (start, way) in [(from, -way), (to, way)] {
                let (cover, seen) = edge.cover(start + way * 4.0, start + way * 18.0);
                if seen > 0.6 {
                    overruns.push(cover);
                }
            }
        }
        overruns
    }

    fn strip(&self, quad: &Quad, side: usize) -> Strip {
        let (from, to) = (quad.corners[side], quad.corners[(side + 1) % 4]);
        let inward = (to - from).unit().down();
        let mut sums = Sums::default();
        for place in 0..PLACES {
            let share = 0.06 + 0.88 * (place as f32 + 0.5) / PLACES as f32;
            let at = from + (to - from) * share;
            let (Some(inside), Some(outside)) =
                (self.colour(at + inward * BESIDE), self.colour(at + inward * -BESIDE))
            else {
                continue;
            };
            sums.add(inside, outside, self.commonness(inside), self.commonness(outside));
        }
        sums.strip()
    }

    /// How much of the inside has the background's colours, and how much of it is busy with print.
    fn inside(&self, quad: &Quad) -> (f32, f32) {
        const CELLS: usize = 12;
        let Some(plane) = Projection::of((1.0, 1.0), &quad.corners) else { return (1.0, 0.0) };
        let (mut common, mut busy, mut seen) = (0.0, 0.0, 0.0f32);
        for cell in 0..CELLS * CELLS {
            let place = |index: usize| 0.06 + 0.88 * (index as f32 + 0.5) / CELLS as f32;
            let at = plane.at(place(cell % CELLS), place(cell / CELLS));
            let Some(colour) = self.colour(at) else { continue };
            common += self.commonness(colour);
            busy += f32::from(self.strongest(at) > 14.0);
            seen += 1.0;
        }
        (common / seen.max(1.0), busy / seen.max(1.0))
    }

    fn strongest(&self, at: Point) -> f32 {
        let (x, y) = (at.x as usize, at.y as usize);
        let mut most = 0f32;
        for row in y.saturating_sub(2)..(y + 3).min(self.field.height) {
            let from = row * self.field.width;
            let columns = x.saturating_sub(2)..(x + 3).min(self.field.width);
            most = self.field.strength[from + columns.start..from + columns.end]
                .iter()
                .copied()
                .fold(most, f32::max);
        }
        most
    }

    fn colour(&self, at: Point) -> Option<[f32; 3]> {
        let inside = at.x >= 0.0
            && at.y >= 0.0
            && at.x < self.picture.width() as f32
            && at.y < self.picture.height() as f32;
        inside.then(|| self.picture.get_pixel(at.x as u32, at.y as u32).0.map(f32::from))
    }

    fn commonness(&self, colour: [f32; 3]) -> f32 {
        self.rim[bin(colour)]
    }
}

/// The two bands along a side.
struct Strip {
    /// Difference of their colours over their own variation, 0 to 1.
    contrast: f32,
    /// Unit vector of the difference.
    difference: [f32; 3],
    inside_rim: f32,
    outside_rim: f32,
}

#[derive(Default)]
struct Sums {
    count: f32,
    difference: [f32; 3],
    squares: f32,
    inside_rim: f32,
    outside_rim: f32,
}

impl Sums {
    fn add(&mut self, inside: [f32; 3], outside: [f32; 3], inside_rim: f32, outside_rim: f32) {
        self.count += 1.0;
        for channel in 0..3 {
            let difference = inside[channel] - outside[channel];
            self.difference[channel] += difference;
            self.squares += difference * difference;
        }
        self.inside_rim += inside_rim;
        self.outside_rim += outside_rim;
    }

    fn strip(self) -> Strip {
        let count = self.count.max(1.0);
        let mean = self.difference.map(|sum| sum / count);
        let length2: f32 = mean.iter().map(|value| value * value).sum();
        let spread = (self.squares / count - length2).max(0.0).sqrt();
        let length = length2.sqrt();
        Strip {
            contrast: length / (length + spread + 6.0),
            difference: mean.map(|value| value / length.max(1e-3)),
            inside_rim: self.inside_rim / count,
            outside_rim: self.outside_rim / count,
        }
    }
}

/// Whether the document differs from its background in the same way on all sides, -1 to 1.
fn agreement(strips: &[Strip]) -> f32 {
    let mut sum = 0.0;
    let mut count = 0.0f32;
    for (index, one) in strips.iter().enumerate() {
        for other in &strips[index + 1..] {
            sum += (0..3).map(|channel| one.difference[channel] * other.difference[channel]).sum::<f32>();
            count += 1.0;
        }
    }
    sum / count.max(1.0)
}

/// The corner that is furthest from a right angle, as the cosine of its angle.
fn skew(corners: &[Point; 4]) -> f32 {
    let cosine = |index: usize| {
        let one = (corners[(index + 1) % 4] - corners[index]).unit();
        let other = (corners[(index + 3) % 4] - corners[index]).unit();
        one.dot(other).abs()
    };
    (0..4).map(cosine).fold(0.0, f32::max)
}

fn bin(colour: [f32; 3]) -> usize {
    colour.iter().fold(0, |bin, value| bin * LEVELS + (*value as usize * LEVELS / 256).min(LEVELS - 1))
}

/// Colours within 5 % of the picture's border, the most common one counting 1.
fn rim(picture: &RgbImage) -> Vec<f32> {
    let (width, height) = picture.dimensions();
    let band = (width.min(height) / 20).max(1);
    let mut counts = vec![0f32; LEVELS * LEVELS * LEVELS];
    for (y, row) in picture.as_raw().chunks_exact(width as usize * 3).enumerate() {
        let y = y as u32;
        let whole = y < band || y + band >= height;
        for (x, pixel) in row.chunks_exact(3).enumerate() {
            let x = x as u32;
            if whole || x < band || x + band >= width {
                counts[bin([f32::from(pixel[0]), f32::from(pixel[1]), f32::from(pixel[2])])] += 1.0;
            }
        }
    }
    let total: f32 = counts.iter().sum();
    // A colour on a twentieth of the rim is fully common.
    counts.iter().map(|count| (20.0 * count / total.max(1.0)).min(1.0)).collect()
}
