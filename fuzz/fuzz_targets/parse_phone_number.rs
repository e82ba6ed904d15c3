//! Any text is a number of some numbering plan or none, never a panic.
#![no_main]

use engine::contact::PhoneNumber;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(number) = PhoneNumber::parse(text) {
        assert!(number.e164.starts_with(&number.prefix) && number.e164.len() <= 16);
    }
});
