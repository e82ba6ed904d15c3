//! Machine-readable zones and document rules (ICAO 9303). Text in, findings out. Pure.
