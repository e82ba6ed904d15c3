//! Clips for a browser's fake camera, in YUV4MPEG2.

use crate::document::Page;
use crate::photograph::sequence;
use image::RgbImage;

/// Width and height of a camera clip.
pub const CLIP_SIZE: (u32, u32) = (1280, 720);

/// The sides of the pictures are not all the same, or not even, or there is no picture.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a clip needs at least one picture, and all of one size with even sides")]
pub struct Unfilmable;

/// A clip of `page` held before a camera, with the small motion of a hand, as a Y4M file of 1280×720. Six to ten
/// frames are enough: the fake camera plays the file in a loop, and the motion closes. 1.4 MB for each frame.
pub fn camera_clip(page: &Page, frames: u32, seed: u64) -> Vec<u8> {
    let pictures = sequence(page, seed, CLIP_SIZE, frames.max(1));
    y4m(&pictures, 10).expect("the frames have one even size")
}

/// Writes pictures as a Y4M file with `rate` frames a second.
///
/// Chromium's fake camera takes 4:2:0 with even sides only and reads it as BT.601 in limited range (luma 16 to 235)
/// whatever the header says.
pub fn y4m(pictures: &[RgbImage], rate: u32) -> Result<Vec<u8>, Unfilmable> {
    let size = pictures.first().ok_or(Unfilmable)?.dimensions();
    let (width, height) = size;
    if width % 2 + height % 2 != 0 || pictures.iter().any(|picture| picture.dimensions() != size) {
        return Err(Unfilmable);
    }
    let mut file = format!("YUV4MPEG2 W{width} H{height} F{rate}:1 Ip A1:1 C420jpeg\n").into_bytes();
    for picture in pictures {
        file.extend_from_slice(b"FRAME\n");
        planes(picture, &mut file);
    }
    Ok(file)
}

fn planes(picture: &RgbImage, file: &mut Vec<u8>) {
    let weigh = |pixel: [f32; 3], offset: f32, weights: [f32; 3]| {
        let sum: f32 = pixel.iter().zip(weights).map(|(value, weight)| value * weight).sum();
        (offset + sum / 255.0 + 0.5) as u8
    };
    let pixel = |x: u32, y: u32| picture.get_pixel(x, y).0.map(f32::from);
    for (x, y) in positions(picture, 1) {
        file.push(weigh(pixel(x, y), 16.0, [65.481, 128.553, 24.966]));
    }
    let mean = |x: u32, y: u32| {
        let four = [pixel(x, y), pixel(x + 1, y), pixel(x, y + 1), pixel(x + 1, y + 1)];
        std::array::from_fn(|channel| four.iter().map(|pixel| pixel[channel]).sum::<f32>() / 4.0)
    };
    for weights in [[-37.797, -74.203, 112.0], [112.0, -93.786, -18.214]] {
        for (x, y) in positions(picture, 2) {
            file.push(weigh(mean(x, y), 128.0, weights));
        }
    }
}

/// Every `step`-th pixel of every `step`-th row.
fn positions(picture: &RgbImage, step: u32) -> impl Iterator<Item = (u32, u32)> {
    let (width, height) = picture.dimensions();
    (0..height / step).flat_map(move |row| (0..width / step).map(move |column| (column * step, row * step)))
}

#[cfg(test)]
mod tests {
    use super::{Unfilmable, y4m};
    use image::{Rgb, RgbImage};

    #[test]
    fn a_clip_has_the_header_and_size_that_the_fake_camera_takes() {
        let picture = RgbImage::from_pixel(6, 4, Rgb([255, 255, 255]));
        let clip = y4m(&[picture.clone(), picture], 10).unwrap();
        let header = b"YUV4MPEG2 W6 H4 F10:1 Ip A1:1 C420jpeg\n";
        assert_eq!(&clip[..header.len()], header);
        assert_eq!(clip.len(), header.len() + 2 * (6 + 24 + 12));
    }

    #[test]
    fn colours_are_written_as_bt_601_in_limited_range() {
        let planes = |colour| y4m(&[RgbImage::from_pixel(2, 2, Rgb(colour))], 1).unwrap().split_off(44);
        for (colour, [y, u, v]) in [
            ([0, 0, 0], [16, 128, 128]),
            ([255, 255, 255], [235, 128, 128]),
            ([255, 0, 0], [81, 90, 240]),
            ([0, 0, 255], [41, 240, 110]),
        ] {
            assert_eq!(planes(colour), [y, y, y, y, u, v], "{colour:?}");
        }
    }

    #[test]
    fn odd_sides_different_sizes_and_an_empty_clip_are_refused() {
        let of = |width, height| RgbImage::new(width, height);
        assert_eq!(y4m(&[], 10), Err(Unfilmable));
        assert_eq!(y4m(&[of(5, 4)], 10), Err(Unfilmable));
        assert_eq!(y4m(&[of(4, 5)], 10), Err(Unfilmable));
        assert_eq!(y4m(&[of(4, 4), of(6, 4)], 10), Err(Unfilmable));
    }
}
