//! A picture made smaller by area averaging: each new pixel is the mean of what it covers.

use image::RgbImage;

/// The picture with its longer side at most `side` pixels, and old pixels per new one (at least 1).
pub(crate) fn shrink(picture: &RgbImage, side: u32) -> (RgbImage, f32) {
    let longer = picture.width().max(picture.height());
    if longer <= side {
        return (picture.clone(), 1.0);
    }
    let step = f64::from(longer) / f64::from(side);
    let fitting = |length: u32| ((f64::from(length) / step).round() as u32).max(1);
    (averaged(picture, fitting(picture.width()), fitting(picture.height())), step as f32)
}

pub(super) fn averaged(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let columns = spans(picture.width(), width);
    let rows = spans(picture.height(), height);
    let stride = picture.width() as usize * 3;
    let source = picture.as_raw();
    let mut raw = Vec::with_capacity(width as usize * height as usize * 3);
    let mut sums = vec![0f32; stride];
    for row in &rows {
        sums.fill(0.0);
        for (y, share) in row.weighted() {
            let line = &source[y * stride..][..stride];
            for (sum, &value) in sums.iter_mut().zip(line) {
                *sum += f32::from(value) * share;
            }
        }
        for column in &columns {
            let mut pixel = [0f32; 3];
            for (x, share) in column.weighted() {
                for (channel, value) in pixel.iter_mut().zip(&sums[x * 3..]) {
                    *channel += value * share;
                }
            }
            raw.extend(pixel.map(|value| (value + 0.5) as u8));
        }
    }
    RgbImage::from_raw(width, height, raw).expect("three bytes per pixel")
}

/// The old pixels under a new one: from the first to the last, the outer two in part.
struct Span {
    first: usize,
    last: usize,
    shares: (f32, f32, f32),
}

impl Span {
    fn weighted(&self) -> impl Iterator<Item = (usize, f32)> {
        let (head, body, tail) = self.shares;
        (self.first..=self.last).map(move |index| {
            let share = match index {
                _ if index == self.first => head,
                _ if index == self.last => tail,
                _ => body,
            };
            (index, share)
        })
    }
}

fn spans(old: u32, new: u32) -> Vec<Span> {
    let step = f64::from(old) / f64::from(new);
    let span = |index: u32| {
        let (from, to) = (f64::from(index) * step, f64::from(index + 1) * step);
        let first = (from as usize).min(old as usize - 1);
        let last = ((to - 1e-6) as usize).clamp(first, old as usize - 1);
        let body = (1.0 / step) as f32;
        let head = (((first + 1) as f64).min(to) - from) / step;
        let tail = (to - last as f64) / step;
        Span { first, last, shares: (head as f32, body, tail as f32) }
    };
    (0..new).map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::shrink;
    use image::{Rgb, RgbImage};

    #[test]
    fn every_old_pixel_counts_by_its_share() {
        let picture = RgbImage::from_fn(3, 3, |x, _| Rgb([[0, 90, 240][x as usize]; 3]));
        let (small, step) = shrink(&picture, 2);
        assert_eq!(small.dimensions(), (2, 2));
        assert!((step - 1.5).abs() < 1e-6);
        assert_eq!(small.get_pixel(0, 0).0, [30; 3]);
        assert_eq!(small.get_pixel(1, 1).0, [190; 3]);
    }

    #[test]
    fn strips_and_single_pixels_keep_at_least_one_pixel() {
        assert_eq!(shrink(&RgbImage::new(1, 1), 384).0.dimensions(), (1, 1));
        assert_eq!(shrink(&RgbImage::new(50_000, 2), 384).0.dimensions(), (384, 1));
    }
}
