//! A sheet that is drawn on in millimetres: shapes by signed distance, strokes, letters.

mod lettering;
mod strokes;

use image::{Rgb, RgbImage};
pub(crate) use lettering::{Lettering, mask};
pub(crate) use strokes::Strokes;

/// 300 dots per inch.
pub(crate) const DOTS_PER_MM: f32 = 300.0 / 25.4;

/// Red, green and blue, 0 to 255.
pub(crate) type Colour = [f32; 3];

/// The colour between two, `share` of the way.
pub(crate) fn mix(from: Colour, to: Colour, share: f32) -> Colour {
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|channel| from[channel] + (to[channel] - from[channel]) * share)
}

/// A rectangle in millimetres from the upper left corner of its sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

pub(crate) const fn area(left: f32, top: f32, width: f32, height: f32) -> Area {
    Area { left, top, width, height }
}

impl Area {
    pub(crate) fn right(&self) -> f32 {
        self.left + self.width
    }

    pub(crate) fn bottom(&self) -> f32 {
        self.top + self.height
    }

    pub(crate) fn centre(&self) -> (f32, f32) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }

    pub(crate) fn grown(&self, by: f32) -> Area {
        area(self.left - by, self.top - by, self.width + 2.0 * by, self.height + 2.0 * by)
    }

    /// Distance to the edge with rounded corners: negative inside.
    pub(crate) fn distance(&self, x: f32, y: f32, radius: f32) -> f32 {
        let (centre_x, centre_y) = self.centre();
        let dx = (x - centre_x).abs() - self.width / 2.0 + radius;
        let dy = (y - centre_y).abs() - self.height / 2.0 + radius;
        length(dx.max(0.0), dy.max(0.0)) + dx.max(dy).min(0.0) - radius
    }
}

/// The length of a vector. `f32::hypot` guards against overflows that millimetres never reach, at many times the cost.
pub(crate) fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

/// Roughly the distance to an ellipse, exact enough within a millimetre of its edge.
pub(crate) fn ellipse_distance(dx: f32, dy: f32, radius_x: f32, radius_y: f32) -> f32 {
    let scaled = length(dx / radius_x, dy / radius_y);
    let slope = length(dx / (radius_x * radius_x), dy / (radius_y * radius_y));
    if slope < 1e-6 { -radius_x.min(radius_y) } else { scaled * (scaled - 1.0) / slope }
}

pub(crate) struct Canvas {
    pub(crate) image: RgbImage,
}

impl Canvas {
    /// A white sheet.
    pub(crate) fn new(width_mm: f32, height_mm: f32) -> Canvas {
        let dots = |mm: f32| (mm * DOTS_PER_MM).round() as u32;
        Canvas { image: RgbImage::from_pixel(dots(width_mm), dots(height_mm), Rgb([255; 3])) }
    }

    pub(crate) fn whole(&self) -> Area {
        let mm = |dots: u32| dots as f32 / DOTS_PER_MM;
        area(0.0, 0.0, mm(self.image.width()), mm(self.image.height()))
    }

    /// Lays ink over every dot of `bounds`: `ink` returns a colour and how much of it there is, 0 to 1.
    pub(crate) fn paint(&mut self, bounds: Area, ink: impl Fn(f32, f32) -> (Colour, f32)) {
        let dots = |mm: f32, most: u32| ((mm * DOTS_PER_MM).max(0.0) as u32).min(most);
        let (width, height) = self.image.dimensions();
        let columns = dots(bounds.left, width)..dots(bounds.right() + 2.0 / DOTS_PER_MM, width);
        for row in dots(bounds.top, height)..dots(bounds.bottom() + 2.0 / DOTS_PER_MM, height) {
            for column in columns.clone() {
                let (x, y) = ((column as f32 + 0.5) / DOTS_PER_MM, (row as f32 + 0.5) / DOTS_PER_MM);
                let (colour, amount) = ink(x, y);
                if amount > 0.0 {
                    blend(self.image.get_pixel_mut(column, row), colour, amount);
                }
            }
        }
    }

