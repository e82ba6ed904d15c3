//! Where machine-readable lines may be: rows of glyph-sized blots at a steady pitch, at any angle.
//!
//! Nothing is read here. Proposals are cheap and many; the line reader judges them.

mod chains;
mod components;
mod groups;
mod threshold;

use image::GrayImage;

pub(crate) use chains::Chain;
pub(crate) use groups::Group;

use crate::pyramid::{Pyramid, halve};
use components::Blot;
use threshold::Ink;

/// Longer side of the picture the search works on. A zone that takes 35 % of a picture's width has a pitch of
/// 11 pixels here.
const WORKING_SIDE: u32 = 1400;

/// Blots outside these sizes (longer side of the box, pixels) are no glyphs at the level searched.
const GLYPH_SIZE: std::ops::RangeInclusive<u32> = 5..=36;

/// How willing the search is to call a pixel ink.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Care {
    /// Plain prints in fair light.
    Usual,
    /// Faint, blurred or small print.
    Faint,
}

/// Rows found in the picture, in its own pixels, best supported groups first.
pub(crate) fn groups(pyramid: &Pyramid, care: Care) -> Vec<Group> {
    let full = pyramid.full().width().max(pyramid.full().height());
    let (working, step) = pyramid.resized(WORKING_SIDE.min(full * 2));
    let half = halve(&working);
    let fine = level_chains(&working, care).into_iter().map(|chain| chain.scaled(step));
    let coarse = level_chains(&half, care).into_iter().map(|chain| chain.scaled(step * 2.0));
    let mut groups = groups::groups(groups::join_fragments(fine.collect()));
    groups.extend(groups::groups(groups::join_fragments(coarse.collect())));
    groups.sort_by(|a, b| b.support.total_cmp(&a.support));
    groups
}

fn level_chains(level: &GrayImage, care: Care) -> Vec<Chain> {
    if level.width().min(level.height()) < *GLYPH_SIZE.start() {
        return Vec::new();
    }
    let rule = match care {
        Care::Usual => Ink { radius: 12, deviations: 0.6, contrast: 10 },
        Care::Faint => Ink { radius: 9, deviations: 0.9, contrast: 4 },
    };
    let mask = threshold::ink(level, rule);
    let mut blots = components::blots(&mask, level.width() as usize);
    blots.retain(is_glyph_sized);
    chains::chains(&blots, level.width(), level.height())
}

fn is_glyph_sized(blot: &Blot) -> bool {
    let (width, height) = (blot.width(), blot.height());
    let (long, short) = (width.max(height), width.min(height));
    GLYPH_SIZE.contains(&long) && short >= 2 && short * 9 >= long && blot.area * 8 >= width * height
}
