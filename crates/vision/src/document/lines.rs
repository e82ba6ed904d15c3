//! Straight edges: lines that many ridges agree on, each with how well it is supported along its length.

use super::edges::{Edgel, Edges};
use crate::geometry::Point;
use std::f32::consts::PI;

/// Directions that the vote distinguishes, over half a turn.
const ANGLES: usize = 120;
/// Width of a stripe of the vote in pixels.
const STRIPE: f32 = 1.5;
/// Lines kept, strongest first.
pub(super) const MOST_LINES: usize = 40;
/// Evidence that counts as a full pixel of support.
const FULL: f32 = 0.4;
/// An edge belongs to a line if their normals enclose less than this: cosine of 16 degrees.
const ALIGNED: f32 = 0.961;

/// `normal · p = offset`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) normal: Point,
    pub(super) offset: f32,
}

impl Line {
    pub(super) fn direction(&self) -> Point {
        self.normal.down()
    }

    pub(super) fn through(a: Point, b: Point) -> Self {
        let normal = (b - a).unit().down();
        Self { normal, offset: normal.dot(a) }
    }

    pub(super) fn crossing(&self, other: &Self) -> Option<Point> {
        let determinant = self.normal.cross(other.normal);
        (determinant.abs() > 0.05).then(|| {
            Point::new(
                (self.offset * other.normal.y - other.offset * self.normal.y) / determinant,
                (self.normal.x * other.offset - other.normal.x * self.offset) / determinant,
            )
        })
    }
}

/// A line and its support: sums along it, by the side on which it is lighter.
pub(super) struct Edge {
    pub(super) line: Line,
    /// The picture's own border: no edge, but where a document may be cut off.
    pub(super) is_border: bool,
    /// Where it enters the picture, and pixels from there to where it leaves.
    from: Point,
    pub(super) length: f32,
    sums: Vec<[f32; 2]>,
}

impl Edge {
    /// Pixels along the line from where it enters the picture.
    pub(super) fn along(&self, point: Point) -> f32 {
        (point - self.from).dot(self.line.direction())
    }

    pub(super) fn ends(&self) -> [Point; 2] {
        [self.from, self.from + self.line.direction() * self.length]
    }

    /// Support per pixel between two places along the line, 0 to 1, of the polarity that has more; and how much of
    /// the stretch lies in the picture, 0 to 1.
    pub(super) fn cover(&self, one: f32, other: f32) -> (f32, f32) {
        let (from, to) = (one.min(other), one.max(other));
        let inside = (from.clamp(0.0, self.length), to.clamp(0.0, self.length));
        let seen = inside.1 - inside.0;
        if seen < 2.0 {
            return (0.0, seen / (to - from).max(1.0));
        }
        if self.is_border {
            return (0.0, seen / (to - from).max(1.0));
        }
        let last = self.sums.len() - 1;
        let (a, b) = (self.sums[(inside.0 as usize).min(last)], self.sums[(inside.1 as usize).min(last)]);
        let (light, dark) = (b[0] - a[0], b[1] - a[1]);
        ((light.max(dark) / seen).min(1.0), seen / (to - from).max(1.0))
    }
}

/// The picture's strongest straight edges and its four borders.
pub(super) fn edges(field: &Edges) -> Vec<Edge> {
    let mut found: Vec<Edge> = Vec::new();
    let by_angle = ByAngle::new(&field.edgels);
    for (angle, offset) in peaks(field) {
        if found.len() == MOST_LINES {
            break;
        }
        let (sin, cos) = angle.sin_cos();
        let middle = Point::new(field.width as f32 / 2.0, field.height as f32 / 2.0);
        let normal = Point::new(cos, sin);
        let line = Line { normal, offset: offset + normal.dot(middle) };
        let line = by_angle.fitted(by_angle.fitted(line, 3.0), 2.0);
        let Some(edge) = supported(field, line) else { continue };
        if !found.iter().any(|other| alike(&edge, other)) {
            found.push(edge);
        }
    }
    found.extend(borders(field));
    found
}

