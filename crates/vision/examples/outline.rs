//! Finds documents in pictures, draws them, and compares with the truth in a JSON file of the same name.
//!
//! `cargo run -p vision --example outline -- OUT_FOLDER FILE…`; without a folder (`-`) nothing is drawn; `z:` before the folder
//! reads the machine-readable zone first, `m:` prints what was measured of each proposal.
#![expect(clippy::disallowed_methods, reason = "a tool for developers that reads and writes files")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use image::{Rgb, RgbImage};
use vision::document::{self, Outline};
use vision::reader::LineReader;
use vision::{Limits, MrzReading, Point, Upload};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "-".to_owned());
    let (with_zone, measures) = (folder.contains('z'), folder.contains('m'));
    let folder = folder.trim_start_matches(['z', 'm', ':']).to_owned();
    let reader = LineReader::new()?;
    let mut groups = BTreeMap::new();
    for file in arguments {
        let picture = match Upload::new(&std::fs::read(&file)?).decode(Limits::UPLOAD) {
            Ok(picture) => picture,
            Err(unreadable) => {
                println!("{file}: {unreadable}");
                continue;
            }
        };
        let pixels = picture.pixels();
        let start = Instant::now();
        let zone = if with_zone { vision::read_mrz(&picture, &reader) } else { MrzReading::default() };
        let read = start.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let found = document::find_around(pixels, &zone);
        let taken = start.elapsed().as_secs_f64() * 1e3;
        let name = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (truth, group) = truth(&file).unzip();
        let truth = truth.flatten();
        if let Some(name) = group {
            let right = [usize::from(name != "no document"), 2][usize::from(name == "several documents")];
            let group: &mut Group = groups.entry(name).or_default();
            group.pictures += 1;
            group.found += usize::from(found.best().is_some());
            group.counted_right += usize::from(found.outlines.len() == right);
            let errors = found.outlines.iter().zip(truth).map(|(one, truth)| error(&one.corners, &truth));
            group.errors.extend(errors.reduce(f32::min));
        }
        let measure = |corners: &[Point; 4]| truth.map_or(f32::NAN, |truth| error(corners, &truth));
        print!("{name}: {taken:.1} ms (zone {read:.0}), {} outlines", found.outlines.len());
        if let Some(best) = found.best() {
            let spread = best.spread.as_ref().map_or(f32::NAN, measure);
            let Outline { confidence, shape, cut_off, .. } = best;
            print!(" error {:.4} {spread:.4} {confidence:.2} {shape:?} {cut_off:?}", measure(&best.corners));
        }
        println!();
        let start = Instant::now();
        let quality = vision::quality::measure(pixels, &found);
        println!("  {:.1} ms {quality:?}", start.elapsed().as_secs_f64() * 1e3);
        if measures {
            print_measures(&name, pixels);
        }
        if folder != "-" {
            overlay(pixels, &found).save(Path::new(&folder).join(&name).with_extension("png"))?;
            if let Some(best) = found.best() {
                let flat = document::flatten(pixels, &best.corners, best.shape);
                flat.save(Path::new(&folder).join(format!("{name}-flat.png")))?;
            }
        }
    }
    print_table(&groups);
    Ok(())
}

fn print_measures(name: &str, pixels: &RgbImage) {
    for (corners, measures, confidence) in document::measured(pixels) {
        let measures = measures.map(|value| format!("{value:.4}")).join(" ");
        let corners = corners.map(|at| format!("{:.2} {:.2}", at.x, at.y)).join(" ");
        println!("M {name} {confidence:.3} {corners} {measures}");
    }
}

