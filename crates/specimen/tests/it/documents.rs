//! What is on a page.

use crate::fonts;
use document::mrz::check_digit;
use image::Rgb;
use jiff::civil::{Date, date};
use specimen::{Kind, PersonOptions, document, person};

const TODAY: Date = date(2026, 11, 22);

#[test]
fn every_kind_has_lines_of_its_size_with_right_check_digits() {
    let fonts = fonts();
    for kind in Kind::ALL {
        for seed in 0..2 {
            let person = person(seed, TODAY, &PersonOptions::default());
            let document = document(kind, &person, seed, &fonts);
            let (count, length) = kind.format().size();
            assert_eq!(document.mrz.len(), count);
            assert!(document.mrz.iter().all(|line| line.len() == length), "{:?}", document.mrz);
            let dates = &document.mrz[1];
            let start = if count == 3 { 0 } else { 13 };
            let birth = &dates[start..start + 6];
            assert_eq!(dates.as_bytes()[start + 6], check_digit(birth) as u8, "{dates}");
            assert_eq!(&dates[start + 8..start + 14], person.expires.strftime("%y%m%d").to_string());
            assert_eq!(document.machine_readable().mrz, document.mrz);
        }
    }
}

/// Red well above green and blue: the ink of the marking, over any paper.
fn reddish(pixel: Rgb<u8>) -> bool {
    let [red, green, blue] = pixel.0.map(i32::from);
    red - green > 45 && red - blue > 30
}

#[test]
fn every_page_is_marked_specimen_and_its_machine_readable_zone_is_not() {
    let fonts = fonts();
    for kind in Kind::ALL {
        let person = person(3, TODAY, &PersonOptions::default());
        let document = document(kind, &person, 3, &fonts);
        for page in document.pages() {
            let zone_top = page.machine_zone.map_or(page.image.height(), |zone| zone[1] as u32);
            let rows = |from: u32, to: u32| {
                page.image
                    .enumerate_rows()
                    .filter(move |(y, _)| (from..to).contains(y))
                    .flat_map(|(_, row)| row)
            };
            let marked = rows(0, zone_top).filter(|(.., pixel)| reddish(**pixel)).count();
            let share = marked as f32 / (zone_top * page.image.width()) as f32;
            assert!(share > 0.03, "{kind:?} {:?}: {share}", page.side);
            if page.machine_zone.is_some() {
                let below =
                    rows(zone_top, page.image.height()).filter(|(.., pixel)| reddish(**pixel)).count();
                assert_eq!(below, 0, "{kind:?}");
            }
        }
    }
}

#[test]
fn pages_have_their_true_size_and_dark_print_in_the_zone() {
    let fonts = fonts();
    for kind in Kind::ALL {
        let person = person(8, TODAY, &PersonOptions::default());
        let document = document(kind, &person, 8, &fonts);
        let page = document.machine_readable();
        let (width, height) = kind.size_mm();
        assert!((page.image.width() as f32 - width * 300.0 / 25.4).abs() < 1.0);
        assert!((page.image.height() as f32 - height * 300.0 / 25.4).abs() < 1.0);
        let [left, top, right, bottom] = page.machine_zone.unwrap().map(|dot| dot as u32);
        assert!(right < page.image.width() && bottom < page.image.height());
        let dark = (top..bottom)
            .flat_map(|y| (left..right).map(move |x| (x, y)))
            .filter(|&(x, y)| page.image.get_pixel(x, y).0[1] < 90)
            .count();
        let share = dark as f32 / ((right - left) * (bottom - top)) as f32;
        assert!((0.04..0.25).contains(&share), "{kind:?}: {share}");
    }
}

#[test]
fn the_same_seed_draws_the_same_page() {
    let fonts = fonts();
    let draw = |seed| {
        let person = person(2, TODAY, &PersonOptions::default());
        document(Kind::IdCard, &person, seed, &fonts).front.image
    };
    assert_eq!(draw(4), draw(4));
    assert_ne!(draw(4), draw(5));
}
