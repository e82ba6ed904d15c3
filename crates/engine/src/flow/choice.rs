//! Which document the person shows, within what workflow and integrator accept.

use model::session::{Choice, Event};
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value};

use super::{FlowRefused, FlowView, Visitor, change};
use crate::Engine;
use crate::sessions::Record;

/// Types that this version can verify, by the code of the contract: those with a machine-readable zone or a barcode, or
/// whose print is alike everywhere.
pub(super) const READABLE: [&str; 4] = ["P", "ID", "RP", "DL"];

/// The person chose.
pub async fn choose(
    engine: &Engine,
    visitor: &Visitor,
    node: NodeId,
    choice: Choice,
) -> Result<FlowView, FlowRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    drop(tx);
    let allowed = Allowed::of(&record.config(&node), record.personal.expected_details.as_ref());
    if !allowed.takes(&choice) {
        return Err(FlowRefused::DocumentNotAllowed);
    }
    change(engine, visitor, Event::Chosen(node, choice)).await
}

/// What a node accepts: the workflow's `documents_allowed`, narrowed by the session's expected details.
pub(crate) struct Allowed {
    /// Codes of [`READABLE`].
    pub(crate) types: Vec<String>,
    /// Alpha-3 codes; nothing means every country.
    pub(super) countries: Option<Vec<String>>,
    by_country: Option<Map<String, Value>>,
}

impl Allowed {
    pub(crate) fn of(config: &Config, expected: Option<&Map<String, Value>>) -> Self {
        let by_country = documents_allowed(config);
        let expected_types: Option<Vec<String>> = expected
            .and_then(|expected| expected.get("expected_document_types")?.as_array().cloned())
            .filter(|types| !types.is_empty())
            .map(|types| types.iter().filter_map(|code| code.as_str().map(str::to_uppercase)).collect());
        let expected_country = expected.and_then(|expected| expected.get("id_country")?.as_str());
        let mut countries: Option<Vec<String>> = by_country.as_ref().map(|map| map.keys().cloned().collect());
        if let Some(country) = expected_country {
            countries = Some(vec![country.to_owned()]);
        }
        let types = READABLE
            .iter()
            .filter(|code| {
                expected_types.as_ref().is_none_or(|types| types.iter().any(|wanted| wanted == *code))
            })
            .filter(|code| {
                by_country.as_ref().is_none_or(|map| map.values().any(|types| enabled(types, code)))
            })
            .map(|code| (*code).to_owned())
            .collect();
        Self { types, countries, by_country }
    }

    fn takes(&self, choice: &Choice) -> bool {
        let country = self.countries.as_ref().is_none_or(|countries| countries.contains(&choice.country));
        let listed = self.by_country.as_ref().is_none_or(|map| {
            map.get(&choice.country).is_some_and(|types| enabled(types, &choice.document_type))
        });
        country && listed && self.types.contains(&choice.document_type)
    }
}

/// `documents_allowed` when it restricts anything: absent, null and empty all mean everything (core API §5.2).
fn documents_allowed(config: &Config) -> Option<Map<String, Value>> {
    config.get("documents_allowed")?.as_object().filter(|map| !map.is_empty()).cloned()
}

fn enabled(types: &Value, code: &str) -> bool {
    let flag = types.get(code).and_then(|settings| settings.get("enabled"));
    flag.is_some_and(|flag| flag.as_i64() == Some(1) || flag.as_bool() == Some(true))
}
