//! What people hold before the camera instead of a genuine document, and what they change on one.
//!
//! All of it is synthetic: it shows the traces that a physical attack leaves (grids, dots, edges, seams) as far as
//! arithmetic can, and measures detectors only as far as that.

mod copy;
pub(crate) mod display;
mod splice;

use crate::dice::Dice;
use crate::fonts::Fonts;
use crate::sheet::{Place, Sheet, Tampering};
use display::Display;
use serde::Serialize;
use std::str::FromStr;

/// A way to deceive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attack {
    /// Photographed from a screen: sub-pixels, moiré, glow, a frame.
    Screen,
    /// Printed by ink jets: a random grain of three inks, pale colours, paper around it.
    Inkjet,
    /// Printed by a colour laser: rows of dots at four angles, paper around it.
    Laser,
    /// Copied in black and white.
    BlackAndWhite,
    /// Another photograph glued or painted over the portrait.
    PortraitReplaced,
    /// A printed value wiped out and written anew in another type.
    FieldEdited,
    /// No portrait where one belongs.
    PortraitMissing,
}

/// The word is no [`Attack`].
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown attack; known are {}", Attack::ALL.map(Attack::name).join(", "))]
pub struct UnknownAttack;

impl Attack {
    pub const ALL: [Attack; 7] = [
        Attack::Screen,
        Attack::Inkjet,
        Attack::Laser,
        Attack::BlackAndWhite,
        Attack::PortraitReplaced,
        Attack::FieldEdited,
        Attack::PortraitMissing,
    ];

    /// As written on the command line and in truth files.
    pub fn name(self) -> &'static str {
        match self {
            Attack::Screen => "screen",
            Attack::Inkjet => "inkjet",
            Attack::Laser => "laser",
            Attack::BlackAndWhite => "black-and-white",
            Attack::PortraitReplaced => "portrait-replaced",
            Attack::FieldEdited => "field-edited",
            Attack::PortraitMissing => "portrait-missing",
        }
    }

    /// Whether it needs a portrait to work on.
    pub fn needs_portrait(self) -> bool {
        matches!(self, Attack::PortraitReplaced | Attack::PortraitMissing)
    }
}

impl FromStr for Attack {
    type Err = UnknownAttack;

    fn from_str(name: &str) -> Result<Attack, UnknownAttack> {
        Attack::ALL.into_iter().find(|attack| attack.name() == name).ok_or(UnknownAttack)
    }
}

/// What carries the image of a document.
#[derive(Clone, Debug, Default)]
pub(crate) enum Medium {
    #[default]
    Genuine,
    /// A sheet of paper that reaches so far beyond the image: left, top, right and bottom in millimetres.
    Paper([f32; 4]),
    Screen(Display),
}

const EVERYWHERE: Place = [0.0, 0.0, 1.0, 1.0];

/// The sheet after an attack; `None` if there is nothing on it to attack. Attacks can follow one another. The same
/// arguments give the same sheet.
pub fn attack(sheet: &Sheet, attack: Attack, seed: u64, fonts: &Fonts) -> Option<Sheet> {
    let mut dice = Dice::new(seed, attack.name());
    let mut after = sheet.clone();
    let mut original = None;
    let place = match attack {
        Attack::Screen => {
            after.medium = Medium::Screen(Display::draw(sheet.width_mm, &mut dice));
            EVERYWHERE
        }
        Attack::Inkjet => {
            copy::inkjet(&mut after.image, &mut dice);
            on_paper(&mut after, &mut dice)
        }
        Attack::Laser => {
            copy::laser(&mut after.image, &mut dice);
            on_paper(&mut after, &mut dice)
        }
        Attack::BlackAndWhite => {
            copy::black_and_white(&mut after.image, &mut dice);
            on_paper(&mut after, &mut dice)
        }
        Attack::PortraitReplaced => splice::replace_portrait(&mut after, &mut dice)?,
        Attack::PortraitMissing => splice::remove_portrait(&mut after)?,
        Attack::FieldEdited => {
            let (place, before) = splice::edit_field(&mut after, fonts, &mut dice)?;
            original = Some(before);
            place
        }
    };
    after.content.tampering.push(Tampering { attack, place, original });
    Some(after)
}

/// Cut out of the page roughly along the edges, or left on it.
fn on_paper(sheet: &mut Sheet, dice: &mut Dice) -> Place {
    let most = if dice.chance(0.6) { 3.0 } else { 24.0 };
    sheet.medium = Medium::Paper(std::array::from_fn(|_| dice.between(0.2, most)));
    EVERYWHERE
}
