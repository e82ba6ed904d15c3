//! Pages drawn for the tests: OCR-B lines on paper, turned by any angle on a larger table.

use ab_glyph::{Font, FontVec, PxScale, point};
use image::{GrayImage, Luma, Rgb, RgbImage};
use vision::Decoded;

const FONT: &str = "/usr/share/fonts/opentype/ocr-b/OCRB.otf";

/// OCR-B, or nothing where Debian's `fonts-ocr-b` is not installed.
#[expect(clippy::disallowed_methods, reason = "a test reads the system's font")]
pub(crate) fn ocr_b() -> Option<FontVec> {
    let font = std::fs::read(FONT).ok().map(|bytes| FontVec::try_from_vec(bytes).expect("OCR-B is a font"));
    if font.is_none() {
        println!("skipped: {FONT} is not installed");
    }
    font
}

/// A page with `lines` at its lower edge, characters `pitch` pixels apart, and some words above them.
pub(crate) fn page(font: &FontVec, lines: &[&str], pitch: f32) -> GrayImage {
    let longest = lines.iter().map(|line| line.len()).max().unwrap_or(0).max(30) as f32;
    let width = ((longest + 5.0) * pitch) as u32;
    let height = (width as f32 * 0.7) as u32;
    let mut page = GrayImage::from_fn(width, height, |x, y| Luma([222 + ((x / 3 + y / 5) % 7) as u8]));
    for (row, words) in ["UTOPIA", "ERIKSSON ANNA MARIA", "12 AUG 1974 F"].iter().enumerate() {
        write(&mut page, font, words, (pitch * 16.0, pitch * (3.0 + 3.0 * row as f32)), pitch * 1.2);
    }
    for (row, line) in lines.iter().enumerate() {
        let from_below = (lines.len() - row) as f32 * 2.5 * pitch;
        write(&mut page, font, line, (2.5 * pitch, height as f32 - 0.8 * pitch - from_below), pitch);
    }
    page
}

/// Writes monospaced text, one glyph per `pitch`; `y` is the upper edge of the line.
fn write(page: &mut GrayImage, font: &FontVec, text: &str, (x, y): (f32, f32), pitch: f32) {
    // OCR-B advances 0.6 em per character.
    let scale = PxScale::from(pitch / 0.6 * font.height_unscaled() / font.units_per_em().unwrap_or(1000.0));
    for (cell, character) in text.chars().enumerate() {
        let place = point(x + cell as f32 * pitch, y + 1.4 * pitch);
        let glyph = font.glyph_id(character).with_scale_and_position(scale, place);
        let Some(outline) = font.outline_glyph(glyph) else { continue };
        let bounds = outline.px_bounds();
        outline.draw(|dx, dy, coverage| {
            let (x, y) = (bounds.min.x as u32 + dx, bounds.min.y as u32 + dy);
            if x < page.width() && y < page.height() {
                let paper = f32::from(page.get_pixel(x, y)[0]);
                page.put_pixel(x, y, Luma([(paper * (1.0 - coverage) + 25.0 * coverage) as u8]));
            }
        });
    }
}

/// The page on a dark table, turned clockwise by `degrees`.
pub(crate) fn photograph(page: &GrayImage, degrees: f32) -> Decoded {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (page.width() as f32, page.height() as f32);
    let across = (width * cos.abs() + height * sin.abs()) * 1.1;
    let down = (width * sin.abs() + height * cos.abs()) * 1.1;
    let pixels = RgbImage::from_fn(across as u32, down as u32, |x, y| {
        let (dx, dy) = (x as f32 + 0.5 - across / 2.0, y as f32 + 0.5 - down / 2.0);
        let from = (dx * cos + dy * sin + width / 2.0, dy * cos - dx * sin + height / 2.0);
        let table = 70.0 + 9.0 * ((x / 11 + y / 7) % 3) as f32;
        let grey = sample(page, from.0 - 0.5, from.1 - 0.5).unwrap_or(table);
        let light = 1.0 - 0.25 * x as f32 / across;
        Rgb([(grey * light) as u8; 3])
    });
    Decoded::from_pixels(pixels)
}

fn sample(page: &GrayImage, x: f32, y: f32) -> Option<f32> {
    let inside = x >= 0.0 && y >= 0.0 && x + 1.0 < page.width() as f32 && y + 1.0 < page.height() as f32;
    let grey = |x: u32, y: u32| f32::from(page.get_pixel(x, y)[0]);
    inside.then(|| {
        let (left, top) = (x as u32, y as u32);
        let (across, down) = (x - left as f32, y - top as f32);
        let upper = grey(left, top) * (1.0 - across) + grey(left + 1, top) * across;
        let lower = grey(left, top + 1) * (1.0 - across) + grey(left + 1, top + 1) * across;
        upper * (1.0 - down) + lower * down
    })
}