fn overlay(pixels: &RgbImage, found: &document::Found) -> RgbImage {
    let mut pixels = pixels.clone();
    for [from, to] in document::straight_edges(&pixels.clone()) {
        draw(&mut pixels, from, to, [0, 160, 255]);
    }
    for outline in &found.outlines {
        let whole = outline.spread.unwrap_or(outline.corners);
        for (corners, colour) in [(whole, [0, 255, 0]), (outline.corners, [255, 0, 0])] {
            for corner in 0..4 {
                draw(&mut pixels, corners[corner], corners[(corner + 1) % 4], colour);
            }
        }
    }
    image::imageops::thumbnail(&pixels, 640, (640 * pixels.height() / pixels.width()).max(1))
}

/// The corners of the first document in the truth, and what is wrong with the photograph; nothing without a truth.
fn truth(file: &str) -> Option<(Option<[Point; 4]>, String)> {
    let text = std::fs::read_to_string(Path::new(file).with_extension("json")).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    let document = value.get("documents").map_or(Some(&value), |documents| documents.get(0));
    let count = value["documents"].as_array().map_or(1, Vec::len);
    let distortions = value["distortions"].as_array().into_iter().flatten();
    let names = distortions.filter_map(|one| one["name"].as_str()).filter(|name| *name != "rotation");
    let names: Vec<&str> = names.collect();
    let group = match (count, names.as_slice()) {
        (0, _) => "no document".to_owned(),
        (2.., _) => "several documents".to_owned(),
        (_, []) => "none but rotation".to_owned(),
        (_, [name]) => (*name).to_owned(),
        _ => "two to four at once".to_owned(),
    };
    let point = |index: usize| {
        let at = |axis: usize| Some(document?["corners"][index][axis].as_f64()? as f32);
        Some(Point::new(at(0)?, at(1)?))
    };
    let corners = (|| Some([point(0)?, point(1)?, point(2)?, point(3)?]))();
    Some((corners, group))
}

/// What came out for the photographs with one fault.
#[derive(Default)]
struct Group {
    pictures: usize,
    found: usize,
    /// Distances of the worst corner, over the diagonal.
    errors: Vec<f32>,
    counted_right: usize,
}

/// A table in Markdown.
fn print_table(groups: &BTreeMap<String, Group>) {
    println!("| fault | pictures | found | within 2 % | median corner error | number of documents right |");
    println!("|---|---:|---:|---:|---:|---:|");
    for (name, group) in groups {
        let mut errors = group.errors.clone();
        errors.sort_by(f32::total_cmp);
        let median =
            errors.get(errors.len() / 2).map_or("-".to_owned(), |error| format!("{:.2} %", error * 100.0));
        let near = errors.iter().filter(|error| **error < 0.02).count();
        let Group { pictures, found, counted_right, .. } = group;
        println!("| {name} | {pictures} | {found} | {near} | {median} | {counted_right} |");
    }
}

/// Largest distance between corners in the best of the four turns, over the diagonal.
fn error(found: &[Point; 4], truth: &[Point; 4]) -> f32 {
    let side = |a: Point, b: Point| (a.x - b.x).hypot(a.y - b.y);
    let diagonal = f32::midpoint(side(truth[0], truth[2]), side(truth[1], truth[3]));
    let worst: f32 = (0..4)
        .map(|turn| {
            (0..4)
                .map(|index| {
                    let (a, b) = (found[(index + turn) % 4], truth[index]);
                    (a.x - b.x).hypot(a.y - b.y)
                })
                .fold(0.0, f32::max)
        })
        .fold(f32::INFINITY, f32::min);
    worst / diagonal
}

fn draw(pixels: &mut RgbImage, from: Point, to: Point, colour: [u8; 3]) {
    let steps = (to.x - from.x).abs().max((to.y - from.y).abs()).min(20_000.0) as u32 + 1;
    for step in 0..=steps {
        let share = step as f32 / steps as f32;
        let (x, y) = (from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            if x >= 0.0 && y >= 0.0 && (x as u32 + dx) < pixels.width() && (y as u32 + dy) < pixels.height() {
                pixels.put_pixel(x as u32 + dx, y as u32 + dy, Rgb(colour));
            }
        }
    }
}
