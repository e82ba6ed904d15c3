//! What is wrong with a photograph is named, and nothing is named where nothing is wrong.

use image::{Rgb, RgbImage};
use vision::document::find;
use vision::quality::{BrightnessIssue, Quality, Reason, measure};

use crate::document::{lay_card, table};

fn card() -> RgbImage {
    let mut picture = table(640, 480);
    lay_card(&mut picture, (320.0, 240.0), 520.0, 3.0);
    picture
}

fn quality(picture: &RgbImage) -> Quality {
    measure(picture, &find(picture))
}

#[test]
fn a_good_photograph_has_no_reason_and_its_scores_add_up() {
    let quality = quality(&card());
    assert_eq!(quality.reasons, []);
    assert!(quality.is_document_fully_visible);
    let sum = 0.45 * quality.focus_score + 0.30 * quality.brightness_score + 0.25 * quality.resolution_score;
    assert!((quality.overall_score - sum).abs() < 1e-3);
    assert!(quality.overall_score > 80.0, "{quality:?}");
}

#[test]
fn darkness_blur_grey_and_glare_are_told_apart() {
    let mut dark = card();
    dark.pixels_mut().for_each(|pixel| pixel.0 = pixel.0.map(|value| value / 4));
    assert_eq!(quality(&dark).brightness_issue, BrightnessIssue::TooDark);

    let blurred = image::imageops::blur(&card(), 4.0);
    let reasons = quality(&blurred).reasons;
    assert!(reasons.iter().any(|reason| matches!(reason, Reason::Blurred { .. })), "{reasons:?}");

    let mut grey = card();
    grey.pixels_mut().for_each(|pixel| pixel.0 = [pixel.0[1]; 3]);
    assert_eq!(quality(&grey).reasons, [Reason::BlackAndWhite]);

    let mut glaring = card();
    for (x, y, pixel) in glaring.enumerate_pixels_mut() {
        if (f64::from(x) - 400.0).hypot(f64::from(y) - 260.0) < 50.0 {
            *pixel = Rgb([255; 3]);
        }
    }
    let reasons = quality(&glaring).reasons;
    let [Reason::Glare { regions }] = reasons.as_slice() else { panic!("{reasons:?}") };
    let [left, top, right, bottom] = regions[0].on_document;
    assert!(left < 0.65 && right > 0.65 && top < 0.55 && bottom > 0.55, "{regions:?}");
}

#[test]
fn no_document_and_a_small_one_are_reasons() {
    assert_eq!(quality(&table(640, 480)).reasons, [Reason::NoDocument]);
    for (width, height) in [(1, 1), (50_000, 2), (3, 700)] {
        let empty = quality(&RgbImage::from_pixel(width, height, Rgb([120; 3])));
        assert!(empty.reasons.contains(&Reason::NoDocument) && empty.overall_score.is_finite());
    }
    let mut far = table(640, 480);
    lay_card(&mut far, (320.0, 240.0), 200.0, 3.0);
    let reasons = quality(&far).reasons;
    assert!(reasons.iter().any(|reason| matches!(reason, Reason::TooSmall { .. })), "{reasons:?}");
}
