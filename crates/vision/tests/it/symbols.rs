//! Barcodes drawn by the library's own writer onto a printed card, and photographs of that card.

use image::{Rgb, RgbImage};
use rxing::pdf417::encoder::Dimensions;
use rxing::{EncodeHints, MultiFormatWriter, Writer};
use vision::barcode::Symbology;

/// A made-up licence (AAMVA DL/ID 2020 annex D): one subfile, the usual elements.
pub(crate) const LICENCE: &str = "@\n\u{1e}\rANSI 636000100002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\nDCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\nDBA12102028\nDBC1\nDAU068 in\nDAYBRO\nDAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \nDCF2424244747474786102204\nDCGUSA\nDCK123456789\nDDAF\nDDB06062018\nDDC06062020\nDDD1\rZVZVA01\r";

/// How a card is photographed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shot {
    /// Picture pixels per module, in the middle of the card.
    pub(crate) module: f32,
    pub(crate) rotation_degrees: f32,
    /// The camera leans sideways by this much.
    pub(crate) lean_degrees: f32,
    /// Standard deviation of the blur, in picture pixels.
    pub(crate) blur: f32,
    pub(crate) seed: u32,
}

/// Modules of a symbol, dark where true; bars are one row high except for PDF417, whose rows are three.
pub(crate) fn modules(symbology: Symbology, payload: &str) -> Vec<Vec<bool>> {
    let hints = EncodeHints {
        Margin: Some("0".to_owned()),
        Pdf417Dimensions: Some(Dimensions::new(8, 13, 3, 60)),
        ErrorCorrection: (symbology == Symbology::Pdf417).then(|| "3".to_owned()),
        ..EncodeHints::default()
    };
    let format = match symbology {
        Symbology::Pdf417 => rxing::BarcodeFormat::PDF_417,
        Symbology::Qr => rxing::BarcodeFormat::QR_CODE,
        Symbology::Aztec => rxing::BarcodeFormat::AZTEC,
        Symbology::DataMatrix => rxing::BarcodeFormat::DATA_MATRIX,
        Symbology::Code128 => rxing::BarcodeFormat::CODE_128,
    };
    // The writer takes the smallest size that fits, one pixel per module.
    let (width, height) = if symbology == Symbology::Pdf417 { (3, 1) } else { (1, 1) };
    let matrix = MultiFormatWriter
        .encode_with_hints(payload, &format, width, height, &hints)
        .expect("the payload fits the symbol");
    let row = |y: u32| (0..matrix.getWidth()).map(|x| matrix.get(x, y)).collect::<Vec<bool>>();
    let rows: Vec<Vec<bool>> = (0..matrix.getHeight()).map(row).collect();
    match symbology {
        // Drawn four modules high by the writer; three are usual on licences.
        Symbology::Pdf417 => {
            rows.into_iter().step_by(4).flat_map(|row| std::iter::repeat_n(row, 3)).collect()
        }
        Symbology::Code128 => std::iter::repeat_n(rows[0].clone(), 24).collect(),
        _ => rows,
    }
}

/// The card on a table. One unit of the card is one module.
pub(crate) fn photograph(symbol: &[Vec<bool>], shot: Shot) -> RgbImage {
    let (width, height) = (symbol[0].len() as f32, symbol.len() as f32);
    let card = ((width + 40.0).max(1.25 * width), (height + 60.0).max(2.0 * height));
    let diagonal = card.0.hypot(card.1) * shot.module;
    let side = (diagonal * 1.08) as u32;
    let (sin, cos) = shot.rotation_degrees.to_radians().sin_cos();
    let (lean_sin, lean_cos) = shot.lean_degrees.to_radians().sin_cos();
    let distance = card.0 * 1.6;
    let over = 2;
    let mut picture = RgbImage::from_fn(side, side, |x, y| {
        let mut sum = 0.0;
        for part in 0..over * over {
            let offset = |n: u32| (n as f32 + 0.5) / over as f32;
            let dx = (x as f32 + offset(part % over) - side as f32 / 2.0) / shot.module;
            let dy = (y as f32 + offset(part / over) - side as f32 / 2.0) / shot.module;
            // The ray through the pixel meets the leaning card.
            let depth = distance / (lean_cos - dx / distance * lean_sin) / distance;
            let (across, down) = (dx * depth, dy * depth * lean_cos);
            let (u, v) = (across * cos + down * sin, down * cos - across * sin);
            sum += paint(symbol, (u + width / 2.0, v + height * 0.65), card, (x, y));
        }
        let light = 1.0 - 0.3 * x as f32 / side as f32;
        Rgb([(sum / (over * over) as f32 * light) as u8; 3])
    });
    blur(&mut picture, shot.blur);
    let mut state = shot.seed.wrapping_mul(2_654_435_761).max(1);
    for value in picture.iter_mut() {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        *value = (i32::from(*value) + (state % 15) as i32 - 7).clamp(0, 255) as u8;
    }
    picture
}

/// Ink, paper, lines of print above the symbol, or the table.
fn paint(symbol: &[Vec<bool>], (u, v): (f32, f32), card: (f32, f32), (x, y): (u32, u32)) -> f32 {
    let (width, height) = (symbol[0].len() as f32, symbol.len() as f32);
    if u >= 0.0 && v >= 0.0 && u < width && v < height {
        return if symbol[v as usize][u as usize] { 45.0 } else { 215.0 };
    }
    let beside = (card.0 - width) / 2.0;
    if u < -beside || u > width + beside || v > height + 12.0 || v < height + 12.0 - card.1 {
        return 90.0 + 14.0 * ((x / 9 + y / 7) % 3) as f32;
    }
    // Words: short strokes in two lines above the symbol.
    let above = -v - 10.0;
    let inked = above > 0.0 && above % 14.0 < 7.0 && (u * 0.9 + (above / 14.0).floor() * 3.7).sin() > 0.45;
    if inked && above < 28.0 && u > 0.0 && u < width { 80.0 } else { 212.0 }
}

fn blur(picture: &mut RgbImage, sigma: f32) {
    if sigma > 0.0 {
        *picture = image::imageops::blur(picture, sigma);
    }
}
