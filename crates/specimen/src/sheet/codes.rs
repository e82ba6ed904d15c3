//! Bar codes, drawn to whole dots.

use super::Barcode;
use super::rows::shares;
use crate::bearer::Bearer;
use crate::canvas::{Canvas, DOTS_PER_MM, area};
use crate::catalogue::{Code, Layout, Says, Symbology};
use crate::sheet::american;
use image::Rgb;
use rxing::pdf417::encoder::Dimensions;
use rxing::{BarcodeFormat, EncodeHintValue, EncodeHints, MultiFormatWriter, Writer};

/// Dark and light modules, row by row.
struct Modules {
    width: usize,
    height: usize,
    dark: Vec<bool>,
}

/// Draws a bar code on a white ground; `None` if its payload does not fit the symbology.
pub(super) fn draw(
    canvas: &mut Canvas,
    code: &Code,
    layout: &Layout,
    bearer: &Bearer,
    lines: &[String],
) -> Option<Barcode> {
    let payload = match code.says {
        Says::Aamva => american::payload(layout, bearer)?,
        Says::Link => format!("https://specimen.example/v/{}", bearer.number),
        Says::Number => bearer.number.clone(),
        Says::Lines => lines.concat(),
    };
    let place = put(canvas, code.symbology, &payload, code.place)?;
    Some(Barcode { symbology: code.symbology, payload, place })
}

/// Draws a bar code that says `payload` into left, top, width and height in millimetres, and returns where it came
/// to stand.
pub(crate) fn put(
    canvas: &mut Canvas,
    symbology: Symbology,
    payload: &str,
    [left, top, width, height]: [f32; 4],
) -> Option<super::Place> {
    let modules = modules(symbology, payload)?;
    let across = ((width * DOTS_PER_MM) as usize / modules.width).max(1);
    let down = match symbology {
        Symbology::Code128 => (height * DOTS_PER_MM) as usize,
        // The rows of a PDF417 symbol are three modules high or more (ISO/IEC 15438 §5.8.2).
        Symbology::Pdf417 => ((height * DOTS_PER_MM) as usize / modules.height).clamp(across * 2, across * 4),
        _ => across,
    };
    let (wide, high) = (modules.width * across, modules.height * down);
    let (x0, y0) = ((left * DOTS_PER_MM) as usize, (top * DOTS_PER_MM) as usize);
    let mm = |dots: usize| dots as f32 / DOTS_PER_MM;
    let quiet = mm(across) * 3.0;
    canvas.fill(area(mm(x0), mm(y0), mm(wide), mm(high)).grown(quiet), 0.0, [252.0; 3], 1.0);
    for y in 0..high {
        for x in 0..wide {
            let dark = modules.dark[y / down * modules.width + x / across];
            let (x, y) = ((x0 + x) as u32, (y0 + y) as u32);
            if dark && x < canvas.image.width() && y < canvas.image.height() {
                canvas.image.put_pixel(x, y, Rgb([18, 18, 22]));
            }
        }
    }
    Some(shares(canvas, area(mm(x0), mm(y0), mm(wide), mm(high))))
}

/// The dark squares of a two-dimensional code in left, top, width and height in millimetres.
pub(crate) fn squares(
    symbology: Symbology,
    payload: &str,
    [left, top, width, height]: [f32; 4],
) -> Vec<[f32; 4]> {
    let Some(modules) = modules(symbology, payload) else { return Vec::new() };
    let side = (width / modules.width as f32).min(height / modules.height as f32);
    let dark = modules.dark.iter().enumerate().filter(|(_, dark)| **dark);
    let corner = |index: usize| ((index % modules.width) as f32, (index / modules.width) as f32);
    dark.map(|(index, _)| corner(index)).map(|(x, y)| [left + x * side, top + y * side, side, side]).collect()
}

fn modules(symbology: Symbology, payload: &str) -> Option<Modules> {
    let format = match symbology {
        Symbology::Pdf417 => BarcodeFormat::PDF_417,
        Symbology::Qr => BarcodeFormat::QR_CODE,
        Symbology::Aztec => BarcodeFormat::AZTEC,
        Symbology::DataMatrix => BarcodeFormat::DATA_MATRIX,
        Symbology::Code128 => BarcodeFormat::CODE_128,
    };
    let mut hints = EncodeHints::default().with(EncodeHintValue::Margin("0".to_owned()));
    if symbology == Symbology::Pdf417 {
        // As wide as the cards have it, with the error correction that AAMVA asks for at least (annex D.3.5).
        hints = hints
            .with(EncodeHintValue::Pdf417Dimensions(Dimensions::new(10, 13, 3, 90)))
            .with(EncodeHintValue::ErrorCorrection("4".to_owned()));
    }
    let matrix = MultiFormatWriter.encode_with_hints(payload, &format, 1, 1, &hints).ok()?;
    // The writer repeats each row of a PDF417 symbol four times, and those of a one-dimensional one not at all.
    let step = if symbology == Symbology::Pdf417 { 4 } else { 1 };
    let (width, height) = (matrix.getWidth(), matrix.getHeight() / step);
    let dark = (0..height).flat_map(|y| (0..width).map(move |x| (x, y * step)));
    let dark = dark.map(|(x, y)| matrix.get(x, y)).collect();
    Some(Modules { width: width as usize, height: height as usize, dark })
}
