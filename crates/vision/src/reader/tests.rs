use ab_glyph::{Font, FontVec, PxScale, ScaleFont, point};
use image::{GrayImage, Luma};
use proptest::prelude::*;

use super::{LineReader, Scored, UNREADABLE};

const OCR_B: &str = "/usr/share/fonts/opentype/ocr-b/OCRB.otf";
const NAMES: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
const NUMBERS: &str = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

#[expect(
    clippy::disallowed_methods,
    reason = "the font lies outside the repository and may not be copied into it"
)]
fn ocr_b() -> FontVec {
    let bytes =
        std::fs::read(OCR_B).unwrap_or_else(|error| panic!("{OCR_B}: {error}; install Debian's fonts-ocr-b"));
    FontVec::try_from_vec(bytes).expect("Debian's OCR-B is a font")
}

/// A line of black OCR-B on white, `cap` pixels high, with half as much above and below and a margin on either side.
fn strip(text: &str, cap: f32) -> GrayImage {
    let font = ocr_b();
    let of_hundred = |character| {
        font.outline_glyph(font.glyph_id(character).with_scale(100.0)).expect("drawn").px_bounds()
    };
    let scale = PxScale::from(100.0 * cap / of_hundred('H').height());
    let advance = font.as_scaled(scale).h_advance(font.glyph_id('H'));
    let width = (advance * (text.chars().count() as f32 + 3.0)) as u32;
    let mut image = GrayImage::from_pixel(width, (cap * 2.0) as u32, Luma([255]));
    for (at, character) in text.chars().enumerate() {
        let place = point((at as f32 + 1.5) * advance, cap * 1.5);
        let Some(outline) =
            font.outline_glyph(font.glyph_id(character).with_scale_and_position(scale, place))
        else {
            continue;
        };
        let corner = outline.px_bounds().min;
        outline.draw(|x, y, ink| {
            let (x, y) = (x + corner.x.max(0.0) as u32, y + corner.y.max(0.0) as u32);
            if x < image.width() && y < image.height() {
                let pixel = image.get_pixel_mut(x, y);
                pixel.0[0] = pixel.0[0].min(255 - (ink.clamp(0.0, 1.0) * 225.0) as u8);
            }
        });
    }
    image
}

fn read(strip: &GrayImage) -> Scored {
    LineReader::new().expect("the committed network loads").read(strip)
}

#[test]
fn a_clean_line_of_every_length_reads_as_it_is_printed() {
    let lines = [
        NAMES,
        NUMBERS,
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "D231458907UTO7408122F1204159<<<<<<<6",
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ];
    for line in lines {
        let seen = read(&strip(line, 20.0));
        assert_eq!(seen.line.text(), line);
        assert!(seen.score > -0.4, "{line} scored {}", seen.score);
    }
}

#[test]
fn small_and_large_print_read_alike() {
    for cap in [10.0, 14.0, 30.0, 60.0] {
        assert_eq!(read(&strip(NUMBERS, cap)).line.text(), NUMBERS, "capitals of {cap} pixels");
    }
}

#[test]
fn an_upside_down_line_scores_far_below_an_upright_one() {
    let upright = strip(NAMES, 20.0);
    let turned = image::imageops::rotate180(&upright);
    assert!(read(&turned).score < read(&upright).score - 1.0);
}

#[test]
fn ordinary_text_scores_low() {
    let seen = read(&strip("Director General of the ministry of health, and so on", 20.0));
    assert!(seen.score < -1.0, "scored {} as {}", seen.score, seen.line.text());
}

#[test]
fn a_covered_character_is_not_a_confident_one() {
    let mut covered = strip(NUMBERS, 20.0);
    let cell = covered.width() as f32 / (NUMBERS.len() as f32 + 3.0);
    let (from, to) = ((11.3 * cell) as u32, (13.7 * cell) as u32);
    for (x, _, pixel) in covered.enumerate_pixels_mut() {
        if (from..to).contains(&x) {
            *pixel = Luma([128]);
        }
    }
    let seen = read(&covered);
    assert_eq!(seen.line.glyphs.len(), 44);
    assert!(seen.line.glyphs[11].best().confidence < 0.6, "{:?}", seen.line.glyphs[11]);
}

#[test]
fn fillers_that_did_not_print_are_still_counted() {
    let mut faded = NAMES.to_owned();
    faded.replace_range(30..32, "  ");
    assert_eq!(read(&strip(&faded, 20.0)).line.glyphs.len(), 44);
}

#[test]
fn an_empty_strip_is_unreadable() {
    assert!(read(&GrayImage::new(0, 0)).score <= UNREADABLE);
    assert!(read(&GrayImage::from_pixel(600, 32, Luma([200]))).score < -2.0);
}

#[test]
fn the_reader_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&LineReader::new().expect("the committed network loads"));
}

#[test]
fn candidates_are_ordered_probabilities() {
    for glyph in read(&strip(NAMES, 12.0)).line.glyphs {
        assert!(glyph.candidates.is_sorted_by(|a, b| a.confidence >= b.confidence));
        assert!(glyph.candidates.iter().map(|candidate| candidate.confidence).sum::<f32>() <= 1.0 + 1e-4);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_strip_makes_the_reader_panic(width in 0_u32..260, height in 0_u32..70, pixels in prop::collection::vec(any::<u8>(), 64)) {
        let noise = GrayImage::from_fn(width, height, |x, y| Luma([pixels[(x * 7 + y * 13 + x * y) as usize % 64]]));
        let seen = read(&noise);
        prop_assert!(seen.score.is_finite() && seen.score >= UNREADABLE);
        prop_assert!(seen.line.glyphs.iter().all(|glyph| !glyph.candidates.is_empty()));
    }
}
