//! Where the page lies before the camera: from millimetres on the page to pixels of the picture and back.

use crate::canvas::DOTS_PER_MM;
use crate::dice::Dice;
use crate::difficulty::Ranges;
use crate::document::Page;
use crate::machine_zone::LETTER_MM;

/// A plane-to-plane projection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Homography([[f32; 3]; 3]);

impl Homography {
    pub(crate) fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        let row = |row: [f32; 3]| row[0] * x + row[1] * y + row[2];
        let depth = row(self.0[2]);
        (row(self.0[0]) / depth, row(self.0[1]) / depth)
    }

    /// The adjugate, which is the inverse up to scale.
    pub(crate) fn inverse(&self) -> Homography {
        let m = &self.0;
        let minor = |a: usize, b: usize, c: usize, d: usize| m[a][b] * m[c][d] - m[a][d] * m[c][b];
        Homography([
            [minor(1, 1, 2, 2), -minor(0, 1, 2, 2), minor(0, 1, 1, 2)],
            [-minor(1, 0, 2, 2), minor(0, 0, 2, 2), -minor(0, 0, 1, 2)],
            [minor(1, 0, 2, 1), -minor(0, 0, 2, 1), minor(0, 0, 1, 1)],
        ])
    }
}

/// The position of the camera over the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pose {
    size_mm: (f32, f32),
    rotation: f32,
    pitch: f32,
    yaw: f32,
    /// From the lens to the middle of the page.
    distance_mm: f32,
    /// Pixels per millimetre in the middle of the page.
    pub(crate) scale: f32,
    /// Where the middle of the page falls in the picture.
    centre: (f32, f32),
    /// Clockwise quarter turns of the page in the picture.
    pub(crate) quarter_turns: u8,
}

/// How a page lies to the camera, in radians, and how far away in lengths of its longer side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Angles {
    pub(crate) rotation: f32,
    pub(crate) pitch: f32,
    pub(crate) yaw: f32,
    pub(crate) distance: f32,
}

impl Pose {
    /// Draws a pose that keeps the whole page inside `frame` and its print legible.
    pub(crate) fn draw(page: &Page, frame: (u32, u32), ranges: &Ranges, dice: &mut Dice) -> Pose {
        let lean = ranges.lean_degrees.to_radians();
        let quarter_turns = if ranges.quarter_turns { dice.whole(0, 3) as u8 } else { 0 };
        let tilt = dice.between(-ranges.rotation_degrees, ranges.rotation_degrees);
        let mut pose = Pose {
            size_mm: (page.width_mm, page.height_mm),
            rotation: (tilt + 90.0 * f32::from(quarter_turns)).to_radians(),
            pitch: dice.between(-lean, lean),
            yaw: dice.between(-lean, lean),
            distance_mm: page.width_mm * dice.between(1.8, 3.5),
            scale: 1.0,
            centre: (0.0, 0.0),
            quarter_turns,
        };
        let (width, height) = (frame.0 as f32, frame.1 as f32);
        let [left, top, right, bottom] = pose.bounds();
        let fitting = (width / (right - left)).min(height / (bottom - top));
        pose.scale = fitting * dice.between(ranges.fill.0, ranges.fill.1);
        let letter = pose.least_letter_px(page);
        if letter < ranges.least_letter_px {
            pose.scale = (pose.scale * ranges.least_letter_px / letter).min(fitting * 0.98);
        }
        let [left, top, right, bottom] = pose.bounds();
        let slack = |low: f32, high: f32, most: f32, dice: &mut Dice| {
            let spare = (most - (high - low)).max(0.0);
            // Most people aim for the middle.
            -low + spare * (0.5 + dice.between(-0.22, 0.22) + dice.between(-0.22, 0.22))
        };
        pose.centre = (slack(left, right, width, dice), slack(top, bottom, height, dice));
        pose
    }

    /// A pose as told: the page of this size (millimetres) turned and leaning by so many radians, filling the share
    /// `fill` of `window` (left, top, width, height in pixels) in its tighter direction, its middle `shift` windows
    /// away from the window's.
    pub(crate) fn told(
        size_mm: (f32, f32),
        angles: Angles,
        window: [f32; 4],
        fill: f32,
        shift: (f32, f32),
    ) -> Pose {
        let quarters = (angles.rotation / std::f32::consts::FRAC_PI_2).round() as i32;
        let mut pose = Pose {
            size_mm,
            rotation: angles.rotation,
            pitch: angles.pitch,
            yaw: angles.yaw,
            distance_mm: size_mm.0.max(size_mm.1) * angles.distance,
            scale: 1.0,
            centre: (0.0, 0.0),
            quarter_turns: quarters.rem_euclid(4) as u8,
        };
        // Perspective keeps the shape when the scale changes: one fit is enough.
        let [left, top, right, bottom] = pose.bounds();
        pose.scale = fill * (window[2] / (right - left)).min(window[3] / (bottom - top));
        let [left, top, right, bottom] = pose.bounds();
        pose.centre = (
            window[0] + window[2] * (0.5 + shift.0) - f32::midpoint(left, right),
            window[1] + window[3] * (0.5 + shift.1) - f32::midpoint(top, bottom),
        );
        pose
    }

