//! PDF417 and Code 128: found by the texture of their bars, cut out upright at several sizes, and read.

use image::GrayImage;

use super::library::{self, Threshold};
use super::patches::Texture;
use super::{Barcode, Symbology, keep};
use crate::geometry::Point;
use crate::pyramid::Pyramid;
use crate::quad;

/// Patches that are read.
const MOST_PATCHES: usize = 5;
/// Pixels of the cutting per pixel of the picture, in the order in which they are tried.
const ZOOMS: [f32; 3] = [1.5, 3.0, 0.75];
/// Sides of a cutting.
const SIZES: std::ops::RangeInclusive<f32> = 40.0..=4000.0;
const MOST_PIXELS: f32 = 4.0e6;

pub(super) fn read(pyramid: &Pyramid, wanted: &[Symbology], found: &mut Vec<Barcode>) {
    let texture = Texture::of(pyramid);
    for patch in texture.bars().into_iter().take(MOST_PATCHES) {
        if let Some(barcode) = read_patch(pyramid, patch.corners, wanted) {
            keep(found, barcode);
        }
    }
    if found.is_empty() {
        for barcode in whole(pyramid, wanted) {
            keep(found, barcode);
        }
    }
}

fn read_patch(pyramid: &Pyramid, corners: [Point; 4], wanted: &[Symbology]) -> Option<Barcode> {
    let (width, height) = quad::size(corners);
    for zoom in ZOOMS {
        let (width, height) = (width * zoom, height * zoom);
        if !SIZES.contains(&width) || !SIZES.contains(&height) || width * height > MOST_PIXELS {
            continue;
        }
        let cutting = quad::cut_grey(pyramid, corners, width as u32, height as u32)?;
        for picture in [stretched(&cutting), sharpened(&cutting, zoom)] {
            for threshold in [Threshold::Local, Threshold::Global] {
                for symbology in wanted {
                    if let Some(payload) = library::decode(&picture, *symbology, threshold) {
                        let (bytes, text) = (payload.bytes, payload.text);
                        return Some(Barcode { symbology: *symbology, bytes, text, corners });
                    }
                }
            }
        }
    }
    None
}

/// The picture as it is, for barcodes that fill it or that no patch was found for.
fn whole(pyramid: &Pyramid, wanted: &[Symbology]) -> Vec<Barcode> {
    let full = pyramid.full();
    let side = full.width().max(full.height());
    let (picture, step) = pyramid.resized(side.min(2400));
    let mut found = Vec::new();
    for symbology in wanted {
        let read = [Threshold::Local, Threshold::Global]
            .into_iter()
            .find_map(|threshold| library::decode(&picture, *symbology, threshold));
        if let Some(payload) = read {
            let corners = super::matrix::around(&payload.points, step);
            found.push(Barcode { symbology: *symbology, bytes: payload.bytes, text: payload.text, corners });
        }
    }
    found
}

/// The darkest and the brightest twentieth become black and white.
fn stretched(picture: &GrayImage) -> GrayImage {
    let mut histogram = [0usize; 256];
    for value in picture.as_raw() {
        histogram[usize::from(*value)] += 1;
    }
    let twentieth = picture.as_raw().len() / 20;
    let quantile = |mut levels: Box<dyn Iterator<Item = usize>>| {
        let mut seen = 0;
        levels.find(|level| {
            seen += histogram[*level];
            seen > twentieth
        })
    };
    let black = quantile(Box::new(0..256)).unwrap_or(0) as i32;
    let white = quantile(Box::new((0..256).rev())).unwrap_or(255) as i32;
    let range = (white - black).max(8);
    let mut result = picture.clone();
    for value in result.iter_mut() {
        *value = ((i32::from(*value) - black) * 255 / range).clamp(0, 255) as u8;
    }
    result
}

/// The picture minus half of its own blur: narrow bars come apart again.
fn sharpened(picture: &GrayImage, zoom: f32) -> GrayImage {
    let radius = (zoom * 1.5).round().max(1.0) as i32;
    let (width, height) = (picture.width() as i32, picture.height() as i32);
    let raw = picture.as_raw();
    let mut result = Vec::with_capacity(raw.len());
    for y in 0..height {
        let row = &raw[(y * width) as usize..][..width as usize];
        // Bars stand up: blurring across them is enough.
        let at = |x: i32| i32::from(row[x.clamp(0, width - 1) as usize]);
        let mut sum: i32 = (-radius..=radius).map(at).sum();
        for x in 0..width {
            let mean = sum / (2 * radius + 1);
            result.push((at(x) + (at(x) - mean) * 3 / 2).clamp(0, 255) as u8);
            sum += at(x + radius + 1) - at(x - radius);
        }
    }
    stretched(&GrayImage::from_raw(picture.width(), picture.height(), result).expect("one byte per pixel"))
}
