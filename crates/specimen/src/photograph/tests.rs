use super::pose::Pose;
use super::{photograph, photograph_in};
use crate::dice::Dice;
use crate::difficulty::Difficulty;
use crate::document::{Page, Side};
use crate::kind::Kind;
use crate::person::{PersonOptions, person};
use image::{Rgb, RgbImage};

/// A white page with a red upper left, green upper right, blue lower right and black lower left corner.
fn page(kind: Kind) -> Page {
    let (width_mm, height_mm) = kind.size_mm();
    let (width, height) = ((width_mm * 11.811) as u32, (height_mm * 11.811) as u32);
    let image = RgbImage::from_fn(width, height, |x, y| {
        let (left, top) = (x < width / 4, y < height / 4);
        let (right, bottom) = (x > width * 3 / 4, y > height * 3 / 4);
        Rgb(match (left, top, right, bottom) {
            (true, true, ..) => [255, 0, 0],
            (_, true, true, _) => [0, 255, 0],
            (_, _, true, true) => [0, 0, 255],
            (true, _, _, true) => [0, 0, 0],
            _ => [255, 255, 255],
        })
    });
    let person = person(1, jiff::civil::date(2026, 1, 1), &PersonOptions::default());
    let zone = [60.0, height as f32 - 200.0, width as f32 - 60.0, height as f32 - 90.0];
    Page {
        kind,
        side: Side::Front,
        image,
        width_mm,
        height_mm,
        machine_zone: Some(zone),
        mrz: Vec::new(),
        person,
        document_number: String::new(),
    }
}

#[test]
fn the_same_seed_gives_the_same_file() {
    let page = page(Kind::IdCard);
    let one = photograph_in(&page, Difficulty::Hard, 9, (640, 480));
    let other = photograph_in(&page, Difficulty::Hard, 9, (640, 480));
    assert_eq!(one.jpeg, other.jpeg);
    assert_ne!(one.jpeg, photograph_in(&page, Difficulty::Hard, 10, (640, 480)).jpeg);
}

/// Which of the four colours a pixel is nearest to, under any lamp.
fn colour_of(pixel: Rgb<u8>) -> &'static str {
    let [red, green, blue] = pixel.0.map(f32::from);
    let most = red.max(green).max(blue).max(1.0);
    let rest = red + green + blue - most;
    match most {
        most if rest > most * 1.1 => "grey",
        most if (most - red).abs() < 0.5 => "red",
        most if (most - green).abs() < 0.5 => "green",
        _ => "blue",
    }
}

#[test]
fn the_corners_of_the_truth_are_the_corners_of_the_page() {
    for difficulty in Difficulty::ALL {
        for seed in 0..6 {
            let page = page(Kind::Passport);
            let photograph = photograph_in(&page, difficulty, seed, (800, 600));
            let corners = photograph.truth.corners;
            let middle = [0, 1].map(|axis| corners.iter().map(|corner| corner[axis]).sum::<f32>() / 4.0);
            for (corner, expected) in corners.iter().zip(["red", "green", "blue"]) {
                // A tenth of the way in from the corner.
                let [x, y] = [0, 1].map(|axis| corner[axis] + (middle[axis] - corner[axis]) * 0.2);
                let seen = colour_of(*photograph.image.get_pixel(x as u32, y as u32));
                // A reflection may bleach a corner of the page, but never colours it wrongly.
                assert!([expected, "grey"].contains(&seen), "{difficulty:?} {seed}: {expected} is {seen}");
            }
            let upright = corners[1][0] - corners[0][0] > (corners[1][1] - corners[0][1]).abs();
            assert_eq!(upright, photograph.truth.quarter_turns == 0, "{difficulty:?} {seed}");
        }
    }
}

#[test]
fn poses_keep_the_page_in_the_frame_and_its_print_legible() {
    for kind in Kind::ALL {
        let page = page(kind);
        for difficulty in Difficulty::ALL {
            let ranges = difficulty.ranges();
            for seed in 0..200 {
                for frame in [(1280, 960), (960, 1280), (1280, 720)] {
                    let pose = Pose::draw(&page, frame, &ranges, &mut Dice::new(seed, "test"));
                    for [x, y] in pose.corners() {
                        let inside = x >= 0.0 && y >= 0.0 && x <= frame.0 as f32 && y <= frame.1 as f32;
                        assert!(inside, "{kind:?} {difficulty:?} {seed}: {x} {y}");
                    }
                    let letter = pose.least_letter_px(&page);
                    assert!(
                        letter > ranges.least_letter_px * 0.99,
                        "{kind:?} {difficulty:?} {frame:?} {letter}"
                    );
                }
            }
        }
    }
}

#[test]
fn pixels_and_millimetres_convert_there_and_back() {
    let page = page(Kind::Td2);
    for seed in 0..50 {
        let ranges = Difficulty::Hard.ranges();
        let there = Pose::draw(&page, (1280, 960), &ranges, &mut Dice::new(seed, "test")).to_picture();
        let (x, y) = there.apply(31.0, 17.0);
        let (u, v) = there.inverse().apply(x, y);
        assert!((u - 31.0).abs() < 0.05 && (v - 17.0).abs() < 0.05, "{u} {v}");
    }
}

#[test]
fn easy_photographs_are_upright_and_harder_ones_come_in_all_four_turns() {
    let page = page(Kind::IdCard);
    let turns = |difficulty: Difficulty| {
        let ranges = difficulty.ranges();
        let draw = |seed| Pose::draw(&page, (640, 480), &ranges, &mut Dice::new(seed, "test")).quarter_turns;
        let mut turns: Vec<u8> = (0..60).map(draw).collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    };
    assert_eq!(turns(Difficulty::Easy), [0]);
    assert_eq!(turns(Difficulty::Medium), [0, 1, 2, 3]);
    assert_eq!(turns(Difficulty::Hard), [0, 1, 2, 3]);
}

#[test]
fn the_file_is_a_jpeg_of_the_size_in_the_truth() {
    let photograph = photograph(&page(Kind::VisaB), Difficulty::Medium, 3);
    assert_eq!(photograph.jpeg[..3], [0xff, 0xd8, 0xff]);
    assert_eq!(photograph.image.dimensions(), (photograph.truth.width, photograph.truth.height));
}
