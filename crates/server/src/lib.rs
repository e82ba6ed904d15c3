//! The binary: command line, configuration, telemetry, lifecycle.