    /// Fills a shape given by its signed distance in millimetres (negative inside), with smooth edges.
    pub(crate) fn shape(
        &mut self,
        bounds: Area,
        distance: impl Fn(f32, f32) -> f32,
        ink: impl Fn(f32, f32) -> (Colour, f32),
    ) {
        self.paint(bounds, |x, y| {
            let cover = (0.5 - distance(x, y) * DOTS_PER_MM).clamp(0.0, 1.0);
            if cover == 0.0 {
                return ([0.0; 3], 0.0);
            }
            let (colour, amount) = ink(x, y);
            (colour, amount * cover)
        });
    }

    pub(crate) fn fill(&mut self, place: Area, radius: f32, colour: Colour, amount: f32) {
        self.shape(place.grown(0.1), |x, y| place.distance(x, y, radius), |_, _| (colour, amount));
    }

    pub(crate) fn outline(&mut self, place: Area, radius: f32, thickness: f32, colour: Colour) {
        let distance = |x: f32, y: f32| place.distance(x, y, radius).abs() - thickness / 2.0;
        self.shape(place.grown(thickness), distance, |_, _| (colour, 1.0));
    }

    pub(crate) fn ellipse(&mut self, centre: (f32, f32), radii: (f32, f32), colour: Colour, amount: f32) {
        let place = area(centre.0 - radii.0, centre.1 - radii.1, radii.0 * 2.0, radii.1 * 2.0);
        let distance = |x: f32, y: f32| ellipse_distance(x - centre.0, y - centre.1, radii.0, radii.1);
        self.shape(place.grown(0.2), distance, |_, _| (colour, amount));
    }

    /// Inks strokes with a colour that may change across the sheet.
    pub(crate) fn ink(&mut self, strokes: &Strokes, colour: impl Fn(f32, f32) -> Colour, amount: f32) {
        let width = self.image.width() as usize;
        for (index, cover) in strokes.covered() {
            let (column, row) = ((index % width) as u32, (index / width) as u32);
            let colour = colour(column as f32 / DOTS_PER_MM, row as f32 / DOTS_PER_MM);
            blend(self.image.get_pixel_mut(column, row), colour, amount * cover);
        }
    }

    /// Copies another sheet into `place`, which may be smaller; `tone` decides colour and amount of every dot.
    pub(crate) fn paste(
        &mut self,
        place: Area,
        from: &Canvas,
        tone: impl Fn(Colour, f32, f32) -> (Colour, f32),
    ) {
        let source = from.whole();
        let shape = |x: f32, y: f32| place.distance(x, y, 0.0);
        self.shape(place, shape, |x, y| {
            let (u, v) = ((x - place.left) / place.width, (y - place.top) / place.height);
            tone(from.average(u * source.width, v * source.height, source.width / place.width), u, v)
        });
    }

    /// The mean colour around a point over `zoom` dots each way.
    pub(crate) fn average(&self, x: f32, y: f32, zoom: f32) -> Colour {
        let reach = (zoom / 2.0 / DOTS_PER_MM).max(0.0);
        let mut sum = [0.0; 3];
        for (dx, dy) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)] {
            let dot = |mm: f32, most: u32| ((mm * DOTS_PER_MM).max(0.0) as u32).min(most - 1);
            let column = dot(x + dx * reach, self.image.width());
            let pixel = self.image.get_pixel(column, dot(y + dy * reach, self.image.height()));
            sum = std::array::from_fn(|channel| sum[channel] + f32::from(pixel.0[channel]) / 4.0);
        }
        sum
    }
}

fn blend(pixel: &mut Rgb<u8>, colour: Colour, amount: f32) {
    for (value, colour) in pixel.0.iter_mut().zip(colour) {
        let old = f32::from(*value);
        *value = (old + (colour - old) * amount.min(1.0) + 0.5).clamp(0.0, 255.0) as u8;
    }
}
