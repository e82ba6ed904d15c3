//! Where the sides of a document lie that the picture does not show.

use super::shape::Shape;
use crate::geometry::Point;

/// Focal length of a telephone's camera in lengths of the picture's longer side, squared.
const FOCAL2: f64 = 1.3;

/// Corners of a document of which one side is cut off by the picture's border, with that side moved out to where the
/// document's proportions put it: those of `shape` if it is known, else the nearest likely ones that do not end inside
/// the picture.
pub(super) fn completed(
    corners: [Point; 4],
    cut_off: [bool; 4],
    shape: Option<Shape>,
    size: (f32, f32),
) -> [Point; 4] {
    let mut sides = (0..4).filter(|side| cut_off[*side]);
    let (Some(side), None) = (sides.next(), sides.next()) else { return corners };
    // Turned so that the missing side is the second: corners 1 and 2 move away from 0 and 3.
    let turned: [Point; 4] = std::array::from_fn(|index| corners[(index + side + 3) % 4]);
    let Some(view) = View::of(&turned, size) else { return corners };
    let across = (turned[3] - turned[0]).length();
    let longest = (turned[1] - turned[0]).length().max((turned[2] - turned[3]).length());
    let either = |shape: Shape| [1.0 / shape.proportion(), shape.proportion()];
    // A card that lies is likelier than anything else that is longer than wide.
    let [page, letter] = [Shape::Page, Shape::Letter].map(|shape| 1.0 / shape.proportion());
    let [standing, lying] = either(Shape::Card);
    let lengths = shape.map_or(vec![standing, page, letter, lying], |shape| either(shape).to_vec());
    let mut best: Option<[Point; 2]> = None;
    for ends in lengths.into_iter().filter_map(|length| view.ends(length)) {
        let reach = (ends[0] - turned[0]).length().max((ends[1] - turned[3]).length());
        let nearer = best
            .is_none_or(|best| reach < (best[0] - turned[0]).length().max((best[1] - turned[3]).length()));
        if reach >= 0.985 * longest && reach < 6.0 * across && nearer {
            best = Some(ends);
        }
    }
    let Some([upper, lower]) = best else { return corners };
    let whole = [turned[0], upper, lower, turned[3]];
    std::array::from_fn(|index| whole[(index + 5 - side) % 4])
}

/// Camera coordinates of a rectangle of which one side and the directions of its two neighbours are seen.
struct View {
    middle: Point,
    unit: f64,
    origin: [f64; 3],
    /// From the first seen corner to the second, one side's length.
    side: [f64; 3],
    /// Unit vector away from the seen side.
    away: [f64; 3],
}

impl View {
    fn of(corners: &[Point; 4], size: (f32, f32)) -> Option<Self> {
        let middle = Point::new(size.0 / 2.0, size.1 / 2.0);
        let unit = f64::from(size.0.max(size.1).max(1.0)) * FOCAL2.sqrt();
        let ray = |at: Point| [f64::from(at.x - middle.x) / unit, f64::from(at.y - middle.y) / unit, 1.0];
        let [start, upper, lower, end] = corners.map(ray);
        // The planes through the lens and each of the three sides; neighbours of the seen side meet in `away`.
        let (left, right, seen) = (cross(start, upper), cross(end, lower), cross(start, end));
        let mut away = unit_vector(cross(left, right))?;
        let towards: f64 = (0..3).map(|axis| away[axis] * (upper[axis] - start[axis])).sum();
        if towards < 0.0 {
            away = away.map(|value| -value);
        }
        let across = unit_vector(cross(seen, away))?;
        // start + t · across meets the ray of the other corner.
        let normal = cross(end, cross(start, end));
        let speed = dot(normal, across);
        if speed.abs() < 1e-9 {
            return None;
        }
        let length = -dot(normal, start) / speed;
        Some(Self { middle, unit, origin: start, side: across.map(|value| value * length), away })
    }

    /// The far ends of the neighbours if they are `length` times as long as the seen side.
    fn ends(&self, length: f32) -> Option<[Point; 2]> {
        let reach = f64::from(length) * dot(self.side, self.side).sqrt();
        let upper: [f64; 3] = std::array::from_fn(|axis| self.origin[axis] + reach * self.away[axis]);
        let lower: [f64; 3] = std::array::from_fn(|axis| upper[axis] + self.side[axis]);
        Some([self.seen(upper)?, self.seen(lower)?])
    }

    fn seen(&self, at: [f64; 3]) -> Option<Point> {
        (at[2] > 0.05).then(|| {
            let place = |value: f64| (value / at[2] * self.unit) as f32;
            self.middle + Point::new(place(at[0]), place(at[1]))
        })
    }
}

fn unit_vector(vector: [f64; 3]) -> Option<[f64; 3]> {
    let length = dot(vector, vector).sqrt();
    (length > 1e-9).then(|| vector.map(|value| value / length))
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
