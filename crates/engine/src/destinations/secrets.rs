//! The secrets of a destination: one, or two while a rotation lasts.

use std::collections::BTreeMap;

use serde_json::Value;
use store::Place;
use store::destinations::DestinationRow;

use super::place;
use crate::Engine;

/// What may sign for a destination now.
pub(crate) struct Secrets {
    current: String,
    /// The one before the rotation, while it counts.
    previous: Option<String>,
    /// Whether the receiver was last seen to hold the current one.
    switched: bool,
}

impl Secrets {
    /// Opens them.
    pub(crate) fn of(engine: &Engine, row: &DestinationRow) -> Result<Self, store::Error> {
        let current = engine.keyring.open_text(&place(row.id), &row.sealed_secret)?;
        let counts = row.previous_secret_until.is_some_and(|until| engine.now() < until);
        let previous = row.sealed_previous_secret.as_ref().filter(|_| counts);
        let previous = previous.map(|sealed| engine.keyring.open_text(&previous_place(row), sealed));
        Ok(Self { current, previous: previous.transpose()?, switched: row.switched.unwrap_or(false) })
    }

    /// The one that the receiver is believed to hold.
    pub(crate) fn likely(&self) -> &str {
        if self.switched { &self.current } else { self.previous.as_ref().unwrap_or(&self.current) }
    }

    /// The other one, to be tried when the receiver refuses the likely one, and what that would tell: whether the receiver
    /// has switched.
    pub(crate) fn other(&self) -> Option<(&str, bool)> {
        let previous = self.previous.as_deref()?;
        Some(if self.switched { (previous, false) } else { (&self.current, true) })
    }

    /// During a rotation, each secret's signatures under headers of their own, for receivers that can check both.
    pub(crate) fn headers(&self, body: &Value) -> BTreeMap<String, String> {
        let mut headers = BTreeMap::new();
        let Some(previous) = &self.previous else { return headers };
        let text = outbound::canonical(body);
        for (which, secret) in [("Current", &self.current), ("Previous", previous)] {
            let signed = outbound::sign(secret, text.as_bytes(), body);
            headers.insert(format!("X-Signature-{which}"), signed.raw);
            headers.insert(format!("X-Signature-Simple-{which}"), signed.simple);
            headers.insert(format!("X-Signature-V2-{which}"), signed.v2);
        }
        headers
    }
}

/// Where the secret before the rotation lies.
pub(super) fn previous_place(row: &DestinationRow) -> Place {
    Place::new("destinations.previous", row.id)
}
