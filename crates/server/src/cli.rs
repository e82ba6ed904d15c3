//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::commands::{credits, inspect, models, specimen};
use crate::{config, dev, lifecycle, telemetry};

/// Verify identities on your own machine: sessions by API, a hosted page for people, signed webhooks for you.
#[derive(Debug, Parser)]
#[command(name = "bonafide", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the local loop: SQLite, a live and a sandbox application, and a webhook inbox.
    Dev(dev::Dev),
    /// Run in production as a configuration file says.
    Serve {
        /// The configuration (TOML); see docs/configuration.md.
        #[arg(long)]
        config: PathBuf,
        /// Read the configuration, say what it means without secrets, and stop.
        #[arg(long)]
        check: bool,
    },
    /// Look at files as the checks do.
    #[command(subcommand)]
    Inspect(Inspect),
    /// Fetch, list and check the neural networks that are not part of the program.
    Models(models::Models),
    /// Show and add credits, on servers that charge.
    #[command(subcommand)]
    Credits(credits::Credits),
    /// Make synthetic documents and photographs of them, plainly marked SPECIMEN.
    Specimen(specimen::Specimen),
}

#[derive(Debug, Subcommand)]
enum Inspect {
    /// Find and read the machine-readable zone of pictures.
    Document(inspect::InspectDocument),
}

/// Does what was typed.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Dev(dev) => {
            telemetry::start(&telemetry::Log::for_people());
            runtime()?.block_on(dev.run())
        }
        Command::Serve { config, check } => {
            let config = config::Config::read(&config)?;
            if check {
                return config.show();
            }
            telemetry::start(&config.log);
            runtime()?.block_on(lifecycle::serve(config))
        }
        Command::Inspect(Inspect::Document(inspect)) => inspect.run(),
        Command::Credits(credits) => {
            telemetry::start(&telemetry::Log::for_people());
            runtime()?.block_on(credits.run())
        }
        Command::Models(models) => models.run(),
        Command::Specimen(specimen) => specimen.run(),
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
