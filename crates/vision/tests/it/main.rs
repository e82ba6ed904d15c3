//! From pixels to lines: drawn pages at every angle, and the public specimens that stand beside the checkout.

mod barcode;
mod document;
mod page;
mod print;
mod real_pictures;
mod symbols;
mod zone;
