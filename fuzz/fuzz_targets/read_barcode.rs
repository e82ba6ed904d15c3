//! Any picture has barcodes or none: nothing may panic, hang or answer without a payload.

#![no_main]

use image::{Rgb, RgbImage};
use libfuzzer_sys::fuzz_target;
use vision::barcode::{Symbology, read};

fuzz_target!(|input: (u8, u8, &[u8])| {
    let (width, scale, bits) = (u32::from(input.0 % 90) + 8, u32::from(input.1 % 4) + 1, input.2);
    let height = (bits.len() as u32 * 8 / width).clamp(8, 120);
    // One bit per module, so that bars and finder patterns are within reach of a mutation.
    let dark = |x: u32, y: u32| {
        let at = (y / scale * width + x / scale) as usize;
        bits.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
    };
    let picture = RgbImage::from_fn(width * scale, height * scale, |x, y| {
        Rgb([if dark(x, y) { 30 } else { 220 }; 3])
    });
    for barcode in read(&picture, &Symbology::ALL) {
        assert!(!barcode.bytes.is_empty());
    }
});
