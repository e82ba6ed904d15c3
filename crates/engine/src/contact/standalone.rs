//! Codes by API alone (features §10.5, §11.4): sent, and checked, by the address they were sent to. Each new
//! verification is a session of its own.

use model::id::SessionId;
use serde_json::{Map, Value};

use super::{Channel, Contact, Kind};
use crate::sessions::{ChangeRefused, Service};

mod check;
pub(super) mod limits;
mod send;

pub use check::{Check, CheckCode, CheckStatus, check};
pub use send::send;

/// What a send asks for.
#[derive(Debug, Clone)]
pub struct SendCode {
    /// Where to.
    pub contact: Contact,
    /// Digits of the code, 4 to 8.
    pub code_size: usize,
    /// Letters too; e-mail only.
    pub alphanumeric: bool,
    /// BCP 47; English unless given.
    pub locale: Option<String>,
    /// The preferred channel of a text message.
    pub channel: Channel,
    /// The contract's `signals`, for the provider.
    pub signals: Value,
    /// The integrator's name for the person.
    pub vendor_data: Option<String>,
    /// The integrator's own data.
    pub metadata: Option<Value>,
}

/// What a send came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Sending {
    /// The session.
    pub request_id: SessionId,
    /// What happened.
    pub status: SendStatus,
    /// Why not, in the contract's or the provider's words.
    pub reason: Option<String>,
    /// Of the first send.
    pub vendor_data: Option<String>,
    /// Of the first send.
    pub metadata: Option<Value>,
}

/// How a send ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendStatus {
    /// A new verification.
    Success,
    /// A new code for the verification that was waiting.
    Retry,
    /// The provider refused; declined.
    Blocked,
    /// No mail can be delivered; declined.
    Undeliverable,
}

impl SendStatus {
    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Retry => "Retry",
            Self::Blocked => "Blocked",
            Self::Undeliverable => "Undeliverable",
        }
    }
}

/// Why nothing was sent and nothing kept.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The provider says that the number takes no messages.
    #[error("the number takes no messages")]
    InvalidNumber,
    /// The numbering plan says so.
    #[error("numbers of this kind take no messages")]
    LineType,
    /// Four sends to this number within the hour.
    #[error("too many sends to this number")]
    NumberCap,
    /// Too many sends to this address, or by this application; seconds until it may work again.
    #[error("too many sends")]
    Throttled(u64),
    /// The organisation's balance does not hold the price of a message.
    #[error("{0}")]
    InsufficientCredits(String),
    /// The provider of text messages is down, or none is configured.
    #[error("the provider is unavailable")]
    ProviderUnavailable,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<ChangeRefused> for Refused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::Store(error) => Self::Store(error),
            // Somebody else changed the session at the same moment: look again.
            ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => Self::Store(store::Error::Stale),
        }
    }
}

/// Messages of one verification: the first and one retry.
const SENDS: i64 = 2;
/// Guesses at one verification's code.
const CHECKS: i64 = 3;
/// Parallel calls about one address take turns this often.
const TURNS: u32 = 20;

impl Kind {
    const fn service(self) -> Service {
        match self {
            Self::Email => Service::EmailVerification,
            Self::Phone => Service::PhoneVerification,
        }
    }
}

/// A report as standalone answers show it: without the node that a workflow would have.
pub(crate) fn without_node(mut report: Value) -> Value {
    if let Value::Object(fields) = &mut report {
        fields.shift_remove("node_id");
        let warnings = fields.get_mut("warnings").and_then(Value::as_array_mut);
        for warning in warnings.into_iter().flatten().filter_map(Value::as_object_mut) {
            warning.shift_remove("node_id");
        }
    }
    report
}

/// The settings that a check's own actions stand for.
pub type Actions = Map<String, Value>;
