//! Any bytes decode to a picture within the limits or are refused with a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vision::{Limits, Upload};

const LIMITS: Limits = Limits { bytes: 1 << 20, pixels: 1 << 20 };

fuzz_target!(|bytes: &[u8]| {
    match Upload::new(bytes).decode(LIMITS) {
        Ok(picture) => assert!(u64::from(picture.width()) * u64::from(picture.height()) <= LIMITS.pixels),
        Err(unreadable) => assert!(!unreadable.to_string().is_empty()),
    }
});
