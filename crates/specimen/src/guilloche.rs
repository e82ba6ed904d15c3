//! Fine-line backgrounds, as security printers draw them: families of one curve with a drifting phase.

use crate::canvas::{Area, Canvas, Colour, Strokes, mix};
use crate::dice::Dice;
use std::f32::consts::TAU;

/// Draws waves over the whole sheet and a rosette or two, in a rainbow of two inks.
pub(crate) fn draw(canvas: &mut Canvas, inks: [Colour; 2], dice: &mut Dice) {
    let whole = canvas.whole();
    for _ in 0..dice.whole(1, 2) {
        let waves = waves(canvas, whole, dice);
        let (from, to) = if dice.chance(0.5) { (inks[0], inks[1]) } else { (inks[1], inks[0]) };
        canvas.ink(&waves, |x, _| mix(from, to, x / whole.width), dice.between(0.25, 0.5));
    }
    for _ in 0..dice.whole(1, 2) {
        let rosette = rosette(canvas, whole, dice);
        canvas.ink(&rosette, |_, y| mix(inks[1], inks[0], y / whole.height), dice.between(0.25, 0.45));
    }
}

fn waves(canvas: &Canvas, whole: Area, dice: &mut Dice) -> Strokes {
    let mut strokes = Strokes::over(canvas);
    let lines = dice.whole(22, 44);
    let height = dice.between(2.0, 9.0);
    let second = dice.between(0.5, 3.0);
    let (slow, fast) = (TAU / dice.between(40.0, 110.0), TAU / dice.between(9.0, 30.0));
    let (drift, slant) = (dice.between(-0.25, 0.25), dice.between(-0.12, 0.12));
    let thickness = dice.between(0.08, 0.16);
    for line in 0..lines {
        let line = line as f32;
        let middle = whole.height * (line + 0.5) / lines as f32;
        let steps = (whole.width / 0.6) as i32 + 2;
        let points = (0..steps).map(|step| {
            let x = step as f32 * 0.6;
            let swing =
                height * (slow * x + drift * line).sin() + second * (fast * x - drift * line * 2.0).sin();
            (x, middle + swing + slant * (x - whole.width / 2.0))
        });
        strokes.line(points, thickness);
    }
    strokes
}

fn rosette(canvas: &Canvas, whole: Area, dice: &mut Dice) -> Strokes {
    let mut strokes = Strokes::over(canvas);
    let centre = (whole.width * dice.between(0.3, 0.9), whole.height * dice.between(0.2, 0.75));
    let radius = whole.height * dice.between(0.25, 0.55);
    let petals = dice.whole(5, 16) as f32;
    let depth = dice.between(0.12, 0.42);
    let curves = dice.whole(6, 14);
    for curve in 0..curves {
        let share = curve as f32 / curves as f32;
        let steps = 540;
        let points = (0..=steps).map(|step| {
            let angle = TAU * step as f32 / steps as f32;
            let wave =
                depth * (petals * angle + TAU * share).sin() + depth / 2.0 * (petals * 2.0 * angle).cos();
            let distance = radius * (0.62 + wave * (0.6 + 0.4 * share));
            (centre.0 + distance * angle.cos(), centre.1 + distance * angle.sin())
        });
        strokes.line(points, 0.1);
    }
    strokes
}

/// A round device of our own that stands where a state has its arms.
pub(crate) fn emblem(canvas: &mut Canvas, centre: (f32, f32), radius: f32, colour: Colour, seed: u64) {
    let mut dice = Dice::new(seed, "emblem");
    let mut strokes = Strokes::over(canvas);
    let circle = |radius: f32| {
        (0..=90).map(move |step| {
            let angle = TAU * step as f32 / 90.0;
            (centre.0 + radius * angle.cos(), centre.1 + radius * angle.sin())
        })
    };
    strokes.line(circle(radius), radius * 0.09);
    let points = dice.whole(5, 9);
    let skip = dice.whole(2, (points - 1) / 2);
    let corner = |index: i32| {
        let angle = TAU * (index * skip) as f32 / points as f32 - TAU / 4.0;
        (centre.0 + radius * 0.8 * angle.cos(), centre.1 + radius * 0.8 * angle.sin())
    };
    strokes.line((0..=points).map(corner), radius * 0.1);
    strokes.line(circle(radius * dice.between(0.2, 0.45)), radius * 0.09);
    canvas.ink(&strokes, |_, _| colour, 0.95);
}
