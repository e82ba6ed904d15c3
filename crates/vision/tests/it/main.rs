//! From pixels to lines: drawn pages at every angle, and the public specimens that stand beside the checkout.

mod document;
mod page;
mod real_pictures;
mod zone;
