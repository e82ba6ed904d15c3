//! A photograph of a page: pose, background, light, optics, sensor and compression, all from a seed.

pub(crate) mod film;
pub(crate) mod lens;
pub(crate) mod light;
pub(crate) mod placing;
pub(crate) mod pose;
pub(crate) mod sampler;
pub(crate) mod scene;

use crate::canvas::DOTS_PER_MM;
use crate::dice::Dice;
use crate::difficulty::{Difficulty, Ranges};
use crate::document::{Page, Side};
use crate::kind::Kind;
use crate::person::Person;
use ::document::mrz::Format;
use film::Film;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, RgbImage};
use light::Light;
use placing::Placing;
use pose::Pose;
use scene::Scene;
use serde::Serialize;
use std::io::Cursor;

/// A picture of one page, and what is true of it.
#[derive(Clone, Debug)]
pub struct Photograph {
    /// The pixels that a reader of `jpeg` gets.
    pub image: RgbImage,
    /// The file as a camera would have written it (baseline JPEG without EXIF).
    pub jpeg: Vec<u8>,
    pub truth: Truth,
}

/// What a perfect reader would say of a photograph.
#[derive(Clone, Debug, Serialize)]
pub struct Truth {
    pub kind: Kind,
    pub side: Side,
    pub difficulty: Difficulty,
    pub seed: u64,
    pub format: Format,
    /// The machine-readable lines in the picture; empty on the front of an ID card.
    pub mrz: Vec<String>,
    pub document_number: String,
    pub person: Person,
    /// Upper left, upper right, lower right and lower left corner of the page in pixels, as the page is read: with a
    /// quarter turn the first is not the upper left one of the picture.
    pub corners: [[f32; 2]; 4],
    /// The same of the box around the machine-readable characters.
    pub machine_zone: Option<[[f32; 2]; 4]>,
    /// Clockwise turns of the page in the picture, 0 to 3.
    pub quarter_turns: u8,
    /// Height in pixels of the smallest capital letter of the machine-readable zone.
    pub letter_px: f32,
    pub width: u32,
    pub height: u32,
}

/// Photographs a page in one of the frames that cameras and browsers deliver, 1280×960 to 1920×1440, lying or
/// standing.
pub fn photograph(page: &Page, difficulty: Difficulty, seed: u64) -> Photograph {
    const FRAMES: [(u32, u32); 6] =
        [(1280, 960), (1280, 960), (1600, 1200), (1440, 1080), (960, 1280), (1920, 1440)];
    let frame = *Dice::new(seed, "frame").pick(&FRAMES);
    photograph_in(page, difficulty, seed, frame)
}

/// Photographs a page in a frame of the given width and height, for instance (4000, 3000) for 12 megapixels.
pub fn photograph_in(page: &Page, difficulty: Difficulty, seed: u64, frame: (u32, u32)) -> Photograph {
    let ranges = difficulty.ranges();
    let mut dice = Dice::new(seed, "photograph");
    let setting = Setting::draw(page, frame, &ranges, &mut dice);
    let film = setting.expose(page, setting.pose, frame);
    let noise = dice.between(ranges.noise.0, ranges.noise.1);
    let image = film.develop(noise, &mut dice);
    let quality = dice.between(ranges.jpeg_quality.0, ranges.jpeg_quality.1);
    let jpeg = compress(&image, quality as u8);
    Photograph { image: decompress(&jpeg), jpeg, truth: truth(page, setting.pose, difficulty, seed, frame) }
}

/// A camera's view of a page in a hand that is nearly still: frames of one easy photograph, each a little later.
pub(crate) fn sequence(page: &Page, seed: u64, frame: (u32, u32), count: u32) -> Vec<RgbImage> {
    let ranges = Difficulty::Easy.ranges();
    let mut dice = Dice::new(seed, "sequence");
    let setting = Setting::draw(page, frame, &ranges, &mut dice);
    let phases: [f32; 4] = std::array::from_fn(|_| dice.between(0.0, std::f32::consts::TAU));
    (0..count)
        .map(|index| {
            // Whole periods over the clip, because the fake camera plays it in a loop.
            let turn = std::f32::consts::TAU * index as f32 / count as f32;
            let pose = setting.pose.swayed(phases.map(|phase| (turn + phase).sin()));
            setting.expose(page, pose, frame).develop(ranges.noise.0, &mut dice)
        })
        .collect()
}

/// Everything about a photograph but the page.
struct Setting {
    pose: Pose,
    scene: Scene,
    placing: Placing,
    light: Light,
    focus_blur: f32,
    motion_blur: f32,
    motion_angle: f32,
}

impl Setting {
    fn draw(page: &Page, frame: (u32, u32), ranges: &Ranges, dice: &mut Dice) -> Setting {
        let pose = Pose::draw(page, frame, ranges, dice);
        let letter = pose.least_letter_px(page);
        Setting {
            pose,
            scene: Scene::draw(dice),
            placing: Placing::draw(page, ranges, dice),
            light: Light::draw(ranges, dice),
            focus_blur: letter * dice.between(ranges.focus_blur.0, ranges.focus_blur.1),
            motion_blur: letter * dice.between(ranges.motion_blur.0, ranges.motion_blur.1),
            motion_angle: dice.between(0.0, std::f32::consts::PI),
        }
    }

    fn expose(&self, page: &Page, pose: Pose, frame: (u32, u32)) -> Film {
        let mut film = Film::new(frame);
        self.scene.fill(&mut film);
        self.placing.lay(page, pose, &mut film);
        self.light.fall_on(&mut film);
        lens::defocus(&mut film, self.focus_blur);
        lens::shake(&mut film, self.motion_blur, self.motion_angle);
        film
    }
}

fn truth(page: &Page, pose: Pose, difficulty: Difficulty, seed: u64, frame: (u32, u32)) -> Truth {
    let in_mm = |zone: [f32; 4]| zone.map(|dot| dot / DOTS_PER_MM);
    Truth {
        kind: page.kind,
        side: page.side,
        difficulty,
        seed,
        format: page.kind.format(),
        mrz: page.mrz.clone(),
        document_number: page.document_number.clone(),
        person: page.person.clone(),
        corners: pose.corners(),
        machine_zone: page.machine_zone.map(|zone| pose.quadrilateral(in_mm(zone))),
        quarter_turns: pose.quarter_turns,
        letter_px: pose.least_letter_px(page),
        width: frame.0,
        height: frame.1,
    }
}

pub(crate) fn compress(image: &RgbImage, quality: u8) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let written = JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(image);
    written.expect("writing to memory does not fail and the frame is small enough for JPEG");
    jpeg
}

pub(crate) fn decompress(jpeg: &[u8]) -> RgbImage {
    let reader = ImageReader::with_format(Cursor::new(jpeg), image::ImageFormat::Jpeg);
    reader.decode().expect("the encoder wrote a whole JPEG").into_rgb8()
}

#[cfg(test)]
mod tests;
