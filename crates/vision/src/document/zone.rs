//! What a machine-readable zone that was read tells of the document around it.

use super::plane::Projection;
use super::shape::Shape;
use crate::geometry::Point;
use crate::mrz::MrzReading;

/// Corners of a zone in picture pixels, upper left, upper right, lower right, lower left as one reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zone {
    corners: [Point; 4],
    /// Characters per line.
    cells: usize,
    lines: usize,
}

impl Zone {
    pub(super) fn of(mrz: &MrzReading) -> Option<Self> {
        let (first, last) = (mrz.quads.first()?, mrz.quads.last()?);
        let cells = mrz.lines.first()?.glyphs.len();
        Some(Self { corners: [first[0], first[1], last[2], last[3]], cells, lines: mrz.lines.len() })
    }

    /// How many of the corners are to be skipped so that the document's upper left comes first; `corners` clockwise.
    pub(super) fn turn(&self, corners: &[Point; 4]) -> usize {
        let reading = self.corners[1] - self.corners[0];
        let along = |turn: usize| {
            let at = |index: usize| corners[(index + turn) % 4];
            ((at(1) - at(0)).unit() + (at(2) - at(3)).unit()).dot(reading)
        };
        (0..4).max_by(|a, b| along(*a).total_cmp(&along(*b))).unwrap_or(0)
    }

    /// Does the zone lie where a document with these corners, upper left first, has it? 0 to 1: at its foot, all but
    /// from side to side (ICAO 9303-4 to 9303-7, where the zone's place on the page is drawn).
    pub(super) fn agreement(&self, corners: &[Point; 4]) -> f32 {
        let Some(plane) = Projection::of((1.0, 1.0), corners) else { return 0.0 };
        let back = plane.inverse();
        let [upper_left, upper_right, lower_right, lower_left] = self.corners.map(|at| back.at(at.x, at.y));
        let left = f32::midpoint(upper_left.x, lower_left.x);
        let right = 1.0 - f32::midpoint(upper_right.x, lower_right.x);
        let foot = 1.0 - f32::midpoint(lower_left.y, lower_right.y);
        let height = f32::midpoint(lower_left.y, lower_right.y) - f32::midpoint(upper_left.y, upper_right.y);
        let slope = (upper_right.y - upper_left.y).abs();
        // On an open booklet the page takes half of the height.
        let expected = if self.lines > 2 { 0.25 } else { 0.12 };
        let within = |value: f32, low: f32, high: f32, soft: f32| {
            (1.0 - ((low - value).max(value - high).max(0.0) / soft)).clamp(0.0, 1.0)
        };
        within(left, 0.0, 0.13, 0.08)
            * within(right, 0.0, 0.16, 0.1)
            * within(foot, 0.01, 0.14, 0.1)
            * within(height, expected * 0.65, expected * 1.6, 0.03)
            * within(slope, 0.0, 0.03, 0.05)
    }

    /// A proposal's confidence, knowing where the zone lies.
    pub(super) fn weighed(&self, corners: &[Point; 4], confidence: f32) -> f32 {
        let mut corners = *corners;
        let turn = self.turn(&corners);
        corners.rotate_left(turn);
        let fits = self.agreement(&corners);
        let fits = if fits < 0.5 && self.is_on_lower_half(&corners) { 0.8 } else { fits };
        let odds = confidence / (1.0 - confidence).max(1e-4) * (6.0 * (fits - 0.45)).exp();
        odds / (1.0 + odds)
    }

    /// Is that the zone of an open booklet's lower page, seen from the corners of both pages?
    pub(super) fn is_on_lower_half(&self, corners: &[Point; 4]) -> bool {
        let half = lower_half(corners);
        half.is_some_and(|half| self.cells == 44 && self.agreement(&half) > 0.5)
    }

    /// The shape of a document with lines of that length.
    pub(super) fn shape(&self) -> Shape {
        if self.cells == 30 { Shape::Card } else { Shape::Page }
    }
}

/// The half of a document at its lower side, first corner the upper left one.
pub(super) fn lower_half(corners: &[Point; 4]) -> Option<[Point; 4]> {
    let plane = Projection::of((1.0, 1.0), corners)?;
    Some([plane.at(0.0, 0.5), plane.at(1.0, 0.5), corners[2], corners[3]])
}
