use super::{Conditions, Distortion, capture};
use crate::attack::Medium;
use crate::document::Side;
use crate::photograph::scene::Background;
use crate::sheet::{Content, Sheet};
use image::{Rgb, RgbImage};

/// A card with a red upper left, green upper right, blue lower right corner on white.
fn card() -> Sheet {
    let (width, height) = (1011, 638);
    let image = RgbImage::from_fn(width, height, |x, y| {
        let (left, top) = (x < width / 4, y < height / 4);
        let (right, bottom) = (x > width * 3 / 4, y > height * 3 / 4);
        Rgb(match (left, top, right, bottom) {
            (true, true, ..) => [255, 0, 0],
            (_, true, true, _) => [0, 255, 0],
            (_, _, true, true) => [0, 0, 255],
            _ => [250, 250, 250],
        })
    });
    Sheet {
        layout: "test",
        kind: "id-card",
        country: "UTO",
        subdivision: "",
        side: Side::Front,
        image,
        width_mm: 85.6,
        height_mm: 53.98,
        corner_mm: 3.18,
        content: Content::default(),
        medium: Medium::Genuine,
    }
}

fn with(distortion: Distortion, strength: f32) -> Conditions {
    Conditions { distortions: vec![(distortion, strength)], frame: Some((640, 480)), ..Conditions::default() }
}

#[test]
fn the_corners_of_the_truth_are_the_corners_of_the_card_at_any_turn() {
    let card = card();
    for seed in 0..24 {
        let conditions = Conditions {
            distortions: vec![(Distortion::Rotation, seed as f32 / 24.0), (Distortion::Tilt, 0.8)],
            background: Some(Background::Wood),
            frame: Some((640, 480)),
        };
        let picture = capture(&[&card], &conditions, seed);
        let corners = picture.truth.documents[0].corners;
        let middle = [0, 1].map(|axis| corners.iter().map(|corner| corner[axis]).sum::<f32>() / 4.0);
        for (corner, channel) in corners.iter().zip(0..3) {
            let [x, y] = [0, 1].map(|axis| corner[axis] + (middle[axis] - corner[axis]) * 0.2);
            let pixel = picture.image.get_pixel(x as u32, y as u32).0;
            let most = (0..3).max_by_key(|index| pixel[*index]).unwrap();
            assert_eq!(most, channel, "seed {seed}, {pixel:?}");
        }
    }
}

#[test]
fn a_document_is_whole_in_the_picture_unless_it_is_cut_off() {
    let card = card();
    for seed in 0..20 {
        let whole = capture(&[&card], &with(Distortion::Rotation, 0.3), seed).truth;
        assert!(whole.documents[0].visible > 0.999, "{seed}");
        let cut = capture(&[&card], &with(Distortion::CutOff, 0.1 + seed as f32 / 25.0), seed).truth;
        assert!((0.2..0.97).contains(&cut.documents[0].visible), "{seed}: {}", cut.documents[0].visible);
    }
}

#[test]
fn every_distortion_changes_the_picture_and_the_same_seed_gives_the_same_file() {
    let card = card();
    let plain = capture(&[&card], &Conditions { frame: Some((320, 240)), ..Conditions::default() }, 3);
    for distortion in Distortion::ALL {
        let conditions =
            Conditions { distortions: vec![(distortion, 0.8)], frame: Some((320, 240)), background: None };
        let one = capture(&[&card], &conditions, 3);
        assert_eq!(one.jpeg, capture(&[&card], &conditions, 3).jpeg, "{distortion:?}");
        assert_ne!(one.jpeg, plain.jpeg, "{distortion:?}");
    }
}

/// Mean of all channels.
fn brightness(image: &RgbImage) -> f32 {
    image.as_raw().iter().map(|value| f32::from(*value)).sum::<f32>() / image.as_raw().len() as f32
}

#[test]
fn dark_is_darker_and_bright_is_brighter() {
    let card = card();
    let of = |distortion| brightness(&capture(&[&card], &with(distortion, 0.8), 5).image);
    let plain = brightness(&capture(&[&card], &with(Distortion::Rotation, 0.0), 5).image);
    assert!(of(Distortion::Dark) < plain * 0.5 && of(Distortion::Bright) > plain * 1.2);
}

#[test]
fn none_and_two_documents_can_be_photographed() {
    let card = card();
    let conditions = Conditions { frame: Some((640, 480)), ..Conditions::default() };
    assert_eq!(capture(&[], &conditions, 1).truth.documents.len(), 0);
    let two = capture(&[&card, &card], &conditions, 1).truth.documents;
    let right = |index: usize| two[index].corners.iter().map(|corner| corner[0]).fold(0.0, f32::max);
    assert!(right(0) <= 321.0 && right(1) > 330.0, "{two:?}");
}

#[test]
fn a_thumb_and_a_reflection_say_what_they_hide() {
    let card = card();
    for (distortion, name) in [(Distortion::Thumb, "thumb"), (Distortion::Glare, "glare")] {
        let truth = capture(&[&card], &with(distortion, 0.9), 2).truth;
        let [left, top, right, bottom] = truth.documents[0].obstructions[0].place;
        assert_eq!(truth.documents[0].obstructions[0].name, name);
        assert!(left < right && top < bottom, "{name}");
    }
}
