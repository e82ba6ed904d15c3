//! How hard a photograph is to read, as numbers.

use serde::Serialize;
use std::str::FromStr;

/// Three levels of photographs. [`Difficulty::ranges`] states each in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Difficulty {
    /// A careful photograph: the page nearly straight, well lit, sharp.
    Easy,
    /// An everyday photograph: tilted, any of four quarter turns, uneven light, some blur and a reflection.
    Medium,
    /// A careless one that a patient person still reads: strong perspective, small print, cast shadows, blur, noise,
    /// heavy compression, a reflection that may touch the machine-readable zone.
    Hard,
}

/// From the least to the most.
pub type Range = (f32, f32);

/// What a level draws from, evenly within each range.
#[derive(Clone, Copy, Debug)]
pub struct Ranges {
    /// Rotation within the picture either way, on top of the quarter turn.
    pub rotation_degrees: f32,
    /// The camera leans away from upright by up to this much, in pitch and in yaw.
    pub lean_degrees: f32,
    /// Any of four quarter turns instead of upright only.
    pub quarter_turns: bool,
    /// Share of the frame that the page's bounding box spans in its tighter direction.
    pub fill: Range,
    /// No capital letter of the machine-readable zone is lower than this many pixels.
    pub least_letter_px: f32,
    /// Standard deviation of the focus blur, in heights of a machine-readable letter.
    pub focus_blur: Range,
    /// Length of the motion blur, in heights of a machine-readable letter.
    pub motion_blur: Range,
    /// Standard deviation of the sensor's noise in mid-grey, in levels of 255.
    pub noise: Range,
    /// JPEG quality.
    pub jpeg_quality: Range,
    /// Gain of the whole picture.
    pub exposure: Range,
    /// Loss of light from the brightest side of the picture to the darkest, as a share.
    pub falloff: Range,
    /// How far red and blue drift apart, as a share of each.
    pub white_balance: f32,
    /// Probability of the shadow of a hand or phone across the picture.
    pub cast_shadow: f32,
    /// Probability of a reflection on the page.
    pub glare: f32,
    /// The reflection may lie on the machine-readable zone, thinly.
    pub glare_on_zone: bool,
}

/// The word is not one of `easy`, `medium`, `hard`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown difficulty; known are easy, medium, hard")]
pub struct UnknownDifficulty;

impl Difficulty {
    pub const ALL: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

    pub fn name(self) -> &'static str {
        match self {
            Difficulty::Easy => "easy",
            Difficulty::Medium => "medium",
            Difficulty::Hard => "hard",
        }
    }

    pub const fn ranges(self) -> Ranges {
        match self {
            Difficulty::Easy => Ranges {
                rotation_degrees: 5.0,
                lean_degrees: 6.0,
                quarter_turns: false,
                fill: (0.78, 0.94),
                least_letter_px: 15.0,
                focus_blur: (0.01, 0.04),
                motion_blur: (0.0, 0.03),
                noise: (0.8, 2.5),
                jpeg_quality: (82.0, 95.0),
                exposure: (0.9, 1.06),
                falloff: (0.0, 0.15),
                white_balance: 0.04,
                cast_shadow: 0.0,
                glare: 0.15,
                glare_on_zone: false,
            },
            Difficulty::Medium => Ranges {
                rotation_degrees: 10.0,
                lean_degrees: 14.0,
                quarter_turns: true,
                fill: (0.66, 0.92),
                least_letter_px: 12.0,
                focus_blur: (0.03, 0.065),
                motion_blur: (0.0, 0.08),
                noise: (1.5, 5.0),
                jpeg_quality: (62.0, 90.0),
                exposure: (0.75, 1.1),
                falloff: (0.1, 0.35),
                white_balance: 0.09,
                cast_shadow: 0.3,
                glare: 0.4,
                glare_on_zone: false,
            },
            Difficulty::Hard => Ranges {
                rotation_degrees: 20.0,
                lean_degrees: 24.0,
                quarter_turns: true,
                fill: (0.5, 0.9),
                least_letter_px: 9.0,
                focus_blur: (0.045, 0.09),
                motion_blur: (0.0, 0.13),
                noise: (3.0, 8.0),
                jpeg_quality: (42.0, 75.0),
                exposure: (0.62, 1.15),
                falloff: (0.2, 0.5),
                white_balance: 0.14,
                cast_shadow: 0.5,
                glare: 0.6,
                glare_on_zone: true,
            },
        }
    }
}

impl FromStr for Difficulty {
    type Err = UnknownDifficulty;

    fn from_str(name: &str) -> Result<Difficulty, UnknownDifficulty> {
        Difficulty::ALL.into_iter().find(|level| level.name() == name).ok_or(UnknownDifficulty)
    }
}
