//! Test harness: both databases, a running server, actors, sinks, a fake camera.
