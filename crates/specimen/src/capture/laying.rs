//! A sheet on its surface: bent, shadowed, with a reflection and a thumb on it.

use super::{Conditions, Distortion};
use crate::attack::Medium;
use crate::canvas::{Area, Colour, area, ellipse_distance, length, mix};
use crate::dice::Dice;
use crate::photograph::film::Film;
use crate::photograph::placing::bounds;
use crate::photograph::pose::Pose;
use crate::photograph::sampler::Sampler;
use crate::sheet::{Place, Sheet};

/// How a sheet lies. Lengths are in the page's millimetres.
pub(super) struct Laying {
    /// How far the middle of the page is lifted out of its plane, seen as a shift along the page.
    pub(super) bow: f32,
    glare: Option<Glare>,
    thumb: Option<Thumb>,
    /// The other page of an open booklet, above.
    booklet: bool,
    shadow: (f32, f32, f32),
}

/// A lamp mirrored in the laminate.
struct Glare {
    centre: (f32, f32),
    radii: (f32, f32),
    strength: f32,
}

/// A thumb from outside to its tip.
struct Thumb {
    from: (f32, f32),
    tip: (f32, f32),
    radius: f32,
    skin: Colour,
}

impl Laying {
    pub(super) fn draw(sheet: &Sheet, conditions: &Conditions, dice: &mut Dice) -> Laying {
        let (curve, glare) = (conditions.strength(Distortion::Curve), conditions.strength(Distortion::Glare));
        let thumb = conditions.strength(Distortion::Thumb);
        let side = if dice.chance(0.5) { 1.0 } else { -1.0 };
        Laying {
            bow: side * curve * sheet.width_mm * 0.08,
            // Paper is dull: it mirrors little.
            glare: (glare > 0.0).then(|| {
                let dull = if matches!(sheet.medium, Medium::Paper(_)) { 0.3 } else { 1.0 };
                Glare::draw(sheet, glare * dull, dice)
            }),
            thumb: (thumb > 0.0).then(|| Thumb::draw(sheet, thumb, dice)),
            booklet: matches!(sheet.medium, Medium::Genuine) && sheet.kind == "passport" && dice.chance(0.5),
            shadow: (dice.between(-1.6, 1.6), dice.between(0.2, 2.0), dice.between(1.2, 4.5)),
        }
    }

    /// What hides parts of the page, as boxes on it.
    pub(super) fn obstructions(&self, sheet: &Sheet) -> Vec<(&'static str, Place)> {
        let share = |place: Area| {
            [
                place.left / sheet.width_mm,
                place.top / sheet.height_mm,
                place.right() / sheet.width_mm,
                place.bottom() / sheet.height_mm,
            ]
            .map(|share| share.clamp(0.0, 1.0))
        };
        let glare = self.glare.as_ref().map(|glare| {
            let ((x, y), (rx, ry)) = (glare.centre, glare.radii);
            ("glare", share(area(x - rx, y - ry, rx * 2.0, ry * 2.0)))
        });
        let thumb = self.thumb.as_ref().map(|thumb| {
            let (left, right) = (thumb.from.0.min(thumb.tip.0), thumb.from.0.max(thumb.tip.0));
            let (top, bottom) = (thumb.from.1.min(thumb.tip.1), thumb.from.1.max(thumb.tip.1));
            ("thumb", share(area(left, top, right - left, bottom - top).grown(thumb.radius)))
        });
        glare.into_iter().chain(thumb).collect()
    }

    /// How far a column of the bent page is shifted along the page.
    pub(super) fn bend(&self, u: f32, width: f32) -> f32 {
        let share = (u / width).clamp(0.0, 1.0);
        self.bow * 4.0 * share * (1.0 - share)
    }

    /// What the sheet's image is part of: itself, an open booklet, a sheet of paper, a screen.
    pub(super) fn carrier(&self, sheet: &Sheet) -> Area {
        let whole = area(0.0, 0.0, sheet.width_mm, sheet.height_mm);
        match &sheet.medium {
            Medium::Screen(display) => display.whole(whole),
            Medium::Paper([left, top, right, bottom]) => {
                area(-left, -top, whole.width + left + right, whole.height + top + bottom)
            }
            Medium::Genuine if self.booklet => area(0.0, -whole.height, whole.width, whole.height * 2.0),
            Medium::Genuine => whole,
        }
    }

