//! Draws every layout and a photograph of it: `sheets DIR [SEED] [PART_OF_NAME]`.

use specimen::{Attack, Conditions, Fonts, Layout, PersonOptions, attack, capture, papers};
use std::path::Path;
use std::time::Instant;

#[expect(clippy::disallowed_methods, reason = "an example reads the fonts and writes its pictures")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: sheets DIR [SEED] [PART_OF_NAME]")?;
    let seed: u64 = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let part = arguments.next().unwrap_or_default();
    let fonts = Fonts::parse(
        std::fs::read("/usr/share/fonts/opentype/ocr-b/OCRB.otf")?,
        std::fs::read("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")?,
        std::fs::read("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")?,
    )?;
    std::fs::create_dir_all(&folder)?;
    let today = jiff::civil::date(2026, 11, 22);
    for layout in Layout::all().filter(|layout| layout.name.contains(&part)) {
        let begin = Instant::now();
        let papers = papers(layout, seed, today, &PersonOptions::default(), &fonts);
        let drawn = begin.elapsed().as_millis();
        for sheet in &papers.sheets {
            let name = format!("{}-{:?}", layout.name, sheet.side).to_lowercase();
            sheet.image.save(Path::new(&folder).join(format!("{name}.png")))?;
            let begin = Instant::now();
            let picture = capture(&[sheet], &Conditions::any(seed), seed);
            let taken = begin.elapsed().as_millis();
            std::fs::write(Path::new(&folder).join(format!("{name}.jpg")), &picture.jpeg)?;
            let truth = serde_json::to_vec_pretty(&picture.truth)?;
            std::fs::write(Path::new(&folder).join(format!("{name}.json")), truth)?;
            for kind in Attack::ALL {
                let Some(attacked) = attack(sheet, kind, seed, &fonts) else { continue };
                let picture = capture(&[&attacked], &Conditions::default(), seed);
                let name = format!("{name}-{}.jpg", kind.name());
                std::fs::write(Path::new(&folder).join(name), &picture.jpeg)?;
            }
            println!("{name}: drawn in {drawn} ms, photographed in {taken} ms");
        }
    }
    Ok(())
}
