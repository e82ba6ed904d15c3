//! Writes synthetic photographs with their truth: `write DIR [COUNT] [FIRST_SEED]`.

use specimen::{Difficulty, Fonts, Kind, make};
use std::path::Path;
use std::time::Instant;

#[expect(clippy::disallowed_methods, reason = "an example reads the fonts and writes its pictures")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: write DIR [COUNT] [FIRST_SEED]")?;
    let count: u64 = arguments.next().map_or(Ok(3), |count| count.parse())?;
    let first: u64 = arguments.next().map_or(Ok(0), |seed| seed.parse())?;
    let fonts = Fonts::parse(
        std::fs::read("/usr/share/fonts/opentype/ocr-b/OCRB.otf")?,
        std::fs::read("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")?,
        std::fs::read("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")?,
    )?;
    std::fs::create_dir_all(&folder)?;
    for seed in first..first + count {
        for kind in Kind::ALL {
            for difficulty in Difficulty::ALL {
                let begin = Instant::now();
                let seed = seed * 100 + kind as u64 * 10 + difficulty as u64;
                let made = make(kind, difficulty, seed, jiff::civil::date(2026, 11, 22), &fonts);
                let taken = begin.elapsed().as_millis();
                for photograph in made.photographs() {
                    let side = photograph.truth.side;
                    let name =
                        format!("{}-{}-{seed}-{side:?}", kind.name(), difficulty.name()).to_lowercase();
                    std::fs::write(Path::new(&folder).join(format!("{name}.jpg")), &photograph.jpeg)?;
                    let truth = serde_json::to_vec_pretty(&photograph.truth)?;
                    std::fs::write(Path::new(&folder).join(format!("{name}.json")), truth)?;
                    println!("{taken:>5} ms  {name}  {:.1} px", photograph.truth.letter_px);
                }
            }
        }
    }
    Ok(())
}
