//! What `sandbox_scenario` asks for: a scenario, named faults, or both, joined by `+`.

use serde_json::{Map, Value};

use super::faults::{Fault, FaultKind};
use super::scenario::Scenario;

/// A session's part, read: `decline_aml_hit+fault_webhook_duplicate:7`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    /// How it shall end; approved unless said.
    pub scenario: Option<Scenario>,
    /// What shall go wrong on the way.
    pub faults: Vec<Fault>,
}

impl Script {
    /// Reads a part; nothing for words that are none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut script = Self::default();
        for word in text.split('+') {
            match Scenario::of_slug(word) {
                Some(scenario) if script.scenario.is_none() => script.scenario = Some(scenario),
                Some(_) => return None,
                None => script.faults.push(Fault::parse(word)?),
            }
        }
        Some(script)
    }

    /// The fault of this kind, if it was asked for.
    pub fn fault(&self, kind: FaultKind) -> Option<Fault> {
        self.faults.iter().copied().find(|fault| fault.kind == kind)
    }

    /// Fills in the scenario's magic value where the integrator gave none.
    pub(crate) fn write_to(&self, contact_details: &mut Option<Map<String, Value>>) {
        let Some(scenario) = self.scenario else { return };
        let details = contact_details.get_or_insert_default();
        if details.get("email").is_none_or(Value::is_null) {
            details.insert("email".to_owned(), Value::from(scenario.magic_email()));
        }
    }

    /// Takes back what [`Script::write_to`] filled in.
    pub(crate) fn withdraw_from(&self, contact_details: &mut Option<Map<String, Value>>) {
        let (Some(scenario), Some(details)) = (self.scenario, contact_details.as_mut()) else { return };
        if details.get("email").and_then(Value::as_str) == Some(scenario.magic_email().as_str()) {
            details.shift_remove("email");
        }
        if details.is_empty() {
            *contact_details = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::faults::FaultKind;
    use super::*;

    #[test]
    fn scenarios_and_faults_are_joined() {
        let script = Script::parse("decline_aml_hit+fault_webhook_duplicate:7").unwrap();
        assert_eq!(script.scenario, Some(Scenario::DeclineAmlHit));
        assert_eq!(script.faults, [Fault { kind: FaultKind::WebhookDuplicate, seed: 7 }]);
        assert_eq!(Script::parse("fault_clock_skew").unwrap().faults[0].seed, 0);
        for wrong in
            ["", "+", "approve+approve", "approve+", "fault_clock_skew:", "fault_clock_skew:x", "Approve"]
        {
            assert_eq!(Script::parse(wrong), None, "{wrong}");
        }
    }
}
