//! Verification sessions: made, loaded, changed through `Session::apply`, saved with everything that follows.

use std::collections::BTreeMap;

use model::id::SessionId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::flow::Devices;
use crate::questionnaires::Questionnaire;

mod arrival;
mod correct;
mod create;
mod erase;
mod list;
mod read;
mod record;
pub(crate) mod resubmission;
mod retries;
mod service;
mod share;
mod summary;
mod terms;
mod timers;
mod update_feature;
mod update_status;

pub(crate) use arrival::Arrival;
pub use correct::{CorrectRefused, Correction, Paper, correct, is_issuing_state};
pub(crate) use create::create_within;
pub use create::{CreateRefused, CreateSession, Created, create};
pub use erase::{EraseRefused, Whom, erase, erase_many};
pub(crate) use erase::{delete_objects, erase_many_within, erase_within, standing};
pub use list::{BusinessRow, Kinds, ListSessions, Listed, Listing, PersonRow, list};
pub use read::{Include, ReadRefused, Retrieved, decision, retrieve};
pub(crate) use record::vendor_hash;
pub use record::{ChangeRefused, Record};
pub use resubmission::StepChoice;
pub use service::Service;
pub(crate) use service::ServiceCall;
pub use share::{ImportRefused, ImportShared, ShareRefused, ShareToken, import_shared, share};
pub(crate) use summary::document_code;
pub(crate) use terms::hashes_of_document;
pub use timers::fire_due;
pub use update_feature::{FeatureRefused, FeatureUpdate, UpdatedFeature, update_feature};
pub(crate) use update_status::decide;
pub use update_status::{StatusRefused, StatusUpdate, is_reviewable, update_status};

/// Everything about a session that came from the integrator or tells who the person is. Sealed with the session's key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Personal {
    /// Opens the hosted flow.
    pub token: String,
    /// The integrator's name for the person.
    pub vendor_data: Option<String>,
    /// The integrator's own data, any JSON, echoed as given.
    pub metadata: Option<Value>,
    /// Where the person goes afterwards.
    pub callback: Option<String>,
    /// Which device goes there.
    #[serde(default)]
    pub callback_method: CallbackMethod,
    /// Language of the page, if the integrator chose one.
    pub language: Option<String>,
    /// E-mail and phone to fill in and to notify.
    pub contact_details: Option<Map<String, Value>>,
    /// What the document is compared with; exactly the keys that were given.
    pub expected_details: Option<Map<String, Value>>,
    /// The blob of `portrait_image`.
    pub portrait: Option<String>,
    /// The sandbox scenario that this session plays.
    pub sandbox_scenario: Option<String>,
    /// Where it was opened and finished.
    #[serde(default)]
    pub devices: Devices,
    /// Why each step was last asked for again, by node.
    #[serde(default)]
    pub resubmission: BTreeMap<String, resubmission::Reason>,
    /// The session of another application that this one was taken over from.
    #[serde(default)]
    pub shared_from: Option<SessionId>,
    /// The revision of the workflow version that it began on.
    #[serde(default)]
    pub workflow_revision: i64,
    /// The workflow's questionnaires as they were then, by node.
    #[serde(default)]
    pub questionnaires: BTreeMap<String, Questionnaire>,
}

/// Which device is sent to the callback (core API §3.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackMethod {
    /// The device that opened the flow.
    #[default]
    Initiator,
    /// The device that finished it.
    Completer,
    /// Either.
    Both,
}
