//! A document on a screen leaves a grid, and small or odd pictures leave nothing to say.

use image::{Rgb, RgbImage};
use vision::document::{Outline, Shape, flatten};
use vision::recapture::{Cues, measure};
use vision::{Point, document};

use crate::document::{lay_card, table};

fn cues(picture: &RgbImage, corners: [Point; 4]) -> Cues {
    let outline = Outline { corners, confidence: 1.0, shape: Shape::Card, cut_off: [false; 4], spread: None };
    let flat = flatten(picture, &corners, Shape::Card);
    measure(picture, &outline, &flat, Some([0.05, 0.2, 0.3, 0.7]), &[[0.36, 0.2, 0.9, 0.3]])
}

#[test]
fn a_grid_of_coloured_stripes_lowers_the_score_for_screens() {
    let mut picture = table(1280, 960);
    let corners = lay_card(&mut picture, (640.0, 480.0), 1000.0, 2.0);
    let genuine = cues(&picture, corners).screen_replay.expect("the card is large enough");
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let beat = |shift: f32| 0.75 + 0.25 * ((x as f32 * 1.1 + shift).sin() * (y as f32 * 0.9).cos());
        let [red, green, blue] = pixel.0.map(f32::from);
        *pixel = Rgb([red * beat(0.0), green * beat(2.1), blue * beat(4.2)].map(|value| value as u8));
    }
    let replayed = cues(&picture, corners).screen_replay.expect("the card is large enough");
    assert!(replayed < genuine && replayed < 50.0, "{replayed} against {genuine}");
}

#[test]
fn scores_are_finite_and_between_0_and_100_on_odd_pictures() {
    for (width, height) in [(1, 1), (300, 2), (130, 130), (640, 480)] {
        let picture =
            RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7) as u8, (y * 5) as u8, (x ^ y) as u8]));
        for corners in [
            [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
            [(-2.0, 0.5), (3.0, 0.1), (0.2, 0.2), (0.3, 9.0)],
        ] {
            let corners = corners.map(|(u, v)| Point::new(u * width as f32, v * height as f32));
            let cues = cues(&picture, corners);
            for score in [cues.screen_replay, cues.printed_copy, cues.portrait_replaced, cues.edited_field] {
                assert!(score.is_none_or(|score| (0.0..=100.0).contains(&score)), "{cues:?}");
            }
        }
    }
    assert_eq!(document::find(&RgbImage::new(1, 1)).outlines, []);
}
