//! Four lines that may be the sides of a document.

use super::lines::Edge;
use super::plane::proportion;
use super::shape::Shape;
use crate::geometry::Point;

/// Proposals handed on, best first.
const MOST_QUADS: usize = 40;
/// The shorter sides of the picture times this: no side of a document is shorter.
const LEAST_SIDE: f32 = 0.14;
/// Share of a side's length that has to be seen as an edge.
const LEAST_COVER: f32 = 0.3;
/// A corner lies at most so many picture lengths outside the picture.
const BEYOND: f32 = 0.35;

/// A proposal: corners clockwise, the first nearest to the picture's upper left; side `n` leads from corner `n` to the
/// next one.
#[derive(Clone, Debug)]
pub(super) struct Quad {
    pub(super) sides: [usize; 4],
    pub(super) corners: [Point; 4],
    pub(super) cover: [f32; 4],
    pub(super) score: f32,
}

/// The best combinations of two pairs of opposite edges.
pub(super) fn quads(edges: &[Edge], size: (f32, f32)) -> Vec<Quad> {
    let table = Table::new(edges, size);
    let pairs = opposites(edges);
    let mut found: Vec<Quad> = Vec::new();
    for (index, &(a, b)) in pairs.iter().enumerate() {
        for &(c, d) in &pairs[index + 1..] {
            if a == c || a == d || b == c || b == d {
                continue;
            }
            if let Some(quad) = table.quad([a, d, b, c]) {
                found.push(quad);
            }
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Quad> = Vec::new();
    let near = 0.012 * size.0.max(size.1);
    for quad in found {
        if kept.len() == MOST_QUADS {
            break;
        }
        let same = |other: &Quad| {
            (0..4).all(|corner| (quad.corners[corner] - other.corners[corner]).length() < near)
        };
        if !kept.iter().any(same) {
            kept.push(quad);
        }
    }
    kept
}

/// Pairs of edges with less than 40 degrees between them.
fn opposites(edges: &[Edge]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for a in 0..edges.len() {
        for b in a + 1..edges.len() {
            if edges[a].line.normal.dot(edges[b].line.normal).abs() > 0.766 {
                pairs.push((a, b));
            }
        }
    }
    pairs
}

/// What is needed again and again: where two edges cross, and how well an edge is seen between two crossings.
struct Table<'a> {
    edges: &'a [Edge],
    size: (f32, f32),
    crossings: Vec<Option<Point>>,
    /// For each edge and two others.
    covers: Vec<(f32, f32)>,
}

impl<'a> Table<'a> {
    fn new(edges: &'a [Edge], size: (f32, f32)) -> Self {
        let count = edges.len();
        let (wide, high) = (size.0 * BEYOND, size.1 * BEYOND);
        let crossing = |a: usize, b: usize| {
            // Sides of a document enclose at least 40 degrees in any fair photograph.
            let steep = edges[a].line.normal.dot(edges[b].line.normal).abs() < 0.766;
            let point = if steep { edges[a].line.crossing(&edges[b].line) } else { None };
            point.filter(|at| at.x > -wide && at.y > -high && at.x < size.0 + wide && at.y < size.1 + high)
        };
        let crossings: Vec<_> = (0..count * count).map(|cell| crossing(cell / count, cell % count)).collect();
        let mut covers = vec![(0.0, 0.0); count * count * count];
        for (a, edge) in edges.iter().enumerate() {
            let places: Vec<Option<f32>> =
                (0..count).map(|b| crossings[a * count + b].map(|at| edge.along(at))).collect();
            for b in 0..count {
                for c in b + 1..count {
                    if let (Some(from), Some(to)) = (places[b], places[c]) {
                        let cover = edge.cover(from, to);
                        covers[(a * count + b) * count + c] = cover;
                        covers[(a * count + c) * count + b] = cover;
                    }
                }
            }
        }
        Self { edges, size, crossings, covers }
    }

    /// The quad of four edges in the order of its sides.
    fn quad(&self, sides: [usize; 4]) -> Option<Quad> {
        let count = self.edges.len();
        let mut cover = [0.0; 4];
        let mut borders = 0;
        for side in 0..4 {
            let (before, here, after) = (sides[(side + 3) % 4], sides[side], sides[(side + 1) % 4]);
            let (support, seen) = self.covers[(here * count + before) * count + after];
            cover[side] = support;
            if self.edges[here].is_border {
                borders += 1;
            } else if support < LEAST_COVER || seen < 0.3 {
                return None;
            }
        }
        if borders > 2 {
            return None;
        }
        let mut corners = [Point::new(0.0, 0.0); 4];
        for (side, corner) in corners.iter_mut().enumerate() {
            *corner = self.crossings[sides[(side + 3) % 4] * count + sides[side]]?;
        }
        let least = LEAST_SIDE * self.size.0.min(self.size.1);
        if !is_convex(&corners)
            || (0..4).any(|side| (corners[(side + 1) % 4] - corners[side]).length() < least)
        {
            return None;
        }
        Some(self.scored(sides, corners, cover, borders))
    }

    fn scored(&self, sides: [usize; 4], corners: [Point; 4], cover: [f32; 4], borders: usize) -> Quad {
        let (sides, corners, cover) = arranged(sides, corners, cover);
        let length = |side: usize| (corners[(side + 1) % 4] - corners[side]).length();
        let (mut sum, mut whole, mut least) = (0.0, 0.0, 1.0f32);
        for side in (0..4).filter(|side| !self.edges[sides[*side]].is_border) {
            sum += cover[side] * length(side);
            whole += length(side);
            least = least.min(cover[side]);
        }
        let mean = sum / whole.max(1.0);
        let share = (area(&corners) / (self.size.0 * self.size.1)).clamp(0.0, 1.0).sqrt();
        let odd = if borders == 0 { Shape::nearest(proportion(&corners, self.size)).1.min(0.3) } else { 0.1 };
        let score = mean + 0.6 * least + 0.5 * share - 1.2 * odd - 0.12 * borders as f32;
        Quad { sides, corners, cover, score }
    }
}

/// Turned clockwise, beginning with the corner nearest to the picture's upper left.
fn arranged(sides: [usize; 4], corners: [Point; 4], cover: [f32; 4]) -> ([usize; 4], [Point; 4], [f32; 4]) {
    let turn = (corners[1] - corners[0]).cross(corners[2] - corners[1]);
    // Backwards, the side after corner n is the one before it.
    let (sides, corners, cover) = if turn < 0.0 {
        (
            [sides[3], sides[2], sides[1], sides[0]],
            [corners[0], corners[3], corners[2], corners[1]],
            [cover[3], cover[2], cover[1], cover[0]],
        )
    } else {
        (sides, corners, cover)
    };
    let first = upper_left(&corners);
    let turned = |index: usize| (index + first) % 4;
    (
        std::array::from_fn(|index| sides[turned(index)]),
        std::array::from_fn(|index| corners[turned(index)]),
        std::array::from_fn(|index| cover[turned(index)]),
    )
}

/// The corner from which the next side runs most nearly to the right.
fn upper_left(corners: &[Point; 4]) -> usize {
    let right = |index: usize| {
        let across = corners[(index + 1) % 4] - corners[index];
        let back = corners[(index + 2) % 4] - corners[(index + 3) % 4];
        (across + back).unit().x
    };
    (0..4).max_by(|a, b| right(*a).total_cmp(&right(*b))).unwrap_or(0)
}

/// All four turns in one direction.
pub(super) fn is_convex(corners: &[Point; 4]) -> bool {
    let turn = |index: usize| {
        let [a, b, c] = [corners[index], corners[(index + 1) % 4], corners[(index + 2) % 4]];
        (b - a).cross(c - b)
    };
    let first = turn(0);
    (0..4).all(|index| turn(index) * first > 0.0)
}

/// Of a polygon without crossings.
pub(super) fn area(corners: &[Point]) -> f32 {
    let next = |index: usize| corners[(index + 1) % corners.len()];
    let twice: f32 = corners.iter().enumerate().map(|(index, corner)| corner.cross(next(index))).sum();
    twice.abs() / 2.0
}

/// Area that two convex quads share over the area of the smaller one (Sutherland and Hodgman 1974).
pub(super) fn overlap(one: &[Point; 4], other: &[Point; 4]) -> f32 {
    let turn = (other[1] - other[0]).cross(other[2] - other[1]).signum();
    let mut shared: Vec<Point> = one.to_vec();
    for side in 0..4 {
        let (from, along) = (other[side], other[(side + 1) % 4] - other[side]);
        let inside = |point: Point| along.cross(point - from) * turn;
        let mut kept = Vec::with_capacity(shared.len() + 1);
        for (index, &here) in shared.iter().enumerate() {
            let next = shared[(index + 1) % shared.len()];
            let (a, b) = (inside(here), inside(next));
            if a >= 0.0 {
                kept.push(here);
            }
            if (a >= 0.0) != (b >= 0.0) {
                kept.push(here + (next - here) * (a / (a - b)));
            }
        }
        shared = kept;
    }
    if shared.is_empty() { 0.0 } else { area(&shared) / area(one).min(area(other)).max(1.0) }
}
