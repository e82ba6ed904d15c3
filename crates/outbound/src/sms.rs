//! Text messages: over Twilio's API or one like it, over a signed HTTP hook of the operator's own, or into a folder.

use std::path::PathBuf;

use jiff::Timestamp;

mod answer;
mod client;
mod hook;
mod outbox;
mod twilio;
mod words;

pub use answer::{read_hook_answer, read_twilio_answer};
pub use hook::Hook;
pub use twilio::Twilio;
pub use words::code_text;

/// How a message travels; the words of the contract (features §10.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the contract's own words")]
pub enum Channel {
    Sms,
    Whatsapp,
    Telegram,
    Voice,
    Rcs,
    Viber,
    Zalo,
}

impl Channel {
    /// Every channel that the contract knows.
    pub const ALL: [Self; 7] =
        [Self::Sms, Self::Whatsapp, Self::Telegram, Self::Voice, Self::Rcs, Self::Viber, Self::Zalo];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
            Self::Telegram => "telegram",
            Self::Voice => "voice",
            Self::Rcs => "rcs",
            Self::Viber => "viber",
            Self::Zalo => "zalo",
        }
    }

    /// The channel of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == word)
    }
}

/// One message to one number.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// E.164, with the plus sign.
    pub to: &'a str,
    /// What the person reads.
    pub body: &'a str,
    /// The code within it, for providers with their own wording.
    pub code: &'a str,
    /// Who asks, as the person knows them.
    pub application: &'a str,
    /// BCP 47.
    pub locale: &'a str,
    /// The channel that is preferred; SMS where the provider has no other.
    pub channel: Channel,
    /// What the integrator knows of the device and the network, as the contract's `signals`; null if nothing.
    pub signals: &'a serde_json::Value,
    /// Names this message in the provider's and our log: the session's id.
    pub reference: &'a str,
}

/// A message that the provider has taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// The way it really went.
    pub channel: Channel,
}

/// A message that the provider has not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// The number takes no messages; another try would end the same way.
    #[error("the number takes no messages")]
    InvalidNumber,
    /// The provider thinks it is abuse.
    #[error("refused as abuse: {reason}")]
    Blocked {
        /// In the provider's words: `repeated_attempts`, `suspicious`, `spam`.
        reason: String,
    },
    /// The provider could not be reached, did not answer in time or answered something else than its own documents
    /// say. Worth another try.
    #[error("the provider is unavailable: {0}")]
    Unavailable(String),
}

/// Sends text messages in the operator's name.
#[derive(Debug, Clone)]
pub enum Texter {
    /// No provider is configured.
    Off,
    /// Twilio, or a service that speaks its API.
    Twilio(Twilio),
    /// An address of the operator's own.
    Hook(Hook),
    /// Kept as files in this folder: `bonafide dev`.
    Outbox(PathBuf),
}

impl Texter {
    /// Whether messages can leave at all.
    pub fn is_on(&self) -> bool {
        !matches!(self, Self::Off)
    }

    /// Whether this provider takes messages for a channel.
    pub fn carries(&self, channel: Channel) -> bool {
        match self {
            Self::Off => false,
            Self::Twilio(_) => channel == Channel::Sms,
            Self::Hook(_) | Self::Outbox(_) => true,
        }
    }

    /// Sends once. `Ok` means that the provider or the disk has it.
    pub async fn send(&self, text: &Text<'_>, now: Timestamp) -> Result<Sent, NotSent> {
        match self {
            Self::Off => Err(NotSent::Unavailable("no provider is configured".to_owned())),
            Self::Twilio(twilio) => twilio.send(text).await,
            Self::Hook(hook) => hook.send(text, now).await,
            Self::Outbox(folder) => outbox::keep(folder, text, now).await,
        }
    }
}
