//! From pixels to lines: drawn pages at every angle, and the public specimens that stand beside the checkout.

mod barcode;
mod document;
mod page;
mod pdf;
mod print;
mod quality;
mod real_pictures;
mod recapture;
mod symbols;
mod zone;
