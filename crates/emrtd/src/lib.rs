//! ICAO 9303 chips. Empty until the chip issue: nothing here runs yet.
