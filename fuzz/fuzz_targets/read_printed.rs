//! Recognised lines anywhere on a document: nothing may panic, and every field stands in one of the lines.

#![no_main]

use document::printed::{Hints, TextLine, read};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<(String, f32, f32, f32)>, bool)| {
    let lines: Vec<TextLine> = input
        .0
        .into_iter()
        .take(60)
        .map(|(text, x, y, width)| TextLine {
            text,
            corners: [(x, y), (x + width, y), (x + width, y + 0.04), (x, y + 0.04)],
            confidence: width,
        })
        .collect();
    let country = input.1.then(|| "USA".to_owned());
    let printed = read(&lines, &Hints { country, driving_licence: None, today: date(2026, 11, 23) });
    for found in printed.fields.values() {
        assert!(found.line < lines.len());
    }
});
