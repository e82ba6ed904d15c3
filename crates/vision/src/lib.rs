//! Pixels in, measurements out: decode, locate, read the machine-readable zone.
//!
//! It knows how to turn a stranger's bytes into upright pixels within limits, where lines of machine-readable
//! text lie in them and which characters they show, each with its confidence. It refuses to know what the
//! characters mean (that is `document`), whose picture it is, the clock, files and the network.

mod archive;
mod decode;
mod geometry;
mod locate;
mod pyramid;
pub mod reader;
mod rectify;

pub use archive::STORED_SIDE;
pub use decode::{Decoded, Limits, PictureKind, Unreadable, Upload};
pub use geometry::Point;

#[doc(hidden)]
pub mod debug {
    use crate::*;
    pub fn groups(
        d: &Decoded,
        faint: bool,
    ) -> Vec<(f32, Vec<([Point; 4], usize, f32, f32, image::GrayImage)>)> {
        let p = pyramid::Pyramid::of(d.pixels());
        locate::groups(
            &p,
            if faint {
                locate::Care::Faint
            } else {
                locate::Care::Usual
            },
        )
        .into_iter()
        .map(|g| {
            (
                g.support,
                g.chains
                    .iter()
                    .map(|c| {
                        let l = rectify::Line {
                            row: c.row,
                            from: c.first - 1.2,
                            to: c.last + 1.2,
                            cap: c.cap,
                        };
                        (l.corners(), c.seen, c.pitch(), c.cap, rectify::strip(&p, &l))
                    })
                    .collect(),
            )
        })
        .collect()
    }
}