    /// Clockwise turn of the page in the picture.
    pub(crate) fn rotation_degrees(self) -> f32 {
        self.rotation.to_degrees()
    }

    /// The same pose a moment later in a hand that is not quite still; `wave` gives small numbers about -1 to 1.
    pub(crate) fn swayed(mut self, wave: [f32; 4]) -> Pose {
        self.rotation += wave[0] * 0.006;
        self.scale *= 1.0 + wave[1] * 0.006;
        self.centre.0 += wave[2] * 4.0;
        self.centre.1 += wave[3] * 4.0;
        self
    }

    /// From millimetres, counted from the page's upper left corner, to pixels.
    pub(crate) fn to_picture(self) -> Homography {
        let (sin, cos) = self.rotation.sin_cos();
        let (sin_pitch, cos_pitch) = self.pitch.sin_cos();
        let (sin_yaw, cos_yaw) = self.yaw.sin_cos();
        // Columns of yaw · pitch · rotation: where the page's x and y axes point in front of the camera.
        let axis = |x: f32, y: f32| {
            let (across, down) = (x * cos - y * sin, x * sin + y * cos);
            let (lowered, deep) = (down * cos_pitch, down * sin_pitch);
            (across * cos_yaw + deep * sin_yaw, lowered, deep * cos_yaw - across * sin_yaw)
        };
        let (x_axis, y_axis) = (axis(1.0, 0.0), axis(0.0, 1.0));
        let focal = self.scale * self.distance_mm;
        let column = |axis: (f32, f32, f32)| {
            [focal * axis.0 + self.centre.0 * axis.2, focal * axis.1 + self.centre.1 * axis.2, axis.2]
        };
        let (u, v) = (column(x_axis), column(y_axis));
        let (half_width, half_height) = (self.size_mm.0 / 2.0, self.size_mm.1 / 2.0);
        let origin = [self.centre.0 * self.distance_mm, self.centre.1 * self.distance_mm, self.distance_mm];
        Homography(std::array::from_fn(|row| {
            [u[row], v[row], origin[row] - half_width * u[row] - half_height * v[row]]
        }))
    }

    /// Upper left, upper right, lower right and lower left corner of the page in pixels.
    pub(crate) fn corners(self) -> [[f32; 2]; 4] {
        self.quadrilateral([0.0, 0.0, self.size_mm.0, self.size_mm.1])
    }

    /// The same for a part of the page given in millimetres as left, top, right, bottom.
    pub(crate) fn quadrilateral(self, [left, top, right, bottom]: [f32; 4]) -> [[f32; 2]; 4] {
        let to_picture = self.to_picture();
        [(left, top), (right, top), (right, bottom), (left, bottom)]
            .map(|(x, y)| to_picture.apply(x, y).into())
    }

    fn bounds(self) -> [f32; 4] {
        let corners = self.corners();
        let fold = |axis: usize, pick: fn(f32, f32) -> f32| {
            corners.iter().map(|corner| corner[axis]).reduce(pick).expect("there are four corners")
        };
        [fold(0, f32::min), fold(1, f32::min), fold(0, f32::max), fold(1, f32::max)]
    }

    /// Height of the smallest capital letter of the machine-readable zone; of its size anywhere if there is none.
    pub(crate) fn least_letter_px(self, page: &Page) -> f32 {
        let whole = [0.0, 0.0, self.size_mm.0, self.size_mm.1];
        let [left, top, right, bottom] =
            page.machine_zone.map_or(whole, |zone| zone.map(|dot| dot / DOTS_PER_MM));
        let to_picture = self.to_picture();
        [(left, top), (right, top), (right, bottom), (left, bottom)]
            .map(|(x, y)| {
                let (foot, head) = (to_picture.apply(x, y), to_picture.apply(x, y - LETTER_MM));
                (foot.0 - head.0).hypot(foot.1 - head.1)
            })
            .into_iter()
            .fold(f32::INFINITY, f32::min)
    }
}
