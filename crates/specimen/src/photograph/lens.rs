//! What optics and an unsteady hand do: focus blur and motion blur.

use super::film::{Film, Tap};

/// Blurs by a Gaussian of deviation `sigma` pixels.
pub(crate) fn defocus(film: &mut Film, sigma: f32) {
    if sigma < 0.2 {
        return;
    }
    let reach = (sigma * 2.6).ceil() as i32;
    let weight = |offset: i32| (-(offset * offset) as f32 / (2.0 * sigma * sigma)).exp();
    let total: f32 = (-reach..=reach).map(weight).sum();
    let across: Vec<Tap> = (-reach..=reach).map(|offset| (offset, 0, weight(offset) / total)).collect();
    let down: Vec<Tap> = across.iter().map(|&(offset, _, share)| (0, offset, share)).collect();
    film.convolve(&across);
    film.convolve(&down);
}

/// Smears along a straight line of `length` pixels.
pub(crate) fn shake(film: &mut Film, length: f32, angle: f32) {
    if length < 0.4 {
        return;
    }
    let (sin, cos) = angle.sin_cos();
    let steps = (length * 4.0).ceil() as i32;
    let mut taps: Vec<Tap> = Vec::new();
    for step in 0..=steps {
        let along = (step as f32 / steps as f32 - 0.5) * length;
        spread(&mut taps, along * cos, along * sin, 1.0 / (steps + 1) as f32);
    }
    film.convolve(&taps);
}

/// Shares a weight among the four whole offsets around a point.
fn spread(taps: &mut Vec<Tap>, x: f32, y: f32, weight: f32) {
    let (left, top) = (x.floor(), y.floor());
    let (u, v) = (x - left, y - top);
    for (dx, share_x) in [(0, 1.0 - u), (1, u)] {
        for (dy, share_y) in [(0, 1.0 - v), (1, v)] {
            let (dx, dy, share) = (left as i32 + dx, top as i32 + dy, share_x * share_y * weight);
            match taps.iter_mut().find(|tap| (tap.0, tap.1) == (dx, dy)) {
                Some(tap) => tap.2 += share,
                None => taps.push((dx, dy, share)),
            }
        }
    }
}
