//! Lines of text and doubtful readings of them: nothing may panic, and nothing is valid whose checks do not hold.

#![no_main]

use document::mrz::{parse, resolve};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use model::reading::{Candidate, Glyph, LineReading};

fuzz_target!(|text: &str| {
    let today = date(2026, 11, 22);
    let lines: Vec<&str> = text.lines().take(5).collect();
    let parsed = parse(&lines, today);
    // Every other character gets a rival, so that constraint, repair and doubt have work.
    let readings: Vec<LineReading> = lines
        .iter()
        .map(|line| {
            let characters: Vec<char> = line.chars().take(60).collect();
            let glyph = |(at, character): (usize, &char)| {
                let rival = characters.get(at + 1).copied().unwrap_or('<');
                let first = Candidate { character: *character, confidence: if at % 2 == 0 { 0.99 } else { 0.6 } };
                Glyph { candidates: vec![first, Candidate { character: rival, confidence: 0.3 }] }
            };
            LineReading { glyphs: characters.iter().enumerate().map(glyph).collect() }
        })
        .collect();
    let resolved = resolve(&readings, today);
    for mrz in [parsed.mrz, resolved.mrz].into_iter().flatten() {
        assert!(!mrz.valid || mrz.checks.iter().all(|check| check.holds));
        let _ = mrz.contract_object(&[]);
    }
});
