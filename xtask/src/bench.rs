//! Measurements, each as a ratio to a named peer or limit in the same run.

use clap::{Args, Subcommand};

use crate::steps::{cargo, run};
use crate::{machine, peers};

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
    /// Write the result into docs/scorecard.md.
    #[arg(long, global = true)]
    write: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Session creates per second and p99 on both databases, against bare inserts of the same rows.
    Api {
        /// Creates per database.
        #[arg(long, default_value_t = 2000)]
        creates: u32,
    },
    /// Nothing acknowledged is lost when the server is killed at random moments under load, on both databases.
    Crash {
        /// Kills per database.
        #[arg(short = 'n', long, default_value_t = 200)]
        kills: u32,
    },
    /// Machine-readable zones read whole, per format and difficulty, on synthetic photographs.
    Documents {
        /// Photographs per format and difficulty.
        #[arg(short = 'n', long, default_value_t = 500)]
        count: u32,
        /// Also ask two published readers, on so many photographs of each: they take seconds for one.
        #[arg(long, default_value_t = 0)]
        peers: u32,
    },
    /// National numbers: the verdicts of python-stdnum on the same values.
    Identifiers {
        /// Bodies per scheme, each asked with every check digit.
        #[arg(short = 'n', long, default_value_t = 100)]
        bodies: u32,
    },
    /// Deliveries per second, time from commit to first attempt, and what an endpoint that hangs does to the others.
    Webhooks {
        /// Deliveries per database.
        #[arg(long, default_value_t = 10_000)]
        deliveries: u32,
    },
}

impl Bench {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        machine::set_up()?;
        let (package, name, number) = match self.what {
            What::Api { creates } => ("testkit", "api", creates),
            What::Crash { kills } => ("testkit", "crash", kills),
            What::Documents { count, .. } => ("specimen", "documents", count),
            What::Identifiers { bodies } => ("document", "identifiers", bodies),
            What::Webhooks { deliveries } => ("testkit", "webhooks", deliveries),
        };
        let mut measure = cargo(&["run", "--release", "--package", package, "--example", name, "--"]);
        measure.arg(number.to_string());
        if let What::Documents { peers, .. } = self.what
            && peers > 0
        {
            peers::set_up()?;
            measure.args(["--peers", &peers.to_string()]);
        }
        if self.write {
            measure.arg("--write");
        }
        run(&mut measure)
    }
}
