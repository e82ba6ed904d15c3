//! Every check there is, in the order in which a mistake shows soonest.

use clap::Args;

use crate::steps::{Steps, cargo, run};
use crate::web::npm;
use crate::{clients, demo, machine, models, tidy, web};

/// Options of the checks.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Leave out what needs a browser.
    #[arg(long)]
    no_browser: bool,
}

impl Test {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut steps = Steps::new(if self.no_browser { 8 } else { 11 });
        steps.step("Set up the machine", machine::set_up)?;
        steps.step("Check the house rules (tidy)", tidy::run)?;
        steps.step("Check the formatting", || run(&mut cargo(&["fmt", "--all", "--check"])))?;
        steps.step("Build the web pages", web::build)?;
        steps.step("Check types and units of the web pages", || {
            run(&mut npm(&["run", "--silent", "check"]))?;
            run(&mut npm(&["run", "--silent", "test:unit"]))
        })?;
        if !self.no_browser {
            steps.step("Test the pages in Chromium", pages)?;
        }
        steps.step("Lint (clippy)", || {
            run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
        })?;
        steps.step("Fetch the models", || models::fetch(&demo::build()?))?;
        steps.step("Test every crate, on SQLite and PostgreSQL", || {
            run(&mut cargo(&["test", "--workspace", "--no-fail-fast"]))
        })?;
        if !self.no_browser {
            steps.step("Verify a passport end to end", || demo::verify_once(demo::Show::Briefly))?;
            steps.step("Run other people's clients, unmodified", clients::run_all)?;
        }
        steps.table();
        println!("\n✓ every check passed");
        Ok(())
    }
}

/// A real browser on a busy machine now and then misses a deadline of its tests. A second look, said out loud, tells
/// that from a mistake, which fails twice.
fn pages() -> anyhow::Result<()> {
    let look = || run(&mut npm(&["run", "--silent", "test:browser"]));
    look().or_else(|error| {
        println!("  {error:#}: looking once more");
        look()
    })
}
