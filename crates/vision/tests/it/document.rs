//! Documents drawn on a table are found where they lie, and nothing is found where there is none.

use image::{Rgb, RgbImage};
use proptest::prelude::*;
use vision::Point;
use vision::document::{Shape, find, flatten};

/// Upper left, upper right, lower right, lower left.
pub(crate) type Corners = [Point; 4];

/// A table with a fine grain, somewhat darker than paper.
pub(crate) fn table(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let grain = ((x * 7 + y * 13) % 11 + (x * 3 + y * 5) % 7) as u8;
        Rgb([96 + grain, 80 + grain, 66 + grain])
    })
}

/// A card of 85.6 by 53.98 mm with a portrait and lines of print, turned by `degrees` about its middle.
pub(crate) fn lay_card(picture: &mut RgbImage, middle: (f32, f32), width: f32, degrees: f32) -> Corners {
    let height = width / 1.586;
    let (sin, cos) = degrees.to_radians().sin_cos();
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (dx, dy) = (x as f32 + 0.5 - middle.0, y as f32 + 0.5 - middle.1);
        let (u, v) = ((dx * cos + dy * sin) / width + 0.5, (dy * cos - dx * sin) / height + 0.5);
        if (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v) {
            *pixel = print(u, v);
        }
    }
    [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(u, v)| {
        let (across, down) = (u * width, v * height);
        Point::new(middle.0 + across * cos - down * sin, middle.1 + across * sin + down * cos)
    })
}

fn print(u: f32, v: f32) -> Rgb<u8> {
    let in_portrait = (0.05..0.3).contains(&u) && (0.2..0.7).contains(&v);
    let in_line = u > 0.36 && u < 0.94 && (v * 14.0).fract() < 0.4 && v > 0.12 && v < 0.9;
    match (in_portrait, in_line && (u * 60.0).fract() < 0.6) {
        (true, _) => Rgb([150, 120, 100]),
        (_, true) => Rgb([30, 30, 50]),
        _ => Rgb([226, 232, 238]),
    }
}

fn worst_distance(found: &Corners, truth: &Corners) -> f32 {
    (0..4)
        .map(|turn| {
            let gap = |index: usize| {
                let (a, b) = (found[(index + turn) % 4], truth[index]);
                (a.x - b.x).hypot(a.y - b.y)
            };
            (0..4).map(gap).fold(0.0, f32::max)
        })
        .fold(f32::INFINITY, f32::min)
}

#[test]
fn a_card_is_found_at_any_angle_to_a_pixel() {
    for degrees in [0.0, 4.0, 17.0, 33.0, 45.0, 62.0, 90.0, 118.0, 180.0, 250.0] {
        let mut picture = table(640, 480);
        let truth = lay_card(&mut picture, (330.0, 236.0), 400.0, degrees);
        let found = find(&picture);
        let best = found.best().unwrap_or_else(|| panic!("nothing found at {degrees} degrees"));
        let gap = worst_distance(&best.corners, &truth);
        assert!(gap < 1.5, "{gap} pixels off at {degrees} degrees");
        assert_eq!((best.shape, best.is_whole()), (Shape::Card, true), "at {degrees} degrees");
    }
}

#[test]
fn a_card_that_leaves_the_picture_is_said_to_be_cut_off_there() {
    let mut picture = table(640, 480);
    let truth = lay_card(&mut picture, (500.0, 240.0), 400.0, 3.0);
    let found = find(&picture);
    let best = found.best().expect("three sides are in the picture");
    assert!(best.cut_off[1] && !best.cut_off[3], "{:?}", best.cut_off);
    let gap = worst_distance(&best.corners, &truth);
    assert!(gap < 20.0, "the corners outside are {gap} pixels off");
}

#[test]
fn a_scan_that_ends_where_the_card_ends_is_whole() {
    let mut picture = table(640, 404);
    lay_card(&mut picture, (320.0, 202.0), 630.0, 0.0);
    for outline in find(&picture).outlines {
        assert!(outline.is_whole(), "{:?}", outline.cut_off);
    }
}

#[test]
fn two_cards_are_two() {
    let mut picture = table(800, 600);
    let upper = lay_card(&mut picture, (280.0, 160.0), 360.0, 5.0);
    let lower = lay_card(&mut picture, (500.0, 440.0), 360.0, -8.0);
    let found = find(&picture);
    assert_eq!(found.outlines.len(), 2);
    for truth in [upper, lower] {
        assert!(found.outlines.iter().any(|outline| worst_distance(&outline.corners, &truth) < 2.0));
    }
}

#[test]
fn tables_and_single_colours_show_no_document() {
    assert_eq!(find(&table(640, 480)).outlines, []);
    for size in [(1, 1), (2, 700), (50_000, 3), (640, 480), (3, 50_000)] {
        assert_eq!(find(&RgbImage::from_pixel(size.0, size.1, Rgb([90, 140, 200]))).outlines, [], "{size:?}");
    }
}

#[test]
fn a_flattened_card_has_its_print_where_the_card_has_it() {
    let mut picture = table(1600, 1200);
    lay_card(&mut picture, (800.0, 600.0), 1100.0, 12.0);
    let found = find(&picture);
    let best = found.best().expect("the card is plain to see");
    let flat = flatten(&picture, &best.corners, best.shape);
    assert_eq!(flat.dimensions(), (1280, 807));
    for (u, v) in [(0.17, 0.45), (0.34, 0.5), (0.98, 0.03), (0.02, 0.97), (0.5, 0.95)] {
        let pixel = flat.get_pixel((u * 1280.0) as u32, (v * 807.0) as u32);
        let off = pixel.0.iter().zip(print(u, v).0).map(|(a, b)| a.abs_diff(b)).max();
        assert!(off < Some(12), "{pixel:?} at {u}, {v}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_picture_and_no_corners_are_too_odd(
        width in 1u32..90,
        height in 1u32..90,
        seed in any::<u32>(),
        corners in prop::array::uniform8(-1e4f32..1e4),
    ) {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let mixed = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503) ^ seed).wrapping_mul(2_246_822_519);
            Rgb([(mixed >> 24) as u8, (mixed >> 16) as u8, if x > width / 2 { 255 } else { 0 }])
        });
        for outline in find(&picture).outlines {
            prop_assert!(outline.confidence >= 0.5);
            prop_assert!(outline.corners.iter().all(|corner| corner.x.is_finite() && corner.y.is_finite()));
        }
        let [a, b, c, d, e, f, g, h] = corners;
        let corners = [Point::new(a, b), Point::new(c, d), Point::new(e, f), Point::new(g, h)];
        let flat = vision::document::flatten_to(&picture, &corners, (40, 30));
        prop_assert_eq!(flat.dimensions(), (40, 30));
    }
}
