//! Words of strangers (address ranges, amounts, sandbox scenarios) are read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(network) = text.parse::<model::network::Network>() {
        assert_eq!(network.to_string().parse(), Ok(network));
    }
    if let Ok(amount) = text.parse::<engine::credits::Money>() {
        assert_eq!(amount.to_string().parse(), Ok(amount));
    }
    let _ = engine::sandbox::Script::parse(text);
});
