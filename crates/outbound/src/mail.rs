//! Mail: over the operator's SMTP server, or into a folder while there is none.

mod contact_code;
mod letter;
mod letters;
mod mailer;
mod notices;

pub use contact_code::ContactCode;
pub use letters::{MemberInvite, SessionInvite, VerificationCode};
pub use mailer::{Credentials, Mailer, Misconfigured, Security, SmtpSettings, Unsent};
pub use notices::{AskedAgain, DecisionNotice, ResubmissionRequest};

/// One message to one person, as text and as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// A bare address, `name@host`.
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}
