//! Whatever a provider of text messages answers is taken, refused or called unavailable, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use outbound::sms::{Channel, read_hook_answer, read_twilio_answer};

fuzz_target!(|input: (u16, &[u8])| {
    let (status, body) = input;
    let taken = read_twilio_answer(status, body).is_ok() || read_hook_answer(status, body, Channel::Sms).is_ok();
    assert!(!taken || (200..=299).contains(&status));
});
