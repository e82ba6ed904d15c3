//! Tests of the harness against the real programs it stands beside.

mod crash;
mod receivers;
