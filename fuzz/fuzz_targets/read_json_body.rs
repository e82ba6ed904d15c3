//! A JSON request body of a stranger: whatever the bytes, an object or a refusal, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = api::body::object(bytes);
});