fn borders(field: &Edges) -> impl Iterator<Item = Edge> {
    let (width, height) = (field.width as f32, field.height as f32);
    let corner = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)].map(|(x, y)| Point::new(x, y));
    (0..4).map(move |side| {
        let (from, to) = (corner[side], corner[(side + 1) % 4]);
        let line = Line::through(from, to);
        // `direction` runs against the way from `from` to `to`.
        Edge { line, is_border: true, from: to, length: (to - from).length(), sums: Vec::new() }
    })
}

/// Two fits of one edge.
fn alike(one: &Edge, other: &Edge) -> bool {
    let gap = |end: f32| {
        let point = one.from + one.line.direction() * (one.length * end);
        (other.line.normal.dot(point) - other.line.offset).abs()
    };
    one.line.normal.dot(other.line.normal).abs() > 0.998 && gap(0.2) < 2.5 && gap(0.8) < 2.5
}

/// Direction and distance from the picture's middle of the lines with most votes, best first.
fn peaks(field: &Edges) -> Vec<(f32, f32)> {
    let reach = (field.width as f32).hypot(field.height as f32) / 2.0;
    let stripes = (2.0 * reach / STRIPE) as usize + 3;
    let mut votes = vec![0f32; ANGLES * stripes];
    let directions: Vec<(f32, f32)> =
        (0..ANGLES).map(|angle| (angle as f32 * PI / ANGLES as f32).sin_cos()).collect();
    let middle = (field.width as f32 / 2.0, field.height as f32 / 2.0);
    for edgel in &field.edgels {
        let nearest = (edgel.angle * ANGLES as f32 / PI).round() as usize;
        for turn in [ANGLES - 2, ANGLES - 1, 0, 1, 2] {
            let angle = (nearest + turn) % ANGLES;
            let (sin, cos) = directions[angle];
            let offset = (edgel.x - middle.0) * cos + (edgel.y - middle.1) * sin;
            let stripe = ((offset + reach) / STRIPE) as usize + 1;
            votes[angle * stripes + stripe.min(stripes - 2)] += edgel.weight;
        }
    }
    let mut peaks = local_peaks(&votes, stripes, (field.width.min(field.height)) as f32 * 0.04);
    peaks.sort_by(|a, b| b.0.total_cmp(&a.0));
    peaks.truncate(3 * MOST_LINES);
    let place = |&(_, angle, stripe): &(f32, usize, usize)| {
        (angle as f32 * PI / ANGLES as f32, (stripe as f32 - 0.5) * STRIPE - reach)
    };
    peaks.iter().map(place).collect()
}

/// Votes, direction and stripe wherever no neighbour has more.
fn local_peaks(votes: &[f32], stripes: usize, least: f32) -> Vec<(f32, usize, usize)> {
    let mut peaks = Vec::new();
    for angle in 0..ANGLES {
        for stripe in 2..stripes - 2 {
            let here = votes[angle * stripes + stripe];
            if here < least {
                continue;
            }
            let beats = |turn: i32, shift: i32| {
                let turned = angle as i32 + turn;
                let over = turned < 0 || turned >= ANGLES as i32;
                // Half a turn further the same line lies on the other side of the middle.
                let stripe = if over { stripes as i32 - 1 - stripe as i32 } else { stripe as i32 } + shift;
                let other = votes[(turned.rem_euclid(ANGLES as i32)) as usize * stripes
                    + stripe.clamp(0, stripes as i32 - 1) as usize];
                here > other || (here >= other && (turn, shift) > (0, 0))
            };
            let is_peak =
                (-2..=2).all(|turn| (-2..=2).all(|shift| (turn, shift) == (0, 0) || beats(turn, shift)));
            if is_peak {
                peaks.push((here, angle, stripe));
            }
        }
    }
    peaks
}

