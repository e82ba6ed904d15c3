//! One line of text, cut out of the picture straight and upright.

use image::GrayImage;

use crate::geometry::{Point, Row};
use crate::pyramid::Pyramid;

/// Height of a strip in pixels.
pub(crate) const STRIP_HEIGHT: u32 = 32;
/// Cap height in a strip: room above and below for a line that is not quite straight.
const CAP_HEIGHT: f32 = 19.0;
/// Pixels from cell to cell in a strip: what the line reader reads best.
const PITCH: f32 = 18.5;

/// A piece of a row, in picture pixels, read in the direction of growing cell numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) row: Row,
    /// Cells of the left and the right edge.
    pub(crate) from: f32,
    pub(crate) to: f32,
    /// Height of the capitals.
    pub(crate) cap: f32,
    pub(crate) slant: Slant,
}

/// How far the page's "down" leans forward against the perpendicular of a row, at two of its cells: pixels along the
/// row per pixel across it. A camera that looks from one side makes upright letters lean.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Slant {
    pub(crate) at: (f32, f32),
    pub(crate) lean: (f32, f32),
}

impl Slant {
    fn lean(&self, cell: f32) -> f32 {
        let span = self.at.1 - self.at.0;
        let share = if span.abs() < 1.0 { 0.0 } else { (cell - self.at.0) / span };
        self.lean.0 + (self.lean.1 - self.lean.0) * share.clamp(-0.2, 1.2)
    }

    fn turned(&self) -> Self {
        // Both the row and "down" change sign, so the lean keeps its own.
        Self { at: (-self.at.0, -self.at.1), lean: self.lean }
    }
}

impl Line {
    /// The same line for someone who stands on the other side of the table.
    pub(crate) fn turned(&self) -> Self {
        Self { row: self.row.reversed(), from: -self.to, to: -self.from, slant: self.slant.turned(), ..*self }
    }

    /// Moved across the reading direction, in picture pixels.
    pub(crate) fn moved_down(&self, distance: f32) -> Self {
        let down = self.down(self.middle());
        Self { row: self.row.moved(down * distance), ..*self }
    }

    pub(crate) fn middle(&self) -> f32 {
        f32::midpoint(self.from, self.to)
    }

    /// Down the page, one pixel across the row.
    fn down(&self, cell: f32) -> Point {
        let along = self.row.tangent(cell).unit();
        along.down() + along * self.slant.lean(cell)
    }

    pub(crate) fn pitch(&self) -> f32 {
        self.row.tangent(self.middle()).length()
    }

    /// Degrees clockwise from the picture's horizontal, -180 to 180.
    pub(crate) fn rotation(&self) -> f32 {
        let direction = self.row.tangent(self.middle());
        direction.y.atan2(direction.x).to_degrees()
    }

    /// Corners of the text: upper left, upper right, lower right, lower left, as read.
    pub(crate) fn corners(&self) -> [Point; 4] {
        let half = self.cap * 0.6;
        let at = |cell: f32, side: f32| self.row.at(cell) + self.down(cell) * (half * side);
        [at(self.from, -1.0), at(self.to, -1.0), at(self.to, 1.0), at(self.from, 1.0)]
    }
}

/// The line as a strip for the line reader, both its height and its pitch brought to what that one likes.
pub(crate) fn strip(pyramid: &Pyramid, line: &Line) -> GrayImage {
    sampled(pyramid, line, (line.pitch() / PITCH, line.cap / CAP_HEIGHT), STRIP_HEIGHT)
}

/// The line and its surroundings above and below, samples `step` picture pixels apart.
pub(crate) fn cut(pyramid: &Pyramid, line: &Line, step: f32, height: u32) -> GrayImage {
    sampled(pyramid, line, (step, step), height)
}

/// Samples the line's surroundings, `steps` picture pixels apart along and across its middle. Cells are equally wide
/// in the result: where perspective shrinks them, the samples lie closer.
fn sampled(pyramid: &Pyramid, line: &Line, (along, across): (f32, f32), height: u32) -> GrayImage {
    let (level, factor) = pyramid.for_step(along.min(across));
    let cells = line.to - line.from;
    let pitch = line.pitch().max(1e-3);
    let width = ((cells * pitch / along).round() as u32).clamp(1, 4096);
    let mut raw = vec![0u8; (width * height) as usize];
    for x in 0..width {
        let cell = line.from + cells * (x as f32 + 0.5) / width as f32;
        let tangent = line.row.tangent(cell);
        let shrink = (tangent.length() / pitch).clamp(0.6, 1.6);
        let down = line.down(cell) * (across * shrink / factor);
        let top = line.row.at(cell) * (1.0 / factor) - down * ((height as f32 - 1.0) / 2.0);
        for y in 0..height {
            raw[(y * width + x) as usize] = sample(level, top + down * y as f32);
        }
    }
    GrayImage::from_raw(width, height, raw).expect("one byte per pixel")
}

/// Bilinear; beyond the edge the edge's pixels go on.
fn sample(image: &GrayImage, at: Point) -> u8 {
    let x = (at.x - 0.5).clamp(0.0, image.width() as f32 - 1.0);
    let y = (at.y - 0.5).clamp(0.0, image.height() as f32 - 1.0);
    let (left, top) = (x as u32, y as u32);
    let right = (left + 1).min(image.width() - 1);
    let bottom = (top + 1).min(image.height() - 1);
    let stride = image.width() as usize;
    let raw = image.as_raw();
    let pixel = |x: u32, y: u32| f32::from(raw[y as usize * stride + x as usize]);
    let (across, down) = (x - left as f32, y - top as f32);
    let upper = pixel(left, top) * (1.0 - across) + pixel(right, top) * across;
    let lower = pixel(left, bottom) * (1.0 - across) + pixel(right, bottom) * across;
    (upper * (1.0 - down) + lower * down + 0.5) as u8
}
