//! From what is measured to how likely an attack is. Made by `training/recapture/train.py`.
#![expect(clippy::unreadable_literal, reason = "fitted numbers")]

use super::MEDIUM;
use super::seams::{FIELD, PORTRAIT};

pub(super) fn screen(measures: &[f32; MEDIUM]) -> f32 {
    logistic(
        measures,
        &[
            0.27246, 0.040743, 0.28261, 0.13615, 0.36154, 0.52098, 0.52461, 1.4802, -1.6711, 0.95723, 4.3902,
            0.37637, 0.64914, 0.54224, -0.7033, 0.96582, -0.69484, 1.7782,
        ],
        -0.20722,
    )
}

pub(super) fn print(measures: &[f32; MEDIUM]) -> f32 {
    logistic(
        measures,
        &[
            -0.11084, -0.073149, 0.09087, 0.15953, -0.099815, 0.78706, -0.032472, 0.38326, 1.9601, -0.96429,
            -5.342, -3.2642, 0.44452, 0.48652, 2.9554, -1.2787, 1.049, 2.8102,
        ],
        -0.91339,
    )
}

pub(super) fn portrait(measures: &[f32; PORTRAIT]) -> f32 {
    logistic(measures, &[1.9452, 2.3408, 0.88688, 1.1457, 39.482, 22.717], -7.8719)
}

pub(super) fn field(measures: &[f32; FIELD]) -> f32 {
    logistic(measures, &[-6.8513, 2.8147, -1.6567, -2.0319], -2.4603)
}

fn logistic(measures: &[f32], weights: &[f32], offset: f32) -> f32 {
    let sum: f32 = measures.iter().zip(weights).map(|(measure, weight)| measure * weight).sum();
    1.0 / (1.0 + (-(sum + offset)).exp())
}
