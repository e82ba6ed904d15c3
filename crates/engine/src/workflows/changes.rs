//! What a create or a patch asks for, and what it makes of a definition.

use model::workflow::Graph;

use serde_json::Value;

use super::definition::{Definition, Settings};
use super::features::{self, FeatureChoice};
use super::{Refused, Template, graph};

/// Whether sessions may begin on a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not yet.
    Draft,
    /// Yes, and it does not change any more.
    Published,
}

impl Status {
    /// As on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
        }
    }

    pub(super) fn from_stored(text: &str) -> Self {
        if text == Self::Draft.as_str() { Self::Draft } else { Self::Published }
    }
}

/// The fields of a create or a patch; what is absent stays or takes its default.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "the contract's own names, features §1.9")]
pub struct Changes {
    pub workflow_label: Option<String>,
    pub features: Option<Vec<FeatureChoice>>,
    pub is_default: Option<bool>,
    pub status: Option<Status>,
    pub callback_url: Option<Option<String>>,
    pub is_white_label_enabled: Option<bool>,
    pub is_desktop_allowed: Option<bool>,
    pub max_retry_attempts: Option<u32>,
    pub retry_window_days: Option<Option<u32>>,
    pub session_expiration_time: Option<u32>,
    pub face_liveness_max_attempts: Option<u32>,
    pub face_match_max_attempts: Option<u32>,
    pub idle_time: Option<u32>,
    pub kyc_expiration_days: Option<Option<u32>>,
    pub kyc_expires_with_document: Option<bool>,
    /// The console's: a graph instead of a list.
    pub graph: Option<Value>,
    /// The console's: a workflow to begin with.
    pub template: Option<Template>,
    /// The console's: whether no new session may begin on it.
    pub is_archived: Option<bool>,
}

impl Changes {
    /// The definition after these changes to `before`, or to the defaults.
    pub(super) fn applied(&self, before: Option<Definition>) -> Result<Definition, Refused> {
        let (settings, graph) = match before {
            Some(Definition { graph, settings }) => (settings, Some(graph)),
            None => (Settings::default(), None),
        };
        let settings = self.settings(settings);
        let graph = self.graph(graph, &settings)?;
        Ok(Definition { graph, settings })
    }

    fn graph(&self, before: Option<Graph>, settings: &Settings) -> Result<Graph, Refused> {
        if let Some(drawn) = &self.graph {
            return graph::read(drawn, settings)
                .map_err(|faults| Refused::Invalid { field: "graph", errors: graph::to_wire(&faults) });
        }
        if let (Some(template), None, None) = (self.template, &self.features, &before) {
            return Ok(template.definition().graph);
        }
        match (&self.features, before) {
            (None, Some(graph)) => Ok(graph),
            (features, _) => features::graph(features.as_deref().unwrap_or_default(), settings)
                .map_err(|errors| Refused::Invalid { field: "features", errors }),
        }
    }

    fn settings(&self, mut settings: Settings) -> Settings {
        fn take<T: Clone>(field: &mut T, change: Option<&T>) {
            if let Some(change) = change {
                *field = change.clone();
            }
        }
        if let Some(template) = self.template {
            settings.workflow_type = Some(template.workflow_type().to_owned());
        }
        take(&mut settings.is_archived, self.is_archived.as_ref());
        take(&mut settings.callback_url, self.callback_url.as_ref());
        take(&mut settings.is_white_label_enabled, self.is_white_label_enabled.as_ref());
        take(&mut settings.is_desktop_allowed, self.is_desktop_allowed.as_ref());
        take(&mut settings.max_retry_attempts, self.max_retry_attempts.as_ref());
        take(&mut settings.retry_window_days, self.retry_window_days.as_ref());
        take(&mut settings.session_expiration_time, self.session_expiration_time.as_ref());
        take(&mut settings.face_liveness_max_attempts, self.face_liveness_max_attempts.as_ref());
        take(&mut settings.face_match_max_attempts, self.face_match_max_attempts.as_ref());
        take(&mut settings.idle_time, self.idle_time.as_ref());
        take(&mut settings.kyc_expiration_days, self.kyc_expiration_days.as_ref());
        take(&mut settings.kyc_expires_with_document, self.kyc_expires_with_document.as_ref());
        settings
    }
}
