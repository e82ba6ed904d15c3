//! Pixels in, measurements out: decode, locate, read the machine-readable zone, printed text and barcodes.
//!
//! It knows how to turn a stranger's bytes into upright pixels within limits, where documents and lines of
//! machine-readable text lie in them and which characters they show, each with its confidence. It refuses to know
//! what the characters mean (that is `document`), whose picture it is, the clock, files and the network. What is wrong
//! with a photograph (`quality`), and what speaks against an original (`recapture`), it measures; it decides nothing.

mod archive;
pub mod barcode;
mod decode;
pub mod document;
mod geometry;
mod locate;
mod mrz;
pub mod pdf;
mod pyramid;
mod quad;
pub mod quality;
pub mod reader;
pub mod recapture;
mod rectify;
pub mod text;
mod workers;

pub use archive::STORED_SIDE;
pub use decode::{Decoded, Limits, PictureKind, Unreadable, Upload};
pub use geometry::Point;
pub use mrz::{Located, MrzReading, Read, read_mrz};
