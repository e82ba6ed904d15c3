//! Barcodes that were drawn here and photographed at angles are read whole.

use proptest::prelude::*;
use vision::barcode::{Barcode, Symbology, read};

use crate::symbols::{LICENCE, Shot, modules, photograph};

const SHOT: Shot = Shot { module: 3.0, rotation_degrees: 4.0, lean_degrees: 8.0, blur: 0.6, seed: 7 };

fn read_one(symbology: Symbology, payload: &str, shot: Shot) -> Option<Barcode> {
    read(&photograph(&modules(symbology, payload), shot), &Symbology::ALL).into_iter().next()
}

#[test]
fn every_kind_is_read_from_a_photograph_of_a_card() {
    for (symbology, payload) in [
        (Symbology::Pdf417, LICENCE),
        (Symbology::Qr, "https://example.org/verify/9b2b6f3"),
        (Symbology::Aztec, "M1SPECIMEN/ANNA       EUTOPIA 0834 226F001A0025 100"),
        (Symbology::DataMatrix, "DC03UTUT12345678901234567890"),
        (Symbology::Code128, "T64235789"),
    ] {
        let barcode =
            read_one(symbology, payload, SHOT).unwrap_or_else(|| panic!("{symbology:?} was not read"));
        assert_eq!((barcode.symbology, barcode.text.as_str()), (symbology, payload));
        assert_eq!(barcode.bytes, payload.as_bytes());
    }
}

#[test]
fn a_licence_is_read_at_any_angle() {
    for rotation_degrees in [0.0, 13.0, 45.0, 90.0, 161.0, 180.0, 270.0, 305.0] {
        let shot = Shot { rotation_degrees, ..SHOT };
        let barcode = read_one(Symbology::Pdf417, LICENCE, shot);
        assert_eq!(barcode.map(|barcode| barcode.text).as_deref(), Some(LICENCE), "{rotation_degrees}°");
    }
}

#[test]
fn a_licence_carries_control_characters_and_latin_letters_unchanged() {
    let payload = LICENCE.replace("MICHAEL", "MICHAÈL");
    let barcode = read_one(Symbology::Pdf417, &payload, SHOT).expect("the licence is read");
    assert_eq!(barcode.text, payload);
    assert!(barcode.bytes.contains(&0xC8), "È is one byte of Latin-1: {:?}", barcode.bytes);
}

#[test]
fn corners_lie_around_the_symbol() {
    let barcode =
        read_one(Symbology::Pdf417, LICENCE, Shot { rotation_degrees: 0.0, lean_degrees: 0.0, ..SHOT });
    let corners = barcode.expect("the licence is read").corners;
    let symbol = modules(Symbology::Pdf417, LICENCE);
    let (width, height) = (symbol[0].len() as f32 * 3.0, symbol.len() as f32 * 3.0);
    assert!((corners[1].x - corners[0].x - width).abs() < 30.0, "{corners:?} for {width}");
    assert!((corners[3].y - corners[0].y - height).abs() < 30.0, "{corners:?} for {height}");
}

#[test]
fn nothing_is_read_from_an_empty_or_tiny_picture() {
    for (width, height) in [(0, 0), (1, 1), (15, 400), (640, 480)] {
        assert_eq!(read(&image::RgbImage::new(width, height), &Symbology::ALL), Vec::new());
    }
}

/// A cheap picture of noise, stripes and boxes, from a seed.
fn scrawl(width: u32, height: u32, seed: u32) -> image::RgbImage {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    let mut picture = image::RgbImage::from_pixel(width, height, image::Rgb([230; 3]));
    for _ in 0..next() % 60 {
        let (left, top) = (next() % width, next() % height);
        let (across, down) = (1 + next() % (width - left), 1 + next() % (height - top));
        let (period, tone) = (1 + next() % 9, (next() % 256) as u8);
        let stripes = next() % 3;
        for y in top..top + down {
            for x in left..left + across {
                let on = match stripes {
                    0 => (x / period) % 2 == 0,
                    1 => (x / period + y / period) % 2 == 0,
                    _ => next() % 2 == 0,
                };
                if on {
                    picture.put_pixel(x, y, image::Rgb([tone; 3]));
                }
            }
        }
    }
    picture
}

static LICENCE_SHOT: std::sync::LazyLock<image::RgbImage> = std::sync::LazyLock::new(|| {
    photograph(&modules(Symbology::Pdf417, LICENCE), Shot { module: 2.5, ..SHOT })
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn any_picture_is_survived_and_every_answer_has_a_payload(
        width in 1u32..420, height in 1u32..420, seed in any::<u32>(),
    ) {
        for barcode in read(&scrawl(width, height, seed), &Symbology::ALL) {
            prop_assert!(!barcode.bytes.is_empty() && !barcode.text.is_empty());
        }
    }

    #[test]
    fn a_damaged_licence_is_read_right_or_not_at_all(
        left in 0u32..700, top in 0u32..400, across in 1u32..300, down in 1u32..200,
    ) {
        let mut picture = LICENCE_SHOT.clone();
        for y in top..(top + down).min(picture.height()) {
            for x in left..(left + across).min(picture.width()) {
                picture.put_pixel(x, y, image::Rgb([250; 3]));
            }
        }
        for barcode in read(&picture, &[Symbology::Pdf417]) {
            prop_assert_eq!(barcode.text, LICENCE);
        }
    }
}
