//! Pixels in, measurements out: decode, locate, read the machine-readable zone.
