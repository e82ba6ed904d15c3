//! E-mail addresses and phone numbers, proven by a code that is sent to them (features §10, §11): by API alone, and as
//! steps of a workflow.

use model::feature::Feature;
use store::Scope;

use crate::Engine;

mod code;
mod country;
mod disposable;
mod free_mail;
mod phone_number;
mod report;
mod sending;
mod settings;
mod signals;
pub mod standalone;
pub mod steps;

pub use outbound::sms::Channel;
pub use phone_number::PhoneNumber;

/// What a code proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Kind {
    Email,
    Phone,
}

impl Kind {
    /// As it is stored and as standalone answers name their report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    /// The workflow step that proves it.
    pub const fn feature(self) -> Feature {
        match self {
            Self::Email => Feature::EmailVerification,
            Self::Phone => Feature::PhoneVerification,
        }
    }

    /// What this step proves.
    pub(crate) const fn of(feature: Feature) -> Option<Self> {
        match feature {
            Feature::EmailVerification => Some(Self::Email),
            Feature::PhoneVerification => Some(Self::Phone),
            _ => None,
        }
    }
}

/// Where a code is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Contact {
    /// An e-mail address as it was typed.
    Email(String),
    /// A phone number of some country's numbering plan.
    Phone(PhoneNumber),
}

impl Contact {
    /// What kind of address it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Email(_) => Kind::Email,
            Self::Phone(_) => Kind::Phone,
        }
    }

    /// The address itself, a phone number in E.164.
    pub fn text(&self) -> &str {
        match self {
            Self::Email(address) => address,
            Self::Phone(number) => &number.e164,
        }
    }

    /// The keyed hash under which an application finds this address; upper and lower case are one.
    pub(crate) fn subject_hash(&self, engine: &Engine, scope: &Scope) -> String {
        let column = format!("verification_codes.{}", self.kind().as_str());
        let value = format!("{}/{}", scope.application_id(), self.text().to_lowercase());
        engine.keyring.lookup(&column, &value)
    }
}
