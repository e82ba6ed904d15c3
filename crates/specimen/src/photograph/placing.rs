//! The page itself in the picture: what it is bound or stuck into, its shadow, its reflection.

use super::film::Film;
use super::pose::Pose;
use super::sampler::Sampler;
use crate::canvas::{Area, Colour, DOTS_PER_MM, area, mix};
use crate::dice::Dice;
use crate::difficulty::Ranges;
use crate::document::Page;
use crate::kind::Kind;

pub(crate) struct Placing {
    /// The paper around the page in the page's millimetres: the open booklet above a data page, the passport page
    /// under a visa. Nothing around a card.
    paper: Option<Area>,
    paper_colour: Colour,
    /// Where the shadow falls, and over how many millimetres it fades.
    shadow: (f32, f32, f32),
    glare: Option<Glare>,
}

/// A lamp mirrored in the laminate, an ellipse in the page's millimetres.
#[derive(Clone, Copy)]
struct Glare {
    centre: (f32, f32),
    radii: (f32, f32),
    strength: f32,
}

impl Placing {
    pub(crate) fn draw(page: &Page, ranges: &Ranges, dice: &mut Dice) -> Placing {
        let (width, height) = (page.width_mm, page.height_mm);
        let paper = match page.kind {
            Kind::Passport if dice.chance(0.6) => Some(area(0.0, -height, width, 2.0 * height)),
            Kind::VisaA | Kind::VisaB => {
                let (left, top) = (125.0 - width, 88.0 - height);
                Some(area(-left * dice.between(0.2, 0.8), -top * dice.between(0.2, 0.9), 125.0, 88.0))
            }
            _ => None,
        };
        let glare = dice.chance(ranges.glare).then(|| glare(page, ranges.glare_on_zone, dice));
        Placing {
            paper,
            paper_colour: *dice.pick(&[
                [238.0, 232.0, 220.0],
                [226.0, 232.0, 236.0],
                [232.0, 226.0, 232.0],
                [228.0, 234.0, 222.0],
            ]),
            shadow: (dice.between(-1.6, 1.6), dice.between(0.2, 2.0), dice.between(1.2, 4.5)),
            glare,
        }
    }

    pub(crate) fn lay(&self, page: &Page, pose: Pose, film: &mut Film) {
        let whole = area(0.0, 0.0, page.width_mm, page.height_mm);
        let outer = self.paper.unwrap_or(whole);
        let corner = if self.paper.is_some() { 2.0 } else { page.kind.corner_mm() };
        let to_page = pose.to_picture().inverse();
        let sampler = Sampler::new(&page.image, pose.scale, 1);
        let (shadow_x, shadow_y, soft) = self.shadow;
        let reach = outer.grown(soft + 2.0);
        let bounds = bounds(pose.quadrilateral([reach.left, reach.top, reach.right(), reach.bottom()]), film);
        film.each(bounds, |x, y, below| {
            let (u, v) = to_page.apply(x, y);
            let outside = outer.distance(u, v, corner);
            let shade = 1.0 - (outer.distance(u - shadow_x, v - shadow_y, corner) / soft).clamp(0.0, 1.0);
            let ground = below.map(|value| value * (1.0 - 0.55 * shade * shade));
            let cover = (0.5 - outside * pose.scale).clamp(0.0, 1.0);
            if cover == 0.0 {
                return ground;
            }
            let inside = (0.5 - whole.distance(u, v, page.kind.corner_mm()) * pose.scale).clamp(0.0, 1.0);
            let paper = if inside < 1.0 { self.paper_at(u, v, page) } else { [0.0; 3] };
            let mut colour = if inside > 0.0 { mix(paper, sampler.at(u, v), inside) } else { paper };
            if let Some(glare) = self.glare {
                colour = mix(colour, [255.0; 3], glare.at(u, v));
            }
            mix(ground, colour, cover)
        });
    }

    /// The paper beside the page: pale, ruled with fine waves, darker towards the fold.
    fn paper_at(&self, u: f32, v: f32, page: &Page) -> Colour {
        let wave = (v * 2.1 + (u * 0.13).sin() * 3.0).sin() * (u * 1.3 + (v * 0.11).sin() * 4.0).sin();
        let tone = mix(self.paper_colour, [150.0, 160.0, 190.0], (wave - 0.55).max(0.0) * 0.5);
        if page.kind == Kind::Passport {
            let fold = (1.0 + v / 9.0).clamp(0.0, 1.0);
            return mix(tone, [70.0, 66.0, 70.0], fold * fold * 0.5);
        }
        tone
    }
}

fn glare(page: &Page, on_zone: bool, dice: &mut Dice) -> Glare {
    let (width, height) = (page.width_mm, page.height_mm);
    let zone_top = page.machine_zone.map_or(height, |zone| zone[1] / DOTS_PER_MM);
    let touching = on_zone && dice.chance(0.4);
    let lowest = if touching { height } else { zone_top };
    let radii = (width * dice.between(0.08, 0.24), lowest * dice.between(0.12, 0.3));
    // Two radii away the reflection has faded to nothing.
    let centre_y =
        if touching { dice.between(0.0, height) } else { dice.between(-radii.1, lowest - radii.1 * 2.0) };
    Glare {
        centre: (width * dice.between(0.1, 0.9), centre_y),
        radii,
        strength: if touching { dice.between(0.25, 0.55) } else { dice.between(0.45, 0.95) },
    }
}

impl Glare {
    fn at(&self, u: f32, v: f32) -> f32 {
        let (du, dv) = ((u - self.centre.0) / self.radii.0, (v - self.centre.1) / self.radii.1);
        let fade = (1.0 - (du * du + dv * dv) / 4.0).max(0.0);
        self.strength * fade * fade * fade
    }
}

/// The part of the film within the corners of a quadrilateral.
pub(crate) fn bounds(corners: [[f32; 2]; 4], film: &Film) -> [f32; 4] {
    let mut bounds = [f32::INFINITY, f32::INFINITY, 0.0, 0.0];
    for [x, y] in corners {
        // A corner far outside may lie behind the camera: then take the whole film.
        if !x.is_finite() || x.abs() > 1e5 || y.abs() > 1e5 {
            return film.everywhere();
        }
        bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
    }
    bounds
}
