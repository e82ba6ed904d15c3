//! The picture that is kept: upright, no larger than needed, and free of everything but pixels.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ImageError, RgbImage};

use crate::decode::Decoded;

/// Longer side of a stored document picture in pixels: enough to read the smallest print of a page again.
pub const STORED_SIDE: u32 = 2400;

const QUALITY: u8 = 88;

impl Decoded {
    /// The picture as a JPEG with its longer side at most `longest` pixels. EXIF data does not survive: it can hold
    /// where the picture was taken.
    pub fn upright_jpeg(&self, longest: u32) -> Result<Vec<u8>, ImageError> {
        encode(&self.shrunk(longest))
    }

    /// A part of the picture as a JPEG, cut to what lies inside the picture.
    pub fn crop_jpeg(&self, (x, y): (u32, u32), (width, height): (u32, u32)) -> Result<Vec<u8>, ImageError> {
        encode(&image::imageops::crop_imm(&self.pixels, x, y, width, height).to_image())
    }

    fn shrunk(&self, longest: u32) -> std::borrow::Cow<'_, RgbImage> {
        let side = self.width().max(self.height());
        if side <= longest {
            return std::borrow::Cow::Borrowed(&self.pixels);
        }
        let scaled = |length: u32| ((u64::from(length) * u64::from(longest) / u64::from(side)) as u32).max(1);
        let (width, height) = (scaled(self.width()), scaled(self.height()));
        std::borrow::Cow::Owned(image::imageops::resize(&self.pixels, width, height, FilterType::Triangle))
    }
}

fn encode(pixels: &RgbImage) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(pixels)?;
    Ok(bytes)
}
