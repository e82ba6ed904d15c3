//! People who operate an organisation: registering without a browser, logging in, and what they may see (core API §1).

use std::net::IpAddr;

use model::id::{AccountId, OrganizationId};
use serde_json::json;
use store::accounts::AccountRow;
use store::{Actor, Place, Tx};

use crate::Engine;
use crate::audit::{self, Subject};

mod applications;
mod client;
mod code;
mod log_in;
mod login;
mod organizations;
mod password;
mod provision;
mod register;
mod resend_code;
mod second_factor;
mod token;
mod totp;
mod verify_email;

pub use applications::{
    Application, application_for_command_line, get_application, list_applications, make_application,
    rename_application, reveal_api_key, rotate_api_key,
};
pub use client::{authenticate_client, client_token, introspect};
pub use log_in::{LoggedIn, log_in};
pub use login::{Bearer, authenticate, bearer, log_out, refresh, revoke};
pub use organizations::{
    Organization, OrganizationChanges, change_organization, list_organizations, make_organization,
};
pub(crate) use provision::api_key_hash;
pub use provision::{NewApplication, create_application, create_organization};
pub use register::register;
pub use resend_code::resend_code;
pub use second_factor::{
    CHALLENGE_SECONDS, Enrolment, confirm, disable, enrol, renew_recovery_codes, verify,
};
pub use token::{Operator, TOKEN_SECONDS, Tokens};
pub use verify_email::{Verified, verify_email};

/// Registrations from one address in an hour.
pub const REGISTRATIONS_PER_HOUR: i64 = 5;

/// Why an account is not made, confirmed or opened.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The password breaks this rule; others may be broken too.
    #[error("{0}")]
    WeakPassword(&'static str),
    /// The address has a confirmed account.
    #[error("the address has an account")]
    EmailTaken,
    /// No live code of this account is that one.
    #[error("the code is wrong or has expired")]
    WrongCode,
    /// E-mail and password do not belong together.
    #[error("e-mail and password do not belong together")]
    WrongCredentials,
    /// The password is right, the address is not confirmed.
    #[error("the address is not confirmed")]
    NotVerified,
    /// Too often; seconds until it may work again.
    #[error("too many attempts; wait {0} s")]
    Throttled(u64),
    /// The token is not ours, has expired, or its account is gone.
    #[error("not a valid token")]
    WrongToken,
    /// A code of the authenticator is wrong, was used, or is not of now.
    #[error("the one-time code is wrong")]
    WrongOtp,
    /// No login waits for a code under this token.
    #[error("no login waits for a code")]
    WrongChallenge,
    /// The account has a second factor already.
    #[error("the account has a second factor")]
    HasSecondFactor,
    /// The account has none.
    #[error("the account has no second factor")]
    NoSecondFactor,
    /// The organisation or application is not this operator's.
    #[error("not found")]
    NotFound,
    /// Somebody else must approve it: the request that waits for them.
    #[error("request {0} waits for a second person")]
    NeedsApproval(uuid::Uuid),
    /// Nobody could approve what one member asks.
    #[error("fewer than two members may approve")]
    TooFewApprovers,
    /// The code could not be mailed; asking again is safe.
    #[error("the mail could not be sent")]
    Mail(#[source] outbound::mail::Unsent),
    /// A key could not be made or read.
    #[error("a signing key could not be made or read")]
    Key,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Addresses differ by letter case in practice only by typing.
pub(crate) fn email_hash(engine: &Engine, email: &str) -> String {
    engine.keyring.lookup("accounts.email", &email.trim().to_lowercase())
}

/// Notes what an operator changed of their own account, in the record of their organisation.
async fn note(engine: &Engine, tx: &mut Tx, operator: &Operator, action: &str) -> Result<(), store::Error> {
    let (id, home) = (operator.account(), operator.home());
    note_of(engine, tx, (id, home, operator.source()), action).await
}

/// [`note`] while the operator has no token yet.
async fn note_of(
    engine: &Engine,
    tx: &mut Tx,
    (id, home, source): (AccountId, OrganizationId, Option<IpAddr>),
    action: &str,
) -> Result<(), store::Error> {
    let subject = Subject { organization: home, application: None, actor: Actor::Account(id), source };
    audit::note_of(engine, tx, subject, action, id, json!({})).await
}

fn email_place(id: AccountId) -> Place {
    Place::new("accounts", id)
}

fn email_of(engine: &Engine, row: &AccountRow) -> Result<String, store::Error> {
    engine.keyring.open_text(&email_place(row.id), &row.sealed_email)
}

/// The address of an account, if there is such an account.
pub(crate) async fn email(
    engine: &Engine,
    tx: &mut Tx,
    id: AccountId,
) -> Result<Option<String>, store::Error> {
    store::accounts::find(tx, id).await?.map(|row| email_of(engine, &row)).transpose()
}

/// What the organisation and application of a new account are called.
fn local_part(email: &str) -> String {
    email.split('@').next().unwrap_or(email).chars().take(100).collect()
}

/// Runs what takes long on a thread of its own, so that other requests go on.
async fn apart<T: Send + 'static>(engine: &Engine, work: impl FnOnce() -> T + Send + 'static) -> T {
    let _place = engine.heavy_work().acquire().await;
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(broken) => std::panic::resume_unwind(broken.into_panic()),
    }
}
