//! Lines of even weight. Crossing strokes of one layer do not darken each other, as in one pass of a press.

use super::{Canvas, DOTS_PER_MM, length};

pub(crate) struct Strokes {
    width: usize,
    height: usize,
    /// How far each dot is covered, 0 to 255.
    cover: Vec<u8>,
}

impl Strokes {
    /// An empty layer the size of `canvas`.
    pub(crate) fn over(canvas: &Canvas) -> Strokes {
        let (width, height) = (canvas.image.width() as usize, canvas.image.height() as usize);
        Strokes { width, height, cover: vec![0; width * height] }
    }

    /// A line through the points, in millimetres.
    pub(crate) fn line(&mut self, points: impl IntoIterator<Item = (f32, f32)>, thickness: f32) {
        let mut points = points.into_iter().map(|(x, y)| (x * DOTS_PER_MM, y * DOTS_PER_MM));
        let Some(mut from) = points.next() else { return };
        for to in points {
            self.segment(from, to, thickness * DOTS_PER_MM / 2.0);
            from = to;
        }
    }

    fn segment(&mut self, from: (f32, f32), to: (f32, f32), half: f32) {
        let reach = half + 1.0;
        let range = |a: f32, b: f32, most: usize| {
            let low = (a.min(b) - reach).max(0.0) as usize;
            let high = ((a.max(b) + reach).max(0.0) as usize + 1).min(most);
            low.min(high)..high
        };
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let squared = (dx * dx + dy * dy).max(1e-6);
        for row in range(from.1, to.1, self.height) {
            for column in range(from.0, to.0, self.width) {
                let (x, y) = (column as f32 + 0.5 - from.0, row as f32 + 0.5 - from.1);
                let along = ((x * dx + y * dy) / squared).clamp(0.0, 1.0);
                let distance = length(x - along * dx, y - along * dy);
                let cover = (half + 0.5 - distance).clamp(0.0, 1.0).min(half * 2.0);
                let dot = &mut self.cover[row * self.width + column];
                *dot = (*dot).max((cover * 255.0) as u8);
            }
        }
    }

    /// The dots that were touched, by index in rows, with their cover from 0 to 1.
    pub(super) fn covered(&self) -> impl Iterator<Item = (usize, f32)> {
        let touched = self.cover.iter().enumerate().filter(|(_, cover)| **cover > 0);
        touched.map(|(index, cover)| (index, f32::from(*cover) / 255.0))
    }
}
