//! Whether a line stands on its head.

use image::RgbImage;
use image::imageops::{self, FilterType};
use rten::Model;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::crop::{self, HEIGHT};
use crate::workers::Workers;

/// Width of the network's input; shorter lines are padded, longer ones squeezed.
const WIDTH: u32 = 192;
/// The network must be this sure to turn a line.
const SURE: f32 = 0.9;

pub(super) fn is_upside_down(model: &Model, workers: &Workers, strip: &RgbImage) -> bool {
    let squeezed;
    let strip = if strip.width() > WIDTH {
        squeezed = imageops::resize(strip, WIDTH, HEIGHT, FilterType::Triangle);
        &squeezed
    } else {
        strip
    };
    let input = NdTensor::from_data([1, 3, HEIGHT as usize, WIDTH as usize], crop::planes(strip, WIDTH));
    let output = workers.run(|options| model.run_one(input.into(), Some(options)));
    let scores: Option<NdTensor<f32, 2>> = output.ok().and_then(|value| value.try_into().ok());
    scores.is_some_and(|scores| scores.shape() == [1, 2] && scores[[0, 1]] > SURE)
}
