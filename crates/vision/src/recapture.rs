//! Traces of a document that is not the original: shown on a screen, printed on paper, with another portrait glued on or
//! a field written anew.
//!
//! The weights are fitted to synthetic attacks (`specimen`), which carry the traces that a physical attack leaves only as
//! far as arithmetic makes them. A high score is no proof of an original.

mod seams;
mod spectrum;
mod surface;
mod weights;

use crate::document::Outline;
use image::RgbImage;
use serde::Serialize;

/// Scores from 0 (an attack) to 100 (nothing that speaks against an original); none where the picture is too small or the
/// part in question is not there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Cues {
    pub screen_replay: Option<f32>,
    pub printed_copy: Option<f32>,
    pub portrait_replaced: Option<f32>,
    pub edited_field: Option<f32>,
}

/// Left, top, right and bottom as fractions of the document's width and height.
pub type Place = [f32; 4];

/// Measures a document.
///
/// `flat` is what [`crate::document::flatten`] makes of `outline` in `picture`; `portrait` and `fields` (the printed
/// values) are places on it.
pub fn measure(
    picture: &RgbImage,
    outline: &Outline,
    flat: &RgbImage,
    portrait: Option<Place>,
    fields: &[Place],
) -> Cues {
    let medium = medium(picture, outline, flat);
    Cues {
        screen_replay: medium.map(|medium| 100.0 * (1.0 - weights::screen(&medium))),
        printed_copy: medium.map(|medium| 100.0 * (1.0 - weights::print(&medium))),
        portrait_replaced: portrait
            .and_then(|place| seams::portrait(flat, place))
            .map(|seams| 100.0 * (1.0 - weights::portrait(&seams))),
        edited_field: fields
            .iter()
            .filter_map(|place| seams::field(flat, *place))
            .map(|seams| 100.0 * (1.0 - weights::field(&seams)))
            .reduce(f32::min),
    }
}

/// What the weights of screens and prints are fitted to.
#[doc(hidden)]
pub fn medium(picture: &RgbImage, outline: &Outline, flat: &RgbImage) -> Option<[f32; MEDIUM]> {
    let spectrum = spectrum::measure(picture, &outline.corners)?;
    let surface = surface::measure(picture, &outline.corners, flat);
    let mut all = [0.0; MEDIUM];
    all.iter_mut().zip(spectrum.into_iter().chain(surface)).for_each(|(value, measured)| *value = measured);
    Some(all)
}

#[doc(hidden)]
pub use seams::{field as field_seams, portrait as portrait_seams};

pub(crate) const MEDIUM: usize = spectrum::MEASURES + surface::MEASURES;
