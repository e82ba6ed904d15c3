//! The program `bonafide`.

use std::process::ExitCode;

use clap::Parser;
use server::{Cli, run};

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bonafide: {error:#}");
            ExitCode::FAILURE
        }
    }
}
