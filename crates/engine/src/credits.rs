//! Credits: what organisations pay in advance on servers that charge. Most charge nothing.
//!
//! A session is paid when it is made, at the price of its workflow's dearest path; a sandbox session never, and nothing is
//! given back when a session is deleted. A balance cannot fall below nothing, however many creates run at once: the
//! charge is one conditional statement in the transaction of the create.

use std::collections::BTreeMap;
use std::fmt::Display;

use model::feature::Feature;
use model::id::OrganizationId;
use store::credits::Movement;
use store::{Mode, Scope, Tx};

use crate::{Engine, audit};

mod money;
mod prices;

pub use money::{Money, NotMoney};
pub use prices::{Price, of_workflow};

/// What an operator charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credits {
    /// Whether anything is charged.
    pub metered: bool,
    /// Price of each feature.
    pub prices: BTreeMap<Feature, Money>,
    /// The operator's page for paying in.
    pub top_up_url: Option<String>,
}

impl Default for Credits {
    fn default() -> Self {
        Self { metered: false, prices: prices::default_prices(), top_up_url: None }
    }
}

/// The balance of a server that charges nothing: programs read a low one as a reason to stop.
pub const BOUNDLESS: Money = Money(9_999_999_999_999);

/// The organisation's balance.
pub async fn balance(engine: &Engine, scope: &Scope) -> Result<Money, store::Error> {
    if !engine.credits.metered {
        return Ok(BOUNDLESS);
    }
    let mut tx = engine.store.read().await?;
    store::credits::balance(&mut tx, scope.organization_id()).await.map(Money)
}

/// Charges in the transaction of what is paid for; false, and nothing done, if the balance does not hold the amount.
/// Sandbox applications and servers that charge nothing pay nothing.
///
/// `object` names what is paid for: a session's id, a call's.
pub async fn charge(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    amount: Money,
    object: impl Display,
) -> Result<bool, store::Error> {
    if !engine.credits.metered || scope.mode() == Mode::Sandbox || amount.0 == 0 {
        return Ok(true);
    }
    let object = object.to_string();
    let movement = Movement {
        id: engine.uuid(),
        organization_id: scope.organization_id(),
        application_id: Some(scope.application_id()),
        amount: amount.0,
        object: &object,
        at: engine.now(),
    };
    store::credits::charge(tx, &movement).await
}

/// Charges before something that cannot be part of a transaction, such as a message; [`give_back`] if it fails.
pub async fn charge_ahead(
    engine: &Engine,
    scope: &Scope,
    amount: Money,
    object: impl Display,
) -> Result<bool, store::Error> {
    if !engine.credits.metered {
        return Ok(true);
    }
    let mut tx = engine.store.begin().await?;
    let charged = charge(engine, &mut tx, scope, amount, object).await?;
    tx.commit().await?;
    Ok(charged)
}

/// Gives back what was charged for something that did not happen.
pub async fn give_back(
    engine: &Engine,
    scope: &Scope,
    amount: Money,
    object: impl Display,
) -> Result<(), store::Error> {
    if !engine.credits.metered || scope.mode() == Mode::Sandbox || amount.0 == 0 {
        return Ok(());
    }
    let object = object.to_string();
    let movement = Movement {
        id: engine.uuid(),
        organization_id: scope.organization_id(),
        application_id: Some(scope.application_id()),
        amount: amount.0,
        object: &object,
        at: engine.now(),
    };
    let mut tx = engine.store.begin().await?;
    store::credits::give_back(&mut tx, &movement).await?;
    tx.commit().await
}

/// What a feature costs by itself, for calls without a session.
pub fn price_of(engine: &Engine, feature: Feature) -> Money {
    engine.credits.prices.get(&feature).copied().unwrap_or_default()
}

/// What a caller without credits reads.
pub fn insufficient(engine: &Engine) -> String {
    let sentence = "You don't have enough credits to perform this request.";
    match &engine.credits.top_up_url {
        Some(page) => format!("{sentence} Please top up at {page}"),
        None => format!("{sentence} Please ask the operator of this server to top up."),
    }
}

/// Adds to an organisation's balance, on the operator's word; answers with the new balance, or nothing if there is no
/// such organisation.
pub async fn top_up(
    engine: &Engine,
    organization_id: OrganizationId,
    amount: Money,
    note: &str,
) -> Result<Option<Money>, store::Error> {
    let mut tx = engine.store.begin().await?;
    if store::organizations::find(&mut tx, organization_id).await?.is_none() {
        return Ok(None);
    }
    let movement = Movement {
        id: engine.uuid(),
        organization_id,
        application_id: None,
        amount: amount.0,
        object: note,
        at: engine.now(),
    };
    let after = store::credits::top_up(&mut tx, &movement).await?;
    let applications = store::applications::list_for_member(&mut tx, organization_id).await?;
    if let Some((scope, _)) = applications.first() {
        let details = serde_json::json!({"amount": amount.to_string(), "balance": Money(after).to_string()});
        audit::note(engine, &mut tx, scope, "credits.topped_up", organization_id, details).await?;
    }
    tx.commit().await?;
    Ok(Some(Money(after)))
}

/// Every organisation with its name and balance, for the operator.
pub async fn balances(engine: &Engine) -> Result<Vec<(OrganizationId, String, Money)>, store::Error> {
    let mut tx = engine.store.read().await?;
    let mut all = Vec::new();
    for row in store::organizations::list(&mut tx).await? {
        let balance = store::credits::balance(&mut tx, row.id).await?;
        all.push((row.id, row.name, Money(balance)));
    }
    Ok(all)
}
