//! Photographs as people make them: any surface, any turn, leaning, cut off, blurred, with a thumb in the picture.

mod distortion;
mod laying;
mod truth;

use crate::canvas::Colour;
use crate::dice::Dice;
use crate::difficulty::{Difficulty, Ranges};
use crate::photograph::film::Film;
use crate::photograph::light::Light;
use crate::photograph::pose::{Angles, Pose};
use crate::photograph::scene::{Background, Scene};
use crate::photograph::{compress, decompress, lens};
use crate::sheet::Sheet;
pub use distortion::{Distortion, UnknownDistortion};
use image::RgbImage;
use laying::Laying;
pub use truth::{Applied, CaptureTruth, Obstruction, Seen};

/// How to photograph. The default is a good photograph on a surface that chance picks.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// What is wrong with the photograph, each with a strength from 0 to 1.
    pub distortions: Vec<(Distortion, f32)>,
    /// What the documents lie on; any if not said.
    pub background: Option<Background>,
    /// Width and height; one of the usual frames of cameras if not said. At least 64 by 64.
    pub frame: Option<(u32, u32)>,
}

impl Conditions {
    /// What chance brings: any turn of the document, any surface, and up to four distortions of any strength.
    pub fn any(seed: u64) -> Conditions {
        let mut dice = Dice::new(seed, "conditions");
        let mut distortions = vec![(Distortion::Rotation, dice.between(0.0, 1.0))];
        for _ in 0..dice.whole(0, 4) {
            let distortion = *dice.pick(&Distortion::ALL);
            if distortions.iter().all(|(known, _)| *known != distortion) {
                // Most of what goes wrong goes wrong a little.
                let strength = dice.between(0.2, 1.0);
                distortions.push((distortion, strength * strength));
            }
        }
        Conditions { distortions, background: None, frame: None }
    }

    /// What the levels of difficulty mean here: nothing wrong, an everyday photograph, a careless one.
    pub fn of(difficulty: Difficulty) -> Conditions {
        let distortions = match difficulty {
            Difficulty::Easy => Vec::new(),
            Difficulty::Medium => vec![
                (Distortion::Rotation, 0.05),
                (Distortion::Tilt, 0.35),
                (Distortion::Shadow, 0.3),
                (Distortion::Noise, 0.1),
                (Distortion::FocusBlur, 0.08),
                (Distortion::Compression, 0.2),
            ],
            Difficulty::Hard => vec![
                (Distortion::Rotation, 0.11),
                (Distortion::Tilt, 0.65),
                (Distortion::Shadow, 0.6),
                (Distortion::Noise, 0.2),
                (Distortion::FocusBlur, 0.16),
                (Distortion::MotionBlur, 0.1),
                (Distortion::Compression, 0.45),
                (Distortion::Glare, 0.4),
            ],
        };
        Conditions { distortions, background: None, frame: None }
    }

    /// How strong a distortion is; 0 if it was not asked for.
    pub(crate) fn strength(&self, distortion: Distortion) -> f32 {
        let asked = self.distortions.iter().find(|(known, _)| *known == distortion);
        asked.map_or(0.0, |(_, strength)| strength.clamp(0.0, 1.0))
    }
}

/// A photograph of no, one or several sheets.
#[derive(Clone, Debug)]
pub struct Capture {
    /// The pixels that a reader of `jpeg` gets.
    pub image: RgbImage,
    /// Baseline JPEG without EXIF.
    pub jpeg: Vec<u8>,
    pub truth: CaptureTruth,
}

/// Photographs the sheets side by side, or the bare table if there is none. The same arguments give the same bytes.
pub fn capture(sheets: &[&Sheet], conditions: &Conditions, seed: u64) -> Capture {
    let mut dice = Dice::new(seed, "capture");
    let frame = frame(conditions, &mut dice);
    let background = conditions.background.unwrap_or_else(|| *dice.pick(&Background::ALL));
    let background =
        if conditions.strength(Distortion::LowContrast) > 0.0 { Background::LikePaper } else { background };
    let paper = sheets.first().map_or([235.0; 3], |sheet| mean(&sheet.image));
    let scene = Scene::on(background, paper, &mut dice);
    let mut film = Film::new(frame);
    scene.fill(&mut film);
    let mut documents = Vec::new();
    let mut scale = f32::from(u16::try_from(frame.0.max(frame.1)).unwrap_or(u16::MAX)) / 120.0;
    for (index, sheet) in sheets.iter().enumerate() {
        let pose = pose(sheet, conditions, window(frame, index, sheets.len()), &mut dice);
        let laying = Laying::draw(sheet, conditions, &mut dice);
        laying.lay(sheet, pose, &mut film);
        documents.push(truth::seen(sheet, pose, &laying, frame));
        scale = pose.scale;
    }
    let ranges = ranges(conditions);
    Light::draw(&ranges, &mut dice).fall_on(&mut film);
    blur(&mut film, conditions, scale, &mut dice);
    let noise = dice.between(ranges.noise.0, ranges.noise.1);
    let image = film.develop(noise, &mut dice);
    let quality = dice.between(ranges.jpeg_quality.0, ranges.jpeg_quality.1);
    let jpeg = compress(&image, quality as u8);
    let truth = CaptureTruth {
        seed,
        width: frame.0,
        height: frame.1,
        background,
        distortions: conditions
            .distortions
            .iter()
            .map(|(distortion, strength)| Applied { name: *distortion, strength: *strength })
            .collect(),
        documents,
    };
    Capture { image: decompress(&jpeg), jpeg, truth }
}

