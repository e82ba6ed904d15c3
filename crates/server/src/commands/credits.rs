//! `bonafide credits`: what organisations have paid, on servers that charge.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;
use engine::Engine;
use engine::credits::{self, Money};
use model::id::OrganizationId;
use outbound::Reach;
use outbound::webhook::Courier;
use store::Keyring;

use crate::config::Config;
use crate::lifecycle;

/// What to do with credits.
#[derive(Debug, Subcommand)]
pub(crate) enum Credits {
    /// List organisations and their balances.
    List {
        /// The configuration of the server.
        #[arg(long)]
        config: PathBuf,
    },
    /// Add to an organisation's balance.
    Add {
        /// The configuration of the server.
        #[arg(long)]
        config: PathBuf,
        /// The organisation's id, see `list`.
        #[arg(long)]
        organization: OrganizationId,
        /// Dollars, such as 50 or 12.50.
        #[arg(long)]
        amount: Money,
        /// Kept with the entry: an invoice number, for example.
        #[arg(long, default_value = "")]
        note: String,
    },
}

impl Credits {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::List { config } => {
                let engine = engine(&Config::read(&config)?).await?;
                for (id, name, balance) in credits::balances(&engine).await? {
                    println!("{id}  {balance:>14}  {name}");
                }
                engine.store.close().await;
            }
            Self::Add { config, organization, amount, note } => {
                let engine = engine(&Config::read(&config)?).await?;
                let balance = credits::top_up(&engine, organization, amount, &note).await?;
                let balance = balance.with_context(|| format!("there is no organisation {organization}"))?;
                println!("{balance}");
                engine.store.close().await;
            }
        }
        Ok(())
    }
}

async fn engine(config: &Config) -> anyhow::Result<Engine> {
    let courier = Courier::new(Reach::PublicOnly);
    let keyring = Keyring::from_master(config.keys.master_key()?);
    let store = config.database.open(&keyring).await?;
    let (blobs, mailer) = (config.storage.open()?, config.mail.open()?);
    let base_url = config.server.base_url();
    let parts = lifecycle::parts(store, keyring, blobs, mailer, courier, base_url, Reach::PublicOnly);
    Ok(Engine::new(parts, 1))
}
