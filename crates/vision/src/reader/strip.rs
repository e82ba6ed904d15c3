//! From a strip of any size to the network's input: 32 rows, a multiple of 4 columns, zero mean and unit spread.

use image::GrayImage;
use image::imageops::{self, FilterType};
use rten_tensor::NdTensor;

const ROWS: u32 = 32;
const MIN_COLUMNS: u32 = 64;
/// A line of 44 characters at the widest pitch with generous margins; longer strips are squeezed.
const MAX_COLUMNS: u32 = 1600;

/// What the network takes: `[1, 1, 32, columns]`.
pub(super) struct Input {
    pub(super) tensor: NdTensor<f32, 4>,
}

/// The rows of the strip to look at and how much to squeeze or stretch it along the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    top: f32,
    bottom: f32,
    stretch: f32,
}

impl Window {
    /// The strip as it is.
    pub(super) fn whole(strip: &GrayImage) -> Self {
        Self { top: 0.0, bottom: strip.height() as f32, stretch: 1.0 }
    }

    /// Other looks at a strip that was not read well: letters larger, letters spaced for the network's comfort.
    /// `pitch` is the distance between characters found so far relative to that comfort.
    pub(super) fn alternatives(strip: &GrayImage, pitch: Option<f32>) -> Vec<Self> {
        let height = strip.height() as f32;
        let stretch = pitch.map_or(1.0, |pitch| (1.0 / pitch).clamp(0.6, 1.7));
        let mut windows =
            vec![Self { top: height * 0.12, bottom: height * 0.88, stretch: (stretch * 0.9).min(1.0) }];
        if !(0.95..1.05).contains(&stretch) {
            windows.push(Self { stretch, ..Self::whole(strip) });
        }
        windows
    }

    /// The pixels of this window as the network wants them.
    pub(super) fn input(self, strip: &GrayImage) -> Input {
        let top = (self.top.round().max(0.0) as u32).min(strip.height() - 1);
        let rows = ((self.bottom.round() as u32).clamp(top + 1, strip.height())) - top;
        let scale = ROWS as f32 / rows as f32 * self.stretch;
        let columns =
            (strip.width() as f32 * scale).round().clamp(MIN_COLUMNS as f32, MAX_COLUMNS as f32) as u32;
        let columns = columns.next_multiple_of(4);
        let sized = if strip.height() == rows
            && rows == ROWS
            && (strip.width()..strip.width() + 4).contains(&columns)
        {
            padded(strip, columns)
        } else {
            let view = imageops::crop_imm(strip, 0, top, strip.width(), rows).to_image();
            imageops::resize(&view, columns, ROWS, FilterType::Triangle)
        };
        Input { tensor: NdTensor::from_data([1, 1, ROWS as usize, columns as usize], standardised(&sized)) }
    }
}

/// The strip with its last column repeated up to a width that the network can take.
fn padded(strip: &GrayImage, columns: u32) -> GrayImage {
    GrayImage::from_fn(columns, ROWS, |x, y| *strip.get_pixel(x.min(strip.width() - 1), y))
}

/// Grey levels with the strip's mean taken off, in units of its standard deviation, within ±4.
fn standardised(strip: &GrayImage) -> Vec<f32> {
    let pixels = strip.as_raw();
    let count = pixels.len() as f32;
    let mean = pixels.iter().map(|&v| f32::from(v)).sum::<f32>() / count;
    let variance = pixels.iter().map(|&v| (f32::from(v) - mean).powi(2)).sum::<f32>() / count;
    // 4 grey levels of noise must not be blown up into writing
    let unit = variance.sqrt() + 4.0;
    pixels.iter().map(|&v| ((f32::from(v) - mean) / unit).clamp(-4.0, 4.0)).collect()
}
