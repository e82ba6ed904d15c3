//! From a seed to photographs and clips.

use crate::fonts;
use jiff::civil::date;
use specimen::{CLIP_SIZE, Difficulty, Kind, PersonOptions, Side, camera_clip, make, make_with};

#[test]
fn making_gives_a_photograph_of_each_side_with_its_truth() {
    let made = make(Kind::IdCard, Difficulty::Medium, 11, date(2026, 11, 22), &fonts());
    assert_eq!(made.photographs().count(), 2);
    assert_eq!(made.front.truth.mrz, Vec::<String>::new());
    assert_eq!(made.machine_readable().truth.side, Side::Back);
    assert_eq!(made.machine_readable().truth.mrz, made.document.mrz);
    let truth = serde_json::to_value(&made.front.truth).unwrap();
    assert_eq!(truth["kind"], "id-card");
    assert_eq!(truth["format"], "TD1");
    assert_eq!(truth["person"]["surname"], made.person.surname);
    assert_eq!(truth["corners"].as_array().unwrap().len(), 4);
}

#[test]
fn an_expired_document_of_a_minor_can_be_asked_for() {
    let options =
        PersonOptions { minimum_age: 15, maximum_age: 16, expired: true, ..PersonOptions::default() };
    let today = date(2026, 11, 22);
    let made = make_with(Kind::Passport, Difficulty::Easy, 12, today, &options, &fonts());
    assert!(made.person.expires < today);
    assert!([2009, 2010, 2011].contains(&made.person.birth.year));
}

#[test]
fn a_camera_clip_has_its_frames_and_they_move() {
    let made = make(Kind::Passport, Difficulty::Easy, 13, date(2026, 11, 22), &fonts());
    let clip = camera_clip(made.document.machine_readable(), 3, 13);
    let (width, height) = CLIP_SIZE;
    let header = format!("YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n");
    assert!(clip.starts_with(header.as_bytes()));
    let frame = 6 + (width * height * 3 / 2) as usize;
    assert_eq!(clip.len(), header.len() + 3 * frame);
    let luma = |index: usize| &clip[header.len() + index * frame + 6..][..(width * height) as usize];
    assert!(luma(0).iter().all(|y| (16..=235).contains(y)));
    assert_ne!(luma(0), luma(1));
}
