//! Printed text, where the networks that read it have been fetched (`bonafide models pull --models target/models`).

use ab_glyph::{Font, FontVec, PxScale, ScaleFont, point};
use image::{Rgb, RgbImage};
use vision::text::{Letters, Line, Reader};

const MODELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/models");
const FONT: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

/// The reader and a typeface, or nothing where one of them is missing.
#[expect(clippy::disallowed_methods, reason = "a test reads models and the system's font")]
fn reader() -> Option<(Reader, FontVec)> {
    let model = |name: &str| std::fs::read(format!("{MODELS}/{name}")).ok();
    let models = [model("pp-ocrv4-det.onnx"), model("pp-ocrv4-rec.onnx"), model("pp-ocr-cls.onnx")];
    let ([Some(detector), Some(recogniser), Some(classifier)], Ok(font)) = (models, std::fs::read(FONT))
    else {
        println!("skipped: no models in {MODELS}, or no {FONT}");
        return None;
    };
    let reader = Reader::load(detector, recogniser, classifier).expect("the fetched networks load");
    Some((reader, FontVec::try_from_vec(font).expect("DejaVu is a font")))
}

/// A card of 1000 by 630 with lines of print on it, 40 pixels high, one under the other.
fn card(font: &FontVec, lines: &[&str]) -> RgbImage {
    let mut card = RgbImage::from_fn(1000, 630, |x, y| {
        let wave = ((x as f32 * 0.05).sin() * 12.0 + y as f32 * 0.3).sin() * 6.0;
        Rgb([214 + wave as u8, 224, 230])
    });
    for (row, line) in lines.iter().enumerate() {
        let scale = PxScale::from(40.0);
        let scaled = font.as_scaled(scale);
        let mut x = 60.0;
        for letter in line.chars() {
            let glyph =
                font.glyph_id(letter).with_scale_and_position(scale, point(x, 80.0 + 70.0 * row as f32));
            x += scaled.h_advance(glyph.id);
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, coverage| {
                let pixel = card.get_pixel_mut(bounds.min.x as u32 + dx, bounds.min.y as u32 + dy);
                pixel.0 = pixel.0.map(|value| (f32::from(value) * (1.0 - coverage) + 30.0 * coverage) as u8);
            });
        }
    }
    card
}

fn texts(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

const LINES: [&str; 7] = [
    "REPUBLIC OF UTOPIA",
    "Surname / Nom",
    "VAN DER BERG",
    "Given names ANNA MARIA",
    "Date of birth 12.08.1974",
    "Document No. L898902C3",
    "14 High Street, Springfield",
];

#[test]
fn lines_of_a_card_are_read_with_their_spaces_in_reading_order() {
    let Some((reader, font)) = reader() else { return };
    let lines = reader.read(&card(&font, &LINES));
    assert_eq!(texts(&lines), LINES);
    for (row, line) in lines.iter().enumerate() {
        assert!((line.corners[0].y - (50.0 + 70.0 * row as f32)).abs() < 30.0, "{line:?}");
        assert!(
            line.confidence > 0.8 && line.glyphs.windows(2).all(|pair| pair[0].at <= pair[1].at),
            "{line:?}"
        );
    }
}

#[test]
fn a_card_on_its_head_or_side_reads_the_same() {
    let Some((reader, font)) = reader() else { return };
    let upright = card(&font, &LINES[..3]);
    for turned in [image::imageops::rotate180(&upright), image::imageops::rotate90(&upright)] {
        let mut lines = reader.read(&turned);
        lines.sort_by(|a, b| a.text.cmp(&b.text));
        let mut expected = LINES[..3].to_vec();
        expected.sort_unstable();
        assert_eq!(texts(&lines), expected);
    }
}

#[test]
fn a_mask_keeps_other_characters_out() {
    let Some((reader, font)) = reader() else { return };
    let picture = card(&font, &["O123456789", "P<UTOERIKSSON<<ANNA<MARIA"]);
    let boxes = reader.find(&picture, vision::text::Detail::Card);
    let read = |at: usize, letters| reader.read_line(&picture, boxes[at], letters).map(|line| line.text);
    assert_eq!(boxes.len(), 2);
    assert!(read(0, Letters::Digits).is_some_and(|text| text.chars().all(|letter| letter.is_ascii_digit())));
    let zone = read(1, Letters::Mrz).expect("the line is read");
    assert!(zone.starts_with("P<UT") && zone.contains("ERIKSSON<<ANNA<MARIA"), "{zone}");
}

#[test]
fn an_empty_or_tiny_picture_has_no_text() {
    let Some((reader, _)) = reader() else { return };
    for (width, height) in [(0, 0), (1, 1), (7, 300), (300, 200)] {
        assert_eq!(reader.read(&RgbImage::from_pixel(width, height, Rgb([200; 3]))), Vec::new());
    }
}

#[test]
fn other_bytes_are_not_a_network() {
    let refused = Reader::load(b"not a network".to_vec(), Vec::new(), Vec::new());
    assert!(refused.is_err_and(|error| error.to_string().contains("finds lines")));
}
