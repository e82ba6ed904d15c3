//! On which devices a session was opened and finished, so that the right one goes to the callback (core API §11.1).

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::sessions::CallbackMethod;

/// Whoever holds a session's link, and the device on which they hold it. Where the device does not matter, it is a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Opens the session.
    pub token: String,
    /// A random name that the page keeps in the browser; nothing for a page that keeps none.
    pub device: Option<String>,
}

impl Deref for Visitor {
    type Target = str;

    fn deref(&self) -> &str {
        &self.token
    }
}

/// The devices of one session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    initiator: Option<String>,
    completer: Option<String>,
}

impl Devices {
    /// Something was done on this device: the first one opened the session, the last one finished it.
    pub(crate) fn note(&mut self, device: &str) {
        self.initiator.get_or_insert_with(|| device.to_owned());
        self.completer = Some(device.to_owned());
    }

    /// Whether this device goes to the callback. One that keeps no name is the only one we know of.
    pub(super) fn goes_back(&self, method: CallbackMethod, device: Option<&str>) -> bool {
        let Some(device) = device else { return true };
        let is = |known: &Option<String>| known.as_deref().is_none_or(|known| known == device);
        match method {
            CallbackMethod::Initiator => is(&self.initiator),
            CallbackMethod::Completer => is(&self.completer),
            CallbackMethod::Both => is(&self.initiator) || is(&self.completer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_device_opened_and_the_last_one_finished() {
        let mut devices = Devices::default();
        assert!(devices.goes_back(CallbackMethod::Initiator, Some("a")), "nobody else is known");
        for device in ["laptop", "phone", "phone"] {
            devices.note(device);
        }
        for (method, laptop, phone) in [
            (CallbackMethod::Initiator, true, false),
            (CallbackMethod::Completer, false, true),
            (CallbackMethod::Both, true, true),
        ] {
            let goes = |device| devices.goes_back(method, Some(device));
            assert_eq!((goes("laptop"), goes("phone"), goes("tablet")), (laptop, phone, false), "{method:?}");
            assert!(devices.goes_back(method, None), "a page without a name goes back");
        }
    }
}