    pub(super) fn lay(&self, sheet: &Sheet, pose: Pose, film: &mut Film) {
        let whole = area(0.0, 0.0, sheet.width_mm, sheet.height_mm);
        let outer = self.carrier(sheet);
        let corner = if matches!(sheet.medium, Medium::Paper(_)) { 0.2 } else { sheet.corner_mm };
        let to_page = pose.to_picture().inverse();
        let sampler = Sampler::new(&sheet.image, pose.scale, 5);
        let (shadow_x, shadow_y, soft) = self.shadow;
        let reach = outer.grown(soft + 2.0 + self.bow.abs());
        let corners = pose.quadrilateral([reach.left, reach.top, reach.right(), reach.bottom()]);
        film.each(bounds(corners, film), |x, y, below| {
            let (u, plane) = to_page.apply(x, y);
            let v = plane - self.bend(u, whole.width);
            let shade = 1.0 - (outer.distance(u - shadow_x, plane - shadow_y, corner) / soft).clamp(0.0, 1.0);
            let ground = below.map(|value| value * (1.0 - 0.55 * shade * shade));
            let cover = (0.5 - outer.distance(u, v, corner) * pose.scale).clamp(0.0, 1.0);
            if cover == 0.0 {
                return ground;
            }
            let colour = match &sheet.medium {
                Medium::Screen(display) => {
                    let (right, below) = (to_page.apply(x + 1.0, y), to_page.apply(x, y + 1.0));
                    let spread = (
                        (right.0 - u).abs() + (below.0 - u).abs(),
                        (right.1 - plane).abs() + (below.1 - plane).abs(),
                    );
                    // The cells of a sensor see nearly all of their pixel.
                    let spread = (spread.0 * 0.9, spread.1 * 0.9);
                    display.colour(whole, &sampler, (u, v), spread, right.0 - u)
                }
                medium => {
                    let inside = (0.5 - whole.distance(u, v, sheet.corner_mm) * pose.scale).clamp(0.0, 1.0);
                    let around = if inside < 1.0 { around(medium, u, v) } else { [0.0; 3] };
                    if inside > 0.0 { mix(around, sampler.at(u, v), inside) } else { around }
                }
            };
            mix(ground, self.lit(colour, u, v, whole.width), cover)
        });
        if let Some(thumb) = &self.thumb {
            thumb.put(pose, film);
        }
    }

    /// Shading of the bend, and the reflection.
    fn lit(&self, colour: Colour, u: f32, v: f32, width: f32) -> Colour {
        let slope = self.bow * 4.0 * (1.0 - 2.0 * u / width) / width;
        let colour = colour.map(|value| value * (1.0 + slope * 0.9));
        match &self.glare {
            Some(glare) => mix(colour, [255.0; 3], glare.at(u, v)),
            None => colour,
        }
    }
}

/// What the page lies in: the paper of a copy, or a booklet.
fn around(medium: &Medium, u: f32, v: f32) -> Colour {
    if matches!(medium, Medium::Paper(_)) { [246.0, 246.0, 243.0] } else { paper(u, v) }
}

/// The blank page of a booklet: pale, finely ruled, darker towards the fold.
fn paper(u: f32, v: f32) -> Colour {
    let wave = (v * 2.1 + (u * 0.13).sin() * 3.0).sin() * (u * 1.3 + (v * 0.11).sin() * 4.0).sin();
    let tone = mix([232.0, 230.0, 222.0], [150.0, 160.0, 190.0], (wave - 0.55).max(0.0) * 0.5);
    let fold = (1.0 + v / 9.0).clamp(0.0, 1.0);
    mix(tone, [70.0, 66.0, 70.0], fold * fold * 0.5)
}