fn frame(conditions: &Conditions, dice: &mut Dice) -> (u32, u32) {
    const FRAMES: [(u32, u32); 6] =
        [(1280, 960), (960, 1280), (1600, 1200), (1440, 1080), (1080, 1440), (1280, 720)];
    let frame = conditions.frame.unwrap_or_else(|| *dice.pick(&FRAMES));
    // A poor camera: down to a fifth of the pixels each way.
    let share = 1.0 - 0.8 * conditions.strength(Distortion::LowResolution);
    let side = |length: u32| ((length as f32 * share) as u32).clamp(64, 8192);
    (side(frame.0), side(frame.1))
}

/// The part of the frame for one of several documents, as left, top, width and height.
fn window(frame: (u32, u32), index: usize, count: usize) -> [f32; 4] {
    let (width, height, count) = (frame.0 as f32, frame.1 as f32, count.max(1) as f32);
    let index = index as f32;
    if width > height {
        [width / count * index, 0.0, width / count, height]
    } else {
        [0.0, height / count * index, width, height / count]
    }
}

fn pose(sheet: &Sheet, conditions: &Conditions, window: [f32; 4], dice: &mut Dice) -> Pose {
    let either = |dice: &mut Dice| if dice.chance(0.5) { 1.0 } else { -1.0 };
    let turn = 180.0 * conditions.strength(Distortion::Rotation) * either(dice) + dice.between(-3.0, 3.0);
    let lean = 35.0 * conditions.strength(Distortion::Tilt) + dice.between(0.0, 3.0);
    let towards = dice.between(0.0, std::f32::consts::TAU);
    let angles = Angles {
        rotation: turn.to_radians(),
        pitch: (lean * towards.cos()).to_radians(),
        yaw: (lean * towards.sin()).to_radians(),
        distance: dice.between(1.8, 3.2),
    };
    let far = conditions.strength(Distortion::Far);
    let cut = conditions.strength(Distortion::CutOff);
    let fill = dice.between(0.72, 0.94) * (1.0 - 0.75 * far) * (1.0 + 0.5 * cut);
    let spare = (1.0 - fill).max(0.0) * 0.42;
    let mut shift = (dice.between(-spare, spare), dice.between(-spare, spare));
    if cut > 0.0 {
        // Over one side of the picture, or one corner.
        let (side_x, side_y) = (either(dice), either(dice));
        let over = (1.0 - fill) / 2.0 + fill * (0.06 + 0.4 * cut);
        let corner = dice.chance(0.3);
        let across = dice.chance(0.5);
        if corner || across {
            shift.0 = side_x * over;
        }
        if corner || !across {
            shift.1 = side_y * over;
        }
    }
    Pose::told((sheet.width_mm, sheet.height_mm), angles, window, fill, shift)
}

/// Light, sensor and file, in the terms of the difficulty levels.
fn ranges(conditions: &Conditions) -> Ranges {
    let (dark, bright) = (conditions.strength(Distortion::Dark), conditions.strength(Distortion::Bright));
    let shadow = conditions.strength(Distortion::Shadow);
    let gain = (1.0 - 0.88 * dark) * (1.0 + 1.4 * bright);
    let noise = 1.0 + 4.0 * dark + 28.0 * conditions.strength(Distortion::Noise);
    let quality = 92.0 - 84.0 * conditions.strength(Distortion::Compression);
    Ranges {
        exposure: (gain * 0.94, gain * 1.04),
        falloff: (0.0, 0.2 + 0.5 * shadow),
        white_balance: 0.06,
        cast_shadow: if shadow > 0.0 { 1.0 } else { 0.0 },
        noise: (noise * 0.8, noise * 1.2),
        jpeg_quality: (quality - 2.0, quality + 2.0),
        ..Difficulty::Easy.ranges()
    }
}

fn blur(film: &mut Film, conditions: &Conditions, pixels_per_mm: f32, dice: &mut Dice) {
    // Print of documents is about two millimetres high: half of that smears it beyond reading.
    let focus = 0.06 + 0.9 * conditions.strength(Distortion::FocusBlur);
    let motion = 0.04 + 3.0 * conditions.strength(Distortion::MotionBlur);
    lens::defocus(film, (focus * pixels_per_mm).min(16.0));
    lens::shake(film, (motion * pixels_per_mm).min(48.0), dice.between(0.0, std::f32::consts::PI));
}

/// The mean colour of a page, by every 37th dot.
fn mean(image: &RgbImage) -> Colour {
    let pixels = image.as_raw().as_chunks::<3>().0;
    let (mut sum, mut count) = ([0.0_f32; 3], 0.0_f32);
    for pixel in pixels.iter().step_by(37) {
        sum = std::array::from_fn(|channel| sum[channel] + f32::from(pixel[channel]));
        count += 1.0;
    }
    sum.map(|total| total / count.max(1.0))
}

#[cfg(test)]
mod tests;
