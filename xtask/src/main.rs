//! The only task runner: `cargo xtask demo | test | bench | tidy | web`.

mod bench;
mod clients;
mod demo;
mod machine;
mod models;
mod peers;
mod steps;
mod test;
mod tidy;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Everything one does with this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about, max_term_width = 100)]
struct Xtask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Set up this machine, verify one synthetic passport in a real browser, show what happened, keep serving.
    Demo(demo::Demo),
    /// Set up this machine and run every check there is; what CI runs.
    Test(test::Test),
    /// Measure speed and accuracy against a named peer or limit.
    Bench(bench::Bench),
    /// Check the arrows between crates, the sizes of files and functions, and other rules of the house.
    Tidy,
    /// Build the web pages.
    Web,
}

fn main() -> ExitCode {
    // `cargo xtask demo -- --once` and `cargo xtask demo --once` mean the same.
    let arguments = std::env::args().filter(|argument| argument != "--");
    let done = match Xtask::parse_from(arguments).task {
        Task::Demo(demo) => demo.run(),
        Task::Test(test) => test.run(),
        Task::Bench(bench) => bench.run(),
        Task::Tidy => tidy::run(),
        Task::Web => web::build(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}
