//! Boxes around the marks of text: connected marks, their convex hull, and the smallest rectangle around that.

use crate::geometry::Point;

/// A turned rectangle around connected marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Boxed {
    centre: Point,
    /// Unit vector in the direction of reading, or against it.
    along: Point,
    /// Half the length along and across, in pixels.
    pub(super) across: f32,
    pub(super) down: f32,
    /// Mean probability within the rectangle.
    pub(super) score: f32,
}

impl Boxed {
    pub(super) fn thickness(&self) -> f32 {
        2.0 * self.across.min(self.down)
    }

    /// Upper left, upper right, lower right, lower left, moved outwards.
    pub(super) fn corners(&self, margin: f32) -> [Point; 4] {
        let right = self.along * (self.across + margin);
        let below = self.along.down() * (self.down + margin);
        [
            self.centre - right - below,
            self.centre + right - below,
            self.centre + right + below,
            self.centre - right + below,
        ]
    }
}

/// Boxes around connected marks above `threshold`, at most so many, from the top of the picture.
pub(super) fn boxes(marks: &[f32], width: usize, threshold: f32, most: usize) -> Vec<Boxed> {
    let height = marks.len() / width.max(1);
    let mut open = dilated(marks, width, height, threshold);
    let mut boxes = Vec::new();
    let mut region = Vec::new();
    for seed in 0..open.len() {
        if !open[seed] {
            continue;
        }
        region.clear();
        gather(&mut open, width, height, seed, &mut region);
        if region.len() >= 8
            && let Some(found) = around(&region, marks, width, height)
        {
            boxes.push(found);
            if boxes.len() == most {
                break;
            }
        }
    }
    boxes
}

/// Marks above the threshold, each grown by one pixel to the right and down.
fn dilated(marks: &[f32], width: usize, height: usize, threshold: f32) -> Vec<bool> {
    let mut grown = vec![false; width * height];
    for y in 0..height {
        for x in 0..width {
            if marks[y * width + x] > threshold {
                for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    if x + dx < width && y + dy < height {
                        grown[(y + dy) * width + x + dx] = true;
                    }
                }
            }
        }
    }
    grown
}

/// Takes the marks that hang together with `seed`, corners included.
fn gather(open: &mut [bool], width: usize, height: usize, seed: usize, region: &mut Vec<usize>) {
    open[seed] = false;
    region.push(seed);
    let mut next = 0;
    while next < region.len() {
        let (x, y) = (region[next] % width, region[next] / width);
        next += 1;
        for ny in y.saturating_sub(1)..(y + 2).min(height) {
            for nx in x.saturating_sub(1)..(x + 2).min(width) {
                let at = ny * width + nx;
                if open[at] {
                    open[at] = false;
                    region.push(at);
                }
            }
        }
    }
}

fn around(region: &[usize], marks: &[f32], width: usize, height: usize) -> Option<Boxed> {
    let hull = hull(outermost(region, width));
    let mut best: Option<Boxed> = None;
    for at in 0..hull.len() {
        let side = hull[(at + 1) % hull.len()] - hull[at];
        if side.length() < 0.5 {
            continue;
        }
        let found = rectangle(&hull, side.unit());
        if best.is_none_or(|best| found.across * found.down < best.across * best.down) {
            best = Some(found);
        }
    }
    let mut found = best.map(reading_along)?;
    found.score = mean(&found, marks, width, height);
    Some(found)
}

/// The first and the last pixel of every row: their hull is the region's.
fn outermost(region: &[usize], width: usize) -> Vec<Point> {
    let top = region.iter().min().map_or(0, |at| at / width);
    let bottom = region.iter().max().map_or(0, |at| at / width);
    let mut rows = vec![(usize::MAX, 0); bottom - top + 1];
    for at in region {
        let row = &mut rows[at / width - top];
        *row = (row.0.min(at % width), row.1.max(at % width));
    }
    let pixel = |x: usize, y: usize| Point::new(x as f32 + 0.5, y as f32 + 0.5);
    let ends = |(y, row): (usize, &(usize, usize))| [pixel(row.0, top + y), pixel(row.1, top + y)];
    rows.iter().enumerate().filter(|(_, row)| row.0 <= row.1).flat_map(ends).collect()
}

