//! Payloads of driving licences: nothing may panic, and nothing grows beyond what a barcode holds.

#![no_main]

use document::aamva::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|payload: &[u8]| {
    let licence = parse(payload);
    assert!(licence.elements.len() <= 400);
    let _ = serde_json::to_string(&licence);
});