impl Glare {
    /// Over one of the printed fields, or the machine-readable zone, or anywhere if nothing is known of the sheet.
    fn draw(sheet: &Sheet, strength: f32, dice: &mut Dice) -> Glare {
        let mut places: Vec<Place> = sheet.content.fields.iter().map(|field| field.place).collect();
        places.extend(sheet.content.machine_zone);
        places.extend(sheet.content.barcodes.iter().map(|code| code.place));
        let anywhere = [0.2, 0.2, 0.8, 0.8];
        let [left, top, right, bottom] = if places.is_empty() { anywhere } else { *dice.pick(&places) };
        let small = sheet.width_mm.min(sheet.height_mm);
        Glare {
            centre: (
                f32::midpoint(left, right) * sheet.width_mm,
                f32::midpoint(top, bottom) * sheet.height_mm,
            ),
            radii: (small * dice.between(0.14, 0.3), small * dice.between(0.08, 0.2)),
            strength: strength * 1.25,
        }
    }

    fn at(&self, u: f32, v: f32) -> f32 {
        let (du, dv) = ((u - self.centre.0) / self.radii.0, (v - self.centre.1) / self.radii.1);
        let fade = (1.0 - (du * du + dv * dv) / 4.0).max(0.0);
        (self.strength * fade * fade).min(1.0)
    }
}

impl Thumb {
    /// Over the lower, left or right edge, where people hold what they show.
    fn draw(sheet: &Sheet, strength: f32, dice: &mut Dice) -> Thumb {
        let (width, height) = (sheet.width_mm, sheet.height_mm);
        let reach = (4.0 + 22.0 * strength) * (width / 125.0).max(1.0);
        let lean = dice.between(-14.0, 14.0);
        let (from, tip) = match dice.whole(0, 3) {
            0 => {
                let y = height * dice.between(0.25, 0.75);
                ((-60.0, y + lean), (reach - 9.0, y))
            }
            1 => {
                let y = height * dice.between(0.25, 0.75);
                ((width + 60.0, y + lean), (width - reach + 9.0, y))
            }
            _ => {
                let x = width * dice.between(0.15, 0.85);
                ((x + lean, height + 60.0), (x, height - reach + 9.0))
            }
        };
        let skin = *dice.pick(&[
            [240.0, 200.0, 172.0],
            [226.0, 178.0, 146.0],
            [196.0, 144.0, 110.0],
            [150.0, 104.0, 76.0],
            [98.0, 66.0, 50.0],
        ]);
        Thumb { from, tip, radius: dice.between(8.0, 10.5), skin }
    }

    fn put(&self, pose: Pose, film: &mut Film) {
        let (dx, dy) = (self.tip.0 - self.from.0, self.tip.1 - self.from.1);
        let long = length(dx, dy).max(1.0);
        let (dx, dy) = (dx / long, dy / long);
        let to_page = pose.to_picture().inverse();
        let reach = self.radius + 4.0;
        let [left, right] = [self.from.0.min(self.tip.0) - reach, self.from.0.max(self.tip.0) + reach];
        let [top, bottom] = [self.from.1.min(self.tip.1) - reach, self.from.1.max(self.tip.1) + reach];
        let corners = pose.quadrilateral([left, top, right, bottom]);
        film.each(bounds(corners, film), |x, y, below| {
            let (u, v) = to_page.apply(x, y);
            let (u, v) = (u - self.tip.0, v - self.tip.1);
            // Along the thumb, negative before its tip, and across it.
            let (along, across) = (u * dx + v * dy, v * dx - u * dy);
            let distance = length(along.max(0.0), across) - self.radius;
            if along < -long || distance > 3.0 {
                return below;
            }
            let shadow = below.map(|value| value * (0.55 + 0.15 * distance.max(0.0)));
            let round = 1.0 - ((distance + self.radius) / self.radius).clamp(0.0, 1.0).powi(3) * 0.4;
            let nail =
                ellipse_distance(along - self.radius * 0.1, across, self.radius * 0.68, self.radius * 0.6);
            let skin = self.skin.map(|value| value * round);
            let skin =
                mix(skin, mix(self.skin, [255.0, 228.0, 222.0], 0.55), (0.5 - nail * 2.0).clamp(0.0, 1.0));
            mix(shadow, skin, (0.5 - distance * pose.scale).clamp(0.0, 1.0))
        });
    }
}
