//! Section `[mail]`.

use std::path::PathBuf;

use outbound::mail::{Credentials, Mailer, Security, SmtpSettings};
use serde::{Deserialize, Serialize};

/// How mail leaves; without a host it stays in the outbox folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Mail {
    /// The SMTP server.
    pub(crate) host: Option<String>,
    /// Its port.
    pub(crate) port: u16,
    /// `none`, `starttls` or `tls`.
    pub(crate) security: Protection,
    /// Name to log in with, if the server asks for one.
    pub(crate) user: Option<String>,
    /// Its password.
    pub(crate) password: Option<String>,
    /// The sender: `Bonafide <id@example.org>`.
    pub(crate) from: String,
    /// Where mails are kept when there is no host.
    pub(crate) outbox: PathBuf,
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Protection {
    None,
    StartTls,
    Tls,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            host: None,
            port: 587,
            security: Protection::StartTls,
            user: None,
            password: None,
            from: "Bonafide <bonafide@localhost>".to_owned(),
            outbox: PathBuf::from("outbox"),
        }
    }
}

impl Mail {
    pub(crate) fn open(&self) -> anyhow::Result<Mailer> {
        let Some(host) = &self.host else { return Ok(Mailer::outbox(self.outbox.clone(), &self.from)?) };
        let credentials = self.user.clone().zip(self.password.clone());
        Ok(Mailer::smtp(&SmtpSettings {
            host: host.clone(),
            port: self.port,
            security: match self.security {
                Protection::None => Security::None,
                Protection::StartTls => Security::StartTls,
                Protection::Tls => Security::Tls,
            },
            credentials: credentials.map(|(user, password)| Credentials { user, password }),
            from: self.from.clone(),
        })?)
    }
}
