//! How many pixels a picture may have so that its decoding stays within 256 MiB, whatever the format.

use image::ExtendedColorType;

use super::{PictureKind, jpeg};

/// 256 MiB less the file itself and what the process needs anyway.
const BUDGET: u64 = 245_000_000;

/// Bytes per pixel at the worst moment: the decoder's own, its output, and the upright copy in eight-bit RGB.
pub(super) fn most_pixels(kind: PictureKind, bytes: &[u8], colour: ExtendedColorType) -> u64 {
    let output = u64::from(colour.bits_per_pixel()).div_ceil(8).max(1);
    let per_pixel = match kind {
        // A progressive file is kept as coefficients of two bytes until its last scan.
        PictureKind::Jpeg => jpeg::coefficient_bytes(bytes).map_or(6, |kept| kept + 3).max(6),
        PictureKind::Png => (output + 3).max(6),
        // Strips and tiles are decoded whole, then put together.
        PictureKind::Tiff => 2 * output + 3,
        // Planes or ARGB, the canvas of an animation, the output.
        PictureKind::WebP => 12,
    };
    BUDGET / per_pixel
}
