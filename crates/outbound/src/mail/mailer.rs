//! Hands a mail to the SMTP server, or to the outbox folder.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication,
        client::{Tls, TlsParameters},
    },
};
use uuid::Uuid;

use super::Mail;

/// For connecting, and for each answer of the server.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends mail in the operator's name.
#[derive(Debug, Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Outbox(PathBuf),
}

/// The operator's SMTP server.
#[derive(Clone)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub credentials: Option<Credentials>,
    /// `no-reply@example.com` or `Example <no-reply@example.com>`.
    pub from: String,
}

/// How the connection is protected. There is no "if the server offers it": whoever sits in between
/// could take the offer away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a relay on the same machine or network.
    None,
    /// Plain at first and encrypted before anything is said; usually port 587.
    StartTls,
    /// Encrypted from the first byte; usually port 465.
    Tls,
}

/// Deliberately without `Debug`.
#[derive(Clone)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

/// The settings make no mailer.
#[derive(Debug, thiserror::Error)]
pub enum Misconfigured {
    #[error("the sender's address is not an e-mail address: {0}")]
    From(#[from] lettre::address::AddressError),
    #[error("the SMTP server's name cannot be used for TLS: {0}")]
    Tls(#[from] lettre::transport::smtp::Error),
}

/// A mail stayed here.
#[derive(Debug, thiserror::Error)]
pub enum Unsent {
    /// Another try would not help.
    #[error("the recipient's address is not an e-mail address")]
    Address(#[from] lettre::address::AddressError),
    /// Another try would not help.
    #[error("the message cannot be written: {0}")]
    Message(#[from] lettre::error::Error),
    /// See [`Unsent::is_final`]. Servers repeat the recipient's address in their answers, so only the reply's number
    /// goes on from here, to logs and to the job's row.
    #[error("the SMTP server did not take the message: {reply}")]
    Smtp {
        /// Such as `550`, or what kind of failure it was.
        reply: String,
        /// Whether the server said so for good (5xx).
        permanent: bool,
    },
    #[error("the outbox folder cannot be written: {0}")]
    Outbox(#[from] io::Error),
}

impl Unsent {
    /// Whether another try would end the same way: a bad address, or a server that said so (5xx).
    pub fn is_final(&self) -> bool {
        match self {
            Self::Address(_) | Self::Message(_) => true,
            Self::Smtp { permanent, .. } => *permanent,
            Self::Outbox(_) => false,
        }
    }
}

impl From<lettre::transport::smtp::Error> for Unsent {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        let kind = match error.status() {
            Some(code) => code.to_string(),
            None if error.is_timeout() => "timed out".to_owned(),
            None if error.is_tls() => "no TLS".to_owned(),
            None => "no connection, or an answer that is none".to_owned(),
        };
        Self::Smtp { reply: kind, permanent: error.is_permanent() }
    }
}

impl Mailer {
    /// Sends over SMTP. Nothing is connected before the first mail.
    pub fn smtp(settings: &SmtpSettings) -> Result<Self, Misconfigured> {
        let protection = || TlsParameters::new(settings.host.clone());
        let tls = match settings.security {
            Security::None => Tls::None,
            Security::StartTls => Tls::Required(protection()?),
            Security::Tls => Tls::Wrapper(protection()?),
        };
        // "Dangerous" is that nothing is preset; TLS is set here.
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(TIMEOUT));
        if let Some(Credentials { user, password }) = settings.credentials.clone() {
            transport = transport.credentials(authentication::Credentials::new(user, password));
        }
        Ok(Self { from: settings.from.parse()?, way: Way::Smtp(transport.build()) })
    }

    /// Keeps mails as `.eml` files in `folder`, for trying things out without a mail server.
    pub fn outbox(folder: PathBuf, from: &str) -> Result<Self, Misconfigured> {
        tracing::warn!(folder = %folder.display(), "SMTP is not configured: mails are kept in the outbox folder");
        Ok(Self { from: from.parse()?, way: Way::Outbox(folder) })
    }

    /// Sends `mail`, dated `now`. `Ok` means that the server or the disk has it.
    pub async fn send(&self, mail: &Mail, now: Timestamp) -> Result<(), Unsent> {
        let message = self.message(mail, now)?;
        match &self.way {
            Way::Smtp(transport) => {
                transport.send(message).await?;
            }
            Way::Outbox(folder) => {
                let file = keep(folder, &message, now).await?;
                tracing::warn!(file = %file.display(), "SMTP is not configured: the mail was kept, not sent");
            }
        }
        Ok(())
    }

    fn message(&self, mail: &Mail, now: Timestamp) -> Result<Message, Unsent> {
        // An address parsed whole cannot hold a line break, so it cannot add a header.
        let to: Address = mail.to.parse()?;
        let id = format!("<{}@{}>", Uuid::new_v4(), self.from.email.domain());
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .date(now.into())
            .message_id(Some(id))
            // RFC 3834: keeps out-of-office answers away.
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))?;
        Ok(message)
    }
}

/// Writes under another name first: whoever watches the folder never sees half a mail.
async fn keep(folder: &Path, message: &Message, now: Timestamp) -> io::Result<PathBuf> {
    tokio::fs::create_dir_all(folder).await?;
    let name = format!("{}-{}", now.as_millisecond(), Uuid::new_v4());
    let (unfinished, file) = (folder.join(format!("{name}.part")), folder.join(format!("{name}.eml")));
    tokio::fs::write(&unfinished, message.formatted()).await?;
    tokio::fs::rename(&unfinished, &file).await?;
    Ok(file)
}
