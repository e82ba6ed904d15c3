//! Public specimens. They belong to others and are not part of the repository: the tests run where they stand beside
//! the checkout.

use std::path::{Path, PathBuf};

use vision::reader::LineReader;
use vision::{Limits, Upload, read_mrz};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/mrz");

struct Specimen {
    file: PathBuf,
    lines: Vec<String>,
}

/// The manifest's pictures and their lines; none if the folder is absent.
#[expect(clippy::disallowed_methods, reason = "a test reads pictures")]
fn specimens() -> Vec<Specimen> {
    let Ok(manifest) = std::fs::read_to_string(Path::new(FOLDER).join("manifest.json")) else {
        println!("skipped: no pictures in {FOLDER}");
        return Vec::new();
    };
    let entries: Vec<serde_json::Value> = serde_json::from_str(&manifest).expect("the manifest is JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let specimen = |entry: &serde_json::Value| Specimen {
        file: Path::new(FOLDER).join(text(&entry["file"])),
        lines: entry["mrz"].as_array().map(|lines| lines.iter().map(text).collect()).unwrap_or_default(),
    };
    entries.iter().map(specimen).collect()
}

/// `O` and `0` look the same in small OCR-B print; check digits tell them apart, which is not this crate's work.
fn folded(line: &str) -> String {
    line.replace('O', "0")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads pictures")]
fn public_specimens_read_whole_and_nothing_is_invented() {
    let reader = LineReader::new().expect("the committed network loads");
    for specimen in specimens() {
        let bytes = std::fs::read(&specimen.file).expect("the picture is there");
        let picture = Upload::new(&bytes).decode(Limits::UPLOAD).expect("the picture decodes");
        let read: Vec<String> =
            read_mrz(&picture, &reader).lines.iter().map(|line| folded(&line.text())).collect();
        let truth: Vec<String> = specimen.lines.iter().map(|line| folded(line)).collect();
        assert_eq!(read, truth, "{}", specimen.file.display());
    }
}
