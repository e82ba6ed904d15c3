//! Contact steps of a workflow as a person takes them on the hosted page: an address, a code, as often as the
//! workflow's settings allow.

use jiff::SignedDuration;
use model::session::{Phase, State};
use model::warning::{Risk, Warning};
use model::workflow::{Config, NodeId};
use serde_json::Value;

use super::{Contact, Kind, PhoneNumber, free_mail, settings};
use crate::Engine;
use crate::flow::FlowRefused;
use crate::sessions::Record;

mod check;
mod send;
mod view;

pub use check::check_code;
pub use send::send_code;
pub(crate) use view::fill;
pub use view::{CodeState, ContactState};

/// Between two messages to the same address.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);
/// Parallel requests of one person take turns this often.
const TURNS: u32 = 20;

/// Why an address or a code is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    /// Not an address of this kind.
    #[error("not a valid address")]
    InvalidAddress,
    /// The workflow does not take numbers of this country, or of this kind of line.
    #[error("numbers like this are not accepted here")]
    NumberNotAllowed,
    /// The workflow takes addresses of companies only.
    #[error("an address at a free provider is not accepted here")]
    CorporateOnly,
    /// Nothing can be delivered there.
    #[error("no message can be delivered to this address")]
    Undeliverable,
    /// The message did not leave for a reason of ours.
    #[error("the message could not be sent")]
    NotSent,
    /// The last message has only just left.
    #[error("a code has just been sent")]
    TooSoon {
        /// Until another may.
        seconds: u64,
    },
    /// As many messages as the workflow allows have left.
    #[error("no more codes can be sent")]
    NoSendsLeft,
    /// Too many messages to this address within the hour.
    #[error("too many codes were sent to this address")]
    TooMany,
    /// Not the code.
    #[error("the code is wrong")]
    WrongCode {
        /// Guesses that are left.
        left: i64,
    },
    /// Five minutes have passed, or none was sent.
    #[error("the code is no longer good")]
    CodeExpired,
}

/// The contact step at hand, if `node` is it.
struct Step {
    kind: Kind,
    attempt: u32,
    config: Config,
}

impl Step {
    fn at(record: &Record, node: &NodeId) -> Result<Self, FlowRefused> {
        use model::session::Refused::{Early, NotCurrent, WrongStatus};
        let State::InProgress(progress) = &record.session.state else {
            return Err(FlowRefused::Lifecycle(WrongStatus));
        };
        let kind = record.session.graph.config(node).and_then(|(feature, _)| Kind::of(feature));
        match kind {
            Some(_) if progress.consented_at.is_none() => Err(FlowRefused::Lifecycle(Early)),
            Some(kind) if progress.node == *node && progress.phase != Phase::Checking => {
                Ok(Self { kind, attempt: progress.attempt, config: record.config(node) })
            }
            _ => Err(FlowRefused::Lifecycle(NotCurrent)),
        }
    }
}

/// The address that the integrator gave for this person, if it is one and the workflow takes it. It is then the one that
/// is proven (features §10.1).
fn given(engine: &Engine, record: &Record, kind: Kind, config: &Config) -> Option<Contact> {
    let details = record.personal.contact_details.as_ref()?;
    let text = details.get(kind.as_str()).and_then(Value::as_str)?;
    let contact = match kind {
        Kind::Email => Contact::Email(text.to_owned()),
        Kind::Phone => Contact::Phone(PhoneNumber::parse(text)?),
    };
    accepted(engine, &contact, config).ok().map(|()| contact)
}

/// Whether the workflow takes this address.
fn accepted(engine: &Engine, contact: &Contact, config: &Config) -> Result<(), StepRefused> {
    match contact {
        Contact::Email(address) => {
            let corporate = settings::flag(config, "only_corporate_emails_allowed");
            if corporate && free_mail::is_free(address) { Err(StepRefused::CorporateOnly) } else { Ok(()) }
        }
        Contact::Phone(number) => {
            let way = settings::channel(config, &engine.texter, number.country.as_deref());
            if number.takes_texts() && way.is_some() { Ok(()) } else { Err(StepRefused::NumberNotAllowed) }
        }
    }
}

fn too_many(kind: Kind, config: &Config, node: &NodeId) -> Warning {
    let risk = match kind {
        Kind::Email => Risk::EmailCodeAttemptsExceeded,
        Kind::Phone => Risk::VerificationCodeAttemptsExceeded,
    };
    Warning::under(risk, config, node)
}
