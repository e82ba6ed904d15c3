//! Fingers and things over a document's edge: stretches of a side where inside and outside look the same, and unlike the
//! document's margin and the table elsewhere.

use crate::document::{Outline, part};
use crate::geometry::Point;
use image::RgbImage;

/// Places looked at along each side.
const STATIONS: usize = 48;
/// Share of a side that something has to cover.
const LEAST: f32 = 0.06;
/// How deep inside and how far outside is looked, as a share of the document.
const DEPTH: f32 = 0.02;
/// Colours at most this far apart are of one thing, and at least so far apart of different ones, in levels.
const SAME: f32 = 26.0;
const OTHER: f32 = 42.0;

/// Left, top, right and bottom of each covered stretch, as fractions of the document.
pub(super) fn covered(picture: &RgbImage, outline: &Outline) -> Vec<[f32; 4]> {
    (0..4)
        .filter(|side| !outline.cut_off[*side])
        .flat_map(|side| {
            let stretches = stretches(picture, outline, side);
            stretches.into_iter().map(move |(from, to)| on_side(side, from, to))
        })
        .collect()
}

/// A stretch of a side, counted clockwise, as a box just inside the document.
fn on_side(side: usize, from: f32, to: f32) -> [f32; 4] {
    const DEEP: f32 = 0.08;
    match side {
        0 => [from, 0.0, to, DEEP],
        1 => [1.0 - DEEP, from, 1.0, to],
        2 => [1.0 - to, 1.0 - DEEP, 1.0 - from, 1.0],
        _ => [0.0, 1.0 - to, DEEP, 1.0 - from],
    }
}

fn stretches(picture: &RgbImage, outline: &Outline, side: usize) -> Vec<(f32, f32)> {
    let place = |station: usize, depth: f32| {
        let along = 0.04 + 0.92 * (station as f32 + 0.5) / STATIONS as f32;
        let (u, v) = match side {
            0 => (along, depth),
            1 => (1.0 - depth, along),
            2 => (1.0 - along, 1.0 - depth),
            _ => (depth, 1.0 - along),
        };
        part(&outline.corners, [u, v, u, v]).and_then(|corners| colour(picture, corners[0]))
    };
    let pairs: Vec<Option<([f32; 3], [f32; 3])>> =
        (0..STATIONS).map(|station| place(station, DEPTH).zip(place(station, -DEPTH))).collect();
    let seen: Vec<([f32; 3], [f32; 3])> = pairs.iter().flatten().copied().collect();
    if seen.len() < STATIONS / 2 {
        return Vec::new();
    }
    let inside = typical(seen.iter().map(|pair| pair.0));
    let outside = typical(seen.iter().map(|pair| pair.1));
    let is_covered = |pair: &Option<([f32; 3], [f32; 3])>| {
        pair.is_some_and(|(inner, outer)| {
            distance(inner, outer) < SAME
                && distance(inner, inside) > OTHER
                && distance(outer, outside) > OTHER
        })
    };
    let mut found = Vec::new();
    let mut run = 0;
    let share = |index: usize| 0.04 + 0.92 * index as f32 / STATIONS as f32;
    for (station, is_covered) in pairs.iter().map(is_covered).chain([false]).enumerate() {
        if is_covered {
            run += 1;
            continue;
        }
        if run as f32 >= LEAST * STATIONS as f32 {
            found.push((share(station - run), share(station)));
        }
        run = 0;
    }
    found
}

/// The median of each colour.
fn typical(colours: impl Iterator<Item = [f32; 3]>) -> [f32; 3] {
    let colours: Vec<[f32; 3]> = colours.collect();
    std::array::from_fn(|channel| {
        let mut values: Vec<f32> = colours.iter().map(|colour| colour[channel]).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    })
}

fn distance(one: [f32; 3], other: [f32; 3]) -> f32 {
    (0..3).map(|channel| (one[channel] - other[channel]).powi(2)).sum::<f32>().sqrt()
}

/// Mean of 3 by 3 pixels.
fn colour(picture: &RgbImage, at: Point) -> Option<[f32; 3]> {
    let inside = at.x >= 1.0
        && at.y >= 1.0
        && at.x + 2.0 < picture.width() as f32
        && at.y + 2.0 < picture.height() as f32;
    inside.then(|| {
        let mut sum = [0.0; 3];
        for y in at.y as u32 - 1..at.y as u32 + 2 {
            for x in at.x as u32 - 1..at.x as u32 + 2 {
                let pixel = picture.get_pixel(x, y).0;
                (0..3).for_each(|channel| sum[channel] += f32::from(pixel[channel]) / 9.0);
            }
        }
        sum
    })
}
