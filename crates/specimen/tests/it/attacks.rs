//! Attacks do what they say, where they say it.

use crate::fonts;
use image::RgbImage;
use jiff::civil::date;
use specimen::{Attack, Conditions, Layout, PersonOptions, Place, Sheet, attack, capture, papers};

fn card(seed: u64) -> Sheet {
    let layout = Layout::named("fra-id-card").expect("it is a layout");
    papers(layout, seed, date(2026, 11, 22), &PersonOptions::default(), &fonts()).sheets.remove(0)
}

fn after(kind: Attack, seed: u64) -> Sheet {
    attack(&card(seed), kind, seed, &fonts()).expect("a front has a portrait and fields")
}

/// How far two images differ on average, inside and outside a box grown by `margin` shares.
fn difference(
    one: &RgbImage,
    other: &RgbImage,
    [left, top, right, bottom]: Place,
    margin: f32,
) -> (f32, f32) {
    let (mut inside, mut outside) = ((0.0, 0.0_f32), (0.0, 0.0_f32));
    for (x, y, pixel) in one.enumerate_pixels() {
        let (u, v) = (x as f32 / one.width() as f32, y as f32 / one.height() as f32);
        let far: i32 = pixel
            .0
            .iter()
            .zip(other.get_pixel(x, y).0)
            .map(|(a, b)| (i32::from(*a) - i32::from(b)).abs())
            .sum();
        let near =
            (left - margin..right + margin).contains(&u) && (top - margin..bottom + margin).contains(&v);
        let sum = if near { &mut inside } else { &mut outside };
        *sum = (sum.0 + far as f32, sum.1 + 1.0);
    }
    (inside.0 / inside.1.max(1.0), outside.0 / outside.1.max(1.0))
}

#[test]
fn every_attack_is_recorded_and_the_same_seed_makes_the_same_one() {
    for kind in Attack::ALL {
        let (one, same) = (after(kind, 3), after(kind, 3));
        assert_eq!(one.image, same.image, "{kind:?}");
        assert_eq!(one.content.tampering.len(), 1);
        assert_eq!(one.content.tampering[0].attack, kind);
        let picture = capture(&[&one], &Conditions::default(), 3);
        let truth = serde_json::to_value(&picture.truth.documents[0]).unwrap();
        assert_eq!(truth["tampering"][0]["attack"], kind.name());
        assert_ne!(picture.jpeg, capture(&[&card(3)], &Conditions::default(), 3).jpeg, "{kind:?}");
    }
}

#[test]
fn splices_change_their_box_and_little_else() {
    for kind in [Attack::PortraitReplaced, Attack::PortraitMissing, Attack::FieldEdited] {
        for seed in 1..5 {
            let (before, after) = (card(seed), after(kind, seed));
            let (inside, outside) =
                difference(&before.image, &after.image, after.content.tampering[0].place, 0.08);
            assert!(inside > 3.0 && outside < 0.05, "{kind:?} {seed}: {inside} {outside}");
        }
    }
}

#[test]
fn an_edited_field_says_what_it_says_now_and_what_it_said() {
    for seed in 1..12 {
        let (before, after) = (card(seed), after(Attack::FieldEdited, seed));
        let changed: Vec<_> =
            before.content.fields.iter().zip(&after.content.fields).filter(|(old, new)| old != new).collect();
        assert_eq!(changed.len(), 1, "seed {seed}");
        let (old, new) = changed[0];
        assert_eq!(after.content.tampering[0].original.as_ref(), Some(&old.text));
        assert!(old.text != new.text && old.value != new.value && old.item == new.item, "{old:?} {new:?}");
    }
}

#[test]
fn a_missing_portrait_is_no_portrait() {
    assert!(card(2).content.portrait.is_some());
    assert_eq!(after(Attack::PortraitMissing, 2).content.portrait, None);
    let back = papers(
        Layout::named("fra-id-card").unwrap(),
        2,
        date(2026, 11, 22),
        &PersonOptions::default(),
        &fonts(),
    )
    .sheets
    .remove(1);
    for kind in Attack::ALL.into_iter().filter(|kind| kind.needs_portrait()) {
        assert!(attack(&back, kind, 2, &fonts()).is_none());
    }
}

/// Mean distance between the largest and the smallest channel.
fn colourfulness(image: &RgbImage) -> f32 {
    let spread = |pixel: &image::Rgb<u8>| {
        let [red, green, blue] = pixel.0;
        f32::from(red.max(green).max(blue) - red.min(green).min(blue))
    };
    image.pixels().map(spread).sum::<f32>() / (image.width() * image.height()) as f32
}

/// Mean difference of neighbours along rows: what grids and dots raise.
fn roughness(image: &RgbImage) -> f32 {
    let mut sum = 0.0;
    for (x, y, pixel) in image.enumerate_pixels().filter(|(x, ..)| *x > 0) {
        sum += (f32::from(pixel.0[1]) - f32::from(image.get_pixel(x - 1, y).0[1])).abs();
    }
    sum / (image.width() * image.height()) as f32
}

#[test]
fn a_black_and_white_copy_has_no_colour_and_a_colour_copy_has_dots() {
    let genuine = card(4);
    assert!(colourfulness(&genuine.image) > 5.0);
    assert!(colourfulness(&after(Attack::BlackAndWhite, 4).image) < 0.01);
    for kind in [Attack::Laser, Attack::Inkjet] {
        let copy = after(kind, 4);
        assert!(roughness(&copy.image) > roughness(&genuine.image) * 1.3, "{kind:?}");
    }
}

#[test]
fn copies_and_screens_reach_beyond_the_document() {
    for kind in [Attack::Screen, Attack::Laser, Attack::Inkjet, Attack::BlackAndWhite] {
        let truth = capture(&[&after(kind, 5)], &Conditions::default(), 5).truth;
        let carrier = truth.documents[0].carrier.expect("something carries the image");
        let width =
            |corners: [[f32; 2]; 4]| (corners[1][0] - corners[0][0]).hypot(corners[1][1] - corners[0][1]);
        assert!(width(carrier) > width(truth.documents[0].corners), "{kind:?}");
    }
    assert_eq!(capture(&[&card(5)], &Conditions::default(), 5).truth.documents[0].carrier, None);
}

#[test]
fn a_screen_is_rougher_than_the_card_it_shows() {
    let mut rougher = 0;
    for seed in 0..8 {
        let of = |sheet: &Sheet| roughness(&capture(&[sheet], &Conditions::default(), seed).image);
        rougher += usize::from(of(&after(Attack::Screen, seed)) > of(&card(seed)));
    }
    assert!(rougher >= 6, "{rougher} of 8");
}
