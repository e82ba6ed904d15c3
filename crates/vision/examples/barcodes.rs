//! How often a licence's barcode is read from photographs, by size, tilt and blur: `cargo run -p vision --example
//! barcodes`.

#[path = "../tests/it/symbols.rs"]
mod symbols;

use std::time::{Duration, Instant};

use symbols::{LICENCE, Shot, modules, photograph};
use vision::barcode::{Symbology, read};

const SHOTS: u32 = 12;

fn main() {
    let symbol = modules(Symbology::Pdf417, LICENCE);
    println!("{} by {} modules, {SHOTS} photographs each", symbol[0].len(), symbol.len());
    for lean_degrees in [0.0, 10.0, 20.0, 30.0] {
        for (module, blur) in [
            (1.4, 0.4),
            (1.7, 0.5),
            (2.0, 0.5),
            (2.0, 0.9),
            (2.5, 0.6),
            (2.5, 1.2),
            (3.5, 0.8),
            (3.5, 1.8),
            (5.0, 2.2),
        ] {
            let (mut right, mut wrong, mut time) = (0, 0, Duration::ZERO);
            for seed in 1..=SHOTS {
                let rotation_degrees = (seed as f32 * 37.0) % 60.0 - 30.0;
                let picture =
                    photograph(&symbol, Shot { module, rotation_degrees, lean_degrees, blur, seed });
                let begin = Instant::now();
                let found = read(&picture, &[Symbology::Pdf417]);
                time += begin.elapsed();
                right += u32::from(found.iter().any(|barcode| barcode.text == LICENCE));
                wrong += u32::from(found.iter().any(|barcode| barcode.text != LICENCE));
            }
            println!(
                "lean {lean_degrees:>4} module {module} px blur {blur} px: {right:>3} of {SHOTS} right, {wrong} wrong, {:.0} ms",
                time.as_secs_f64() * 1e3 / f64::from(SHOTS)
            );
        }
    }
}
