//! A page's pictures, put together as they lie on it.

use hayro_syntax::object::{Dict, Stream};
use hayro_syntax::page::{Page, Resources};
use image::{Rgb, RgbImage};

use super::picture;
use super::walk::{self, Mark, Matrix};

/// Longer side of a page in pixels: as many as a phone's picture of it has, and no more than its pictures hold.
const LONGEST: f64 = 3200.0;
const SHORTEST: f64 = 900.0;
/// Pictures of one page.
const MOST: usize = 60;

/// Draws a page; nothing if there is no picture on it that can be opened.
pub(super) fn draw(page: &Page<'_>) -> Option<RgbImage> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    if !(width >= 1.0 && height >= 1.0 && width < 20_000.0 && height < 20_000.0) {
        return None;
    }
    let mut placed: Vec<(RgbImage, Matrix)> = Vec::new();
    let mut tell = |mark: Mark<'_, '_>| {
        if let Mark::Picture { stream, resources, place } = mark
            && placed.len() < MOST
            && let Some(pixels) = opened(stream, resources)
        {
            placed.push((pixels, place));
        }
    };
    walk::page(page, &mut tell);
    // Pixels of the finest picture for a point of the page.
    let detail = |(pixels, place): &(RgbImage, Matrix)| {
        let [a, b, ..] = place.0;
        f64::from(pixels.width()) / a.hypot(b).max(1.0)
    };
    let finest = placed.iter().map(detail).fold(0.0, f64::max);
    if finest <= 0.0 {
        return None;
    }
    let longer = width.max(height);
    let scale = finest.clamp(SHORTEST / longer, LONGEST / longer);
    let size = |length: f64| ((length * scale).round() as u32).clamp(1, LONGEST as u32);
    let mut canvas = RgbImage::from_pixel(size(width), size(height), Rgb([255; 3]));
    for (pixels, place) in &placed {
        paint(&mut canvas, pixels, place.then(Matrix([scale, 0.0, 0.0, scale, 0.0, 0.0])));
    }
    Some(canvas)
}

fn opened(stream: &Stream<'_>, resources: &Resources<'_>) -> Option<RgbImage> {
    let spaces: &Dict<'_> = &resources.color_spaces;
    picture::open(stream, spaces)
}

/// Paints a picture on the unit square under a map, whose upper edge is `y = 1`.
fn paint(canvas: &mut RgbImage, pixels: &RgbImage, place: Matrix) {
    let [a, b, c, d, e, f] = place.0;
    let determinant = a * d - b * c;
    if !determinant.is_finite() || determinant.abs() < 1e-9 {
        return;
    }
    let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| place.apply(x, y));
    let range = |values: [f64; 4], end: u32| {
        let low = values.iter().copied().fold(f64::MAX, f64::min).floor().clamp(0.0, f64::from(end));
        let high = values.iter().copied().fold(f64::MIN, f64::max).ceil().clamp(0.0, f64::from(end));
        low as u32..high as u32
    };
    let (columns, rows) =
        (range(corners.map(|at| at.0), canvas.width()), range(corners.map(|at| at.1), canvas.height()));
    let (width, height) = (f64::from(pixels.width()), f64::from(pixels.height()));
    for y in rows {
        for x in columns.clone() {
            let (dx, dy) = (f64::from(x) + 0.5 - e, f64::from(y) + 0.5 - f);
            let (u, v) = ((d * dx - c * dy) / determinant, (a * dy - b * dx) / determinant);
            if (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v) {
                canvas.put_pixel(x, y, sample(pixels, u * width - 0.5, (1.0 - v) * height - 0.5));
            }
        }
    }
}

/// Between four pixels.
fn sample(pixels: &RgbImage, x: f64, y: f64) -> Rgb<u8> {
    let (last_x, last_y) = (pixels.width() - 1, pixels.height() - 1);
    let (x, y) = (x.clamp(0.0, f64::from(last_x)), y.clamp(0.0, f64::from(last_y)));
    let (left, top) = (x as u32, y as u32);
    let (right, bottom) = ((left + 1).min(last_x), (top + 1).min(last_y));
    let (across, down) = (x - f64::from(left), y - f64::from(top));
    let mut mixed = [0; 3];
    for (channel, value) in mixed.iter_mut().enumerate() {
        let at = |x: u32, y: u32| f64::from(pixels.get_pixel(x, y)[channel]);
        let upper = at(left, top) * (1.0 - across) + at(right, top) * across;
        let lower = at(left, bottom) * (1.0 - across) + at(right, bottom) * across;
        *value = (upper * (1.0 - down) + lower * down).round() as u8;
    }
    Rgb(mixed)
}
