//! Hands a code to the mail server or to the provider of text messages. No transaction is open meanwhile.

use outbound::mail::ContactCode;
use outbound::sms::{Channel, NotSent, Text, code_text};
use serde_json::Value;
use store::{Mode, Scope};

use super::{Contact, code};
use crate::Engine;

/// One code on its way.
pub(super) struct Letter<'a> {
    pub(super) contact: &'a Contact,
    pub(super) code: &'a str,
    /// BCP 47.
    pub(super) language: &'a str,
    pub(super) channel: Channel,
    pub(super) signals: &'a Value,
    /// Names it in the provider's log.
    pub(super) reference: String,
    /// Whether the code is typed on our own page, which the browser may then fill in.
    pub(super) hosted: bool,
}

/// Why nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unsent {
    /// The address takes no messages.
    Undeliverable,
    /// The provider thinks it is abuse, in its own words.
    Blocked(String),
    /// Worth another try.
    Later,
}

/// Sends it once; says which way a text message took. From sandbox applications nothing leaves.
pub(super) async fn send(
    engine: &Engine,
    scope: &Scope,
    letter: &Letter<'_>,
) -> Result<Option<Channel>, Unsent> {
    if scope.mode() == Mode::Sandbox {
        return Ok(matches!(letter.contact, Contact::Phone(_)).then_some(Channel::Sms));
    }
    let application = application(engine, scope).await?;
    match letter.contact {
        Contact::Email(address) => mail(engine, &application, address, letter).await.map(|()| None),
        Contact::Phone(number) => text(engine, &application, &number.e164, letter).await.map(Some),
    }
}

async fn application(engine: &Engine, scope: &Scope) -> Result<String, Unsent> {
    let failed = |error: store::Error| {
        tracing::error!(%error, "the application cannot be read");
        Unsent::Later
    };
    let mut tx = engine.store.read().await.map_err(failed)?;
    let row = store::applications::find(&mut tx, scope).await.map_err(failed)?;
    Ok(row.map(|row| row.name).unwrap_or_default())
}

async fn mail(engine: &Engine, application: &str, address: &str, letter: &Letter<'_>) -> Result<(), Unsent> {
    let code = ContactCode { application, code: letter.code, minutes: code::MINUTES };
    let sent = engine.mailer.send(&code.mail(address, letter.language), engine.now()).await;
    sent.map_err(|unsent| {
        let is_final = unsent.is_final();
        tracing::warn!(%unsent, is_final, reference = letter.reference, "a code was not mailed");
        if is_final { Unsent::Undeliverable } else { Unsent::Later }
    })
}

async fn text(
    engine: &Engine,
    application: &str,
    number: &str,
    letter: &Letter<'_>,
) -> Result<Channel, Unsent> {
    let page = url::Url::parse(&engine.base_url).ok();
    let host = page.as_ref().and_then(url::Url::host_str).filter(|_| letter.hosted);
    let body = code_text(application, letter.code, code::MINUTES, letter.language, host);
    let channel = if engine.texter.carries(letter.channel) { letter.channel } else { Channel::Sms };
    let message = Text {
        to: number,
        body: &body,
        code: letter.code,
        application,
        locale: letter.language,
        channel,
        signals: letter.signals,
        reference: &letter.reference,
    };
    match engine.texter.send(&message, engine.now()).await {
        Ok(sent) => Ok(sent.channel),
        Err(unsent) => {
            tracing::warn!(%unsent, reference = letter.reference, "a code was not texted");
            Err(match unsent {
                NotSent::InvalidNumber => Unsent::Undeliverable,
                NotSent::Blocked { reason } => Unsent::Blocked(reason),
                NotSent::Unavailable(_) => Unsent::Later,
            })
        }
    }
}