/// Ridges sorted by direction, so that those of one line are close together.
struct ByAngle {
    bins: Vec<Vec<Edgel>>,
}

impl ByAngle {
    fn new(edgels: &[Edgel]) -> Self {
        let mut bins = vec![Vec::new(); ANGLES / 2];
        for edgel in edgels {
            bins[(edgel.angle * (ANGLES / 2) as f32 / PI) as usize % (ANGLES / 2)].push(*edgel);
        }
        Self { bins }
    }

    /// Least squares across the line over the ridges within `reach` pixels of it.
    fn fitted(&self, line: Line, reach: f32) -> Line {
        let angle = line.normal.y.atan2(line.normal.x).rem_euclid(PI);
        let bin = (angle * (ANGLES / 2) as f32 / PI) as usize;
        let count = ANGLES / 2;
        let direction = line.direction();
        let base = line.normal * line.offset;
        let mut sums = [0f64; 5];
        for turn in [count - 2, count - 1, 0, 1, 2] {
            for edgel in &self.bins[(bin + turn) % count] {
                let point = Point::new(edgel.x, edgel.y) - base;
                let gap = point.dot(line.normal);
                if gap.abs() > reach {
                    continue;
                }
                let (along, gap, weight) =
                    (f64::from(point.dot(direction)), f64::from(gap), f64::from(edgel.weight));
                let terms = [1.0, along, along * along, gap, along * gap];
                sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
            }
        }
        let [s, t, tt, g, tg] = sums;
        let determinant = s * tt - t * t;
        if s < 2.0 || determinant < 1.0 {
            return line;
        }
        let slope = ((s * tg - t * g) / determinant) as f32;
        let shift = ((tt * g - t * tg) / determinant) as f32;
        let normal = (line.normal + direction * -slope).unit();
        Line { normal, offset: normal.dot(base + line.normal * shift) }
    }
}

/// Walks along the line through the picture and adds up what supports it; nothing if it hardly touches the picture.
fn supported(field: &Edges, line: Line) -> Option<Edge> {
    let (from, length) = clipped(field, line)?;
    let direction = line.direction();
    let mut sums = Vec::with_capacity(length as usize + 2);
    let mut sum = [0f32; 2];
    sums.push(sum);
    for step in 0..length as usize {
        let at = from + direction * (step as f32 + 0.5);
        let mut best = [0f32; 2];
        for shift in [-1.0, 0.0, 1.0] {
            let place = at + line.normal * shift;
            let (x, y) = (place.x as usize, place.y as usize);
            if place.x < 0.0 || place.y < 0.0 || x >= field.width || y >= field.height {
                continue;
            }
            let (u, v) = field.field[y * field.width + x];
            let evidence = Point::new(u, v);
            let aligned = evidence.dot(line.normal);
            if aligned * aligned >= ALIGNED * ALIGNED * evidence.dot(evidence) {
                let side = usize::from(aligned < 0.0);
                best[side] = best[side].max(aligned.abs());
            }
        }
        sum = [sum[0] + (best[0] / FULL).min(1.0), sum[1] + (best[1] / FULL).min(1.0)];
        sums.push(sum);
    }
    Some(Edge { line, is_border: false, from, length, sums })
}

/// The part of a line in the picture: where it begins, and its length.
fn clipped(field: &Edges, line: Line) -> Option<(Point, f32)> {
    let direction = line.direction();
    let base = line.normal * line.offset;
    let (mut first, mut last) = (f32::MIN, f32::MAX);
    for (start, speed, most) in
        [(base.x, direction.x, field.width as f32), (base.y, direction.y, field.height as f32)]
    {
        if speed.abs() < 1e-6 {
            if start < 0.0 || start > most {
                return None;
            }
            continue;
        }
        let (a, b) = ((0.0 - start) / speed, (most - start) / speed);
        first = first.max(a.min(b));
        last = last.min(a.max(b));
    }
    (last - first > 12.0 && last - first < 1e5).then(|| (base + direction * first, last - first))
}
