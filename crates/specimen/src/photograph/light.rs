//! Light over the scene: exposure, falloff, colour of the lamp, a cast shadow.

use super::film::Film;
use crate::dice::Dice;
use crate::difficulty::Ranges;

#[derive(Clone, Copy)]
pub(crate) struct Light {
    gains: [f32; 3],
    falloff: f32,
    /// Unit vector towards the darker side.
    towards: (f32, f32),
    vignette: f32,
    shadow: Option<CastShadow>,
    /// Black is lifted by this many levels: haze and flare.
    haze: f32,
}

/// A soft-edged darkness on one side of a line through the picture.
#[derive(Clone, Copy)]
struct CastShadow {
    across: (f32, f32),
    /// Where the edge crosses, in half diagonals from the middle.
    offset: f32,
    softness: f32,
    depth: f32,
}

impl Light {
    pub(crate) fn draw(ranges: &Ranges, dice: &mut Dice) -> Light {
        let exposure = dice.between(ranges.exposure.0, ranges.exposure.1);
        let warmth = dice.between(-ranges.white_balance, ranges.white_balance);
        let tint = dice.between(-ranges.white_balance, ranges.white_balance) * 0.3;
        let angle = dice.between(0.0, std::f32::consts::TAU);
        let shadow = dice.chance(ranges.cast_shadow).then(|| {
            let angle = dice.between(0.0, std::f32::consts::TAU);
            CastShadow {
                across: (angle.cos(), angle.sin()),
                offset: dice.between(-0.35, 0.45),
                softness: dice.between(0.05, 0.3),
                depth: dice.between(0.2, 0.45),
            }
        });
        Light {
            gains: [exposure * (1.0 + warmth), exposure * (1.0 + tint), exposure * (1.0 - warmth)],
            falloff: dice.between(ranges.falloff.0, ranges.falloff.1),
            towards: (angle.cos(), angle.sin()),
            vignette: dice.between(0.0, 0.16),
            shadow,
            haze: dice.between(0.0, 14.0),
        }
    }

    pub(crate) fn fall_on(&self, film: &mut Film) {
        let (half_width, half_height) = (film.width as f32 / 2.0, film.height as f32 / 2.0);
        let scale = 1.0 / half_width.hypot(half_height);
        film.each(film.everywhere(), |x, y, colour| {
            let (u, v) = ((x - half_width) * scale, (y - half_height) * scale);
            let side = (u * self.towards.0 + v * self.towards.1) * 0.5 + 0.5;
            let mut light = (1.0 - self.falloff * side) * (1.0 - self.vignette * (u * u + v * v));
            if let Some(shadow) = self.shadow {
                let beyond = u * shadow.across.0 + v * shadow.across.1 - shadow.offset;
                let share = (beyond / shadow.softness + 0.5).clamp(0.0, 1.0);
                light *= 1.0 - shadow.depth * share * share * (3.0 - 2.0 * share);
            }
            std::array::from_fn(|channel| {
                self.haze + colour[channel] * light * self.gains[channel] * (1.0 - self.haze / 255.0)
            })
        });
    }
}
