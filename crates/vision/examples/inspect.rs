//! Prints what the machine-readable zone of each picture says and draws where it was found.
//!
//! `cargo run -p vision --example inspect -- OUT_FOLDER FILE…`; without a folder (`-`) nothing is drawn.
#![expect(clippy::disallowed_methods, reason = "a tool for developers that reads and writes files")]

use std::path::Path;
use std::time::Instant;

use image::{Rgb, RgbImage};
use vision::reader::LineReader;
use vision::{Decoded, Limits, MrzReading, Point, Upload, read_mrz};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "-".to_owned());
    let reader = LineReader::new()?;
    for file in arguments {
        let start = Instant::now();
        let picture = match Upload::new(&std::fs::read(&file)?).decode(Limits::UPLOAD) {
            Ok(picture) => picture,
            Err(unreadable) => {
                println!("{file}: {unreadable}");
                continue;
            }
        };
        let decoded = start.elapsed().as_millis();
        let reading = read_mrz(&picture, &reader);
        let total = start.elapsed().as_millis();
        let (width, height) = (picture.width(), picture.height());
        println!(
            "{file}: {width}x{height}, {decoded} + {} ms, {:.1}°",
            total - decoded,
            reading.rotation_degrees
        );
        for (line, score) in reading.lines.iter().zip(&reading.scores) {
            println!("  {} {score:.2}", line.text());
        }
        if folder != "-" {
            let name = Path::new(&file).file_stem().unwrap_or_default();
            overlay(&picture, &reading).save(Path::new(&folder).join(name).with_extension("png"))?;
        }
    }
    Ok(())
}

fn overlay(picture: &Decoded, reading: &MrzReading) -> RgbImage {
    let mut pixels = picture.pixels().clone();
    for quad in &reading.quads {
        for (corner, from) in quad.iter().enumerate() {
            draw(&mut pixels, *from, quad[(corner + 1) % 4]);
        }
    }
    pixels
}

fn draw(pixels: &mut RgbImage, from: Point, to: Point) {
    let steps = (to.x - from.x).abs().max((to.y - from.y).abs()) as u32 + 1;
    for step in 0..=steps {
        let share = step as f32 / steps as f32;
        let (x, y) = (from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        if x >= 0.0 && y >= 0.0 && (x as u32) < pixels.width() && (y as u32) < pixels.height() {
            pixels.put_pixel(x as u32, y as u32, Rgb([255, 0, 0]));
        }
    }
}
