//! Zones on drawn pages are found at any of four orientations and at tilts, and nothing is read where there is none.

use image::{Rgb, RgbImage};
use vision::reader::LineReader;
use vision::{Decoded, MrzReading, read_mrz};

use crate::page::{ocr_b, page, photograph};

const TD3: [&str; 2] =
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const TD2: [&str; 2] = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
const TD1: [&str; 3] =
    ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];

fn reader() -> LineReader {
    LineReader::new().expect("the committed network loads")
}

fn texts(reading: &MrzReading) -> Vec<String> {
    reading.lines.iter().map(model::reading::LineReading::text).collect()
}

#[test]
fn every_format_is_read_in_every_orientation_and_at_tilts() {
    let Some(font) = ocr_b() else { return };
    let reader = reader();
    for lines in [&TD3[..], &TD2, &TD1] {
        let page = page(&font, lines, 18.0);
        for degrees in [0.0, 7.0, -14.0, 20.0, 90.0, 101.0, 180.0, 167.0, -90.0, -72.0] {
            let reading = read_mrz(&photograph(&page, degrees), &reader);
            assert_eq!(texts(&reading), lines, "turned by {degrees}°");
            let off = (reading.rotation_degrees - degrees).rem_euclid(360.0);
            assert!(off.min(360.0 - off) < 1.5, "turned by {degrees}°, said {}°", reading.rotation_degrees);
        }
    }
}

#[test]
fn small_and_large_prints_are_read() {
    let Some(font) = ocr_b() else { return };
    let reader = reader();
    for pitch in [10.0, 14.0, 30.0, 55.0] {
        let reading = read_mrz(&photograph(&page(&font, &TD3, pitch), 3.0), &reader);
        assert_eq!(texts(&reading), TD3, "{pitch} pixels per character");
    }
}

#[test]
fn the_corners_enclose_each_line() {
    let Some(font) = ocr_b() else { return };
    let reading = read_mrz(&photograph(&page(&font, &TD3, 18.0), 0.0), &reader());
    let [upper, lower] = &reading.quads[..] else { panic!("two lines, not {}", reading.quads.len()) };
    assert!(upper[0].x < upper[1].x && upper[0].y < upper[3].y, "read from left to right: {upper:?}");
    assert!(upper[3].y < lower[0].y, "the first line lies above the second");
    let width = upper[1].x - upper[0].x;
    assert!((44.0 * 18.0..49.0 * 18.0).contains(&width), "{width} pixels");
}

#[test]
fn a_page_without_a_zone_reads_as_nothing() {
    let Some(font) = ocr_b() else { return };
    let reader = reader();
    for degrees in [0.0, 90.0] {
        let reading = read_mrz(&photograph(&page(&font, &[], 22.0), degrees), &reader);
        assert!(reading.is_empty(), "invented {:?}", texts(&reading));
    }
}

#[test]
fn a_dotted_cloth_reads_as_nothing() {
    let dots = RgbImage::from_fn(1200, 900, |x, y| {
        let dark = x % 14 < 7 && y % 14 < 8;
        Rgb([if dark { 60 } else { 150 }; 3])
    });
    assert!(read_mrz(&Decoded::from_pixels(dots), &reader()).is_empty());
}

#[test]
fn pictures_of_any_shape_read_without_trouble() {
    let reader = reader();
    for (width, height) in [(1, 1), (1, 700), (900, 2), (3, 3), (256, 256)] {
        let grey = RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7 + y * 13) as u8; 3]));
        assert!(read_mrz(&Decoded::from_pixels(grey), &reader).is_empty(), "{width} by {height}");
    }
}
