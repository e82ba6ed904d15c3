//! What can be wrong with a photograph, by name.

use serde::Serialize;
use std::str::FromStr;

/// A way in which a photograph is worse than a good one. What a strength from 0 to 1 means is said with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distortion {
    /// The document is turned within the picture: by up to 180° either way.
    Rotation,
    /// The camera leans: by up to 35°, in any direction.
    Tilt,
    /// The document is larger and partly outside the picture: by 6 to 46 % of its extent.
    CutOff,
    /// A lamp is mirrored over a printed field: from a haze to a hole.
    Glare,
    /// A thumb over an edge: reaching 4 to 26 mm into a card, further into larger pages.
    Thumb,
    /// Too little light: down to an eighth, with the noise that comes with it.
    Dark,
    /// Too much: up to two and a half times, which leaves white paper without print.
    Bright,
    /// A shaken camera: up to 3 mm on the document.
    MotionBlur,
    /// Out of focus: a blur of up to 0.9 mm deviation on the document.
    FocusBlur,
    /// Fewer pixels: down to a fifth each way.
    LowResolution,
    /// The page is bent: by up to 8 % of its width.
    Curve,
    /// The surface has nearly the colour of the document, at any strength.
    LowContrast,
    /// Sensor noise: up to a deviation of about 29 levels.
    Noise,
    /// JPEG quality: down to about 8.
    Compression,
    /// The shadow of a hand or telephone.
    Shadow,
    /// The document is small in the picture: down to a fifth of its extent.
    Far,
}

/// The word is no [`Distortion`].
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown distortion; known are {}", Distortion::ALL.map(Distortion::name).join(", "))]
pub struct UnknownDistortion;

impl Distortion {
    pub const ALL: [Distortion; 16] = [
        Distortion::Rotation,
        Distortion::Tilt,
        Distortion::CutOff,
        Distortion::Glare,
        Distortion::Thumb,
        Distortion::Dark,
        Distortion::Bright,
        Distortion::MotionBlur,
        Distortion::FocusBlur,
        Distortion::LowResolution,
        Distortion::Curve,
        Distortion::LowContrast,
        Distortion::Noise,
        Distortion::Compression,
        Distortion::Shadow,
        Distortion::Far,
    ];

    /// As written on the command line and in truth files.
    pub fn name(self) -> &'static str {
        match self {
            Distortion::Rotation => "rotation",
            Distortion::Tilt => "tilt",
            Distortion::CutOff => "cut-off",
            Distortion::Glare => "glare",
            Distortion::Thumb => "thumb",
            Distortion::Dark => "dark",
            Distortion::Bright => "bright",
            Distortion::MotionBlur => "motion-blur",
            Distortion::FocusBlur => "focus-blur",
            Distortion::LowResolution => "low-resolution",
            Distortion::Curve => "curve",
            Distortion::LowContrast => "low-contrast",
            Distortion::Noise => "noise",
            Distortion::Compression => "compression",
            Distortion::Shadow => "shadow",
            Distortion::Far => "far",
        }
    }
}

impl FromStr for Distortion {
    type Err = UnknownDistortion;

    fn from_str(name: &str) -> Result<Distortion, UnknownDistortion> {
        Distortion::ALL.into_iter().find(|distortion| distortion.name() == name).ok_or(UnknownDistortion)
    }
}
