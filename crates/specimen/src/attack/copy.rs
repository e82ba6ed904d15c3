//! Copies on paper: what a scanner, inks and toner make of the colours.

use crate::canvas::Colour;
use crate::dice::Dice;
use image::RgbImage;

/// Paper of printers.
const PAPER: Colour = [246.0, 246.0, 243.0];

/// Cyan, magenta and yellow ink on paper, as shares of light that they leave.
const INKS: [Colour; 3] = [[0.12, 0.62, 0.84], [0.80, 0.16, 0.46], [0.97, 0.90, 0.14]];

/// Droplets of three inks and black, thrown where chance wants them.
pub(super) fn inkjet(image: &mut RgbImage, dice: &mut Dice) {
    soften(image, 1);
    let (fade, grain) = (dice.between(0.08, 0.2), dice.between(0.4, 0.75));
    let noise: Vec<f32> = (0..64 * 64 * 4).map(|_| dice.between(0.0, 1.0)).collect();
    // Droplets may be a little larger than a dot: then neighbours share their chance.
    let size = dice.between(0.7, 1.5);
    print(image, fade, |x, y, ink, amount| {
        let cell = |value: u32| (value as f32 / size) as usize & 63;
        let threshold = noise[(cell(y) * 64 + cell(x)) * 4 + ink];
        soft_step(amount, 0.5 + (threshold - 0.5) * grain, 0.5)
    });
}

/// Rows of dots, each ink at its own angle.
pub(super) fn laser(image: &mut RgbImage, dice: &mut Dice) {
    soften(image, 1);
    let fade = dice.between(0.04, 0.14);
    // Dots of the drawing from one row of dots to the next: 75 to 120 rows to the inch.
    let period = dice.between(2.5, 4.0);
    let turned = dice.between(-4.0, 4.0);
    let angles = [15.0_f32, 75.0, 0.0, 45.0].map(|angle| (angle + turned).to_radians().sin_cos());
    let frequency = std::f32::consts::TAU / period;
    print(image, fade, |x, y, ink, amount| {
        let (sin, cos) = angles[ink];
        let (x, y) = (x as f32, y as f32);
        let (u, v) = (x * cos + y * sin, y * cos - x * sin);
        let spot = 0.5 + 0.25 * ((u * frequency).cos() + (v * frequency).cos());
        soft_step(amount, 1.0 - spot, 0.22)
    });
}

/// Grey, hard, with specks of toner and the bands of a worn drum.
pub(super) fn black_and_white(image: &mut RgbImage, dice: &mut Dice) {
    soften(image, 1);
    let (contrast, middle) = (dice.between(1.2, 2.2), dice.between(110.0, 160.0));
    let (dirt, phase) = (dice.between(0.0002, 0.002), dice.between(0.0, 6.0));
    for (_, y, pixel) in image.enumerate_pixels_mut() {
        let [red, green, blue] = pixel.0.map(f32::from);
        let grey = 0.3 * red + 0.59 * green + 0.11 * blue;
        let band = 5.0 * (y as f32 * 0.021 + phase).sin();
        let mut value = 150.0 + (grey - middle) * contrast + band + dice.between(-9.0, 9.0);
        if dice.chance(dirt) {
            value = 40.0;
        }
        let value = 28.0 + value.clamp(0.0, 255.0) / 255.0 * 216.0;
        pixel.0 = [value as u8; 3];
    }
}

/// Separates every dot into cyan, magenta, yellow and black, asks how much of each lands, and mixes what is seen.
fn print(image: &mut RgbImage, fade: f32, landed: impl Fn(u32, u32, usize, f32) -> f32) {
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let inks = pixel.0.map(|value| (1.0 - f32::from(value) / 255.0) * (1.0 - fade));
        let black = (inks[0].min(inks[1]).min(inks[2]) - 0.35).max(0.0) * 1.3;
        let mut light = PAPER;
        for (index, ink) in INKS.iter().enumerate() {
            let amount = ((inks[index] - black * 0.7) * 1.15).clamp(0.0, 1.0);
            let cover = landed(x, y, index, amount);
            light = std::array::from_fn(|channel| light[channel] * (1.0 - cover + cover * ink[channel]));
        }
        let cover = landed(x, y, 3, black.clamp(0.0, 1.0));
        pixel.0 = light.map(|value| (value * (1.0 - 0.86 * cover)).clamp(0.0, 255.0) as u8);
    }
}

/// 0 below the threshold, 1 above, with a slope of `width`; nothing lands where nothing is asked for.
fn soft_step(amount: f32, threshold: f32, width: f32) -> f32 {
    if amount < 0.015 { 0.0 } else { ((amount - threshold) / width + 0.5).clamp(0.0, 1.0) }
}

/// The scanner's blur: a mean over neighbours `reach` dots away.
fn soften(image: &mut RgbImage, reach: u32) {
    let before = image.clone();
    let (width, height) = before.dimensions();
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let near = |x: u32, y: u32| before.get_pixel(x.min(width - 1), y.min(height - 1)).0.map(u16::from);
        let four = [
            near(x.saturating_sub(reach), y),
            near(x + reach, y),
            near(x, y.saturating_sub(reach)),
            near(x, y + reach),
        ];
        let own = near(x, y);
        pixel.0 = std::array::from_fn(|channel| {
            let sum: u16 = four.iter().map(|colour| colour[channel]).sum();
            ((sum + own[channel] * 4) / 8) as u8
        });
    }
}
