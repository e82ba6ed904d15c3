//! Section `[credits]`.

use std::collections::BTreeMap;

use anyhow::Context;
use engine::credits::{Credits as Charged, Money};
use model::feature::Feature;
use serde::{Deserialize, Serialize};

/// What organisations are charged; nothing unless said.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Credits {
    /// Whether sessions are charged.
    pub(crate) metered: bool,
    /// The operator's page for paying in.
    pub(crate) top_up_url: Option<String>,
    /// Prices that differ from the usual, by a feature's name: `OCR = "0.05"`.
    pub(crate) prices: BTreeMap<String, String>,
}

impl Credits {
    pub(crate) fn read(&self) -> anyhow::Result<Charged> {
        let mut charged =
            Charged { metered: self.metered, top_up_url: self.top_up_url.clone(), ..Charged::default() };
        for (name, price) in &self.prices {
            let feature = Feature::from_workflow_name(name)
                .with_context(|| format!("[credits] prices: {name} is no feature"))?;
            let price: Money = price.parse().with_context(|| format!("[credits] prices: {name}"))?;
            charged.prices.insert(feature, price);
        }
        Ok(charged)
    }
}
