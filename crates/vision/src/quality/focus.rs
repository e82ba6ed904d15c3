//! How wide the sharpest edges are.

use crate::document::part;
use crate::geometry::Point;
use image::RgbImage;

/// Edges are looked for in so many places across and down the document.
const PLACES: (usize, usize) = (20, 14);
/// Half the side of the window that each place shows, in pixels.
const WINDOW: i32 = 8;
/// An edge has to change by so many levels.
const LEAST_CONTRAST: f32 = 26.0;
/// Height in millimetres of a capital of the machine-readable zone (OCR-B size I, ISO 1073-2).
const LETTER_MM: f32 = 2.6;
/// Deviation in pixels of the blur that any camera has.
const SHARPEST: f32 = 0.65;
/// Blur, in letter heights, of the scores 100 and 0.
const BEST: f32 = 0.035;
const WORST: f32 = 0.2;
/// Edges of one direction so many times wider than of another were smeared by a movement.
const SMEARED: f32 = 1.7;

pub(super) struct Focus {
    pub(super) score: f32,
    pub(super) motion: bool,
}

pub(super) fn measure(picture: &RgbImage, corners: &[Point; 4], pixels_per_mm: f32) -> Focus {
    let mut widths: Vec<(f32, usize)> =
        places(corners).iter().filter_map(|at| edge_width(picture, *at)).collect();
    // Hardly an edge is a blank page or a hopelessly blurred one.
    if widths.len() < 6 {
        return Focus { score: 0.0, motion: false };
    }
    widths.sort_by(|a, b| a.0.total_cmp(&b.0));
    let quarter = |widths: &[f32]| widths[widths.len() / 4];
    let all: Vec<f32> = widths.iter().map(|width| width.0).collect();
    // A Gaussian step is as wide as 2.5 deviations where the steepest slope is drawn out.
    let deviation = quarter(&all) / 2.5;
    let blur = (deviation * deviation - SHARPEST * SHARPEST).max(0.0).sqrt();
    let letters = blur / (pixels_per_mm.max(0.1) * LETTER_MM);
    let score = ((WORST - letters) / (WORST - BEST) * 100.0).clamp(0.0, 100.0);
    let by_direction: Vec<f32> = (0..4)
        .filter_map(|direction| {
            let one: Vec<f32> =
                widths.iter().filter(|width| width.1 == direction).map(|width| width.0).collect();
            (one.len() >= 6).then(|| quarter(&one))
        })
        .collect();
    let (least, most) =
        by_direction.iter().fold((f32::MAX, 0f32), |(a, b), width| (a.min(*width), b.max(*width)));
    Focus { score, motion: most > SMEARED * least }
}

fn places(corners: &[Point; 4]) -> Vec<Point> {
    let (columns, rows) = PLACES;
    let mut places = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let share = |index: usize, count: usize| 0.04 + 0.92 * (index as f32 + 0.5) / count as f32;
            let (u, v) = (share(column, columns), share(row, rows));
            places.extend(part(corners, [u, v, u, v]).map(|place| place[0]));
        }
    }
    places
}

/// Width in pixels of the steepest edge around a place, and which of four directions it faces.
fn edge_width(picture: &RgbImage, place: Point) -> Option<(f32, usize)> {
    let (width, height) = (picture.width() as i32, picture.height() as i32);
    let (x0, y0) = (place.x as i32, place.y as i32);
    if !place.x.is_finite() || !place.y.is_finite() || x0 < 2 || y0 < 2 || x0 >= width - 2 || y0 >= height - 2
    {
        return None;
    }
    let mut best = (0, 0, 0, 0, 0);
    for y in (y0 - WINDOW).max(1)..(y0 + WINDOW).min(height - 1) {
        for x in (x0 - WINDOW).max(1)..(x0 + WINDOW).min(width - 1) {
            let u = level(picture, x + 1, y) - level(picture, x - 1, y);
            let v = level(picture, x, y + 1) - level(picture, x, y - 1);
            let square = u * u + v * v;
            if square > best.0 {
                best = (square, x, y, u, v);
            }
        }
    }
    let (square, x, y, u, v) = best;
    let length = (square as f32).sqrt();
    if length < LEAST_CONTRAST / 4.0 {
        return None;
    }
    let (du, dv) = (u as f32 / length, v as f32 / length);
    let value = |along: f32| smooth(picture, x as f32 + du * along, y as f32 + dv * along);
    // Up one side and down the other until the change ends.
    let climb = |way: f32| {
        let mut last = value(0.0);
        for step in 1..=24 {
            let next = value(way * step as f32 * 0.5);
            if (next - last) * way < 0.4 {
                return last;
            }
            last = next;
        }
        last
    };
    let contrast = climb(1.0) - climb(-1.0);
    let slope = (value(0.5) - value(-0.5)).max(0.5 * (value(1.0) - value(-1.0)));
    let octant = (v as f32).atan2(u as f32).rem_euclid(std::f32::consts::PI) / std::f32::consts::FRAC_PI_4;
    (contrast >= LEAST_CONTRAST && slope > 1.0).then(|| (contrast / slope, (octant + 0.5) as usize % 4))
}

/// Green, which cameras see sharpest and which is most of what looks light.
fn level(picture: &RgbImage, x: i32, y: i32) -> i32 {
    let index = (y as usize * picture.width() as usize + x as usize) * 3;
    i32::from(picture.as_raw()[index + 1])
}

fn smooth(picture: &RgbImage, x: f32, y: f32) -> f32 {
    let x = x.clamp(0.0, picture.width() as f32 - 1.0);
    let y = y.clamp(0.0, picture.height() as f32 - 1.0);
    let (left, top) = (x as i32, y as i32);
    let (right, bottom) =
        ((left + 1).min(picture.width() as i32 - 1), (top + 1).min(picture.height() as i32 - 1));
    let (across, down) = (x - left as f32, y - top as f32);
    let pixel = |x: i32, y: i32| level(picture, x, y) as f32;
    let upper = pixel(left, top) * (1.0 - across) + pixel(right, top) * across;
    let lower = pixel(left, bottom) * (1.0 - across) + pixel(right, bottom) * across;
    upper * (1.0 - down) + lower * down
}
