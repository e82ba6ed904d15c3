//! Prints what is measured of documents whose truth stands beside them: what the weights of
//! `crates/vision/src/recapture/weights.rs` are fitted to. `cargo run -p vision --example recapture -- FILE…`
#![expect(clippy::disallowed_methods, reason = "a tool for developers that reads files")]

use std::path::Path;

use vision::document::{Outline, Shape, flatten};
use vision::{Limits, Point, Upload, recapture};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for file in std::env::args().skip(1) {
        let picture = Upload::new(&std::fs::read(&file)?).decode(Limits::UPLOAD)?;
        let truth: serde_json::Value =
            serde_json::from_slice(&std::fs::read(Path::new(&file).with_extension("json"))?)?;
        let document = &truth["documents"][0];
        let corner = |index: usize| {
            let at = |axis: usize| document["corners"][index][axis].as_f64().unwrap_or(0.0) as f32;
            Point::new(at(0), at(1))
        };
        let corners = [corner(0), corner(1), corner(2), corner(3)];
        let shape = if document["kind"] == "passport" { Shape::Page } else { Shape::Card };
        let outline = Outline { corners, confidence: 1.0, shape, cut_off: [false; 4], spread: None };
        let flat = flatten(picture.pixels(), &corners, shape);
        let name = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let print = |what: &str, values: &[f32]| {
            let values: Vec<String> = values.iter().map(|value| format!("{value:.4}")).collect();
            println!("{what} {name} {}", values.join(" "));
        };
        if let Some(medium) = recapture::medium(picture.pixels(), &outline, &flat) {
            print("medium", &medium);
        }
        let place = |value: &serde_json::Value| -> Option<[f32; 4]> {
            let side = |index: usize| value[index].as_f64().map(|side| side as f32);
            Some([side(0)?, side(1)?, side(2)?, side(3)?])
        };
        if let Some(seams) =
            place(&document["portrait"]).and_then(|place| recapture::portrait_seams(&flat, place))
        {
            print("portrait", &seams);
        }
        for field in document["fields"].as_array().into_iter().flatten() {
            let edited =
                document["tampering"].as_array().into_iter().flatten().any(|one| one["box"] == field["box"]);
            if let Some(seams) = place(&field["box"]).and_then(|place| recapture::field_seams(&flat, place)) {
                print(if edited { "edited" } else { "field" }, &seams);
            }
        }
    }
    Ok(())
}
