//! The sides of a proposal, found again in the finer picture, to a fraction of a pixel.

use super::lines::Line;
use super::quads::is_convex;
use crate::geometry::Point;
use image::RgbImage;

/// Cross sections looked at on each side.
const STATIONS: usize = 48;
/// A side is moved if at least this share of its cross sections agree.
const AGREEING: f32 = 0.3;

/// Moves the four sides of `corners` (pixels of `picture`) onto the steepest change of colour within `reach` pixels.
/// Sides not in `fixed` only.
pub(super) fn refined(picture: &RgbImage, corners: [Point; 4], fixed: [bool; 4], reach: f32) -> [Point; 4] {
    let sides: [Line; 4] = std::array::from_fn(|side| {
        let (from, to) = (corners[side], corners[(side + 1) % 4]);
        let plain = Line::through(from, to);
        if fixed[side] { plain } else { side_line(picture, from, to, reach).unwrap_or(plain) }
    });
    let mut moved = corners;
    for (index, corner) in moved.iter_mut().enumerate() {
        if let Some(crossing) = sides[(index + 3) % 4].crossing(&sides[index]) {
            *corner = crossing;
        }
    }
    let far = (0..4).any(|index| (moved[index] - corners[index]).length() > 4.0 * reach);
    if far || !is_convex(&moved) { corners } else { moved }
}

fn side_line(picture: &RgbImage, from: Point, to: Point, reach: f32) -> Option<Line> {
    let along = to - from;
    let inward = along.unit().down();
    let contrast = contrast(picture, from, to, inward, reach);
    let points: Vec<(Point, f32)> = (0..STATIONS)
        .filter_map(|station| {
            let share = 0.05 + 0.9 * (station as f32 + 0.5) / STATIONS as f32;
            steepest(picture, from + along * share, inward, reach, contrast)
        })
        .collect();
    fitted(&points, from, to, reach)
}

/// Direction in the space of colours from outside to inside.
fn contrast(picture: &RgbImage, from: Point, to: Point, inward: Point, reach: f32) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for station in 0..STATIONS {
        let at = from + (to - from) * ((station as f32 + 0.5) / STATIONS as f32);
        let (Some(inside), Some(outside)) =
            (colour(picture, at + inward * (reach * 0.7)), colour(picture, at + inward * (-reach * 0.7)))
        else {
            continue;
        };
        (0..3).for_each(|channel| sum[channel] += inside[channel] - outside[channel]);
    }
    let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length < STATIONS as f32 { [0.577; 3] } else { sum.map(|value| value / length) }
}

/// Where the colour changes most across the side at one place, and how much.
fn steepest(
    picture: &RgbImage,
    at: Point,
    inward: Point,
    reach: f32,
    contrast: [f32; 3],
) -> Option<(Point, f32)> {
    const STEP: f32 = 0.5;
    let count = (reach / STEP) as i32;
    let mut profile = Vec::with_capacity(2 * count as usize + 5);
    for step in -count - 2..=count + 2 {
        let colour = colour(picture, at + inward * (step as f32 * STEP))?;
        profile.push(colour.iter().zip(contrast).map(|(value, weight)| value * weight).sum::<f32>());
    }
    // A difference over two pixels; among equals the one nearest to where the side was.
    let change = |index: usize| profile[index + 4] - profile[index];
    let middle = count as f32;
    let weighed =
        |index: usize| change(index) * (1.0 - 0.3 * (index as f32 - middle).abs() / middle.max(1.0));
    let best = (0..=2 * count as usize).max_by(|a, b| weighed(*a).total_cmp(&weighed(*b)))?;
    let here = change(best);
    if here < 4.0 {
        return None;
    }
    let peak = if best > 0 && best < 2 * count as usize {
        let (before, after) = (change(best - 1), change(best + 1));
        let bend = before + after - 2.0 * here;
        if bend < -1e-3 { (0.5 * (before - after) / bend).clamp(-1.0, 1.0) } else { 0.0 }
    } else {
        0.0
    };
    let shift = (best as f32 + peak - middle) * STEP;
    Some((at + inward * shift, here / (here + 20.0)))
}

/// The line through most of the points: weighted least squares that trusts distant points less and less.
fn fitted(points: &[(Point, f32)], from: Point, to: Point, reach: f32) -> Option<Line> {
    if (points.len() as f32) < STATIONS as f32 * AGREEING {
        return None;
    }
    let mut line = consensus(points, reach).unwrap_or_else(|| Line::through(from, to));
    for scale in [reach * 0.5, 1.5, 1.0, 1.0] {
        line = weighted(points, line, scale)?;
    }
    let near = points.iter().filter(|(point, _)| (line.normal.dot(*point) - line.offset).abs() < 1.2).count();
    (near as f32 >= STATIONS as f32 * AGREEING).then_some(line)
}

/// Of the lines through two of the points the one with most weight nearby.
fn consensus(points: &[(Point, f32)], reach: f32) -> Option<Line> {
    let near = (reach * 0.25).clamp(0.8, 1.5);
    let third = points.len() / 3;
    let mut best: Option<(f32, Line)> = None;
    for first in (0..third).step_by(2) {
        for second in (points.len() - third..points.len()).step_by(2) {
            let line = Line::through(points[first].0, points[second].0);
            let gap = |point: Point| (line.normal.dot(point) - line.offset).abs();
            let votes: f32 =
                points.iter().filter(|(point, _)| gap(*point) < near).map(|(_, weight)| weight).sum();
            if best.is_none_or(|(most, _)| votes > most) {
                best = Some((votes, line));
            }
        }
    }
    best.map(|(_, line)| line)
}

fn weighted(points: &[(Point, f32)], line: Line, scale: f32) -> Option<Line> {
    let direction = line.direction();
    let base = line.normal * line.offset;
    let mut sums = [0f64; 5];
    for &(point, weight) in points {
        let point = point - base;
        let gap = point.dot(line.normal);
        let share = (gap / (2.0 * scale)).powi(2);
        let weight = f64::from(weight * (1.0 - share).max(0.0).powi(2));
        let (along, gap) = (f64::from(point.dot(direction)), f64::from(gap));
        let terms = [1.0, along, along * along, gap, along * gap];
        sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
    }
    let [s, t, tt, g, tg] = sums;
    let determinant = s * tt - t * t;
    if s < 1.0 || determinant < 1.0 {
        return None;
    }
    let slope = ((s * tg - t * g) / determinant) as f32;
    let shift = ((tt * g - t * tg) / determinant) as f32;
    let normal = (line.normal + direction * -slope).unit();
    Some(Line { normal, offset: normal.dot(base + line.normal * shift) })
}

/// Bilinear; nothing outside the picture.
fn colour(picture: &RgbImage, at: Point) -> Option<[f32; 3]> {
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    if !(x >= 0.0 && y >= 0.0 && x + 1.0 < width as f32 && y + 1.0 < height as f32) {
        return None;
    }
    let (left, top) = (x as usize, y as usize);
    let (across, down) = (x - left as f32, y - top as f32);
    let raw = picture.as_raw();
    let upper = &raw[(top * width + left) * 3..][..6];
    let lower = &raw[((top + 1) * width + left) * 3..][..6];
    Some(std::array::from_fn(|channel| {
        let mix = |row: &[u8]| {
            let (left, right) = (f32::from(row[channel]), f32::from(row[channel + 3]));
            left + (right - left) * across
        };
        let (upper, lower) = (mix(upper), mix(lower));
        upper + (lower - upper) * down
    }))
}
