//! Lines of a bill: nothing may panic, and nothing was issued tomorrow.

#![no_main]

use document::proof_of_address::{address_score, parse_address, read};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = date(2026, 11, 23);
    let lines: Vec<&str> = text.lines().take(60).collect();
    let proof = read(&lines, today);
    assert!(proof.issue_date.is_none_or(|day| day <= today));
    let _ = parse_address(text);
    assert!(address_score(text, "12 North Road, London SW1A 1AA") <= 100);
});