/// Andrew's monotone chain.
fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let mut chain: Vec<Point> = Vec::new();
    for pass in 0..2 {
        let floor = chain.len() + 1;
        for index in 0..points.len() {
            let point = if pass == 0 { points[index] } else { points[points.len() - 1 - index] };
            while chain.len() > floor
                && (chain[chain.len() - 1] - chain[chain.len() - 2]).cross(point - chain[chain.len() - 2])
                    <= 0.0
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
    }
    chain
}

/// The rectangle around the hull with one side in a given direction.
fn rectangle(hull: &[Point], along: Point) -> Boxed {
    let across = along.down();
    let (mut low, mut high) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
    for point in hull {
        let place = (point.dot(along), point.dot(across));
        low = (low.0.min(place.0), low.1.min(place.1));
        high = (high.0.max(place.0), high.1.max(place.1));
    }
    let centre = along * f32::midpoint(low.0, high.0) + across * f32::midpoint(low.1, high.1);
    Boxed { centre, along, across: (high.0 - low.0) / 2.0, down: (high.1 - low.1) / 2.0, score: 0.0 }
}

/// Text runs along the longer side; along the flatter one where the two are nearly equal. It begins at the left, or
/// at the top where it stands.
fn reading_along(mut found: Boxed) -> Boxed {
    let square = found.across.max(found.down) < 1.5 * found.across.min(found.down);
    let swap = if square { found.along.x.abs() < 0.7 } else { found.down > found.across };
    if swap {
        found.along = found.along.down();
        (found.across, found.down) = (found.down, found.across);
    }
    let backwards = if found.along.x.abs() < 0.2 { found.along.y < 0.0 } else { found.along.x < 0.0 };
    if backwards {
        found.along = found.along * -1.0;
    }
    found
}

fn mean(found: &Boxed, marks: &[f32], width: usize, height: usize) -> f32 {
    let (columns, rows) =
        ((found.across * 2.0).ceil().clamp(1.0, 400.0), (found.down * 2.0).ceil().clamp(1.0, 60.0));
    let (mut sum, mut count) = (0.0, 0);
    for row in 0..rows as usize {
        for column in 0..columns as usize {
            let u = ((column as f32 + 0.5) / columns * 2.0 - 1.0) * found.across;
            let v = ((row as f32 + 0.5) / rows * 2.0 - 1.0) * found.down;
            let place = found.centre + found.along * u + found.along.down() * v;
            if place.x >= 0.0 && place.y >= 0.0 && (place.x as usize) < width && (place.y as usize) < height {
                sum += marks[place.y as usize * width + place.x as usize];
                count += 1;
            }
        }
    }
    if count == 0 { 0.0 } else { sum / count as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar of marks, turned, in a picture of 200 by 120.
    fn bar(degrees: f32) -> Vec<f32> {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let inside = |x: f32, y: f32| {
            let (dx, dy) = (x - 100.0, y - 60.0);
            (dx * cos + dy * sin).abs() < 45.0 && (dy * cos - dx * sin).abs() < 6.0
        };
        (0..120 * 200)
            .map(|at| f32::from(u8::from(inside((at % 200) as f32 + 0.5, (at / 200) as f32 + 0.5))))
            .collect()
    }

    #[test]
    fn a_turned_bar_is_boxed_along_its_length() {
        for degrees in [0.0, 12.0, -25.0, 40.0, 90.0] {
            let found = boxes(&bar(degrees), 200, 0.3, 10);
            assert_eq!(found.len(), 1, "{degrees}°");
            let [a, b, _, d] = found[0].corners(0.0);
            assert!(
                ((b - a).length() - 90.0).abs() < 4.0 && ((d - a).length() - 12.0).abs() < 4.0,
                "{degrees}°"
            );
            let direction = (b - a).y.atan2((b - a).x).to_degrees();
            assert!((direction - degrees).abs() < 3.0, "{degrees}° came out as {direction}°");
            assert!(found[0].score > 0.8);
        }
    }

    #[test]
    fn no_marks_no_boxes_and_single_pixels_are_dropped() {
        assert!(boxes(&[], 0, 0.3, 10).is_empty());
        let mut marks = vec![0.0; 400];
        marks[210] = 1.0;
        assert!(boxes(&marks, 20, 0.3, 10).is_empty());
    }
}
